import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { CrewOrder } from './answerCrew.ts'

/** One thread of a crew: the blocks that it is given come back answered, in the same order. */
if (parentPort === null) throw new Error('このファイルは、規則に答える組の中だけで動きます。')
const port = parentPort
const { rule, explain, compileCache } = workerData as CrewOrder
if (compileCache !== null) enableCompileCache(compileCache)
const { answerBlock } = await import('./answerBlock.ts')
const { answerOf } = await import('./ruleAnswers.ts')
const answer = await answerOf(rule, explain)
if (answer === null) throw new Error(`「${rule}」という規則はありません。`)
const encoder = new TextEncoder()

port.on('message', ({ block, firstLine }: { block: Uint8Array; firstLine: number }) => {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  const { text, failed } = answerBlock(bytes, firstLine, answer)
  const written = encoder.encode(text as string)
  port.postMessage({ text: written, failed }, [written.buffer])
})
port.postMessage('open')
