import { type Layout, readRecords } from '@koiki/layouts'
import { misuse, type Transaction } from '@koiki/store'
import { usableKey } from './certificates.ts'
import { KeysMissing } from './faults.ts'
import { getTransmission, unionOf } from './journal.ts'
import { reopenTransmission } from './open.ts'
import type { ExchangePlace } from './prepare.ts'
import { type Bytes, seal, unseal } from './sealing.ts'

/** 隔離した行 — its line, and whether it is at fault itself or rests with its household. */
export type QuarantinedRow = { readonly line: number; readonly because: 'row' | 'household' }

/** 隔離のようす — of one transmission: its rows, and the transmission that brought them mended. */
export type Quarantine = {
  readonly rows: number
  readonly atFault: number
  readonly mendedBy: string | null
}

export async function insertQuarantined(
  tx: Transaction,
  transmissionId: string,
  rows: readonly QuarantinedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(
    `insert into exchange.quarantined_row
       (union_code, transmission_id, line, municipality_code, because, recorded_at)
     select t.union_code, t.transmission_id, q.line, t.municipality_code, q.because, $5::timestamptz
       from exchange.transmission t, unnest($3::integer[], $4::text[]) as q (line, because)
      where t.union_code = $1::smallint and t.transmission_id = $2::uuid`,
    [
      unionOf(tx),
      transmissionId,
      rows.map(({ line }) => line),
      rows.map(({ because }) => because),
      tx.now,
    ],
  )
}

/** 隔離した行の一覧 — by line. */
export async function listQuarantined(
  tx: Transaction,
  transmissionId: string,
): Promise<QuarantinedRow[]> {
  return await tx.query<QuarantinedRow>(
    `select line, because from exchange.quarantined_row
      where union_code = $1::smallint and transmission_id = $2::uuid
      order by line`,
    [unionOf(tx), transmissionId],
  )
}

/** 隔離のようす — null where no row of the transmission rests in quarantine. */
export async function quarantineOf(
  tx: Transaction,
  transmissionId: string,
): Promise<Quarantine | null> {
  const found = await tx.one<Quarantine>(
    `select count(*) as rows, count(*) filter (where because = 'row') as "atFault",
            (select t.transmission_id from exchange.transmission t
              where t.union_code = $1::smallint and t.corrects = $2::uuid
                and exists (
                  select from exchange.transmission_event e
                   where e.union_code = t.union_code and e.transmission_id = t.transmission_id
                     and e.state = 'applied')
              limit 1) as "mendedBy"
       from exchange.quarantined_row
      where union_code = $1::smallint and transmission_id = $2::uuid`,
    [unionOf(tx), transmissionId],
  )
  return found.rows === 0 ? null : found
}

/**
 * 隔離した行のファイル — the very rows as they came, in the layout of their file, sealed for the sender: it can
 * load them, mend them and send them as a correction. They are taken from the sealed original.
 */
export async function* returnedRows(
  tx: Transaction,
  place: ExchangePlace,
  transmissionId: string,
): AsyncGenerator<Buffer> {
  const { sender } = await getTransmission(tx, transmissionId)
  const lines = new Set((await listQuarantined(tx, transmissionId)).map(({ line }) => line))
  if (lines.size === 0) throw misuse('この送信に隔離した行はありません。')
  const reopened = await reopenTransmission(tx, place, transmissionId)
  if (reopened === null) throw misuse('この送信の封じた原本がありません。')
  const usable = await usableKey(place.keys, sender, tx.today)
  if ('fault' in usable) throw new KeysMissing(usable.fault.sentence)
  const { layout, plain } = reopened
  yield* seal(usable.key.recipient, recordsAsFile(layout, recordsAt(layout, plain(), lines)))
}

/** The records at some lines, sound or not, in the order of the file. */
async function* recordsAt(
  layout: Layout,
  plain: Bytes,
  lines: ReadonlySet<number>,
): AsyncGenerator<readonly string[]> {
  for await (const { records, lines: at, faulty } of readRecords(layout, plain)) {
    const all = [
      ...records.map((record, index) => ({ record, line: at[index] as number })),
      ...(faulty ?? []),
    ].sort((a, b) => a.line - b.line)
    for (const { record, line } of all) if (lines.has(line)) yield record
  }
}

/** CSV of records that may be at fault: the writer of layouts would rightly refuse them. */
async function* recordsAsFile(
  layout: Layout,
  records: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const line = (values: readonly string[]): string =>
    `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`
  yield Buffer.from(line(layout.names))
  for await (const record of records) yield Buffer.from(line(record))
}

/** 戻された行を読む — at the sender: opened with its own key; records as they were sent, faults and all. */
export async function* readReturnedRows(
  place: ExchangePlace,
  layout: Layout,
  sealed: Bytes,
): AsyncGenerator<readonly string[]> {
  const identities = (await place.keys.own(place.self)).map(({ identity }) => identity)
  const every: (readonly string[])[] = []
  const batches = readRecords(layout, unseal(identities, sealed), {
    everyRecord: (record) => every.push(record),
  })
  for await (const _ of batches) {
    yield* every
    every.length = 0
  }
  yield* every
}
