import { birthday, type PlainDate } from '@koiki/kernel'
import type { AcquisitionGround, Basis, Residence } from '../entitlement.ts'
import { qualifyingAge, schemeStart } from '../law/qualifyingAge.ts'

/** 年齢到達日 — the day of the 75th birthday itself (法52条1号). */
export function qualifyingDay(birthDate: PlainDate): PlainDate {
  return birthday(birthDate, qualifyingAge.rows.at(-1)!.value)
}

/** 資格の始まりうる日 — 年齢到達, or the first day of the scheme for those who were older then. */
export function firstPossibleDay(birthDate: PlainDate): PlainDate {
  const reached = qualifyingDay(birthDate)
  return reached < schemeStart ? schemeStart : reached
}

/** 資格取得の場面 — what stood on the day on which a right begins. */
export type Beginning = {
  readonly on: PlainDate
  readonly birthDate: PlainDate
  readonly union: string
  readonly residence: Residence
  readonly basis: Basis
  /** The person had an address in the area on the day before. */
  readonly addressedBefore: boolean
  /** The person was of age or certified on the day before. */
  readonly qualifiedBefore: boolean
  /** Another union insured the person on the day before, under 住所地特例. */
  readonly insuredElsewhereBefore: boolean
  /** Nothing is known of the person in this union before this stay. */
  readonly firstKnown: boolean
}

/**
 * 資格取得 — the ground on which a right was acquired, and the day of 取得. Who was of age, or certified, and had
 * an address the day before was under 適用除外, or insured by another union. Where the union's first record of a person is a move
 * from one of its own municipalities, the person was insured before it: 取得 is then the day of 年齢到達
 * (our reading; unverified, because the records before it are not with us).
 */
export function acquisition(beginning: Beginning): {
  readonly acquiredOn: PlainDate
  readonly ground: AcquisitionGround
} {
  const { on, birthDate, residence, union } = beginning
  const possible = firstPossibleDay(birthDate)
  const ofAge: AcquisitionGround = possible === qualifyingDay(birthDate) ? '01' : '09'
  if (on === possible) return { acquiredOn: on, ground: ofAge }
  if (beginning.addressedBefore && beginning.qualifiedBefore)
    return { acquiredOn: on, ground: beginning.insuredElsewhereBefore ? '09' : '04' }
  if (beginning.basis === '2') return { acquiredOn: on, ground: '02' }
  const fromWithin = residence.from === on && residence.movedFrom?.startsWith(union)
  if (beginning.firstKnown && fromWithin) return { acquiredOn: possible, ground: ofAge }
  return { acquiredOn: on, ground: '03' }
}
