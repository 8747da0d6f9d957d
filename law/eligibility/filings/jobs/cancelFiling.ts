import { dayBefore } from '@koiki/kernel'
import { StoreError, type Transaction } from '@koiki/store'
import { decideNow } from '../../jobs/decideNow.ts'
import { applyCounterRecord, type CounterFacts } from '../../store/counterRecord.ts'
import { cancelRenewal, cancelToldFact, reopenToldFact } from '../../store/tellFacts.ts'
import { kindOf } from '../kinds.ts'
import { findToldByFiling, findVersions, type RecordVersion } from '../store/toldRecord.ts'
import {
  advance,
  type MovedFiling,
  type MoveFiling,
  moved,
  type OpenedFiling,
} from './advanceFiling.ts'
import { type Answer, movesOf } from './answer.ts'
import { type Clerk, leaveTrace } from './clerk.ts'

/** 戻すものがない — what the filing ended is gone altogether, such as a certification withdrawn on its first day. */
class NothingToUndo extends Error {
  override readonly name = 'NothingToUndo'
}

/** 取消の下見 or 取消 — what it moves, and whether it was done. */
export type CancelledFiling = {
  readonly moved: MovedFiling | null
  readonly shown: Answer | null
  readonly refusal: MovedFiling | null
}

/**
 * 誤った届書の取消 — undoes by new facts what the filing told: nothing is edited, the history keeps both. Without
 * `confirm` it only shows what would move.
 */
export async function cancelFiling(
  tx: Transaction,
  move: MoveFiling & { readonly reason: string; readonly confirm: boolean },
): Promise<CancelledFiling> {
  let shown: Answer | null = null
  const outcome = await moved(
    tx,
    move,
    ({ standing }) =>
      standing.state === 'granted'
        ? null
        : '取り消せるのは、決定した届書だけです。まだ決まっていないものは取り下げてください。',
    async (opened) => {
      await tx.run('savepoint cancelling')
      try {
        shown = await undo(tx, opened, move.clerk)
      } catch (error) {
        if (!(error instanceof StoreError) && !(error instanceof NothingToUndo)) throw error
        await tx.run('rollback to savepoint cancelling')
        return {
          kind: 'refused',
          sentence:
            error instanceof NothingToUndo
              ? 'この届書が終わらせたものは、初めからなかったことになっているので、戻せません。もう一度、はじめの届書を受け付けてください。'
              : 'この届書の後に、これをもとにした届書があるので、取り消せません。後の届書から順に取り消してください。',
        }
      }
      if (!move.confirm) {
        await tx.run('rollback to savepoint cancelling')
        await leaveTrace(tx, move.clerk, 'filing.preview', 'read', [opened.residentKey])
        return { kind: 'moved', version: opened.standing.version, state: opened.standing.state }
      }
      return advance(tx, opened, move.clerk, {
        act: 'cancelled',
        state: 'cancelled',
        reconciliation: opened.standing.reconciliation === 'awaiting' ? 'none' : 'settled',
        note: move.reason,
        answer: shown,
      })
    },
  )
  return outcome.kind === 'moved'
    ? { moved: outcome, shown, refusal: null }
    : { moved: null, shown: null, refusal: outcome }
}

async function undo(tx: Transaction, opened: OpenedFiling, clerk: Clerk): Promise<Answer> {
  const { filing, answer, residentKey } = opened
  const { name } = kindOf(filing.kind)
  const nothing: Answer = {
    ...answer,
    title: `${name}: 取消`,
    reasons: [],
    missing: [],
    warnings: [],
    decisions: [],
    before: answer.after,
    after: answer.after,
    moves: [],
    told: [],
  }
  if (residentKey === null) return nothing
  const facts = await findToldByFiling(tx, residentKey, filing.receiptNumber)
  for (const { table, firstDay, act } of facts)
    if (act === 'began') await cancelToldFact(tx, table, residentKey, firstDay)
  for (const { table, act } of facts)
    if (act === 'ended') await reopenToldFact(tx, table, residentKey)
  await cancelRenewal(tx, { residentKey, receiptNumber: filing.receiptNumber })
  const record = await restoreRecord(tx, opened, residentKey)
  if (facts.length === 0 && record === 'none') {
    if (answer.decisions.length > 0) throw new NothingToUndo()
    return nothing
  }
  const persons = await decideNow(tx, [residentKey], {
    receiptNumber: filing.receiptNumber,
    account: clerk.account,
  })
  const own = persons.find(({ residentKeys }) => residentKeys.includes(residentKey))
  if (own === undefined) return nothing
  return {
    ...nothing,
    decisions: own.decisions.map(({ kind, effectiveOn, ground }) => ({
      kind,
      effectiveOn,
      ground,
    })),
    before: own.before,
    after: own.after,
    moves: movesOf(own.before, own.after, tx.today),
  }
}

const parts: Readonly<Record<string, readonly string[]>> = {
  address: ['postalCode', 'prefecture', 'municipalityName', 'town', 'houseNumber', 'building'],
  present: ['status'],
}

/** An exclusion that never was ends on its first day: 「なし」 alone would say that it ended at some time. */
function neverExcluded(before: RecordVersion, told: RecordVersion): Partial<CounterFacts> {
  if (told.exclusionKind === '0' || before.exclusionKind !== '0') return {}
  const { exclusionKind, exclusionFrom } = told
  return { exclusionKind, exclusionFrom, exclusionUntil: exclusionFrom }
}

/** What the filing told of the record goes back to what stood before; the register's own word stands. */
async function restoreRecord(
  tx: Transaction,
  { filing, answer }: OpenedFiling,
  residentKey: number,
): Promise<'none' | 'stands' | 'restored'> {
  const versions = await findVersions(tx, residentKey)
  const at = versions.findIndex(({ receiptNumber }) => receiptNumber === filing.receiptNumber)
  const told = versions[at]
  if (told === undefined) return 'none'
  if (
    versions
      .slice(at + 1)
      .some((one) => one.receiptNumber === null && one.operatedOn >= told.operatedOn)
  )
    return 'stands'
  const before = versions[at - 1]
  const facts: CounterFacts =
    before === undefined
      ? {
          filedOn: tx.today,
          changedOn: told.residentFrom,
          changeReason: '10',
          status: '2',
          // Before the first day: the stay was on no day at all.
          removedOn: dayBefore(told.residentFrom),
        }
      : {
          filedOn: tx.today,
          changedOn: before.changedOn,
          changeReason: '09',
          ...Object.fromEntries(
            answer.told
              .flatMap((key): readonly string[] => parts[key] ?? [key])
              .map((key) => [key, before[key as keyof RecordVersion]]),
          ),
          ...neverExcluded(before, told),
          ...(before.token !== told.token ? { token: before.token } : {}),
        }
  await applyCounterRecord(tx, {
    resident: { residentKey },
    facts,
    receiptNumber: filing.receiptNumber,
  })
  return 'restored'
}
