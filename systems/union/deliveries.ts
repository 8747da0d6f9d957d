import type { Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { Delivery } from './api.ts'
import { dayInJapan } from './instants.ts'
import { municipalityName } from './places.ts'

/** 返した情報 — what of this person was sent back to a municipality, by the journal of what each chapter sent. */
export async function findDeliveries(
  tx: Transaction,
  subjectKey: number,
): Promise<z.infer<typeof Delivery>[]> {
  const rows = await tx.query<{
    layout: string
    municipality_code: string
    sequence_number: number
    recorded_at: string
  }>(
    `select t.layout, t.municipality_code, t.sequence_number, t.recorded_at
       from (select transmission_id from eligibility.insured_delivery where subject_key = $1::bigint
             union
             select transmission_id from premium.delivery where subject_key = $1::bigint) as sent
       join exchange.transmission t using (transmission_id)
      order by t.recorded_at, t.layout, t.sequence_number`,
    [subjectKey],
  )
  return rows.map((row) => ({
    on: dayInJapan(row.recorded_at),
    layout: row.layout,
    to: municipalityName(row.municipality_code),
    number: row.sequence_number,
  }))
}
