import type { HouseholdTotals, Member } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'

/** 世帯の合計 — over the insured persons alone; others of the household do not count here. */
export function householdTotals(members: readonly Member[], law: CopayLaw): HouseholdTotals {
  let insured = 0
  let taxableIncome = 0
  let base = 0
  let revenue = 0
  let income = 0
  let bornFromLine = 0
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index]!
    if (!member.insured) continue
    insured += 1
    if (member.taxableIncome > taxableIncome) taxableIncome = member.taxableIncome
    base += member.base
    revenue += member.revenue
    income += member.pensionRevenue + member.otherIncome
    if (member.birthDate >= law.exemptBornFrom) bornFromLine += 1
  }
  return { insured, taxableIncome, base, revenue, income, bornFromLine }
}
