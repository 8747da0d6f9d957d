import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { withClient } from './client.ts'
import { migrate, openDatabase, type Party, rolesOf } from './index.ts'
import { sharedThrowawayServer, startThrowawayServer } from './throwaway.ts'

const house = `${resolve(import.meta.dirname, '../../db')}/`

async function freshName(t: TestContext): Promise<{ server: string; name: string }> {
  const server = await sharedThrowawayServer()
  const name = `migrated_${randomBytes(6).toString('hex')}`
  t.after(() => ask(server, `drop database if exists ${name} with (force)`))
  return { server, name }
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, 'koiki-test-ask', async (client) => (await client.query(sql)).rows)
}

/** A copy of the first migrations of db/, to be changed as a careless builder would. */
function copiedFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'koiki-db-'))
  t.after(() => rmSync(folder, { recursive: true }))
  cpSync(house, folder, {
    recursive: true,
    filter: (from) => !from.endsWith('.sql') || /0000[0-3][0-9]_/.test(from),
  })
  return `${folder}/`
}

for (const party of ['union', 'municipality'] satisfies Party[]) {
  test(`移行は番号の順に一度だけ適用され、どの利用者も自分のURLで開ける（${party}）`, async (t) => {
    const { server, name } = await freshName(t)
    const first = await migrate(server, party, name)
    assert.deepEqual(first.applied, [...first.applied].sort())
    assert.ok(first.applied.includes('000010_create_work'))
    assert.deepEqual((await migrate(server, party, name)).applied, [])
    for (const role of rolesOf(party)) {
      const [row] = await ask(first.url(role), 'select current_user as who')
      assert.match(String(row?.who), new RegExp(`^koiki_(${party}_)?${role}$`))
    }
  })
}

test('他の当事者の利用者は、接続できない', async (t) => {
  const { server, name } = await freshName(t)
  await migrate(server, 'union', name)
  const other = await freshName(t)
  const municipality = await migrate(server, 'municipality', other.name)
  const url = new URL(municipality.url('app'))
  url.pathname = `/${name}`
  await assert.rejects(ask(url.href, 'select 1'), /permission denied for database/)
})

test('二つのプログラムが同時に移行しても、一度だけ適用される', async (t) => {
  const { server, name } = await freshName(t)
  const both = await Promise.allSettled([
    migrate(server, 'union', name),
    migrate(server, 'union', name),
  ])
  const applied = both.map((one) =>
    one.status === 'fulfilled' ? one.value.applied.length : one.reason,
  )
  assert.ok(applied.includes(0), String(applied))
})

test('適用した後に変わった移行は、どれかを言って断る', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  await migrate(server, 'union', name, { folder })
  writeFileSync(`${folder}shared/migrations/000010_create_work.sql`, 'select 1;')
  await assert.rejects(
    migrate(server, 'union', name, { folder }),
    /適用済みの移行 000010_create_work の中身が/,
  )
})

test('プログラムの知らない移行が適用されたデータベースは、開かずに断る', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  writeFileSync(`${folder}union/migrations/009999_create_future.sql`, 'create schema future;')
  await migrate(server, 'union', name, { folder })
  await assert.rejects(migrate(server, 'union', name), /知らない移行 009999_create_future/)
})

test('途中で失敗する移行は何も残さず、行を言い、直せば続きから進む', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  const file = `${folder}union/migrations/009999_create_future.sql`
  writeFileSync(file, 'create schema future;\ncreate table future.a (\n  x nonsense\n);')
  await assert.rejects(
    migrate(server, 'union', name, { folder }),
    /009999_create_future の3行目を適用できませんでした/,
  )
  writeFileSync(file, 'create schema future;')
  const { applied } = await migrate(server, 'union', name, { folder })
  assert.deepEqual(applied, ['009999_create_future'])
})

test('番号の重なる移行と、形の違う名前の移行は断る', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  const file = `${folder}union/migrations/000010_create_double.sql`
  writeFileSync(file, 'select 1;')
  await assert.rejects(migrate(server, 'union', name, { folder }), /番号が同じです/)
  renameSync(file, `${folder}union/migrations/double.sql`)
  await assert.rejects(migrate(server, 'union', name, { folder }), /verb_thing.sql の形/)
})

test('行単位の保護を有効にした移行は、持ち主への適用を書かなくても持ち主に働く', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  writeFileSync(
    `${folder}union/migrations/009999_create_future.sql`,
    `create schema future; create table future.a (x int primary key); insert into future.a values (1);
     alter table future.a enable row level security;`,
  )
  const { url } = await migrate(server, 'union', name, { folder })
  assert.deepEqual(await ask(url('owner'), 'select * from future.a'), [])
})

test('行のあるデータベースでは、移行はどの範囲の行も直し、終われば持ち主にも保護が戻る', async (t) => {
  const { server, name } = await freshName(t)
  const folder = copiedFolder(t)
  const write = (file: string, sql: string) =>
    writeFileSync(`${folder}union/migrations/${file}`, sql)
  const scope = "current_setting('koiki.union', true)::smallint"
  write(
    '009998_create_future.sql',
    `create schema future; create table future.a (x int primary key, union_code smallint, told text);
     insert into future.a values (1, 43), (2, 31);
     alter table future.a enable row level security;
     create policy a_scope on future.a using (union_code = ${scope});`,
  )
  await migrate(server, 'union', name, { folder })
  write(
    '009999_fill_future.sql',
    `update future.a set told = 'はい';
     alter table future.a add constraint told check (told is not null);`,
  )
  const { applied, url } = await migrate(server, 'union', name, { folder })
  assert.deepEqual(applied, ['009999_fill_future'])
  assert.deepEqual(await ask(url('owner'), 'select x from future.a'), [])
  const whole = new URL(server)
  whole.pathname = `/${name}`
  assert.deepEqual(await ask(whole.href, 'select told from future.a'), [
    { told: 'はい' },
    { told: 'はい' },
  ])
})

test('管理者が特別な権限を持たない利用者でも、利用者とデータベースを作り、もう一度移行できる', async (t) => {
  const server = await startThrowawayServer()
  t.after(() => server.stop())
  await ask(server.url, `create role admin login createdb createrole password 'secret'`)
  const admin = new URL(server.url)
  admin.username = 'admin'
  admin.password = 'secret'
  const { applied, url } = await migrate(admin.href, 'union', 'own')
  assert.ok(applied.length > 0)
  assert.deepEqual((await migrate(admin.href, 'union', 'own')).applied, [])
  assert.equal((await ask(url('app'), 'select 1')).length, 1)
})

test('パスワードのないURLでは利用者のパスワードを決められないと言い、与えれば進む', async (t) => {
  const { server, name } = await freshName(t)
  const address = new URL(server)
  address.password = ''
  await assert.rejects(migrate(address.href, 'union', name), /パスワードを決められません/)
})

test('移行ファイルは、番号・動詞・対象の名前を持つ', () => {
  for (const owner of ['shared', 'union', 'municipality']) {
    for (const file of readdirSync(`${house}${owner}/migrations`)) {
      assert.match(file, /^[0-9]{6}_[a-z]+(_[a-z]+)+\.sql$/)
    }
  }
})

test('移行したデータベースは、範囲を渡せばすぐに使える', async (t) => {
  const { server, name } = await freshName(t)
  const { url } = await migrate(server, 'union', name)
  const database = await openDatabase({ url: url('app'), applicationName: 'koiki-test' })
  t.after(() => database.close())
  const rows = await database.transaction({ union: '43', municipality: '431001' }, (tx) =>
    tx.query(
      `select current_setting('koiki.union') as u, current_setting('koiki.municipality') as m`,
    ),
  )
  assert.deepEqual(rows, [{ u: '43', m: '431001' }])
})
