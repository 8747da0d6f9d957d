import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { documentNames } from '../certificate.ts'
import { tailOf } from '../sheetCode.ts'
import {
  findIssues,
  type Issue,
  type IssueAct,
  type IssuePlace,
  type IssueState,
  insertIssueEvent,
  insertSheet,
  moveIssue,
  settleSheet,
  type VoidReason,
} from '../store/issues.ts'
import { CertificateRefused, type Clerk, refuse } from './clerk.ts'
import { actNames } from './personDocuments.ts'

/** できる行い — on a document as it stands; the screen offers these and the service takes no others. */
export type CertificateAct =
  | 'confirm'
  | 'spoiled'
  | 'hand-over'
  | 'return'
  | 'lost'
  | 'recollect'
  | 'cancel'

const possible: Readonly<Record<IssueState, readonly CertificateAct[]>> = {
  instructed: ['confirm', 'spoiled', 'cancel'],
  printed: ['spoiled', 'hand-over', 'lost', 'cancel'],
  handedOver: ['return', 'lost', 'recollect'],
  returned: ['hand-over', 'lost', 'recollect'],
  recollected: [],
  lost: ['recollect'],
  cancelled: [],
}

const stateWords: Readonly<Record<IssueState, string>> = {
  instructed: '印刷を頼んだまま、紙を確かめていません',
  printed: '紙は確かめてあり、まだ渡していません',
  handedOver: '渡してあります',
  returned: '返戻を受けています',
  recollected: '回収してあります',
  lost: '紛失を受けています',
  cancelled: '発行を取りやめてあります',
}

/** できる行い — a sheet of a bundle is settled with its bundle, not one by one. */
export function possibleActs(issue: Issue): readonly CertificateAct[] {
  const bundled = issue.sheets.at(-1)?.runId !== null && issue.state === 'instructed'
  return bundled ? ['cancel'] : possible[issue.state]
}

/** 文書に対する行い */
export type Handling =
  | { readonly act: 'confirm'; readonly tail: string }
  | { readonly act: 'spoiled'; readonly cause: 'soiled' | 'notPrinted' }
  | {
      readonly act: 'hand-over'
      readonly to: 'self' | 'proxy' | 'mail'
      readonly signed: boolean
      readonly proxy: string | null
    }
  | {
      readonly act: 'return'
      readonly on: PlainDate
      readonly cause: 'unknownAddress' | 'absent' | 'refused' | 'other'
      readonly note: string | null
    }
  | { readonly act: 'lost' | 'recollect'; readonly on: PlainDate; readonly note: string | null }
  | { readonly act: 'cancel'; readonly reason: string }

const returnCauses = {
  unknownAddress: '宛所に尋ねあたらず',
  absent: '保管期間の経過',
  refused: '受取りの拒否',
  other: 'そのほか',
} as const

/**
 * 文書を扱う (1-8, 1-9) — confirm a sheet that was seen, void a spoiled one and offer the next, hand over, take back. Each
 * act is one row more; earlier documents become void when the new paper is confirmed, not before.
 */
export async function handleCertificate(
  tx: Transaction,
  place: IssuePlace,
  version: number,
  handling: Handling,
  clerk: Clerk,
): Promise<Issue> {
  const issues = await findIssues(tx, place.subjectKey)
  const issue = issues.find((one) => isAt(one, place))
  if (issue === undefined)
    throw new CertificateRefused('nothing', 'お調べしましたが、お伝えできる情報はありません。')
  if (issue.version !== version) throw changed(issue)
  if (!possibleActs(issue).includes(handling.act)) throw refuse(notNow(issue, handling.act))
  await carryOut(tx, issue, issues, handling, clerk)
  return (await findIssues(tx, place.subjectKey)).find((one) => isAt(one, place))!
}

async function carryOut(
  tx: Transaction,
  issue: Issue,
  issues: readonly Issue[],
  handling: Handling,
  clerk: Clerk,
): Promise<void> {
  const move = async (
    act: IssueAct,
    to: Parameters<typeof moveIssue>[3],
    on: PlainDate = tx.today,
    note: string | null = null,
  ): Promise<void> => {
    if (!(await moveIssue(tx, issue, issue.version, to))) throw changed(issue)
    await insertIssueEvent(tx, issue, { act, on, ...clerk, note })
  }
  const sheet = { ...issue, copy: issue.copy }
  switch (handling.act) {
    case 'confirm': {
      const current = issue.sheets.find(({ copy }) => copy === issue.copy)!
      if (handling.tail !== tailOf(current.code))
        throw refuse(
          '下4けたが、いま刷った紙とちがいます。紙の右下の符号を見て、もう一度打ってください。ちがう人の紙なら、渡さずに、刷り直してください。',
        )
      await settleSheet(tx, sheet, 'printed', clerk.name)
      await move('confirmed', { state: 'printed' })
      await voidEarlier(tx, issue, issues, clerk)
      return
    }
    case 'spoiled': {
      await settleSheet(
        tx,
        sheet,
        handling.cause === 'soiled' ? 'spoiled' : 'notPrinted',
        clerk.name,
      )
      const copy = issue.copy + 1
      await insertSheet(tx, { ...issue, copy }, issue.contents.insuredNumber)
      return move(handling.cause === 'soiled' ? 'spoiled' : 'notPrinted', {
        state: 'instructed',
        copy,
      })
    }
    case 'hand-over': {
      if (handling.to === 'mail' && issue.delivery !== 'mail')
        throw refuse(
          'この文書は手渡しのために作ったので、宛先がありません。郵送するなら、発行を取りやめて、郵送で発行し直してください。',
        )
      if (handling.to === 'mail' && issue.addressHidden)
        throw refuse(
          'この文書を発行した後に取扱注意になったので、郵送したことにしていません。紙を送らずに、取扱注意の担当へ回してください。',
        )
      if (handling.to !== 'mail' && !handling.signed)
        throw refuse('受け取りの印がないので、渡したことにしていません。印を確かめてください。')
      if (handling.to === 'proxy' && (handling.proxy ?? '').trim() === '')
        throw refuse('代理人の名がないので、渡したことにしていません。名を入れてください。')
      return move(
        handling.to === 'mail' ? 'mailed' : 'handedOver',
        { state: 'handedOver' },
        tx.today,
        handling.to === 'proxy' ? `代理人 ${handling.proxy}` : null,
      )
    }
    case 'return':
      notAhead(tx, handling.on)
      return move(
        'returned',
        { state: 'returned' },
        handling.on,
        [returnCauses[handling.cause], handling.note].filter((one) => one !== null).join(' '),
      )
    case 'lost':
      notAhead(tx, handling.on)
      return move(
        'lost',
        { state: 'lost', voided: { on: handling.on, reason: 'lost' } },
        handling.on,
        handling.note,
      )
    case 'recollect':
      notAhead(tx, handling.on)
      return move(
        'recollected',
        { state: 'recollected', voided: { on: handling.on, reason: 'recollected' } },
        handling.on,
        handling.note,
      )
    case 'cancel':
      if (issue.state === 'instructed') await settleSheet(tx, sheet, 'notPrinted', clerk.name)
      return move(
        'cancelled',
        { state: 'cancelled', voided: { on: tx.today, reason: 'cancelled' } },
        tx.today,
        handling.reason,
      )
  }
}

/** 前の文書を無効にする — from the day on which the new one takes effect, and not before today. */
async function voidEarlier(
  tx: Transaction,
  issue: Issue,
  issues: readonly Issue[],
  clerk: Clerk,
): Promise<void> {
  const { effectiveFrom } = issue.contents
  const on = effectiveFrom > tx.today ? effectiveFrom : tx.today
  for (const earlier of issues) {
    if (earlier.voidOn !== null || isAt(earlier, issue) || earlier.issuedAt > issue.issuedAt)
      continue
    // A document of the coming year outlives one that is made again for this year.
    if (earlier.contents.effectiveFrom > effectiveFrom || earlier.contents.validUntil < on) continue
    await voidIssue(tx, earlier, { on, reason: 'replaced' }, clerk)
  }
}

/** 無効にする — the paper stays where it is; what it says counts no more. */
async function voidIssue(
  tx: Transaction,
  issue: Issue,
  voided: { readonly on: PlainDate; readonly reason: VoidReason },
  by: { readonly account: string | null; readonly name: string },
): Promise<void> {
  if (!(await moveIssue(tx, issue, issue.version, { state: issue.state, voided })))
    throw changed(issue)
  await insertIssueEvent(tx, issue, { act: 'voided', on: voided.on, ...by })
}

const isAt = (issue: IssuePlace, place: IssuePlace): boolean =>
  issue.municipality === place.municipality && issue.issueNumber === place.issueNumber

function notAhead(tx: Transaction, on: PlainDate): void {
  if (on > tx.today)
    throw refuse(
      `日付が先の日(${formatWareki(on, 'long')})なので、入れていません。きょうまでの日を入れてください。`,
    )
}

const actWords: Readonly<Record<CertificateAct, string>> = {
  confirm: '紙を確かめる',
  spoiled: '刷り直す',
  'hand-over': '渡す',
  return: '返戻を受ける',
  lost: '紛失を受ける',
  recollect: '回収する',
  cancel: '発行を取りやめる',
}

function notNow(issue: Issue, act: CertificateAct): string {
  const name = documentNames[issue.document]
  return issue.sheets.at(-1)?.runId !== null && issue.state === 'instructed'
    ? `この${name}は束で印刷しているので、1枚だけ「${actWords[act]}」ことはできません。束の照合で確かめてください。`
    : `この${name}は${stateWords[issue.state]}。いまは「${actWords[act]}」ことはできません。`
}

function changed(issue: Issue): CertificateRefused {
  const last = issue.events.at(-1)
  return new CertificateRefused('changed', '先に変わっていたので、何もしていません。', {
    version: issue.version,
    at: last?.at ?? issue.issuedAt,
    by: last?.by ?? issue.issuedBy,
    what: last === undefined ? '文書を発行した' : actNames[last.act],
  })
}
