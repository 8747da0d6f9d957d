import { type PlainDate, plainDateOf, yearOf } from '@koiki/kernel'

/**
 * 有効期限 — 31 July, this year's or the next: 資格確認書 are renewed each 1 August. 青森県後期高齢者医療広域連合
 * 規則3条 says so of its own; for 熊本 unverified.
 */
export function certificateExpiry(issuedOn: PlainDate): PlainDate {
  const thisYear = plainDateOf(yearOf(issuedOn), 7, 31)
  return issuedOn <= thisYear ? thisYear : plainDateOf(yearOf(issuedOn) + 1, 7, 31)
}
