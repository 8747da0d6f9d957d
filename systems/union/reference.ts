import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { Realm } from './api.ts'

/** 参照の種類 */
export type ReferenceKind =
  | 'person'
  | 'decision'
  | 'transmission'
  | 'job'
  | 'account'
  | 'reconciliation'
  | 'certificate'
  | 'printRun'
  | 'printedForm'
  | 'formDelivery'
  | 'filing'
  | 'difference'
  | 'resident'
  | 'encounter'

/**
 * 参照 — 26 characters that stand for a row in addresses and messages. One block of AES under a key for
 * each realm, union and kind: the same row has the same reference at the same desk, another at another,
 * and nobody can count, guess or turn them back.
 */
export type References = {
  write(kind: ReferenceKind, value: bigint): string
  /** Null for a text that this realm, union and kind did not write. */
  read(kind: ReferenceKind, text: string): bigint | null
  /** 下書きの鍵 — 32 bytes in base64, under which a desk of this account enciphers what it could not save yet. */
  draftKey(account: string): string
}

/** The values of a kind; a transmission and an account fill all 128 bits, the others leave room to be recognised by. */
const bits: Record<ReferenceKind, bigint> = {
  person: 64n,
  decision: 64n,
  transmission: 128n,
  job: 64n,
  account: 128n,
  reconciliation: 128n,
  certificate: 64n,
  printRun: 128n,
  printedForm: 128n,
  formDelivery: 128n,
  filing: 128n,
  difference: 128n,
  resident: 64n,
  encounter: 128n,
}

/** 参照をつくる — for one realm of one union; `key` is 32 secret bytes of the installation. */
export function referencesOf(key: Uint8Array, realm: Realm, union: string): References {
  const keys = new Map<ReferenceKind, Buffer>()
  const keyFor = (kind: ReferenceKind): Buffer => {
    const known = keys.get(kind)
    if (known !== undefined) return known
    const made = Buffer.from(
      hkdfSync('sha256', key, Buffer.alloc(0), `koiki reference ${realm} ${union} ${kind}`, 32),
    )
    keys.set(kind, made)
    return made
  }
  return {
    write(kind, value) {
      if (value < 0n || value >= 1n << bits[kind]) throw new RangeError('参照にできない値です')
      // One block and no mode: the block cipher itself is the permutation that is wanted.
      const cipher = createCipheriv('aes-256-ecb', keyFor(kind), null).setAutoPadding(false)
      return writeLetters(Buffer.concat([cipher.update(bytesOf(value)), cipher.final()]))
    },
    read(kind, text) {
      const block = readLetters(text)
      if (block === null) return null
      const decipher = createDecipheriv('aes-256-ecb', keyFor(kind), null).setAutoPadding(false)
      const value = numberOf(Buffer.concat([decipher.update(block), decipher.final()]))
      return value < 1n << bits[kind] ? value : null
    },
    draftKey(account) {
      const bytes = hkdfSync('sha256', key, Buffer.alloc(0), `koiki draft ${realm} ${account}`, 32)
      return Buffer.from(bytes).toString('base64')
    },
  }
}

// Crockford's base32 has no letters that are mistaken for each other or for digits.
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

function writeLetters(block: Uint8Array): string {
  let value = numberOf(block)
  let text = ''
  for (let index = 0; index < 26; index += 1) {
    text = `${letters[Number(value & 31n)]}${text}`
    value >>= 5n
  }
  return text
}

function readLetters(text: string): Buffer | null {
  if (text.length !== 26) return null
  let value = 0n
  for (const letter of text) {
    const digit = letters.indexOf(letter)
    if (digit < 0) return null
    value = (value << 5n) | BigInt(digit)
  }
  return value < 1n << 128n ? bytesOf(value) : null
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(32, '0'), 'hex')
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/** 決定の所在 — subject, fiscal year and revision in one value. */
export type DecisionPlace = { subjectKey: number; fiscalYear: number; revision: number }

export function packDecision({ subjectKey, fiscalYear, revision }: DecisionPlace): bigint {
  return (BigInt(subjectKey) << 28n) | (BigInt(fiscalYear) << 16n) | BigInt(revision)
}

export function unpackDecision(value: bigint): DecisionPlace {
  return {
    subjectKey: Number(value >> 28n),
    fiscalYear: Number((value >> 16n) & 0xfffn),
    revision: Number(value & 0xffffn),
  }
}

/** 文書の所在 — subject, municipality and number in one value; the municipality is in the subject's prefecture. */
export type CertificatePlace = { subjectKey: number; municipality: string; issueNumber: number }

export function packCertificate(place: CertificatePlace): bigint {
  const local = BigInt(place.municipality.slice(2))
  return (BigInt(place.subjectKey) << 28n) | (local << 14n) | BigInt(place.issueNumber)
}

export function unpackCertificate(value: bigint): CertificatePlace {
  const subjectKey = Number(value >> 28n)
  const union = String(Math.floor(subjectKey / 100_000_000)).padStart(2, '0')
  return {
    subjectKey,
    municipality: `${union}${String((value >> 14n) & 0x3fffn).padStart(4, '0')}`,
    issueNumber: Number(value & 0x3fffn),
  }
}

/** UUID — as a number and back. */
export function packUuid(uuid: string): bigint {
  return BigInt(`0x${uuid.replaceAll('-', '')}`)
}

export function unpackUuid(value: bigint): string {
  const text = value.toString(16).padStart(32, '0')
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-')
}
