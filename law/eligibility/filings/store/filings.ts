import { type FiscalYear, fiscalYearOf, type PlainDate, wareki } from '@koiki/kernel'
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

/**
 * 受付番号を付ける — the municipality's next number of the fiscal year, such as 432156-R8-00431: letters keep
 * it from ever being taken for a number of a person. Locks the counter until the end of the transaction.
 */
export async function issueReceiptNumber(tx: Transaction, municipality: string): Promise<string> {
  const year = fiscalYearOf(tx.today) as FiscalYear
  const { last_number } = await tx.one<{ last_number: number }>(
    `update eligibility.filing_counter
        set last_number = last_number + 1
      where municipality_code = $1::text and fiscal_year = $2::integer
     returning last_number`,
    [municipality, year],
  )
  const { era, year: eraYear } = wareki(`${year}-04-01` as PlainDate)
  return `${municipality}-${era.letter}${eraYear}-${String(last_number).padStart(5, '0')}`
}

/** 受付の順番 — one filing of a municipality at a time, so that what is sent twice is seen. */
export async function lockReceipts(tx: Transaction, municipality: string): Promise<void> {
  const key = [municipality, fiscalYearOf(tx.today)]
  const lock = () =>
    tx.maybe(
      `select last_number from eligibility.filing_counter
        where municipality_code = $1::text and fiscal_year = $2::integer for update`,
      key,
    )
  if ((await lock()) !== null) return
  await tx.run(
    `insert into eligibility.filing_counter
       (municipality_code, fiscal_year, union_code, last_number)
     values ($1::text, $2::integer, $3::smallint, 0)
     on conflict (municipality_code, fiscal_year) do nothing`,
    [...key, tx.scope!.union],
  )
  await lock()
}

export async function insertFiling(tx: Transaction, filing: FilingRecord): Promise<void> {
  await tx.run(
    `insert into eligibility.filing
       (filing_id, union_code, municipality_code, receipt_number, kind, filed_on, received_at,
        received_by, received_by_name, digest, number_token)
     values ($1::uuid, $2::smallint, $3::text, $4::text, $5::text, $6::date, $7::timestamptz,
             $8::uuid, $9::text, $10::bytea, $11::uuid)`,
    [
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      filing.receiptNumber,
      filing.kind,
      filing.filedOn,
      filing.receivedAt,
      filing.receivedBy,
      filing.receivedByName,
      filing.digest,
      filing.token,
    ],
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

export async function insertEvent(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  event: FilingEvent,
): Promise<void> {
  await tx.run(
    `insert into eligibility.filing_event
       (filing_id, version, union_code, municipality_code, act, state, happened_at, account_id,
        account_name, note, content, number_token, answer)
     values ($1::uuid, $2::integer, $3::smallint, $4::text, $5::text, $6::text, $7::timestamptz,
             $8::uuid, $9::text, $10::text, $11::jsonb, $12::uuid, $13::jsonb)`,
    [
      filing.filingId,
      event.version,
      tx.scope!.union,
      filing.municipality,
      event.act,
      event.state,
      event.at,
      event.account,
      event.accountName,
      event.note,
      event.content === null ? null : JSON.stringify(event.content),
      event.token,
      event.answer === null || event.answer === undefined ? null : JSON.stringify(event.answer),
    ],
  )
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

export async function insertStanding(
  tx: Transaction,
  filing: { readonly filingId: string; readonly municipality: string },
  standing: Omit<Standing, 'changedAt'> & { readonly nameKana: string | null },
): Promise<void> {
  await tx.run(
    `insert into eligibility.filing_standing
       (filing_id, union_code, municipality_code, version, state, reconciliation, assignee,
        assignee_name, due_on, name, name_kana, name_folded, birth_date, changed_at)
     values ($1::uuid, $2::smallint, $3::text, $4::integer, $5::text, $6::text, $7::uuid, $8::text,
             $9::date, $10::text, $11::text, $12::text, $13::date, $14::timestamptz)`,
    [
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      standing.version,
      standing.state,
      standing.reconciliation,
      standing.assignee,
      standing.assigneeName,
      standing.dueOn,
      standing.name,
      standing.nameKana,
      `${foldName(standing.name)} ${foldName(standing.nameKana ?? '')}`,
      standing.birthDate,
      tx.now,
    ],
  )
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

/** 届書の人 — found or made by the filing. */
export async function linkFilingPerson(
  tx: Transaction,
  filing: {
    readonly filingId: string
    readonly municipality: string
    readonly receiptNumber: string
  },
  residentKey: number,
): Promise<void> {
  await tx.run(
    `insert into eligibility.filing_person
       (resident_key, filing_id, union_code, municipality_code, receipt_number, linked_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::text, $6::timestamptz)
     on conflict (resident_key, filing_id) do nothing`,
    [
      residentKey,
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      filing.receiptNumber,
      tx.now,
    ],
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
