import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayBefore, dayNumber, fromDayNumber, plainDate } from './plainDate.ts'
import { eras, formatWareki, parseWareki, wareki } from './wareki.ts'

test('元号の境: 最初の日とその前日の両側', () => {
  const sides = [
    ['2019-04-30', '平成31年4月30日', '2019-05-01', '令和元年5月1日'],
    ['1989-01-07', '昭和64年1月7日', '1989-01-08', '平成元年1月8日'],
    ['1926-12-24', '大正15年12月24日', '1926-12-25', '昭和元年12月25日'],
    ['1912-07-29', '明治45年7月29日', '1912-07-30', '大正元年7月30日'],
  ] as const
  for (const [last, lastText, first, firstText] of sides) {
    assert.equal(formatWareki(plainDate(last)), lastText)
    assert.equal(formatWareki(plainDate(first)), firstText)
    assert.equal(parseWareki(lastText), last)
    assert.equal(parseWareki(firstText), first)
  }
})

test('元号の境: 元号の外の日は読まない（昭和64年1月8日、令和元年4月30日）', () => {
  for (const text of [
    '昭和64年1月8日',
    'S64.1.8',
    '令和元年4月30日',
    'H31.5.1',
    '大正15年12月25日',
  ]) {
    assert.equal(parseWareki(text), null, text)
  }
})

test('明治は、いまの暦になった明治6年1月1日から', () => {
  assert.equal(formatWareki(plainDate('1873-01-01')), '明治6年1月1日')
  assert.throws(() => wareki(plainDate('1872-12-31')), RangeError)
  assert.equal(parseWareki('明治5年12月31日'), null)
})

test('元号の表は新しい順で、各元号の前日は前の元号に属する', () => {
  for (const [index, era] of eras.entries()) {
    assert.equal(wareki(era.from).era, era)
    const older = eras[index + 1]
    if (older !== undefined) assert.equal(wareki(dayBefore(era.from)).era, older)
  }
})

test('読取り: どの書き方でも同じ日になる', () => {
  const ways = [
    '昭和14年5月3日',
    '昭14.5.3',
    'S14.5.3',
    's14/5/3',
    'S14-05-03',
    '3140503',
    '19390503',
    '1939-5-3',
    '1939年5月3日',
    '西暦1939年5月3日',
    '㍼14年5月3日',
    'Ｓ１４．５．３',
    ' 昭和 14 年 5 月 3 日 ',
  ]
  for (const way of ways) assert.equal(parseWareki(way), '1939-05-03', way)
  assert.equal(parseWareki('令元.5.1'), '2019-05-01')
})

test('読取り: 日でないもの、二通りに読めるものは読まない', () => {
  const refused = [
    '',
    '140503',
    '昭和14年2月30日',
    '6140503',
    'X14.5.3',
    '昭和0年1月1日',
    '14.5.3',
    '3000101',
  ]
  for (const text of refused) assert.equal(parseWareki(text), null, text)
})

test('表記と読取りは互いに逆', () => {
  const days = fc.integer({
    min: dayNumber(plainDate('1873-01-01')),
    max: dayNumber(plainDate('2116-12-31')),
  })
  fc.assert(
    fc.property(days, (n) => {
      const d = fromDayNumber(n)
      assert.equal(parseWareki(formatWareki(d)), d)
      assert.equal(parseWareki(formatWareki(d, 'short')), d)
    }),
  )
})
