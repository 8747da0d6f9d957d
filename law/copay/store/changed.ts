import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'

/** 前の判定の回 — when the last one began, and the earliest judgement year that was ever judged for everybody. */
export type FormerRuns = {
  readonly startedAt: string
  readonly decidedOn: PlainDate
  readonly earliestYear: number
}

/** 前の判定の回 — null before the first yearly one. */
export async function findFormerRuns(tx: Transaction): Promise<FormerRuns | null> {
  const row = await tx.one<{
    started_at: string | null
    decided_on: PlainDate | null
    earliest: number | null
  }>(
    `select max(started_at) as started_at, max(decided_on) as decided_on,
            min(judgement_year) as earliest
       from copay.run`,
  )
  const { started_at: startedAt, decided_on: decidedOn, earliest } = row
  if (startedAt === null || decidedOn === null || earliest === null) return null
  return { startedAt, decidedOn, earliestYear: earliest }
}

/**
 * 判定すべき年度 — of the years given, those that were never judged for everybody although incomes on which they rest
 * have arrived. A judgement year rests on the incomes of the fiscal year of the same number.
 */
export async function findDueYears(
  tx: Transaction,
  years: readonly number[],
): Promise<readonly number[]> {
  const rows = await tx.query<{ year: number }>(
    `select year from unnest($1::smallint[]) as year
      where not exists (select from copay.run
                         where judgement_year <= year
                           and coalesce(through_year, judgement_year) >= year)
        and exists (select from premium.income where fiscal_year = year)
      order by year`,
    [years],
  )
  return rows.map(({ year }) => year)
}

/** 年次の判定の対象 — everybody insured on a day or later, in the order of keys. */
export async function findEverybody(tx: Transaction, from: PlainDate): Promise<readonly number[]> {
  // Row-level security hides from the planner how many rows there are; here all of them are wanted.
  await tx.run('set local enable_nestloop = off')
  const rows = await tx.query<{ subject_key: number }>(
    `select distinct subject_key from eligibility.entitlement_period
      where ended_on is null or ended_on > $1::date
      order by subject_key`,
    [from],
  )
  return rows.map(({ subject_key }) => subject_key)
}

/**
 * 再判定の対象 — who is or was in a household with somebody of whom something has become known since the last
 * run: records, rights, incomes, granted applications; or who is about to count, or to count no longer,
 * as one of 70 to 74. Of records and rights an hour more is looked at, for what a counter was still writing when
 * that run began; incomes are taken in by jobs of the same queue, never beside a run.
 */
export async function findChanged(
  tx: Transaction,
  former: Pick<FormerRuns, 'startedAt' | 'decidedOn'>,
): Promise<readonly number[]> {
  await tx.run('set local enable_nestloop = off')
  const rows = await tx.query<{ subject_key: number }>(
    `with moved as (
       select resident_key from eligibility.known_change
        where known_at >= $1::timestamptz - interval '1 hour'
       union
       select resident_key from premium.income_now
        where recorded_at >= $1::timestamptz
       union
       select resident_key from eligibility.granted_filing
        where kind = 'standardIncome' and granted_on >= $2::date - 1
       union
       select resident_key from eligibility.household_period
        where birth_date >= ($2::date - interval '70 years')::date - 32
          and birth_date <= ($3::date - interval '70 years')::date + 32
       union
       select resident_key from eligibility.household_period
        where birth_date >= ($2::date - interval '75 years')::date - 32
          and birth_date <= ($3::date - interval '75 years')::date + 32
     ),
     kin as (
       select resident_key from moved
       union
       select other.resident_key
         from moved
         join eligibility.addressee_number own using (resident_key)
         join eligibility.addressee_number other on other.subject_key = own.subject_key
     ),
     place as (
       select municipality_code, household_number
         from kin join eligibility.household_period using (resident_key)
       union
       select municipality_code, household_number
         from kin join eligibility.recorded_household using (resident_key)
     ),
     mate as (
       select resident_key from kin
       union
       select p.resident_key
         from place join eligibility.household_period p using (municipality_code, household_number)
     )
     select distinct subject_key
       from mate join eligibility.entitlement_period using (resident_key)
      union
     -- Whose right was taken back altogether has no period of it any more, but may have one of the share.
     select distinct s.subject_key
       from mate
       join eligibility.addressee_number n using (resident_key)
       join copay.share_period s on s.subject_key = n.subject_key
      order by subject_key`,
    [former.startedAt, former.decidedOn, tx.today],
  )
  return rows.map(({ subject_key }) => subject_key)
}

/**
 * 世帯をともにする人 — of the residents given, who of their households is to be judged again with them. One small
 * statement after the other, each by keys: joined in one, the planner would read whole tables for one person.
 */
export async function findAround(
  tx: Transaction,
  residentKeys: readonly number[],
): Promise<readonly number[]> {
  const own = await tx.query<{ subject_key: number }>(
    `select distinct subject_key from eligibility.registered_residence
      where resident_key = any ($1::bigint[]) and subject_key is not null`,
    [residentKeys],
  )
  const subjects = own.map(({ subject_key }) => subject_key)
  const kin = await tx.query<{ resident_key: number }>(
    `select resident_key from eligibility.registered_residence
      where subject_key = any ($1::bigint[])`,
    [subjects],
  )
  const residents = [...new Set([...residentKeys, ...kin.map((row) => row.resident_key)])]
  const places = await tx.query<{ municipality_code: string; household_number: string }>(
    `select municipality_code, household_number from eligibility.household_period
      where resident_key = any ($1::bigint[])
      union
     select municipality_code, household_number from eligibility.recorded_household
      where resident_key = any ($1::bigint[])`,
    [residents],
  )
  const mates = await tx.query<{ subject_key: number }>(
    `select distinct p.subject_key
       from unnest($1::text[], $2::text[]) as h (municipality_code, household_number)
       join eligibility.household_period p using (municipality_code, household_number)
      where p.subject_key is not null`,
    [places.map((row) => row.municipality_code), places.map((row) => row.household_number)],
  )
  const found = new Set([...subjects, ...mates.map(({ subject_key }) => subject_key)])
  return [...found].sort((one, other) => one - other)
}

/** 判定の回を残す — once for each job; a repetition after a crash leaves the first row. */
export async function recordRun(
  tx: Transaction,
  run: {
    readonly jobId: string
    readonly year: number | null
    /** 終わりの年度 — of a yearly run that looked at more than one. */
    readonly throughYear: number | null
    readonly startedAt: string
    readonly edition: string
    readonly persons: number
    readonly judged: number
    readonly changed: number
    readonly pending: number
  },
): Promise<void> {
  await tx.run(
    `insert into copay.run
       (union_code, job_id, mode, judgement_year, started_at, finished_at, decided_on, edition,
        persons, judged, changed, pending, through_year)
     values ($1::smallint, $2, $3, $4::smallint, $5::timestamptz, $6::timestamptz, $7::date, $8,
             $9, $10, $11, $12, $13::smallint)
     on conflict do nothing`,
    [
      tx.scope?.union,
      run.jobId,
      run.year === null ? 'changed' : 'yearly',
      run.year,
      run.startedAt,
      tx.now,
      tx.today,
      run.edition,
      run.persons,
      run.judged,
      run.changed,
      run.pending,
      run.throughYear,
    ],
  )
}
