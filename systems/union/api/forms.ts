import { z } from 'zod'
import { instant, reference, version } from './fields.ts'

/**
 * 帳票との約束 — every form that is printed for a person or a filing, the sheet as it stands, and forms that the union
 * delivers to a municipality. A sheet counts as printed only when somebody has typed four digits from the paper.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const FormKind = z.enum([
  'eligibilityRecord',
  'disabilityCertificate',
  'burdenCertificate',
  'filingCopy',
  'filingDecision',
  'premiumLedger',
])
export type FormKind = z.infer<typeof FormKind>

export const FormState = z
  .enum(['instructed', 'printed', 'spoiled', 'notPrinted', 'cancelled'])
  .describe('印刷を頼んだ・紙を確かめた・よごれた・出なかった・取りやめた')
export type FormState = z.infer<typeof FormState>

export const PrintedForm = z.object({
  printed: reference,
  form: FormKind,
  formNumber: z.string(),
  name: z.string(),
  about: z.string().describe('何年度、どの届書のものか'),
  copy: z.int(),
  again: z.boolean().describe('再'),
  pages: z.int(),
  purpose: z.string(),
  instructedAt: instant,
  instructedBy: z.string(),
  state: FormState,
  stateName: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  version,
})
export type PrintedForm = z.infer<typeof PrintedForm>

/** 何の帳票か — of a person, and where the form asks for it of a fiscal year; or of a filing. */
export const FormTarget = z.object({
  form: FormKind,
  person: reference.nullable(),
  filing: reference.nullable(),
  fiscalYear: z.int().min(2008).max(2200).nullable(),
})
export type FormTarget = z.infer<typeof FormTarget>

export const OfferedForm = z.object({
  form: FormKind,
  formNumber: z.string(),
  chapter: z.string(),
  name: z.string(),
  label: z.string().describe('何年度、どの届書のものか。なければ空。'),
  target: FormTarget,
  impossible: z.string().nullable().describe('いま刷れないわけと、することの文'),
  printedCopies: z.int().describe('紙を確かめた数'),
})
export type OfferedForm = z.infer<typeof OfferedForm>

export const OfferedForms = z.object({
  checkedAt: instant,
  whose: z.object({ name: z.string(), birth: z.string().nullable() }).describe('だれの帳票か'),
  handleWithCare: z.boolean(),
  forms: z.array(OfferedForm),
  printed: z.array(PrintedForm).describe('刷った紙。新しいものから。'),
  may: z.array(z.enum(['print'])),
})
export type OfferedForms = z.infer<typeof OfferedForms>

/** 見本 — the very bytes that will print; `at` and `digest` go along with the instruction. */
export const FormPreview = z.object({
  at: instant,
  digest: sha256,
  pages: z.int(),
  again: z.boolean(),
  pdf: z.base64(),
})
export type FormPreview = z.infer<typeof FormPreview>

export const PrintForm = FormTarget.extend({
  request: z.uuid().describe('画面が付ける番号。2度送っても1通になる。'),
  at: instant.max(40),
  digest: sha256,
})
export type PrintForm = z.infer<typeof PrintForm>

export const SettleForm = z.object({
  version,
  act: z.enum(['printed', 'spoiled', 'notPrinted', 'cancelled']),
  tail: z.string().max(8).optional().describe('紙の符号の下4けた。act が printed のとき。'),
})
export type SettleForm = z.infer<typeof SettleForm>

// ── 配信する帳票 ──────────────────────────────────────────────────────────────

export const FormDelivery = z.object({
  delivery: reference,
  municipality: z.object({ code: z.string(), name: z.string() }),
  number: z.int(),
  formNumber: z.string(),
  title: z.string(),
  people: z.int(),
  pages: z.int(),
  bytes: z.int(),
  sha256,
  madeAt: instant,
  madeBy: z.string(),
  state: z.enum(['ready', 'fetched', 'received']),
  fetchedAt: instant.nullable(),
  fetchedBy: z.string().nullable(),
  receivedAt: instant.nullable(),
  receivedBy: z.string().nullable(),
  waitingDays: z.int().nullable().describe('受け取られないまま過ぎた日数。受け取ったら null。'),
  overdue: z.boolean(),
})
export type FormDelivery = z.infer<typeof FormDelivery>

export const FormDeliveries = z.object({
  checkedAt: instant,
  termDays: z.int().describe('この日数のうちに受け取られなければ知らせる'),
  overdue: z
    .object({ forms: z.int(), municipalities: z.array(z.string()) })
    .describe('日数を過ぎても受け取られていない帳票の数と、その市区町村。載せた頁によらない。'),
  deliveries: z.array(FormDelivery),
  older: reference.nullable().describe('この前のものがあれば、それをたずねる参照'),
})
export type FormDeliveries = z.infer<typeof FormDeliveries>

/** どこから前を見るか — the reference that the page before gave. */
export const FormDeliveriesQuery = z.object({ older: reference.optional() })

/** 受け取りの確かめ — what the desk counted and reckoned of the bytes that it has in hand. */
export const ReceiveForms = z.object({ pages: z.int().min(1), sha256 })
export type ReceiveForms = z.infer<typeof ReceiveForms>
