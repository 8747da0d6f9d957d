import { type AgeTable, type BirthDates, deathRate, oldest, type Sex, stepShare } from './ages.ts'
import { Weights } from './chance.ts'
import {
  inFacility,
  living,
  marriedMen,
  marriedWomen,
  onWelfare,
  outsideShare,
  spouseGap,
  yearly,
} from './data/demography.ts'

/**
 * 世帯の種類 — every household of the invented prefecture is of one kind. The first nine hold somebody who is insured
 * on the world date; the others are there for what happened before and what comes next.
 */
export const kinds = [
  'alone',
  'facility',
  'withChildren',
  'siblings',
  'relative',
  'coupleBoth',
  'coupleHusband',
  'coupleWife',
  'outside',
  'diedAlone',
  'diedWithChildren',
  'leftAlone',
  'leftCouple',
  'welfareAlone',
  'welfareCouple',
  'soonAlone',
  'soonCouple',
  'soonWithChildren',
  'withdrawn',
] as const
export type Kind = (typeof kinds)[number]

/** 被保険者の数 — insured persons on the world date in a household of the kind. */
export function insuredIn(kind: Kind): number {
  if (kind === 'coupleBoth' || kind === 'siblings') return 2
  return kinds.indexOf(kind) <= kinds.indexOf('outside') ? 1 : 0
}

/** 世帯に主として住む1人、または夫婦 — the persons around whom a household is built. */
export type Core =
  | { readonly pair: false; readonly sex: Sex; readonly age: number; readonly within: number }
  | {
      readonly pair: true
      readonly husband: number
      readonly wife: number
      readonly within: number
    }

type Cell = { readonly first: number; readonly second: number; readonly weight: number }

/** 種類ごとの年齢の分布 — how often a kind occurs per insured person, and who lives there. */
export class KindTable {
  readonly #pair: boolean
  readonly #cells: readonly Cell[]
  readonly #weights: Weights
  readonly perInsured: number

  constructor(pair: boolean, cells: readonly Cell[], perInsured?: number) {
    this.#pair = pair
    this.#cells = cells.filter((cell) => cell.weight > 0)
    this.#weights = new Weights(this.#cells.map((cell) => cell.weight))
    this.perInsured = perInsured ?? this.#weights.total
  }

  core(u: number): Core {
    const { index, within } = this.#weights.at(u)
    const cell = this.#cells[index] as Cell
    return this.#pair
      ? { pair: true, husband: cell.first, wife: cell.second, within }
      : { pair: false, sex: cell.first as Sex, age: cell.second, within }
  }
}

export type KindTables = Readonly<Record<Kind, KindTable>>

const gapWeights = (() => {
  const weights: number[] = []
  for (let gap = spouseGap.least; gap <= spouseGap.most; gap += 1) {
    weights.push(Math.exp(-(((gap - spouseGap.mean) / spouseGap.deviation) ** 2) / 2))
  }
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
})()

/** 年齢差の割合 — the share of couples in which the husband is so many years older. */
export function gapShare(gap: number): number {
  return gapWeights[gap - spouseGap.least] ?? 0
}

/** 年齢差 — the husband's age less the wife's, for a number from 0 below 1. */
const gaps = new Weights(gapWeights)
export function gapAt(u: number): number {
  return spouseGap.least + gaps.pick(u)
}

/**
 * 種類ごとの分布 — built so that persons add up: the wives of insured husbands come out of the women of their age, and
 * only the women (and men) left over live without a spouse.
 */
export function kindTables(table: AgeTable, dates: BirthDates): KindTables {
  const both: Cell[] = []
  const husbandOnly: Cell[] = []
  const wifeOnly: Cell[] = []
  const single = { men: Float64Array.from(table.men), women: Float64Array.from(table.women) }
  for (let age = 65; age <= oldest; age += 1) {
    const husbands = (table.men[age] as number) * stepShare(marriedMen, age)
    single.men[age] = (table.men[age] as number) - husbands
    for (let gap = spouseGap.least; gap <= spouseGap.most; gap += 1) {
      const wife = age - gap
      const weight = husbands * gapShare(gap)
      if (wife >= 75 && wife <= oldest) {
        both.push({ first: age, second: wife, weight })
        single.women[wife] = (single.women[wife] as number) - weight
      } else if (wife < 75) husbandOnly.push({ first: age, second: Math.max(wife, 55), weight })
    }
  }
  for (let age = 65; age <= oldest; age += 1) {
    const wives = (table.women[age] as number) * stepShare(marriedWomen, age)
    for (let husband = 60; husband < 75; husband += 1) {
      const weight = wives * gapShare(husband - age)
      wifeOnly.push({ first: husband, second: age, weight })
      single.women[age] = (single.women[age] as number) - weight
    }
  }
  return { ...singles(single), ...couples(both, husbandOnly, wifeOnly), ...others(table, dates) }
}

function couples(both: Cell[], husbandOnly: Cell[], wifeOnly: Cell[]) {
  return {
    coupleBoth: new KindTable(true, both),
    coupleHusband: new KindTable(true, husbandOnly),
    coupleWife: new KindTable(true, wifeOnly),
  }
}

function singles(single: { men: Float64Array; women: Float64Array }) {
  const alone: Cell[] = []
  const facility: Cell[] = []
  const withChildren: Cell[] = []
  const siblings: Cell[] = []
  const relative: Cell[] = []
  for (let age = 65; age <= oldest; age += 1) {
    for (const [sex, weight] of [
      [1, single.men[age] as number],
      [2, single.women[age] as number],
    ] as const) {
      const there = Math.max(0, weight) * (1 - outsideShare / 0.5)
      const facilityShare = stepShare(inFacility, age)
      const atHome = there * (1 - facilityShare)
      const aloneShare = stepShare(living.aloneByAge, age)
      const rest = atHome * (1 - aloneShare)
      // A certified person of 65–74 has no insured sibling of that age: the pair would need two certificates.
      const siblingShare = age >= 75 && age < 100 ? living.siblings : 0
      facility.push({ first: sex, second: age, weight: there * facilityShare })
      alone.push({ first: sex, second: age, weight: atHome * aloneShare })
      siblings.push({ first: sex, second: age, weight: (rest * siblingShare) / 2 })
      relative.push({ first: sex, second: age, weight: rest * living.relative })
      withChildren.push({
        first: sex,
        second: age,
        weight: rest * (1 - siblingShare - living.relative),
      })
    }
  }
  return {
    alone: new KindTable(false, alone),
    facility: new KindTable(false, facility),
    withChildren: new KindTable(false, withChildren),
    siblings: new KindTable(false, siblings),
    relative: new KindTable(false, relative),
  }
}

/** 26か月 — how far back the history goes, in years. */
export const historyYears = 26 / 12

function others(table: AgeTable, dates: BirthDates) {
  const perYear = (events: number): number => (events / yearly.insured) * historyYears
  const cells = (weight: (sex: Sex, age: number, share: number) => number): Cell[] => {
    const list: Cell[] = []
    for (let age = 65; age <= oldest; age += 1) {
      list.push({ first: 1, second: age, weight: weight(1, age, table.men[age] as number) })
      list.push({ first: 2, second: age, weight: weight(2, age, table.women[age] as number) })
    }
    return list
  }
  const over75 = (factor: (age: number) => number) =>
    cells((_, age, share) => (age >= 75 ? share * factor(age) : 0))
  // Husbands who left a widow are counted with the widow's household, so fewer men die here.
  const dead = cells((sex, age, share) => {
    const certified = age < 75 ? 3 : 1
    return share * Math.min(1, deathRate(sex, age) * certified) * (sex === 1 ? 0.55 : 1)
  })
  const certified = cells((_, age, share) => (age < 75 ? share : 0))
  const pairs = (from: number, until: number): Cell[] => {
    const list: Cell[] = []
    for (let husband = from; husband < until; husband += 1) {
      for (let gap = 0; gap <= 6; gap += 1) {
        list.push({ first: husband, second: husband - gap, weight: gapShare(gap) })
      }
    }
    return list
  }
  // Those who are 74: as many as their births, next to those of 75 who are in the table.
  const soon = (sex: Sex): number => {
    const at75 = (sex === 1 ? table.men : table.women)[75] as number
    return (at75 * dates.cohort(74)) / dates.cohort(75) / (1 - deathRate(sex, 74))
  }
  const soonPairs: Cell[] = []
  for (let gap = 0; gap <= spouseGap.most; gap += 1) {
    soonPairs.push({ first: 74, second: 74 - gap, weight: soon(1) * 0.77 * gapShare(gap) })
  }
  for (let gap = spouseGap.least; gap < 0; gap += 1) {
    soonPairs.push({ first: 74 + gap, second: 74, weight: soon(2) * 0.58 * gapShare(gap) })
  }
  const soonSingle = (share: number): Cell[] => [
    { first: 1, second: 74, weight: soon(1) * 0.23 * share },
    { first: 2, second: 74, weight: soon(2) * 0.36 * share },
  ]
  const deaths = perYear(yearly.deaths + yearly.deathsOfOthers)
  return {
    outside: new KindTable(
      false,
      over75((age) => Math.exp((age - 75) / 10)),
      outsideShare,
    ),
    diedAlone: new KindTable(false, dead, deaths * deathsBy.alone),
    diedWithChildren: new KindTable(false, dead, deaths * deathsBy.withChildren),
    leftAlone: new KindTable(
      false,
      over75(() => 1),
      perYear(yearly.movesOut) * 0.8,
    ),
    leftCouple: new KindTable(true, pairs(78, 90), perYear(yearly.movesOut) * 0.1),
    welfareAlone: new KindTable(
      false,
      over75((age) => Math.exp((75 - age) / 12)),
      onWelfare * 0.9,
    ),
    welfareCouple: new KindTable(true, pairs(78, 88), onWelfare * 0.05),
    soonAlone: new KindTable(false, soonSingle(0.6)),
    soonCouple: new KindTable(true, soonPairs),
    soonWithChildren: new KindTable(false, soonSingle(0.4)),
    withdrawn: new KindTable(false, certified, perYear(yearly.certificationsWithdrawn)),
  }
}

/** 死亡した人の暮らし方 — who was left behind: nobody, children, or a spouse who is insured. Unverified. */
export const deathsBy = { alone: 0.42, withChildren: 0.28, spouse: 0.3 } as const
