import type { FilingField } from '@koiki/union'
import { useState } from 'react'
import { KanaField, NameField } from '../ui/NameField.tsx'
import type { Typed } from './content.ts'
import { FormField } from './FormField.tsx'

type Values = Readonly<Record<string, Typed>>

type Props = {
  fields: readonly FilingField[]
  values: Values
  isNeeded?: (field: FilingField) => boolean
  errorAt: (at: string) => string | null
  today: string
  variants: readonly string[]
  change: (given: Values) => void
}

/** 届書の項目の列 — a name and its kana are a pair: what was typed for the one is proposed for the other. */
export function FormFields({
  fields,
  values,
  isNeeded = () => false,
  errorAt,
  today,
  variants,
  change,
}: Props) {
  const [guessed, setGuessed] = useState<Readonly<Record<string, string>>>({})
  const named = (name: string) => fields.some((field) => field.name === name)
  const textOf = (name: string): string => {
    const value = values[name]
    return typeof value === 'string' ? value : ''
  }
  const name = (field: FilingField, text: string, reading: string | null | undefined) => {
    const kana = kanaOf(field.name)
    const held = textOf(kana)
    const isOurs = held === (guessed[kana] ?? '')
    if (reading === undefined || !named(kana) || !isOurs || (held === '' && reading === null))
      change({ [field.name]: text })
    else {
      setGuessed({ ...guessed, [kana]: reading ?? '' })
      change({ [field.name]: text, [kana]: reading ?? '' })
    }
  }
  return fields.map((field) => {
    const at = `fields.${field.name}`
    const told = {
      label: field.label,
      need: isNeeded(field),
      support: field.help,
      error: errorAt(at),
      text: textOf(field.name),
    }
    return (
      <div key={field.name} data-at={at}>
        {field.type === 'text' && isName(field.name) ? (
          <NameField
            {...told}
            variants={variants}
            change={(text, reading) => name(field, text, reading)}
          />
        ) : field.type === 'text' && field.name.endsWith('Kana') ? (
          <KanaField
            {...told}
            guessed={told.text !== '' && guessed[field.name] === told.text}
            pass={() => setGuessed(({ [field.name]: _, ...rest }) => rest)}
            change={(text) => change({ [field.name]: text })}
          />
        ) : (
          <FormField
            field={field}
            need={told.need}
            error={told.error}
            value={values[field.name]}
            today={today}
            change={(value) => change({ [field.name]: value })}
          />
        )}
      </div>
    )
  })
}

/** The kinds of filings name the two so: `name` and `nameKana`. */
const kanaOf = (name: string): string => `${name}Kana`
const isName = (name: string): boolean => name === 'name' || name === 'recipientName'
