import type { PremiumLaw } from '../law/lawOf.ts'
import { bracketIncome } from './bracketIncome.ts'

/** 給与所得 — revenue from employment less 給与所得控除, before 所得金額調整控除. */
export function employmentIncome(salary: number, law: PremiumLaw): number {
  return salary === 0 ? 0 : bracketIncome(salary, law.employment, 0)
}
