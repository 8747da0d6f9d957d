import { finished, type Readable, Writable } from 'node:stream'
import type { PoolClient } from 'pg'
import { type CopyToStreamQuery, from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { misuse, storeError } from './errors.ts'

/** The part of a transaction's session that a COPY needs: it counts as work until it has ended. */
type CopySession = {
  readonly client: PoolClient
  enter(): void
  leave(): void
  /** The connection is in the middle of something and can only be thrown away. */
  abandon(): void
}

/** COPY … FROM STDIN as a Writable whose error is a StoreError and which waits for the server. */
export function copyInto(session: CopySession, sql: string): Writable {
  session.enter()
  const server = session.client.query(copyFrom(sql))
  let settled: { failure: Error | null } | null = null
  let waiting: ((failure: Error | null) => void) | null = null
  const answer = (failure: Error | null): void => {
    const done = waiting
    waiting = null
    done?.(failure)
  }
  finished(server, (error) => {
    settled = { failure: error ? (storeError(error) as Error) : null }
    session.leave()
    answer(settled.failure)
  })
  // One chunk at a time: pg-copy-streams would write what it had queued after an error to a
  // connection that it has already let go.
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (settled) return done(settled.failure)
      waiting = done
      server.write(chunk, () => answer(settled?.failure ?? null))
    },
    final(done) {
      if (settled) return done(settled.failure)
      waiting = done
      server.end()
    },
    destroy(error, done) {
      if (settled) return done(error)
      // Ending would keep the rows sent so far; destroying sends CopyFail, so the statement fails.
      waiting = () => done(error)
      server.destroy(misuse('取込みが途中でやめられました。'))
    },
  })
}

// Where the driver hands over the server's refusal; its types leave it out.
type Refusable = { handleError(error: unknown): void }

/** COPY … TO STDOUT as a Readable whose error is a StoreError; leaving it early ends the connection. */
export function copyOutOf(session: CopySession, sql: string): Readable {
  session.enter()
  const server = session.client.query(copyTo(sql) as CopyToStreamQuery & Refusable)
  const handleError = server.handleError.bind(server)
  let refused = false
  server.handleError = (error) => {
    refused = true
    handleError(storeError(error) as Error)
  }
  finished(server, (error) => {
    if (error && !refused) session.abandon()
    session.leave()
  })
  return server
}

const chunkLength = 64 * 1024

/** Rows in COPY's text format. Strings, numbers, booleans, null, Buffer and arrays of text/number. */
export async function encodeRows(
  target: Writable,
  rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
): Promise<number> {
  let count = 0
  let chunk = ''
  let failure: unknown = null
  const ended = new Promise<void>((resolve) => {
    finished(target, (error) => {
      failure = error ?? null
      resolve()
    })
  })
  const flush = async (): Promise<void> => {
    if (failure) throw failure
    const text = chunk
    chunk = ''
    if (!target.write(text)) {
      await Promise.race([new Promise<void>((resolve) => target.once('drain', resolve)), ended])
      if (failure) throw failure
    }
  }
  try {
    const take = (row: readonly unknown[]): void => {
      for (let i = 0; i < row.length; i++) {
        if (i > 0) chunk += '\t'
        chunk += copyText(row[i])
      }
      chunk += '\n'
      count += 1
    }
    if (Symbol.asyncIterator in rows) {
      for await (const row of rows) {
        take(row)
        if (chunk.length >= chunkLength) await flush()
      }
    } else {
      for (const row of rows) {
        take(row)
        if (chunk.length >= chunkLength) await flush()
      }
    }
    if (chunk !== '') await flush()
  } catch (error) {
    target.destroy(error as Error)
    await ended
    throw error
  }
  target.end()
  await ended
  if (failure) throw failure
  return count
}

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function copyText(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return escaped(arrayText(value))
  return escaped(JSON.stringify(value))
}

const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found] as string) : text

const arrayText = (items: readonly unknown[]): string =>
  `{${items
    .map((item) =>
      item === null ? 'NULL' : `"${String(item).replace(/["\\]/g, (found) => `\\${found}`)}"`,
    )
    .join(',')}}`
