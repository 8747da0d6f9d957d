import type { Household } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { firstOfNextMonth } from './firstOfNextMonth.ts'

/**
 * 基準収入額の適用 — in force ex officio where the law allows it and records show the revenue; otherwise from
 * the first of the month after the application.
 */
export function isRevenueInForce(household: Household, law: CopayLaw): boolean {
  if (law.exOfficio && household.revenueConfirmed) return true
  return household.appliedOn !== null && firstOfNextMonth(household.appliedOn) <= household.date
}
