import { randomBytes } from 'node:crypto'
import type { Database, Scope, Transaction } from '../database.ts'
import { misuse, StoreError } from '../errors.ts'
import { impersonal, type Job, JobFailure, type JobRun, type Json } from './job.ts'
import { announce, getJob, type JobRecord, watchJobs } from './queue.ts'

export type StartWorker = {
  database: Database
  jobs: readonly Job<never>[]
  /** How many jobs at a time; 1. */
  concurrency?: number
  /** After so long without a sign of life another worker takes a job over; 15. */
  leaseSeconds?: number
  /** Told in Japanese of failures: kind, number and reason, nothing about people. */
  tell?: (sentence: string) => void
}

/** 働き手 — takes jobs from the queue until it is stopped. */
export type Worker = {
  /** Lets the present unit end, gives unfinished jobs back, and returns. */
  stop(): Promise<void>
}

type Claimed = {
  jobId: number
  job: Job
  args: Json
  scope: Scope
  requestedBy: string
  stepIndex: number
  checkpoint: Json
  done: number
  total: number | null
  sentence: string
  /** Proof that the row is ours; another worker's claim replaces it. */
  token: string
}

class Cancelled extends Error {}
class Stopped extends Error {}
class Lost extends Error {}

/** 働き手を始める */
export async function startWorker(options: StartWorker): Promise<Worker> {
  const { database } = options
  const stopping = new AbortController()
  const sleepers = new Set<() => void>()
  let nudges = 0
  const nudge = (): void => {
    nudges += 1
    for (const wake of sleepers) wake()
  }
  const unwatch = await watchJobs(database, nudge)
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const heard = nudges
      let worked = false
      try {
        worked = await runNext(options, stopping.signal)
      } catch (error) {
        // The database is away; the jobs wait for it as we do.
        if (!(error instanceof StoreError)) throw error
      }
      if (!worked && heard === nudges) await sleepUnlessNudged(sleepers)
    }
  }
  const loops = Array.from({ length: options.concurrency ?? 1 }, loop)
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      stopping.abort()
      nudge()
      await Promise.all(loops)
      await unwatch()
    })()
    return stopped
  }
  database.beforeClose(stop)
  return { stop }
}

// A job may become due by the clock alone, which tells nobody; hence the second.
const sleepUnlessNudged = (sleepers: Set<() => void>): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      sleepers.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, 1000)
    sleepers.add(wake)
  })

/** 待っている仕事を片付ける — runs every job that is due, one after another, until none is left. */
export async function runDueJobs(options: StartWorker): Promise<void> {
  while (await runNext(options, new AbortController().signal));
}

async function runNext(options: StartWorker, stopping: AbortSignal): Promise<boolean> {
  if (stopping.aborted) return false
  const claimed = await claim(options)
  if (claimed === null) return false
  if (claimed === 'exhausted') return true
  await new Running(options, claimed, stopping).run()
  return true
}

const leaseOf = (options: StartWorker): number => options.leaseSeconds ?? 15

// The lease runs by the server's real time: a job whose process was killed must be noticed also in a
// world whose clock stands still.
async function claim(options: StartWorker): Promise<Claimed | 'exhausted' | null> {
  const { database, jobs } = options
  const token = `${process.pid}-${randomBytes(9).toString('base64url')}`
  return database.unscoped(async (tx) => {
    const row = await tx.maybe(
      `update work.job
          set state = 'running', worker = $1, attempt = attempt + 1, backoff_until = null,
              lease_until = clock_timestamp() + make_interval(secs => $2),
              started_at = coalesce(started_at, $3::timestamptz)
        where job_id = (
          select job_id
            from work.job as candidate
           where kind = any($4::text[])
             and ((state = 'waiting'
                   and due_at <= $3::timestamptz
                   and (backoff_until is null or backoff_until <= clock_timestamp()))
                  or (state = 'running' and lease_until < clock_timestamp()))
             and (queue is null
                  or state = 'running'
                  or not exists (
                    select from work.job as earlier
                     where earlier.queue = candidate.queue
                       and earlier.job_id < candidate.job_id
                       and earlier.state in ('waiting', 'running')))
           order by job_id
           limit 1
             for update skip locked)
       returning job_id, kind, arguments, scope_union, scope_municipality, requested_by,
                 step_index, checkpoint, done, total, sentence, attempt, attempts_max`,
      [token, leaseOf(options), tx.now, jobs.map(({ kind }) => kind)],
    )
    if (row === null) return null
    const job = jobs.find(({ kind }) => kind === row.kind) as unknown as Job
    const claimed: Claimed = {
      jobId: row.job_id as number,
      job,
      args: row.arguments as Json,
      scope: {
        union: row.scope_union as string,
        municipality: row.scope_municipality as string,
      },
      requestedBy: row.requested_by as string,
      stepIndex: row.step_index as number,
      checkpoint: row.checkpoint as Json,
      done: row.done as number,
      total: row.total as number | null,
      sentence: row.sentence as string,
      token,
    }
    await announce(tx, claimed.jobId)
    if ((row.attempt as number) > (row.attempts_max as number)) {
      await end(tx, claimed, 'failed', {
        sentence: '失敗しました。',
        failure: `途中で止まることが${row.attempts_max}回続いたため、やめました。原因を確かめてから、やり直してください。`,
      })
      return 'exhausted'
    }
    return claimed
  })
}

class Running {
  readonly #options: StartWorker
  readonly #database: Database
  readonly #of: Claimed
  readonly #abort = new AbortController()
  readonly #stopping: AbortSignal
  #dirty = false
  #result: Json = null
  #interrupted: Error | null = null
  #beating: Promise<void> = Promise.resolve()

  constructor(options: StartWorker, of: Claimed, stopping: AbortSignal) {
    this.#options = options
    this.#database = options.database
    this.#of = of
    this.#stopping = stopping
  }

  async run(): Promise<void> {
    const onStop = (): void => this.#interrupt(new Stopped())
    this.#stopping.addEventListener('abort', onStop)
    const heart = setInterval(() => this.#beat(true), (leaseOf(this.#options) * 1000) / 4)
    const display = setInterval(() => this.#beat(false), 400)
    let outcome: Error | null = null
    try {
      await this.#steps()
    } catch (error) {
      outcome = error instanceof Error ? error : new Error('throw された値が誤りではありません。')
    } finally {
      clearInterval(heart)
      clearInterval(display)
      this.#stopping.removeEventListener('abort', onStop)
      await this.#beating
    }
    await this.#settle(outcome)
  }

  async #steps(): Promise<void> {
    const of = this.#of
    const { steps } = of.job
    for (; of.stepIndex < steps.length; ) {
      this.#check()
      const step = steps[of.stepIndex]
      if (!step) throw misuse(`仕事 ${of.job.kind} に段 ${of.stepIndex} がありません。`)
      await step.run(this.#face())
      of.stepIndex += 1
      of.checkpoint = null
      const next = steps[of.stepIndex]
      if (next) await this.#database.unscoped((tx) => this.#save(tx))
      this.#check()
    }
  }

  #face(): JobRun {
    const of = this.#of
    return {
      jobId: of.jobId,
      args: of.args,
      scope: of.scope,
      requestedBy: of.requestedBy,
      database: this.#database,
      signal: this.#abort.signal,
      checkpoint: <T extends Json>() => of.checkpoint as T | null,
      read: (work) => this.#database.transaction(of.scope, work),
      commit: async (work) => {
        this.#check()
        const saved = { ...of }
        try {
          await this.#database.transaction(of.scope, async (tx) => {
            const next = await work(tx)
            if (next !== undefined) of.checkpoint = impersonal(next, '仕事の途中経過')
            await this.#save(tx)
          })
        } catch (error) {
          of.checkpoint = saved.checkpoint
          throw error
        }
        this.#check()
      },
      progress: (done, total, sentence) => {
        of.done = done
        of.total = total
        of.sentence = sentence
        this.#dirty = true
      },
      result: (summary) => {
        this.#result = impersonal(summary, '仕事の結果')
      },
    }
  }

  #interrupt(by: Error): void {
    this.#interrupted ??= by
    this.#abort.abort()
  }

  #check(): void {
    if (this.#interrupted) throw this.#interrupted
  }

  // The row is ours only while it carries our token: a worker that was taken for dead saves nothing.
  async #save(tx: Transaction): Promise<void> {
    const of = this.#of
    this.#dirty = false
    const row = await tx.maybe<{ cancel_requested: boolean }>(
      `update work.job
          set step_index = $3, step_name = $4, checkpoint = $5::jsonb,
              done = $6, total = $7, sentence = $8,
              lease_until = clock_timestamp() + make_interval(secs => $9)
        where job_id = $1 and worker = $2 and state = 'running'
       returning cancel_requested`,
      [
        of.jobId,
        of.token,
        of.stepIndex,
        of.job.steps[of.stepIndex]?.name ?? '',
        of.checkpoint === null ? null : JSON.stringify(of.checkpoint),
        of.done,
        of.total,
        of.sentence,
        leaseOf(this.#options),
      ],
    )
    if (row === null) throw new Lost()
    if (row.cancel_requested) this.#interrupt(new Cancelled())
    await announce(tx, of.jobId)
  }

  #beat(always: boolean): void {
    if (!always && !this.#dirty) return
    this.#beating = this.#beating.then(async () => {
      if (!always && !this.#dirty) return
      const of = this.#of
      this.#dirty = false
      try {
        await this.#database.unscoped(async (tx) => {
          const row = await tx.maybe<{ cancel_requested: boolean }>(
            `update work.job
                set done = $3, total = $4, sentence = $5,
                    lease_until = clock_timestamp() + make_interval(secs => $6)
              where job_id = $1 and worker = $2 and state = 'running'
             returning cancel_requested`,
            [of.jobId, of.token, of.done, of.total, of.sentence, leaseOf(this.#options)],
          )
          if (row === null) this.#interrupt(new Lost())
          else if (row.cancel_requested) this.#interrupt(new Cancelled())
          await announce(tx, of.jobId)
        })
      } catch {
        // A missed beat is made up by the next one; the work itself will meet the fault.
      }
    })
  }

  async #settle(outcome: Error | null): Promise<void> {
    const of = this.#of
    const reason = this.#interrupted ?? outcome
    // Whatever a step threw once its job was taken over is for the new holder to meet.
    if (outcome instanceof Lost || (outcome && this.#interrupted instanceof Lost)) return
    try {
      await this.#database.unscoped(async (tx) => {
        if (outcome === null) {
          await end(tx, of, 'done', { sentence: '終わりました。', result: this.#result })
        } else if (reason instanceof Cancelled) {
          await end(tx, of, 'cancelled', { sentence: '中止しました。' })
        } else if (reason instanceof Stopped) {
          await giveBack(tx, of, null)
        } else {
          await this.#fail(tx, outcome)
        }
      })
    } catch (error) {
      // The lease will run out, and whoever finds the job then goes on from its checkpoint.
      this.#options.tell?.(
        `仕事 ${of.jobId}（${of.job.kind}）の結果を記録できませんでした。${(error as Error).message}`,
      )
    }
  }

  async #fail(tx: Transaction, error: Error): Promise<void> {
    const of = this.#of
    const record: JobRecord = await getJob(tx, of.jobId)
    const failure = sentenceOf(error)
    const place = placeOf(error)
    this.#options.tell?.(`仕事 ${of.jobId}（${of.job.kind}）が止まりました。${failure}${place}`)
    if (mayPass(error) && record.attempt < record.attemptsMax) {
      await giveBack(tx, of, Math.min(2 ** record.attempt, 300))
    } else {
      await end(tx, of, 'failed', { sentence: '失敗しました。', failure, place })
    }
  }
}

/** Back to the queue at its checkpoint; a stop is not counted as an attempt, a fault waits a while. */
async function giveBack(
  tx: Transaction,
  of: Claimed,
  backoffSeconds: number | null,
): Promise<void> {
  await tx.run(
    `update work.job
        set state = 'waiting', worker = null, lease_until = null,
            attempt = attempt - case when $3::float8 is null then 1 else 0 end,
            backoff_until = clock_timestamp() + make_interval(secs => $3),
            sentence = case when $3::float8 is null
                       then '再開を待っています。'
                       else '障害のため、少し待ってからもう一度試します。' end
      where job_id = $1 and worker = $2`,
    [of.jobId, of.token, backoffSeconds],
  )
  await announce(tx, of.jobId)
}

async function end(
  tx: Transaction,
  of: Claimed,
  state: 'done' | 'failed' | 'cancelled',
  ending: { sentence: string; failure?: string; place?: string; result?: Json },
): Promise<void> {
  await tx.run(
    `update work.job
        set state = $3, worker = null, lease_until = null, ended_at = $4,
            done = $5, total = $6, sentence = $7, failure = $8, failure_place = $9,
            result = $10::jsonb
      where job_id = $1 and worker = $2`,
    [
      of.jobId,
      of.token,
      state,
      tx.now,
      of.done,
      of.total,
      ending.sentence,
      ending.failure ?? null,
      ending.place ?? null,
      ending.result == null ? null : JSON.stringify(ending.result),
    ],
  )
  await announce(tx, of.jobId)
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])

/** The reason may be gone at the next attempt; a rule broken by the data or the program stays. */
function mayPass(error: Error): boolean {
  if (error instanceof StoreError) return error.retryable
  const { code } = (error.cause ?? error) as { code?: unknown }
  return typeof code === 'string' && networkCodes.has(code)
}

// Messages of other errors may quote a row, so only their class is told.
const sentenceOf = (error: Error): string =>
  error instanceof StoreError || error instanceof JobFailure
    ? error.message
    : `プログラムの予期しない誤りです（${error.name}）。`

/** The innermost frames of the stack outside this room: files and lines, no values. */
function placeOf(error: Error): string {
  if (error instanceof JobFailure) return ''
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ +at /.test(line) && !line.includes('node:'))
    .map((line) => line.trim().replace(/file:\/\/\S*?\/(?=(ground|law|systems|tools)\/)/, ''))
  const outside = frames.filter((frame) => !/ground\/store\/(?!.*(test|fixture)\.ts)/.test(frame))
  return (outside.length > 0 ? outside : frames).slice(0, 3).join(' ')
}
