import { parentPort, workerData } from 'node:worker_threads'
import { answerBlock, type LineBlock } from './answerBlock.ts'
import type { HandWord, HandWork } from './hands.ts'
import { answerOf } from './ruleAnswers.ts'

/** 一つの手 — a thread that answers blocks of lines until it is let go. */
const { rule, explain } = workerData as HandWork
const answer = await answerOf(rule, explain)
if (parentPort === null || answer === null) throw new Error(`手を貸せない規則です: ${rule}`)
const asker = parentPort
const say = (word: HandWord): void => asker.postMessage(word)
const letters = new TextEncoder()
asker.on('message', (block: LineBlock) => {
  const { text, failed } = answerBlock(answer, block)
  say({ text: typeof text === 'string' ? letters.encode(text) : text, failed })
})
say('ready')
