import { useState } from 'react'
import { looksLikeIndividualNumber } from '../app/fold.ts'
import { Field } from './parts.tsx'

type Props = {
  label: string
  text: string
  change: (text: string) => void
  need?: boolean
  support?: string
  error?: string | null
  size?: 'short' | 'middle' | 'long'
  lines?: number
  unit?: string
}

const wiped = '個人番号はここに入れません。番号は残していません。'

/** 文字の欄 — what is pasted or typed by mistake as an Individual Number is wiped before it is kept anywhere. */
export function TextField(props: Props) {
  const { label, text, change, need, support, error, size = 'long', lines, unit } = props
  const [told, setTold] = useState<string | null>(null)
  const take = (typed: string) => {
    const wrong = looksLikeIndividualNumber(typed)
    setTold(wrong ? wiped : null)
    change(wrong ? '' : typed)
  }
  return (
    <Field
      label={label}
      need={need === true}
      error={told ?? error ?? null}
      {...(support === undefined ? {} : { support })}
    >
      {(field) =>
        lines !== undefined ? (
          <textarea
            {...field}
            className={`input ${size}`}
            rows={lines}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => take(event.target.value)}
          />
        ) : (
          <span className="day-line">
            <input
              {...field}
              className={`input ${size}${unit === undefined ? '' : ' figure'}`}
              autoComplete="off"
              spellCheck={false}
              inputMode={unit === undefined ? undefined : 'numeric'}
              value={text}
              onChange={(event) => take(event.target.value)}
            />
            {unit !== undefined && <span>{unit}</span>}
          </span>
        )
      }
    </Field>
  )
}
