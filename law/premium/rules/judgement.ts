import type { NumericDay } from '@koiki/kernel'
import type { Insured, Judgement, Member } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { isEarner } from './isEarner.ts'
import { judgedIncome } from './judgedIncome.ts'
import { reductionTenths, thresholdOfSeven } from './reductionTenths.ts'

/** 賦課期日 — 1 April, or the day of acquisition when that is later. */
export function determinationDay(insured: Insured, law: PremiumLaw): NumericDay {
  return insured.from > law.firstDay ? insured.from : law.firstDay
}

/** 資格のある日 — whether a member is insured on that day by their own dates; they and the head count. */
export function insuredOn(member: Member, on: NumericDay): boolean {
  const { insured } = member
  return insured !== null && insured.from <= on && (insured.until === null || on < insured.until)
}

/** 軽減判定 — the household as it stands on a 賦課期日: incomes, heads counted, and the class of 軽減. */
export function judgement(members: readonly Member[], on: NumericDay, law: PremiumLaw): Judgement {
  let income = 0
  let insured = 0
  let earners = 0
  let undeclared = false
  for (const member of members) {
    if (insuredOn(member, on)) insured += 1
    else if (!member.head) continue
    if (!member.income.declared) undeclared = true
    const senior = member.birthDate <= law.judgedSeniorBornUntil
    const seniorTaxpayer = member.birthDate <= law.pensionSeniorBornUntil
    if (isEarner(member.income, senior, law)) earners += 1
    income += judgedIncome(member.income, seniorTaxpayer, senior, law)
  }
  const tenths = reductionTenths(income, insured, earners, undeclared, law)
  return { on, income, insured, earners, undeclared, tenths }
}

/**
 * 軽減判定基準額 — the line that the household was held against: that of its class, or without 軽減 that of
 * 2割.
 */
export function reductionLine(law: PremiumLaw, judged: Judgement): number {
  const seven = thresholdOfSeven(judged.earners, law)
  if (judged.tenths === 7) return seven
  const perInsured = judged.tenths === 5 ? law.thresholdFive : law.thresholdTwo
  return seven + perInsured * judged.insured
}
