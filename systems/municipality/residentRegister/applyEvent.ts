import type { PlainDate } from '@koiki/kernel'
import { Refusal } from '../refusal.ts'
import { changeReasons, householdHead, type Resident, residentStatus } from '../resident.ts'
import { type Change, cancelled } from './cancelled.ts'
import { changeOf } from './changeOf.ts'
import type { ResidentEvent } from './event.ts'

/** What the register knows when an event is judged. */
export interface EventFacts {
  readonly today: PlainDate
  /** Everyone named by the event, and everyone in a household that it touches. */
  readonly residents: readonly Resident[]
  /** 転入・出生・職権記載: who arrives, as the former register or the notification describes them. */
  readonly arrivals: readonly Arrival[]
  /** Events of the persons named that occurred after this one and stand. */
  readonly later: readonly LaterEvent[]
  /** 異動の取消: what the cancelled event changed. */
  readonly cancelled: readonly Change[]
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

interface LaterEvent {
  readonly addresseeNumber: string
  readonly kind: string
  readonly occurredOn: PlainDate
}

/** 転入者 — what comes with a person who is new on the register. */
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
  | 'residenceStatus'
  | 'stayUntil'
  | 'movedFromMunicipality'
>

/**
 * 住民異動 — what the register holds after the event: only the residents that changed. Throws Refusal
 * with every reason when a person is unknown or gone, a day is impossible or out of order, or a household
 * would be left without exactly one head.
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
  const { people, refusals } = peopleOf(event, occurredOn, known)
  reasons.push(...refusals, ...outOfOrder(event.kind, occurredOn, facts.later))
  if (reasons.length > 0) throw new Refusal(reasons)

  const changed =
    event.kind === '異動の取消'
      ? cancelled(facts.cancelled, known)
      : changeOf(event, occurredOn, people, facts)
  const after = new Map(known)
  for (const resident of changed) after.set(resident.addresseeNumber, resident)
  if (movesHouseholds(event)) settleHouseholds(event.relationships, occurredOn, known, after)
  if (movesHouseholds(event) || event.kind === '異動の取消') checkHeads(known, after)
  return [...after.values()]
    .filter((resident) => known.get(resident.addresseeNumber) !== resident)
    .map((resident) => ({ ...resident, operatedOn: facts.today }))
}

/** Who is named, and why some of them cannot have this event. */
function peopleOf(
  event: ResidentEvent,
  occurredOn: PlainDate,
  known: ReadonlyMap<string, Resident>,
): { people: Resident[]; refusals: string[] } {
  const refusals: string[] = []
  const people: Resident[] = []
  const named = 'addresseeNumbers' in event ? event.addresseeNumbers : []
  for (const number of new Set(named)) {
    const resident = known.get(number)
    if (resident === undefined) {
      refusals.push(`宛名番号 ${number} の住民票がありません。宛名番号を確かめてください。`)
    } else if (event.kind === '職権回復') {
      if (resident.status === residentStatus.removed) people.push(resident)
      else refusals.push(`宛名番号 ${number} の住民票は消除されていません。回復は要りません。`)
    } else if (event.kind === '職権修正') {
      people.push(resident)
    } else if (resident.status === residentStatus.removed) {
      refusals.push(`宛名番号 ${number} の住民票は ${resident.removedOn} に消除されています。`)
    } else if (occurredOn < resident.residentFrom) {
      refusals.push(
        `宛名番号 ${number} の人が住民となった日 ${resident.residentFrom} より前の異動はできません。`,
      )
    } else people.push(resident)
  }
  return { people, refusals }
}

/** Which later events would be overwritten by one that is told only now. */
const overwrites: Readonly<Record<string, readonly string[]>> = {
  転居: ['転居'],
  転出: ['転居', '世帯変更'],
  死亡: ['転居', '世帯変更'],
  職権消除: ['転居', '世帯変更'],
  世帯変更: ['転居', '世帯変更'],
  氏名変更: ['氏名変更'],
  在留資格変更: ['在留資格変更'],
}

/**
 * 遡った異動 — may be told late, but never on top of a later one of its kind: the register would then show
 * the older state as the present one.
 */
function outOfOrder(
  kind: string,
  occurredOn: PlainDate,
  later: readonly LaterEvent[],
): readonly string[] {
  return later
    .filter((other) => overwrites[kind]?.includes(other.kind) === true)
    .map(
      (other) =>
        `宛名番号 ${other.addresseeNumber} には、${occurredOn} より後の${other.kind}(${other.occurredOn})があります。先にそれを取り消し、古い順に記録し直してください。`,
    )
}

type HouseholdEvent = Extract<ResidentEvent, { relationships: unknown }>

const movesHouseholds = (event: ResidentEvent): event is HouseholdEvent => 'relationships' in event

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
