import { recordAccess } from '@koiki/audit'
import {
  type ExchangePlace,
  findDestinationStop,
  findRefusedNumber,
  prepareTransmission,
  type RefusedNumber,
  tellWhyNotMade,
} from '@koiki/exchange'
import { 被保険者情報 } from '@koiki/layouts'
import { defineJob, type Transaction } from '@koiki/store'
import {
  findMunicipalities,
  insuredRows,
  placeInsuredRows,
  recordTold,
} from '../store/insuredRows.ts'

/**
 * 被保険者情報の作成と配信 (3-3, 3-4) — one sealed transmission for each municipality of which something changed
 * since it was last told; everything the first time. Made and marked in one transaction each.
 */
export const deliverInsured = (place: (union: string) => ExchangePlace) =>
  defineJob<Record<string, never>>({
    kind: 'eligibility.deliverInsured',
    title: '被保険者情報の配信',
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [
      {
        name: '被保険者情報の作成',
        async run(run) {
          const saved = run.checkpoint<{ last: string; files: number; rows: number }>()
          let { last, files, rows } = saved ?? { last: '', files: 0, rows: 0 }
          const municipalities = await run.read(findMunicipalities)
          const left = municipalities.filter((code) => code > last)
          for (const municipality of left) {
            await run.commit(async (tx) => {
              const told = await deliverTo(
                tx,
                place(run.scope.union),
                municipality,
                run.jobId,
              ).catch(tellWhyNotMade)
              last = municipality
              files += told > 0 ? 1 : 0
              rows += told
              return { last, files, rows }
            })
            const done = municipalities.indexOf(municipality) + 1
            run.progress(done, municipalities.length, `${files}市区町村に${rows}件を作りました。`)
          }
          run.result({ files, rows })
        },
      },
    ],
  })

async function deliverTo(
  tx: Transaction,
  place: ExchangePlace,
  municipality: string,
  jobId: number,
): Promise<number> {
  const receiver = `municipality:${municipality}` as const
  // What a stopped destination is not told now goes with the first delivery after the stop is lifted.
  if ((await findDestinationStop(tx, place, receiver)) !== null) return 0
  const of = { sender: place.self, receiver, layout: 被保険者情報.name }
  const refused = await findRefusedNumber(tx, of)
  const again = refused === null ? 0 : await tell(tx, place, municipality, jobId, refused)
  return again + (await tell(tx, place, municipality, jobId, null))
}

/** A refused number is made again even of no row: those after it wait for it. */
async function tell(
  tx: Transaction,
  place: ExchangePlace,
  municipality: string,
  jobId: number,
  refused: RefusedNumber | null,
): Promise<number> {
  const count = await placeInsuredRows(tx, municipality, refused?.transmissionId)
  if (count > 0 || refused !== null) {
    const { transmissionId } = await prepareTransmission(tx, place, {
      layout: 被保険者情報,
      receiver: `municipality:${municipality}`,
      municipality,
      rows: insuredRows(tx, municipality),
      ...(refused === null ? {} : { corrects: refused.transmissionId }),
    })
    await recordAccess(tx, {
      channel: 'job',
      actor: { kind: 'job', id: String(jobId), name: '被保険者情報の作成' },
      party: place.self,
      purpose: '資格の決定を市区町村に知らせるため',
      act: 'insured.deliver',
      effect: 'read',
      persons: await recordTold(tx, municipality, transmissionId),
    })
  }
  await tx.run('drop table told')
  return count
}
