import type { Draft, Realm, Session } from '@koiki/union'
import { useCallback, useEffect, useRef, useState } from 'react'
import { AskError, ask, onWire, useAnswer } from '../app/server.ts'
import type { IntakeContent } from './content.ts'
import {
  closeSeal,
  dropSealed,
  isSealed,
  listSealed,
  openSeal,
  sealDraft,
  unsealDraft,
} from './sealedDrafts.ts'

type Kept = { title: string; content: IntakeContent; version: number; dirty: boolean }

// What was typed lies in memory too, so that a cut wire or another page between does not lose it; what the union does
// not have yet lies enciphered on the terminal, so that a closed window does not.
const kept = new Map<string, Kept>()
const open = new Set<string>()
let sitter: string | null = null

function keep(draft: string, next: Kept): void {
  kept.set(draft, next)
  if (next.dirty) void sealDraft(draft, next)
  else dropSealed(draft)
}

/** 下書きをはじめる — a new one, known to this window until its first save. */
export function beginDraft(draft: string, title: string, content: IntakeContent): void {
  keep(draft, { title, content, version: 0, dirty: true })
}

/** 下書きを忘れる — at the end of a sitting; what was saved waits on the server, what was not on the terminal. */
export function forgetDrafts(): void {
  kept.clear()
  closeSeal()
  sitter = null
}

/** 残っていた下書き — those that a closed window left on this terminal. */
export type LeftDrafts = { readonly sent: number; readonly changed: number }

/**
 * 席につく — nothing of whoever sat here before is in this window, and what this account left on the terminal is, before
 * any screen opens a draft. Answers what sends it to the union.
 */
export async function sitDown(session: Session): Promise<() => Promise<LeftDrafts>> {
  const { realm, account } = session
  if (sitter === `${realm} ${account}`) return () => Promise.resolve({ sent: 0, changed: 0 })
  forgetDrafts()
  sitter = `${realm} ${account}`
  await openSeal(session)
  const elsewhere = await openElsewhere()
  const left: string[] = []
  for (const [draft, held] of await listSealed()) {
    if (elsewhere.has(lockOf(draft))) continue
    keep(draft, { ...held, dirty: true })
    left.push(draft)
  }
  return () => sendLeft(realm, left)
}

async function sendLeft(realm: Realm, left: readonly string[]): Promise<LeftDrafts> {
  let sent = 0
  let changed = 0
  for (const draft of left) {
    const now = kept.get(draft)
    if (now?.dirty !== true) continue
    try {
      keep(draft, { ...now, version: (await put(realm, draft, now)).version, dirty: false })
      sent += 1
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      if (error.status === 409 && (await isThere(realm, draft, now))) dropSealed(draft)
      else if (error.status === 409) {
        changed += 1
        continue
      }
      // Received or thrown away since: there is nothing any more that it would be a draft of.
      else if (error.status === 404) dropSealed(draft)
      else continue
    }
    if (!open.has(draft)) kept.delete(draft)
  }
  return { sent, changed }
}

/** The answer to the last save was lost, not the save. */
async function isThere(realm: Realm, draft: string, { content }: Kept): Promise<boolean> {
  try {
    const there = await ask<Draft>(realm, `drafts/${draft}`)
    return JSON.stringify(there.content) === JSON.stringify(content)
  } catch (error) {
    if (error instanceof AskError) return false
    throw error
  }
}

const put = (realm: Realm, draft: string, { version, title, content }: Kept): Promise<Draft> =>
  ask<Draft>(realm, `drafts/${draft}`, { method: 'PUT', body: { version, title, content } })

const lockOf = (draft: string): string => `koiki draft ${draft}`

/** What another window has open is that window's to send. */
async function openElsewhere(): Promise<ReadonlySet<string | undefined>> {
  if (!('locks' in navigator)) return new Set()
  return new Set(((await navigator.locks.query()).held ?? []).map(({ name }) => name))
}

/** Holds a draft open until what is answered is called. */
function holdOpen(draft: string): () => void {
  open.add(draft)
  let letGo = (): void => {}
  const over = new Promise<void>((free) => {
    letGo = free
  })
  if ('locks' in navigator)
    // A window that goes away breaks its lock; nobody is left who could do anything about it.
    navigator.locks.request(lockOf(draft), { mode: 'shared' }, () => over).catch(() => {})
  return () => {
    open.delete(draft)
    letGo()
  }
}

/** 下書きを預ける — before the next person comes: what is not saved yet is saved, and nothing of it stays here. */
export async function parkDrafts(realm: Realm): Promise<number> {
  let parked = 0
  for (const draft of [...kept.keys()]) {
    // A save may be on its way; what it has brought in need not go twice.
    for (let tries = 0; tries < 5 && kept.get(draft)?.dirty === true; tries += 1) {
      const now = kept.get(draft)
      if (now === undefined) break
      try {
        await put(realm, draft, now)
        keep(draft, { ...now, dirty: false })
      } catch (error) {
        if (!(error instanceof AskError)) throw error
        // Without the wire it stays here, and goes by itself when that is back.
        if (error.status !== 409) break
        await new Promise((on) => setTimeout(on, 200))
      }
    }
    if (kept.get(draft)?.dirty === true) continue
    kept.delete(draft)
    parked += 1
  }
  return parked
}

export type Saving =
  | { state: 'saved'; at: string | null }
  | { state: 'waiting' }
  /** Not at the union, but here; sent by itself when the wire is back. `sealed`: a closed window does not lose it. */
  | { state: 'local'; sealed: boolean }
  | { state: 'refused'; sentence: string }
  | { state: 'changed'; failure: AskError }

export type DraftAtHand =
  | { state: 'loading' }
  | { state: 'failed'; failure: AskError; again: () => void }
  | {
      state: 'ready'
      content: IntakeContent
      saving: Saving
      change: (given: Partial<IntakeContent>, title?: string) => void
      saveNow: () => void
      /** Of a draft that was changed elsewhere: keep what stands here, or take what stands there. */
      settle: (side: 'here' | 'there') => void
      discard: () => Promise<void>
    }

const delay = 800

/** 下書き — what is typed is saved within a second, and says so; one save at a time, the newest wins. */
export function useDraft(realm: Realm, draft: string): DraftAtHand {
  const [here, setHere] = useState(() => kept.get(draft) ?? null)
  const answer = useAnswer<Draft>(realm, here === null ? `drafts/${draft}` : null)
  const [saving, setSaving] = useState<Saving>({
    state: here?.dirty ? 'waiting' : 'saved',
    at: null,
  })
  const busy = useRef(false)
  const ended = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const save = useCallback(async () => {
    const now = kept.get(draft)
    if (now === undefined || !now.dirty || busy.current || ended.current) return
    busy.current = true
    try {
      const saved = await put(realm, draft, now)
      const after = kept.get(draft)
      if (after !== undefined) {
        const dirty = after.content !== now.content
        keep(draft, { ...after, version: saved.version, dirty })
        setSaving(dirty ? { state: 'waiting' } : { state: 'saved', at: saved.savedAt })
        if (dirty) timer.current = setTimeout(() => void save(), delay)
      }
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      if (error.offline || error.status === 401 || error.status >= 500)
        setSaving({ state: 'local', sealed: await sealDraft(draft, kept.get(draft) ?? now) })
      else if (error.status === 409) setSaving({ state: 'changed', failure: error })
      else {
        // What the union may not hold, the terminal may not hold either.
        dropSealed(draft)
        setSaving({ state: 'refused', sentence: error.failure.message })
      }
    } finally {
      busy.current = false
    }
  }, [realm, draft])

  const found = answer.state === 'ready' ? answer.value : null
  useEffect(() => {
    if (found === null || kept.has(draft)) return
    let left = false
    void unsealDraft(draft).then((held) => {
      if (left || kept.has(draft)) return
      const loaded: Kept =
        held === null
          ? {
              title: found.title,
              content: found.content as unknown as IntakeContent,
              version: found.version,
              dirty: false,
            }
          : { ...held, dirty: true }
      keep(draft, loaded)
      setHere(loaded)
      if (held === null) setSaving({ state: 'saved', at: found.savedAt })
      else void save()
    })
    return () => {
      left = true
    }
  }, [found, draft, save])

  useEffect(() => holdOpen(draft), [draft])

  useEffect(() => {
    void save()
    const stop = onWire((isOnline) => {
      if (isOnline) void save()
    })
    return () => {
      stop()
      if (timer.current !== null) clearTimeout(timer.current)
      void save()
    }
  }, [save])

  // A terminal that cannot encipher keeps no letter of a citizen on its disk: what is not at the union goes with the window.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (kept.get(draft)?.dirty === true && !isSealed(draft)) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [draft])

  const change = useCallback(
    (given: Partial<IntakeContent>, title?: string) => {
      const now = kept.get(draft)
      if (now === undefined) return
      const next = {
        ...now,
        title: title ?? now.title,
        content: { ...now.content, ...given },
        dirty: true,
      }
      keep(draft, next)
      setHere(next)
      setSaving((before) => (before.state === 'changed' ? before : { state: 'waiting' }))
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), delay)
    },
    [draft, save],
  )

  const settle = useCallback(
    async (side: 'here' | 'there') => {
      const there = await ask<Draft>(realm, `drafts/${draft}`)
      const now = kept.get(draft)
      if (now === undefined) return
      const next: Kept =
        side === 'here'
          ? { ...now, version: there.version, dirty: true }
          : {
              title: there.title,
              content: there.content as unknown as IntakeContent,
              version: there.version,
              dirty: false,
            }
      keep(draft, next)
      setHere(next)
      setSaving(side === 'here' ? { state: 'waiting' } : { state: 'saved', at: there.savedAt })
      if (side === 'here') void save()
    },
    [realm, draft, save],
  )

  const discard = useCallback(async () => {
    ended.current = true
    if (timer.current !== null) clearTimeout(timer.current)
    kept.delete(draft)
    dropSealed(draft)
    try {
      await ask(realm, `drafts/${draft}`, { method: 'DELETE' })
    } catch (error) {
      // One that was never saved is not there to be removed.
      if (!(error instanceof AskError) || error.status !== 404) throw error
    }
  }, [realm, draft])

  if (here !== null)
    return {
      state: 'ready',
      content: here.content,
      saving,
      change,
      saveNow: () => void save(),
      settle: (side) => void settle(side),
      discard,
    }
  if (answer.state === 'failed')
    return { state: 'failed', failure: answer.failure, again: answer.again }
  return { state: 'loading' }
}
