import { dayOfMonth, monthOf, type PlainDate, parsePlainDate, yearOf } from './plainDate.ts'

/** 元号 — an era: its name, its letter, its digit in machine forms, and its first day. */
export type Era = {
  readonly name: '明治' | '大正' | '昭和' | '平成' | '令和'
  readonly letter: 'M' | 'T' | 'S' | 'H' | 'R'
  readonly digit: 1 | 2 | 3 | 4 | 5
  readonly from: PlainDate
  /** The calendar year that is year 0 of the era. */
  readonly zero: number
}

/**
 * 元号の表 — newest first. 明治 begins here with 明治6年1月1日, the first day of the present calendar
 * (明治5年太政官布告第337号); earlier days were written in another calendar and are refused.
 * 大正: 明治45年詔書, 昭和: 大正15年詔書, 平成: 昭和64年政令第1号, 令和: 平成31年政令第143号.
 */
export const eras: readonly Era[] = [
  { name: '令和', letter: 'R', digit: 5, from: '2019-05-01' as PlainDate, zero: 2018 },
  { name: '平成', letter: 'H', digit: 4, from: '1989-01-08' as PlainDate, zero: 1988 },
  { name: '昭和', letter: 'S', digit: 3, from: '1926-12-25' as PlainDate, zero: 1925 },
  { name: '大正', letter: 'T', digit: 2, from: '1912-07-30' as PlainDate, zero: 1911 },
  { name: '明治', letter: 'M', digit: 1, from: '1873-01-01' as PlainDate, zero: 1867 },
]

/** 和暦 — a day in its era. */
export type Wareki = {
  readonly era: Era
  readonly year: number
  readonly month: number
  readonly day: number
}

/** 和暦 — the era, year, month and day of a date. Throws RangeError before 1873-01-01. */
export function wareki(d: PlainDate): Wareki {
  const era = eras.find((candidate) => candidate.from <= d)
  if (era === undefined) throw new RangeError(`和暦は明治6年1月1日から書けます: ${d}`)
  return { era, year: yearOf(d) - era.zero, month: monthOf(d), day: dayOfMonth(d) }
}

/** 和暦の表記 — long `令和元年5月1日`, short `R01.05.01`. */
export function formatWareki(d: PlainDate, style: 'long' | 'short' = 'long'): string {
  const { era, year, month, day } = wareki(d)
  if (style === 'short') return `${era.letter}${two(year)}.${two(month)}.${two(day)}`
  return `${era.name}${year === 1 ? '元' : year}年${month}月${day}日`
}

/**
 * 和暦の読取り — one box for every way of writing a day: `昭和14年5月3日` `昭14.5.3` `S14.5.3` `3140503`
 * (era digit 1 to 5) `19390503` `1939-5-3` `1939年5月3日`, full-width or half-width. Null when it is no
 * day, when the day lies outside its era (昭和64年1月8日), or when it could mean two days (six digits).
 */
export function parseWareki(text: string): PlainDate | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  const compact = /^([1-5])(\d{2})(\d{2})(\d{2})$/.exec(plain)
  if (compact !== null) {
    return dayInEra((era) => era.digit === Number(compact[1]), compact.slice(2))
  }
  const western = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (western !== null) return westernDay(western.slice(1))
  const parted = /^([^\d元]*)(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  if (parted === null) return null
  const name = parted[1]!.toUpperCase()
  if (name === '' || name === '西暦')
    return parted[2]!.length === 4 ? westernDay(parted.slice(2)) : null
  return dayInEra(
    (era) => era.letter === name || era.name === name || era.name[0] === name,
    parted.slice(2),
  )
}

function westernDay(parts: readonly string[]): PlainDate | null {
  return parsePlainDate(`${parts[0]}-${two(Number(parts[1]))}-${two(Number(parts[2]))}`)
}

function dayInEra(which: (era: Era) => boolean, parts: readonly string[]): PlainDate | null {
  const era = eras.find(which)
  if (era === undefined) return null
  const year = parts[0] === '元' ? 1 : Number(parts[0])
  if (year < 1) return null
  const d = westernDay([String(era.zero + year), parts[1]!, parts[2]!])
  if (d === null || d < era.from) return null
  return wareki(d).era === era ? d : null
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
