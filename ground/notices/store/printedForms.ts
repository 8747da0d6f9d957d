import { createHash } from 'node:crypto'
import { type Instant, StoreError, type Transaction } from '@koiki/store'
import type { FormSheet } from '../formSheet.ts'

/** 刷った紙のいきさつ — nothing yet: the sheet was asked for, and nobody has seen it. */
export type PrintAct = 'printed' | 'spoiled' | 'notPrinted' | 'cancelled'

/** 印刷を指示した帳票 — one sheet of paper, exactly as it was set. */
export type PrintedFormRecord = {
  readonly formId: string
  readonly municipality: string
  readonly form: string
  readonly about: string
  readonly copy: number
  readonly again: boolean
  readonly code: string
  readonly sheet: FormSheet
  readonly digest: Buffer
  readonly pages: number
  readonly purpose: string
  readonly requestDigest: Buffer
  readonly instructedAt: Instant
  readonly account: string
  readonly accountName: string
  /** The last act, and who did it; null while the sheet waits to be looked at. */
  readonly act: PrintAct | null
  readonly version: number
  readonly settledAt: Instant | null
  readonly settledBy: string | null
}

/** 担当者 */
export type FormClerk = { readonly account: string; readonly name: string }

const columns = `f.form_id::text as "formId", f.municipality_code as municipality, f.form, f.about,
  f.copy, f.again, f.code, f.sheet, f.digest, f.pages, f.purpose,
  f.request_digest as "requestDigest", f.instructed_at as "instructedAt",
  f.account::text as account, f.account_name as "accountName",
  e.act, coalesce(e.version, 0) as version, e.at as "settledAt", e.account_name as "settledBy"`

const joins = `from notices.printed_form f
  left join lateral (
    select act, version, at, account_name from notices.printed_form_event e
     where e.form_id = f.form_id order by version desc limit 1) e on true`

/** 刷った帳票の一覧 — of everything that they speak of, the newest first. */
export const findPrintedForms = (
  tx: Transaction,
  abouts: readonly string[],
): Promise<PrintedFormRecord[]> =>
  tx.query<PrintedFormRecord>(
    `select ${columns} ${joins}
      where f.about = any ($1::text[])
      order by f.instructed_at desc, f.form, f.copy desc`,
    [abouts],
  )

export const findPrintedForm = (
  tx: Transaction,
  formId: string,
): Promise<PrintedFormRecord | null> =>
  tx.maybe<PrintedFormRecord>(`select ${columns} ${joins} where f.form_id = $1::uuid`, [formId])

/** 中身の要約値 — of a sheet as it is set; the key order of its JSON does not matter. */
export const sheetDigest = (sheet: FormSheet): Buffer =>
  createHash('sha256').update(canonical(sheet)).digest()

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

export type NewPrintedForm = Pick<
  PrintedFormRecord,
  | 'formId'
  | 'municipality'
  | 'form'
  | 'about'
  | 'copy'
  | 'again'
  | 'code'
  | 'sheet'
  | 'pages'
  | 'purpose'
  | 'requestDigest'
>

export async function insertPrintedForm(
  tx: Transaction,
  one: NewPrintedForm,
  clerk: FormClerk,
): Promise<void> {
  await tx.run(
    `insert into notices.printed_form
       (form_id, municipality_code, union_code, form, about, copy, again, code, sheet, digest,
        pages, purpose, request_digest, instructed_at, account, account_name)
     values ($1::uuid, $2, $3::smallint, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13,
             $14::timestamptz, $15::uuid, $16)`,
    [
      one.formId,
      one.municipality,
      tx.scope!.union,
      one.form,
      one.about,
      one.copy,
      one.again,
      one.code,
      JSON.stringify(one.sheet),
      sheetDigest(one.sheet),
      one.pages,
      one.purpose,
      one.requestDigest,
      tx.now,
      clerk.account,
      clerk.name,
    ],
  )
}

/** 紙のいきさつを足す — false where somebody was there first. */
export async function settlePrintedForm(
  tx: Transaction,
  one: Pick<PrintedFormRecord, 'formId' | 'municipality'>,
  version: number,
  act: PrintAct,
  clerk: FormClerk,
): Promise<boolean> {
  try {
    await tx.run(
      `insert into notices.printed_form_event
         (form_id, version, municipality_code, union_code, act, at, account, account_name)
       values ($1::uuid, $2, $3, $4::smallint, $5, $6::timestamptz, $7::uuid, $8)`,
      [
        one.formId,
        version + 1,
        one.municipality,
        tx.scope!.union,
        act,
        tx.now,
        clerk.account,
        clerk.name,
      ],
    )
    return true
  } catch (error) {
    if (isTakenAlready(error)) return false
    throw error
  }
}

/** 先に取られた — two clerks at one moment meet at the key. */
export const isTakenAlready = (error: unknown): boolean =>
  error instanceof StoreError && error.kind === 'unique'
