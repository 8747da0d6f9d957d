import type { NumericDay } from '@koiki/kernel'
import { judgementLawOn } from '../law/judgementLaw.ts'

/** 判定の年度 — from 8月1日 to the day before the next, and the calendar year whose incomes govern it. */
export type JudgementYear = {
  readonly from: NumericDay
  /** The first day that is out. */
  readonly until: NumericDay
  readonly incomeYear: number
}

/**
 * 判定の年度 — of a day: from August the incomes of the year before, to July those of the year before that.
 * Throws MissingLaw, naming the table, for a day that is not covered.
 */
export function judgementYearOf(day: NumericDay): JudgementYear {
  const { startMonth } = judgementLawOn(day)
  const year = Math.floor(day / 10_000)
  const begun = Math.floor(day / 100) % 100 >= startMonth
  return yearFrom(begun ? year : year - 1, startMonth)
}

/** 判定の年度 — that the incomes of a calendar year govern. */
export function judgementYearOfIncome(incomeYear: number): JudgementYear {
  const year = incomeYear + 1
  const { startMonth } = judgementLawOn(newYearAfter(year))
  return yearFrom(year, startMonth)
}

function yearFrom(year: number, startMonth: number): JudgementYear {
  const from = year * 10_000 + startMonth * 100 + 1
  return { from: from as NumericDay, until: (from + 10_000) as NumericDay, incomeYear: year - 1 }
}

/** 年度の中の元日 — a day that lies within the judgement year of `year`, whichever its first month. */
function newYearAfter(year: number): NumericDay {
  return ((year + 1) * 10_000 + 101) as NumericDay
}
