import type { NumericDay } from '@koiki/kernel'

/**
 * 式の書き方 — how workings write figures, so that an official can follow them and a test can recompute
 * them: 1,234 + − ≧ ≦ <, 「A、Bのうち最も高い額」. A comparison is worth 1 where it holds and 0 where not.
 */
export function figure(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** 和の式 */
export function sumOf(terms: readonly number[]): string {
  return terms.map(figure).join(' + ')
}

/** 最も高い額の式 */
export function highestOf(terms: readonly number[]): string {
  return terms.length === 1 ? sumOf(terms) : `${terms.map(figure).join('、')}のうち最も高い額`
}

/** 数の式 — 1 for each that counts, 0 for each that does not. */
export function countOf<T>(items: readonly T[], counts: (item: T) => boolean): string {
  return items.length === 0 ? '0' : items.map((item) => (counts(item) ? '1' : '0')).join(' + ')
}

/** 日の書き方 */
export function dayText(day: NumericDay): string {
  const text = String(day).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
