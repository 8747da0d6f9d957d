import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ceilTo,
  floorTo,
  percent,
  percentText,
  rate,
  remainderOf,
  tenths,
  timesCeil,
  timesFloor,
  timesHalfUp,
  yen,
} from './yen.ts'

test('円: 小数・数でないもの・2^53以上は受け付けない', () => {
  for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(() => yen(amount), RangeError)
  }
  assert.equal(yen(-1), -1)
})

test('百分率: 11.06%は1106/10000であり、書けばもとの文字に戻る', () => {
  assert.deepEqual(percent('11.06'), { of: 1106, per: 10_000 })
  assert.deepEqual(percent('75'), { of: 75, per: 100 })
  for (const text of ['11.06', '0.25', '9.00', '100', '0.005']) {
    assert.equal(percentText(percent(text)), `${text}%`)
  }
  for (const text of ['', '11,06', '-1', '1.', '.5', '1e2', '１１']) {
    assert.throws(() => percent(text), RangeError, text)
  }
  assert.throws(() => percentText(rate(1, 3)), RangeError)
})

test('割: 7.2割を引いた残りは28/100', () => {
  assert.deepEqual(tenths('7.2'), { of: 72, per: 100 })
  assert.deepEqual(remainderOf(tenths('7.2')), { of: 28, per: 100 })
  assert.throws(() => remainderOf(rate(3, 2)), RangeError)
  assert.throws(() => tenths('7割'), RangeError)
})

test('率: 負の数・小数・0で割る比は受け付けない', () => {
  for (const [of, per] of [
    [-1, 10],
    [0.1, 10],
    [1, 0],
    [1, -5],
  ] as const) {
    assert.throws(() => rate(of, per), RangeError)
  }
})

test('5,000,000円の9.28%は464,000円ちょうど（浮動小数では463,999になる）', () => {
  assert.equal(timesFloor(yen(5_000_000), percent('9.28')), 464_000)
})

test('乗算: 切捨て・切上げ・四捨五入は、負の数と2^53を超える積でも正確', () => {
  const whole = fc.integer({ min: -(10 ** 13), max: 10 ** 13 })
  const part = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(whole, part, fc.integer({ min: 1, max: 100_000 }), (y, of, per) => {
      if (Math.abs(y) * (of / per) > 2 ** 52) return
      const product = BigInt(y) * BigInt(of)
      const low = BigInt(timesFloor(yen(y), rate(of, per)))
      const high = BigInt(timesCeil(yen(y), rate(of, per)))
      const middle = BigInt(timesHalfUp(yen(y), rate(of, per)))
      const divisor = BigInt(per)
      assert.ok(low * divisor <= product && product < (low + 1n) * divisor)
      assert.ok(high * divisor >= product && product > (high - 1n) * divisor)
      assert.ok((2n * middle - 1n) * divisor <= 2n * product)
      assert.ok(2n * product < (2n * middle + 1n) * divisor)
    }),
  )
})

test('端数: 100円未満の切捨てと切上げ', () => {
  assert.equal(floorTo(yen(80_164), 100), 80_100)
  assert.equal(ceilTo(yen(80_164), 100), 80_200)
  assert.equal(floorTo(yen(-1), 100), -100)
  assert.equal(ceilTo(yen(80_100), 100), 80_100)
  assert.throws(() => floorTo(yen(1), 0), RangeError)
})
