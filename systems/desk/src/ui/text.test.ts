import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  changeText,
  dayOf,
  dayText,
  fiscalYearText,
  insuredNumberText,
  monthDayWeekText,
  spokenNumber,
  timeText,
  transmissionNumberText,
  yearText,
  yenText,
} from './text.ts'

test('円は3けたごとに区切り、減りは読める記号で書く', () => {
  assert.equal(yenText(0), '0円')
  assert.equal(yenText(103_300), '103,300円')
  assert.equal(yenText(26_338_101_900), '26,338,101,900円')
  assert.equal(changeText(-1200), '−1,200円')
  assert.equal(changeText(5200), '+5,200円')
})

test('日は元号で、年度は5月1日の元号で書く', () => {
  assert.equal(dayText('1939-05-03'), '昭和14年5月3日')
  assert.equal(dayText('2019-05-01'), '令和元年5月1日')
  assert.equal(dayText('昭和14年頃'), '昭和14年頃')
  assert.equal(fiscalYearText(2026), '令和8年度')
  assert.equal(fiscalYearText(2019), '令和元年度')
  assert.equal(yearText(2025), '令和7年')
})

test('時刻は日本の時刻で、日をまたぐところも日本の日で書く', () => {
  assert.equal(timeText('2026-07-01T00:41:00Z'), '9:41')
  assert.equal(dayOf('2026-06-30T15:00:00Z'), '2026-07-01')
  assert.equal(monthDayWeekText('2026-07-10'), '7月10日(金)')
})

test('番号は4けたずつ見せ、1字ずつ読む', () => {
  assert.equal(insuredNumberText('43100007'), '4310 0007')
  assert.equal(spokenNumber('43100007'), '4 3 1 0、0 0 0 7')
  assert.equal(transmissionNumberText(413), '第0413号')
})
