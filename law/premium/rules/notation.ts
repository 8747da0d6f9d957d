import { type NumericDay, percentText, type Rate } from '@koiki/kernel'

/**
 * 式の書き方 — how workings write figures, so that an official can follow them and a test can recompute
 * them: 1,234 + − × ÷ ( ) 11.06% 7.2割, （100円未満切捨て）（0を下回るときは0）, 「AとBの少ない方」.
 */
export function figure(amount: number): string {
  if (amount < thousand) return String(amount)
  const rest = amount % thousand
  const zeros = rest < 10 ? '00' : rest < 100 ? '0' : ''
  return `${figure((amount - rest) / thousand)},${zeros}${rest}`
}

const thousand = 1_000

/** 和の式 — the terms that are not 0; `0` when there are none. */
export function sumOf(terms: readonly number[]): string {
  let written = ''
  for (const term of terms) {
    if (term === 0) continue
    written = written === '' ? figure(term) : `${written} + ${figure(term)}`
  }
  return written === '' ? '0' : written
}

/** 端数処理の書き添え */
export function cutBelow(unit: number): string {
  return `（${figure(unit)}円未満切捨て）`
}

/** 0を下回らない差の書き添え */
export const notBelowZero = '（0を下回るときは0）'

/** 少ない方 */
export function lesser(a: number, b: number): string {
  return `${figure(a)}と${figure(b)}の少ない方`
}

/** 率の書き方 — per cent. */
export function rateText(rate: Rate): string {
  return percentText(rate)
}

/** 軽減の書き方 — `10割 − 7.2割`, from what is left. */
export function afterReduction(keep: Rate): string {
  const off = ((keep.per - keep.of) * 10) / keep.per
  return off === 0 ? '10割' : `(10割 − ${off}割)`
}

/** 日の書き方 */
export function dayText(day: NumericDay): string {
  const text = String(day)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}

/** 月の期間の書き方 — months counted from year 0, the last one out. */
export function monthsText(from: number, until: number): string {
  return `${monthText(from)}から${monthText(until - 1)}まで`
}

function monthText(month: number): string {
  const year = Math.floor(month / 12)
  const inYear = month - year * 12 + 1
  return `${year}-${inYear < 10 ? '0' : ''}${inYear}`
}
