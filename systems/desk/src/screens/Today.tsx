import type { Today, TodayItem } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import type { Place } from '../app/places.ts'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, timeText, timeWords } from '../ui/text.ts'
import { Page } from './Screen.tsx'

/** きょう — three blocks and no more: what waits, what must leave today, what happened. */
export function TodayPage() {
  const answer = useAnswer<Today>(useRealm(), 'today')
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="きょう">
      <Shown answer={answer} name="きょうの分を読み込んでいます。">
        {(today) => (
          <>
            <p className="quiet">
              {dayText(today.on)}　{timeText(today.checkedAt)} 現在
            </p>
            <div className="today">
              <Block
                title="待っている"
                items={today.waiting}
                empty={`待っているものはありません。(${timeWords(today.checkedAt)}に確かめました)`}
              />
              <Block
                title="今日中に"
                items={today.due}
                empty={`きょうの分は終わりました。(${timeWords(today.checkedAt)}に確かめました)`}
              />
              <Block title="しらせ" items={today.news} empty="きょうは、まだ何も起きていません。" />
            </div>
          </>
        )}
      </Shown>
    </Page>
  )
}

function Block({
  title,
  items,
  empty,
}: {
  title: string
  items: readonly TodayItem[]
  empty: string
}) {
  return (
    <section className="today-block" aria-label={title}>
      <h2>
        {title}
        <span className="quiet"> {items.length}件</span>
      </h2>
      {items.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <ul className="ruled">
          {items.map((item) => (
            <li key={`${item.at}${item.sentence}`}>
              <span className="at quiet">{item.at === null ? '' : timeText(item.at)}</span>
              <span>
                <Told item={item} />
              </span>
              <span className="figure">
                {item.count !== null && (
                  <>
                    {countText(item.count)}
                    <span className="quiet small">件</span>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Told({ item }: { item: TodayItem }) {
  const to = placeOf(item)
  return to === null ? item.sentence : <Link to={to}>{item.sentence}</Link>
}

function placeOf({ link }: TodayItem): Place | null {
  if (link === null) return null
  switch (link.to) {
    case 'files-in':
      return { screen: 'files', direction: 'in' }
    case 'files-out':
      return { screen: 'files', direction: 'out' }
    case 'transmission':
      return link.id === null
        ? null
        : { screen: 'file', direction: link.direction ?? 'in', transmission: link.id }
    case 'jobs':
      return { screen: 'jobs' }
    case 'print-runs':
      return { screen: 'printRuns' }
    case 'print-run':
      return link.id === null ? null : { screen: 'printRun', run: link.id }
    case 'job':
      return link.id === null ? null : { screen: 'job', job: link.id }
  }
}
