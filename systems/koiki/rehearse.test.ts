import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import type { StepResult } from './evidence.ts'
import { compare, digestOf } from './evidence.ts'

const numbered = (flow: number, last: number): string[] =>
  Array.from({ length: last }, (_, index) => `${flow}-${index + 1}`)

test('手順の確かめ: 市区町村の行儀がわるくても、流れ1・2・3・4のすべての手順が、相手側の中身で確かめられる', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-report-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const report = path.join(folder, 'report.json')
  const main = path.join(import.meta.dirname, 'main.ts')
  const child = spawn(
    process.execPath,
    [main, 'rehearse', '--persons', '300', '--seed', '2', '--misbehaving', '--report', report],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const status = await new Promise((resolve) => child.on('exit', resolve))
  assert.equal(status, 0, said)
  const found = JSON.parse(readFileSync(report, 'utf8')) as {
    seed: number
    persons: number
    steps: StepResult[]
    ok: boolean
  }
  assert.deepEqual([found.seed, found.persons, found.ok], [2, 300, true])
  assert.deepEqual(
    found.steps.map(({ id }) => id),
    [...numbered(2, 5), ...numbered(3, 7), ...numbered(4, 11), ...numbered(1, 9)],
  )
  for (const { id, evidence } of found.steps) {
    assert.ok(evidence.rows > 0, `${id} に証拠の行がない`)
    assert.match(evidence.digest, /^[0-9a-f]{64}$/)
  }
})

test('突き合わせは、足りない行・余る行・空を見のがさない', () => {
  const ok = (held: string[], wanted: string[]): boolean =>
    compare('x', 'union', 'q', held, wanted, 0).ok
  assert.equal(ok(['a', 'b'], ['b', 'a']), true)
  assert.equal(ok(['a'], ['a', 'b']), false)
  assert.equal(ok(['a', 'a'], ['a']), false)
  assert.equal(ok([], []), false)
  assert.equal(digestOf(['b', 'a']), digestOf(['a', 'b']))
})
