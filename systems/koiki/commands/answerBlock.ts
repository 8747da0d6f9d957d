import { isUtf8 } from 'node:buffer'

/** 1行の回答 — the text to write for one line, and whether it was answered. */
export type LineAnswer = { readonly text: string; readonly answered: boolean }

/** 1行に答える規則 — never throws for what a line may hold. */
export type AnswerLine = (line: string, lineNumber: number) => LineAnswer

/** 何行かの回答 — the text to write, a line for each line, and how many were not answered. */
export interface BlockAnswer {
  readonly text: string | Uint8Array
  readonly failed: number
}

export const lineBytesMax = 4 * 1024 * 1024
export const newline = 10
const byteOrderMark = 0xfeff

/** 何行かへの回答 — answers whole lines, without the last line's end; `firstLine` is the first one's number. */
export function answerBlock(block: Buffer, firstLine: number, answer: AnswerLine): BlockAnswer {
  let lineNumber = firstLine - 1
  let failed = 0
  let text = ''
  const say = (one: LineAnswer): void => {
    if (!one.answered) failed += 1
    text += `${one.text}\n`
  }
  const take = (line: string): void => {
    const marked = lineNumber === 1 && line.charCodeAt(0) === byteOrderMark
    say(answer(marked ? line.slice(1) : line, lineNumber))
  }
  const takeBytes = (bytes: Buffer): void => {
    if (bytes.length > lineBytesMax) say(tooLong(lineNumber))
    else if (isUtf8(bytes)) take(bytes.toString('utf8'))
    else say(fault('notUtf8', `${lineNumber}行目の文字コードがUTF-8ではありません。`))
  }
  // Whole blocks are decoded at once; only one with a fault in it is looked at line by line.
  const lines = isUtf8(block) ? block.toString('utf8').split('\n') : splitLines(block)
  for (const line of lines) {
    lineNumber += 1
    if (typeof line === 'string' && line.length < lineBytesMax / 4) take(line)
    else takeBytes(typeof line === 'string' ? Buffer.from(line) : line)
  }
  return { text, failed }
}

function splitLines(block: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  for (let end = block.indexOf(newline); end !== -1; end = block.indexOf(newline, start)) {
    lines.push(block.subarray(start, end))
    start = end + 1
  }
  lines.push(block.subarray(start))
  return lines
}

function tooLong(lineNumber: number): LineAnswer {
  const mebibytes = lineBytesMax / 1024 / 1024
  return fault('lineTooLong', `${lineNumber}行目が長すぎます。1行は${mebibytes}MiBまでです。`)
}

function fault(code: string, message: string): LineAnswer {
  return { text: JSON.stringify({ id: null, error: { code, at: '', message } }), answered: false }
}
