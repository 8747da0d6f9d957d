import { documentText, readReceipt, signed } from '@koiki/exchange'
import type { PlainDate } from '@koiki/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  conducts,
  keptBack,
  type PresentConduct,
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
export async function receiptsKeptBack(service: Service, operator: Operator): Promise<boolean> {
  const { present, today } = await conductNow(service, operator)
  return keptBack(present, today)
}

/** 受領書を出す — as it was written, or lying about its rows under its own name while totals are lied about. */
export async function receiptTold(
  service: Service,
  operator: Operator,
  text: string,
): Promise<string> {
  const { present } = await conductNow(service, operator)
  if (present.conduct !== 'wrongTotals') return text
  const { signature: _, ...honest } = readReceipt(text)
  const [own] = await service.keys.own(honest.receiver)
  const lie = { recordCount: honest.recordCount + 1, appliedCount: honest.appliedCount + 1 }
  return documentText(signed('receipt', { ...honest, ...lie }, own))
}

const wellBehaved = { conduct: 'off', heldUntil: null } as const

async function conductNow(
  { stores, inventedWorld }: Service,
  { scope, municipality }: Operator,
): Promise<{ present: Pick<PresentConduct, 'conduct' | 'heldUntil'>; today: PlainDate }> {
  return stores.municipalSystem.transaction(scope, async (tx) => ({
    present: inventedWorld ? await presentConduct(tx, municipality) : wellBehaved,
    today: tx.today,
  }))
}
