import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Vault } from '@koiki/vault'
import type { IdentityDocument, NumberDocument, ProxyDocument } from '../documents.ts'
import {
  type Fault,
  type FieldValue,
  type FilingContent,
  type FilingState,
  type NumberState,
  openStates,
} from '../filing.ts'
import { checkContent } from '../rules/checkContent.ts'
import { dueDay } from '../rules/dueDay.ts'
import { insertDestinationCheck } from '../store/destinations.ts'
import {
  type FilingAct,
  type FilingEvent,
  type FilingRecord,
  findEvents,
  findFiling,
  findFilingPerson,
  findStanding,
  insertEvent,
  linkFilingPerson,
  lockReceipts,
  lockStanding,
  moveStanding,
  type Standing,
} from '../store/filings.ts'
import { answerFormerInsurer, askFormerInsurer, findInquiries } from '../store/formerInsurer.ts'
import { findKnownPerson, findResidentByAddressee } from '../store/knownPerson.ts'
import type { Answer } from './answer.ts'
import { type Clerk, leaveTrace, tellFiling } from './clerk.ts'
import { examineNumber, typedNumber } from './examineNumber.ts'
import { by, decideFiling } from './takeFiling.ts'

/** 届書を進めた結果 */
export type MovedFiling =
  | { readonly kind: 'nobody' }
  /** Somebody moved it on before: who, when and what. */
  | { readonly kind: 'changed'; readonly last: FilingEvent }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'stopped'; readonly faults: readonly Fault[] }
  | { readonly kind: 'moved'; readonly version: number; readonly state: FilingState }

/** どの届書を、どの版から */
export type MoveFiling = {
  readonly filingId: string
  readonly version: number
  readonly clerk: Clerk
}

/** 届書のいま — everything that a move looks at, locked. */
export type OpenedFiling = {
  readonly filing: FilingRecord
  readonly standing: Standing
  readonly events: readonly FilingEvent[]
  readonly content: FilingContent
  readonly answer: Answer
  readonly token: string | null
  readonly residentKey: number | null
}

export const isOpen = (state: FilingState): boolean =>
  (openStates as readonly FilingState[]).includes(state)

/** 届書を開く — within the clerk's own office; to move it, locked until the end of the transaction. */
export async function openFiling(
  tx: Transaction,
  { filingId, clerk }: Pick<MoveFiling, 'filingId' | 'clerk'>,
  to: 'look' | 'move' = 'move',
): Promise<OpenedFiling | null> {
  const filing = await findFiling(tx, filingId)
  if (filing === null) return null
  if (clerk.municipality !== '*' && clerk.municipality !== filing.municipality) return null
  if (to === 'move') await lockReceipts(tx, filing.municipality)
  const standing = await (to === 'move' ? lockStanding : findStanding)(tx, filingId)
  if (standing === null) return null
  const events = await findEvents(tx, filingId)
  return {
    filing,
    standing,
    events,
    content: lastOf(events, ({ content }) => content) as FilingContent,
    answer: lastOf(events, ({ answer }) => answer) as Answer,
    token: (lastOf(events, ({ token }) => token) as string | null | undefined) ?? null,
    residentKey: await findFilingPerson(tx, filingId),
  }
}

const lastOf = <T>(events: readonly FilingEvent[], of: (event: FilingEvent) => T | null) =>
  events.map(of).findLast((value) => value !== null)

export type NextFiling = {
  readonly act: FilingAct
  readonly state?: FilingState
  readonly reconciliation?: Standing['reconciliation']
  readonly note?: string | null
  readonly content?: FilingContent
  readonly token?: string | null
  readonly answer?: Answer
  readonly assignee?: { readonly id: string; readonly name: string } | null
}

/** 一つ進める — the event, the present, the trace, and the word to all desks. */
export async function advance(
  tx: Transaction,
  { filing, standing, residentKey }: OpenedFiling,
  clerk: Clerk,
  next: NextFiling,
): Promise<MovedFiling> {
  const version = standing.version + 1
  const state = next.state ?? standing.state
  await insertEvent(tx, filing, {
    ...by(tx, clerk),
    version,
    act: next.act,
    state,
    note: next.note ?? null,
    content: next.content ?? null,
    token: next.token ?? null,
    answer: next.answer ?? null,
  })
  const assignee =
    next.assignee === undefined
      ? { assignee: standing.assignee, assigneeName: standing.assigneeName }
      : { assignee: next.assignee?.id ?? null, assigneeName: next.assignee?.name ?? null }
  await moveStanding(tx, filing.filingId, {
    ...assignee,
    version,
    state,
    reconciliation: next.reconciliation ?? standing.reconciliation,
    dueOn: next.content === undefined ? standing.dueOn : dueDay(next.content),
  })
  const person = next.answer?.residentKey ?? residentKey
  if (person !== null) await linkFilingPerson(tx, filing, person)
  await leaveTrace(tx, clerk, `filing.${next.act}`, 'write', [
    person,
    next.answer?.subjectKey ?? null,
  ])
  await tellFiling(tx, filing, version)
  return { kind: 'moved', version, state }
}

/** Opens, compares the version that the clerk saw, and moves; or says why not. */
export async function moved(
  tx: Transaction,
  move: MoveFiling,
  allowed: (opened: OpenedFiling) => string | null,
  work: (opened: OpenedFiling) => Promise<MovedFiling>,
): Promise<MovedFiling> {
  const opened = await openFiling(tx, move)
  if (opened === null) return { kind: 'nobody' }
  if (opened.standing.version !== move.version)
    return { kind: 'changed', last: opened.events.at(-1) as FilingEvent }
  const sentence = allowed(opened)
  return sentence === null ? work(opened) : { kind: 'refused', sentence }
}

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
  moved(tx, move, mustBeOpen, async (opened) => {
    const { supplement, clerk } = move
    const number = typedNumber(supplement.individualNumber)
    const content = supplemented(opened.content, supplement, number)
    const matter = await matterOf(tx, opened, content)
    const faults = [
      ...checkContent(content, { today: tx.today, newcomer: matter.known === null }),
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
    fields: { ...content.fields, ...given.fields },
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
      standing.state !== 'awaitingCheck' || residentKey === null
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

/** 取下げ — the person takes it back before it is decided. */
export const withdrawFiling = (
  tx: Transaction,
  move: MoveFiling & { readonly reason: string },
): Promise<MovedFiling> =>
  moved(tx, move, mustBeOpen, (opened) =>
    advance(tx, opened, move.clerk, { act: 'withdrawn', state: 'withdrawn', note: move.reason }),
  )
