import { type ReactNode, useMemo, useState } from 'react'
import { moveAmongRows } from '../app/keyboard.tsx'

export type Column<Row> = {
  name: string
  cell: (row: Row) => ReactNode
  figure?: boolean
  unit?: string
  /** What the column is sorted by; without it the column has no button. */
  sort?: (row: Row) => string | number
}

type Props<Row> = {
  caption: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** The first cell: a row header with one link, carrying `data-row` and the tab index it is given. */
  head: {
    name: string
    cell: (row: Row, tabIndex: 0 | -1) => ReactNode
    sort?: Column<Row>['sort']
  }
  sum?: readonly ReactNode[]
  captionSeen?: boolean
  rowClass?: (row: Row) => string | undefined
}

type Order = { column: number; up: boolean }

/** 表 — a real table: row headers, one link a row, ↑ ↓ between rows, figures right, the order of the work first. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, rows, columns, rowKey, head, sum, captionSeen, rowClass } = props
  const [order, setOrder] = useState<Order | null>(null)
  const sorts = [head.sort, ...columns.map((column) => column.sort)]
  const sort = order === null ? undefined : sorts[order.column]
  const ordered = useMemo(() => {
    if (order === null || sort === undefined) return rows
    const way = order.up ? 1 : -1
    return [...rows].sort((a, b) => {
      const [x, y] = [sort(a), sort(b)]
      return x < y ? -way : x > y ? way : 0
    })
  }, [rows, order, sort])

  const heading = (name: string, index: number, figure: boolean, unit?: string) => {
    const sorted = order?.column === index
    const label = unit === undefined ? name : `${name}(${unit})`
    return (
      <th
        key={name}
        scope="col"
        className={figure ? 'figure' : undefined}
        aria-sort={sorted ? (order.up ? 'ascending' : 'descending') : undefined}
      >
        {sorts[index] === undefined ? (
          label
        ) : (
          <button
            type="button"
            className="sort"
            onClick={() => setOrder({ column: index, up: sorted ? !order.up : true })}
          >
            {label}
          </button>
        )}
      </th>
    )
  }

  return (
    <TableBox name={caption}>
      <table className="rows">
        <caption className={captionSeen === true ? undefined : 'unseen'}>{caption}</caption>
        <thead>
          <tr>
            {heading(head.name, 0, false)}
            {columns.map((column, index) =>
              heading(column.name, index + 1, column.figure === true, column.unit),
            )}
          </tr>
        </thead>
        <tbody>
          {ordered.map((row, index) => (
            <tr key={rowKey(row)} className={rowClass?.(row)}>
              <th scope="row">{head.cell(row, index === 0 ? 0 : -1)}</th>
              {columns.map((column) => (
                <td key={column.name} className={column.figure === true ? 'figure' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {sum !== undefined && (
          <tfoot>
            <tr>
              <th scope="row">{sum[0]}</th>
              {columns.map((column, index) => (
                <td key={column.name} className={column.figure === true ? 'figure' : undefined}>
                  {sum[index + 1]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </TableBox>
  )
}

/** 表の箱 — only data tables scroll sideways, in a box that has a name and takes the focus. */
export function TableBox({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard.
    <section className="table-box" aria-label={name} tabIndex={0} onKeyDown={moveAmongRows}>
      {children}
    </section>
  )
}
