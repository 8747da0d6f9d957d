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
  Basis,
  Entitlement,
  EntitlementAnswer,
  EntitlementPiece,
  Exclusion,
  PersonFacts,
  Residence,
  ResidenceProvision,
} from '../entitlement.ts'
import { acquisition, firstPossibleDay } from './acquisition.ts'
import { addresses } from './addresses.ts'
import { earliestDay, qualification } from './disability.ts'
import { exclusionDays, ofPerson } from './exclusionDays.ts'
import { loss } from './loss.ts'
import { provisions, withProvisions } from './provisions.ts'
import { type Requirements, unmetRequirements } from './requirements.ts'

/** 資格のある日 — where one is insured, and on what basis. */
type Held = { readonly residence: Residence; readonly basis: Basis }

/**
 * 被保険者資格 — the rights of one person as far as they are known on `asOf` (法50条〜55条の2): of age or certified,
 * an address in the area, no 適用除外, not another union's. What begins after `asOf` is not decided yet;
 * `nextCheckOn` is the first day on which something would begin without any new record.
 */
export function entitlementOf(person: PersonFacts, asOf: PlainDate): EntitlementAnswer {
  const earliest = earliestDay(person)
  const { ours, elsewhere } = provisions(person)
  const stays = withProvisions(person.residences, ours)
  const { governing, missing: doubts } = addresses(stays, person.union, earliest, asOf)
  const missing = [...doubts, ...unknownExclusionEnds(person.exclusions)]
  if (earliest <= asOf && missing.length > 0) return { kind: 'incomplete', missing }

  const known: Requirements = {
    governing,
    qualified: qualification(person, governing, asOf),
    excluded: excludedDays(person, governing),
    elsewhere: elsewhereDays(elsewhere),
  }
  const all = entitlements(person, known, heldDays(known, earliest))
  const decided = all.filter(({ acquiredOn, pieces }) => later(acquiredOn, pieces[0]!.from) <= asOf)
  const possible = firstPossibleDay(person.birthDate)
  const nextCheckOn = nextDay(
    [
      ...(missing.length > 0 ? [earliest] : []),
      ...(person.disabilities.length > 0 ? [possible] : []),
      ...all.map(({ pieces }) => pieces[0]!.from),
      ...stays.map(({ from }) => from),
    ],
    asOf,
  )
  const reasons = unmetRequirements(person, known, asOf)
  return reasons.length === 0
    ? { kind: 'eligible', entitlements: decided, nextCheckOn }
    : { kind: 'notEligible', reasons, entitlements: decided, nextCheckOn }
}

/** Days of 適用除外, each where the person then lived. */
function excludedDays(person: PersonFacts, governing: Timeline<Residence>): Timeline<Exclusion> {
  if (person.exclusions.length === 0) return []
  const days: Period<Exclusion>[] = []
  for (const { from, until, value } of governing) {
    const own = person.exclusions.filter(
      (one) => one.residentKey === value.residentKey || ofPerson(one),
    )
    days.push(...clip(exclusionDays(own), from, until))
  }
  return timeline(days)
}

function elsewhereDays(elsewhere: readonly ResidenceProvision[]): Timeline<ResidenceProvision> {
  let days: Timeline<ResidenceProvision> = []
  for (const value of elsewhere) {
    const own = timeline([{ from: value.from, until: value.until, value }])
    days = combine(days, own, (one, other) => one ?? other)
  }
  return days
}

/** Days on which every requirement is met. */
function heldDays(known: Requirements, earliest: PlainDate): Timeline<Held> {
  const same = (a: Held, b: Held): boolean => a.residence === b.residence && a.basis === b.basis
  const qualified = combine(
    clip(known.governing, earliest, null),
    known.qualified,
    (residence, basis) =>
      residence === undefined || basis === undefined ? undefined : { residence, basis },
    same,
  )
  const without = <T>(held: Timeline<Held>, barred: Timeline<T>): Timeline<Held> =>
    barred.length === 0
      ? held
      : combine(held, barred, (one, bar) => (bar === undefined ? one : undefined), same)
  return without(without(qualified, known.excluded), known.elsewhere)
}

/** Joins stretches that touch into rights, and names how each began and ended. */
function entitlements(
  person: PersonFacts,
  { governing, qualified, excluded, elsewhere }: Requirements,
  held: Timeline<Held>,
): readonly Entitlement[] {
  const rights: Entitlement[] = []
  for (const [index, first] of held.entries()) {
    if (held[index - 1]?.until === first.from) continue
    let end = index
    while (held[end]!.until !== null && held[end + 1]?.from === held[end]!.until) end += 1
    const last = held[end]!
    const eve = dayBefore(first.from)
    const { acquiredOn, ground } = acquisition({
      on: first.from,
      birthDate: person.birthDate,
      union: person.union,
      residence: first.value.residence,
      basis: first.value.basis,
      addressedBefore: at(governing, eve) !== undefined,
      qualifiedBefore: at(qualified, eve) !== undefined,
      insuredElsewhereBefore: at(elsewhere, eve) !== undefined,
      firstKnown: governing[0]!.value === first.value.residence,
    })
    const lostOn = last.until
    rights.push({
      acquiredOn,
      groundAcquired: ground,
      lostOn,
      groundLost:
        lostOn === null
          ? null
          : loss({
              residence: last.value.residence,
              addressed: at(governing, lostOn) !== undefined,
              excluded: at(excluded, lostOn) !== undefined,
              insuredElsewhere: at(elsewhere, lostOn) !== undefined,
            }),
      pieces: held.slice(index, end + 1).map(piece),
    })
  }
  return rights
}

function piece({ from, until, value: { residence, basis } }: Period<Held>): EntitlementPiece {
  const { municipality, residentKey } = residence
  return { from, until, municipality, residentKey, basis }
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
const nextDay = (days: readonly PlainDate[], asOf: PlainDate): PlainDate | null =>
  days.filter((day) => day > asOf).sort()[0] ?? null

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
