import { dated, type PlainDate, plainDate, type Yen, yen } from '@koiki/kernel'
import { asOf } from './asOf.ts'

/**
 * 賦課限度額 — the most one person may be asked for in a fiscal year, by levy. `transitional` is the
 * lower cap of 令和6年度 for those born until `bornUntil` and for holders of a disability certificate.
 */
export type Caps = {
  readonly medical: Yen
  readonly transitional: { readonly medical: Yen; readonly bornUntil: PlainDate } | null
  readonly childSupport: Yen | null
}

/**
 * 賦課限度額 — 令18条1項7号（医療分）・13号（子ども分）. In 令和6年度 the certificate is read from an
 * acquisition before the 75th birthday; the exception for those who then left the area is not modelled.
 * @毎年度確認
 */
export const caps = dated<Caps>(
  '賦課限度額（高齢者の医療の確保に関する法律施行令18条1項7号・13号）',
  [
    {
      from: plainDate('2022-04-01'),
      until: plainDate('2024-04-01'),
      value: { medical: yen(660_000), transitional: null, childSupport: null },
      source: 'https://www.city.amakusa.kumamoto.jp/kiji0039121/index.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2024-04-01'),
      until: plainDate('2025-04-01'),
      value: {
        medical: yen(800_000),
        transitional: { medical: yen(730_000), bornUntil: plainDate('1949-03-31') },
        childSupport: null,
      },
      source: 'https://www.hokeniryo.metro.tokyo.lg.jp/kenkou/kokuho/kouki/sikumi.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2025-04-01'),
      until: plainDate('2026-04-01'),
      value: { medical: yen(800_000), transitional: null, childSupport: null },
      source: 'https://www.tokyo-ikiiki.net/seido/1001968/1001975/index.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2026-04-01'),
      until: plainDate('2027-04-01'),
      value: { medical: yen(850_000), transitional: null, childSupport: yen(21_000) },
      source: '官報 2026-01-21 (https://sr-bridge.com/info/6612914); 令和8年度の計算例とも合う',
      lastChecked: asOf,
    },
  ],
)
