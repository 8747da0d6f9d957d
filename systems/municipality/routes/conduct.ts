import type { PlainDate } from '@koiki/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  conducts,
  keptBack,
  presentConduct,
  releaseMedia,
  setConduct,
} from '../municipalSystem/conduct.ts'
import { Refusal } from '../refusal.ts'
import { base, type Operator, operatorOf, read, type Service } from '../route.ts'

export const ConductAsked = z.strictObject({
  conduct: z.enum(conducts),
  until: z.iso.date().nullable().default(null).describe('late のとき、出す日'),
})

/** 代役の行儀 — how the next exports and receipts come; nowhere but in an invented world. */
export function conductRoutes(app: FastifyInstance, service: Service): void {
  const { municipalSystem } = service.stores

  app.get(`${base}/conduct`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    return municipalSystem.transaction(scope, (tx) => presentConduct(tx, municipality))
  })

  app.put(`${base}/conduct`, async (request) => {
    const operator = operatorOf(service, request)
    return changeConduct(service, operator, read(ConductAsked, request.body))
  })

  app.post(`${base}/conduct/release`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    requireInvented(service)
    const released = await municipalSystem.transaction(scope, (tx) =>
      releaseMedia(tx, municipality),
    )
    return { released }
  })
}

export async function changeConduct(
  service: Service,
  { scope, municipality }: Operator,
  { conduct, until }: z.output<typeof ConductAsked>,
) {
  requireInvented(service)
  return service.stores.municipalSystem.transaction(scope, async (tx) => {
    if (until !== null && conduct !== 'late') {
      throw new Refusal(['出す日(until)は、遅らせる(late)ときにだけ書けます。'])
    }
    if (until !== null && until <= tx.today) {
      throw new Refusal([`出す日 ${until} は、今日 ${tx.today} より後にしてください。`])
    }
    await setConduct(tx, municipality, conduct, until as PlainDate | null)
    return presentConduct(tx, municipality)
  })
}

function requireInvented({ inventedWorld }: Service): void {
  if (!inventedWorld) {
    throw new Refusal(['行儀をわるくできるのは、模擬の世界の代役だけです。何もしていません。'])
  }
}

/** 受領書を出さない — while a municipality is late or silent, its answers do not come either. */
export async function receiptsKeptBack(
  { stores, inventedWorld }: Service,
  { scope, municipality }: Operator,
): Promise<boolean> {
  if (!inventedWorld) return false
  return stores.municipalSystem.transaction(scope, async (tx) =>
    keptBack(await presentConduct(tx, municipality), tx.today),
  )
}
