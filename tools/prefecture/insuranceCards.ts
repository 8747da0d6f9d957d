import { addDays, addYears, ageOn, type PlainDate, plainDate } from '@koiki/kernel'
import { Chance } from './chance.ts'

/** マイナ保険証の人 — as the 中間サーバー knows a person: by 被保険者番号, and by the birth date that its certificate follows. */
export type CardHolder = { readonly insuredNumber: string; readonly birthDate: PlainDate }

/** マイナ保険証の状況 on a day. */
export type CardStatus =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'registered' | 'deregistered'
      readonly registeredOn: PlainDate
      readonly deregisteredOn: PlainDate | null
      readonly certificateUntil: PlainDate
      readonly certificateRevokedOn: PlainDate | null
    }

/**
 * 利用登録の割合 by age — invented, and only as high as it must be for both documents to be met often. No table by these
 * ages was found.
 */
const shares: readonly (readonly [from: number, share: number])[] = [
  [95, 0.2],
  [90, 0.35],
  [85, 0.5],
  [80, 0.62],
  [0, 0.7],
]
const yearOfShares = plainDate('2026-07-01')
const firstRegistration = plainDate('2021-10-20')
/** Some register only after the world's first day. */
const registrationDays = 2000
const lapseShare = 0.1
const deregisterShare = 0.006
const revokeShare = 0.006

/**
 * 架空のマイナ保険証 — whether a person has one, since when, and until when its certificate lasts: drawn from the seed and
 * the number alone, so that the same world says the same of the same person on every day.
 */
export function insuranceCardStatus(
  seed: number,
  union: string,
  { insuredNumber, birthDate }: CardHolder,
  on: PlainDate,
): CardStatus {
  const chance = new Chance(seed, union, 'numbers').at(Number(insuredNumber), 7)
  const age = ageOn(birthDate, yearOfShares)
  const share = shares.find(([from]) => age >= from)?.[1] ?? 0
  // Drawn in one order for everybody, so that no answer moves another.
  const has = chance.happens(share * 1.1)
  const registeredOn = addDays(firstRegistration, chance.below(registrationDays))
  const cycle = chance.between(1, 5)
  const lapses = chance.happens(lapseShare)
  const deregisters = chance.happens(deregisterShare)
  const revokes = chance.happens(revokeShare)
  const after = chance.between(30, 900)
  if (!has || registeredOn > on) return { kind: 'none' }
  let certificateUntil = birthdayAfter(birthDate, registeredOn, cycle)
  while (!lapses && certificateUntil < on) certificateUntil = addYears(certificateUntil, 5)
  const later = addDays(registeredOn, after)
  const gone = later <= on ? later : null
  const deregisteredOn = deregisters ? gone : null
  const certificateRevokedOn =
    revokes && gone !== null && gone < certificateUntil && deregisteredOn === null ? gone : null
  return {
    kind: deregisteredOn === null ? 'registered' : 'deregistered',
    registeredOn,
    deregisteredOn,
    certificateUntil,
    certificateRevokedOn,
  }
}

/** A certificate lasts to the fifth birthday: the n-th after the registration. */
function birthdayAfter(birthDate: PlainDate, day: PlainDate, years: number): PlainDate {
  return addYears(birthDate, ageOn(birthDate, day) + years)
}
