import type { Instant, Transaction } from '@koiki/store'
import type { FilingKind } from '../kinds.ts'
import type { FoundDifference } from '../rules/compareRecords.ts'

/** 突合を待つ届書 — decided, with a record of the register that came after it. */
export type Awaiting = {
  readonly filingId: string
  readonly municipality: string
  readonly receiptNumber: string
  readonly residentKey: number
}

/** Filings of the municipality that wait and whose resident this transmission told something of. */
export async function findAwaiting(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<readonly Awaiting[]> {
  return tx.query<Awaiting>(
    `select s.filing_id::text as "filingId", s.municipality_code as municipality,
            p.receipt_number as "receiptNumber", p.resident_key as "residentKey"
       from eligibility.filing_standing s
       join eligibility.filing_person p on p.filing_id = s.filing_id
      where s.union_code = $1::smallint and s.municipality_code = $2::text
        and s.reconciliation in ('awaiting', 'differs') and s.state = 'granted'
        and exists (
          select from eligibility.resident_record c
           where c.resident_key = p.resident_key and c.transmission_id = $3::uuid)
      order by p.receipt_number`,
    [tx.scope!.union, municipality, transmissionId],
  )
}

/** 宛名番号のちがい — the file brought the same 個人番号 under another 宛名番号 of the municipality. */
export async function findOtherAddressees(
  tx: Transaction,
  municipality: string,
  transmissionId: string,
): Promise<readonly (Awaiting & { readonly counter: string; readonly register: string })[]> {
  return tx.query(
    `select distinct s.filing_id::text as "filingId", s.municipality_code as municipality,
            p.receipt_number as "receiptNumber", p.resident_key as "residentKey",
            r.addressee_number as counter, o.addressee_number as register
       from eligibility.filing_standing s
       join eligibility.filing_person p on p.filing_id = s.filing_id
       join eligibility.resident r on r.resident_key = p.resident_key
       join eligibility.resident o
         on o.number_token = r.number_token and o.municipality_code = r.municipality_code
        and o.resident_key <> r.resident_key
       join eligibility.resident_record c
         on c.resident_key = o.resident_key and c.transmission_id = $3::uuid
      where s.union_code = $1::smallint and s.municipality_code = $2::text
        and s.reconciliation = 'awaiting' and s.state = 'granted'
      order by p.receipt_number`,
    [tx.scope!.union, municipality, transmissionId],
  )
}

export async function insertDifferences(
  tx: Transaction,
  filing: Awaiting,
  recordVersion: number,
  found: readonly (FoundDifference & { readonly differenceId: string })[],
): Promise<void> {
  for (const one of found)
    await tx.run(
      `insert into eligibility.difference
         (resident_key, difference_id, union_code, municipality_code, filing_id, receipt_number,
          item, counter_value, register_value, cause, record_version, found_at)
       values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::uuid, $6::text, $7::text,
               $8::text, $9::text, $10::text, $11::integer, $12::timestamptz)`,
      [
        filing.residentKey,
        one.differenceId,
        tx.scope!.union,
        filing.municipality,
        filing.filingId,
        filing.receiptNumber,
        one.item,
        one.counter,
        one.register,
        one.cause,
        recordVersion,
        tx.now,
      ],
    )
}

/** 採る側 */
export type Take = 'register' | 'counter' | 'explained'

/** 採る側の選び — one clerk's. */
export type DifferenceChoice = {
  readonly take: Take
  readonly account: string
  readonly by: string
  readonly at: Instant
}

/** 差異の一行 */
export type DifferenceRow = {
  readonly differenceId: string
  readonly filingId: string
  readonly receiptNumber: string
  readonly kind: FilingKind
  readonly municipality: string
  readonly residentKey: number
  readonly subjectKey: number | null
  readonly name: string
  readonly underSupportMeasure: boolean
  readonly item: string
  readonly counter: string | null
  readonly register: string | null
  readonly cause: string
  readonly foundAt: Instant
  /** 選び — of both clerks, oldest first, where two have to choose the same side. */
  readonly choices: readonly DifferenceChoice[]
  readonly take: Take | null
  readonly note: string | null
  readonly by: string | null
  readonly resolvedAt: Instant | null
}

const select = `select d.difference_id::text as "differenceId", d.filing_id::text as "filingId",
    d.receipt_number as "receiptNumber", f.kind, d.municipality_code as municipality,
    d.resident_key as "residentKey", i.subject_key as "subjectKey", s.name,
    coalesce(i.under_support_measure, exists (
      select from eligibility.support_measure m
       where m.resident_key = r.resident_key and upper_inf(m.held)
         and m.non_disclosure), false)
      as "underSupportMeasure",
    d.item, d.counter_value as counter, d.register_value as register, d.cause,
    d.found_at as "foundAt",
    coalesce((select jsonb_agg(jsonb_build_object('take', h.take, 'account', h.account_id,
                'by', h.account_name, 'at', h.chosen_at) order by h.sequence)
                from eligibility.difference_choice h
               where h.resident_key = d.resident_key and h.difference_id = d.difference_id),
             '[]'::jsonb) as choices, o.take, o.note, o.account_name as by,
    o.resolved_at as "resolvedAt"
  from eligibility.difference d
  join eligibility.filing f on f.filing_id = d.filing_id
  join eligibility.filing_standing s on s.filing_id = d.filing_id
  join eligibility.resident r on r.resident_key = d.resident_key
  left join eligibility.insured_person i on i.subject_key = r.subject_key
  left join eligibility.difference_resolution o
    on o.resident_key = d.resident_key and o.difference_id = d.difference_id`

export async function listDifferences(
  tx: Transaction,
  state: 'open' | 'all',
): Promise<readonly DifferenceRow[]> {
  return tx.query<DifferenceRow>(
    `${select}
      where d.union_code = $1::smallint and ($2::text = 'all' or o.take is null)
      order by d.found_at, d.receipt_number, d.item
      limit 500`,
    [tx.scope!.union, state],
  )
}

export async function findDifference(
  tx: Transaction,
  differenceId: string,
): Promise<DifferenceRow | null> {
  return tx.maybe<DifferenceRow>(`${select} where d.difference_id = $1::uuid`, [differenceId])
}

export async function countOpenDifferences(tx: Transaction, filingId: string): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::integer as count
       from eligibility.difference d
       left join eligibility.difference_resolution o
         on o.resident_key = d.resident_key and o.difference_id = d.difference_id
      where d.filing_id = $1::uuid and o.take is null`,
    [filingId],
  )
  return count
}

/** The differences of a filing that are still open: a newer record takes their place. */
export async function findOpenDifferences(
  tx: Transaction,
  filingId: string,
): Promise<readonly DifferenceRow[]> {
  return tx.query<DifferenceRow>(`${select} where d.filing_id = $1::uuid and o.take is null`, [
    filingId,
  ])
}

export async function insertResolution(
  tx: Transaction,
  difference: Pick<DifferenceRow, 'residentKey' | 'differenceId' | 'municipality'>,
  resolution: {
    readonly take: Take
    readonly note: string
    readonly account: { readonly id: string; readonly name: string }
  },
): Promise<void> {
  await tx.run(
    `insert into eligibility.difference_resolution
       (resident_key, difference_id, union_code, municipality_code, take, note, account_id,
        account_name, resolved_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::text, $6::text, $7::uuid, $8::text,
             $9::timestamptz)`,
    [
      difference.residentKey,
      difference.differenceId,
      tx.scope!.union,
      difference.municipality,
      resolution.take,
      resolution.note,
      resolution.account.id,
      resolution.account.name,
      tx.now,
    ],
  )
}

export async function insertChoice(
  tx: Transaction,
  difference: DifferenceRow,
  choice: {
    readonly take: Take
    readonly note: string
    readonly account: { readonly id: string; readonly name: string }
  },
): Promise<void> {
  await tx.run(
    `insert into eligibility.difference_choice
       (resident_key, difference_id, sequence, union_code, municipality_code, take, note,
        account_id, account_name, chosen_at)
     values ($1::bigint, $2::uuid, $3::integer, $4::smallint, $5::text, $6::text, $7::text,
             $8::uuid, $9::text, $10::timestamptz)`,
    [
      difference.residentKey,
      difference.differenceId,
      difference.choices.length + 1,
      tx.scope!.union,
      difference.municipality,
      choice.take,
      choice.note,
      choice.account.id,
      choice.account.name,
      tx.now,
    ],
  )
}
