import { digitAt, digitsFault, prefectureFault, weightedSum } from './digits.ts'
import type { Parsed } from './opaque.ts'

const weights = [6, 5, 4, 3, 2] as const

/** 全国地方公共団体コード — 6 digits: prefecture 2, municipality 3, check digit 1. */
export type MunicipalityCode = string & { readonly __municipalityCode: true }

/** 団体コードの読取り */
export function parseMunicipalityCode(text: string): Parsed<MunicipalityCode> {
  const fault = municipalityCodeFault(text)
  return fault === null
    ? { ok: true, value: text as MunicipalityCode }
    : { ok: false, reason: fault }
}

/** 団体コードの検査数字 — the last digit of 11 − (Σ mod 11), weights 6 5 4 3 2 (総務省 団体コード). */
export function municipalityCodeCheckDigit(body: string): number {
  return (11 - (weightedSum(body, weights) % 11)) % 10
}

/** 団体コード — completes five digits by their check digit. Throws RangeError for anything else. */
export function municipalityCodeOf(body: string): MunicipalityCode {
  const fault = digitsFault(body, 5) ?? prefectureFault(body, 0)
  if (fault !== null) throw new RangeError(`団体コードの上5桁: ${fault}`)
  return `${body}${municipalityCodeCheckDigit(body)}` as MunicipalityCode
}

export function municipalityCodeFault(text: string): string | null {
  const fault = digitsFault(text, 6) ?? prefectureFault(text, 0)
  if (fault !== null) return fault
  return municipalityCodeCheckDigit(text) === digitAt(text, 5)
    ? null
    : '検査数字が合いません。コードを確かめてください。'
}
