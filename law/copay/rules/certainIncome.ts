import type { HouseholdTotals } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'

/** 一定以上の課税所得 — the first condition of 2割. */
export function hasCertainTaxableIncome(
  totals: HouseholdTotals,
  certain: NonNullable<CopayLaw['certain']>,
): boolean {
  return totals.taxableIncome >= certain.taxableIncome
}

/** 一定以上の年金収入とその他の合計所得金額 — the second condition of 2割. */
export function hasCertainIncome(
  totals: HouseholdTotals,
  certain: NonNullable<CopayLaw['certain']>,
): boolean {
  return totals.income >= certainIncomeLine(totals, certain)
}

/** 一定以上所得の線 — for one insured person, or for two and more. */
export function certainIncomeLine(
  totals: HouseholdTotals,
  certain: NonNullable<CopayLaw['certain']>,
): number {
  return totals.insured > 1 ? certain.together : certain.alone
}
