import type { LevyLaw, PremiumLaw } from '../law/lawOf.ts'
import { cutDown } from './cutDown.ts'

/**
 * 年額 — of one levy: parts → sum → cap → × months ÷ 12 → one cut by the union's unit. A former dependent
 * whose two years end within the year has `earlierSum` for the first months and `laterSum` for the
 * rest; both are added before the one cut (our reading, unverified).
 */
export function annualAmount(
  earlierSum: number,
  earlierMonths: number,
  laterSum: number,
  laterMonths: number,
  cap: number,
  levy: LevyLaw,
  law: PremiumLaw,
): number {
  const earlier = earlierSum < cap ? earlierSum : cap
  const later = laterSum < cap ? laterSum : cap
  return cutDown(earlier * earlierMonths + later * laterMonths, law.monthsInYear, levy.totalUnit)
}
