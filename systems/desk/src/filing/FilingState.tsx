import type { FilingRow, FilingState } from '@koiki/union'
import { Chip } from '../ui/parts.tsx'
import { monthDayText } from '../ui/text.ts'

const looks: Record<FilingState, 'bad' | 'watch' | 'live' | null> = {
  incomplete: 'watch',
  examining: 'live',
  awaitingCheck: 'watch',
  granted: null,
  refused: null,
  withdrawn: null,
  cancelled: null,
}

/** 届書のようす — what is settled is plain text; the eye goes to what is not. */
export function FilingStateWord({ state, stateName }: { state: FilingState; stateName: string }) {
  const look = looks[state]
  const [name = stateName, note] = stateName.split(' (')
  const text = note === undefined ? name : `${name}(${note}`
  return look === null ? text : <Chip look={look}>{text}</Chip>
}

/** 期限 — in words, not in colour alone. */
export function DueDay({ row, on }: { row: FilingRow; on: string }) {
  const days = Math.round((Date.parse(row.dueOn) - Date.parse(on)) / 86_400_000)
  const open = row.state in looks && looks[row.state] !== null
  return (
    <span className="nowrap">
      {monthDayText(row.dueOn)}{' '}
      {open &&
        (days < 0 ? (
          <strong className="bad">{-days}日過ぎ</strong>
        ) : days === 0 ? (
          <strong>今日</strong>
        ) : (
          <span className="quiet">あと{days}日</span>
        ))}
    </span>
  )
}
