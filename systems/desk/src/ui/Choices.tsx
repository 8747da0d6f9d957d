import { useId } from 'react'

type Choice = { value: string; label: string }

type Props = {
  legend: string
  need?: boolean
  support?: string
  error?: string | null
  choices: readonly Choice[]
}

function Told({ legend, need, support, error }: Omit<Props, 'choices'>) {
  // The condition stands in the legend: a description of the group is not read with every browser.
  return (
    <legend>
      {legend}
      {need === true && <span className="need">※必須</span>}
      {support !== undefined && <span className="support legend-support">{support}</span>}
      {error != null && <span className="error legend-support">{error}</span>}
    </legend>
  )
}

/** 1つえらぶ */
export function ChooseOne({
  value,
  choose,
  ...told
}: Props & { value: string; choose: (value: string) => void }) {
  const name = useId()
  return (
    <fieldset className="field-group">
      <Told {...told} />
      <div className="choices">
        {told.choices.map((one) => (
          <label key={one.value} className="choice">
            <input
              type="radio"
              name={name}
              checked={value === one.value}
              onChange={() => choose(one.value)}
            />
            {one.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** いくつでもえらぶ */
export function ChooseSome({
  values,
  choose,
  ...told
}: Props & { values: readonly string[]; choose: (values: string[]) => void }) {
  return (
    <fieldset className="field-group">
      <Told {...told} />
      <div className="choices">
        {told.choices.map((one) => (
          <label key={one.value} className="choice">
            <input
              type="checkbox"
              checked={values.includes(one.value)}
              onChange={(event) =>
                choose(
                  event.target.checked
                    ? [...values, one.value]
                    : values.filter((value) => value !== one.value),
                )
              }
            />
            {one.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
