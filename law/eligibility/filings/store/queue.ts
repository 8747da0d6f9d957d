import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import { foldName } from '../../search/foldName.ts'
import { type FilingState, openStates } from '../filing.ts'
import { type FilingKind, filingKinds } from '../kinds.ts'
import type { Reconciliation } from './filings.ts'

/** 一覧の一行 */
export type QueueRow = {
  readonly filingId: string
  readonly receiptNumber: string
  readonly kind: FilingKind
  readonly municipality: string
  readonly filedOn: PlainDate
  readonly receivedAt: Instant
  readonly version: number
  readonly state: FilingState
  readonly reconciliation: Reconciliation
  readonly assignee: string | null
  readonly assigneeName: string | null
  readonly dueOn: PlainDate
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate | null
  readonly residentKey: number | null
  readonly subjectKey: number | null
  readonly underSupportMeasure: boolean
  readonly numberHeld: boolean
}

export type QueueFilter = {
  readonly state?: 'open' | 'all' | FilingState
  readonly assigned?: 'me' | 'none' | 'any'
  readonly account: string
  /** Received on this day or before. */
  readonly older?: PlainDate
  readonly kind?: string
  readonly subjectKey?: number
  readonly reconciliation?: Reconciliation
  /** 受付番号, 種類 or 氏名; folded as in the search for persons. */
  readonly words?: string
  readonly limit: number
}

export type Queue = {
  readonly total: number
  readonly overdue: number
  readonly mine: number
  readonly rows: readonly QueueRow[]
}

const columns = `f.filing_id::text as "filingId", f.receipt_number as "receiptNumber", f.kind,
  f.municipality_code as municipality, f.filed_on as "filedOn", f.received_at as "receivedAt",
  s.version, s.state, s.reconciliation, s.assignee::text as assignee,
  s.assignee_name as "assigneeName", s.due_on as "dueOn", s.name, s.name_kana as "nameKana",
  s.birth_date as "birthDate",
  r.resident_key as "residentKey", i.subject_key as "subjectKey",
  r.number_token is not null as "numberHeld",
  coalesce(i.under_support_measure, exists (
    select from eligibility.support_measure m
     where m.resident_key = r.resident_key and upper_inf(m.held)
       and m.non_disclosure), false) as "underSupportMeasure"`

const joins = `from eligibility.filing f
  join eligibility.filing_standing s on s.filing_id = f.filing_id
  left join lateral (
    select resident_key from eligibility.filing_person p
     where p.filing_id = f.filing_id order by linked_at desc limit 1) p on true
  left join eligibility.resident r on r.resident_key = p.resident_key
  left join eligibility.insured_person i on i.subject_key = r.subject_key`

/** 仕事の列 — in the order of the day due, within the scope; searchable by words inside. */
export async function listQueue(tx: Transaction, filter: QueueFilter): Promise<Queue> {
  const states =
    filter.state === undefined || filter.state === 'open'
      ? openStates
      : filter.state === 'all'
        ? null
        : [filter.state]
  const words = (filter.words ?? '').trim()
  const kinds = Object.entries(filingKinds)
    .filter(([kind, { name }]) => (words !== '' && name.includes(words)) || kind === words)
    .map(([kind]) => kind)
  const values = [
    tx.scope!.union,
    states,
    filter.assigned ?? 'any',
    filter.account,
    filter.older ?? null,
    filter.kind ?? null,
    words === '' ? null : words.normalize('NFKC').toUpperCase(),
    words === '' ? null : foldName(words),
    kinds,
    filter.subjectKey ?? null,
    filter.reconciliation ?? null,
  ]
  const where = `where f.union_code = $1::smallint
    and ($2::text[] is null or s.state = any ($2::text[]))
    and case $3::text when 'me' then s.assignee = $4::uuid when 'none' then s.assignee is null
        else true end
    and ($5::date is null or (f.received_at at time zone 'Asia/Tokyo')::date <= $5::date)
    and ($6::text is null or f.kind = $6::text)
    and ($7::text is null
         or position($7::text in f.receipt_number) > 0
         or f.kind = any ($9::text[])
         or ($8::text <> '' and position($8::text in s.name_folded) > 0))
    and ($10::bigint is null or exists (
      select from eligibility.filing_person o
        join eligibility.resident w on w.resident_key = o.resident_key
       where o.filing_id = f.filing_id and w.subject_key = $10::bigint))
    and ($11::text is null or s.reconciliation = $11::text)`
  const counts = await tx.one<{ total: number; overdue: number; mine: number }>(
    `select count(*)::integer as total,
            count(*) filter (where s.due_on < $12::date
              and s.state in ('incomplete', 'examining', 'awaitingCheck'))::integer as overdue,
            count(*) filter (where s.assignee = $4::uuid)::integer as mine
       from eligibility.filing f
       join eligibility.filing_standing s on s.filing_id = f.filing_id ${where}`,
    [...values, tx.today],
  )
  const rows = await tx.query<QueueRow>(
    `select ${columns} ${joins} ${where}
      order by s.due_on, f.received_at, f.filing_id limit $12::integer`,
    [...values, filter.limit],
  )
  return { ...counts, rows }
}

/** One row, as the list shows it. */
export async function findQueueRow(tx: Transaction, filingId: string): Promise<QueueRow | null> {
  return tx.maybe<QueueRow>(`select ${columns} ${joins} where f.filing_id = $1::uuid`, [filingId])
}
