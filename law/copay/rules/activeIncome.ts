import type { HouseholdTotals } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'

/** 現役並み所得 — whether an insured person of the household has 課税所得 on the line or above. */
export function hasActiveIncome(totals: HouseholdTotals, law: CopayLaw): boolean {
  return totals.taxableIncome >= law.activeTaxableIncome
}
