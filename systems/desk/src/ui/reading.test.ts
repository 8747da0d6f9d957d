import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kanaText, kanaTyped, type Piece, readingOf } from './reading.ts'

const kikuchi: Piece = { text: '菊池', kana: 'キクチ' }
const masao: Piece = { text: '正夫', kana: 'マサオ' }

test('カナは、全角カタカナと全角の空き1つにそろう', () => {
  assert.equal(kanaText(' きくち  まさお '), 'キクチ　マサオ')
  assert.equal(kanaText('ｷｸﾁ ﾏｻｵ'), 'キクチ　マサオ')
  assert.equal(kanaText('ヴァン　ダイク'), 'ヴァン　ダイク')
  assert.equal(kanaText('菊池'), '菊池')
})

test('変換の前の字だけが読みになる。打ちかけの子音は入らない', () => {
  assert.equal(kanaTyped('きく'), 'キク')
  assert.equal(kanaTyped('きくt'), 'キク')
  assert.equal(kanaTyped('きくｔ'), 'キク')
  assert.equal(kanaTyped('菊池'), null)
  assert.equal(kanaTyped('菊ち'), null)
  assert.equal(kanaTyped('k'), null)
})

test('名の読みは、打った順ではなく、立っている順に並ぶ', () => {
  assert.equal(readingOf('菊池　正夫', [kikuchi, masao]), 'キクチ　マサオ')
  assert.equal(readingOf('菊池 正夫', [masao, kikuchi]), 'キクチ　マサオ')
  assert.equal(readingOf('正夫', [kikuchi, masao]), 'マサオ')
  assert.equal(
    readingOf('山　山', [
      { text: '山', kana: 'ヤマ' },
      { text: '山', kana: 'サン' },
    ]),
    'ヤマ　サン',
  )
})

test('かなのままの字は、そのまま読み。読みの分からない字があれば、読みを言わない', () => {
  assert.equal(readingOf('菊池　トシ', [kikuchi]), 'キクチ　トシ')
  assert.equal(readingOf('髙菊池', [kikuchi]), null)
  assert.equal(readingOf('', [kikuchi]), null)
  assert.equal(readingOf('菊地', [kikuchi]), null)
})
