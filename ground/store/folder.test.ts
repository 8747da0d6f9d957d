import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeFolder } from './index.ts'

function empty(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'koiki-folder-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('途中のフォルダーもまとめて作り、すでにあるものはそのまま使い、試し書きを残さない', (t) => {
  const folder = join(empty(t), 'a', 'b', 'c')
  for (let times = 0; times < 2; times += 1) {
    assert.equal(makeFolder(folder), folder)
    assert.deepEqual(readdirSync(folder), [])
  }
})

// Node's own recursive mkdir never returns from below /proc.
test('フォルダーを作れない場所は、すぐに断る', {
  skip: !existsSync('/proc/self') && '/proc のない計算機',
}, () => {
  for (const place of ['/proc', '/proc/xx', '/proc/a/b/c'])
    assert.throws(() => makeFolder(place), {
      name: 'StoreError',
      message: new RegExp(
        `^データフォルダー ${place} (を作れません|に書き込めません).*指定してください。$`,
      ),
    })
})

test('途中がファイルか、先のない連結なら断り、作りかけを残さない', (t) => {
  const folder = empty(t)
  writeFileSync(join(folder, 'file'), '')
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
  for (const place of ['file', 'file/a/b', 'link', 'link/a'])
    assert.throws(() => makeFolder(join(folder, place)), /はフォルダーではありません|を作れません/)
  assert.deepEqual(readdirSync(folder).sort(), ['file', 'link'])
})
