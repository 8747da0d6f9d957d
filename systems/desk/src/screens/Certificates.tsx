import type { UnconfirmedCertificates, WaitingCertificates } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip, Name } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, momentText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 文書 — sheets that nobody has seen yet, people for whom none can be made yet and why, and the bundles. */
export function Certificates() {
  const realm = useRealm()
  const mayRead = useMay('certificate.issue')
  const unconfirmed = useAnswer<UnconfirmedCertificates>(
    realm,
    mayRead ? 'certificates/unconfirmed' : null,
  )
  const waiting = useAnswer<WaitingCertificates>(realm, mayRead ? 'certificates/waiting' : null)
  useKeys([
    {
      key: 'F5',
      word: '最新にする',
      run: () => {
        unconfirmed.again()
        waiting.again()
      },
    },
  ])
  if (!mayRead) return <NotYours title="文書" who="資格担当と窓口担当" what="文書の発行" />
  return (
    <Page title="文書">
      <nav className="tabs" aria-label="文書の頁">
        <Link to={{ screen: 'certificates' }} aria-current="page">
          きょうの文書
        </Link>
        <Link to={{ screen: 'printRuns' }}>一括の印刷</Link>
      </nav>
      <section aria-labelledby="unconfirmed">
        <h2 id="unconfirmed">まだ済んでいない紙</h2>
        <Shown answer={unconfirmed} name="まだ済んでいない紙を読み込んでいます。">
          {(found) =>
            found.rows.length === 0 ? (
              <Empty>
                確かめていない紙、渡していない紙はありません。({timeWords(found.checkedAt)}
                に確かめました)
              </Empty>
            ) : (
              <DataTable
                caption="まだ済んでいない紙"
                rows={found.rows}
                rowKey={(row) => row.certificate}
                head={{
                  name: 'だれ',
                  cell: (row, tabIndex) => (
                    <Link
                      to={{ screen: 'person', person: row.person, tab: 'certificates' }}
                      data-row
                      tabIndex={tabIndex}
                    >
                      <Name name={row.name} />
                    </Link>
                  ),
                }}
                columns={[
                  { name: '文書', cell: (row) => row.documentName },
                  { name: 'ようす', cell: (row) => <Chip look="watch">{row.stateName}</Chip> },
                  {
                    name: '指示した時刻',
                    cell: (row) => momentText(row.issuedAt),
                    sort: (row) => row.issuedAt,
                  },
                  { name: '指示した人', cell: (row) => row.issuedBy },
                ]}
              />
            )
          }
        </Shown>
      </section>
      <section aria-labelledby="waiting">
        <h2 id="waiting">作れずに待っている人</h2>
        <Shown answer={waiting} name="待っている人を読み込んでいます。">
          {(found) =>
            found.total === 0 ? (
              <Empty>
                足りないもののために文書を作れない人はいません。({timeWords(found.checkedAt)}
                に確かめました)
              </Empty>
            ) : (
              <div className="stack">
                <ul className="ruled reasons-sum">
                  {found.reasons.map((one) => (
                    <li key={one.code}>
                      <strong className="figure">{countText(one.persons)}人</strong>
                      <span>{one.sentence}</span>
                    </li>
                  ))}
                </ul>
                <DataTable
                  caption="待っている人"
                  rows={found.rows}
                  rowKey={(row) => row.person}
                  head={{
                    name: 'だれ',
                    cell: (row, tabIndex) => (
                      <Link
                        to={{ screen: 'person', person: row.person, tab: 'certificates' }}
                        data-row
                        tabIndex={tabIndex}
                      >
                        <Name name={row.name} />
                      </Link>
                    ),
                  }}
                  columns={[
                    { name: '市区町村', cell: (row) => row.municipality },
                    {
                      name: 'いつから',
                      cell: (row) => dayText(row.since),
                      sort: (row) => row.since,
                    },
                    { name: 'わけ', cell: (row) => row.sentences.join(' ') },
                  ]}
                />
                {found.total > found.rows.length && (
                  <p className="quiet small">
                    {countText(found.total)}人のうち、はじめの{found.rows.length}人を出しています。
                  </p>
                )}
              </div>
            )
          }
        </Shown>
      </section>
    </Page>
  )
}
