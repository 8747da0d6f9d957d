import assert from 'node:assert/strict'
import { test } from 'node:test'
import { municipalityCodeOf } from '@koiki/kernel'
import { elsewhere } from './data/elsewhere.ts'
import { isShiftJis } from './letters.ts'
import { municipalitiesOf, prefectureNameOf } from './municipality.ts'

test('熊本県は45市町村、熊本市は5区、団体コードはすべて検査数字が合う', () => {
  const municipalities = municipalitiesOf('43')
  assert.equal(municipalities.length, 45)
  assert.equal(municipalities[0]?.towns.length, 5)
  assert.equal(
    municipalities.reduce((sum, { over75 }) => sum + over75, 0),
    307_000,
  )
  assert.equal(
    municipalities.reduce((sum, { aloneOver65 }) => sum + aloneOver65, 0),
    92_410,
  )
  assert.equal(
    municipalities.reduce((sum, { households }) => sum + households, 0),
    719_154,
  )
  for (const { name, kana } of municipalities) {
    assert.match(name, /[市町村]$/)
    assert.match(kana, /(シ|マチ|チョウ|ムラ)$/)
  }
})

test('町字は実在の地名で、郵便番号は7桁、字はShift_JISで書ける', () => {
  for (const union of ['43', '31']) {
    for (const { towns, name } of municipalitiesOf(union)) {
      assert.ok(towns.length >= 1, name)
      for (const { towns: places, addressName } of towns) {
        assert.ok(places.length >= 2 || addressName === '球磨郡山江村', addressName)
        for (const { postalCode, name: town } of places) {
          assert.match(postalCode, union === '43' ? /^86\d{5}$/ : /^68\d{5}$/)
          assert.ok(isShiftJis(town), town)
        }
      }
    }
  }
})

test('小さな広域連合は鳥取県の2市', () => {
  assert.equal(prefectureNameOf('31'), '鳥取県')
  assert.deepEqual(
    municipalitiesOf('31').map(({ code, name }) => [code, name]),
    [
      ['312011', '鳥取市'],
      ['312029', '米子市'],
    ],
  )
})

test('県外の市区町村も、5桁から正しいコードになる', () => {
  for (const { code } of elsewhere) {
    assert.match(municipalityCodeOf(code), /^\d{6}$/)
    assert.ok(!code.startsWith('43') && !code.startsWith('31'))
  }
  assert.equal(municipalityCodeOf('13101'), '131016')
})
