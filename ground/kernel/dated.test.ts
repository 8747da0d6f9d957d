import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dated, MissingLaw } from './dated.ts'
import { plainDate } from './plainDate.ts'

const source = '令和○年政令第○号（例）'
const row = (from: string, value: number, until?: string) => ({
  from: plainDate(from),
  value,
  source,
  ...(until === undefined ? {} : { until: plainDate(until) }),
})

test('法令表: その日に効いている行を、前日と当日で分けて答える', () => {
  const table = dated('賦課限度額（例）', [
    row('2024-04-01', 800_000),
    row('2026-04-01', 850_000, '2027-04-01'),
  ])
  assert.equal(table.on(plainDate('2026-03-31')).value, 800_000)
  assert.equal(table.on(plainDate('2026-04-01')).value, 850_000)
  assert.equal(table.on(plainDate('2027-03-31')).value, 850_000)
})

test('法令表: 最初の行より前、最後の行のあと、行と行の間は、表の名を言って断る', () => {
  const table = dated('賦課限度額（例）', [
    row('2022-04-01', 660_000, '2023-04-01'),
    row('2024-04-01', 800_000, '2025-04-01'),
  ])
  for (const day of ['2022-03-31', '2023-04-01', '2024-03-31', '2025-04-01']) {
    assert.equal(table.find(plainDate(day)), null)
    assert.throws(
      () => table.on(plainDate(day)),
      (error) =>
        error instanceof MissingLaw &&
        error.table === '賦課限度額（例）' &&
        error.day === day &&
        error.message.includes('賦課限度額（例）'),
    )
  }
})

test('法令表: 順でない行、重なる行、出典のない行、空の表は、読み込むときに断る', () => {
  assert.throws(() => dated('表', []), /行がありません/)
  assert.throws(() => dated('表', [row('2026-04-01', 1), row('2024-04-01', 2)]), /順でない/)
  assert.throws(() => dated('表', [row('2026-04-01', 1), row('2026-04-01', 2)]), /順でない/)
  assert.throws(
    () => dated('表', [row('2024-04-01', 1, '2026-05-01'), row('2026-04-01', 2)]),
    /重なって/,
  )
  assert.throws(() => dated('表', [row('2026-04-01', 1, '2026-04-01')]), /終わり/)
  assert.throws(() => dated('表', [{ ...row('2026-04-01', 1), source: ' ' }]), /出典/)
})
