import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placesAt } from './samePlace.ts'

const isAt = (address: string, facility: string) => placesAt([facility])(address)

test('施設の住所: 書き方と部屋のちがいは同じ所、番地の続きは別の所', () => {
  const facility = '熊本県天草市架空町三丁目３番３号'
  const answers = [
    '熊本県天草市架空町3丁目3-3',
    '熊本県天草市架空町三丁目３番３号 架空苑２０１',
    '熊本県天草市架空町三丁目３番３３号',
    '熊本県天草市架空町三丁目３番３号の４',
    '熊本県天草市架空町三丁目３番',
  ].map((address) => isAt(address, facility))
  assert.deepEqual(answers, [true, true, false, false, false])
  for (const vague of ['', '熊本県天草市', '熊本県天草市架空町', '熊本県天草市架空町三丁目'])
    assert.equal(isAt(facility, vague), false, vague)
})
