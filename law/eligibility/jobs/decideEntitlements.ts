import { defineJob } from '@koiki/store'
import { countDue, findDue, type Place, runningOf } from '../store/dueResidents.ts'
import { type DecidedCounts, decideResidents } from './decideResidents.ts'

/**
 * Residents in one transaction: a counter that decides waits for one of these at most, because 被保険者番号 are given in order.
 * Smaller ones cost more than they spare.
 */
const unitSize = 500

const nothing: DecidedCounts = { persons: 0, issued: 0, decisions: 0, pending: 0 }

/**
 * 資格の判定 (3-1, 3-2) — every resident whose records changed, or for whom a known day has come (75歳, the end of
 * 適用除外), up to the world's date. Decisions are appended; 被保険者番号 are issued in the order of
 * municipality and resident key. One day's run and the first run of 300,000 are the same job.
 */
export const decideEntitlements = defineJob<Record<string, never>>({
  kind: 'eligibility.decideEntitlements',
  title: '資格の判定',
  queue: (_, scope) => `eligibility:${scope.union}`,
  steps: [
    {
      name: '判定',
      async run(run) {
        const saved = run.checkpoint<Place & { done: number; counts: DecidedCounts }>()
        let { place, done, counts } = saved
          ? { place: saved as Place, done: saved.done, counts: saved.counts }
          : { place: { municipality: '', running: 0 }, done: 0, counts: nothing }
        const total = done + (await run.read(countDue))
        for (let more = true; more; ) {
          await run.commit(async (tx) => {
            const due = await findDue(tx, place, unitSize)
            more = due.length === unitSize
            const last = due.at(-1)
            if (last === undefined) return undefined
            counts = sum(counts, await decideResidents(tx, due, { jobId: String(run.jobId) }))
            done += due.length
            place = { municipality: last.municipality, running: runningOf(last.residentKey) }
            run.progress(done, total, `${done}人を判定しました（決定${counts.decisions}件）。`)
            return { ...place, done, counts }
          })
        }
        run.result(counts)
      },
    },
  ],
})

function sum(one: DecidedCounts, other: DecidedCounts): DecidedCounts {
  return {
    persons: one.persons + other.persons,
    issued: one.issued + other.issued,
    decisions: one.decisions + other.decisions,
    pending: one.pending + other.pending,
  }
}
