import type { Failure, Purpose, Realm } from '@koiki/union'
import { useCallback, useEffect, useRef, useState } from 'react'
import { encounterInHand, mayGoAgain } from './encounter.ts'

/** 答えのなかった問い — a refused or unanswered request, with the sentence to show. */
export class AskError extends Error {
  readonly failure: Failure
  readonly status: number

  constructor(failure: Failure, status: number) {
    super(failure.code)
    this.failure = failure
    this.status = status
  }

  get offline(): boolean {
    return this.status === 0
  }
}

/** わけの言葉 — what to say of a failed act; a fault of this page itself is named, so that it can be told. */
export const sentenceOf = (error: unknown): string =>
  error instanceof AskError
    ? error.failure.message
    : `この画面でうまくいきませんでした。できたかどうかを、最新にして(F5)確かめてください。くり返すときは、運用に「${String(error)}」と伝えてください。`

const notDone = (what: string): string =>
  `できませんでした。何も変わっていません。打った字は残っています。もう一度ためすか、運用に「${what}」と伝えてください。`

export const words = {
  loading: '読み込んでいます。',
  slow: '時間がかかっています。打った字は残っています。',
  offline:
    '通信が切れています。続けて入力できます。さがす・決める・印刷するは、つながってからです。個人番号は残せないので、つながってから入れてください。',
  back: 'つながりました。',
  none: 'お調べしましたが、お伝えできる情報はありません。',
  signedOut: 'サインインが終わりました。もう一度サインインすると、続きから始まります。',
  noPrint: 'この画面は印刷できません。帳票から印刷してください。',
} as const

const wire = new EventTarget()
let online = true

function tellWire(state: boolean): void {
  if (state === online) return
  online = state
  wire.dispatchEvent(new Event(state ? 'back' : 'lost'))
}

/** 通信のようす — hears when the wire is lost and when it is back. */
export function onWire(heard: (isOnline: boolean) => void): () => void {
  const lost = () => heard(false)
  const back = () => heard(true)
  wire.addEventListener('lost', lost)
  wire.addEventListener('back', back)
  return () => {
    wire.removeEventListener('lost', lost)
    wire.removeEventListener('back', back)
  }
}

const ended = new EventTarget()

/** サインインの終わり — hears when the server no longer knows this desk. */
export function onSignedOut(heard: () => void): () => void {
  ended.addEventListener('ended', heard)
  return () => ended.removeEventListener('ended', heard)
}

export type Asking = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  purpose?: Purpose | null
  signal?: AbortSignal
}

const underway = new Map<string, Promise<unknown>>()

/**
 * たずねる — one request to this realm's service; the answer, or an AskError with its sentence. An act that is
 * asked for again while it is on its way is the same act: two presses send one request.
 */
export function ask<T>(realm: Realm, path: string, asking: Asking = {}): Promise<T> {
  if ((asking.method ?? 'GET') === 'GET' || asking.signal !== undefined)
    return answered<T>(realm, path, asking)
  const act = `${realm} ${asking.method} ${path} ${JSON.stringify(asking.body)}`
  const before = underway.get(act) as Promise<T> | undefined
  if (before !== undefined) return before
  const answer = answered<T>(realm, path, asking).finally(() => underway.delete(act))
  underway.set(act, answer)
  return answer
}

async function answered<T>(realm: Realm, path: string, asking: Asking): Promise<T> {
  const response = await send(realm, path, asking)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** 受け取る — a document or a file, as bytes that never touch the address bar. */
export async function take(realm: Realm, path: string, asking: Asking = {}): Promise<Blob> {
  return (await send(realm, path, asking)).blob()
}

async function send(realm: Realm, path: string, asking: Asking): Promise<Response> {
  const headers: Record<string, string> = { 'koiki-desk': '1' }
  if (asking.purpose != null) headers['koiki-purpose'] = asking.purpose
  if (realm === 'counter') headers['koiki-encounter'] = encounterInHand()
  const init: RequestInit = {
    method: asking.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
  }
  if (asking.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(asking.body)
  }
  if (asking.signal !== undefined) init.signal = asking.signal
  let response: Response
  try {
    response = await fetch(`/${realm}/api/${path}`, init)
  } catch (error) {
    if (asking.signal?.aborted) throw error
    tellWire(false)
    throw new AskError({ code: 'OFFLINE', message: words.offline }, 0)
  }
  tellWire(true)
  if (response.ok) return response
  const failure = await failureIn(response)
  if (response.status === 401 && path !== 'sign-in' && path !== 'session' && path !== 'confirm')
    ended.dispatchEvent(new Event('ended'))
  if (response.status === 409 && (await mayGoAgain(failure))) return send(realm, path, asking)
  throw new AskError(failure, response.status)
}

async function failureIn(response: Response): Promise<Failure> {
  try {
    const told = (await response.json()) as Partial<Failure>
    if (typeof told.message === 'string' && typeof told.code === 'string') return told as Failure
  } catch {
    // A page that is not ours answered; what it says is no sentence for a clerk.
  }
  return {
    code: `HTTP-${response.status}`,
    message: notDone(`HTTP-${response.status}`),
  }
}

export type Answer<T> =
  | { state: 'loading'; value: null; failure: null; again: () => void; at: null }
  | { state: 'ready'; value: T; failure: AskError | null; again: () => void; at: number }
  | { state: 'failed'; value: null; failure: AskError; again: () => void; at: null }

/**
 * 問いと答え — asks when mounted, when `path` changes, and when told `again`. A failed refresh keeps
 * what was shown, with the failure beside it; a new path keeps nothing, so no person shows through.
 */
export function useAnswer<T>(realm: Realm, path: string | null, purpose: Purpose | null = null) {
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<{
    path: string | null
    value: T | null
    failure: AskError | null
    at: number
  }>({ path: null, value: null, failure: null, at: 0 })
  const again = useCallback(() => setTurn((n) => n + 1), [])
  const asked = useRef<string | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is how a refresh is asked for.
  useEffect(() => {
    if (path === null) return
    const stop = new AbortController()
    if (asked.current !== path) setHeld({ path, value: null, failure: null, at: 0 })
    asked.current = path
    ask<T>(realm, path, { purpose, signal: stop.signal }).then(
      (value) => {
        if (!stop.signal.aborted) setHeld({ path, value, failure: null, at: Date.now() })
      },
      (error: unknown) => {
        if (stop.signal.aborted) return
        const failure =
          error instanceof AskError
            ? error
            : new AskError({ code: 'DESK', message: String(error) }, -1)
        setHeld((before) => {
          // Gone, or no longer ours: what was shown must not stay.
          const keep = before.path === path && failure.status !== 404 && failure.status !== 401
          return { path, value: keep ? before.value : null, failure, at: before.at }
        })
      },
    )
    return () => stop.abort()
  }, [realm, path, purpose, turn])

  // Back on the wire: what could not be fetched is fetched now.
  const failedOffline = held.failure?.offline ?? false
  useEffect(() => {
    if (!failedOffline) return
    return onWire((isOnline) => {
      if (isOnline) again()
    })
  }, [failedOffline, again])

  if (held.path === path && held.value !== null)
    return {
      state: 'ready',
      value: held.value,
      failure: held.failure,
      again,
      at: held.at,
    } as Answer<T>
  if (held.path === path && held.failure !== null)
    return { state: 'failed', value: null, failure: held.failure, again, at: null } as Answer<T>
  return { state: 'loading', value: null, failure: null, again, at: null } as Answer<T>
}

/** 窓にひらく — the file itself, in a window of its own. */
export function openPdf(pdf: Blob): void {
  const url = URL.createObjectURL(pdf)
  window.open(url, '_blank', 'noopener')
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** ファイルを渡す — puts bytes into the hands of the person at the desk under a name that tells nobody's. */
export function handOver(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
