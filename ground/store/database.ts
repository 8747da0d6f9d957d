import type { Readable, Writable } from 'node:stream'
import type { PlainDate } from '@koiki/kernel'
import { Pool, type PoolClient } from 'pg'
import { type Clock, type Moment, systemClock } from './clock.ts'
import { copyInto, copyOutOf, encodeRows } from './copy.ts'
import { misuse, StoreError, storeError } from './errors.ts'
import { type Instant, rowTypes } from './values.ts'

/** 担当の範囲 — the union ('43'), and the municipality ('431001') or '*' for all of them. */
export type Scope = { readonly union: string; readonly municipality: string }

export type Row = Record<string, unknown>

/**
 * 取引 — one database transaction, one statement at a time. A row is an object of column names; bigint
 * is a number, date a PlainDate, timestamptz an Instant, daterange a DateRange, jsonb its value,
 * numeric a string. Pass every value as a parameter; a jsonb parameter by JSON.stringify.
 */
export type Transaction = {
  /** Null in `unscoped`, where the tables about people refuse. */
  readonly scope: Scope | null
  /** The moment at which the transaction began by the clock port; the same throughout. */
  readonly now: Instant
  readonly today: PlainDate
  query<T = Row>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** Exactly one row; none or several is a StoreError. */
  one<T = Row>(sql: string, values?: readonly unknown[]): Promise<T>
  /** One row or null; several is a StoreError. */
  maybe<T = Row>(sql: string, values?: readonly unknown[]): Promise<T | null>
  /** Runs a statement for its effect and says how many rows it touched. */
  run(sql: string, values?: readonly unknown[]): Promise<number>
  /** Reads a large result in batches by a cursor, with flat memory. */
  batches<T = Row>(
    sql: string,
    values?: readonly unknown[],
    size?: number,
  ): AsyncIterable<readonly T[]>
  /** `copy … from stdin`, raw bytes; write large chunks and heed backpressure. */
  copyIn(sql: string): Writable
  /** `copy … to stdout`, raw bytes. */
  copyOut(sql: string): Readable
  /** `copyRows('temp_people (a, b)', rows)`: values as in a query, null as NULL. How many rows. */
  copyRows(
    target: string,
    rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  ): Promise<number>
}

export type Database = {
  readonly clock: Clock
  /** Runs `work` in a transaction that sees only the scope's rows; commits, or undoes on a throw. */
  transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>
  /** As `transaction`, without a scope: for jobs, sign-in, reference tables. People's tables refuse. */
  unscoped<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Calls `heard` for each NOTIFY on the channel, also after a lost connection is made again. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  /** Runs `last` before the connections are closed: whoever works with the database stops first. */
  beforeClose(last: () => Promise<void>): void
  close(): Promise<void>
}

export type OpenDatabase = {
  url: string
  /** Shown in pg_stat_activity: which part of the house is asking. ASCII. */
  applicationName: string
  clock?: Clock
  /** Connections at most; 10 if not said. */
  connections?: number
}

/** データベースを開く — a pool of connections; it opens them when needed and survives a restart. */
export async function openDatabase(options: OpenDatabase): Promise<Database> {
  const clock = options.clock ?? systemClock
  const settings = {
    connectionString: options.url,
    application_name: options.applicationName,
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c client_encoding=UTF8',
    keepAlive: true,
    types: rowTypes,
  }
  const pool = new Pool({
    ...settings,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 30_000,
  })
  // An idle connection that dies with the server is replaced by the pool; nobody was using it.
  pool.on('error', () => {})
  const lasts: (() => Promise<void>)[] = []
  let closed: Promise<void> | null = null

  const begin = <T>(scope: Scope | null, work: (tx: Transaction) => Promise<T>): Promise<T> =>
    inTransaction(pool, clock, scope, work)

  const database: Database = {
    clock,
    transaction: async (scope, work) => begin(checkedScope(scope), work),
    unscoped: (work) => begin(null, work),
    async listen(channel, heard) {
      const stop = await listenOn(settings, channel, heard)
      lasts.push(stop)
      return stop
    },
    beforeClose: (last) => void lasts.push(last),
    close() {
      closed ??= (async () => {
        await Promise.all(lasts.map((last) => last()))
        await pool.end()
      })()
      return closed
    },
  }
  return database
}

/** 担当の範囲の検査 — the values go into the statement as literals, so they are digits or nothing. */
function checkedScope(scope: Scope): Scope {
  if (!/^[0-9]{2}$/.test(scope.union)) {
    throw misuse('担当の範囲の広域連合は、2桁の都道府県番号で指定してください（例: 43）。')
  }
  if (!/^([0-9]{6}|\*)$/.test(scope.municipality)) {
    throw misuse('担当の範囲の市区町村は、6桁の団体コードか * で指定してください（例: 431001）。')
  }
  return { union: scope.union, municipality: scope.municipality }
}

async function inTransaction<T>(
  pool: Pool,
  clock: Clock,
  scope: Scope | null,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let client: PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    throw storeError(error)
  }
  // A connection that breaks in our hands also emits 'error'; the statement's rejection tells it.
  const ignore = () => {}
  client.on('error', ignore)
  const session = new Session(client)
  let broken = true
  try {
    // `set local` must be literal: set_config never reaches the workers of a distributed schema.
    // `union` is a reserved word, hence the quotes; current_setting('koiki.union') reads it.
    // Without a scope both are empty, and a policy about people fails when it reads them: a forgotten
    // scope is an error, not a silent emptiness.
    const { union, municipality } = scope ?? { union: '', municipality: '' }
    await session.query(
      `begin; set local koiki."union" = '${union}'; set local koiki.municipality = '${municipality}'`,
    )
    const moment = await clock.moment((sql) => session.query(sql))
    const result = await work(transactionOn(session, scope, moment))
    session.close()
    await session.commit()
    broken = false
    return result
  } catch (error) {
    session.close()
    broken = !(await session.rollback())
    throw storeError(error)
  } finally {
    client.off('error', ignore)
    client.release(broken)
  }
}

/** One connection inside one transaction, which notices use after the end and unawaited work. */
class Session {
  readonly #client: PoolClient
  #open = true
  #pending = 0
  #abandoned = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  async query<T = Row>(sql: string, values?: readonly unknown[]): Promise<T[]> {
    return (await this.result(sql, values)).rows as T[]
  }

  async result(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null }> {
    this.enter()
    try {
      return values === undefined
        ? await this.#client.query(sql)
        : await this.#client.query(sql, values as unknown[])
    } catch (error) {
      throw storeError(error)
    } finally {
      this.leave()
    }
  }

  get client(): PoolClient {
    return this.#client
  }

  enter(): void {
    if (!this.#open)
      throw misuse('終わった取引を使おうとしました。await の抜けを確かめてください。')
    this.#pending += 1
  }

  leave(): void {
    this.#pending -= 1
  }

  abandon(): void {
    this.#abandoned = true
  }

  close(): void {
    this.#open = false
  }

  async commit(): Promise<void> {
    if (this.#pending > 0 || this.#abandoned) {
      throw misuse(
        '取引の終わりに、まだ終わっていない文があります。await の抜けを確かめてください。',
      )
    }
    const { command } = await this.#client.query('commit')
    // After a swallowed error PostgreSQL answers a commit with ROLLBACK and no error.
    if (command === 'ROLLBACK') {
      throw new StoreError(
        '取引の途中で失敗した文があるため、全体が取り消されました。失敗を握りつぶさないでください。',
        { kind: 'misuse' },
      )
    }
  }

  async rollback(): Promise<boolean> {
    if (this.#pending > 0 || this.#abandoned) return false
    try {
      await this.#client.query('rollback')
      return true
    } catch {
      return false
    }
  }
}

let cursors = 0

function transactionOn(session: Session, scope: Scope | null, moment: Moment): Transaction {
  const query = <T>(sql: string, values?: readonly unknown[]) => session.query<T>(sql, values)
  const maybe = async <T>(sql: string, values?: readonly unknown[]): Promise<T | null> => {
    const rows = await query<T>(sql, values)
    if (rows.length > 1) throw misuse(`1行のはずの問合せが${rows.length}行を返しました。`)
    return rows[0] ?? null
  }
  const copyIn = (sql: string) => copyInto(session, sql)
  return {
    scope,
    now: moment.now,
    today: moment.today,
    query,
    maybe,
    async one<T>(sql: string, values?: readonly unknown[]) {
      const row = await maybe<T>(sql, values)
      if (row === null) throw misuse('1行のはずの問合せが1行も返しませんでした。')
      return row
    },
    async run(sql, values) {
      return (await session.result(sql, values)).rowCount ?? 0
    },
    async *batches<T>(sql: string, values: readonly unknown[] = [], size = 1000) {
      cursors += 1
      const cursor = `batch_${cursors}`
      await query(`declare ${cursor} no scroll cursor for ${sql}`, values)
      for (;;) {
        const rows = await query<T>(`fetch ${size} from ${cursor}`)
        if (rows.length > 0) yield rows
        if (rows.length < size) break
      }
      await query(`close ${cursor}`)
    },
    copyIn,
    copyOut: (sql) => copyOutOf(session, sql),
    copyRows: (target, rows) => encodeRows(copyIn(`copy ${target} from stdin`), rows),
  }
}

async function listenOn(
  settings: object,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  if (!/^[a-z_]+$/.test(channel)) throw misuse(`通知の名前「${channel}」は英小文字と _ だけです。`)
  const pool = new Pool({ ...settings, max: 1, idleTimeoutMillis: 0 })
  pool.on('error', () => {})
  let stopped = false
  let current: PoolClient | null = null
  let wake = () => {}

  const connect = async (): Promise<void> => {
    const client = await pool.connect()
    if (stopped) return client.release(true)
    client.on('notification', (message) => heard(message.payload ?? ''))
    client.on('error', () => {
      if (current !== client) return
      current = null
      client.release(true)
      void reconnect()
    })
    await client.query(`listen ${channel}`)
    current = client
  }
  const reconnect = async (): Promise<void> => {
    while (!stopped && current === null) {
      try {
        await connect()
      } catch {
        await new Promise<void>((resolve) => {
          wake = resolve
          setTimeout(resolve, 500).unref()
        })
      }
    }
  }
  try {
    await connect()
  } catch (error) {
    await pool.end()
    throw storeError(error)
  }
  let ended: Promise<void> | null = null
  return () => {
    stopped = true
    wake()
    const client: PoolClient | null = current
    current = null
    client?.release(true)
    ended ??= pool.end()
    return ended
  }
}
