import type { Failure } from '@koiki/union'

/**
 * この窓の応対 — which 応対 the requests of this window belong to. It lives in memory only, beside React, because
 * every request carries it: a reference while one is open here, `none` where none is.
 */
let held: string | null = null

export function holdEncounter(reference: string | null): void {
  held = reference
}

export const encounterInHand = (): string => held ?? 'none'

/** 応対の門番 — asked when the server wants an 応対 or 読み合わせ first; true: the request may go once more. */
export type Keeper = (failure: Failure) => Promise<boolean>

const wanted = new Set([
  'ENCOUNTER_NEEDED',
  'ENCOUNTER_ENDED',
  'ENCOUNTER_NOT_YOURS',
  'ENCOUNTER_OTHER_PERSON',
  'READ_BACK_NEEDED',
])

let keeper: Keeper | null = null

export function setKeeper(given: Keeper | null): void {
  keeper = given
}

export async function mayGoAgain(failure: Failure): Promise<boolean> {
  return keeper !== null && wanted.has(failure.code) ? keeper(failure) : false
}

const ended = new EventTarget()

/** 応対の終わり — hears when nothing of the last person may stay in this window. */
export function onEncounterEnded(heard: () => void): () => void {
  ended.addEventListener('ended', heard)
  return () => ended.removeEventListener('ended', heard)
}

export function tellEncounterEnded(): void {
  ended.dispatchEvent(new Event('ended'))
}
