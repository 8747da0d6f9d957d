import { createHash, randomUUID } from 'node:crypto'
import { keyFolder, type Manifest, seal } from '@koiki/exchange'
import { type Layout, Totals } from '@koiki/layouts'
import { documentText, signed } from '../../ground/exchange/protocol.ts'
import type { OnMedium } from '../../systems/koiki/clients.ts'

/** 送り手が作ろうとするもの — everything that an honest sender would derive can be said otherwise. */
export type Craft = {
  readonly layout: Layout
  readonly sender: string
  readonly receiver: string
  readonly union: string
  readonly municipality: string
  readonly sequenceNumber: number
  /** The file before it is sealed, byte for byte. */
  readonly plain: Buffer
  readonly corrects?: string | null
  /** What the manifest says of the rows; counted from `records` if not given. */
  readonly records?: readonly (readonly string[])[]
  /** Changes the manifest before it is signed: a lie that the sender stands by. */
  readonly lie?: (manifest: Unsigned) => unknown
  /** Changes the manifest's text after it was signed: a forgery on the way. */
  readonly forge?: (text: string) => string
  /** Changes the sealed bytes before their digest is taken, as a broken medium does. */
  readonly spoil?: (sealed: Buffer) => Buffer
  /** Changes the sealed bytes after the manifest was made. */
  readonly swap?: (sealed: Buffer) => Buffer
  /** Whose key signs; the sender's if not given. */
  readonly signer?: string
  /** For whom it is sealed; the receiver if not given. */
  readonly sealedFor?: string
}

type Unsigned = Omit<Manifest, 'signature'>

export type Crafted = OnMedium & { readonly transmissionId: string }

/**
 * 行儀のわるい送り手 — seals and signs whatever it is told, with the parties' real keys from the data folder of
 * an invented world, so that every lie arrives as well made as the truth.
 */
export async function craft(keysFolder: string, what: Craft): Promise<Crafted> {
  const keys = keyFolder(keysFolder)
  const [own] = await keys.own(what.signer ?? what.sender)
  const [addressee] = await keys.of(what.sealedFor ?? what.receiver)
  const whole = await gathered(seal(addressee.recipient, [what.plain]))
  const sealed = what.spoil?.(whole) ?? whole
  const totals = new Totals(what.layout)
  for (const record of what.records ?? []) totals.add(record)
  const honest: Unsigned = {
    version: 1,
    transmissionId: randomUUID(),
    layout: what.layout.name,
    edition: what.layout.edition,
    sender: what.sender,
    receiver: what.receiver,
    union: what.union,
    municipality: what.municipality,
    sequenceNumber: what.sequenceNumber,
    corrects: what.corrects ?? null,
    createdAt: '2026-07-01T00:00:00.000Z',
    recordCount: totals.recordCount,
    hashTotals: totals.sums(),
    plain: { bytes: what.plain.length, sha256: sha256(what.plain) },
    sealed: { bytes: sealed.length, sha256: sha256(sealed), keyId: addressee.keyId },
  }
  const said = (what.lie?.(honest) ?? honest) as Unsigned
  const text = documentText(signed('manifest', said, own))
  return {
    transmissionId: honest.transmissionId,
    manifest: what.forge?.(text) ?? text,
    sealed: new Blob([new Uint8Array(what.swap?.(sealed) ?? sealed)]),
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function gathered(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(Uint8Array.from(part))
  return Buffer.concat(all)
}

/** CSV as the layouts have it: a header, all quoted, CRLF; nothing is checked. */
export function csvOf(
  names: readonly string[],
  records: readonly (readonly string[])[],
  lineEnd = '\r\n',
): string {
  const line = (values: readonly string[]): string =>
    `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}${lineEnd}`
  return line(names) + records.map(line).join('')
}
