import type { Income } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { basicDeduction } from './basicDeduction.ts'
import { employmentIncome } from './employmentIncome.ts'
import { incomeAdjustment } from './incomeAdjustment.ts'
import { afterLoss } from './lossOffset.ts'
import { pensionIncome } from './pensionIncome.ts'

/**
 * 賦課のもととなる所得 — 総所得金額等 less 基礎控除, never below 0. 雑損失の繰越控除 is not taken off; 退職所得 is not
 * counted; 専従者控除 and 譲渡所得の特別控除 are off.
 */
export function incomeBase(income: Income, senior: boolean, law: PremiumLaw): number {
  const total = totalOfIncomes(income, senior, law)
  const base = total - basicDeduction(total + income.capitalGainsSpecialDeduction, law)
  return base > 0 ? base : 0
}

/** 総所得金額等 — after 損益通算, 所得金額調整控除 and 譲渡所得の特別控除. */
export function totalOfIncomes(income: Income, senior: boolean, law: PremiumLaw): number {
  const pension = pensionIncome(income, senior, law)
  const employment = employmentIncome(income.salary, law)
  const adjusted = pension + employment - incomeAdjustment(employment, pension, law)
  return afterLoss(adjusted + income.business + income.other, income) + income.capitalGains
}
