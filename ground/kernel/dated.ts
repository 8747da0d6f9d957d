import type { PlainDate } from './plainDate.ts'

/**
 * 法令表の行 — one value of the law from a day on, until the day before `until` or the next row.
 * `source` names where it was read; `unverified` marks what nobody has confirmed on an official page.
 */
export type LawRow<T> = {
  readonly from: PlainDate
  readonly until?: PlainDate
  readonly value: T
  readonly source: string
  readonly unverified?: true
  /** The day on which a person last looked at the source. */
  readonly lastChecked?: PlainDate
}

/** 法令表 — a named table of dated rows. */
export type LawTable<T> = {
  readonly name: string
  readonly rows: readonly LawRow<T>[]
  /** The row in force on a day. Throws MissingLaw, naming the table, where there is none. */
  on(d: PlainDate): LawRow<T>
  /** The row in force on a day, or null. */
  find(d: PlainDate): LawRow<T> | null
}

/** 法令表の欠け — a day that a law table does not cover. Never answered by a neighbouring row. */
export class MissingLaw extends Error {
  readonly table: string
  readonly day: PlainDate
  /** Whose amount it was that asked, as a path into what was read; empty when nobody's alone. */
  readonly at: string
  constructor(table: string, day: PlainDate, at = '') {
    super(`法令表「${table}」に${day}の行がありません。`)
    this.name = 'MissingLaw'
    this.table = table
    this.day = day
    this.at = at
  }
}

/**
 * 法令表 — numbers of the law by date. Throws when loaded if rows are out of order, overlap, or lack a
 * source; throws MissingLaw when asked for a day outside. It never falls back to a neighbour.
 */
export function dated<T>(name: string, rows: readonly LawRow<T>[]): LawTable<T> {
  if (rows.length === 0) throw new RangeError(`法令表「${name}」に行がありません。`)
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1]
    if (row.source.trim() === '') {
      throw new RangeError(`法令表「${name}」の${row.from}の行に出典がありません。`)
    }
    if (row.until !== undefined && row.until <= row.from) {
      throw new RangeError(`法令表「${name}」の${row.from}の行の終わりが始まりより前です。`)
    }
    if (next !== undefined && (next.from <= row.from || (row.until ?? next.from) > next.from)) {
      throw new RangeError(`法令表「${name}」の行が日付の順でないか、重なっています: ${next.from}`)
    }
  }
  const find = (d: PlainDate): LawRow<T> | null => {
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      const row = rows[index]!
      if (row.from <= d) return row.until === undefined || d < row.until ? row : null
    }
    return null
  }
  const on = (d: PlainDate): LawRow<T> => {
    const row = find(d)
    if (row === null) throw new MissingLaw(name, d)
    return row
  }
  return { name, rows, on, find }
}
