import { getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BlockAnswer } from './answerBlock.ts'

/** 規則への問い — which rule every line asks, in words that can be told to another thread. */
export interface RuleQuestion {
  readonly rule: string
  readonly explain: boolean
}

/** What a thread is told when it opens. */
export interface CrewOrder extends RuleQuestion {
  /** Where this thread keeps what it compiled, which another one does not find by itself. */
  readonly compileCache: string | null
}

/** 並んで答える組 — threads beside this one that answer blocks of lines. */
export interface AnswerCrew {
  /** The answer of a copy of the block; `null` when all have enough to do. */
  answer(block: Buffer, firstLine: number): Promise<BlockAnswer> | null
  dismiss(): Promise<void>
}

/** What one thread may have before it: one block to answer, one to go on with. */
const blocksEach = 2
/** More threads than these would wait for the one that reads and writes. */
const threadsMax = 3

interface Hand {
  readonly worker: Worker
  /** In the order of the blocks that it was given; `null` while it still opens. */
  waiting: PromiseWithResolvers<BlockAnswer>[] | null
}

/** 組を呼ぶ — one thread for each core that is left beside this one. They open while this thread goes on. */
export function callCrew(question: RuleQuestion): AnswerCrew {
  const hands = Array.from({ length: Math.min(availableParallelism() - 1, threadsMax) }, () =>
    callHand(question),
  )
  return {
    answer(block, firstLine) {
      const hand = hands.find(({ waiting }) => waiting !== null && waiting.length < blocksEach)
      if (hand === undefined) return null
      const answer = Promise.withResolvers<BlockAnswer>()
      hand.waiting?.push(answer)
      const copy = new Uint8Array(block)
      hand.worker.postMessage({ block: copy, firstLine }, [copy.buffer])
      return answer.promise
    },
    async dismiss() {
      await Promise.all(hands.map(({ worker }) => worker.terminate()))
    },
  }
}

function callHand(question: RuleQuestion): Hand {
  const kept = getCompileCacheDir()
  // Node answers with its own folder for this version inside the one that it was given.
  const order: CrewOrder = {
    ...question,
    compileCache: kept === undefined ? null : path.dirname(kept),
  }
  const worker = new Worker(new URL('./answerBeside.ts', import.meta.url), { workerData: order })
  const hand: Hand = { worker, waiting: null }
  worker.on('message', (answer: BlockAnswer | 'open') => {
    if (answer === 'open') hand.waiting = []
    else hand.waiting?.shift()?.resolve(answer)
  })
  // Without a listener its error would end the whole program; one that never opened is not missed.
  worker.on('error', (error) => {
    for (const answer of hand.waiting ?? []) answer.reject(error)
    hand.waiting = null
  })
  return hand
}
