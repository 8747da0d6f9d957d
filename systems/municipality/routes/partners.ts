import type { Readable } from 'node:stream'
import {
  CustodyRefused,
  custodyKinds,
  findTransmission,
  listCustody,
  listDifferences,
  listOverdueMedia,
  listPartnerNews,
  listReconciliations,
  ReconciliationAnswerer,
  ReconciliationRefused,
  readReturnedRows,
  recordCustody,
  tellStop,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { findLayout, 被保険者情報 } from '@koiki/layouts'
import { printCustodySheet } from '@koiki/notices'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { placeOf } from '../jobs.ts'
import { municipalityNamed } from '../municipalityNamed.ts'
import { markReturnedRows } from '../municipalSystem/returnedRows.ts'
import { reconcilables } from '../reconcilables.ts'
import { Refusal } from '../refusal.ts'
import { base, notThere, operatorOf, read, type Service } from '../route.ts'

const Message = z.strictObject({ message: z.string().max(4_000_000) })
const Identified = z.object({ transmission: z.uuid() })
const Reconciliation = z.object({ reconciliation: z.uuid() })
const Returned = z.object({ layout: z.string().min(1).max(100) })
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)))
const Receiving = z.strictObject({
  kind: z.enum(['stopped', 'lifted']),
  reason: z.string().trim().min(1).max(200),
})
const Custody = z.strictObject({
  kind: z.enum(custodyKinds),
  carrier: z.string().max(200),
  from: z.string().max(200).nullable().default(null),
  to: z.string().max(200).nullable().default(null),
  mediaCount: z.int(),
  on: day,
  note: z.string().max(200).default(''),
})

/** 便り・全件照合・受渡し — how this municipality stands with its union. */
export function partnerRoutes(app: FastifyInstance, service: Service): void {
  const store = service.stores.municipalSystem
  const answerer = new ReconciliationAnswerer(reconcilables)

  app.post(`${base}/receiving`, async (request, reply) => {
    const operator = operatorOf(service, request)
    const { scope, municipality } = operator
    const decided = { municipality, ...read(Receiving, request.body) }
    const notice = await store.transaction(scope, (tx) =>
      tellStop(tx, placeOf(service, municipality), `union:${scope.union}`, decided, '担当者'),
    )
    return reply.code(201).send({ notice })
  })

  app.get(`${base}/partners`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    const { self } = placeOf(service, municipality)
    const union = { partner: `union:${scope.union}`, municipality }
    return store.transaction(scope, async (tx) => ({
      on: tx.today,
      checkedAt: tx.now,
      partners: await listPartnerNews(tx, self, [union], [被保険者情報.name]),
      overdueMedia: await listOverdueMedia(tx, self),
      reconciliations: await listReconciliations(tx),
    }))
  })

  app.get(`${base}/reconciliations/:reconciliation/differences`, async (request) => {
    const { scope } = operatorOf(service, request)
    const { reconciliation } = read(Reconciliation, request.params)
    const differences = await store.transaction(scope, (tx) => listDifferences(tx, reconciliation))
    return { differences }
  })

  // No operator: what the union asks is believed by its signature, and answered sealed for it alone.
  app.post(`${base}/reconciliation`, { bodyLimit: 4 * 1024 * 1024 }, async (request) => {
    const { municipality } = request.params as { municipality: string }
    if (!service.played.has(municipality)) throw notThere()
    const { message } = read(Message, request.body)
    const scope = { union: municipality.slice(0, 2), municipality }
    const place = placeOf(service, municipality)
    try {
      return await store.transaction(scope, async (tx) => ({
        message: await answerer.answer(tx, place, `union:${scope.union}`, municipality, message),
      }))
    } catch (error) {
      if (error instanceof ReconciliationRefused) throw new Refusal([error.message])
      throw error
    }
  })

  app.post(`${base}/exports/returned`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    const { layout: name } = read(Returned, request.query)
    const layout = findLayout(name)
    if (layout === null) throw notThere()
    const rows = readReturnedRows(placeOf(service, municipality), layout, request.body as Readable)
    return store.transaction(scope, (tx) => markReturnedRows(tx, layout, municipality, rows))
  })

  app.get(`${base}/transmissions/:transmission/custody`, async (request) => {
    const { scope } = operatorOf(service, request)
    const { transmission } = read(Identified, request.params)
    return store.transaction(scope, async (tx) => ({ log: await listCustody(tx, transmission) }))
  })

  app.get(`${base}/transmissions/:transmission/custody.pdf`, async (request, reply) => {
    const { scope, municipality } = operatorOf(service, request)
    const { transmission } = read(Identified, request.params)
    const { name, union } = municipalityNamed(municipality)
    const pdf = await store.transaction(scope, async (tx) => {
      const one = await findTransmission(tx, transmission)
      const log = one === null ? [] : await listCustody(tx, transmission)
      if (one === null || log.length === 0) throw notThere()
      const { layout, sequenceNumber, recordCount, sealedSha256 } = one
      const ours = one.direction === 'sent'
      return printCustodySheet(
        {
          ...{ transmissionId: transmission, layout, sequenceNumber, recordCount, sealedSha256 },
          from: ours ? name : union,
          to: ours ? union : name,
          rows: log.map(({ recordedAt: _, ...row }) => row),
        },
        {
          issuer: name,
          mock: service.inventedWorld,
          printedAt: Math.floor(Date.parse(tx.now) / 1000),
        },
      )
    })
    return reply.type('application/pdf').send(pdf)
  })

  app.post(`${base}/transmissions/:transmission/custody`, async (request, reply) => {
    const { scope, actor } = operatorOf(service, request)
    const { transmission } = read(Identified, request.params)
    const { on, ...event } = read(Custody, request.body)
    try {
      const log = await store.transaction(scope, (tx) =>
        recordCustody(tx, transmission, { ...event, on: plainDate(on) }, actor.id),
      )
      return reply.code(201).send({ log })
    } catch (error) {
      if (error instanceof CustodyRefused) throw new Refusal([error.message])
      throw error
    }
  })
}
