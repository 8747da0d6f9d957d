import type { NumericDay } from '@koiki/kernel'
import type { CopayTenths, LimitCategory } from '../copay.ts'
import { judgementYearOf } from './judgementYear.ts'

/** 証明された割合 — with its 限度区分, null where the certificate does not say it. */
export type CertifiedShare = {
  readonly tenths: CopayTenths
  readonly limitCategory: LimitCategory | null
}

const categoriesOf: Readonly<Record<CopayTenths, readonly LimitCategory[]>> = {
  3: ['active3', 'active2', 'active1'],
  2: ['general2'],
  1: ['general1', 'lowIncome2', 'lowIncome1'],
}

/** 限度区分 that a certificate may state. */
export const certifiedCategories: readonly LimitCategory[] = Object.values(categoriesOf).flat()

/** 割合と限度区分が合うか — 3割 is 現役並み, 2割 一般II, 1割 any other. */
export function isCertifiedShare(share: {
  readonly tenths: number
  readonly limitCategory: LimitCategory | null
}): share is CertifiedShare {
  const categories = categoriesOf[share.tenths as CopayTenths]
  return (
    categories !== undefined &&
    (share.limitCategory === null || categories.includes(share.limitCategory))
  )
}

/** 証明書の効く期間 — `until` is the first day that is out. */
export type CertifiedPeriod = { readonly from: NumericDay; readonly until: NumericDay }

/**
 * 負担区分等証明書の効く期間 — from the day of moving in (or the day from which the share applies, if that is later) to
 * the end of the judgement year in which it applies: what holds from the next 1 August rests on incomes that the
 * union left had not judged. Null where nothing is left of that year. A reading of ours (unverified).
 */
export function certifiedPeriod(
  movedInOn: NumericDay,
  appliedFrom: NumericDay,
): CertifiedPeriod | null {
  const from = movedInOn > appliedFrom ? movedInOn : appliedFrom
  const { until } = judgementYearOf(appliedFrom)
  return from < until ? { from, until } : null
}
