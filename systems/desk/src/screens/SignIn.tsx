import type { Door, Session } from '@koiki/union'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { Preparation } from '../app/Preparation.tsx'
import { realmWords } from '../app/places.ts'
import { ask, sentenceOf } from '../app/server.ts'
import { Button, Field, PasswordField } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { dayText } from '../ui/text.ts'
import { Enrol } from './Enrol.tsx'

type Props = { door: Door; told: string | null; entered: (session: Session) => void }

/** 入口 — one door a realm; an office's union door also takes its first administrator. */
export function SignIn(props: Props) {
  const { door } = props
  const [enrolling, setEnrolling] = useState(false)
  const [enrolled, setEnrolled] = useState<string | null>(null)
  return (
    <div className="door">
      <header className="head">
        <a className="realm" href="/">
          {realmWords[door.realm]}
        </a>
        {door.invented ? <Invented today={door.today} /> : <span className="spring" />}
      </header>
      <main className="door-body">
        {enrolling ? (
          <Enrol
            leave={() => setEnrolling(false)}
            done={() => {
              setEnrolling(false)
              setEnrolled('管理者を登録しました。サインインしてください。')
            }}
          />
        ) : (
          <Entrance {...props} told={enrolled ?? props.told}>
            {!door.invented && door.realm === 'union' && (
              <Button look="plain" run={() => setEnrolling(true)}>
                最初の管理者を登録する
              </Button>
            )}
          </Entrance>
        )}
      </main>
    </div>
  )
}

/** サインイン — sample accounts stand here only in the invented world. */
function Entrance({ door, told, entered, children }: Props & { children: ReactNode }) {
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const go = useRef<HTMLButtonElement>(null)

  useEffect(() => first.current?.focus(), [])

  const signIn = async () => {
    if (busy) return
    if (account === '' || password === '') {
      setFailure('利用者の名とパスワードの両方を入れてから、サインインしてください。')
      first.current?.focus()
      return
    }
    setBusy(true)
    setFailure(null)
    try {
      entered(
        await ask<Session>(door.realm, 'sign-in', { method: 'POST', body: { account, password } }),
      )
    } catch (error) {
      setBusy(false)
      setFailure(sentenceOf(error))
      first.current?.focus()
    }
  }
  useKeys([{ key: 'Ctrl+Enter', word: 'サインイン', run: () => void signIn() }])

  return (
    <>
      <section>
        <h1>{door.realm === 'counter' ? '窓口端末' : '広域端末'}にサインイン</h1>
        {door.invented && <Preparation realm={door.realm} />}
        {told !== null && <p role="status">{told}</p>}
        <Refused word="確かめてください" sentence={failure} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves on among the fields within. */}
        <div className="stack" onKeyDown={enterAsNext}>
          <Field label="利用者の名" need>
            {(props) => (
              <input
                {...props}
                ref={first}
                className="input"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                value={account}
                onChange={(event) => setAccount(event.target.value)}
              />
            )}
          </Field>
          <PasswordField
            label="パスワード"
            kind="current"
            password={password}
            change={setPassword}
          />
          <div className="bar">
            <button
              ref={go}
              type="button"
              className="button main"
              onClick={() => void signIn()}
              aria-busy={busy || undefined}
            >
              サインインする <kbd>Ctrl+Enter</kbd>
            </button>
            {busy && <span role="status">確かめています。</span>}
            {children}
          </div>
        </div>
      </section>
      {door.invented && door.accounts.length > 0 && (
        <section className="samples" aria-labelledby="samples">
          <h2 id="samples">見本の利用者</h2>
          <p className="quiet">
            ここは架空の県です。選ぶと名とパスワードが入ります。ほんとうの世界では、この欄は出ません。
          </p>
          <ul className="sample-list">
            {door.accounts.map((sample) => (
              <li key={sample.account}>
                <Button
                  look="plain"
                  run={() => {
                    setAccount(sample.account)
                    setPassword(sample.password)
                    setFailure(null)
                    go.current?.focus()
                  }}
                >
                  {sample.place} {sample.name}
                </Button>
                <span className="quiet small">
                  {sample.account} / {sample.password}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** 模擬 — the band that says in words and in hatching that nobody here is real. */
export function Invented({ today }: { today: string | null }) {
  return (
    <p className="invented">
      <span>
        <strong>模擬</strong> 架空の県・架空の人です
        {today !== null && ` この世界のきょうは${dayText(today)}`}
      </span>
    </p>
  )
}
