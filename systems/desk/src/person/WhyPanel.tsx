import type { Person, Why, WorkingLine } from '@koiki/union'
import { useEffect, useRef } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { TableBox } from '../ui/DataTable.tsx'
import { Button } from '../ui/parts.tsx'
import { Shown } from '../ui/states.tsx'
import { changeText, countText, dayText, fiscalYearText, timeText, yenText } from '../ui/text.ts'

type Props = { person: Person; decision: string }

/** なぜ — one sentence, the sum, the reasons, the difference, the facts, the edition; always in this order. */
export function WhyPanel({ person, decision }: Props) {
  const realm = useRealm()
  const router = useRouter()
  const [purpose] = usePurpose()
  const answer = useAnswer<Why>(realm, `people/${person.person}/decisions/${decision}`, purpose)
  const close = () => router.go({ screen: 'person', person: person.person, tab: 'timeline' })
  useKeys([
    { key: 'F5', word: '最新にする', run: answer.again },
    { key: 'Esc', word: '閉じる', run: close },
  ])
  return (
    <section className="screen why" data-region="一覧" tabIndex={-1} aria-label="なぜこの額か">
      <Shown answer={answer} name="計算し直しています。">
        {(why) => <Told person={person} why={why} close={close} />}
      </Shown>
    </section>
  )
}

function Told({ person, why, close }: { person: Person; why: Why; close: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { recomputed } = why
  return (
    <div className="screen-inner stack">
      <div className="bar">
        <h2 ref={heading} tabIndex={-1} className="why-title">
          {recomputed.agrees
            ? `なぜ ${yenText(why.annualYen)}か`
            : recomputed.yen === null
              ? `${yenText(why.annualYen)}を計算し直せません`
              : `計算し直すと ${yenText(recomputed.yen)}になります`}
          <span className="quiet"> {fiscalYearText(why.fiscalYear)} 保険料</span>
        </h2>
        <span className={recomputed.agrees ? 'agree' : 'agree not'} role="status">
          {recomputed.agrees
            ? `いま計算し直して一致 ${timeText(recomputed.at)}`
            : `決定は${yenText(why.annualYen)}。一致しません ${timeText(recomputed.at)}`}
        </span>
        <span className="end">
          <Button run={close}>
            閉じる <kbd>Esc</kbd>
          </Button>
        </span>
      </div>
      <p className="in-a-word">
        <strong>ひとことで</strong>　{why.sentence}
      </p>
      <TableBox name="計算の道すじ">
        <table className="rows workings">
          <caption className="unseen">計算の道すじ</caption>
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">式</th>
              <th scope="col" className="figure">
                額
              </th>
              <th scope="col">根拠</th>
            </tr>
          </thead>
          {why.groups.map((group) => (
            <tbody key={group.name}>
              <tr className="group">
                <th scope="rowgroup" colSpan={2}>
                  {group.name}
                </th>
                <td className="figure">
                  {group.yen !== null && <strong>{yenText(group.yen)}</strong>}
                </td>
                <td />
              </tr>
              {group.lines.map((line) => (
                <Line key={`${line.step}${line.name}${line.formula}`} line={line} />
              ))}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                年額
              </th>
              <td className="figure">{yenText(why.annualYen)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </TableBox>
      {why.previous !== null && (
        <section className="why-part">
          <h3>去年と</h3>
          <p>
            {fiscalYearText(why.previous.fiscalYear)} {yenText(why.previous.yen)} から{' '}
            <strong>{changeText(why.annualYen - why.previous.yen)}</strong>
            {why.previous.parts.length > 0 && ' = '}
            {why.previous.parts.map((part) => `${part.name} ${changeText(part.yen)}`).join('、')}
          </p>
        </section>
      )}
      <section className="why-part">
        <h3>事実</h3>
        <ul className="ruled">
          {why.facts.map((fact) => (
            <li key={`${fact.name}${fact.text}`}>
              <span className="fact-name">{fact.name}</span>
              <span>{fact.text}</span>
              <span className="quiet small nowrap">
                {fact.received !== null && `${dayText(fact.received.on)} ${fact.received.from}から`}
              </span>
            </li>
          ))}
          <li>
            <span className="fact-name">決定</span>
            <span>
              {dayText(why.decidedOn)} {why.reason} 第{why.revision}回
            </span>
            <span />
          </li>
        </ul>
      </section>
      <section className="why-part">
        <h3>版</h3>
        <p>
          法令表 {why.edition.law}
          {why.edition.from !== null && `(${dayText(why.edition.from)}から)`}
        </p>
      </section>
      <p>
        <Link to={{ screen: 'person', person: person.person, tab: 'premium' }}>
          ほかの年度の決定を見る
        </Link>
      </p>
    </div>
  )
}

function Line({ line }: { line: WorkingLine }) {
  return (
    <tr>
      <th scope="row">{line.name}</th>
      <td>{inEras(line.formula)}</td>
      <td className="figure">{line.yen === null ? line.value : `${countText(line.yen)}円`}</td>
      <td className="law">{inEras(line.law)}</td>
    </tr>
  )
}

/** Citations and formulas carry days as machines write them; a screen says them in eras. */
function inEras(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}/g, dayText)
}
