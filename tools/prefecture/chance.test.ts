import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Chance, Spread, shuffled, Weights } from './chance.ts'

test('置換は、もれなく重なりなく並べ替える', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), (size, key) => {
      const seen = new Set<number>()
      for (let index = 0; index < size; index += 1) seen.add(shuffled(index, size, key))
      assert.equal(seen.size, size)
      assert.ok([...seen].every((value) => value >= 0 && value < size))
    }),
    { numRuns: 40 },
  )
})

test('乱数は、ほかで何が引かれたかによらず、同じ世帯では同じ値から始まる', () => {
  const one = new Chance(7, '43', 'income')
  const other = new Chance(7, '43', 'income')
  for (let draw = 0; draw < 5; draw += 1) other.at(1).unit()
  assert.equal(one.at(42).unit(), other.at(42).unit())
  assert.notEqual(one.at(42).unit(), new Chance(7, '43', 'names').at(42).unit())
  assert.notEqual(one.at(42).unit(), new Chance(7, '31', 'income').at(42).unit())
})

test('乱数は0以上1未満で、平均は半分、正規の値の分散は1', () => {
  const chance = new Chance(1, '43', 'person')
  let sum = 0
  let squares = 0
  for (let thing = 0; thing < 20_000; thing += 1) {
    const value = chance.at(thing).unit()
    assert.ok(value >= 0 && value < 1)
    sum += value
    squares += chance.normal() ** 2
  }
  assert.ok(Math.abs(sum / 20_000 - 0.5) < 0.01)
  assert.ok(Math.abs(squares / 20_000 - 1) < 0.05)
})

test('均等に散らした列は、どの100個をとっても割合を1個半までしか外さない', () => {
  const spread = new Spread(3, '43', 0)
  for (let start = 0; start < 5000; start += 37) {
    let inside = 0
    for (let index = start; index < start + 100; index += 1) {
      if (spread.at(index) < 0.3) inside += 1
    }
    assert.ok(Math.abs(inside - 30) <= 1.5, `${start}から: ${inside}`)
  }
})

test('累積の重みは、重みのとおりに選び、0の重みを選ばない', () => {
  const weights = new Weights([1, 0, 3])
  assert.equal(weights.pick(0), 0)
  assert.equal(weights.pick(0.2499), 0)
  assert.equal(weights.pick(0.25), 2)
  assert.equal(weights.pick(0.999999), 2)
  assert.ok(Math.abs(weights.at(0.625).within - 0.5) < 1e-9)
})
