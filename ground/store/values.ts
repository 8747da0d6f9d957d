import type { PlainDate } from '@koiki/kernel'
import { types } from 'pg'
import { misuse } from './errors.ts'

/** 瞬間 — a point in time as ISO 8601 text in UTC, e.g. `2026-07-01T00:00:00.000Z`. */
export type Instant = string

/** 期間 — days from `from` up to, not including, `until`; null is an open end. */
export type DateRange = { from: PlainDate | null; until: PlainDate | null }

const oid = {
  int8: 20,
  date: 1082,
  timestamptz: 1184,
  daterange: 3912,
  int8Array: 1016,
  dateArray: 1182,
  timestamptzArray: 1185,
} as const

/** bigint — read as a number, refused where a number would lose a digit. */
export function readInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw misuse('データベースの整数が、プログラムで正確に扱える範囲（±2^53）を超えています。')
  }
  return value
}

export function readDate(text: string): PlainDate {
  if (text.length !== 10) {
    throw misuse('データベースの日付に、無限または西暦1年から9999年の外の日があります。')
  }
  return text as PlainDate
}

export function readInstant(text: string): Instant {
  // The session's time zone is UTC, so the text always ends with +00.
  if (!text.endsWith('+00')) throw misuse('データベースの時刻が協定世界時で返されませんでした。')
  // At least milliseconds, as toISOString writes them, so that equal instants are equal texts.
  const seconds = text.slice(11, 19)
  const fraction = text.slice(20, -3).padEnd(3, '0')
  return `${text.slice(0, 10)}T${seconds}.${fraction}Z`
}

export function readDateRange(text: string): DateRange {
  const found = /^([[(])([0-9-]*),([0-9-]*)\)$/.exec(text)
  if (!found || (found[1] === '(' && found[2] !== '')) {
    throw misuse('データベースの期間が空か、始まりを含み終わりを含まない形になっていません。')
  }
  return {
    from: found[2] ? readDate(found[2]) : null,
    until: found[3] ? readDate(found[3]) : null,
  }
}

/** 期間 — as PostgreSQL's daterange text, to pass as a parameter. */
export const writeDateRange = (range: DateRange): string =>
  `[${range.from ?? ''},${range.until ?? ''})`

type Parser = (text: string) => unknown

// Arrays of these types hold no quotes, backslashes or commas inside an element.
const readArray =
  (read: Parser): Parser =>
  (text) =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((item) => (item === 'NULL' ? null : read(item.replaceAll('"', ''))))

const parsers = new Map<number, Parser>([
  [oid.int8, readInteger],
  [oid.date, readDate],
  [oid.timestamptz, readInstant],
  [oid.daterange, readDateRange],
  [oid.int8Array, readArray(readInteger)],
  [oid.dateArray, readArray(readDate)],
  [oid.timestamptzArray, readArray(readInstant)],
])

/** How rows are read: given to every connection, so that no other reading exists in the house. */
export const rowTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary'): Parser {
    return parsers.get(type) ?? (types.getTypeParser(type, (format ?? 'text') as 'text') as Parser)
  },
}
