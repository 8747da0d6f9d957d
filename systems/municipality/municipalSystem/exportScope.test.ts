import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fiscalYear, plainDate } from '@koiki/kernel'
import { exportScope, incomeYears } from './exportScope.ts'

const scopeOn = (today: string, horizonMonths?: number) =>
  exportScope('431001', 'full', plainDate(today), fiscalYear(2026), horizonMonths)

test('年齢到達予定者: 見込む月数の最後の日までに75歳になる人まで', () => {
  assert.equal(scopeOn('2026-07-01').bornUntil, '1951-10-01')
  assert.equal(scopeOn('2026-07-01', 0).bornUntil, '1951-07-01')
  assert.equal(scopeOn('2026-11-30').bornUntil, '1952-02-28')
})

test('消除された人: 年度の初日からあとに消除された人まで', () => {
  assert.equal(scopeOn('2026-07-01').removedSince, '2026-04-01')
})

test('所得の年度: 4月から7月は前の年度も。割合は7月31日まで前の年度の所得による', () => {
  const years = (day: string) => incomeYears(plainDate(day)).join(' ')
  assert.deepEqual(['2026-03-31', '2026-04-01', '2026-07-31', '2026-08-01'].map(years), [
    '2025',
    '2025 2026',
    '2025 2026',
    '2026',
  ])
})
