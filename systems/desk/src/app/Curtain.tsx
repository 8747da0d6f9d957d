import { useEffect, useRef, useState } from 'react'
import { Button, PasswordField } from '../ui/parts.tsx'
import { useKeys } from './keyboard.tsx'
import { useRealm } from './router.tsx'
import { ask, sentenceOf } from './server.ts'
import { useSession } from './session.tsx'

const idleFor = 3 * 60 * 1000

/** 席の空き — three minutes without a hand on key or mouse. */
export function useIdle(idle: () => void): void {
  useEffect(() => {
    let timer = setTimeout(idle, idleFor)
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(idle, idleFor)
    }
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, alive, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, alive)
    }
  }, [idle])
}

/** 伏せる — hides and keeps: whoever lifts it proves first whose desk it is. */
export function Curtain({ lifted, leave }: { lifted: () => void; leave: () => void }) {
  const session = useSession()
  const realm = useRealm()
  const ref = useRef<HTMLDialogElement>(null)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)

  useEffect(() => {
    const from = document.activeElement
    ref.current?.showModal()
    ref.current?.querySelector('input')?.focus()
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus()
    }
  }, [])
  const lift = async () => {
    try {
      await ask(realm, 'confirm', { method: 'POST', body: { password } })
      lifted()
    } catch (error) {
      setPassword('')
      setFailure(sentenceOf(error))
    }
  }
  useKeys(
    [
      { key: 'F9', word: 'もどす', run: () => void lift() },
      { key: 'Ctrl+Enter', word: 'もどす', run: () => void lift() },
      { key: 'Esc', word: 'もどすには認証', silent: true, run: () => {} },
    ],
    true,
  )
  return (
    <dialog
      ref={ref}
      className="curtain"
      aria-labelledby="curtain"
      onCancel={(event) => event.preventDefault()}
      // A browser may close a dialog without asking; what is hidden stays hidden.
      onClose={() => ref.current?.showModal()}
    >
      <div className="stack">
        <h1 id="curtain">画面を伏せています。</h1>
        <p>認証すると続きから始まります。{session.name}さんの席です。</p>
        <PasswordField
          label="パスワード"
          kind="current"
          password={password}
          change={setPassword}
          error={failure}
        />
        <div className="bar">
          <button type="button" className="button main" onClick={() => void lift()}>
            もどす <kbd>F9</kbd>
          </button>
          <Button look="plain" run={leave}>
            席を離れる
          </Button>
        </div>
      </div>
    </dialog>
  )
}
