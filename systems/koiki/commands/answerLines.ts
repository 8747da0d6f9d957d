import { isUtf8 } from 'node:buffer'
import type { LineAnswer } from '@koiki/kernel'

const lineBytesMax = 4 * 1024 * 1024
const chunkChars = 64 * 1024
const newline = 10
const byteOrderMark = 0xfeff

/**
 * 行ごとの問答（NDJSON）— one line out for each line in, in order, streamed: memory holds one line and one
 * chunk, however long the input, and waits where the reader is slow. Resolves to 0 when every line was
 * answered and 1 when some line was not, or when the output closed early. `answer` must not throw for
 * what a line may hold.
 */
export async function answerLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  answer: (line: string, lineNumber: number) => LineAnswer,
): Promise<number> {
  let lineNumber = 0
  let failed = 0
  let pending = ''
  let closed = false
  let wake = (): void => {}
  const onDrain = (): void => wake()
  const onClose = (): void => {
    closed = true
    wake()
  }
  output.on('drain', onDrain).on('close', onClose).on('error', onClose)

  const say = ({ text, answered }: LineAnswer): void => {
    if (!answered) failed += 1
    pending += `${text}\n`
  }
  const flush = async (): Promise<void> => {
    if (pending === '' || closed) return
    const ready = output.write(pending)
    pending = ''
    if (!ready && !closed) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const take = (line: string): void => {
    lineNumber += 1
    say(
      answer(
        lineNumber === 1 && line.charCodeAt(0) === byteOrderMark ? line.slice(1) : line,
        lineNumber,
      ),
    )
  }
  const takeBytes = (bytes: Buffer): void => {
    if (bytes.length > lineBytesMax) {
      lineNumber += 1
      say(tooLong(lineNumber))
    } else if (isUtf8(bytes)) take(bytes.toString('utf8'))
    else {
      lineNumber += 1
      say(fault('notUtf8', `${lineNumber}行目の文字コードがUTF-8ではありません。`))
    }
  }
  const takeBlock = async (block: Buffer): Promise<void> => {
    // Whole blocks are decoded at once; only one with a fault in it is looked at line by line.
    const whole = isUtf8(block)
    const lines = whole ? block.toString('utf8').split('\n') : splitLines(block)
    for (const line of lines) {
      if (typeof line === 'string' && line.length < lineBytesMax / 4) take(line)
      else takeBytes(typeof line === 'string' ? Buffer.from(line) : line)
      if (pending.length >= chunkChars) await flush()
      if (closed) return
    }
  }

  let rest: Buffer[] = []
  let restBytes = 0
  for await (const piece of input) {
    let chunk = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer)
    const first = chunk.indexOf(newline)
    if (first !== -1 && restBytes > 0) {
      takeBytes(Buffer.concat([...rest, chunk.subarray(0, first)]))
      rest = []
      restBytes = 0
      chunk = chunk.subarray(first + 1)
    }
    const last = chunk.lastIndexOf(newline)
    if (last !== -1) await takeBlock(chunk.subarray(0, last))
    if (closed) break
    const tail = chunk.subarray(last + 1)
    // A line beyond the limit is counted but no longer kept.
    if (tail.length > 0 && restBytes <= lineBytesMax) rest.push(tail)
    restBytes += tail.length
    await flush()
  }
  if (restBytes > 0 && !closed) takeBytes(Buffer.concat(rest))
  await flush()
  output.off('drain', onDrain).off('close', onClose)
  return failed > 0 || closed ? 1 : 0
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
