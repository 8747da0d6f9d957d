import { digitAt, digitsFault, modulus10Weight21 } from './digits.ts'
import type { Parsed } from './opaque.ts'

/** 被保険者番号 — 8 digits, one a person, issued by the union and unchanged by moves within it. */
export type InsuredNumber = string & { readonly __insuredNumber: true }

/** 被保険者番号の検証番号の方式 */
export type InsuredNumberScheme = 'mod10-21' | 'none'

/**
 * 被保険者番号の検証番号 — the scheme taken where a union names none. Unverified: no text says so; the
 * scheme of 保険者番号 is assumed (looked for on 2026-11-21). `none` accepts any eight digits.
 */
export const insuredNumberCheckDigitScheme: InsuredNumberScheme = 'mod10-21'

/** 被保険者番号の読取り */
export function parseInsuredNumber(
  text: string,
  scheme: InsuredNumberScheme = insuredNumberCheckDigitScheme,
): Parsed<InsuredNumber> {
  const fault = insuredNumberFault(text, scheme)
  return fault === null ? { ok: true, value: text as InsuredNumber } : { ok: false, reason: fault }
}

/** 被保険者番号の付番 — the number for a running number from 0 to 9,999,999 within a union. */
export function insuredNumber(running: number): InsuredNumber {
  if (!Number.isInteger(running) || running < 0 || running > 9_999_999) {
    throw new RangeError('被保険者番号の一連番号は0から9999999までです。')
  }
  const body = String(running).padStart(7, '0')
  return `${body}${modulus10Weight21(body)}` as InsuredNumber
}

export function insuredNumberFault(
  text: string,
  scheme: InsuredNumberScheme = insuredNumberCheckDigitScheme,
): string | null {
  const fault = digitsFault(text, 8)
  if (fault !== null || scheme === 'none') return fault
  return modulus10Weight21(text.slice(0, 7)) === digitAt(text, 7)
    ? null
    : '検証番号が合いません。番号を確かめてください。'
}
