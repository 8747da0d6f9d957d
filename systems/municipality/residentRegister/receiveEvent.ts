import { type Actor, recordAccess } from '@koiki/audit'
import { type IndividualNumber, type PlainDate, parseIndividualNumber } from '@koiki/kernel'
import type { Scope, Transaction } from '@koiki/store'
import type { RevealManyReason } from '@koiki/vault'
import { lockChangeCounter, saveChangeCounter } from '../changeCounter.ts'
import { municipalityNamed } from '../municipalityNamed.ts'
import { Refusal } from '../refusal.ts'
import { auditKey, changeReasons, type Resident } from '../resident.ts'
import type { Stores } from '../stores.ts'
import { type Arrival, applyEvent } from './applyEvent.ts'
import type { Change } from './cancelled.ts'
import type { Newcomer, ResidentEvent } from './event.ts'
import { findChanges, findEvent, findLaterEvents, insertChanges } from './history.ts'
import {
  digestOfEvent,
  findEventDigest,
  findResidents,
  findWithHouseholds,
  insertEvent,
  lastRunningNumber,
  saveResidents,
  unusedNumbers,
} from './store.ts'

/** What came of an event: who changed, and whether it had been taken in before. */
export interface AcceptedEvent {
  readonly eventId: string
  readonly repeated: boolean
  readonly addresseeNumbers: readonly string[]
}

/**
 * 住民異動を受け付ける — judges the event against the register and writes it, so that the next transfer
 * (2-1) carries it. The same event twice is written once. Throws Refusal with every reason.
 */
export async function receiveEvent(
  stores: Stores,
  scope: Scope,
  event: ResidentEvent,
  actor: Actor,
): Promise<AcceptedEvent> {
  const before = await stores.residentRegister.transaction(scope, (tx) =>
    repeated(tx, scope, event),
  )
  if (before !== null) return before
  const coming = await arrivalsOf(stores, scope, event, actor)
  return stores.residentRegister.transaction(scope, async (tx) => {
    const last = await lockChangeCounter(tx, 'resident_register', scope)
    const again = await repeated(tx, scope, event)
    if (again !== null) return again
    const tokens = await stores.vault.tokensOf(
      tx,
      coming.map(({ number }) => number),
    )
    const { municipality } = scope
    const undone =
      event.kind === '異動の取消' ? await changesToCancel(tx, scope, event.cancels) : []
    const named =
      'addresseeNumbers' in event
        ? event.addresseeNumbers
        : undone.map(({ addresseeNumber }) => addresseeNumber)
    const into = [
      ...('householdNumber' in event && event.householdNumber ? [event.householdNumber] : []),
      ...undone.flatMap(({ before }) => (before === null ? [] : [before.householdNumber])),
    ]
    const residents = await findWithHouseholds(tx, municipality, named, into)
    const unused = await unusedNumbers(tx, municipality, last, coming.length + 1)
    let running = await lastRunningNumber(tx, municipality)
    const changed = applyEvent(event, {
      today: tx.today,
      residents,
      arrivals: coming.map(({ number: _, ...arrival }, index) => ({
        ...arrival,
        numberToken: tokens[index] ?? null,
      })),
      later: await findLaterEvents(tx, municipality, named, event.occurredOn),
      cancelled: undone,
      municipality: municipalityNamed(municipality),
      newNumber: () => unused.pop() as string,
      newRunningNumber: () => {
        running += 1
        return running
      },
    })
    const sequence = await saveResidents(tx, changed, last)
    await saveChangeCounter(tx, 'resident_register', scope, sequence)
    const addresseeNumbers = changed.map(({ addresseeNumber }) => addresseeNumber)
    await insertEvent(tx, municipality, event, addresseeNumbers)
    const before = new Map(residents.map((one) => [one.addresseeNumber, one]))
    await insertChanges(
      tx,
      municipality,
      event.eventId,
      changed.map((after, index) => ({
        addresseeNumber: after.addresseeNumber,
        before: before.get(after.addresseeNumber) ?? null,
        after,
        sequence: last + index + 1,
      })),
    )
    await recordAccess(tx, {
      channel: 'api',
      actor,
      party: `municipality:${municipality}`,
      purpose: `住民異動の受付(${event.kind})`,
      act: 'resident.change',
      effect: 'write',
      persons: changed.map(({ runningNumber }) => auditKey(municipality, runningNumber)),
    })
    return { eventId: event.eventId, repeated: false, addresseeNumbers }
  })
}

async function repeated(
  tx: Transaction,
  scope: Scope,
  event: ResidentEvent,
): Promise<AcceptedEvent | null> {
  const known = await findEventDigest(tx, scope.municipality, event.eventId)
  if (known === null) return null
  if (!known.equals(digestOfEvent(event))) {
    throw new Refusal([
      'この受付番号では、別の内容の異動を受け付けています。新しい受付番号を付けてください。',
    ])
  }
  return { eventId: event.eventId, repeated: true, addresseeNumbers: [] }
}

/** What a cancellation undoes; refuses one that there is not, or that has been undone already. */
async function changesToCancel(
  tx: Transaction,
  { municipality }: Scope,
  eventId: string,
): Promise<readonly Change[]> {
  const wrong = await findEvent(tx, municipality, eventId)
  if (wrong === null) {
    throw new Refusal(['取り消す異動がありません。異動の履歴で受付番号を確かめてください。'])
  }
  if (wrong.kind === '異動の取消') {
    throw new Refusal(['取消しは取り消せません。正しい異動を、改めて記録してください。'])
  }
  if (wrong.cancelledBy !== null) {
    throw new Refusal(['この異動は、すでに取り消されています。'])
  }
  return findChanges(tx, municipality, eventId)
}

type Coming = Arrival & { readonly number: IndividualNumber | null }

async function arrivalsOf(
  stores: Stores,
  scope: Scope,
  event: ResidentEvent,
  actor: Actor,
): Promise<Coming[]> {
  if (event.kind === '個人番号変更')
    return [{ ...nobody, number: numberOf('', event.individualNumber) }]
  if (event.kind === '出生') {
    const born = event.newborns.map((newborn) => ({ ...newborn, birthDate: event.occurredOn }))
    return born.map((newborn, index) => newcomerArrival(newborn, index, null))
  }
  if (event.kind === '職権記載') {
    return event.newcomers.map((newcomer, index) => newcomerArrival(newcomer, index, null))
  }
  if (event.kind !== '転入') return []
  const within = event.movedOutOf
    ? await movedOutCertificate(stores, scope, event.movedOutOf, actor)
    : []
  return [
    ...within,
    ...event.newcomers.map((newcomer, index) =>
      newcomerArrival(newcomer, index, event.movedFromMunicipality),
    ),
  ]
}

/**
 * 転出証明書情報 — what the former municipality tells the new one, number included; read in the former's own
 * scope and vault, so that the two municipalities never see each other's tables.
 */
async function movedOutCertificate(
  stores: Stores,
  scope: Scope,
  from: { municipalityCode: string; addresseeNumbers: readonly string[] },
  actor: Actor,
): Promise<Coming[]> {
  if (from.municipalityCode === scope.municipality) {
    throw new Refusal(['転入前と転入先が同じ市区町村です。転居として届け出てください。'])
  }
  municipalityNamed(from.municipalityCode)
  const former: Scope = {
    union: from.municipalityCode.slice(0, 2),
    municipality: from.municipalityCode,
  }
  const left = await stores.residentRegister.transaction(former, (tx) =>
    findResidents(tx, from.municipalityCode, from.addresseeNumbers),
  )
  const reasons: string[] = []
  for (const number of from.addresseeNumbers) {
    const resident = left.find(({ addresseeNumber }) => addresseeNumber === number)
    if (
      resident?.changeReason !== changeReasons.movedOut ||
      resident.movedToMunicipality !== scope.municipality
    ) {
      reasons.push(
        `転入前の市区町村 ${from.municipalityCode} に、宛名番号 ${number} のこの市区町村への転出がありません。`,
      )
    }
  }
  if (reasons.length > 0) throw new Refusal(reasons)
  const reason: RevealManyReason = {
    channel: 'api',
    actor,
    party: `municipality:${from.municipalityCode}`,
    purpose: '転出証明書情報の通知',
    persons: left.map(({ runningNumber }) => auditKey(from.municipalityCode, runningNumber)),
  }
  const numbers = await stores.vaultOpener.transaction(former, (tx) =>
    stores.vault.revealMany(
      tx,
      left.map(({ numberToken }) => numberToken),
      reason,
    ),
  )
  return left.map((resident, index) => ({
    ...arrivalOf(resident),
    movedFromMunicipality: from.municipalityCode,
    number: numbers[index] ?? null,
  }))
}

const arrivalOf = (resident: Resident): Arrival => ({
  numberToken: null,
  name: resident.name,
  nameKana: resident.nameKana,
  alias: resident.alias,
  formerName: resident.formerName,
  birthDate: resident.birthDate,
  birthDateUnknown: resident.birthDateUnknown,
  birthDateText: resident.birthDateText,
  sex: resident.sex,
  relationship: resident.relationship,
  residentKind: resident.residentKind,
  residenceStatus: resident.residenceStatus,
  stayUntil: resident.stayUntil,
  movedFromMunicipality: null,
})

/** 個人番号変更 brings a number and nobody with it. */
const nobody = {
  name: '',
  nameKana: null,
  alias: null,
  formerName: null,
  birthDate: '' as PlainDate,
  birthDateUnknown: null,
  birthDateText: null,
  sex: '0',
  relationship: '',
  residentKind: '1',
  residenceStatus: null,
  stayUntil: null,
  movedFromMunicipality: null,
  numberToken: null,
} as const satisfies Arrival

function numberOf(whose: string, given: string): IndividualNumber {
  const parsed = parseIndividualNumber(given)
  if (!parsed.ok) throw new Refusal([`${whose}個人番号: ${parsed.reason}`])
  return parsed.value
}

function newcomerArrival(
  newcomer: Newcomer,
  index: number,
  movedFromMunicipality: string | null,
): Coming {
  const number =
    newcomer.individualNumber === null
      ? null
      : numberOf(`${index + 1}人目の`, newcomer.individualNumber)
  return {
    numberToken: null,
    name: newcomer.name,
    nameKana: newcomer.nameKana,
    alias: newcomer.alias,
    formerName: newcomer.formerName,
    birthDate: newcomer.birthDate as PlainDate,
    birthDateUnknown: null,
    birthDateText: null,
    sex: newcomer.sex,
    relationship: newcomer.relationship,
    residentKind: newcomer.residentKind,
    residenceStatus: newcomer.residenceStatus,
    stayUntil: newcomer.stayUntil as PlainDate | null,
    movedFromMunicipality,
    number,
  }
}
