import { type IndividualNumber, revealNumber } from '@koiki/kernel'
import { csvLine } from './csv.ts'
import { encodeWindows31J } from './encoding.ts'
import { type Fault, type FileFinding, finding } from './findings.ts'
import { fixedRecordWriter, unwritable } from './fixedLength.ts'
import type { Column, FileFormat, Layout, RowOf } from './layout.ts'
import { looksLikeFormula, rowCheck } from './rowCheck.ts'
import type { WriteOptions } from './stream.ts'

const blockSize = 64 * 1024

type Some<T> = Iterable<T> | AsyncIterable<T>

/** 書けない行 — the row as the program made it does not fit its layout; nothing of it was written. */
export class UnwritableRow extends Error {
  readonly findings: readonly FileFinding[]

  constructor(findings: readonly FileFinding[]) {
    super(findings.map(({ line, sentence }) => `${line}行目: ${sentence}`).join('\n'))
    this.name = 'UnwritableRow'
    this.findings = findings
  }
}

/**
 * 行を書く — the bytes of a file, in blocks, header first. Rows are checked as a receiver would check
 * them. Throws UnwritableRow at the first that does not fit, unless `options.found` takes its findings
 * and leaves it out.
 */
export function writeRows<L extends Layout>(
  layout: L,
  rows: Some<RowOf<L>>,
  options: WriteOptions = {},
): AsyncGenerator<Buffer> {
  const record = recordOf(layout)
  return writeRecords(layout, mapped(rows, record), options)
}

/** 行を書く — from texts in the order of the columns. */
export async function* writeRecords(
  layout: Layout,
  records: Some<readonly string[]>,
  options: WriteOptions = {},
): AsyncGenerator<Buffer> {
  const format = options.format ?? layout.format
  const forPeople = options.forPeople ?? false
  const encode = recordEncoder(layout, format, forPeople)
  const check = rowCheck(layout)
  const mark = format.kind === 'csv' && format.encoding === 'utf-8' && (forPeople || format.bom)
  let blocks: Buffer[] = []
  let size = 0
  const add = (bytes: Buffer): void => {
    blocks.push(bytes)
    size += bytes.length
  }
  if (mark) add(Buffer.from('\ufeff'))
  if (format.kind === 'csv') add(encodedCsv(csvLine(layout.names), format))
  let line = format.kind === 'csv' ? 1 : 0
  let text = ''
  const flushText = (): void => {
    if (text === '') return
    add(Buffer.from(text))
    text = ''
  }
  for await (const record of records) {
    line += 1
    const faults = check(record)?.filter(({ code }) => code !== 'E1011') ?? []
    const written = faults.length > 0 ? faults : encode(record)
    if (Array.isArray(written)) {
      const findings = written.map((fault) => finding(fault, layout.name, line))
      if (options.found === undefined) throw new UnwritableRow(findings)
      options.found(findings)
      continue
    }
    if (typeof written === 'string') {
      text += written
      if (text.length > blockSize) flushText()
    } else add(written)
    if (size > blockSize) {
      yield Buffer.concat(blocks, size)
      blocks = []
      size = 0
    }
  }
  flushText()
  if (size > 0) yield Buffer.concat(blocks, size)
}

async function* mapped<T, U>(items: Some<T>, change: (item: T) => U): AsyncGenerator<U> {
  for await (const item of items) yield change(item)
}

/** A text is left to be encoded with its neighbours; that is how UTF-8 is written fast. */
function recordEncoder(
  layout: Layout,
  format: FileFormat,
  forPeople: boolean,
): (record: readonly string[]) => string | Buffer | Fault[] {
  if (format.kind === 'fixedLength') return fixedRecordWriter(layout)
  const defused = forPeople ? defuser(layout) : (record: readonly string[]) => record
  if (format.encoding === 'utf-8') return (record) => csvLine(defused(record))
  return (record) => {
    const bytes = encodeWindows31J(csvLine(defused(record)))
    if (bytes !== null) return bytes
    return layout.names.flatMap((name, index) => unwritable(name, record[index] as string))
  }
}

function encodedCsv(line: string, format: FileFormat): Buffer {
  const bytes = format.encoding === 'utf-8' ? Buffer.from(line) : encodeWindows31J(line)
  if (bytes === null) throw new Error('見出しに Windows-31J で書けない文字があります。')
  return bytes
}

/** An apostrophe before the sign makes a spreadsheet show the text instead of running it. */
function defuser(layout: Layout): (record: readonly string[]) => readonly string[] {
  const texts = layout.names.map((name) => {
    const { type } = layout.columns[name] as Column
    return type === 'X' || type === 'N'
  })
  return (record) =>
    record.map((value, index) => (texts[index] && looksLikeFormula(value) ? `'${value}` : value))
}

/** 行の分解 — the texts of a row in the order of the columns; null is the empty text. */
export function recordOf<L extends Layout>(layout: L): (row: RowOf<L>) => string[] {
  const { names } = layout
  const secret = names.map((name) => {
    const column = layout.columns[name] as Column
    return column.type === 'X' && column.number === 'individualNumber'
  })
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>
    return names.map((name, index) => {
      const value = values[name]
      if (value === null || value === undefined) return ''
      // The file must carry the digits: it is sealed before it rests anywhere.
      return secret[index] ? revealNumber(value as IndividualNumber) : String(value)
    })
  }
}
