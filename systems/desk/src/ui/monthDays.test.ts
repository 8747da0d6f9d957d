import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, dayOfWeek, daysBetween, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { dayAfterKey, weeksOf } from './monthDays.ts'

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((one) => plainDate(one.toISOString().slice(0, 10)))

test('月のどの日も、その曜日の下に一度だけある。となりの月の日はない', () => {
  fc.assert(
    fc.property(day, (one) => {
      const weeks = weeksOf(one)
      const days = weeks.flat().filter((each) => each !== null)
      assert.ok(weeks.every((week) => week.length === 7 && week.some((each) => each !== null)))
      assert.ok(days.every((each) => each.slice(0, 7) === one.slice(0, 7)))
      assert.equal(new Set(days).size, days.length)
      assert.ok(days.includes(one))
      for (const week of weeks)
        for (const [index, each] of week.entries())
          assert.ok(each === null || dayOfWeek(each) === index)
    }),
  )
})

test('鍵は、日・週・月・年を動く。ない日は月の終わりになる', () => {
  const from = plainDate('2026-05-31')
  const to = (key: string, shift = false) => dayAfterKey(from, key, shift)
  assert.deepEqual(
    ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].map(
      (key) => to(key),
    ),
    [
      '2026-05-30',
      '2026-06-01',
      '2026-05-24',
      '2026-06-07',
      '2026-05-31',
      '2026-06-06',
      '2026-04-30',
      '2026-06-30',
    ],
  )
  assert.equal(dayAfterKey(plainDate('2024-02-29'), 'PageUp', true), '2023-02-28')
  assert.equal(to('a'), null)
})

test('行って戻ると、もとの日に戻る', () => {
  fc.assert(
    fc.property(day, (one) => {
      for (const [there, back] of [
        ['ArrowLeft', 'ArrowRight'],
        ['ArrowUp', 'ArrowDown'],
      ] as const)
        assert.equal(dayAfterKey(dayAfterKey(one, there, false) as PlainDate, back, false), one)
      assert.ok(daysBetween(dayAfterKey(one, 'Home', false) as PlainDate, one) < 7)
      assert.equal(dayAfterKey(one, 'PageDown', true), addMonths(one, 12))
    }),
  )
})
