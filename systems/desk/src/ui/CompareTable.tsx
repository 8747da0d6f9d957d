import type { ReactNode } from 'react'
import { TableBox } from './DataTable.tsx'

export type Compared = { item: string; left: ReactNode; right: ReactNode; differs: boolean }

/** くらべる表 — two sides of the same thing; what differs has a heavier border and the word ちがい. */
export function CompareTable({
  caption,
  left,
  right,
  rows,
}: {
  caption: string
  left: string
  right: string
  rows: readonly Compared[]
}) {
  return (
    <TableBox name={caption}>
      <table className="rows compare">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">{left}</th>
            <th scope="col">{right}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.item}>
              <th scope="row">{row.item}</th>
              <td className={row.differs ? 'differs' : undefined}>{row.left}</td>
              <td className={row.differs ? 'differs' : undefined}>
                {row.right} {row.differs && <span className="differs-word">ちがい</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
