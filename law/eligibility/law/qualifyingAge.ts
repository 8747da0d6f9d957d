import { dated, plainDate } from '@koiki/kernel'

/**
 * 資格年齢 — the age from which a person is insured by the address alone. Reached on the birthday itself
 * (法52条1号 as every union reads it), not on the day before.
 */
export const qualifyingAge = dated('資格年齢', [
  {
    from: plainDate('2008-04-01'),
    value: 75,
    source:
      '高齢者の医療の確保に関する法律50条1号・52条1号。誕生日当日: https://www.town.yunomae.lg.jp/kiji00339/index.html',
    lastChecked: plainDate('2026-11-21'),
  },
])

/** 制度の開始 — nobody was insured before this day. */
export const schemeStart = qualifyingAge.rows[0]!.from
