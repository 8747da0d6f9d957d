import type { Direction, QuarantineDetail } from '@koiki/union'
import { useState } from 'react'
import { Link, useRealm } from '../app/router.tsx'
import { handOver, sentenceOf, take, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Button } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { countText } from '../ui/text.ts'

/** 隔離 — rows that were kept out, whole households at a time, and whether mended ones have come. */
export function Quarantine({
  transmission,
  direction,
  name,
}: {
  transmission: string
  direction: Direction
  name: string
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayFetch = useMay('file.fetch')
  const answer = useAnswer<QuarantineDetail>(realm, `transmissions/${transmission}/quarantine`)
  const [trouble, setTrouble] = useState<string | null>(null)
  if (answer.state !== 'ready' || answer.value.rows === 0) return null
  const { rows, atFault, mendedBy, lines } = answer.value
  const bring = async () => {
    try {
      handOver(
        await take(realm, `transmissions/${transmission}/quarantine.age`),
        `${name}-隔離.age`,
      )
      setTrouble(null)
      say('隔離した行のファイルを渡しました。市区町村システムで読み込めます。')
    } catch (error) {
      setTrouble(sentenceOf(error))
    }
  }
  return (
    <section aria-labelledby="quarantine" className="stack">
      <h2 id="quarantine">隔離 {countText(rows)}行</h2>
      <p>
        {countText(rows)}行を取り込まずに置いています。
        {atFault === rows
          ? 'どれも誤りのある行です。'
          : `うち誤りのある行は${countText(atFault)}行、ほかは同じ世帯の行です。`}
        {mendedBy === null ? (
          ' 直したものは、まだ届いていません。'
        ) : (
          <>
            {' '}
            <Link to={{ screen: 'file', direction, transmission: mendedBy }}>
              直したものが届きました
            </Link>
            。
          </>
        )}
      </p>
      <p className="small quiet">
        行{' '}
        {lines
          .slice(0, 60)
          .map(
            ({ line, because }) => `${countText(line)}${because === 'household' ? '(世帯)' : ''}`,
          )
          .join('、')}
        {lines.length > 60 && ' ほか'}
      </p>
      <Refused sentence={trouble} />
      {mayFetch && (
        <div className="bar">
          <Button run={() => void bring()}>隔離した行のファイル</Button>
        </div>
      )}
    </section>
  )
}
