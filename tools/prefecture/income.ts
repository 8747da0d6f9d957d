import { addYears, dayNumber, fiscalYearOf, type PlainDate, plainDateOf } from '@koiki/kernel'
import { stepShare } from './ages.ts'
import { Chance, normalAt, Spread } from './chance.ts'
import { incomeModel as model } from './data/income.ts'
import { type Kind, kinds } from './kinds.ts'
import type { Municipality } from './municipality.ts'
import type { HouseholdModel, Person } from './people.ts'
import type { Order } from './plan.ts'
import { basicDeduction, isResidentTaxFree, totalIncome, type YearIncome } from './taxOffice.ts'

/** 課税の結果 — the tax office's own result for a person and a year, next to the amounts it came from. */
export type TaxResult = YearIncome & {
  declared: boolean
  /** 合計所得金額 — before 特別控除. */
  grossIncome: number
  /** 課税標準額（課税所得） — 0 where no resident tax is due. */
  taxableIncome: number
  /** 世帯主調整控除額 — 高齢者医療確保法施行令7条: of a head with members under 19. Unverified amounts. */
  headAdjustment: number
  /** 基準収入額の判定に用いる収入 — before expenses and deductions. */
  revenue: number
  /** 住民税が非課税 */
  taxFree: boolean
}

/** 課税年度ごとの結果 — null for children, who have no record. */
export type PersonIncome = ReadonlyMap<number, TaxResult> | null

const empty: YearIncome = {
  publicPension: 0,
  salary: 0,
  familyEmployeeSalary: 0,
  business: 0,
  familyEmployeeDeduction: 0,
  capitalGains: 0,
  capitalGainsSpecialDeduction: 0,
  other: 0,
}

/** 置き換え — amounts to put in the place of the drawn ones, for a person and a fiscal year. */
export type Amend = (
  person: Person,
  fiscalYear: number,
  drawn: YearIncome,
) => Partial<YearIncome & { declared: boolean }>

/** 課税年度 — three with records; the records of a year are there from 10 June. */
export function taxYears(worldDate: PlainDate): readonly number[] {
  const current = fiscalYearOf(worldDate)
  const latest = worldDate >= plainDateOf(current, 6, 10) ? current : current - 1
  return [latest - 2, latest - 1, latest]
}

type Base = {
  person: Person
  income: YearIncome
  undeclared: boolean
  /** 寡婦控除・障害者控除を受ける人は、所得135万円まで住民税がかからない。 */
  relieved: boolean
  deductions: number
}

/**
 * 収入をつくる — every adult of a household, for the fiscal years asked for. Reads ages and roles, draws from the
 * income stream alone: names, addresses and oddities cannot move it.
 */
export class Incomes {
  readonly #chance: Chance
  readonly #pension: Readonly<Record<Kind, readonly [Spread, Spread]>>
  readonly #wealth: Readonly<Record<Kind, readonly [Spread, Spread]>>
  readonly #years: readonly number[]

  constructor(order: Order) {
    const { seed, union } = order
    this.#chance = new Chance(seed, union, 'income')
    this.#years = taxYears(order.worldDate)
    const spreads = (first: number) =>
      Object.fromEntries(
        kinds.map((kind, index) => [
          kind,
          [
            new Spread(seed + index * 131, union, first),
            new Spread(seed + index * 131, union, first + 1),
          ],
        ]),
      ) as unknown as Readonly<Record<Kind, readonly [Spread, Spread]>>
    this.#pension = spreads(8)
    this.#wealth = spreads(10)
  }

  /** Fiscal years with records, the oldest first. */
  get years(): readonly number[] {
    return this.#years
  }

  /**
   * The incomes of a household, person by person. `amend` may put other amounts in the place of drawn ones
   * (what is planted on purpose); it sees them before the tax office does.
   */
  of(household: HouseholdModel, municipality: Municipality, amend?: Amend): PersonIncome[] {
    this.#chance.at(household.seat.unit)
    const level = municipality.taxableThousandYen / 2950
    const bases = household.persons.map((person) => this.#base(household, person, level))
    this.#employFamily(bases)
    const results = bases.map((base) => (base === null ? null : new Map<number, TaxResult>()))
    for (const fiscalYear of this.#years) {
      const year = bases.map((base) => {
        if (base === null) return null
        const drawn = this.#inYear(base, fiscalYear - 1)
        return amend === undefined ? drawn : { ...drawn, ...amend(base.person, fiscalYear, drawn) }
      })
      year.forEach((income, index) => {
        const base = bases[index]
        if (income === null || base === null || base === undefined) return
        const spouse = spouseOf(base.person, household.persons)
        const spouseIncome = spouse === null ? null : (year[spouse.slot] ?? null)
        results[index]?.set(fiscalYear, {
          ...this.#assessed(base, income, spouse, spouseIncome, fiscalYear),
          headAdjustment: headAdjustment(household, base.person, fiscalYear),
        })
      })
    }
    return results
  }

  #base(household: HouseholdModel, person: Person, level: number): Base | null {
    if (person.age < 18) return null
    const income = { ...empty }
    const { kind } = household.seat
    if (kind === 'welfareAlone' || kind === 'welfareCouple') {
      income.publicPension = Math.floor(this.#chance.unit() * 600_000)
    } else if (person.age >= 65) this.#elder(income, household, person, level)
    else this.#worker(income, person, household, level)
    const chance = this.#chance
    const undeclared =
      person.age >= 65 ? chance.happens(model.undeclared) : chance.happens(model.undeclared / 2)
    const medical = chance.happens(0.15) ? Math.floor(chance.lognormal(60_000, 0.8)) : 0
    const insurance = chance.happens(0.5) ? 40_000 : 0
    const disabled = chance.happens(person.age >= 65 ? 0.12 : 0.02)
    const spouse = spouseOf(person, household.persons)
    const widowed = chance.happens(0.5) && person.sex === 2 && spouse === null && person.age >= 65
    const personal = (disabled ? 280_000 : 0) + (widowed ? 260_000 : 0)
    return {
      person,
      income,
      undeclared,
      relieved: disabled || widowed,
      deductions: medical + insurance + personal,
    }
  }

  #elder(income: YearIncome, household: HouseholdModel, person: Person, level: number): void {
    const { kind, rank } = household.seat
    const chance = this.#chance
    const men = person.sex === 1
    const which = person.role === 'core' ? 0 : person.role === 'spouse' ? 1 : null
    const u = which === null ? chance.unit() : this.#pension[kind][which].at(rank)
    const pension = men ? model.pension.men : model.pension.women
    const factor = person.age < 75 ? model.youngOldFactor : 1
    if (u < pension.basicOnly) {
      const amount = pension.basic + pension.basicDeviation * normalAt(u / pension.basicOnly)
      income.publicPension = Math.max(180_000, Math.min(model.pension.mostBasic, amount))
    } else {
      const rest = (u - pension.basicOnly) / (1 - pension.basicOnly)
      income.publicPension =
        pension.median * Math.exp(pension.sigma * normalAt(rest)) * level * factor
    }
    const wealth = which === null ? chance.unit() : this.#wealth[kind][which].at(rank)
    const rich = men ? model.wealthy.men : model.wealthy.women
    if (wealth < rich) {
      const amount = model.wealthy.median * Math.exp(model.wealthy.sigma * normalAt(wealth / rich))
      if (chance.happens(0.5)) income.salary = amount * 1.25
      else income.other = amount
    }
    const salary = men ? model.salary.men : model.salary.women
    if (income.salary === 0 && chance.happens(stepShare(salary, person.age))) {
      income.salary = chance.lognormal(model.salary.median, model.salary.sigma) * level
    }
    if (income.other === 0 && chance.happens(model.other.share)) {
      income.other = chance.lognormal(model.other.median, model.other.sigma) * level
    }
    if (chance.happens(model.business.share)) {
      const amount = chance.lognormal(model.business.median, model.business.sigma)
      income.business = chance.happens(model.business.loss) ? -amount * 0.6 : amount
    }
  }

  #worker(income: YearIncome, person: Person, household: HouseholdModel, level: number): void {
    const chance = this.#chance
    const men = person.sex === 1
    const u = chance.unit()
    if (u >= (men ? model.children.working.men : model.children.working.women)) return
    const wage = men ? model.children.men : model.children.women
    const unmarried = household.persons.every(({ role }) => role !== 'childSpouse')
    const factor = (unmarried ? model.children.unmarriedFactor : 1) * (person.age < 25 ? 0.6 : 1)
    income.salary = chance.lognormal(wage.median, wage.sigma) * level * factor
  }

  /** 専従者 — a business of the household pays a spouse or child, whose wages then are 専従者給与. */
  #employFamily(bases: readonly (Base | null)[]): void {
    for (const base of bases) {
      if (base === null || base.income.business <= 0) continue
      const employs = this.#chance.happens(model.business.employsFamily)
      const helper = bases.find(
        (other) => other != null && other !== base && other.income.salary === 0,
      )
      if (!employs || helper == null) continue
      const paid = this.#chance.between(5, 12) * 100_000
      base.income.familyEmployeeDeduction = paid
      helper.income.salary = paid
      helper.income.familyEmployeeSalary = paid
    }
  }

  #inYear(base: Base, incomeYear: number): YearIncome & { declared: boolean; proceeds: number } {
    const chance = this.#chance
    const income = { ...base.income }
    for (let year = (this.#years.at(-1) as number) - 1; year > incomeYear; year -= 1) {
      income.publicPension /= model.pension.revision[year] ?? 1.02
    }
    income.publicPension = Math.floor(income.publicPension)
    const paid = income.familyEmployeeSalary
    const drift = 1 + 0.04 * chance.normal()
    income.salary = paid > 0 ? income.salary : Math.floor(income.salary * drift)
    income.other = Math.floor(income.other * (1 + 0.05 * chance.normal()))
    income.business = Math.trunc(income.business * (1 + 0.15 * chance.normal()))
    let proceeds = 0
    if (base.person.age >= 65 && chance.happens(model.capitalGains.share)) {
      const { median, sigma, most, special } = model.capitalGains
      const gain = Math.floor(Math.min(most, chance.lognormal(median, sigma)))
      const deducted = chance.happens(special) ? Math.min(gain, 30_000_000) : 0
      income.capitalGains = gain - deducted
      income.capitalGainsSpecialDeduction = deducted
      proceeds = Math.floor(gain * 1.3)
    }
    const declared = !(base.undeclared && chance.happens(0.8))
    if (declared) return { ...income, declared, proceeds }
    // Nobody has reported anything, so the tax office knows nothing: every amount is 0.
    return { ...empty, declared, proceeds: 0 }
  }

  #assessed(
    base: Base,
    income: YearIncome & { declared: boolean; proceeds: number },
    spouse: Person | null,
    spouseIncome: YearIncome | null,
    fiscalYear: number,
  ): Omit<TaxResult, 'headAdjustment'> {
    const { proceeds, ...amounts } = income
    const latest = this.#years.at(-1) as number
    const over65 = (age: number): boolean => age - (latest - fiscalYear) >= 65
    const total = totalIncome(income, over65(base.person.age), fiscalYear - 1)
    const own = spouse === null || spouseIncome === null ? null : spouseIncome
    const supported =
      own !== null &&
      totalIncome(own, over65(spouse!.age), fiscalYear - 1) <= 480_000 &&
      total > 480_000
    const social = 60_000 + Math.floor(0.11 * Math.min(total, 7_000_000))
    const deductions =
      base.deductions +
      social +
      (supported && total <= 9_000_000 ? (spouse!.age >= 70 ? 380_000 : 330_000) : 0) +
      basicDeduction(total + income.capitalGainsSpecialDeduction)
    const grossIncome = total + income.capitalGainsSpecialDeduction
    const taxFree = isResidentTaxFree(grossIncome, supported ? 1 : 0, base.relieved)
    return {
      ...amounts,
      grossIncome,
      taxableIncome: taxFree ? 0 : Math.floor(Math.max(0, total - deductions) / 1000) * 1000,
      revenue:
        income.publicPension +
        income.salary +
        Math.max(0, Math.floor(income.business * 2.2)) +
        Math.floor(income.other * 1.6) +
        proceeds,
      taxFree,
    }
  }
}

function spouseOf(person: Person, persons: readonly Person[]): Person | null {
  const partner: Partial<Record<Person['role'], Person['role']>> = {
    core: 'spouse',
    spouse: 'core',
    child: 'childSpouse',
    childSpouse: 'child',
  }
  const role = partner[person.role]
  return persons.find((other) => other.role === role) ?? null
}

/** Nobody of 18 or younger earns here, so the line of 38万円 of their income keeps nobody out. */
function headAdjustment(household: HouseholdModel, person: Person, fiscalYear: number): number {
  if (person.stays.at(-1)?.relation !== '世帯主') return 0
  const newYear = plainDateOf(fiscalYear, 1, 1)
  let sum = 0
  for (const { birth } of household.persons) {
    if (birth > dayNumber(addYears(newYear, -16))) sum += 330_000
    else if (birth > dayNumber(addYears(newYear, -19))) sum += 120_000
  }
  return sum
}
