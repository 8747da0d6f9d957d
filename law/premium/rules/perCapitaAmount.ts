import type { LevyLaw } from '../law/lawOf.ts'
import type { ReductionTenths } from '../law/reduction.ts'
import { cutDown } from './cutDown.ts'

/** 均等割額 — after 軽減, cut as the union cuts its parts. */
export function perCapitaAmount(levy: LevyLaw, tenths: ReductionTenths): number {
  const { of, per } = levy.keep[tenths]
  return cutDown(levy.perCapita * of, per, levy.partUnit)
}
