import type { MatchedRecord, PersonMatches } from '@koiki/union'
import { useState } from 'react'
import { Link, useRealm } from '../app/router.tsx'
import { ask, sentenceOf, useAnswer } from '../app/server.ts'
import { useMay, usePurpose } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { TableBox } from '../ui/DataTable.tsx'
import { Button, Chip, InsuredNumber, Name } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { dayText } from '../ui/text.ts'

/** 同じ人か — records that may be one person, explained field by field; joined and parted again without loss. */
export function LinksTab({ person }: { person: string }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const mayJudge = useMay('eligibility.decide')
  const answer = useAnswer<PersonMatches>(
    realm,
    mayJudge ? `people/${person}/matches` : null,
    purpose,
  )
  if (!mayJudge)
    return (
      <Empty>
        同じ人かどうかの突き合わせは、広域連合の資格担当がします。心当たりがあるときは、資格担当に伝えてください。
      </Empty>
    )
  return (
    <Shown answer={answer} name="同じ人かもしれない記録を読み込んでいます。">
      {({ matches }) =>
        matches.length === 0 ? (
          <Empty>同じ人かもしれない記録は、見つかりません。</Empty>
        ) : (
          <div className="stack wide">
            {matches.map((match) => (
              <Match key={match.record} person={person} match={match} again={answer.again} />
            ))}
          </div>
        )
      }
    </Shown>
  )
}

const judgements = {
  same: '同じ人として結合する',
  different: '別の人として分ける',
  withdrawn: '前の判断を取りやめる',
} as const
type Judgement = keyof typeof judgements

function Match({
  person,
  match,
  again,
}: {
  person: string
  match: MatchedRecord
  again: () => void
}) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const { say } = useStatus()
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const judge = async (judgement: Judgement) => {
    if (reason.trim() === '') {
      setFailure('何を見て決めたかを書いてください。あとから読む人のためです。')
      return
    }
    try {
      await ask(realm, `people/${person}/matches`, {
        method: 'POST',
        body: { record: match.record, judgement, reason: reason.trim() },
        purpose,
      })
      setFailure(null)
      setReason('')
      say(`${judgements[judgement]}と決めました。資格を判定し直しました。`)
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  const offered: readonly Judgement[] = [
    ...(match.together ? [] : (['same'] as const)),
    ...(match.together || match.decided === null ? (['different'] as const) : []),
    ...(match.decided === null ? [] : (['withdrawn'] as const)),
  ]
  const against = match.fields.filter(({ verdict }) => verdict === '不一致').length
  return (
    <section className="stack match" aria-label={`${match.municipality}の${match.name}`}>
      <h2 className="bar">
        <span>
          {match.person === null ? (
            <Name name={match.name} />
          ) : (
            <Link to={{ screen: 'person', person: match.person, tab: 'links' }}>
              <Name name={match.name} />
            </Link>
          )}{' '}
          <span className="quiet small">
            {dayText(match.birth)} {match.municipality}
          </span>{' '}
          {match.insuredNumber !== null && (
            <span className="small">
              <InsuredNumber number={match.insuredNumber} />
            </span>
          )}
        </span>
        {match.together ? <span className="agree small">いま同じ人</span> : <Chip>いま別の人</Chip>}
        {match.handleWithCare && <Chip>取扱注意</Chip>}
        {against > 0 && <Chip look="bad">ちがい {against}</Chip>}
      </h2>
      {match.decided !== null && (
        <p>
          前の判断: {match.decided.same ? '同じ人' : '別の人'} {match.decided.reason}
        </p>
      )}
      <TableBox name={`${match.name}との突合`}>
        <table className="rows compare">
          <caption className="unseen">項目ごとの突合</caption>
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">この人</th>
              <th scope="col">くらべる記録</th>
              <th scope="col">答え</th>
            </tr>
          </thead>
          <tbody>
            {match.fields.map((field) => (
              <tr key={field.field}>
                <th scope="row">{field.field}</th>
                <td className={field.verdict === '不一致' ? 'differs' : undefined}>
                  {field.one === null ? <Hidden field={field.field} /> : dayText(field.one)}
                </td>
                <td className={field.verdict === '不一致' ? 'differs' : undefined}>
                  {field.other === null ? <Hidden field={field.field} /> : dayText(field.other)}
                </td>
                <td>
                  {field.verdict === '不一致' ? <Chip look="bad">ちがう</Chip> : field.verdict}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <TextField
        label="決めるわけ"
        size="middle"
        text={reason}
        change={setReason}
        error={failure}
        support="結合しても、どちらの被保険者番号も失われません。分ければ、もとに戻ります。"
      />
      <div className="bar">
        {offered.map((judgement) => (
          <Button key={judgement} run={() => void judge(judgement)}>
            {judgements[judgement]}
          </Button>
        ))}
      </div>
    </section>
  )
}

function Hidden({ field }: { field: string }) {
  return <span className="quiet">{field === '個人番号' ? '出しません' : '—'}</span>
}
