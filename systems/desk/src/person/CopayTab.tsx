import type { CopayJudgement, CopayMissing, PersonCopay } from '@koiki/union'
import { useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { DataTable, TableBox } from '../ui/DataTable.tsx'
import { Chip } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, timeText, yearText } from '../ui/text.ts'

/** 一部負担金の割合 — what is paid from when to when, why, with both sides of every test, and what would change it. */
export function CopayTab({ person }: { person: string }) {
  const [purpose] = usePurpose()
  const answer = useAnswer<PersonCopay>(useRealm(), `people/${person}/copay`, purpose)
  return (
    <Shown answer={answer} name="一部負担金の割合を読み込んでいます。">
      {(copay) => <Told copay={copay} />}
    </Shown>
  )
}

function Told({ copay }: { copay: PersonCopay }) {
  const [latest] = copay.judgements
  return (
    <div className="stack wide">
      <p className="in-a-word">
        {copay.now !== null && <strong className="yen">{copay.now.tenths}割</strong>}{' '}
        {copay.sentence}
      </p>
      {copay.pending.map((one) => (
        <div key={one.effectiveOn} className="banner watch">
          <span className="word">判定できません</span>
          <div>
            <p>{dayText(one.effectiveOn)}からの割合は、まだ判定できません。</p>
            <Missing missing={one.missing} />
          </div>
        </div>
      ))}
      {copay.moves.map((one) => (
        <p key={`${one.from}${one.sentence}`}>
          <Chip look="watch">動くもの</Chip> {dayText(one.from)} {one.sentence}
        </p>
      ))}
      {copay.periods.length === 0 ? (
        <Empty>一部負担金の割合は、まだ判定していません。</Empty>
      ) : (
        <DataTable
          caption="割合の期間"
          captionSeen
          rows={[...copay.periods].reverse()}
          rowKey={(one) => one.from}
          head={{ name: 'いつから', cell: (one) => dayText(one.from) }}
          columns={[
            {
              name: 'いつまで',
              cell: (one) => (one.until === null ? '' : `${dayText(one.until)}の前日`),
            },
            {
              name: '割合',
              unit: '割',
              figure: true,
              cell: (one) => (one.current ? <strong>{one.tenths}</strong> : one.tenths),
            },
            { name: '限度区分', cell: (one) => one.limitName ?? '判定できない' },
          ]}
        />
      )}
      {latest !== undefined && <Judged judgement={latest} />}
    </div>
  )
}

function Missing({ missing }: { missing: readonly CopayMissing[] }) {
  if (missing.length === 0) return null
  return (
    <ul>
      {missing.map((one) => (
        <li key={`${one.code}${one.who}`}>
          {one.who}: {one.sentence}
        </li>
      ))}
    </ul>
  )
}

function Judged({ judgement }: { judgement: CopayJudgement }) {
  const { recomputed } = judgement
  return (
    <section className="stack" aria-labelledby="judged">
      <h2 id="judged" className="bar">
        <span>
          なぜ {judgement.tenths}割か{' '}
          <span className="quiet small">
            {dayText(judgement.effectiveOn)}から {judgement.causeName}{' '}
            {yearText(judgement.incomeYear)}
            分の所得による
          </span>
        </span>
        <span className={recomputed.agrees ? 'agree small' : 'agree not small'}>
          {recomputed.agrees
            ? `いま判定し直して一致 ${timeText(recomputed.at)}`
            : `判定し直すと${recomputed.tenths === null ? 'できません' : `${recomputed.tenths}割になります`}`}
        </span>
      </h2>
      <p className="in-a-word">{judgement.sentence}</p>
      {judgement.notes.map((note) => (
        <p key={note} className="small">
          {note}
        </p>
      ))}
      <Missing missing={judgement.missing} />
      {judgement.groups.map((group) => (
        <TableBox key={group.name} name={group.name}>
          <table className="rows workings">
            <caption>{group.name}</caption>
            <thead>
              <tr>
                <th scope="col">段</th>
                <th scope="col">両辺</th>
                <th scope="col">答え</th>
                <th scope="col">根拠</th>
              </tr>
            </thead>
            <tbody>
              {group.lines.map((line) => (
                <tr key={`${line.step}${line.formula}`}>
                  <th scope="row">{line.step}</th>
                  <td>{line.formula}</td>
                  <td>{line.test ? (line.holds === true ? 'はい' : 'いいえ') : line.value}</td>
                  <td className="law">{line.law}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      ))}
      {judgement.whatWouldChange.length > 0 && (
        <section aria-labelledby="would">
          <h3 id="would">割合が低くなるまで</h3>
          <ul className="ruled would">
            {judgement.whatWouldChange.map((line) => (
              <li key={`${line.step}${line.formula}`}>
                <span>{line.step}</span>
                <span>
                  {line.formula} <strong>{line.value}</strong>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="members">
        <h3 id="members">判定した世帯</h3>
        <ul className="ruled would">
          {judgement.members.map((member) => (
            <li key={`${member.name}${member.self}`}>
              <span>
                {member.self ? '本人' : member.name}
                {!member.insured && <span className="quiet small"> 被保険者でない</span>}
              </span>
              <span>
                {member.items
                  .map(({ name, yen, known }) =>
                    known && yen !== null ? `${name} ${countText(yen)}円` : `${name} 分からない`,
                  )
                  .join('、')}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <p className="quiet small">
        決定 {dayText(judgement.decidedOn)} 法令表 {judgement.edition}
      </p>
    </section>
  )
}
