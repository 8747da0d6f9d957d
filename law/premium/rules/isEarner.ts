import type { Income } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'

/** 給与所得者等 — salary (専従者給与 left out) or pension above its line; a person with both counts once. */
export function isEarner(income: Income, senior: boolean, law: PremiumLaw): boolean {
  return (
    income.salary - income.familyEmployeeSalary > law.earnerSalaryOver ||
    income.publicPension > (senior ? law.earnerSeniorPensionOver : law.earnerPensionOver)
  )
}
