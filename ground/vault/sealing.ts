import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto'
import { VaultError } from './vaultError.ts'

/** What a seal is bound to: a row that is moved to another holder, token or version does not open. */
export type SealPlace = {
  /** 当事者 — `union:43`, `municipality:431001`. */
  readonly holder: string
  readonly union: string
  readonly keyVersion: number
}

export const sealedLength = 41
const form = 1
const nonceLength = 12
const numberLength = 12
const tokenLength = 16

/** The part of the associated data that a batch shares; the token's 16 bytes follow it. */
export const placeBytes = ({ holder, union, keyVersion }: SealPlace): Buffer =>
  Buffer.from(`koiki/number/1\0${holder}\0${union}\0${keyVersion}\0`)

/** One buffer for a whole batch, whose last 16 bytes are set to each token in turn. */
export function associatedData(place: SealPlace): Buffer {
  return Buffer.concat([placeBytes(place), Buffer.alloc(tokenLength)])
}

/** 封じる — form, nonce, ciphertext and tag into `target` at `at`. The nonce must be random and new. */
export function sealInto(
  target: Buffer,
  at: number,
  key: KeyObject,
  associated: Buffer,
  nonce: Buffer,
  digits: Buffer,
): void {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(associated)
  target[at] = form
  nonce.copy(target, at + 1)
  cipher.update(digits).copy(target, at + 1 + nonceLength)
  cipher.final()
  cipher.getAuthTag().copy(target, at + 1 + nonceLength + numberLength)
}

/** 封を開ける — the twelve digits; throws VaultError unless seal, key and place all belong together. */
export function openSealed(key: KeyObject, associated: Buffer, sealed: Buffer): string {
  if (sealed.length !== sealedLength || sealed[0] !== form) throw brokenSeal()
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceLength), {
    authTagLength: 16,
  })
  decipher.setAAD(associated)
  decipher.setAuthTag(sealed.subarray(1 + nonceLength + numberLength))
  try {
    const body = sealed.subarray(1 + nonceLength, 1 + nonceLength + numberLength)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('latin1')
  } catch {
    throw brokenSeal()
  }
}

const brokenSeal = (): VaultError =>
  new VaultError(
    '個人番号の封を開けられません。封が壊れたか、別の行と入れ替わったか、鍵が違います。番号は使わずに、管理者に知らせてください。',
  )

/** 探し札 — what a number is found by: HMAC-SHA-256 of `indexMessage` under the index key. */
export const blindIndex = (key: KeyObject, message: Buffer): Buffer =>
  createHmac('sha256', key).update(message).digest()

/**
 * Holder and number, the number in the last twelve bytes. The same number has another index with every
 * holder, so that two databases cannot be laid together.
 */
export const indexMessage = (holder: string, digits: Buffer = Buffer.alloc(numberLength)): Buffer =>
  Buffer.concat([Buffer.from(`koiki/index/1\0${holder}\0`), digits])
