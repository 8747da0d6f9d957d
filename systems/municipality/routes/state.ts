import type { FastifyInstance } from 'fastify'
import { municipalityNamed } from '../municipalityNamed.ts'
import { presentConduct } from '../municipalSystem/conduct.ts'
import { base, operatorOf, type Service } from '../route.ts'
import { stateDigest } from '../stateDigest.ts'

/** 状態 — whether the service lives, and what a municipality holds as counts and digests. */
export function stateRoutes(app: FastifyInstance, service: Service): void {
  app.get('/health', async () => {
    const today = await service.stores.work.unscoped(async (tx) => tx.today)
    return { ok: true, today, municipalities: service.played.size }
  })

  app.get(base, async (request) => {
    const { municipality, scope } = operatorOf(service, request)
    const { name, union } = municipalityNamed(municipality)
    const today = await service.stores.work.transaction(scope, async (tx) => tx.today)
    return { municipality, name, union, today, invented: service.inventedWorld }
  })

  app.get(`${base}/state`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    const conduct = await service.stores.municipalSystem.transaction(scope, (tx) =>
      presentConduct(tx, municipality),
    )
    return { ...(await stateDigest(service.stores, scope)), conduct }
  })
}
