import { addDays, addMonths, dayOfWeek, firstOfMonth, monthOf, type PlainDate } from '@koiki/kernel'

/** 月の週 — Sunday first, whole weeks; days of the months beside are null: they are not of this month to choose. */
export function weeksOf(day: PlainDate): readonly (readonly (PlainDate | null)[])[] {
  const first = firstOfMonth(day)
  const start = addDays(first, -dayOfWeek(first))
  const weeks: (PlainDate | null)[][] = []
  for (let week = 0; week < 6; week += 1) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(start, week * 7 + index))
    const own = days.map((one) => (monthOf(one) === monthOf(first) ? one : null))
    if (own.some((one) => one !== null)) weeks.push(own)
  }
  return weeks
}

/** 鍵で動く先 — the day to which a key leads in a calendar; null for a key that does not move. */
export function dayAfterKey(day: PlainDate, key: string, shift: boolean): PlainDate | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return addDays(day, -dayOfWeek(day))
    case 'End':
      return addDays(day, 6 - dayOfWeek(day))
    case 'PageUp':
      return addMonths(day, shift ? -12 : -1)
    case 'PageDown':
      return addMonths(day, shift ? 12 : 1)
    default:
      return null
  }
}

/** 暦の端 — before it there is no Japanese era to write a day in. */
export const firstDay = '1873-01-01' as PlainDate
