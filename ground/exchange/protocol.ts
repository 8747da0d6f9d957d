import { sign, verify } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Instant } from '@koiki/store'
import { z } from 'zod'
import { keyFault } from './certificates.ts'
import { type ExchangeFinding, exchangeFinding } from './faults.ts'
import type { OwnKeys, PartyKeys } from './partyKeys.ts'

/** 当事者 — `'union:43'`, `'municipality:431001'`, and `'intermediary:43'`: the 中間サーバー as it serves that union. */
export type Party = string

const party = z.string().regex(/^((union|intermediary):[0-9]{2}|municipality:[0-9]{6})$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** As large as the journal can hold. */
const number = z.int().max(2 ** 31 - 1)
const count = number.min(0)
const bytes = z.int().min(0)
// A year that neither side could have meant would not fit the journal either.
const instant = z.iso.datetime().regex(/^2[0-9]{3}-/) as unknown as z.ZodType<Instant>
// What is free text could carry anything into the journal, which names nobody.
const keyId = z.string().regex(/^[0-9a-f]{16}$/)
const signature = z.strictObject({ keyId, value: z.string().regex(/^[A-Za-z0-9+/=]{1,128}$/) })

const manifestForm = z.strictObject({
  version: z.literal(1),
  transmissionId: z.uuid(),
  layout: z.string().min(1).max(100),
  edition: z.string().min(1).max(20),
  sender: party,
  receiver: party,
  union: z.string().regex(/^[0-9]{2}$/),
  municipality: z.string().regex(/^[0-9]{6}$/),
  /** From 1, without a gap, for each (sender, receiver, layout). */
  sequenceNumber: number.min(1),
  /** The transmission of the same number that was refused and that this one corrects. */
  corrects: z.uuid().nullable(),
  createdAt: instant,
  recordCount: count,
  /** Sums of the layout's columns of digits, as decimal text. */
  hashTotals: z.record(z.string(), z.string().regex(/^-?[0-9]{1,40}$/)),
  plain: z.strictObject({ bytes, sha256 }),
  sealed: z.strictObject({ bytes, sha256, keyId }),
  signature,
})

/**
 * 送り状 — travels beside the sealed file and says what is in it. Signed by the sender, so that a file
 * can neither be forged nor swapped; it names nobody.
 */
export type Manifest = Readonly<z.infer<typeof manifestForm>>

const receiptForm = z.strictObject({
  version: z.literal(1),
  kind: z.enum(['arrived', 'accepted', 'refused']),
  transmissionId: z.uuid(),
  layout: z.string().min(1).max(100),
  sender: party,
  receiver: party,
  sequenceNumber: number.min(1),
  at: instant,
  sealedSha256: sha256,
  recordCount: count,
  /** Rows that took effect; 0 unless accepted. */
  appliedCount: count,
  errorCount: count,
  warningCount: count,
  sentence: z.string().max(2000),
  /** 取込みのしかた — how this layout is taken in: all or nothing, or the sound rows. */
  acceptance: z.enum(['whole', 'soundRows']).optional(),
  /** Rows in quarantine; with `appliedCount` they make `recordCount`. */
  quarantinedCount: count.optional(),
  signature,
})

/** 受領書 — what the receiver answers, signed by the receiver. */
export type Receipt = Readonly<z.infer<typeof receiptForm>>

/**
 * 送信の状態 — at the sender: prepared, sent, delivered. At the receiver: waiting (a number before it is
 * missing), arrived (may be opened when its predecessor has been applied), held (suspicious, until a clerk lets
 * it in). Settled: applied, refused.
 */
export type TransmissionState =
  | 'prepared'
  | 'sent'
  | 'delivered'
  | 'waiting'
  | 'arrived'
  | 'held'
  | 'applied'
  | 'refused'

/** A text that is no manifest, or no receipt; says which part is wrong and quotes nothing. */
export class ProtocolFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ProtocolFault'
  }
}

/** 送り状を読む — throws ProtocolFault. The signature is not yet verified. */
export function readManifest(text: string): Manifest {
  return read(manifestForm, text)
}

/** 受領書を読む — throws ProtocolFault. The signature is not yet verified. */
export function readReceipt(text: string): Receipt {
  return read(receiptForm, text)
}

const documentSizeMax = 64 * 1024

function read<T>(form: z.ZodType<T>, text: string): T {
  if (text.length > documentSizeMax) throw new ProtocolFault('大きすぎる')
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new ProtocolFault('JSON ではない')
  }
  const result = form.safeParse(value)
  if (result.success) return result.data
  const places = [...new Set(result.error.issues.map(({ path }) => path.join('.') || '全体'))]
  throw new ProtocolFault(`形が違う: ${places.slice(0, 5).join('、')}`)
}

/** What is signed; a signature for one kind is worth nothing for another. */
type SignedKind = 'manifest' | 'receipt' | 'reconciliation' | 'stopNotice'

/** 署名 — Ed25519 over the canonical form of everything but the signature. */
export function signed<T extends object>(
  kind: SignedKind,
  document: T,
  keys: OwnKeys,
): T & { readonly signature: { readonly keyId: string; readonly value: string } } {
  const value = sign(null, signedBytes(kind, document), keys.signing).toString('base64')
  return { ...document, signature: { keyId: keys.keyId, value } }
}

/** 署名の確認 — by any key that the party has published under the signature's key id. */
export async function isSignedBy(
  kind: SignedKind,
  document: { readonly signature: { readonly keyId: string; readonly value: string } },
  by: Party,
  keys: PartyKeys,
): Promise<boolean> {
  const { signature: mark, ...rest } = document
  const known = (await keys.of(by)).find(({ keyId }) => keyId === mark.keyId)
  if (known === undefined) return false
  const value = Buffer.from(mark.value, 'base64')
  return verify(null, signedBytes(kind, rest), known.verifying, value)
}

/** 署名した鍵の所見 — null where that key may be used on the day; else why not. */
export async function signingKeyFault(
  document: { readonly signature: { readonly keyId: string } },
  by: Party,
  keys: PartyKeys,
  on: PlainDate,
): Promise<ExchangeFinding | null> {
  const known = (await keys.of(by)).find(({ keyId }) => keyId === document.signature.keyId)
  return known === undefined
    ? exchangeFinding('E3005', { 送り手: partyInWords(by) })
    : await keyFault(keys, by, known, on)
}

export function signedBytes(kind: string, document: object): Buffer {
  return Buffer.from(`koiki ${kind} v1\n${canonical(document)}`)
}

/** JSON with its keys in order, so that both sides sign the same bytes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** 書面 — as it travels and is kept: readable, ended by a line feed. */
export function documentText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** 当事者の名 — for sentences. */
export function partyInWords(of: Party): string {
  const [kind, code] = of.split(':')
  if (kind === 'intermediary') return `中間サーバー（${code}）`
  return kind === 'union' ? `広域連合（${code}）` : `市区町村（${code}）`
}

/**
 * 広域連合全体の送信の団体コード — what stands in the place of 市区町村コード where a transmission is of no municipality. No
 * municipality has it: its check digit is wrong.
 */
export const wholeUnion = (union: string): string => `${union}0000`
