import { MissingLaw } from '@koiki/kernel'
import type { AssessedLevy, AssessedPremium, Household, Judgement, Member } from '../assessment.ts'
import { type LevyLaw, lawOf, type PremiumLaw } from '../law/lawOf.ts'
import type { ReductionTenths } from '../law/reduction.ts'
import { annualAmount } from './annualAmount.ts'
import { applicableCap } from './applicableCap.ts'
import { incomeBase } from './incomeBase.ts'
import { incomeBasedAmount, incomeRate } from './incomeBasedAmount.ts'
import { formerDependentMonths, insuredMonths } from './insuredMonths.ts'
import { determinationDay, judgement } from './judgement.ts'
import { perCapitaAmount } from './perCapitaAmount.ts'

/**
 * 保険料の賦課 — what every insured person of a household owes for a fiscal year, in the order of the
 * members; nobody without an insured month. Throws MissingLaw, naming the table, where the tables do
 * not cover the union, the year or an amount (then its `at` says whose).
 */
export function assessHousehold(household: Household): AssessedPremium[] {
  return assessWith(lawOf(household.union, household.fiscalYear), household.members)
}

/** 保険料の賦課 — with law already looked up, for many households of one union and year. */
export function assessWith(law: PremiumLaw, members: readonly Member[]): AssessedPremium[] {
  const results: AssessedPremium[] = []
  let judged: Judgement | null = null
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index]!
    const { insured } = member
    if (insured === null) continue
    const span = insuredMonths(insured, law)
    const months = span.until - span.from
    if (months <= 0) continue
    const on = determinationDay(insured, law)
    if (judged === null || judged.on !== on) judged = judgement(members, on, law)
    const dependentMonths = formerDependentMonths(insured, span, law)
    try {
      results.push(assessMember(member, months, dependentMonths, judged, law))
    } catch (error) {
      if (!(error instanceof MissingLaw)) throw error
      throw new MissingLaw(error.table, error.day, `members[${index}].income`)
    }
  }
  return results
}

/** 軽減の区分 — 元被扶養者 get 5割 within their two years, unless the household's class is larger. */
export function tenthsInForce(
  tenths: ReductionTenths,
  dependent: boolean,
  law: PremiumLaw,
): ReductionTenths {
  return dependent && tenths < law.formerDependentTenths ? law.formerDependentTenths : tenths
}

function assessMember(
  member: Member,
  months: number,
  dependentMonths: number,
  judged: Judgement,
  law: PremiumLaw,
): AssessedPremium {
  const base = incomeBase(member.income, member.birthDate <= law.pensionSeniorBornUntil, law)
  const medical = assessLevy(law.medical, member, base, months, dependentMonths, judged, law)
  const childSupport =
    law.childSupport === null
      ? null
      : assessLevy(law.childSupport, member, base, months, dependentMonths, judged, law)
  return {
    member: member.id,
    months,
    formerDependentMonths: dependentMonths,
    formerDependent: member.insured!.formerDependent,
    reductionTenths: tenthsInForce(judged.tenths, dependentMonths > 0, law),
    base,
    judgement: judged,
    medical,
    childSupport,
    annual: medical.annual + (childSupport === null ? 0 : childSupport.annual),
  }
}

function assessLevy(
  levy: LevyLaw,
  member: Member,
  base: number,
  months: number,
  dependentMonths: number,
  judged: Judgement,
  law: PremiumLaw,
): AssessedLevy {
  const dependent = member.insured!.formerDependent
  const incomeBased = dependent ? 0 : incomeBasedAmount(base, levy, law)
  const later = perCapitaAmount(levy, judged.tenths)
  const earlier =
    dependentMonths > 0 ? perCapitaAmount(levy, tenthsInForce(judged.tenths, true, law)) : later
  const cap = applicableCap(member, levy, law)
  const sum = earlier + incomeBased
  return {
    perCapitaFull: levy.perCapita,
    perCapita: earlier,
    incomeRate: dependent ? levy.rate : incomeRate(base, levy, law),
    incomeBased,
    cap,
    overCap: sum > cap ? sum - cap : 0,
    annual: annualAmount(
      sum,
      dependentMonths,
      later + incomeBased,
      months - dependentMonths,
      cap,
      levy,
      law,
    ),
  }
}
