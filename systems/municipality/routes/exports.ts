import type { Readable } from 'node:stream'
import {
  handover,
  listTransmissions,
  readReceipt,
  recordHandedOver,
  recordReceipt,
} from '@koiki/exchange'
import { findLayout } from '@koiki/layouts'
import { enqueue } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { placeOf } from '../jobs.ts'
import { mediumName } from '../medium.ts'
import { firstName } from '../misbehavingMedium.ts'
import { horizonMonthsDefault } from '../municipalSystem/exportScope.ts'
import { forgetRefusedExport } from '../municipalSystem/exportToUnion.ts'
import { Refusal } from '../refusal.ts'
import { base, notThere, type Operator, operatorOf, read, type Service } from '../route.ts'

const Ask = z.strictObject({
  step: z.enum(['2-2', '4-2']),
  mode: z.enum(['auto', 'full', 'difference']).default('auto'),
  fiscalYear: z.int().min(2000).max(2999).nullable().default(null),
  horizonMonths: z.int().min(0).max(24).default(horizonMonthsDefault),
})
const Named = z.object({ name: z.string().max(100) })
const ReceiptText = z.strictObject({ receipt: z.string().max(100_000) })

/** 移出 (2-2, 4-2): the sealed files on the medium, and what the union answered. */
export function exportRoutes(app: FastifyInstance, service: Service): void {
  const { stores, medium } = service

  app.post(`${base}/exports`, async (request, reply) => {
    const { scope, actor } = operatorOf(service, request)
    const ask = read(Ask, request.body)
    const { jobId } = await stores.work.transaction(scope, (tx) =>
      enqueue(tx, service.jobs.exportFiles, ask, { requestedBy: actor.id }),
    )
    return reply.code(202).send({ job: jobId })
  })

  app.get(`${base}/exports`, async (request) => ({
    exports: await exportsOn(service, operatorOf(service, request)),
  }))

  app.get(`${base}/exports/:name/manifest`, async (request, reply) => {
    const { municipality } = operatorOf(service, request)
    const { name } = read(Named, request.params)
    const text = await medium.manifest(municipality, name)
    if (text === null) throw notThere()
    return reply.type('application/json').send(text)
  })

  app.get(`${base}/exports/:name/file`, async (request, reply) => {
    const operator = operatorOf(service, request)
    const { name } = read(Named, request.params)
    const file = await takeExport(service, operator, name)
    return reply.type('application/octet-stream').send(file)
  })

  app.post(`${base}/receipts`, async (request) => {
    const operator = operatorOf(service, request)
    return takeReceipt(service, operator, read(ReceiptText, request.body).receipt)
  })
}

/** 媒体にあるもの — with what became of each at the union. */
export async function exportsOn(service: Service, operator: Operator) {
  const sent = await sentBy(service, operator)
  await putMissing(service, operator, sent)
  const there = await service.medium.list(operator.municipality)
  return there.map(({ name, bytes }) => {
    const known = sent.find((one) => one.name === firstName(name))
    return {
      name,
      bytes,
      transmissionId: known?.transmissionId ?? null,
      layout: known?.layout ?? null,
      sequenceNumber: known?.sequenceNumber ?? null,
      records: known?.recordCount ?? null,
      state: known?.state ?? null,
      sentence: known?.sentence ?? null,
    }
  })
}

/** 封じたファイルを取り出す — whoever takes it carries it to the counter. */
export async function takeExport(
  service: Service,
  operator: Operator,
  name: string,
): Promise<Readable> {
  const file = await service.medium.open(operator.municipality, name)
  if (file === null) throw notThere()
  const known = (await sentBy(service, operator)).find((one) => one.name === firstName(name))
  if (known !== undefined) {
    await service.stores.municipalSystem.transaction(operator.scope, (tx) =>
      recordHandedOver(tx, known.transmissionId),
    )
  }
  return file
}

/** 受領書を取り込む — what the union refused is given again by the next export. */
export async function takeReceipt(
  service: Service,
  { scope, municipality }: Operator,
  receipt: string,
) {
  const place = placeOf(service, municipality)
  const outcome = await service.stores.municipalSystem.transaction(scope, async (tx) => {
    const recorded = await recordReceipt(tx, place, receipt)
    if (recorded.kind === 'recorded' && recorded.receipt.kind === 'refused') {
      await forgetRefusedExport(tx, readReceipt(receipt).transmissionId)
    }
    return recorded
  })
  if (outcome.kind === 'refused') throw new Refusal([outcome.sentence])
  return { kind: outcome.kind, answer: outcome.receipt.kind, sentence: outcome.sentence }
}

type Sent = Awaited<ReturnType<typeof listTransmissions>>[number] & { readonly name: string }

async function sentBy(service: Service, { scope, municipality }: Operator): Promise<Sent[]> {
  const sent = await service.stores.municipalSystem.transaction(scope, (tx) =>
    listTransmissions(tx, { direction: 'sent', municipality, limit: 1000 }),
  )
  return sent.map((one) => ({
    ...one,
    name: mediumName(municipality, findLayout(one.layout)?.id ?? '', one.sequenceNumber),
  }))
}

/** What was sealed and recorded just before a crash, but had not reached the medium. */
async function putMissing(
  service: Service,
  { scope, municipality }: Operator,
  sent: readonly Sent[],
): Promise<void> {
  for (const { name, transmissionId, state } of sent) {
    if (state !== 'prepared' || (await service.medium.has(municipality, name))) continue
    const what = await service.stores.municipalSystem.transaction(scope, (tx) =>
      handover(tx, placeOf(service, municipality), transmissionId),
    )
    await service.medium.put({ name, ...what })
  }
}
