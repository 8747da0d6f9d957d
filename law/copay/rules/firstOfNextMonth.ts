import type { NumericDay } from '@koiki/kernel'

/** 翌月の初日 */
export function firstOfNextMonth(day: NumericDay): NumericDay {
  const firstDay = day - (day % hundred) + 1
  const december = Math.floor(firstDay / hundred) % hundred === 12
  return (december ? firstDay + 10_000 - 1_100 : firstDay + hundred) as NumericDay
}

/** 翌月の初日、1日ならその日 */
export function firstOfNextMonthUnlessFirst(day: NumericDay): NumericDay {
  return day % hundred === 1 ? day : firstOfNextMonth(day)
}

const hundred = 100
