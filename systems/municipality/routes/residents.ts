import { type Actor, recordAccess } from '@koiki/audit'
import type { Scope } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { InsuredEntry } from '../municipalSystem/insuredEntries.ts'
import { NonRegisteredEvent } from '../municipalSystem/nonRegisteredEvent.ts'
import { listNonRegistered } from '../municipalSystem/nonRegisteredStore.ts'
import { receiveNonRegistered } from '../municipalSystem/receiveNonRegistered.ts'
import type { NonRegisteredPerson } from '../nonRegisteredPerson.ts'
import { auditKey, type Resident } from '../resident.ts'
import { historyOf, listEvents } from '../residentRegister/history.ts'
import { insuredEntriesOf } from '../residentRegister/insuredEntries.ts'
import { findResidents, fullWidthUnlessNumber, searchResidents } from '../residentRegister/store.ts'
import { base, notThere, operatorOf, read, type Service } from '../route.ts'
import type { Stores } from '../stores.ts'

const Identified = z.object({ addresseeNumber: z.string().regex(/^[0-9]{1,15}$/) })
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) })
const Sought = Limit.extend({
  words: z.string().max(100).default(''),
  birthDate: z.iso.date().nullable().default(null),
  removed: z.stringbool().default(false),
})
const Words = Limit.extend({ words: z.string().max(100).default('') })

/** 住民票と住登外 — one person as the stores keep them; the Individual Number is only said to be there. */
export function residentRoutes(app: FastifyInstance, service: Service): void {
  const { stores } = service

  app.get(`${base}/events`, async (request) => {
    const { scope, municipality } = operatorOf(service, request)
    const { limit } = read(Limit, request.query)
    const events = await stores.residentRegister.transaction(scope, (tx) =>
      listEvents(tx, municipality, limit),
    )
    return { events }
  })

  app.get(`${base}/residents`, async (request) => {
    const { scope, municipality, actor } = operatorOf(service, request)
    const { words, birthDate, removed, limit } = read(Sought, request.query)
    const residents = await stores.residentRegister.transaction(scope, async (tx) => {
      const asked = { words: fullWidthUnlessNumber(words), birthDate, removedToo: removed }
      const found = await searchResidents(tx, municipality, asked, limit)
      await recordAccess(tx, {
        channel: 'api',
        actor,
        party: `municipality:${municipality}`,
        purpose: '住民の検索',
        act: 'resident.search',
        effect: 'read',
        persons: found.map(({ runningNumber }) => auditKey(municipality, runningNumber)),
      })
      return found
    })
    return {
      residents: residents.map((one) => ({
        addresseeNumber: one.addresseeNumber,
        householdNumber: one.householdNumber,
        name: one.name,
        birthDate: one.birthDate,
        sex: one.sex,
        relationship: one.relationship,
        status: one.status,
      })),
    }
  })

  app.get(`${base}/residents/:addresseeNumber`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const { addresseeNumber } = read(Identified, request.params)
    const found = await residentRecord(stores, scope, addresseeNumber, actor)
    if (found === null) throw notThere()
    return {
      resident: shown(found.resident),
      insured: found.insured,
      changes: found.changes.map(({ before, after, ...event }) => ({
        ...event,
        before: before === null ? null : shown(before),
        after: shown(after),
      })),
    }
  })

  app.post(`${base}/non-registered`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    return receiveNonRegistered(stores, scope, read(NonRegisteredEvent, request.body), actor)
  })

  app.get(`${base}/non-registered`, async (request) => {
    const { scope, actor } = operatorOf(service, request)
    const { words, limit } = read(Words, request.query)
    const people = await stores.municipalSystem.transaction(scope, async (tx) => {
      const found = await listNonRegistered(tx, scope.municipality, words, limit)
      await recordAccess(tx, {
        channel: 'api',
        actor,
        party: `municipality:${scope.municipality}`,
        purpose: '住登外の確認',
        act: 'nonRegistered.read',
        effect: 'read',
        persons: found.map(({ runningNumber }) => auditKey(scope.municipality, runningNumber)),
      })
      return found
    })
    return { people: people.map(shown) }
  })
}

/** 住民票 — with both rows of every change, and what was written of the insurance; a look at the person. */
export async function residentRecord(
  stores: Stores,
  scope: Scope,
  addresseeNumber: string,
  actor: Actor,
): Promise<{
  resident: Resident
  insured: InsuredEntry[]
  changes: Awaited<ReturnType<typeof historyOf>>
} | null> {
  const { municipality } = scope
  return stores.residentRegister.transaction(scope, async (tx) => {
    const [resident] = await findResidents(tx, municipality, [addresseeNumber])
    if (resident === undefined) return null
    await recordAccess(tx, {
      channel: 'api',
      actor,
      party: `municipality:${municipality}`,
      purpose: '住民票の確認',
      act: 'resident.read',
      effect: 'read',
      persons: [auditKey(municipality, resident.runningNumber)],
    })
    return {
      resident,
      insured: await insuredEntriesOf(tx, municipality, addresseeNumber),
      changes: await historyOf(tx, municipality, addresseeNumber),
    }
  })
}

/** Without the token: that there is a number is all that anybody needs to know. */
const shown = <P extends Resident | NonRegisteredPerson>({ numberToken, ...person }: P) => ({
  ...person,
  numberRegistered: numberToken !== null,
})
