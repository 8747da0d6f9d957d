import type { z } from 'zod'
import { Html, html } from './html.ts'
import { type Fault, idOf } from './page.ts'

/** 入力欄 — its name is the path of what it writes: `address.townName`. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly type: 'date' | 'text' | 'choice' | 'check' | 'secret'
  readonly required?: boolean
  readonly choices?: readonly (readonly [value: string, label: string])[]
  readonly help?: string
  /** What it holds before anybody writes. */
  readonly initial?: string
}

/** 書かれたもの — by the name of the field; the last of a name counts. */
export type Written = Readonly<Record<string, string>>

export function fieldOf(field: Field, written: Written, faults: readonly Fault[]): Html {
  const { name, label, type, required = false, choices = [], help } = field
  const id = idOf(name)
  // A number is written once and never comes back, right or wrong.
  // A box that was not ticked is not sent at all: what it began with must not come back.
  const before = type === 'check' ? undefined : field.initial
  const value = type === 'secret' ? '' : (written[name] ?? before ?? '')
  const wrong = faults.some((fault) => fault.field === name)
  const marks = new Html(
    [
      `id="${id}"`,
      `name="${name}"`,
      required && type !== 'check' ? 'aria-required="true"' : '',
      wrong ? 'aria-invalid="true"' : '',
      help === undefined ? '' : `aria-describedby="${id}-help"`,
    ]
      .filter((mark) => mark !== '')
      .join(' '),
  )
  const note = help !== undefined && html`<span class="help" id="${id}-help">${help}</span>`
  if (type === 'check') {
    const on = value === 'on' && new Html(' checked')
    return html`<div class="field"><label for="${id}"><input type="checkbox" ${marks} value="on"${on}>${label}</label>${note}</div>`
  }
  const head = html`<label for="${id}">${label}${required && html`<span class="need">必ず</span>`}</label>${note}`
  if (type === 'choice') {
    return html`<div class="field">${head}<select ${marks}>
${(!required || value === '') && html`<option value=""></option>`}
${choices.map(
  ([choice, text]) =>
    html`<option value="${choice}"${choice === value && new Html(' selected')}>${text}</option>`,
)}</select></div>`
  }
  const input = type === 'date' ? 'date' : type === 'secret' ? 'password' : 'text'
  const more = new Html(
    type === 'secret'
      ? 'inputmode="numeric" autocomplete="off" maxlength="12"'
      : type === 'text'
        ? 'class="long"'
        : 'max="2199-12-31"',
  )
  return html`<div class="field">${head}<input type="${input}" ${marks} value="${value}" ${more}></div>`
}

export const fieldset = (
  legend: string,
  fields: readonly Field[],
  written: Written,
  faults: readonly Fault[],
): Html =>
  html`<fieldset><legend>${legend}</legend>${fields.map((field) => fieldOf(field, written, faults))}</fieldset>`

/**
 * 書かれたものを組む — nested by the paths; an empty field is not written, a check is true or false, and of a list
 * the entries in which nobody wrote anything fall away. `start` is what such an entry holds by itself.
 */
export function built(fields: readonly Field[], written: Written): Record<string, unknown> {
  const whole: Record<string, unknown> = {}
  for (const { name, type, initial } of fields) {
    const value = written[name]
    const parts = name.split('.')
    const listed = parts.some((part) => /^[0-9]+$/.test(part))
    if (type === 'check') put(whole, parts, value === 'on')
    else if (
      value !== undefined &&
      value !== '' &&
      !(listed && value === initial && alone(name, fields, written))
    )
      put(whole, parts, value)
  }
  return whole
}

/** Whether nobody wrote anything else into this entry of a list. */
function alone(name: string, fields: readonly Field[], written: Written): boolean {
  const entry = /^(.*?\.[0-9]+)\./.exec(name)?.[1]
  return fields
    .filter((field) => field.name.startsWith(`${entry}.`))
    .every(
      (field) =>
        (written[field.name] ?? '') === '' || written[field.name] === (field.initial ?? ''),
    )
}

function put(whole: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = whole as Record<string, unknown>
  for (const [index, part] of path.slice(0, -1).entries()) {
    const inList = /^[0-9]+$/.test(path[index + 1] as string)
    at[part] ??= inList ? [] : {}
    at = at[part] as Record<string, unknown>
  }
  at[path.at(-1) as string] = value
}

/**
 * 書き直すところ — which fields do not fit, never what was written; where a whole part is missing, every field of
 * it that is required. `others` are the sentences for what has no field of its own.
 */
export function faultsOf(
  fields: readonly Field[],
  error: z.ZodError,
  others: Readonly<Record<string, string>>,
): Fault[] {
  const faults = new Map<string, Fault>()
  for (const { path } of error.issues) {
    const name = path.join('.')
    const other = Object.keys(others).find((one) => name === one || name.startsWith(`${one}.`))
    const exact = fields.filter((one) => name === one.name || name.startsWith(`${one.name}.`))
    const below = fields.filter((one) => one.name.startsWith(`${name}.`))
    const needed = below.filter(({ required }) => required === true)
    const found = exact.length > 0 ? exact : needed.length > 0 ? needed : below.slice(0, 1)
    for (const { label, required = false, name: field } of found)
      faults.set(field, {
        sentence: `「${label}」を確かめてください。${required ? '空ではいけません。' : ''}`,
        field,
      })
    if (found.length === 0)
      faults.set(
        name,
        other === undefined
          ? { sentence: '書き方が合わないところがあります。' }
          : { sentence: others[other] as string },
      )
  }
  return [...faults.values()]
}
