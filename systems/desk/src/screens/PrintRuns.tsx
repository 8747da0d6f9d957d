import type { PrintRuns as Listed } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Chip } from '../ui/parts.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 一括の印刷 — bundles of sheets, and how many of each nobody has accounted for. */
export function PrintRuns() {
  const realm = useRealm()
  const mayRead = useMay('certificate.issue')
  const answer = useAnswer<Listed>(realm, mayRead ? 'print-runs' : null)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  if (!mayRead) return <NotYours title="一括の印刷" who="資格担当と窓口担当" what="文書の発行" />
  return (
    <Page title="一括の印刷">
      <nav className="tabs" aria-label="文書の頁">
        <Link to={{ screen: 'certificates' }}>きょうの文書</Link>
        <Link to={{ screen: 'printRuns' }} aria-current="page">
          一括の印刷
        </Link>
      </nav>
      <Shown answer={answer} name="一括の印刷を読み込んでいます。">
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty>
              一括の印刷は、まだありません。広域連合が年次更新などを実行すると、ここに出ます。
            </Empty>
          ) : (
            <DataTable
              caption="印刷の束"
              rows={runs}
              rowKey={(run) => run.run}
              head={{
                name: '束',
                cell: (run, tabIndex) => (
                  <Link to={{ screen: 'printRun', run: run.run }} data-row tabIndex={tabIndex}>
                    {run.title}
                  </Link>
                ),
              }}
              columns={[
                { name: '市区町村', cell: (run) => run.municipality },
                { name: '作った日', cell: (run) => dayText(run.madeOn), sort: (run) => run.madeOn },
                { name: '紙', unit: '枚', figure: true, cell: (run) => countText(run.sheets) },
                {
                  name: '確かめた',
                  unit: '枚',
                  figure: true,
                  cell: (run) => countText(run.printed),
                },
                {
                  name: '残り',
                  unit: '枚',
                  figure: true,
                  cell: (run) =>
                    run.left === 0 ? '0' : <strong className="bad">{countText(run.left)}</strong>,
                },
                {
                  name: 'ようす',
                  cell: (run) =>
                    run.state === 'closed' ? '閉じた' : <Chip look="watch">照合する</Chip>,
                },
              ]}
            />
          )
        }
      </Shown>
    </Page>
  )
}
