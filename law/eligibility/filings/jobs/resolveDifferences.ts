import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { decideNow } from '../../jobs/decideNow.ts'
import { applyCounterRecord, type CounterFacts } from '../../store/counterRecord.ts'
import {
  countOpenDifferences,
  type DifferenceRow,
  findDifference,
  insertChoice,
  insertResolution,
  type Take,
} from '../store/differences.ts'
import { findFiling, lockStanding } from '../store/filings.ts'
import { findVersions, type RecordVersion } from '../store/toldRecord.ts'
import { movesOf } from './answer.ts'
import { type Clerk, leaveTrace } from './clerk.ts'
import { advanceReconciliation } from './reconcileFilings.ts'

/** 差異を片づけた結果 */
export type ResolvedDifference =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'settled'
      readonly difference: DifferenceRow
      readonly moves: readonly string[]
    }
  /** One of two has chosen, or both and not the same: nothing was done to the record. */
  | { readonly kind: 'waiting' | 'disagreed'; readonly difference: DifferenceRow }
  | { readonly kind: 'already'; readonly difference: DifferenceRow }
  | { readonly kind: 'refused'; readonly sentence: string }

/** 2人で選ぶ項目 — who a person is: nobody settles it alone. */
export const chosenByTwo = (item: string): boolean => ['氏名', '生年月日', '性別'].includes(item)

/**
 * 差異を片づける — one step: the register stands as it came, or the counter's word is told again as the newest,
 * or both are right and it is explained. The municipality sees which, by whom and why.
 */
export async function resolveDifference(
  tx: Transaction,
  clerk: Clerk,
  differenceId: string,
  resolution: { readonly take: Take; readonly note: string; readonly preview?: boolean },
): Promise<ResolvedDifference> {
  const difference = await findDifference(tx, differenceId)
  if (
    difference === null ||
    (clerk.municipality !== '*' && clerk.municipality !== difference.municipality)
  )
    return { kind: 'nobody' }
  await lockStanding(tx, difference.filingId)
  const now = (await findDifference(tx, differenceId)) as DifferenceRow
  if (now.take !== null) return { kind: 'already', difference: now }
  if (chosenByTwo(now.item) && resolution.preview !== true) {
    const agreed = await choose(tx, clerk, now, resolution)
    if (agreed !== null) return agreed
  }
  await insertResolution(tx, difference, { ...resolution, account: clerk.account })
  const moves = resolution.take === 'counter' ? await tellAgain(tx, clerk, difference) : []
  const left = await countOpenDifferences(tx, difference.filingId)
  const takes = { register: '住基を採る', counter: '窓口を採る', explained: 'どちらも正しい' }
  await advanceReconciliation(tx, difference, left === 0 ? 'settled' : 'differs', {
    account: clerk.account.id,
    accountName: clerk.account.name,
    note: `${difference.item}: ${takes[resolution.take]}${resolution.note === '' ? '' : ` — ${resolution.note}`}`,
  })
  await leaveTrace(tx, clerk, 'difference.resolve', 'write', [
    difference.residentKey,
    difference.subjectKey,
  ])
  return {
    kind: 'settled',
    difference: (await findDifference(tx, differenceId)) as DifferenceRow,
    moves,
  }
}

/**
 * 2人で選ぶ — null once two persons, neither of whom was told the other's choice, have chosen the same side. Each chooses once:
 * where two have chosen differently, and know it, a third breaks the tie.
 */
async function choose(
  tx: Transaction,
  clerk: Clerk,
  difference: DifferenceRow,
  { take, note }: { readonly take: Take; readonly note: string },
): Promise<ResolvedDifference | null> {
  const { choices, item, differenceId } = difference
  if (choices.some(({ account }) => account === clerk.account.id))
    return {
      kind: 'refused',
      sentence: `「${item}」は、もう選んであります。まだ選んでいないほかの人に選んでもらってください。`,
    }
  await insertChoice(tx, difference, { take, note, account: clerk.account })
  if (choices.some((one) => one.take === take)) return null
  const isFirst = choices.length === 0
  await advanceReconciliation(tx, difference, 'differs', {
    account: clerk.account.id,
    accountName: clerk.account.name,
    note: `${item}: ${isFirst ? '1人目が採る側を選びました' : '選んだ側がちがい、何も直していません。まだ選んでいない人を待ちます'}`,
  })
  await leaveTrace(tx, clerk, 'difference.resolve', 'write', [
    difference.residentKey,
    difference.subjectKey,
  ])
  return {
    kind: isFirst ? 'waiting' : 'disagreed',
    difference: (await findDifference(tx, differenceId)) as DifferenceRow,
  }
}

/** いくつもの差異を一度に片づけた結果 */
export type ResolvedDifferences =
  | Extract<ResolvedDifference, { readonly kind: 'nobody' | 'already' | 'refused' }>
  | {
      readonly kind: 'settled'
      readonly differences: readonly DifferenceRow[]
      readonly moves: readonly string[]
    }

/**
 * 差異をまとめて片づける — one act for all rows of a person: all of them or none. Without `confirm` it only tells
 * what would move.
 */
export async function resolveDifferences(
  tx: Transaction,
  clerk: Clerk,
  choices: readonly {
    readonly differenceId: string
    readonly take: Take
  }[],
  { note, confirm }: { readonly note: string; readonly confirm: boolean },
): Promise<ResolvedDifferences> {
  await tx.run('savepoint resolving')
  const differences: DifferenceRow[] = []
  const moves: string[] = []
  for (const { differenceId, take } of choices) {
    const outcome = await resolveDifference(tx, clerk, differenceId, {
      take,
      note,
      preview: !confirm,
    })
    if (outcome.kind === 'nobody' || outcome.kind === 'already' || outcome.kind === 'refused') {
      await tx.run('rollback to savepoint resolving')
      return outcome
    }
    differences.push(outcome.difference)
    if (outcome.kind === 'settled') moves.push(...outcome.moves)
  }
  if (!confirm) await tx.run('rollback to savepoint resolving')
  await tx.run('release savepoint resolving')
  return { kind: 'settled', differences, moves: [...new Set(moves)] }
}

const factsOf: Readonly<Record<string, (counter: RecordVersion) => Partial<CounterFacts>>> = {
  氏名: ({ name }) => ({ name }),
  氏名カナ: ({ nameKana }) => ({ nameKana }),
  生年月日: ({ birthDate }) => ({ birthDate }),
  性別: ({ sex }) => ({ sex }),
  世帯番号: ({ householdNumber }) => ({ householdNumber }),
  続柄: ({ relationship }) => ({ relationship }),
  住所: ({ postalCode, prefecture, municipalityName, town, houseNumber, building }) => ({
    postalCode,
    prefecture,
    municipalityName,
    town,
    houseNumber,
    building,
  }),
  住民となった日: ({ residentFrom }) => ({ residentFrom }),
  住民状態: ({ status }) => ({ status }),
  消除年月日: ({ removedOn }) => ({ removedOn }),
  転入前市区町村コード: ({ movedFrom }) => ({ movedFrom }),
  転出先市区町村コード: ({ movedTo }) => ({ movedTo }),
  適用除外区分: ({ exclusionKind }) => ({ exclusionKind }),
  適用除外開始日: ({ exclusionFrom }) => ({ exclusionFrom }),
  適用除外終了日: ({ exclusionUntil }) => ({ exclusionUntil }),
  個人番号: ({ token }) => ({ token }),
}

/** The counter's value becomes the newest record again, and the rights are decided by it. */
async function tellAgain(
  tx: Transaction,
  clerk: Clerk,
  difference: DifferenceRow,
): Promise<readonly string[]> {
  const { residentKey, receiptNumber } = difference
  const versions = await findVersions(tx, residentKey)
  const counter = versions.findLast((one) => one.receiptNumber === receiptNumber)
  const facts = counter === undefined ? undefined : factsOf[difference.item]?.(counter)
  if (counter === undefined || facts === undefined) return []
  const filing = await findFiling(tx, difference.filingId)
  await applyCounterRecord(tx, {
    resident: { residentKey },
    facts: {
      ...facts,
      filedOn: tx.today as PlainDate,
      changedOn: counter.changedOn,
      changeReason: '09',
    },
    receiptNumber: filing?.receiptNumber ?? receiptNumber,
  })
  const persons = await decideNow(tx, [residentKey], { receiptNumber, account: clerk.account })
  return persons.flatMap(({ before, after }) => movesOf(before, after, tx.today))
}
