import { createHash } from 'node:crypto'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  documentText,
  type ExchangePlace,
  keepSealed,
  readManifest,
  reopenTransmission,
  seal,
  signed,
} from '@koiki/exchange'
import { type Layout, layout, Totals, writeRecords } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'

/** 版 that no party has any more, and what it did not have yet. */
const formerEdition = '2018-04'
const notYet: Readonly<Record<string, readonly string[]>> = {
  住民基本台帳情報: ['旧氏', '町字コード', '不開示該当フラグ', '自己情報提供不可フラグ'],
  住登外登録情報: [
    '代表宛名フラグ',
    '名寄せ先宛名番号',
    '不開示該当フラグ',
    '自己情報提供不可フラグ',
  ],
  '所得・課税情報': ['譲渡特別控除額'],
}

/**
 * 古い版の写し — the same transmission as a sender would make it who never renewed the layout: its rows without
 * the younger columns, sealed for the same addressee, under a manifest of its own. Made once, beside the
 * medium; null for a file of which no own copy was kept.
 */
export async function formerCopy(
  tx: Transaction,
  place: ExchangePlace,
  honestText: string,
  folder: string,
): Promise<{ readonly manifest: string; readonly sealed: string } | null> {
  const { signature: _, ...honest } = readManifest(honestText)
  const file = path.join(folder, honest.transmissionId)
  const copy = { manifest: `${file}.manifest.json`, sealed: `${file}.age` }
  if ((await stat(copy.manifest).catch(() => null)) !== null) return copy
  const own = await reopenTransmission(tx, place, honest.transmissionId)
  if (own === null) return null
  const former = withoutYounger(own.layout)
  const kept = former.names.map((name) => own.layout.names.indexOf(name))
  const totals = new Totals(former)
  async function* records(): AsyncGenerator<string[]> {
    for await (const batch of own?.batches() ?? []) {
      for (const record of batch.records) {
        const older = kept.map((at) => record[at] as string)
        totals.add(older)
        yield older
      }
    }
  }
  const hash = createHash('sha256')
  let bytes = 0
  async function* plain(): AsyncGenerator<Uint8Array> {
    for await (const block of writeRecords(former, records())) {
      hash.update(block)
      bytes += block.length
      yield block
    }
  }
  const [addressee] = await place.keys.of(honest.receiver)
  const sealed = await keepSealed(place.folder, seal(addressee.recipient, plain()))
  const [keys] = await place.keys.own(honest.sender)
  const manifest = signed(
    'manifest',
    {
      ...honest,
      edition: former.edition,
      recordCount: totals.recordCount,
      hashTotals: totals.sums(),
      plain: { bytes, sha256: hash.digest('hex') },
      sealed: { bytes: sealed.bytes, sha256: sealed.sha256, keyId: addressee.keyId },
    },
    keys,
  )
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(path.join(place.folder, sealed.name), copy.sealed)
  // The manifest comes last: what has none is made again.
  await writeFile(`${file}.new`, documentText(manifest), { mode: 0o600 })
  await rename(`${file}.new`, copy.manifest)
  return copy
}

const withoutYounger = (present: Layout): Layout =>
  layout({
    ...present,
    edition: formerEdition,
    columns: Object.fromEntries(
      Object.entries(present.columns).filter(
        ([name]) => notYet[present.name]?.includes(name) !== true,
      ),
    ),
  })
