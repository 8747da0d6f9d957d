import { dated, type PlainDate, plainDate, type Yen, yen } from '@koiki/kernel'
import { asOf, firstDocumented, flowChart2015 } from './asOf.ts'

const act = '高齢者の医療の確保に関する法律'

/** 現役並み所得の線 — 3割 where an insured person of the household has 課税所得 of so much or more. */
export const activeIncomeLine = dated<Yen>(`現役並み所得の線（${act}67条・施行令7条）`, [
  {
    from: firstDocumented,
    value: yen(1_450_000),
    source: `https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html ; ${flowChart2015}`,
    lastChecked: asOf,
  },
])

/** 旧ただし書所得による除外 — so much or less together, where somebody insured was born from that day on. */
export type BaseExemption = { readonly bornFrom: PlainDate; readonly baseUpTo: Yen }

/** 旧ただし書所得による除外 — no application is needed. */
export const baseExemption = dated<BaseExemption>(`旧ただし書所得による除外（${act}施行令7条）`, [
  {
    from: firstDocumented,
    value: { bornFrom: plainDate('1945-01-02'), baseUpTo: yen(2_100_000) },
    source: `${flowChart2015} ; https://www.city.komatsu.lg.jp/soshiki/iryouhoken/iryouoshirase/3150.html ; https://www.city.nomi.ishikawa.jp/www/contents/1001000000718/index.html`,
    lastChecked: asOf,
  },
])

/**
 * 基準収入額 — revenue below `alone` for one insured person, below `together` for two or more, and for one
 * with persons of 70 to 74 in the household.
 */
export type RevenueLines = { readonly alone: Yen; readonly together: Yen }

/** 基準収入額 */
export const revenueLines = dated<RevenueLines>(`基準収入額（${act}施行令7条）`, [
  {
    from: firstDocumented,
    value: { alone: yen(3_830_000), together: yen(5_200_000) },
    source:
      'https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html ; https://www.city.nomi.ishikawa.jp/www/contents/1001000000718/index.html',
    lastChecked: asOf,
  },
])

/** 基準収入額の適用 — whether records that show the revenue make an application needless. */
export type RevenueDecision = { readonly exOfficio: boolean }

/** 基準収入額の適用 — until 令和3年12月 on application alone; without one where records show the revenue. */
export const revenueDecision = dated<RevenueDecision>(`基準収入額の適用（${act}施行規則32条）`, [
  {
    from: firstDocumented,
    until: plainDate('2022-01-01'),
    value: { exOfficio: false },
    source: 'https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html',
    lastChecked: asOf,
  },
  {
    from: plainDate('2022-01-01'),
    value: { exOfficio: true },
    source: 'https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html',
    lastChecked: asOf,
  },
])

/** 基準収入額に数える年齢 — from the month after `from` is reached to the day before `until`. */
export type SeventiesAges = { readonly from: number; readonly until: number }

/** 基準収入額に数える70歳から74歳までの人 — read by practice; no official page was found that says the month. */
export const seventiesAges = dated<SeventiesAges>(
  `70歳から74歳までの人の数え方（${act}施行令7条）`,
  [
    {
      from: firstDocumented,
      value: { from: 70, until: 75 },
      source: '実務の扱い（70歳に達した月の翌月から。1日生まれはその月から）。公の頁は見つからない',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)

/**
 * 一定以上所得の線 — 2割 where an insured person has 課税所得 of so much or more, and 年金収入 with
 * その他の合計所得金額 reach a line together.
 */
export type CertainIncomeLines = {
  readonly taxableIncome: Yen
  readonly alone: Yen
  readonly together: Yen
}

/** 一定以上所得の線 — null before 令和4年10月, when there was no 2割. */
export const certainIncomeLines = dated<CertainIncomeLines | null>(
  `一定以上所得の線（${act}67条・施行令7条）`,
  [
    {
      from: firstDocumented,
      until: plainDate('2022-10-01'),
      value: null,
      source:
        'https://www.town.aga.niigata.jp/agamachi_soshiki/kodomo_kenkosuishin/nenkin_iryo/395.html',
      lastChecked: asOf,
    },
    {
      from: plainDate('2022-10-01'),
      value: { taxableIncome: yen(280_000), alone: yen(2_000_000), together: yen(3_200_000) },
      source:
        'https://www.town.aga.niigata.jp/agamachi_soshiki/kodomo_kenkosuishin/nenkin_iryo/395.html ; https://limo.media/articles/-/109153?page=5',
      lastChecked: asOf,
    },
  ],
)
