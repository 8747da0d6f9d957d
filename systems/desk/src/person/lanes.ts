import type { Person, PersonCertificates, PersonCopay, PersonRecord } from '@koiki/union'
import {
  dayOf,
  dayText,
  fiscalYearText,
  monthDayText,
  reductionText,
  yearText,
  yenText,
} from '../ui/text.ts'

/** おび — the nine lanes of a person, always these, always in this order; an empty one stays and says so. */
export const laneNames = [
  '資格',
  '世帯',
  '所得',
  '賦課',
  '収納',
  '給付',
  '連携',
  '通知',
  '閲覧',
] as const
export type LaneName = (typeof laneNames)[number]

export type LaneItem = {
  key: string
  lane: LaneName
  /** Half-open; an item of one day has the next day as its end or none. */
  from: string
  until: string | null
  kind: 'period' | 'decision' | 'fact' | 'notice' | 'sent' | 'look'
  look: 'settled' | 'expected' | 'cancelled'
  text: string
  spoken: string
  decision?: string
  filing?: string
}

/** 届書・文書・割合 — asked beside the page itself; each is missing until its answer is in, or where the role has none. */
export type PersonMore = {
  record: PersonRecord | null
  certificates: PersonCertificates | null
  copay: PersonCopay | null
}

export const noMore: PersonMore = { record: null, certificates: null, copay: null }

export type Lane = { name: LaneName; items: readonly LaneItem[]; empty: string }

const never: Record<LaneName, string> = {
  資格: '資格の期間はありません',
  世帯: '世帯の記録はまだありません',
  所得: '所得・課税情報はまだ届いていません',
  賦課: '保険料の決定はまだありません',
  収納: '収納の記録は、この版では受け取っていません',
  給付: '一部負担金の割合は、まだ判定していません',
  連携: '市区町村へ返した情報はまだありません',
  通知: '通知書はまだ作っていません',
  閲覧: '閲覧の記録はまだありません',
}

/** 本人のおび — what is known of a person, lane by lane, as of `today`. */
export function lanesOf(person: Person, more: PersonMore = noMore): readonly Lane[] {
  const today = person.asOf
  const items: LaneItem[] = [
    ...eligibilityItems(person, today),
    ...person.household.periods.flatMap((period, index) =>
      cutAt(today, {
        key: `household-${index}`,
        lane: '世帯',
        from: period.from,
        until: period.until,
        kind: 'period',
        look: 'settled',
        text: `${period.persons}人${period.head ? ' 世帯主' : ''}`,
        spoken: `世帯、${period.persons}人${period.head ? '、世帯主' : ''}、${span(period.from, period.until)}`,
      }),
    ),
    ...incomeItems(person),
    ...decisionItems(person),
    ...recordItems(more.record),
    ...copayItems(more.copay, today),
    ...(more.certificates?.certificates ?? []).map<LaneItem>((one) => ({
      key: `certificate-${one.certificate}`,
      lane: '通知',
      from: one.issuedOn,
      until: null,
      kind: 'notice',
      look: one.state === 'cancelled' ? 'cancelled' : 'settled',
      text: '証',
      spoken: `通知、${one.documentName} ${one.number}通目、${dayText(one.issuedOn)}、${one.stateName}`,
    })),
    ...perDay(person.deliveries).map<LaneItem>(([on, all]) => ({
      key: `sent-${on}`,
      lane: '連携',
      from: on,
      until: null,
      kind: 'sent',
      look: 'settled',
      text: '送',
      spoken: `連携、${dayText(on)}、${all.map((one) => `${one.layout}を${one.to}へ送った`).join('、')}`,
    })),
    ...person.notices.map<LaneItem>((notice) => ({
      key: `notice-${notice.notice}`,
      lane: '通知',
      from: notice.madeOn,
      until: null,
      kind: 'notice',
      look: notice.state === 'stopped' ? 'cancelled' : 'settled',
      text: '通',
      spoken: `通知、${notice.name}、${dayText(notice.madeOn)}${notice.state === 'stopped' ? '、印刷を止めている' : ''}`,
    })),
    ...perDay(person.looks.filter((look) => !look.list)).map<LaneItem>(([on, all]) => ({
      key: `look-${on}`,
      lane: '閲覧',
      from: on,
      until: null,
      kind: 'look',
      look: 'settled',
      text: String(all.length),
      spoken: `閲覧、${dayText(on)}、${all.length}回`,
    })),
  ]
  return laneNames.map((name) => ({
    name,
    items: items
      .filter((item) => item.lane === name)
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    empty: never[name],
  }))
}

function eligibilityItems(person: Person, today: string): LaneItem[] {
  return person.eligibility.flatMap((period, index) =>
    cutAt(today, {
      key: `eligibility-${index}`,
      lane: '資格',
      from: period.from,
      until: period.until,
      kind: 'period',
      look: 'settled',
      text: '有効',
      spoken: `資格、有効、${period.municipality}、${span(period.from, period.until)}、取得は${period.acquired}${period.lost === null ? '' : `、喪失は${period.lost}`}`,
    }),
  )
}

function recordItems(record: PersonRecord | null): LaneItem[] {
  if (record === null) return []
  return [
    ...record.filings.map<LaneItem>((one) => ({
      key: `filing-${one.filing}`,
      lane: '資格',
      from: one.filedOn,
      until: null,
      kind: 'notice',
      look: one.state === 'cancelled' || one.state === 'withdrawn' ? 'cancelled' : 'settled',
      text: '届',
      spoken: `届書、${one.kindName}、${dayText(one.filedOn)}、${one.stateName}`,
      filing: one.filing,
    })),
    ...record.reckonings.map<LaneItem>((one, index) => {
      const matched = one.kind === 'found' || one.kind === 'resolved'
      const word = reckoningWords[one.kind]
      return {
        key: `reckoning-${index}`,
        lane: matched ? '連携' : '資格',
        from: dayOf(one.at),
        until: null,
        kind: 'fact',
        look: 'settled',
        text: word,
        spoken: `${word}、${dayText(dayOf(one.at))}${one.items.length === 0 ? '' : `、${one.items.join('・')}`}`,
        ...(one.filing === null ? {} : { filing: one.filing }),
      }
    }),
    ...record.told.map<LaneItem>((one) => ({
      key: `told-${one.kind}-${one.from}-${one.receiptNumber}`,
      lane: one.kind === '送付先' ? '通知' : '資格',
      from: one.from,
      until: null,
      kind: 'fact',
      look: 'settled',
      text: one.kind,
      spoken: `${one.kind}、${span(one.from, one.until)}`,
    })),
  ]
}

/** 所得の届いた日 — the years that came on one day share one mark, which would else lie upon the other. */
function incomeItems({ incomes }: Person): LaneItem[] {
  const days = Map.groupBy(
    incomes,
    ({ received, fiscalYear }) => received?.on ?? `${fiscalYear}-04-01`,
  )
  return [...days].map(([from, sameDay]) => {
    const years = sameDay
      .map(({ incomeYear }) => incomeYear)
      .toSorted((a, b) => a - b)
      .map(yearText)
      .join('・')
    const received = sameDay[0]?.received ?? null
    return {
      key: `income-${from}`,
      lane: '所得',
      from,
      until: null,
      kind: 'fact',
      look: 'settled',
      text: `${years}分`,
      spoken: `所得、${years}分${received === null ? '' : `、${dayText(received.on)}に届いた`}`,
    }
  })
}

const reckoningWords = {
  found: '突合のちがい',
  resolved: 'ちがいを直した',
  same: '結合',
  different: '分離',
  withdrawn: '判断の取りやめ',
} as const

function copayItems(copay: PersonCopay | null, today: string): LaneItem[] {
  return (copay?.periods ?? []).flatMap((period) =>
    cutAt(today, {
      key: `copay-${period.from}`,
      lane: '給付',
      from: period.from,
      until: period.until,
      kind: 'period',
      look: 'settled',
      text: `${period.tenths}割`,
      spoken: `一部負担金の割合、${period.tenths}割、${span(period.from, period.until)}${period.limitName === null ? '' : `、限度区分 ${period.limitName}`}`,
    }),
  )
}

function decisionItems(person: Person): LaneItem[] {
  return person.decisions.map((decision) => {
    const before = previousYen(person, decision.fiscalYear)
    const change = before === null ? '' : difference(decision.annualYen - before)
    // A revision holds from the day it was decided until the next one: together they fill the year once.
    const next = ofYear(person, decision.fiscalYear, decision.revision + 1)
    const first = ofYear(person, decision.fiscalYear, decision.revision - 1) === undefined
    return {
      key: `decision-${decision.decision}`,
      lane: '賦課',
      from: first ? `${decision.fiscalYear}-04-01` : decision.decidedOn,
      until: next?.decidedOn ?? `${decision.fiscalYear + 1}-04-01`,
      kind: 'decision',
      look: decision.current ? 'settled' : 'cancelled',
      text: yenText(decision.annualYen),
      spoken: `賦課、${fiscalYearText(decision.fiscalYear)}、${yenText(decision.annualYen)}、${monthDayText(decision.decidedOn)}決定${change}、${reductionText(decision.reductionTenths)}${decision.current ? '' : '、のちに改められた'}`,
      decision: decision.decision,
    }
  })
}

function ofYear(person: Person, fiscalYear: number, revision: number) {
  return person.decisions.find((one) => one.fiscalYear === fiscalYear && one.revision === revision)
}

function previousYen(person: Person, fiscalYear: number): number | null {
  return (
    person.decisions.find((one) => one.current && one.fiscalYear === fiscalYear - 1)?.annualYen ??
    null
  )
}

function difference(yen: number): string {
  if (yen === 0) return '、前年と同じ'
  return `、前年より${yenText(Math.abs(yen))}${yen > 0 ? '多い' : '少ない'}`
}

/** What has happened is drawn solid; what lies after today is expected. */
function cutAt(today: string, item: LaneItem): LaneItem[] {
  if (item.from > today) return [{ ...item, look: 'expected', text: '' }]
  if (item.until !== null && item.until <= today) return [item]
  return [
    { ...item, until: today },
    {
      ...item,
      key: `${item.key}-expected`,
      from: today,
      look: 'expected',
      text: '',
      spoken: `${item.spoken}、これから`,
    },
  ]
}

function perDay<T extends { on: string }>(all: readonly T[]): [string, T[]][] {
  const days = new Map<string, T[]>()
  for (const one of all) {
    const day = days.get(one.on)
    if (day === undefined) days.set(one.on, [one])
    else day.push(one)
  }
  return [...days]
}

function span(from: string, until: string | null): string {
  return until === null ? `${dayText(from)}から` : `${dayText(from)}から${dayText(until)}の前日まで`
}

/** 幅 — the years shown: whole fiscal years, the last being the one that holds `today`. */
export type Extent = { from: string; until: string; years: readonly number[] }

export function extentOf(today: string, years: 3 | 10): Extent {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const last = month >= 4 ? year : year - 1
  const shown = Array.from({ length: years }, (_, index) => last - years + 1 + index)
  return { from: `${shown[0]}-04-01`, until: `${last + 1}-04-01`, years: shown }
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** 位置 — where a day lies in the extent, from 0 to 1; outside it is cut to the edge. */
export function positionOf(extent: Extent, day: string): number {
  const [from, until] = [dayNumber(extent.from), dayNumber(extent.until)]
  return Math.min(Math.max((dayNumber(day) - from) / (until - from), 0), 1)
}

/** その幅に見えるか */
export function isWithin(extent: Extent, item: LaneItem): boolean {
  const until = item.kind === 'period' || item.kind === 'decision' ? item.until : item.from
  return item.from < extent.until && (until === null || until >= extent.from)
}
