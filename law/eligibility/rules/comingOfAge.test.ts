import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, firstOfMonth, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { qualifyingDay } from './acquisition.ts'
import { birthDatesComingOfAge } from './comingOfAge.ts'

fc.configureGlobal({ seed: 75, numRuns: 1000 })

const holds = (birth: PlainDate, month: PlainDate): boolean => {
  const { from, until } = birthDatesComingOfAge(month)
  return from <= birth && birth < until
}

test('翌月に75歳になる人は、75年前のその月に生まれた人', () => {
  const month = plainDate('2026-08-15')
  assert.ok(holds(plainDate('1951-08-01'), month))
  assert.ok(holds(plainDate('1951-08-31'), month))
  assert.ok(!holds(plainDate('1951-07-31'), month))
  assert.ok(!holds(plainDate('1951-09-01'), month))
})

test('2月29日生まれは3月の名簿に載る', () => {
  assert.ok(!holds(plainDate('1948-02-29'), plainDate('2023-02-01')))
  assert.ok(holds(plainDate('1948-02-28'), plainDate('2023-02-01')))
  assert.ok(holds(plainDate('1948-02-29'), plainDate('2023-03-01')))
})

test('名簿に載る月は、年齢到達日の月に等しい', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15000 }), fc.boolean(), (days, leap) => {
      const some = addDays(plainDate('1935-01-01'), days)
      const birth = leap ? plainDate(`${1936 + 4 * (days % 12)}-02-29`) : some
      const reached = qualifyingDay(birth)
      if (reached < plainDate('2009-01-01')) return
      assert.ok(holds(birth, reached))
      assert.ok(!holds(birth, addDays(firstOfMonth(reached), -1)))
    }),
  )
})
