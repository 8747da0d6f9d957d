import {
  addMonths,
  addYears,
  firstOfMonth,
  isLeapYear,
  monthOf,
  type PlainDate,
  plainDateOf,
  yearOf,
} from '@koiki/kernel'
import { qualifyingAge } from '../law/qualifyingAge.ts'

/** 生年月日の範囲 — from the first day until the day before `until`. */
export type BirthDates = { readonly from: PlainDate; readonly until: PlainDate }

/**
 * 年齢到達予定者 — the birth dates of those who reach the age in the month of `day`. Those born on 29 February
 * reach it on 1 March (75 years after a leap year is never one), so they belong to March.
 */
export function birthDatesComingOfAge(day: PlainDate): BirthDates {
  const first = addYears(firstOfMonth(day), -qualifyingAge.on(day).value)
  return { from: leapDayMovesTo(first), until: leapDayMovesTo(addMonths(first, 1)) }
}

function leapDayMovesTo(firstDay: PlainDate): PlainDate {
  const year = yearOf(firstDay)
  return monthOf(firstDay) === 3 && isLeapYear(year) ? plainDateOf(year, 2, 29) : firstDay
}
