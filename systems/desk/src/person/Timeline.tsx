import type { Person, PersonCertificates, PersonCopay, PersonRecord } from '@koiki/union'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { foldKana } from '../app/fold.ts'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay, usePurpose } from '../app/session.tsx'
import { Button } from '../ui/parts.tsx'
import { SearchWithin } from '../ui/SearchWithin.tsx'
import { Empty } from '../ui/states.tsx'
import { fiscalYearText, monthDayWeekText, yearText } from '../ui/text.ts'
import { type EventDay, eventsOf, type PersonEvent } from './events.ts'
import {
  extentOf,
  isWithin,
  type Lane,
  type LaneItem,
  type LaneName,
  laneNames,
  lanesOf,
  type PersonMore,
  positionOf,
} from './lanes.ts'
import { NoticeButton } from './NoticeButton.tsx'
import { Why } from './Now.tsx'

/** 経過 — the lanes over the years, and below them what happened, newest first. */
export function Timeline({ person }: { person: Person }) {
  const more = useMore(person.person)
  const [years, setYears] = useState<3 | 10>(3)
  const [lane, setLane] = useState<LaneName | null>(null)
  const lanes = useMemo(() => lanesOf(person, more), [person, more])
  const events = useMemo(() => eventsOf(person, more), [person, more])
  return (
    <>
      <div className="bar lanes-bar">
        <fieldset className="bar small">
          <legend className="unseen">おびの幅</legend>
          <span className="quiet" aria-hidden="true">
            幅
          </span>
          {([3, 10] as const).map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="extent"
                checked={years === one}
                onChange={() => setYears(one)}
              />
              {one}年
            </label>
          ))}
        </fieldset>
        <p className="legend small quiet" aria-hidden="true">
          <Swatch kind="settled" /> 確か
          <Swatch kind="expected" /> これから
          <Swatch kind="cancelled" /> 改めた
          <span>◆ 届いた事実</span>
        </p>
      </div>
      <Lanes person={person} lanes={lanes} years={years} choose={setLane} />
      <Events person={person} days={events} lane={lane} choose={setLane} />
    </>
  )
}

/** What stands in other chapters of the same person; a part that cannot be had leaves the rest as it is. */
function useMore(person: string): PersonMore {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const mayFilings = useMay('filing.read')
  const mayCertificates = useMay('certificate.read')
  const mayCopay = useMay('copay.read')
  const record = useAnswer<PersonRecord>(
    realm,
    mayFilings ? `people/${person}/record` : null,
    purpose,
  )
  const certificates = useAnswer<PersonCertificates>(
    realm,
    mayCertificates ? `people/${person}/certificates` : null,
    purpose,
  )
  const copay = useAnswer<PersonCopay>(realm, mayCopay ? `people/${person}/copay` : null, purpose)
  return useMemo(
    () => ({ record: record.value, certificates: certificates.value, copay: copay.value }),
    [record.value, certificates.value, copay.value],
  )
}

function Swatch({ kind }: { kind: LaneItem['look'] }) {
  return (
    <svg width="28" height="12" aria-hidden="true">
      <Bar kind={kind} x="0" width="100%" height={12} y={0} />
    </svg>
  )
}

function Bar({
  kind,
  x,
  width,
  y,
  height,
}: {
  kind: LaneItem['look']
  x: string
  width: string
  y: number
  height: number
}) {
  return (
    <>
      <rect className={`bar-${kind}`} x={x} width={width} y={y + 0.5} height={height - 1} />
      {kind === 'expected' && (
        <rect fill="url(#hatch)" x={x} width={width} y={y + 0.5} height={height - 1} />
      )}
    </>
  )
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`

/** Drawn as SVG over a real table: the row is the lane, its cell holds the items, each reached by arrow keys. */
function Lanes({
  person,
  lanes,
  years,
  choose,
}: {
  person: Person
  lanes: readonly Lane[]
  years: 3 | 10
  choose: (lane: LaneName) => void
}) {
  const router = useRouter()
  const table = useRef<HTMLTableElement>(null)
  const extent = extentOf(person.asOf, years)
  const now = positionOf(extent, person.asOf)

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Record<string, readonly [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    }
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.altKey) return
    const rows = [...(table.current?.querySelectorAll('tbody tr') ?? [])]
      .map((row) => [...row.querySelectorAll<HTMLElement>('[data-item]')])
      .filter((row) => row.length > 0)
    const at = rows.findIndex((row) => row.includes(document.activeElement as HTMLElement))
    if (at < 0) return
    event.preventDefault()
    const [down, right] = step
    const row = rows[Math.min(Math.max(at + down, 0), rows.length - 1)] ?? []
    const column = rows[at]?.indexOf(document.activeElement as HTMLElement) ?? 0
    const next = row[Math.min(Math.max(down === 0 ? column + right : column, 0), row.length - 1)]
    for (const one of rows.flat()) one.tabIndex = one === next ? 0 : -1
    next?.focus()
  }

  let first = true
  return (
    <table className="lanes" ref={table}>
      <caption className="unseen">
        {person.name}さんの経過、{fiscalYearText(extent.years[0] ?? 0)}
        から。矢印キーで動き、Enterで開きます。
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">おび</span>
          </th>
          <th scope="col" className="lane-years">
            <span className="unseen">あったこと</span>
            <svg width="100%" height="26" aria-hidden="true">
              <defs>
                <pattern
                  id="hatch"
                  width="7"
                  height="7"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <line className="hatch-line" x1="0" y1="0" x2="0" y2="7" />
                </pattern>
              </defs>
              {extent.years.map((year, index) => (
                <g key={year}>
                  <line
                    className="year-line"
                    x1={percent(index / years)}
                    x2={percent(index / years)}
                    y1="0"
                    y2="26"
                  />
                  <text className="year-text" x={percent(index / years)} dx="6" y="18">
                    {years === 3 ? fiscalYearText(year) : yearText(year).replace('令和', '令')}
                  </text>
                </g>
              ))}
              {years === 3 && (
                <text
                  className="now-text"
                  x={percent(now)}
                  // Early in a year the word would stand on the name of the year.
                  dx={now > 0.9 ? -6 : (now * years) % 1 < 0.27 ? 40 : 6}
                  y="18"
                  textAnchor={now > 0.9 ? 'end' : 'start'}
                >
                  きょう
                </text>
              )}
            </svg>
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={move}>
        {lanes.map((lane) => {
          const items = lane.items.filter((item) => isWithin(extent, item))
          return (
            <tr key={lane.name}>
              <th scope="row">{lane.name}</th>
              <td>
                <svg className="lane-ground" width="100%" height="100%" aria-hidden="true">
                  {extent.years.map((year, index) => (
                    <line
                      key={year}
                      className="year-line"
                      x1={percent(index / years)}
                      x2={percent(index / years)}
                      y1="0"
                      y2="100%"
                    />
                  ))}
                  {items
                    .filter((item) => item.kind === 'period' || item.kind === 'decision')
                    .map((item) => {
                      const from = positionOf(extent, item.from)
                      const until = item.until === null ? 1 : positionOf(extent, item.until)
                      return (
                        <Bar
                          key={item.key}
                          kind={item.look}
                          x={percent(from)}
                          width={percent(until - from)}
                          y={4}
                          height={18}
                        />
                      )
                    })}
                  <line className="now-line" x1={percent(now)} x2={percent(now)} y1="0" y2="100%" />
                </svg>
                {items.length === 0 ? (
                  <span className="lane-empty">
                    {lane.items.length === 0 ? lane.empty : 'この幅の中にはありません'}
                  </span>
                ) : (
                  <ul>
                    {items.map((item) => {
                      const start = first
                      first = false
                      const from = positionOf(extent, item.from)
                      const until =
                        item.kind === 'period' || item.kind === 'decision'
                          ? item.until === null
                            ? 1
                            : positionOf(extent, item.until)
                          : from
                      return (
                        <li
                          key={item.key}
                          className={`lane-item ${item.kind} ${item.look}`}
                          style={{
                            insetInlineStart: percent(from),
                            inlineSize: percent(until - from),
                          }}
                        >
                          <button
                            type="button"
                            data-item
                            data-why={item.decision}
                            tabIndex={start ? 0 : -1}
                            aria-label={item.spoken}
                            onClick={() => {
                              if (item.filing !== undefined)
                                router.go({ screen: 'filing', filing: item.filing })
                              else if (item.decision === undefined) choose(item.lane)
                              else
                                router.go({
                                  screen: 'why',
                                  person: person.person,
                                  decision: item.decision,
                                })
                            }}
                          >
                            {item.kind === 'fact' ? (
                              <>
                                <span aria-hidden="true">◆</span> {years === 3 && item.text}
                              </>
                            ) : (
                              item.text
                            )}
                          </button>
                        </li>
                      )
                    })}
                  </ul>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Events({
  person,
  days,
  lane,
  choose,
}: {
  person: Person
  days: readonly EventDay[]
  lane: LaneName | null
  choose: (lane: LaneName | null) => void
}) {
  const [words, setWords] = useState('')
  const wanted = foldKana(words)
  const shown = days
    .map((day) => ({
      ...day,
      events: day.events.filter(
        (event) =>
          (lane === null || event.lane === lane) &&
          (wanted === '' || foldKana(`${event.sentence}${event.by ?? ''}`).includes(wanted)),
      ),
    }))
    .filter((day) => day.events.length > 0)
  const present = new Set(days.flatMap((day) => day.events.map((event) => event.lane)))
  return (
    <section className="events" aria-labelledby="events">
      <div className="bar">
        <h2 id="events">できごと</h2>
        <fieldset className="lane-filter">
          <legend className="unseen">おびでしぼる</legend>
          <button type="button" aria-pressed={lane === null} onClick={() => choose(null)}>
            すべて
          </button>
          {laneNames
            .filter((name) => present.has(name) || name === lane)
            .map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={lane === name}
                onClick={() => choose(name)}
              >
                {name}
              </button>
            ))}
        </fieldset>
        <SearchWithin words={words} say={setWords} />
      </div>
      {days.length === 0 ? (
        <Empty>できごとはまだありません。</Empty>
      ) : shown.length === 0 ? (
        <Empty>
          この条件に合うものはありません。条件:{lane ?? 'すべてのおび'}
          {words !== '' && '、さがすことばあり'}。
          <Button
            look="plain"
            run={() => {
              choose(null)
              setWords('')
            }}
          >
            条件を外す
          </Button>
        </Empty>
      ) : (
        shown.map((day) => <Day key={day.on} person={person} day={day} />)
      )}
    </section>
  )
}

function Day({ person, day }: { person: Person; day: EventDay }) {
  const year = yearText(Number(day.on.slice(0, 4)))
  return (
    <section className="day">
      <h3>
        <span className="quiet small">{year}</span> {monthDayWeekText(day.on)}
        {day.on === person.asOf && <span className="quiet"> 今日</span>}
      </h3>
      <ul className="ruled">
        {day.events.map((event) => (
          <li key={event.key} className={event.cancelled ? 'cancelled' : undefined}>
            <span className="at quiet">{event.time ?? ''}</span>
            <span className="lane-word">{event.lane}</span>
            <span>
              {event.cancelled ? <s>{event.sentence}</s> : event.sentence}
              {event.cancelled && ' のちに改められました。'}
              {event.by !== null && <span className="quiet"> {event.by}</span>}
              {event.mine && <span className="quiet"> ← あなた</span>}
            </span>
            <span className="end">
              <EventWay person={person} event={event} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function EventWay({ person, event }: { person: Person; event: PersonEvent }) {
  if (event.filing !== null)
    return (
      <Link className="button small" to={{ screen: 'filing', filing: event.filing }}>
        届書
      </Link>
    )
  if (event.decision !== null) {
    const decided = person.decisions.find((one) => one.decision === event.decision)
    return <Why person={person.person} decision={event.decision} yen={decided?.annualYen ?? 0} />
  }
  const notice = person.notices.find((one) => one.notice === event.notice)
  return notice === undefined ? null : <NoticeButton person={person.person} notice={notice} />
}
