import { dated, plainDate } from '@koiki/kernel'

/**
 * 国保の住所地特例の引継ぎ — whether one who comes of age, or is certified, under 国保's 住所地特例 is insured by the
 * union of that 国保's municipality (法55条の2).
 */
export const nationalHealthProvision = dated('国保の住所地特例の引継ぎ', [
  {
    from: plainDate('2008-04-01'),
    value: false,
    source: '高齢者の医療の確保に関する法律 (平成30年改正前)',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2018-04-01'),
    value: true,
    source: '高齢者の医療の確保に関する法律55条の2 (平成30年4月1日施行)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
