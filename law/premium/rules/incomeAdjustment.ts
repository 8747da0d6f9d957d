import type { PremiumLaw } from '../law/lawOf.ts'

/**
 * 所得金額調整控除 — for salary and pension together: each counts up to 10万円, and what passes 10万円 is
 * taken off 給与所得.
 */
export function incomeAdjustment(employment: number, pension: number, law: PremiumLaw): number {
  const each = law.adjustmentEach
  const counted =
    (employment < each ? employment : each) + (pension < each ? pension : each) - law.adjustmentOff
  return counted > 0 ? counted : 0
}
