import type { LedgerYear, PersonLedger } from '@koiki/union'
import { Fragment, useState } from 'react'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { Why } from '../person/Now.tsx'
import { DataTable, TableBox } from '../ui/DataTable.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, fiscalYearText, reductionText, timeText, yenText } from '../ui/text.ts'

/** 増減 — under a head that says 円. */
const plusText = (yen: number): string => (yen > 0 ? `+${countText(yen)}` : countText(yen))

/** 保険料台帳 — one fiscal year at a time: each decision, what it moved and why, what is owed after it. */
export function LedgerTab({ person }: { person: string }) {
  const [purpose] = usePurpose()
  const answer = useAnswer<PersonLedger>(useRealm(), `people/${person}/ledger`, purpose)
  return (
    <Shown answer={answer} name="保険料台帳を読み込んでいます。">
      {(ledger) => <Told ledger={ledger} />}
    </Shown>
  )
}

function Told({ ledger }: { ledger: PersonLedger }) {
  const [chosen, choose] = useState<number | null>(null)
  const year = ledger.years.find(({ fiscalYear }) => fiscalYear === chosen) ?? ledger.years[0]
  if (year === undefined)
    return (
      <Empty>
        <p>保険料の決定はまだありません。</p>
        <p>
          賦課が済むと、年度ごとの台帳がここに出ます。({timeText(ledger.checkedAt)}に確かめました)
        </p>
      </Empty>
    )
  return (
    <div className="stack wide">
      <div className="bar">
        <fieldset className="bar">
          <legend className="unseen">年度</legend>
          {ledger.years.map((one) => (
            <button
              key={one.fiscalYear}
              type="button"
              className="button small"
              aria-pressed={one === year}
              onClick={() => choose(one.fiscalYear)}
            >
              {fiscalYearText(one.fiscalYear)} {countText(one.assessedYen)}円
            </button>
          ))}
        </fieldset>
        <Link className="button" to={{ screen: 'person', person: ledger.person, tab: 'forms' }}>
          台帳の写しを印刷する
        </Link>
      </div>
      <Year person={ledger.person} year={year} />
      <section aria-labelledby="collection" className="stack">
        <h2 id="collection">収納</h2>
        <Empty>{ledger.collection.sentence}</Empty>
      </section>
      <p className="quiet small">
        台帳は見るだけです。直すときは、もとの所得や世帯を直すと、新しい決定が足されます。
        {timeText(ledger.checkedAt)}に確かめました。
      </p>
    </div>
  )
}

function Year({ person, year }: { person: string; year: LedgerYear }) {
  const now = year.rows.at(-1)
  return (
    <>
      <h2>
        {fiscalYearText(year.fiscalYear)} 調定額{' '}
        <strong className="yen">{yenText(year.assessedYen)}</strong>{' '}
        {now !== undefined && (
          <Why person={person} decision={now.decision} yen={year.assessedYen} />
        )}
      </h2>
      {year.hiddenBefore > 0 && (
        <div className="banner watch">
          <span className="word">見えない決定</span>
          <p>
            この前に、別の市区町村で決まった決定が{year.hiddenBefore}
            件あります。広域連合の賦課担当に確かめてください。
          </p>
        </div>
      )}
      <DataTable
        caption={`${fiscalYearText(year.fiscalYear)}の調定`}
        captionSeen
        rows={year.rows}
        rowKey={(row) => row.decision}
        head={{
          name: '決定の日',
          cell: (row, tabIndex) => (
            <Link
              to={{ screen: 'why', person, decision: row.decision }}
              data-row
              data-why={row.decision}
              tabIndex={tabIndex}
              className="nowrap"
            >
              {dayText(row.decidedOn)}
            </Link>
          ),
        }}
        columns={[
          {
            name: '事由',
            cell: (row) => (
              <>
                {row.kindName}
                <div className="quiet small">{row.causes.join('、')}</div>
                <div className="quiet small">法令表 {row.lawEdition}</div>
              </>
            ),
          },
          {
            name: '月割・軽減',
            cell: (row) => (
              <>
                {row.months}か月
                <div className="small">{reductionText(row.reductionTenths)}</div>
                {row.overCapYen > 0 && (
                  <div className="small">限度額で−{countText(row.overCapYen)}円</div>
                )}
              </>
            ),
          },
          { name: '医療分', unit: '円', figure: true, cell: (row) => countText(row.medicalYen) },
          {
            name: '子ども分',
            unit: '円',
            figure: true,
            cell: (row) => (row.childSupportYen === null ? '' : countText(row.childSupportYen)),
          },
          {
            name: '増減',
            unit: '円',
            figure: true,
            cell: (row) => (row.differenceYen === null ? '不明' : plusText(row.differenceYen)),
          },
          {
            name: '調定額',
            unit: '円',
            figure: true,
            cell: (row) => (
              <>
                <strong>{countText(row.assessedYen)}</strong>{' '}
                <Why person={person} decision={row.decision} yen={row.assessedYen} />
              </>
            ),
          },
        ]}
        sum={[
          `計 ${year.rows.length}件`,
          '',
          '',
          '',
          '',
          year.hiddenBefore > 0
            ? ''
            : plusText(year.rows.reduce((sum, row) => sum + (row.differenceYen ?? 0), 0)),
          countText(year.assessedYen),
        ]}
      />
      {year.levies.length > 0 && <Levies year={year} />}
      <section aria-labelledby="basis">
        <h3 id="basis">もとになった所得と世帯</h3>
        <dl className="facts">
          {year.basis.map(({ name, value }) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
    </>
  )
}

function Levies({ year }: { year: LedgerYear }) {
  const names = year.levies[0]?.items.map(({ name }) => name) ?? []
  return (
    <TableBox name="いまの決定の内訳">
      <table className="rows">
        <caption>いまの決定の内訳</caption>
        <thead>
          <tr>
            <th scope="col">事項</th>
            {year.levies.map(({ name }) => (
              <th key={name} scope="col" className="figure">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, index) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {year.levies.map((levy) => (
                <td key={levy.name} className="figure">
                  {levy.items[index]?.value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
