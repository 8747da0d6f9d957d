import { addDays, combine, type Period, type Timeline, timeline } from '@koiki/kernel'
import type { Exclusion, Residence } from '../entitlement.ts'
import { stayEnd } from '../law/stayEnd.ts'

/** 在留期間の満了による適用除外 — after 在留期間満了日 of a stay, until the next stay on the same register. */
export function stayExclusions(stays: readonly Residence[]): readonly Exclusion[] {
  return stays.flatMap(({ residentKey, from: began, stayUntil }) => {
    if (stayUntil === null) return []
    const row = stayEnd.find(stayUntil)
    if (row === null) return []
    const from = addDays(stayUntil, row.value)
    const next = stays
      .filter((one) => one.residentKey === residentKey && one.from > began)
      .map((one) => one.from)
      .sort()[0]
    const until = next ?? null
    if (until !== null && until <= from) return []
    const start = from < began ? began : from
    return [{ residentKey, kind: '6' as const, from: start, until, endUnknown: false }]
  })
}

/**
 * 適用除外の重なり — exclusions of one resident or of one stretch of address as a timeline; where several hold,
 * the one given first.
 */
export function exclusionDays(exclusions: readonly Exclusion[]): Timeline<Exclusion> {
  let days: Timeline<Exclusion> = []
  for (const one of exclusions) {
    const period: Period<Exclusion> = { from: one.from, until: one.until, value: one }
    days = combine(days, timeline([period]), (known, added) => known ?? added)
  }
  return days
}

/** 在留による適用除外 belongs to the person; 生活保護 and 支援給付 to the office that gives them. */
export const ofPerson = ({ kind }: Exclusion): boolean =>
  kind === '3' || kind === '4' || kind === '5'
