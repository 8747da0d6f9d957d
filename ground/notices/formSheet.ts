import { createHash } from 'node:crypto'
import { lettersWithoutGlyph } from './coverage.ts'
import { typeset } from './typeset.ts'

/** 帳票の表 — columns by their share of the width, rows as text; where there are none, the sentence that says why. */
export interface FormTable {
  readonly title: string
  readonly columns: readonly {
    readonly name: string
    readonly share: number
    readonly figure?: true
  }[]
  readonly rows: readonly (readonly string[])[]
  readonly empty?: string
}

/** 帳票 — what one form says. A letter is for a citizen's hands, a record and a list are for the office. */
export interface FormSheet {
  readonly kind: 'letter' | 'record' | 'list'
  /** 帳票番号 — which form it is. */
  readonly form: string
  /** When it was set: the same sheet gives the same bytes. */
  readonly at: string
  /** 紙の符号 — in letters and bars at the foot of each page. */
  readonly code: string
  /** 再 — printed before. */
  readonly again: boolean
  readonly title: string
  readonly subtitle: string | null
  /** 文書番号, where it has one. */
  readonly number: string | null
  readonly to: string | null
  readonly issuedOn: string
  readonly issuer: string
  readonly lead: readonly string[]
  readonly about: readonly { readonly label: string; readonly value: string }[]
  readonly tables: readonly FormTable[]
  readonly remarks: readonly string[]
  readonly contact: string | null
  /** 余白 — who printed it, when and what for; null on what a citizen takes along. */
  readonly margin: readonly string[] | null
}

export interface PrintedForm {
  readonly pdf: Buffer
  readonly pages: number
}

/** 止めた帳票 — nothing was set; the sentence names code points, never the name. */
export class FormStopped extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'FormStopped'
  }
}

/** 帳票を印刷する — one tagged PDF of as many pages as it takes. Throws FormStopped for a letter that no font has. */
export function printForm(sheet: FormSheet, { mock }: { readonly mock: boolean }): PrintedForm {
  const letters = [...new Set(lettersWithoutGlyph(textsOf(sheet)))]
  if (letters.length > 0)
    throw new FormStopped(
      `この帳票は印字していません。字形のない文字があります(${letters.slice(0, 10).join('、')})。文字を確かめ、手書きで作るか、字形を加えてから印刷してください。`,
    )
  const data = { issuer: sheet.issuer, mock, sheet }
  return typeset('formSheet.typ', data, Math.floor(Date.parse(sheet.at) / 1000))
}

/** Every text of a value, in the order in which it stands there. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textsOf).join('\n')
  if (typeof value === 'object' && value !== null) return textsOf(Object.values(value))
  return ''
}

/** 符号の終わりの4けた — nobody knows them without having seen the paper; the same paper always has the same. */
export function codeTail(seed: string): string {
  const digest = createHash('sha256').update(seed).digest()
  return String(digest.readUInt32BE(0) % 10_000).padStart(4, '0')
}

/** 帳票の符号 — form, what it speaks of, which copy, and the tail. */
export function formCode(form: string, of: string, copy: number): string {
  const body = `${form}-${of}-${String(copy).padStart(2, '0')}`
  return `${body}-${codeTail(`koiki form ${body}`)}`
}
