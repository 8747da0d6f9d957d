import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '@koiki/store'

/**
 * 番号さがし — looks for known Individual Numbers in bytes, files and whole databases, however they may be
 * written: digits in ASCII, UTF-8, UTF-16, UTF-32 or Windows-31J, full-width, grouped by spaces or hyphens,
 * percent-encoded, `\u` escapes, hexadecimal; packed BCD, 64-bit integers and floats, base64.
 *
 * What is compressed or enciphered is not looked into. A hit never says the number.
 */
export type Hit = {
  readonly place: string
  readonly encoding: string
  /** Where in the bytes of the place it ends. */
  readonly end: number
  /** Which of the given numbers, counted from 0. */
  readonly which: number
}

export type Found = { readonly hits: readonly Hit[]; readonly bytes: number }

export type NumberSearch = {
  bytes(place: string, source: Uint8Array | AsyncIterable<Uint8Array>): Promise<Found>
  /** Every file under the paths; links are not followed, sockets and the like are passed over. */
  files(...paths: string[]): Promise<Found>
  /** Every table and column, and what the server remembers of statements; open it as administrator. */
  database(db: Database, name: string): Promise<Found>
}

export function numberSearch(numbers: Iterable<string>): NumberSearch {
  const given = [...numbers]
  const wrong = given.findIndex((number) => !/^[0-9]{12}$/.test(number))
  if (wrong >= 0) throw new Error(`${wrong + 1}件目は12桁の数字ではありません。`)
  if (given.length === 0) throw new Error('さがす番号が一つもありません。')
  const wanted = new NumberTable(given)
  const patterns = new Patterns(given)

  const scan = async (
    place: string,
    source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<Found> => {
    const scanner = new Scanner(wanted, patterns, place)
    for await (const chunk of source) scanner.feed(chunk)
    return scanner.end()
  }

  return {
    bytes: (place, source) => scan(place, source instanceof Uint8Array ? [source] : source),
    async files(...paths) {
      const found: Found[] = []
      for (const start of paths) {
        for await (const file of filesUnder(start)) {
          found.push(await scan(file, createReadStream(file, { highWaterMark: 1 << 20 })))
        }
      }
      return together(found)
    },
    database: (db, name) => scanDatabase(db, name, scan),
  }
}

const together = (found: readonly Found[]): Found => ({
  hits: found.flatMap(({ hits }) => hits),
  bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
})

async function* filesUnder(start: string): AsyncIterable<string> {
  const kind = await lstat(start)
  if (kind.isFile()) yield start
  if (!kind.isDirectory()) return
  for (const name of (await readdir(start)).sort()) yield* filesUnder(path.join(start, name))
}

type Scan = (place: string, source: AsyncIterable<Uint8Array>) => Promise<Found>

async function scanDatabase(db: Database, name: string, scan: Scan): Promise<Found> {
  return db.unscoped(async (tx) => {
    const tables = await tx.query<{ place: string; columns: string[]; binary: string[] }>(
      `select c.oid::regclass::text as place,
              array_agg(quote_ident(attname) order by attnum) as columns,
              coalesce(
                array_agg(quote_ident(attname) order by attnum)
                  filter (where atttypid in ('bytea'::regtype, 'bytea[]'::regtype)),
                '{}'
              ) as binary
         from pg_class c
         join pg_namespace n on n.oid = relnamespace
         join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
        where relkind in ('r', 'm')
          and (nspname !~ '^pg_' and nspname <> 'information_schema'
               or c.oid in ('pg_statistic'::regclass, 'pg_largeobject'::regclass, 'pg_description'::regclass))
        group by c.oid
        order by 1`,
    )
    const found: Found[] = []
    const copy = async (place: string, query: string, format = ''): Promise<readonly Hit[]> => {
      const result = await scan(place, tx.copyOut(`copy (${query}) to stdout${format}`))
      found.push(result)
      return result.hits
    }
    for (const { place, columns, binary } of tables) {
      const before = found.length
      const seen = await copy(place, `select * from ${place}`)
      if (seen.length > 0) {
        // Look again column by column, so that the report says where to mend.
        found.splice(before)
        for (const column of columns) {
          await copy(`${name} ${place}.${column}`, `select ${column} from ${place}`)
        }
      }
      for (const column of binary) {
        await copy(
          `${name} ${place}.${column} のバイト`,
          `select ${column} from ${place}`,
          ' (format binary)',
        )
      }
    }
    await copy(`${name} 直前の文`, 'select query from pg_stat_activity')
    return together(found)
  })
}

/** The wanted numbers, asked for once for every twelve digits in a row. */
class NumberTable {
  readonly #values: Float64Array
  readonly #which: Int32Array
  readonly #mask: number

  constructor(numbers: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(numbers.length * 4 + 16))
    this.#mask = size - 1
    this.#values = new Float64Array(size).fill(-1)
    this.#which = new Int32Array(size)
    numbers.forEach((number, which) => {
      const value = Number(number)
      let at = this.#slot(value)
      while (this.#values[at] !== -1 && this.#values[at] !== value) at = (at + 1) & this.#mask
      if (this.#values[at] === value) return
      this.#values[at] = value
      this.#which[at] = which
    })
  }

  #slot(value: number): number {
    const low = value % 1_000_003
    return Math.imul(low ^ ((value / 1_000_003) | 0), 0x9e3779b1) & this.#mask
  }

  find(value: number): number {
    let at = this.#slot(value)
    for (;;) {
      const held = this.#values[at]
      if (held === value) return this.#which[at] as number
      if (held === -1) return -1
      at = (at + 1) & this.#mask
    }
  }
}

type Pattern = {
  readonly bytes: Buffer
  /** Bits that count; all of them unless a nibble at an end belongs to a neighbour. */
  readonly mask: Buffer | null
  readonly anchorEnd: number
  readonly encoding: string
  readonly which: number
}

/** Ways of writing that are one fixed row of bytes, found by four of them. */
class Patterns {
  readonly bitmap: Uint32Array
  readonly shift: number
  readonly #byAnchor = new Map<number, Pattern[]>()

  constructor(numbers: readonly string[]) {
    const ways = numbers.flatMap((number, which) =>
      fixedWays(number).map((way) => ({ ...way, which })),
    )
    const bits = Math.min(27, Math.max(20, Math.ceil(Math.log2(ways.length * 64))))
    this.shift = 32 - bits
    this.bitmap = new Uint32Array(2 ** (bits - 5))
    for (const way of ways) {
      const anchor = way.bytes.readUInt32BE(way.anchorEnd - 4)
      const hash = Math.imul(anchor, 0x9e3779b1) >>> this.shift
      this.bitmap[hash >>> 5] = (this.bitmap[hash >>> 5] as number) | (1 << (hash & 31))
      const held = this.#byAnchor.get(anchor)
      if (held) held.push(way)
      else this.#byAnchor.set(anchor, [way])
    }
  }

  *at(buffer: Buffer, anchor: number, anchorEnd: number): Iterable<Pattern> {
    for (const pattern of this.#byAnchor.get(anchor) ?? []) {
      const start = anchorEnd - pattern.anchorEnd
      if (start >= 0 && matches(buffer, start, pattern)) yield pattern
    }
  }
}

function matches(buffer: Buffer, start: number, { bytes, mask }: Pattern): boolean {
  if (start + bytes.length > buffer.length) return false
  for (let index = 0; index < bytes.length; index += 1) {
    const bits = mask === null ? 0xff : (mask[index] as number)
    if (((buffer[start + index] as number) & bits) !== bytes[index]) return false
  }
  return true
}

function fixedWays(number: string): Omit<Pattern, 'which'>[] {
  const integer = Buffer.alloc(8)
  integer.writeBigInt64BE(BigInt(number))
  const float = Buffer.alloc(8)
  float.writeDoubleBE(Number(number))
  const backwards = (bytes: Buffer) => Buffer.from(bytes).reverse()
  const way = (encoding: string, bytes: Buffer, anchorEnd: number, mask: Buffer | null = null) => ({
    encoding,
    bytes,
    anchorEnd,
    mask,
  })
  const shifted = Buffer.from(`0${number}0`, 'hex')
  const hex = integer.toString('hex').slice(6)
  const hexBackwards = backwards(integer).toString('hex').slice(0, 10)
  return [
    way('BCD', Buffer.from(number, 'hex'), 5),
    way('BCD（半バイトずれ）', shifted, 5, Buffer.from('0ffffffffffff0', 'hex')),
    way('64ビット整数（上位から）', integer, 8),
    way('64ビット整数（下位から）', backwards(integer), 4),
    way('64ビット小数（上位から）', float, 6),
    way('64ビット小数（下位から）', backwards(float), 6),
    ...[hex, hex.toUpperCase(), hexBackwards, hexBackwards.toUpperCase()]
      .filter((text, index, all) => all.indexOf(text) === index)
      .map((text) => way('整数の16進', Buffer.from(text), 8)),
    ...[0, 1, 2].map((before) => {
      // Letters that hold bits of a neighbouring byte are left out.
      const text = Buffer.concat([Buffer.alloc(before), Buffer.from(number)]).toString('base64')
      const whole = text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + 12) * 4) / 3))
      return way(`base64（${before}）`, Buffer.from(whole), 10)
    }),
  ]
}

/** Twelve digits in a row, each where the one before ended or after one allowed separator. */
class Run {
  readonly encoding: string
  value = 0
  count = 0
  end = -1

  constructor(encoding: string) {
    this.encoding = encoding
  }
}

/** Bytes that may stand between two digits: NUL of wide characters, spaces and hyphens of all kinds. */
const separators = new Uint8Array(256)
for (const byte of [
  0x00, 0x20, 0x2d, 0x3a, 0xc2, 0xa0, 0xe3, 0x80, 0xe2, 0x88, 0x92, 0xef, 0xbc, 0x8d, 0x83, 0xff,
  0x0d, 0x30, 0x81, 0x40, 0x7c, 0x90, 0x91, 0x93, 0x94,
]) {
  separators[byte] = 1
}
const longestGap = 3

const digitClass = 1
const classes = new Uint8Array(256)
for (let digit = 0x30; digit <= 0x39; digit += 1) classes[digit] = digitClass
classes[0xef] = 2 // UTF-8 full-width, EF BC 90–99
classes[0xff] = 3 // UTF-16 full-width, FF 10–19 or 10–19 FF
classes[0x82] = 4 // Windows-31J full-width, 82 4F–58
classes[0x25] = 5 // %31, %EF%BC%91
classes[0x5c] = 6 // \u0031, \uff11

/** How far a decoder may look ahead of the byte in hand, and how much stays behind for a gap. */
const ahead = 24
const behind = 24

class Scanner {
  readonly #wanted: NumberTable
  readonly #patterns: Patterns
  readonly #place: string
  readonly #hits = new Map<string, Hit>()
  readonly #plain = new Run('数字')
  readonly #wideLittle = new Run('全角（UTF-16LE）')
  readonly #wideBig = new Run('全角（UTF-16BE）')
  readonly #japanese = new Run('全角（Windows-31J）')
  readonly #escaped = new Run('%か\\uの書き方')
  readonly #hex = [new Run('数字の16進'), new Run('数字の16進')] as const
  #held: Buffer = Buffer.alloc(0)
  /** Offset of the first held byte in the whole. */
  #base = 0
  /** First held byte that is not scanned yet. */
  #next = 0
  #window = 0

  constructor(wanted: NumberTable, patterns: Patterns, place: string) {
    this.#wanted = wanted
    this.#patterns = patterns
    this.#place = place
  }

  feed(chunk: Uint8Array): void {
    const keep = Math.max(0, this.#next - behind)
    this.#held = Buffer.concat([this.#held.subarray(keep), chunk])
    this.#base += keep
    this.#next -= keep
    this.#scan(this.#held.length - ahead)
  }

  end(): Found {
    this.#scan(this.#held.length)
    return { hits: [...this.#hits.values()], bytes: this.#base + this.#held.length }
  }

  #scan(until: number): void {
    const held = this.#held
    const { bitmap, shift } = this.#patterns
    let window = this.#window
    for (let at = this.#next; at < until; at += 1) {
      const byte = held[at] as number
      window = (window << 8) | byte
      const hash = Math.imul(window, 0x9e3779b1) >>> shift
      if (((bitmap[hash >>> 5] as number) >>> (hash & 31)) & 1) this.#fixed(window >>> 0, at + 1)
      const kind = classes[byte]
      if (kind !== 0) {
        if (kind === digitClass) this.#digit(held, at, byte)
        else this.#other(held, at, kind as number)
      }
    }
    this.#window = window
    this.#next = Math.max(this.#next, until)
  }

  #digit(held: Buffer, at: number, byte: number): void {
    this.#push(this.#plain, byte - 0x30, at, at + 1)
    if (byte !== 0x33) return
    const second = at + 1 < held.length ? (held[at + 1] as number) : 0
    if (classes[second] === digitClass) {
      this.#push(this.#hex[(this.#base + at) & 1] as Run, second - 0x30, at, at + 2)
    }
  }

  #other(held: Buffer, at: number, kind: number): void {
    const next = (offset: number): number => held[at + offset] ?? 0
    switch (kind) {
      case 2:
        if (next(1) === 0xbc) this.#wide(this.#plain, next(2) - 0x90, at, at + 3)
        break
      case 3: {
        this.#wide(this.#wideBig, next(1) - 0x10, at, at + 2)
        const before = at > 0 ? (held[at - 1] as number) : 0
        this.#wide(this.#wideLittle, before - 0x10, at - 1, at + 1)
        break
      }
      case 4:
        this.#wide(this.#japanese, next(1) - 0x4f, at, at + 2)
        break
      case 5: {
        const text = held.toString('latin1', at, at + 9).toLowerCase()
        const [, plain, wide] = /^%(?:3([0-9])|ef%bc%9([0-9]))/.exec(text) ?? []
        if (plain) this.#push(this.#escaped, Number(plain), at, at + 3)
        else if (wide) this.#push(this.#escaped, Number(wide), at, at + 9)
        break
      }
      default: {
        const text = held.toString('latin1', at, at + 6).toLowerCase()
        const digit = /^\\u(?:003|ff1)([0-9])/.exec(text)?.[1]
        if (digit) this.#push(this.#escaped, Number(digit), at, at + 6)
      }
    }
  }

  #wide(run: Run, digit: number, start: number, end: number): void {
    if (digit >= 0 && digit <= 9) this.#push(run, digit, start, end)
  }

  #push(run: Run, digit: number, start: number, end: number): void {
    const from = this.#base + start
    if (from === run.end || (run.count > 0 && this.#joined(run, start))) {
      run.value = (run.value % 1e11) * 10 + digit
      run.count += 1
    } else {
      run.value = digit
      run.count = 1
    }
    run.end = this.#base + end
    if (run.count >= 12) {
      const which = this.#wanted.find(run.value)
      if (which >= 0) this.#hit(run.encoding, run.end, which)
    }
  }

  #joined(run: Run, start: number): boolean {
    const first = run.end - this.#base
    if (start - first > longestGap || first < 0) return false
    for (let at = first; at < start; at += 1) {
      if (separators[this.#held[at] as number] === 0) return false
    }
    return true
  }

  #fixed(anchor: number, anchorEnd: number): void {
    for (const pattern of this.#patterns.at(this.#held, anchor, anchorEnd)) {
      const end = anchorEnd - pattern.anchorEnd + pattern.bytes.length
      this.#hit(pattern.encoding, this.#base + end, pattern.which)
    }
  }

  #hit(encoding: string, end: number, which: number): void {
    const key = `${encoding} ${which}`
    if (!this.#hits.has(key)) this.#hits.set(key, { place: this.#place, encoding, end, which })
  }
}
