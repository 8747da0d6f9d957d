import {
  at,
  clip,
  combine,
  dayBefore,
  type Finding,
  type Period,
  type PlainDate,
  type Timeline,
  timeline,
} from '@koiki/kernel'
import type {
  Entitlement,
  EntitlementAnswer,
  EntitlementPiece,
  Exclusion,
  PersonFacts,
  Residence,
} from '../entitlement.ts'
import { acquisition, firstPossibleDay } from './acquisition.ts'
import { type Addresses, addresses } from './addresses.ts'
import { loss } from './loss.ts'
import { unmetRequirements } from './requirements.ts'

/**
 * 被保険者資格 — the rights of one person as far as they are known on `asOf` (法50条〜53条): of age, an address
 * in the area, no 適用除外. What begins after `asOf` is not decided yet; `nextCheckOn` is the first day on
 * which something would begin without any new record.
 */
export function entitlementOf(person: PersonFacts, asOf: PlainDate): EntitlementAnswer {
  const possible = firstPossibleDay(person.birthDate)
  const known = addresses(person.residences, person.union, possible, asOf)
  const missing = [...known.missing, ...unknownExclusionEnds(person.exclusions)]
  if (possible <= asOf && missing.length > 0) return { kind: 'incomplete', missing }

  const held = heldPeriods(person, known, possible)
  const all = entitlements(person, known, held)
  const decided = all.filter(({ acquiredOn, pieces }) => later(acquiredOn, pieces[0]!.from) <= asOf)
  const nextCheckOn = nextDay(person, all, missing.length > 0 ? [possible] : [], asOf)
  const reasons = unmetRequirements(person, known.governing, asOf)
  return reasons.length === 0
    ? { kind: 'eligible', entitlements: decided, nextCheckOn }
    : { kind: 'notEligible', reasons, entitlements: decided, nextCheckOn }
}

/** Stretches of address that count: from the first possible day, without 適用除外 of that municipality. */
function heldPeriods(
  person: PersonFacts,
  { governing }: Addresses,
  possible: PlainDate,
): Timeline<Residence> {
  const addressed = clip(governing, possible, null)
  if (person.exclusions.length === 0) return addressed
  const excluded: Period<Exclusion>[] = []
  for (const { from, until, value } of addressed) {
    const own = person.exclusions.filter(({ residentKey }) => residentKey === value.residentKey)
    const within = own.map((one) => ({ from: one.from, until: one.until, value: one }))
    excluded.push(...clip(timeline(within), from, until))
  }
  return combine(addressed, timeline(excluded), (residence, exclusion) =>
    exclusion === undefined ? residence : undefined,
  )
}

/** Joins stretches that touch into rights, and names how each began and ended. */
function entitlements(
  person: PersonFacts,
  { governing }: Addresses,
  held: Timeline<Residence>,
): readonly Entitlement[] {
  const rights: Entitlement[] = []
  for (const [index, first] of held.entries()) {
    if (held[index - 1]?.until === first.from) continue
    let end = index
    while (held[end]!.until !== null && held[end + 1]?.from === held[end]!.until) end += 1
    const last = held[end]!
    const { acquiredOn, ground } = acquisition({
      on: first.from,
      birthDate: person.birthDate,
      union: person.union,
      residence: first.value,
      addressedBefore: at(governing, dayBefore(first.from)) !== undefined,
      firstKnown: governing[0]!.value === first.value,
    })
    const lostOn = last.until
    rights.push({
      acquiredOn,
      groundAcquired: ground,
      lostOn,
      groundLost: lostOn === null ? null : loss(last.value, at(governing, lostOn) !== undefined),
      pieces: held.slice(index, end + 1).map(piece),
    })
  }
  return rights
}

function piece({ from, until, value }: Period<Residence>): EntitlementPiece {
  return { from, until, municipality: value.municipality, residentKey: value.residentKey }
}

function unknownExclusionEnds(exclusions: readonly Exclusion[]): readonly Finding[] {
  return exclusions
    .filter(({ endUnknown }) => endUnknown)
    .map(({ from, kind }) => ({
      code: 'eligibility.exclusionEndUnknown',
      at: '適用除外終了日',
      facts: { from, kind },
    }))
}

/** The next day on which what is already known begins to count. */
function nextDay(
  person: PersonFacts,
  rights: readonly Entitlement[],
  others: readonly PlainDate[],
  asOf: PlainDate,
): PlainDate | null {
  const days = [
    ...others,
    ...rights.map(({ pieces }) => pieces[0]!.from),
    ...person.residences.map(({ from }) => from),
  ].filter((day) => day > asOf)
  return days.sort()[0] ?? null
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
