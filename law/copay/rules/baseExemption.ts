import type { HouseholdTotals } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'

/**
 * 旧ただし書所得による除外 — not 3割 where somebody insured was born on or after the day and 旧ただし書所得 of all
 * insured together stay on the line or below.
 */
export function isExemptByBase(totals: HouseholdTotals, law: CopayLaw): boolean {
  return totals.bornFromLine > 0 && totals.base <= law.exemptBaseUpTo
}
