import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { ExchangePlace } from '../prepare.ts'
import { type Party, partyInWords, signed } from '../protocol.ts'
import {
  type Answer,
  answerForm,
  digestOfText,
  type NewQuestion,
  parsed,
  requireSigned,
} from './messages.ts'
import { type Reconcilable, ReconciliationRefused } from './reconcilable.ts'

export type AskReconciliation = {
  readonly place: ExchangePlace
  readonly answerer: Party
  readonly municipality: string
  readonly of: Reconcilable
  /** One short transaction of the own side, which sees the whole of the municipality. */
  readonly read: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
  /** Carries a signed message to the partner and brings its answer. */
  readonly ask: (message: string) => Promise<string>
}

/** 問う — one signed question, and the answer that is its own. */
export type Say = (question: NewQuestion) => Promise<Answer>

/** Of the asker's side: what was said so far is counted, and the opening kept. */
export async function beginConversation(
  { place, answerer, ask }: AskReconciliation,
  of: { readonly reconciliationId: string; readonly day: PlainDate; readonly now: Instant },
): Promise<{
  readonly say: Say
  readonly said: { messages: number; bytes: number; opening: string }
}> {
  const [own] = await place.keys.own(place.self)
  const { reconciliationId, day, now } = of
  const said = { messages: 0, bytes: 0, opening: '' }
  const head = { version: 2, reconciliationId, from: place.self, to: answerer, at: now } as const
  const say = async (question: NewQuestion): Promise<Answer> => {
    const text = JSON.stringify(signed('reconciliation', { ...head, ...question }, own))
    if (question.kind === 'opening') said.opening = text
    const reply = await ask(text)
    said.messages += 2
    said.bytes += text.length + reply.length
    const answer = parsed<Answer>(answerForm, reply, partyInWords(answerer))
    await requireSigned(place, answer, answerer, day)
    if (answer.reconciliationId !== reconciliationId || answer.asked !== digestOfText(text))
      throw new ReconciliationRefused('全件照合の答えが、今の問いのものではありません。')
    return answer
  }
  return { say, said }
}
