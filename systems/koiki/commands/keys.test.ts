import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { keyFolder, makeDevelopmentAuthority, makePartyKeys, usableKey } from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { run } from './keys.ts'

const city = 'municipality:431001'

/** An office's folder, whose day is the machine's; with the development authority unless said. */
async function office(t: TestContext, { authority = true } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-keys-command-'))
  t.after(() => rm(folder, { recursive: true }))
  const keys = path.join(folder, 'keys')
  if (authority) await makeDevelopmentAuthority(keys)
  await makePartyKeys(keys, 'union:43')
  await writeFile(path.join(folder, 'installation.json'), '{"kind":"office"}')
  const koiki = async (line: string) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const argv = [...line.split(' '), '--data', folder]
    const code = await run(argv, { stdin: Readable.from([]), stdout, stderr })
    stdout.end()
    stderr.end()
    const [said, complaint] = [await text(stdout), await text(stderr)]
    // The very strings that must never be shown stand in the files.
    for (const name of await readdir(keys)) {
      if (!name.endsWith('.secret.json')) continue
      const secret = await readFile(path.join(keys, name), 'utf8')
      for (const [, value = ''] of secret.matchAll(/"(?:identity|signing)": ?"([^"]+)"/g))
        assert.ok(!(said + complaint).includes(value.slice(0, 60)), name)
    }
    assert.doesNotMatch(said + complaint, /SECRET|PRIVATE|\n\s+at /)
    return { code, said, complaint }
  }
  const newest = async (party: string) => (await keyFolder(keys).of(party))[0]
  return { folder, keys, koiki, newest }
}

test('鍵: 作り、証明書を出し直し、替え、失効させると、一覧がだれを・いつまで信じるかを言う', async (t) => {
  const { koiki, keys, newest } = await office(t)
  const made = await koiki(`make --party ${city}`)
  const first = (await newest(city)).keyId
  assert.equal(made.code, 0, made.complaint)
  assert.ok(made.said.startsWith(`${city} の鍵 ${first} を作りました。証明書は 2049-12-31 まで`))
  assert.match((await koiki(`make --party ${city}`)).said, /もうあります。変えていません。/)
  assert.equal((await newest(city)).keyId, first)

  const days = '--from 2026-04-01 --until 2027-03-31'
  assert.equal((await koiki(`certify --party ${city} ${days}`)).code, 0)
  const listed = await koiki('list --on 2026-07-01')
  assert.deepEqual([listed.code, listed.complaint], [0, ''])
  assert.ok(listed.said.includes(`${city} 鍵 ${first} 使う鍵 証明書 2026-04-01〜2027-03-31\n`))
  assert.ok(listed.said.includes(`  union:43は、鍵 ${first} を2027-03-31まで信じます。\n`))
  const late = await koiki('list --on 2027-04-01')
  assert.equal(late.code, 1)
  assert.match(late.complaint, /いちばん新しい鍵を使えません。.*2027-03-31で期限が切れました/)

  const renewed = await koiki(`renew --party ${city} --until 2028-03-31`)
  const second = (await newest(city)).keyId
  assert.ok(renewed.said.includes(`${first} から ${second} に替えました`), renewed.said)
  const both = await koiki(`list --on 2026-07-01 --party ${city}`)
  assert.match(both.said, new RegExp(`鍵 ${second} 使う鍵 .*2028-03-31(.|\\n)*鍵 ${first} 前の鍵`))
  assert.ok(!both.said.includes('union:43 鍵'))

  const order = `revoke --party ${city} --key ${second} --on 2026-07-15 --reason 紛失`
  const revoked = await koiki(order)
  assert.ok(revoked.said.includes(`これからは鍵 ${first} を使います。`), revoked.said)
  const on = (day: string) => usableKey(keyFolder(keys), city, plainDate(day))
  const usedOn = async (day: string) => {
    const found = await on(day)
    return 'key' in found ? found.key.keyId : found.fault.code
  }
  assert.deepEqual([await usedOn('2026-07-14'), await usedOn('2026-07-15')], [second, first])
  const again = await koiki(order)
  assert.deepEqual([again.code, again.said], [1, ''])
  assert.match(again.complaint, /2026-07-15 にもう失効しています（紛失）/)
  const last = await koiki(`revoke --party ${city} --key ${first} --on 2026-07-15 --reason 紛失`)
  assert.match(last.said, /使える鍵がなくなりました。すぐに keys renew/)
  assert.equal(await usedOn('2026-07-15'), 'E3020')
})

test('鍵: 同時に2度替えても、どの秘密鍵も失わない', async (t) => {
  const { koiki, keys } = await office(t)
  const done = await Promise.all([1, 2, 3].map(() => koiki('renew --party union:43')))
  assert.deepEqual([...new Set(done.map(({ code }) => code))], [0])
  const own = await keyFolder(keys).own('union:43')
  assert.equal(own.length, 4)
  const open = await keyFolder(keys).of('union:43')
  assert.deepEqual(
    own.map(({ keyId }) => keyId),
    open.map(({ keyId }) => keyId),
  )
  assert.ok(!(await readdir(keys)).some((name) => name.includes('lock')))
})

test('鍵: 途中で殺された仕事の跡は片づけて進み、動いている仕事は待つ', async (t) => {
  const { koiki, keys } = await office(t)
  const lock = path.join(keys, 'keys.lock')
  // No process has so high a number.
  await writeFile(lock, '999999999')
  assert.equal((await koiki('renew --party union:43')).code, 0)
  await writeFile(lock, String(process.pid))
  const waiting = koiki('renew --party union:43')
  await new Promise((resolve) => setTimeout(resolve, 120))
  assert.equal((await keyFolder(keys).own('union:43')).length, 2)
  await rm(lock)
  assert.equal((await waiting).code, 0)
  assert.equal((await keyFolder(keys).own('union:43')).length, 3)
})

test('鍵: 他人の読める秘密鍵、認証局のない置き場、知らない鍵、確かめられない失効リストを、文で断る', async (t) => {
  const { koiki, keys, newest } = await office(t)
  const { keyId } = await newest('union:43')
  await chmod(path.join(keys, 'union-43.secret.json'), 0o644)
  const opened = await koiki('list')
  assert.equal(opened.code, 1)
  assert.match(opened.complaint, /union-43\.secret\.json を他の利用者も読めます。.*替えてください/)
  assert.match((await koiki('renew --party union:43')).complaint, /chmod 600/)
  await chmod(path.join(keys, 'union-43.secret.json'), 0o600)
  await chmod(path.join(keys, 'authority.secret.json'), 0o640)
  assert.match((await koiki('certify --party union:43')).complaint, /authority\.secret.*chmod 600/)
  await chmod(path.join(keys, 'authority.secret.json'), 0o600)
  const stranger = `--key ${'0'.repeat(16)}`
  for (const line of [
    `certify --party union:43 ${stranger}`,
    `revoke --party union:43 ${stranger} --reason x`,
  ]) {
    const { code, complaint } = await koiki(line)
    assert.equal(code, 1)
    assert.match(complaint, /に鍵 0{16} はありません/)
  }
  await writeFile(path.join(keys, 'authority.revoked.json'), '{"revoked":[],"signature":"AA=="}')
  const blind = await koiki(`revoke --party union:43 --key ${keyId} --reason 紛失`)
  assert.equal(blind.code, 1)
  assert.match(blind.complaint, /失効リストを確かめられません。何も変えていません/)
  assert.equal((await koiki('list')).code, 1)

  const alone = await office(t, { authority: false })
  const made = await alone.koiki(`make --party ${city}`)
  assert.match(made.said, /証明書はまだありません。公開の鍵のファイルを認証局に渡し/)
  const listed = await alone.koiki('list')
  assert.equal(listed.code, 0)
  assert.match(listed.said, /認証局: ありません[\s\S]*期限なく信じます/)
  for (const line of [
    `certify --party ${city}`,
    `revoke --party ${city} --key ${(await alone.newest(city)).keyId} --reason 紛失`,
  ]) {
    const { code, complaint } = await alone.koiki(line)
    assert.equal(code, 1)
    assert.match(complaint, /認証局の秘密鍵がない/)
  }
})

test('鍵: 使い方の誤りは、いくつあっても一度に言い、何も変えない', async (t) => {
  const { koiki } = await office(t)
  const cases: [string, RegExp][] = [
    ['nai', /list、make、certify、renew、revoke のどれか/],
    ['make', /--party を書いてください/],
    ['make --party union:99', /この県の当事者/],
    ['list extra', /「extra」という、余分な言葉/],
    [
      'list --key 1 --on kinou',
      /--key は、keys list では使いません。[\s\S]*--key には.*[\s\S]*--on に YYYY/,
    ],
    ['revoke --party union:43', /--key を書いてください。\n--reason を書いてください/],
    ['certify --party union:43 --from 2027-01-01 --until 2026-01-01', /--from の日が --until/],
  ]
  for (const [line, reason] of cases) {
    const { code, said, complaint } = await koiki(line)
    assert.deepEqual([code, said], [2, ''], line)
    assert.match(complaint, reason, line)
  }
})
