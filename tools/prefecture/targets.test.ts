import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { Measure } from './measure.ts'
import { makePrefecture } from './prefecture.ts'
import { worldReport } from './report.ts'
import { targetsOf } from './targets.ts'

const make = (persons: number, seed: number, union = '43') =>
  makePrefecture({ persons, seed, union, worldDate: plainDate('2026-07-01') })

for (const seed of [1, 2]) {
  test(`3万人（種${seed}）の集計は、熊本県の目標の許容の範囲にある`, () => {
    const targets = targetsOf(new Measure(make(30_000, seed)))
    assert.deepEqual(
      targets.filter(({ holds }) => holds === false),
      [],
    )
    const judged = new Set(
      targets.filter(({ holds }) => holds === true).map(({ number }) => number),
    )
    const wanted = [...Array(25).keys()].map((index) => String(index + 1))
    assert.deepEqual(
      [...wanted, '40', '41', '42', '43'].filter((number) => !judged.has(number)),
      [],
    )
  })
}

test('報告は、目標の表と珍しい場合の数を述べ、対象外の行はそう言う', () => {
  const { text } = worldReport(make(300, 1))
  assert.match(text, /被保険者300人/)
  assert.match(text, /\| 24 \| 3割負担 % \| 4\.5 \| ±1\.5 \|/)
  assert.match(text, /まだ対象外/)
  assert.match(text, /珍しい場合: \d+種類/)
})

test('熊本県でない広域連合の報告は、目標と照合しない', () => {
  const { text, holds } = worldReport(make(60, 1, '31'))
  assert.match(text, /熊本県のものなので、照合しません/)
  assert.equal(holds, true)
})
