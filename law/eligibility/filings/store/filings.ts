import { fiscalYearOf, type PlainDate, wareki } from '@koiki/kernel'
import type { DateRange, Instant, Transaction } from '@koiki/store'
import { foldName } from '../../search/foldName.ts'
import type { FilingContent, FilingState } from '../filing.ts'
import type { FilingKind } from '../kinds.ts'

/** 突合の様子 */
export type Reconciliation = 'none' | 'awaiting' | 'matched' | 'differs' | 'settled'

/** 届書 — as received; it never changes. */
export type FilingRecord = {
  readonly filingId: string
  readonly municipality: string
  readonly receiptNumber: string
  readonly kind: FilingKind
  readonly filedOn: PlainDate
  readonly receivedAt: Instant
  readonly receivedBy: string
  readonly receivedByName: string
  readonly digest: Buffer
  readonly token: string | null
}

/** 届書の今 */
export type Standing = {
  readonly version: number
  readonly state: FilingState
  readonly reconciliation: Reconciliation
  readonly assignee: string | null
  readonly assigneeName: string | null
  readonly dueOn: PlainDate
  readonly name: string
  readonly birthDate: PlainDate | null
  readonly changedAt: Instant
}

/** 届書のいきさつ — one act. */
export type FilingEvent = {
  readonly version: number
  readonly act: FilingAct
  readonly state: FilingState
  readonly at: Instant
  readonly account: string | null
  readonly accountName: string
  readonly note: string | null
  readonly content: FilingContent | null
  readonly token: string | null
  readonly answer: unknown
}

export type FilingAct =
  | 'received'
  | 'supplemented'
  | 'decided'
  | 'assigned'
  | 'checked'
  | 'withdrawn'
  | 'cancelled'
  | 'insurerAnswered'
  | 'reconciled'

/** 受付番号 — such as 432156-R8-00431: letters keep it from ever being taken for a number of a person. */
export function receiptNumberOf(tx: Transaction, municipality: string, number: number): string {
  const { era, year } = wareki(`${fiscalYearOf(tx.today)}-04-01` as PlainDate)
  return `${municipality}-${era.letter}${year}-${String(number).padStart(5, '0')}`
}

/**
 * 受付の順番 — one filing of a municipality at a time, until the end of the transaction, so that what is sent twice is seen.
 * Gives the last number of the fiscal year.
 */
export async function lockReceipts(tx: Transaction, municipality: string): Promise<number> {
  const key = [municipality, fiscalYearOf(tx.today)]
  const lock = () =>
    tx.maybe<{ last_number: number }>(
      `select last_number from eligibility.filing_counter
        where municipality_code = $1::text and fiscal_year = $2::integer for update`,
      key,
    )
  const locked = await lock()
  if (locked !== null) return locked.last_number
  await tx.run(
    `insert into eligibility.filing_counter
       (municipality_code, fiscal_year, union_code, last_number)
     values ($1::text, $2::integer, $3::smallint, 0)
     on conflict (municipality_code, fiscal_year) do nothing`,
    [...key, tx.scope!.union],
  )
  return (await lock())?.last_number ?? 0
}

/** A row to be written: each column with the type and the value of its parameter. */
type Row = Readonly<Record<string, readonly [type: string, value: unknown]>>

const insertOf = (table: string, row: Row, first = 1): string =>
  `insert into eligibility.${table} (${Object.keys(row).join(', ')})
   values (${Object.values(row)
     .map(([type], at) => `$${first + at}::${type}`)
     .join(', ')})`

const valuesOf = (row: Row): readonly unknown[] => Object.values(row).map(([, value]) => value)

const rowOf = (
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
): Row => ({
  filing_id: ['uuid', filing.filingId],
  union_code: ['smallint', tx.scope!.union],
  municipality_code: ['text', filing.municipality],
})

const filingRow = (tx: Transaction, filing: FilingRecord): Row => ({
  ...rowOf(tx, filing),
  receipt_number: ['text', filing.receiptNumber],
  kind: ['text', filing.kind],
  filed_on: ['date', filing.filedOn],
  received_at: ['timestamptz', filing.receivedAt],
  received_by: ['uuid', filing.receivedBy],
  received_by_name: ['text', filing.receivedByName],
  digest: ['bytea', filing.digest],
  number_token: ['uuid', filing.token],
})

/**
 * 届書を積む — as received: the paper, its first event, how it stands, and whose it is, where somebody is known; and its 受付番号
 * is taken. The caller holds the order of receipts.
 */
export async function insertReceived(
  tx: Transaction,
  filing: FilingRecord,
  received: {
    readonly event: FilingEvent
    readonly standing: NewStanding
    readonly residentKey: number | null
  },
): Promise<void> {
  const rows: (readonly [string, Row])[] = [
    ['filing_event', eventRow(tx, filing, received.event)],
    ['filing_standing', standingRow(tx, filing, received.standing)],
    ...(received.residentKey === null
      ? []
      : ([['filing_person', personRow(tx, filing, received.residentKey)]] as const)),
  ]
  const values: unknown[] = [fiscalYearOf(tx.today), filing.municipality]
  const expressions = rows.map(([table, row]) => {
    const text = `${table} as (${insertOf(table, row, values.length + 1)})`
    values.push(...valuesOf(row))
    return text
  })
  const own = filingRow(tx, filing)
  await tx.run(
    `with counted as (
       update eligibility.filing_counter set last_number = last_number + 1
        where municipality_code = $2::text and fiscal_year = $1::integer),
     ${expressions.join(',\n')}
     ${insertOf('filing', own, values.length + 1)}`,
    [...values, ...valuesOf(own)],
  )
}

export async function findFiling(tx: Transaction, filingId: string): Promise<FilingRecord | null> {
  return tx.maybe<FilingRecord>(
    `select filing_id::text as "filingId", municipality_code as municipality,
            receipt_number as "receiptNumber", kind, filed_on as "filedOn",
            received_at as "receivedAt", received_by::text as "receivedBy",
            received_by_name as "receivedByName", digest, number_token::text as token
       from eligibility.filing
      where filing_id = $1::uuid`,
    [filingId],
  )
}

const eventRow = (
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  event: FilingEvent,
): Row => ({
  ...rowOf(tx, filing),
  version: ['integer', event.version],
  act: ['text', event.act],
  state: ['text', event.state],
  happened_at: ['timestamptz', event.at],
  account_id: ['uuid', event.account],
  account_name: ['text', event.accountName],
  note: ['text', event.note],
  content: ['jsonb', event.content === null ? null : JSON.stringify(event.content)],
  number_token: ['uuid', event.token],
  answer: [
    'jsonb',
    event.answer === null || event.answer === undefined ? null : JSON.stringify(event.answer),
  ],
})

export async function insertEvent(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  event: FilingEvent,
): Promise<void> {
  const row = eventRow(tx, filing, event)
  await tx.run(insertOf('filing_event', row), valuesOf(row))
}

/** 届書のいきさつ — oldest first. */
export async function findEvents(
  tx: Transaction,
  filingId: string,
): Promise<readonly FilingEvent[]> {
  return tx.query<FilingEvent>(
    `select version, act, state, happened_at as at, account_id::text as account,
            account_name as "accountName", note, content, number_token::text as token, answer
       from eligibility.filing_event
      where filing_id = $1::uuid
      order by version`,
    [filingId],
  )
}

/** A standing that is not there yet. */
type NewStanding = Omit<Standing, 'changedAt'> & { readonly nameKana: string | null }

const standingRow = (
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  standing: NewStanding,
): Row => ({
  ...rowOf(tx, filing),
  version: ['integer', standing.version],
  state: ['text', standing.state],
  reconciliation: ['text', standing.reconciliation],
  assignee: ['uuid', standing.assignee],
  assignee_name: ['text', standing.assigneeName],
  due_on: ['date', standing.dueOn],
  name: ['text', standing.name],
  name_kana: ['text', standing.nameKana],
  name_folded: ['text', `${foldName(standing.name)} ${foldName(standing.nameKana ?? '')}`],
  birth_date: ['date', standing.birthDate],
  changed_at: ['timestamptz', tx.now],
})

export async function insertStanding(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  standing: NewStanding,
): Promise<void> {
  const row = standingRow(tx, filing, standing)
  await tx.run(insertOf('filing_standing', row), valuesOf(row))
}

const standingColumns = `version, state, reconciliation, assignee::text as assignee,
  assignee_name as "assigneeName", due_on as "dueOn", name, birth_date as "birthDate",
  changed_at as "changedAt"`

/** 届書の今 — only to look at. */
export async function findStanding(tx: Transaction, filingId: string): Promise<Standing | null> {
  return tx.maybe<Standing>(
    `select ${standingColumns} from eligibility.filing_standing where filing_id = $1::uuid`,
    [filingId],
  )
}

/** The present of a filing, locked until the end of the transaction. */
export async function lockStanding(tx: Transaction, filingId: string): Promise<Standing | null> {
  return tx.maybe<Standing>(
    `select ${standingColumns} from eligibility.filing_standing
      where filing_id = $1::uuid
        for update`,
    [filingId],
  )
}

/** 届書を進める — the next version; the caller holds the lock. */
export async function moveStanding(
  tx: Transaction,
  filingId: string,
  to: Pick<
    Standing,
    'version' | 'state' | 'reconciliation' | 'assignee' | 'assigneeName' | 'dueOn'
  >,
): Promise<void> {
  await tx.run(
    `update eligibility.filing_standing
        set version = $2::integer, state = $3::text, reconciliation = $4::text,
            assignee = $5::uuid, assignee_name = $6::text, due_on = $7::date,
            changed_at = $8::timestamptz
      where filing_id = $1::uuid`,
    [
      filingId,
      to.version,
      to.state,
      to.reconciliation,
      to.assignee,
      to.assigneeName,
      to.dueOn,
      tx.now,
    ],
  )
}

const personRow = (
  tx: Transaction,
  filing: Omit<FilingPlace, 'kind'>,
  residentKey: number,
): Row => ({
  resident_key: ['bigint', residentKey],
  ...rowOf(tx, filing),
  receipt_number: ['text', filing.receiptNumber],
  linked_at: ['timestamptz', tx.now],
})

/** 届書の人 — found or made by the filing. */
export async function linkFilingPerson(
  tx: Transaction,
  filing: Omit<FilingPlace, 'kind'>,
  residentKey: number,
): Promise<void> {
  const row = personRow(tx, filing, residentKey)
  await tx.run(
    `${insertOf('filing_person', row)} on conflict (resident_key, filing_id) do nothing`,
    valuesOf(row),
  )
}

export async function findFilingPerson(tx: Transaction, filingId: string): Promise<number | null> {
  const row = await tx.maybe<{ resident_key: number }>(
    `select resident_key from eligibility.filing_person where filing_id = $1::uuid
      order by linked_at desc limit 1`,
    [filingId],
  )
  return row?.resident_key ?? null
}

/** 決定した届書の事実 */
export async function insertGrantedFact(
  tx: Transaction,
  filing: FilingPlace,
  residentKey: number,
  held: DateRange,
  fields: unknown,
): Promise<void> {
  await tx.run(
    `insert into eligibility.granted_fact
       (resident_key, filing_id, union_code, municipality_code, kind, receipt_number, held, fields,
        granted_on)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::text, $6::text,
             daterange($7::date, $8::date), $9::jsonb, $10::date)`,
    [
      residentKey,
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      filing.kind,
      filing.receiptNumber,
      held.from,
      held.until,
      JSON.stringify(fields),
      tx.today,
    ],
  )
}

/** 届書の所在 — what every row about a filing carries. */
export type FilingPlace = Pick<FilingRecord, 'filingId' | 'municipality' | 'receiptNumber' | 'kind'>
