import type { PlainDate } from '@koiki/kernel'
import type { NonRegisteredPerson } from '../nonRegisteredPerson.ts'
import { Refusal } from '../refusal.ts'
import type { NonRegisteredChanges, NonRegisteredEvent } from './nonRegisteredEvent.ts'

/** What is known when an event of a 住登外者 is judged. */
export interface NonRegisteredFacts {
  readonly today: PlainDate
  readonly municipality: string
  /** The person named, as kept now; null for a new one. */
  readonly held: NonRegisteredPerson | null
  /** The vault's token of the number that the event brings; null where it brings none. */
  readonly token: string | null
  /** 宛名番号 of somebody else who is kept with this token, or is the one to be merged into. */
  readonly sameNumber: string | null
  readonly mergeTarget: NonRegisteredPerson | null
  readonly newNumber: () => { addresseeNumber: string; runningNumber: number }
}

/** 住登外の届出のあと — the person as kept from now on; throws Refusal with every reason. */
export function afterNonRegistered(
  event: NonRegisteredEvent,
  facts: NonRegisteredFacts,
): NonRegisteredPerson {
  const reasons: string[] = []
  if (event.occurredOn > facts.today) {
    reasons.push(`届出の日 ${event.occurredOn} は今日 ${facts.today} より後です。`)
  }
  if (event.kind !== '住登外登録' && facts.held === null) {
    throw new Refusal([
      ...reasons,
      `宛名番号 ${event.addresseeNumber} の住登外者がいません。宛名番号を確かめてください。`,
    ])
  }
  if (facts.held !== null && facts.held.removedOn !== null) {
    reasons.push(
      `宛名番号 ${facts.held.addresseeNumber} の住登外の登録は ${facts.held.removedOn} に消除されています。`,
    )
  }
  const after = withEffects(contentAfter(event, facts))
  reasons.push(...contradictions(after, facts))
  if (facts.sameNumber !== null) {
    reasons.push(
      `同じ個人番号の人が、宛名番号 ${facts.sameNumber} ですでに登録されています。その登録を変更してください。`,
    )
  }
  if (reasons.length > 0) throw new Refusal(reasons)
  if (facts.held !== null && same(facts.held, after)) {
    throw new Refusal(['もうそのとおりの内容です。変えるところを確かめてください。'])
  }
  return { ...after, operatedOn: facts.today }
}

/** 支援措置の効果 — none without a measure; of a measure of which neither is told, both. */
function withEffects(person: NonRegisteredPerson): NonRegisteredPerson {
  if (person.supportKind === '0')
    return { ...person, nonDisclosure: '0', selfProvisionDisabled: '0' }
  const told = person.nonDisclosure === '1' || person.selfProvisionDisabled === '1'
  return told ? person : { ...person, nonDisclosure: '1', selfProvisionDisabled: '1' }
}

function contentAfter(event: NonRegisteredEvent, facts: NonRegisteredFacts): NonRegisteredPerson {
  const { held, token } = facts
  if (event.kind === '住登外登録') {
    const { registeredAt, facility, address, individualNumber: _, ...person } = event.person
    return {
      ...(person as Pick<NonRegisteredPerson, keyof typeof person>),
      municipalityCode: facts.municipality,
      ...facts.newNumber(),
      numberToken: token,
      registeredAtMunicipality: registeredAt,
      ...placed(address, facility),
      representative: '0',
      mergedIntoAddresseeNumber: null,
      removedOn: null,
      operatedOn: facts.today,
    }
  }
  const now = held as NonRegisteredPerson
  if (event.kind === '住登外消除') {
    const occurredOn = event.occurredOn as PlainDate
    return { ...now, removedOn: occurredOn, appliesUntil: now.appliesUntil ?? occurredOn }
  }
  return { ...now, ...written(event.changes, now, token) }
}

function written(
  {
    registeredAt,
    facility,
    address,
    individualNumber,
    mergedInto,
    ...fields
  }: NonRegisteredChanges,
  now: NonRegisteredPerson,
  token: string | null,
): Partial<NonRegisteredPerson> {
  return {
    ...(fields as Partial<NonRegisteredPerson>),
    ...(registeredAt === undefined ? {} : { registeredAtMunicipality: registeredAt }),
    ...(individualNumber === undefined ? {} : { numberToken: token }),
    ...(facility === undefined
      ? {}
      : { facilityKind: facility?.kind ?? null, facilityName: facility?.name ?? null }),
    ...(address === undefined
      ? {}
      : placed(
          address,
          facility === undefined
            ? { kind: now.facilityKind, name: now.facilityName }
            : (facility ?? null),
        )),
    ...(mergedInto === undefined
      ? {}
      : {
          mergedIntoAddresseeNumber: mergedInto,
          representative: mergedInto === null ? '0' : '1',
        }),
  }
}

type AddressGiven = NonNullable<NonRegisteredChanges['address']>

/** The union's file has no column for a facility: its name is the 方書 of the address. */
const placed = (
  address: AddressGiven,
  facility: { readonly kind: string | null; readonly name: string | null } | null,
) => ({
  postalCode: address.postalCode,
  municipalityName: address.municipalityName,
  townName: address.townName,
  houseNumber: address.houseNumber,
  building: address.building ?? facility?.name ?? null,
  facilityKind: facility?.kind ?? null,
  facilityName: facility?.name ?? null,
})

function contradictions(after: NonRegisteredPerson, facts: NonRegisteredFacts): string[] {
  const reasons: string[] = []
  if (after.birthDate > facts.today) reasons.push('生年月日が今日より後です。')
  if (after.birthDateUnknown === '1' && after.birthDateText === null)
    reasons.push('生年月日が不詳なら、表記(birthDateText)も書いてください。')
  if (after.municipalityName === null)
    reasons.push('住所に市区郡町村名(municipalityName)を書いてください。')
  if (after.nonRegisteredKind === '1') {
    if (after.appliesFrom === null)
      reasons.push('住所地特例には適用開始日(appliesFrom)が要ります。')
    // The first holdings name no facility; whoever is written now is somewhere.
    if (after.facilityKind === null && facts.held?.facilityKind !== null)
      reasons.push('住所地特例には施設(facility)が要ります。')
    if (after.registeredAtMunicipality === facts.municipality)
      reasons.push('住民票がこの市区町村にある人は、住登外ではありません。')
  } else if (after.facilityKind !== null) {
    reasons.push('施設は、住所地特例(nonRegisteredKind 1)の人にだけ書けます。')
  }
  if (after.appliesFrom !== null && after.appliesUntil !== null)
    if (after.appliesUntil < after.appliesFrom)
      reasons.push(
        `適用終了日 ${after.appliesUntil} が、適用開始日 ${after.appliesFrom} より前です。`,
      )
  if (after.supportKind === '1' && after.supportFrom === null)
    reasons.push('支援措置には開始日(supportFrom)が要ります。')
  if (after.mergedIntoAddresseeNumber !== null) {
    const { mergeTarget } = facts
    if (after.mergedIntoAddresseeNumber === after.addresseeNumber)
      reasons.push('名寄せ先が本人の宛名番号です。')
    else if (facts.held?.mergedIntoAddresseeNumber !== after.mergedIntoAddresseeNumber) {
      if (mergeTarget === null)
        reasons.push(`名寄せ先の宛名番号 ${after.mergedIntoAddresseeNumber} の人がいません。`)
      else if (mergeTarget.representative === '1')
        reasons.push('名寄せ先も非代表です。代表の宛名番号を書いてください。')
    }
  }
  return reasons
}

const same = (one: NonRegisteredPerson, other: NonRegisteredPerson): boolean =>
  (Object.keys(one) as (keyof NonRegisteredPerson)[]).every(
    (field) => field === 'operatedOn' || one[field] === other[field],
  )
