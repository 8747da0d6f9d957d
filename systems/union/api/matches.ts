import { z } from 'zod'
import { instant, plainDate, reference } from './fields.ts'

/**
 * 名寄せとの約束 — whether two records are one person, field by field, and what a clerk judged; and what filings
 * have told of a person. A number and an address have no field here.
 */

export const MatchVerdict = z.enum(['一致', '不一致', '片方なし'])
export type MatchVerdict = z.infer<typeof MatchVerdict>

export const MatchedRecord = z.object({
  record: reference.describe('くらべる相手の住民の記録'),
  person: reference.nullable().describe('相手が被保険者なら、その人'),
  name: z.string(),
  birth: z.string(),
  municipality: z.string(),
  insuredNumber: z.string().nullable(),
  together: z.boolean().describe('いま、同じ人として扱っているか'),
  handleWithCare: z.boolean(),
  fields: z.array(
    z.object({
      field: z.string(),
      verdict: MatchVerdict,
      one: z.string().nullable(),
      other: z.string().nullable(),
    }),
  ),
  decided: z
    .object({ same: z.boolean(), reason: z.string() })
    .nullable()
    .describe('いまある職員の判断'),
})
export type MatchedRecord = z.infer<typeof MatchedRecord>

export const PersonMatches = z.object({
  checkedAt: instant,
  person: reference,
  matches: z.array(MatchedRecord),
  may: z.array(z.enum(['judge'])),
})
export type PersonMatches = z.infer<typeof PersonMatches>

export const JudgeMatch = z.object({
  record: reference,
  judgement: z
    .enum(['same', 'different', 'withdrawn'])
    .describe('同じ人、別の人、前の判断を取りやめて記録だけで決める'),
  reason: z.string().trim().min(1).max(200),
})
export type JudgeMatch = z.infer<typeof JudgeMatch>

export const PersonRecord = z.object({
  checkedAt: instant,
  filings: z.array(
    z.object({
      filing: reference,
      receiptNumber: z.string(),
      kindName: z.string(),
      filedOn: plainDate,
      state: z.string(),
      stateName: z.string(),
    }),
  ),
  told: z
    .array(
      z.object({
        kind: z.string().describe('障害認定・住所地特例・施設・送付先'),
        from: plainDate,
        until: plainDate.nullable(),
        detail: z.string().nullable(),
        receiptNumber: z.string().nullable(),
      }),
    )
    .describe('届書が語ったこと。取扱注意の人の施設と送付先は載らない。'),
  reckonings: z
    .array(
      z.object({
        kind: z.enum(['found', 'resolved', 'same', 'different', 'withdrawn']),
        at: instant,
        items: z.array(z.string()).describe('ちがった項目の名。値は載らない。'),
        filing: reference.nullable(),
        by: z.string().nullable(),
      }),
    )
    .describe('突合のちがいと直し、同じ人かの判断'),
})
export type PersonRecord = z.infer<typeof PersonRecord>
