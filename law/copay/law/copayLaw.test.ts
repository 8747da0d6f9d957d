import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  dated,
  fromDayNumber,
  MissingLaw,
  type NumericDay,
  numericDay,
  plainDate,
} from '@koiki/kernel'
import { lawByDay } from './byDay.ts'
import { copayLawOn } from './copayLaw.ts'
import { limitLawOn } from './limitLaw.ts'

const day = (text: string): NumericDay => numericDay(plainDate(text))

test('日ごとの法令: 表のどれかが変わる日ごとに、その日の行になる', () => {
  assert.equal(copayLawOn(day('2021-12-31')).exOfficio, false)
  assert.equal(copayLawOn(day('2022-01-01')).exOfficio, true)
  assert.equal(copayLawOn(day('2022-09-30')).certain, null)
  assert.deepEqual(copayLawOn(day('2022-10-01')).certain, {
    taxableIncome: 280_000,
    alone: 2_000_000,
    together: 3_200_000,
  })
  assert.equal(limitLawOn(day('2025-07-31')).pensionDeduction, 800_000)
  assert.equal(limitLawOn(day('2025-08-01')).pensionDeduction, 806_700)
  assert.equal(limitLawOn(day('2026-08-01')).pensionDeduction, null)
})

test('日ごとの法令: 引用は表の名と始まりの日で、未確認はそう書く', () => {
  const { cite } = copayLawOn(day('2026-08-01'))
  assert.match(cite.certain, /^一定以上所得の線（.*） 2022-10-01から$/)
  assert.match(cite.seventies, / 2015-01-01から（未確認）$/)
  assert.match(limitLawOn(day('2026-07-31')).cite.classes, /2022-10-01から$/)
  assert.match(limitLawOn(day('2026-08-01')).cite.classes, /2026-08-01から（未確認）$/)
})

test('日ごとの法令: 同じ期間の日には、用意したものをそのまま返す', () => {
  assert.equal(copayLawOn(day('2024-02-29')), copayLawOn(day('2026-08-01')))
  assert.notEqual(copayLawOn(day('2022-09-30')), copayLawOn(day('2022-10-01')))
})

test('日ごとの法令: 行の間、行の前、行の後は、欠けた表の名を言って断る', () => {
  const first = dated('甲', [
    { from: plainDate('2020-01-01'), until: plainDate('2020-03-01'), value: 1, source: '甲' },
    { from: plainDate('2020-05-01'), value: 2, source: '甲' },
  ])
  const second = dated('乙', [
    { from: plainDate('2020-02-01'), until: plainDate('2020-07-01'), value: 10, source: '乙' },
  ])
  const lawOn = lawByDay([first, second], (on) => first.on(on).value + second.on(on).value)
  const answers = new Map<string, number | string>()
  for (let days = 18_200; days < 18_500; days += 1) {
    const on = fromDayNumber(days)
    try {
      answers.set(on, lawOn(numericDay(on)))
    } catch (error) {
      assert.ok(error instanceof MissingLaw)
      assert.equal(error.day, on)
      answers.set(on, error.table)
    }
  }
  const at = (text: string) => answers.get(plainDate(text))
  assert.deepEqual(
    ['2019-12-31', '2020-01-01', '2020-01-31', '2020-02-01', '2020-02-29', '2020-03-01'].map(at),
    ['甲', '乙', '乙', 11, 11, '甲'],
  )
  assert.deepEqual(['2020-04-30', '2020-05-01', '2020-06-30', '2020-07-01'].map(at), [
    '甲',
    12,
    12,
    '乙',
  ])
})
