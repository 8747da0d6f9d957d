import type { Transaction } from '@koiki/store'
import type { Effect } from '../effect.ts'
import type { FilingPlace } from './filings.ts'

type Destination = Extract<Effect, { kind: 'destination' }>

/** 送付先の届け — kept, not yet working: a second person checks it (J7). */
export async function insertDestination(
  tx: Transaction,
  filing: FilingPlace,
  residentKey: number,
  to: Destination,
  account: string,
): Promise<void> {
  await tx.run(
    `insert into eligibility.mailing_destination
       (resident_key, filing_id, union_code, municipality_code, receipt_number, covers, ends,
        recipient_name, relation, address, effective_on, registered_by, registered_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::text, $6::text, $7::boolean,
             $8::text, $9::text, $10::jsonb, $11::date, $12::uuid, $13::timestamptz)
     on conflict (resident_key, filing_id) do nothing`,
    [
      residentKey,
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      filing.receiptNumber,
      to.covers,
      to.ends,
      to.recipientName,
      to.relation,
      to.address === null ? null : JSON.stringify(to.address),
      to.from,
      account,
      tx.now,
    ],
  )
}

/** 2人目の確かめ */
export async function insertDestinationCheck(
  tx: Transaction,
  filing: FilingPlace,
  residentKey: number,
  check: { readonly agreed: boolean; readonly account: string },
): Promise<void> {
  await tx.run(
    `insert into eligibility.mailing_destination_check
       (resident_key, filing_id, union_code, municipality_code, agreed, checked_by, checked_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::boolean, $6::uuid, $7::timestamptz)`,
    [
      residentKey,
      filing.filingId,
      tx.scope!.union,
      filing.municipality,
      check.agreed,
      check.account,
      tx.now,
    ],
  )
}
