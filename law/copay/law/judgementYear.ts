import { dated } from '@koiki/kernel'
import { asOf, firstDocumented, flowChart2015 } from './asOf.ts'

const act = '高齢者の医療の確保に関する法律'

/** 判定の年度 — begins on the first of `startMonth` and rests on the incomes of the calendar year before. */
export type JudgementYearRule = { readonly startMonth: number }

/** 判定の年度 — 8月から翌年7月まで. */
export const judgementYearRule = dated<JudgementYearRule>(
  `一部負担金の割合の判定の年度（${act}施行令7条）`,
  [
    {
      from: firstDocumented,
      value: { startMonth: 8 },
      source: `${flowChart2015} ; https://www.city.mitaka.lg.jp/c_faq/061/061758.html`,
      lastChecked: asOf,
    },
  ],
)

/** 効力の始まり — how a day leads to the day from which a judgement holds. */
export type Start = 'sameDay' | 'firstOfNextMonth' | 'firstOfNextMonthUnlessFirst'

/** 再判定の効力 — of each event that makes one needed. */
export type EffectRules = {
  readonly acquisition: Start
  readonly application: Start
}

/** 再判定の効力 — acquisition that day; 基準収入額適用申請 from the month after. */
export const effectRules = dated<EffectRules>(`一部負担金の割合の効力（${act}施行規則32条）`, [
  {
    from: firstDocumented,
    value: { acquisition: 'sameDay', application: 'firstOfNextMonth' },
    source: `https://www.city.ama.aichi.jp/faq/c_05/1001396/1001400.html ; ${flowChart2015}`,
    lastChecked: asOf,
  },
])

/** 世帯の異動の効力 — the month after is published; that a change on the 1st holds at once is not. */
export const householdChangeStart = dated<Start>(
  `世帯の異動による一部負担金の割合の効力（${act}施行令7条）`,
  [
    {
      from: firstDocumented,
      value: 'firstOfNextMonthUnlessFirst',
      source:
        'https://www.city.mitaka.lg.jp/c_faq/061/061758.html（翌月1日）。1日の異動の扱いは見つからない',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)
