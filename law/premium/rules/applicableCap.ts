import { birthday, fromNumericDay, type NumericDay, numericDay } from '@koiki/kernel'
import type { Member } from '../assessment.ts'
import type { LevyLaw, PremiumLaw } from '../law/lawOf.ts'

/**
 * 賦課限度額 — of one person. In 令和6年度 the medical levy keeps a lower cap for those born until 1949-03-31
 * and for holders of a disability certificate, read from an acquisition before the 75th birthday.
 */
export function applicableCap(member: Member, levy: LevyLaw, law: PremiumLaw): number {
  const { transitionalCap } = law
  if (transitionalCap === null || levy !== law.medical) return levy.cap
  const earlier =
    member.birthDate <= transitionalCap.bornUntil ||
    (member.insured !== null && member.insured.from < dayOfAge(member.birthDate, law.insuredAge))
  return earlier ? transitionalCap.cap : levy.cap
}

function dayOfAge(birthDate: NumericDay, age: number): NumericDay {
  return numericDay(birthday(fromNumericDay(birthDate), age))
}
