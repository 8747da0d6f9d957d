import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutDown } from './cutDown.ts'

test('端数処理: 2^53未満のどの分子でも、任意精度の整数の切捨てと同じ', () => {
  const numerator = fc.oneof(
    fc.maxSafeNat(),
    fc
      .tuple(fc.nat(2 ** 26), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: -1, max: 1 }))
      .map(([times, by, off]) => Math.max(times * by + off, 0)),
  )
  const divisor = fc.oneof(
    fc.constantFrom(1, 12, 100, 10_000, 1_000_000),
    fc.integer({ min: 1, max: 1_000_000 }),
  )
  fc.assert(
    fc.property(numerator, divisor, fc.constantFrom(1, 10, 100, 1_000, 4_000), (n, d, unit) => {
      const exact = (BigInt(n) / BigInt(d * unit)) * BigInt(unit)
      assert.equal(BigInt(cutDown(n, d, unit)), exact)
    }),
    { numRuns: 5_000 },
  )
})

test('端数処理: 割り切れる数はそのまま、1少なければ1つ下の単位', () => {
  assert.equal(cutDown(80_100, 1, 100), 80_100)
  assert.equal(cutDown(80_099, 1, 100), 80_000)
  assert.equal(cutDown(5_000_000 * 928, 10_000, 1), 464_000)
})
