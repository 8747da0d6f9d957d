import {
  addMonths,
  birthday,
  dayNumber,
  type MunicipalityCode,
  municipalityCodeOf,
} from '@koiki/kernel'
import { dateOf, SeasonalDays } from './ages.ts'
import { Builder } from './builder.ts'
import { Chance, Spread, Weights } from './chance.ts'
import { living, season, yearly } from './data/demography.ts'
import { elsewhere } from './data/elsewhere.ts'
import { deathsBy, gapAt, historyYears, type Kind, kinds } from './kinds.ts'
import type { HouseholdModel } from './people.ts'
import { coupleWithChildrenShare, type Plan, type Seat } from './plan.ts'

const places = new Weights(elsewhere.map(({ weight }) => weight))
const placeCodes = elsewhere.map(({ code }) => municipalityCodeOf(code))

/** Purposes that are spread evenly; each has its own line of √prime. */
const lines = [
  'core',
  'children',
  'event',
  'eventDay',
  'bereaved',
  'bereavedDay',
  'certified',
] as const
type Line = (typeof lines)[number]

/** 26か月の動きの割合 — per person of a household that moves as one. */
const perPerson = (events: number): number => (events / yearly.insured) * historyYears
const moves = {
  // Some arrive before 75 and are counted by their age only, hence a little more than is wanted.
  in: perPerson(yearly.movesIn) * 1.13,
  between: perPerson(yearly.movesBetween),
  inside: perPerson(yearly.movesInside),
  welfareEnds: perPerson(yearly.welfareEnds),
}

/**
 * 世帯を組み立てる — from a seat to persons with births, relations and stays. Draws nothing of names, addresses or money,
 * so that those can change without moving anybody.
 */
export class Composition {
  readonly #plan: Plan
  readonly #composition: Chance
  readonly #person: Chance
  readonly #history: Chance
  readonly #spreads: Readonly<Record<Kind, Readonly<Record<Line, Spread>>>>
  readonly #today: number
  readonly #start: number
  readonly #deaths: SeasonalDays
  readonly #moves: SeasonalDays
  readonly #evenly: SeasonalDays
  readonly #withChildren: readonly number[]
  readonly #municipalityWeights: Weights
  readonly #bereaved: number

  constructor(plan: Plan) {
    const { seed, union, worldDate } = plan.order
    this.#plan = plan
    this.#composition = new Chance(seed, union, 'composition')
    this.#person = new Chance(seed, union, 'person')
    this.#history = new Chance(seed, union, 'history')
    this.#spreads = Object.fromEntries(
      kinds.map((kind, index) => [
        kind,
        Object.fromEntries(
          lines.map((line, at) => [line, new Spread(seed + index * 97, union, at)]),
        ),
      ]),
    ) as Record<Kind, Record<Line, Spread>>
    const start = addMonths(worldDate, -26)
    this.#today = dayNumber(worldDate)
    this.#start = dayNumber(start)
    this.#deaths = new SeasonalDays(start, worldDate, season.deaths)
    this.#moves = new SeasonalDays(start, worldDate, season.moves)
    this.#evenly = new SeasonalDays(start, worldDate, Array(12).fill(1))
    this.#withChildren = plan.municipalities.map((municipality) =>
      coupleWithChildrenShare(municipality, plan.municipalities),
    )
    this.#municipalityWeights = new Weights(plan.municipalities.map(({ over75 }) => over75))
    const widowed = plan.total('alone') + plan.total('withChildren')
    const deaths =
      perPerson(yearly.deaths + yearly.deathsOfOthers) * plan.order.persons * deathsBy.spouse
    this.#bereaved = deaths / widowed
  }

  get today(): number {
    return this.#today
  }

  /** The first day of the history, 26 months before the world date. */
  get start(): number {
    return this.#start
  }

  build(seat: Seat): HouseholdModel {
    this.#composition.at(seat.unit)
    this.#person.at(seat.unit)
    this.#history.at(seat.unit)
    const core = this.#plan.tables(seat.municipality)[seat.kind].core(this.#corePlace(seat))
    const builder = new Builder(seat, this.#today, this.#start, this.#plan.dates, this.#person)
    if (core.pair) {
      builder.couple(core.husband, core.wife, core.within, this.#composition.happens(0.96))
    } else if (seat.kind === 'diedAlone' || seat.kind === 'diedWithChildren') {
      const day = this.#deaths.at(this.#even(seat, 'eventDay'))
      builder.dead(core.sex, core.age, core.within, day, this.#lateness())
    } else builder.single(core.sex, core.age, core.within)
    this.#company(builder, core.pair)
    this.#certify(builder)
    this.#past(builder)
    return builder.household()
  }

  #even(seat: Seat, line: Line): number {
    return this.#spreads[seat.kind][line].at(seat.rank)
  }

  /** Tables run from young to old: two places are set by hand, so that a certified person and an old one exist. */
  #corePlace(seat: Seat): number {
    if (seat.kind === 'alone' && seat.rank === 7) return 0.001
    return seat.kind === 'welfareAlone' && seat.rank === 0 ? 0.8 : this.#even(seat, 'core')
  }

  /** Days between the event and the clerk: most at once, a few after weeks. */
  #lateness(): number {
    const u = this.#history.unit()
    return u < 0.93 ? Math.floor(u * 7) : 14 + this.#history.below(40)
  }

  #company(builder: Builder, pair: boolean): void {
    const { seat } = builder
    const chance = this.#composition
    const children =
      seat.kind === 'withChildren' ||
      seat.kind === 'diedWithChildren' ||
      seat.kind === 'soonWithChildren' ||
      (pair &&
        seat.kind !== 'leftCouple' &&
        seat.kind !== 'welfareCouple' &&
        this.#even(seat, 'children') < (this.#withChildren[seat.municipality] as number))
    if (children) {
      const split = seat.kind !== 'diedWithChildren' && chance.happens(living.splitHousehold)
      const childHead = chance.happens(pair ? living.childHeadOfCouple : living.childHeadOfSingle)
      builder.withChildren(split, childHead, chance)
      if (seat.kind === 'diedWithChildren' && !childHead) builder.succeed()
    } else if (seat.kind === 'siblings') builder.withSibling(chance)
    else if (seat.kind === 'relative') builder.withRelative(chance)
    else builder.alone(pair)
  }

  /** 障害認定 — all who are insured before 75, and a few who have passed 75 since. */
  #certify(builder: Builder): void {
    for (const person of builder.persons) {
      const early = person.insured && person.age < 75
      const before = person.insured && person.age >= 75 && person.age < 80
      const withdrawn = builder.seat.kind === 'withdrawn' && person.role === 'core'
      if (!early && !withdrawn && !(before && this.#person.happens(0.02))) continue
      const from65 = dayNumber(birthday(dateOf(person.birth), 65))
      const until75 = dayNumber(birthday(dateOf(person.birth), 75)) - 1
      const last = Math.min(until75, this.#today)
      const recent = early && this.#even(builder.seat, 'certified') < 0.266
      const first = recent ? Math.max(from65, this.#start) : from65
      const on = Math.min(last, first + Math.floor(this.#person.unit() * (last - first + 1)))
      person.certification = { from: on, until: null }
      if (withdrawn) {
        const end = Math.max(this.#evenly.at(this.#even(builder.seat, 'eventDay')), on + 30)
        person.certification.until = Math.min(end, this.#today - 1)
        person.certification.from = Math.min(on, person.certification.until - 30)
      }
    }
  }

  #past(builder: Builder): void {
    const { seat } = builder
    const day = this.#moves.at(this.#even(seat, 'eventDay'))
    const place = placeCodes[places.pick(this.#history.unit())]!
    const late = this.#lateness()
    switch (seat.kind) {
      case 'leftAlone':
      case 'leftCouple':
        builder.leave(day, place, late)
        return
      case 'welfareAlone':
      case 'welfareCouple':
        builder.onWelfare(this.#welfareFrom(seat))
        return
      case 'outside': {
        const away = places.pick(this.#history.unit())
        const recent = seat.rank === 1 || (seat.rank !== 0 && this.#even(seat, 'event') < 0.35)
        const from = recent ? day : this.#start - 1 - this.#history.below(8 * 365)
        builder.liveOutside(away, placeCodes[away]!, from, recent, late)
        return
      }
      case 'diedAlone':
      case 'diedWithChildren':
      case 'soonAlone':
      case 'soonCouple':
      case 'soonWithChildren':
      case 'withdrawn':
        return
      default:
        this.#recently(builder, day, late)
    }
  }

  #recently(builder: Builder, day: number, late: number): void {
    const { seat } = builder
    if (this.#scripted(builder, day, late)) return
    const mayMourn = seat.kind === 'alone' || seat.kind === 'withChildren'
    if (mayMourn && this.#even(seat, 'bereaved') < this.#bereaved) {
      const died = this.#deaths.at(this.#even(seat, 'bereavedDay'))
      builder.mourn(gapAt(this.#person.unit()), died, late)
      return
    }
    const spared = mayMourn ? 1 - this.#bereaved : 1
    let left = this.#even(seat, 'event') * spared
    const comes = (share: number): boolean => {
      const chosen = left >= 0 && left < share
      left = chosen ? -1 : left - share
      return chosen
    }
    if (comes(moves.in)) builder.arrive(day, this.#farAway(), late)
    else if (comes(moves.between)) this.#moveBetween(builder, day, late)
    else if (comes(moves.inside)) builder.moveInside(day, late)
    else if (comes(moves.welfareEnds)) {
      const until = this.#evenly.at(this.#even(seat, 'eventDay'))
      builder.welfareEnded(until - 200 - this.#history.below(2500), until)
    }
  }

  /** 筋書き — what shares alone would leave out of a small prefecture happens to the first of a kind. */
  #scripted(builder: Builder, day: number, late: number): boolean {
    const { kind, rank } = builder.seat
    const turn = rank % 5000
    if (kind === 'coupleBoth' && turn === 0) this.#moveBetween(builder, day, late)
    else if (kind === 'withChildren' && turn === 0) builder.mourn(3, day, late)
    else if (kind !== 'alone' || turn > 6) return false
    else if (turn === 0) this.#moveBetween(builder, day, late)
    else if (turn === 1) builder.arrive(day, this.#farAway(), late)
    else if (turn === 2) builder.welfareEnded(day - 900, day)
    else if (turn === 3) builder.moveInside(day, late)
    else if (turn === 4) builder.mourn(3, day, late)
    else if (turn === 5) {
      this.#moveBetween(builder, day, late)
      builder.movedBefore(this.#otherPlace(builder.seat.municipality), this.#plan.municipalities)
    } else builder.comeBack(this.#otherPlace(builder.seat.municipality), day, this.#farAway())
    return true
  }

  #farAway(): MunicipalityCode {
    return placeCodes[places.pick(this.#history.unit())] as MunicipalityCode
  }

  #otherPlace(own: number): number {
    const other = this.#municipalityWeights.pick(this.#history.unit())
    return other === own ? (other + 1) % this.#plan.municipalities.length : other
  }

  #moveBetween(builder: Builder, day: number, late: number): void {
    const from = this.#otherPlace(builder.seat.municipality)
    builder.moveBetween(day, from, this.#plan.municipalities, late)
  }

  #welfareFrom(seat: Seat): number {
    const recent = (yearly.welfareBegins * historyYears) / (yearly.insured * 0.02)
    return seat.rank === 0 || this.#even(seat, 'event') < recent
      ? this.#evenly.at(this.#even(seat, 'eventDay'))
      : this.#start - 1 - this.#history.below(10 * 365)
  }
}
