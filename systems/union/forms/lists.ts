import { formatWareki, type PlainDate } from '@koiki/kernel'
import { type FormSheet, formCode, lettersWithoutGlyph } from '@koiki/notices'
import type { Instant, Transaction } from '@koiki/store'
import { dayInJapan } from '../instants.ts'
import { municipalityName, unionName } from '../places.ts'
import { type ListKind, listKinds, timeOf } from './catalogue.ts'

/** 一覧の行 — whose it is, for the audit; `mark` is what will be remembered as told. */
export type ListRow = {
  readonly person: number
  readonly cells: readonly string[]
  readonly mark?: readonly number[]
}

/** 一覧 — what one municipality is told, whole, however long it is. */
export type MunicipalList = {
  readonly municipality: string
  readonly title: string
  readonly coversFrom: Instant | null
  readonly heading: string
  readonly columns: FormSheet['tables'][number]['columns']
  readonly rows: readonly ListRow[]
  readonly remarks: readonly string[]
  /** Remembers what one form has told, so that no later list tells it again. */
  readonly remember?: (
    tx: Transaction,
    deliveryId: string,
    rows: readonly ListRow[],
  ) => Promise<void>
}

/** 一覧の冊 — as much of a list as one form holds. */
export type ListVolume = MunicipalList & { readonly volume: number; readonly volumes: number }

/**
 * Somebody counts the sheets of a form, and while one is set the desks wait: a thousand rows are some forty sheets and a
 * second.
 */
export const rowsOfVolume = 1_000

/** 冊に分ける — every row on one of them, in order. */
export function volumesOf(list: MunicipalList): readonly ListVolume[] {
  const volumes = Math.max(1, Math.ceil(list.rows.length / rowsOfVolume))
  return Array.from({ length: volumes }, (_, index) => {
    const rows = list.rows.slice(index * rowsOfVolume, (index + 1) * rowsOfVolume)
    return { ...list, rows, volume: index + 1, volumes }
  })
}

const countText = (count: number): string => count.toLocaleString('ja-JP')

const titled = (title: string, volume: number): string => `${title} その${volume}`

/** 冊の題 — only a list of several says which of them it is. */
export const volumeTitle = ({ title, volume, volumes }: ListVolume): string =>
  volumes === 1 ? title : titled(title, volume)

/** How a list would be called if it had been too long for one form. */
export const ofFirstVolume = (title: string): string => titled(title, 1)

function volumeRemarks({ rows, volume, volumes }: ListVolume): readonly string[] {
  if (volumes === 1) return []
  const first = (volume - 1) * rowsOfVolume + 1
  return [
    `全部で${countText(volumes)}冊です。この冊は${countText(volume)}冊目で、${countText(first)}件目から${countText(first + rows.length - 1)}件目までです。ほかの冊は、前後の番号の帳票です。`,
  ]
}

/** In place of where a person under 支援措置 is. */
export const withheld = '(省略)'

export const withheldMeans = (column: string): string =>
  `${column}が${withheld}の人の住所と連絡先は、この一覧から探さないでください。支援の担当に確かめてください。`

export const short = (day: PlainDate): string => formatWareki(day)

export const monthWords = (day: PlainDate): string =>
  formatWareki(day, 'long').replace(/月.*$/, '月')

export const momentWords = (at: Instant): string =>
  `${short(dayInJapan(at) as PlainDate)} ${timeOf(at)}`

/** Leading zeros make fifteen digits of it; grouped, it is no number of a person to any reader of the page. */
export const addresseeText = (number: string): string => number.replace(/^0+(?=.)/, '')

export function grouped<T extends { readonly municipality: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.municipality)
    if (group === undefined) groups.set(row.municipality, [row])
    else group.push(row)
  }
  return groups
}

const getaMeans = '〓は、字形のない文字です。住民の記録で確かめてください。'
const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** One name without shape does not keep the whole town waiting: 〓 stands for the letter, and is no lookalike. */
const printable = (text: string): string =>
  lettersWithoutGlyph(text).length === 0
    ? text
    : [...letters.segment(text)]
        .map(({ segment }) => (lettersWithoutGlyph(segment).length === 0 ? segment : '〓'))
        .join('')

/** 一覧の紙 — as one numbered delivery to the municipality; who asked, when and what for stand in the margin. */
export function listSheet(
  union: string,
  kind: ListKind,
  list: ListVolume,
  given: { readonly number: number; readonly at: Instant; readonly by: string },
): FormSheet {
  const { number: form, purpose } = listKinds[kind]
  const { number, at, by } = given
  const told = list.rows.map(({ cells }) => cells)
  const rows = told.map((cells) => cells.map(printable))
  const hidden = rows.some((cells, row) => cells.some((cell, at) => cell !== told[row]?.[at]))
  return {
    kind: 'list',
    form,
    at,
    code: formCode(form, `${list.municipality}-${String(number).padStart(5, '0')}`, 1),
    again: false,
    title: volumeTitle(list),
    subtitle: municipalityName(list.municipality),
    number: `帳票の配信 第${String(number).padStart(4, '0')}号`,
    to: null,
    issuedOn: formatWareki(dayInJapan(at) as PlainDate, 'long'),
    issuer: unionName(union),
    lead: [],
    about: [],
    tables: [{ title: list.heading, columns: list.columns, rows }],
    remarks: [...volumeRemarks(list), ...list.remarks, ...(hidden ? [getaMeans] : [])],
    contact: null,
    margin: [`作成 ${by}`, momentWords(at), `用件 ${purpose}`],
  }
}
