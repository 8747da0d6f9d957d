import { dated, plainDate, type Rate, tenths, type Yen, yen } from '@koiki/kernel'
import { asOf } from './asOf.ts'

/** 元被扶養者 — so many months from the month of acquisition so much off the per-capita amount. */
export type FormerDependentRule = { readonly months: number; readonly tenths: 5 }

/** 元被扶養者の軽減 — 法99条2項: no 所得割額 at all, 5割 of the 均等割額 for two years. */
export const formerDependentRule = dated<FormerDependentRule>(
  '元被扶養者の軽減（高齢者の医療の確保に関する法律99条2項）',
  [
    {
      from: plainDate('2022-04-01'),
      value: { months: 24, tenths: 5 },
      source: 'https://mykoho.jp/article/343021/9594241/9685560',
      lastChecked: asOf,
    },
  ],
)

/** 所得割率の特例の範囲 — a base of at most so much. */
export type ReliefScope = { readonly baseUpTo: Yen }

/** 所得割率の特例の範囲 — 令和6年度 only; 玉名市 writes 未満, all others 以下. */
export const reliefScope = dated<ReliefScope>('所得割率の特例の範囲（令和6年度）', [
  {
    from: plainDate('2024-04-01'),
    until: plainDate('2025-04-01'),
    value: { baseUpTo: yen(580_000) },
    source: 'https://kumamoto-kouikirengo.jp/system2/insurance.html',
    lastChecked: asOf,
  },
])

/** 年齢到達の年齢 — below it a person is insured by a disability certificate. */
export const insuredAge = dated<number>('被保険者の年齢（高齢者の医療の確保に関する法律50条）', [
  {
    from: plainDate('2008-04-01'),
    value: 75,
    source: 'https://www.town.yunomae.lg.jp/kiji00339/index.html',
    lastChecked: asOf,
  },
])

/** 月割 — months of a full year. */
export const monthlyShares = dated<number>('保険料の月割（各広域連合の条例）', [
  {
    from: plainDate('2008-04-01'),
    value: 12,
    source:
      'https://www.town.rokunohe.aomori.jp/docs/2022092200002/ ; http://koureikouiki-tottori.jp/medical-care/344',
    lastChecked: asOf,
  },
])

/** 保険料の組立て — 均等割額 and 所得割額 together, on 総所得金額等 less 基礎控除; no figure of its own. */
export const assessmentFormula = dated<null>(
  '保険料の賦課（高齢者の医療の確保に関する法律104条2項、同法施行令18条1項）',
  [
    {
      from: plainDate('2008-04-01'),
      value: null,
      source:
        'https://mie-kouiki.jp/reiki_int/reiki_honbun/u395RG00000086.html ; https://www.city.ota.tokyo.jp/seikatsu/kokunen/kouki_k_iryou/hokenryou/koukihokenryo.html',
      lastChecked: asOf,
    },
  ],
)

/** 軽減のない割合 — nothing taken off. */
export const noReduction: Rate = tenths('0')
