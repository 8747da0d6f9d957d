import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import type { IdentityDocument, NumberDocument, ProxyDocument } from '../documents.ts'
import type { FieldValue, FilingContent, NumberState } from '../filing.ts'
import { kindOf } from '../kinds.ts'
import { checkContent } from '../rules/checkContent.ts'
import { type ComparedEntry, compareEntries, isSameEntry } from '../rules/compareEntries.ts'
import { insertDestinationCheck } from '../store/destinations.ts'
import type { FilingEvent } from '../store/filings.ts'
import { answerFormerInsurer, askFormerInsurer, findInquiries } from '../store/formerInsurer.ts'
import { findKnownPerson, findResidentByAddressee } from '../store/knownPerson.ts'
import {
  advance,
  isOpen,
  type MovedFiling,
  type MoveFiling,
  moved,
  type NextFiling,
  type OpenedFiling,
} from './advanceFiling.ts'
import type { Answer } from './answer.ts'
import { type Clerk, leaveTrace } from './clerk.ts'
import { decideFiling } from './decideFiling.ts'
import { examineNumber, typedNumber } from './examineNumber.ts'
import { checkAtOffice } from './officePlace.ts'

const mustBeOpen = ({ standing }: OpenedFiling): string | null =>
  isOpen(standing.state)
    ? null
    : 'この届書はもう終わっています。直すときは、取り消して新しい届書を受け付けてください。'

/** 担当を決める — to the clerk, a colleague, or nobody. */
export const assignFiling = (
  tx: Transaction,
  move: MoveFiling & { readonly to: { readonly id: string; readonly name: string } | null },
): Promise<MovedFiling> =>
  moved(
    tx,
    move,
    () => null,
    (opened) =>
      advance(tx, opened, move.clerk, {
        act: 'assigned',
        assignee: move.to,
        note: move.to?.name ?? null,
      }),
  )

/** While a second person types, the first entry stands still. */
const maySupplement = (opened: OpenedFiling): string | null =>
  mustBeOpen(opened) ??
  (opened.standing.state === 'awaitingCheck' && kindOf(opened.filing.kind).blind
    ? '2人目の入力を待っているので、いまは直せません。'
    : null)

/** 補正 — what was missing is brought; everything is judged anew. */
export type Supplement = {
  readonly fields?: Readonly<Record<string, FieldValue>>
  readonly documents?: readonly string[]
  readonly identityCheck?: readonly IdentityDocument[]
  readonly proxyDocuments?: readonly ProxyDocument[]
  readonly numberState?: NumberState
  readonly numberReason?: string | null
  readonly numberCheck?: NumberDocument | null
  readonly individualNumber?: string | null
  readonly occurredOn?: PlainDate
  readonly note?: string
}

export const supplementFiling = (
  tx: Transaction,
  vault: Vault,
  move: MoveFiling & { readonly supplement: Supplement },
): Promise<MovedFiling> =>
  moved(tx, move, maySupplement, async (opened) => {
    const { supplement, clerk } = move
    const number = typedNumber(supplement.individualNumber)
    const content = supplemented(opened.content, supplement, number)
    const matter = await matterOf(tx, opened, content)
    const faults = [
      ...checkAtOffice(content, tx.today, matter),
      ...(number === null && opened.token !== null
        ? []
        : await examineNumber(tx, vault, content, number, matter)),
    ]
    if (faults.length > 0) {
      await leaveTrace(tx, clerk, 'filing.stop', 'read', [opened.residentKey])
      return { kind: 'stopped', faults }
    }
    const token = number === null ? opened.token : ((await vault.tokensOf(tx, [number]))[0] ?? null)
    return judgeAgain(tx, opened, clerk, {
      act: 'supplemented',
      content,
      token,
      note: supplement.note ?? null,
    })
  })

function supplemented(
  content: FilingContent,
  given: Supplement,
  number: string | null,
): FilingContent {
  const join = <T>(before: readonly T[], more: readonly T[] | undefined) => [
    ...new Set([...before, ...(more ?? [])]),
  ]
  return {
    ...content,
    occurredOn: given.occurredOn ?? content.occurredOn,
    // Half of one person's entry and half of another's would be nobody's.
    fields: kindOf(content.kind).blind
      ? (given.fields ?? content.fields)
      : { ...content.fields, ...given.fields },
    documents: join(content.documents, given.documents),
    identityCheck: join(content.identityCheck, given.identityCheck),
    proxy:
      content.proxy === null
        ? null
        : { ...content.proxy, documents: join(content.proxy.documents, given.proxyDocuments) },
    numberState: given.numberState ?? (number === null ? content.numberState : 'written'),
    numberReason: given.numberReason === undefined ? content.numberReason : given.numberReason,
    numberCheck: given.numberCheck === undefined ? content.numberCheck : given.numberCheck,
  }
}

async function matterOf(
  tx: Transaction,
  { filing, residentKey }: OpenedFiling,
  content: FilingContent,
) {
  const key =
    residentKey ??
    (await findResidentByAddressee(tx, filing.municipality, content.addresseeNumber ?? ''))
  const known = key === null ? null : await findKnownPerson(tx, key)
  return {
    municipality: filing.municipality,
    addresseeNumber: known?.addresseeNumber ?? content.addresseeNumber ?? '',
    known,
  }
}

type Examined = { readonly answer: 'granted' | 'refused'; readonly reason: string }

async function judgeAgain(
  tx: Transaction,
  opened: OpenedFiling,
  clerk: Clerk,
  next: Pick<NextFiling, 'act' | 'note'> & {
    readonly content?: FilingContent
    readonly token: string | null
    readonly examined?: Examined
    readonly typedTwice?: true
  },
): Promise<MovedFiling> {
  const content = next.content ?? opened.content
  const matter = await matterOf(tx, opened, content)
  const inquiries = await findInquiries(tx, opened.filing.filingId)
  const decided = await decideFiling(tx, {
    filing: opened.filing,
    matter,
    content,
    token: next.token,
    answered: inquiries.at(-1)?.answer ?? null,
    clerk,
    ...(next.examined === undefined ? {} : { examined: next.examined }),
    ...(next.typedTwice === undefined ? {} : { typedTwice: next.typedTwice }),
  })
  if (decided.answer.missing.some(({ code }) => code === 'formerInsurer'))
    await askFormerInsurer(
      tx,
      opened.filing,
      String(content.fields.formerInsurerName ?? ''),
      clerk.account.name,
    )
  return advance(tx, opened, clerk, {
    act: next.act,
    note: next.note ?? null,
    state: decided.state,
    reconciliation: decided.reconciliation,
    answer: decided.answer,
    ...(next.content === undefined ? {} : { content: next.content, token: next.token }),
  })
}

/** 審査の決定 — the union's own judgement where papers must be examined; else the rule is asked again. */
export const settleFiling = (
  tx: Transaction,
  move: MoveFiling & { readonly examined: Examined | null },
): Promise<MovedFiling> =>
  moved(
    tx,
    move,
    (opened) =>
      mustBeOpen(opened) ??
      (opened.standing.state === 'awaitingCheck'
        ? 'この届書は、2人目の確かめを待っています。'
        : move.examined !== null && opened.standing.state !== 'examining'
          ? '足りないものがそろうまで、審査の決定はできません。足りないものを補ってください。'
          : null),
    (opened) =>
      judgeAgain(tx, opened, move.clerk, {
        act: 'decided',
        note: move.examined?.reason ?? null,
        token: opened.token,
        ...(move.examined === null ? {} : { examined: move.examined }),
      }),
  )

/** 前の保険者の答え — by hand, with its source; the case goes on with it. */
export const answerInsurer = (
  tx: Transaction,
  move: MoveFiling & {
    readonly answer: {
      readonly answer: 'lost' | 'notLost' | 'unknown'
      readonly lostOn: PlainDate | null
      readonly source: string
    }
  },
): Promise<MovedFiling> =>
  moved(tx, move, mustBeOpen, async (opened) => {
    const answered = await answerFormerInsurer(tx, opened.filing.filingId, {
      ...move.answer,
      by: move.clerk.account.name,
    })
    if (!answered)
      return { kind: 'refused', sentence: 'この届書に、答えを待っている照会はありません。' }
    return judgeAgain(tx, opened, move.clerk, {
      act: 'insurerAnswered',
      note: move.answer.source,
      token: opened.token,
    })
  })

/** 2人目の確かめ (J7) — by somebody else than who took it in; only then the destination works. */
export const checkFiling = (
  tx: Transaction,
  move: MoveFiling & { readonly agree: boolean; readonly note: string | null },
): Promise<MovedFiling> =>
  moved(
    tx,
    move,
    ({ filing, standing, residentKey }) =>
      standing.state !== 'awaitingCheck' || residentKey === null || kindOf(filing.kind).blind
        ? 'この届書は、2人目の確かめを待っていません。'
        : filing.receivedBy === move.clerk.account.id
          ? '受け付けた人は、2人目になれません。ほかの人に確かめてもらってください。'
          : null,
    async (opened) => {
      await insertDestinationCheck(tx, opened.filing, opened.residentKey as number, {
        agreed: move.agree,
        account: move.clerk.account.id,
      })
      const state = move.agree ? 'granted' : 'refused'
      return advance(tx, opened, move.clerk, { act: 'checked', state, note: move.note })
    },
  )

/** 1人目 — whose entry stands: the last who typed the fields anew. */
export const firstEntrant = ({ events }: Pick<OpenedFiling, 'events'>): string | null =>
  entriesOf(events).at(-1) ?? null

/** Who typed the fields anew, oldest first. */
function entriesOf(events: readonly FilingEvent[]): readonly (string | null)[] {
  let standing = ''
  return events.flatMap(({ content, account }) => {
    if (content === null) return []
    const typed = JSON.stringify(content.fields)
    if (typed === standing) return []
    standing = typed
    return [account]
  })
}

/**
 * 2人目になれないわけ — null for whoever can type afresh what they have not seen. Two who typed differently have seen both
 * entries: the tie is broken by somebody else.
 */
export function whyNotSecond(
  { events }: Pick<OpenedFiling, 'events'>,
  account: string,
): string | null {
  if (firstEntrant({ events }) === account)
    return '1人目に入れた人は、2人目になれません。ほかの人に、書類だけを見て入れてもらってください。'
  const checked = events.filter(({ act }) => act === 'checked').map((event) => event.account)
  return [...entriesOf(events), ...checked].includes(account)
    ? 'この届書に一度入れた人は、もう2人の入力を見ているので、2人目になれません。まだ見ていない3人目に、書類だけを見て入れてもらってください。'
    : null
}

/**
 * 2人目の入力 — somebody else types the corrected items afresh without seeing the first entry. The same: they hold. Not the
 * same: both stand side by side for the two, and nothing is done until a third, who has seen neither, types
 * what one of them typed.
 */
export const enterSecond = (
  tx: Transaction,
  move: MoveFiling & { readonly fields: FilingContent['fields'] },
): Promise<MovedFiling> =>
  moved(
    tx,
    move,
    (opened) =>
      opened.standing.state !== 'awaitingCheck' || !kindOf(opened.filing.kind).blind
        ? 'この届書は、2人目の入力を待っていません。'
        : whyNotSecond(opened, move.clerk.account.id),
    async (opened) => {
      const { filing, content, answer } = opened
      const given = { ...content, fields: move.fields }
      const faults = checkContent(given, { today: tx.today, newcomer: false })
      if (faults.length > 0) return { kind: 'stopped', faults }
      const compared = compareEntries(filing.kind, content.fields, move.fields)
      const agreed = { act: 'checked', note: null, token: opened.token, typedTwice: true } as const
      if (compared.every(isSameEntry)) return judgeAgain(tx, opened, move.clerk, agreed)
      if (agreesWithEarlier(opened, compared))
        return judgeAgain(tx, opened, move.clerk, { ...agreed, content: given })
      return advance(tx, opened, move.clerk, {
        act: 'checked',
        state: 'incomplete',
        answer: {
          ...answer,
          answer: 'incomplete',
          title: `${kindOf(filing.kind).name}: 2人の入力がちがいます`,
          reasons: [],
          missing: [
            {
              code: 'secondEntry',
              name: '同じ入力',
              sentence:
                '2人の入力がちがうので、何も直していません。書類をもう一度見て、1人目の入力を直すか、そのままで補い、まだ入力を見ていない3人目にたのんでください。',
            },
          ],
          decisions: [],
          moves: [],
          compared,
        },
      })
    },
  )

/** Two who read the paper without seeing each other's entry agree, and it was the first who misread it. */
const agreesWithEarlier = ({ events }: OpenedFiling, typed: readonly ComparedEntry[]): boolean =>
  events
    .filter(({ act }) => act === 'checked')
    .map(({ answer }) => (answer as Answer | null)?.compared ?? [])
    .some(
      (earlier) =>
        earlier.length > 0 &&
        typed.every(({ item, second }) =>
          earlier.some((one) => one.item === item && one.second === second),
        ),
    )

/** 取下げ — the person takes it back before it is decided. */
export const withdrawFiling = (
  tx: Transaction,
  move: MoveFiling & { readonly reason: string },
): Promise<MovedFiling> =>
  moved(tx, move, mustBeOpen, (opened) =>
    advance(tx, opened, move.clerk, { act: 'withdrawn', state: 'withdrawn', note: move.reason }),
  )
