import { monthNumberOf } from '@koiki/kernel'
import type { Insured } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'

/** 月割の期間 — months counted from year 0, the first one in and the last one out. */
export type MonthSpan = { readonly from: number; readonly until: number }

/**
 * 資格月数 — from the month of acquisition to the month before that of loss, within the fiscal year; the
 * month of loss does not count. Empty (from ≥ until) where there is none.
 */
export function insuredMonths(insured: Insured, law: PremiumLaw): MonthSpan {
  const first = law.firstMonth
  const end = first + law.monthsInYear
  const acquired = monthNumberOf(insured.from)
  const lost = insured.until === null ? end : monthNumberOf(insured.until)
  return { from: acquired > first ? acquired : first, until: lost < end ? lost : end }
}

/**
 * 元被扶養者の均等割額の軽減の月数 — of the span, the months within 24 months from the month of acquisition
 * (資格取得後2年を経過する月まで).
 */
export function formerDependentMonths(insured: Insured, span: MonthSpan, law: PremiumLaw): number {
  if (!insured.formerDependent) return 0
  const end = monthNumberOf(insured.from) + law.formerDependentMonths
  const until = end < span.until ? end : span.until
  return until > span.from ? until - span.from : 0
}
