import type { PlainDate } from '@koiki/kernel'
import { Refusal } from '../refusal.ts'
import { changeReasons, householdHead, type Resident, residentStatus } from '../resident.ts'
import type { Address, ResidentEvent } from './event.ts'

/** What the register knows when an event is judged. */
export interface EventFacts {
  readonly today: PlainDate
  /** Everyone named by the event, and everyone in a household that it touches. */
  readonly residents: readonly Resident[]
  /** 転入: who arrives, as the former register or the notification describes them, not yet addressed. */
  readonly arrivals: readonly Arrival[]
  readonly municipality: {
    readonly code: string
    readonly prefecture: string
    readonly name: string
  }
  /** A number that this municipality has never given. */
  readonly newNumber: () => string
  /** The next 住民の連番. */
  readonly newRunningNumber: () => number
}

/** 転入者 — what comes with a person who moves in. */
export type Arrival = Pick<
  Resident,
  | 'numberToken'
  | 'name'
  | 'nameKana'
  | 'alias'
  | 'formerName'
  | 'birthDate'
  | 'birthDateUnknown'
  | 'birthDateText'
  | 'sex'
  | 'relationship'
  | 'residentKind'
  | 'stayUntil'
  | 'movedFromMunicipality'
>

/**
 * 住民異動 — what the register holds after the event: only the residents that changed. Throws Refusal
 * with every reason when a person is unknown or gone, a day is impossible, or a household would be left
 * without exactly one head.
 */
export function applyEvent(event: ResidentEvent, facts: EventFacts): Resident[] {
  const known = new Map(facts.residents.map((resident) => [resident.addresseeNumber, resident]))
  const occurredOn = event.occurredOn as PlainDate
  const reasons: string[] = []
  if (occurredOn > facts.today) {
    reasons.push(
      `異動の日 ${occurredOn} は今日 ${facts.today} より後です。日付を確かめてください。`,
    )
  }

  const named = 'addresseeNumbers' in event ? event.addresseeNumbers : []
  const people: Resident[] = []
  for (const number of new Set(named)) {
    const resident = known.get(number)
    if (resident === undefined) {
      reasons.push(`宛名番号 ${number} の住民票がありません。宛名番号を確かめてください。`)
    } else if (resident.status === residentStatus.removed) {
      reasons.push(`宛名番号 ${number} の住民票は ${resident.removedOn} に消除されています。`)
    } else if (occurredOn < resident.residentFrom) {
      reasons.push(
        `宛名番号 ${number} の人が住民となった日 ${resident.residentFrom} より前の異動はできません。`,
      )
    } else people.push(resident)
  }
  if (reasons.length > 0) throw new Refusal(reasons)

  const changed = changeOf(event, occurredOn, people, facts)
  const after = new Map(known)
  for (const resident of changed) after.set(resident.addresseeNumber, resident)
  if (movesHouseholds(event)) {
    settleHouseholds(event.relationships, occurredOn, known, after)
    checkHeads(known, after)
  }
  return [...after.values()]
    .filter((resident) => known.get(resident.addresseeNumber) !== resident)
    .map((resident) => ({ ...resident, operatedOn: facts.today }))
}

type HouseholdEvent = Extract<ResidentEvent, { relationships: unknown }>

const movesHouseholds = (event: ResidentEvent): event is HouseholdEvent => 'relationships' in event

function changeOf(
  event: ResidentEvent,
  occurredOn: PlainDate,
  people: readonly Resident[],
  facts: EventFacts,
): Resident[] {
  const change = (part: (resident: Resident) => Partial<Resident>): Resident[] =>
    people.map((resident) => ({ ...resident, changedOn: occurredOn, ...part(resident) }))
  switch (event.kind) {
    case '転入': {
      if (facts.arrivals.length === 0) {
        throw new Refusal([
          '転入する人がありません。movedOutOf か newcomers に1人以上を書いてください。',
        ])
      }
      const householdNumber = event.householdNumber ?? facts.newNumber()
      return facts.arrivals.map((arrival) => ({
        ...arrival,
        municipalityCode: facts.municipality.code,
        addresseeNumber: facts.newNumber(),
        runningNumber: facts.newRunningNumber(),
        householdNumber,
        ...addressOf(event.address),
        prefectureName: facts.municipality.prefecture,
        municipalityName: event.address.municipalityName ?? facts.municipality.name,
        residentFrom: occurredOn,
        status: residentStatus.present,
        changedOn: occurredOn,
        changeReason: changeReasons.movedIn,
        removedOn: null,
        movedToMunicipality: null,
        ...unprotected,
        ...notExcluded,
        operatedOn: facts.today,
      }))
    }
    case '転居': {
      return change((resident) => ({
        ...addressOf(event.address),
        municipalityName: event.address.municipalityName ?? resident.municipalityName,
        householdNumber: event.householdNumber ?? resident.householdNumber,
        changeReason: changeReasons.movedWithin,
      }))
    }
    case '転出':
      return change(() => ({
        status: residentStatus.removed,
        removedOn: occurredOn,
        movedToMunicipality: event.movedToMunicipality,
        changeReason: changeReasons.movedOut,
      }))
    case '死亡':
      return change(() => ({
        status: residentStatus.removed,
        removedOn: occurredOn,
        changeReason: changeReasons.died,
      }))
    case '世帯変更': {
      const householdNumber = event.householdNumber ?? facts.newNumber()
      return change(() => ({ householdNumber, changeReason: changeReasons.householdChanged }))
    }
    case '生活保護開始':
      return change((resident) => {
        if (resident.exclusionKind !== '0' && resident.exclusionUntil === null) {
          throw new Refusal([
            `宛名番号 ${resident.addresseeNumber} は、すでに適用除外の期間中です。`,
          ])
        }
        return {
          exclusionKind: '1',
          exclusionFrom: occurredOn,
          exclusionUntil: null,
          changeReason: changeReasons.correctedExOfficio,
        }
      })
    case '生活保護終了':
      return change((resident) => {
        if (resident.exclusionKind !== '1' || resident.exclusionUntil !== null) {
          throw new Refusal([
            `宛名番号 ${resident.addresseeNumber} は、生活保護の期間中ではありません。`,
          ])
        }
        if (resident.exclusionFrom !== null && occurredOn < resident.exclusionFrom) {
          throw new Refusal([
            `生活保護の終わりの日 ${occurredOn} が、始まりの日 ${resident.exclusionFrom} より前です。`,
          ])
        }
        return { exclusionUntil: occurredOn, changeReason: changeReasons.correctedExOfficio }
      })
    case '支援措置開始':
      return change(() => ({
        supportKind: '1',
        supportFrom: occurredOn,
        supportUntil: event.until as PlainDate | null,
        changeReason: changeReasons.correctedExOfficio,
      }))
    case '支援措置終了':
      return change((resident) => {
        if (resident.supportKind !== '1') {
          throw new Refusal([`宛名番号 ${resident.addresseeNumber} には、支援措置がありません。`])
        }
        return {
          supportKind: '0',
          supportUntil: occurredOn,
          changeReason: changeReasons.correctedExOfficio,
        }
      })
  }
}

const unprotected = { supportKind: '0', supportFrom: null, supportUntil: null } as const
const notExcluded = { exclusionKind: '0', exclusionFrom: null, exclusionUntil: null } as const

const addressOf = (address: Address) => ({
  postalCode: address.postalCode,
  townCode: address.townCode,
  townName: address.townName,
  houseNumber: address.houseNumber,
  building: address.building,
})

/** Writes the relationships that were given, and makes a person who is left alone the head. */
function settleHouseholds(
  relationships: Readonly<Record<string, string>>,
  occurredOn: PlainDate,
  known: ReadonlyMap<string, Resident>,
  after: Map<string, Resident>,
): void {
  const relate = (resident: Resident, relationship: string) => {
    if (resident.relationship === relationship) return
    const moved = known.get(resident.addresseeNumber) !== resident
    after.set(resident.addresseeNumber, {
      ...resident,
      relationship,
      // A person who moved keeps the reason of the move; one who stayed has a change of household.
      ...(moved ? {} : { changedOn: occurredOn, changeReason: changeReasons.householdChanged }),
    })
  }
  const reasons: string[] = []
  for (const [number, relationship] of Object.entries(relationships)) {
    const resident = after.get(number)
    if (resident === undefined || resident.status === residentStatus.removed) {
      reasons.push(`続柄を書いた宛名番号 ${number} の人は、この異動の世帯にいません。`)
    } else relate(resident, relationship)
  }
  if (reasons.length > 0) throw new Refusal(reasons)
  for (const members of households(after).values()) {
    const [only] = members
    if (members.length === 1 && only !== undefined) relate(only, householdHead)
  }
}

function checkHeads(
  known: ReadonlyMap<string, Resident>,
  after: ReadonlyMap<string, Resident>,
): void {
  const reasons: string[] = []
  for (const [householdNumber, members] of households(after)) {
    // A household that the event does not touch is left as it was received, faults and all.
    if (members.every((resident) => known.get(resident.addresseeNumber) === resident)) {
      const before = households(known).get(householdNumber)
      if (before?.length === members.length) continue
    }
    const heads = members.filter((resident) => resident.relationship === householdHead)
    if (heads.length === 1) continue
    const numbers = members.map((resident) => resident.addresseeNumber).join('、')
    reasons.push(
      heads.length === 0
        ? `世帯 ${householdNumber} に世帯主がいなくなります(残る人: ${numbers})。relationships に新しい世帯主と続柄を書いてください。`
        : `世帯 ${householdNumber} の世帯主が${heads.length}人になります(${numbers})。relationships に続柄を書いてください。`,
    )
  }
  if (reasons.length > 0) throw new Refusal(reasons)
}

function households(residents: ReadonlyMap<string, Resident>): Map<string, Resident[]> {
  const found = new Map<string, Resident[]>()
  for (const resident of residents.values()) {
    if (resident.status === residentStatus.removed) continue
    const members = found.get(resident.householdNumber)
    if (members === undefined) found.set(resident.householdNumber, [resident])
    else members.push(resident)
  }
  return found
}
