import { createReadStream } from 'node:fs'
import path from 'node:path'
import { enqueue } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { documentsFolder } from '../jobs.ts'
import {
  confirmBundle,
  handOverBundle,
  listBundles,
  listDocuments,
  lookAtWithoutCertificate,
  openBundle,
} from '../municipalSystem/documents.ts'
import { documentKinds } from '../municipalSystem/printDocuments.ts'
import { base, notThere, operatorOf, read, type Service } from '../route.ts'

const Kind = z.enum(documentKinds)
const Ask = z.strictObject({ kind: Kind })
const Filter = z.object({
  kind: Kind.optional(),
  after: z.coerce.number().int().min(0).optional(),
  stopped: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
const Identified = z.object({ bundle: z.uuid() })
const Confirm = z.strictObject({
  counted: z.int().min(1).describe('数えた枚数。書き損じも入れる'),
  spoiled: z.array(z.int().min(1)).default([]).describe('書き損じの用紙番号'),
})
const HandOver = z.strictObject({ method: z.enum(['窓口', '郵送']) })

/** 文書の発行、紙の確かめ、交付 (3-7, 4-10, 4-11) */
export function documentRoutes(app: FastifyInstance, service: Service): void {
  const { stores } = service

  app.post(`${base}/documents`, async (request, reply) => {
    const { scope, actor } = operatorOf(service, request)
    const ask = read(Ask, request.body)
    const { jobId } = await stores.work.transaction(scope, (tx) =>
      enqueue(tx, service.jobs.print, ask, { requestedBy: actor.id }),
    )
    return reply.code(202).send({ job: jobId })
  })

  app.get(`${base}/documents`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const filter = read(Filter, request.query)
    const documents = await stores.municipalSystem.transaction(scope, (tx) =>
      listDocuments(tx, scope, filter, actor),
    )
    return { documents }
  })

  app.get(`${base}/documents/missing`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const { limit } = read(Filter, request.query)
    const missing = await stores.municipalSystem.transaction(scope, (tx) =>
      lookAtWithoutCertificate(tx, scope, limit, actor),
    )
    return { missing }
  })

  app.get(`${base}/bundles`, async (request) => {
    const { scope } = operatorOf(service, request)
    const bundles = await stores.municipalSystem.transaction(scope, (tx) => listBundles(tx, scope))
    return { bundles }
  })

  app.get(`${base}/bundles/:bundle/pdf`, async (request, reply) => {
    const { scope, municipality, actor } = operatorOf(service, request)
    const { bundle } = read(Identified, request.params)
    const digest = await stores.municipalSystem.transaction(scope, (tx) =>
      openBundle(tx, scope, bundle, actor),
    )
    if (digest === null) throw notThere()
    const file = path.join(documentsFolder(service), municipality, `${bundle}.pdf`)
    return reply.type('application/pdf').header('koiki-sha256', digest).send(createReadStream(file))
  })

  app.post(`${base}/bundles/:bundle/confirm`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const { bundle } = read(Identified, request.params)
    const told = read(Confirm, request.body)
    return stores.municipalSystem.transaction(scope, (tx) =>
      confirmBundle(tx, scope, bundle, told, actor),
    )
  })

  app.post(`${base}/bundles/:bundle/hand-over`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const { bundle } = read(Identified, request.params)
    const { method } = read(HandOver, request.body)
    return stores.municipalSystem.transaction(scope, (tx) =>
      handOverBundle(tx, scope, bundle, method, actor),
    )
  })
}
