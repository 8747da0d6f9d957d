import type { CopayJudgement, CopayTenths, Household, HouseholdTotals } from '../copay.ts'
import { type CopayLaw, copayLawOn } from '../law/copayLaw.ts'
import type { Ground } from '../law/grounds.ts'
import { hasActiveIncome } from './activeIncome.ts'
import { isExemptByBase } from './baseExemption.ts'
import { hasCertainIncome, hasCertainTaxableIncome } from './certainIncome.ts'
import { householdTotals } from './householdTotals.ts'
import { revenueCase } from './revenueCase.ts'
import { isRevenueInForce } from './revenueInForce.ts'

/**
 * 一部負担金の割合の判定 — of a household on its day; all its insured persons get the same. Throws MissingLaw,
 * naming the table, for a day that is not covered, and RangeError where nobody is insured.
 */
export function judgeCopay(household: Household): CopayJudgement {
  return judgeCopayWith(copayLawOn(household.date), household)
}

/** 一部負担金の割合の判定 — with the law of the household's day already looked up. */
export function judgeCopayWith(law: CopayLaw, household: Household): CopayJudgement {
  const totals = householdTotals(household.members, law)
  if (totals.insured === 0) throw new RangeError('被保険者のいない世帯は判定できません。')
  if (!hasActiveIncome(totals, law)) return below(law, totals, '')
  if (isExemptByBase(totals, law)) return below(law, totals, 'ByBase')
  const kept = revenueCase(household, totals, law)
  if (kept === null) return { tenths: 3, ground: 'activeIncome', revenueCase: null, totals }
  if (!isRevenueInForce(household, law)) {
    return { tenths: 3, ground: 'activeIncomeNotApplied', revenueCase: kept, totals }
  }
  return { ...below(law, totals, 'ByRevenue'), revenueCase: kept }
}

type Exemption = '' | 'ByBase' | 'ByRevenue'

/** 3割でない世帯 — 2割 or 1割. */
function below(law: CopayLaw, totals: HouseholdTotals, exemption: Exemption): CopayJudgement {
  const { certain } = law
  if (certain === null) return answer(1, before[exemption], totals)
  if (!hasCertainTaxableIncome(totals, certain)) return answer(1, 'lowTaxableIncome', totals)
  return hasCertainIncome(totals, certain)
    ? answer(2, high[exemption], totals)
    : answer(1, low[exemption], totals)
}

function answer(tenths: CopayTenths, ground: Ground, totals: HouseholdTotals): CopayJudgement {
  return { tenths, ground, revenueCase: null, totals }
}

const before = {
  '': 'beforeTwoTenths',
  ByBase: 'beforeTwoTenthsByBase',
  ByRevenue: 'beforeTwoTenthsByRevenue',
} as const
const high = {
  '': 'certainIncome',
  ByBase: 'certainIncomeByBase',
  ByRevenue: 'certainIncomeByRevenue',
} as const
const low = {
  '': 'lowIncome',
  ByBase: 'lowIncomeByBase',
  ByRevenue: 'lowIncomeByRevenue',
} as const
