import {
  type AnswerLine,
  answerBlock,
  type BlockAnswer,
  lineBytesMax,
  newline,
} from './answerBlock.ts'
import { type AnswerCrew, callCrew, type RuleQuestion } from './answerCrew.ts'

export type { LineAnswer } from './answerBlock.ts'

/** Only an input beyond this is worth the time until other threads are open. */
const worthCrewBytes = 256 * 1024
/** Blocks that may be on their way at once, so that memory stays flat however slow one of them is. */
const blocksMax = 16

/**
 * 行ごとの問答（NDJSON）— one line out for each line in, in order, streamed: memory holds one line and a few
 * blocks, however long the input, and waits where the reader is slow. Resolves to 0 when every line was
 * answered and 1 when some line was not, or when the output closed early. With `question` told, other
 * threads answer the same question beside this one once the input is long.
 */
export async function answerLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  answer: AnswerLine,
  question: RuleQuestion | null = null,
): Promise<number> {
  let failed = 0
  let closed = false
  let broken = false
  let wake = (): void => {}
  const onDrain = (): void => wake()
  const onClose = (): void => {
    closed = true
    wake()
  }
  output.on('drain', onDrain).on('close', onClose).on('error', onClose)

  const write = async (one: BlockAnswer): Promise<void> => {
    failed += one.failed
    if (closed || output.write(one.text) || closed) return
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }

  let crew: AnswerCrew | null = null
  let firstLine = 1
  let taken = 0
  let written = Promise.resolve()
  const onTheWay: Promise<void>[] = []
  const take = async (block: Buffer): Promise<void> => {
    const answered = answerBeside(block) ?? answerBlock(block, firstLine, answer)
    firstLine += linesIn(block)
    taken += block.length
    // Answers that come before their turn wait for it; what fails is told when its turn comes.
    if (answered instanceof Promise) answered.catch(() => {})
    written = written.then(() => answered).then(write)
    written.catch(() => {
      broken = true
    })
    onTheWay.push(written)
    while (onTheWay.length >= (crew === null ? 1 : blocksMax)) await onTheWay.shift()
  }
  const answerBeside = (block: Buffer): Promise<BlockAnswer> | null => {
    if (question === null) return null
    if (taken > worthCrewBytes) crew ??= callCrew(question)
    return crew?.answer(block, firstLine) ?? null
  }

  let rest: Buffer[] = []
  let restBytes = 0
  try {
    for await (const piece of input) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer)
      const last = chunk.lastIndexOf(newline)
      if (last !== -1) {
        const head = chunk.subarray(0, last)
        await take(restBytes > 0 ? Buffer.concat([...rest, head]) : head)
        rest = []
        restBytes = 0
      }
      if (closed || broken) break
      const tail = chunk.subarray(last + 1)
      // A line beyond the limit is counted but no longer kept.
      if (tail.length > 0 && restBytes <= lineBytesMax) rest.push(tail)
      restBytes += tail.length
    }
    if (restBytes > 0 && !closed && !broken) await take(Buffer.concat(rest))
    await written
  } finally {
    await (crew as AnswerCrew | null)?.dismiss()
    output.off('drain', onDrain).off('close', onClose)
  }
  return failed > 0 || closed ? 1 : 0
}

function linesIn(block: Buffer): number {
  let lines = 1
  for (let at = block.indexOf(newline); at !== -1; at = block.indexOf(newline, at + 1)) lines += 1
  return lines
}
