import type { TaxRecord } from './records.ts'
import { basicDeduction, pensionIncome, totalIncome } from './taxOffice.ts'

/*
 * 照合のための保険料と負担割合 — a second, short reckoning of 軽減, premium and 負担割合 for the table of aggregates, written apart
 * from the union's law so that one can be held against the other. One year only: FY2025, for which the aggregates
 * are known. Rates of 熊本県 R6–7: https://kumamoto-kouikirengo.jp/system2/insurance.html ; thresholds of R7:
 * https://www.town.tobetsu.hokkaido.jp/soshiki/zyumin/124.html ; cap:
 * https://www.tokyo-ikiiki.net/seido/1001968/1001975/index.html ; copay:
 * https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html , https://limo.media/articles/-/109153?page=5
 */
export const levyYear = 2025
const perCapita = 58_000
const incomeRate = { of: 1098, per: 10_000 }
const cap = 800_000
const thresholds = { fixed: 430_000, perEarner: 100_000, five: 305_000, two: 560_000 }
const earner = { salary: 550_000, pension65: 1_250_000, pensionYounger: 600_000 }

/** 世帯の1人 — age on 1 January of the fiscal year, and what the tax office has. */
export type Assessable = {
  readonly over65: boolean
  readonly from70to74: boolean
  readonly insured: boolean
  readonly head: boolean
  readonly tax: TaxRecord | null
}

/** 被保険者1人の結果 */
export type Levy = {
  readonly income: number
  readonly base: number
  readonly reduction: 0 | 2 | 5 | 7
  readonly gross: number
  readonly relief: number
  readonly premium: number
  readonly overCap: boolean
  readonly copay: 1 | 2 | 3
  /** 低所得区分 — null where somebody of the household is taxed. */
  readonly lowIncome: 1 | 2 | null
}

/** 世帯の賦課 — one result for each insured member, in their order. */
export function levies(household: readonly Assessable[]): Levy[] {
  const insured = household.filter((member) => member.insured)
  const reduction = reductionOf(household, insured.length)
  const copay = copayOf(household, insured)
  const lowIncome = copay === 1 ? lowIncomeOf(household) : null
  return insured.map((member) => {
    const income = incomeOf(member)
    const base = baseOf(member)
    const incomeBased = Math.floor((base * incomeRate.of) / incomeRate.per)
    const relief = (perCapita * reduction) / 10
    const full = perCapita - relief + incomeBased
    return {
      income,
      base,
      reduction,
      gross: perCapita + incomeBased,
      relief,
      premium: Math.floor(Math.min(cap, full) / 100) * 100,
      overCap: full > cap,
      copay,
      lowIncome,
    }
  })
}

/** 賦課のもととなる所得 — the phase-down of 基礎控除 looks at 合計所得金額, before 特別控除. */
function baseOf(member: Assessable): number {
  const income = incomeOf(member)
  const special = member.tax?.capitalGainsSpecialDeduction ?? 0
  return Math.max(0, income - basicDeduction(income + special))
}

function incomeOf({ tax, over65 }: Assessable): number {
  return tax === null ? 0 : totalIncome(tax, over65, levyYear - 1)
}

function reductionOf(household: readonly Assessable[], insured: number): Levy['reduction'] {
  let income = 0
  let earners = 0
  for (const { tax, over65, insured: own, head } of household) {
    if (!own && !head) continue
    if (tax === null || tax.declaration !== '1') return 0
    const salary = tax.salary - tax.familyEmployeeSalary
    const judged = totalIncome(
      {
        ...tax,
        salary,
        business: tax.business + tax.familyEmployeeDeduction,
        capitalGains: tax.capitalGains + tax.capitalGainsSpecialDeduction,
      },
      over65,
      levyYear - 1,
    )
    const pension = pensionIncome(tax.publicPension, over65)
    income += Math.max(0, judged - (over65 ? Math.min(150_000, pension) : 0))
    const enough = over65 ? earner.pension65 : earner.pensionYounger
    if (salary > earner.salary || tax.publicPension > enough) earners += 1
  }
  const extra = thresholds.fixed + thresholds.perEarner * Math.max(0, earners - 1)
  if (income <= extra) return 7
  if (income <= extra + thresholds.five * insured) return 5
  return income <= extra + thresholds.two * insured ? 2 : 0
}

function copayOf(household: readonly Assessable[], insured: readonly Assessable[]): 1 | 2 | 3 {
  const taxes = insured.flatMap(({ tax }) => (tax === null ? [] : [tax]))
  const revenue = sum(taxes, (tax) => tax.revenue)
  if (taxes.some(({ taxableIncome }) => taxableIncome >= 1_450_000)) {
    const base = sum(insured, baseOf)
    const younger = household.filter((member) => !member.insured && member.from70to74)
    const with70to74 = revenue + sum(younger, ({ tax }) => tax?.revenue ?? 0)
    const relieved =
      base <= 2_100_000 ||
      (insured.length > 1 ? revenue < 5_200_000 : revenue < 3_830_000) ||
      (insured.length === 1 && younger.length > 0 && with70to74 < 5_200_000)
    if (!relieved) return 3
  }
  if (!taxes.some(({ taxableIncome }) => taxableIncome >= 280_000)) return 1
  const counted = sum(taxes, (tax) => {
    const others = totalIncome(tax, true, levyYear - 1) - pensionIncome(tax.publicPension, true)
    return tax.publicPension + Math.max(0, others)
  })
  return counted >= (insured.length > 1 ? 3_200_000 : 2_000_000) ? 2 : 1
}

/** 低所得Ⅰ・Ⅱ — pension up to 806,700 yen leaves no income (令和7年7月まで, unverified after). */
function lowIncomeOf(household: readonly Assessable[]): 1 | 2 | null {
  const adults = household.flatMap(({ tax }) => (tax === null ? [] : [tax]))
  if (!adults.every(({ taxFree }) => taxFree)) return null
  const nothing = adults.every(
    (tax) =>
      tax.publicPension <= 806_700 &&
      totalIncome({ ...tax, publicPension: 0 }, true, levyYear - 1) <= 0,
  )
  return nothing ? 1 : 2
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}
