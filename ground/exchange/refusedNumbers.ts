import type { Transaction } from '@koiki/store'
import { unionOf } from './journal.ts'
import type { Party } from './protocol.ts'

/** 断られたままの番号 — refused by its receiver, and not yet made again. */
export type RefusedNumber = {
  readonly transmissionId: string
  readonly receiver: Party
  readonly municipality: string
  readonly sequenceNumber: number
}

/**
 * 断られたままの番号の一覧 — of one sender and layout: of each receiver the oldest, since the numbers after it wait there. The next
 * sending of its kind makes it again (`corrects`), so that nothing that was refused stays untold.
 */
export async function listRefusedNumbers(
  tx: Transaction,
  of: { readonly sender: Party; readonly layout: string; readonly receiver?: Party },
): Promise<RefusedNumber[]> {
  return await tx.query<RefusedNumber>(
    `select distinct on (t.receiver) t.transmission_id as "transmissionId", t.receiver,
            t.municipality_code as municipality, t.sequence_number as "sequenceNumber"
       from exchange.transmission t
       join lateral (
         select state from exchange.transmission_event
          where union_code = t.union_code and transmission_id = t.transmission_id
          order by event_number desc limit 1) e on true
      where t.union_code = $1::smallint and t.direction = 'sent' and t.sender = $2::text
        and t.layout = $3::text and ($4::text is null or t.receiver = $4::text)
        and e.state = 'refused'
        and not exists (
          select from exchange.transmission c
           where c.union_code = t.union_code and c.corrects = t.transmission_id)
      order by t.receiver, t.sequence_number, t.recorded_at desc`,
    [unionOf(tx), of.sender, of.layout, of.receiver ?? null],
  )
}

/** 断られたままの番号 — the oldest of one receiver; null where none. */
export async function findRefusedNumber(
  tx: Transaction,
  of: { readonly sender: Party; readonly layout: string; readonly receiver: Party },
): Promise<RefusedNumber | null> {
  return (await listRefusedNumbers(tx, of))[0] ?? null
}
