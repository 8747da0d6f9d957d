import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { DocumentKind, Missing } from '../certificate.ts'

/** 市区町村 — of the union, in the order of their codes. */
export async function findMunicipalities(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ municipality_code: string }>(
    `select municipality_code from reference.municipality
      where union_code = $1::smallint order by municipality_code`,
    [tx.scope!.union],
  )
  return rows.map(({ municipality_code }) => municipality_code)
}

/** その日の被保険者 — of one municipality, by their keys. */
export async function findInsured(
  tx: Transaction,
  municipality: string,
  on: PlainDate,
  after: number,
): Promise<number[]> {
  await tx.run('set local enable_nestloop = off')
  const rows = await tx.query<{ subject_key: number }>(
    `select subject_key from eligibility.entitlement_period
      where municipality_code = $1::text and subject_key > $3::bigint
        and began_on <= $2::date and (ended_on is null or ended_on > $2::date)
      order by subject_key`,
    [municipality, on, after],
  )
  return rows.map(({ subject_key }) => subject_key)
}

/**
 * 使えなくなった文書 — of those who are insured no more (from the day of 喪失), and of those who moved to another
 * municipality of the union (from the day on which they came there). How many.
 */
export async function voidStale(tx: Transaction, name: string): Promise<number> {
  await tx.run('set local enable_nestloop = off')
  const touched = await tx.run(
    `with standing as (
       select s.subject_key, s.municipality_code, s.issue_number
         from certificates.issue_standing s
        where s.void_on is null and s.valid_until >= $1::date
     ),
     here as (
       select e.subject_key, e.municipality_code, e.began_on
         from eligibility.entitlement_period e
        where e.began_on <= $1::date and (e.ended_on is null or e.ended_on > $1::date)
     ),
     lost as (
       select e.subject_key, max(e.lost_on) as lost_on
         from eligibility.entitlement_period e
        where e.lost_on <= $1::date group by e.subject_key
     ),
     stale as (
       select s.*, h.began_on is not null as moved, coalesce(h.began_on, l.lost_on, $1::date) as void_on
         from standing s
         left join here h on h.subject_key = s.subject_key
         left join lost l on l.subject_key = s.subject_key
        where h.municipality_code is distinct from s.municipality_code
     ),
     voided as (
       update certificates.issue_standing t
          set version = t.version + 1, void_on = x.void_on,
              void_reason = case when x.moved then 'moved' else 'lossOfEligibility' end,
              changed_at = $2::timestamptz
         from stale x
        where t.subject_key = x.subject_key and t.municipality_code = x.municipality_code
          and t.issue_number = x.issue_number
       returning t.subject_key, t.municipality_code, t.issue_number, t.void_on
     )
     insert into certificates.issue_event
       (subject_key, municipality_code, issue_number, sequence, union_code, act, happened_at,
        happened_on, account_name)
     select v.subject_key, v.municipality_code, v.issue_number,
            1 + coalesce(e.last, 0), $3::smallint, 'voided', $2::timestamptz, v.void_on, $4::text
       from voided v
       left join (
         select subject_key, municipality_code, issue_number, max(sequence) as last
           from certificates.issue_event group by 1, 2, 3
       ) e using (subject_key, municipality_code, issue_number)`,
    [tx.today, tx.now, tx.scope!.union, name],
  )
  await tx.run('set local enable_nestloop = on')
  return touched
}

/** 待っている人を書く — those of a batch who wait, with what is missing; the others of it wait no more. */
export async function writeWaiting(
  tx: Transaction,
  municipality: string,
  batch: readonly number[],
  waiting: readonly { readonly subjectKey: number; readonly missing: readonly Missing[] }[],
  run: { readonly on: PlainDate; readonly jobId: number },
): Promise<void> {
  const keys = waiting.map(({ subjectKey }) => subjectKey)
  await tx.run(
    `delete from certificates.waiting
      where subject_key = any($1::bigint[])
        and (municipality_code <> $2::text or subject_key <> all($3::bigint[]))`,
    [[...batch], municipality, keys],
  )
  if (waiting.length === 0) return
  await tx.run(
    `insert into certificates.waiting
       (subject_key, municipality_code, union_code, since, document_on, missing, job_id)
     select g.s, $2::text, $3::smallint, $4::date, $5::date, g.missing, $6::bigint
       from jsonb_to_recordset($1::jsonb) as g (s bigint, missing jsonb)
     on conflict (subject_key, municipality_code) do update
        set document_on = excluded.document_on, missing = excluded.missing,
            job_id = excluded.job_id`,
    [
      JSON.stringify(waiting.map(({ subjectKey, missing }) => ({ s: subjectKey, missing }))),
      municipality,
      tx.scope!.union,
      tx.today,
      run.on,
      run.jobId,
    ],
  )
}

/** 待つのをやめる — who is not insured on the day any more waits for nothing. */
export async function dropWaiting(tx: Transaction, on: PlainDate): Promise<void> {
  await tx.run('set local enable_nestloop = off')
  await tx.run(
    `delete from certificates.waiting w
      where not exists (
        select from eligibility.entitlement_period e
         where e.subject_key = w.subject_key and e.municipality_code = w.municipality_code
           and e.began_on <= $1::date and (e.ended_on is null or e.ended_on > $1::date))`,
    [on],
  )
  await tx.run('set local enable_nestloop = on')
}

/** 待っている人 */
export type Waiting = {
  readonly subjectKey: number
  readonly municipality: string
  readonly name: string
  readonly since: PlainDate
  readonly missing: readonly Missing[]
}

/** 待っている人を読む — who has waited longest first, and how many wait in all, by what is missing. */
export async function findWaiting(
  tx: Transaction,
  limit: number,
): Promise<{
  readonly total: number
  readonly reasons: readonly { readonly missing: Missing; readonly persons: number }[]
  readonly rows: readonly Waiting[]
}> {
  const { total } = await tx.one<{ total: number }>(
    'select count(*)::int as total from certificates.waiting',
  )
  const reasons = await tx.query<{ missing: Missing; persons: number }>(
    `select min(m.value::text)::jsonb as missing, count(*)::int as persons
       from certificates.waiting w cross join lateral jsonb_array_elements(w.missing) m
      group by m.value ->> 'code' order by persons desc, m.value ->> 'code'`,
  )
  const rows = await tx.query<Waiting>(
    `select w.subject_key as "subjectKey", w.municipality_code as municipality, p.name, w.since,
            w.missing
       from certificates.waiting w
       join eligibility.person p on p.subject_key = w.subject_key
      order by w.since, w.subject_key limit $1::integer`,
    [limit],
  )
  return { total, reasons, rows }
}

/** 紙を確かめていない文書 — made one at a time and still without a confirmed sheet. */
export const findUnconfirmed = (
  tx: Transaction,
  limit: number,
): Promise<
  {
    readonly subjectKey: number
    readonly municipality: string
    readonly issueNumber: number
    readonly name: string
    readonly document: DocumentKind
    readonly state: 'instructed'
    readonly issuedAt: Instant
    readonly issuedBy: string
  }[]
> =>
  tx.query(
    `select s.subject_key as "subjectKey", s.municipality_code as municipality,
            s.issue_number as "issueNumber", p.name, i.document, s.state,
            i.issued_at as "issuedAt", i.account_name as "issuedBy"
       from certificates.issue_standing s
       join certificates.issue i
         on i.subject_key = s.subject_key and i.municipality_code = s.municipality_code
        and i.issue_number = s.issue_number
       join eligibility.person p on p.subject_key = s.subject_key
      where s.state = 'instructed' and i.manner = 'counter'
      order by s.changed_at, s.subject_key limit $1::integer`,
    [limit],
  )
