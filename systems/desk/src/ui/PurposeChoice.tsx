import { purposeOrder, purposeWords, usePurpose } from '../app/session.tsx'

/** 用件をえらぶ — asked once; it leaves with every look, and the person looked at can read it. */
export function PurposeChoice() {
  const [purpose, choose] = usePurpose()
  return (
    <fieldset className="purpose">
      <legend>
        用件<span className="need">※必須</span>
      </legend>
      {purposeOrder.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="purpose"
            value={one}
            checked={purpose === one}
            onChange={() => choose(one)}
          />
          {purposeWords[one]}
        </label>
      ))}
    </fieldset>
  )
}
