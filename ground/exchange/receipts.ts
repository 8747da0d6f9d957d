import type { Transaction } from '@koiki/store'
import { type ExchangeFinding, exchangeFinding } from './faults.ts'
import { findTransmission, insertEvent, insertReceipt } from './journal.ts'
import { policyOf } from './policy.ts'
import type { ExchangePlace } from './prepare.ts'
import {
  documentText,
  isSignedBy,
  type Manifest,
  ProtocolFault,
  type Receipt,
  readReceipt,
  signed,
  signingKeyFault,
  type TransmissionState,
} from './protocol.ts'

export async function giveReceipt(
  tx: Transaction,
  place: ExchangePlace,
  manifest: Manifest,
  kind: Receipt['kind'],
  sentence: string,
  counts: {
    readonly applied?: number
    readonly quarantined?: number
    readonly errors?: number
    readonly warnings?: number
  } = {},
): Promise<Receipt> {
  const [own] = await place.keys.own(place.self)
  const { acceptance } = await policyOf(tx, place.self, manifest.layout)
  const receipt: Receipt = signed(
    'receipt',
    {
      version: 1,
      kind,
      transmissionId: manifest.transmissionId,
      layout: manifest.layout,
      sender: manifest.sender,
      receiver: manifest.receiver,
      sequenceNumber: manifest.sequenceNumber,
      at: tx.now,
      sealedSha256: manifest.sealed.sha256,
      recordCount: manifest.recordCount,
      appliedCount: counts.applied ?? 0,
      errorCount: counts.errors ?? 0,
      warningCount: counts.warnings ?? 0,
      sentence,
      acceptance,
      ...(counts.quarantined === undefined ? {} : { quarantinedCount: counts.quarantined }),
    } as const,
    own,
  )
  await insertReceipt(tx, receipt, documentText(receipt))
  return receipt
}

const stateOf = { arrived: 'delivered', accepted: 'applied', refused: 'refused' } as const

/** 受領書の取込み — at the sender: believed only with the receiver's signature over the bytes we sent. */
export async function recordReceipt(
  tx: Transaction,
  place: ExchangePlace,
  text: string,
): Promise<
  | { readonly kind: 'recorded' | 'repeated'; readonly receipt: Receipt; readonly sentence: string }
  | { readonly kind: 'refused'; readonly finding: ExchangeFinding; readonly sentence: string }
> {
  let receipt: Receipt
  try {
    receipt = readReceipt(text)
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error
    return refused(exchangeFinding('E3014', { 理由: error.message }))
  }
  const sent = await findTransmission(tx, receipt.transmissionId)
  if (sent === null || sent.direction !== 'sent' || sent.sealedSha256 !== receipt.sealedSha256)
    return refused(exchangeFinding('E3015'))
  if (
    receipt.receiver !== sent.receiver ||
    !(await isSignedBy('receipt', receipt, sent.receiver, place.keys))
  )
    return refused(exchangeFinding('E3016'))
  const fault = await signingKeyFault(receipt, sent.receiver, place.keys, tx.today)
  if (fault !== null) return refused(fault)
  const { sentence } = receipt
  if (!(await insertReceipt(tx, receipt, documentText(receipt))))
    return { kind: 'repeated', receipt, sentence: 'もう取り込んだ受領書です。何も変わりません。' }
  const state: TransmissionState = stateOf[receipt.kind]
  const settled = sent.state === 'applied' || sent.state === 'refused'
  // A receipt of arrival that comes late must not take back the final word.
  if (!settled) {
    const next =
      state === 'refused'
        ? `次に${receipt.layout}を送るとき、通し番号${receipt.sequenceNumber}を作り直します。`
        : ''
    await insertEvent(tx, receipt.transmissionId, state, `受け手の答え: ${sentence}${next}`)
  }
  return { kind: 'recorded', receipt, sentence }
}

function refused(finding: ExchangeFinding) {
  return { kind: 'refused', finding, sentence: finding.sentence } as const
}
