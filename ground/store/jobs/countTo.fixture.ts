import { fileURLToPath } from 'node:url'
import { defineJob, fixedClock, openDatabase, startWorker } from '../index.ts'

/** The table of effects that the test looks at: no key, so that a unit done twice would show. */
export const effects = `
  create schema test_effects;
  create table test_effects.number (n integer not null);
  grant usage on schema test_effects to public;
  grant select, insert on test_effects.number to public;
`

/** Inserts 1…n in units; `before` may hold up a unit, so that a test can act in the middle. */
export const counting = (before: (done: number) => Promise<void>) =>
  defineJob<{ n: number; unit: number }>({
    kind: 'test.countTo',
    title: ({ n }) => `1から${n}まで数える`,
    steps: [
      { name: '用意', run: async () => {} },
      {
        name: '数える',
        async run(run) {
          const { n, unit } = run.args
          for (let done = run.checkpoint<number>() ?? 0; done < n; ) {
            const until = Math.min(done + unit, n)
            await before(done)
            run.progress(until, n, `${until}件まで数えました。`)
            await run.commit(async (tx) => {
              await tx.query(
                'insert into test_effects.number (n) select generate_series($1::int, $2::int)',
                [done + 1, until],
              )
              if (done >= killAfter) process.kill(process.pid, 'SIGKILL')
              return until
            })
            done = until
          }
          run.result({ 件数: n })
        },
      },
    ],
  })

export const countTo = counting(async () => {})

/** The process kills itself in the middle of a unit after so many rows, as a power cut would. */
let killAfter = Number.POSITIVE_INFINITY

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  killAfter = Number(process.argv[3])
  const database = await openDatabase({
    url: process.argv[2] as string,
    applicationName: 'koiki-test-killed',
    clock: fixedClock('2026-07-01'),
  })
  await startWorker({ database, jobs: [countTo], leaseSeconds: 1 })
}
