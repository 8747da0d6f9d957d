import type { Parsed } from './opaque.ts'

/**
 * 宛名番号 — up to 15 half-width characters set by each municipality; leading zeros count. Unique only
 * together with the 市区町村コード.
 */
export type AddresseeNumber = string & { readonly __addresseeNumber: true }

/** 世帯番号 — up to 15 half-width characters set by each municipality (width unverified). */
export type HouseholdNumber = string & { readonly __householdNumber: true }

/** 宛名番号の読取り */
export function parseAddresseeNumber(text: string): Parsed<AddresseeNumber> {
  const fault = localNumberFault(text)
  return fault === null
    ? { ok: true, value: text as AddresseeNumber }
    : { ok: false, reason: fault }
}

/** 世帯番号の読取り */
export function parseHouseholdNumber(text: string): Parsed<HouseholdNumber> {
  const fault = localNumberFault(text)
  return fault === null
    ? { ok: true, value: text as HouseholdNumber }
    : { ok: false, reason: fault }
}

function localNumberFault(text: string): string | null {
  return /^[0-9A-Za-z]{1,15}$/.test(text) ? null : '半角の英数字15文字以内で書いてください。'
}
