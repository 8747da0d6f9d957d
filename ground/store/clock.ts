import type { PlainDate } from '@koiki/kernel'
import { misuse } from './errors.ts'
import type { Instant } from './values.ts'

/** 基準の時 — what a transaction takes as now. */
export type Moment = { now: Instant; today: PlainDate }

/**
 * 時計 — the port through which every service, job and constraint learns the time. A transaction asks
 * once, at its beginning; `ask` runs a statement inside that transaction.
 */
export type Clock = {
  readonly name: string
  moment(ask: (sql: string) => Promise<readonly Record<string, unknown>[]>): Promise<Moment>
}

// Japan has kept UTC+9 without summer time since 1952; 1948–1951 is before any day we take as today.
const japan = 9 * 60 * 60 * 1000

export const momentOf = (millisecondsUtc: number): Moment => ({
  now: new Date(millisecondsUtc).toISOString(),
  today: new Date(millisecondsUtc + japan).toISOString().slice(0, 10) as PlainDate,
})

/** 実時計 — the machine's clock; today is the day in Japan. */
export const systemClock: Clock = {
  name: 'system',
  async moment() {
    return momentOf(Date.now())
  },
}

/** 固定時計 — always the same moment: for rules' tests and for repeating a batch as of a day. */
export function fixedClock(today: string, time = '09:00:00'): Clock {
  const at = Date.parse(`${today}T${time}+09:00`)
  if (Number.isNaN(at)) throw misuse(`時計の日付「${today}」が正しくありません（例: 2026-07-01）。`)
  const moment = momentOf(at)
  return {
    name: `fixed:${today}`,
    async moment() {
      return moment
    },
  }
}

/**
 * 世界の時計 — the day of an invented world, one row in work.clock, moved on by `advanceWorld`. A world day
 * opens at 9:00 in Japan and runs with real time; it slows down so that it never reaches midnight by
 * itself, which keeps instants in order however long a day is left open.
 */
export const worldClock: Clock = {
  name: 'world',
  async moment(ask) {
    const [row] = await ask(
      `select today::text as today,
              greatest(extract(epoch from clock_timestamp() - opened_at), 0)::float8 as elapsed
         from work.clock`,
    )
    if (!row) {
      throw misuse('世界の時計が合わせられていません。setWorld で最初の日付を決めてください。')
    }
    return worldMoment(String(row.today), Number(row.elapsed))
  },
}

const openingHour = 9
const secondsLeftInDay = (24 - openingHour) * 60 * 60

export function worldMoment(today: string, elapsedSeconds: number): Moment {
  const opening = Date.parse(`${today}T09:00:00+09:00`)
  const shown = (secondsLeftInDay * elapsedSeconds) / (elapsedSeconds + secondsLeftInDay)
  const milliseconds = Math.min(Math.floor(shown * 1000), secondsLeftInDay * 1000 - 1)
  return momentOf(opening + milliseconds)
}

type Asker = { query(sql: string, values?: readonly unknown[]): Promise<unknown[]> }

/** 世界の時計を合わせる — sets the first day of an invented world; an existing world keeps its day. */
export async function setWorld(tx: Asker, today: string): Promise<void> {
  await tx.query(
    `insert into work.clock (id, today, opened_at)
     values (1, $1::date, clock_timestamp())
     on conflict (id) do nothing`,
    [today],
  )
}

/** 世界の時計を進める — to a later day; going back is refused, because decisions are never unmade. */
export async function advanceWorld(tx: Asker, today: string): Promise<void> {
  const moved = await tx.query(
    `update work.clock
        set today = $1::date, opened_at = clock_timestamp()
      where today < $1::date
     returning today`,
    [today],
  )
  if (moved.length === 0) {
    throw misuse(`世界の時計は後の日にだけ進められます。${today} は今日より後ではありません。`)
  }
}
