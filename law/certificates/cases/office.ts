import {
  enqueue,
  fixedClock,
  getJob,
  runDueJobs,
  type Scope,
  type TestDatabase,
} from '@koiki/store'
import { issueDocuments } from '../jobs/issueDocuments.ts'
import { readPersonDocuments } from '../jobs/personDocuments.ts'

export const union: Scope = { union: '43', municipality: '*' }
export const clerk = { account: '11111111-1111-4111-8111-111111111111', name: '窓口　一' }
export const other = { account: '22222222-2222-4222-8222-222222222222', name: '窓口　二' }

/** 試験の町 — as the chapter of eligibility makes it for its own tests. */
type Town = {
  readonly db: TestDatabase
  ask<T>(sql: string, values?: readonly unknown[]): Promise<T[]>
}

/** 試験の広域連合 — for tests: a town whose people are insured, whose shares are decided, and its worker. */
export function office<T extends Town>(people: T, today = '2026-07-01') {
  const { db } = people
  return {
    ...people,
    /** 割合を決めた — from a day on, without a gap. */
    async share(
      subjectKey: number,
      tenths: 1 | 2 | 3,
      from = '2020-08-01',
      limit: string | null = null,
    ) {
      await people.ask(
        `update copay.share_period set held = daterange(lower(held), $2::date)
          where subject_key = $1 and held @> $2::date and lower(held) < $2::date`,
        [subjectKey, from],
      )
      await people.ask(
        `insert into copay.share_period
           (subject_key, began_on, union_code, municipality_code, held, tenths, limit_category,
            share_since, limit_since, judged_on, judgement_sequence)
         select $1, $3::date, 43, p.municipality_code, daterange($3::date, null), $2, $4, $3::date,
                $3::date, $3::date, 1
           from eligibility.insured_person p where p.subject_key = $1`,
        [subjectKey, tenths, from, limit],
      )
    },
    documents: (subjectKey: number, day = today, scope: Scope = union) =>
      db
        .as('app', fixedClock(day))
        .then((at) => at.transaction(scope, (tx) => readPersonDocuments(tx, subjectKey))),
    /** 一括発行 — as of a day, for a day. */
    async issue(on: string, day = today) {
      const at = await db.as('app', fixedClock(day))
      const { jobId } = await at.unscoped((tx) =>
        enqueue(tx, issueDocuments, { on }, { requestedBy: '試験', scope: union }),
      )
      await runDueJobs({ database: at, jobs: [issueDocuments] })
      const job = await at.unscoped((tx) => getJob(tx, jobId))
      if (job.state !== 'done') throw new Error(job.failure ?? job.state)
      return job.result as { issued: number; waiting: number; held: number }
    },
  }
}
