import { holdsNumber } from '@koiki/audit'

/** A number that a desk makes for a filing or a draft: some of its groups are digits by chance. */
const madeByDesk = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * 個人番号らしい数字のある所 — the path of the first text or whole number that looks like one, or null. A
 * number has one field of its own; anywhere else it would rest in the open.
 */
export function numberInText(value: unknown, at = ''): string | null {
  if (typeof value === 'string') return !madeByDesk.test(value) && holdsNumber(value) ? at : null
  if (typeof value === 'number') return holdsNumber(String(value)) ? at : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (holdsNumber(key)) return at
    const found = numberInText(inner, at === '' ? key : `${at}.${key}`)
    if (found !== null) return found
  }
  return null
}

/** 断りの文 — which field, and what to do; the digits are not repeated. */
export const numberInTextSentence =
  '個人番号らしい数字があるので、残していません。番号は個人番号の欄にだけ入れてください。宛名番号なら、頭に0を補って15桁で入れてください。'
