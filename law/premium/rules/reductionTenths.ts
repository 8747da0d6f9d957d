import type { PremiumLaw } from '../law/lawOf.ts'
import type { ReductionTenths } from '../law/reduction.ts'

/**
 * 均等割額の軽減の区分 — 7割, 5割, 2割 or none, by the household's 軽減判定所得; a threshold itself is still
 * within. Somebody undeclared among those who count: none.
 */
export function reductionTenths(
  income: number,
  insured: number,
  earners: number,
  undeclared: boolean,
  law: PremiumLaw,
): ReductionTenths {
  if (undeclared) return 0
  const seven = thresholdOfSeven(earners, law)
  if (income <= seven) return 7
  if (income <= seven + law.thresholdFive * insured) return 5
  return income <= seven + law.thresholdTwo * insured ? 2 : 0
}

/** 7割軽減の基準額 — 43万円 + 10万円 × (給与所得者等の数 − 1), the second term only from two persons on. */
export function thresholdOfSeven(earners: number, law: PremiumLaw): number {
  return law.thresholdBase + law.thresholdPerEarner * (earners > 1 ? earners - 1 : 0)
}
