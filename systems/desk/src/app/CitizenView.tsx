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
import { Button, PasswordField } from '../ui/parts.tsx'
import { onEncounterEnded } from './encounter.ts'
import { useKeys } from './keyboard.tsx'
import { useRealm } from './router.tsx'
import { ask, sentenceOf } from './server.ts'

/** 見せるもの — allow-listed sentences of this one person and this one matter; at most seven, and one question. */
export type ForCitizen = {
  lines: readonly string[]
  question?: string
  /** Told when the person answers; without a question nothing is asked. */
  answered?: (yes: boolean) => void
}

type Show = (shown: ForCitizen) => void

const ShowContext = createContext<Show | null>(null)

/** 本人に見せる — turns this screen to the citizen. */
export function useCitizenView(): Show {
  const show = useContext(ShowContext)
  if (show === null) throw new Error('枠の外で使われています')
  return show
}

const linesMax = 7

/** 見せる画面 — what is shown is handed over as sentences: the page behind it never comes along. */
export function CitizenViewProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ForCitizen | null>(null)
  const show = useMemo<Show>(() => (given) => setShown(given), [])
  useEffect(() => onEncounterEnded(() => setShown(null)), [])
  return (
    <ShowContext value={show}>
      {children}
      {shown !== null && <CitizenView shown={shown} back={() => setShown(null)} />}
    </ShowContext>
  )
}

const blankAfter = 60_000

function CitizenView({ shown, back }: { shown: ForCitizen; back: () => void }) {
  const realm = useRealm()
  const ref = useRef<HTMLDialogElement>(null)
  const [dark, setDark] = useState(false)
  const [blank, setBlank] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const [answer, setAnswer] = useState<boolean | null>(null)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)

  useEffect(() => {
    const from = document.activeElement
    ref.current?.showModal()
    ref.current?.querySelector<HTMLElement>('h1')?.focus()
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus()
    }
  }, [])
  useEffect(() => {
    let timer = setTimeout(() => setBlank(true), blankAfter)
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setBlank(true), blankAfter)
    }
    const signs = ['keydown', 'pointerdown'] as const
    for (const sign of signs) window.addEventListener(sign, alive)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, alive)
    }
  }, [])
  const leave = useCallback(async () => {
    try {
      await ask(realm, 'confirm', { method: 'POST', body: { password } })
      if (answer !== null) shown.answered?.(answer)
      back()
    } catch (error) {
      setPassword('')
      setFailure(sentenceOf(error))
    }
  }, [realm, password, answer, shown, back])
  useKeys(
    [
      { key: 'F9', word: 'もどす', run: () => (leaving ? void leave() : setLeaving(true)) },
      {
        key: 'Ctrl+Enter',
        word: 'もどす',
        silent: true,
        run: () => (leaving ? void leave() : setLeaving(true)),
      },
      { key: 'Esc', word: '職員の画面へ', silent: true, run: () => setLeaving(true) },
    ],
    true,
  )
  return (
    <dialog
      ref={ref}
      className={dark ? 'citizen citizen-dark' : 'citizen'}
      aria-labelledby="citizen"
      onCancel={(event) => {
        event.preventDefault()
        setLeaving(true)
      }}
      // A browser may close a dialog without asking; the screen of the clerk stays covered.
      onClose={() => ref.current?.showModal()}
    >
      <div className="citizen-page">
        <h1 id="citizen" tabIndex={-1} className="unseen">
          ご本人に見ていただく画面
        </h1>
        {blank ? (
          <p className="citizen-blank">しばらくおまちください。</p>
        ) : (
          <>
            <ul className="citizen-lines">
              {shown.lines.slice(0, linesMax).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {shown.question !== undefined && (
              <div className="citizen-ask">
                <p>{shown.question}</p>
                {answer === null ? (
                  <div className="bar">
                    <button
                      type="button"
                      className="button citizen-button main"
                      onClick={() => setAnswer(true)}
                    >
                      はい
                    </button>
                    <button
                      type="button"
                      className="button citizen-button"
                      onClick={() => setAnswer(false)}
                    >
                      ちがう
                    </button>
                  </div>
                ) : (
                  <p role="status">ありがとうございました。職員にお渡しください。</p>
                )}
              </div>
            )}
          </>
        )}
      </div>
      <div className="citizen-foot">
        {leaving ? (
          <div className="bar">
            <PasswordField
              label="職員のパスワード"
              kind="current"
              password={password}
              change={setPassword}
              error={failure}
            />
            <Button look="main" run={() => void leave()}>
              職員の画面にもどす
            </Button>
          </div>
        ) : (
          <div className="bar">
            <Button look="plain" run={() => setDark(!dark)}>
              {dark ? '白い画面' : '黒い画面'}
            </Button>
            {blank && (
              <Button look="plain" run={() => setBlank(false)}>
                もう一度出す
              </Button>
            )}
            <Button look="plain" run={() => setLeaving(true)}>
              職員の方はこちら
            </Button>
          </div>
        )}
      </div>
    </dialog>
  )
}
