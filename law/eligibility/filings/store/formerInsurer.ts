import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { FilingPlace } from './filings.ts'

/** 前の保険者への照会 — asked, and answered by hand with its source (評価書 ※1). */
export type Inquiry = {
  readonly sequence: number
  readonly insurer: string
  readonly askedAt: Instant
  readonly askedBy: string
  readonly answer: 'lost' | 'notLost' | 'unknown' | null
  readonly lostOn: PlainDate | null
  readonly source: string | null
  readonly answeredAt: Instant | null
  readonly answeredBy: string | null
}

export async function findInquiries(
  tx: Transaction,
  filingId: string,
): Promise<readonly Inquiry[]> {
  return tx.query<Inquiry>(
    `select sequence, insurer_name as insurer, asked_at as "askedAt",
            asked_by_name as "askedBy", answer, lost_on as "lostOn", source,
            answered_at as "answeredAt", answered_by_name as "answeredBy"
       from eligibility.former_insurer_inquiry
      where filing_id = $1::uuid
      order by sequence`,
    [filingId],
  )
}

/** 照会する — one at a time; an open one is not asked again. */
export async function askFormerInsurer(
  tx: Transaction,
  filing: FilingPlace,
  insurer: string,
  by: string,
): Promise<void> {
  await tx.run(
    `insert into eligibility.former_insurer_inquiry
       (filing_id, sequence, union_code, municipality_code, insurer_name, asked_at, asked_by_name)
     select $1::uuid, coalesce(max(sequence), 0) + 1, $2::smallint, $3::text, $4::text,
            $5::timestamptz, $6::text
       from eligibility.former_insurer_inquiry
      where filing_id = $1::uuid
     having count(*) filter (where answer is null) = 0`,
    [filing.filingId, tx.scope!.union, filing.municipality, insurer, tx.now, by],
  )
}

/** 答えを入れる — false when nothing was open. */
export async function answerFormerInsurer(
  tx: Transaction,
  filingId: string,
  answer: {
    readonly answer: 'lost' | 'notLost' | 'unknown'
    readonly lostOn: PlainDate | null
    readonly source: string
    readonly by: string
  },
): Promise<boolean> {
  const answered = await tx.run(
    `update eligibility.former_insurer_inquiry
        set answer = $2::text, lost_on = $3::date, source = $4::text,
            answered_at = $5::timestamptz, answered_by_name = $6::text
      where filing_id = $1::uuid and answer is null`,
    [filingId, answer.answer, answer.lostOn, answer.source, tx.now, answer.by],
  )
  return answered > 0
}
