import type { Row, Scope, Transaction } from '../database.ts'
import { misuse } from '../errors.ts'
import type { Instant } from '../values.ts'
import { impersonal, type Job, type Json } from './job.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** 仕事の一行 — what a screen shows of a job. */
export type JobRecord = {
  jobId: number
  kind: string
  title: string
  args: Json
  dedupeKey: string | null
  scope: Scope
  requestedBy: string
  requestedAt: Instant
  dueAt: Instant
  state: JobState
  stepIndex: number
  stepName: string
  done: number
  total: number | null
  sentence: string
  cancelRequested: boolean
  attempt: number
  attemptsMax: number
  failure: string | null
  failurePlace: string | null
  result: Json
  startedAt: Instant | null
  endedAt: Instant | null
}

export type EnqueueOptions = {
  /** Who asked: an account's id or the name of a part of the system; never a person's name. */
  requestedBy: string
  /** In which scope the steps run; the transaction's own if not given. */
  scope?: Scope
  /** Asking again with the same kind and key gives the same job; a failed one goes on. */
  dedupeKey?: string
  /** Not before this instant of the clock. */
  dueAt?: Instant
}

const channel = 'koiki_job'

/** 仕事を頼む — in the caller's transaction, so that asking and its reason are kept together. */
export async function enqueue<A extends Json>(
  tx: Transaction,
  job: Job<A>,
  args: A,
  options: EnqueueOptions,
): Promise<{ jobId: number; existing: boolean }> {
  const scope = options.scope ?? tx.scope
  if (scope === null) throw misuse(`仕事 ${job.kind} の担当の範囲（scope）を指定してください。`)
  impersonal(args, '仕事の引数')
  const dedupeKey = options.dedupeKey ?? null
  if (dedupeKey !== null) impersonal(dedupeKey, '仕事の鍵')
  const inserted = await tx.maybe<{ job_id: number }>(
    `insert into work.job
       (kind, title, arguments, dedupe_key, queue, scope_union, scope_municipality,
        requested_by, requested_at, due_at, state, step_index, step_name,
        done, sentence, cancel_requested, attempt, attempts_max)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, $11,
             0, '順番を待っています。', false, 0, $12)
     on conflict (kind, dedupe_key) do nothing
     returning job_id`,
    [
      job.kind,
      job.title(args),
      JSON.stringify(args),
      dedupeKey,
      job.queue(args, scope),
      scope.union,
      scope.municipality,
      options.requestedBy,
      tx.now,
      options.dueAt ?? tx.now,
      job.steps[0]?.name,
      job.attempts,
    ],
  )
  if (inserted) {
    await announce(tx, inserted.job_id)
    return { jobId: inserted.job_id, existing: false }
  }
  const { job_id: jobId } = await tx.one<{ job_id: number }>(
    'select job_id from work.job where kind = $1 and dedupe_key = $2',
    [job.kind, dedupeKey],
  )
  await again(tx, jobId)
  return { jobId, existing: true }
}

/** 仕事をやり直す — a failed or cancelled job goes on from its last checkpoint. */
export async function retryJob(tx: Transaction, jobId: number): Promise<JobRecord> {
  await again(tx, jobId)
  return getJob(tx, jobId)
}

async function again(tx: Transaction, jobId: number): Promise<void> {
  const restarted = await tx.run(
    `update work.job
        set state = 'waiting', attempt = 0, cancel_requested = false, backoff_until = null,
            failure = null, failure_place = null, ended_at = null, due_at = $2,
            sentence = '順番を待っています。'
      where job_id = $1 and state in ('failed', 'cancelled')`,
    [jobId, tx.now],
  )
  if (restarted > 0) await announce(tx, jobId)
}

/** 仕事を中止する — a waiting job at once; a running one when its present unit is committed. */
export async function cancelJob(tx: Transaction, jobId: number): Promise<JobRecord> {
  await tx.run(
    `update work.job
        set cancel_requested = true,
            state = case state when 'waiting' then 'cancelled' else state end,
            ended_at = case state when 'waiting' then $2::timestamptz end,
            sentence = case state when 'waiting' then '中止しました。' else '中止しています。' end
      where job_id = $1 and state in ('waiting', 'running')`,
    [jobId, tx.now],
  )
  await announce(tx, jobId)
  return getJob(tx, jobId)
}

/** 仕事を読む — one job; throws a StoreError if there is none. */
export async function getJob(tx: Transaction, jobId: number): Promise<JobRecord> {
  const row = await tx.maybe(`select ${columns} from work.job where job_id = $1`, [jobId])
  if (row === null) throw misuse(`仕事 ${jobId} はありません。`)
  return toRecord(row)
}

export type JobFilter = {
  union?: string
  municipality?: string
  states?: readonly JobState[]
  kinds?: readonly string[]
  /** Only jobs asked for before this one: the next page. */
  before?: number
  /** 50 if not given. */
  limit?: number
}

/** 仕事の一覧 — newest first. Jobs are no rows about people: who may see which is for the caller to say. */
export async function listJobs(tx: Transaction, filter: JobFilter = {}): Promise<JobRecord[]> {
  const rows = await tx.query(
    `select ${columns}
       from work.job
      where ($1::text is null or scope_union = $1)
        and ($2::text is null or scope_municipality = $2)
        and ($3::text[] is null or state = any($3))
        and ($4::text[] is null or kind = any($4))
        and ($5::bigint is null or job_id < $5)
      order by job_id desc
      limit $6`,
    [
      filter.union ?? null,
      filter.municipality ?? null,
      filter.states ?? null,
      filter.kinds ?? null,
      filter.before ?? null,
      filter.limit ?? 50,
    ],
  )
  return rows.map(toRecord)
}

/** Tells all who watch jobs; heard when the transaction commits. */
export const announce = (tx: Transaction, jobId: number): Promise<unknown> =>
  tx.query(`select pg_notify('${channel}', $1::text)`, [String(jobId)])

/** 仕事を見守る — calls `heard` with a job's number whenever something about it changed. */
export const watchJobs = (
  database: {
    listen(channel: string, heard: (text: string) => void): Promise<() => Promise<void>>
  },
  heard: (jobId: number) => void,
): Promise<() => Promise<void>> => database.listen(channel, (text) => heard(Number(text)))

const columns = `job_id, kind, title, arguments, dedupe_key, scope_union, scope_municipality,
  requested_by, requested_at, due_at, state, step_index, step_name, done, total, sentence,
  cancel_requested, attempt, attempts_max, failure, failure_place, result, started_at, ended_at`

const toRecord = (row: Row): JobRecord => ({
  jobId: row.job_id as number,
  kind: row.kind as string,
  title: row.title as string,
  args: row.arguments as Json,
  dedupeKey: row.dedupe_key as string | null,
  scope: {
    union: row.scope_union as string,
    municipality: row.scope_municipality as string,
  },
  requestedBy: row.requested_by as string,
  requestedAt: row.requested_at as Instant,
  dueAt: row.due_at as Instant,
  state: row.state as JobState,
  stepIndex: row.step_index as number,
  stepName: row.step_name as string,
  done: row.done as number,
  total: row.total as number | null,
  sentence: row.sentence as string,
  cancelRequested: row.cancel_requested as boolean,
  attempt: row.attempt as number,
  attemptsMax: row.attempts_max as number,
  failure: row.failure as string | null,
  failurePlace: row.failure_place as string | null,
  result: row.result as Json,
  startedAt: row.started_at as Instant | null,
  endedAt: row.ended_at as Instant | null,
})
