import path from 'node:path'
import type { PlainDate } from '@koiki/kernel'
import { type Layout, Totals, writeRecords } from '@koiki/layouts'
import type { Instant } from '@koiki/store'
import { usableKey } from './certificates.ts'
import { KeysMissing } from './faults.ts'
import { digested, type ExchangePlace } from './prepare.ts'
import { documentText, type Manifest, type Party, signed } from './protocol.ts'
import { keepSealed } from './sealedFiles.ts'
import { seal } from './sealing.ts'

/** 一通の中身 — with everything that a journal would otherwise know. */
export type Pack = {
  readonly layout: Layout
  readonly receiver: Party
  readonly union: string
  readonly municipality: string
  readonly transmissionId: string
  readonly sequenceNumber: number
  readonly corrects: string | null
  readonly createdAt: Instant
  readonly today: PlainDate
  readonly records: Iterable<readonly string[]>
}

export type Packed = {
  readonly manifest: Manifest
  readonly manifestText: string
  readonly sealedFile: string
}

/**
 * 一通を包む — for a sender that has no journal of ours: counted, totalled, sealed for the addressee and signed, under a
 * number that the sender counts itself.
 */
export async function packTransmission(place: ExchangePlace, what: Pack): Promise<Packed> {
  const { layout, receiver, records, today, ...head } = what
  const [own] = await place.keys.own(place.self)
  const usable = await usableKey(place.keys, receiver, today)
  if ('fault' in usable) throw new KeysMissing(usable.fault.sentence)
  const totals = new Totals(layout)
  const plain = digested(writeRecords(layout, counted(records, totals)))
  const kept = await keepSealed(place.folder, seal(usable.key.recipient, plain.bytes))
  // The seal was made from a stream: what it holds is known only now.
  const manifest: Manifest = signed(
    'manifest',
    {
      version: 1,
      transmissionId: head.transmissionId,
      layout: layout.name,
      edition: layout.edition,
      sender: place.self,
      receiver,
      union: head.union,
      municipality: head.municipality,
      sequenceNumber: head.sequenceNumber,
      corrects: head.corrects,
      createdAt: head.createdAt,
      recordCount: totals.recordCount,
      hashTotals: totals.sums(),
      plain: plain.result(),
      sealed: { bytes: kept.bytes, sha256: kept.sha256, keyId: usable.key.keyId },
    } as const,
    own,
  )
  return {
    manifest,
    manifestText: documentText(manifest),
    sealedFile: path.join(place.folder, kept.name),
  }
}

function* counted(
  records: Iterable<readonly string[]>,
  totals: Totals,
): Generator<readonly string[]> {
  for (const record of records) {
    totals.add(record)
    yield record
  }
}
