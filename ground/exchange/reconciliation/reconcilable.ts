import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Party } from '../protocol.ts'

/**
 * 照合する1件 — its key, the 宛名番号 under which people find it, and its values in the order of the columns. `pending`
 * content has not been sent yet, `inTransit` was sent and is not known to be taken in.
 */
export type ReconciledRow = {
  readonly key: string
  readonly addresseeNumber: string
  /** What names the record besides the 宛名番号; '' where nothing does. */
  readonly recordKey: string
  readonly values: readonly string[]
  readonly state: 'held' | 'pending' | 'inTransit'
}

/** 照合する情報 — which layout, which columns, and how one side reads its records of a municipality. */
export type Reconcilable = {
  readonly layout: string
  readonly columns: readonly string[]
  /**
   * All of the municipality's, as COPY writes them: a line each, its key and its values, between tabs; an absent value is
   * empty. Bytes may be cut anywhere.
   */
  lines(tx: Transaction, municipality: string): AsyncIterable<Buffer>
  /** `only` names the keys that are wanted, and more than these does no harm; key and values as in `lines`. */
  rows(
    tx: Transaction,
    municipality: string,
    only?: readonly string[],
  ): AsyncIterable<readonly ReconciledRow[]>
}

export const differenceKinds = [
  'onlyUnion',
  'onlyMunicipality',
  'content',
  'pending',
  'inTransit',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** 照合の違い — 宛名番号 and the names of the columns; never a value. */
export type ReconciliationDifference = {
  readonly addresseeNumber: string
  readonly recordKey: string
  readonly kind: DifferenceKind
  readonly columns: readonly string[]
}

/** 全件照合の結果 — as the asker knows it at the end. */
export type Reconciled = {
  readonly reconciliationId: string
  readonly layout: string
  readonly municipality: string
  readonly answerer: Party
  readonly day: PlainDate
  readonly opening: string
  readonly ownCount: number
  readonly otherCount: number
  readonly messages: number
  readonly messageBytes: number
  /** Those that somebody must look at, and those that a file on its way will settle. */
  readonly differences: number
  readonly pending: number
  readonly found: readonly ReconciliationDifference[]
  readonly sentence: string
}

/** 照合できない — the partner's answer cannot be believed or used; the sentence says what to do. */
export class ReconciliationRefused extends Error {
  override readonly name = 'ReconciliationRefused'
}

export const isOnItsWay = ({ kind }: ReconciliationDifference): boolean =>
  kind === 'pending' || kind === 'inTransit'

export function sentenceOf(
  layout: string,
  own: number,
  other: number,
  differences: number,
  pending: number,
): string {
  const counts = own === other ? `${own}件` : `自分${own}件、相手${other}件`
  const left = pending === 0 ? '' : `これから届く違いが${pending}件あります。`
  return differences === 0
    ? `${layout}（${counts}）は、両方で合っています。${left}`
    : `${layout}（${counts}）に、違いが${differences}件あります。一覧の宛名番号を確かめ、送り直すか直してください。${left}`
}
