import { birthday, type PlainDate } from '@koiki/kernel'
import type { ExpiryAnswer, ExpiryFacts, Missing } from '../certificate.ts'
import { qualifyingAge } from '../law/qualifyingAge.ts'
import { documentYearOf } from './documentYear.ts'

/**
 * 有効期限 — the last day on which a document made for `on` can be used: the end of its year (7月31日), or the day
 * on which the evidence of a disability or a foreigner's stay ends, when that comes first. Evidence that ends on
 * the birthday of 75 or later limits nothing: the right rests on age by then. What has ended already makes the
 * answer incomplete.
 */
export function expiryOf(facts: ExpiryFacts, on: PlainDate): ExpiryAnswer {
  const { lastDay } = documentYearOf(on)
  const ofAge = birthday(facts.birthDate, qualifyingAge.on(on).value)
  const evidenceUntil =
    facts.evidenceUntil !== null && facts.evidenceUntil < ofAge && on < ofAge
      ? facts.evidenceUntil
      : null
  const missing: readonly Missing[] = [
    ...ended('evidenceEnded', evidenceUntil, on),
    ...ended('stayEnded', facts.stayUntil, on),
  ]
  if (missing.length > 0) return { kind: 'incomplete', missing }
  const limits = [
    { day: lastDay, limitedBy: 'yearEnd' as const },
    ...(evidenceUntil === null ? [] : [{ day: evidenceUntil, limitedBy: 'evidence' as const }]),
    ...(facts.stayUntil === null ? [] : [{ day: facts.stayUntil, limitedBy: 'stay' as const }]),
  ]
  const { day, limitedBy } = limits.reduce((a, b) => (b.day < a.day ? b : a))
  return { kind: 'until', day, limitedBy }
}

const ended = (code: string, until: PlainDate | null, on: PlainDate): readonly Missing[] =>
  until !== null && until < on ? [{ code, facts: { until } }] : []
