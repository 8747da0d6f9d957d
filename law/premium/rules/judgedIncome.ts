import type { Income } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { employmentIncome } from './employmentIncome.ts'
import { incomeAdjustment } from './incomeAdjustment.ts'
import { afterLoss } from './lossOffset.ts'
import { pensionIncome } from './pensionIncome.ts'

/**
 * 軽減判定所得 — one person's income as 軽減 is judged: 専従者控除 and 譲渡所得の特別控除 are added back, 専従者給与
 * received is left out, and those of 65 on 1 January have 15万円 off their pension income.
 */
export function judgedIncome(
  income: Income,
  seniorTaxpayer: boolean,
  senior: boolean,
  law: PremiumLaw,
): number {
  const pension = pensionIncome(income, seniorTaxpayer, law)
  const employment = employmentIncome(income.salary - income.familyEmployeeSalary, law)
  const general =
    judgedPension(pension, senior, law) +
    employment -
    incomeAdjustment(employment, pension, law) +
    income.business +
    income.familyEmployeeDeduction +
    income.other
  return afterLoss(general, income) + income.capitalGains + income.capitalGainsSpecialDeduction
}

/** 公的年金等の特別控除 — off the pension income of those of 65, down to 0. */
export function judgedPension(pension: number, senior: boolean, law: PremiumLaw): number {
  if (!senior) return pension
  const rest = pension - law.judgedPensionDeduction
  return rest > 0 ? rest : 0
}
