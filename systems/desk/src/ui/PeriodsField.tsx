import { DayField } from './DayField.tsx'
import { Button, Field } from './parts.tsx'

/** 打った期間 — both days counted; days as typed. */
export type TypedPeriod = { from: string; until: string; place: string }

type Props = {
  label: string
  need: boolean
  support: string
  error: string | null
  periods: readonly TypedPeriod[]
  change: (periods: TypedPeriod[]) => void
}

/** 期間の欄 — one line a stay, as many as the papers show. */
export function PeriodsField({ label, need, support, error, periods, change }: Props) {
  const put = (index: number, given: Partial<TypedPeriod>) =>
    change(periods.map((one, at) => (at === index ? { ...one, ...given } : one)))
  return (
    <fieldset className="field-group">
      <legend>
        {label}
        <span className="need">{need ? '※必須' : '※任意'}</span>
      </legend>
      <span className="support">{support}</span>
      {error !== null && <span className="error">{error}</span>}
      {periods.map((period, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place.
        <div key={index} className="period">
          <DayField
            label={`${index + 1}つめ 始まり`}
            text={period.from}
            change={(from) => put(index, { from })}
            support=""
          />
          <DayField
            label={`${index + 1}つめ 終わり`}
            text={period.until}
            change={(until) => put(index, { until })}
            support=""
          />
          <Field label={`${index + 1}つめ 場所`}>
            {(props) => (
              <input
                {...props}
                className="input"
                autoComplete="off"
                spellCheck={false}
                value={period.place}
                onChange={(event) => put(index, { place: event.target.value })}
              />
            )}
          </Field>
          <Button
            look="small"
            label={`${index + 1}つめの期間を消す`}
            run={() => change(periods.filter((_, at) => at !== index))}
          >
            消す
          </Button>
        </div>
      ))}
      <div>
        <Button look="small" run={() => change([...periods, { from: '', until: '', place: '' }])}>
          期間を足す
        </Button>
      </div>
    </fieldset>
  )
}
