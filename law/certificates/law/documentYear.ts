import { dated, plainDate } from '@koiki/kernel'

/** 文書の年度の初日 — the day of the year on which new documents begin; the day before is the last of the old ones. */
export type YearBegin = { readonly month: number; readonly day: number }

export const documentYearBegin = dated<YearBegin>('文書の年度の初日', [
  {
    from: plainDate('2008-04-01'),
    value: { month: 8, day: 1 },
    source:
      '有効期限は7月31日 https://www1.g-reiki.net/aomori-kouikirengou/reiki_honbun/u351RG00000078.html (青森県後期高齢者医療広域連合規則3条)',
    lastChecked: plainDate('2026-11-21'),
  },
])
