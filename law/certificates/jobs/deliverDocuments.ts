import { recordAccess } from '@koiki/audit'
import {
  type ExchangePlace,
  findDestinationStop,
  findRefusedNumber,
  prepareTransmission,
  type RefusedNumber,
  tellWhyNotMade,
} from '@koiki/exchange'
import { type Layout, 住所地特例者情報, 被保険者証等発行用情報 } from '@koiki/layouts'
import { defineJob, type JobRun, type Transaction } from '@koiki/store'
import { findMunicipalities, voidStale } from '../store/bulk.ts'
import {
  certificateRows,
  placeCertificateRows,
  placeProvisionRows,
  provisionRows,
  recordCertificatesTold,
  recordProvisionsTold,
} from '../store/deliveryRows.ts'

type Places = (union: string) => ExchangePlace

/** 配信するもの — how the changed rows of one layout are found, written and remembered. */
type Delivery = {
  readonly layout: Layout
  readonly act: string
  readonly purpose: string
  readonly place: (tx: Transaction, municipality: string, refused?: string) => Promise<number>
  readonly rows: (
    tx: Transaction,
    municipality: string,
  ) => AsyncIterable<Readonly<Record<string, unknown>>>
  readonly told: (
    tx: Transaction,
    municipality: string,
    transmissionId: string,
  ) => Promise<number[]>
}

const certificates: Delivery = {
  layout: 被保険者証等発行用情報,
  act: 'certificates.deliver',
  purpose: '発行した資格確認書等を市区町村に知らせるため',
  place: placeCertificateRows,
  rows: certificateRows,
  told: recordCertificatesTold,
}

const provisions: Delivery = {
  layout: 住所地特例者情報,
  act: 'provisions.deliver',
  purpose: '住所地特例の適用を市区町村に知らせるため',
  place: placeProvisionRows,
  rows: provisionRows,
  told: recordProvisionsTold,
}

/**
 * 被保険者証等発行用情報の作成と配信 (3-3, 3-4) — one sealed transmission for each municipality in which a document was issued,
 * or moved, since it was last told; those issued at its own counter among them.
 */
export const deliverCertificates = (place: Places) =>
  defineJob<Record<string, never>>({
    kind: 'certificates.deliverCertificates',
    title: '被保険者証等発行用情報の配信',
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [
      {
        name: '使えなくなった文書',
        async run(run) {
          if (run.checkpoint<number>() === null)
            await run.commit((tx) => voidStale(tx, '資格の決定'))
        },
      },
      { name: '被保険者証等発行用情報の作成', run: (run) => deliver(run, place, certificates) },
    ],
  })

/** 住所地特例者情報の作成と配信 (3-3, 3-4) — one sealed transmission for each municipality of which something changed. */
export const deliverProvisions = (place: Places) =>
  defineJob<Record<string, never>>({
    kind: 'certificates.deliverProvisions',
    title: '住所地特例者情報の配信',
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [{ name: '住所地特例者情報の作成', run: (run) => deliver(run, place, provisions) }],
  })

async function deliver(
  run: JobRun<Record<string, never>>,
  place: Places,
  delivery: Delivery,
): Promise<void> {
  const saved = run.checkpoint<{ last: string; files: number; rows: number }>()
  let { last, files, rows } = saved ?? { last: '', files: 0, rows: 0 }
  const municipalities = await run.read(findMunicipalities)
  for (const municipality of municipalities.filter((code) => code > last)) {
    await run.commit(async (tx) => {
      const told = await deliverTo(
        tx,
        place(run.scope.union),
        delivery,
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
}

async function deliverTo(
  tx: Transaction,
  place: ExchangePlace,
  delivery: Delivery,
  municipality: string,
  jobId: number,
): Promise<number> {
  const receiver = `municipality:${municipality}` as const
  // What a stopped destination is not told now goes with the first delivery after the stop is lifted.
  if ((await findDestinationStop(tx, place, receiver)) !== null) return 0
  const of = { sender: place.self, receiver, layout: delivery.layout.name }
  const refused = await findRefusedNumber(tx, of)
  const again = refused === null ? 0 : await tell(tx, place, delivery, municipality, jobId, refused)
  return again + (await tell(tx, place, delivery, municipality, jobId, null))
}

/** A refused number is made again even of no row: those after it wait for it. */
async function tell(
  tx: Transaction,
  place: ExchangePlace,
  delivery: Delivery,
  municipality: string,
  jobId: number,
  refused: RefusedNumber | null,
): Promise<number> {
  const count = await delivery.place(tx, municipality, refused?.transmissionId)
  if (count > 0 || refused !== null) {
    const { transmissionId } = await prepareTransmission(tx, place, {
      layout: delivery.layout,
      receiver: `municipality:${municipality}`,
      municipality,
      rows: delivery.rows(tx, municipality) as AsyncIterable<never>,
      ...(refused === null ? {} : { corrects: refused.transmissionId }),
    })
    await recordAccess(tx, {
      channel: 'job',
      actor: { kind: 'job', id: String(jobId), name: `${delivery.layout.name}の作成` },
      party: place.self,
      purpose: delivery.purpose,
      act: delivery.act,
      effect: 'read',
      persons: await delivery.told(tx, municipality, transmissionId),
    })
  }
  await tx.run('drop table told')
  return count
}
