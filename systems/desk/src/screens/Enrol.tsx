import { useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { ask, sentenceOf } from '../app/server.ts'
import { Button, Field } from '../ui/parts.tsx'

const fields = [
  [
    'code',
    '登録番号',
    '起動したときに、プログラムを動かした機械の画面に出た番号。一度だけ使えます。',
  ],
  ['account', '利用者の名', '半角の英小文字・数字。サインインに使います。'],
  ['name', '名前', '記録に残る名前。'],
  ['password', 'パスワード', '12文字から128文字。'],
] as const

type Values = Record<(typeof fields)[number][0], string>

/** 最初の管理者 — enrols once, with the code printed where the program runs; everybody else by an administrator. */
export function Enrol({ done, leave }: { done: () => void; leave: () => void }) {
  const [values, setValues] = useState<Values>({ code: '', account: '', name: '', password: '' })
  const [failure, setFailure] = useState<string | null>(null)
  const summary = useRef<HTMLDivElement>(null)
  const enrol = async () => {
    try {
      await ask('union', 'enrol', { method: 'POST', body: values })
      done()
    } catch (error) {
      setFailure(sentenceOf(error))
      summary.current?.focus()
    }
  }
  useKeys([{ key: 'Ctrl+Enter', word: '登録する', run: () => void enrol() }])
  return (
    <section aria-labelledby="enrol" onKeyDown={enterAsNext}>
      <h1 id="enrol">最初の管理者を登録する</h1>
      {failure !== null && (
        <div className="banner bad" role="alert" tabIndex={-1} ref={summary} data-state="error">
          <span className="word">確かめてください</span>
          <p>{failure}</p>
        </div>
      )}
      {fields.map(([field, label, support]) => (
        <Field key={field} label={label} need support={support}>
          {(props) => (
            <input
              {...props}
              className="input"
              type={field === 'password' ? 'password' : 'text'}
              autoComplete={field === 'password' ? 'new-password' : 'off'}
              autoCapitalize="none"
              spellCheck={false}
              value={values[field]}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="bar">
        <Button look="main" run={() => void enrol()}>
          登録する <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button look="plain" run={leave}>
          サインインへ戻る
        </Button>
      </div>
    </section>
  )
}
