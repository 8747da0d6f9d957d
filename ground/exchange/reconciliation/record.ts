import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import { unionOf } from '../journal.ts'
import { type Party, partyInWords } from '../protocol.ts'
import { type Opening, parsed, type Question, questionForm } from './messages.ts'
import type { Reconciled, ReconciliationDifference } from './reconcilable.ts'

/** 全件照合を記録する — at the side that asked. */
export async function recordReconciliation(
  tx: Transaction,
  self: Party,
  done: Reconciled,
): Promise<void> {
  const { reconciliationId, municipality, layout, day, answerer, opening } = done
  await insertReconciliation(tx, {
    ...{ reconciliationId, municipality, layout, day, opening },
    ...{ asker: self, answerer },
  })
  await insertResult(tx, municipality, done)
}

export async function insertReconciliation(
  tx: Transaction,
  one: {
    readonly reconciliationId: string
    readonly municipality: string
    readonly layout: string
    readonly day: PlainDate
    readonly asker: Party
    readonly answerer: Party
    readonly opening: string
  },
): Promise<void> {
  await tx.run(
    `insert into exchange.full_reconciliation
       (union_code, reconciliation_id, municipality_code, layout, day, asker, answerer, opening,
        recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::text, $5::date, $6::text, $7::text, $8::text,
             $9::timestamptz)
     on conflict do nothing`,
    [
      unionOf(tx),
      one.reconciliationId,
      one.municipality,
      one.layout,
      one.day,
      one.asker,
      one.answerer,
      one.opening,
      tx.now,
    ],
  )
}

export async function insertResult(
  tx: Transaction,
  municipality: string,
  result: Pick<
    Reconciled,
    | 'reconciliationId'
    | 'ownCount'
    | 'otherCount'
    | 'messages'
    | 'messageBytes'
    | 'differences'
    | 'pending'
    | 'found'
    | 'sentence'
  >,
): Promise<void> {
  const touched = await tx.run(
    `insert into exchange.full_reconciliation_result
       (union_code, reconciliation_id, municipality_code, own_count, other_count, messages,
        message_bytes, differences, pending, sentence, recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::integer, $5::integer, $6::integer, $7::bigint,
             $8::integer, $9::integer, $10::text, $11::timestamptz)
     on conflict do nothing`,
    [
      unionOf(tx),
      result.reconciliationId,
      municipality,
      result.ownCount,
      result.otherCount,
      result.messages,
      result.messageBytes,
      result.differences,
      result.pending,
      result.sentence,
      tx.now,
    ],
  )
  if (touched === 0) return
  await tx.run(
    `insert into exchange.full_reconciliation_difference
       (union_code, reconciliation_id, difference_number, municipality_code, addressee_number,
        record_key, kind, column_names, recorded_at)
     select $1::smallint, $2::uuid, n, $3::text, one ->> 'addresseeNumber', one ->> 'recordKey',
            one ->> 'kind', array(select jsonb_array_elements_text(one -> 'columns')),
            $5::timestamptz
       from jsonb_array_elements($4::jsonb) with ordinality as listed (one, n)`,
    [unionOf(tx), result.reconciliationId, municipality, JSON.stringify(result.found), tx.now],
  )
}

/** 始まりの書面 — of a reconciliation that this asker opened; null where it did not. */
export async function openingOf(
  tx: Transaction,
  reconciliationId: string,
  asker: Party,
): Promise<Opening | null> {
  const row = await tx.maybe<{ opening: string }>(
    `select opening from exchange.full_reconciliation
      where union_code = $1::smallint and reconciliation_id = $2::uuid and asker = $3::text`,
    [unionOf(tx), reconciliationId, asker],
  )
  if (row === null) return null
  const question = parsed<Question>(questionForm, row.opening, partyInWords(asker))
  return question.kind === 'opening' ? question : null
}

/** 全件照合の記録 */
export type ReconciliationRecord = {
  readonly reconciliationId: string
  readonly municipality: string
  readonly layout: string
  readonly day: PlainDate
  readonly ownCount: number
  readonly otherCount: number
  readonly messages: number
  readonly messageBytes: number
  readonly differences: number
  readonly pending: number
  readonly sentence: string
  readonly at: Instant
}

/** 全件照合の一覧 — the newest of each municipality and layout in the scope. */
export async function listReconciliations(tx: Transaction): Promise<ReconciliationRecord[]> {
  return await tx.query<ReconciliationRecord>(
    `select distinct on (r.municipality_code, r.layout)
            r.reconciliation_id as "reconciliationId", r.municipality_code as municipality,
            r.layout, r.day, s.own_count as "ownCount", s.other_count as "otherCount", s.messages,
            s.message_bytes as "messageBytes", s.differences, s.pending, s.sentence,
            s.recorded_at as at
       from exchange.full_reconciliation r
       join exchange.full_reconciliation_result s using (union_code, reconciliation_id)
      where r.union_code = $1::smallint
      order by r.municipality_code, r.layout, s.recorded_at desc, r.reconciliation_id`,
    [unionOf(tx)],
  )
}

/** 全件照合の違いの一覧 — of one, by 宛名番号; an empty list where it is not in the scope. */
export async function listDifferences(
  tx: Transaction,
  reconciliationId: string,
): Promise<ReconciliationDifference[]> {
  return await tx.query<ReconciliationDifference>(
    `select addressee_number as "addresseeNumber", record_key as "recordKey", kind,
            column_names as columns
       from exchange.full_reconciliation_difference
      where union_code = $1::smallint and reconciliation_id = $2::uuid
      order by difference_number`,
    [unionOf(tx), reconciliationId],
  )
}
