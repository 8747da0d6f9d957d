import { dated, plainDate, type Yen, yen } from '@koiki/kernel'
import { asOf, firstDocumented } from './asOf.ts'

const act = '高齢者の医療の確保に関する法律'

/** 現役並み所得の区分の線 — 課税所得 of the insured person who has most of it. */
export type ActiveClassLines = { readonly active3: Yen; readonly active2: Yen }

/**
 * 限度区分の線 — from 平成30年8月, when 現役並み所得 was parted into three. From 令和9年8月 the classes are
 * split again, in ways that are not settled: no row. @毎年度確認
 */
export const activeClassLines = dated<ActiveClassLines>(`限度区分（${act}施行令15条・16条）`, [
  {
    from: plainDate('2018-08-01'),
    until: plainDate('2022-10-01'),
    value: { active3: yen(6_900_000), active2: yen(3_800_000) },
    source:
      'https://president.jp/articles/-/25780?page=2（3区分になった月）。線の額は令和4年10月以後のものから',
    unverified: true,
    lastChecked: asOf,
  },
  {
    from: plainDate('2022-10-01'),
    until: plainDate('2026-08-01'),
    value: { active3: yen(6_900_000), active2: yen(3_800_000) },
    source: 'https://www.city.aira.lg.jp/koi/kurashi/hoken/kokikore/kouki11.html',
    lastChecked: asOf,
  },
  {
    from: plainDate('2026-08-01'),
    until: plainDate('2027-08-01'),
    value: { active3: yen(6_900_000), active2: yen(3_800_000) },
    source:
      'https://diamond.jp/articles/-/383921?page=3（令和8年8月は区分をそのままに限度額を引き上げる）。政令は読んでいない',
    unverified: true,
    lastChecked: asOf,
  },
])

/**
 * 低所得Iの年金の控除額 — pension revenue up to this is no income. The amount from 令和8年8月 was not found:
 * no row, and it is asked for only where it decides. @毎年度確認
 */
export const lowIncomePensionDeduction = dated<Yen>(
  `低所得者Iの公的年金等の控除額（${act}施行令15条・16条）`,
  [
    {
      from: firstDocumented,
      until: plainDate('2025-08-01'),
      value: yen(800_000),
      source:
        'https://www.city.nomi.ishikawa.jp/www/contents/1001000000718/index.html ; https://www.town.agui.lg.jp/category2/kouhou/kouhou-H22/100715/topic_004.htm',
      lastChecked: asOf,
    },
    {
      from: plainDate('2025-08-01'),
      until: plainDate('2026-08-01'),
      value: yen(806_700),
      source: 'https://www.city.takizawa.iwate.jp/life/todokede/koukikourei/_11663.html',
      lastChecked: asOf,
    },
  ],
)
