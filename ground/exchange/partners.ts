import { addDays, dayOfWeek, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { unionOf } from './journal.ts'
import { type LayoutPolicy, policyOf } from './policy.ts'
import { type Party, partyInWords } from './protocol.ts'
import { listGaps } from './sequence.ts'

/** 便りの状態 — 未開始: this kind of file has come from nobody yet. */
export type NewsState = '平常' | '未開始' | '遅れ' | '無音' | '欠番' | '断り続き'

/** 便りの事実 — what the journal says of one partner and layout. */
export type NewsFacts = {
  readonly layout: string
  readonly partner: Party
  readonly today: PlainDate
  /** The last day on which a file came, or a full reconciliation was answered. */
  readonly lastNewsOn: PlainDate | null
  /** The first day on which a file of this layout came from any partner: from then on one is expected of all. */
  readonly expectedFrom: PlainDate | null
  readonly missing: readonly number[]
  readonly missingSince: PlainDate | null
  readonly refusals: number
  readonly refusedSince: PlainDate | null
  readonly refusedNumber: number | null
}

export type NewsJudgement = {
  readonly state: NewsState
  /** Since when; null where all is well. */
  readonly since: PlainDate | null
  readonly sentence: string
  /** すること — what a clerk does now; empty where nothing. */
  readonly action: string
}

/** 相手ごとの便り */
export type PartnerNews = NewsJudgement & {
  readonly partner: Party
  readonly municipality: string
  readonly layout: string
  readonly lastNewsOn: PlainDate | null
  readonly cadenceDays: number | null
  readonly missing: readonly number[]
}

/**
 * 便りの判定 — the worst first: refused again and again, a number that is missing, silence, lateness. News is counted
 * in days of Monday to Friday; a table of public holidays is not here, so a holiday counts as a day.
 */
export function judgeNews(facts: NewsFacts, policy: LayoutPolicy): NewsJudgement {
  const { layout, partner } = facts
  const who = partyInWords(partner)
  if (facts.refusals >= policy.refusalsInARow)
    return {
      state: '断り続き',
      since: facts.refusedSince,
      sentence: `${who}の${layout}の通し番号${facts.refusedNumber}を、続けて${facts.refusals}回断っています。後の番号は待っています。`,
      action: '誤りファイルを渡したか確かめ、直し方を相手と電話で決めてください。',
    }
  if (facts.missing.length > 0)
    return {
      state: '欠番',
      since: facts.missingSince,
      sentence: `${who}の${layout}の通し番号${facts.missing.join('、')}が届いていません。後の番号は取り込まずに待っています。`,
      action:
        '相手にその番号を送ってもらってください。もう送れないときは、わけを書いて欠番とします。',
    }
  const { cadenceDays } = policy
  if (cadenceDays === null) return well(facts)
  const from = facts.lastNewsOn ?? facts.expectedFrom
  if (from === null)
    return {
      state: '未開始',
      since: null,
      sentence: `${layout}は、まだどこからも届いていません。`,
      action: '',
    }
  const dueOn = addWorkingDays(from, cadenceDays)
  const waited = workingDaysBetween(from, facts.today)
  const last =
    facts.lastNewsOn === null
      ? `${layout}は、まだ一度も届いていません`
      : `${layout}の便りは${facts.lastNewsOn}が最後です`
  if (waited > cadenceDays * policy.silentIntervals)
    return {
      state: '無音',
      since: dueOn,
      sentence: `${who}から便りがありません。${last}。異動がないのか、機械や回線が止まったのかがわかりません。`,
      action:
        '相手に電話し、送り出す機械が動いているか確かめてください。次に全件照合で件数を合わせます。',
    }
  if (waited > cadenceDays)
    return {
      state: '遅れ',
      since: dueOn,
      sentence: `${who}の便りが遅れています。${last}。`,
      action: '次の開庁日にも届かなければ、相手に確かめてください。',
    }
  return well(facts)
}

const well = ({ layout, lastNewsOn }: NewsFacts): NewsJudgement => ({
  state: '平常',
  since: null,
  sentence: lastNewsOn === null ? `${layout}を待つ決まりはありません。` : '予定どおりです。',
  action: '',
})

const isWorkingDay = (day: PlainDate): boolean => dayOfWeek(day) % 7 !== 0 && dayOfWeek(day) !== 6

/** Days of Monday to Friday after `from` up to and with `until`. */
export function workingDaysBetween(from: PlainDate, until: PlainDate): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until && count < 1000; day = addDays(day, 1))
    if (isWorkingDay(day)) count += 1
  return count
}

/** The first day on which news is late. */
function addWorkingDays(from: PlainDate, days: number): PlainDate {
  let day = from
  for (let left = days + 1; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

type Row = {
  partner: Party
  layout: string
  last_on: PlainDate
  first_on: PlainDate
}
type Refused = {
  partner: Party
  layout: string
  number: number
  times: number
  since: PlainDate
}

/**
 * 相手ごとの便りの一覧 — every partner with every layout that is expected of it or has come from it, judged by the
 * clock's day, worst first. No news is news: a partner that never sent stands here as well.
 */
export async function listPartnerNews(
  tx: Transaction,
  self: Party,
  partners: readonly { readonly partner: Party; readonly municipality: string }[],
  expected: readonly string[],
): Promise<PartnerNews[]> {
  const union = unionOf(tx)
  const came = await tx.query<Row>(
    `select partner, layout, max(day) as last_on, min(day) as first_on
       from (select sender as partner, layout, (recorded_at at time zone 'Asia/Tokyo')::date as day
               from exchange.transmission
              where union_code = $1::smallint and receiver = $2::text
             union all
             select case when r.asker = $2::text then r.answerer else r.asker end, r.layout, r.day
               from exchange.full_reconciliation r
               join exchange.full_reconciliation_result using (union_code, reconciliation_id)
              where r.union_code = $1::smallint) as news
      group by partner, layout`,
    [union, self],
  )
  const gaps = await listGaps(tx, self)
  const refusals = await tx.query<Refused>(
    `select t.sender as partner, t.layout, t.sequence_number as number, count(*) as times,
            (min(e.recorded_at) at time zone 'Asia/Tokyo')::date as since
       from exchange.transmission_event e
       join exchange.transmission t using (union_code, transmission_id)
      where e.union_code = $1::smallint and e.state = 'refused' and t.receiver = $2::text
        and exists (
          select from exchange.sequence_position p
            join exchange.transmission_event held
              on held.union_code = p.union_code and held.transmission_id = p.transmission_id
           where p.union_code = t.union_code and p.sender = t.sender and p.receiver = t.receiver
             and p.layout = t.layout and p.sequence_number = t.sequence_number
             and held.state = 'refused')
      group by t.sender, t.layout, t.sequence_number
      order by t.sequence_number`,
    [union, self],
  )
  const layouts = [...new Set([...expected, ...came.map(({ layout }) => layout)])]
  const news: PartnerNews[] = []
  for (const layout of layouts) {
    const policy = await policyOf(tx, self, layout)
    const ofLayout = came.filter((one) => one.layout === layout)
    const days = ofLayout.map(({ first_on }) => first_on).sort()
    for (const { partner, municipality } of partners) {
      const own = ofLayout.find((one) => one.partner === partner)
      if (own === undefined && !expected.includes(layout)) continue
      const is = (one: { partner: Party; layout: string }) =>
        one.partner === partner && one.layout === layout
      const gap = gaps.find(is)
      const refused = refusals.find(is)
      const facts: NewsFacts = {
        layout,
        partner,
        today: tx.today,
        lastNewsOn: own?.last_on ?? null,
        expectedFrom: days[0] ?? null,
        missing: gap?.missing ?? [],
        missingSince: gap?.since ?? null,
        refusals: refused?.times ?? 0,
        refusedSince: refused?.since ?? null,
        refusedNumber: refused?.number ?? null,
      }
      news.push({
        partner,
        municipality,
        layout,
        lastNewsOn: facts.lastNewsOn,
        cadenceDays: policy.cadenceDays,
        missing: facts.missing,
        ...judgeNews(facts, policy),
      })
    }
  }
  return news.sort((a, b) => rank(a) - rank(b) || (a.municipality < b.municipality ? -1 : 1))
}

const order: readonly NewsState[] = ['断り続き', '無音', '欠番', '遅れ', '未開始', '平常']
const rank = ({ state }: PartnerNews): number => order.indexOf(state)
