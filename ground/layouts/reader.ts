import { type PlainDate, parseIndividualNumber, yen } from '@koiki/kernel'
import { CsvScanner, cut, type Scanned } from './csv.ts'
import { decodeWindows31J, guessEncoding, startsAsUtf16, utf8FaultAt } from './encoding.ts'
import { fileChecks } from './fileCheck.ts'
import { type Fault, type FileFinding, finding, findingCodes } from './findings.ts'
import { fixedPlaces, fixedRecordReader } from './fixedLength.ts'
import { type Column, type FileFormat, fixedLength, type Layout, type RowOf } from './layout.ts'
import { rowCheck } from './rowCheck.ts'
import type { ByteSource, ReadOptions, RecordBatch, RowItem } from './stream.ts'

/** Bytes decoded at a time: some hundreds of rows, so that a batch is worth its overhead. */
const blockSize = 256 * 1024

/** A record longer than this is no record: an open quote, or another kind of file. */
export const recordSizeMax = 1024 * 1024

/**
 * 行を読む — a stream of batches with flat memory, whatever the size of the file. Nothing is thrown
 * for a fault of the file: it is a finding, and after one with scope `file` that makes the rest
 * unreadable the stream ends. Throws only what the source throws.
 */
export async function* readRecords(
  layout: Layout,
  bytes: ByteSource,
  options: ReadOptions = {},
): AsyncGenerator<RecordBatch> {
  const file = options.file ?? layout.name
  const format = options.format ?? layout.format
  const check = rowCheck(layout, options)
  const across = fileChecks(layout)
  let count = 0
  const blocks =
    format.kind === 'csv' ? csvBlocks(layout, format, bytes) : fixedBlocks(layout, bytes)
  for await (const { scanned, fatal } of blocks) {
    const records: string[][] = []
    const lines: number[] = []
    const faulty: { line: number; record: readonly string[] }[] = []
    const findings: FileFinding[] = scanned.faults.map(({ line, fault }) =>
      finding(fault, file, line),
    )
    for (let index = 0; index < scanned.records.length; index += 1) {
      const record = scanned.records[index] as string[]
      const line = scanned.lines[index] as number
      options.everyRecord?.(record)
      const faults = check(record)
      let sound = true
      if (faults !== null) {
        for (const fault of faults) {
          const found = finding(fault, file, line)
          if (found.severity === 'error') sound = false
          findings.push(found)
        }
      }
      for (let at = 0; at < across.length; at += 1) {
        const fault = across[at]!.seen(record, line)
        if (fault === null) continue
        sound = false
        findings.push(finding(fault, file, line))
      }
      if (!sound) {
        faulty.push({ line, record })
        continue
      }
      records.push(record)
      lines.push(line)
    }
    const recordCount =
      scanned.records.length + scanned.faults.filter(({ fault }) => isRow(fault)).length
    count += recordCount
    if (findings.length > 1) findings.sort((a, b) => a.line - b.line)
    if (records.length > 0 || findings.length > 0)
      yield { records, lines, findings, recordCount, faulty }
    if (fatal) return
  }
  const last = across
    .flatMap((one) => one.atEnd())
    .map(({ line, fault }) => finding(fault, file, line))
  if (count === 0) last.push(finding({ code: 'E2004', column: null, facts: {} }, file, 0))
  if (last.length > 0) yield { records: [], lines: [], findings: last, recordCount: 0 }
}

function isRow(fault: Fault): boolean {
  return findingCodes[fault.code].scope === 'row'
}

type Block = { readonly scanned: Scanned; readonly fatal: boolean }

async function* csvBlocks(
  layout: Layout,
  format: FileFormat,
  source: ByteSource,
): AsyncGenerator<Block> {
  const scanner = new CsvScanner(layout.names.length)
  let rest = ''
  let header = false
  for await (const { bytes, final, first } of lineBlocks(source, () => rest.length)) {
    if (bytes === null) return yield fatal(scanner.line, tooLong)
    const wrong = wrongEncoding(bytes, format, first, final)
    if (wrong !== null) {
      const line = scanner.line + linesBefore(rest, bytes, wrong.at)
      return yield fatal(line, wrong.fault)
    }
    const nul = bytes.indexOf(0)
    if (nul !== -1) return yield fatal(scanner.line + linesBefore(rest, bytes, nul), nulCharacter)
    const start = first && startsWithUtf8Mark(bytes) ? 3 : 0
    const text = rest + decode(bytes, start, format)
    const { scanned, rest: from } = scanner.scan(text, final)
    rest = text.slice(from)
    if (!header) {
      const wrongHeader = takeHeader(layout, scanned, final)
      if (wrongHeader === 'wait') continue
      if (wrongHeader !== null) return yield wrongHeader
      header = true
    }
    yield { scanned, fatal: scanned.faults.some(({ fault }) => fault.code === 'E2007') }
  }
}

function decode(bytes: Buffer, start: number, format: FileFormat): string {
  return format.encoding === 'utf-8'
    ? bytes.toString('utf8', start)
    : decodeWindows31J(bytes.subarray(start)).text
}

function fatal(line: number, fault: Fault): Block {
  return { scanned: { records: [], lines: [], faults: [{ line, fault }] }, fatal: true }
}

const tooLong: Fault = { code: 'E2008', column: null, facts: { 上限: recordSizeMax } }
const nulCharacter: Fault = { code: 'E2010', column: null, facts: {} }

function linesBefore(rest: string, bytes: Buffer, at: number): number {
  let lines = rest.split('\n').length - 1
  for (
    let from = bytes.indexOf(0x0a);
    from !== -1 && from < at;
    from = bytes.indexOf(0x0a, from + 1)
  )
    lines += 1
  return lines
}

const encodingNames = { 'utf-8': 'UTF-8', 'windows-31j': 'Windows-31J（シフトJIS）' } as const

function wrongEncoding(
  bytes: Buffer,
  format: FileFormat,
  first: boolean,
  final: boolean,
): { at: number; fault: Fault } | null {
  const utf8 = format.encoding === 'utf-8'
  const wide = first && startsAsUtf16(bytes)
  const marked = first && startsWithUtf8Mark(bytes)
  const broken = utf8 ? utf8FaultAt(bytes) : marked ? 0 : decodeWindows31J(bytes).faultAt
  if (broken === -1 && !wide) return null
  const at = Math.max(broken, 0)
  if (!wide && !marked && final && endsInsideCharacter(bytes, at, utf8))
    return { at, fault: cut('文字の途中で終わっています') }
  const start = bytes.lastIndexOf(0x0a, at) + 1
  const end = bytes.indexOf(0x0a, at)
  const line = bytes.subarray(start, end === -1 ? bytes.length : end)
  const guess = wide ? 'UTF-16' : utf8 ? guessEncoding(line) : guessUtf8(bytes)
  return { at, fault: encodingFault(format, guess) }
}

function encodingFault(format: FileFormat, guess: string | null): Fault {
  const 推定 = guess === null ? '' : `（${guess} のようです）`
  const facts = { 文字コード: encodingNames[format.encoding], 推定 }
  return { code: 'E2001', column: null, facts }
}

function guessUtf8(bytes: Buffer): string | null {
  return utf8FaultAt(bytes) === -1 ? 'UTF-8' : null
}

function startsWithUtf8Mark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function endsInsideCharacter(bytes: Buffer, at: number, utf8: boolean): boolean {
  const lead = bytes[at] as number
  const size = !utf8 ? 2 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1
  if (at + size <= bytes.length) return false
  return !utf8 || bytes.subarray(at + 1).every((byte) => (byte & 0xc0) === 0x80)
}

/** The header leaves `scanned`; 'wait' while it has not come whole, a block where it is wrong. */
function takeHeader(layout: Layout, scanned: Scanned, final: boolean): Block | 'wait' | null {
  const line = scanned.lines[0]
  if (line === 1) {
    const header = scanned.records.shift() as string[]
    scanned.lines.shift()
    const difference = headerDifference(layout.names, header)
    if (difference === null) return null
    return wrongHeader(layout, difference)
  }
  const broken = scanned.faults[0]
  if (broken !== undefined) return wrongHeader(layout, '1行目を見出しとして読めません。')
  if (!final) return 'wait'
  const faults = [{ line: 0, fault: { code: 'E2003', column: null, facts: {} } as const }]
  return { scanned: { records: [], lines: [], faults }, fatal: true }
}

function wrongHeader(layout: Layout, difference: string): Block {
  const facts = { レイアウト: layout.name, 版: layout.edition, 違い: difference }
  const faults = [{ line: 1, fault: { code: 'E2002', column: null, facts } as const }]
  return { scanned: { records: [], lines: [], faults }, fatal: true }
}

function headerDifference(names: readonly string[], header: readonly string[]): string | null {
  if (header.length === names.length && names.every((name, at) => name === header[at])) return null
  const missing = names.filter((name) => !header.includes(name))
  const extra = header.filter((name) => !names.includes(name))
  // Of a first row that shares no name with the layout nothing is quoted: it may be a person's row.
  if (missing.length === names.length) return '見出しの行がないか、別の種類のファイルです。'
  const parts: string[] = []
  if (missing.length > 0) parts.push(`足りない項目: ${missing.join('、')}。`)
  if (extra.length > 0) parts.push(`余分な項目が${extra.length}個あります。`)
  if (parts.length === 0) {
    const at = names.findIndex((name, index) => name !== header[index])
    parts.push(`並び順が違います（${at + 1}番目は「${names[at]}」のはずです）。`)
  }
  return parts.join('')
}

type Stretch = { readonly bytes: Buffer | null; readonly final: boolean; readonly first: boolean }

/** Stretches that end with a line feed (but the last), null where a line never ends. */
async function* lineBlocks(source: ByteSource, open: () => number): AsyncGenerator<Stretch> {
  let waiting: Uint8Array[] = []
  let size = 0
  let first = true
  for await (const chunk of source) {
    waiting.push(chunk)
    size += chunk.length
    if (size < blockSize) continue
    const all = Buffer.concat(waiting, size)
    const cutAt = all.lastIndexOf(0x0a) + 1
    if (cutAt === 0 ? size > recordSizeMax : open() > recordSizeMax)
      return yield { bytes: null, final: true, first }
    if (cutAt > 0) {
      yield { bytes: all.subarray(0, cutAt), final: false, first }
      first = false
    }
    waiting = cutAt < size ? [all.subarray(cutAt)] : []
    size -= cutAt
  }
  const bytes = Buffer.concat(waiting, size)
  if (open() + longestLine(bytes) > recordSizeMax) return yield { bytes: null, final: true, first }
  yield { bytes, final: true, first }
}

function longestLine(bytes: Buffer): number {
  let longest = 0
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from)
    const until = end === -1 ? bytes.length : end
    longest = Math.max(longest, until - from)
    from = until + 1
  }
  return longest
}

async function* fixedBlocks(layout: Layout, source: ByteSource): AsyncGenerator<Block> {
  const { length } = fixedPlaces(layout)
  const read = fixedRecordReader(layout)
  let line = 0
  for await (const { bytes, final, first } of lineBlocks(source, () => 0)) {
    if (bytes === null) return yield fatal(line + 1, tooLong)
    if (first && bytes.length === 0) {
      const faults = [{ line: 0, fault: { code: 'E2003', column: null, facts: {} } as const }]
      return yield { scanned: { records: [], lines: [], faults }, fatal: true }
    }
    const scanned: Scanned = { records: [], lines: [], faults: [] }
    for (let at = 0; at < bytes.length; ) {
      line += 1
      const end = bytes.indexOf(0x0a, at)
      const until = end === -1 ? bytes.length : end + 1
      const whole = bytes.subarray(at, until)
      at = until
      if (whole.includes(0)) {
        yield { scanned, fatal: false }
        return yield fatal(line, nulCharacter)
      }
      const body = withoutLineEnd(whole)
      if (body.length !== length) {
        const short = final && end === -1 && body.length < length
        const facts = { 今の長さ: body.length, 正しい長さ: length }
        const fault: Fault = short
          ? cut('最後の1件の長さが足りません')
          : { code: 'E2012', column: null, facts }
        scanned.faults.push({ line, fault })
        continue
      }
      const result = read(body)
      if ('record' in result) {
        scanned.records.push(result.record)
        scanned.lines.push(line)
        continue
      }
      yield { scanned, fatal: false }
      return yield fatal(line, encodingFault(fixedLength, guessUtf8(bytes)))
    }
    yield { scanned, fatal: scanned.faults.some(({ fault }) => fault.code === 'E2007') }
  }
}

function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length
  if (bytes[end - 1] === 0x0a) end -= 1
  if (bytes[end - 1] === 0x0d) end -= 1
  return bytes.subarray(0, end)
}

/** 行の組立て — from the texts of a sound record to the layout's row; the texts are copied. */
export function rowBuilder<L extends Layout>(layout: L): (record: readonly string[]) => RowOf<L> {
  const { names } = layout
  const values = names.map((name) => valueReader(layout.columns[name] as Column))
  // Parsed, because an object that grows entry by entry becomes a dictionary, a third slower to copy.
  const empty = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))))
  const count = names.length
  return (record) => {
    const row: Record<string, unknown> = { ...empty }
    for (let index = 0; index < count; index += 1) {
      const text = record[index] as string
      if (text.length > 0) row[names[index] as string] = values[index]!(text)
    }
    return row as RowOf<L>
  }
}

function valueReader(column: Column): (text: string) => unknown {
  switch (column.type) {
    case 'X':
      return column.number === 'individualNumber' ? individualNumber : ownText
    case 'N':
      return ownText
    case '9':
    case 'S9':
      return column.unit === '円' ? (text) => yen(Number(text)) : Number
    case 'YEAR':
      return Number
    case '9V':
      return ownText
    case 'DATE':
      return (text) => text as PlainDate
  }
}

// A slice of 13 characters or more keeps the whole stretch it was cut from alive; joining copies it.
function ownText(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}

function individualNumber(text: string): unknown {
  const parsed = parseIndividualNumber(text)
  if (!parsed.ok) throw new RangeError(parsed.reason)
  return parsed.value
}

/** 行を読む — as objects, one by one; a row is null where it may not be used. */
export async function* readRows<L extends Layout>(
  layout: L,
  bytes: ByteSource,
  options: ReadOptions = {},
): AsyncGenerator<RowItem<L>> {
  const build = rowBuilder(layout)
  for await (const { records, lines, findings } of readRecords(layout, bytes, options)) {
    const byLine = new Map<number, FileFinding[]>()
    for (const one of findings) {
      const there = byLine.get(one.line)
      if (there === undefined) byLine.set(one.line, [one])
      else there.push(one)
    }
    for (let index = 0; index < records.length; index += 1) {
      const line = lines[index] as number
      const found = byLine.size === 0 ? undefined : byLine.get(line)
      if (found !== undefined) byLine.delete(line)
      yield { line, row: build(records[index] as string[]), findings: found ?? noFindings }
    }
    for (const [line, found] of byLine) yield { line, row: null, findings: found }
  }
}

const noFindings: readonly FileFinding[] = []
