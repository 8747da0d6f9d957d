import { recordAccess } from '@koiki/audit'
import {
  type ExchangePlace,
  findDestinationStop,
  findRefusedNumber,
  listRefusedNumbers,
  prepareTransmission,
  tellWhyNotMade,
} from '@koiki/exchange'
import { 保険料情報 } from '@koiki/layouts'
import { defineJob, type Transaction } from '@koiki/store'
import {
  deliveredRows,
  recordDelivery,
  recordDeliveryAgain,
  undeliveredMunicipalities,
  undeliveredRows,
} from '../store/decisions.ts'

type Waiting = { readonly municipality: string; readonly untold: boolean }

/** With decisions that were not told, or with a number that was refused. */
async function waitingMunicipalities(
  tx: Transaction,
  { self }: ExchangePlace,
): Promise<readonly Waiting[]> {
  const untold = new Set(await undeliveredMunicipalities(tx))
  const refused = await listRefusedNumbers(tx, { sender: self, layout: 保険料情報.name })
  return [...new Set([...untold, ...refused.map(({ municipality }) => municipality)])]
    .sort()
    .map((municipality) => ({ municipality, untold: untold.has(municipality) }))
}

/**
 * 保険料情報の作成と配信 (4-6, 4-7) — one sealed transmission for each municipality with decisions that it has
 * not been told of; the decisions and their delivery are marked in the same transaction. A number that was refused is made
 * again first, with the same decisions.
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
          const own = place(run.scope.union)
          const saved = run.checkpoint<{ made: number; rows: number }>()
          const before = saved?.made ?? 0
          let rows = saved?.rows ?? 0
          const waiting = await run.read((tx) => waitingMunicipalities(tx, own))
          const total = before + waiting.length
          for (const [index, one] of waiting.entries()) {
            const made = before + index + 1
            await run.commit(async (tx) => {
              rows += await deliverTo(tx, own, one, run.jobId).catch(tellWhyNotMade)
              return { made, rows }
            })
            run.progress(made, total, `${made}市区町村分の保険料情報を作りました。`)
          }
          run.result({ files: total, rows })
        },
      },
    ],
  })

async function deliverTo(
  tx: Transaction,
  place: ExchangePlace,
  { municipality, untold }: Waiting,
  jobId: number,
): Promise<number> {
  const receiver = `municipality:${municipality}` as const
  // What a stopped destination is not told now goes with the first delivery after the stop is lifted.
  if ((await findDestinationStop(tx, place, receiver)) !== null) return 0
  const of = { layout: 保険料情報, receiver, municipality }
  const told = async (count: number): Promise<number> => {
    await recordAccess(tx, {
      channel: 'job',
      actor: { kind: 'job', id: String(jobId), name: '保険料情報の作成' },
      party: place.self,
      purpose: '保険料の決定を市区町村に知らせるため',
      act: 'premium.deliver',
      effect: 'read',
      persons: [],
      count,
    })
    return count
  }
  let rows = 0
  const refused = await findRefusedNumber(tx, {
    ...{ sender: place.self, receiver, layout: 保険料情報.name },
  })
  if (refused !== null) {
    const corrects = refused.transmissionId
    const again = { ...of, corrects, rows: deliveredRows(tx, corrects) }
    const { transmissionId } = await prepareTransmission(tx, place, again)
    rows += await told(await recordDeliveryAgain(tx, corrects, transmissionId))
  }
  if (!untold) return rows
  const { transmissionId } = await prepareTransmission(tx, place, {
    ...of,
    rows: undeliveredRows(tx, municipality),
  })
  return rows + (await told(await recordDelivery(tx, municipality, transmissionId)))
}
