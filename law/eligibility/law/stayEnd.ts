import { dated, plainDate } from '@koiki/kernel'

/**
 * 在留期間の満了 — how many days after 在留期間満了日 a foreigner is excluded. Where the stay goes on while its
 * renewal is decided (特例期間), the counter tells the longer day.
 */
export const stayEnd = dated('在留期間の満了', [
  {
    from: plainDate('2012-07-09'),
    value: 1,
    source: '高齢者の医療の確保に関する法律51条2号、同法施行規則9条。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
