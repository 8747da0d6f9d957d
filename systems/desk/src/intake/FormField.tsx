import type { FilingField } from '@koiki/union'
import { AddressField, noAddress, type TypedAddress } from '../ui/AddressField.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { DayField } from '../ui/DayField.tsx'
import { PeriodsField, type TypedPeriod } from '../ui/PeriodsField.tsx'
import { Field } from '../ui/parts.tsx'
import { TextField } from '../ui/TextField.tsx'
import type { Typed } from './content.ts'

type Props = {
  field: FilingField
  need: boolean
  error: string | null
  value: Typed | undefined
  today: string
  change: (value: Typed) => void
}

/** 届書の項目 — drawn from what the union says of it; its box is as long as its answer. */
export function FormField({ field, need, error, value, today, change }: Props) {
  const told = { label: field.label, need, support: field.help, error }
  const text = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'date':
      return (
        <DayField
          {...told}
          text={text}
          change={change}
          ageOn={field.name === 'birthDate' ? today : null}
        />
      )
    case 'text':
      return <TextField {...told} text={text} change={change} />
    case 'amount':
      return (
        <TextField {...told} size="short" unit={field.unit ?? '円'} text={text} change={change} />
      )
    case 'choice':
      return (field.choices?.length ?? 0) > 6 ? (
        <Field {...told}>
          {(props) => (
            <select
              {...props}
              className="input middle"
              value={text}
              onChange={(event) => change(event.target.value)}
            >
              <option value="">選んでください</option>
              {field.choices?.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <ChooseOne
          legend={field.label}
          need={need}
          support={field.help}
          error={error}
          choices={field.choices ?? []}
          value={text}
          choose={change}
        />
      )
    case 'boolean':
      return (
        <label className="choice">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => change(event.target.checked)}
          />
          <span>
            {field.label} <span className="support">{field.help}</span>
          </span>
        </label>
      )
    case 'address':
      return (
        <AddressField
          {...told}
          address={{ ...noAddress, ...(value as TypedAddress | undefined) }}
          change={change}
        />
      )
    case 'periods':
      return (
        <PeriodsField
          {...told}
          periods={(value as readonly TypedPeriod[] | undefined) ?? []}
          change={change}
        />
      )
  }
}
