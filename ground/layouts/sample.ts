import {
  addDays,
  individualNumberCheckDigit,
  insuredNumber,
  insurerNumberOf,
  municipalityCodeOf,
  type NumberKind,
  type PlainDate,
  plainDate,
} from '@koiki/kernel'
import type { Column, Condition, Layout, RowOf } from './layout.ts'
import { rowBuilder } from './reader.ts'

export type SampleOptions = {
  readonly rows: number
  /** The same seed makes the same rows on every machine. */
  readonly seed?: number
  readonly municipality?: string
  /** No day of the sample lies after it. */
  readonly today?: PlainDate
}

/**
 * 見本の記録 — visibly invented, sound under every check of the layout: numbers with right check digits,
 * conditions met, each key once, one head a household. Texts in the order of the columns.
 */
export function* sampleRecords(layout: Layout, options: SampleOptions): Generator<string[]> {
  const draw = drawing(options.seed ?? 1)
  const today = options.today ?? plainDate('2026-07-01')
  const municipality = options.municipality ?? '431001'
  const { names } = layout
  const order = drawOrder(layout)
  let household = 0
  let left = 0
  for (let running = 1; running <= options.rows; running += 1) {
    const head = left === 0
    if (head) {
      household += 1
      left = 1 + draw(3)
    }
    left -= 1
    const record: string[] = new Array(names.length).fill('')
    for (const index of order) {
      const name = names[index] as string
      const column = layout.columns[name] as Column
      if (!filled(layout, column, record, draw)) continue
      const rule = layout.households
      if (name === rule?.household) record[index] = `8${String(household).padStart(14, '0')}`
      else if (name === rule?.relationship)
        record[index] = head ? rule.head : other(column, rule.head, draw)
      else if (name === rule?.among.column) record[index] = rule.among.is
      else if (name === layout.municipality) record[index] = municipality
      else
        record[index] = value(column, {
          layout,
          record,
          running,
          draw,
          today,
          municipality,
          alone: layout.key.length === 1 && layout.key[0] === name,
        })
    }
    yield record
  }
}

/** 見本の行 — as objects. */
export function* sampleRows<L extends Layout>(
  layout: L,
  options: SampleOptions,
): Generator<RowOf<L>> {
  const build = rowBuilder(layout)
  for (const record of sampleRecords(layout, options)) yield build(record)
}

type Draw = (below: number) => number

/** mulberry32 — small, fast, the same everywhere. */
function drawing(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** A column is drawn after the columns that its condition or its earliest day depends on. */
function drawOrder(layout: Layout): number[] {
  const order: number[] = []
  const visit = (name: string): void => {
    const index = layout.names.indexOf(name)
    if (order.includes(index)) return
    const column = layout.columns[name] as Column
    if (typeof column.required === 'object') visit(column.required.column)
    if (column.type === 'DATE' && column.notBefore !== undefined) visit(column.notBefore)
    order.push(index)
  }
  for (const name of layout.names) visit(name)
  return order
}

function filled(layout: Layout, column: Column, record: readonly string[], draw: Draw): boolean {
  if (column.required === true) return true
  if (column.required !== undefined) return holds(layout, column.required, record)
  if (column.type === 'DATE' && column.notBefore !== undefined) {
    const start = record[layout.names.indexOf(column.notBefore)]
    return start !== '' && draw(4) === 0
  }
  return column.type === 'DATE' ? draw(20) === 0 : draw(10) > 1
}

function holds(layout: Layout, when: Condition, record: readonly string[]): boolean {
  const text = record[layout.names.indexOf(when.column)] as string
  if ('in' in when) return when.in.includes(text)
  if ('atLeast' in when) return Number(text) >= when.atLeast
  return text !== ''
}

function other(column: Column, head: string, draw: Draw): string {
  const choices = (column.samples ?? []).filter((text) => text !== head)
  return choices[draw(choices.length)] ?? ''
}

type Place = {
  readonly layout: Layout
  readonly record: readonly string[]
  readonly running: number
  readonly draw: Draw
  readonly today: PlainDate
  readonly municipality: string
  /** The column is the whole key, so every row has its own value. */
  readonly alone: boolean
}

function value(column: Column, place: Place): string {
  const { draw, running, today } = place
  if (column.samples !== undefined) return column.samples[draw(column.samples.length)] as string
  switch (column.type) {
    case 'X': {
      if (column.codes !== undefined) return code(Object.keys(column.codes), draw)
      if (column.number !== undefined) return number(column.number, place)
      if (!column.digits) return 'SAMPLE'.slice(0, column.length)
      if (column.length === 15) return `9${String(running).padStart(14, '0')}`
      return digits(column.length, draw)
    }
    case 'N':
      return '見本'
    case '9':
    case 'S9': {
      if (place.alone) return String(running)
      if (column.unit === '円') return draw(3) === 0 ? '0' : String(draw(30_000) * 100)
      return String(1 + draw(Math.min(column.max ?? 9, 9)))
    }
    case '9V':
      return '0.000'
    case 'YEAR':
      return today.slice(0, 4)
    case 'DATE': {
      if (column.notBefore !== undefined) {
        const start = place.record[place.layout.names.indexOf(column.notBefore)] as string
        return start === '' ? today : latest(addDays(start as PlainDate, 1 + draw(300)), today)
      }
      // The one column that no day of the future may stand in and that every person has is the birth.
      return column.text.startsWith('生年月日')
        ? addDays(plainDate('1926-01-02'), draw(9_000))
        : addDays(today, -draw(3_000))
    }
  }
}

const latest = (day: PlainDate, limit: PlainDate): PlainDate => (day < limit ? day : limit)

/** The ordinary case far more often than the others; codes stand with the ordinary one first. */
function code(codes: readonly string[], draw: Draw): string {
  return (draw(10) < 7 ? codes[0] : codes[draw(codes.length)]) as string
}

function digits(count: number, draw: Draw): string {
  let text = ''
  for (let at = 0; at < count; at += 1) text += String(draw(10))
  return text
}

function number(kind: NumberKind, { draw, running, municipality }: Place): string {
  switch (kind) {
    case 'individualNumber': {
      const body = digits(11, draw)
      return `${body}${individualNumberCheckDigit(body)}`
    }
    case 'insuredNumber':
      return insuredNumber(running % 10_000_000)
    case 'insurerNumber':
      return insurerNumberOf(municipality)
    case 'municipalityCode':
      return municipalityCodeOf('43202')
    case 'corporateNumber':
      return '7123456789012'
    case 'residentRecordCode':
      throw new RangeError('住民票コードを運ぶレイアウトはありません。')
  }
}
