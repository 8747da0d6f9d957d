import { dated, plainDate, type Yen, yen } from '@koiki/kernel'
import { asOf } from './asOf.ts'

/**
 * 速算表の行 — for revenue below `below` (null: any): revenue cut down to a multiple of `unit`, times
 * `of` per cent, less `minus`. A negative `minus` adds.
 */
export type IncomeBracket = {
  readonly below: Yen | null
  readonly unit: number
  readonly of: number
  readonly minus: number
}

const bracket = (below: number | null, of: number, minus: number, unit = 1): IncomeBracket => ({
  below: below === null ? null : yen(below),
  unit,
  of,
  minus,
})

// From 660万円 on, one table for all years; below it 所得税法別表第五, which cuts revenue to 4,000 yen and
// gives 0 for all revenue below its first row: of 550,999 yen nothing is left, not 999.
const employmentFrom1800000 = [
  bracket(3_600_000, 70, 80_000, 4_000),
  bracket(6_600_000, 80, 440_000, 4_000),
  bracket(8_500_000, 90, 1_100_000),
  bracket(null, 100, 1_950_000),
]

/**
 * 給与所得控除後の給与等の金額 — by the year in which the salary was earned. @毎年度確認
 * For income year 2025 the minimum rose to 65万円 up to 190万円 of revenue.
 */
export const employmentBrackets = dated<readonly IncomeBracket[]>(
  '給与所得控除後の給与等の金額（所得税法28条・別表第五）',
  [
    {
      from: plainDate('2020-01-01'),
      until: plainDate('2025-01-01'),
      value: [
        bracket(551_000, 0, 0),
        bracket(1_619_000, 100, 550_000),
        bracket(1_620_000, 100, 550_000, 1_000),
        bracket(1_624_000, 100, 550_000, 2_000),
        bracket(1_628_000, 100, 550_000, 4_000),
        bracket(1_800_000, 60, -100_000, 4_000),
        ...employmentFrom1800000,
      ],
      source: '須崎市 https://www.city.susaki.lg.jp/life/detail.php?hdnKey=4405',
      lastChecked: asOf,
    },
    {
      from: plainDate('2025-01-01'),
      until: plainDate('2026-01-01'),
      value: [bracket(651_000, 0, 0), bracket(1_900_000, 100, 650_000), ...employmentFrom1800000],
      source:
        '荒尾市 https://www.city.arao.lg.jp/kurashi/zeikin/juuminzei/11778.html（控除額）。別表第五の刻みは令和6年分までと同じと読む',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)

/**
 * 公的年金等控除 — brackets for those under and from `seniorAge` on 31 December of the income year. Other
 * income above a step makes the deduction smaller by that step's amount.
 */
export type PensionDeduction = {
  readonly seniorAge: number
  readonly junior: readonly IncomeBracket[]
  readonly senior: readonly IncomeBracket[]
  readonly otherIncomeSteps: readonly { readonly over: Yen; readonly less: Yen }[]
}

const pensionFrom3300000 = [
  bracket(4_100_000, 75, 275_000),
  bracket(7_700_000, 85, 685_000),
  bracket(10_000_000, 95, 1_455_000),
  bracket(null, 100, 1_955_000),
]

/** 公的年金等に係る雑所得の速算表 — by the year of the pension. @毎年度確認 */
export const pensionDeduction = dated<PensionDeduction>(
  '公的年金等控除（所得税法35条4項・租税特別措置法41条の15の3）',
  [
    {
      from: plainDate('2020-01-01'),
      until: plainDate('2026-01-01'),
      value: {
        seniorAge: 65,
        junior: [bracket(1_300_000, 100, 600_000), ...pensionFrom3300000],
        senior: [bracket(3_300_000, 100, 1_100_000), ...pensionFrom3300000],
        otherIncomeSteps: [
          { over: yen(10_000_000), less: yen(100_000) },
          { over: yen(20_000_000), less: yen(200_000) },
        ],
      },
      source:
        'https://www.city.fukagawa.lg.jp/cms/section/shimin/ik75k40000005sra.html ; 65歳未満と他の所得の段階は須崎市 https://www.city.susaki.lg.jp/life/detail.php?hdnKey=4405',
      lastChecked: asOf,
    },
  ],
)

/** 所得金額調整控除 — `each` of the two incomes counts up to so much; what passes `off` is deducted. */
export type IncomeAdjustment = { readonly each: Yen; readonly off: Yen }

/** 所得金額調整控除（給与と年金の双方） — the one for children and disability is not asked for here. */
export const incomeAdjustment = dated<IncomeAdjustment>(
  '所得金額調整控除（租税特別措置法41条の3の11第2項）',
  [
    {
      from: plainDate('2020-01-01'),
      until: plainDate('2026-01-01'),
      value: { each: yen(100_000), off: yen(100_000) },
      source: '租税特別措置法41条の3の11第2項（条文は読めていない）',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)

/** 損益通算 — a loss of the business comes off the other kinds of 総所得金額; no figure of its own. */
export const lossOffset = dated<null>('損益通算（所得税法69条、地方税法313条2項）', [
  {
    from: plainDate('2020-01-01'),
    until: plainDate('2026-01-01'),
    value: null,
    source: '所得税法69条、地方税法313条2項（条文は読めていない）',
    unverified: true,
    lastChecked: asOf,
  },
])

/** 基礎控除の段 — for 合計所得金額 up to `upTo` (null: any). */
export type BasicDeductionStep = { readonly upTo: Yen | null; readonly amount: Yen }

/** 基礎控除 — 地方税法314条の2第2項, once a person. @毎年度確認 */
export const basicDeductionSteps = dated<readonly BasicDeductionStep[]>(
  '基礎控除（地方税法314条の2第2項）',
  [
    {
      from: plainDate('2020-01-01'),
      until: plainDate('2026-01-01'),
      value: [
        { upTo: yen(24_000_000), amount: yen(430_000) },
        { upTo: yen(24_500_000), amount: yen(290_000) },
        { upTo: yen(25_000_000), amount: yen(150_000) },
        { upTo: null, amount: yen(0) },
      ],
      source:
        'https://minole.city.omitama.lg.jp/0676/info-0000010510-0.html ; 令和8年度も変更なし https://www.city.nago.okinawa.jp/kurashi/2025121800016',
      lastChecked: asOf,
    },
  ],
)
