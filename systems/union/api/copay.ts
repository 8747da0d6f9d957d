import { z } from 'zod'
import { instant, plainDate } from './fields.ts'

/**
 * 一部負担金の割合との約束 — what share a person pays from when to when, why, with both sides of every test, and
 * what would change it. Amounts in whole yen. Nobody is named whom this desk may not see.
 */

const tenths = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** 限度区分 */
export const CopayLimitCategory = z.enum([
  'active3',
  'active2',
  'active1',
  'general2',
  'general1',
  'lowIncome2',
  'lowIncome1',
])
export type CopayLimitCategory = z.infer<typeof CopayLimitCategory>

/** 判定の事由 */
export const CopayCause = z.enum([
  'yearly',
  'acquisition',
  'householdChange',
  'turningSeventy',
  'application',
  'incomeArrived',
  'incomeCorrection',
  'recordCorrection',
])
export type CopayCause = z.infer<typeof CopayCause>

/** 割合の期間 — the same share and class without a break; neighbours differ in one of them. */
export const CopayPeriod = z.object({
  from: plainDate,
  until: plainDate.nullable().describe('この日からは別の割合か、資格がない'),
  tenths,
  limitCategory: CopayLimitCategory.nullable().describe('判定できないときは無い'),
  limitName: z.string().nullable(),
  shareSince: plainDate.describe('この割合が切れ目なく続く最初の日(発効期日)'),
  limitSince: plainDate,
  current: z.boolean().describe('きょうの割合か'),
})
export type CopayPeriod = z.infer<typeof CopayPeriod>

export const CopayLine = z.object({
  step: z.string(),
  formula: z.string().describe('両辺の数字'),
  value: z.string(),
  test: z.boolean().describe('はい・いいえの段か'),
  holds: z.boolean().nullable().describe('はい・いいえの答え。段が額ならば無い。'),
  law: z.string(),
})
export type CopayLine = z.infer<typeof CopayLine>

/** 足りないもの — whose, and which fact has to come before the judgement can be made or be whole. */
export const CopayMissing = z.object({
  code: z.string(),
  who: z.string().describe('氏名か、この席から開けない人なら「世帯の人」'),
  sentence: z.string().describe('何が足りないか → 何がそろえばよいか'),
})
export type CopayMissing = z.infer<typeof CopayMissing>

export const CopayMember = z.object({
  name: z.string(),
  self: z.boolean(),
  insured: z.boolean(),
  seventies: z.boolean().describe('基準収入額の判定に数える70歳から74歳の人か'),
  items: z
    .array(z.object({ name: z.string(), yen: z.int().nullable(), known: z.boolean() }))
    .describe('判定に用いた額。分からない額は known が偽。'),
})
export type CopayMember = z.infer<typeof CopayMember>

/** なぜ — one judgement, asked again when it is opened. */
export const CopayJudgement = z.object({
  effectiveOn: plainDate,
  judgementYear: z.int(),
  incomeYear: z.int().describe('もとになった所得の年'),
  cause: CopayCause,
  causeName: z.string(),
  tenths,
  sentence: z.string().describe('割合の理由をひとことで'),
  limitCategory: CopayLimitCategory.nullable(),
  limitName: z.string().nullable(),
  groups: z.array(z.object({ name: z.string(), lines: z.array(CopayLine) })),
  whatWouldChange: z.array(CopayLine).describe('割合が低くなるまでの額。1割なら空。'),
  members: z.array(CopayMember),
  notes: z.array(z.string()).describe('読む人が知っておくこと(未申告、分からない収入など)'),
  missing: z.array(CopayMissing).describe('限度区分を判定できないとき、足りないもの'),
  recomputed: z.object({ tenths: tenths.nullable(), agrees: z.boolean(), at: instant }),
  edition: z.string(),
  decidedOn: plainDate,
  receiptNumber: z.string().nullable(),
  superseded: z.boolean().describe('同じ効力の日の後の判定に替わられたか'),
})
export type CopayJudgement = z.infer<typeof CopayJudgement>

/** 判定できない — from which day, and what is missing. */
export const CopayPending = z.object({
  effectiveOn: plainDate,
  judgementYear: z.int(),
  since: instant,
  missing: z.array(CopayMissing),
})
export type CopayPending = z.infer<typeof CopayPending>

export const PersonCopay = z.object({
  on: plainDate,
  checkedAt: instant,
  now: z.object({ tenths, from: plainDate }).nullable().describe('きょうの割合'),
  next: z.object({ tenths, from: plainDate }).nullable().describe('次に変わる割合'),
  sentence: z.string(),
  periods: z.array(CopayPeriod),
  judgements: z.array(CopayJudgement).describe('新しいものから。この席から開ける判定だけ。'),
  pending: z.array(CopayPending),
  moves: z
    .array(z.object({ what: z.literal('certificate'), from: plainDate, sentence: z.string() }))
    .describe('割合が変わるので、ほかに動くもの'),
})
export type PersonCopay = z.infer<typeof PersonCopay>
