import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { KeysMissing, keyFolder, makePartyKeys, renewPartyKeys } from './index.ts'

async function temporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-keys-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

test('鍵は1度だけ作られ、同時に作っても1組で、秘密鍵は自分しか読めない', async (t) => {
  const folder = await temporary(t)
  await Promise.all([1, 2, 3].map(() => makePartyKeys(folder, 'union:43')))
  assert.deepEqual((await readdir(folder)).sort(), ['union-43.public.json', 'union-43.secret.json'])
  const keys = keyFolder(folder)
  const [own] = await keys.own('union:43')
  const [open] = await keys.of('union:43')
  assert.equal(own.keyId, open.keyId)
  assert.equal((await stat(path.join(folder, 'union-43.secret.json'))).mode & 0o777, 0o600)
  const published = await readFile(path.join(folder, 'union-43.public.json'), 'utf8')
  assert.doesNotMatch(published, /SECRET|PRIVATE/)
})

test('他人の読める秘密鍵は使わない。ない鍵は、どのファイルかを言う', async (t) => {
  const folder = await temporary(t)
  await makePartyKeys(folder, 'union:43')
  const keys = keyFolder(folder)
  await chmod(path.join(folder, 'union-43.secret.json'), 0o644)
  await assert.rejects(keys.own('union:43'), /chmod 600/)
  await assert.rejects(keys.of('municipality:431001'), /municipality-431001\.public\.json/)
  await assert.rejects(keys.of('../../etc'), KeysMissing)
})

test('鍵を替えても、前の鍵は残る', async (t) => {
  const folder = await temporary(t)
  await makePartyKeys(folder, 'union:43')
  const keys = keyFolder(folder)
  const [before] = await keys.own('union:43')
  await renewPartyKeys(folder, 'union:43')
  const after = await keys.own('union:43')
  assert.equal(after.length, 2)
  assert.notEqual(after[0].keyId, before.keyId)
  assert.equal(after[1]?.keyId, before.keyId)
  assert.equal((await keys.of('union:43')).length, 2)
})
