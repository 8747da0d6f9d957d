import type { FastifyInstance } from 'fastify'
import { ResidentEvent } from '../residentRegister/event.ts'
import { receiveEvent } from '../residentRegister/receiveEvent.ts'
import { base, operatorOf, read, type Service } from '../route.ts'

/** 住民異動 — accepted by 住基システム; the next transfer and export carry what changed. */
export function eventRoutes(app: FastifyInstance, service: Service): void {
  app.post(`${base}/events`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    return receiveEvent(service.stores, scope, read(ResidentEvent, request.body), actor)
  })
}
