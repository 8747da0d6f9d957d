import type { Person } from '@koiki/union'
import {
  changeText,
  dayOf,
  fiscalYearText,
  timeText,
  transmissionNumberText,
  yearText,
  yenText,
} from '../ui/text.ts'
import { type LaneName, noMore, type PersonMore } from './lanes.ts'

/** できごと — one sentence with its yen and its consequence, by whom, and the way to why. */
export type PersonEvent = {
  key: string
  on: string
  time: string | null
  lane: LaneName
  sentence: string
  by: string | null
  decision: string | null
  notice: string | null
  filing: string | null
  cancelled: boolean
  mine: boolean
}

export type EventDay = { on: string; events: readonly PersonEvent[] }

/** 本人のできごと — newest day first, within a day morning to night; a day is never split. */
export function eventsOf(person: Person, more: PersonMore = noMore): readonly EventDay[] {
  const events = [
    ...eligibilityEvents(person),
    ...filingEvents(more),
    ...copayEvents(more),
    ...certificateEvents(more),
    ...cardEvents(more),
    ...reckoningEvents(more),
    ...incomeEvents(person),
    ...decisionEvents(person),
    ...noticeEvents(person),
    ...deliveryEvents(person),
    ...lookEvents(person),
  ]
  const days = new Map<string, PersonEvent[]>()
  for (const event of events) days.set(event.on, [...(days.get(event.on) ?? []), event])
  return [...days]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([on, all]) => ({
      on,
      events: all.sort((a, b) =>
        (a.time ?? '').padStart(5).localeCompare((b.time ?? '').padStart(5)),
      ),
    }))
}

const bare = {
  time: null,
  by: null,
  decision: null,
  notice: null,
  filing: null,
  cancelled: false,
  mine: false,
} as const

function eligibilityEvents(person: Person): PersonEvent[] {
  return person.eligibility.flatMap((period, index) => [
    {
      ...bare,
      key: `acquired-${index}`,
      on: period.from,
      lane: '資格' as const,
      sentence: `資格を得ました(${period.acquired})。${period.municipality}。`,
    },
    ...(period.until === null || period.lost === null
      ? []
      : [
          {
            ...bare,
            key: `lost-${index}`,
            on: period.until,
            lane: '資格' as const,
            sentence: `資格を失いました(${period.lost})。`,
          },
        ]),
  ])
}

function filingEvents({ record }: PersonMore): PersonEvent[] {
  if (record === null) return []
  return [
    ...record.filings.map((one) => ({
      ...bare,
      key: `filing-${one.filing}`,
      on: one.filedOn,
      lane: '資格' as const,
      sentence: `${one.kindName}を受け付けました。${one.stateName}。`,
      by: `受付 ${one.receiptNumber}`,
      filing: one.filing,
      cancelled: one.state === 'cancelled' || one.state === 'withdrawn',
    })),
    ...record.told.map((one) => ({
      ...bare,
      key: `told-${one.kind}-${one.from}-${one.receiptNumber}`,
      on: one.from,
      lane: one.kind === '送付先' ? ('通知' as const) : ('資格' as const),
      sentence: `${one.kind}${one.kind === '送付先' ? 'を変えました' : 'が始まりました'}。`,
      by: one.receiptNumber === null ? null : `受付 ${one.receiptNumber}`,
    })),
  ]
}

function copayEvents({ copay }: PersonMore): PersonEvent[] {
  return (copay?.periods ?? []).map((one) => ({
    ...bare,
    key: `copay-${one.from}`,
    on: one.from,
    lane: '給付' as const,
    sentence: `一部負担金の割合が${one.tenths}割になりました${one.limitName === null ? '' : `(限度区分 ${one.limitName})`}。`,
  }))
}

/** Issued, seen, handed over, come back, lost: a document's way is told step by step. */
function certificateEvents({ certificates }: PersonMore): PersonEvent[] {
  return (certificates?.certificates ?? []).flatMap((one) =>
    one.events.map((event, step) => ({
      ...bare,
      key: `certificate-${one.certificate}-${step}`,
      on: dayOf(event.at),
      time: timeText(event.at),
      lane: '通知' as const,
      sentence: `${one.documentName} ${one.number}通目: ${event.act}。${event.note ?? ''}`,
      by: event.by,
      cancelled: one.state === 'cancelled' && step === 0,
    })),
  )
}

/** マイナ保険証の状況 and 特別療養費: what decides which document a person holds. */
function cardEvents({ certificates }: PersonMore): PersonEvent[] {
  if (certificates === null) return []
  return [
    ...certificates.insuranceCardTold.map((one) => ({
      ...bare,
      key: `card-${one.from}-${one.since}-${one.knownAt}`,
      on: one.since,
      lane: '資格' as const,
      sentence: `マイナ保険証は「${one.stateName}」です。`,
      by: one.source,
    })),
    ...certificates.specialTreatmentEvents.map((one, index) => ({
      ...bare,
      key: `special-${index}`,
      on: one.effectiveOn,
      lane: '給付' as const,
      sentence: `特別療養費: ${one.actName}。`,
      by: one.by,
    })),
  ]
}

const reckoningWords = {
  found: (items: string) => `住基ファイルと届書で、${items}がちがいます。`,
  resolved: (items: string) => `突合のちがい(${items})を直しました。`,
  same: () => '別の記録と、同じ人だと判断しました(結合)。',
  different: () => '別の記録と、別の人だと判断しました(分離)。',
  withdrawn: () => '同じ人かの前の判断を、取りやめました。',
} as const

function reckoningEvents({ record }: PersonMore): PersonEvent[] {
  return (record?.reckonings ?? []).map((one, index) => ({
    ...bare,
    key: `reckoning-${index}`,
    on: dayOf(one.at),
    time: timeText(one.at),
    lane: one.kind === 'found' || one.kind === 'resolved' ? ('連携' as const) : ('資格' as const),
    sentence: reckoningWords[one.kind](one.items.join('・')),
    by: one.by,
    filing: one.filing,
  }))
}

function incomeEvents(person: Person): PersonEvent[] {
  return person.incomes.flatMap((income) =>
    income.received === null
      ? []
      : [
          {
            ...bare,
            key: `income-${income.fiscalYear}`,
            on: income.received.on,
            lane: '所得' as const,
            sentence:
              income.declared === 'declared'
                ? `${yearText(income.incomeYear)}分の所得が届きました。`
                : `${yearText(income.incomeYear)}分の所得は${income.declared === 'undeclared' ? '申告がありません' : '調査中です'}。軽減は判定できません。`,
            by: income.received.from,
          },
        ],
  )
}

function decisionEvents(person: Person): PersonEvent[] {
  return person.decisions.map((decision) => {
    const before = person.decisions.find(
      (one) => one.current && one.fiscalYear === decision.fiscalYear - 1,
    )
    const change =
      before === undefined ? '' : `(前年より${changeText(decision.annualYen - before.annualYen)})`
    return {
      ...bare,
      key: `decision-${decision.decision}`,
      on: decision.decidedOn,
      lane: '賦課' as const,
      sentence: `${fiscalYearText(decision.fiscalYear)}の保険料を${yenText(decision.annualYen)}${change}と決めました。${decision.reason}。`,
      decision: decision.decision,
      cancelled: !decision.current,
    }
  })
}

function noticeEvents(person: Person): PersonEvent[] {
  return person.notices.map((notice) => ({
    ...bare,
    key: `notice-${notice.notice}`,
    on: notice.madeOn,
    lane: '通知' as const,
    sentence:
      notice.state === 'stopped'
        ? `${notice.name}の印刷を止めています。${notice.reason ?? ''}`
        : `${notice.name}の内容が決まりました。交付は市区町村がします。`,
    notice: notice.state === 'stopped' ? null : notice.notice,
  }))
}

/** What a machine sent on one day is one line. */
function deliveryEvents(person: Person): PersonEvent[] {
  const days = new Map<string, string[]>()
  for (const one of person.deliveries)
    days.set(one.on, [
      ...(days.get(one.on) ?? []),
      `${one.layout} ${transmissionNumberText(one.number)}を${one.to}へ`,
    ])
  return [...days].map(([on, all]) => ({
    ...bare,
    key: `sent-${on}`,
    on,
    lane: '連携' as const,
    sentence: `${all.join('、')}送りました。`,
  }))
}

/** The looks of one person at one desk for one purpose on one day are one line, with how many they were. */
function lookEvents(person: Person): PersonEvent[] {
  const lines = new Map<string, Person['looks']>()
  for (const look of person.looks.filter(({ list }) => !list)) {
    const key = `${dayOf(look.at)} ${look.place} ${look.name} ${look.purpose}`
    lines.set(key, [...(lines.get(key) ?? []), look])
  }
  return [...lines].flatMap(([key, looks]) => {
    const [last] = [...looks].sort((a, b) => (a.at < b.at ? 1 : -1))
    if (last === undefined) return []
    const acts = [...new Set(looks.map(({ act }) => act))].join('、')
    const times = looks.length > 1 ? `${looks.length}回。` : ''
    return [
      {
        ...bare,
        key: `look-${key}`,
        on: dayOf(last.at),
        time: timeText(last.at),
        lane: '閲覧' as const,
        sentence: `「${last.purpose}」${times}${acts}`,
        by: `${last.place} ${last.name}`,
        mine: last.mine,
      },
    ]
  })
}
