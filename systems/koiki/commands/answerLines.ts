import { type AnswerLine, answerBlock, type LineBlock } from './answerBlock.ts'
import type { Hands } from './hands.ts'
import { lineBlocks } from './lineBlocks.ts'

/** So many blocks are on their way at most: memory does not grow with the input. */
const underwayMax = 8
/** Less than this is answered sooner than another thread is started, or even asked. */
const longInput = 1024 * 1024
const smallBlock = 16 * 1024

/**
 * 行ごとの問答（NDJSON）— one line out for each line in, in order, streamed: memory holds one line and some
 * chunks, however long the input, and waits where the reader is slow. Resolves to 0 when every line was
 * answered and 1 when some line was not, or when the output closed early. `answer` must not throw for
 * what a line may hold. Where `open` is given, a long input is answered by more hands than one.
 */
export async function answerLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  answer: AnswerLine,
  open?: () => Hands,
): Promise<number> {
  let failed = 0
  let closed = false
  let wake = (): void => {}
  const onDrain = (): void => wake()
  const onClose = (): void => {
    closed = true
    wake()
  }
  output.on('drain', onDrain).on('close', onClose).on('error', onClose)
  const write = async (text: string | Uint8Array): Promise<void> => {
    if (text.length === 0 || closed || output.write(text) || closed) return
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }

  let hands: Hands | null = null
  let taken = 0
  const answerOf = (block: LineBlock) => {
    taken += block.bytes.length
    if (taken > longInput) hands ??= open?.() ?? null
    return (
      (block.bytes.length < smallBlock ? null : hands?.take(block)) ?? answerBlock(answer, block)
    )
  }
  // What was asked of others is written when it comes, in order, whether or not there is more to read.
  const underway: Promise<void>[] = []
  let last: Promise<void> = Promise.resolve()
  try {
    for await (const block of lineBlocks(input)) {
      const answered = answerOf(block)
      last = Promise.all([answered, last]).then(async ([given]) => {
        failed += given.failed
        await write(given.text)
      })
      underway.push(last)
      if (!(answered instanceof Promise)) await last
      if (underway.length >= underwayMax) await underway.shift()
      if (closed) break
    }
    await last
  } finally {
    await (hands as Hands | null)?.close()
    output.off('drain', onDrain).off('close', onClose)
  }
  return failed > 0 || closed ? 1 : 0
}
