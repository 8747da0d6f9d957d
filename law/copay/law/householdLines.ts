import { dated, type PlainDate, plainDate, type Yen, yen } from '@koiki/kernel'
import { asOf, firstDocumented } from './asOf.ts'

const act = '高齢者の医療の確保に関する法律'

/**
 * 低所得者Iの給与所得の控除額 — taken off 給与所得 of each person, before 所得金額調整控除, since the tax reform of 令和2年
 * moved 10万円 from 給与所得控除 to 基礎控除. From general knowledge.
 */
export const lowIncomeEmploymentDeduction = dated<Yen>(
  `低所得者Iの給与所得の控除額（${act}施行令15条・16条）`,
  [
    {
      from: firstDocumented,
      until: plainDate('2021-08-01'),
      value: yen(0),
      source: '令和3年7月まで控除はない（一般の知識）',
      unverified: true,
      lastChecked: asOf,
    },
    {
      from: plainDate('2021-08-01'),
      value: yen(100_000),
      source: '令和3年8月から（一般の知識。政令は読んでいない）',
      unverified: true,
      lastChecked: asOf,
    },
  ],
)

/** 老齢福祉年金を受けうる人の生年月日 — born on this day or before; nobody later can receive it. */
export const oldAgeWelfarePensionBornUntil = dated<PlainDate>('老齢福祉年金（国民年金法附則）', [
  {
    from: firstDocumented,
    value: plainDate('1911-04-01'),
    source: '明治44年4月1日以前に生まれた人（一般の知識）',
    unverified: true,
    lastChecked: asOf,
  },
])

/** 未成年者の年齢 — below it on 1 January of the fiscal year, nobody without a record is taxed. */
export const minorAge = dated<number>('未成年者の住民税の非課税（地方税法295条1項2号）', [
  {
    from: firstDocumented,
    until: plainDate('2023-04-01'),
    value: 20,
    source: '令和4年度まで20歳未満（一般の知識）',
    unverified: true,
    lastChecked: asOf,
  },
  {
    from: plainDate('2023-04-01'),
    value: 18,
    source: '令和5年度から18歳未満（一般の知識）',
    unverified: true,
    lastChecked: asOf,
  },
])
