import type { Transaction } from '@koiki/store'
import { DigestTree } from '../digestTree.ts'
import { digestBytes, KeyedDigest } from '../keyedDigest.ts'
import type { Named } from './messages.ts'
import type { Reconcilable } from './reconcilable.ts'

const size = 2 * digestBytes

/**
 * 自分の件 — a side's own records as they were read: their tree, and their keys beside the digests, by which the few that
 * differ are found without reading or digesting all of them again.
 */
export type OwnRecords = {
  readonly tree: DigestTree
  readonly digests: Buffer
  readonly keys: readonly string[]
}

const newline = 10
const tab = 9

/**
 * 木をつくる — one streamed read of a side's own records, whose bytes are digested as the database gives them; the digests are
 * keyed by what only the two sides of this night know, so that nobody can guess a content by trying.
 */
export async function readOwnRecords(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
): Promise<OwnRecords> {
  const digestOfKey = new KeyedDigest(key, 'key')
  const digestOfContent = new KeyedDigest(key, 'content')
  const keys: string[] = []
  let digests = Buffer.allocUnsafe(size * 4096)
  let length = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of of.lines(tx, municipality)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
      const keyEnd = bytes.indexOf(tab, from)
      if (length === digests.length) digests = Buffer.concat([digests], 2 * length)
      digestOfKey.write(bytes, from, keyEnd, digests, length)
      digestOfContent.write(bytes, keyEnd + 1, end, digests, length + digestBytes)
      length += size
      keys.push(bytes.toString('utf8', from, keyEnd))
      from = end + 1
    }
    rest = bytes.subarray(from)
  }
  digests = digests.subarray(0, length)
  return { tree: new DigestTree(digests), digests, keys }
}

/** Beyond so many, reading everything again is no dearer than asking for each. */
const askedByKeyMax = 2_000

/** The records behind some key digests; a second read, made only when something differs, of the few alone. */
export async function namesOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  own: OwnRecords & { readonly key: Buffer },
  wanted: ReadonlySet<string>,
): Promise<Map<string, Named>> {
  const few = wanted.size <= askedByKeyMax ? keysOf(own, wanted) : null
  const found = new Map<string, Named>()
  if (few?.length === 0) return found
  const digestOfKey = new KeyedDigest(own.key, 'key')
  const digestOfField = of.columns.map((_, at) => new KeyedDigest(own.key, `field ${at}`))
  for await (const batch of of.rows(tx, municipality, few ?? undefined))
    for (const { key, addresseeNumber, recordKey, state, values } of batch) {
      const digest = digestOfKey.hex(key)
      if (!wanted.has(digest)) continue
      const fields = digestOfField.map((one, at) => one.hex(values[at] ?? '').slice(0, 16))
      found.set(digest, { key: digest, addresseeNumber, recordKey, state, fields })
    }
  return found
}

/** By four bytes first: of hundreds of thousands hardly one agrees in these and is not the one. */
function keysOf({ digests, keys }: OwnRecords, wanted: ReadonlySet<string>): string[] {
  const starts = new Set(Array.from(wanted, (one) => Number.parseInt(one.slice(0, 8), 16)))
  return keys.filter(
    (_, at) =>
      starts.has(digests.readUInt32BE(at * size)) &&
      wanted.has(digests.toString('hex', at * size, at * size + digestBytes)),
  )
}
