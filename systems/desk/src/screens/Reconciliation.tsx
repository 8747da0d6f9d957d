import type { ReconciliationDifferences } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** 全件照合 — the records that differ, by 宛名番号 and the names of the items; values stay where they are. */
export function Reconciliation({ reconciliation }: { reconciliation: string }) {
  const answer = useAnswer<ReconciliationDifferences>(
    useRealm(),
    `reconciliations/${reconciliation}/differences`,
  )
  const about = answer.state === 'ready' ? answer.value.about : null
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page
      title="全件照合"
      beside={
        about === null
          ? undefined
          : `${about.municipality.name} ${about.layout} ${dayText(about.day)}`
      }
    >
      <p>
        <Link to={{ screen: 'partners' }}>連携先へ</Link>
      </p>
      <Shown answer={answer} name="照合の結果を読み込んでいます。">
        {({ differences }) => <Differing differences={differences} about={about} />}
      </Shown>
    </Page>
  )
}

type Told = ReconciliationDifferences
const isOnItsWay = ({ kind }: Told['differences'][number]) =>
  kind === 'pending' || kind === 'inTransit'

function Differing({ differences, about }: Told) {
  if (differences.length === 0) return <Empty>両方の記録は、1件も残らず同じでした。</Empty>
  const coming = differences.filter(isOnItsWay).length
  const open = differences.length - coming
  return (
    <div className="stack wide">
      {about === null && (
        <p className="bad">
          これより新しい照合があります。連携先の画面から、新しい方を見てください。
        </p>
      )}
      <p>
        {open > 0 && <strong className="bad">確かめるもの {countText(open)}件</strong>}
        {open > 0 && coming > 0 && '、'}
        {coming > 0 && `これから届くファイルで合うもの ${countText(coming)}件`}
      </p>
      {open > 0 && (
        <p>
          宛名番号で、広域連合と市区町村のどちらの記録が正しいかを確かめてください。直したあとの次の照合で消えます。どちらの値も、ここには出しません。
        </p>
      )}
      <DataTable
        caption="ちがった記録"
        rows={[...differences].sort((a, b) => Number(isOnItsWay(a)) - Number(isOnItsWay(b)))}
        rowKey={(one) => `${one.addresseeNumber}${one.recordKey}`}
        head={{
          name: '宛名番号',
          sort: (one) => one.addresseeNumber,
          cell: (one, tabIndex) => (
            <span data-row tabIndex={tabIndex} className="number">
              {one.addresseeNumber}
            </span>
          ),
        }}
        columns={[
          {
            name: 'ようす',
            cell: (one) =>
              isOnItsWay(one) ? one.kindName : <Chip look="bad">{one.kindName}</Chip>,
            sort: (one) => one.kind,
          },
          {
            name: 'ちがう項目',
            cell: (one) => (one.columns.length === 0 ? '記録の全部' : one.columns.join('、')),
          },
        ]}
        sum={[`計 ${countText(differences.length)}件`, '', '']}
      />
    </div>
  )
}
