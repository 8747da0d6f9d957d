import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FiscalYear, type LawTable, MissingLaw, plainDate } from '@koiki/kernel'
import * as assessmentRules from './assessmentRules.ts'
import { caps } from './caps.ts'
import { fractionRules } from './fractionRules.ts'
import * as incomeTax from './incomeTax.ts'
import { lawOf } from './lawOf.ts'
import { ownReductions } from './ownReductions.ts'
import { childSupportRates, medicalRates, reliefRates } from './premiumRates.ts'
import * as reduction from './reduction.ts'
import { unionNames } from './unionNames.ts'

const covered = (year: number): string[] =>
  [...unionNames.keys()].filter((union) => {
    try {
      lawOf(union, year as FiscalYear)
      return true
    } catch (error) {
      if (error instanceof MissingLaw) return false
      throw error
    }
  })

test('47広域連合の保険料率は、令和6年度から令和8年度まですべてある', () => {
  assert.equal(unionNames.size, 47)
  for (const year of [2024, 2025, 2026]) assert.equal(covered(year).length, 47)
})

test('令和4・5年度は読めた26広域連合だけがあり、ほかは表の名を言って断る', () => {
  for (const year of [2022, 2023]) {
    const found = covered(year)
    assert.equal(found.length, 26)
    for (const [union, name] of unionNames) {
      if (found.includes(union)) continue
      assert.throws(
        () => lawOf(union, year as FiscalYear),
        (error) => error instanceof MissingLaw && error.table === `保険料率 医療分（${name}）`,
      )
    }
  }
})

test('令和3年度と令和9年度は、隣の年度で補わない', () => {
  assert.deepEqual(covered(2021), [])
  assert.deepEqual(covered(2027), [])
})

test('令和6年度の特例の率がある広域連合は32で、逆算しかない15は率を持たない', () => {
  assert.equal(reliefRates.size, 32)
  const unknown = [...unionNames.keys()].filter(
    (union) => lawOf(union, 2024 as FiscalYear).medical.reliefRate === null,
  )
  assert.equal(unknown.length, 15)
  assert.ok(unknown.includes('16') && unknown.includes('18') && unknown.includes('04'))
  assert.equal(lawOf('43', 2025 as FiscalYear).medical.reliefBaseUpTo, -1)
})

test('いくつかの広域連合の率を、資料の表と突き合わせる', () => {
  const rows = [
    ['43', 2022, 54_000, 1026],
    ['43', 2024, 58_000, 1098],
    ['43', 2026, 63_000, 1106],
    ['13', 2026, 53_300, 988],
    ['41', 2026, 68_700, 1179],
    ['47', 2026, 61_000, 1081],
    ['20', 2023, 40_907, 843],
    ['46', 2026, 69_800, 1172],
    ['01', 2025, 52_953, 1179],
  ] as const
  for (const [union, year, perCapita, of] of rows) {
    const { medical } = lawOf(union, year as FiscalYear)
    assert.equal(medical.perCapita, perCapita)
    assert.deepEqual(medical.rate, { of, per: 10_000 })
  }
  const { childSupport } = lawOf('43', 2026 as FiscalYear)
  assert.equal(childSupport?.perCapita, 1_400)
  assert.deepEqual(childSupport?.rate, { of: 25, per: 10_000 })
  assert.equal(lawOf('43', 2025 as FiscalYear).childSupport, null)
})

const isTable = (value: unknown): value is LawTable<unknown> =>
  typeof value === 'object' && value !== null && 'rows' in value
const single: unknown[] = Object.values({ ...assessmentRules, ...incomeTax, ...reduction })
const byUnion = [medicalRates, childSupportRates, reliefRates, fractionRules, ownReductions]
const tables: readonly LawTable<unknown>[] = [
  caps,
  ...single.filter(isTable),
  ...byUnion.flatMap((map): LawTable<unknown>[] => [...map.values()]),
]

test('どの行にも出典と、最後に確かめた日がある', () => {
  assert.ok(tables.length > 180)
  for (const { name, rows } of tables) {
    for (const row of rows) {
      assert.ok(row.source.length > 5, name)
      assert.ok(row.lastChecked !== undefined && row.lastChecked >= plainDate('2026-11-21'), name)
    }
  }
})

test('毎年度変わる表は、令和8年度の終わりから先を答えない', () => {
  const until = plainDate('2027-04-01')
  for (const table of [caps, reduction.reductionThresholds, reduction.reductionRates]) {
    assert.equal(table.find(until), null, table.name)
  }
  for (const table of childSupportRates.values()) assert.equal(table.find(until), null)
})

test('確かめられていない値には印がある（熊本県の令和8年度、給与65万円の線、広島県の端数）', () => {
  const on = plainDate('2026-04-01')
  assert.equal(medicalRates.get('43')?.on(on).unverified, true)
  assert.equal(reduction.earnerSalaryLine.on(on).unverified, true)
  assert.equal(fractionRules.get('34')?.on(on).unverified, true)
  assert.equal(fractionRules.get('43')?.on(on).unverified, undefined)
  assert.equal(medicalRates.get('13')?.on(on).unverified, undefined)
})

test('速算表は区間の境でつながり、収入が増えて所得が減るところがない', () => {
  for (const year of [2025, 2026]) {
    const law = lawOf('43', year as FiscalYear)
    for (const table of [law.employment, law.juniorPension, law.seniorPension]) {
      for (const [index, { below }] of table.entries()) {
        const next = table[index + 1]
        if (next === undefined) continue
        const income = (revenue: number, row: (typeof table)[number]): number =>
          Math.floor((Math.floor(revenue / row.unit) * row.unit * row.of) / 100) - row.minus
        assert.ok(income(below, next) >= income(below - 1, table[index]!), `${year} ${below}`)
        assert.ok(income(below, next) - income(below - 1, table[index]!) <= 3_200)
      }
    }
  }
})

test('表の名に同じものはない', () => {
  const names = tables.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
})
