import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'

const door = path.resolve(import.meta.dirname, '../main.ts')
const open = (args: string[], input: string) =>
  spawnSync(process.execPath, [door, ...args], { input, encoding: 'utf8' })

const question = JSON.stringify({
  id: '1',
  date: '2026-08-01',
  members: [
    {
      id: 'a',
      birthDate: '1949-02-02',
      insured: true,
      taxableIncome: 1_500_000,
      base: 1_400_000,
      revenue: 3_500_000,
      pensionRevenue: 2_000_000,
      otherIncome: 900_000,
    },
  ],
})
const answer = '{"id":"1","results":[{"member":"a","tenths":2,"ground":"certainIncomeByBase"}]}\n'

test('玄関から一部負担金の割合を問う: 1行に1行、すべて答えれば0', () => {
  const { status, stdout, stderr } = open(['rules', 'copay'], `${question}\n${question}\n`)
  assert.deepEqual([status, stdout, stderr], [0, answer.repeat(2), ''])
})

test('玄関から一部負担金の割合を問う: 誤りの行があっても続け、終わりに1を返す', () => {
  const { status, stdout } = open(['rules', 'copay'], `{"id":"x"}\n${question}\n`)
  const [first, second] = stdout.split('\n')
  assert.equal(status, 1)
  assert.match(first ?? '', /^\{"id":"x","error":\{"code":"missingKey","at":"date",/)
  assert.equal(`${second}\n`, answer)
})

test('玄関から一部負担金の割合を問う: --explain で計算の過程が付く', () => {
  const { status, stdout } = open(['rules', 'copay', '--explain'], `${question}\n`)
  assert.equal(status, 0)
  assert.ok(stdout.includes('"formula":"1,400,000 ≦ 2,100,000"'))
})
