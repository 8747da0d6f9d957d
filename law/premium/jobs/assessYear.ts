import { createHash } from 'node:crypto'
import { recordAccess } from '@koiki/audit'
import { type FiscalYear, fiscalYear, MissingLaw } from '@koiki/kernel'
import { defineJob, JobFailure } from '@koiki/store'
import { premiumEdition } from '../edition.ts'
import { lawOf } from '../law/lawOf.ts'
import { type AssessedUnion, assessUnion } from '../store/assess.ts'

/** A run's id follows from its job, so that a repetition after a crash is the same run. */
function runIdOf(union: string, jobId: number): string {
  const hex = createHash('sha256').update(`premium.assessYear ${union} ${jobId}`).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** 12桁を連ねない数 — sums of yen are written in 万円, since a job's texts refuse twelve digits in a row. */
const inTenThousands = (amount: number): string =>
  `${Math.floor(amount / 10_000).toLocaleString('ja-JP')}万円`

/**
 * 保険料賦課の処理 (4-5) — assesses everybody of the job's union for a fiscal year in one transaction: all are
 * decided or nobody is. Asking again adds only what differs.
 */
export const assessYear = defineJob<{ fiscalYear: number }>({
  kind: 'premium.assessYear',
  title: ({ fiscalYear: year }) => `令和${year - 2018}年度の保険料の賦課`,
  queue: (_args, scope) => `premium ${scope.union}`,
  steps: [
    {
      name: '賦課',
      async run(run) {
        if (run.checkpoint() !== null) return
        const year = lawfulYear(run.scope.union, run.args.fiscalYear)
        const runId = runIdOf(run.scope.union, run.jobId)
        let outcome: AssessedUnion | null = null
        await run.commit(async (tx) => {
          const { expected } = await tx.one<{ expected: number }>(
            `select count(*) as expected from eligibility.entitlement_period
              where ended_on is null or ended_on > $1::date`,
            [`${year}-04-01`],
          )
          outcome = await assessUnion(tx, {
            fiscalYear: year,
            runId,
            edition: premiumEdition.name,
            onProgress: (insured) => {
              // Until the commit nobody is decided: a cancelled run must not decide everybody after all.
              run.signal.throwIfAborted()
              run.progress(insured, expected, `${insured}人の保険料を計算しました。`)
            },
          })
          await recordAccess(tx, {
            channel: 'job',
            actor: { kind: 'job', id: String(run.jobId), name: '保険料賦課の処理' },
            party: `union:${run.scope.union}`,
            purpose: '保険料の賦課',
            act: 'premium.assess',
            effect: 'write',
            persons: [],
            count: outcome.insured,
          })
          return { runId }
        })
        const done = outcome as AssessedUnion | null
        if (done === null) return
        run.progress(
          done.insured,
          done.insured,
          `${done.insured}人を計算し、${done.decided}人を決定しました(${done.unchanged}人は前と同じ)。合計 ${inTenThousands(done.annual)}。`,
        )
        run.result({ ...done })
      },
    },
  ],
})

function lawfulYear(union: string, year: number): FiscalYear {
  try {
    return lawOf(union, fiscalYear(year)).fiscalYear
  } catch (error) {
    if (!(error instanceof MissingLaw)) throw error
    throw new JobFailure(
      `${error.message}表に行を足してから、もう一度実行してください。だれの保険料も決めていません。`,
    )
  }
}
