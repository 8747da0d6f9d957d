import { digitAt, digitsFault, weightedSum } from './digits.ts'
import { OpaqueNumber, type Parsed } from './opaque.ts'

const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2] as const

/** 個人番号 — 12 digits, the last one a check digit. Prints as `***`; opened only by `revealNumber`. */
export class IndividualNumber extends OpaqueNumber {
  readonly kind = 'individualNumber' as const

  /** Reads 12 digits; the reason never repeats them. */
  static parse(text: string): Parsed<IndividualNumber> {
    const fault = individualNumberFault(text)
    return fault === null
      ? { ok: true, value: new IndividualNumber(text) }
      : { ok: false, reason: fault }
  }
}

/** 個人番号の読取り */
export function parseIndividualNumber(text: string): Parsed<IndividualNumber> {
  return IndividualNumber.parse(text)
}

/**
 * 個人番号の検査用数字 — of the first 11 digits: 11 − (Σ Pn×Qn mod 11), 0 where the remainder is 0 or 1.
 * 行政手続における特定の個人を識別するための番号の利用等に関する法律施行令8条, 平成26年総務省令第85号5条.
 * A weak code (remainders 0 and 1 share a digit): a valid one is no proof of the person.
 */
export function individualNumberCheckDigit(body: string): number {
  const remainder = weightedSum(body, weights) % 11
  return remainder <= 1 ? 0 : 11 - remainder
}

export function individualNumberFault(text: string): string | null {
  const fault = digitsFault(text, 12)
  if (fault !== null) return fault
  return individualNumberCheckDigit(text) === digitAt(text, 11)
    ? null
    : '検査用数字が合いません。番号を確かめてください。'
}
