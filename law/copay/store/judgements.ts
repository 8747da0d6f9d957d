import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type {
  CopayCause,
  LivingJudgement,
  Missing,
  Outcome,
  SharePeriod,
  StoredWorkings,
} from '../share.ts'

/** 判定するもの — a job, or a filing by its 受付番号. */
export type CopayDecider = { readonly jobId: string } | { readonly receiptNumber: string }

/** 新しい判定 */
export type NewJudgement = {
  readonly subjectKey: number
  readonly sequence: number
  readonly municipality: string
  readonly residentKey: number
  readonly judgementYear: number
  readonly cause: CopayCause
  readonly outcome: Extract<Outcome, { kind: 'judged' }>
  readonly workings: StoredWorkings
  readonly digest: Buffer
}

/** 判定できない */
export type NewPending = {
  readonly subjectKey: number
  readonly effectiveOn: PlainDate
  readonly municipality: string
  readonly judgementYear: number
  readonly missing: readonly Missing[]
}

/** 生きている判定 — of the persons given, by day. */
export async function findLiving(
  tx: Transaction,
  subjectKeys: readonly number[],
): Promise<readonly LivingJudgement[]> {
  return tx.query<LivingJudgement>(
    `select subject_key as "subjectKey", sequence, effective_on as "effectiveOn", tenths, ground,
            limit_category as "limitCategory", encode(digest, 'hex') as digest,
            decided_at as "decidedAt",
            coalesce((select string_agg(m ->> 'id', ' ' order by (m ->> 'id')::bigint)
                        from jsonb_array_elements(facts -> 'members') m
                       where (m -> 'insured')::boolean), '') as insured
       from copay.judgement_now
      where subject_key = any ($1::bigint[])
      order by subject_key, effective_on`,
    [subjectKeys],
  )
}

/** 判定の番号 — the last one of each person who has any. */
export async function findLastSequences(
  tx: Transaction,
  subjectKeys: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx.query<{ subject_key: number; last: number }>(
    `select subject_key, max(sequence) as last from copay.judgement
      where subject_key = any ($1::bigint[]) group by subject_key`,
    [subjectKeys],
  )
  return new Map(rows.map(({ subject_key, last }) => [subject_key, last]))
}

/** 判定を足す — COPY does not go into a table under row-level security, hence the way over a temporary one. */
export async function insertJudgements(
  tx: Transaction,
  judgements: readonly NewJudgement[],
  edition: string,
  by: CopayDecider,
): Promise<void> {
  if (judgements.length === 0) return
  await tx.run(
    `create temp table if not exists copay_new (
       subject_key bigint, sequence integer, municipality_code text, resident_key bigint,
       effective_on date, judgement_year smallint, cause text, tenths smallint, ground text,
       limit_category text, facts text, workings text, digest bytea) on commit drop`,
  )
  await tx.run('truncate copay_new')
  await tx.copyRows(
    'copay_new',
    judgements.map((one) => [
      one.subjectKey,
      one.sequence,
      one.municipality,
      one.residentKey,
      one.outcome.facts.date,
      one.judgementYear,
      one.cause,
      one.outcome.tenths,
      one.outcome.ground,
      one.outcome.limitCategory,
      JSON.stringify(one.outcome.facts),
      JSON.stringify(one.workings),
      one.digest,
    ]),
  )
  await tx.run(
    `insert into copay.judgement
       (subject_key, sequence, union_code, municipality_code, resident_key, effective_on,
        judgement_year, cause, tenths, ground, limit_category, facts, workings, edition, digest,
        decided_on, decided_at, job_id, receipt_number)
     select subject_key, sequence, $1::smallint, municipality_code, resident_key, effective_on,
            judgement_year, cause, tenths, ground, limit_category, facts::jsonb, workings::jsonb,
            $2, digest, $3::date, $4::timestamptz, $5, $6
       from copay_new`,
    [
      tx.scope?.union,
      edition,
      tx.today,
      tx.now,
      'jobId' in by ? by.jobId : null,
      'receiptNumber' in by ? by.receiptNumber : null,
    ],
  )
}

/** 割合の期間を読む */
export async function findPeriods(
  tx: Transaction,
  subjectKeys: readonly number[],
): Promise<readonly SharePeriod[]> {
  return tx.query<SharePeriod>(
    `select subject_key as "subjectKey", municipality_code as municipality,
            began_on as "from", upper(held) as "until", tenths,
            limit_category as "limitCategory", share_since as "shareSince",
            limit_since as "limitSince", judged_on as "judgedOn",
            judgement_sequence as sequence
       from copay.share_period
      where subject_key = any ($1::bigint[])
      order by subject_key, began_on`,
    [subjectKeys],
  )
}

/** 割合の期間を置き換える — of the persons given, as a whole. */
export async function replacePeriods(
  tx: Transaction,
  subjectKeys: readonly number[],
  periods: readonly SharePeriod[],
): Promise<void> {
  if (subjectKeys.length === 0) return
  await tx.run('delete from copay.share_period where subject_key = any ($1::bigint[])', [
    subjectKeys,
  ])
  await tx.run(
    `create temp table if not exists copay_period (
       subject_key bigint, municipality_code text, began_on date, until date, tenths smallint,
       limit_category text, share_since date, limit_since date, judged_on date,
       judgement_sequence integer) on commit drop`,
  )
  await tx.run('truncate copay_period')
  await tx.copyRows(
    'copay_period',
    periods.map((one) => [
      one.subjectKey,
      one.municipality,
      one.from,
      one.until,
      one.tenths,
      one.limitCategory,
      one.shareSince,
      one.limitSince,
      one.judgedOn,
      one.sequence,
    ]),
  )
  await tx.run(
    `insert into copay.share_period
       (subject_key, began_on, union_code, municipality_code, held, tenths, limit_category,
        share_since, limit_since, judged_on, judgement_sequence)
     select subject_key, began_on, $1::smallint, municipality_code, daterange(began_on, until),
            tenths, limit_category, share_since, limit_since, judged_on, judgement_sequence
       from copay_period`,
    [tx.scope?.union],
  )
}

/**
 * 判定できない人を置き換える — of the persons given, within the days looked at; who was waiting for the same
 * day before goes on waiting since then.
 */
export async function replacePendings(
  tx: Transaction,
  subjectKeys: readonly number[],
  days: { readonly from: PlainDate; readonly until: PlainDate },
  pendings: readonly NewPending[],
): Promise<void> {
  const before = await tx.query<{ subject_key: number; effective_on: string; since: string }>(
    `delete from copay.pending
      where subject_key = any ($1::bigint[]) and effective_on >= $2::date and effective_on < $3::date
     returning subject_key, effective_on, since`,
    [subjectKeys, days.from, days.until],
  )
  if (pendings.length === 0) return
  const since = new Map(before.map((one) => [`${one.subject_key} ${one.effective_on}`, one.since]))
  await tx.run(
    `insert into copay.pending
       (subject_key, effective_on, union_code, municipality_code, judgement_year, reasons, since)
     select r.subject_key, r.effective_on, $1::smallint, r.municipality_code, r.judgement_year,
            r.reasons, r.since
       from jsonb_to_recordset($2::jsonb) as r (
         subject_key bigint, effective_on date, municipality_code text, judgement_year smallint,
         reasons jsonb, since timestamptz)`,
    [
      tx.scope?.union,
      JSON.stringify(
        pendings.map((one) => ({
          subject_key: one.subjectKey,
          effective_on: one.effectiveOn,
          municipality_code: one.municipality,
          judgement_year: one.judgementYear,
          reasons: one.missing,
          since: since.get(`${one.subjectKey} ${one.effectiveOn}`) ?? tx.now,
        })),
      ),
    ],
  )
}
