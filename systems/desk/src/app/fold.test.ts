import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldKana, looksLikeIndividualNumber } from './fold.ts'

test('ひらがな・カタカナ・半角カナ・全角英字は、同じ字にそろう', () => {
  assert.equal(foldKana('ねんじ ふか'), foldKana('ﾈﾝｼﾞﾌｶ'))
  assert.equal(foldKana('ＪＯＢ'), 'job')
})

test('12けたは、どう打っても個人番号のようなものと見る', () => {
  for (const text of [
    '123456789012',
    '1234 5678 9012',
    '1234-5678-9012',
    '１２３４５６７８９０１２',
    'キクチ 1234 5678 9012',
  ])
    assert.equal(looksLikeIndividualNumber(text), true, text)
})

test('被保険者番号・生年月日・13けた以上は、個人番号のようなものではない', () => {
  for (const text of ['43100007', '4310 0007', '3140503', '1939-05-03', '1234567890123'])
    assert.equal(looksLikeIndividualNumber(text), false, text)
  fc.assert(
    fc.property(fc.stringMatching(/^\d{0,11}$/), (digits) => !looksLikeIndividualNumber(digits)),
  )
})
