import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Calendar } from './Calendar.tsx'
import { Field } from './parts.tsx'
import { dayAnswer, readDay } from './readDay.ts'
import { dayText } from './text.ts'

type Props = {
  label: string
  text: string
  change: (text: string) => void
  need?: boolean
  support?: string
  error?: string | null
  /** Of a birth: the day on which the age is told. */
  ageOn?: string | null
  /** A birth is typed: no calendar goes back so far. */
  birth?: boolean
}

/** 日の欄 — one box for every way of writing a day; it answers in both calendars, and speaks of a fault when left. */
export function DayField(props: Props) {
  const { label, text, change, need, support, error, ageOn = null } = props
  const [left, setLeft] = useState(text !== '')
  const [focused, setFocused] = useState(false)
  const [open, setOpen] = useState(false)
  const { day, sentence } = readDay(text)
  const fault = error ?? (left ? sentence : null)
  const near = props.birth !== true && ageOn === null
  return (
    <>
      <Field
        label={label}
        need={need === true}
        error={fault}
        support={support ?? '昭14.5.3、3140503、1939-5-3 のどれでも入ります。'}
      >
        {(field) => (
          <span className="day-line">
            <input
              {...field}
              className="input day"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => change(event.target.value)}
              onFocus={() => setFocused(true)}
              onBlur={() => {
                setLeft(true)
                setFocused(false)
              }}
            />
            {near && (
              // Out of the order of the keys: Enter and Tab go on to the next field of the paper.
              <button
                type="button"
                className="plain small day-calendar"
                tabIndex={-1}
                onClick={() => setOpen(true)}
              >
                暦 <kbd>F4</kbd>
              </button>
            )}
            <span className="day-answer" aria-live="polite">
              {day === null ? '' : dayAnswer(day, ageOn)}
            </span>
          </span>
        )}
      </Field>
      {near && focused && <CalendarKey open={() => setOpen(true)} />}
      {open && (
        <Calendar
          label={label}
          day={day}
          choose={(chosen) => {
            change(dayText(chosen))
            setOpen(false)
          }}
          close={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** Stands in the key bar, and is heard, only while the field has the focus. */
function CalendarKey({ open }: { open: () => void }) {
  useKeys([{ key: 'F4', word: '暦', run: open }])
  return null
}
