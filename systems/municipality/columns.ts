/** 列の対応 — [field, column of the store, 項目名 of the file], in the order of the file. */
export type ColumnMap = readonly (readonly [field: string, column: string, item: string])[]

/** A select list that reads rows straight as domain values: `household_number as "householdNumber"`. */
export const selectList = (map: ColumnMap): string =>
  map.map(([field, column]) => `${column} as "${field}"`).join(', ')

export const columnNames = (map: ColumnMap): string => map.map(([, column]) => column).join(', ')

/** The SHA-256 of a row's content: two rows agree exactly when their digests do. */
export function contentDigest(map: ColumnMap, table?: string): string {
  const columns = map.map(([, column]) => (table === undefined ? column : `${table}.${column}`))
  return `sha256(convert_to(row(${columns.join(', ')})::text, 'UTF8'))`
}

export const assignments = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = excluded.${column}`).join(', ')
