import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { keyFileProvider, nextKeyVersion, VaultError } from './index.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'koiki-keys-'))
after(() => rm(folder, { recursive: true }))
let used = 0
const freshFile = () => path.join(folder, `${++used}`, 'keys.json')
const windows = process.platform === 'win32'

const told = (words: RegExp) => (error: unknown) =>
  error instanceof VaultError && words.test(error.message)

test('最初の開始で鍵ファイルができ、持ち主だけが読め、次からは同じ鍵である', async () => {
  const file = freshFile()
  const first = await keyFileProvider({ file }).open()
  const again = await keyFileProvider({ file }).open()
  if (!windows) assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal(first.seal.current, 1)
  assert.ok(first.seal.keys.get(1)?.equals(again.seal.keys.get(1)!))
  assert.ok(first.index.keys.get(1)?.equals(again.index.keys.get(1)!))
  assert.ok(!first.seal.keys.get(1)?.equals(first.index.keys.get(1)!), '封の鍵と探し札の鍵は別')
  assert.deepEqual(await readdir(path.dirname(file)), ['keys.json'], '作りかけを残さない')
})

test('二つの最初の開始が重なっても、鍵は一組になる', async () => {
  const file = freshFile()
  const rings = await Promise.all(Array.from({ length: 8 }, () => keyFileProvider({ file }).open()))
  for (const ring of rings) assert.ok(ring.seal.keys.get(1)?.equals(rings[0]!.seal.keys.get(1)!))
})

test('版を上げると新しい鍵が今の鍵になり、前の鍵も読める', async () => {
  const file = freshFile()
  const before = await keyFileProvider({ file }).open()
  assert.equal(await nextKeyVersion(file, 'seal'), 2)
  assert.equal(await nextKeyVersion(file, 'seal'), 3)
  const after = await keyFileProvider({ file }).open()
  assert.equal(after.seal.current, 3)
  assert.deepEqual([...after.seal.keys.keys()], [1, 2, 3])
  assert.ok(after.seal.keys.get(1)?.equals(before.seal.keys.get(1)!))
  assert.equal(after.index.current, 1)
  if (!windows) assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('ほかの人が読める鍵ファイルは使わない', { skip: windows }, async () => {
  const file = freshFile()
  await keyFileProvider({ file }).open()
  await chmod(file, 0o640)
  await assert.rejects(keyFileProvider({ file }).open(), told(/0600/))
})

test('データベースのフォルダーの中の鍵ファイルは断り、作らない', async () => {
  const file = freshFile()
  const provider = keyFileProvider({ file, databaseFolder: path.dirname(path.dirname(file)) })
  await assert.rejects(provider.open(), told(/別の場所/))
  await assert.rejects(stat(file))
})

test('壊れた鍵ファイルは、鍵を繰り返さない文で断り、上書きしない', async () => {
  const file = freshFile()
  await keyFileProvider({ file }).open()
  const whole = await readFile(file, 'utf8')
  const key = JSON.parse(whole).seal.keys['1']
  for (const broken of [
    whole.slice(0, -10),
    '',
    '{}',
    whole.replace(key, key.slice(0, 8)),
    whole.replace('/1"', '/9"'),
  ]) {
    await writeFile(file, broken)
    await assert.rejects(
      keyFileProvider({ file }).open(),
      (error) => told(/壊れています/)(error) && !String(error).includes(key.slice(0, 8)),
    )
    assert.equal(await readFile(file, 'utf8'), broken)
  }
})
