import { at, type Finding, type PlainDate, type Timeline } from '@koiki/kernel'
import type { PersonFacts, Residence } from '../entitlement.ts'
import { firstPossibleDay } from './acquisition.ts'

/**
 * 資格の要件 — what a person lacks on a day to be insured (法50条・51条): age, an address in the area, being
 * outside 適用除外. All reasons, in the order of the law; empty when all are met.
 */
export function unmetRequirements(
  person: PersonFacts,
  governing: Timeline<Residence>,
  on: PlainDate,
): readonly Finding[] {
  const reasons: Finding[] = []
  const possible = firstPossibleDay(person.birthDate)
  if (on < possible) {
    reasons.push({
      code: 'eligibility.underAge',
      at: '生年月日',
      facts: { birthDate: person.birthDate, reachedOn: possible },
    })
  }
  const residence = at(governing, on)
  if (residence === undefined) {
    const last = governing.findLast(({ from }) => from <= on)
    reasons.push({
      code: 'eligibility.noAddressInArea',
      at: '住民状態',
      facts: { since: last?.until ?? '', municipality: last?.value.municipality ?? '' },
    })
  }
  for (const { residentKey, kind, from, until } of person.exclusions) {
    if (residentKey !== residence?.residentKey) continue
    if (from <= on && (until === null || on < until)) {
      reasons.push({
        code: 'eligibility.applicationExclusion',
        at: '適用除外区分',
        facts: { kind, from },
      })
    }
  }
  return reasons
}
