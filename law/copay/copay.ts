import type { NumericDay } from '@koiki/kernel'
import type { Ground } from './law/grounds.ts'

/**
 * 世帯員 — somebody on the same resident record, with the amounts of the income year that governs the day.
 * Counts when insured, or when 70 to 74 and not insured (then only `revenue` matters). No amount is
 * negative or above `amountMax`.
 */
export type Member = {
  readonly id: string
  readonly birthDate: NumericDay
  /** 被保険者か */
  readonly insured: boolean
  /** 課税所得 — 住民税の課税標準額, after 調整控除. */
  readonly taxableIncome: number
  /** 旧ただし書所得 */
  readonly base: number
  /** 収入 — for 基準収入額, before any deduction. */
  readonly revenue: number
  /** 年金収入 — without 遺族年金 and 障害年金. */
  readonly pensionRevenue: number
  /** その他の合計所得金額 */
  readonly otherIncome: number
}

/** 世帯 — as it stands on the day that is judged. */
export type Household = {
  readonly date: NumericDay
  readonly members: readonly Member[]
  /** 公簿等で収入を確認できるか */
  readonly revenueConfirmed: boolean
  /** 基準収入額適用申請の日 — null where nobody applied. */
  readonly appliedOn: NumericDay | null
}

/** 一部負担金の割合, in tenths. */
export type CopayTenths = 1 | 2 | 3

/** 基準収入額の場合 — which of its three lines the household stays below. */
export type RevenueCase = 'alone' | 'together' | 'withSeventies'

/** 世帯の合計 — over the insured persons of a household. */
export type HouseholdTotals = {
  readonly insured: number
  /** 課税所得の最も高い額 */
  readonly taxableIncome: number
  /** 旧ただし書所得の合計 */
  readonly base: number
  /** 収入の合計 */
  readonly revenue: number
  /** 年金収入とその他の合計所得金額の合計 */
  readonly income: number
  /** 生年月日の線以後に生まれた被保険者の数 */
  readonly bornFromLine: number
}

/** 一部負担金の割合の判定 — of a household; every insured person of it gets the same. */
export type CopayJudgement = {
  readonly tenths: CopayTenths
  readonly ground: Ground
  /** 基準収入額の場合 — null where no line is kept or none was asked for. */
  readonly revenueCase: RevenueCase | null
  readonly totals: HouseholdTotals
}

/** 限度区分 */
export type LimitCategory =
  | 'active3'
  | 'active2'
  | 'active1'
  | 'general2'
  | 'general1'
  | 'lowIncome2'
  | 'lowIncome1'

/** 計算の過程 — one step that can be recomputed by hand, and where it is written. */
export type Working = {
  readonly step: string
  readonly value: number
  readonly formula: string
  readonly law: string
}

/**
 * 金額の上限 and 世帯員の上限 — of what the rules accept: two amounts of each of 1,000 members stay below
 * 2 × 10^15, far from 2^53.
 */
export { amountMax, membersMax } from '@koiki/kernel'
