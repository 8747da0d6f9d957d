import { findLayout } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { type ExchangeFinding, exchangeFinding } from './faults.ts'
import {
  findTransmission,
  getDocuments,
  insertEvent,
  insertTransmission,
  receiptOf,
  unionOf,
} from './journal.ts'
import type { ExchangePlace } from './prepare.ts'
import {
  documentText,
  isSignedBy,
  type Manifest,
  ProtocolFault,
  partyInWords,
  type Receipt,
  readManifest,
  signingKeyFault,
  wholeUnion,
} from './protocol.ts'
import { giveReceipt } from './receipts.ts'
import { type KeptFile, keepSealed, SealedFileDiffers } from './sealedFiles.ts'
import type { Bytes } from './sealing.ts'
import {
  findHolder,
  holdersAfter,
  holdNumber,
  lockSequence,
  missingBefore,
  type Sequence,
  tooFarAfter,
} from './sequence.ts'

/** 到着の答え — what became of a file that came in; the sentence is for the person who brought it. */
export type Arrival =
  | {
      /** Arrived, or (repeated) had arrived before: nothing changed. */
      readonly kind: 'arrived' | 'repeated'
      readonly transmissionId: string
      readonly sentence: string
      readonly receipt: Receipt | null
      /** Transmissions that waited for this number and may now follow it. */
      readonly released: readonly string[]
    }
  | {
      readonly kind: 'waiting'
      readonly transmissionId: string
      readonly sentence: string
      readonly receipt: Receipt
      readonly missingNumber: number
    }
  | {
      readonly kind: 'refused'
      /** Null where the manifest cannot be believed, so that nothing was recorded. */
      readonly transmissionId: string | null
      readonly sentence: string
      readonly receipt: Receipt | null
      readonly finding: ExchangeFinding
    }

/**
 * 到着を記録する — verifies manifest, addressee, municipality, layout, signature, sealed bytes and
 * sequence, and answers. Nothing is opened and nothing is applied: a job does that. `kept` comes from
 * `keepSealed`, called before the transaction.
 */
export async function recordArrival(
  tx: Transaction,
  place: ExchangePlace,
  arriving: { readonly manifest: string; readonly kept: KeptFile },
): Promise<Arrival> {
  const believed = await believe(tx, place, arriving.manifest)
  if ('finding' in believed) return unrecorded(believed.finding)
  const { manifest } = believed
  const { kept } = arriving
  if (kept.sha256 !== manifest.sealed.sha256 || kept.bytes !== manifest.sealed.bytes)
    return unrecorded(exchangeFinding('E3006'))

  const sequence: Sequence = manifest
  await lockSequence(tx, sequence)
  const before = await findTransmission(tx, manifest.transmissionId)
  if (before !== null) return await again(tx, manifest, arriving.manifest)

  const { sequenceNumber } = manifest
  const last = await tooFarAfter(tx, sequence, sequenceNumber)
  if (last !== null)
    return unrecorded(exchangeFinding('E3017', { 番号: sequenceNumber, 最後: last }))
  const holder = await findHolder(tx, sequence, sequenceNumber)
  await insertTransmission(tx, 'received', manifest, documentText(manifest), arriving.kept)
  if (holder !== null && holder.state !== 'refused') {
    const code = holder.state === 'skipped' ? 'E3013' : 'E3007'
    return await refusedAtTheDoor(
      tx,
      place,
      manifest,
      exchangeFinding(code, { 番号: sequenceNumber }),
    )
  }
  const { transmissionId } = manifest
  await holdNumber(tx, sequence, sequenceNumber, manifest.municipality, { transmissionId })
  const missingNumber = await missingBefore(tx, sequence, sequenceNumber)
  if (missingNumber !== null) {
    const sentence = waitingSentence(sequenceNumber, missingNumber)
    await insertEvent(tx, transmissionId, 'waiting', sentence)
    const receipt = await giveReceipt(tx, place, manifest, 'arrived', sentence)
    return { kind: 'waiting', transmissionId, sentence, receipt, missingNumber }
  }
  const sentence = `通し番号${sequenceNumber}の${manifest.layout}（${manifest.recordCount}件）を受け取りました。`
  await insertEvent(tx, transmissionId, 'arrived', sentence)
  const receipt = await giveReceipt(tx, place, manifest, 'arrived', sentence)
  const released = await release(tx, sequence, sequenceNumber)
  return { kind: 'arrived', transmissionId, sentence, receipt, released }
}

/** 送り状を信じるか — form, addressee, municipality, layout and signature; reads only. */
async function believe(
  tx: Transaction,
  place: ExchangePlace,
  text: string,
): Promise<{ readonly manifest: Manifest } | { readonly finding: ExchangeFinding }> {
  const manifest = readable(text)
  if ('code' in manifest) return { finding: manifest }
  const finding = await disbelieved(tx, place, manifest)
  return finding === null ? { manifest } : { finding }
}

/**
 * 届いたファイルを置く — the sealed file, once its manifest is believed and only if it is the file that the
 * manifest announces. What nobody can believe is heard to its end, so that the answer reaches the sender,
 * and not kept. `read` runs one short transaction in the party's own scope.
 */
export async function keepArriving(
  place: ExchangePlace,
  arriving: { readonly manifest: string; readonly file: Bytes },
  read: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Promise<{ readonly kept: KeptFile } | { readonly finding: ExchangeFinding }> {
  const believed = await read((tx) => believe(tx, place, arriving.manifest))
  if ('finding' in believed) {
    for await (const _ of arriving.file);
    return believed
  }
  try {
    return { kept: await keepSealed(place.folder, arriving.file, believed.manifest.sealed) }
  } catch (error) {
    if (error instanceof SealedFileDiffers) return { finding: exchangeFinding('E3006') }
    throw error
  }
}

/** 番号待ちの文 */
export function waitingSentence(sequenceNumber: number, missing: number): string {
  return `通し番号${sequenceNumber}を受け取りましたが、通し番号${missing}がまだ届いていません。${missing}が届くまで取り込まずに待ちます。${missing}を送ってください。`
}

function readable(text: string): Manifest | ExchangeFinding {
  try {
    return readManifest(text)
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error
    return exchangeFinding('E3001', { 理由: error.message })
  }
}

async function disbelieved(
  tx: Transaction,
  place: ExchangePlace,
  manifest: Manifest,
): Promise<ExchangeFinding | null> {
  const { sender, receiver, union, municipality, layout, edition } = manifest
  if (receiver !== place.self)
    return exchangeFinding('E3002', {
      宛先: partyInWords(receiver),
      自分: partyInWords(place.self),
    })
  const sides = [sender, receiver].sort().join(' ')
  const other =
    municipality === wholeUnion(union) ? `intermediary:${union}` : `municipality:${municipality}`
  if (sides !== [`union:${union}`, other].sort().join(' '))
    return exchangeFinding('E3003', {
      理由: '送り手と受け手が、送り状の広域連合と市区町村に合いません',
    })
  if (union !== unionOf(tx))
    return exchangeFinding('E3003', { 理由: `送り状は広域連合（${union}）のものです` })
  const own = tx.scope?.municipality
  if (own !== '*' && own !== municipality)
    return exchangeFinding('E3003', {
      理由: `送り状は市区町村（${municipality}）のもので、この窓口（${own}）のものではありません`,
    })
  const known = findLayout(layout, edition)
  if (known === null) return exchangeFinding('E3004', { レイアウト: layout, 版: edition })
  if (!Object.keys(manifest.hashTotals).every((name) => known.names.includes(name)))
    return exchangeFinding('E3001', { 理由: '合計の項目がレイアウトにありません' })
  if (!(await isSignedBy('manifest', manifest, sender, place.keys)))
    return exchangeFinding('E3005', { 送り手: partyInWords(sender) })
  return await signingKeyFault(manifest, sender, place.keys, tx.today)
}

function unrecorded(finding: ExchangeFinding): Arrival {
  const { sentence } = finding
  return { kind: 'refused', transmissionId: null, sentence, receipt: null, finding }
}

/** The same manifest changes nothing, whatever has become of it; another under its id is refused. */
async function again(tx: Transaction, manifest: Manifest, text: string): Promise<Arrival> {
  const { transmissionId } = manifest
  const known = await getDocuments(tx, transmissionId)
  const receipt = (await receiptOf(tx, transmissionId))?.receipt ?? null
  if (documentText(manifest) === known.manifestText || text === known.manifestText) {
    const sentence = 'もう受け取っています。何も変わりません。'
    return { kind: 'repeated', transmissionId, sentence, receipt, released: [] }
  }
  const finding = exchangeFinding('E3008')
  return { kind: 'refused', transmissionId, sentence: finding.sentence, receipt, finding }
}

async function refusedAtTheDoor(
  tx: Transaction,
  place: ExchangePlace,
  manifest: Manifest,
  finding: ExchangeFinding,
): Promise<Arrival> {
  const { transmissionId } = manifest
  const { sentence } = finding
  await insertEvent(tx, transmissionId, 'refused', sentence)
  const receipt = await giveReceipt(tx, place, manifest, 'refused', sentence)
  return { kind: 'refused', transmissionId, sentence, receipt, finding }
}

/** Those that waited and now have every number before them. */
async function release(tx: Transaction, sequence: Sequence, from: number): Promise<string[]> {
  const released: string[] = []
  let expected = from + 1
  for (const holder of await holdersAfter(tx, sequence, from)) {
    if (holder.sequenceNumber !== expected || holder.state === 'refused') break
    expected += 1
    if (holder.state !== 'waiting' || holder.transmissionId === null) continue
    const sentence = `待っていた番号が届いたので、通し番号${holder.sequenceNumber}を取り込めるようになりました。`
    await insertEvent(tx, holder.transmissionId, 'arrived', sentence)
    released.push(holder.transmissionId)
  }
  return released
}

/**
 * 欠番とする — a number that will never come is closed with a reason, so that those after it may go on.
 * Gives the transmissions that waited for it.
 */
export async function skipNumber(
  tx: Transaction,
  sequence: Sequence,
  sequenceNumber: number,
  municipality: string,
  because: string,
): Promise<readonly string[]> {
  await lockSequence(tx, sequence)
  const holder = await findHolder(tx, sequence, sequenceNumber)
  if (holder !== null && holder.state !== 'refused') return []
  await holdNumber(tx, sequence, sequenceNumber, municipality, { skippedBecause: because })
  return await release(tx, sequence, sequenceNumber)
}
