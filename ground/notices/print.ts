import { createHash } from 'node:crypto'
import path from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles, lettersWithoutGlyph } from './coverage.ts'

const formsFolder = path.join(import.meta.dirname, 'forms')

interface Sheet {
  /** 用紙番号 — unique within a print run. */
  readonly sheetNumber: string
  /** The machine's code of the sheet, printed at the foot of each of its pages. */
  readonly code: string
  /** Seven digits, with or without the hyphen; printed with it. */
  readonly postalCode: string
  readonly address: readonly string[]
  readonly name: string
  readonly birthDate: string
  readonly insuredNumber: string
  readonly issuedOn: string
  readonly issuer: string
  readonly contact: string
}

/** One levy (医療分 or 子ども分) as the notice shows it; whole yen. */
export interface LevyFigures {
  readonly name: string
  readonly perCapitaBefore: number
  readonly reduction: string
  readonly perCapita: number
  readonly rate: string
  readonly incomeBased: number
  readonly cap: number
  readonly overCap: number
  readonly annual: number
}

/** One paragraph of the second page: a question, its lines, and the yen they lead to. */
export interface ExplanationPart {
  readonly title: string
  readonly lines: readonly string[]
  readonly sum?: string
}

/** 保険料額決定通知書 — what one person's two pages say. */
export interface PremiumNoticeSheet extends Sheet {
  readonly documentNumber: string
  readonly fiscalYear: string
  readonly period: string
  readonly months: number
  readonly base: number
  readonly annual: number
  readonly levies: readonly LevyFigures[]
  readonly explanation: readonly ExplanationPart[]
  readonly basis: string
  readonly appeal: string
}

/** 記載の1行 — what a document of eligibility says in one line of its table. */
export interface DocumentRow {
  readonly label: string
  readonly value: string
  /** Smaller, under the value: the reading of a name, the day from which it holds. */
  readonly note?: string
  /** What a medical institution looks for first. */
  readonly large?: true
}

/** 資格確認書・資格情報のお知らせ — what one person's page says; the address of a sheet that is handed over is empty. */
export interface EligibilityDocumentSheet extends Sheet {
  readonly title: string
  readonly recipient: string
  readonly lead: string
  readonly rows: readonly DocumentRow[]
  readonly remarks: readonly string[]
}

/** 止めた紙 — not printed: no shipped font has the shape of a letter in it, or it says more than its pages hold. */
export interface StoppedSheet {
  readonly sheetNumber: string
  /** Code points without shape; never the name itself. None where it is room that lacks. */
  readonly letters: readonly string[]
  readonly sentence: string
}

/** The pages of one print run, and what was held back. */
export interface PrintedRun {
  /** PDF/UA-1 (tagged) on machines whose Typst can write it; `null` when every sheet was stopped. */
  readonly pdf: Buffer | null
  readonly pages: number
  readonly printed: readonly { sheetNumber: string; digest: string }[]
  readonly stopped: readonly StoppedSheet[]
}

let compiler: NodeCompiler | undefined

/** Every text of a sheet, in the order in which it stands there. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textsOf).join('\n')
  if (typeof value === 'object' && value !== null) return textsOf(Object.values(value))
  return ''
}

function withoutGlyph(sheet: Sheet): StoppedSheet | null {
  const letters = [...new Set(lettersWithoutGlyph(textsOf(sheet)))]
  if (letters.length === 0) return null
  const sentence = `用紙番号 ${sheet.sheetNumber} は印字していません。字形のない文字があります(${letters.join('、')})。文字を確かめ、手書きで作るか、字形を加えてから印刷してください。`
  return { sheetNumber: sheet.sheetNumber, letters, sentence }
}

function withoutRoom({ sheetNumber, insuredNumber }: Sheet, { pagesOfSheet }: Form): StoppedSheet {
  const sentence = `用紙番号 ${sheetNumber}(被保険者番号 ${insuredNumber})は印字していません。書くことが多く、${pagesOfSheet}ページに収まりません。長すぎる住所や氏名を確かめ、手書きで作るか、様式を直してから印刷してください。`
  return { sheetNumber, letters: [], sentence }
}

interface RunOptions {
  /** Name of the office in the document's properties. */
  readonly issuer: string
  /** True in the invented world: each page says so. */
  readonly mock: boolean
  /** Seconds since 1970 of the world's clock, so that the same run gives the same bytes. */
  readonly printedAt: number
}

/** 様式 — its template, and how many pages the foot of each sheet says that there are. */
interface Form {
  readonly file: string
  readonly pagesOfSheet: number
}

function print(form: Form, sheets: readonly Sheet[], options: RunOptions): PrintedRun {
  const stopped: StoppedSheet[] = []
  const printable: Sheet[] = []
  for (const sheet of sheets) {
    const reason = withoutGlyph(sheet)
    if (reason === null)
      printable.push({
        ...sheet,
        postalCode: sheet.postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
      })
    else stopped.push(reason)
  }
  compiler ??= NodeCompiler.create({
    workspace: formsFolder,
    fontArgs: [{ fontPaths: [...fontFiles] }],
  })
  try {
    const { document, fitting } = composeFitting(compiler, form, printable, options)
    const whole = new Set(fitting)
    for (const sheet of printable) if (!whole.has(sheet)) stopped.push(withoutRoom(sheet, form))
    const printed = fitting.map((sheet) => ({
      sheetNumber: sheet.sheetNumber,
      digest: createHash('sha256').update(JSON.stringify(sheet)).digest('hex'),
    }))
    if (document === null) return { pdf: null, pages: 0, printed, stopped }
    const pdf = compiler.pdf(document, {
      pdfStandard: taggedPdf ? 'ua-1' : '1.7',
      creationTimestamp: options.printedAt,
    })
    return { pdf, pages: document.numOfPages, printed, stopped }
  } finally {
    compiler.evictCache(0)
  }
}

/** The sheets that fit their pages, set together; those that take more, even with smaller letters, are left out. */
function composeFitting(
  typst: NodeCompiler,
  form: Form,
  sheets: readonly Sheet[],
  options: RunOptions,
): { document: NodeTypstDocument | null; fitting: readonly Sheet[] } {
  if (sheets.length === 0) return { document: null, fitting: sheets }
  // Typst parses the JSON itself: bytes given by a shadow file would outlive the run in its cache.
  const data = JSON.stringify({ issuer: options.issuer, mock: options.mock, sheets })
  const expected = sheets.length * form.pagesOfSheet
  const usual = compose(typst, form, data, 'no')
  if (usual.numOfPages === expected) return { document: usual, fitting: sheets }
  // Measuring every sheet would cost twice the time of setting it, so only a run with a long one is measured.
  const document = compose(typst, form, data, 'yes')
  if (document.numOfPages === expected) return { document, fitting: sheets }
  const pages = new Map<string, number>()
  for (const number of pagesBySheet(typst, document))
    pages.set(number, (pages.get(number) ?? 0) + 1)
  const fitting = sheets.filter(({ sheetNumber }) => pages.get(sheetNumber) === form.pagesOfSheet)
  if (fitting.length === sheets.length)
    throw new Error(
      `帳票「${form.file}」の紙の数が合いません。1枚も印刷していません。様式を直してください。`,
    )
  return composeFitting(typst, form, fitting, options)
}

/** 用紙番号 of each page of a measured run, as `sheet-page` of the forms marks it. */
const pagesBySheet = (typst: NodeCompiler, document: NodeTypstDocument): readonly string[] =>
  typst.query(document, { selector: '<page-of-sheet>', field: 'value' })

function compose(typst: NodeCompiler, form: Form, data: string, fit: 'yes' | 'no') {
  const { result } = typst.compile({
    mainFilePath: path.join(formsFolder, form.file),
    inputs: { data, fit },
  })
  if (result !== null) return result
  // Diagnostics of Typst quote the source, which holds names: only the kind may be told.
  throw new Error(
    `帳票「${form.file}」を組めませんでした。1枚も印刷していません。様式を直してください。`,
  )
}

/** Typst 0.13, the newest that is published for some machines, knows no tags. */
const taggedPdf = process.platform === 'linux' && process.arch === 'x64'

/**
 * 後期高齢者医療保険料額決定通知書 — two pages a person: the decision, and the same figures said plainly.
 * A person with a letter that no shipped font has, or with more to be told than two pages hold, is held back; the
 * others are printed.
 */
export function printPremiumNotices(
  sheets: readonly PremiumNoticeSheet[],
  options: RunOptions,
): PrintedRun {
  return print({ file: 'premiumNotice.typ', pagesOfSheet: 2 }, sheets, options)
}

/**
 * 資格確認書（特別療養を含む）・被保険者証 and 資格情報のお知らせ — one page a person, its code at the foot in letters and
 * bars; letters without shape, or too many of them, hold a sheet back.
 */
export function printEligibilityDocuments(
  form: 'certificate' | 'information',
  sheets: readonly EligibilityDocumentSheet[],
  options: RunOptions,
): PrintedRun {
  const file = form === 'certificate' ? 'eligibilityCertificate.typ' : 'eligibilityInformation.typ'
  return print({ file, pagesOfSheet: 1 }, sheets, options)
}
