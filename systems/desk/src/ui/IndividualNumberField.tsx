import { checkNumber } from '@koiki/kernel'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button, Field } from './parts.tsx'

const shownFor = 20_000

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')
const grouped = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')

type Props = {
  /** Where the number waits until it is sent; in memory only, never in a draft. */
  hold: RefObject<string | null>
  held: boolean
  settle: (held: boolean) => void
  error: string | null
}

/**
 * 個人番号の欄 — seen while it is typed, gone when the field is left or after 20 seconds. The box is not bound to
 * a value, so that no attribute of the page ever carries a digit.
 */
export function IndividualNumberField({ hold, held, settle, error }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const again = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const [count, setCount] = useState(0)
  const [fault, setFault] = useState<string | null>(null)

  const forget = () => {
    if (timer.current !== null) clearTimeout(timer.current)
    if (input.current !== null) input.current.value = ''
    setCount(0)
  }
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  useEffect(() => {
    if (held || !again.current) return
    again.current = false
    input.current?.focus()
  }, [held])

  const typed = () => {
    const box = input.current
    if (box === null) return
    const digits = digitsOf(box.value).slice(0, 12)
    if (box.selectionEnd === box.value.length) box.value = grouped(digits)
    setCount(digits.length)
    setFault(
      digits.length === 12 && !checkNumber('individualNumber', digits).valid
        ? '検査数字が合いません。打ちまちがいがないか見てください。'
        : null,
    )
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(leave, shownFor)
  }
  const leave = () => {
    const digits = digitsOf(input.current?.value ?? '')
    if (digits === '') return
    if (digits.length === 12 && checkNumber('individualNumber', digits).valid) {
      hold.current = digits
      setFault(null)
      settle(true)
    } else if (digits.length !== 12)
      setFault(
        `12けたのうち${digits.length}けたでした。見えなくしたので、はじめから入れてください。`,
      )
    else setFault('検査数字が合いません。見えなくしたので、はじめから入れてください。')
    forget()
  }

  if (held)
    return (
      <div className="field">
        <span className="label">個人番号</span>
        <p className="bar">
          <span role="status">12けた入れました。番号は、もう出しません。</span>
          <Button
            look="small"
            run={() => {
              hold.current = null
              again.current = true
              settle(false)
            }}
          >
            入れ直す
          </Button>
        </p>
        {error !== null && <span className="error">{error}</span>}
      </div>
    )
  return (
    <Field
      label="個人番号"
      need
      error={fault ?? error}
      support="欄を離れるか20秒たつと見えなくなります。下書きには残しません。"
    >
      {(props) => (
        <span className="day-line">
          <input
            {...props}
            ref={input}
            className="input number-box"
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
            onInput={typed}
            onBlur={leave}
          />
          <span className="day-answer" role="status">
            {count === 0
              ? ''
              : count < 12
                ? `12けたのうち${count}けた`
                : fault === null
                  ? 'けたと検査数字は合っています(本人かどうかは別に確かめます)'
                  : ''}
          </span>
        </span>
      )}
    </Field>
  )
}
