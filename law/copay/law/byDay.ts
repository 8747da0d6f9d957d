import {
  fromNumericDay,
  type LawRow,
  type LawTable,
  MissingLaw,
  type NumericDay,
  numericDay,
  type PlainDate,
} from '@koiki/kernel'

/**
 * 日ごとの法令 — prepares the law once for every stretch of days between two changes of its tables, so
 * that a judgement touches no table, no date and no text. Asked for a day outside, it throws the
 * MissingLaw of the table that lacks it.
 */
export function lawByDay<T>(
  tables: readonly LawTable<unknown>[],
  prepare: (on: PlainDate) => T,
): (on: NumericDay) => T {
  const days = new Set(tables.flatMap(({ rows }) => rows.flatMap(changeDays)))
  const stretches = [...days]
    .sort()
    .map((day) => ({ begins: numericDay(day), law: prepareOrNull(prepare, day) }))
  return (on) => {
    for (let index = stretches.length - 1; index >= 0; index -= 1) {
      const { begins, law } = stretches[index]!
      if (begins <= on) return law ?? prepare(fromNumericDay(on))
    }
    return prepare(fromNumericDay(on))
  }
}

/** 引用 — the table and the day from which its row holds, as the workings name it. */
export function cite<T>(table: LawTable<T>, row: LawRow<T>): string {
  return `${table.name} ${row.from}から${row.unverified === true ? '（未確認）' : ''}`
}

function changeDays({ from, until }: LawRow<unknown>): PlainDate[] {
  return until === undefined ? [from] : [from, until]
}

function prepareOrNull<T>(prepare: (on: PlainDate) => T, day: PlainDate): T | null {
  try {
    return prepare(day)
  } catch (error) {
    if (error instanceof MissingLaw) return null
    throw error
  }
}
