import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  birthday,
  dayAfter,
  dayBefore,
  dayNumber,
  dayOfWeek,
  daysBetween,
  firstOfMonth,
  fromDayNumber,
  fromNumericDay,
  monthNumber,
  monthNumberOf,
  numericDay,
  parsePlainDate,
  plainDate,
  plainDateOf,
} from './plainDate.ts'

const day = fc.integer({
  min: dayNumber(plainDate('1868-01-01')),
  max: dayNumber(plainDate('2200-12-31')),
})

test('年月日: 暦にない日と、ほかの書き方は読まない', () => {
  const refused = [
    '2026-02-29',
    '2026-02-31',
    '2026-04-31',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '2026/01/01',
    '20260101',
    '2026-01-01T00:00:00',
    '２０２６-01-01',
    ' 2026-01-0',
    '',
  ]
  for (const text of refused) assert.equal(parsePlainDate(text), null, text)
  for (const text of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) {
    assert.equal(parsePlainDate(text), text)
  }
  assert.throws(() => plainDate('2026-02-29'), RangeError)
})

test('通日: Dateの暦と同じ日を数え、もとに戻る', () => {
  fc.assert(
    fc.property(day, (n) => {
      const d = fromDayNumber(n)
      assert.equal(d, new Date(n * 86_400_000).toISOString().slice(0, 10))
      assert.equal(dayNumber(d), n)
      assert.equal(dayOfWeek(d), new Date(n * 86_400_000).getUTCDay())
      assert.equal(dayBefore(dayAfter(d)), d)
      assert.equal(daysBetween(d, addDays(d, 400)), 400)
    }),
  )
})

test('年月日の整数と通月: 日の順のまま、もとに戻る', () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      const [p, q] = [fromDayNumber(a), fromDayNumber(b)]
      assert.equal(fromNumericDay(numericDay(p)), p)
      assert.equal(monthNumberOf(numericDay(p)), monthNumber(p))
      assert.equal(numericDay(p) < numericDay(q), p < q)
      assert.equal(monthNumber(addMonths(firstOfMonth(p), 1)), monthNumber(p) + 1)
    }),
  )
  assert.equal(numericDay(plainDate('2026-04-01')), 20_260_401)
})

test('月数: 応当日がなければ月の末日', () => {
  assert.equal(addMonths(plainDate('2026-01-31'), 1), '2026-02-28')
  assert.equal(addMonths(plainDate('2024-01-31'), 1), '2024-02-29')
  assert.equal(addMonths(plainDate('2026-03-15'), -15), '2024-12-15')
  assert.equal(addYears(plainDate('2024-02-29'), 1), '2025-02-28')
  assert.throws(() => plainDateOf(2026, 13, 1), RangeError)
})

test('誕生日: 75歳は誕生日の当日に達し、前日はまだ74歳', () => {
  const birth = plainDate('1951-04-01')
  assert.equal(birthday(birth, 75), '2026-04-01')
  assert.equal(ageOn(birth, plainDate('2026-03-31')), 74)
  assert.equal(ageOn(birth, plainDate('2026-04-01')), 75)
})

test('誕生日: 2月29日生まれは、平年は3月1日、閏年は2月29日に達する', () => {
  const birth = plainDate('1952-02-29')
  assert.equal(birthday(birth, 75), '2027-03-01')
  assert.equal(ageOn(birth, plainDate('2027-02-28')), 74)
  assert.equal(ageOn(birth, plainDate('2027-03-01')), 75)
  assert.equal(birthday(birth, 76), '2028-02-29')
})

test('満年齢: 生まれた日は0歳、その前は数えない', () => {
  assert.equal(ageOn(plainDate('2026-05-05'), plainDate('2026-05-05')), 0)
  assert.throws(() => ageOn(plainDate('2026-05-05'), plainDate('2026-05-04')), RangeError)
})

test('満年齢: 年齢に達する日の前日と当日で、ちょうど1つ違う', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 120 }), (n, age) => {
      const birth = fromDayNumber(n)
      const reached = birthday(birth, age)
      assert.equal(ageOn(birth, reached), age)
      assert.equal(ageOn(birth, dayBefore(reached)), age - 1)
    }),
  )
})
