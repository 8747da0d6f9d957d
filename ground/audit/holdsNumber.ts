import { checkNumber } from '@koiki/kernel'

const separator = '[-‐‑–—−ー－ 　\u00a0_.・]?'
const grouped = new RegExp(`(?<![0-9])[0-9](?:${separator}[0-9]){11}(?![0-9])`, 'g')

/**
 * A 住民の鍵 has 12 digits too: union, then a running number that stays below ten million. A true
 * number of that look (1 in 2,000) is not noticed here; tests that know the numbers search for them.
 */
const residentKey = /^(0[1-9]|[1-3][0-9]|4[0-7])000/

/**
 * 個人番号らしき並び — whether a text holds twelve digits with the right check digit, also grouped by
 * spaces or hyphens or written full-width. One in eleven harmless twelve-digit runs looks so too.
 */
export function holdsNumber(text: string): boolean {
  const halfWidth = text.replace(/[０-９]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) - 0xfee0),
  )
  for (const [run] of halfWidth.matchAll(grouped)) {
    const digits = run.replace(/[^0-9]/g, '')
    if (!residentKey.test(digits) && checkNumber('individualNumber', digits).valid) return true
  }
  return false
}

/** 個人番号がないこと — throws if `text` holds what looks like one; the message does not repeat it. */
export function assertNoNumber(text: string): void {
  if (holdsNumber(text)) {
    throw new Error('個人番号らしき12桁の数字が含まれています。番号は載せないでください。')
  }
}
