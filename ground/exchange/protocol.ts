import type { Instant } from '@koiki/store'

/** 当事者 — `'union:43'`, `'municipality:431001'`. */
export type Party = string

/**
 * 送り状 — travels beside the sealed file and says what is in it. Signed by the sender, so that a file
 * can neither be forged nor swapped; it names nobody.
 */
export type Manifest = {
  readonly version: 1
  readonly transmissionId: string
  readonly layout: string
  readonly edition: string
  readonly sender: Party
  readonly receiver: Party
  readonly union: string
  readonly municipality: string
  /** From 1, without a gap, for each (sender, receiver, layout). */
  readonly sequenceNumber: number
  /** The transmission of the same number that was refused and that this one corrects. */
  readonly corrects: string | null
  readonly createdAt: Instant
  readonly recordCount: number
  /** Sums of the layout's columns of digits, as decimal text. */
  readonly hashTotals: Readonly<Record<string, string>>
  readonly plain: { readonly bytes: number; readonly sha256: string }
  readonly sealed: { readonly bytes: number; readonly sha256: string; readonly keyId: string }
  readonly signature: { readonly keyId: string; readonly value: string }
}

/** 受領書 — what the receiver answers, signed by the receiver. */
export type Receipt = {
  readonly version: 1
  readonly kind: 'arrived' | 'accepted' | 'refused'
  readonly transmissionId: string
  readonly layout: string
  readonly sender: Party
  readonly receiver: Party
  readonly sequenceNumber: number
  readonly at: Instant
  readonly sealedSha256: string
  readonly recordCount: number
  /** Rows that took effect; 0 unless accepted. */
  readonly appliedCount: number
  readonly errorCount: number
  readonly warningCount: number
  readonly sentence: string
  readonly signature: { readonly keyId: string; readonly value: string }
}

/**
 * 送信の状態 — sent: handed over, no answer yet. waiting: arrived before its predecessor. arrived: may be
 * opened when its predecessor has been applied. applied and refused: settled.
 */
export type TransmissionState =
  | 'sent'
  | 'delivered'
  | 'waiting'
  | 'arrived'
  | 'applied'
  | 'refused'
