import type { IndividualNumber, NumberKind, PlainDate, Yen } from '@koiki/kernel'

/** 条件 — when a column that is otherwise optional must be filled. */
export type Condition =
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly filled: true }
  | { readonly column: string; readonly atLeast: number }

type Common = {
  /** 必須 (true) or 条件付き必須; otherwise 任意. An optional value that is empty is null. */
  readonly required?: true | Condition
  /** 項目の説明 — one sentence, as it stands in the document. */
  readonly text: string
  /** サンプル値 — texts that the sample maker draws from; visibly invented. */
  readonly samples?: readonly string[]
}

/** X 半角文字列 — `length` in characters, at most, or exactly. */
export type HalfWidthColumn = Common & {
  readonly type: 'X'
  readonly length: number
  readonly exact?: true
  readonly digits?: true
  readonly codes?: Readonly<Record<string, string>>
  readonly number?: NumberKind
  /** Rests only enciphered; its value is never shown, totalled or used as a key. */
  readonly secret?: true
}

/** N 全角文字列 — `length` in characters as the reader sees them: base and IVS are one. */
export type FullWidthColumn = Common & {
  readonly type: 'N'
  readonly length: number
  /** Width in bytes of the fixed-length edition, where it is not 2 × length. */
  readonly bytes?: number
  /** Half-width characters may stand among the full-width ones. */
  readonly mixed?: true
}

/** 9 整数, S9 符号付き整数 — `length` in digits. */
export type IntegerColumn = Common & {
  readonly type: '9' | 'S9'
  readonly length: number
  readonly unit?: '円' | '月' | '人' | '番' | '行'
  /** Of an amount: what it is the amount of. */
  readonly amount?: AmountMeaning
  readonly max?: number
}

/** 9V 小数 — `length` digits in all, `decimals` of them after the point; kept as text, never as a float. */
export type DecimalColumn = Common & {
  readonly type: '9V'
  readonly length: number
  readonly decimals: number
  readonly unit?: '%'
}

/** YEAR — 西暦4桁. */
export type YearColumn = Common & { readonly type: 'YEAR' }

/** 額の意味 — of a year, of a month, of one occasion, or as it stood on a day. */
export type AmountMeaning = '1年分' | '1か月分' | '1回分' | 'その日の額'

/**
 * 日の意味 — 起こった日: on which something happened; 初日: the first on which it holds; 最後の日: the last on which
 * it holds; 終わった日: the first on which it does not hold any more; 決めた日; 登録した日.
 */
export type DayMeaning =
  | '起こった日'
  | '初日'
  | '最後の日'
  | '終わった日'
  | '決めた日'
  | '登録した日'

/** DATE — YYYY-MM-DD, Western calendar. */
export type DateColumn = Common & {
  readonly type: 'DATE'
  /** What day it is; a layout of the catalogue must say so. */
  readonly day?: DayMeaning
  /** May be 9999-12-31, an open end. */
  readonly openEnd?: true
  /** A day after today is wrong. */
  readonly notFuture?: true
  /** The column whose day this one must not precede. */
  readonly notBefore?: string
}

/** 項目 — one line of the specification's table. */
export type Column =
  | HalfWidthColumn
  | FullWidthColumn
  | IntegerColumn
  | DecimalColumn
  | YearColumn
  | DateColumn

export type Columns = Readonly<Record<string, Column>>

type Value<C extends Column> = C extends { codes: infer Codes }
  ? `${keyof Codes & (string | number)}`
  : C extends { number: 'individualNumber' }
    ? IndividualNumber
    : C extends { type: 'DATE' }
      ? PlainDate
      : C extends { type: '9' | 'S9'; unit: '円' }
        ? Yen
        : C extends { type: '9' | 'S9' | 'YEAR' }
          ? number
          : string

/** 行 — the row type of a layout: required columns always have a value, the others may be null. */
export type RowOf<L extends Layout> = {
  readonly [Name in keyof L['columns']]: L['columns'][Name]['required'] extends true
    ? Value<L['columns'][Name]>
    : Value<L['columns'][Name]> | null
}

/** CSV — RFC 4180 with one header row of item names. */
export type CsvFormat = {
  readonly kind: 'csv'
  readonly encoding: 'utf-8' | 'windows-31j'
  readonly bom: boolean
}

/** 固定長 — Windows-31J, widths in bytes, each record ended by CRLF. */
export type FixedLengthFormat = { readonly kind: 'fixedLength'; readonly encoding: 'windows-31j' }

export type FileFormat = CsvFormat | FixedLengthFormat

/** 世帯の検査 — rows of one household that are on the register must name exactly one head. */
export type HouseholdRule = {
  readonly household: string
  readonly relationship: string
  readonly head: string
  /** Only rows whose column holds this value count. */
  readonly among: { readonly column: string; readonly is: string }
}

export type LayoutTable<C extends Columns = Columns> = {
  /** 正式な名前 */
  readonly name: string
  /** The day from which the edition holds, as a month. */
  readonly edition: string
  /** For file names, where only ASCII is safe. */
  readonly id: string
  readonly description: string
  /** Where it is written; 「独自」 where nothing public exists. */
  readonly source: string
  readonly unverified?: true
  /** The columns that together name a row; the same key twice in a file is a fault. */
  readonly key: readonly (keyof C & string)[]
  /** Columns of digits whose sum travels in the manifest. */
  readonly hashTotals: readonly (keyof C & string)[]
  /** The column of the municipality whose file it is. */
  readonly municipality?: keyof C & string
  readonly households?: HouseholdRule
  readonly format: FileFormat
  readonly columns: C
}

/** レイアウト — an interface file as data; type, reader, writer, check, sample and document follow. */
export type Layout<C extends Columns = Columns> = LayoutTable<C> & {
  /** 項目名 in the order of the file. */
  readonly names: readonly string[]
}

/** CSVの約束 — UTF-8 without BOM, CRLF, every value quoted (連携要件; unverified). */
export const csvUtf8: CsvFormat = { kind: 'csv', encoding: 'utf-8', bom: false }

/** 固定長版 — every layout has one; the widths follow from its columns. */
export const fixedLength: FixedLengthFormat = { kind: 'fixedLength', encoding: 'windows-31j' }

/**
 * レイアウトの定義 — throws when loaded if the table does not hold together: a key, total or condition
 * that names no column, a code wider than its column, a secret used where it would show.
 */
export function layout<const C extends Columns>(table: LayoutTable<C>): Layout<C> {
  const names = Object.keys(table.columns)
  const columnOf = (name: string): Column => {
    const column = table.columns[name]
    if (column === undefined) throw new Error(`${table.name}: 「${name}」という項目はありません。`)
    return column
  }
  for (const name of table.key) refuseSecret(table.name, name, columnOf(name))
  for (const name of table.hashTotals) {
    const column = columnOf(name)
    refuseSecret(table.name, name, column)
    const countable = column.type === '9' || column.type === 'S9'
    if (!countable && !(column.type === 'X' && (column.digits || column.number)))
      throw new Error(`${table.name}: 「${name}」は数字の項目ではないので合計できません。`)
  }
  if (table.municipality !== undefined) columnOf(table.municipality)
  if (table.households !== undefined) {
    const { household, relationship, among } = table.households
    for (const name of [household, relationship, among.column]) columnOf(name)
  }
  for (const [name, column] of Object.entries(table.columns)) {
    const where = `${table.name}: ${name}`
    if ('length' in column && !(Number.isInteger(column.length) && column.length > 0))
      throw new Error(`${where}: 桁数は1以上の整数です。`)
    if ((column.type === '9' || column.type === 'S9') && column.length > 15)
      throw new Error(`${where}: 整数は15桁までです。`)
    if (typeof column.required === 'object') columnOf(column.required.column)
    if (column.type === 'DATE' && column.notBefore !== undefined) columnOf(column.notBefore)
    if (column.type === 'X' && column.codes !== undefined) {
      for (const code of Object.keys(column.codes))
        if (code.length !== column.length)
          throw new Error(`${where}: コード${code}の桁が違います。`)
    }
  }
  return { ...table, names }
}

function refuseSecret(layoutName: string, name: string, column: Column): void {
  if (column.type === 'X' && column.secret)
    throw new Error(`${layoutName}: 「${name}」は秘密の項目なので、キーにも合計にも使えません。`)
}
