import {
  addYears,
  dayAfter,
  dayNumber,
  fromDayNumber,
  monthOf,
  type PlainDate,
  plainDateOf,
  yearOf,
} from '@koiki/kernel'
import {
  ageBands,
  birthsThousand,
  cohortCorrection,
  firstBirthYear,
  hazard,
  youngBandShift,
} from './data/demography.ts'

/** 性別 — 1 men, 2 women, as the register writes it. */
export type Sex = 1 | 2

/** The oldest age that is drawn. */
export const oldest = 110

/** 段階の表 — the share of the step that an age falls into. */
export function stepShare(
  steps: readonly { readonly from: number; readonly share: number }[],
  age: number,
): number {
  let share = 0
  for (const step of steps) if (age >= step.from) share = step.share
  return share
}

/** 死亡率 — the chance to die between this birthday and the next. */
export function deathRate(sex: Sex, age: number): number {
  return 1 - survival(sex, age, age + 1)
}

function survival(sex: Sex, from: number, until: number): number {
  const { at75, growth } = sex === 1 ? hazard.men : hazard.women
  const sum = (age: number): number => (at75 / growth) * Math.exp(growth * (age - 75))
  return Math.exp(sum(from) - sum(until))
}

/** 出生の山と谷 — thousand births of the calendar year; at the rim the nearest year that is known. */
function births(year: number): number {
  const index = Math.min(Math.max(year - firstBirthYear, 0), birthsThousand.length - 1)
  return (birthsThousand[index] as number) * (cohortCorrection[year] ?? 1)
}

/** 生年月日の分布 — everyone of one age on the world date was born within one window of 365 or 366 days. */
export class BirthDates {
  readonly #worldDate: PlainDate
  readonly #windows: { from: number; turn: number; until: number; before: number; after: number }[]

  constructor(worldDate: PlainDate) {
    this.#worldDate = worldDate
    this.#windows = Array.from({ length: oldest + 1 }, (_, age) => {
      const from = dayNumber(dayAfter(addYears(worldDate, -(age + 1))))
      const until = dayNumber(addYears(worldDate, -age)) + 1
      const year = yearOf(worldDate) - age
      const turn = Math.min(Math.max(dayNumber(plainDateOf(year, 1, 1)), from), until)
      const before = (births(year - 1) * (turn - from)) / 365
      const after = (births(year) * (until - turn)) / 365
      return { from, turn, until, before, after }
    })
  }

  /** 出生数 — thousand births behind the persons of this age. */
  cohort(age: number): number {
    const window = this.#windows[age]
    return window === undefined ? 0 : window.before + window.after
  }

  /**
   * 生年月日 — as a day number, for an age on the world date and a number from 0 below 1. Cohorts born before
   * 1935 keep the surplus of 1 January that their registers show (+30 %, unverified).
   */
  at(age: number, u: number): number {
    const window = this.#windows[age]
    if (window === undefined) throw new RangeError(`年齢は0から${oldest}までです: ${age}`)
    const wanted = u * (window.before + window.after)
    const day =
      wanted < window.before
        ? window.from + (wanted / window.before) * (window.turn - window.from)
        : window.turn + ((wanted - window.before) / window.after) * (window.until - window.turn)
    const whole = Math.min(Math.floor(day), window.until - 1)
    const yearOfBirth = yearOf(this.#worldDate) - age - (wanted < window.before ? 1 : 0)
    const onNewYear = yearOfBirth < 1935 && (day - whole) * 1000 < 0.82
    if (onNewYear && window.turn > window.from && window.turn < window.until) return window.turn
    return whole
  }
}

/** 年齢別の割合 — shares of the insured by sex and single age; sums to 1. */
export type AgeTable = { readonly men: Float64Array; readonly women: Float64Array }

/**
 * 年齢別の割合 — bands fixed, and within a band births × survival. `youngShift` moves the share of 75–79 for
 * municipalities of another shape, the other bands giving way in proportion.
 */
export function ageTable(dates: BirthDates, youngShift: number): AgeTable {
  const men = new Float64Array(oldest + 1)
  const women = new Float64Array(oldest + 1)
  const young = ageBands.find((band) => band.from === 75)!.share
  const total = ageBands.reduce((sum, band) => sum + band.share, 0)
  for (const band of ageBands) {
    const share =
      band.from === 75
        ? (young + youngShift) / total
        : (band.share * (1 - (young + youngShift) / total)) / (total - young)
    fill(men, dates, 1, band, share * band.men)
    fill(women, dates, 2, band, share * (1 - band.men))
  }
  return { men, women }
}

function fill(
  table: Float64Array,
  dates: BirthDates,
  sex: Sex,
  band: { readonly from: number; readonly until: number },
  share: number,
): void {
  const weights: number[] = []
  for (let age = band.from; age <= band.until; age += 1) {
    // A certified disability (65–74) grows more common with age; nobody is born into the band at 65.
    const certified = band.until < 75 ? 0.4 + 0.1 * (age - band.from) : 1
    weights.push(dates.cohort(age) * survival(sex, band.from, age + 0.5) * certified)
  }
  const sum = weights.reduce((total, weight) => total + weight, 0)
  weights.forEach((weight, index) => {
    table[band.from + index] = (share * weight) / sum
  })
}

/** 偏りの基準 — the shift of the middle shape that makes the prefecture as a whole come out right. */
export function middleShift(
  weights: readonly { readonly ageShape: keyof typeof youngBandShift; readonly over75: number }[],
): number {
  const total = weights.reduce((sum, { over75 }) => sum + over75, 0)
  return -weights.reduce(
    (sum, { ageShape, over75 }) => sum + (youngBandShift[ageShape] * over75) / total,
    0,
  )
}

const texts = new Map<number, PlainDate>()

/** 通日を日に — remembered, because a prefecture writes the same few thousand days millions of times. */
export function dateOf(day: number): PlainDate {
  const known = texts.get(day)
  if (known !== undefined) return known
  const text = fromDayNumber(day)
  texts.set(day, text)
  return text
}

/** 季節のある日 — a day within [from, until) by the weights of its months. */
export class SeasonalDays {
  readonly #days: readonly { from: number; until: number; upTo: number }[]
  readonly #total: number

  constructor(from: PlainDate, until: PlainDate, weightsByMonth: readonly number[]) {
    const days: { from: number; until: number; upTo: number }[] = []
    let sum = 0
    let start = dayNumber(from)
    const end = dayNumber(until)
    while (start < end) {
      const date = fromDayNumber(start)
      const next =
        monthOf(date) === 12
          ? plainDateOf(yearOf(date) + 1, 1, 1)
          : plainDateOf(yearOf(date), monthOf(date) + 1, 1)
      const stop = Math.min(dayNumber(next), end)
      sum += (stop - start) * (weightsByMonth[monthOf(date) - 1] as number)
      days.push({ from: start, until: stop, upTo: sum })
      start = stop
    }
    this.#days = days
    this.#total = sum
  }

  at(u: number): number {
    const wanted = u * this.#total
    let before = 0
    for (const month of this.#days) {
      if (wanted < month.upTo) {
        const inside = (wanted - before) / (month.upTo - before)
        return month.from + Math.floor(inside * (month.until - month.from))
      }
      before = month.upTo
    }
    return (this.#days.at(-1) as { until: number }).until - 1
  }
}
