import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstDayOf, fiscalYear, fiscalYearOf, lastDayOf } from './fiscalYear.ts'
import { dayAfter, dayBefore, plainDate } from './plainDate.ts'

test('年度: 3月31日までは前の年度、4月1日から次の年度', () => {
  assert.equal(fiscalYearOf(plainDate('2026-03-31')), 2025)
  assert.equal(fiscalYearOf(plainDate('2026-04-01')), 2026)
  assert.equal(fiscalYearOf(plainDate('2027-01-01')), 2026)
})

test('年度: 初日と末日は隣の年度に接する', () => {
  const year = fiscalYear(2026)
  assert.equal(firstDayOf(year), '2026-04-01')
  assert.equal(lastDayOf(year), '2027-03-31')
  assert.equal(fiscalYearOf(dayBefore(firstDayOf(year))), 2025)
  assert.equal(fiscalYearOf(dayAfter(lastDayOf(year))), 2027)
})

test('年度: 整数でない年は受け付けない', () => {
  for (const year of [2026.5, Number.NaN, 0, 99_999]) {
    assert.throws(() => fiscalYear(year), RangeError)
  }
})
