import { isUtf8 } from 'node:buffer'
import type { LineAnswer } from '@koiki/kernel'

export const lineBytesMax = 4 * 1024 * 1024
export const newline = 10
const byteOrderMark = 0xfeff

export type AnswerLine = (line: string, lineNumber: number) => LineAnswer

/** 行の束 — whole lines without the last end of line, and the number of the first of them. */
export type LineBlock = { readonly bytes: Uint8Array; readonly firstLine: number }

/** 束の回答 — a line of text for each line, and how many were not answered. */
export type BlockAnswer = { readonly text: string | Uint8Array; readonly failed: number }

/** 束に答える */
export function answerBlock(answer: AnswerLine, block: LineBlock): BlockAnswer {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.length)
  let lineNumber = block.firstLine - 1
  let failed = 0
  let text = ''
  const say = (given: LineAnswer): void => {
    if (!given.answered) failed += 1
    text += `${given.text}\n`
  }
  const take = (line: string): void =>
    say(
      answer(
        lineNumber === 1 && line.charCodeAt(0) === byteOrderMark ? line.slice(1) : line,
        lineNumber,
      ),
    )
  const takeBytes = (line: Buffer): void => {
    if (line.length > lineBytesMax) say(tooLong(lineNumber))
    else if (isUtf8(line)) take(line.toString('utf8'))
    else say(fault('notUtf8', `${lineNumber}行目の文字コードがUTF-8ではありません。`))
  }
  // Whole blocks are decoded at once; only one with a fault in it is looked at line by line.
  const lines = isUtf8(bytes) ? bytes.toString('utf8').split('\n') : splitLines(bytes)
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
