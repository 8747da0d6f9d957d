import type { CurrentEncounter, Encounter, Failure, Purpose } from '@koiki/union'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { parkDrafts } from '../intake/drafts.ts'
import { BeginDialog, ReadBackDialog } from './EncounterDialogs.tsx'
import { holdEncounter, setKeeper, tellEncounterEnded } from './encounter.ts'
import { useRealm, useRouter } from './router.tsx'
import { AskError, ask } from './server.ts'
import { keepPurpose, useMay } from './session.tsx'
import { useStatus } from './status.tsx'
import { awaitWindow, releaseWindow, takeWindow } from './windowLock.ts'

/** 応対のようす — of this window. `free` is a seat that works without: the union's, or one that sees no person. */
export type Standing =
  | { state: 'free' }
  | { state: 'asking' }
  | { state: 'none' }
  | { state: 'here'; encounter: Encounter }
  | { state: 'elsewhere'; encounter: Encounter }

export type BeginGiven = {
  person: string | null
  purpose: Purpose
  /** How the person was found: what the citizen said there need not be said again. */
  words?: string
}

type Encounters = {
  standing: Standing
  /** True when the window may go on to the person: to work, or, beside another window, to look. */
  begin(given: BeginGiven, refused?: (error: AskError) => void): Promise<boolean>
  end(): Promise<boolean>
  readBack(): Promise<boolean>
  /** Asks again how the 応対 stands: a filing may have given it its person. */
  refresh(): Promise<void>
}

type Asked =
  | {
      kind: 'begin'
      person: string | null
      purpose: Purpose | null
      words?: string
      replaces: Encounter | null
      done: (yes: boolean) => void
    }
  | { kind: 'readBack'; encounter: Encounter; done: (yes: boolean) => void }

const reloadPatience = 3000

const EncountersContext = createContext<Encounters | null>(null)

export function useEncounters(): Encounters {
  const encounters = useContext(EncountersContext)
  if (encounters === null) throw new Error('枠の外で使われています')
  return encounters
}

/** ひと窓、ひとり — at a counter, work with a person happens inside an 応対, and this is the window's one. */
export function EncountersProvider({ children }: { children: ReactNode }) {
  const realm = useRealm()
  const router = useRouter()
  // The line is another one after each word on it; what is said here must not begin the window anew.
  const status = useStatus()
  const line = useRef(status)
  line.current = status
  const say = useCallback((text: string) => line.current.say(text), [])
  const mayRead = useMay('person.read')
  const wanted = realm === 'counter' && mayRead
  const [standing, put] = useState<Standing>({ state: wanted ? 'asking' : 'free' })
  const [asked, setAsked] = useState<Asked | null>(null)
  // What a promise in flight must find is the newest, not what was drawn when it began.
  const now = useRef(standing)
  const waiting = useRef<AbortController | null>(null)
  const channel = useRef<BroadcastChannel | null>(null)

  const settle = useCallback((next: Standing) => {
    now.current = next
    holdEncounter(next.state === 'here' ? next.encounter.encounter : null)
    if (next.state === 'here') keepPurpose(next.encounter.purpose)
    put(next)
  }, [])

  const look = useCallback(async (): Promise<void> => {
    waiting.current?.abort()
    let encounter: Encounter | null
    try {
      encounter = (await ask<CurrentEncounter>(realm, 'encounters/current')).encounter
    } catch (error) {
      // Without the wire nothing is begun; what stands here stands until it is back.
      if (error instanceof AskError) {
        if (now.current.state === 'asking') settle({ state: 'none' })
        return
      }
      throw error
    }
    if (encounter === null) {
      releaseWindow()
      settle({ state: 'none' })
    } else if (
      (now.current.state === 'here' && now.current.encounter.encounter === encounter.encounter) ||
      (await takeWindow(encounter.encounter))
    )
      settle({ state: 'here', encounter })
    else {
      const taken = now.current.state === 'elsewhere'
      settle({ state: 'elsewhere', encounter })
      if (!taken) say(`別の窓で応対中です(応対${encounter.number})。この窓では見るだけです。`)
      const stop = new AbortController()
      waiting.current = stop
      void awaitWindow(encounter.encounter, stop.signal).then((got) => {
        if (!got) return
        releaseWindow()
        // A window that only loads its page anew comes back for it at once.
        setTimeout(() => {
          if (!stop.signal.aborted) void look()
        }, reloadPatience)
      })
    }
  }, [realm, say, settle])

  useEffect(() => {
    if (!wanted) return
    void look()
    const heard = new BroadcastChannel('koiki encounter')
    channel.current = heard
    heard.onmessage = () => void look()
    return () => {
      heard.close()
      channel.current = null
      waiting.current?.abort()
      releaseWindow()
      holdEncounter(null)
    }
  }, [wanted, look])

  const over = useCallback(() => {
    releaseWindow()
    settle({ state: 'none' })
    keepPurpose(null)
    tellEncounterEnded()
    channel.current?.postMessage('changed')
  }, [settle])

  const end = useCallback(async (): Promise<boolean> => {
    const { current } = now
    if (current.state !== 'here') return true
    try {
      const parked = await parkDrafts(realm)
      await ask(realm, `encounters/${current.encounter.encounter}/end`, {
        method: 'POST',
        body: {},
      })
      over()
      say(
        `応対${current.encounter.number}を終えました。${parked > 0 ? `書きかけ${parked}件は残してあります。` : ''}`,
      )
      return true
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      say(error.failure.message)
      return false
    }
  }, [realm, over, say])

  const start = useCallback(
    async (given: BeginGiven): Promise<Encounter> => {
      const encounter = await ask<Encounter>(realm, 'encounters', { method: 'POST', body: given })
      await takeWindow(encounter.encounter)
      settle({ state: 'here', encounter })
      channel.current?.postMessage('changed')
      return encounter
    },
    [realm, settle],
  )

  const begin = useCallback(
    async (given: BeginGiven, refused?: (error: AskError) => void): Promise<boolean> => {
      const { current } = now
      if (current.state === 'free' || current.state === 'elsewhere') return true
      if (current.state === 'here') {
        if (current.encounter.person === given.person && given.person !== null) return true
        return new Promise((done) =>
          setAsked({ kind: 'begin', ...given, replaces: current.encounter, done }),
        )
      }
      try {
        await start(given)
        return true
      } catch (error) {
        if (!(error instanceof AskError)) throw error
        await look()
        if (refused === undefined) say(error.failure.message)
        else refused(error)
        return error.failure.code === 'ENCOUNTER_ELSEWHERE'
      }
    },
    [start, look, say],
  )

  const readBack = useCallback((): Promise<boolean> => {
    const { current } = now
    if (current.state !== 'here' || current.encounter.readBack.need === 0)
      return Promise.resolve(true)
    const { encounter } = current
    return new Promise((done) => setAsked({ kind: 'readBack', encounter, done }))
  }, [])

  // The server says that an 応対 is wanted; the clerk is asked, and what was sent goes once more.
  useEffect(() => {
    if (!wanted) return
    const keep = async (failure: Failure): Promise<boolean> => {
      // What the server holds counts: with an old answer of its own this window would send again without end.
      if (failure.code !== 'ENCOUNTER_OTHER_PERSON') await look()
      const { current } = now
      if (failure.code === 'READ_BACK_NEEDED') return current.state === 'here' && readBack()
      if (current.state === 'elsewhere') return false
      const began = await new Promise<boolean>((done) =>
        setAsked({
          kind: 'begin',
          person: failure.encounter?.person ?? null,
          purpose: null,
          replaces: current.state === 'here' ? current.encounter : null,
          done,
        }),
      )
      return began && readBack()
    }
    // Two refusals at once are one question: the second would take the answer from the first.
    let asking: Promise<boolean> | null = null
    setKeeper((failure) => {
      asking ??= keep(failure).finally(() => {
        asking = null
      })
      return asking
    })
    return () => setKeeper(null)
  }, [wanted, look, readBack])

  const value = useMemo<Encounters>(
    () => ({ standing, begin, end, readBack, refresh: look }),
    [standing, begin, end, readBack, look],
  )
  const close = (yes: boolean) => {
    setAsked(null)
    asked?.done(yes)
  }
  return (
    <EncountersContext value={value}>
      {children}
      {asked?.kind === 'begin' && (
        <BeginDialog
          person={asked.person}
          purpose={asked.purpose}
          replaces={asked.replaces}
          close={() => close(false)}
          begin={async (purpose) => {
            if (asked.replaces !== null && !(await end()))
              return `応対${asked.replaces.number}を終えられませんでした。もう一度押してください。`
            const { words } = asked
            try {
              await start({
                person: asked.person,
                purpose,
                ...(words === undefined ? {} : { words }),
              })
            } catch (error) {
              if (error instanceof AskError) return error.failure.message
              throw error
            }
            close(true)
            return null
          }}
        />
      )}
      {asked?.kind === 'readBack' && (
        <ReadBackDialog
          encounter={asked.encounter}
          close={() => close(false)}
          heard={(encounter) => settle({ state: 'here', encounter })}
          agreed={(sentence) => {
            say(sentence)
            close(true)
          }}
          closed={(sentence) => {
            over()
            say(sentence)
            router.go({ screen: 'today' })
          }}
        />
      )}
    </EncountersContext>
  )
}
