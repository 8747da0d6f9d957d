import { dayBefore, type PlainDate, plainDateOf, yearOf } from '@koiki/kernel'
import { documentYearBegin } from '../law/documentYear.ts'

/** 文書の年度 — the year of documents that a day lies in: its first day, and the last day of use. */
export type DocumentYear = { readonly begins: PlainDate; readonly lastDay: PlainDate }

/** 文書の年度 — of a day. */
export function documentYearOf(on: PlainDate): DocumentYear {
  const { month, day } = documentYearBegin.on(on).value
  const year = yearOf(on)
  const inYear = plainDateOf(year, month, day)
  const begun = on >= inYear
  return {
    begins: begun ? inYear : plainDateOf(year - 1, month, day),
    lastDay: dayBefore(begun ? plainDateOf(year + 1, month, day) : inYear),
  }
}
