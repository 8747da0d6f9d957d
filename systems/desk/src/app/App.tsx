import type { Door, Realm, Session } from '@koiki/union'
import { Component, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { forgetDrafts, type LeftDrafts, parkDrafts, sitDown } from '../intake/drafts.ts'
import { Gates } from '../screens/Gates.tsx'
import { endSearch } from '../screens/Search.tsx'
import { SignIn } from '../screens/SignIn.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { KeyboardProvider } from './keyboard.tsx'
import { RouterProvider, useRouter } from './router.tsx'
import { Shell } from './Shell.tsx'
import { AskError, ask, onSignedOut, words } from './server.ts'
import { keepPurpose, SessionContext } from './session.tsx'
import { StatusProvider, useStatus } from './status.tsx'

/** 机 — the door of a realm, and behind it the screens. */
export function App() {
  return (
    <Fallen>
      <RouterProvider>
        <KeyboardProvider>
          <StatusProvider>
            <Realms />
          </StatusProvider>
        </KeyboardProvider>
      </RouterProvider>
    </Fallen>
  )
}

function Realms() {
  const { address } = useRouter()
  if (address === null) return <Gates />
  return <Desk key={address.realm} realm={address.realm} />
}

type Standing =
  | { state: 'asking' }
  | { state: 'failed'; failure: AskError }
  | { state: 'out'; door: Door; told: string | null }
  | { state: 'in'; session: Session }

function Desk({ realm }: { realm: Realm }) {
  const [standing, setStanding] = useState<Standing>({ state: 'asking' })
  const [turn, setTurn] = useState(0)
  const [told, setTold] = useState<string | null>(null)
  const { say } = useStatus()
  // The line is another one after each word on it; what is said here must not ask the door anew.
  const line = useRef(say)
  line.current = say
  const enter = useCallback(async (session: Session) => {
    const sendLeft = await sitDown(session)
    setStanding({ state: 'in', session })
    const sentence = leftSentence(await sendLeft())
    if (sentence !== '') line.current(sentence)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is how the door is asked again.
  useEffect(() => {
    let left = false
    const look = async (): Promise<Standing> => {
      try {
        return { state: 'in', session: await ask<Session>(realm, 'session') }
      } catch (error) {
        if (!(error instanceof AskError) || error.status !== 401) throw error
        return { state: 'out', door: await ask<Door>(realm, 'door'), told }
      }
    }
    look().then(
      (found) => {
        if (left) return
        if (found.state === 'in') void enter(found.session)
        else setStanding(found)
      },
      (error: unknown) => {
        if (!left && error instanceof AskError) setStanding({ state: 'failed', failure: error })
      },
    )
    return () => {
      left = true
    }
  }, [realm, turn, enter])

  useEffect(
    () =>
      onSignedOut(() => {
        setTold(words.signedOut)
        setTurn((n) => n + 1)
      }),
    [],
  )

  if (standing.state === 'asking') return <Loading name="席を確かめています。" />
  if (standing.state === 'failed')
    return (
      <main className="screen">
        <h1 className="unseen">席を確かめられません</h1>
        <Failed failure={standing.failure} again={() => setTurn((n) => n + 1)} />
      </main>
    )
  if (standing.state === 'out')
    return (
      <SignIn
        door={standing.door}
        told={standing.told}
        entered={(session) => {
          setTold(null)
          void enter(session)
        }}
      />
    )
  const leave = async () => {
    await parkDrafts(realm)
    await ask(realm, 'sign-out', { method: 'POST', body: {} })
    keepPurpose(null)
    endSearch()
    forgetDrafts()
    setTold('席を離れました。')
    setTurn((n) => n + 1)
  }
  return (
    <SessionContext value={standing.session}>
      <Shell key={standing.session.account} leave={leave} />
    </SessionContext>
  )
}

const leftSentence = ({ sent, changed }: LeftDrafts): string =>
  [
    sent > 0 ? `この端末に残っていた下書き${sent}件を、本部に保存しました。` : '',
    changed > 0
      ? `この端末に残っていた下書き${changed}件は、別の窓でも変えてあります。下書きをひらいて、どちらを残すかえらんでください。`
      : '',
  ].join('')

/** 画面が倒れたとき — our own mistake; the sentence says what remains and whom to tell. */
class Fallen extends Component<{ children: ReactNode }, { fallen: boolean }> {
  override state = { fallen: false }

  static getDerivedStateFromError() {
    return { fallen: true }
  }

  override render() {
    if (!this.state.fallen) return this.props.children
    return (
      <main className="screen">
        <h1>画面を出せませんでした</h1>
        <p>
          何も変わっていません。F5で開き直してください。くり返すときは、運用に「画面」と伝えてください。
        </p>
      </main>
    )
  }
}
