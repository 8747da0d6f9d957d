import type { FilingMissing, FilingReason } from '@koiki/union'
import { Chip } from './parts.tsx'

const metWords = { met: '満たす', unmet: '満たさない', unknown: '分からない' } as const

/** 理由 — every one for and against at once; what stops stands first, in words and form, not in colour alone. */
export function ReasonList({
  reasons,
  name = '理由',
  words = metWords,
  calm = false,
}: {
  reasons: readonly (Omit<FilingReason, 'article'> & { article?: string })[]
  name?: string
  words?: Record<FilingReason['met'], string>
  /** Nothing stops here: what does not hold is no fault. */
  calm?: boolean
}) {
  const order = { unmet: 0, unknown: 1, met: 2 } as const
  const sorted = [...reasons].sort((a, b) => order[a.met] - order[b.met])
  return (
    <ul className="ruled reasons" aria-label={name}>
      {sorted.map((reason) => (
        <li key={reason.code}>
          <span>
            {reason.met === 'met' || (calm && reason.met === 'unmet') ? (
              <span className="chip">{words[reason.met]}</span>
            ) : (
              <Chip look={reason.met === 'unmet' ? 'bad' : 'watch'}>{words[reason.met]}</Chip>
            )}
          </span>
          <span>
            <strong>{reason.name}</strong> {reason.sentence}
          </span>
          <span className="quiet small">{reason.article ?? ''}</span>
        </li>
      ))}
    </ul>
  )
}

/** 足りないもの — each with the way to get it. */
export function MissingList({ missing }: { missing: readonly FilingMissing[] }) {
  if (missing.length === 0) return null
  return (
    <section className="missing" aria-label="足りないもの">
      <h2>足りないもの {missing.length}</h2>
      <ul className="ruled">
        {missing.map((one) => (
          <li key={one.code}>
            <strong>{one.name}</strong>
            <span>{one.sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
