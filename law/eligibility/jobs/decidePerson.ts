import type { Finding, PlainDate } from '@koiki/kernel'
import type {
  Entitlement,
  EntitlementAnswer,
  EntitlementDecision,
  Exclusion,
  PersonFacts,
} from '../entitlement.ts'
import { firstPossibleDay } from '../rules/acquisition.ts'
import { decisionsBetween } from '../rules/decisions.ts'
import { entitlementOf } from '../rules/entitlement.ts'
import { underOneNumber } from '../rules/numbering.ts'
import { exclusions, residences } from '../rules/residences.ts'
import type { KnownRecord } from '../store/dueResidents.ts'
import type { StandingRights } from '../store/rights.ts'

/** 番号ごとの結果 — the rights under one 被保険者番号, old (`subjectKey`) or still to be issued (null). */
export type NumberedOutcome = {
  readonly subjectKey: number | null
  readonly lastSequence: number
  readonly entitlements: readonly Entitlement[]
  readonly decisions: readonly EntitlementDecision[]
}

/** 一人分の判定の結果 */
export type PersonOutcome =
  | { readonly kind: 'incomplete'; readonly missing: readonly Finding[] }
  | {
      readonly kind: 'decided'
      readonly birthDate: PlainDate
      readonly exclusions: readonly Exclusion[]
      readonly nextCheckOn: PlainDate | null
      /** In the order of the rights; numbers whose rights were all cancelled come last. */
      readonly numbers: readonly NumberedOutcome[]
    }

/**
 * 一人分の判定 — from every version of every record of one person, and the rights that stand, to what must be
 * decided. Pure: replaying the same records gives the same rights.
 */
export function decidePerson(
  union: string,
  records: ReadonlyMap<number, readonly KnownRecord[]>,
  standing: ReadonlyMap<number, StandingRights>,
  today: PlainDate,
): PersonOutcome {
  const newest = [...records.values()].map((versions) => versions.at(-1)!)
  const differing = birthDatesDiffer(newest)
  if (differing !== null && newest.some(({ birthDate }) => firstPossibleDay(birthDate) <= today))
    return { kind: 'incomplete', missing: [differing] }
  const facts: PersonFacts = {
    union,
    birthDate: newest[0]!.birthDate,
    residences: [...records.values()].flatMap((versions) => residencesOfAll(versions)),
    exclusions: [...records.values()].flatMap((versions) => exclusions(versions)),
  }
  const answer: EntitlementAnswer = entitlementOf(facts, today)
  if (answer.kind === 'incomplete') return answer
  return {
    kind: 'decided',
    birthDate: facts.birthDate,
    exclusions: facts.exclusions,
    nextCheckOn: answer.nextCheckOn,
    numbers: numbered(answer.entitlements, standing),
  }
}

/** A resident's own register and the 住所地特例 of the same 宛名番号 tell separate stays. */
function residencesOfAll(versions: readonly KnownRecord[]) {
  const own = versions.filter(({ register }) => register === 'residentRegister')
  const special = versions.filter(({ register }) => register === 'nonRegistered')
  return [...residences(own), ...residences(special)]
}

function birthDatesDiffer(newest: readonly KnownRecord[]): Finding | null {
  const first = newest[0]!
  const other = newest.find(({ birthDate }) => birthDate !== first.birthDate)
  if (other === undefined) return null
  return {
    code: 'eligibility.birthDatesDiffer',
    at: '生年月日',
    facts: { municipality: first.municipality, other: other.municipality },
  }
}

/** Each stay goes under the number whose rights it continues; what continues none gets a new number. */
function numbered(
  rights: readonly Entitlement[],
  standing: ReadonlyMap<number, StandingRights>,
): readonly NumberedOutcome[] {
  const left = new Map(standing)
  const outcomes = underOneNumber(rights).map((group) => {
    const held = [...left].find(([, { entitlements }]) => overlap(entitlements, group))
    const empty = [...left].find(([, { entitlements }]) => entitlements.length === 0)
    const [subjectKey, before] = held ?? empty ?? [null, { entitlements: [], lastSequence: 0 }]
    if (subjectKey !== null) left.delete(subjectKey)
    return {
      subjectKey,
      lastSequence: before.lastSequence,
      entitlements: group,
      decisions: decisionsBetween(before.entitlements, group),
    }
  })
  const cancelled = [...left].map(([subjectKey, { entitlements, lastSequence }]) => ({
    subjectKey,
    lastSequence,
    entitlements: [],
    decisions: decisionsBetween(entitlements, []),
  }))
  return [...outcomes, ...cancelled]
}

function overlap(one: readonly Entitlement[], other: readonly Entitlement[]): boolean {
  return one.some((a) =>
    other.some(
      (b) =>
        (a.lostOn === null || a.lostOn > b.acquiredOn) &&
        (b.lostOn === null || b.lostOn > a.acquiredOn),
    ),
  )
}
