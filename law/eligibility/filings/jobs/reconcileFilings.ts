import { randomUUID } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { decideNow } from '../../jobs/decideNow.ts'
import { foldName } from '../../search/foldName.ts'
import { applyCounterRecord, type CounterFacts } from '../../store/counterRecord.ts'
import {
  type Compared,
  compareRecords,
  type FoundDifference,
  type Item,
} from '../rules/compareRecords.ts'
import {
  type Awaiting,
  countOpenDifferences,
  type DifferenceRow,
  findAwaiting,
  findDifference,
  findOpenDifferences,
  findOtherAddressees,
  insertDifferences,
  insertResolution,
} from '../store/differences.ts'
import {
  findEvents,
  findFiling,
  insertEvent,
  lockStanding,
  moveStanding,
  type Reconciliation,
} from '../store/filings.ts'
import { findVersions, type RecordVersion } from '../store/toldRecord.ts'
import { type Answer, movesOf } from './answer.ts'
import { type Clerk, leaveTrace, tellFiling } from './clerk.ts'

/** 突合の数 */
export type ReconciledCounts = { readonly matched: number; readonly differing: number }

/** 仕組み — in whose name the nightly comparison acts. */
const machine = { account: null, accountName: '突合 (住民基本台帳情報の取込み)' } as const

/**
 * 窓口と住基の突合 (1-6) — after a file was taken in: every decided filing of that municipality whose resident it
 * told something of. Equal ones are closed as 一致, the others leave their differences with the likely cause.
 */
export async function reconcileFilings(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<ReconciledCounts> {
  let matched = 0
  let differing = 0
  for (const filing of await findAwaiting(tx, municipality, transmissionId)) {
    const found = await reconcileOne(tx, filing)
    if (found === null) continue
    if (found === 0) matched += 1
    else differing += 1
  }
  for (const other of await findOtherAddressees(tx, municipality, transmissionId)) {
    const { counter, register } = other
    const [found] = compareRecords(
      [{ item: '宛名番号', counter, register, before: null }],
      foldName,
    )
    const versions = await findVersions(tx, other.residentKey)
    await insertDifferences(tx, other, versions.at(-1)?.version ?? 1, [
      { ...(found as FoundDifference), differenceId: randomUUID() },
    ])
    await advanceReconciliation(tx, other, 'differs', { ...machine, note: '差異 宛名番号' })
    differing += 1
  }
  return { matched, differing }
}

/** How many differences; null where the register has not caught up with the counter yet. */
async function reconcileOne(tx: Transaction, filing: Awaiting): Promise<number | null> {
  const versions = await findVersions(tx, filing.residentKey)
  const at = versions.findLastIndex((one) => one.receiptNumber === filing.receiptNumber)
  const counter = versions[at]
  if (counter === undefined) return null
  const register = versions
    .slice(at + 1)
    .findLast((one) => one.receiptNumber === null && one.operatedOn >= counter.operatedOn)
  if (register === undefined) return null
  const told = await toldBy(tx, filing.filingId)
  const found = compareRecords(compared(told, counter, register, versions[at - 1]), foldName)
  for (const stale of await findOpenDifferences(tx, filing.filingId))
    await insertResolution(tx, stale, {
      take: 'register',
      note: '新しい記録が届いたので、突き合わせ直しました。',
      account: { id: '00000000-0000-4000-8000-000000000000', name: machine.accountName },
    })
  await insertDifferences(
    tx,
    filing,
    register.version,
    found.map((one) => ({ ...one, differenceId: randomUUID() })),
  )
  await advanceReconciliation(tx, filing, found.length === 0 ? 'matched' : 'differs', {
    ...machine,
    note:
      found.length === 0
        ? '一致 — 住民基本台帳情報と同じでした。'
        : `差異 ${found.map(({ item }) => item).join('、')}`,
  })
  return found.length
}

async function toldBy(tx: Transaction, filingId: string): Promise<readonly string[]> {
  const events = await findEvents(tx, filingId)
  const answer = events
    .map((event) => event.answer as Answer | null)
    .findLast((one) => one !== null)
  return answer?.told ?? []
}

async function advanceReconciliation(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  to: Reconciliation,
  who: { readonly account: string | null; readonly accountName: string; readonly note: string },
): Promise<void> {
  const standing = await lockStanding(tx, filing.filingId)
  if (standing === null) return
  const version = standing.version + 1
  await insertEvent(tx, filing, {
    ...who,
    version,
    act: 'reconciled',
    state: standing.state,
    at: tx.now,
    content: null,
    token: null,
    answer: null,
  })
  await moveStanding(tx, filing.filingId, { ...standing, version, reconciliation: to })
  await tellFiling(tx, filing, version)
}

type Side = (record: RecordVersion) => string | null

const addressOf: Side = ({ prefecture, municipalityName, town, houseNumber, building }) =>
  [prefecture, municipalityName, town, houseNumber, building].filter(Boolean).join('') || null

/** Which of the register's items each told word is compared by. */
const items: Readonly<Record<string, readonly [Item, Side]>> = {
  name: ['氏名', ({ name }) => name],
  nameKana: ['氏名カナ', ({ nameKana }) => nameKana],
  birthDate: ['生年月日', ({ birthDate }) => birthDate],
  sex: ['性別', ({ sex }) => sex],
  householdNumber: ['世帯番号', ({ householdNumber }) => householdNumber],
  relationship: ['続柄', ({ relationship }) => relationship],
  address: ['住所', addressOf],
  residentFrom: ['住民となった日', ({ residentFrom }) => residentFrom],
  present: ['住民状態', ({ status }) => status],
  removedOn: ['消除年月日', ({ removedOn }) => removedOn],
  movedFrom: ['転入前市区町村コード', ({ movedFrom }) => movedFrom],
  movedTo: ['転出先市区町村コード', ({ movedTo }) => movedTo],
  exclusionKind: ['適用除外区分', ({ exclusionKind }) => exclusionKind],
  exclusionFrom: ['適用除外開始日', ({ exclusionFrom }) => exclusionFrom],
  exclusionUntil: ['適用除外終了日', ({ exclusionUntil }) => exclusionUntil],
}

/** What nobody stated at the counter is not compared: the register alone knows it. */
const optional = ['householdNumber', 'relationship', 'movedFrom', 'movedTo', 'nameKana']

function compared(
  told: readonly string[],
  counter: RecordVersion,
  register: RecordVersion,
  before: RecordVersion | undefined,
): readonly Compared[] {
  const values = told.flatMap((key): Compared[] => {
    const known = items[key]
    if (known === undefined) return []
    const [item, side] = known
    if (optional.includes(key) && side(counter) === null) return []
    return [
      {
        item,
        counter: side(counter),
        register: side(register),
        before: before === undefined ? null : side(before),
      },
    ]
  })
  if (counter.token === null || counter.token === register.token) return values
  return [
    ...values,
    { item: '個人番号', counter: '登録あり', register: '窓口の番号とちがう', before: null },
  ]
}

/** 差異を片づけた結果 */
export type ResolvedDifference =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'settled'
      readonly difference: DifferenceRow
      readonly moves: readonly string[]
    }
  | { readonly kind: 'already'; readonly difference: DifferenceRow }

/**
 * 差異を片づける — one step: the register stands as it came, or the counter's word is told again as the newest,
 * or both are right and it is explained. The municipality sees which, by whom and why.
 */
export async function resolveDifference(
  tx: Transaction,
  clerk: Clerk,
  differenceId: string,
  resolution: { readonly take: 'register' | 'counter' | 'explained'; readonly note: string },
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

/** いくつもの差異を一度に片づけた結果 */
export type ResolvedDifferences =
  | Exclude<ResolvedDifference, { readonly kind: 'settled' }>
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
    readonly take: 'register' | 'counter' | 'explained'
  }[],
  { note, confirm }: { readonly note: string; readonly confirm: boolean },
): Promise<ResolvedDifferences> {
  await tx.run('savepoint resolving')
  const differences: DifferenceRow[] = []
  const moves: string[] = []
  for (const { differenceId, take } of choices) {
    const outcome = await resolveDifference(tx, clerk, differenceId, { take, note })
    if (outcome.kind !== 'settled') {
      await tx.run('rollback to savepoint resolving')
      return outcome
    }
    differences.push(outcome.difference)
    moves.push(...outcome.moves)
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
