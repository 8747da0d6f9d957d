import type { Transaction } from '@koiki/store'
import { DigestTree } from '../digestTree.ts'
import { KeyedDigest } from '../keyedDigest.ts'
import type { Named } from './messages.ts'
import type { Reconcilable } from './reconcilable.ts'

/** 自分の件 — the tree of a side's own records, and their keys, by which the few that differ are read again. */
export type OwnRecords = { readonly tree: DigestTree; readonly keys: readonly string[] }

/**
 * 木をつくる — one streamed read of a side's own records; digests are keyed by what only the two sides of this night
 * know, so that nobody can guess a content by trying.
 */
export async function readOwnRecords(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
): Promise<OwnRecords> {
  const digest = new KeyedDigest(key)
  const keys: string[] = []
  let records = Buffer.allocUnsafe(32 * 4096)
  let length = 0
  for await (const batch of of.rows(tx, municipality)) {
    if (length + batch.length * 32 > records.length)
      records = Buffer.concat([records], Math.max(records.length * 2, length + batch.length * 32))
    for (const row of batch) {
      digest.of('key', row.key).copy(records, length, 0, 16)
      digest.of('content', row.text).copy(records, length + 16, 0, 16)
      length += 32
      keys.push(row.key)
    }
  }
  return { tree: new DigestTree(records.subarray(0, length)), keys }
}

/** Beyond so many, reading everything again is no dearer than asking for each. */
const askedByKeyMax = 2_000

/** The records behind some key digests; a second read, made only when something differs. */
export async function namesOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  { key, keys }: { readonly key: Buffer; readonly keys: readonly string[] },
  wanted: ReadonlySet<string>,
): Promise<Map<string, Named>> {
  const keyed = new KeyedDigest(key)
  const digestOf = (one: string): string => keyed.of('key', one).toString('hex', 0, 16)
  const few = wanted.size <= askedByKeyMax ? keys.filter((one) => wanted.has(digestOf(one))) : null
  const found = new Map<string, Named>()
  if (few?.length === 0) return found
  for await (const batch of of.rows(tx, municipality, few ?? undefined))
    for (const row of batch) {
      const digest = digestOf(row.key)
      if (!wanted.has(digest)) continue
      const { addresseeNumber, recordKey, state } = row
      const fields = row.text
        .split('\u001f')
        .map((text, at) => keyed.of(`field ${at}`, text).toString('hex', 0, 8))
      found.set(digest, { key: digest, addresseeNumber, recordKey, state, fields })
    }
  return found
}
