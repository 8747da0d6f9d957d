import type { Draft, Realm } from '@koiki/union'
import { useCallback, useEffect, useRef, useState } from 'react'
import { AskError, ask, onWire, useAnswer } from '../app/server.ts'
import type { IntakeContent } from './content.ts'

type Kept = { title: string; content: IntakeContent; version: number; dirty: boolean }

// What was typed lies in memory too, so that a cut wire or another page between does not lose it.
const kept = new Map<string, Kept>()

/** 下書きをはじめる — a new one, known to this window until its first save. */
export function beginDraft(draft: string, title: string, content: IntakeContent): void {
  kept.set(draft, { title, content, version: 0, dirty: true })
}

/** 下書きを忘れる — at the end of a sitting; what was saved waits on the server. */
export function forgetDrafts(): void {
  kept.clear()
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
        await ask<Draft>(realm, `drafts/${draft}`, {
          method: 'PUT',
          body: { version: now.version, title: now.title, content: now.content },
        })
        kept.set(draft, { ...now, dirty: false })
      } catch (error) {
        if (!(error instanceof AskError)) throw error
        // Without the wire it stays in memory, and goes by itself when that is back.
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
  /** Not at the union, but here; sent by itself when the wire is back. */
  | { state: 'local' }
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
      settle: (keep: 'here' | 'there') => void
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
    const sent = now.content
    try {
      const saved = await ask<Draft>(realm, `drafts/${draft}`, {
        method: 'PUT',
        body: { version: now.version, title: now.title, content: sent },
      })
      const after = kept.get(draft)
      if (after !== undefined) {
        const dirty = after.content !== sent
        kept.set(draft, { ...after, version: saved.version, dirty })
        setSaving(dirty ? { state: 'waiting' } : { state: 'saved', at: saved.savedAt })
        if (dirty) timer.current = setTimeout(() => void save(), delay)
      }
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      if (error.offline || error.status === 401 || error.status >= 500)
        setSaving({ state: 'local' })
      else if (error.status === 409) setSaving({ state: 'changed', failure: error })
      else setSaving({ state: 'refused', sentence: error.failure.message })
    } finally {
      busy.current = false
    }
  }, [realm, draft])

  const found = answer.state === 'ready' ? answer.value : null
  useEffect(() => {
    if (found === null || kept.has(draft)) return
    const loaded: Kept = {
      title: found.title,
      content: found.content as unknown as IntakeContent,
      version: found.version,
      dirty: false,
    }
    kept.set(draft, loaded)
    setHere(loaded)
    setSaving({ state: 'saved', at: found.savedAt })
  }, [found, draft])

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

  // No letter of a citizen is left on the terminal's disk, so what is not at the union yet goes with the window.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (kept.get(draft)?.dirty === true) event.preventDefault()
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
      kept.set(draft, next)
      setHere(next)
      setSaving((before) => (before.state === 'changed' ? before : { state: 'waiting' }))
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), delay)
    },
    [draft, save],
  )

  const settle = useCallback(
    async (keep: 'here' | 'there') => {
      const there = await ask<Draft>(realm, `drafts/${draft}`)
      const now = kept.get(draft)
      if (now === undefined) return
      const next: Kept =
        keep === 'here'
          ? { ...now, version: there.version, dirty: true }
          : {
              title: there.title,
              content: there.content as unknown as IntakeContent,
              version: there.version,
              dirty: false,
            }
      kept.set(draft, next)
      setHere(next)
      setSaving(keep === 'here' ? { state: 'waiting' } : { state: 'saved', at: there.savedAt })
      if (keep === 'here') void save()
    },
    [realm, draft, save],
  )

  const discard = useCallback(async () => {
    ended.current = true
    if (timer.current !== null) clearTimeout(timer.current)
    kept.delete(draft)
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
      settle: (keep) => void settle(keep),
      discard,
    }
  if (answer.state === 'failed')
    return { state: 'failed', failure: answer.failure, again: answer.again }
  return { state: 'loading' }
}
