import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { packDecision, packUuid, referencesOf, unpackDecision, unpackUuid } from './reference.ts'

const key = randomBytes(32)
const counter = referencesOf(key, 'counter', '43')

test('参照は、書いて読むと元に戻り、26字の小文字と数字だけでできている', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      const text = counter.write('person', value)
      assert.match(text, /^[0-9a-hjkmnp-tv-z]{26}$/)
      assert.equal(counter.read('person', text), value)
    }),
  )
})

test('同じ人でも、領域・広域連合・種類がちがえば別の参照になり、互いに読めない', () => {
  const text = counter.write('person', 4_343_100_007n)
  const others = [
    referencesOf(key, 'union', '43'),
    referencesOf(key, 'counter', '31'),
    referencesOf(randomBytes(32), 'counter', '43'),
  ]
  for (const other of others) {
    assert.notEqual(other.write('person', 4_343_100_007n), text)
    assert.equal(other.read('person', text), null)
  }
  assert.equal(counter.read('job', text), null)
})

test('下書きの鍵は、領域と利用者ごとに別で、広域連合や入り直しでは変わらない', () => {
  const keys = [
    counter.draftKey('a'),
    counter.draftKey('b'),
    referencesOf(key, 'union', '43').draftKey('a'),
    referencesOf(randomBytes(32), 'counter', '43').draftKey('a'),
  ]
  assert.equal(new Set(keys).size, keys.length)
  assert.equal(referencesOf(key, 'counter', '00').draftKey('a'), keys[0])
  assert.equal(Buffer.from(keys[0] ?? '', 'base64').length, 32)
})

test('となりの番号の参照は、似ていない', () => {
  const one = counter.write('person', 4_343_100_007n)
  const next = counter.write('person', 4_343_100_008n)
  const same = [...one].filter((letter, index) => letter === next[index]).length
  assert.ok(same < 13, `${one} ${next}`)
})

test('当てずっぽうの字は、だれも指さない', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => counter.read('person', text) === null),
  )
  assert.equal(counter.read('person', 'z'.repeat(26)), null)
})

test('決定の所在と送信の番号は、そのまま戻る', () => {
  const place = { subjectKey: 4_799_999_999, fiscalYear: 2026, revision: 32_000 }
  assert.deepEqual(unpackDecision(packDecision(place)), place)
  assert.ok(packDecision(place) < 1n << 64n)
  const uuid = randomUUID()
  assert.equal(
    unpackUuid(counter.read('transmission', counter.write('transmission', packUuid(uuid))) ?? 0n),
    uuid,
  )
})
