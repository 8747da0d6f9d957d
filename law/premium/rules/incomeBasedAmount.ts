import { fromNumericDay, MissingLaw, type Rate } from '@koiki/kernel'
import type { LevyLaw, PremiumLaw } from '../law/lawOf.ts'
import { cutDown } from './cutDown.ts'

/**
 * 所得割額 — the base times 所得割率, less the union's own reduction, cut once as the union cuts its parts.
 * Throws MissingLaw where 令和6年度's lower rate is due and the union's is not known.
 */
export function incomeBasedAmount(base: number, levy: LevyLaw, law: PremiumLaw): number {
  if (base === 0) return 0
  const rate = incomeRate(base, levy, law)
  const own = ownKeep(base, levy)
  return own === null
    ? cutDown(base * rate.of, rate.per, levy.partUnit)
    : cutDown(base * rate.of * own.of, rate.per * own.per, levy.partUnit)
}

/** 所得割率 — the union's, or 令和6年度's lower one for a base of at most 58万円. */
export function incomeRate(base: number, levy: LevyLaw, law: PremiumLaw): Rate {
  if (base > levy.reliefBaseUpTo || base === 0) return levy.rate
  if (levy.reliefRate === null)
    throw new MissingLaw(levy.cite.reliefTable, fromNumericDay(law.firstDay))
  return levy.reliefRate
}

/** 独自の軽減のあとに残る割合 — null where the union has none for this base. */
export function ownKeep(base: number, levy: LevyLaw): Rate | null {
  for (const step of levy.own) if (base <= step.baseUpTo) return step.keep
  return null
}
