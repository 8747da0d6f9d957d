/**
 * 地方税システムの側の計算 — what the tax office of the invented world makes of gross amounts. The union never sees this
 * code: it has the law in its own chapters, and tests can hold one against the other. Amounts in yen.
 */

/** 1年分の収入と所得 — as the income and tax record holds them. */
export type YearIncome = {
  publicPension: number
  salary: number
  familyEmployeeSalary: number
  /** 事業所得 after 専従者控除; negative for a loss. */
  business: number
  familyEmployeeDeduction: number
  /** 分離譲渡所得 after 特別控除. */
  capitalGains: number
  capitalGainsSpecialDeduction: number
  other: number
}

/**
 * 公的年金等に係る雑所得 — other income up to 10 million. 租税特別措置法41条の15の3, 所得税法35条 (unverified);
 * table as printed by https://www.city.fukagawa.lg.jp/cms/section/shimin/ik75k40000005sra.html
 */
export function pensionIncome(gross: number, over65: boolean): number {
  const least = over65 ? 1_100_000 : 600_000
  const flatUntil = over65 ? 3_300_000 : 1_300_000
  if (gross < flatUntil) return Math.max(0, gross - least)
  if (gross < 4_100_000) return percentOf(gross, 75) - 275_000
  if (gross < 7_700_000) return percentOf(gross, 85) - 685_000
  if (gross < 10_000_000) return percentOf(gross, 95) - 1_455_000
  return gross - 1_955_000
}

/**
 * 給与所得 — 所得税法28条 and 別表第五, which cuts revenue below 660万円 to steps and begins 1,000 yen above the least
 * deduction; that is 65万円 from income year 2025 (unverified). https://www.city.susaki.lg.jp/life/detail.php?hdnKey=4405
 */
export function salaryIncome(gross: number, incomeYear: number): number {
  const cut = (unit: number): number => gross - (gross % unit)
  const least = incomeYear >= 2025 ? 650_000 : 550_000
  if (gross < least + 1_000) return 0
  if (incomeYear >= 2025 ? gross < 1_900_000 : gross < 1_619_000) return gross - least
  if (gross < 1_628_000)
    return cut(gross < 1_620_000 ? 1000 : gross < 1_624_000 ? 2000 : 4000) - least
  if (gross < 1_800_000) return percentOf(cut(4000), 60) + 100_000
  if (gross < 3_600_000) return percentOf(cut(4000), 70) - 80_000
  if (gross < 6_600_000) return percentOf(cut(4000), 80) - 440_000
  return gross < 8_500_000 ? percentOf(gross, 90) - 1_100_000 : gross - 1_950_000
}

/** Whole per cent of whole yen, cut to the yen; never through a fraction. */
function percentOf(yen: number, percent: number): number {
  return Math.floor((yen * percent) / 100)
}

/** 総所得金額等 — a loss in business eats into the other kinds (損益通算), never below 0. */
export function totalIncome(income: YearIncome, over65: boolean, incomeYear: number): number {
  const pension = pensionIncome(income.publicPension, over65)
  const salary = salaryIncome(income.salary, incomeYear)
  const both =
    pension > 0 && salary > 0
      ? Math.max(0, Math.min(salary, 100_000) + Math.min(pension, 100_000) - 100_000)
      : 0
  const general = pension + salary - both + income.business + income.other
  return Math.max(0, general) + income.capitalGains
}

/** 基礎控除 — 地方税法314条の2第2項. */
export function basicDeduction(total: number): number {
  if (total <= 24_000_000) return 430_000
  if (total <= 24_500_000) return 290_000
  return total <= 25_000_000 ? 150_000 : 0
}

/** 住民税の均等割も所得割もかからない — 3級地, 地方税法295条・同施行令47条の3. Unverified. */
export function isResidentTaxFree(total: number, dependants: number, relieved: boolean): boolean {
  const limit = 280_000 * (dependants + 1) + 100_000 + (dependants > 0 ? 168_000 : 0)
  return total <= limit || (relieved && total <= 1_350_000)
}
