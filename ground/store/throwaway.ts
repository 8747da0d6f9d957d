import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withClient } from './client.ts'
import { StoreError } from './errors.ts'
import { isAlive, removeAbandoned, type Server, startServer } from './server.ts'

/** Where the shared throwaway server of this user says how to reach it. */
const home = join(tmpdir(), `koiki-test-${userInfo().username}`)
const note = join(home, 'server.json')
const lock = join(home, 'starting')

/**
 * 試験用のPostgreSQL — one server for all tests of this user, without fsync, started when first asked for
 * and shared by every process. It ends by itself, with its data, when nobody has used it for a while.
 */
export async function sharedThrowawayServer(): Promise<string> {
  const given = process.env.KOIKI_TEST_POSTGRES
  if (given) return (JSON.parse(given) as { url: string }).url
  mkdirSync(home, { recursive: true, mode: 0o711 })
  for (let waited = 0; waited < 60_000; waited += 100) {
    const url = noted()
    if (url && (await answers(url))) return url
    if (takeLock()) {
      try {
        await launch()
      } finally {
        rmSync(lock, { recursive: true, force: true })
      }
    } else {
      await sleep(100)
    }
  }
  throw new StoreError(
    `試験用のPostgreSQLが起動しません。${join(home, 'keeper.log')} を確かめてください。`,
    { kind: 'unavailable' },
  )
}

/**
 * 試験のためのPostgreSQLを起動する — for one run of all tests; gone when it is stopped. First removes what
 * killed runs have left behind.
 */
export async function startThrowawayServer(): Promise<Server> {
  for (const left of readdirSync(tmpdir())) {
    const made = /^koiki-tests-([0-9]+)-/.exec(left)
    if (made && !isAlive(Number(made[1]))) removeAbandoned(join(tmpdir(), left))
  }
  const folder = mkdtempSync(join(tmpdir(), `koiki-tests-${process.pid}-`))
  // Closed folders could not be passed by the user that runs PostgreSQL for root.
  chmodSync(folder, 0o711)
  return startServer({ folder, throwaway: true })
}

function noted(): string | null {
  try {
    return (JSON.parse(readFileSync(note, 'utf8')) as { url: string }).url
  } catch {
    return null
  }
}

const answers = (url: string): Promise<boolean> =>
  withClient(url, 'koiki-test-setup', async () => true).catch(() => false)

function takeLock(): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    // Whoever held it for so long was killed.
    if (age > 45_000) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

async function launch(): Promise<void> {
  for (const left of readdirSync(home)) {
    const made = /^server-([0-9]+)$/.exec(left)
    if (made && !isAlive(Number(made[1]))) removeAbandoned(join(home, left))
  }
  const log = openSync(join(home, 'keeper.log'), 'w')
  const keeper = spawn(process.execPath, [fileURLToPath(import.meta.url), 'keep'], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: home,
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '' },
  })
  keeper.unref()
  let ended = false
  keeper.once('exit', () => {
    ended = true
  })
  for (let waited = 0; waited < 40_000 && !ended; waited += 50) {
    const url = noted()
    if (url && (await answers(url))) return
    await sleep(50)
  }
}

const idleMinutes = 15

/** Runs in its own process: keeps the server while somebody is connected now and then. */
async function keep(): Promise<void> {
  const folder = join(home, `server-${process.pid}`)
  const server = await startServer({ folder, throwaway: true, tell: (line) => console.log(line) })
  const making = `${note}.${process.pid}`
  writeFileSync(making, JSON.stringify({ url: server.url }), { mode: 0o600 })
  renameSync(making, note)
  let idle = 0
  while (idle < idleMinutes * 6) {
    await sleep(10_000)
    const others = await usersOf(server.url)
    idle = others === 0 ? idle + 1 : 0
  }
  if (noted() === server.url) rmSync(note, { force: true })
  await server.stop()
}

const usersOf = (url: string): Promise<number> =>
  withClient(url, 'koiki-test-setup', async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as others from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()
          and application_name <> 'koiki-guard'`,
    )
    return rows[0].others as number
  }).catch(() => 0)

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'keep') await keep()
