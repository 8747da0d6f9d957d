import type { Transaction } from '@koiki/store'
import { type Fault, type FilingContent, type FilingState, openStates } from '../filing.ts'
import { dueDay } from '../rules/dueDay.ts'
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
import type { Answer } from './answer.ts'
import { by, type Clerk, leaveTrace, tellFiling } from './clerk.ts'

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
  if (person !== null && person !== residentKey) await linkFilingPerson(tx, filing, person)
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
