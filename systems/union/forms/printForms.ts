import { createHash } from 'node:crypto'
import { may } from '@koiki/access'
import { getPerson } from '@koiki/eligibility'
import { formatWareki, type PlainDate } from '@koiki/kernel'
import {
  type FormSheet,
  FormStopped,
  findPrintedForm,
  findPrintedForms,
  insertPrintedForm,
  isTakenAlready,
  type PrintedFormRecord,
  printForm,
  settlePrintedForm,
  sheetDigest,
} from '@koiki/notices'
import type { Instant, Transaction } from '@koiki/store'
import type { z } from 'zod'
import {
  type FormKind,
  type FormPreview,
  type FormTarget,
  type OfferedForm,
  type OfferedForms,
  type PrintedForm,
  type PrintForm,
  purposes,
  type SettleForm,
} from '../api.ts'
import { changedBefore, nothing, Refusal, refused } from '../failure.ts'
import { dayInJapan } from '../instants.ts'
import { leaveLook } from '../look.ts'
import { placeName, unionName } from '../places.ts'
import { packUuid, unpackUuid } from '../reference.ts'
import type { Call } from '../route.ts'
import { clerkOf as filingClerkOf } from '../routes/filings.ts'
import { codeOf, formKinds, formStateNames, timeOf, yearLabel } from './catalogue.ts'
import { filingAtHand } from './filingSheets.ts'
import { type Matter, matterOf, mattersOfFiling, mattersOfPerson } from './matters.ts'

type AnyCall = Call<never, never> | Call
type Target = z.infer<typeof FormTarget>

/** 紙 — everything that stands on it; the same facts, clerk and moment give the same sheet. */
async function sheetOf(
  tx: Transaction,
  call: AnyCall,
  matter: Matter,
  at: Instant,
  before: readonly PrintedFormRecord[],
): Promise<{ readonly sheet: FormSheet; readonly copy: number }> {
  const { internal, ...body } = await matter.body(tx)
  const same = before.filter(({ form, about }) => form === matter.form && about === matter.about)
  const copy = Math.max(0, ...same.map((one) => one.copy)) + 1
  const on = formatWareki(dayInJapan(at) as PlainDate, 'long')
  return {
    copy,
    sheet: {
      ...body,
      form: formKinds[matter.form].number,
      at,
      code: codeOf(matter.form, matter.about, copy),
      again: same.some(({ act }) => act === 'printed'),
      issuedOn: on,
      issuer: unionName(call.scope.union),
      margin: internal
        ? [
            `操作 ${call.session.actor.name}(${placeName(call.scope.municipality)})`,
            `${on} ${timeOf(at)}`,
            `用件 ${purposeOf(call)}`,
          ]
        : null,
    },
  }
}

const purposeOf = (call: AnyCall): string =>
  call.purpose === null ? '用件なし' : purposes[call.purpose]

const pdfOf = (call: AnyCall, sheet: FormSheet) => {
  try {
    return printForm(sheet, { mock: call.parts.invented })
  } catch (error) {
    if (error instanceof FormStopped) throw new Refusal(409, 'SHEET_STOPPED', error.message)
    throw error
  }
}

const stateOf = ({ act }: PrintedFormRecord): z.infer<typeof PrintedForm>['state'] =>
  act ?? 'instructed'

export function printedShown(call: AnyCall, one: PrintedFormRecord): z.infer<typeof PrintedForm> {
  const form = one.form as FormKind
  const [, year] = /-(\d{4})$/.exec(one.about) ?? []
  return {
    printed: call.references.write('printedForm', packUuid(one.formId)),
    form,
    formNumber: formKinds[form].number,
    name: formKinds[form].name,
    about:
      formKinds[form].of === 'filing'
        ? one.about
        : form === 'premiumLedger' && year !== undefined
          ? yearLabel(Number(year))
          : '',
    copy: one.copy,
    again: one.again,
    pages: one.pages,
    purpose: one.purpose,
    instructedAt: one.instructedAt,
    instructedBy: one.accountName,
    state: stateOf(one),
    stateName: formStateNames[stateOf(one)],
    settledAt: one.settledAt,
    settledBy: one.settledBy,
    version: one.version,
  }
}

/** 出せる帳票 — each with the reason where it cannot be printed now; a form that this role may not see is not listed. */
async function offered(
  tx: Transaction,
  call: AnyCall,
  matters: readonly Matter[],
  whose: z.infer<typeof OfferedForms>['whose'],
  handleWithCare: boolean,
): Promise<z.infer<typeof OfferedForms>> {
  const seen = matters.filter(({ form }) => may(call.session, formKinds[form].needs))
  const before = await findPrintedForms(tx, [...new Set(seen.map(({ about }) => about))])
  const forms: z.infer<typeof OfferedForm>[] = []
  for (const matter of seen) {
    const { number, chapter, name } = formKinds[matter.form]
    forms.push({
      form: matter.form,
      formNumber: number,
      chapter,
      name,
      label: matter.label,
      target: matter.target,
      impossible: await whyNot(tx, matter),
      printedCopies: before.filter(
        ({ form, about, act }) =>
          form === matter.form && about === matter.about && act === 'printed',
      ).length,
    })
  }
  return {
    checkedAt: tx.now,
    whose,
    handleWithCare,
    forms,
    printed: before
      .filter(({ form }) => may(call.session, formKinds[form as FormKind].needs))
      .map((one) => printedShown(call, one)),
    may: may(call.session, 'form.print') ? ['print'] : [],
  }
}

async function whyNot(tx: Transaction, matter: Matter): Promise<string | null> {
  try {
    await matter.body(tx)
    return null
  } catch (error) {
    if (error instanceof Refusal && error.status === 422) return error.failure.message
    throw error
  }
}

/** 一人の帳票 — of the person, of each fiscal year, of each filing that this office took in. */
export async function formsOfPerson(
  tx: Transaction,
  call: AnyCall,
  subjectKey: number,
): Promise<z.infer<typeof OfferedForms>> {
  const person = await getPerson(tx, subjectKey)
  if (person === null) throw nothing()
  await leaveLook(tx, call, 'form.list', [subjectKey])
  const whose = {
    name: person.name,
    birth: person.birthDateText ?? formatWareki(person.birthDate, 'long'),
  }
  return offered(
    tx,
    call,
    await mattersOfPerson(tx, call, person),
    whose,
    person.underSupportMeasure,
  )
}

/** 届書の帳票 — also of somebody who is no insured person, and may never be one. */
export async function formsOfFiling(
  tx: Transaction,
  call: AnyCall,
  filingId: string,
): Promise<z.infer<typeof OfferedForms>> {
  const at = await filingAtHand(tx, filingId, filingClerkOf(call))
  const matters = mattersOfFiling(call, at)
  await leaveLook(tx, call, 'form.list', matters[0]?.looked ?? [])
  const { name, birthDate } = at.row
  const whose = { name, birth: birthDate === null ? null : formatWareki(birthDate, 'long') }
  return offered(tx, call, matters, whose, at.row.underSupportMeasure)
}

/** 見本 — nothing is kept but who looked. */
export async function previewForm(
  tx: Transaction,
  call: AnyCall,
  target: Target,
): Promise<z.infer<typeof FormPreview>> {
  const matter = await matterOf(tx, call, target)
  await leaveLook(tx, call, 'form.preview', matter.looked)
  const { sheet } = await sheetOf(
    tx,
    call,
    matter,
    tx.now,
    await findPrintedForms(tx, [matter.about]),
  )
  const { pdf, pages } = pdfOf(call, sheet)
  return {
    at: tx.now,
    digest: sheetDigest(sheet).toString('hex'),
    pages,
    again: sheet.again,
    pdf: pdf.toString('base64'),
  }
}

/** A preview is the paper for so long; later it says an hour that has gone by. */
const previewMinutes = 30

/**
 * 印刷を指示する — what was previewed, once: the same request again is the same sheet, and where the facts have moved
 * since the preview nothing is printed.
 */
export async function instructForm(
  tx: Transaction,
  call: AnyCall,
  asked: z.infer<typeof PrintForm>,
): Promise<z.infer<typeof PrintedForm>> {
  const { request, at, digest, ...target } = asked
  const requestDigest = createHash('sha256')
    .update(JSON.stringify([target.form, target.person, target.filing, target.fiscalYear, digest]))
    .digest()
  const known = await findPrintedForm(tx, request)
  if (known !== null) {
    if (known.requestDigest.equals(requestDigest)) return printedShown(call, known)
    throw new Refusal(
      409,
      'USED_BEFORE',
      'この頼みは、別の帳票を刷るのに使ってあります。もう一度は刷っていません。画面を最新にして(F5)、必要なら新しく刷ってください。',
    )
  }
  const matter = await matterOf(tx, call, target)
  const before = await findPrintedForms(tx, [matter.about])
  const open = before.find((one) => one.form === matter.form && one.act === null)
  if (open !== undefined)
    throw refused(
      `${formKinds[matter.form].name}の、紙を確かめていない1通があるので、次は刷れません。${open.accountName}さんの指示した紙を確かめるか、取りやめてください。`,
    )
  const age = (Date.parse(tx.now) - Date.parse(at)) / 60_000
  const { sheet, copy } =
    age >= 0 && age <= previewMinutes
      ? await sheetOf(tx, call, matter, at as Instant, before)
      : { sheet: null, copy: 0 }
  if (sheet === null || sheetDigest(sheet).toString('hex') !== digest)
    throw new Refusal(
      409,
      'PREVIEW_OLD',
      '見本を見てから時間がたったか、記録が変わったので、印刷を指示していません。見本をもう一度見て、指示し直してください。',
    )
  const { pages } = pdfOf(call, sheet)
  await leaveLook(tx, call, 'form.print', matter.looked)
  try {
    await insertPrintedForm(
      tx,
      {
        formId: request,
        municipality: matter.municipality,
        form: matter.form,
        about: matter.about,
        copy,
        again: sheet.again,
        code: sheet.code,
        sheet,
        pages,
        purpose: purposeOf(call),
        requestDigest,
      },
      clerkOf(call),
    )
  } catch (error) {
    if (!isTakenAlready(error)) throw error
    throw refused(
      'ほかの人が同じときに同じ帳票を指示したので、こちらは指示していません。画面を最新にして(F5)、その紙を確かめてください。',
    )
  }
  return printedShown(call, (await findPrintedForm(tx, request))!)
}

const clerkOf = (call: AnyCall) => ({
  account: call.session.actor.id,
  name: call.session.actor.name,
})

/** The sheet within this seat's scope, and whether this role may see what it tells. */
async function printedAt(tx: Transaction, call: AnyCall): Promise<PrintedFormRecord> {
  const one = await findPrintedForm(tx, unpackUuid(call.at('printedForm', 'printed')))
  if (one === null || !may(call.session, formKinds[one.form as FormKind].needs)) throw nothing()
  return one
}

/** 刷る紙 — the same bytes as the preview, until somebody has seen the paper. */
export async function printedPdf(tx: Transaction, call: AnyCall): Promise<Buffer> {
  const one = await printedAt(tx, call)
  if (one.act !== null)
    throw refused(
      `この紙は「${formStateNames[stateOf(one)]}」なので、もう刷れません。刷り直すときは、見本から新しく指示してください。新しい紙には「再」が付きます。`,
    )
  await leaveLook(tx, call, 'form.print', await lookedAt(tx, one))
  return pdfOf(call, one.sheet).pdf
}

/** Who is on the sheet: by 被保険者番号, or by the filing that it is of. */
async function lookedAt(tx: Transaction, one: PrintedFormRecord): Promise<number[]> {
  const rows =
    formKinds[one.form as FormKind].of === 'person'
      ? await tx.query<{ key: number }>(
          'select subject_key as key from eligibility.insured_person where insured_number = $1',
          [one.about.slice(0, 8)],
        )
      : await tx.query<{ key: number }>(
          `select coalesce(r.subject_key, r.resident_key) as key
             from eligibility.filing f
             join eligibility.filing_person p on p.filing_id = f.filing_id
             join eligibility.resident r on r.resident_key = p.resident_key
            where f.receipt_number = $1`,
          [one.about],
        )
  return rows.map(({ key }) => key)
}

const settledWords = {
  printed: '紙を確かめた',
  spoiled: '紙をよごれとした',
  notPrinted: '紙が出なかったとした',
  cancelled: '印刷を取りやめた',
} as const

/** 紙を確かめる — only whoever has the paper knows its last digits; a print counts from then on. */
export async function settleForm(
  tx: Transaction,
  call: AnyCall,
  { version, act, tail }: z.infer<typeof SettleForm>,
): Promise<z.infer<typeof PrintedForm>> {
  const one = await printedAt(tx, call)
  const before = (): Refusal =>
    changedBefore({
      version: one.version,
      at: one.settledAt ?? one.instructedAt,
      by: one.settledBy ?? one.accountName,
      what: one.act === null ? '印刷を指示した' : settledWords[one.act],
    })
  if (one.version !== version || one.act !== null) throw before()
  if (act === 'printed' && tail?.normalize('NFKC').trim() !== one.code.slice(-4))
    throw refused(
      '下4けたが、いま刷った紙とちがいます。紙の右下の符号を見て、もう一度打ってください。ちがう人の紙なら、渡さずに、刷り直してください。',
    )
  await leaveLook(tx, call, 'form.settle', await lookedAt(tx, one))
  if (!(await settlePrintedForm(tx, one, version, act, clerkOf(call)))) throw before()
  return printedShown(call, (await findPrintedForm(tx, one.formId))!)
}
