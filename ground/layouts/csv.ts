import type { Fault } from './findings.ts'

const quote = 0x22
const comma = 0x2c
const lf = 0x0a
const cr = 0x0d

export type LineEnd = 'CRLF' | 'LF' | 'CR'

/** What one stretch of text came to. Records have exactly the width asked for. */
export type Scanned = {
  readonly records: string[][]
  readonly lines: number[]
  readonly faults: { readonly line: number; readonly fault: Fault }[]
}

/**
 * CSVの走査 — RFC 4180, from text to records of texts. Short texts are copies; long ones share the
 * stretch they came from, so whoever keeps one beyond the batch should copy it.
 */
export class CsvScanner {
  readonly #width: number
  #line = 1
  #records = 0
  #lineEnd: LineEnd | null = null
  #mixed = false

  constructor(width: number) {
    this.#width = width
  }

  /** The physical line at which the next record begins. */
  get line(): number {
    return this.#line
  }

  /** Records seen so far, sound or not, the header among them. */
  get recordCount(): number {
    return this.#records
  }

  /**
   * Reads whole records from `text` and says where the first unfinished one begins. With `final`, the
   * end of the text ends the last record. The text must not end between CR and LF.
   */
  scan(text: string, final: boolean): { scanned: Scanned; rest: number } {
    const scanned: Scanned = { records: [], lines: [], faults: [] }
    const width = this.#width
    const end = text.length
    let at = 0
    while (at < end) {
      const start = at
      const line = this.#line
      let lines = 0
      let record: string[] = new Array(width)
      let count = 0
      let fault: Fault | null = null
      let closed = false
      for (;;) {
        let value: string
        if (at < end && text.charCodeAt(at) === quote) {
          let from = at + 1
          let before = ''
          at = from
          for (;;) {
            // An open quote at the end of the text: the record goes on in the next stretch.
            if (at >= end) {
              if (final) scanned.faults.push({ line, fault: cut('引用符が閉じていません') })
              else return { scanned, rest: start }
              this.#records += 1
              return { scanned, rest: end }
            }
            const unit = text.charCodeAt(at)
            if (unit > quote) at += 1
            else if (unit === quote) {
              if (text.charCodeAt(at + 1) !== quote) break
              before += text.slice(from, at + 1)
              at += 2
              from = at
            } else {
              if (unit === lf) lines += 1
              at += 1
            }
          }
          value = before === '' ? text.slice(from, at) : before + text.slice(from, at)
          at += 1
          if (at < end) {
            const next = text.charCodeAt(at)
            if (next !== comma && next !== lf && next !== cr) {
              fault ??= misquoted(count)
              while (at < end && !endsField(text.charCodeAt(at))) at += 1
            }
          }
        } else {
          const from = at
          while (at < end) {
            const unit = text.charCodeAt(at)
            if (unit === comma || unit === lf || unit === cr) break
            if (unit === quote) fault ??= misquoted(count)
            at += 1
          }
          value = text.slice(from, at)
        }
        if (count < width) record[count] = value
        else record.push(value)
        count += 1
        if (at >= end) {
          if (!final) return { scanned, rest: start }
          break
        }
        const unit = text.charCodeAt(at)
        at += 1
        if (unit === comma) continue
        if (unit === lf) this.#endLine('LF', line, scanned)
        else if (text.charCodeAt(at) === lf) {
          at += 1
          this.#endLine('CRLF', line, scanned)
        } else this.#endLine('CR', line, scanned)
        lines += 1
        closed = true
        break
      }
      this.#line += lines
      this.#records += 1
      if (fault === null && count !== width) {
        const blank = count === 1 && record[0] === ''
        // A last record that is short and without a line end was cut off, not written so.
        if (!closed && count < width) fault = cut('最後の行に項目が足りません')
        else if (blank) fault = { code: 'E2011', column: null, facts: {} }
        else {
          if (count < width) record = record.slice(0, count)
          if (this.#records === 1) {
            scanned.records.push(record)
            scanned.lines.push(line)
            continue
          }
          fault = wrongWidth(count, width)
        }
      }
      if (fault === null) {
        scanned.records.push(record)
        scanned.lines.push(line)
      } else scanned.faults.push({ line, fault })
    }
    return { scanned, rest: end }
  }

  #endLine(kind: LineEnd, line: number, scanned: Scanned): void {
    if (kind === this.#lineEnd) return
    if (this.#lineEnd === null) {
      this.#lineEnd = kind
      return
    }
    if (this.#mixed) return
    this.#mixed = true
    const facts = { 初めの改行: this.#lineEnd, この改行: kind }
    scanned.faults.push({ line, fault: { code: 'E2009', column: null, facts } })
  }
}

function endsField(unit: number): boolean {
  return unit === comma || unit === lf || unit === cr
}

export function cut(reason: string): Fault {
  return { code: 'E2007', column: null, facts: { 理由: reason } }
}

function misquoted(index: number): Fault {
  return { code: 'E2006', column: null, facts: { 何番目: index + 1 } }
}

function wrongWidth(count: number, width: number): Fault {
  const 違い =
    count < width ? `${width - count}項目足りません。` : `${count - width}項目多くあります。`
  return { code: 'E2005', column: null, facts: { 今の数: count, 正しい数: width, 違い } }
}

/** CSVの1行 — every value quoted, ended by CRLF. */
export function csvLine(record: readonly string[]): string {
  for (let index = 0; index < record.length; index += 1) {
    if ((record[index] as string).includes('"'))
      return `"${record.map((value) => value.replaceAll('"', '""')).join('","')}"\r\n`
  }
  return `"${record.join('","')}"\r\n`
}
