import type { Instant } from '@koiki/store'

/** 担当者 — who acts, as the paper and the record name them. */
export type Clerk = { readonly account: string; readonly name: string }

/** 先に変えた人 */
export type ChangedBefore = {
  readonly version: number
  readonly at: Instant
  readonly by: string
  readonly what: string
}

/** 断り — an act on a document that the house refuses; nothing has been done. */
export class CertificateRefused extends Error {
  readonly kind: 'refused' | 'changed' | 'usedBefore' | 'nothing'
  readonly changed: ChangedBefore | null

  constructor(kind: CertificateRefused['kind'], sentence: string, changed?: ChangedBefore) {
    super(sentence)
    this.name = 'CertificateRefused'
    this.kind = kind
    this.changed = changed ?? null
  }
}

export const refuse = (sentence: string): CertificateRefused =>
  new CertificateRefused('refused', sentence)
