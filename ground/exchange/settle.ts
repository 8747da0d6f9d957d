import { type FileFinding, type RowOf, writeRows, エラー情報 } from '@koiki/layouts'
import { misuse, type Transaction } from '@koiki/store'
import type { ExchangeFinding } from './faults.ts'
import {
  getDocuments,
  getTransmission,
  insertEvent,
  type Transmission,
  unionOf,
} from './journal.ts'
import type { ExchangePlace } from './prepare.ts'
import type { Receipt } from './protocol.ts'
import { insertQuarantined, type QuarantinedRow } from './quarantine.ts'
import { giveReceipt } from './receipts.ts'
import { holdersAfter, lockSequence, type Sequence, whyNotYet } from './sequence.ts'

/** 取込みの所見 — a finding of the layout, of the transmission, or of the chapter that applies the rows. */
export type TransmissionFinding = {
  readonly code: string
  readonly sentence: string
  readonly severity?: 'error' | 'warning'
  readonly line?: number
  readonly column?: string | null
}

const findingsAtOnce = 5000

/** 所見を記録する — appended to what is there, in order; many at once. */
export async function recordFindings(
  tx: Transaction,
  transmissionId: string,
  findings: readonly (FileFinding | ExchangeFinding | TransmissionFinding)[],
): Promise<void> {
  for (let at = 0; at < findings.length; at += findingsAtOnce) {
    const some: readonly TransmissionFinding[] = findings.slice(at, at + findingsAtOnce)
    await tx.run(
      `insert into exchange.finding (
         union_code, transmission_id, finding_number, municipality_code,
         line, column_name, code, severity, sentence, recorded_at
       )
       select t.union_code, t.transmission_id,
              f.n + (select coalesce(max(finding_number), 0) from exchange.finding
                      where union_code = t.union_code and transmission_id = t.transmission_id),
              t.municipality_code, f.line, f.column_name, f.code, f.severity, f.sentence,
              $8::timestamptz
         from exchange.transmission t,
              unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])
                with ordinality as f (line, column_name, code, severity, sentence, n)
        where t.union_code = $1::smallint and t.transmission_id = $2::uuid`,
      [
        unionOf(tx),
        transmissionId,
        some.map(({ line }) => line ?? 0),
        some.map(({ column }) => column ?? null),
        some.map(({ code }) => code),
        some.map(({ severity }) => severity ?? 'error'),
        some.map(({ sentence }) => sentence),
        tx.now,
      ],
    )
  }
}

/** 所見の一覧 — in order, for the screen. */
export async function listFindings(
  tx: Transaction,
  transmissionId: string,
  limit = 1000,
): Promise<Required<TransmissionFinding>[]> {
  return await tx.query(
    `select line, column_name as column, code, severity, sentence
       from exchange.finding
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by finding_number
      limit $3::integer`,
    [unionOf(tx), transmissionId, limit],
  )
}

/**
 * 取り込んだ — in the transaction that applied the rows; gives the signed receipt, and the transmission
 * that may be opened next.
 */
export async function recordApplied(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
  appliedCount: number,
  quarantined: readonly QuarantinedRow[] = [],
): Promise<{ readonly receipt: Receipt; readonly next: string | null }> {
  const { manifest } = await getDocuments(tx, transmissionId)
  await lockSequence(tx, manifest)
  const transmission = await requireOpen(tx, transmissionId)
  const { errorCount, warningCount, recordCount } = transmission
  await insertQuarantined(tx, transmissionId, quarantined)
  const left = recordCount - appliedCount
  const sentence =
    left === 0
      ? `${recordCount}件をすべて取り込みました。`
      : quarantined.length > 0
        ? `${recordCount}件のうち${appliedCount}件を取り込み、${left}件を隔離しました。隔離した行を直し、この送信を直すものとして送ってください。`
        : `${recordCount}件のうち${appliedCount}件を取り込みました。残りの${left}件は所見のとおりです。`
  await insertEvent(tx, transmissionId, 'applied', sentence)
  const receipt = await giveReceipt(tx, place, manifest, 'accepted', sentence, {
    applied: appliedCount,
    ...(quarantined.length > 0 ? { quarantined: quarantined.length } : {}),
    errors: errorCount,
    warnings: warningCount,
  })
  return { receipt, next: await nextAfter(tx, manifest, manifest.sequenceNumber) }
}

/** Numbers that were closed in between are passed over; one that waited for this may go on. */
async function nextAfter(
  tx: Transaction,
  sequence: Sequence,
  applied: number,
): Promise<string | null> {
  const after = await holdersAfter(tx, sequence, applied)
  const at = after.findIndex(({ state }) => state !== 'skipped')
  const following = after[at]
  if (following?.sequenceNumber !== applied + 1 + at || following.transmissionId === null)
    return null
  const { transmissionId, state, sequenceNumber } = following
  if (state === 'waiting')
    await insertEvent(
      tx,
      transmissionId,
      'arrived',
      `待っていた番号が済んだので、通し番号${sequenceNumber}を取り込めるようになりました。`,
    )
  return state === 'waiting' || state === 'arrived' ? transmissionId : null
}

/**
 * 順番を待つ — kept with what it waits for, so that whoever looks at the file reads it; that number's end lets it go
 * on. Gives the sentence; null where its turn has come in the meantime.
 */
export async function recordWaiting(
  tx: Transaction,
  transmissionId: string,
): Promise<string | null> {
  const { manifest } = await getDocuments(tx, transmissionId)
  await lockSequence(tx, manifest)
  const { state, sentence } = await getTransmission(tx, transmissionId)
  if (state === 'waiting' || state === 'held') return sentence
  if (state !== 'arrived') return null
  const waits = await whyNotYet(tx, manifest, manifest.sequenceNumber)
  if (waits !== null) await insertEvent(tx, transmissionId, 'waiting', waits)
  return waits
}

/**
 * 断った — the whole transmission, with its findings; its number may be sent again corrected. Those
 * after it wait.
 */
export async function recordRefused(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
  findings: readonly (FileFinding | ExchangeFinding | TransmissionFinding)[],
): Promise<Receipt> {
  const { manifest } = await getDocuments(tx, transmissionId)
  await lockSequence(tx, manifest)
  await requireOpen(tx, transmissionId)
  await recordFindings(tx, transmissionId, findings)
  const { errorCount, warningCount } = await getTransmission(tx, transmissionId)
  const reason = findings[0]?.sentence ?? ''
  const more = errorCount > 1 ? `（ほか${errorCount - 1}件）` : ''
  const sentence = `取り込みませんでした。${reason}${more}直したものを、同じ通し番号${manifest.sequenceNumber}で送り直してください。`
  await insertEvent(tx, transmissionId, 'refused', sentence)
  let expected = manifest.sequenceNumber
  for (const { transmissionId: later, state, sequenceNumber } of await holdersAfter(
    tx,
    manifest,
    manifest.sequenceNumber,
  )) {
    expected += 1
    // One that waits behind a gap goes on waiting for that.
    const waitedForThis = state === 'waiting' && sequenceNumber === expected
    if (later === null || (state !== 'arrived' && !waitedForThis)) continue
    const waiting = `通し番号${manifest.sequenceNumber}が断られたので、直したものが届くまで通し番号${sequenceNumber}は取り込まずに待ちます。`
    await insertEvent(tx, later, 'waiting', waiting)
  }
  return await giveReceipt(tx, place, manifest, 'refused', sentence, {
    errors: errorCount,
    warnings: warningCount,
  })
}

async function requireOpen(tx: Transaction, transmissionId: string): Promise<Transmission> {
  const transmission = await getTransmission(tx, transmissionId)
  const { direction, state } = transmission
  if (direction !== 'received' || (state !== 'arrived' && state !== 'held'))
    throw misuse('取込みの結果を記録できるのは、届いてまだ済んでいない送信だけです。')
  return transmission
}

/** エラー情報のファイル — every finding of a transmission, as a file that the sender can load or print. */
export async function* errorFile(
  tx: Transaction,
  transmissionId: string,
  options: { readonly forPeople?: boolean } = {},
): AsyncGenerator<Buffer> {
  const { layout } = await getTransmission(tx, transmissionId)
  yield* writeRows(エラー情報, errorRows(tx, transmissionId, layout), options)
}

type StoredFinding = {
  readonly finding_number: number
  readonly line: number
  readonly column_name: string | null
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly sentence: string
}

async function* errorRows(
  tx: Transaction,
  transmissionId: string,
  layout: string,
): AsyncGenerator<RowOf<typeof エラー情報>> {
  const batches = tx.batches<StoredFinding>(
    `select finding_number, line, column_name, code, severity, sentence
       from exchange.finding
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by finding_number`,
    [unionOf(tx), transmissionId],
  )
  for await (const batch of batches) {
    for (const one of batch) {
      yield {
        番号: one.finding_number,
        送信識別子: transmissionId,
        レイアウト: layout,
        行番号: one.line,
        項目名: one.column_name,
        エラーコード: one.code,
        重さ: one.severity === 'error' ? '1' : '2',
        内容: one.sentence,
      }
    }
  }
}
