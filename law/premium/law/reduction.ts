import { dated, plainDate, type Rate, tenths, type Yen, yen } from '@koiki/kernel'
import { asOf } from './asOf.ts'

/** 軽減の区分 — 7割, 5割, 2割 or none. */
export type ReductionTenths = 0 | 2 | 5 | 7

/**
 * 均等割額の軽減判定基準 — 7割: base + perEarner × (給与所得者等の数 − 1); 5割 and 2割 add so much for each
 * insured person.
 */
export type ReductionThresholds = {
  readonly base: Yen
  readonly perEarner: Yen
  readonly fivePerInsured: Yen
  readonly twoPerInsured: Yen
}

const thresholds = (five: number, two: number): ReductionThresholds => ({
  base: yen(430_000),
  perEarner: yen(100_000),
  fivePerInsured: yen(five),
  twoPerInsured: yen(two),
})

/** 均等割額の軽減判定基準 — 令18条4項. @毎年度確認 */
export const reductionThresholds = dated(
  '均等割額の軽減判定基準（高齢者の医療の確保に関する法律施行令18条4項）',
  [
    {
      from: plainDate('2022-04-01'),
      until: plainDate('2023-04-01'),
      value: thresholds(285_000, 520_000),
      source:
        'https://orange-deer-a434322518ea0785.znlc.jp/kurashi_kankyou/nenho/2017-0317-hokenryou.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2023-04-01'),
      until: plainDate('2024-04-01'),
      value: thresholds(290_000, 535_000),
      source: 'https://higomaru-call.jp/faq/CCFaqDetail.asp?id=4292',
      lastChecked: asOf,
    },
    {
      from: plainDate('2024-04-01'),
      until: plainDate('2025-04-01'),
      value: thresholds(295_000, 545_000),
      source: 'https://www.town.rokunohe.aomori.jp/docs/2022092200002/',
      lastChecked: asOf,
    },
    {
      from: plainDate('2025-04-01'),
      until: plainDate('2026-04-01'),
      value: thresholds(305_000, 560_000),
      source: 'https://www.town.tobetsu.hokkaido.jp/soshiki/zyumin/124.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2026-04-01'),
      until: plainDate('2027-04-01'),
      value: thresholds(310_000, 570_000),
      source: '国民健康保険の令和8年度基準（三鷹市）と北海道・東京都の令和8年度計算例',
      lastChecked: asOf,
    },
  ],
)

/** 軽減の割合 — what each class takes off the per-capita amount, by levy. */
export type ReductionRates = {
  readonly medical: Readonly<Record<2 | 5 | 7, Rate>>
  readonly childSupport: Readonly<Record<2 | 5 | 7, Rate>> | null
}

/**
 * 均等割額の軽減割合 — in 令和8年度 the 7割 class takes 7.2割 off the medical levy, nationwide; whether
 * that goes on in 令和9年度 is not known. @毎年度確認
 */
export const reductionRates = dated<ReductionRates>(
  '均等割額の軽減割合（高齢者の医療の確保に関する法律施行令18条4項）',
  [
    {
      from: plainDate('2022-04-01'),
      until: plainDate('2026-04-01'),
      value: { medical: { 7: tenths('7'), 5: tenths('5'), 2: tenths('2') }, childSupport: null },
      source: 'https://www.town.tobetsu.hokkaido.jp/soshiki/zyumin/124.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2026-04-01'),
      until: plainDate('2027-04-01'),
      value: {
        medical: { 7: tenths('7.2'), 5: tenths('5'), 2: tenths('2') },
        childSupport: { 7: tenths('7'), 5: tenths('5'), 2: tenths('2') },
      },
      source: '厚生労働省の令和8・9年度のモデル月額（47広域連合）と北海道・東京都の令和8年度計算例',
      lastChecked: asOf,
    },
  ],
)

/**
 * 軽減判定の公的年金等 — `pensionDeduction` is taken off the pension income of those of `seniorAge` on
 * 1 January; pension above its line makes one of the 給与所得者等.
 */
export type PensionLines = {
  readonly seniorAge: number
  readonly pensionDeduction: Yen
  readonly pensionOver: Yen
  readonly seniorPensionOver: Yen
}

/**
 * 軽減判定の公的年金等 — 令18条4項, 附則. The line of 125万円 is 110万円 and the 15万円 together; two
 * municipalities print 110万円 without saying so. @毎年度確認
 */
export const pensionLines = dated<PensionLines>(
  '軽減判定の公的年金等の特別控除と給与所得者等の線（高齢者の医療の確保に関する法律施行令18条4項・附則）',
  [
    {
      from: plainDate('2022-04-01'),
      until: plainDate('2027-04-01'),
      value: {
        seniorAge: 65,
        pensionDeduction: yen(150_000),
        pensionOver: yen(600_000),
        seniorPensionOver: yen(1_250_000),
      },
      source:
        'https://mykoho.jp/article/124222/9593797/9678301 ; https://www.town.yoshino.nara.jp/soshiki/chominzeimu/kokikoreishairyoseido/1825.html',
      lastChecked: asOf,
    },
  ],
)

/**
 * 給与所得者等の給与収入の線 — above it a person counts; 専従者給与 is left out. That it follows the minimum of
 * the employment deduction to 65万円 in 令和8年度 is not confirmed. @毎年度確認
 */
export const earnerSalaryLine = dated<Yen>(
  '給与所得者等の給与収入の線（高齢者の医療の確保に関する法律施行令18条4項）',
  [
    {
      from: plainDate('2022-04-01'),
      until: plainDate('2026-04-01'),
      value: yen(550_000),
      source: 'https://mykoho.jp/article/124222/9593797/9678301',
      lastChecked: asOf,
    },
    {
      from: plainDate('2026-04-01'),
      until: plainDate('2027-04-01'),
      value: yen(650_000),
      source: '令和7年度税制改正による給与所得控除の最低額から。令和8年度の公表は見つからない',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)
