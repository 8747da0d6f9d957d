import type {
  CardChanges,
  SpecialTreatmentProposals,
  UnconfirmedCertificates,
  WaitingCertificates,
} from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip, Name } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, momentText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** だれ — the person of a row, at whose documents the work is done. */
const toDocuments = {
  name: 'だれ',
  cell: (
    { person, name }: { person: string; name: Parameters<typeof Name>[0]['name'] },
    tabIndex: 0 | -1,
  ) => (
    <Link to={{ screen: 'person', person, tab: 'certificates' }} data-row tabIndex={tabIndex}>
      <Name name={name} />
    </Link>
  ),
}

/** 文書 — sheets that nobody has seen yet, people for whom none can be made yet and why, and the bundles. */
export function Certificates() {
  const realm = useRealm()
  const mayRead = useMay('certificate.issue')
  const unconfirmed = useAnswer<UnconfirmedCertificates>(
    realm,
    mayRead ? 'certificates/unconfirmed' : null,
  )
  const waiting = useAnswer<WaitingCertificates>(realm, mayRead ? 'certificates/waiting' : null)
  const changes = useAnswer<CardChanges>(realm, mayRead ? 'certificates/card-changes' : null)
  const mayAnswer = useMay('certificate.specialAnswer')
  useKeys([
    {
      key: 'F5',
      word: '最新にする',
      run: () => {
        unconfirmed.again()
        waiting.again()
        changes.again()
      },
    },
  ])
  if (!mayRead && mayAnswer)
    return (
      <Page title="文書">
        <Proposals />
      </Page>
    )
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
        <h2 id="unconfirmed">まだ確かめていない紙</h2>
        <Shown answer={unconfirmed} name="まだ確かめていない紙を読み込んでいます。">
          {(found) =>
            found.rows.length === 0 ? (
              <Empty>
                窓口で印刷を指示して、確かめていない紙はありません。({timeWords(found.checkedAt)}
                に確かめました)
              </Empty>
            ) : (
              <DataTable
                caption="まだ確かめていない紙"
                rows={found.rows}
                rowKey={(row) => row.certificate}
                head={toDocuments}
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
      {mayAnswer && <Proposals />}
      <section aria-labelledby="changes">
        <h2 id="changes">マイナ保険証が使えなくなった人</h2>
        <Shown answer={changes} name="マイナ保険証が使えなくなった人を読み込んでいます。">
          {(found) => <Changes found={found} />}
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
                  head={toDocuments}
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

/** 職権で交付する人 — no application is waited for: whoever has no card that works gets a paper that does. */
function Changes({ found }: { found: CardChanges }) {
  const as =
    found.listAsOf === null
      ? '中間サーバーの一覧は、まだ届いていません。'
      : `最後の一覧は${found.listAsOf}です。`
  if (found.rows.length === 0)
    return (
      <Empty>
        申請によらず資格確認書を出す人はいません。{as}({timeWords(found.checkedAt)}に確かめました)
      </Empty>
    )
  return (
    <div className="stack">
      <p>
        {countText(found.rows.length)}人{found.more && 'より多く'}に、申請によらず文書を出します。
        {as}
        本人の頁で1通ずつ発行するか、「資格確認書等の発行(きょうの分)」でまとめて発行します。
      </p>
      <DataTable
        caption="マイナ保険証が使えなくなった人"
        rows={found.rows}
        rowKey={(row) => row.person}
        head={toDocuments}
        columns={[
          { name: '市区町村', cell: (row) => row.municipality },
          { name: 'わけ', cell: (row) => row.stateName },
          {
            name: 'いつから',
            cell: (row) => (row.since === null ? '' : dayText(row.since)),
            sort: (row) => row.since ?? '',
          },
          { name: '出す文書', cell: (row) => row.documentName },
          { name: '出どころ', cell: (row) => row.source },
        ]}
      />
    </div>
  )
}

/** 2人目を待つ案 — of 特別療養費; nothing has changed for the person yet. */
function Proposals() {
  const answer = useAnswer<SpecialTreatmentProposals>(
    useRealm(),
    'certificates/special-treatment-proposals',
  )
  return (
    <section aria-labelledby="proposals">
      <h2 id="proposals">特別療養費の案 2人目の確かめ</h2>
      <Shown answer={answer} name="特別療養費の案を読み込んでいます。">
        {(found) =>
          found.rows.length === 0 ? (
            <Empty>確かめを待つ案はありません。({timeWords(found.checkedAt)}に確かめました)</Empty>
          ) : (
            <DataTable
              caption="特別療養費の案"
              rows={found.rows}
              rowKey={(row) => row.person}
              head={toDocuments}
              columns={[
                { name: '市区町村', cell: (row) => row.municipality },
                { name: '案', cell: (row) => row.actName },
                {
                  name: '効く日',
                  cell: (row) => dayText(row.effectiveOn),
                  sort: (row) => row.effectiveOn,
                },
                { name: '入れた人', cell: (row) => row.by },
                { name: '入れた時刻', cell: (row) => momentText(row.at), sort: (row) => row.at },
              ]}
            />
          )
        }
      </Shown>
    </section>
  )
}
