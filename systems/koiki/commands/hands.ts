import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BlockAnswer, LineBlock } from './answerBlock.ts'

/** 手 — other threads that answer blocks of lines. */
export type Hands = {
  /** Null where no hand is free: then the one who asks does it. */
  take(block: LineBlock): Promise<BlockAnswer> | null
  close(): Promise<void>
}

/** 手のすること — which rule a hand answers, and how. */
export type HandWork = { readonly rule: string; readonly explain: boolean }

/** What a hand says: first that it is ready, then an answer for each block, in order. */
export type HandWord = 'ready' | BlockAnswer

type Asked = { resolve(given: BlockAnswer): void; reject(error: unknown): void }

const handsMax = 7
/** One in hand and one waiting: a hand never stands idle while the next block is on its way to it. */
const blocksOfHand = 2

/** 手を借りる — as many threads as the machine has cores besides this one. */
export function openHands(work: HandWork): Hands {
  const hands = Array.from({ length: Math.min(availableParallelism() - 1, handsMax) }, () => {
    const worker = new Worker(new URL('./answerHand.ts', import.meta.url), { workerData: work })
    const asked: Asked[] = []
    const hand = { worker, asked, ready: false }
    worker.on('message', (word: HandWord) => {
      if (word === 'ready') hand.ready = true
      else asked.shift()?.resolve(word)
    })
    worker.on('error', (error) => {
      hand.ready = false
      for (const one of asked.splice(0)) one.reject(error)
    })
    return hand
  })
  return {
    take(block) {
      const free = hands.find(({ ready, asked }) => ready && asked.length < blocksOfHand)
      if (free === undefined) return null
      return new Promise((resolve, reject) => {
        free.asked.push({ resolve, reject })
        free.worker.postMessage(block)
      })
    },
    async close() {
      await Promise.all(hands.map(({ worker }) => worker.terminate()))
    },
  }
}
