import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  cancelJob,
  type Database,
  defineJob,
  enqueue,
  getJob,
  JobFailure,
  type JobRecord,
  type JobState,
  listJobs,
  plainly,
  retryJob,
  runDueJobs,
  StoreError,
  startWorker,
  testDatabase,
  watchJobs,
} from '../index.ts'
import { counting, countTo, effects } from './countTo.fixture.ts'

// Goal: whatever happens to a worker, each unit's effect is in the database exactly once. Method: a job
// that inserts the numbers 1…n without a unique key, so that a unit done twice would show as a double.

const scope = { union: '43', municipality: '*' }
const by = { requestedBy: '試験', scope }

async function prepared(t: TestContext) {
  const db = await testDatabase(t, 'union')
  const admin = await db.asAdmin()
  await admin.unscoped((tx) => tx.query(effects))
  return db
}

const counted = (db: Database): Promise<{ rows: number; distinct: number }> =>
  db.unscoped((tx) =>
    tx.one('select count(*) as rows, count(distinct n) as distinct from test_effects.number'),
  )

const read = (db: Database, jobId: number): Promise<JobRecord> =>
  db.unscoped((tx) => getJob(tx, jobId))

async function reaches(db: Database, jobId: number, ...states: JobState[]): Promise<JobRecord> {
  for (;;) {
    const job = await read(db, jobId)
    if (states.includes(job.state)) return job
    await sleep(20)
  }
}

const ask = (db: Database, n: number, unit: number, dedupeKey?: string) =>
  db.unscoped((tx) =>
    enqueue(tx, countTo, { n, unit }, { ...by, ...(dedupeKey ? { dedupeKey } : {}) }),
  )

/** The counting job, held before the unit that starts at `at` until it is released. */
function heldAt(at: number) {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const job = counting(async (done) => {
    if (done !== at) return
    reached.resolve()
    await released.promise
  })
  return { job, reached: reached.promise, release: () => released.resolve() }
}

test('1件でも100件でも、同じ道を通って一度ずつ処理される', async (t) => {
  const db = await prepared(t)
  await ask(db, 1, 10)
  const { jobId } = await ask(db, 100, 7)
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.deepEqual(await counted(db), { rows: 101, distinct: 100 })
  const job = await read(db, jobId)
  assert.deepEqual(
    [job.state, job.done, job.total, job.result, job.title, job.attempt],
    ['done', 100, 100, { 件数: 100 }, '1から100まで数える', 1],
  )
})

test('同じ鍵で二度頼んでも仕事は一つで、終わった後に頼んでも繰り返さない', async (t) => {
  const db = await prepared(t)
  const [first, second] = await Promise.all([ask(db, 10, 5, 'a'), ask(db, 10, 5, 'a')])
  assert.equal(first.jobId, second.jobId)
  assert.deepEqual([first.existing, second.existing].sort(), [false, true])
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.equal((await ask(db, 10, 5, 'a')).jobId, first.jobId)
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.deepEqual(await counted(db), { rows: 10, distinct: 10 })
})

test('処理の途中で働き手が kill -9 されても、別の働き手が続きから行い、結果は一度だけ残る', async (t) => {
  const db = await prepared(t)
  const { jobId } = await ask(db, 400, 10)
  const program = fileURLToPath(new URL('./countTo.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, [program, db.url('app'), '200'], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL')
  const left = await read(db, jobId)
  assert.equal(left.state, 'running')
  assert.deepEqual(await counted(db), { rows: 200, distinct: 200 })
  const worker = await startWorker({ database: db, jobs: [countTo], leaseSeconds: 1 })
  t.after(() => worker.stop())
  const job = await reaches(db, jobId, 'done')
  assert.equal(job.attempt, 2)
  assert.deepEqual(await counted(db), { rows: 400, distinct: 400 })
})

test('死んだとみなされた働き手が戻ってきても、その書込みは残らない', async (t) => {
  const db = await prepared(t)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let entered = () => {}
  const inside = new Promise<void>((resolve) => {
    entered = resolve
  })
  let first = true
  const slow = defineJob({
    kind: 'test.slow',
    title: '遅い仕事',
    steps: [
      {
        name: '書く',
        run: (run) =>
          run.commit(async (tx) => {
            const mine = first
            first = false
            await tx.query('insert into test_effects.number (n) values ($1)', [mine ? 1 : 2])
            if (mine) {
              entered()
              await held
            }
            return true
          }),
      },
    ],
  })
  const { jobId } = await db.unscoped((tx) => enqueue(tx, slow, null, by))
  const frozen = runDueJobs({ database: db, jobs: [slow] })
  await inside
  // As if the first worker had been frozen for longer than its lease.
  const admin = await db.asAdmin()
  await admin.unscoped((tx) =>
    tx.query(`update work.job set lease_until = clock_timestamp() - interval '1 second'`),
  )
  await runDueJobs({ database: db, jobs: [slow] })
  release()
  await frozen
  assert.equal((await read(db, jobId)).state, 'done')
  const rows = await db.unscoped((tx) => tx.query('select n from test_effects.number'))
  assert.deepEqual(rows, [{ n: 2 }])
})

test('働き手が二人いても、仕事はそれぞれ一度だけ行われる', async (t) => {
  const db = await prepared(t)
  const asked = await Promise.all(Array.from({ length: 12 }, () => ask(db, 20, 3)))
  const other = await db.as('app')
  const workers = await Promise.all([
    startWorker({ database: db, jobs: [countTo], concurrency: 2 }),
    startWorker({ database: other, jobs: [countTo], concurrency: 2 }),
  ])
  t.after(() => Promise.all(workers.map((worker) => worker.stop())).then(() => {}))
  for (const { jobId } of asked) assert.equal((await reaches(db, jobId, 'done')).attempt, 1)
  assert.deepEqual(await counted(db), { rows: 240, distinct: 20 })
})

test('同じ列の仕事は、頼まれた順に一つずつ行われる', async (t) => {
  const db = await prepared(t)
  let running = 0
  const order: number[] = []
  const queued = defineJob<{ n: number }>({
    kind: 'test.queued',
    title: '列の仕事',
    queue: () => '一つの列',
    steps: [
      {
        name: '待つ',
        run: async ({ args }) => {
          running += 1
          assert.equal(running, 1)
          order.push(args.n)
          await sleep(5)
          running -= 1
        },
      },
    ],
  })
  const asked: number[] = []
  for (let n = 0; n < 6; n += 1) {
    asked.push((await db.unscoped((tx) => enqueue(tx, queued, { n }, by))).jobId)
  }
  const worker = await startWorker({ database: db, jobs: [queued], concurrency: 4 })
  t.after(() => worker.stop())
  for (const jobId of asked) await reaches(db, jobId, 'done')
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5])
})

test('処理中に中止を頼むと、今の区切りまで残して止まり、やり直すと続きから終わる', async (t) => {
  const db = await prepared(t)
  const { job, reached, release } = heldAt(5)
  const { jobId } = await ask(db, 60, 1)
  const worker = await startWorker({ database: db, jobs: [job] })
  t.after(() => worker.stop())
  await reached
  const asked = await db.unscoped((tx) => cancelJob(tx, jobId))
  assert.equal(asked.cancelRequested, true)
  release()
  await reaches(db, jobId, 'cancelled')
  // The unit in progress is kept, unless the wish was heard before it began.
  const { rows } = await counted(db)
  assert.ok(rows === 5 || rows === 6, `${rows}件`)
  await db.unscoped((tx) => retryJob(tx, jobId))
  await reaches(db, jobId, 'done')
  assert.deepEqual(await counted(db), { rows: 60, distinct: 60 })
})

test('待っている仕事の中止は、すぐに効く', async (t) => {
  const db = await prepared(t)
  const { jobId } = await ask(db, 10, 1)
  assert.equal((await db.unscoped((tx) => cancelJob(tx, jobId))).state, 'cancelled')
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.equal((await counted(db)).rows, 0)
})

test('働き手を止めると仕事は待ちに戻り、回数に数えず、次の働き手が続ける', async (t) => {
  const db = await prepared(t)
  const { job, reached, release } = heldAt(5)
  const { jobId } = await ask(db, 60, 1)
  const worker = await startWorker({ database: db, jobs: [job] })
  await reached
  const stopped = worker.stop()
  release()
  await stopped
  const given = await read(db, jobId)
  assert.deepEqual([given.state, given.attempt], ['waiting', 0])
  assert.equal((await counted(db)).rows, 5)
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.deepEqual(await counted(db), { rows: 60, distinct: 60 })
})

const failing = (kind: string, thrown: () => Error) =>
  defineJob({
    kind,
    title: '失敗する仕事',
    attempts: 3,
    steps: [
      {
        name: '失敗する',
        run: async (run) => {
          if (run.checkpoint() === null) {
            await run.commit(async (tx) => {
              await tx.query('insert into test_effects.number (n) values (1)')
              return '済み'
            })
          }
          throw thrown()
        },
      },
    ],
  })

test('直らない失敗はすぐに終わり、理由の文が残り、行の値は残らない', async (t) => {
  const db = await prepared(t)
  const spoken = failing(
    'test.spoken',
    () => new JobFailure('ファイルが空です。送り直してください。'),
  )
  const broken = failing('test.broken', () => new TypeError('甲野太郎 は undefined です'))
  const first = await db.unscoped((tx) => enqueue(tx, spoken, null, by))
  const second = await db.unscoped((tx) => enqueue(tx, broken, null, by))
  await runDueJobs({ database: db, jobs: [spoken, broken] })
  const a = await read(db, first.jobId)
  assert.deepEqual(
    [a.state, a.failure, a.attempt],
    ['failed', 'ファイルが空です。送り直してください。', 1],
  )
  const b = await read(db, second.jobId)
  assert.equal(b.failure, 'プログラムの予期しない誤りです（TypeError）。')
  assert.match(b.failurePlace ?? '', /worker\.test\.ts:\d+/)
  assert.doesNotMatch(JSON.stringify(b), /甲野/)
})

test('過ぎ去る障害は間をおいて試し直し、回数が尽きれば失敗になる', async (t) => {
  const db = await prepared(t)
  const away = failing(
    'test.away',
    () => new StoreError('接続が切れました。', { kind: 'unavailable', retryable: true }),
  )
  const { jobId } = await db.unscoped((tx) => enqueue(tx, away, null, by))
  const admin = await db.asAdmin()
  for (const attempt of [1, 2]) {
    await runDueJobs({ database: db, jobs: [away] })
    const job = await read(db, jobId)
    assert.deepEqual([job.state, job.attempt], ['waiting', attempt])
    await runDueJobs({ database: db, jobs: [away] })
    assert.equal((await read(db, jobId)).attempt, attempt)
    await admin.unscoped((tx) => tx.query('update work.job set backoff_until = null'))
  }
  await runDueJobs({ database: db, jobs: [away] })
  assert.equal((await read(db, jobId)).state, 'failed')
  assert.equal((await counted(db)).rows, 1)
})

test('仕事を殺し続ける引数は、上限の回数でやめる', async (t) => {
  const db = await prepared(t)
  const { jobId } = await ask(db, 10, 1)
  const admin = await db.asAdmin()
  await admin.unscoped((tx) =>
    tx.query(
      `update work.job set state = 'running', worker = 'x', attempt = attempts_max,
              lease_until = clock_timestamp() - interval '1 second'`,
    ),
  )
  await runDueJobs({ database: db, jobs: [countTo] })
  const job = await read(db, jobId)
  assert.equal(job.state, 'failed')
  assert.match(job.failure ?? '', /5回続いた/)
})

test('先の時刻の仕事は、時計がそこに達するまで始まらない', async (t) => {
  const db = await prepared(t)
  const later = { ...by, dueAt: '2026-07-02T00:00:00.000Z' }
  await db.unscoped((tx) => enqueue(tx, countTo, { n: 3, unit: 1 }, later))
  await runDueJobs({ database: db, jobs: [countTo] })
  assert.equal((await counted(db)).rows, 0)
  const { fixedClock } = await import('../index.ts')
  const tomorrow = await db.as('app', fixedClock('2026-07-02'))
  await runDueJobs({ database: tomorrow, jobs: [countTo] })
  assert.equal((await counted(db)).rows, 3)
})

test('進み具合は通知で届き、一覧は新しい順で範囲を絞れる', async (t) => {
  const db = await prepared(t)
  const heard = new Set<number>()
  const stop = await watchJobs(db, (jobId) => heard.add(jobId))
  const { jobId } = await ask(db, 3, 1)
  const own = { requestedBy: '試験', scope: { union: '43', municipality: '431001' } }
  const second = await db.unscoped((tx) => enqueue(tx, countTo, { n: 1, unit: 1 }, own))
  await runDueJobs({ database: db, jobs: [countTo] })
  while (!heard.has(jobId) || !heard.has(second.jobId)) await sleep(10)
  await stop()
  const all = await db.unscoped((tx) => listJobs(tx, { union: '43' }))
  assert.deepEqual(
    all.map((job) => job.jobId),
    [second.jobId, jobId],
  )
  const municipal = await db.unscoped((tx) => listJobs(tx, { municipality: '431001' }))
  assert.deepEqual(
    municipal.map((job) => job.jobId),
    [second.jobId],
  )
})

test('個人番号のような12桁の数字は、仕事の引数にも途中経過にも入らない', async (t) => {
  const db = await prepared(t)
  const loose = defineJob<string>({
    kind: 'test.loose',
    title: '引数の試験',
    steps: countTo.steps as never,
  })
  await assert.rejects(
    db.unscoped((tx) => enqueue(tx, loose, '123456789018', by)),
    /12桁の数字/,
  )
})

test('告げると決めた種類の断りだけが、その文のまま仕事の失敗になる', () => {
  class Missing extends Error {}
  const told = plainly(Missing, RangeError)
  for (const error of [new Missing('鍵がない'), new RangeError('行が入らない')])
    assert.throws(() => told(error), { name: 'JobFailure', message: error.message })
  const other = new TypeError('プログラムの誤り')
  assert.throws(
    () => told(other),
    (thrown) => thrown === other,
  )
})
