import type { PlainDate, UnionCode } from '@koiki/kernel'
import { type AgeTable, ageTable, BirthDates, middleShift } from './ages.ts'
import { Chance, mixed } from './chance.ts'
import { living, youngBandShift } from './data/demography.ts'
import { insuredIn, type Kind, type KindTables, kinds, kindTables } from './kinds.ts'
import { type Municipality, municipalitiesOf } from './municipality.ts'

/** 架空の都道府県の注文 — what decides every row of it; the same order gives the same prefecture. */
export type Order = {
  /** 被保険者数 — insured persons on the world date, 住所地特例 outside and 障害認定 included. */
  readonly persons: number
  readonly seed: number
  readonly worldDate: PlainDate
  readonly union: UnionCode
}

/** 世帯の席 — where a household stands: its municipality, its kind, and its place among its kind. */
export type Seat = {
  /** 0, 1, 2 … through the whole prefecture; the key of everything that is drawn for the household. */
  readonly unit: number
  readonly municipality: number
  /** 0, 1, 2 … within the municipality. */
  readonly local: number
  readonly kind: Kind
  /** 0, 1, 2 … among households of the kind in the whole prefecture. */
  readonly rank: number
}

/** How often every prefecture holds a kind at least, however small: what is planted needs somebody to live it. */
function least(kind: Kind): number {
  if (kind === 'outside') return 3
  if (kind === 'leftAlone') return 3
  if (kind === 'soonAlone' || kind === 'welfareAlone' || kind === 'siblings') return 2
  return kind === 'leftCouple' ? 0 : 1
}

/**
 * 割付け — how many insured each municipality has and of which kinds its households are: exact quotas, evenly rounded
 * (never drawn), so that a tenth or a hundredth of a prefecture still looks like it.
 */
export class Plan {
  readonly order: Order
  readonly municipalities: readonly Municipality[]
  readonly insured: readonly number[]
  readonly dates: BirthDates
  readonly units: number
  readonly #tables: Readonly<Record<Municipality['ageShape'], KindTables>>
  readonly #seats: readonly Uint32Array[]
  readonly #firstUnit: readonly number[]
  readonly #counts: readonly Readonly<Record<Kind, number>>[]
  readonly #firstRank: readonly Readonly<Record<Kind, number>>[]

  constructor(order: Order) {
    this.order = order
    this.municipalities = municipalitiesOf(order.union)
    this.dates = new BirthDates(order.worldDate)
    this.insured = apportion(order, this.municipalities)
    const middle = middleShift(this.municipalities)
    const shape = (name: Municipality['ageShape']): AgeTable =>
      ageTable(this.dates, youngBandShift[name] + middle)
    this.#tables = {
      young: kindTables(shape('young'), this.dates),
      middle: kindTables(shape('middle'), this.dates),
      old: kindTables(shape('old'), this.dates),
    }
    this.#counts = this.#countKinds()
    this.#firstRank = firstRanks(this.#counts)
    const chance = new Chance(order.seed, order.union, 'composition')
    this.#seats = this.#counts.map((counts, index) => mixedSeats(counts, chance.at(index, 9)))
    let next = 0
    this.#firstUnit = this.#seats.map((seats) => {
      next += seats.length
      return next - seats.length
    })
    this.units = next
  }

  tables(municipality: number): KindTables {
    return this.#tables[(this.municipalities[municipality] as Municipality).ageShape]
  }

  households(municipality: number): number {
    return (this.#seats[municipality] as Uint32Array).length
  }

  /** The seat of a household by its number in the whole prefecture. */
  seat(unit: number): Seat {
    let low = 0
    let high = this.#firstUnit.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#firstUnit[middle] as number) <= unit) low = middle
      else high = middle - 1
    }
    return this.seatOf(low, unit - (this.#firstUnit[low] as number))
  }

  seatOf(municipality: number, local: number): Seat {
    let within = (this.#seats[municipality] as Uint32Array)[local] as number
    const counts = this.#counts[municipality] as Readonly<Record<Kind, number>>
    for (const kind of kinds) {
      if (within < counts[kind]) {
        const first = (this.#firstRank[municipality] as Readonly<Record<Kind, number>>)[kind]
        const unit = (this.#firstUnit[municipality] as number) + local
        return { unit, municipality, local, kind, rank: first + within }
      }
      within -= counts[kind]
    }
    throw new RangeError(`世帯の席がありません: 市区町村${municipality}の${local}番目`)
  }

  /** How many households of a kind the prefecture has. */
  total(kind: Kind): number {
    return this.#counts.reduce((sum, counts) => sum + counts[kind], 0)
  }

  #countKinds(): Record<Kind, number>[] {
    const factors = factorsOf(this.municipalities)
    const { seed, union } = this.order
    const running = Object.fromEntries(
      kinds.map((kind, index) => [kind, mixed(seed, Number(union), index) / 0x1_0000_0000]),
    )
    const alone = this.#tables.middle.alone.perInsured
    const counts = this.municipalities.map((_, index) => {
      const count = {} as Record<Kind, number>
      const wanted = wantedKinds(this.tables(index), alone * factors[index]!.alone)
      for (const kind of kinds) {
        const before = running[kind] as number
        running[kind] = before + wanted[kind] * (this.insured[index] as number)
        count[kind] = Math.floor(running[kind] as number) - Math.floor(before)
        // Who lives alone is compared place by place: where there are some, no rounding is carried over.
        const alone = wanted.alone * (this.insured[index] as number)
        if (kind === 'alone' && alone >= 2) count.alone = Math.round(alone)
      }
      return count
    })
    const largest = this.insured.indexOf(Math.max(...this.insured))
    for (const kind of kinds) {
      const missing = least(kind) - counts.reduce((sum, count) => sum + count[kind], 0)
      counts[largest]![kind] += Math.max(0, missing)
    }
    counts.forEach((count, index) => {
      settle(count, this.insured[index] as number)
    })
    return counts
  }
}

/** 軽い方へ寄せる — households of one insured make up the difference, so that the number is met exactly. */
function settle(count: Record<Kind, number>, insured: number): void {
  const sum = (): number => kinds.reduce((total, kind) => total + count[kind] * insuredIn(kind), 0)
  const givingWay: readonly Kind[] = [
    'withChildren',
    'alone',
    'coupleHusband',
    'coupleBoth',
    'facility',
    'relative',
    'siblings',
    'coupleWife',
    'outside',
  ]
  while (sum() > insured) {
    const spare = (least: number): Kind | undefined => givingWay.find((kind) => count[kind] > least)
    const kind = spare(1) ?? spare(0)
    if (kind === undefined) return
    count[kind] -= 1
  }
  count.withChildren += insured - sum()
}

/** 市区町村の癖 — how much more often people live alone, or as a couple only, than in the whole. */
type Factors = { readonly alone: number }

function factorsOf(municipalities: readonly Municipality[]): Factors[] {
  const alone = municipalities.reduce((sum, { aloneOver65 }) => sum + aloneOver65, 0)
  const over75 = municipalities.reduce((sum, municipality) => sum + municipality.over75, 0)
  return municipalities.map((municipality) => ({
    alone: municipality.aloneOver65 / municipality.over75 / (alone / over75),
  }))
}

/** 1人で暮らさない人は、子や親族と暮らす — the singles at home stay as many as the ages make them. */
function wantedKinds(tables: KindTables, alone: number): Record<Kind, number> {
  const wanted = Object.fromEntries(kinds.map((kind) => [kind, tables[kind].perInsured]))
  const together = ['withChildren', 'siblings', 'relative'] as const
  const others = together.reduce((sum, kind) => sum + (wanted[kind] as number) * insuredIn(kind), 0)
  const left = Math.max(0, others + (wanted.alone as number) - alone) / others
  for (const kind of together) wanted[kind] = (wanted[kind] as number) * left
  wanted.alone = alone
  return wanted as Record<Kind, number>
}

/**
 * 子と暮らす夫婦 — the share of couples with children in a municipality; where the census counts many old couples
 * alone, fewer live with a child.
 */
export function coupleWithChildrenShare(
  municipality: Municipality,
  all: readonly Municipality[],
): number {
  const couples = (one: Municipality): number =>
    (one.oldCouplesPercent * one.households) / one.over75
  const mean =
    all.reduce((sum, one) => sum + couples(one) * one.over75, 0) /
    all.reduce((sum, one) => sum + one.over75, 0)
  const alone = ((1 - living.coupleWithChildren) * couples(municipality)) / mean
  return Math.min(0.6, Math.max(0.1, 1 - alone))
}

function apportion(order: Order, municipalities: readonly Municipality[]): number[] {
  const least = 2 * municipalities.length
  const { persons, seed } = order
  if (!Number.isSafeInteger(persons) || persons < Math.max(60, least) || persons > 2_000_000) {
    throw new RangeError(
      `被保険者数は${Math.max(60, least)}から2000000までの整数で指定してください: ${persons}`,
    )
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`種は0以上の整数で指定してください: ${seed}`)
  }
  const total = municipalities.reduce((sum, { over75 }) => sum + over75, 0)
  const exact = municipalities.map(({ over75 }) => (over75 * persons) / total)
  const counts = exact.map((share) => Math.max(1, Math.floor(share)))
  const byRemainder = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index)
  for (let step = 0; counts.reduce((sum, count) => sum + count, 0) < persons; step += 1) {
    const { index } = byRemainder[step % byRemainder.length]!
    counts[index] = (counts[index] as number) + 1
  }
  const largest = counts.indexOf(Math.max(...counts))
  counts[largest]! -= counts.reduce((sum, count) => sum + count, 0) - persons
  return counts
}

function firstRanks(
  counts: readonly Readonly<Record<Kind, number>>[],
): Readonly<Record<Kind, number>>[] {
  const next = Object.fromEntries(kinds.map((kind) => [kind, 0]))
  return counts.map((count) => {
    const first = { ...next } as Record<Kind, number>
    for (const kind of kinds) next[kind] = (next[kind] as number) + count[kind]
    return first
  })
}

/** 席順 — households of all kinds in one municipality, thoroughly mixed (Fisher–Yates). */
function mixedSeats(counts: Readonly<Record<Kind, number>>, chance: Chance): Uint32Array {
  const size = kinds.reduce((sum, kind) => sum + counts[kind], 0)
  const seats = Uint32Array.from({ length: size }, (_, index) => index)
  for (let index = size - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1)
    const kept = seats[index] as number
    seats[index] = seats[other] as number
    seats[other] = kept
  }
  return seats
}
