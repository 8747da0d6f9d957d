import type { Income } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { bracketIncome } from './bracketIncome.ts'
import { employmentIncome } from './employmentIncome.ts'
import { afterLoss } from './lossOffset.ts'

/**
 * 公的年金等所得 — pension revenue less 公的年金等控除, by age on 31 December of the income year and by the
 * other income.
 */
export function pensionIncome(income: Income, senior: boolean, law: PremiumLaw): number {
  if (income.publicPension === 0) return 0
  return bracketIncome(
    income.publicPension,
    senior ? law.seniorPension : law.juniorPension,
    deductionLess(otherThanPension(income, law), law),
  )
}

/**
 * 公的年金等に係る雑所得以外の合計所得金額 — before 譲渡所得の特別控除 and 所得金額調整控除, as the steps of the
 * pension deduction look at it (the settled reading).
 */
export function otherThanPension(income: Income, law: PremiumLaw): number {
  const general = employmentIncome(income.salary, law) + income.business + income.other
  return afterLoss(general, income) + income.capitalGains + income.capitalGainsSpecialDeduction
}

/** 公的年金等控除の縮み — by how much other income makes the deduction smaller. */
export function deductionLess(otherIncome: number, law: PremiumLaw): number {
  let less = 0
  for (const step of law.otherIncomeSteps) if (otherIncome > step.over) less = step.less
  return less
}
