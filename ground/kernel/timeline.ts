import { addMonths, type PlainDate, plainDate } from './plainDate.ts'

/** 期間 — a value from a day on until the day before `until`; null is open-ended. */
export type Period<T> = {
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly value: T
}

/**
 * 期間の連なり — a value over consecutive days: in order, never overlapping, gaps allowed, equal
 * neighbours joined. A right held over time (資格, 住所, 世帯, 負担割合) is one of these.
 */
export type Timeline<T> = readonly Period<T>[]

/**
 * 期間の連なり — puts periods in order and joins equal neighbours. Throws RangeError for an empty or
 * reversed period and for two that overlap. `same` decides equality (Object.is by default).
 */
export function timeline<T>(
  periods: readonly Period<T>[],
  same: (a: T, b: T) => boolean = Object.is,
): Timeline<T> {
  const ordered = [...periods].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const joined: Period<T>[] = []
  for (const period of ordered) {
    if (period.until !== null && period.until <= period.from) {
      throw new RangeError(`期間の終わりは始まりより後の日です: ${period.from}〜${period.until}`)
    }
    const last = joined.at(-1)
    if (last !== undefined && (last.until === null || last.until > period.from)) {
      throw new RangeError(
        `期間が重なっています: ${last.from}〜${last.until ?? ''}と${period.from}〜`,
      )
    }
    if (last !== undefined && last.until === period.from && same(last.value, period.value)) {
      joined[joined.length - 1] = { from: last.from, until: period.until, value: last.value }
    } else joined.push(period)
  }
  return joined
}

/** その日の値 — the value held on a day, or undefined in a gap. */
export function at<T>(tl: Timeline<T>, d: PlainDate): T | undefined {
  return tl.find((period) => holds(period, d))?.value
}

/** 重ね合わせ — both values day by day; `undefined` where one has a gap, nothing where both have. */
export function zip<A, B>(
  a: Timeline<A>,
  b: Timeline<B>,
): Timeline<readonly [A | undefined, B | undefined]> {
  return combine(
    a,
    b,
    (left, right) => [left, right] as const,
    (p, q) => Object.is(p[0], q[0]) && Object.is(p[1], q[1]),
  )
}

/**
 * 組合せ — a new timeline from two, day by day; where `join` answers undefined there is a gap. It is not
 * asked where both have a gap.
 */
export function combine<A, B, C>(
  a: Timeline<A>,
  b: Timeline<B>,
  join: (left: A | undefined, right: B | undefined) => C | undefined,
  same: (p: C, q: C) => boolean = Object.is,
): Timeline<C> {
  const result: Period<C>[] = []
  for (const { from, until } of pieces(a, b)) {
    const left = at(a, from)
    const right = at(b, from)
    if (left === undefined && right === undefined) continue
    const value = join(left, right)
    if (value !== undefined) result.push({ from, until, value })
  }
  return timeline(result, same)
}

/** 値の読替え — the same periods with other values. */
export function mapTimeline<A, B>(tl: Timeline<A>, change: (value: A) => B): Timeline<B> {
  return timeline(
    tl.map((period) => ({ from: period.from, until: period.until, value: change(period.value) })),
  )
}

/** 切取り — only what lies from `from` until the day before `until`. */
export function clip<T>(tl: Timeline<T>, from: PlainDate, until: PlainDate | null): Timeline<T> {
  const kept: Period<T>[] = []
  for (const period of tl) {
    const start = period.from < from ? from : period.from
    const end =
      until === null || (period.until !== null && period.until < until) ? period.until : until
    if (end === null || start < end) kept.push({ from: start, until: end, value: period.value })
  }
  return timeline(kept)
}

/**
 * 文字で描いた連なり — for tests: one letter a month from `firstMonth`, a blank is a gap, a trailing `>`
 * leaves the last period open. `line('  AAB')`.
 */
export function line(letters: string, firstMonth: PlainDate = plainDate('2026-04-01')) {
  const open = letters.endsWith('>')
  const months = [...(open ? letters.slice(0, -1) : letters)]
  const periods: Period<string>[] = []
  for (const [index, letter] of months.entries()) {
    if (letter === ' ') continue
    const until = open && index === months.length - 1 ? null : addMonths(firstMonth, index + 1)
    periods.push({ from: addMonths(firstMonth, index), until, value: letter })
  }
  return timeline(periods)
}

/** 連なりを文字に — the inverse of `line` for a timeline whose changes fall on firsts of months. */
export function letters(
  tl: Timeline<string>,
  months: number,
  firstMonth: PlainDate = plainDate('2026-04-01'),
): string {
  return Array.from({ length: months }, (_, i) => at(tl, addMonths(firstMonth, i)) ?? ' ').join('')
}

function holds<T>(period: Period<T>, d: PlainDate): boolean {
  return period.from <= d && (period.until === null || d < period.until)
}

function pieces(a: Timeline<unknown>, b: Timeline<unknown>) {
  const edges = new Set<PlainDate>()
  let open = false
  for (const period of [...a, ...b]) {
    edges.add(period.from)
    if (period.until === null) open = true
    else edges.add(period.until)
  }
  const days = [...edges].sort()
  return days.flatMap((from, index) => {
    const until = days[index + 1] ?? null
    return until === null && !open ? [] : [{ from, until }]
  })
}
