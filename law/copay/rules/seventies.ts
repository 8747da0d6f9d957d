import type { NumericDay } from '@koiki/kernel'
import type { Member } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { firstOfNextMonthUnlessFirst } from './firstOfNextMonth.ts'

/**
 * 70歳から74歳までの人 — not insured, from the month after 70 is reached to the day before 75. An age is
 * reached on the day before the birthday, so those born on the 1st count from the month of the birthday.
 */
export function inSeventies(member: Member, on: NumericDay, law: CopayLaw): boolean {
  return (
    !member.insured &&
    seventiesFrom(member.birthDate, law) <= on &&
    on < member.birthDate + law.seventiesUntil * yearStep
  )
}

/** 70歳から74歳までの人に数える日 — the first of them. */
export function seventiesFrom(
  birthDate: NumericDay,
  law: Pick<CopayLaw, 'seventiesFrom'>,
): NumericDay {
  return firstOfNextMonthUnlessFirst((birthDate + law.seventiesFrom * yearStep) as NumericDay)
}

const yearStep = 10_000
