import type { ReconciliationDifferences } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** 全件照合 — the records that differ, by 宛名番号 and the names of the items; values stay where they are. */
export function Reconciliation({ reconciliation }: { reconciliation: string }) {
  const answer = useAnswer<ReconciliationDifferences>(
    useRealm(),
    `reconciliations/${reconciliation}/differences`,
  )
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="全件照合">
      <p>
        <Link to={{ screen: 'partners' }}>連携先へ</Link>
      </p>
      <Shown answer={answer} name="照合の結果を読み込んでいます。">
        {({ differences }) =>
          differences.length === 0 ? (
            <Empty>両方の記録は、1件も残らず同じでした。</Empty>
          ) : (
            <DataTable
              caption="ちがった記録"
              rows={differences}
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
                    one.kind === 'pending' || one.kind === 'inTransit' ? (
                      one.kindName
                    ) : (
                      <Chip look="bad">{one.kindName}</Chip>
                    ),
                  sort: (one) => one.kind,
                },
                { name: 'ちがう項目', cell: (one) => one.columns.join('、') },
              ]}
              sum={[`計 ${countText(differences.length)}件`, '', '']}
            />
          )
        }
      </Shown>
    </Page>
  )
}
