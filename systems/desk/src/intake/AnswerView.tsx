import type { FilingMissing, FilingReason, FilingReceipt } from '@koiki/union'
import { MissingList, ReasonList } from '../ui/ReasonList.tsx'
import { dayText } from '../ui/text.ts'

type Props = {
  reasons: readonly FilingReason[]
  missing: readonly FilingMissing[]
  warnings: readonly { code: string; sentence: string }[]
  decisions: FilingReceipt['decisions']
  moves: readonly string[]
  appeal: string | null
}

/** 答えの中身 — what is missing first, then every reason for and against, then what moves; of a refusal the 教示. */
export function AnswerView({ reasons, missing, warnings, decisions, moves, appeal }: Props) {
  return (
    <>
      <MissingList missing={missing} />
      {warnings.map((warning) => (
        <div key={warning.code} className="banner watch">
          <span className="word">注意</span>
          <p>{warning.sentence}</p>
        </div>
      ))}
      {reasons.length > 0 && (
        <section aria-labelledby="reasons">
          <h2 id="reasons">理由</h2>
          <ReasonList reasons={reasons} />
        </section>
      )}
      {(decisions.length > 0 || moves.length > 0) && (
        <section aria-labelledby="moves">
          <h2 id="moves">決まると動くもの</h2>
          <ul className="ruled moves">
            {decisions.map((one) => (
              <li key={`${one.kind}${one.effectiveOn}${one.ground}`}>
                <span>
                  <strong>{one.kind}</strong> {dayText(one.effectiveOn)} {one.ground}
                </span>
              </li>
            ))}
            {moves.map((move) => (
              <li key={move}>{move}</li>
            ))}
          </ul>
        </section>
      )}
      {appeal !== null && (
        <div className="banner">
          <span className="word">教示</span>
          <p>{appeal}</p>
        </div>
      )}
    </>
  )
}
