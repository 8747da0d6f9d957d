import { digitAt, digitsFault, weightedSum } from './digits.ts'
import { OpaqueNumber, type Parsed } from './opaque.ts'

// Unverified: the formula stands in a ministerial notice that was not found; this is the scheme of
// 個人番号 over ten digits (looked for on 2026-11-21).
const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2] as const

/**
 * 住民票コード — 11 digits, the last one a check digit (住民基本台帳法施行規則1条). A union must not hold it;
 * only J-LIS and the network use it. Prints as `***`.
 */
export class ResidentRecordCode extends OpaqueNumber {
  readonly kind = 'residentRecordCode' as const

  static parse(text: string): Parsed<ResidentRecordCode> {
    const fault = residentRecordCodeFault(text)
    return fault === null
      ? { ok: true, value: new ResidentRecordCode(text) }
      : { ok: false, reason: fault }
  }
}

/** 住民票コードの読取り */
export function parseResidentRecordCode(text: string): Parsed<ResidentRecordCode> {
  return ResidentRecordCode.parse(text)
}

/** 住民票コードの検査数字 — of the first 10 digits. Unverified scheme, see above. */
export function residentRecordCodeCheckDigit(body: string): number {
  const remainder = weightedSum(body, weights) % 11
  return remainder <= 1 ? 0 : 11 - remainder
}

export function residentRecordCodeFault(text: string): string | null {
  const fault = digitsFault(text, 11)
  if (fault !== null) return fault
  return residentRecordCodeCheckDigit(text) === digitAt(text, 10)
    ? null
    : '検査数字が合いません。コードを確かめてください。'
}
