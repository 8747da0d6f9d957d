import type { PlainDate } from '@koiki/kernel'
import { type Instant, misuse, type Transaction } from '@koiki/store'
import type { TransmissionState } from './protocol.ts'
import { type Manifest, type Party, type Receipt, readManifest, readReceipt } from './protocol.ts'
import type { KeptFile } from './sealedFiles.ts'

/** 送信 — one transmission as the journal knows it now. */
export type Transmission = {
  readonly transmissionId: string
  readonly direction: 'sent' | 'received'
  readonly layout: string
  readonly edition: string
  readonly sender: Party
  readonly receiver: Party
  readonly municipality: string
  readonly sequenceNumber: number
  readonly corrects: string | null
  readonly createdAt: Instant
  readonly recordedAt: Instant
  readonly recordCount: number
  readonly sealedBytes: number
  readonly sealedSha256: string
  readonly state: TransmissionState
  /** What happened last, for the screen. */
  readonly sentence: string
  readonly stateAt: Instant
  readonly errorCount: number
  readonly warningCount: number
}

type Stored = Omit<Transmission, 'sentence' | 'state'> & {
  readonly state: string
  readonly sentence: string
}

const columns = `
  t.transmission_id as "transmissionId", t.direction, t.layout, t.edition, t.sender, t.receiver,
  t.municipality_code as municipality, t.sequence_number as "sequenceNumber", t.corrects,
  t.created_at as "createdAt", t.recorded_at as "recordedAt", t.record_count as "recordCount",
  t.sealed_bytes as "sealedBytes", t.sealed_sha256 as "sealedSha256",
  e.state, e.sentence, e.recorded_at as "stateAt",
  coalesce(f.errors, 0)::integer as "errorCount", coalesce(f.warnings, 0)::integer as "warningCount"`

const joins = `
  from exchange.transmission t
  join lateral (
    select state, sentence, recorded_at
      from exchange.transmission_event
     where union_code = t.union_code and transmission_id = t.transmission_id
     order by event_number desc
     limit 1
  ) e on true
  left join lateral (
    select count(*) filter (where severity = 'error') as errors,
           count(*) filter (where severity = 'warning') as warnings
      from exchange.finding
     where union_code = t.union_code and transmission_id = t.transmission_id
  ) f on true`

/** 範囲の広域連合 — exchange always happens within one union. */
export function unionOf(tx: Transaction): string {
  if (tx.scope === null) throw misuse('ファイルのやりとりには、担当の範囲（広域連合）が必要です。')
  return tx.scope.union
}

export type TransmissionFilter = {
  readonly direction?: 'sent' | 'received'
  readonly layout?: string
  readonly municipality?: string
  readonly states?: readonly TransmissionState[]
  /** The newest so many; 200 unless said. */
  readonly limit?: number
  /** Only what stands after this transmission in the list: the next page. */
  readonly after?: string
}

/** 送信の一覧 — newest first, within the scope. */
export async function listTransmissions(
  tx: Transaction,
  filter: TransmissionFilter = {},
): Promise<Transmission[]> {
  const rows = await tx.query<Stored>(
    `select ${columns} ${joins}
      where t.union_code = $1::smallint
        and ($2::text is null or t.direction = $2::text)
        and ($3::text is null or t.layout = $3::text)
        and ($4::text is null or t.municipality_code = $4::text)
        and ($5::text[] is null or e.state = any ($5::text[]))
        and ($7::uuid is null or exists (
          select from exchange.transmission p
           where p.union_code = t.union_code and p.transmission_id = $7::uuid
             and (t.recorded_at, t.sequence_number, p.transmission_id)
                 < (p.recorded_at, p.sequence_number, t.transmission_id)))
      order by t.recorded_at desc, t.sequence_number desc, t.transmission_id
      limit $6::integer`,
    [
      unionOf(tx),
      filter.direction ?? null,
      filter.layout ?? null,
      filter.municipality ?? null,
      filter.states ?? null,
      filter.limit ?? 200,
      filter.after ?? null,
    ],
  )
  return rows.map(parsed)
}

/** 送信の数 — of one direction, within the scope. */
export async function countTransmissions(
  tx: Transaction,
  direction: 'sent' | 'received',
): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::integer as count from exchange.transmission
      where union_code = $1::smallint and direction = $2::text`,
    [unionOf(tx), direction],
  )
  return count
}

/** その日の送受信 — what was sent and what arrived on a day in Japan, in the order in which it was recorded. */
export async function listTransmissionsOfDay(
  tx: Transaction,
  day: PlainDate,
): Promise<Transmission[]> {
  const rows = await tx.query<Stored>(
    `select ${columns} ${joins}
      where t.union_code = $1::smallint
        and t.recorded_at >= ($2::date::timestamp at time zone 'Asia/Tokyo')
        and t.recorded_at < (($2::date + 1)::timestamp at time zone 'Asia/Tokyo')
      order by t.recorded_at, t.transmission_id`,
    [unionOf(tx), day],
  )
  return rows.map(parsed)
}

/** 送信 — null where the scope holds none of that id. */
export async function findTransmission(
  tx: Transaction,
  transmissionId: string,
): Promise<Transmission | null> {
  const row = await tx.maybe<Stored>(
    `select ${columns} ${joins} where t.union_code = $1::smallint and t.transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
  return row === null ? null : parsed(row)
}

function parsed(row: Stored): Transmission {
  return { ...row, state: row.state as TransmissionState }
}

/** Throws where the scope holds none: the caller was handed a wrong id. */
export async function getTransmission(
  tx: Transaction,
  transmissionId: string,
): Promise<Transmission> {
  const found = await findTransmission(tx, transmissionId)
  if (found === null) throw misuse('この送信はやりとりの記録にないか、担当の範囲の外です。')
  return found
}

/** 送り状と封じたファイル — the very texts and bytes, for handing over or opening. */
export async function getDocuments(
  tx: Transaction,
  transmissionId: string,
): Promise<{ manifest: Manifest; manifestText: string; sealedName: string }> {
  const row = await tx.maybe<{ manifest: string; sealed_path: string }>(
    `select manifest, sealed_path from exchange.transmission
      where union_code = $1::smallint and transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
  if (row === null) throw misuse('この送信はやりとりの記録にないか、担当の範囲の外です。')
  const manifestText = row.manifest
  return { manifest: readManifest(manifestText), manifestText, sealedName: row.sealed_path }
}

export async function insertTransmission(
  tx: Transaction,
  direction: 'sent' | 'received',
  manifest: Manifest,
  manifestText: string,
  kept: KeptFile,
): Promise<void> {
  await tx.run(
    `insert into exchange.transmission (
       union_code, transmission_id, municipality_code, direction, layout, edition, sender, receiver,
       sequence_number, corrects, created_at, record_count, hash_totals, plain_bytes, plain_sha256,
       sealed_bytes, sealed_sha256, sealed_path, manifest, recorded_at
     ) values (
       $1::smallint, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text,
       $9::integer, $10::uuid, $11::timestamptz, $12::integer, $13::jsonb, $14::bigint, $15::text,
       $16::bigint, $17::text, $18::text, $19::text, $20::timestamptz
     )`,
    [
      manifest.union,
      manifest.transmissionId,
      manifest.municipality,
      direction,
      manifest.layout,
      manifest.edition,
      manifest.sender,
      manifest.receiver,
      manifest.sequenceNumber,
      manifest.corrects,
      manifest.createdAt,
      manifest.recordCount,
      JSON.stringify(manifest.hashTotals),
      manifest.plain.bytes,
      manifest.plain.sha256,
      manifest.sealed.bytes,
      manifest.sealed.sha256,
      kept.name,
      manifestText,
      tx.now,
    ],
  )
}

/** 控え — what was sent, sealed for the sender alone. */
export async function insertOwnCopy(
  tx: Transaction,
  { transmissionId, municipality }: Manifest,
  copy: KeptFile,
): Promise<void> {
  await tx.run(
    `insert into exchange.own_copy
       (union_code, transmission_id, municipality_code, sealed_bytes, sealed_sha256, sealed_path,
        recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::bigint, $5::text, $6::text, $7::timestamptz)`,
    [unionOf(tx), transmissionId, municipality, copy.bytes, copy.sha256, copy.name, tx.now],
  )
}

export async function insertEvent(
  tx: Transaction,
  transmissionId: string,
  state: TransmissionState,
  sentence: string,
): Promise<void> {
  await tx.run(
    `insert into exchange.transmission_event (
       union_code, transmission_id, event_number, municipality_code, state, sentence, recorded_at
     )
     select t.union_code, t.transmission_id,
            1 + (select count(*) from exchange.transmission_event e
                  where e.union_code = t.union_code and e.transmission_id = t.transmission_id),
            t.municipality_code, $3::text, $4::text, $5::timestamptz
       from exchange.transmission t
      where t.union_code = $1::smallint and t.transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId, state, sentence, tx.now],
  )
}

/** 送信の出来事 — what happened, in order. */
export async function listEvents(
  tx: Transaction,
  transmissionId: string,
): Promise<{ state: TransmissionState; sentence: string; at: Instant }[]> {
  return await tx.query(
    `select state, sentence, recorded_at as at
       from exchange.transmission_event
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by event_number`,
    [unionOf(tx), transmissionId],
  )
}

export async function insertReceipt(
  tx: Transaction,
  receipt: Receipt,
  text: string,
): Promise<boolean> {
  const touched = await tx.run(
    `insert into exchange.receipt (
       union_code, transmission_id, kind, municipality_code, document, recorded_at
     )
     select union_code, transmission_id, $3::text, municipality_code, $4::text, $5::timestamptz
       from exchange.transmission
      where union_code = $1::smallint and transmission_id = $2::uuid
     on conflict do nothing`,
    [unionOf(tx), receipt.transmissionId, receipt.kind, text, tx.now],
  )
  return touched === 1
}

/** 受領書 — the latest word on a transmission: refused or accepted, else arrived; null where none. */
export async function receiptOf(
  tx: Transaction,
  transmissionId: string,
): Promise<{ receipt: Receipt; text: string } | null> {
  const rows = await tx.query<{ document: string }>(
    `select document from exchange.receipt
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by (kind = 'arrived')
      limit 1`,
    [unionOf(tx), transmissionId],
  )
  const text = rows[0]?.document
  return text === undefined ? null : { receipt: readReceipt(text), text }
}
