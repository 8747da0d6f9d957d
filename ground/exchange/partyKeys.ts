import type { KeyObject } from 'node:crypto'
import type { Party } from './protocol.ts'

/** 公開鍵 — what others need in order to seal for a party and to verify what it signed. */
export type PublicKeys = {
  readonly keyId: string
  /** An age recipient, `age1…` (X25519). */
  readonly recipient: string
  readonly verifying: KeyObject
}

/** 秘密鍵 — a party's own, never leaves its place. */
export type OwnKeys = PublicKeys & {
  /** An age identity, `AGE-SECRET-KEY-1…`. */
  readonly identity: string
  readonly signing: KeyObject
}

/** 鍵の置き場 — a port: a folder of key files by default. Newest key first; old ones still open and verify. */
export type PartyKeys = {
  own(party: Party): Promise<readonly [OwnKeys, ...OwnKeys[]]>
  of(party: Party): Promise<readonly [PublicKeys, ...PublicKeys[]]>
}
