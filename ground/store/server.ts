import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { StoreError } from './errors.ts'
import { diskFull, makeFolder } from './folder.ts'
import { canReach, findNative, type Native, reachableFolder, unprivilegedUser } from './native.ts'

export type StartServer = {
  /** The data folder; made on first use. */
  folder: string
  /** A free port is chosen, and kept for the next start, if not given. */
  port?: number
  /** For tests: no fsync, small, and the folder is removed on stop. */
  throwaway?: boolean
  /** Stop the server on Ctrl-C and on termination; true if not said. False for who stops it itself. */
  stopOnSignals?: boolean
  /** Told in Japanese what happens outside the ordinary, such as a restart after a crash. */
  tell?: (sentence: string) => void
}

/** 同梱のPostgreSQLの起動中のもの */
export type Server = {
  /** The administrator's URL of the database `postgres`; it holds the password. */
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly processId: number
  stop(): Promise<void>
}

const superuser = 'koiki_admin'
const majorVersion = '18'

const fault = (message: string): StoreError => new StoreError(message, { kind: 'unavailable' })

/** Who holds the data already may be asked for by its caller, who knows more of it than a port. */
const inUse = (message: string): StoreError => new StoreError(message, { kind: 'inUse' })

/**
 * 同梱のPostgreSQLを起動する — on 127.0.0.1 only, with a random password kept in the data folder. Takes
 * over the data of a server whose program was killed; refuses a folder that another program serves.
 * Every refusal is one Japanese sentence in a StoreError.
 */
export async function startServer(options: StartServer): Promise<Server> {
  const tell = options.tell ?? (() => {})
  const folder = makeFolder(options.folder)
  const user = unprivilegedUser()
  const native = findNative(user)
  const password = keptPassword(folder)
  const data = placeOfData(folder, native, password, tell)
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await initialize(native, data, password, options.throwaway ?? false)
  }
  checkVersion(data)
  await settleRunning(data, password, tell)
  const port = await choosePort(folder, options.port)
  const supervised = new Supervised({
    native,
    data,
    folder,
    port,
    password,
    throwaway: options.throwaway ?? false,
    tell,
  })
  await supervised.start()
  if (options.stopOnSignals ?? true) supervised.stopOnSignals()
  return {
    url: supervised.url,
    port,
    folder,
    get processId() {
      return supervised.processId
    },
    stop: () => supervised.stop(),
  }
}

/** Beside our own files; elsewhere only if the user that runs PostgreSQL could not get there. */
function placeOfData(
  folder: string,
  native: Native,
  password: string,
  tell: (sentence: string) => void,
): string {
  const here = join(folder, 'postgres')
  const note = join(folder, 'postgres.place')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim()
  if (!native.user || canReach(here, native.user, 0)) return here
  // A folder that was deleted and made again at the same path has another password, thus another place.
  const name = createHash('sha256').update(`${folder}\n${password}`).digest('hex').slice(0, 16)
  const elsewhere = reachableFolder(`data-${name}`)
  mkdirSync(dirname(elsewhere), { recursive: true, mode: 0o755 })
  writeFileSync(note, `${elsewhere}\n`)
  tell(
    `PostgreSQLは管理者（root）では動かせないため、利用者 ${native.user.name} として動かします。${folder} にはその利用者が入れないので、データは ${elsewhere} に置きます。`,
  )
  return elsewhere
}

/** Random at first use; whoever writes it first has decided it, also when two start at once. */
function keptPassword(folder: string): string {
  const file = join(folder, 'postgres.password')
  if (!existsSync(file)) {
    const making = `${file}.${process.pid}`
    writeFileSync(making, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    try {
      linkSync(making, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(making)
    }
  }
  return readFileSync(file, 'utf8').trim()
}

const asUser = (native: Native): { uid?: number; gid?: number } =>
  native.user ? { uid: native.user.uid, gid: native.user.gid } : {}

// pg_trgm asks the C library what a letter is: under plain C, Japanese names would have no trigrams.
const characterTypes = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'ja_JP.UTF-8']

async function initialize(
  native: Native,
  data: string,
  password: string,
  throwaway: boolean,
): Promise<void> {
  const disk = statfsSync(dirname(data))
  if (disk.bavail * disk.bsize < 200 * 1024 * 1024) throw diskFull(dirname(data))
  for (const left of readdirSync(dirname(data))) {
    const made = left.startsWith(`${basename(data)}.new-`) ? left.split('-').at(-1) : undefined
    if (made !== undefined && !isAlive(Number(made))) {
      rmSync(join(dirname(data), left), { recursive: true, force: true })
    }
  }
  // Made under another name and renamed: a crash half way leaves nothing that looks like data.
  const making = `${data}.new-${process.pid}`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  const passwordFile = join(making, 'password')
  const cluster = join(making, 'data')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (native.user) {
    chownSync(making, native.user.uid, native.user.gid)
    chownSync(passwordFile, native.user.uid, native.user.gid)
  }
  try {
    let said = ''
    for (const type of characterTypes) {
      const run = spawnSync(
        native.bin('initdb'),
        [
          ...['-D', cluster, '-U', superuser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
          ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
          ...['--locale=C', `--lc-ctype=${type}`, '--no-instructions'],
          ...(throwaway ? ['--no-sync'] : []),
        ],
        { ...asUser(native), cwd: making, encoding: 'utf8', env: quietEnvironment() },
      )
      said = `${run.error?.message ?? ''}${run.stderr ?? ''}`
      if (run.status === 0) {
        try {
          renameSync(cluster, data)
        } catch (error) {
          // Another start was quicker; its data has the same password, so it serves as well.
          if (!existsSync(join(data, 'PG_VERSION'))) throw error
        }
        return
      }
      if (!said.includes('invalid locale')) break
    }
    if (said.includes('No space left')) throw diskFull(dirname(data))
    if (said.includes('invalid locale')) {
      throw fault(
        `この計算機に UTF-8 の言語環境（${characterTypes.join('、')}）が一つもないため、データベースを作れません。C.UTF-8 を入れてください。`,
      )
    }
    throw fault(
      `データベースの最初の用意に失敗しました（${data}）。PostgreSQLの返事: ${lastLine(said)}`,
    )
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

const quietEnvironment = (): NodeJS.ProcessEnv => {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  // PGOPTIONS, PGDATA and the like of the caller's shell are not meant for our server.
  for (const name of Object.keys(env))
    if (name.startsWith('PG')) delete (env as NodeJS.ProcessEnv)[name]
  return env
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

function checkVersion(data: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (found !== majorVersion) {
    throw fault(
      `データフォルダー ${data} はPostgreSQL ${found}のもので、このプログラムのPostgreSQL ${majorVersion}では開けません。移行するか、別のフォルダーを指定してください。`,
    )
  }
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

type Postmaster = { processId: number; port: number; ready: boolean }

/** What PostgreSQL itself wrote about the server of this data folder, or null if there is none. */
function readPostmaster(data: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  return {
    processId: Math.abs(Number(lines[0])),
    port: Number(lines[3]),
    ready: lines[7]?.trim() === 'ready',
  }
}

// The program that serves a data folder holds this advisory lock by an open connection, so the lock
// goes with it however it ends. The number is ours alone.
const supervisorLock = 4_869_545

/** An orphan of a killed program is shut down cleanly; a server that somebody serves is left alone. */
async function settleRunning(
  data: string,
  password: string,
  tell: (sentence: string) => void,
): Promise<void> {
  const running = readPostmaster(data)
  if (!running?.processId) return
  if (!isPostgres(running.processId)) {
    await awaitBackends(data)
    // PostgreSQL would believe in any process of that number: another program's after the machine was
    // switched off, or one that is dead and not yet buried.
    if (isAlive(running.processId)) rmSync(join(data, 'postmaster.pid'), { force: true })
    return
  }
  const served = inUse(
    `データフォルダー ${data} は、すでに起動しているkoikiが使っています（データベースのポート ${running.port}）。先に起動した方を止めるか、別のフォルダーを指定してください。`,
  )
  if (Number.isInteger(running.port) && running.port > 0) {
    const orphan = await isOrphan(running, password, data)
    if (!orphan) throw served
  }
  tell('前回のkoikiが途中で終わったため、残っていたデータベースを正しく止めてから起動します。')
  signal(running.processId, 'SIGINT')
  for (let waited = 0; isPostgres(running.processId); waited += 50) {
    if (waited > 60_000) {
      throw fault(
        `残っていたデータベース（プロセス ${running.processId}）が止まりません。そのプロセスを止めてから、もう一度起動してください。`,
      )
    }
    await sleep(50)
  }
}

/** Waits for what a killed server has left at work in its data; they end when they look up. */
async function awaitBackends(data: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (let waited = 0; waited < 60_000; waited += 50) {
    const left = readdirSync('/proc').filter(
      (name) => /^[0-9]+$/.test(name) && isPostgres(Number(name)) && folderOf(name) === data,
    )
    if (left.length === 0) return
    if (waited > 5000) for (const name of left) signal(Number(name), 'SIGQUIT')
    await sleep(50)
  }
  throw fault(
    `前回のデータベースの処理が終わりません（${data}）。計算機を再起動してから、もう一度起動してください。`,
  )
}

function folderOf(processId: string): string | null {
  try {
    return readlinkSync(`/proc/${processId}/cwd`)
  } catch {
    return null
  }
}

async function isOrphan(running: Postmaster, password: string, data: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (!isPostgres(running.processId)) return true
    const client = new Client({ ...address(running.port, password), connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query(
        `select current_setting('data_directory') as data, pg_try_advisory_lock(${supervisorLock}) as free`,
      )
      await client.end()
      if (rows[0].data !== data) return true
      if (rows[0].free) return true
      // A program that died a moment ago may still hold its connection until the server notices.
      if (attempt >= 10) return false
      await sleep(100)
    } catch {
      await client.end().catch(() => {})
      if (readPostmaster(data)?.processId !== running.processId) return true
      await sleep(100)
    }
  }
  return false
}

const address = (port: number, password: string) => ({
  host: '127.0.0.1',
  port,
  user: superuser,
  password,
  database: 'postgres',
  application_name: 'koiki-guard',
})

/** A process number may have been given to another program since; on Linux its name tells. */
function isPostgres(processId: number): boolean {
  if (!isAlive(processId)) return false
  if (process.platform !== 'linux') return true
  try {
    const [, name, state] =
      /\((.*)\) (.)/.exec(readFileSync(`/proc/${processId}/stat`, 'utf8')) ?? []
    return name === 'postgres' && state !== 'Z'
  } catch {
    return false
  }
}

function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPERM') {
      throw fault(
        `データベース（プロセス ${processId}）は別の利用者が起動したものなので止められません。起動した利用者で止めてください。`,
      )
    }
    if (code !== 'ESRCH') throw error
  }
}

async function choosePort(folder: string, wanted: number | undefined): Promise<number> {
  const file = join(folder, 'postgres.port')
  if (wanted !== undefined) {
    if (!(await isFree(wanted))) throw portTaken(wanted)
    return wanted
  }
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (Number.isInteger(before) && before > 0 && (await isFree(before))) return before
  const port = await freePort()
  writeFileSync(file, `${port}\n`)
  return port
}

const portTaken = (port: number): StoreError =>
  fault(
    `ポート ${port} はほかのプログラムが使っています。そのプログラムを止めるか、別のポートを指定してください。`,
  )

const isFree = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => settle(true)))
  })

const freePort = (): Promise<number> =>
  new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const found = probe.address() as { port: number }
      probe.close(() => settle(found.port))
    })
  })

/** 置き去りの試験用サーバーを片付ける — stops what a killed program left running, removes its folder. */
export function removeAbandoned(folder: string): void {
  const note = join(folder, 'postgres.place')
  const data = existsSync(note) ? readFileSync(note, 'utf8').trim() : join(folder, 'postgres')
  const running = readPostmaster(data)
  if (running && isPostgres(running.processId)) signal(running.processId, 'SIGQUIT')
  for (const left of [data, folder]) {
    rmSync(left, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

type Supervision = {
  native: Native
  data: string
  folder: string
  port: number
  password: string
  throwaway: boolean
  tell: (sentence: string) => void
}

/** The running server and the one who watches it: starts it again in place if it dies. */
class Supervised {
  readonly #of: Supervision
  #child: ChildProcess | null = null
  #guard: Client | null = null
  #stopping: Promise<void> | null = null
  #deaths: number[] = []
  readonly #onExit = (): void => this.#killAtExit()
  readonly #onSignal = (name: NodeJS.Signals): void => {
    void this.stop().finally(() => process.kill(process.pid, name))
  }

  constructor(of: Supervision) {
    this.#of = of
  }

  get url(): string {
    return `postgres://${superuser}:${this.#of.password}@127.0.0.1:${this.#of.port}/postgres`
  }

  get processId(): number {
    return this.#child?.pid ?? 0
  }

  async start(): Promise<void> {
    try {
      await this.#launch()
    } catch (error) {
      // Only our own child: what else lies in the folder may be another program's.
      this.#stopping ??= this.#stopChild()
      await this.#stopping
      throw error
    }
    process.on('exit', this.#onExit)
  }

  stopOnSignals(): void {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, this.#onSignal)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #launch(): Promise<void> {
    const { native, data, folder, port } = this.#of
    const log = join(folder, 'postgres.log')
    const from = startOfLog(log)
    const output = openSync(log, 'a', 0o600)
    const child = spawn(
      native.bin('postgres'),
      ['-D', data, ...settings(this.#of).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...asUser(native),
        cwd: data,
        env: quietEnvironment(),
        stdio: ['ignore', output, output],
        // Its own group: Ctrl-C is for us, who then stop it in order.
        detached: true,
      },
    )
    closeSync(output)
    this.#child = child
    let gone: string | null = null
    child.once('error', (error) => {
      gone = error.message
    })
    child.once('exit', () => {
      gone ??= existsSync(log) ? readFileSync(log, 'utf8').slice(from) : ''
    })
    for (;;) {
      const now = readPostmaster(data)
      if (now?.processId === child.pid && now?.ready) break
      if (gone !== null) throw refusal(gone, this.#of)
      if (this.#stopping) throw fault('起動の途中で止められました。')
      await sleep(15)
    }
    // The server is left to itself only when this program is gone, so it does not keep it alive.
    child.unref()
    child.removeAllListeners('exit')
    child.once('exit', () => void this.#died(child))
    if (child.exitCode !== null || child.signalCode !== null) void this.#died(child)
    await this.#holdLock(port)
  }

  async #holdLock(port: number): Promise<void> {
    const guard = new Client({ ...address(port, this.#of.password), keepAlive: true })
    guard.on('error', () => {})
    try {
      await guard.connect()
    } catch (error) {
      if ((error as { code?: string }).code !== '28P01') throw error
      throw fault(
        `データベース（${this.#of.data}）のパスワードが、${join(this.#of.folder, 'postgres.password')} と合いません。控えからこのファイルを戻すか、別のフォルダーを指定してください。`,
      )
    }
    const { rows } = await guard.query(`select pg_try_advisory_lock(${supervisorLock}) as held`)
    if (!rows[0].held) {
      await guard.end()
      throw inUse(
        'このデータフォルダーは、同時に起動した別のkoikiが使っています。先に起動した方を止めるか、別のフォルダーを指定してください。',
      )
    }
    // The guard alone should not keep a finished program running.
    socketOf(guard).unref()
    this.#guard = guard
  }

  async #died(child: ChildProcess): Promise<void> {
    if (this.#stopping || child !== this.#child) return
    const now = performance.now()
    this.#deaths = [...this.#deaths.filter((at) => now - at < 60_000), now]
    if (this.#deaths.length > 5) {
      this.#of.tell(
        `データベースが1分間に${this.#deaths.length}回止まったため、起動し直すのをやめました。${join(this.#of.folder, 'postgres.log')} を確かめてください。`,
      )
      return
    }
    this.#of.tell('データベースが突然止まったため、起動し直します。')
    // Backends of a killed server hold its shared memory until they notice; then the start succeeds.
    for (let waited = 0; !this.#stopping; waited += 100) {
      try {
        await this.#launch()
        this.#of.tell('データベースが元に戻りました。')
        return
      } catch (error) {
        if (waited > 60_000) {
          this.#of.tell(`データベースを起動し直せません。${(error as Error).message}`)
          return
        }
        await sleep(100)
      }
    }
  }

  async #stop(): Promise<void> {
    process.off('exit', this.#onExit)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, this.#onSignal)
    if (this.#guard) {
      socketOf(this.#guard).ref()
      await this.#guard.end().catch(() => {})
    }
    await this.#stopChild()
    if (this.#of.throwaway) {
      removeAbandoned(this.#of.folder)
    }
  }

  async #stopChild(): Promise<void> {
    const child = this.#child
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.ref()
      const ended = new Promise<void>((settle) => child.once('exit', () => settle()))
      this.#ask(child.pid, this.#of.throwaway ? 'immediate' : 'fast')
      const late = setTimeout(() => this.#ask(child.pid as number, 'immediate'), 30_000)
      await ended
      clearTimeout(late)
    }
  }

  #ask(processId: number, mode: 'fast' | 'immediate'): void {
    if (process.platform === 'win32') {
      const { native, data } = this.#of
      spawnSync(native.bin('pg_ctl'), ['stop', '-D', data, '-m', mode, '-W'])
      return
    }
    signal(processId, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  }

  #killAtExit(): void {
    const child = this.#child
    if (child?.pid && child.exitCode === null && child.signalCode === null)
      this.#ask(child.pid, 'fast')
  }
}

type Socket = { ref(): void; unref(): void }

const socketOf = (client: Client): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream

/** Keeps the log from growing for ever; says where what is written next begins. */
function startOfLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size < 10 * 1024 * 1024) return size
  truncateSync(file, 0)
  return 0
}

function settings(of: Supervision): [name: string, value: string][] {
  const megabyte = 1024 * 1024
  const memory = Math.floor(totalmem() / megabyte)
  const buffers = of.throwaway ? 128 : Math.max(128, Math.min(1024, Math.floor(memory / 4)))
  const shared = existsSync('/dev/shm') ? statfsSync('/dev/shm') : null
  return [
    ['port', String(of.port)],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['max_connections', '200'],
    ['shared_buffers', `${buffers}MB`],
    ['work_mem', '32MB'],
    ['maintenance_work_mem', `${Math.min(256, buffers)}MB`],
    ['effective_cache_size', `${Math.floor(memory / 2)}MB`],
    ['max_wal_size', of.throwaway ? '256MB' : '4GB'],
    ['wal_compression', 'pglz'],
    ['checkpoint_timeout', '15min'],
    ['random_page_cost', '1.1'],
    ['jit', 'off'],
    ['authentication_timeout', '10s'],
    ['timezone', 'UTC'],
    ['lc_messages', 'C'],
    ['fsync', of.throwaway ? 'off' : 'on'],
    ['full_page_writes', of.throwaway ? 'off' : 'on'],
    ['synchronous_commit', 'on'],
    ...(of.throwaway
      ? ([
          ['wal_level', 'minimal'],
          ['max_wal_senders', '0'],
        ] as [string, string][])
      : []),
    // A container often has 64 MB of /dev/shm, on which a parallel query would fail.
    ...(shared && shared.bavail * shared.bsize < 256 * megabyte
      ? ([['dynamic_shared_memory_type', 'mmap']] as [string, string][])
      : []),
    // Messages about statements quote rows; the client gets them, the log of the server never does.
    ['log_min_messages', 'log'],
    ['log_min_error_statement', 'panic'],
    ['log_error_verbosity', 'terse'],
    ['log_parameter_max_length', '0'],
    ['log_parameter_max_length_on_error', '0'],
    ['log_checkpoints', 'off'],
  ]
}

function refusal(said: string, of: Supervision): StoreError {
  if (said.includes('Address already in use')) return portTaken(of.port)
  if (said.includes('No space left')) return diskFull(of.data)
  if (/has wrong ownership|invalid permissions|Permission denied/.test(said)) {
    return fault(
      `データフォルダー ${of.data} の持ち主か権限が違うため、起動できません。持ち主を${of.native.user ? `利用者 ${of.native.user.name}` : '今の利用者'}に、権限を 700 にしてください。`,
    )
  }
  if (said.includes('lock file "postmaster.pid" already exists')) {
    return inUse(
      `データフォルダー ${of.data} は、同時に起動した別のkoikiが使っています。先に起動した方を止めるか、別のフォルダーを指定してください。`,
    )
  }
  const fatal = said.split('\n').filter((line) => /FATAL|PANIC/.test(line))
  return fault(
    `データベースを起動できませんでした（${of.data}）。PostgreSQLの返事: ${lastLine(fatal.join('\n') || said)}`,
  )
}
