import type { PremiumLaw } from '../law/lawOf.ts'

/** 基礎控除 — by 合計所得金額, which is before 譲渡所得の特別控除. */
export function basicDeduction(totalIncome: number, law: PremiumLaw): number {
  const steps = law.basicDeduction
  let index = 0
  while (totalIncome > steps[index]!.upTo) index += 1
  return steps[index]!.amount
}
