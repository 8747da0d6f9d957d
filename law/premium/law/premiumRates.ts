import type { Rate, Yen } from '@koiki/kernel'
import {
  dated,
  type LawRow,
  type LawTable,
  type PlainDate,
  percent,
  plainDate,
  yen,
} from '@koiki/kernel'
import { asOf } from './asOf.ts'
import { childSupportRates2026 } from './rates/childSupportRates2026.ts'
import { rates2022 } from './rates/rates2022.ts'
import { rates2024 } from './rates/rates2024.ts'
import { rates2026 } from './rates/rates2026.ts'
import { reliefRates2024 } from './rates/reliefRates2024.ts'
import type { UnionRate } from './rates/unionRate.ts'
import { unionNames } from './unionNames.ts'

/** 保険料率 — 均等割額 before 軽減, and 所得割率. */
export type PremiumRates = { readonly perCapita: Yen; readonly incomeRate: Rate }

type Edition<T> = { from: PlainDate; until: PlainDate; rows: readonly T[] }

const medicalEditions: readonly Edition<UnionRate>[] = [
  { from: plainDate('2022-04-01'), until: plainDate('2024-04-01'), rows: rates2022 },
  { from: plainDate('2024-04-01'), until: plainDate('2026-04-01'), rows: rates2024 },
  { from: plainDate('2026-04-01'), until: plainDate('2028-04-01'), rows: rates2026 },
]

const childSupportEditions: readonly Edition<UnionRate>[] = [
  { from: plainDate('2026-04-01'), until: plainDate('2027-04-01'), rows: childSupportRates2026 },
]

const reliefEditions = [
  { from: plainDate('2024-04-01'), until: plainDate('2025-04-01'), rows: reliefRates2024 },
]

/** 保険料率（医療分） — by union; 高齢者の医療の確保に関する法律104条と各広域連合の条例. */
export const medicalRates = byUnion('保険料率 医療分', medicalEditions, ratesOf)

/** 保険料率（子ども・子育て支援納付金分） — by union, from 令和8年度. */
export const childSupportRates = byUnion('保険料率 子ども分', childSupportEditions, ratesOf)

/** 所得割率の特例（令和6年度） — by union; a union without a row has no usable rate. */
export const reliefRates = byUnion('所得割率の特例 令和6年度', reliefEditions, (row) =>
  percent(row.incomeRate),
)

function ratesOf(row: UnionRate): PremiumRates {
  return { perCapita: yen(row.perCapita), incomeRate: percent(row.incomeRate) }
}

function byUnion<R extends { union: string; source: string; unverified?: true }, T>(
  title: string,
  editions: readonly Edition<R>[],
  read: (row: R) => T,
): ReadonlyMap<string, LawTable<T>> {
  const tables = new Map<string, LawTable<T>>()
  for (const [union, name] of unionNames) {
    const rows = editions.flatMap(({ from, until, rows: edition }): LawRow<T>[] => {
      const row = edition.find((candidate) => candidate.union === union)
      if (row === undefined) return []
      const mark = row.unverified === undefined ? {} : { unverified: row.unverified }
      return [{ from, until, value: read(row), source: row.source, lastChecked: asOf, ...mark }]
    })
    if (rows.length > 0) tables.set(union, dated(`${title}（${name}）`, rows))
  }
  return tables
}
