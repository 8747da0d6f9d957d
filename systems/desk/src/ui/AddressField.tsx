import { Field } from './parts.tsx'

/** 打った住所 — the parts of an address as they stand on the paper. */
export type TypedAddress = {
  postalCode: string
  prefecture: string
  municipalityName: string
  town: string
  houseNumber: string
  building: string
}

export const noAddress: TypedAddress = {
  postalCode: '',
  prefecture: '',
  municipalityName: '',
  town: '',
  houseNumber: '',
  building: '',
}

const parts: readonly (readonly [keyof TypedAddress, string, string, boolean])[] = [
  ['postalCode', '郵便番号', 'short', false],
  ['prefecture', '都道府県', 'short', true],
  ['municipalityName', '市区町村', 'middle', true],
  ['town', '町字', 'middle', true],
  ['houseNumber', '番地', 'middle', false],
  ['building', '方書', 'long', false],
]

type Props = {
  label: string
  need: boolean
  support: string
  error: string | null
  address: TypedAddress
  change: (address: TypedAddress) => void
}

/** 住所の欄 — six boxes in the order of the paper, each as long as its answer. */
export function AddressField({ label, need, support, error, address, change }: Props) {
  return (
    <fieldset className="field-group">
      <legend>
        {label}
        <span className="need">{need ? '※必須' : '※任意'}</span>
      </legend>
      <span className="support">{support}</span>
      {error !== null && <span className="error">{error}</span>}
      <div className="address">
        {parts.map(([part, name, size, always]) => (
          <div key={part} className={size}>
            <Field label={name} need={need && always}>
              {(props) => (
                <input
                  {...props}
                  className="input"
                  autoComplete="off"
                  spellCheck={false}
                  inputMode={part === 'postalCode' ? 'numeric' : undefined}
                  value={address[part]}
                  onChange={(event) => change({ ...address, [part]: event.target.value })}
                />
              )}
            </Field>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
