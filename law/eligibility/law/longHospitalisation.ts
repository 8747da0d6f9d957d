import { dated, plainDate } from '@koiki/kernel'

/** 長期入院該当 — more than `days` days in hospital under 区分II within the `months` months before. */
export type LongHospitalisation = { readonly days: number; readonly months: number }

export const longHospitalisation = dated<LongHospitalisation>('長期入院該当', [
  {
    from: plainDate('2008-04-01'),
    value: { days: 90, months: 12 },
    source:
      '入院時の食事療養標準負担額の減額 (区分II、過去12か月で90日を超える入院)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
