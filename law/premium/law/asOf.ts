import { plainDate } from '@koiki/kernel'

/**
 * 最後に確かめた日 — the day on which every source of this chapter's tables was last looked at.
 * @毎年度確認
 */
export const asOf = plainDate('2026-11-21')
