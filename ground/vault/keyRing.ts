import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { VaultError } from './vaultError.ts'

/** 鍵の種類 — `seal` closes and opens numbers, `index` finds them; neither can do the other's work. */
export type KeyKind = 'seal' | 'index'

/** 鍵の版 — several can be read at once; new work uses the current one. */
export type KeyVersions = {
  readonly current: number
  readonly keys: ReadonlyMap<number, KeyObject>
}

export type KeyRing = { readonly seal: KeyVersions; readonly index: KeyVersions }

/**
 * 鍵の保管先 — the port to wherever keys are kept outside the database: a key file by default. A module
 * or a service that never gives out its root key unwraps data keys here and gives those.
 */
export type KeyProvider = {
  /** Names the place in error sentences. */
  readonly name: string
  open(): Promise<KeyRing>
}

/** 256 random bits. */
export const newKey = (): KeyObject => createSecretKey(randomBytes(32))

/** 鍵の束 — one kind's keys by version, the highest current unless another is named. */
export function keysOf(
  keys: Iterable<readonly [number, KeyObject]>,
  current?: number,
): KeyVersions {
  const held = new Map(keys)
  for (const [version, key] of held) {
    if (!Number.isInteger(version) || version < 1 || version > 32_767) {
      throw new VaultError('鍵の版は1から32767までの整数です。')
    }
    if (key.symmetricKeySize !== 32)
      throw new VaultError(`版${version}の鍵が256ビットではありません。`)
  }
  const chosen = current ?? Math.max(...held.keys())
  if (!held.has(chosen)) throw new VaultError('いま使う版の鍵がありません。')
  return { current: chosen, keys: held }
}

/** 鍵の確かめの値 — tells a database's own key from another without telling the key. */
export const checkValue = (kind: KeyKind, version: number, key: KeyObject): Buffer =>
  createHmac('sha256', key)
    .update(`koiki/key-check/1\0${kind}\0${version}`)
    .digest()
    .subarray(0, 16)

/** その版の鍵 */
export function keyOf(keys: KeyVersions, version: number): KeyObject {
  const key = keys.keys.get(version)
  if (key === undefined) {
    throw new VaultError(
      `版${version}の鍵がありません。鍵の保管先に、その版の鍵を控えから戻してください。`,
    )
  }
  return key
}
