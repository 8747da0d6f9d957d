import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyHash, KeyTable } from './keyTable.ts'

test('続き番号の宛名番号30万件に、見間違いがない', () => {
  const table = new KeyTable(1)
  const hash = new KeyHash()
  const place = (text: string): number => {
    hash.begin()
    hash.add('431001')
    hash.add(text)
    hash.end()
    return table.place(hash.high, hash.low)
  }
  for (let number = 1; number <= 300_000; number += 1) {
    const at = place(String(number).padStart(15, '0'))
    assert.equal(table.cells[at], 0, `${number}`)
    table.cells[at] = number
  }
  for (const number of [1, 77, 299_999])
    assert.equal(table.cells[place(String(number).padStart(15, '0'))], number)
  assert.ok(table.cells.byteLength <= 300_000 * 32)
})

test('項目の切れ目が違えば、別のキー', () => {
  const hash = new KeyHash()
  const of = (...texts: string[]): string => {
    hash.begin()
    for (const text of texts) hash.add(text)
    hash.end()
    return `${hash.high} ${hash.low}`
  }
  assert.notEqual(of('a', 'bc'), of('ab', 'c'))
  assert.notEqual(of('', 'a'), of('a', ''))
  assert.equal(of('a', 'b'), of('a', 'b'))
})
