import { digitAt, digitsFault, weightedSum } from './digits.ts'
import type { Parsed } from './opaque.ts'

const weights = [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1] as const

/** 法人番号 — 13 digits, the first one a check digit from 1 to 9. Public, so it is plain text. */
export type CorporateNumber = string & { readonly __corporateNumber: true }

/** 法人番号の読取り */
export function parseCorporateNumber(text: string): Parsed<CorporateNumber> {
  const fault = corporateNumberFault(text)
  return fault === null
    ? { ok: true, value: text as CorporateNumber }
    : { ok: false, reason: fault }
}

/**
 * 法人番号の検査用数字 — of the 12-digit 基礎番号: 9 − (Σ Pn×Qn mod 9), 平成26年財務省令第70号2条. The
 * ordinance as printed brackets the subtraction inside the mod; the published numbers follow this.
 */
export function corporateNumberCheckDigit(base: string): number {
  return 9 - (weightedSum(base, weights) % 9)
}

export function corporateNumberFault(text: string): string | null {
  const fault = digitsFault(text, 13)
  if (fault !== null) return fault
  return corporateNumberCheckDigit(text.slice(1)) === digitAt(text, 0)
    ? null
    : '検査用数字（先頭の桁）が合いません。番号を確かめてください。'
}
