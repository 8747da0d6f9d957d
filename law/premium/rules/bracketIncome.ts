import type { PreparedBracket } from '../law/lawOf.ts'
import { cutDown } from './cutDown.ts'

/** 速算表の段 — the bracket that a revenue falls into. */
export function bracketOf(revenue: number, brackets: readonly PreparedBracket[]): PreparedBracket {
  let index = 0
  while (revenue >= brackets[index]!.below) index += 1
  return brackets[index]!
}

/**
 * 速算表による所得 — revenue to income; yen below one are cut. `less` makes the deduction smaller by so
 * much. Never below 0.
 */
export function bracketIncome(
  revenue: number,
  brackets: readonly PreparedBracket[],
  less: number,
): number {
  const { unit, of, minus } = bracketOf(revenue, brackets)
  const kept = cutDown(cutDown(revenue, 1, unit) * of, perCent, 1)
  const income = kept - (minus - less)
  return income > 0 ? income : 0
}

const perCent = 100
