import type { Realm, Session } from '@koiki/union'
import type { IntakeContent } from './content.ts'

/** 端末に残す下書き — what is not at the union yet, as the server's draft was when it was typed over. */
export type SealedDraft = { title: string; content: IntakeContent; version: number }

type Seat = { realm: Realm; key: CryptoKey }

const daysKept = 30

let seat: Seat | null = null
const turns = new Map<string, number>()
const sealed = new Set<string>()

/** 封をはじめる — with the key that came with the sign-in; a page that may not encipher keeps nothing on the terminal. */
export async function openSeal({ realm, draftKey }: Session): Promise<void> {
  closeSeal()
  if (globalThis.crypto?.subtle === undefined || !hasShelf()) return
  const bytes = Uint8Array.from(atob(draftKey), (letter) => letter.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  seat = { realm, key }
}

function hasShelf(): boolean {
  try {
    return localStorage.length >= 0
  } catch {
    return false
  }
}

/** 封をやめる — the key goes; what it has sealed stays on the terminal until its owner signs in again. */
export function closeSeal(): void {
  seat = null
  turns.clear()
  sealed.clear()
}

/** True while the terminal holds the newest letter of the draft. */
export const isSealed = (draft: string): boolean => sealed.has(draft)

/** 封をして残す — the newest of several wins; false where the terminal cannot keep it. */
export async function sealDraft(draft: string, held: SealedDraft): Promise<boolean> {
  const turn = next(draft)
  if (seat === null) return false
  const { realm, key } = seat
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const { title, content, version } = held
  const text = new TextEncoder().encode(JSON.stringify({ title, content, version }))
  const bytes = await crypto.subtle.encrypt(boundTo(realm, draft, iv), key, text)
  if (turns.get(draft) !== turn) return isSealed(draft)
  try {
    localStorage.setItem(
      shelfOf(realm, draft),
      JSON.stringify({ at: Date.now(), iv: written(iv), sealed: written(new Uint8Array(bytes)) }),
    )
  } catch {
    // A full or forbidden shelf: the screen says that the window has to stay open.
    return false
  }
  sealed.add(draft)
  return true
}

/** 封を捨てる — the union has it, or nobody wants it. */
export function dropSealed(draft: string): void {
  next(draft)
  if (seat !== null) localStorage.removeItem(shelfOf(seat.realm, draft))
}

/** 封をひらく — null where there is none, or where it is of another account. */
export async function unsealDraft(draft: string): Promise<SealedDraft | null> {
  if (seat === null) return null
  const { realm, key } = seat
  const text = localStorage.getItem(shelfOf(realm, draft))
  if (text === null) return null
  try {
    const { iv, sealed: bytes } = JSON.parse(text) as { iv: string; sealed: string }
    const opened = await crypto.subtle.decrypt(boundTo(realm, draft, read(iv)), key, read(bytes))
    return JSON.parse(new TextDecoder().decode(opened)) as SealedDraft
  } catch {
    return null
  }
}

/** 残っている下書き — of this account, on this terminal; what nobody has come back for in a month is gone. */
export async function listSealed(): Promise<ReadonlyMap<string, SealedDraft>> {
  const found = new Map<string, SealedDraft>()
  if (seat === null) return found
  const own = shelfOf(seat.realm, '')
  for (const shelf of Object.keys(localStorage).filter((name) => name.startsWith(own))) {
    if (isForgotten(localStorage.getItem(shelf))) {
      localStorage.removeItem(shelf)
      continue
    }
    const draft = shelf.slice(own.length)
    const held = await unsealDraft(draft)
    if (held !== null) found.set(draft, held)
  }
  return found
}

function isForgotten(text: string | null): boolean {
  try {
    const { at } = JSON.parse(text ?? '{}') as { at?: number }
    return at === undefined || Date.now() - at > daysKept * 86_400_000
  } catch {
    return true
  }
}

function next(draft: string): number {
  const turn = (turns.get(draft) ?? 0) + 1
  turns.set(draft, turn)
  sealed.delete(draft)
  return turn
}

const shelfOf = (realm: Realm, draft: string): string => `koiki draft ${realm} ${draft}`

/** A sealed draft that was moved to another place does not open there. */
const boundTo = (realm: Realm, draft: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(shelfOf(realm, draft)),
})

const written = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const read = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
