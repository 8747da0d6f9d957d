import { createHash } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Instant } from '@koiki/store'
import { z } from 'zod'
import { usableKey } from '../certificates.ts'
import type { ExchangePlace } from '../prepare.ts'
import { isSignedBy, type Party, partyInWords, signingKeyFault } from '../protocol.ts'
import { seal, unseal } from '../sealing.ts'
import { differenceKinds, ReconciliationRefused } from './reconcilable.ts'

const hex32 = z.string().regex(/^[0-9a-f]{32}$/)
const prefix = z.string().regex(/^([0-9a-f]{2}){0,16}$/)
const sealedText = z.string().regex(/^[A-Za-z0-9+/=]{1,2000000}$/)
const whole = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const mark = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  value: z.string().regex(/^[A-Za-z0-9+/=]{1,128}$/),
})
const head = {
  version: z.literal(2),
  reconciliationId: z.uuid(),
  from: z.string().regex(/^(union:[0-9]{2}|municipality:[0-9]{6})$/),
  to: z.string().regex(/^(union:[0-9]{2}|municipality:[0-9]{6})$/),
  at: z.iso.datetime() as unknown as z.ZodType<Instant>,
  signature: mark,
}
const branch = z.strictObject({ count: whole, digest: hex32 })

/** 枝の中身 — the children's branches or, of few records, the records' digests: what the node's digest is of, in base64. */
const inside = z.union([
  z.strictObject({ children: z.base64().max(8_192) }),
  z.strictObject({ leaves: z.base64().max(16_384) }),
])
export type Inside = z.infer<typeof inside>

/** So many branches at most go into one question, of which so many children and records are expected. */
export const prefixesMax = 1024
export const expectedMax = 16_384
/** So many names go into one message. */
export const keysMax = 500
/** So many are listed by 宛名番号; the count is of all. */
export const listedMax = 1000

/** 問い — from the side that asks; each is signed for one addressee. */
export const questionForm = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('opening'),
    layout: z.string().min(1).max(100),
    municipality: z.string().regex(/^[0-9]{6}$/),
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    columns: z.array(z.string().min(1).max(100)).min(1).max(200),
    /** 今夜の鍵 — 32 bytes by chance, sealed for the addressee; digests say nothing without it. */
    sealedKey: sealedText,
  }),
  z.strictObject({
    ...head,
    kind: z.literal('branches'),
    prefixes: z.array(prefix).min(1).max(prefixesMax),
  }),
  z.strictObject({ ...head, kind: z.literal('names'), keys: z.array(hex32).min(1).max(keysMax) }),
  z.strictObject({
    ...head,
    kind: z.literal('closing'),
    ownCount: whole,
    otherCount: whole,
    messages: whole,
    messageBytes: whole,
    differences: whole,
    pending: whole,
    sealedDifferences: sealedText,
  }),
])
export type Question = z.infer<typeof questionForm>
export type Opening = Extract<Question, { kind: 'opening' }>

const answerHead = { ...head, asked: z.string().regex(/^[0-9a-f]{64}$/) }
/** 答え — each to the one question whose digest it carries. */
export const answerForm = z.discriminatedUnion('kind', [
  z.strictObject({ ...answerHead, kind: z.literal('root'), root: branch, inside }),
  z.strictObject({
    ...answerHead,
    kind: z.literal('branches'),
    nodes: z.array(z.strictObject({ prefix, inside })).max(prefixesMax),
  }),
  z.strictObject({ ...answerHead, kind: z.literal('names'), sealedNames: sealedText }),
  z.strictObject({ ...answerHead, kind: z.literal('closed') }),
])
export type Answer = z.infer<typeof answerForm>

/** 違う件の名 — sealed: 宛名番号 and digests of the columns, never a value. */
export const namesForm = z.array(
  z.strictObject({
    key: hex32,
    addresseeNumber: z.string().max(15),
    recordKey: z.string().max(100),
    state: z.enum(['held', 'pending', 'inTransit']),
    fields: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
  }),
)
export type Named = z.infer<typeof namesForm>[number]

export const differencesForm = z
  .array(
    z.strictObject({
      addresseeNumber: z.string().max(15),
      recordKey: z.string().max(100),
      kind: z.enum(differenceKinds),
      columns: z.array(z.string().max(100)).max(200),
    }),
  )
  .max(listedMax)

const messageMax = 4 * 1024 * 1024

type WithoutSignature<T> = T extends { signature: unknown } ? Omit<T, 'signature'> : never
export type NewQuestion =
  WithoutSignature<Question> extends infer Q
    ? Q extends object
      ? Omit<Q, 'version' | 'reconciliationId' | 'from' | 'to' | 'at'>
      : never
    : never

export async function sealText(
  place: ExchangePlace,
  to: Party,
  on: PlainDate,
  text: string | Buffer,
): Promise<string> {
  const usable = await usableKey(place.keys, to, on)
  if ('fault' in usable) throw new ReconciliationRefused(usable.fault.sentence)
  const parts: Buffer[] = []
  for await (const part of seal(usable.key.recipient, [Buffer.from(text)])) parts.push(part)
  return Buffer.concat(parts).toString('base64')
}

export async function openText(place: ExchangePlace, sealed: string): Promise<Buffer> {
  const own = await place.keys.own(place.self)
  const identities = own.map(({ identity }) => identity)
  const parts: Buffer[] = []
  for await (const part of unseal(identities, [Buffer.from(sealed, 'base64')])) parts.push(part)
  return Buffer.concat(parts)
}

export const digestOfText = (text: string): string =>
  createHash('sha256').update(text).digest('hex')

export function parsed<T>(form: z.ZodType<T>, text: string, who: string): T {
  const result =
    text.length <= messageMax ? form.safeParse(jsonOf(text)) : { success: false as const }
  if (result.success) return result.data
  throw new ReconciliationRefused(`${who}の全件照合の書面の形が違います。照合をやめました。`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export async function requireSigned(
  place: ExchangePlace,
  document: Question | Answer,
  by: Party,
  on: PlainDate,
): Promise<void> {
  if (document.from !== by || document.to !== place.self)
    throw new ReconciliationRefused('全件照合の書面の差出人か宛先が違います。照合をやめました。')
  if (!(await isSignedBy('reconciliation', document, by, place.keys)))
    throw new ReconciliationRefused(
      `全件照合の書面の署名が${partyInWords(by)}のものと確かめられません。照合をやめました。`,
    )
  const fault = await signingKeyFault(document, by, place.keys, on)
  if (fault !== null) throw new ReconciliationRefused(fault.sentence)
}
