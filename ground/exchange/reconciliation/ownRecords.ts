import type { Transaction } from '@koiki/store'
import { DigestTree } from '../digestTree.ts'
import { KeyedDigest } from '../keyedDigest.ts'
import type { Named } from './messages.ts'
import type { Reconcilable } from './reconcilable.ts'

/**
 * 木をつくる — one streamed read of a side's own records; digests are keyed by what only the two sides of this night
 * know, so that nobody can guess a content by trying.
 */
export async function treeOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
): Promise<DigestTree> {
  const digest = new KeyedDigest(key)
  let records = Buffer.allocUnsafe(32 * 4096)
  let length = 0
  for await (const batch of of.rows(tx, municipality)) {
    if (length + batch.length * 32 > records.length)
      records = Buffer.concat([records], Math.max(records.length * 2, length + batch.length * 32))
    for (const row of batch) {
      digest.of('key', row.key).copy(records, length, 0, 16)
      digest.of('content', row.text).copy(records, length + 16, 0, 16)
      length += 32
    }
  }
  return new DigestTree(records.subarray(0, length))
}

/** The records behind some key digests; a second read, made only when something differs. */
export async function namesOf(
  tx: Transaction,
  of: Reconcilable,
  municipality: string,
  key: Buffer,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Named>> {
  const keyed = new KeyedDigest(key)
  const found = new Map<string, Named>()
  for await (const batch of of.rows(tx, municipality))
    for (const row of batch) {
      const digest = keyed.of('key', row.key).toString('hex', 0, 16)
      if (!wanted.has(digest)) continue
      const { addresseeNumber, recordKey, state } = row
      const fields = row.text
        .split('\u001f')
        .map((text, at) => keyed.of(`field ${at}`, text).toString('hex', 0, 8))
      found.set(digest, { key: digest, addresseeNumber, recordKey, state, fields })
    }
  return found
}
