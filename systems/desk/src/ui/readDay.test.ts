import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { dayAnswer, readDay } from './readDay.ts'

test('和暦でも西暦でも、全角でも、同じ日に読む', () => {
  for (const text of [
    'S14.5.3',
    '昭14.5.3',
    '昭和14年5月3日',
    '3140503',
    '３１４０５０３',
    '19390503',
    '1939-5-3',
    ' 1939年5月3日 ',
  ])
    assert.equal(readDay(text).day, '1939-05-03', text)
})

test('何も打っていなければ、日もまちがいもない', () => {
  assert.deepEqual(readDay('　'), { day: null, sentence: null })
})

test('読めない日は、わけと、次に打つものを言う', () => {
  assert.match(readDay('140503').sentence ?? '', /どの元号か分かりません/)
  assert.equal(
    readDay('平成32年4月1日').sentence,
    '平成32年4月1日はありません。令和2年4月1日ですか。',
  )
  assert.equal(
    readDay('昭和64年1月8日').sentence,
    '昭和64年1月8日はありません。平成元年1月8日ですか。',
  )
  assert.match(readDay('3140231').sentence ?? '', /昭和14年2月31日という日はありません/)
  assert.match(readDay('きのう').sentence ?? '', /日として読めません/)
})

test('読んだ日は、西暦・曜日・その日の年齢とともに言う', () => {
  assert.equal(dayAnswer(plainDate('1939-05-03')), '昭和14年5月3日(1939年・水曜)')
  assert.equal(
    dayAnswer(plainDate('1939-05-03'), '2026-05-02'),
    '昭和14年5月3日(1939年・水曜・86歳)',
  )
  assert.equal(
    dayAnswer(plainDate('1939-05-03'), '2026-05-03'),
    '昭和14年5月3日(1939年・水曜・87歳)',
  )
})
