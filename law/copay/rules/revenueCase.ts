import type { Household, HouseholdTotals, RevenueCase } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { inSeventies } from './seventies.ts'

/**
 * 基準収入額 — which line the household stays below: one insured person alone, two or more together, or one
 * together with persons of 70 to 74 who are not insured. Null where it stays below none.
 */
export function revenueCase(
  household: Household,
  totals: HouseholdTotals,
  law: CopayLaw,
): RevenueCase | null {
  if (totals.insured > 1) return totals.revenue < law.revenueTogether ? 'together' : null
  if (totals.revenue < law.revenueAlone) return 'alone'
  const { persons, revenue } = seventiesTotal(household, law)
  return persons > 0 && totals.revenue + revenue < law.revenueTogether ? 'withSeventies' : null
}

/** 70歳から74歳までの人の合計 */
export function seventiesTotal(
  household: Household,
  law: CopayLaw,
): { readonly persons: number; readonly revenue: number } {
  let persons = 0
  let revenue = 0
  for (const member of household.members) {
    if (!inSeventies(member, household.date, law)) continue
    persons += 1
    revenue += member.revenue
  }
  return { persons, revenue }
}
