import type { Filing, FilingQueue, FilingRow } from '@koiki/union'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { moveAmongRows, useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { type Answer, AskError, ask } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { useLive } from '../app/useLive.ts'
import { DueDay, FilingStateWord } from '../filing/FilingState.tsx'
import { HandOver } from '../filing/HandOver.tsx'
import { Button, Chip, Name } from '../ui/parts.tsx'
import { SearchWithin } from '../ui/SearchWithin.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { countText, dayText, timeText, timeWords } from '../ui/text.ts'
import { NotYours, Page } from './Screen.tsx'

const states = [
  ['open', 'まだ終わらない'],
  ['incomplete', '足りないもの待ち'],
  ['examining', '審査中'],
  ['awaitingCheck', '2人目待ち'],
  ['all', 'すべて'],
] as const
const assigned = [
  ['any', 'だれでも'],
  ['me', 'わたし'],
  ['none', '持つ人なし'],
] as const

type Filter = {
  state: (typeof states)[number][0]
  assigned: (typeof assigned)[number][0]
}

type Held = {
  /** As it stands now, and as it was drawn: rows keep their places until somebody asks for the newest. */
  value: FilingQueue | null
  drawn: FilingQueue | null
  failure: AskError | null
  at: number
}

/** 列にたずねる — words travel in a body; what is drawn changes only when it is asked for. */
function useQueue(
  filter: Filter,
  words: string,
  open: boolean,
): Answer<FilingQueue> & { drawn: FilingQueue | null; taken: () => void } {
  const realm = useRealm()
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<Held>({ value: null, drawn: null, failure: null, at: 0 })
  const redraw = useRef(true)
  const again = useCallback(() => setTurn((n) => n + 1), [])
  const taken = useCallback(() => {
    redraw.current = true
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is how the same is asked again.
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    const timer = setTimeout(
      () => {
        ask<FilingQueue>(realm, 'filings/search', {
          method: 'POST',
          // What the wire asked for is no new look at those who stood there before.
          body: { ...filter, words, limit: 200, again: !redraw.current },
          signal: stop.signal,
        }).then(
          (value) => {
            const anew = redraw.current
            redraw.current = false
            setHeld((before) => ({
              value,
              drawn: anew || before.drawn === null ? value : before.drawn,
              failure: null,
              at: Date.now(),
            }))
          },
          (failure: unknown) => {
            if (!stop.signal.aborted && failure instanceof AskError)
              setHeld((before) => ({ ...before, failure }))
          },
        )
      },
      words === '' ? 0 : 150,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [realm, filter, words, turn, open])
  const more = { drawn: held.drawn, taken, again }
  if (held.value !== null)
    return { state: 'ready', value: held.value, failure: held.failure, at: held.at, ...more }
  if (held.failure !== null)
    return { state: 'failed', value: null, failure: held.failure, at: null, ...more }
  return { state: 'loading', value: null, failure: null, at: null, ...more }
}

/** 届書の一覧 — the day's work in the order of its terms: current within a second, and no row moves under the cursor. */
export function Filings() {
  const mayRead = useMay('filing.read')
  const mayReceive = useMay('filing.receive')
  const [filter, setFilter] = useState<Filter>({ state: 'open', assigned: 'any' })
  const [words, setWords] = useState('')
  const answer = useQueue(filter, words, mayRead)
  const { again, taken } = answer
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  // Something moved: the list is asked again at once, but drawn as it was, with what changed marked in its place.
  const soon = () => {
    if (waiting.current !== null) clearTimeout(waiting.current)
    waiting.current = setTimeout(again, 200)
  }
  useLive(mayRead ? 'filings/events' : null, 'filing', soon, soon)
  const renew = useCallback(() => {
    taken()
    again()
  }, [again, taken])
  useKeys([{ key: 'F5', word: '最新にする', run: renew }])
  if (!mayRead) return <NotYours title="届書" who="窓口担当と資格担当" what="届書の受付と審査" />
  const change = (given: Partial<Filter>) => {
    taken()
    setFilter((before) => ({ ...before, ...given }))
  }
  const clear = () => {
    setWords('')
    change({ state: 'open', assigned: 'any' })
  }
  return (
    <Page title="届書">
      <div className="bar">
        {mayReceive && (
          <Link className="button main" to={{ screen: 'newFiling', person: null }}>
            届書を受け付ける
          </Link>
        )}
        <label className="bar small">
          ようす
          <select
            className="input narrow"
            value={filter.state}
            onChange={(event) => change({ state: event.target.value as Filter['state'] })}
          >
            {states.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
        <label className="bar small">
          担当
          <select
            className="input narrow"
            value={filter.assigned}
            onChange={(event) => change({ assigned: event.target.value as Filter['assigned'] })}
          >
            {assigned.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
        <SearchWithin
          words={words}
          say={(typed) => {
            taken()
            setWords(typed)
          }}
        />
      </div>
      <Shown answer={answer} name="届書の一覧を読み込んでいます。">
        {(queue) => (
          <Queue
            queue={queue}
            drawn={answer.drawn ?? queue}
            renew={renew}
            filtered={words !== '' || filter.state !== 'open' || filter.assigned !== 'any'}
            clear={clear}
          />
        )}
      </Shown>
    </Page>
  )
}

function Queue({
  queue,
  drawn,
  renew,
  filtered,
  clear,
}: {
  queue: FilingQueue
  drawn: FilingQueue
  renew: () => void
  filtered: boolean
  clear: () => void
}) {
  const now = new Map(queue.rows.map((row) => [row.filing, row]))
  const known = new Set(drawn.rows.map(({ filing }) => filing))
  const news = queue.rows.filter(({ filing }) => !known.has(filing)).length
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const rows = drawn.rows.map((row) => now.get(row.filing) ?? row)
  const before = new Map(drawn.rows.map((row) => [row.filing, row.version]))
  const selected = rows.filter(({ filing }) => chosen.has(filing))
  const put = (filing: string, on: boolean) =>
    setChosen((before) => {
      const next = new Set(before)
      if (on) next.add(filing)
      else next.delete(filing)
      return next
    })

  const pressed = (event: KeyboardEvent<HTMLElement>) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-filing]')
    const filing = at?.dataset.filing
    if (filing !== undefined && event.key === ' ') {
      event.preventDefault()
      put(filing, !chosen.has(filing))
      return
    }
    const step = event.shiftKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
    if (filing !== undefined && step !== undefined) {
      event.preventDefault()
      put(filing, true)
      const index = rows.findIndex((row) => row.filing === filing) + step
      const next = rows[index]
      if (next === undefined) return
      put(next.filing, true)
      event.currentTarget
        .querySelector<HTMLElement>(`[data-filing="${next.filing}"] [data-row]`)
        ?.focus()
      return
    }
    moveAmongRows(event)
  }

  if (drawn.rows.length === 0)
    return (
      <>
        <News news={news} renew={renew} at={queue.checkedAt} />
        <Empty>
          {filtered ? (
            <>
              この条件に合うものはありません。
              <Button look="plain" run={clear}>
                条件を外す
              </Button>
            </>
          ) : (
            `終わっていない届書はありません。(${timeWords(queue.checkedAt)}に確かめました)`
          )}
        </Empty>
      </>
    )
  return (
    <>
      <p className="bar" role="status">
        <strong>{countText(queue.total)}件</strong>
        {queue.overdue > 0 && <strong className="bad">期限切れ {countText(queue.overdue)}</strong>}
        <span>わたし {countText(queue.mine)}</span>
        <News news={news} renew={renew} at={queue.checkedAt} />
        {queue.total > drawn.rows.length && (
          <span className="quiet">はじめの{countText(drawn.rows.length)}件を出しています。</span>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard. */}
      <section className="table-box" aria-label="届書の一覧" tabIndex={0} onKeyDown={pressed}>
        <table className="rows queue">
          <caption className="unseen">
            届書の一覧。↑↓で動き、Spaceで選び、Shift+↑↓で続けて選び、Enterで開きます。
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">選ぶ</span>
              </th>
              <th scope="col">受付</th>
              <th scope="col">だれ</th>
              <th scope="col">何を</th>
              <th scope="col">期限</th>
              <th scope="col">担当</th>
              <th scope="col">ようす</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const done = !now.has(row.filing)
              const moved = done || before.get(row.filing) !== row.version
              return (
                <tr
                  key={row.filing}
                  data-filing={row.filing}
                  className={done ? 'cancelled' : undefined}
                  aria-selected={chosen.has(row.filing)}
                >
                  <td>
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label={`受付${row.receiptNumber}を選ぶ`}
                      checked={chosen.has(row.filing)}
                      onChange={(event) => put(row.filing, event.target.checked)}
                    />
                  </td>
                  <th scope="row" className="nowrap">
                    <Link
                      to={{ screen: 'filing', filing: row.filing }}
                      data-row
                      tabIndex={index === 0 ? 0 : -1}
                    >
                      {row.receiptNumber}
                    </Link>
                  </th>
                  <td>
                    {row.handleWithCare && (
                      <>
                        <Chip>取扱注意</Chip>{' '}
                      </>
                    )}
                    <Name name={row.name} />{' '}
                    {row.kana !== null && <span className="quiet small">{row.kana} </span>}
                    {row.birth !== null && (
                      <span className="quiet small nowrap">{dayText(row.birth)}</span>
                    )}
                  </td>
                  <td>
                    {row.kindName}
                    <span className="quiet small">
                      {' '}
                      {row.ageDays === 0 ? '今日' : `${row.ageDays}日前`}
                    </span>
                  </td>
                  <td>
                    <DueDay row={row} on={queue.on} />
                  </td>
                  <td>
                    {row.assignee === null ? '' : row.assignee.me ? 'わたし' : row.assignee.name}
                  </td>
                  <td>
                    {done ? (
                      <>
                        <s>{row.stateName}</s> 片づきました
                      </>
                    ) : (
                      <FilingStateWord state={row.state} stateName={row.stateName} />
                    )}
                    {moved && !done && <span className="quiet small"> いま変わりました</span>}
                    {row.reconciliation === 'differs' && (
                      <>
                        {' '}
                        <Chip look="bad">突合 ちがい</Chip>
                      </>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <Bulk
        selected={selected}
        assignees={queue.assignees}
        done={renew}
        clear={() => setChosen(new Set())}
      />
    </>
  )
}

function News({ news, renew, at }: { news: number; renew: () => void; at: string }) {
  return (
    <>
      <span className="quiet">{timeText(at)} 現在</span>
      {news > 0 && (
        <Button look="small" run={renew}>
          新着 {news}件 見せる <kbd>F5</kbd>
        </Button>
      )}
    </>
  )
}

/** まとめて持つ — at once and taken back as easily; what could not be done is told one by one. */
function Bulk({
  selected,
  assignees,
  done,
  clear,
}: {
  selected: readonly FilingRow[]
  assignees: FilingQueue['assignees']
  done: () => void
  clear: () => void
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const [undo, setUndo] = useState<readonly FilingRow[]>([])
  const [failed, setFailed] = useState<readonly string[]>([])
  const assign = async (rows: readonly FilingRow[], to: string, name = 'わたし') => {
    const wrong: string[] = []
    const moved: FilingRow[] = []
    for (const row of rows)
      try {
        const { row: now } = await ask<Filing>(realm, `filings/${row.filing}/assign`, {
          method: 'POST',
          body: { version: row.version, to },
          purpose: 'application',
        })
        moved.push(now)
      } catch (error) {
        if (!(error instanceof AskError)) throw error
        wrong.push(`${row.receiptNumber}: ${error.failure.message}`)
      }
    setFailed(wrong)
    say(
      wrong.length === 0
        ? `${rows.length}件を${to === 'me' ? '持ちました' : to === 'nobody' ? 'だれも持たないことにしました' : `${name}さんに回しました`}。`
        : `${rows.length}件のうち${wrong.length}件はできませんでした。`,
    )
    const free = rows.every(({ assignee }) => assignee === null || assignee.me)
    setUndo(to !== 'nobody' && free ? moved : [])
    clear()
    done()
  }
  if (selected.length === 0 && undo.length === 0 && failed.length === 0)
    return <p className="quiet small">Spaceで選ぶと、まとめて担当を決められます。</p>
  return (
    <div className="stack">
      {failed.length > 0 && (
        <div className="banner bad" role="alert">
          <span className="word">できなかったもの</span>
          <ul>
            {failed.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="bar">
        {selected.length > 0 && (
          <>
            <strong>選択 {selected.length}件</strong>
            <Button run={() => void assign(selected, 'me')}>
              {selected.length}件をわたしが持つ
            </Button>
            <Button run={() => void assign(selected, 'nobody')}>担当を外す</Button>
            <HandOver assignees={assignees} hand={(to, name) => void assign(selected, to, name)} />
            <Button look="plain" run={clear}>
              選択をやめる
            </Button>
          </>
        )}
        {undo.length > 0 && (
          <Button look="plain" run={() => void assign(undo, 'nobody')}>
            元に戻す
          </Button>
        )}
      </div>
    </div>
  )
}
