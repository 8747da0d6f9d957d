import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import {
  type Layout,
  type RowOf,
  recordOf,
  Totals,
  UnwritableRow,
  writeRecords,
} from '@koiki/layouts'
import { JobFailure, misuse, plainly, type Transaction } from '@koiki/store'
import { usableKey } from './certificates.ts'
import { KeysMissing } from './faults.ts'
import {
  getDocuments,
  getTransmission,
  insertEvent,
  insertOwnCopy,
  insertTransmission,
  receiptOf,
  unionOf,
} from './journal.ts'
import type { PartyKeys } from './partyKeys.ts'
import { documentText, type Manifest, type Party, partyInWords, signed } from './protocol.ts'
import { keepSealed, NoRoomForFiles } from './sealedFiles.ts'
import { type Bytes, seal, unseal } from './sealing.ts'
import { type Sequence, takeNumber } from './sequence.ts'

/** やりとりの場 — whose side this is, where keys are, and in which folder sealed files rest. */
export type ExchangePlace = {
  readonly self: Party
  readonly keys: PartyKeys
  readonly folder: string
}

type Some<T> = Iterable<T> | AsyncIterable<T>

export type Prepare<L extends Layout> = {
  readonly layout: L
  readonly receiver: Party
  /** The municipality that is one of the two sides. */
  readonly municipality: string
  /** A refused transmission whose number this one takes over. */
  readonly corrects?: string
} & ({ readonly rows: Some<RowOf<L>> } | { readonly records: Some<readonly string[]> })

export type Prepared = {
  readonly transmissionId: string
  readonly manifest: Manifest
  readonly manifestText: string
  /** Where the sealed file rests. */
  readonly sealedFile: string
}

/**
 * 送信を作る — rows go through the layout's writer, are counted, totalled, digested and sealed for the
 * addressee in one stream to disk; then the next sequence number is taken in the transaction, which
 * gives it back when it does not commit. Throws UnwritableRow where a row does not fit the layout.
 */
export async function prepareTransmission<L extends Layout>(
  tx: Transaction,
  place: ExchangePlace,
  what: Prepare<L>,
): Promise<Prepared> {
  const union = unionOf(tx)
  const { layout, receiver, municipality } = what
  const [own] = await place.keys.own(place.self)
  const usable = await usableKey(place.keys, receiver, tx.today)
  if ('fault' in usable) throw new KeysMissing(usable.fault.sentence)
  const addressee = usable.key
  const totals = new Totals(layout)
  const records =
    'records' in what
      ? counted(what.records, totals)
      : counted(rowsAsRecords(layout, what.rows), totals)
  const plain = digested(writeRecords(layout, records))
  // The own copy first: what is sealed for the addressee nobody here can open again.
  const copy = await keepSealed(place.folder, seal(own.recipient, plain.bytes))
  const again = unseal([own.identity], createReadStream(path.join(place.folder, copy.name)))
  const kept = await keepSealed(place.folder, seal(addressee.recipient, again))
  const transmissionId = randomUUID()
  const sequence = { sender: place.self, receiver, layout: layout.name }
  const sequenceNumber =
    what.corrects === undefined
      ? await takeNumber(tx, sequence, municipality)
      : await numberOfCorrected(tx, what.corrects, sequence, municipality)
  const manifest: Manifest = signed(
    'manifest',
    {
      version: 1,
      transmissionId,
      layout: layout.name,
      edition: layout.edition,
      sender: place.self,
      receiver,
      union,
      municipality,
      sequenceNumber,
      corrects: what.corrects ?? null,
      createdAt: tx.now,
      recordCount: totals.recordCount,
      hashTotals: totals.sums(),
      plain: plain.result(),
      sealed: { bytes: kept.bytes, sha256: kept.sha256, keyId: addressee.keyId },
    } as const,
    own,
  )
  const manifestText = documentText(manifest)
  await insertTransmission(tx, 'sent', manifest, manifestText, kept)
  await insertOwnCopy(tx, manifest, copy)
  const sentence = `通し番号${sequenceNumber}の${layout.name}（${totals.recordCount}件）を${partyInWords(receiver)}あてに作りました。`
  await insertEvent(tx, transmissionId, 'prepared', sentence)
  const sealedFile = path.join(place.folder, kept.name)
  return { transmissionId, manifest, manifestText, sealedFile }
}

/**
 * 作れないわけを言う — for jobs that seal what they deliver: a missing key, a row that does not fit and a place that cannot
 * be written are sentences for the person who asked.
 */
export function tellWhyNotMade(error: unknown): never {
  if (error instanceof NoRoomForFiles)
    throw new JobFailure(
      `${error.message}作り終えた分は残り、そのほかは作っていません。運用に伝え、書けるようになってから、続きから始めてください。二重に作ることはありません。`,
    )
  return plainly(KeysMissing, UnwritableRow)(error)
}

/** 引き渡した — the sealed file left this side: by medium, by download or by wire. Once is enough. */
export async function recordHandedOver(tx: Transaction, transmissionId: string): Promise<void> {
  const { state, direction } = await getTransmission(tx, transmissionId)
  if (direction !== 'sent') throw misuse('受け取った送信は引き渡せません。')
  if (state === 'prepared')
    await insertEvent(tx, transmissionId, 'sent', '封じたファイルと送り状を引き渡しました。')
}

/** 渡すもの — the manifest's text and the sealed file, byte for byte as first made. */
export async function handover(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
): Promise<{ readonly manifestText: string; readonly sealedFile: string }> {
  const { manifestText, sealedName } = await getDocuments(tx, transmissionId)
  return { manifestText, sealedFile: path.join(place.folder, sealedName) }
}

/** A refused number is taken over; what was taken in but for some rows keeps its own, and these get a new one. */
async function numberOfCorrected(
  tx: Transaction,
  transmissionId: string,
  sequence: Sequence,
  municipality: string,
): Promise<number> {
  const corrected = await getTransmission(tx, transmissionId)
  if (
    corrected.direction !== 'sent' ||
    corrected.receiver !== sequence.receiver ||
    corrected.layout !== sequence.layout
  )
    throw misuse('直して送れるのは、同じ宛先へ送った同じレイアウトの送信だけです。')
  if (corrected.state === 'refused') return corrected.sequenceNumber
  const answer = await receiptOf(tx, transmissionId)
  if (corrected.state === 'applied' && (answer?.receipt.quarantinedCount ?? 0) > 0)
    return await takeNumber(tx, sequence, municipality)
  throw misuse(
    '直して送れるのは、断られた送信と、一部の行が隔離された送信だけです。受領書を取り込んでから行ってください。',
  )
}

async function* rowsAsRecords<L extends Layout>(
  layout: L,
  rows: Some<RowOf<L>>,
): AsyncGenerator<readonly string[]> {
  const record = recordOf(layout)
  for await (const row of rows) yield record(row)
}

async function* counted(
  records: Some<readonly string[]>,
  totals: Totals,
): AsyncGenerator<readonly string[]> {
  for await (const record of records) {
    totals.add(record)
    yield record
  }
}

/** The stream as it passes, and at its end how long it was and its digest. */
export function digested(source: Bytes): {
  readonly bytes: AsyncGenerator<Uint8Array>
  result(): { bytes: number; sha256: string }
} {
  const hash = createHash('sha256')
  let count = 0
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk)
      count += chunk.length
      yield chunk
    }
  }
  return { bytes: bytes(), result: () => ({ bytes: count, sha256: hash.digest('hex') }) }
}
