import type { Person } from '@koiki/union'
import { useCitizenView } from '../app/CitizenView.tsx'
import { Link } from '../app/router.tsx'
import { words } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { Button } from '../ui/parts.tsx'
import {
  changeText,
  dayText,
  fiscalYearText,
  monthDayText,
  reductionText,
  yearText,
  yenText,
} from '../ui/text.ts'
import { standingText } from './Identity.tsx'
import { sayTo } from './say.ts'

/** いま — what is true as of today, each with its why, and what can be said aloud. */
export function Now({ person }: { person: Person }) {
  const show = useCitizenView()
  const mayReceive = useMay('filing.receive')
  const decisions = person.decisions.filter((one) => one.current)
  const premium = [...decisions].sort((a, b) => b.fiscalYear - a.fiscalYear)[0]
  const before = decisions.find((one) => one.fiscalYear === (premium?.fiscalYear ?? 0) - 1)
  const income = [...person.incomes].sort((a, b) => b.fiscalYear - a.fiscalYear)[0]
  const head = person.household.members.find((member) => member.head)
  return (
    <aside className="now" data-region="横の欄" tabIndex={-1} aria-labelledby="now">
      <h2 id="now">
        いま <span className="quiet small">{dayText(person.asOf)}時点</span>
      </h2>
      <dl className="now-facts">
        <dt>資格</dt>
        <dd>{standingText(person.standing)}</dd>
        <dt>保険料</dt>
        <dd>
          {premium === undefined ? (
            <span className="quiet">まだ決まっていません</span>
          ) : (
            <>
              <span className="quiet small">{fiscalYearText(premium.fiscalYear)}</span>{' '}
              <strong className="yen">{yenText(premium.annualYen)}</strong>{' '}
              <Why person={person.person} decision={premium.decision} yen={premium.annualYen} />
              {before !== undefined && (
                <div className="quiet small">
                  前年より{changeText(premium.annualYen - before.annualYen)}
                </div>
              )}
            </>
          )}
        </dd>
        {premium !== undefined && (
          <>
            <dt>軽減</dt>
            <dd>
              {reductionText(premium.reductionTenths)}{' '}
              <span className="quiet small">{premium.months}か月分</span>
            </dd>
          </>
        )}
        <dt>世帯</dt>
        <dd>
          {person.household.members.length === 0
            ? '記録がありません'
            : `${person.household.members.length}人`}
          {head !== undefined && (
            <span className="quiet small"> 世帯主は{head.self ? '本人' : head.name}</span>
          )}
        </dd>
        <dt>所得</dt>
        <dd>
          {income === undefined ? (
            <span className="quiet">まだ届いていません</span>
          ) : (
            <>
              {yearText(income.incomeYear)}分{' '}
              {income.declared === 'declared'
                ? ''
                : income.declared === 'undeclared'
                  ? '申告なし'
                  : '調査中'}
              {income.received !== null && (
                <span className="quiet small">
                  {monthDayText(income.received.on)} {income.received.from}から
                </span>
              )}
            </>
          )}
        </dd>
        <dt>届いた記録</dt>
        <dd className="quiet">
          {person.received === null
            ? 'まだありません'
            : `${dayText(person.received.on)} ${person.received.from}から`}
        </dd>
      </dl>
      {mayReceive && (
        <div className="bar">
          <Link className="button" to={{ screen: 'newFiling', person: person.person }}>
            届書を受け付ける
          </Link>
        </div>
      )}
      <section aria-labelledby="say" className="say">
        <h3 id="say">この人に言うこと</h3>
        {person.care === null ? (
          <>
            {sayTo(person).map((sentence) => (
              <p key={sentence}>「{sentence}」</p>
            ))}
            <div>
              <Button
                look="small"
                run={() => show({ lines: [`${person.name} 様`, ...sayTo(person)] })}
              >
                大きな字で見せる
              </Button>
            </div>
          </>
        ) : (
          <p>
            取扱注意の人です。本人と確かめるまでは、何をたずねられても「{words.none}」と言います。
          </p>
        )}
      </section>
    </aside>
  )
}

export function Why({ person, decision, yen }: { person: string; decision: string; yen: number }) {
  return (
    <Link
      className="button small"
      to={{ screen: 'why', person, decision }}
      data-why={decision}
      aria-label={`保険料 ${yenText(yen)}、なぜこの額か`}
    >
      なぜ
    </Link>
  )
}
