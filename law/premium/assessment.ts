import type { FiscalYear, NumericDay, Rate } from '@koiki/kernel'
import type { ReductionTenths } from './law/reduction.ts'

/**
 * 前年の所得 — whole yen of the income year; 遺族年金 and 障害年金 are not revenue and are left out.
 * No amount is negative or above `amountMax`.
 */
export type Income = {
  /** 申告の有無 — false for 未申告: nobody in the household gets 軽減. */
  readonly declared: boolean
  /** 公的年金等の収入金額 */
  readonly publicPension: number
  /** 給与等の収入金額, 専従者給与 included. */
  readonly salary: number
  /** 専従者給与 received, as part of `salary`. */
  readonly familyEmployeeSalary: number
  /** 事業所得 after 専従者控除. */
  readonly business: number
  /** 事業所得の損失の金額 after 専従者控除, where there is one; it is set against the other kinds (損益通算). */
  readonly businessLoss: number
  /** 専従者控除 */
  readonly familyEmployeeDeduction: number
  /** 分離譲渡所得 after 特別控除. */
  readonly capitalGains: number
  /** 譲渡所得の特別控除 */
  readonly capitalGainsSpecialDeduction: number
  /** その他の総所得金額等 — everything else but 退職所得. */
  readonly other: number
}

/** 被保険者資格 — held from `from` until the day before `until` (喪失の日); null is open. */
export type Insured = {
  readonly from: NumericDay
  readonly until: NumericDay | null
  /** 元被扶養者 */
  readonly formerDependent: boolean
}

/** 世帯員 — somebody of the household on the 賦課期日; counts when insured or head. */
export type Member = {
  readonly id: string
  readonly birthDate: NumericDay
  readonly head: boolean
  readonly insured: Insured | null
  readonly income: Income
}

/** 世帯 — whose premiums a union assesses together for a fiscal year. `union` is `'43'` for 熊本県. */
export type Household = {
  readonly union: string
  readonly fiscalYear: FiscalYear
  readonly members: readonly Member[]
}

/**
 * 金額の上限 and 世帯員の上限 — of what the rules accept, so that every intermediate is a safe integer:
 * 7 amounts × 1,000 members < 7 × 10^15, and 5 amounts × a rate of at most 18 % in 1/10000 < 9 × 10^15,
 * both below 2^53 ≈ 9.007 × 10^15. A table with a finer rate is refused when it is loaded.
 */
export { amountMax, membersMax } from '@koiki/kernel'

/** 所得なし — declared, and nothing earned. */
export const noIncome: Income = {
  declared: true,
  publicPension: 0,
  salary: 0,
  familyEmployeeSalary: 0,
  business: 0,
  businessLoss: 0,
  familyEmployeeDeduction: 0,
  capitalGains: 0,
  capitalGainsSpecialDeduction: 0,
  other: 0,
}

/** 軽減判定 — of a household as it stands on one 賦課期日. */
export type Judgement = {
  readonly on: NumericDay
  /** 軽減判定所得 — of all who count. */
  readonly income: number
  /** 軽減判定被保険者数 */
  readonly insured: number
  /** 給与所得者等の数 */
  readonly earners: number
  /** 未申告 — somebody who counts has not declared. */
  readonly undeclared: boolean
  readonly tenths: ReductionTenths
}

/** 賦課額の内訳 — one levy of one person, in yen; amounts for 12 months unless said otherwise. */
export type AssessedLevy = {
  /** 均等割額 before 軽減. */
  readonly perCapitaFull: number
  /** 均等割額 after 軽減. */
  readonly perCapita: number
  readonly incomeRate: Rate
  readonly incomeBased: number
  /** 賦課限度額 */
  readonly cap: number
  /** 限度超過額 — what the cap takes off. */
  readonly overCap: number
  /** 年額 — after cap, 月割 and 端数処理. */
  readonly annual: number
}

/** 賦課 — what one insured person owes for the fiscal year. */
export type AssessedPremium = {
  readonly member: string
  /** 資格月数 in the fiscal year. */
  readonly months: number
  /** Of these, months with 元被扶養者の均等割額の軽減; the first ones of the year. */
  readonly formerDependentMonths: number
  readonly formerDependent: boolean
  /** 軽減区分 — that of the first month. */
  readonly reductionTenths: ReductionTenths
  /** 賦課のもととなる所得 */
  readonly base: number
  readonly judgement: Judgement
  readonly medical: AssessedLevy
  /** 子ども・子育て支援納付金分 — null before 令和8年度. */
  readonly childSupport: AssessedLevy | null
  /** 保険料額 — of both levies. */
  readonly annual: number
}

/** 計算の過程 — one step that can be recomputed by hand, and where it is written. */
export type Working = {
  readonly step: string
  readonly value: number
  readonly formula: string
  readonly law: string
}
