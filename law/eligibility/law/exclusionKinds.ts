import { dated, plainDate } from '@koiki/kernel'
import type { ExclusionKind } from '../entitlement.ts'

/** 適用除外 — who is not insured though old enough and resident. */
export const exclusionKinds = dated<Readonly<Record<ExclusionKind, string>>>('適用除外', [
  {
    from: plainDate('2008-04-01'),
    value: {
      '1': '生活保護',
      '2': '支援給付',
      '3': '在留期間3月以下',
      '4': '医療滞在',
      '5': '観光・保養',
      '6': '在留期間の満了',
    },
    source:
      '高齢者の医療の確保に関する法律51条、同法施行規則9条。在留による除外の細目は一般の解説による。http://www.town.motobu.okinawa.jp/doc/2023111500052/',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])
