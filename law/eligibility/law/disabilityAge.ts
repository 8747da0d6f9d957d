import { dated, plainDate } from '@koiki/kernel'

/** 障害認定の年齢 — the age from which 障害認定 makes a person insured (法50条2号). */
export const disabilityAge = dated('障害認定の年齢', [
  {
    from: plainDate('2008-04-01'),
    value: 65,
    source:
      '高齢者の医療の確保に関する法律50条2号。https://www.town.urausu.hokkaido.jp/kurashi/hoken/koukikourei.html',
    lastChecked: plainDate('2026-11-21'),
  },
])
