import {
  addMonths,
  dayBefore,
  type FiscalYear,
  firstOfMonth,
  fiscalYearOf,
  type PlainDate,
} from '@koiki/kernel'
import type { Entitlement } from '../entitlement.ts'

/** ほかに動くもの — what a change of rights moves in another chapter, from when, and what to expect. */
export type Moved = {
  readonly what: 'premium' | 'copay' | 'certificate'
  /** The first day on which the rights differ. */
  readonly from: PlainDate
  /** The first day from which they are the same again; null when they stay different. */
  readonly until: PlainDate | null
  /** 資格月数 that are won or lost, by fiscal year; only for the premium. */
  readonly months: readonly { readonly fiscalYear: FiscalYear; readonly change: number }[]
  readonly reason: MovedReason
}

/** 動く理由 — a right begins or ends, its municipality changes, or what it rests on. */
export type MovedReason = 'begins' | 'ends' | 'municipality' | 'basis'

/**
 * ほかに動くもの — compares the rights day by day: premiums by the months insured, 一部負担金の割合 from the first
 * day that differs, certificates by what is printed on them. Empty when nothing differs. The fiscal year of
 * `asOf` is the last whose months are counted.
 */
export function whatElseMoves(
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  asOf: PlainDate,
): readonly Moved[] {
  const days = edges(before, after)
  const state = differing(days, (day) => stateOn(before, day) !== stateOn(after, day))
  if (state === null) return []
  const certificate: Moved = {
    what: 'certificate',
    ...state,
    reason: reasonOf(before, after, state.from),
    months: [],
  }
  const place = differing(days, (day) => placeOn(before, day) !== placeOn(after, day))
  if (place === null) return [certificate]
  const reason = reasonOf(before, after, place.from)
  const months = monthsBetween(before, after, place.from, asOf)
  return [
    { what: 'premium', ...place, reason, months },
    { what: 'copay', ...place, reason, months: [] },
    certificate,
  ]
}

/** From the first day that differs until the first after the last such day; null where none does. */
function differing(
  days: readonly PlainDate[],
  differs: (day: PlainDate) => boolean,
): Pick<Moved, 'from' | 'until'> | null {
  const found = days.filter(differs)
  const [from] = found
  if (from === undefined) return null
  return { from, until: days[days.indexOf(found.at(-1)!) + 1] ?? null }
}

/** Every day on which one of the two changes. */
function edges(...all: readonly (readonly Entitlement[])[]): readonly PlainDate[] {
  const pieces = all.flat().flatMap((right) => right.pieces)
  const days = pieces.flatMap(({ from, until }) => (until === null ? [from] : [from, until]))
  return [...new Set(days)].sort()
}

const pieceOn = (rights: readonly Entitlement[], day: PlainDate) =>
  rights
    .flatMap((right) => right.pieces.map((piece) => ({ ...piece, acquiredOn: right.acquiredOn })))
    .find(({ from, until }) => from <= day && (until === null || day < until))

const placeOn = (rights: readonly Entitlement[], day: PlainDate): string =>
  pieceOn(rights, day)?.municipality ?? ''

/** What a certificate says of the day: the insurer, and since when and on what the right stands. */
function stateOn(rights: readonly Entitlement[], day: PlainDate): string {
  const piece = pieceOn(rights, day)
  return piece === undefined ? '' : `${piece.municipality} ${piece.acquiredOn} ${piece.basis}`
}

function reasonOf(
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  day: PlainDate,
): MovedReason {
  const stood = pieceOn(before, day)
  const stands = pieceOn(after, day)
  if (stood === undefined) return 'begins'
  if (stands === undefined) return 'ends'
  return stood.municipality === stands.municipality ? 'basis' : 'municipality'
}

/** A month counts when the person is insured on its last day: 喪失の月 does not, 取得の月 does. */
function monthsBetween(
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  from: PlainDate,
  asOf: PlainDate,
) {
  const changes = new Map<FiscalYear, number>()
  const end = fiscalYearOf(asOf)
  for (let month = firstOfMonth(from); fiscalYearOf(month) <= end; month = addMonths(month, 1)) {
    const lastDay = dayBefore(addMonths(month, 1))
    const change =
      Number(pieceOn(after, lastDay) !== undefined) - Number(pieceOn(before, lastDay) !== undefined)
    if (change === 0) continue
    const year = fiscalYearOf(month)
    changes.set(year, (changes.get(year) ?? 0) + change)
  }
  return [...changes].map(([fiscalYear, change]) => ({ fiscalYear, change }))
}
