import type { NumericDay } from '@koiki/kernel'
import type { Income } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { employmentIncome } from './employmentIncome.ts'
import { incomeBase, totalOfIncomes } from './incomeBase.ts'
import { pensionIncome } from './pensionIncome.ts'

/** 所得の内訳 — of one person and year, in whole yen, for the chapters that judge by incomes. */
export type IncomeParts = {
  /** 給与所得 — before 所得金額調整控除. */
  readonly employment: number
  /** 公的年金等所得 */
  readonly pension: number
  /** 合計所得金額 — after 損益通算 and 所得金額調整控除, before 譲渡所得の特別控除. */
  readonly whole: number
  /** 旧ただし書所得 — the same as 賦課のもととなる所得. */
  readonly base: number
}

/** 所得の内訳 — by the tables of the income's year. */
export function incomeParts(income: Income, birthDate: NumericDay, law: PremiumLaw): IncomeParts {
  const senior = birthDate <= law.pensionSeniorBornUntil
  return {
    employment: employmentIncome(income.salary, law),
    pension: pensionIncome(income, senior, law),
    whole: totalOfIncomes(income, senior, law) + income.capitalGainsSpecialDeduction,
    base: incomeBase(income, senior, law),
  }
}
