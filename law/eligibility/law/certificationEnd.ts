import { dated, plainDate } from '@koiki/kernel'
import type { CertificationEnd } from '../entitlement.ts'

/** 障害認定の終わりの日 — how many days after 撤回の申出, or after 障害の状態 ended, the certification ends. */
export const certificationEnd = dated<Readonly<Record<CertificationEnd, number>>>(
  '障害認定の終わりの日',
  [
    {
      from: plainDate('2008-04-01'),
      value: { 撤回: 0, 障害状態不該当: 1 },
      source:
        '高齢者の医療の確保に関する法律53条1項、同法施行規則8条2項・25条。撤回は遡らない: https://www.city.isesaki.lg.jp/soshiki/kensui/nenkin/koureisyairyou/2002.html。撤回が当日か翌日かは確かめていない',
      unverified: true,
      lastChecked: plainDate('2026-11-21'),
    },
  ],
)
