import { useState } from 'react'
import { Button, Dialog, PasswordField } from '../ui/parts.tsx'
import { useKeys } from './keyboard.tsx'
import { useRealm } from './router.tsx'
import { ask, sentenceOf } from './server.ts'
import {
  heldSize,
  heldTheme,
  keepSize,
  keepTheme,
  type LetterSize,
  sizeWords,
  type Theme,
  themeWords,
} from './settings.ts'
import { useStatus } from './status.tsx'

const keys: readonly (readonly [string, string])[] = [
  ['Enter', '次の欄へ。ボタンを押す。行をひらく。書類は送りません。'],
  ['Ctrl+Enter', '進む。決定の前には、確かめる頁があります。'],
  ['Esc', '上に開いたものを1つ閉じる。打った字は消えません。'],
  ['F1', '説明と鍵'],
  ['F2', '次の人をさがす'],
  ['F3', 'この一覧の中をさがす'],
  ['F4', '暦・字形をえらぶ'],
  ['F5', '最新にする'],
  ['F6', '次の区画へ(Shiftで前へ)'],
  ['F7', '次の足りないところ・ちがうところへ'],
  ['F8', 'なぜ、をひらく'],
  ['F9', '画面を伏せる'],
  ['Alt+1…8', '左の場所へ'],
  ['Ctrl+K', '命令をさがす'],
  ['Ctrl+S', 'いつ保存したかを言う'],
  ['Space', '一覧の行を選ぶ。Shift+↑↓で続けて選ぶ。'],
  ['↑ ↓', '一覧の行を動く。Home End PageUp PageDown も使えます。'],
  ['← →', '経過のおびの上を動く'],
]

/** 説明と鍵 — the map of the keys, what was said lately, and how the screen looks. */
export function Help({ close }: { close: () => void }) {
  const { said } = useStatus()
  const [theme, setTheme] = useState<Theme>(heldTheme)
  useKeys([{ key: 'F1', word: '閉じる', run: close }], true)
  return (
    <Dialog title="説明と鍵" close={close}>
      <ul className="key-list">
        {keys.map(([key, does]) => (
          <li key={key}>
            <kbd>{key}</kbd>
            <span>{does}</span>
          </li>
        ))}
      </ul>
      <fieldset className="bar">
        <legend>
          <h3>見え方</h3>
        </legend>
        {(['auto', 'light', 'dark'] as const).map((one) => (
          <label key={one} className="bar">
            <input
              type="radio"
              name="theme"
              checked={theme === one}
              onChange={() => {
                keepTheme(one)
                setTheme(one)
              }}
            />
            {themeWords[one]}
          </label>
        ))}
      </fieldset>
      <Letters />
      <PasswordChange />
      <section className="stack" aria-labelledby="said">
        <h3 id="said">いままでのしらせ({said.length}件)</h3>
        {said.length === 0 ? (
          <p className="quiet">まだありません。</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard.
          <ul className="said" tabIndex={0} aria-labelledby="said">
            {said.map((one) => (
              <li key={`${one.at}${one.text}`}>
                <span className="quiet">{one.at}</span> {one.text}
              </li>
            ))}
          </ul>
        )}
      </section>
      <div className="bar">
        <Button run={close}>
          閉じる <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

function Letters() {
  const [size, setSize] = useState<LetterSize>(heldSize)
  return (
    <fieldset className="bar">
      <legend>
        <h3>字の大きさ</h3>
      </legend>
      {(['ordinary', 'large', 'largest'] as const).map((one) => (
        <label key={one} className="bar">
          <input
            type="radio"
            name="letters"
            checked={size === one}
            onChange={() => {
              keepSize(one)
              setSize(one)
            }}
          />
          {sizeWords[one]}
        </label>
      ))}
    </fieldset>
  )
}

/** パスワードを変える — one's own; whoever sits elsewhere under this name has to sign in again. */
function PasswordChange() {
  const realm = useRealm()
  const { say } = useStatus()
  const [open, setOpen] = useState(false)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const change = async () => {
    try {
      await ask(realm, 'password', { method: 'POST', body: { current, next } })
      say('パスワードを変えました。')
      setOpen(false)
      setFailure(null)
    } catch (error) {
      setFailure(sentenceOf(error))
    } finally {
      setCurrent('')
      setNext('')
    }
  }
  if (!open)
    return (
      <div>
        <Button look="plain" run={() => setOpen(true)}>
          パスワードを変える
        </Button>
      </div>
    )
  return (
    <section className="stack" aria-labelledby="password">
      <h3 id="password">パスワードを変える</h3>
      <PasswordField
        label="いまのパスワード"
        kind="current"
        password={current}
        change={setCurrent}
        error={failure}
      />
      <PasswordField label="新しいパスワード" kind="new" password={next} change={setNext} />
      <div className="bar">
        <Button run={() => void change()}>変える</Button>
        <Button look="plain" run={() => setOpen(false)}>
          やめる
        </Button>
      </div>
    </section>
  )
}
