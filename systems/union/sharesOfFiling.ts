import { judgeSharesAround } from '@koiki/copay'
import type { Transaction } from '@koiki/store'

/**
 * 届書による割合の再判定 — of everybody in the households of whom the filing speaks, in the transaction that
 * decided it or took it back: the counter sees the new share at once. Nothing where no share was ever
 * judged.
 */
export async function judgeSharesOfFiling(tx: Transaction, filingId: string): Promise<void> {
  const told = await tx.query<{ resident_key: number; receipt_number: string }>(
    'select resident_key, receipt_number from eligibility.filing_person where filing_id = $1::uuid',
    [filingId],
  )
  const [first] = told
  if (first === undefined) return
  await judgeSharesAround(
    tx,
    told.map(({ resident_key }) => resident_key),
    { receiptNumber: first.receipt_number },
  )
}
