/**
 * 年月日 — a calendar day written `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31. Not an instant: it has
 * no hour and no time zone, and it sorts as text.
 */
export type PlainDate = string & { readonly __plainDate: true }

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const

/** 年月日 — brands a text as a day. Throws RangeError when it is not a day of the calendar. */
export function plainDate(text: string): PlainDate {
  const parsed = parsePlainDate(text)
  if (parsed === null) throw new RangeError(`暦にある日をYYYY-MM-DDで書きます: ${text}`)
  return parsed
}

/** 年月日 — reads `YYYY-MM-DD`; null for any other form and for days such as 31 February. */
export function parsePlainDate(text: string): PlainDate | null {
  return parseNumericDay(text) === null ? null : (text as PlainDate)
}

/** 年月日 — the day made of three whole numbers. Throws RangeError when there is no such day. */
export function plainDateOf(year: number, month: number, day: number): PlainDate {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  return plainDate(text)
}

/** 年 — the calendar year. */
export function yearOf(d: PlainDate): number {
  return digitsAt(d, 0, 4)
}

/** 月 — the month, 1 to 12. */
export function monthOf(d: PlainDate): number {
  return digitsAt(d, 5, 2)
}

/** 日 — the day of the month, 1 to 31. */
export function dayOfMonth(d: PlainDate): number {
  return digitsAt(d, 8, 2)
}

/** 通月 — year × 12 + month − 1: months as consecutive whole numbers, for counting them. */
export function monthNumber(d: PlainDate): number {
  return yearOf(d) * 12 + monthOf(d) - 1
}

/**
 * 年月日の整数 — 20260401 for 2026-04-01. It sorts as the day does and compares at once; batches that
 * look at millions of days carry this instead of text.
 */
export type NumericDay = number & { readonly __numericDay: true }

/** 年月日の整数 — of a day. */
export function numericDay(d: PlainDate): NumericDay {
  return (yearOf(d) * 10_000 + monthOf(d) * 100 + dayOfMonth(d)) as NumericDay
}

/** 年月日の整数の読取り — reads `YYYY-MM-DD` at once; null where `parsePlainDate` answers null. */
export function parseNumericDay(text: string): NumericDay | null {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 2)
  const day = digitsAt(text, 8, 2)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return (year * 10_000 + month * 100 + day) as NumericDay
}

/** 年月日の整数から年月日 — throws RangeError when it is not a day of the calendar. */
export function fromNumericDay(n: NumericDay): PlainDate {
  return plainDateOf(Math.floor(n / 10_000), Math.floor(n / 100) % 100, n % 100)
}

/** 年月日の整数の通月 — the same number as `monthNumber` of the day. */
export function monthNumberOf(n: NumericDay): number {
  const yearAndMonth = (n / 100) | 0
  const year = (yearAndMonth / 100) | 0
  return year * 12 + (yearAndMonth - year * 100) - 1
}

/** 通日 — days since 1970-01-01, for counting; negative before it. */
export function dayNumber(d: PlainDate): number {
  return dayNumberOf(yearOf(d), monthOf(d), dayOfMonth(d))
}

/** 通日から年月日 — the day so many days after 1970-01-01. Throws RangeError outside the calendar. */
export function fromDayNumber(days: number): PlainDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`通日は整数です: ${days}`)
  let year = 1970 + Math.floor(days / 365.2425)
  while (dayNumberOf(year, 1, 1) > days) year -= 1
  while (dayNumberOf(year + 1, 1, 1) <= days) year += 1
  const rest = days - dayNumberOf(year, 1, 1)
  let month = 12
  while (dayOfYearBefore(year, month) > rest) month -= 1
  return plainDateOf(year, month, rest - dayOfYearBefore(year, month) + 1)
}

/** 日数を足した日 — `days` may be negative. */
export function addDays(d: PlainDate, days: number): PlainDate {
  return fromDayNumber(dayNumber(d) + days)
}

/** 月数を足した日 — the same day of the month, or its last day when there is none (民法143条2項). */
export function addMonths(d: PlainDate, months: number): PlainDate {
  const index = yearOf(d) * 12 + (monthOf(d) - 1) + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return plainDateOf(year, month, Math.min(dayOfMonth(d), daysInMonth(year, month)))
}

/** 年数を足した日 — 29 February becomes 28 February in a common year. For ages see `birthday`. */
export function addYears(d: PlainDate, years: number): PlainDate {
  return addMonths(d, years * 12)
}

/** 翌日 */
export function dayAfter(d: PlainDate): PlainDate {
  return addDays(d, 1)
}

/** 前日 */
export function dayBefore(d: PlainDate): PlainDate {
  return addDays(d, -1)
}

/** 日数 — days from `from` to `until`, the first counted and the last not. */
export function daysBetween(from: PlainDate, until: PlainDate): number {
  return dayNumber(until) - dayNumber(from)
}

/** 月の初日 */
export function firstOfMonth(d: PlainDate): PlainDate {
  return `${d.slice(0, 8)}01` as PlainDate
}

/** 曜日 — 0 is Sunday. */
export function dayOfWeek(d: PlainDate): number {
  return (((dayNumber(d) + 4) % 7) + 7) % 7
}

/**
 * 誕生日 — the day on which `age` is reached as 高齢者の医療の確保に関する法律52条 is read: the birthday
 * itself, not the day before it. A person born on 29 February reaches an age at the end of 28
 * February where the year has no 29th (年齢計算ニ関スル法律, 民法143条2項ただし書), so the day counted is
 * 1 March. Unverified for 52条; see ground/kernel/README.md.
 */
export function birthday(birth: PlainDate, age: number): PlainDate {
  const year = yearOf(birth) + age
  const month = monthOf(birth)
  const day = dayOfMonth(birth)
  if (day > daysInMonth(year, month)) return plainDateOf(year, month + 1, 1)
  return plainDateOf(year, month, day)
}

/** 満年齢 — whole years at `on`, going up on the day that `birthday` names. Throws before birth. */
export function ageOn(birth: PlainDate, on: PlainDate): number {
  if (on < birth) throw new RangeError('生年月日より前の日の年齢は数えられません')
  const years = yearOf(on) - yearOf(birth)
  return birthday(birth, years) <= on ? years : years - 1
}

/** 月の日数 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** 閏年 */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function dayNumberOf(year: number, month: number, day: number): number {
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return before * 365 + leapDays + dayOfYearBefore(year, month) + (day - 1) - 719_162
}

function dayOfYearBefore(year: number, month: number): number {
  return daysBeforeMonth[month - 1]! + (month > 2 && isLeapYear(year) ? 1 : 0)
}

// −1 for anything that is not a digit: no year, month or day is negative.
function digitsAt(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
