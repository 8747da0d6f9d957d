import type { Person } from '@koiki/union'
import { Link } from '../app/router.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip, Name } from '../ui/parts.tsx'
import { Empty } from '../ui/states.tsx'
import {
  countText,
  dayText,
  fiscalYearText,
  momentText,
  reductionText,
  yearText,
} from '../ui/text.ts'
import { NoticeButton } from './NoticeButton.tsx'
import { Why } from './Now.tsx'

/** 世帯 — who lives together today, as the municipality's record has it. */
export function HouseholdTab({ person }: { person: Person }) {
  const { members } = person.household
  if (members.length === 0) return <Empty>世帯の記録はまだ届いていません。</Empty>
  return (
    <div className="stack">
      <p className="quiet small">
        {dayText(person.asOf)}の世帯 {members.length}人
        {person.received !== null &&
          `(${dayText(person.received.on)}に${person.received.from}から届いた記録による)`}
      </p>
      <DataTable
        caption="世帯の人"
        rows={members}
        rowKey={(member) => `${member.name}${member.birth}${member.relation}`}
        head={{
          name: '氏名',
          cell: (member, tabIndex) =>
            member.person === null || member.self ? (
              <Name name={member.name} />
            ) : (
              <Link
                to={{ screen: 'person', person: member.person, tab: 'timeline' }}
                data-row
                tabIndex={tabIndex}
              >
                <Name name={member.name} />
              </Link>
            ),
        }}
        columns={[
          { name: 'カナ', cell: (member) => member.kana ?? '' },
          { name: '生年月日', cell: (member) => dayText(member.birth) },
          { name: '年齢', unit: '歳', figure: true, cell: (member) => member.age ?? '不明' },
          { name: '性別', cell: (member) => member.sex },
          { name: '続柄', cell: (member) => (member.head ? '世帯主' : member.relation) },
          {
            name: '資格',
            cell: (member) =>
              `${member.insured ? '被保険者' : '被保険者でない'}${member.self ? '(本人)' : ''}`,
          },
        ]}
      />
    </div>
  )
}

/** 保険料 — every decision of every year, none removed. */
export function PremiumTab({ person }: { person: Person }) {
  const decisions = [...person.decisions].sort(
    (a, b) => b.fiscalYear - a.fiscalYear || b.revision - a.revision,
  )
  return (
    <div className="stack wide">
      {decisions.length === 0 ? (
        <Empty>保険料の決定はまだありません。</Empty>
      ) : (
        <DataTable
          caption="保険料の決定"
          captionSeen
          rows={decisions}
          rowKey={(one) => one.decision}
          head={{
            name: '年度',
            cell: (one, tabIndex) => (
              <Link
                to={{ screen: 'why', person: person.person, decision: one.decision }}
                data-row
                data-why={one.decision}
                tabIndex={tabIndex}
              >
                {fiscalYearText(one.fiscalYear)}
              </Link>
            ),
          }}
          columns={[
            { name: '決定', cell: (one) => `${dayText(one.decidedOn)} ${one.reason}` },
            { name: '軽減', cell: (one) => reductionText(one.reductionTenths) },
            { name: '月数', figure: true, cell: (one) => one.months },
            { name: '医療分', unit: '円', figure: true, cell: (one) => countText(one.medicalYen) },
            {
              name: '子ども分',
              unit: '円',
              figure: true,
              cell: (one) => (one.childSupportYen === null ? '' : countText(one.childSupportYen)),
            },
            {
              name: '年額',
              unit: '円',
              figure: true,
              cell: (one) => (
                <>
                  {one.current ? (
                    <strong>{countText(one.annualYen)}</strong>
                  ) : (
                    <>
                      <s>{countText(one.annualYen)}</s> <Chip look="watch">改めた</Chip>
                    </>
                  )}{' '}
                  <Why person={person.person} decision={one.decision} yen={one.annualYen} />
                </>
              ),
            },
          ]}
        />
      )}
      <Incomes person={person} />
    </div>
  )
}

function Incomes({ person }: { person: Person }) {
  if (person.incomes.length === 0) return <Empty>所得・課税情報はまだ届いていません。</Empty>
  const rows = person.incomes.flatMap((income) => income.items.map((item) => ({ ...item, income })))
  return (
    <DataTable
      caption="届いている所得"
      captionSeen
      rows={rows}
      rowKey={(row) => `${row.income.fiscalYear}${row.name}`}
      head={{ name: '項目', cell: (row) => row.name }}
      columns={[
        { name: '所得の年', cell: (row) => `${yearText(row.income.incomeYear)}分` },
        { name: '額', unit: '円', figure: true, cell: (row) => countText(row.yen) },
        {
          name: '届いた日',
          cell: (row) =>
            row.income.received === null
              ? ''
              : `${dayText(row.income.received.on)} ${row.income.received.from}`,
        },
      ]}
    />
  )
}

/** 通知 — what was made for this person; a stopped sheet says why. */
export function NoticesTab({ person }: { person: Person }) {
  if (person.notices.length === 0) return <Empty>通知書はまだ作っていません。</Empty>
  return (
    <DataTable
      caption="通知書"
      rows={person.notices}
      rowKey={(notice) => notice.notice}
      head={{ name: '通知', cell: (notice) => notice.name }}
      columns={[
        { name: '番号', cell: (notice) => notice.number ?? '' },
        { name: '決まった日', cell: (notice) => dayText(notice.madeOn) },
        { name: '枚数', figure: true, cell: (notice) => notice.pages ?? '' },
        {
          name: 'ようす',
          cell: (notice) =>
            notice.state === 'stopped' ? (
              <>
                <Chip look="bad">止めた</Chip> {notice.reason}
              </>
            ) : notice.state === 'delivered' ? (
              '市区町村が交付した'
            ) : (
              '内容は決定(市区町村の交付は未確認)'
            ),
        },
        {
          name: 'ひらく',
          cell: (notice) =>
            notice.state === 'stopped' ? (
              ''
            ) : (
              <NoticeButton person={person.person} notice={notice} />
            ),
        },
      ]}
    />
  )
}

/** 見た人 — who looked at this person, when, and for what. */
export function LooksTab({ person }: { person: Person }) {
  const looks = [...person.looks].sort((a, b) => (a.at < b.at ? 1 : -1))
  if (looks.length === 0) return <Empty>閲覧の記録はまだありません。</Empty>
  return (
    <div className="stack">
      <p className="quiet small">
        閲覧の記録は足すだけで、だれにも消せません。あなたの閲覧も残ります。
      </p>
      <DataTable
        caption="閲覧の記録"
        rows={looks}
        rowKey={(look) => `${look.at}${look.name}${look.act}`}
        head={{ name: 'いつ', cell: (look) => momentText(look.at) }}
        columns={[
          { name: 'どこ', cell: (look) => look.place },
          { name: 'だれ', cell: (look) => `${look.name}${look.mine ? '(あなた)' : ''}` },
          { name: '用件', cell: (look) => look.purpose },
          { name: 'したこと', cell: (look) => look.act },
        ]}
      />
    </div>
  )
}
