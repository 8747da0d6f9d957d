import { checkNumber, eras, type NumberKind, type PlainDate, parsePlainDate } from '@koiki/kernel'
import { countCharacters } from './encoding.ts'
import type { Fault } from './findings.ts'
import type { Column, Condition, DateColumn, HalfWidthColumn, Layout } from './layout.ts'

export type CheckOptions = { readonly today?: PlainDate; readonly municipality?: string }

/** Checks one record of texts in column order; null where nothing is wrong, so that most rows cost nothing. */
export type RowCheck = (record: readonly string[]) => Fault[] | null

type FieldCheck = (value: string) => Fault | null

/** 行の検査 — compiled once from the layout: required, characters, digits, codes, days, conditions. */
export function rowCheck(layout: Layout, options: CheckOptions = {}): RowCheck {
  const { names } = layout
  const columns = names.map((name) => layout.columns[name] as Column)
  const fields = columns.map((column, index) => fieldCheck(names[index] as string, column, options))
  const required = columns.map((column) => column.required === true)
  const rules = relations(layout)
  const own = ownMunicipality(layout, options)
  const count = names.length
  return (record) => {
    let faults: Fault[] | null = null
    for (let index = 0; index < count; index += 1) {
      const value = record[index] as string
      let fault: Fault | null
      if (value.length === 0) {
        if (!required[index]) continue
        fault = { code: 'E0001', column: names[index] as string, facts: {} }
      } else {
        fault = (fields[index] as FieldCheck)(value)
        if (fault === null) continue
      }
      if (faults === null) faults = [fault]
      else faults.push(fault)
    }
    for (const rule of rules) {
      const fault = rule(record)
      if (fault !== null) {
        if (faults === null) faults = [fault]
        else faults.push(fault)
      }
    }
    const foreign = own(record)
    if (foreign !== null) {
      if (faults === null) faults = [foreign]
      else faults.push(foreign)
    }
    return faults
  }
}

function fieldCheck(name: string, column: Column, options: CheckOptions): FieldCheck {
  switch (column.type) {
    case 'X':
      return halfWidthCheck(name, column)
    case 'N':
      return fullWidthCheck(name, column.length, column.mixed ?? false)
    case '9':
      return integerCheck(name, column.length, false, column.max)
    case 'S9':
      return integerCheck(name, column.length, true, column.max)
    case '9V':
      return decimalCheck(name, column.length, column.decimals)
    case 'YEAR':
      return (value) =>
        /^[0-9]{4}$/.test(value) ? null : wrongCharacters(name, '西暦4桁の半角数字', value)
    case 'DATE':
      return dateCheck(name, column, options.today)
  }
}

function halfWidthCheck(name: string, column: HalfWidthColumn): FieldCheck {
  const { length, exact, codes, digits, number } = column
  if (codes !== undefined) return codeCheck(name, codes)
  if (number !== undefined) return numberCheck(name, number, length)
  const wanted = digits ? '半角数字' : '半角英数字記号'
  const low = digits ? 0x30 : 0x20
  const high = digits ? 0x39 : 0x7e
  return (value) => {
    for (let at = 0; at < value.length; at += 1) {
      const unit = value.charCodeAt(at)
      if (unit < low || unit > high) return textFault(name, value, wanted)
    }
    if (value.length > length || (exact && value.length !== length))
      return wrongLength(name, `${length}桁${exact ? '' : '以内'}`, value.length)
    return digits ? null : formulaFault(name, value)
  }
}

function codeCheck(name: string, codes: Readonly<Record<string, string>>): FieldCheck {
  const known = new Set(Object.keys(codes))
  const usable = Object.entries(codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, meaning]) => `${code}（${meaning}）`)
    .join('、')
  return (value) =>
    known.has(value) ? null : { code: 'E1002', column: name, facts: { 使えるコード: usable } }
}

// The same municipality stands in every row of a file: the last sound value is remembered.
function numberCheck(name: string, kind: NumberKind, length: number): FieldCheck {
  const repeats = kind === 'municipalityCode' || kind === 'insurerNumber'
  let sound = ''
  return (value) => {
    if (repeats && value === sound) return null
    if (!/^[0-9]*$/.test(value)) return textFault(name, value, '半角数字')
    if (value.length !== length) return wrongLength(name, `${length}桁`, value.length)
    const { reason } = checkNumber(kind, value)
    if (reason !== null) return { code: 'E1001', column: name, facts: { 理由: reason } }
    if (repeats) sound = value
    return null
  }
}

function fullWidthCheck(name: string, length: number, mixed: boolean): FieldCheck {
  return (value) => {
    for (let at = 0; at < value.length; at += 1) {
      const unit = value.charCodeAt(at)
      if (unit >= 0x3000 && unit < 0xfe00) continue
      if (mixed ? isHidden(unit) || isBroken(unit) : isNotFullWidth(unit))
        return textFault(name, value, '全角')
    }
    if (value.length > length) {
      const characters = countCharacters(value)
      if (characters > length) return wrongLength(name, `${length}桁以内`, characters)
    }
    if (!value.isWellFormed()) return { code: 'E1012', column: name, facts: {} }
    return formulaFault(name, value)
  }
}

/** U+0080 to U+00A0 hold controls and the no-break space; U+FF61 to U+FF9F are half-width kana. */
function isNotFullWidth(unit: number): boolean {
  return unit <= 0xa0 || (unit >= 0xff61 && unit <= 0xff9f) || isHidden(unit) || isBroken(unit)
}

/** Controls, and the invisible marks by which two different names can look alike. */
function isHidden(unit: number): boolean {
  return (
    unit < 0x20 ||
    (unit >= 0x7f && unit < 0xa0) ||
    (unit >= 0x200b && unit <= 0x200f) ||
    (unit >= 0x2028 && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x206f) ||
    unit === 0xfeff
  )
}

function isBroken(unit: number): boolean {
  return unit >= 0xfffd
}

function integerCheck(
  name: string,
  length: number,
  signed: boolean,
  max: number | undefined,
): FieldCheck {
  return (value) => {
    const start = signed && value.charCodeAt(0) === 0x2d ? 1 : 0
    const digits = value.length - start
    for (let at = start; at < value.length; at += 1) {
      const unit = value.charCodeAt(at)
      if (unit < 0x30 || unit > 0x39) return wrongInteger(name, signed, value)
    }
    if (digits === 0) return wrongInteger(name, signed, value)
    if (digits > length) return wrongLength(name, `${length}桁以内`, digits)
    if (max !== undefined && Number(value) > max)
      return { code: 'E1006', column: name, facts: { 最大: max } }
    return null
  }
}

function wrongInteger(name: string, signed: boolean, value: string): Fault {
  return wrongCharacters(name, signed ? '半角数字（負の数は先頭に -）' : '半角数字', value)
}

function decimalCheck(name: string, length: number, decimals: number): FieldCheck {
  const whole = length - decimals
  const form = new RegExp(`^[0-9]{1,${whole}}(\\.[0-9]{1,${decimals}})?$`)
  return (value) =>
    form.test(value)
      ? null
      : wrongCharacters(name, `半角数字（整数${whole}桁、小数${decimals}桁まで）`, value)
}

const openEnd = '9999-12-31'

/** The first day that can be written on a notice. */
const earliest = eras.at(-1)!.from

function dateCheck(name: string, column: DateColumn, today: PlainDate | undefined): FieldCheck {
  const limit = column.notFuture ? today : undefined
  return (value) => {
    if (parsePlainDate(value) === null) return dateFault(name, value)
    if (value === openEnd && !column.openEnd)
      return { code: 'E1003', column: name, facts: { 補足: `${openEnd}は書けない項目です。` } }
    if (value < earliest) return { code: 'E1016', column: name, facts: { 最も古い日: earliest } }
    if (limit !== undefined && value > limit)
      return { code: 'E1004', column: name, facts: { 今日: limit } }
    return null
  }
}

function dateFault(name: string, value: string): Fault {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { code: 'E1003', column: name, facts: {} }
  return wrongCharacters(name, '西暦の日付（YYYY-MM-DD、半角）', value)
}

function wrongCharacters(name: string, wanted: string, value: string): Fault {
  const hidden = hiddenFault(name, value)
  if (hidden !== null) return hidden
  return { code: 'E0002', column: name, facts: { 指定文字: wanted, 補足: kindOf(value) } }
}

/** What kind of fault it is, where a look at the form tells. */
function kindOf(value: string): string {
  if (/^(明治|大正|昭和|平成|令和|[MTSHRmtshr]\d)/.test(value)) return '和暦で書かれています。'
  return /[０-９]/.test(value) ? '全角の数字が入っています。' : ''
}

/** For texts about a person: never shows the value. */
function textFault(name: string, value: string, wanted: string): Fault {
  const hidden = hiddenFault(name, value)
  if (hidden !== null) return hidden
  const 補足 = looksLikeFormula(value) ? '数式に見える文字で始まっています。' : ''
  return { code: 'E0002', column: name, facts: { 指定文字: wanted, 補足 } }
}

function hiddenFault(name: string, value: string): Fault | null {
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at)
    if (isHidden(unit)) {
      const names: Record<number, string> = { 9: 'タブ', 10: '改行', 13: '改行' }
      const shown = names[unit] ?? `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`
      return { code: 'E1013', column: name, facts: { 文字: shown } }
    }
    if (isBroken(unit)) return { code: 'E1012', column: name, facts: {} }
  }
  return null
}

function wrongLength(name: string, wanted: string, actual: number): Fault {
  return { code: 'E0003', column: name, facts: { 桁数: wanted, 今の桁数: actual } }
}

/** Japanese spreadsheets read the full-width signs as formulas too. */
const formulaStarts = '=+-@＝＋－＠\t\r'

/** 数式に見える文字 */
export function looksLikeFormula(value: string): boolean {
  return value.length > 0 && formulaStarts.includes(value[0] as string)
}

function formulaFault(name: string, value: string): Fault | null {
  const unit = value.charCodeAt(0)
  if (unit > 0x40 && unit < 0xff00) return null
  return looksLikeFormula(value)
    ? { code: 'E1011', column: name, facts: { 先頭: value[0] as string } }
    : null
}

type Relation = (record: readonly string[]) => Fault | null

function relations(layout: Layout): Relation[] {
  const found: Relation[] = []
  for (const [index, name] of layout.names.entries()) {
    const column = layout.columns[name] as Column
    if (typeof column.required === 'object')
      found.push(requiredWhen(layout, index, name, column.required))
    if (column.type === 'DATE' && column.notBefore !== undefined)
      found.push(notBefore(layout, index, name, column.notBefore))
  }
  return found
}

function requiredWhen(layout: Layout, index: number, name: string, when: Condition): Relation {
  const other = layout.names.indexOf(when.column)
  const holds = conditionHolds(when)
  const facts = { 元の項目: when.column, 条件: conditionInWords(layout, when) }
  return (record) => {
    if (record[index] !== '' || !holds(record[other] as string)) return null
    return { code: 'E0004', column: name, facts }
  }
}

function conditionHolds(when: Condition): (value: string) => boolean {
  if ('in' in when) return (value) => when.in.includes(value)
  if ('atLeast' in when) return (value) => value !== '' && Number(value) >= when.atLeast
  return (value) => value !== ''
}

/** 「設定されている」 as デジタル庁 writes it, or the codes with their meaning. */
export function conditionInWords(layout: Layout, when: Condition): string {
  if ('filled' in when) return '設定されている'
  if ('atLeast' in when) return `${when.atLeast}以上の`
  const column = layout.columns[when.column] as Column
  const codes = column.type === 'X' ? (column.codes ?? {}) : {}
  return `${when.in.map((code) => `「${code}」${codes[code] ? `（${codes[code]}）` : ''}`).join('か')}の`
}

function notBefore(layout: Layout, index: number, name: string, from: string): Relation {
  const other = layout.names.indexOf(from)
  return (record) => {
    const day = record[index] as string
    const start = record[other] as string
    if (day === '' || start === '' || day >= start) return null
    // A day of the wrong form has its own finding, and comparing it would say nothing.
    if (parsePlainDate(day) === null || parsePlainDate(start) === null) return null
    return { code: 'E1005', column: name, facts: { 元の項目: from } }
  }
}

function ownMunicipality(layout: Layout, options: CheckOptions): Relation {
  const { municipality } = layout
  const wanted = options.municipality
  if (municipality === undefined || wanted === undefined) return () => null
  const index = layout.names.indexOf(municipality)
  return (record) => {
    const value = record[index] as string
    if (value === wanted || value === '') return null
    return { code: 'E1010', column: municipality, facts: { 市区町村: wanted } }
  }
}
