import { plainDate } from '@koiki/kernel'

/**
 * 最後に確かめた日 — the day on which every source of this chapter's tables was last looked at.
 * @毎年度確認
 */
export const asOf = plainDate('2026-11-22')

/** 最初の日 — of the oldest document that was read: a flow chart for 平成27年1月 and later. */
export const firstDocumented = plainDate('2015-01-01')

/** 平成27年1月以降の判定の流れ図 */
export const flowChart2015 =
  'https://expydoc.com/doc/7725862/%E5%BE%8C%E6%9C%9F%E9%AB%98%E9%BD%A2%E8%80%85%E5%8C%BB%E7%99%82%E5%88%B6%E5%BA%A6%E8%B2%A0%E6%8B%85%E5%89%B2%E5%90%88%E3%81%AB%E3%81%A4%E3%81%84%E3%81%A6%EF%BC%88h27.1%E6%9C%88%E4%BB%A5%E9%99%8D---168kb'
