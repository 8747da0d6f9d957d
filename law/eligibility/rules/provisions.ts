import type { PlainDate } from '@koiki/kernel'
import type { FacilityStay, PersonFacts, Residence, ResidenceProvision } from '../entitlement.ts'
import { facilityKinds } from '../law/facilityKinds.ts'
import { nationalHealthProvision } from '../law/nationalHealthProvision.ts'
import { qualifyingDay } from './acquisition.ts'

/** 効いている住所地特例 — by whether this union or another one is the insurer. */
export type Provisions = {
  readonly ours: readonly ResidenceProvision[]
  readonly elsewhere: readonly ResidenceProvision[]
}

/**
 * 住所地特例 — which of those told are in force and until when (法55条・55条の2). The insurer is the union before
 * the first of several facilities, so a provision lasts while facility follows facility without a gap;
 * a day outside them, or in a place that is no facility of 法55条, ends it.
 */
export function provisions(person: PersonFacts): Provisions {
  const inForce = person.provisions
    .filter((one) => one.kind !== '国保' || carriesNationalHealth(person))
    .map((one) => ({ ...one, until: earlier(one.until, chainEnd(one.from, person.facilityStays)) }))
    .filter(({ from, until }) => until === null || from < until)
  const ours = (one: ResidenceProvision): boolean =>
    one.kind === '当広域' || (one.kind === '国保' && one.insurerUnion === person.union)
  return { ours: inForce.filter(ours), elsewhere: inForce.filter((one) => !ours(one)) }
}

/**
 * 住所地特例による住所 — the stays of the registers, and for each provision of ours an address in the
 * municipality that it names. A facility inside the area needs none: the address there is in the area. Where 住登外登録情報 tells of the same, both are one: from the earlier day, until
 * the earlier end.
 */
export function withProvisions(
  stays: readonly Residence[],
  ours: readonly ResidenceProvision[],
): readonly Residence[] {
  let all = stays
  for (const one of ours) {
    if (stays.some((stay) => arrivedInArea(stay, one.from))) continue
    const same = (stay: Residence): boolean =>
      stay.register === 'nonRegistered' &&
      stay.municipality === one.municipality &&
      (stay.removedOn === null || stay.removedOn >= one.from) &&
      (one.until === null || one.until >= stay.from)
    all = all.some(same)
      ? all.map((stay) => (same(stay) ? joined(stay, one) : stay))
      : [...all, stayOf(one)]
  }
  return all
}

const arrivedInArea = (stay: Residence, on: PlainDate): boolean =>
  stay.register === 'residentRegister' && stay.from === on && stay.removedOn !== on

function stayOf({ residentKey, municipality, from, until }: ResidenceProvision): Residence {
  return {
    residentKey,
    municipality,
    register: 'nonRegistered',
    from,
    removedOn: until,
    ending: until === null ? null : 'provisionEnded',
    movedFrom: null,
    movedTo: null,
    stayUntil: null,
  }
}

function joined(stay: Residence, { from, until }: ResidenceProvision): Residence {
  const removedOn = earlier(stay.removedOn, until)
  return {
    ...stay,
    from: from < stay.from ? from : stay.from,
    removedOn,
    ending: removedOn === null ? null : (stay.ending ?? 'provisionEnded'),
  }
}

/** The day on which the facilities that follow each other from `day` on end; null while they go on. */
function chainEnd(day: PlainDate, stays: readonly FacilityStay[]): PlainDate | null {
  const covered = stays
    .filter(({ kind, from }) => facilityKinds.find(from)?.value.includes(kind))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  let end = covered.find(({ from, until }) => from <= day && (until === null || day < until))?.until
  if (end === undefined) return null
  for (const { from, until } of covered) {
    if (end === null) break
    if (from <= end && (until === null || until > end)) end = until
  }
  return end
}

/** Only who comes of age, or is certified, since the provision exists (平成30年4月1日). */
function carriesNationalHealth({ birthDate, disabilities }: PersonFacts): boolean {
  const days = [qualifyingDay(birthDate), ...disabilities.map(({ certifiedOn }) => certifiedOn)]
  return nationalHealthProvision.find(days.sort()[0]!)?.value ?? false
}

function earlier(a: PlainDate | null, b: PlainDate | null): PlainDate | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
