import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { startThrowawayServer } from '@koiki/store'
import {
  beginWorld,
  firstDay,
  keepWorld,
  kindOf,
  openInstallation,
  worldAsked,
} from './installation.ts'

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-installation-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const open = (folder: string, databaseUrl?: string) =>
  openInstallation({ folder, databaseUrl, tell: () => assert.fail('何も始めない') })

const nowhere = 'postgres://kanri:himitsu@127.0.0.1:1/postgres'

test('模擬の世界のあるデータ置き場では、役所のデータベースにつなぐ前に断る', async (t) => {
  const folder = emptyFolder(t)
  keepWorld(folder, { persons: 300, seed: 1, firstDay })
  const before = readdirSync(folder)
  await assert.rejects(
    open(folder, nowhere),
    /模擬の世界があるので、DATABASE_URL のデータベースには使えません.*--data で別の場所/,
  )
  assert.deepEqual(readdirSync(folder), before)
})

test('役所として始めたデータ置き場は役所のものと書かれ、DATABASE_URL を忘れると何も変えずに断る', async (t) => {
  const server = await startThrowawayServer()
  t.after(() => server.stop())
  const folder = emptyFolder(t)
  const stranger = new URL(server.url)
  stranger.password = 'himitsu'
  await assert.rejects(open(folder, stranger.href), /DATABASE_URL の利用者かパスワードが違います/)
  stranger.href = server.url
  stranger.pathname = '/nai'
  await assert.rejects(open(folder, stranger.href), /名前のデータベースがありません/)
  assert.deepEqual([kindOf(folder), readdirSync(folder)], [null, []])
  const databaseUrl = server.url
  const office = await openInstallation({ folder, databaseUrl, tell: () => {} })
  await office.close()
  assert.deepEqual([office.world, office.server, kindOf(folder)], [null, null, 'office'])
  assert.deepEqual(readdirSync(folder), ['installation.json'])
  await assert.rejects(
    open(folder),
    /役所のもので.*DATABASE_URL がないので、まだ何も始めていません.*--data で別の場所/,
  )
  assert.deepEqual(readdirSync(folder), ['installation.json'])
})

test('種類を書かなかった頃のデータ置き場は、鍵だけなら役所、データベースか世界があれば模擬の世界', async (t) => {
  const office = emptyFolder(t)
  mkdirSync(path.join(office, 'keys'))
  assert.equal(kindOf(office), null)
  writeFileSync(path.join(office, 'keys', 'union-43.json'), '{}')
  assert.equal(kindOf(office), 'office')
  await assert.rejects(open(office), /役所のもの/)
  assert.deepEqual(readdirSync(office), ['keys'])
  for (const name of ['postgres', 'world.begun.json']) {
    const invented = emptyFolder(t)
    mkdirSync(path.join(invented, 'keys'))
    writeFileSync(path.join(invented, 'keys', 'union-43.json'), '{}')
    writeFileSync(path.join(invented, name), '')
    assert.equal(kindOf(invented), 'invented', name)
  }
})

test('DATABASE_URL が役に立たなければ、名前を挙げ、値は言わずに断り、データ置き場も作らない', async (t) => {
  const folder = path.join(emptyFolder(t), 'まだない')
  const wrong: [string, RegExp][] = [
    ['', /が空です/],
    ['himitsu', /場所として読めません/],
    ['mysql://kanri:himitsu@a/b', /PostgreSQL の場所ではありません/],
    ['postgres:///himitsu', /計算機の名前がありません/],
    ['postgres://:himitsu@a/b', /利用者の名前がありません/],
    ['postgres://kanri@a/himitsu', /パスワードがありません/],
    ['postgres://kanri:%hi@a/b', /% のあとを読めません/],
    ['postgres://kanri:hi@himitsu#x@a/b', /そのままでは書けない記号/],
    ['postgres://kanri:hi@himitsu/x@a/b', /そのままでは書けない記号/],
    [nowhere, /つながりません（127\.0\.0\.1:1、.*待ち受けているものがありません）/],
  ]
  for (const [url, reason] of wrong) {
    await assert.rejects(open(folder, url), ({ message }: Error) => {
      assert.match(message, /^DATABASE_URL .*まだ何も始めていません。$/s)
      assert.match(message, reason)
      assert.doesNotMatch(message, /himitsu|切れました/)
      return true
    })
  }
  assert.equal(existsSync(folder), false)
})

test('世界のある置き場で頼まれた人数と種は、同じなら続け、違えば断る。作りかけの世界でも同じ', (t) => {
  for (const keep of [keepWorld, beginWorld]) {
    const folder = emptyFolder(t)
    assert.deepEqual(worldAsked(folder, { persons: undefined, seed: 7 }), {
      persons: 3000,
      seed: 7,
      firstDay,
    })
    const held = { persons: 500, seed: 4, firstDay }
    keep(folder, held)
    for (const persons of [undefined, 500])
      for (const seed of [undefined, 4])
        assert.deepEqual(worldAsked(folder, { persons, seed }), held)
    for (const asked of [
      { persons: 501, seed: undefined },
      { persons: undefined, seed: 5 },
      { persons: 500, seed: 5 },
    ])
      assert.throws(
        () => worldAsked(folder, asked),
        /--persons 500 --seed 4 の模擬の世界がもうあり.*まだ何も始めていません/,
      )
  }
})
