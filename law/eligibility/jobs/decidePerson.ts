import type { Finding, PlainDate } from '@koiki/kernel'
import type {
  Entitlement,
  EntitlementAnswer,
  EntitlementDecision,
  Exclusion,
  PersonFacts,
  ToldFacts,
} from '../entitlement.ts'
import { decisionsBetween } from '../rules/decisions.ts'
import { earliestDay } from '../rules/disability.ts'
import { entitlementOf } from '../rules/entitlement.ts'
import { underOneNumber } from '../rules/numbering.ts'
import { personFacts } from '../rules/personFacts.ts'
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
  | {
      readonly kind: 'incomplete'
      readonly missing: readonly Finding[]
      /** Numbers that get back what they held before a merge that was undone; else empty. */
      readonly numbers: readonly NumberedOutcome[]
    }
  | {
      readonly kind: 'decided'
      /** Why the person is not insured today; empty for one who is. */
      readonly reasons: readonly Finding[]
      readonly exclusions: readonly Exclusion[]
      readonly nextCheckOn: PlainDate | null
      /** In the order of the rights; numbers whose rights were all cancelled come last. */
      readonly numbers: readonly NumberedOutcome[]
    }

/** 一人分の判定のもと — every version of every record in the order of knowing, and the rights that stand. */
export type PersonMatter = {
  readonly union: string
  readonly records: ReadonlyMap<number, readonly KnownRecord[]>
  readonly told: ToldFacts
  readonly standing: ReadonlyMap<number, StandingRights>
  /** The rights by which each number finds its own; what stands, unless a merge was undone. */
  readonly claims?: ReadonlyMap<number, readonly Entitlement[]>
}

/**
 * 一人分の判定 — from the records and what filings told, and the rights that stand, to what must be decided. Pure:
 * replaying the same records gives the same rights.
 */
export function decidePerson(matter: PersonMatter, today: PlainDate): PersonOutcome {
  const versions = [...matter.records.values()]
  const facts: PersonFacts = personFacts(matter.union, versions, matter.told)
  const newest = versions.map((known) => known.at(-1)!)
  const differing = birthDatesDiffer(newest)
  if (
    differing !== null &&
    newest.some(({ birthDate }) => earliestDay({ ...facts, birthDate }) <= today)
  )
    return { kind: 'incomplete', missing: [differing], numbers: restored(matter) }
  const answer: EntitlementAnswer = entitlementOf(facts, today)
  if (answer.kind === 'incomplete') return { ...answer, numbers: restored(matter) }
  return {
    kind: 'decided',
    reasons: answer.kind === 'eligible' ? [] : answer.reasons,
    exclusions: facts.exclusions,
    nextCheckOn: answer.nextCheckOn,
    numbers: numbered(answer.entitlements, matter),
  }
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
  { standing, claims }: PersonMatter,
): readonly NumberedOutcome[] {
  const left = new Map(standing)
  const claimOf = (key: number, { entitlements }: StandingRights): readonly Entitlement[] =>
    claims === undefined ? entitlements : (claims.get(key) ?? [])
  const outcomes = underOneNumber(rights).map((group) => {
    const held = [...left].find(([key, stood]) => overlap(claimOf(key, stood), group))
    const empty = [...left].find(([key, stood]) => claimOf(key, stood).length === 0)
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

/** Who cannot be decided keeps what stood; after an un-merge, what stood on the own records alone. */
function restored({ standing, claims }: PersonMatter): readonly NumberedOutcome[] {
  if (claims === undefined) return []
  return [...standing]
    .map(([subjectKey, { entitlements: stood, lastSequence }]) => {
      const entitlements = claims.get(subjectKey) ?? []
      const decisions = decisionsBetween(stood, entitlements)
      return { subjectKey, lastSequence, entitlements, decisions }
    })
    .filter(({ decisions }) => decisions.length > 0)
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
