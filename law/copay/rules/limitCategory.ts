import { fromNumericDay, MissingLaw, type NumericDay } from '@koiki/kernel'
import type { CopayTenths, LimitCategory } from '../copay.ts'
import { type LimitLaw, limitLawOn } from '../law/limitLaw.ts'

/** 世帯の課税と所得 — of one person of the resident record, insured or not. */
export type HouseholdIncome = {
  /** 住民税の課税 — false for 非課税. */
  readonly taxed: boolean
  /** 公的年金等の収入 — without 遺族年金 and 障害年金. */
  readonly pensionRevenue: number
  /** 年金のほかの所得 — 給与所得 already less its 10万円. */
  readonly otherIncome: number
}

/** 限度区分の問い — of one insured person on a day. */
export type LimitQuestion = {
  readonly date: NumericDay
  readonly tenths: CopayTenths
  /** 課税所得 — of every insured person of the household. */
  readonly taxableIncomes: readonly number[]
  /** 世帯の全員 — the head included, insured or not. */
  readonly household: readonly HouseholdIncome[]
  /** 老齢福祉年金 — whether this person receives it. */
  readonly oldAgeWelfarePension: boolean
}

/**
 * 限度区分 — of one insured person on a day. Before 令和4年10月, 一般 is `general1`. Throws MissingLaw, naming
 * the table, for a day whose classes are not known, or where an unknown pension deduction decides between
 * 低所得I and II; RangeError where the facts contradict each other.
 */
export function limitCategory(question: LimitQuestion): LimitCategory {
  return limitCategoryWith(limitLawOn(question.date), question)
}

/** 限度区分 — with the law of the day already looked up. */
export function limitCategoryWith(law: LimitLaw, question: LimitQuestion): LimitCategory {
  const { tenths, household } = question
  if (household.length === 0) throw new RangeError('世帯員がいません。世帯の全員を渡してください。')
  const taxed = household.some((person) => person.taxed)
  if (!taxed && tenths > 1) {
    throw new RangeError('世帯の全員が非課税なのに、一部負担金の割合が1割ではありません。')
  }
  if (tenths === 3) return activeClass(law, question.taxableIncomes)
  if (taxed) return tenths === 2 ? 'general2' : 'general1'
  return question.oldAgeWelfarePension || isWithoutIncome(law, question)
    ? 'lowIncome1'
    : 'lowIncome2'
}

/** 現役並み所得の区分 — by the insured person of the household who has most 課税所得. */
function activeClass(law: LimitLaw, taxableIncomes: readonly number[]): LimitCategory {
  let highest = 0
  for (const income of taxableIncomes) if (income > highest) highest = income
  if (highest >= law.active3) return 'active3'
  if (highest >= law.active2) return 'active2'
  if (highest >= law.active1) return 'active1'
  throw new RangeError('一部負担金の割合が3割なのに、現役並みの課税所得がある被保険者がいません。')
}

/** 各所得が0の世帯 — pension revenue counts above its deduction alone. */
function isWithoutIncome(law: LimitLaw, { household, date }: LimitQuestion): boolean {
  if (household.some((person) => person.otherIncome > 0)) return false
  let highest = 0
  for (const { pensionRevenue } of household) {
    if (pensionRevenue > highest) highest = pensionRevenue
  }
  if (highest === 0) return true
  if (law.pensionDeduction === null) throw new MissingLaw(law.pensionTable, fromNumericDay(date))
  return highest <= law.pensionDeduction
}
