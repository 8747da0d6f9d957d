import { hash } from 'node:crypto'
import { digestBytes } from './keyedDigest.ts'

const size = 2 * digestBytes
/** 枝分かれ — one way for each value of a byte. */
export const ways = 256
const branchSize = 4 + digestBytes

/** 葉の大きさ — so few records are compared one by one. */
export const leafMax = 256

/** 枝 — what one node says of its part: how many records, and one digest of them all. */
export type Branch = { readonly count: number; readonly digest: string }

/** 葉の1件 — digests of a record's key and of its content, in hexadecimal. */
export type Leaf = { readonly key: string; readonly content: string }

/**
 * 要約の木 — 256 ways at each byte of a record's key digest, so that two parties who hold the same records have the same root,
 * and one record that differs is found along one path: among 65,000 records by two looks, among 16 million by three. A node's
 * prefix is the bytes that lead to it, in hexadecimal.
 */
export class DigestTree {
  readonly #entries: Buffer
  readonly #known = new Map<string, Branch>()

  /** From records of 32 bytes each, 16 of the key's digest and 16 of the content's, in any order. */
  constructor(records: Uint8Array) {
    this.#entries = sorted(records)
  }

  get count(): number {
    return this.#entries.length / size
  }

  branch(prefix: string): Branch {
    return this.#branch(prefix, ...this.#range(prefix))
  }

  children(prefix: string): Branch[] {
    return this.#children(prefix, ...this.#range(prefix))
  }

  /** The records of a part, 32 bytes each, in the order of their keys. */
  entries(prefix: string): Buffer {
    const [from, until] = this.#range(prefix)
    return this.#entries.subarray(from * size, until * size)
  }

  #branch(prefix: string, from: number, until: number): Branch {
    const count = until - from
    if (count <= leafMax)
      return { count, digest: digestOfLeaves(this.#entries.subarray(from * size, until * size)) }
    const known = this.#known.get(prefix)
    if (known !== undefined) return known
    const branch = { count, digest: digestOfBranches(this.#children(prefix, from, until)) }
    this.#known.set(prefix, branch)
    return branch
  }

  #children(prefix: string, from: number, until: number): Branch[] {
    const depth = prefix.length / 2
    let start = from
    return Array.from({ length: ways }, (_, digit) => {
      let end = start
      while (end < until && this.#entries[end * size + depth] === digit) end += 1
      const child = this.#branch(childOf(prefix, digit), start, end)
      start = end
      return child
    })
  }

  /** The records whose key begins with these bytes, by two searches. */
  #range(prefix: string): [number, number] {
    const low = Buffer.from(prefix.padEnd(size, '0'), 'hex')
    const high = Buffer.from(prefix.padEnd(size, 'f'), 'hex')
    return [this.#search(low, false), this.#search(high, true)]
  }

  #search(key: Buffer, after: boolean): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      const order = this.#entries.compare(
        key,
        0,
        digestBytes,
        middle * size,
        middle * size + digestBytes,
      )
      if (after ? order <= 0 : order < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** 子の枝 — the prefix of the child that a byte leads to. */
export const childOf = (prefix: string, digit: number): string =>
  prefix + digit.toString(16).padStart(2, '0')

/** The digest of a node that is compared record by record. */
export const digestOfLeaves = (entries: Uint8Array): string => digestOf('leaves\n', entries)

/** The digest of a node with children: the receiver of the children can check that they belong to it. */
export const digestOfBranches = (children: readonly Branch[]): string =>
  digestOf('branches\n', branchesAsBytes(children))

const digestOf = (kind: string, bytes: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(kind), bytes]), 'hex').slice(0, size)

/** 子の枝の書き方 — 20 bytes each: the count, and the digest. */
export function branchesAsBytes(children: readonly Branch[]): Buffer {
  const bytes = Buffer.allocUnsafe(children.length * branchSize)
  for (const [at, { count, digest }] of children.entries()) {
    bytes.writeUInt32BE(count, at * branchSize)
    bytes.write(digest, at * branchSize + 4, 'hex')
  }
  return bytes
}

/** Null where they are not the children of one node. */
export function branchesOf(bytes: Buffer): Branch[] | null {
  if (bytes.length !== ways * branchSize) return null
  return Array.from({ length: ways }, (_, at) => ({
    count: bytes.readUInt32BE(at * branchSize),
    digest: bytes.toString('hex', at * branchSize + 4, (at + 1) * branchSize),
  }))
}

/** Null where they are not whole records. */
export function leavesOf(bytes: Buffer): Leaf[] | null {
  if (bytes.length % size !== 0) return null
  return Array.from({ length: bytes.length / size }, (_, index) => ({
    key: bytes.toString('hex', index * size, index * size + digestBytes),
    content: bytes.toString('hex', index * size + digestBytes, (index + 1) * size),
  }))
}

/** By the first two bytes at once, since digests fall evenly; the few of each pair are put in order after. */
function sorted(records: Uint8Array): Buffer {
  const given = Buffer.from(records.buffer, records.byteOffset, records.byteLength)
  const count = given.length / size
  const starts = new Uint32Array(65_537)
  for (let at = 0; at < count; at += 1) starts[given.readUInt16BE(at * size) + 1]! += 1
  for (let at = 1; at < starts.length; at += 1) starts[at]! += starts[at - 1]!
  const next = starts.slice()
  const placed = Buffer.allocUnsafe(given.length)
  for (let at = 0; at < count; at += 1) {
    const bucket = given.readUInt16BE(at * size)
    given.copy(placed, next[bucket]! * size, at * size, (at + 1) * size)
    next[bucket]! += 1
  }
  const one = Buffer.allocUnsafe(size)
  for (let bucket = 0; bucket < 65_536; bucket += 1)
    for (let at = starts[bucket]! + 1; at < starts[bucket + 1]!; at += 1) {
      let to = at
      placed.copy(one, 0, at * size, (at + 1) * size)
      while (to > starts[bucket]! && one.compare(placed, (to - 1) * size, to * size) < 0) {
        placed.copyWithin(to * size, (to - 1) * size, to * size)
        to -= 1
      }
      one.copy(placed, to * size)
    }
  return placed
}
