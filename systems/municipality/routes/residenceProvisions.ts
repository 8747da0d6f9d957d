import { type AccessEntry, recordAccess } from '@koiki/audit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  type ProvisionsAsked,
  type ResidenceProvision,
  readResidenceProvisions,
} from '../municipalSystem/residenceProvisions.ts'
import { auditKey } from '../resident.ts'
import { householdsHidden } from '../residentRegister/store.ts'
import { base, type Operator, operatorOf, read, type Service } from '../route.ts'
import type { Stores } from '../stores.ts'

const Asked = z.object({
  addresseeNumber: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .nullable()
    .default(null),
  ended: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

/** 住所地特例者 (3-6) — as the union told of them. */
export function residenceProvisionRoutes(app: FastifyInstance, service: Service): void {
  app.get(`${base}/residence-provisions`, async (request) => {
    const operator = operatorOf(service, request)
    const { addresseeNumber, ended, limit } = read(Asked, request.query)
    const asked = { addresseeNumber, endedToo: ended, limit }
    const found = await residenceProvisionsOf(service.stores, operator, asked, 'api')
    return {
      // The 連番 is for addresses of screens.
      provisions: found.map(({ resident: _, nonRegistered: __, ...one }) => one),
    }
  })
}

/**
 * 住所地特例者の一覧 — a look at each of them. A facility is where the person lives: it is hidden as an address is,
 * whoever knows of a 支援措置: the union, the municipal system, or the register, which knows it first.
 */
export async function residenceProvisionsOf(
  { municipalSystem, residentRegister }: Stores,
  { scope, municipality, actor }: Operator,
  asked: ProvisionsAsked,
  channel: AccessEntry['channel'],
): Promise<ResidenceProvision[]> {
  const found = await municipalSystem.transaction(scope, async (tx) => {
    const known = await readResidenceProvisions(tx, municipality, asked)
    await recordAccess(tx, {
      channel,
      actor,
      party: `municipality:${municipality}`,
      purpose: '住所地特例者の確認',
      act: 'residenceProvision.read',
      effect: 'read',
      persons: known
        .flatMap(({ resident, nonRegistered }) => resident ?? nonRegistered ?? [])
        .map((running) => auditKey(municipality, running)),
    })
    return known
  })
  const numbers = found.map(({ addresseeNumber }) => addresseeNumber)
  const hiddenHere = await residentRegister.transaction(scope, (tx) =>
    householdsHidden(tx, municipality, numbers),
  )
  return found.map((one) => {
    const hidden = one.hidden || hiddenHere.has(one.addresseeNumber)
    // The former insurer is a town, as 転入前 is on a 住民票.
    return hidden ? { ...one, hidden, facility: null, formerInsurerNumber: null } : one
  })
}
