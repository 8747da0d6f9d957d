import { recordAccess } from '@koiki/audit'
import { type ExchangePlace, findDestinationStop, prepareTransmission } from '@koiki/exchange'
import { 保険料情報 } from '@koiki/layouts'
import { defineJob, type Transaction } from '@koiki/store'
import { recordDelivery, undeliveredRows } from '../store/decisions.ts'

async function waitingMunicipalities(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ municipality_code: string }>(
    `select distinct a.municipality_code
       from premium.assessment_now a
      where not exists (
        select from premium.delivery d
         where d.subject_key = a.subject_key and d.fiscal_year = a.fiscal_year
           and d.revision = a.revision)
      order by a.municipality_code`,
  )
  return rows.map((row) => row.municipality_code)
}

/**
 * 保険料情報の作成と配信 (4-6, 4-7) — one sealed transmission for each municipality with decisions that it has
 * not been told of; the decisions and their delivery are marked in the same transaction.
 */
export const deliverPremiums = (place: (union: string) => ExchangePlace) =>
  defineJob<Record<string, never>>({
    kind: 'premium.deliverPremiums',
    title: '保険料情報の配信',
    queue: (_args, scope) => `premium ${scope.union}`,
    steps: [
      {
        name: '保険料情報の作成',
        async run(run) {
          const saved = run.checkpoint<{ made: number; rows: number }>()
          const before = saved?.made ?? 0
          let rows = saved?.rows ?? 0
          const waiting = await run.read(waitingMunicipalities)
          const total = before + waiting.length
          for (const [index, municipality] of waiting.entries()) {
            const made = before + index + 1
            await run.commit(async (tx) => {
              const own = place(run.scope.union)
              const receiver = `municipality:${municipality}`
              // What a stopped destination is not told now goes with the first delivery after the stop is lifted.
              if ((await findDestinationStop(tx, own, receiver)) !== null) return { made, rows }
              const decisions = undeliveredRows(tx, municipality)
              async function* layoutRows() {
                for await (const { row } of decisions) yield row
              }
              const prepared = await prepareTransmission(tx, own, {
                layout: 保険料情報,
                receiver,
                municipality,
                rows: layoutRows(),
              })
              const told = await recordDelivery(tx, municipality, prepared.transmissionId)
              await recordAccess(tx, {
                channel: 'job',
                actor: { kind: 'job', id: String(run.jobId), name: '保険料情報の作成' },
                party: `union:${run.scope.union}`,
                purpose: '保険料の決定を市区町村に知らせるため',
                act: 'premium.deliver',
                effect: 'read',
                persons: [],
                count: told,
              })
              rows += told
              return { made, rows }
            })
            run.progress(made, total, `${made}市区町村分の保険料情報を作りました。`)
          }
          run.result({ files: total, rows })
        },
      },
    ],
  })
