import { digitAt, digitsFault, modulus10Weight21, prefectureFault } from './digits.ts'
import type { Parsed } from './opaque.ts'

/** 保険者番号 — 8 digits: 法別番号 2, prefecture 2, insurer 3, 検証番号 1. */
export type InsurerNumber = string & { readonly __insurerNumber: true }

/** 法別番号 — 39 is 後期高齢者医療. */
const lawNumber = '39'

/**
 * 保険者番号の割当て — only where a municipality's number is not 39 + its 団体コード. Unverified: the real
 * assignments were not found (looked for on 2026-11-21); a union puts its own here by configuration.
 */
export type InsurerNumberAssignments = ReadonlyMap<string, string>

/** 保険者番号の読取り */
export function parseInsurerNumber(text: string): Parsed<InsurerNumber> {
  const fault = insurerNumberFault(text)
  return fault === null ? { ok: true, value: text as InsurerNumber } : { ok: false, reason: fault }
}

/** 保険者番号の検証番号 — of the first 7 digits, 昭和51年8月7日 保発第45号・庁保発第34号 別表. */
export function insurerNumberCheckDigit(body: string): number {
  return modulus10Weight21(body)
}

/**
 * 市区町村の保険者番号 — 39 + the first five digits of the 団体コード + 検証番号, unless `assigned` says
 * otherwise. Unverified pattern; `insurerNumberOf('430005')` is the union's own, 39430004.
 * Throws RangeError for a code of another form.
 */
export function insurerNumberOf(
  municipalityCode: string,
  assigned: InsurerNumberAssignments = new Map(),
): InsurerNumber {
  const fault = digitsFault(municipalityCode, 6) ?? prefectureFault(municipalityCode, 0)
  if (fault !== null) throw new RangeError(`団体コード: ${fault}`)
  const own = assigned.get(municipalityCode)
  if (own !== undefined) return own as InsurerNumber
  const body = `${lawNumber}${municipalityCode.slice(0, 5)}`
  return `${body}${modulus10Weight21(body)}` as InsurerNumber
}

export function insurerNumberFault(text: string): string | null {
  const fault = digitsFault(text, 8) ?? prefectureFault(text, 2)
  if (fault !== null) return fault
  return insurerNumberCheckDigit(text.slice(0, 7)) === digitAt(text, 7)
    ? null
    : '検証番号が合いません。番号を確かめてください。'
}
