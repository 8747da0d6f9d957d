import type { PlainDate } from '@koiki/kernel'
import type { FileFinding } from './findings.ts'
import type { FileFormat, Layout, RowOf } from './layout.ts'

/** Bytes as they come: a file stream, a request body, or one buffer. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export type ReadOptions = {
  /** Named in findings; never a path with a person's data. */
  readonly file?: string
  /** Where it is not the layout's own: CSV in Windows-31J, fixed length. */
  readonly format?: FileFormat
  /** Days after it are in the future; without it no day is. */
  readonly today?: PlainDate
  /** Every row must be of this municipality. */
  readonly municipality?: string
  /** Sees every record that has the right number of columns, sound or not: for totals. */
  readonly everyRecord?: (record: readonly string[]) => void
}

/**
 * 読取りのまとまり — records in the order of the file as texts in the order of the columns ('' is
 * empty), each with its line, only those without an error; and what was found in this stretch.
 */
export type RecordBatch = {
  readonly records: readonly (readonly string[])[]
  readonly lines: readonly number[]
  readonly findings: readonly FileFinding[]
  /** Records of the file in this stretch, those at fault included. */
  readonly recordCount: number
  /** The records of this stretch that are not among `records`, where their columns could be told apart. */
  readonly faulty?: readonly { readonly line: number; readonly record: readonly string[] }[]
}

/** 1行 — a row that may be used (perhaps with warnings), or a record or file at fault. */
export type RowItem<L extends Layout> =
  | { readonly line: number; readonly row: RowOf<L>; readonly findings: readonly FileFinding[] }
  | { readonly line: number; readonly row: null; readonly findings: readonly FileFinding[] }

/** ファイルのまとめ — what a whole file came to. */
export type FileSummary = {
  /** Records read, those at fault included. */
  readonly recordCount: number
  readonly errorCount: number
  readonly warningCount: number
  /** By code, all of them counted. */
  readonly counts: Readonly<Record<string, number>>
  /** The first findings, `limit` at most. */
  readonly findings: readonly FileFinding[]
}

export type WriteOptions = {
  readonly format?: FileFormat
  /** For a person's spreadsheet: BOM, and cells that a spreadsheet would run are defused. */
  readonly forPeople?: boolean
  /** Takes the findings of a row that does not fit, which is then left out. */
  readonly found?: (findings: readonly FileFinding[]) => void
}
