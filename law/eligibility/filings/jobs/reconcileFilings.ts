import { randomUUID } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import { foldName } from '../../search/foldName.ts'
import {
  type Compared,
  compareRecords,
  type FoundDifference,
  type Item,
} from '../rules/compareRecords.ts'
import {
  type Awaiting,
  findAwaiting,
  findOpenDifferences,
  findOtherAddressees,
  insertDifferences,
  insertResolution,
} from '../store/differences.ts'
import {
  findEvents,
  insertEvent,
  lockStanding,
  moveStanding,
  type Reconciliation,
} from '../store/filings.ts'
import { findVersions, type RecordVersion } from '../store/toldRecord.ts'
import type { Answer } from './answer.ts'
import { tellFiling } from './clerk.ts'

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

/** 突合を進める — the event, the present, and the word to all desks. */
export async function advanceReconciliation(
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
