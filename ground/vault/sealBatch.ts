import { randomFillSync } from 'node:crypto'
import { checkNumber, type IndividualNumber, revealNumber } from '@koiki/kernel'
import { type KeyRing, keyOf } from './keyRing.ts'
import { associatedData, blindIndex, indexMessage, sealedLength, sealInto } from './sealing.ts'
import { VaultError } from './vaultError.ts'

/** 個人番号の渡し方 — opaque, or twelve digits as just read from a file; null for a person without one. */
export type NumberInput = IndividualNumber | string | null

/** 封じた個人番号 — a candidate row: its token counts only until the number turns out to be known. */
export type SealedNumber = {
  readonly token: string
  readonly blindIndex: Buffer
  readonly indexKeyVersion: number
  /** The index under the earlier keys that can still be read; none while there is one version. */
  readonly earlierBlindIndexes: readonly Buffer[]
  readonly sealed: Buffer
  readonly sealKeyVersion: number
}

const digitsLength = 12
const nonceLength = 12
const tokenLength = 16

/** まとめて封じる — every number of a batch under the current keys, in order. */
export function sealBatch(
  ring: KeyRing,
  holder: string,
  union: string,
  numbers: readonly NumberInput[] | Uint8Array,
): (SealedNumber | null)[] {
  const plain = plainDigits(numbers)
  const count = plain.length / digitsLength
  const chance = randomFillSync(Buffer.allocUnsafe(count * (tokenLength + nonceLength)))
  const sealed = Buffer.allocUnsafe(count * sealedLength)
  const sealKeyVersion = ring.seal.current
  const indexKeyVersion = ring.index.current
  const sealKey = keyOf(ring.seal, sealKeyVersion)
  const indexKey = keyOf(ring.index, indexKeyVersion)
  const earlier = [...ring.index.keys].filter(([version]) => version !== indexKeyVersion)
  const message = indexMessage(holder)
  const numberAt = message.length - digitsLength
  const associated = associatedData({ holder, union, keyVersion: sealKeyVersion })
  const tokenAt = associated.length - tokenLength
  const result: (SealedNumber | null)[] = []
  for (let index = 0; index < count; index += 1) {
    const digits = plain.subarray(index * digitsLength, (index + 1) * digitsLength)
    if (digits[0] === 0) {
      result.push(null)
      continue
    }
    const start = index * (tokenLength + nonceLength)
    const nonce = chance.subarray(start + tokenLength, start + tokenLength + nonceLength)
    // The bits of a version 4 UUID (RFC 9562): random, saying nothing of the person or the order.
    chance[start + 6] = (chance[start + 6]! & 0x0f) | 0x40
    chance[start + 8] = (chance[start + 8]! & 0x3f) | 0x80
    chance.copy(associated, tokenAt, start, start + tokenLength)
    digits.copy(message, numberAt)
    sealInto(sealed, index * sealedLength, sealKey, associated, nonce, digits)
    result.push({
      token: tokenText(chance.toString('hex', start, start + tokenLength)),
      blindIndex: blindIndex(indexKey, message),
      indexKeyVersion,
      earlierBlindIndexes: earlier.map(([, key]) => blindIndex(key, message)),
      sealed: sealed.subarray(index * sealedLength, (index + 1) * sealedLength),
      sealKeyVersion,
    })
  }
  plain.fill(0)
  message.fill(0)
  return result
}

/** All numbers side by side in a buffer of our own, which is wiped after use. */
export function plainDigits(numbers: readonly NumberInput[] | Uint8Array): Buffer {
  if (numbers instanceof Uint8Array) {
    if (numbers.length % digitsLength !== 0) {
      throw new VaultError('個人番号の並びの長さが12の倍数ではありません。')
    }
    const digits = Buffer.from(numbers)
    for (let at = 0; at < digits.length; at += digitsLength) {
      if (digits[at] !== 0)
        checked(digits.toString('latin1', at, at + digitsLength), at / digitsLength)
    }
    return digits
  }
  const digits = Buffer.alloc(numbers.length * digitsLength)
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index]
    if (number === null || number === undefined) continue
    const text = typeof number === 'string' ? checked(number, index) : revealNumber(number)
    digits.write(text, index * digitsLength, digitsLength, 'latin1')
  }
  return digits
}

function checked(text: string, index: number): string {
  const { valid, reason } = checkNumber('individualNumber', text)
  if (!valid) throw new VaultError(`${index + 1}件目の個人番号が正しくありません。${reason}`)
  return text
}

const tokenText = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
