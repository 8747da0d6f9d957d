import type { PlainDate } from '@koiki/kernel'
import type { DateRange, Instant, Transaction } from '@koiki/store'
import type { FilingState } from '../filings/filing.ts'
import type { FilingKind } from '../filings/kinds.ts'

/** 届書の一件 — as the page of a person lists it. */
export type PersonFiling = {
  readonly filingId: string
  readonly receiptNumber: string
  readonly kind: FilingKind
  readonly filedOn: PlainDate
  readonly state: FilingState
}

/** 届書が語ったこと — what holds from when to when beside the register's record; no address is part of it. */
export type PersonTold = {
  readonly kind: '障害認定' | '住所地特例' | '施設' | '送付先'
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly detail: string | null
  readonly receiptNumber: string | null
}

/** 突合と名寄せのできごと — what two offices found to differ and mended, and who was judged to be whom; no value of it. */
export type PersonReckoning = {
  readonly kind: 'found' | 'resolved' | 'same' | 'different' | 'withdrawn'
  readonly at: Instant
  /** What differed; empty for a judgement. */
  readonly items: readonly string[]
  readonly filingId: string | null
  readonly by: string | null
}

/** 本人の届書と、届書が語ったこと — of all residents that belong to the person, oldest first. */
export async function findPersonRecord(
  tx: Transaction,
  residents: readonly number[],
): Promise<{
  readonly filings: readonly PersonFiling[]
  readonly told: readonly PersonTold[]
  readonly reckonings: readonly PersonReckoning[]
}> {
  const filings = await tx.query<PersonFiling>(
    `select distinct f.filing_id::text as "filingId", f.receipt_number as "receiptNumber", f.kind,
            f.filed_on as "filedOn", s.state
       from eligibility.filing_person p
       join eligibility.filing f on f.filing_id = p.filing_id
       join eligibility.filing_standing s on s.filing_id = f.filing_id
      where p.resident_key = any ($1::bigint[])
      order by f.filed_on, f.receipt_number`,
    [residents],
  )
  const ranges = await tx.query<
    Pick<PersonTold, 'kind' | 'detail' | 'receiptNumber'> & { readonly held: DateRange }
  >(
    `select '障害認定' as kind, held, null::text as detail, receipt_number as "receiptNumber"
       from eligibility.disability_certification where resident_key = any ($1::bigint[])
     union all
     select '住所地特例', held, kind, receipt_number
       from eligibility.residence_provision where resident_key = any ($1::bigint[])
     union all
     select '施設', held, facility_kind, receipt_number
       from eligibility.facility_stay where resident_key = any ($1::bigint[])`,
    [residents],
  )
  const destinations = await tx.query<Omit<PersonTold, 'kind' | 'until'>>(
    `select d.effective_on as "from", d.receipt_number as "receiptNumber",
            case when d.ends then '廃止' when d.relation = 'self' then null else d.relation end as detail
       from eligibility.mailing_destination d
       join eligibility.mailing_destination_check c
         on c.resident_key = d.resident_key and c.filing_id = d.filing_id and c.agreed
      where d.resident_key = any ($1::bigint[])
      order by d.effective_on`,
    [residents],
  )
  const reckonings = await tx.query<PersonReckoning>(
    `select 'found' as kind, d.found_at as at, array_agg(d.item order by d.item) as items,
            d.filing_id::text as "filingId", null::text as by
       from eligibility.difference d
      where d.resident_key = any ($1::bigint[])
      group by d.filing_id, d.found_at
     union all
     select 'resolved', r.resolved_at, array_agg(d.item order by d.item), d.filing_id::text,
            r.account_name
       from eligibility.difference_resolution r
       join eligibility.difference d
         on d.resident_key = r.resident_key and d.difference_id = r.difference_id
      where r.resident_key = any ($1::bigint[])
      group by d.filing_id, r.resolved_at, r.account_name
     union all
     select case when l.same is null then 'withdrawn' when l.same then 'same' else 'different' end,
            l.decided_at, '{}', null, null
       from eligibility.person_link_decision l
      where l.resident_key = any ($1::bigint[]) or l.other_resident_key = any ($1::bigint[])
      order by at`,
    [residents],
  )
  return {
    filings,
    reckonings,
    told: [
      ...ranges
        .filter(({ held }) => held.from !== null)
        .map(({ held, ...one }) => ({ ...one, from: held.from!, until: held.until })),
      ...destinations.map((one) => ({ ...one, kind: '送付先' as const, until: null })),
    ].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  }
}
