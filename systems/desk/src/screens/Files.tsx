import type { Direction, Transmission, TransmissionList } from '@koiki/union'
import { useState } from 'react'
import { foldKana } from '../app/fold.ts'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay, useSession } from '../app/session.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { SearchWithin } from '../ui/SearchWithin.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, momentText, timeWords, transmissionNumberText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** 送信のようす — in words; what is settled is plain, what is not stands in a chip. */
export function TransmissionState({ one }: { one: Transmission }) {
  switch (one.state) {
    case 'arrived':
      return <Chip look="live">届いた・順番待ち</Chip>
    case 'waiting':
      return <Chip look="watch">前の番号を待っている</Chip>
    case 'checking':
      return <Chip look="live">検査しています</Chip>
    case 'held':
      return <Chip look="watch">確認待ち</Chip>
    case 'applied':
      return <>取り込んだ</>
    case 'refused':
      return <Chip look="bad">差し戻した</Chip>
    case 'ready':
      return <Chip look="watch">まだ受け取られていない</Chip>
    case 'fetched':
      return <Chip look="live">媒体に移した・返事待ち</Chip>
    case 'received':
      return <>済(受領書あり)</>
  }
}

export const directionWords: Record<Direction, string> = {
  in: '広域連合へ届いたもの',
  out: '市区町村へ配信するもの',
}

/** ファイル — in and out; a gap in the numbers is the biggest news on the page. */
export function Files({ direction }: { direction: Direction }) {
  const [page, setPage] = useState<{ direction: Direction; older: string } | null>(null)
  const older = page?.direction === direction ? page.older : null
  const answer = useAnswer<TransmissionList>(
    useRealm(),
    `transmissions?direction=${direction}${older === null ? '' : `&older=${older}`}`,
  )
  const [words, setWords] = useState('')
  const maySend = useMay('file.send')
  const mayCarryIn = useMay('file.carryIn')
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="ファイル">
      <div className="bar">
        <nav className="tabs" aria-label="ファイルの向き">
          {(['in', 'out'] as const).map((one) => (
            <Link
              key={one}
              to={{ screen: 'files', direction: one }}
              aria-current={one === direction ? 'page' : undefined}
            >
              {directionWords[one]}
            </Link>
          ))}
        </nav>
        <Link className="button" to={{ screen: 'formDeliveries' }}>
          配信の帳票
        </Link>
        <SearchWithin words={words} say={setWords} />
        {(maySend || mayCarryIn) && direction === 'in' && (
          <Link className="button main" to={{ screen: 'send' }}>
            {maySend ? '媒体から送る' : '中間サーバーの一覧を持ち込む'}
          </Link>
        )}
      </div>
      <Shown answer={answer} name="ファイルの一覧を読み込んでいます。">
        {(list) => (
          <>
            <Listed list={list} direction={direction} words={words} clear={() => setWords('')} />
            {(older !== null || list.older !== null) && (
              <div className="bar">
                <p>
                  全部で{countText(list.total)}通のうち、{countText(list.transmissions.length)}
                  通をここに出しています。さがすのも、この中だけです。
                </p>
                {older !== null && <Button run={() => setPage(null)}>新しいものへ戻る</Button>}
                {list.older !== null && (
                  <Button run={() => setPage({ direction, older: list.older as string })}>
                    これより前のものを見る
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </Shown>
    </Page>
  )
}

function Listed({
  list,
  direction,
  words,
  clear,
}: {
  list: TransmissionList
  direction: Direction
  words: string
  clear: () => void
}) {
  const session = useSession()
  const wanted = foldKana(words)
  const shown = list.transmissions.filter((one) =>
    foldKana(
      `${one.municipality.name} ${one.layout} ${transmissionNumberText(one.number)}`,
    ).includes(wanted),
  )
  const sum = shown.reduce((all, one) => all + one.records, 0)
  const place = session.municipality?.name
  return (
    <>
      {list.missing.map((gap) => (
        <div
          key={`${gap.municipality.code}${gap.layout}${gap.number}`}
          className="banner bad"
          role="alert"
        >
          <span className="word">届いていない</span>
          <p>
            {gap.municipality.name} {gap.layout} {transmissionNumberText(gap.number)}
            が届いていません。あとの番号は、届くまで取り込みません。
            {session.realm === 'counter'
              ? 'この番号のファイルを媒体から送ってください。'
              : `${gap.municipality.name}に送るよう頼んでください。`}
          </p>
        </div>
      ))}
      {list.transmissions.length === 0 ? (
        <Empty>
          <p>まだ1件も{direction === 'in' ? '届いて' : '配信して'}いません。</p>
          <p>
            {direction === 'in'
              ? `${place ?? '市区町村'}の窓口端末から、媒体のファイルを送ると、ここに出ます。`
              : '資格や保険料が決まって配信すると、ここに出ます。'}
            ({timeWords(list.checkedAt)}に確かめました)
          </p>
        </Empty>
      ) : shown.length === 0 ? (
        <Empty>
          この条件に合うものはありません。条件:さがすことばあり。
          <Button look="plain" run={clear}>
            条件を外す
          </Button>
        </Empty>
      ) : (
        <DataTable
          caption={directionWords[direction]}
          rows={shown}
          rowKey={(one) => one.transmission}
          head={{
            name: '番号',
            sort: (one) => one.number,
            cell: (one, tabIndex) => (
              <Link
                to={{ screen: 'file', direction, transmission: one.transmission }}
                data-row
                tabIndex={tabIndex}
              >
                {transmissionNumberText(one.number)}
              </Link>
            ),
          }}
          columns={[
            {
              name: '市区町村',
              cell: (one) => one.municipality.name,
              sort: (one) => one.municipality.code,
            },
            { name: '情報', cell: (one) => one.layout, sort: (one) => one.layout },
            { name: '日時', cell: (one) => momentText(one.at), sort: (one) => one.at },
            {
              name: '件数',
              figure: true,
              cell: (one) => countText(one.records),
              sort: (one) => one.records,
            },
            { name: 'ようす', cell: (one) => <TransmissionState one={one} /> },
            {
              name: '誤り',
              unit: '行',
              figure: true,
              cell: (one) =>
                one.findings === 0 ? (
                  '0'
                ) : (
                  <strong className="bad">{countText(one.findings)}</strong>
                ),
              sort: (one) => one.findings,
            },
          ]}
          sum={[`計 ${countText(shown.length)}通`, '', '', '', countText(sum), '', '']}
        />
      )}
    </>
  )
}
