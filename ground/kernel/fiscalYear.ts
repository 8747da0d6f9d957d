import { monthOf, type PlainDate, plainDateOf, yearOf } from './plainDate.ts'

/** 年度 — the fiscal year from 1 April to 31 March, named by the year in which it begins. */
export type FiscalYear = number & { readonly __fiscalYear: true }

/** 年度 — brands a year. Throws RangeError unless a whole number from 1868 to 9998. */
export function fiscalYear(year: number): FiscalYear {
  if (!Number.isInteger(year) || year < 1868 || year > 9998) {
    throw new RangeError(`年度は西暦の整数です: ${year}`)
  }
  return year as FiscalYear
}

/** 年度 — the fiscal year that a day belongs to. */
export function fiscalYearOf(d: PlainDate): FiscalYear {
  return fiscalYear(monthOf(d) >= 4 ? yearOf(d) : yearOf(d) - 1)
}

/** 年度の初日 — 1 April. */
export function firstDayOf(fy: FiscalYear): PlainDate {
  return plainDateOf(fy, 4, 1)
}

/** 年度の末日 — 31 March of the next calendar year. */
export function lastDayOf(fy: FiscalYear): PlainDate {
  return plainDateOf(fy + 1, 3, 31)
}
