import { createHash } from 'node:crypto'

const half = 16
const size = 2 * half

/** 葉の大きさ — so few records are compared one by one. */
export const leafMax = 16

/** 枝 — what one node says of its part: how many records, and one digest of them all. */
export type Branch = { readonly count: number; readonly digest: string }

/** 葉の1件 — digests of a record's key and of its content, in hexadecimal. */
export type Leaf = { readonly key: string; readonly content: string }

/**
 * 要約の木 — sixteen ways at each digit of a record's key digest, so that two parties who hold the same
 * records have the same root, and one record that differs is found along one path. Nodes are digested
 * when they are asked for, and once.
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
    const known = this.#known.get(prefix)
    if (known !== undefined) return known
    const [from, until] = this.#range(prefix)
    const count = until - from
    const digest =
      count <= leafMax
        ? digestOfLeaves(this.#entries.subarray(from * size, until * size))
        : digestOfBranches(this.children(prefix))
    const branch = { count, digest }
    this.#known.set(prefix, branch)
    return branch
  }

  children(prefix: string): Branch[] {
    return Array.from(digits, (digit) => this.branch(prefix + digit))
  }

  leaves(prefix: string): Leaf[] {
    const [from, until] = this.#range(prefix)
    return Array.from({ length: until - from }, (_, index) => {
      const at = (from + index) * size
      return {
        key: this.#entries.toString('hex', at, at + half),
        content: this.#entries.toString('hex', at + half, at + size),
      }
    })
  }

  /** The records whose key begins with these digits, by two searches. */
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
      const order = this.#entries.compare(key, 0, half, middle * size, middle * size + half)
      if (after ? order <= 0 : order < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

const digits = '0123456789abcdef'

/** The digest of a node that is compared record by record. */
export function digestOfLeaves(entries: Uint8Array): string {
  return createHash('sha256').update('leaves\n').update(entries).digest('hex').slice(0, size)
}

/** The digest of a node with children: the receiver of the children can check that they belong to it. */
export function digestOfBranches(children: readonly Branch[]): string {
  const text = children.map(({ count, digest }) => `${count} ${digest}`).join('\n')
  return createHash('sha256').update('branches\n').update(text).digest('hex').slice(0, size)
}

export const leavesAsBytes = (leaves: readonly Leaf[]): Buffer =>
  Buffer.from(leaves.map(({ key, content }) => key + content).join(''), 'hex')

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
