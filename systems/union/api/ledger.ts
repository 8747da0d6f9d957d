import { z } from 'zod'
import { plainDate, reference, yen } from './fields.ts'

/**
 * 保険料台帳との約束 — the decisions of one person as a ledger of 調定. What was collected is the next chapter's: until it
 * tells, there is a sentence in its place and never a zero.
 */

export const LedgerRow = z.object({
  decision: reference.describe('なぜを開く参照'),
  revision: z.int(),
  decidedOn: plainDate,
  kind: z.enum(['initial', 'increase', 'decrease', 'unchanged', 'changed', 'cancelled']),
  kindName: z.string(),
  causes: z.array(z.string()).describe('変わったこと'),
  lawEdition: z.string(),
  months: z.int(),
  reductionTenths: z.int(),
  overCapYen: yen.describe('限度超過額(医療分と子ども分の和)'),
  medicalYen: yen,
  childSupportYen: yen.nullable(),
  annualYen: yen,
  differenceYen: yen.nullable().describe('前の決定との差。前の決定がこの席から見えなければ null。'),
  assessedYen: yen.describe('この決定の後の調定額'),
})
export type LedgerRow = z.infer<typeof LedgerRow>

export const LedgerYear = z.object({
  fiscalYear: z.int(),
  assessedYen: yen,
  hiddenBefore: z.int().describe('この席から見えない、前の市区町村の決定の数'),
  rows: z.array(LedgerRow),
  levies: z
    .array(
      z.object({
        name: z.string(),
        items: z.array(z.object({ name: z.string(), value: z.string() })),
      }),
    )
    .describe('いまの決定の、分ごとの内訳'),
  basis: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type LedgerYear = z.infer<typeof LedgerYear>

export const PersonLedger = z.object({
  checkedAt: z.string(),
  on: plainDate,
  person: reference,
  years: z.array(LedgerYear).describe('新しい年度から'),
  collection: z
    .object({ arrived: z.literal(false), sentence: z.string() })
    .describe('収納の欄。届くまでは額がない。'),
})
export type PersonLedger = z.infer<typeof PersonLedger>
