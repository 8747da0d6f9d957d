import { createReadStream } from 'node:fs'
import path from 'node:path'
import {
  type FileFinding,
  findLayout,
  type Layout,
  type RecordBatch,
  readRecords,
  Totals,
} from '@koiki/layouts'
import { misuse, type Transaction } from '@koiki/store'
import { type ExchangeFinding, exchangeFinding } from './faults.ts'
import { getDocuments, getTransmission, unionOf } from './journal.ts'
import { digested, type ExchangePlace } from './prepare.ts'
import type { Manifest } from './protocol.ts'
import { SealBroken, unseal } from './sealing.ts'
import { whyNotYet } from './sequence.ts'
import type { TransmissionFinding } from './settle.ts'

/** 取り込めない送信 — the whole is refused: roll back, then `recordRefused` with these findings. */
export class TransmissionRefused extends Error {
  readonly findings: readonly TransmissionFinding[]

  constructor(findings: readonly TransmissionFinding[]) {
    super(findings.map(({ sentence }) => sentence).join('\n'))
    this.name = 'TransmissionRefused'
    this.findings = findings
  }
}

/** まだ開けない送信 — its turn has not come: a number before it is missing or not yet applied. */
export class NotYetItsTurn extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'NotYetItsTurn'
  }
}

export type OpenedTransmission = {
  readonly manifest: Manifest
  readonly layout: Layout
  /**
   * The records, checked against the layout, in batches. At the end SHA-256, record count and hash
   * totals are verified: throws TransmissionRefused then, or as soon as the file or the seal cannot be
   * trusted. Nothing taken from it may be committed before the last batch has come.
   */
  batches(): AsyncGenerator<RecordBatch>
}

/** 送信を開く — the sealed file is decrypted as a stream and never rests in the open. */
export async function openTransmission(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
): Promise<OpenedTransmission> {
  const { direction, state, sentence, sequenceNumber, ...known } = await getTransmission(
    tx,
    transmissionId,
  )
  if (direction !== 'received') throw misuse('開けるのは受け取った送信だけです。')
  if (state === 'waiting' || state === 'held') throw new NotYetItsTurn(sentence)
  if (state !== 'arrived') throw misuse('この送信は、もう取り込んだか断っています。')
  const waits = await whyNotYet(tx, known, sequenceNumber)
  if (waits !== null) throw new NotYetItsTurn(waits)
  const { manifest, sealedName } = await getDocuments(tx, transmissionId)
  const layout = findLayout(manifest.layout, manifest.edition)
  if (layout === null)
    throw new TransmissionRefused([
      exchangeFinding('E3004', { レイアウト: manifest.layout, 版: manifest.edition }),
    ])
  const keys = await place.keys.own(place.self)
  const file = path.join(place.folder, sealedName)
  const identities = keys.map(({ identity }) => identity)
  return {
    manifest,
    layout,
    batches: () => verified(manifest, layout, identities, file, tx),
  }
}

/** 開き直したファイル — of any day, for replay: nothing in the journal changes. */
export type ReopenedTransmission = {
  readonly manifest: Manifest
  readonly layout: Layout
  readonly direction: 'sent' | 'received'
  /** Checked as when it came; throws TransmissionRefused at the end where it is not what was announced. */
  batches(): AsyncGenerator<RecordBatch>
  /** The plain bytes, as they were before sealing. */
  plain(): AsyncGenerator<Uint8Array>
}

/**
 * 送信を開き直す — what came, from its sealed original, or what was sent, from the copy that opens for us
 * alone. Null where no such copy was kept: files sent before copies were.
 */
export async function reopenTransmission(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
): Promise<ReopenedTransmission | null> {
  const { direction } = await getTransmission(tx, transmissionId)
  const { manifest, sealedName } = await getDocuments(tx, transmissionId)
  const layout = findLayout(manifest.layout, manifest.edition)
  if (layout === null)
    throw new TransmissionRefused([
      exchangeFinding('E3004', { レイアウト: manifest.layout, 版: manifest.edition }),
    ])
  const copy = await tx.maybe<{ sealed_path: string }>(
    `select sealed_path from exchange.own_copy
      where union_code = $1::smallint and transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
  if (direction === 'sent' && copy === null) return null
  const name = direction === 'sent' ? (copy?.sealed_path as string) : sealedName
  const identities = (await place.keys.own(place.self)).map(({ identity }) => identity)
  const file = path.join(place.folder, name)
  return {
    manifest,
    layout,
    direction,
    batches: () => verified(manifest, layout, identities, file, tx),
    plain: () => unseal(identities, createReadStream(file, { highWaterMark: 256 * 1024 })),
  }
}

async function* verified(
  manifest: Manifest,
  layout: Layout,
  identities: readonly string[],
  file: string,
  tx: Transaction,
): AsyncGenerator<RecordBatch> {
  const sealed = createReadStream(file, { highWaterMark: 256 * 1024 })
  const plain = digested(unseal(identities, sealed))
  const totals = new Totals(layout)
  let recordCount = 0
  const faulty: FileFinding[] = []
  try {
    const batches = readRecords(layout, plain.bytes, {
      file: `${manifest.layout} 通し番号${manifest.sequenceNumber}`,
      today: tx.today,
      municipality: manifest.municipality,
      everyRecord: (record) => totals.add(record),
    })
    for await (const batch of batches) {
      recordCount += batch.recordCount
      const untrusted = batch.findings.filter(
        ({ scope, severity }) => scope === 'file' && severity === 'error',
      )
      if (untrusted.length > 0) throw new TransmissionRefused(untrusted)
      for (const finding of batch.findings)
        if (finding.severity === 'error' && faulty.length < faultyMax) faulty.push(finding)
      yield batch
    }
  } catch (error) {
    if (error instanceof SealBroken)
      throw new TransmissionRefused([exchangeFinding('E3009', { 理由: error.message })])
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(
        `封じたファイル ${file} が置き場にありません。控えから戻すか、もう一度送ってもらってください。`,
      )
    throw error
  } finally {
    sealed.destroy()
  }
  const lies = contradictions(manifest, recordCount, totals, plain.result())
  // A row that could not be read is missing in the totals: the clerk needs its line first.
  const [changed, uncounted] = [
    lies.filter(({ code }) => code === 'E3010'),
    lies.filter(({ code }) => code !== 'E3010'),
  ]
  if (lies.length > 0) throw new TransmissionRefused([...changed, ...faulty, ...uncounted])
}

const faultyMax = 1000

function contradictions(
  manifest: Manifest,
  recordCount: number,
  totals: Totals,
  plain: { readonly bytes: number; readonly sha256: string },
): ExchangeFinding[] {
  const found: ExchangeFinding[] = []
  if (plain.sha256 !== manifest.plain.sha256 || plain.bytes !== manifest.plain.bytes)
    found.push(exchangeFinding('E3010'))
  if (recordCount !== manifest.recordCount)
    found.push(exchangeFinding('E3011', { 送り状: manifest.recordCount, ファイル: recordCount }))
  const sums = totals.sums()
  for (const name of new Set([...Object.keys(sums), ...Object.keys(manifest.hashTotals)])) {
    const said = manifest.hashTotals[name] ?? 'なし'
    const counted = sums[name] ?? 'なし'
    if (said !== counted)
      found.push(exchangeFinding('E3012', { 項目名: name, 送り状: said, ファイル: counted }))
  }
  return found
}
