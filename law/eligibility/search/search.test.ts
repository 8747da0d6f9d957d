import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldName, nameKeys } from './foldName.ts'
import { readQuery } from './readQuery.ts'
import { kanaFromRomaji } from './romaji.ts'

const meet = (one: string, other: string) => assert.equal(foldName(one), foldName(other))

test('異体字・異体字セレクタ・互換漢字は、同じ字としてさがせる', () => {
  meet('髙橋', '高橋')
  meet('山﨑', '山崎')
  meet('𠮷田', '吉田')
  meet('渡邉', '渡辺')
  meet('辻\u{e0100}', '辻')
  meet('福\ufe00田', '福田')
  meet('\ufa1b田', '福田')
  meet('佐々木', '佐佐木')
  meet('齋藤', '斎藤')
})

test('空白・全角半角・かなの違い・濁点・長音・小書きを越えてさがせる', () => {
  meet('キクチ　マサオ', 'きくちまさお')
  meet('ｷｸﾁ ﾏｻｵ', 'キクチ　マサオ')
  meet('ジュンイチロウ', 'シユンイチロウ')
  meet('ヂ', 'ジ')
  meet('ミヅホ', 'ミズホ')
  meet('オーノ', 'オノ')
  meet('ヲ', 'オ')
  meet('ＮＧＵＹＥＮ　ＶＡＮ', 'nguyen van')
})

test('違う名前は混ざらない', () => {
  assert.notEqual(foldName('高木'), foldName('高本'))
  assert.notEqual(foldName('チカ'), foldName('シカ'))
  assert.notEqual(foldName('ツキ'), foldName('スキ'))
})

test('氏名の全体と名の部分が鍵になる', () => {
  assert.deepEqual(nameKeys(['髙橋　花子', 'タカハシ　ハナコ', null]), [
    '高橋花子',
    '花子',
    'タカハシハナコ',
    'ハナコ',
  ])
})

test('ローマ字はどちらのつづりでも読む', () => {
  assert.equal(kanaFromRomaji('kikuchi'), 'キクチ')
  assert.equal(kanaFromRomaji('Kikuti'), 'キクチ')
  assert.equal(kanaFromRomaji('shimizu'), 'シミズ')
  assert.equal(kanaFromRomaji('Junko'), 'ジュンコ')
  assert.equal(kanaFromRomaji('hattori'), 'ハットリ')
  assert.equal(kanaFromRomaji('kyoko'), 'キョコ')
  assert.equal(kanaFromRomaji('honda'), 'ホンダ')
  assert.equal(kanaFromRomaji('kikuc'), 'キク')
  assert.equal(kanaFromRomaji('SMITH'), null)
})

test('言葉の読み方: カナと和暦の組合せ', () => {
  const { names, birthDates, readAs } = readQuery('キクチ 3140503')
  assert.deepEqual(names, [['キクチ']])
  assert.deepEqual(birthDates, ['1939-05-03'])
  assert.deepEqual(readAs, [
    { kind: 'kana', text: 'キクチ' },
    { kind: 'birth', text: '1939-05-03' },
  ])
})

test('8桁は被保険者番号。日付になるときは日付', () => {
  assert.equal(readQuery('43100007').insuredNumber, '43100007')
  assert.equal(readQuery('4310-0007').insuredNumber, '43100007')
  assert.equal(readQuery('4310').insuredNumber, '4310')
  assert.deepEqual(readQuery('1939-05-03').birthDates, ['1939-05-03'])
  assert.deepEqual(readQuery('昭和14年5月3日').birthDates, ['1939-05-03'])
  assert.deepEqual(readQuery('19390503').birthDates, ['1939-05-03'])
  // 検査数字の合う8桁でも、被保険者の生まれた日になるなら日とみる。4けたずつに分けて打てば番号。
  for (const typed of ['1945-03-03', '19450303', '1945/3/3', '1945-3-3'])
    assert.deepEqual(readQuery(typed).birthDates, ['1945-03-03'], typed)
  assert.equal(readQuery('1945-0303').insuredNumber, '19450303')
  assert.equal(readQuery('20260318').insuredNumber, '20260318')
})

test('12桁の数字は読まず、どこにも残さない', () => {
  for (const typed of [
    '123456789012',
    '1234 5678 9012',
    '１２３４５６７８９０１２',
    'キクチ 1234-5678-9012',
  ]) {
    const read = readQuery(typed)
    assert.equal(read.refused, true)
    assert.doesNotMatch(JSON.stringify(read), /\d{4}/)
  }
})
