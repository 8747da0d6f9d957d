import { createHash, createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { insurerNumberOf } from '@koiki/kernel'
import type { Client } from 'pg'
import { withClient } from './client.ts'
import { StoreError, storeError } from './errors.ts'
import { municipalities, unionBodies } from './reference/municipalities.ts'

/** 当事者の種類 — whose database it is; each party has its own, with its own users. */
export type Party = 'union' | 'municipality'

/** Users of every party's database; the stand-in's three stores only in a municipality's. */
export type PartyRole = 'owner' | 'app' | 'vault' | 'operator'
export type StandInRole = 'resident_register' | 'local_tax' | 'municipal_system'
export type DatabaseRole = PartyRole | StandInRole

export type Migrated = {
  database: string
  /** The migrations that this call applied, e.g. `000010_create_work`. */
  applied: string[]
  /** With which URL a program of this role opens the database. Holds a password: never log it. */
  url(role: DatabaseRole): string
}

export type MigrateOptions = {
  /** Passwords of the database users, if they are not to be derived from the server's. */
  passwords?: Partial<Record<string, string>>
  /** Where the migrations are, ending in a slash; the house's own `db/` if not given. */
  folder?: string
}

const house = `${resolve(import.meta.dirname, '../../db')}/`

const standIns: readonly StandInRole[] = ['resident_register', 'local_tax', 'municipal_system']

export const roleName = (party: Party, role: DatabaseRole): string =>
  (standIns as readonly string[]).includes(role) ? `koiki_${role}` : `koiki_${party}_${role}`

export const rolesOf = (party: Party): DatabaseRole[] => [
  ...(['owner', 'app', 'vault', 'operator'] as const),
  ...(party === 'municipality' ? standIns : []),
]

/**
 * データベースを最新の形にする — makes the users and the database if they are missing, applies each new
 * migration once, in its own transaction, and brings the reference tables up to date. Safe to call at
 * every start and from several programs at once.
 */
export async function migrate(
  serverUrl: string,
  party: Party,
  database: string,
  options: MigrateOptions = {},
): Promise<Migrated> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(database)) {
    throw fault(
      `データベースの名前「${database}」は、英小文字で始まる英小文字・数字・_ にしてください。`,
    )
  }
  const passwordOf = passwords(serverUrl, options)
  const url = (role: DatabaseRole) => databaseUrl(serverUrl, party, database, role, options)
  for (const role of rolesOf(party)) passwordOf(roleName(party, role))
  try {
    await prepareServer(serverUrl, party, database, passwordOf)
    const applied = await withClient(url('owner'), applicationName, (client) =>
      applyAll(client, party, options.folder ?? house),
    )
    return { database, applied, url }
  } catch (error) {
    throw storeError(error)
  }
}

const applicationName = 'koiki-migrate'

const fault = (message: string): StoreError => new StoreError(message, { kind: 'program' })

/** データベースのURL — with which a program of this role opens the database. Holds a password. */
export function databaseUrl(
  serverUrl: string,
  party: Party,
  database: string,
  role: DatabaseRole,
  options: MigrateOptions = {},
): string {
  if (!rolesOf(party).includes(role)) {
    throw fault(`${party} のデータベースに、利用者 ${role} はいません。`)
  }
  const name = roleName(party, role)
  const address = new URL(serverUrl)
  address.username = name
  address.password = encodeURIComponent(passwords(serverUrl, options)(name))
  address.pathname = `/${database}`
  return address.href
}

/** Derived, so that nothing more than the server's own password must be kept. */
function passwords(serverUrl: string, options: MigrateOptions): (role: string) => string {
  const secret = decodeURIComponent(new URL(serverUrl).password)
  return (role) => {
    const given = options.passwords?.[role]
    if (given !== undefined) return given
    if (secret === '') {
      throw fault(
        `データベース利用者 ${role} のパスワードを決められません。DATABASE_URL に管理者のパスワードを含めるか、利用者ごとのパスワードを設定してください。`,
      )
    }
    return createHmac('sha256', secret).update(`koiki role ${role}`).digest('base64url')
  }
}

// Any number, the same in every program of the house; the lock is on the server, not the database.
const rolesLock = 4_869_546
const migrationLock = 4_869_547

async function prepareServer(
  serverUrl: string,
  party: Party,
  database: string,
  passwordOf: (role: string) => string,
): Promise<void> {
  const address = new URL(serverUrl)
  address.pathname = '/postgres'
  await withClient(address.href, applicationName, async (client) => {
    const { rows } = await client.query(
      `select rolsuper, rolcreaterole and rolcreatedb as able,
              current_setting('server_version_num')::int as version
         from pg_roles where rolname = current_user`,
    )
    const admin = rows[0] as { rolsuper: boolean; able: boolean; version: number }
    if (admin.version < 150_000) {
      throw fault('PostgreSQLは15以上が必要です。DATABASE_URL のサーバーの版を確かめてください。')
    }
    if (!admin.rolsuper && !admin.able) {
      throw fault(
        'DATABASE_URL の利用者に、利用者とデータベースを作る権限（CREATEROLE、CREATEDB）がありません。管理者に依頼してください。',
      )
    }
    await client.query('select pg_advisory_lock($1)', [rolesLock])
    await client.query(readFileSync(`${house}roles.sql`, 'utf8'))
    for (const role of rolesOf(party)) {
      const name = roleName(party, role)
      const password = client.escapeLiteral(passwordOf(name))
      await client.query(`alter role ${name} password ${password}`)
    }
    const owner = roleName(party, 'owner')
    if (!admin.rolsuper) await client.query(`grant ${owner} to current_user`)
    await createDatabase(client, database, owner, admin.version)
    const roles = rolesOf(party).map((role) => roleName(party, role))
    await client.query(`revoke all on database ${database} from public`)
    await client.query(`grant connect, temporary on database ${database} to ${roles.join(', ')}`)
  })
}

async function createDatabase(
  client: Client,
  database: string,
  owner: string,
  version: number,
): Promise<void> {
  const { rows } = await client.query(
    `select pg_encoding_to_char(encoding) as encoding, pg_get_userbyid(datdba) as owner
       from pg_database where datname = $1`,
    [database],
  )
  if (rows[0]) {
    if (rows[0].encoding !== 'UTF8') {
      throw fault(
        `データベース ${database} の文字の符号がUTF8ではありません。UTF8で作り直してください。`,
      )
    }
    if (rows[0].owner !== owner) {
      throw fault(
        `データベース ${database} の持ち主が ${owner} ではありません。別の名前を使うか、持ち主を ${owner} に変えてください。`,
      )
    }
    return
  }
  const locale = version >= 170_000 ? `locale_provider builtin builtin_locale 'C.UTF-8'` : ''
  await client.query(
    `create database ${database} owner ${owner} template template0 encoding 'UTF8' ${locale}`,
  )
}

type Migration = { number: number; name: string; sql: string; sha256: string }

/** The party's own migrations and those it shares, by number. */
function migrationsOf(party: Party, folder: string): Migration[] {
  const found = ['shared', party].flatMap((owner) =>
    readdirSync(`${folder}${owner}/migrations`)
      .filter((file) => file.endsWith('.sql'))
      .map((file) => readMigration(`${folder}${owner}/migrations/`, file)),
  )
  found.sort((a, b) => a.number - b.number)
  found.forEach((migration, index) => {
    const before = found[index - 1]
    if (before?.number === migration.number) {
      throw fault(
        `移行 ${before.name} と ${migration.name} の番号が同じです。どちらかの番号を変えてください。`,
      )
    }
  })
  return found
}

function readMigration(folder: string, file: string): Migration {
  const found = /^([0-9]{6})_[a-z0-9_]+\.sql$/.exec(file)
  if (!found) {
    throw fault(`移行ファイル ${folder}${file} の名前を 000123_verb_thing.sql の形にしてください。`)
  }
  const sql = readFileSync(folder + file, 'utf8').replaceAll('\r\n', '\n')
  return {
    number: Number(found[1]),
    name: file.slice(0, -'.sql'.length),
    sql,
    sha256: createHash('sha256').update(sql).digest('hex'),
  }
}

/** One digest of everything that a new database is made from: tells when a template is out of date. */
export function migrationDigest(party: Party): string {
  const hash = createHash('sha256')
  hash.update(readFileSync(`${house}roles.sql`))
  hash.update(readFileSync(import.meta.filename))
  hash.update(JSON.stringify({ municipalities, unionBodies }))
  for (const { name, sha256 } of migrationsOf(party, house)) hash.update(`${name} ${sha256}\n`)
  return hash.digest('hex')
}

const bookkeeping = `
create schema if not exists store;
comment on schema store is 'データベースの形の履歴';
create table if not exists store.migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null,
  primary key (number)
);
comment on table store.migration is '適用済みの移行';
comment on column store.migration.number is '移行の番号';
comment on column store.migration.name is '移行ファイルの名前';
comment on column store.migration.sha256 is '移行ファイルのSHA-256';
comment on column store.migration.applied_at is '適用した実時刻';
`

async function applyAll(client: Client, party: Party, folder: string): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [migrationLock])
  await client.query(`set client_min_messages = warning; ${bookkeeping}`)
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from store.migration order by number',
  )
  const done = new Map(rows.map((row) => [row.number, row]))
  const wanted = migrationsOf(party, folder)
  const known = new Set(wanted.map(({ number }) => number))
  const strange = rows.find(({ number }) => !known.has(number))
  if (strange) {
    throw fault(
      `データベースには、このプログラムの知らない移行 ${strange.name} が適用されています。新しい版のプログラムで開いてください。`,
    )
  }
  const applied: string[] = []
  for (const migration of wanted) {
    const before = done.get(migration.number)
    if (before === undefined) {
      await apply(client, party, migration, done.size > 0)
      applied.push(migration.name)
    } else if (before.sha256 !== migration.sha256) {
      throw fault(
        `適用済みの移行 ${migration.name} の中身が、適用した時（${before.name}）から変わっています。ファイルを元に戻し、変更は新しい番号の移行に書いてください。`,
      )
    }
  }
  await loadReference(client)
  return applied
}

async function apply(
  client: Client,
  party: Party,
  migration: Migration,
  inhabited: boolean,
): Promise<void> {
  const roles = (role: string) => roleName(party, role as PartyRole)
  const sql = migration.sql.replace(/(?<![:\w]):(owner|app|vault|operator)\b/g, (_, role) =>
    roles(role),
  )
  await client.query('begin')
  try {
    await client.query(
      'insert into store.migration (number, name, sha256, applied_at) values ($1, $2, $3, $4)',
      [migration.number, migration.name, migration.sha256, new Date().toISOString()],
    )
    if (inhabited) await client.query(letOwnerSee)
    await client.query(sql)
    await client.query(forceRowSecurity)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const { message, position } = error as { message: string; position?: string }
    const line = position ? sql.slice(0, Number(position)).split('\n').length : null
    throw fault(
      `移行 ${migration.name}${line ? ` の${line}行目` : ''}を適用できませんでした。データベースの返事: ${message}`,
    )
  }
}

// The owner is under row-level security as everybody is, and a migration has no scope: one that fills a column of the rows
// that are there would change none of them and say nothing. Within its transaction alone the owner sees all; in a new
// database there is nobody to see yet.
const letOwnerSee = `do $open$
declare
  shut regclass;
begin
  for shut in select oid from pg_class where relforcerowsecurity
  loop
    execute format('alter table %s no force row level security', shut);
  end loop;
end
$open$`

// Row-level security that the owner slips past would be forgotten once; so no migration may leave it out.
const forceRowSecurity = `do $force$
declare
  open regclass;
begin
  for open in select oid from pg_class where relrowsecurity and not relforcerowsecurity
  loop
    execute format('alter table %s force row level security', open);
  end loop;
end
$force$`

/** Reference rows change by release: the program's table is the truth, the database follows it. */
async function loadReference(client: Client): Promise<void> {
  await client.query('begin')
  await client.query(
    `insert into reference.union_body (union_code, name)
     select code::smallint, name from unnest($1::text[], $2::text[]) as given (code, name)
     on conflict (union_code) do update set name = excluded.name
      where union_body.name is distinct from excluded.name`,
    [unionBodies.map(({ unionCode }) => unionCode), unionBodies.map(({ name }) => name)],
  )
  await client.query(
    `insert into reference.municipality
       (municipality_code, union_code, name, kana, insurer_number, insurer_number_unverified)
     select code, left(code, 2)::smallint, name, kana, insurer, true
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as given (code, name, kana, insurer)
     on conflict (municipality_code) do update
        set name = excluded.name,
            kana = excluded.kana,
            insurer_number = excluded.insurer_number,
            insurer_number_unverified = excluded.insurer_number_unverified
      where (municipality.name, municipality.kana, municipality.insurer_number,
             municipality.insurer_number_unverified)
            is distinct from
            (excluded.name, excluded.kana, excluded.insurer_number,
             excluded.insurer_number_unverified)`,
    [
      municipalities.map(([code]) => code),
      municipalities.map(([, name]) => name),
      municipalities.map(([, , kana]) => kana),
      // The pattern of the kernel is a candidate; the real assignments were found nowhere public.
      municipalities.map(([code]) => insurerNumberOf(code)),
    ],
  )
  await client.query('commit')
}
