import { useState } from 'react'
import { Field } from './parts.tsx'
import { dayAnswer, readDay } from './readDay.ts'

type Props = {
  label: string
  text: string
  change: (text: string) => void
  need?: boolean
  support?: string
  error?: string | null
  /** Of a birth: the day on which the age is told. */
  ageOn?: string | null
}

/** 日の欄 — one box for every way of writing a day; it answers in both calendars, and speaks of a fault when left. */
export function DayField({ label, text, change, need, support, error, ageOn = null }: Props) {
  const [left, setLeft] = useState(text !== '')
  const { day, sentence } = readDay(text)
  const fault = error ?? (left ? sentence : null)
  return (
    <Field
      label={label}
      need={need === true}
      error={fault}
      support={support ?? '昭14.5.3、3140503、1939-5-3 のどれでも入ります。'}
    >
      {(props) => (
        <span className="day-line">
          <input
            {...props}
            className="input day"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={() => setLeft(true)}
          />
          <span className="day-answer" aria-live="polite">
            {day === null ? '' : dayAnswer(day, ageOn)}
          </span>
        </span>
      )}
    </Field>
  )
}
