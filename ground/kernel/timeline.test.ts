import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, type PlainDate, plainDate } from './plainDate.ts'
import {
  at,
  clip,
  combine,
  letters,
  line,
  mapTimeline,
  type Timeline,
  timeline,
  zip,
} from './timeline.ts'

const start = plainDate('2026-04-01')
const drawn = fc.array(fc.constantFrom('A', 'B', ' '), { minLength: 0, maxLength: 24 })
const picture = drawn.map((months) => months.join(''))

test('資格と負担割合を月ごとに重ねる', () => {
  const entitlement = line('  AAAAAA')
  const share = line('111133  ')
  const both = combine(entitlement, share, (left, right) => `${left ?? ''}${right ?? ''}`)
  const months = Array.from({ length: 8 }, (_, i) => at(both, addMonths(start, i)))
  assert.deepEqual(months, ['1', '1', 'A1', 'A1', 'A3', 'A3', 'A', 'A'])
})

test('重ね合わせ: 片方だけの期間はもう片方がない', () => {
  const joined = zip(line('AA  '), line(' BB '))
  assert.deepEqual(
    joined.map(({ value }) => value),
    [
      ['A', undefined],
      ['A', 'B'],
      [undefined, 'B'],
    ],
  )
})

test('隣り合う同じ値は1つの期間になり、順は日付による', () => {
  const periods = [...line('  A'), ...line('AA')]
  assert.deepEqual(timeline(periods), line('AAA'))
})

test('重なる期間、空の期間、逆さの期間は受け付けない', () => {
  const a = { from: start, until: addMonths(start, 2), value: 'A' }
  assert.throws(
    () => timeline([a, { from: addMonths(start, 1), until: null, value: 'B' }]),
    RangeError,
  )
  assert.throws(() => timeline([{ from: start, until: start, value: 'A' }]), RangeError)
  assert.throws(
    () => timeline([{ from: start, until: addDays(start, -1), value: 'A' }]),
    RangeError,
  )
  const open = { from: start, until: null, value: 'A' }
  assert.throws(() => timeline([open, { ...a, from: addMonths(start, 1) }]), RangeError)
})

test('終わりのない期間は、いつまでも続く', () => {
  const tl = line(' AB>')
  assert.equal(at(tl, plainDate('2999-01-01')), 'B')
  assert.equal(at(tl, start), undefined)
  assert.deepEqual(zip(tl, line('C')).at(-1)?.until, null)
})

test('期間の終わりの日は含まず、その前日までを含む', () => {
  const tl = line('AB')
  assert.equal(at(tl, plainDate('2026-04-30')), 'A')
  assert.equal(at(tl, plainDate('2026-05-01')), 'B')
  assert.equal(at(tl, plainDate('2026-06-01')), undefined)
})

test('切取りと読替え', () => {
  assert.equal(letters(clip(line('AABB'), addMonths(start, 1), addMonths(start, 3)), 4), ' AB ')
  assert.equal(letters(clip(line('A>'), addMonths(start, 2), null), 4), '  AA')
  assert.deepEqual(
    mapTimeline(line('AB'), () => 'C'),
    line('CC'),
  )
})

test('絵と連なりは互いに逆', () => {
  fc.assert(fc.property(picture, (text) => assert.equal(letters(line(text), text.length), text)))
})

test('組合せ: どの日も、それぞれの値から作ったものに等しい', () => {
  fc.assert(
    fc.property(picture, picture, (left, right) => {
      const join = (a: string | undefined, b: string | undefined): string =>
        `${a ?? '-'}${b ?? '-'}`
      const both = combine(line(left), line(right), join)
      for (let month = 0; month < 25; month += 1) {
        const d = addDays(addMonths(start, month), month)
        const [a, b] = [at(line(left), d), at(line(right), d)]
        const expected = a === undefined && b === undefined ? undefined : join(a, b)
        assert.equal(at(both, d), expected)
      }
    }),
  )
})

test('作った連なりは順に並び、重ならず、隣と同じ値を持たない', () => {
  const tidy = (tl: Timeline<string>): void => {
    for (const [index, period] of tl.entries()) {
      const next = tl[index + 1]
      assert.ok(period.until === null || period.from < period.until)
      if (next === undefined) continue
      assert.ok(period.until !== null && period.until <= next.from)
      assert.ok(period.until !== next.from || period.value !== next.value)
    }
  }
  const cut = (from: number): PlainDate => addMonths(start, from)
  fc.assert(
    fc.property(picture, fc.nat(12), fc.nat(12), (text, from, length) => {
      tidy(line(text))
      tidy(clip(line(text), cut(from), cut(from + length)))
      tidy(mapTimeline(line(text), (value) => (value === 'A' ? 'B' : value)))
    }),
  )
})
