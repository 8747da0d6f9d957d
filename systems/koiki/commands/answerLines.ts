import { isUtf8 } from 'node:buffer'

/** 1行の回答 — the text to write for one line, and whether it was answered. */
export type LineAnswer = { readonly text: string; readonly answered: boolean }

const lineBytesMax = 4 * 1024 * 1024
const chunkChars = 64 * 1024
const newline = 10

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
  const take = (bytes: Buffer): void => {
    lineNumber += 1
    say(bytes.length > lineBytesMax ? tooLong(lineNumber) : read(bytes, lineNumber, answer))
  }

  let rest: Buffer[] = []
  let restBytes = 0
  for await (const piece of input) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer)
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const tail = chunk.subarray(start, end)
      take(restBytes === 0 ? tail : Buffer.concat([...rest, tail]))
      if (restBytes > 0) {
        rest = []
        restBytes = 0
      }
      start = end + 1
      if (pending.length >= chunkChars) await flush()
      if (closed) break
    }
    if (closed) break
    if (start < chunk.length) {
      // A line beyond the limit is counted but no longer kept.
      if (restBytes <= lineBytesMax) rest.push(chunk.subarray(start))
      restBytes += chunk.length - start
    }
    await flush()
  }
  if (restBytes > 0 && !closed) take(Buffer.concat(rest))
  await flush()
  output.off('drain', onDrain).off('close', onClose)
  return failed > 0 || closed ? 1 : 0
}

function read(
  bytes: Buffer,
  lineNumber: number,
  answer: (line: string, lineNumber: number) => LineAnswer,
): LineAnswer {
  const line = bytes.toString('utf8')
  if (line.includes('\uFFFD') && !isUtf8(bytes)) {
    const message = `${lineNumber}行目の文字コードがUTF-8ではありません。`
    return fault('notUtf8', message)
  }
  const marked = lineNumber === 1 && line.charCodeAt(0) === 0xfeff
  return answer(marked ? line.slice(1) : line, lineNumber)
}

function tooLong(lineNumber: number): LineAnswer {
  const mebibytes = lineBytesMax / 1024 / 1024
  return fault('lineTooLong', `${lineNumber}行目が長すぎます。1行は${mebibytes}MiBまでです。`)
}

function fault(code: string, message: string): LineAnswer {
  return { text: JSON.stringify({ id: null, error: { code, at: '', message } }), answered: false }
}
