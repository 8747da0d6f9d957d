import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { withClient } from './client.ts'
import { type Clock, fixedClock } from './clock.ts'
import { type Database, openDatabase } from './database.ts'
import {
  type DatabaseRole,
  databaseUrl,
  type Migrated,
  migrate,
  migrationDigest,
  type Party,
  roleName,
} from './migrate.ts'
import { sharedThrowawayServer } from './throwaway.ts'

/** A test context of node:test, or `{ after }` from it for a database that a whole file shares. */
type Test = { after(clean: () => Promise<void>): void }

/** 試験用データベース — the app's connection to a fresh database, and the way to open it as others. */
export type TestDatabase = Database & {
  readonly name: string
  url(role: DatabaseRole): string
  /** Opens the same database as another user; closed with the test. */
  as(role: DatabaseRole, clock?: Clock): Promise<Database>
  /** Opens it as the server's administrator, whom row-level security does not bind. */
  asAdmin(): Promise<Database>
}

/** 2026-07-01 is the first day of the invented world. */
const firstDay = '2026-07-01'

/**
 * 試験用データベースを作る — a clone of the migrated template, dropped after the test. Its clock stands at
 * 2026-07-01 09:00 in Japan unless another is given.
 */
export async function testDatabase(
  t: Test,
  party: Party,
  clock: Clock = fixedClock(firstDay),
): Promise<TestDatabase> {
  const server = await sharedThrowawayServer()
  const template = await templateOf(server, party)
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await asAdministrator(server, (client) =>
    client.query(`create database ${name} template ${template.database} strategy file_copy`),
  )
  const adminUrl = replaceDatabase(server, name)
  const url = (role: DatabaseRole) => replaceDatabase(template.url(role), name)
  const opened: Database[] = []
  const open = async (address: string, of: string, at: Clock): Promise<Database> => {
    const database = await openDatabase({
      url: address,
      applicationName: `koiki-test-${of}`,
      clock: at,
    })
    opened.push(database)
    return database
  }
  t.after(async () => {
    await Promise.all(opened.map((database) => database.close()))
    await asAdministrator(server, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    )
  })
  const app = await open(url('app'), 'app', clock)
  return {
    ...app,
    name,
    url,
    as: (role, other = clock) => open(url(role), role, other),
    asAdmin: () => open(adminUrl, 'admin', clock),
  }
}

/** 空のデータベース — with nothing in it yet, opened as the owner; dropped after the test. */
export async function emptyDatabase(t: Test, party: Party): Promise<Database> {
  const server = await sharedThrowawayServer()
  const template = await templateOf(server, party)
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await asAdministrator(server, (client) =>
    client.query(
      `create database ${name} owner ${roleName(party, 'owner')} template template0 encoding 'UTF8'`,
    ),
  )
  const url = replaceDatabase(template.url('owner'), name)
  const database = await openDatabase({ url, applicationName: 'koiki-test-empty' })
  t.after(async () => {
    await database.close()
    await asAdministrator(server, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    )
  })
  return database
}

/** Makes the template databases of both parties; a global setup calls it once before all files. */
export async function prepareTemplates(server: string): Promise<void> {
  for (const party of ['union', 'municipality'] as const) await templateOf(server, party)
}

const templates = new Map<string, Promise<Migrated>>()

function templateOf(server: string, party: Party): Promise<Migrated> {
  const digest = migrationDigest(party).slice(0, 16)
  const name = `template_${party}_${digest}`
  let template = templates.get(name)
  if (!template) {
    template = makeTemplate(server, party, name)
    templates.set(name, template)
  }
  return template
}

// Several test processes ask at once; the first makes it under this lock, the others find it made.
const templateLock = 4_869_548

async function makeTemplate(server: string, party: Party, name: string): Promise<Migrated> {
  return asAdministrator(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const { rows } = await client.query('select datallowconn from pg_database where datname = $1', [
      name,
    ])
    if (rows[0]?.datallowconn === false) return migratedAlready(server, party, name)
    if (rows[0]) await client.query(`drop database ${name} with (force)`)
    const template = await migrate(server, party, name)
    // Nobody may connect to it: a clone is refused while somebody is connected to its template.
    await client.query(`alter database ${name} with is_template true allow_connections false`)
    return template
  })
}

function migratedAlready(server: string, party: Party, name: string): Migrated {
  return {
    database: name,
    applied: [],
    url: (role) => databaseUrl(server, party, name, role),
  }
}

const asAdministrator = <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> =>
  withClient(url, 'koiki-test-setup', work)

function replaceDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
