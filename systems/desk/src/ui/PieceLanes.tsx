import type { TimelinePiece } from '@koiki/union'
import { dayText } from './text.ts'

type Row = { name: string; pieces: readonly TimelinePiece[] }

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const percent = (part: number): string => `${(part * 100).toFixed(3)}%`
const until = (piece: TimelinePiece): string =>
  piece.until === null
    ? `${dayText(piece.from)}から`
    : `${dayText(piece.from)}から${dayText(piece.until)}の前日まで`

/** いまと、直したあと — the right over time, before over after, drawn on one scale over a real table. */
export function PieceLanes({
  before,
  after,
  today,
}: {
  before: readonly TimelinePiece[]
  after: readonly TimelinePiece[]
  today: string
}) {
  const rows: readonly Row[] = [
    { name: 'いま', pieces: before },
    { name: '決まったあと', pieces: after },
  ]
  // What lies decades back is the same on both lines; the drawing begins a little before the first difference.
  const key = (piece: TimelinePiece) => `${piece.from}${piece.until}${piece.municipality}`
  const [had, has] = [new Set(before.map(key)), new Set(after.map(key))]
  const days = [
    ...before.filter((piece) => !has.has(key(piece))),
    ...after.filter((piece) => !had.has(key(piece))),
  ]
    .flatMap((piece) => [piece.from, ...(piece.until === null ? [] : [piece.until])])
    .concat(today)
    .map(dayNumber)
  const from = Math.max(Math.min(...days) - 180, dayNumber(today) - 365 * 6)
  const to = Math.max(...days, dayNumber(today)) + 240
  const at = (day: string | null): number =>
    day === null ? 1 : Math.min(Math.max((dayNumber(day) - from) / (to - from), 0), 1)
  const years = Array.from({ length: 12 }, (_, index) => Number(today.slice(0, 4)) - 7 + index)
    .map((year) => ({ year, place: at(`${year}-04-01`) }))
    .filter(({ place }) => place > 0 && place < 0.94)
  return (
    <table className="lanes pieces">
      <caption className="unseen">資格の期間。いまと、決まったあと。</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">どちら</span>
          </th>
          <th scope="col">
            <span className="unseen">期間</span>
            <svg width="100%" height="22" aria-hidden="true">
              {years.map(({ year, place }) => (
                <g key={year}>
                  <line
                    className="year-line"
                    x1={percent(place)}
                    x2={percent(place)}
                    y1="0"
                    y2="22"
                  />
                  <text className="year-text" x={percent(place)} dx="5" y="16">
                    令{year - 2018}年度
                  </text>
                </g>
              ))}
            </svg>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>
              <svg className="lane-ground" width="100%" height="100%" aria-hidden="true">
                {row.pieces.map((piece) => (
                  <rect
                    key={key(piece)}
                    className={
                      (row.name === 'いま' ? has : had).has(key(piece)) || row.name !== 'いま'
                        ? 'bar-settled'
                        : 'bar-cancelled'
                    }
                    x={percent(at(piece.from))}
                    width={percent(Math.max(at(piece.until) - at(piece.from), 0.002))}
                    y="4"
                    height="20"
                  />
                ))}
                <line
                  className="now-line"
                  x1={percent(at(today))}
                  x2={percent(at(today))}
                  y1="0"
                  y2="100%"
                />
              </svg>
              <ul>
                {row.pieces.length === 0 ? (
                  <li className="lane-empty">資格の期間はありません</li>
                ) : (
                  row.pieces.map((piece) => (
                    <li key={key(piece)} className="unseen">
                      {piece.municipality}、{until(piece)}、取得は{piece.acquired}
                      {piece.lost === null ? '' : `、喪失は${piece.lost}`}
                    </li>
                  ))
                )}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 期間を文で — what the drawing shows, for reading aloud and for paper. */
export function PieceWords({ pieces }: { pieces: readonly TimelinePiece[] }) {
  if (pieces.length === 0) return <p className="quiet">資格の期間はありません。</p>
  return (
    <ul>
      {pieces.map((piece) => (
        <li key={`${piece.from}${piece.until}${piece.municipality}`}>
          {until(piece)} <span className="quiet">{piece.municipality}</span>
          <span className="small">
            {' '}
            {piece.acquired}
            {piece.lost !== null && ` → ${piece.lost}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
