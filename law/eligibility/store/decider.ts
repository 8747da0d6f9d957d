/**
 * 決定するもの — a job; or an account on a filing (受付番号) or on a judgement of 名寄せ (its reference).
 */
export type Decider =
  | { readonly jobId: string }
  | {
      readonly receiptNumber: string
      readonly account: { readonly id: string; readonly name: string }
    }

/** ジョブと受付番号 — as the two columns of which one is empty. */
export function deciderColumns(by: Decider): {
  readonly jobId: string | null
  readonly receiptNumber: string | null
} {
  return 'jobId' in by
    ? { jobId: by.jobId, receiptNumber: null }
    : { jobId: null, receiptNumber: by.receiptNumber }
}
