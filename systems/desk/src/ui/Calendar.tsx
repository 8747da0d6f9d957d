import { formatWareki, type PlainDate, parsePlainDate, yearOf } from '@koiki/kernel'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { useSession } from '../app/session.tsx'
import { dayAfterKey, firstDay, weeksOf } from './monthDays.ts'
import { Button, Dialog } from './parts.tsx'
import { dayAnswer } from './readDay.ts'

const weekdays = ['日', '月', '火', '水', '木', '金', '土'] as const

type Props = {
  label: string
  /** The day that is typed, if one is. */
  day: PlainDate | null
  choose: (day: PlainDate) => void
  close: () => void
}

/** 暦 — a month in both calendars, moved through by keys; one cell is in the tab order, and Enter takes it. */
export function Calendar({ label, day, choose, close }: Props) {
  const { today } = useSession()
  const now = parsePlainDate(today)
  const [at, setAt] = useState<PlainDate>(day ?? (today as PlainDate))
  const grid = useRef<HTMLTableElement>(null)
  useKeys([{ key: 'Esc', word: '閉じる', run: close }], true)
  const moved = useRef(false)
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at])
  const go = (to: PlainDate | null) => {
    if (to !== null && to >= firstDay) setAt(to)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      choose(at)
      return
    }
    const to = dayAfterKey(at, event.key, event.shiftKey)
    if (to === null) return
    event.preventDefault()
    moved.current = true
    go(to)
  }
  const month = (step: 1 | -1) => {
    moved.current = false
    go(dayAfterKey(at, step === 1 ? 'PageDown' : 'PageUp', false))
  }
  const era = formatWareki(at)
  return (
    <Dialog title={`${label}を暦からえらぶ`} close={close} className="calendar">
      <div className="bar calendar-head">
        <Button look="small" label="前の月" run={() => month(-1)}>
          ← <kbd>PageUp</kbd>
        </Button>
        <strong id="calendar-month" aria-live="polite">
          {era.slice(0, era.indexOf('月') + 1)}
          <span className="quiet small"> {yearOf(at)}年</span>
        </strong>
        <Button look="small" label="次の月" run={() => month(1)}>
          → <kbd>PageDown</kbd>
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid of the APG is a table of days. */}
      <table role="grid" aria-labelledby="calendar-month" ref={grid} onKeyDown={pressed}>
        <thead>
          <tr>
            {weekdays.map((one) => (
              <th key={one} scope="col" abbr={`${one}曜日`}>
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week.find((one) => one !== null)}>
              {week.map((one, index) =>
                one === null ? (
                  <td key={weekdays[index]} />
                ) : (
                  <td key={weekdays[index]}>
                    <button
                      type="button"
                      data-day={one}
                      {...(one === at ? { 'data-first': true } : {})}
                      tabIndex={one === at ? 0 : -1}
                      aria-pressed={one === day}
                      aria-current={one === now ? 'date' : undefined}
                      aria-label={dayAnswer(one)}
                      onClick={() => choose(one)}
                    >
                      {Number(one.slice(8))}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet small">
        矢印で日、Page Up・Page Downで月、Shiftといっしょで年。Enterで決め、Escで戻ります。
      </p>
    </Dialog>
  )
}
