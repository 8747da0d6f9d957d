import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SharePeriod } from '@koiki/copay'
import { addDays, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { changesOf, withShares } from './sharesOfFiling.ts'

const first = plainDate('2026-07-01')

/** Periods without overlap, with gaps, as the store lays them out. */
const periods = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 40 }),
      tenths: fc.constantFrom(1, 2, 3),
    }),
    { maxLength: 5 },
  )
  .map((pieces) => {
    let day: PlainDate = first
    return pieces.map(({ gap, length, tenths }): SharePeriod => {
      const from = addDays(day, gap)
      const until = addDays(from, length)
      day = until
      return {
        subjectKey: 1,
        municipality: '431001',
        from,
        until,
        tenths: tenths as 1 | 2 | 3,
        limitCategory: null,
        shareSince: from,
        limitSince: from,
        judgedOn: from,
        sequence: 1,
      }
    })
  })

const shareOn = (pieces: readonly SharePeriod[], day: PlainDate) =>
  pieces.find(({ from, until }) => from <= day && day < until)?.tenths ?? null

test('割合の変わる日: 前と後がちがう日は、どの日も、変わり目のどれかの続きにある', () => {
  fc.assert(
    fc.property(periods, periods, (before, after) => {
      const changes = changesOf(before, after)
      let last = ''
      for (let days = 0; days < 320; days += 1) {
        const day = addDays(first, days)
        const [stood, stands] = [shareOn(before, day), shareOn(after, day)]
        const change = changes.find(({ from }) => from === day)
        if (change !== undefined) {
          assert.deepEqual([change.stood, change.stands], [stood, stands])
          assert.notEqual(stood, stands)
          last = `${stood} ${stands}`
        } else if (stood !== stands) assert.equal(last, `${stood} ${stands}`)
      }
    }),
  )
})

test('割合の見込みは、動くとだけ言う行に代わり、その場所で言う', () => {
  const moves = ['保険料 令和8年7月1日から', '一部負担金の割合 令和8年7月1日から', '資格確認書等']
  const told = ['一部負担金の割合 令和8年7月1日から なし → 2割']
  assert.deepEqual(withShares(moves, told), [moves[0], told[0], moves[2]])
  assert.deepEqual(withShares(moves, []), [moves[0], '一部負担金の割合 変わりません', moves[2]])
  assert.deepEqual(withShares([moves[0] as string], told), [moves[0], told[0]])
  assert.deepEqual(withShares(moves, null), moves)
})
