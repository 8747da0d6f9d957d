import type { FullReconciliation, PartnerNews, Partners as Told } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { foldKana } from '../app/fold.ts'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import {
  BringStopNotice,
  DecideStop,
  type StopAct,
  StopBanner,
} from '../files/DestinationStops.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { SearchWithin } from '../ui/SearchWithin.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, monthDayText, timeText, transmissionNumberText } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

/** 連携先のようす — silence is the news: who has not written, which number is missing, which medium never arrived. */
export function Partners() {
  const realm = useRealm()
  const mayRead = useMay('file.read')
  const answer = useAnswer<Told>(realm, mayRead ? 'partners' : null)
  const [words, setWords] = useState('')
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  if (!mayRead)
    return <NotYours title="連携先" who="資格担当・賦課担当・窓口担当" what="ファイル" />
  return (
    <Page title="連携先">
      <Shown answer={answer} name="連携先のようすを読み込んでいます。">
        {(told) => <Listed told={told} words={words} setWords={setWords} again={answer.again} />}
      </Shown>
    </Page>
  )
}

function Listed({
  told,
  words,
  setWords,
  again,
}: {
  told: Told
  words: string
  setWords: (words: string) => void
  again: () => void
}) {
  const mayDecide = useMay('file.admit')
  const mayBring = useMay('file.fetch')
  const [act, setAct] = useState<StopAct | null>(null)
  const [decided, setDecided] = useState('')
  const result = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (decided !== '') result.current?.focus()
  }, [decided])
  const begin = (next: StopAct) => {
    setDecided('')
    setAct(next)
  }
  const alarms = told.partners.filter((one) => one.action !== '')
  const calm = told.partners.length - alarms.length
  const keys = told.keys.filter(({ state }) => state !== 'sound')
  const wanted = foldKana(words)
  const shown = [...alarms, ...told.partners.filter((one) => one.action === '')].filter((one) =>
    foldKana(`${one.municipality.name} ${one.layout} ${one.state}`).includes(wanted),
  )
  return (
    <div className="stack wide">
      <div className="bar">
        <p role="status">
          {told.alarms === 0 ? (
            <strong>気がかりはありません。</strong>
          ) : (
            <strong className="bad">気がかり {countText(told.alarms)}件</strong>
          )}{' '}
          <span className="quiet">
            {dayText(told.on)} {timeText(told.checkedAt)} 現在
          </span>
        </p>
        {mayDecide && act === null && (
          <span className="end">
            <Button run={() => begin({ kind: 'stopped', code: '' })}>宛先を止める</Button>
          </span>
        )}
      </div>
      {decided !== '' && (
        <p ref={result} tabIndex={-1} data-state="done">
          <strong>{decided}</strong>
        </p>
      )}
      {act !== null && (
        <DecideStop
          key={`${act.kind}${act.code}`}
          act={act}
          stops={told.stops}
          destinations={told.destinations}
          close={() => setAct(null)}
          done={(sentence) => {
            setAct(null)
            setDecided(sentence)
            again()
          }}
          changed={again}
        />
      )}
      {told.stops.map((one) => (
        <StopBanner
          key={`${one.municipality.code}${one.toldBy}`}
          one={one}
          lift={
            mayDecide && one.toldBy === '自分' && act === null
              ? () => begin({ kind: 'lifted', code: one.municipality.code })
              : null
          }
        />
      ))}
      {told.overdueMedia.map((one) => (
        <div key={one.transmission} className="banner bad">
          <span className="word">媒体</span>
          <p>
            {one.sentence}{' '}
            <Link to={{ screen: 'file', direction: 'out', transmission: one.transmission }}>
              {one.municipality.name} {one.layout} {transmissionNumberText(one.number)}
            </Link>
          </p>
        </div>
      ))}
      {keys.map((one) => (
        <div key={one.keyId} className={one.state === 'fault' ? 'banner bad' : 'banner watch'}>
          <span className="word">鍵</span>
          <p>
            {one.municipality?.name ?? '広域連合'}: {one.sentence}
          </p>
        </div>
      ))}
      <section aria-labelledby="news" className="stack">
        <div className="bar">
          <h2 id="news">
            便り <span className="quiet small">平常・未開始 {countText(calm)}件</span>
          </h2>
          <SearchWithin words={words} say={setWords} />
        </div>
        {told.partners.length === 0 ? (
          <Empty>ファイルをやりとりする相手は、まだ登録されていません。</Empty>
        ) : shown.length === 0 ? (
          <Empty>この条件に合うものはありません。条件:さがすことばあり。</Empty>
        ) : (
          <DataTable
            caption="相手ごとの便り"
            rows={shown}
            rowKey={(one) => `${one.municipality.code}${one.layout}`}
            head={{
              name: '相手',
              sort: (one) => one.municipality.code,
              cell: (one, tabIndex) => (
                <span data-row tabIndex={tabIndex}>
                  {one.municipality.name}
                </span>
              ),
            }}
            columns={[
              { name: '情報', cell: (one) => one.layout },
              { name: 'ようす', cell: (one) => <NewsWord one={one} />, sort: (one) => one.state },
              {
                name: '最後の便り',
                cell: (one) => (one.lastNewsOn === null ? 'まだ' : monthDayText(one.lastNewsOn)),
                sort: (one) => one.lastNewsOn ?? '',
              },
              {
                name: '約束',
                cell: (one) => (one.cadenceDays === null ? '' : `開庁日${one.cadenceDays}日ごと`),
              },
              {
                name: 'わけと、すること',
                cell: (one) => (
                  <>
                    {one.sentence} {one.action !== '' && <strong>{one.action}</strong>}
                  </>
                ),
              },
            ]}
          />
        )}
      </section>
      <section aria-labelledby="full">
        <h2 id="full">全件照合</h2>
        {told.reconciliations.length === 0 ? (
          <Empty>まだ照合していません。照合は、毎晩、両方の全部の記録を比べます。</Empty>
        ) : (
          <DataTable
            caption="全件照合の結果"
            rows={told.reconciliations}
            rowKey={(one) => one.reconciliation}
            head={{
              name: '日',
              sort: (one) => one.day,
              cell: (one, tabIndex) => (
                <Link
                  to={{ screen: 'reconciliation', reconciliation: one.reconciliation }}
                  data-row
                  tabIndex={tabIndex}
                >
                  {dayText(one.day)}
                </Link>
              ),
            }}
            columns={[
              {
                name: '相手',
                cell: (one) => one.municipality.name,
                sort: (one) => one.municipality.code,
              },
              { name: '情報', cell: (one) => one.layout },
              {
                name: 'こちら',
                unit: '件',
                figure: true,
                cell: (one) => countText(one.ownCount),
              },
              {
                name: '相手方',
                unit: '件',
                figure: true,
                cell: (one) => countText(one.otherCount),
              },
              {
                name: 'ちがい',
                unit: '件',
                figure: true,
                cell: (one) =>
                  one.differences === 0 ? (
                    '0'
                  ) : (
                    <strong className="bad">{countText(one.differences)}</strong>
                  ),
                sort: (one) => one.differences,
              },
              { name: 'ようす', cell: (one: FullReconciliation) => one.sentence },
            ]}
          />
        )}
      </section>
      {mayBring && <BringStopNotice again={again} />}
    </div>
  )
}

function NewsWord({ one }: { one: PartnerNews }) {
  switch (one.state) {
    case '平常':
      return '平常'
    case '未開始':
      return <span className="quiet">未開始</span>
    case '遅れ':
      return <Chip look="watch">遅れ</Chip>
    case '無音':
    case '欠番':
    case '断り続き':
      return (
        <Chip look="bad">
          {one.state}
          {one.missing.length > 0 && ` ${one.missing.map(transmissionNumberText).join('・')}`}
        </Chip>
      )
  }
}
