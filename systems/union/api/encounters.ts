import { z } from 'zod'
import { instant, Purpose, reference } from './fields.ts'

/** 読み合わせの事実 — what a citizen says or a paper shows; of what was typed, only the kind is kept. */
export const ReadBackFact = z.enum(['birthDate', 'town', 'numberTail', 'name'])
export type ReadBackFact = z.infer<typeof ReadBackFact>

export const readBackFacts: Readonly<Record<ReadBackFact, string>> = {
  birthDate: '生年月日',
  town: '町名',
  numberTail: '被保険者番号の下4けた',
  name: '氏名かカナ',
}

export const Encounter = z
  .object({
    encounter: reference,
    number: z.string().describe('その窓口のその日の番号。0412 のように'),
    purpose: Purpose,
    person: reference.nullable().describe('まだ記録のない人の応対では無い'),
    name: z.string().nullable(),
    by: z.string(),
    beganAt: instant,
    readBack: z.object({
      at: instant.nullable().describe('済んだ時刻。まだなら無い'),
      heard: z.array(z.string()).describe('合った事実の名'),
      need: z.int().describe('あといくつ要るか'),
      ask: z.array(ReadBackFact).describe('たずねられる事実'),
      triesLeft: z.int(),
    }),
  })
  .describe('応対。窓口で一人の人に向かう間')
export type Encounter = z.infer<typeof Encounter>

export const CurrentEncounter = z.object({ encounter: Encounter.nullable() })
export type CurrentEncounter = z.infer<typeof CurrentEncounter>

export const BeginEncounter = z.object({
  person: reference.nullable().describe('まだ記録のない人なら null'),
  purpose: Purpose,
  words: z
    .string()
    .max(100)
    .optional()
    .describe('さがしたことば。合う事実だけを数え、ことばは残さない'),
})
export type BeginEncounter = z.infer<typeof BeginEncounter>

export const ReadBack = z.object({
  facts: z
    .array(z.object({ kind: ReadBackFact, text: z.string().min(1).max(100) }))
    .min(1)
    .max(4),
})
export type ReadBack = z.infer<typeof ReadBack>

export const ReadBackAnswer = z.object({
  outcome: z.enum(['agreed', 'more', 'differs', 'unreadable', 'closed']),
  differs: z
    .array(ReadBackFact)
    .describe('合わなかった、または読めなかった事実。どの字かは言わない'),
  sentence: z.string(),
  encounter: Encounter.nullable().describe('閉じたときは無い'),
})
export type ReadBackAnswer = z.infer<typeof ReadBackAnswer>
