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
          const bytes = createReadStream(file, { highWaterMark: 1 << 20 })
          found.push(await unlessGone(() => scan(file, bytes), { hits: [], bytes: 0 }))
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

/** A running database makes and removes files of its own while its folder is searched. */
async function unlessGone<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw error
  }
}

async function* filesUnder(start: string): AsyncIterable<string> {
  const kind = await unlessGone(() => lstat(start), null)
  if (kind?.isFile()) yield start
  if (!kind?.isDirectory()) return
  const names = await unlessGone(() => readdir(start), [])
  for (const name of names.sort()) yield* filesUnder(path.join(start, name))
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

/** The wanted numbers as two halves of six digits, asked for once for every twelve digits in a row. */
class NumberTable {
  readonly #high: Int32Array
  readonly #low: Int32Array
  readonly #which: Int32Array
  readonly #mask: number

  constructor(numbers: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(numbers.length * 4 + 16))
    this.#mask = size - 1
    this.#high = new Int32Array(size).fill(-1)
    this.#low = new Int32Array(size)
    this.#which = new Int32Array(size)
    numbers.forEach((number, which) => {
      const high = Number(number.slice(0, 6))
      const low = Number(number.slice(6))
      if (this.find(high, low) >= 0) return
      let at = this.#slot(high, low)
      while (this.#high[at] !== -1) at = (at + 1) & this.#mask
      this.#high[at] = high
      this.#low[at] = low
      this.#which[at] = which
    })
  }

  #slot(high: number, low: number): number {
    const mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }

  find(high: number, low: number): number {
    for (let at = this.#slot(high, low); ; at = (at + 1) & this.#mask) {
      const held = this.#high[at]
      if (held === -1) return -1
      if (held === high && this.#low[at] === low) return this.#which[at] as number
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

/** Binary ways of writing, each one fixed row of bytes, found by four of them. */
class Patterns {
  /** A set bit for the hash of every anchor, so that other bytes are passed over quickly. */
  readonly bitmap: Uint32Array
  readonly shift: number
  readonly #byAnchor = new Map<number, Pattern[]>()

  constructor(numbers: readonly string[]) {
    const ways = numbers.flatMap((number, which) =>
      binaryWays(number).map((way) => ({ ...way, which })),
    )
    const bits = Math.min(27, Math.max(16, Math.ceil(Math.log2(ways.length * 32))))
    this.shift = 32 - bits
    this.bitmap = new Uint32Array(2 ** (bits - 5))
    for (const way of ways) {
      const anchor = way.bytes.readInt32BE(way.anchorEnd - 4)
      const bit = Math.imul(anchor, spread) >>> this.shift
      this.bitmap[bit >>> 5]! |= 1 << (bit & 31)
      const held = this.#byAnchor.get(anchor)
      if (held) held.push(way)
      else this.#byAnchor.set(anchor, [way])
    }
  }

  of(anchor: number): readonly Pattern[] {
    return this.#byAnchor.get(anchor) ?? none
  }
}

const none: readonly Pattern[] = []
const spread = 0x9e3779b1

function matches(buffer: Buffer, start: number, { bytes, mask }: Pattern): boolean {
  if (start + bytes.length > buffer.length) return false
  for (let index = 0; index < bytes.length; index += 1) {
    const bits = mask === null ? 0xff : (mask[index] as number)
    if (((buffer[start + index] as number) & bits) !== bytes[index]) return false
  }
  return true
}

function binaryWays(number: string): Omit<Pattern, 'which'>[] {
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
  return [
    way('BCD', Buffer.from(number, 'hex'), 5),
    way(
      'BCD（半バイトずれ）',
      Buffer.from(`0${number}0`, 'hex'),
      5,
      Buffer.from('0ffffffffffff0', 'hex'),
    ),
    way('64ビット整数（上位から）', integer, 8),
    way('64ビット整数（下位から）', backwards(integer), 4),
    way('64ビット小数（上位から）', float, 6),
    way('64ビット小数（下位から）', backwards(float), 6),
  ]
}

/** Twelve digits in a row, each where the one before ended or after one allowed separator. */
class Run {
  readonly encoding: string
  /** The last twelve digits, six and six: small integers are fast. */
  high = 0
  low = 0
  count = 0
  end = -1

  constructor(encoding: string) {
    this.encoding = encoding
  }
}

/** Bytes that may stand between two digits: NUL of wide characters, spaces and hyphens of all kinds. */
const separators = new Uint8Array(256)
for (const byte of [
  0x00, 0x20, 0x2d, 0xc2, 0xa0, 0xe3, 0x80, 0xe2, 0x88, 0x92, 0xef, 0xbc, 0x8d, 0x83, 0xff, 0x0d,
  0x30, 0x81, 0x40, 0x7c, 0x90, 0x91, 0x93, 0x94,
]) {
  separators[byte] = 1
}
const longestGap = 3

const digitClass = 1
const classes = new Uint8Array(256)
for (let digit = 0x30; digit <= 0x39; digit += 1) classes[digit] = digitClass
const wideClass = 2
classes[0xef] = wideClass // UTF-8 full-width, EF BC 90–99
classes[0xff] = 3 // UTF-16 full-width, FF 10–19 or 10–19 FF
classes[0x82] = 4 // Windows-31J full-width, 82 4F–58
classes[0x25] = 5 // %31, %EF%BC%91
classes[0x5c] = 6 // \u0031, \uff11

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const lettersFor = (fits: (sextet: number) => boolean): Uint8Array => {
  const table = new Uint8Array(256)
  for (let sextet = 0; sextet < 64; sextet += 1) {
    if (fits(sextet)) table[alphabet.charCodeAt(sextet)] = 1
  }
  return table
}
// Three digits in base64 are four letters of a few kinds: 0011xx xx0011 xxxx00 11xxxx.
const firstOfFour = lettersFor((sextet) => sextet >> 2 === 0b0011)
const secondOfFour = lettersFor((sextet) => (sextet & 0b1111) === 0b0011)
const thirdOfFour = lettersFor((sextet) => (sextet & 0b11) === 0 && sextet >> 2 <= 9)
const lastOfFour = lettersFor((sextet) => sextet >> 4 === 0b11 && (sextet & 0b1111) <= 9)

/** The digit whose three bytes begin at `at`, or -1. */
function fullWidthDigit(held: Buffer, at: number): number {
  if (at + 2 >= held.length || held[at + 1] !== 0xbc) return -1
  const digit = (held[at + 2] as number) - 0x90
  return digit >= 0 && digit <= 9 ? digit : -1
}

/** How far a decoder may look ahead of the byte in hand, and how much stays behind for a gap. */
const ahead = 24
const behind = 24

class Scanner {
  readonly #wanted: NumberTable
  readonly #patterns: Patterns
  readonly #place: string
  readonly #hits = new Map<string, Hit>()
  /** ASCII and full-width UTF-8 digits in a row, the last sixteen in a ring. */
  readonly #digits = new Uint8Array(16)
  #count = 0
  #end = -1
  readonly #wideLittle = new Run('全角（UTF-16LE）')
  readonly #wideBig = new Run('全角（UTF-16BE）')
  readonly #japanese = new Run('全角（Windows-31J）')
  readonly #escaped = new Run('%か\\uの書き方')
  readonly #hex = [new Run('数字の16進'), new Run('数字の16進')] as const
  /** For each way of cutting letters into fours: how many in a row are digits, and where they end. */
  readonly #fours = new Int32Array(4)
  readonly #foursEnd = new Float64Array(4).fill(-1)
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
    const digits = this.#digits
    let window = this.#window
    let count = this.#count
    let end = this.#end - this.#base
    for (let at = this.#next; at < until; at += 1) {
      const byte = held[at] as number
      window = (window << 8) | byte
      const bit = Math.imul(window, spread) >>> shift
      if (((bitmap[bit >>> 5] as number) >>> (bit & 31)) & 1) this.#binary(window, at + 1)
      if (
        lastOfFour[byte] === 1 &&
        thirdOfFour[(window >>> 8) & 0xff] === 1 &&
        secondOfFour[(window >>> 16) & 0xff] === 1 &&
        firstOfFour[window >>> 24] === 1
      ) {
        this.#base64(held, at + 1)
      }
      const kind = classes[byte] as number
      if (kind === 0) continue
      if (kind > wideClass) {
        this.#other(held, at, kind)
        continue
      }
      let digit = byte - 0x30
      let width = 1
      if (kind === wideClass) {
        digit = fullWidthDigit(held, at)
        width = 3
        if (digit < 0) continue
      } else if (byte === 0x33) this.#hexPair(held, at)
      if (at !== end && !this.#mayJoin(end, at)) count = 0
      digits[count & 15] = digit
      count += 1
      end = at + width
      if (count >= 12) this.#plain(count, end)
    }
    this.#window = window
    this.#count = count
    this.#end = this.#base + end
    this.#next = Math.max(this.#next, until)
  }

  /** The last twelve of `count` digits, which are kept in a ring. */
  #plain(count: number, end: number): void {
    let high = 0
    let low = 0
    for (let back = 12; back > 6; back -= 1) {
      high = high * 10 + (this.#digits[(count - back) & 15] as number)
      low = low * 10 + (this.#digits[(count - back + 6) & 15] as number)
    }
    const which = this.#wanted.find(high, low)
    if (which >= 0) this.#hit('数字', this.#base + end, which)
  }

  /** Digits as pairs of hexadecimal letters, `31` to `39`: pairs may begin at an even or an odd byte. */
  #hexPair(held: Buffer, at: number): void {
    const second = at + 1 < held.length ? (held[at + 1] as number) : 0
    if (classes[second] !== digitClass) return
    const [one, other] = this.#hex
    const run = this.#follows(one, at)
      ? one
      : this.#follows(other, at) || other.end < one.end
        ? other
        : one
    this.#push(run, second - 0x30, at, at + 2)
  }

  #other(held: Buffer, at: number, kind: number): void {
    const next = (offset: number): number =>
      at + offset < held.length ? (held[at + offset] as number) : 0
    switch (kind) {
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
        if (next(1) !== 0x33 && (next(1) | 0x20) !== 0x65) break
        const text = held.toString('latin1', at, at + 9).toLowerCase()
        const [, plain, wide] = /^%(?:3([0-9])|ef%bc%9([0-9]))/.exec(text) ?? []
        if (plain) this.#push(this.#escaped, Number(plain), at, at + 3)
        else if (wide) this.#push(this.#escaped, Number(wide), at, at + 9)
        break
      }
      default: {
        if (next(1) !== 0x75) break
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
    run.count = this.#follows(run, start) ? run.count + 1 : 1
    const carried = (run.low / 100_000) | 0
    run.low = (run.low % 100_000) * 10 + digit
    run.high = (run.high % 100_000) * 10 + carried
    run.end = this.#base + end
    if (run.count >= 12) {
      const which = this.#wanted.find(run.high, run.low)
      if (which >= 0) this.#hit(run.encoding, run.end, which)
    }
  }

  /** Whether a digit at `start` goes on with the run: at once, or after one separator. */
  #follows(run: Run, start: number): boolean {
    const end = run.end - this.#base
    return end === start || this.#mayJoin(end, start)
  }

  #mayJoin(end: number, start: number): boolean {
    if (end < 0 || start < end || start - end > longestGap) return false
    for (let at = end; at < start; at += 1) {
      if (separators[this.#held[at] as number] === 0) return false
    }
    return true
  }

  #binary(anchor: number, anchorEnd: number): void {
    for (const pattern of this.#patterns.of(anchor)) {
      const start = anchorEnd - pattern.anchorEnd
      if (start >= 0 && matches(this.#held, start, pattern)) {
        this.#hit(pattern.encoding, this.#base + start + pattern.bytes.length, pattern.which)
      }
    }
  }

  /** Nine digits in twelve letters lie within every number in base64; the rest is seen by decoding. */
  #base64(held: Buffer, end: number): void {
    const from = this.#base + end - 4
    const row = from & 3
    this.#fours[row] = this.#foursEnd[row] === from ? (this.#fours[row] as number) + 1 : 1
    this.#foursEnd[row] = from + 4
    if ((this.#fours[row] as number) < 3) return
    const start = Math.max(0, end - 16)
    const text = held.toString('latin1', end - 4 * Math.floor((end - start) / 4), end + 4)
    const digits = Buffer.from(text, 'base64').toString('latin1')
    for (const [run] of digits.matchAll(/[0-9]{12,}/g)) {
      for (let at = 0; at + 12 <= run.length; at += 1) {
        const which = this.#wanted.find(
          Number(run.slice(at, at + 6)),
          Number(run.slice(at + 6, at + 12)),
        )
        if (which >= 0) this.#hit('base64', this.#base + end, which)
      }
    }
  }

  #hit(encoding: string, end: number, which: number): void {
    const key = `${encoding} ${which}`
    if (!this.#hits.has(key)) this.#hits.set(key, { place: this.#place, encoding, end, which })
  }
}
