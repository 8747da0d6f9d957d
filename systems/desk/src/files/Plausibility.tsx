import type { PlausibilityDetail } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { ask, sentenceOf, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { goToField } from '../ui/ErrorSummary.tsx'
import { Button } from '../ui/parts.tsx'
import { Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { countText } from '../ui/text.ts'

/** もっともらしさ — what is unlike last time, before anything is applied; a person lets it in or not, and says why. */
export function Plausibility({
  transmission,
  records,
  again,
}: {
  transmission: string
  records: number
  again: () => void
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayAdmit = useMay('file.admit')
  const answer = useAnswer<PlausibilityDetail>(realm, `transmissions/${transmission}/plausibility`)
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  // The sentence stands under the field, which may be at the edge of the window.
  useEffect(() => {
    if (failure !== null) box.current?.scrollIntoView({ block: 'nearest' })
  }, [failure])
  const waits = answer.state === 'ready' && answer.value.decision === null
  const decide = async (decision: 'letIn' | 'refused') => {
    if (reason.trim() === '') {
      setFailure('ふだんとちがうわけを、確かめて書いてください。市区町村にも残ります。')
      goToField('reason')
      return
    }
    try {
      await ask(realm, `transmissions/${transmission}/admission`, {
        method: 'POST',
        body: { decision, reason: reason.trim() },
      })
      setFailure(null)
      say(decision === 'letIn' ? '取り込むことにしました。' : '取り込まないことにしました。')
      answer.again()
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  useKeys(
    waits && mayAdmit
      ? [{ key: 'Ctrl+Enter', word: '取り込む', run: () => void decide('letIn') }]
      : [],
  )
  return (
    <section aria-labelledby="plausible" className="stack">
      <h2 id="plausible">もっともらしさ</h2>
      <Shown answer={answer} name="もっともらしさを読み込んでいます。">
        {(told) => (
          <>
            <ul className="ruled doubts">
              {told.doubts.map((doubt) => (
                <li key={`${doubt.item}${doubt.sentence}`}>
                  <strong>{doubt.item}</strong> <span>{doubt.sentence}</span>
                </li>
              ))}
            </ul>
            <dl className="counts">
              {told.figures.map((figure) => (
                <div key={figure.name}>
                  <dt>{figure.name}</dt>
                  <dd>{figure.value === null ? '—' : countText(figure.value)}</dd>
                </div>
              ))}
            </dl>
            {told.decision !== null && (
              <p>
                {told.decision === 'letIn' ? '取り込むことにした。' : '取り込まないことにした。'}
                わけ: {told.reason}
              </p>
            )}
            {told.decision === null && !mayAdmit && (
              <p className="quiet">
                広域連合の資格担当か賦課担当が、わけを確かめて、取り込むかどうかを決めます。
              </p>
            )}
            {told.decision === null && mayAdmit && (
              <div className="act" ref={box}>
                <div data-at="reason">
                  <TextField
                    label="ふだんとちがうわけ"
                    need
                    text={reason}
                    change={setReason}
                    error={failure}
                  />
                </div>
                <div className="bar">
                  <Button look="main" run={() => void decide('letIn')}>
                    {countText(records)}件を取り込む <kbd>Ctrl+Enter</kbd>
                  </Button>
                  <Button run={() => void decide('refused')}>取り込まない</Button>
                </div>
              </div>
            )}
          </>
        )}
      </Shown>
    </section>
  )
}
