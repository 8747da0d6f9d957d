import {
  addMonths,
  dayAfter,
  firstOfMonth,
  formatWareki,
  numericDay,
  type PlainDate,
  plainDateOf,
} from '@koiki/kernel'
import { defineJob, type Job, type JobRun, type Transaction } from '@koiki/store'
import { copayEdition } from '../edition.ts'
import { judgementYearOf } from '../rules/judgementYear.ts'
import { findCertified } from '../store/certificates.ts'
import {
  type FormerRuns,
  findAround,
  findChanged,
  findDueYears,
  findEverybody,
  findFormerRuns,
  recordRun,
} from '../store/changed.ts'
import type { CopayDecider } from '../store/judgements.ts'
import type { Window } from './judgementDays.ts'
import { type JudgedPerson, judgePersons } from './judgePersons.ts'

/**
 * 判定の仕事の問い — everybody for a judgement year; or with null those of whom something has changed, and everybody
 * where a year has its incomes and was never judged.
 */
export type JudgeSharesArgs = { readonly year: number | null }

/** いま判定する年度 — from July that of the coming 1 August, since it is judged in the month before. */
export const yearToJudge = (today: PlainDate): number =>
  Math.floor(judgementYearOf(numericDay(addMonths(today, 1))).from / 10_000)

/** 判定の年度 — the one that runs, and from July also the one that 1 August begins. */
const yearsToJudge = (today: PlainDate): readonly number[] => [
  ...new Set([currentYear(today), yearToJudge(today)]),
]

const currentYear = (today: PlainDate): number =>
  Math.floor(judgementYearOf(numericDay(today)).from / 10_000)

type Counts = {
  readonly persons: number
  readonly judged: number
  readonly sharesChanged: number
  readonly pending: number
  readonly reissue: number
}

const nothing: Counts = { persons: 0, judged: 0, sharesChanged: 0, pending: 0, reissue: 0 }

type Saved = { readonly startedAt: string; readonly last: number; readonly counts: Counts }

const yearText = (year: number): string => `${formatWareki(plainDateOf(year, 8, 1), 'long')}から`

/**
 * 一部負担金の割合の判定 — the yearly one judges everybody for 1 August and later; the other one those of whom
 * records, rights, incomes or applications have changed since, and everybody of a year whose turn has come.
 * Each unit commits with its checkpoint; a repetition adds nothing. It waits in the queue of 資格, so that
 * nobody moves while it reads.
 */
export const judgeShares = judgingBy(5000)

/** In units of so many persons: small enough to watch and to stop, large enough to be fast. */
export function judgingBy(unitSize: number): Job<JudgeSharesArgs> {
  return defineJob<JudgeSharesArgs>({
    kind: 'copay.judgeShares',
    title: ({ year }) =>
      year === null ? '一部負担金の割合の再判定' : `一部負担金の割合の判定(${yearText(year)})`,
    queue: (_, scope) => `eligibility:${scope.union}`,
    steps: [{ name: '判定', run: (run) => judge(run, unitSize) }],
  })
}

async function judge(run: JobRun<JudgeSharesArgs>, unitSize: number): Promise<void> {
  const { year } = run.args
  const saved = run.checkpoint<Saved>()
  let { startedAt, last, counts }: Saved = saved ?? { startedAt: '', last: 0, counts: nothing }
  const plan = await run.read((tx) => planOf(tx, year))
  if (startedAt === '') startedAt = plan.now
  const waiting = plan.subjects.filter((key) => key > last)
  const total = counts.persons + waiting.length
  for (let start = 0; start < waiting.length; start += unitSize) {
    const unit = waiting.slice(start, start + unitSize)
    await run.commit(async (tx) => {
      const judged = await judgePersons(tx, unit, plan.window, { jobId: String(run.jobId) })
      counts = sum(counts, judged)
      last = unit.at(-1)!
      run.progress(
        counts.persons,
        total,
        `${counts.persons}人を判定しました(新しい判定${counts.judged}件、判定できない人${counts.pending}人)。`,
      )
      return { startedAt, last, counts }
    })
  }
  if (plan.begun)
    await run.commit(async (tx) => {
      const { persons, judged, sharesChanged: changed, pending } = counts
      await recordRun(tx, {
        persons,
        judged,
        changed,
        pending,
        jobId: String(run.jobId),
        year: plan.years.at(0) ?? null,
        throughYear: plan.years.at(-1) ?? null,
        startedAt,
        edition: copayEdition.name,
      })
      return { startedAt, last, counts }
    })
  run.result(counts)
}

type Plan = {
  readonly now: string
  readonly window: Window
  readonly subjects: readonly number[]
  /** Those that are judged for everybody. */
  readonly years: readonly number[]
  /** False before the first yearly judgement: there is nothing to judge again. */
  readonly begun: boolean
}

async function planOf(tx: Transaction, year: number | null): Promise<Plan> {
  const former = await findFormerRuns(tx)
  if (year !== null) {
    const from = plainDateOf(year, 8, 1)
    const window = { from, until: laterOf(horizonOf(tx.today), dayAfter(from)), rightsFrom: from }
    const subjects = await findEverybody(tx, from)
    return { now: tx.now, window, subjects, years: [year], begun: true }
  }
  const years = await findDueYears(tx, yearsToJudge(tx.today))
  const [first] = years
  const window = windowAgain(tx.today, former, first)
  const changed = former === null ? [] : await findChanged(tx, former)
  const everybody = first === undefined ? [] : await findEverybody(tx, plainDateOf(first, 8, 1))
  const subjects = [...new Set([...everybody, ...changed])].sort((one, other) => one - other)
  return { now: tx.now, window, subjects, years, begun: former !== null || years.length > 0 }
}

const laterOf = (one: PlainDate, other: PlainDate): PlainDate => (one > other ? one : other)

/** What happens today is in force by the first of the next month. */
const horizonOf = (today: PlainDate): PlainDate => dayAfter(addMonths(firstOfMonth(today), 1))

/** 再判定の範囲 — since the first year judged for everybody; rights that began in the year that runs, from their first day. */
function windowAgain(today: PlainDate, former: FormerRuns | null, due?: number): Window {
  const current = plainDateOf(currentYear(today), 8, 1)
  const years = [former?.earliestYear, due].filter((year) => year !== undefined)
  const from = years.length === 0 ? current : plainDateOf(Math.min(...years), 8, 1)
  return { from, until: laterOf(horizonOf(today), dayAfter(from)), rightsFrom: current }
}

/**
 * その場の判定 — of the persons given and of nobody else, in the caller's transaction: for a filing that has been
 * decided, and for the counter. Before the first yearly judgement of the union only of those who brought a
 * 負担区分等証明書; null where there is none.
 */
export async function judgeSharesNow(
  tx: Transaction,
  subjectKeys: readonly number[],
  by: CopayDecider,
): Promise<readonly JudgedPerson[] | null> {
  const former = await findFormerRuns(tx)
  const judged = former === null ? await findCertified(tx, subjectKeys) : subjectKeys
  if (former === null && judged.length === 0) return null
  return judgePersons(tx, judged, windowAgain(tx.today, former), by)
}

/** 世帯ごとのその場の判定 — of the residents given and of everybody in their households, as `judgeSharesNow`. */
export async function judgeSharesAround(
  tx: Transaction,
  residentKeys: readonly number[],
  by: CopayDecider,
): Promise<readonly JudgedPerson[] | null> {
  return judgeSharesNow(tx, await findAround(tx, residentKeys), by)
}

function sum(counts: Counts, judged: readonly JudgedPerson[]): Counts {
  const count = (is: (one: JudgedPerson) => boolean): number => judged.filter(is).length
  return {
    persons: counts.persons + judged.length,
    judged: counts.judged + judged.reduce((total, one) => total + one.judgements, 0),
    sharesChanged:
      counts.sharesChanged +
      count(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
    pending: counts.pending + count(({ pending }) => pending > 0),
    reissue: counts.reissue + count(({ reissueFrom }) => reissueFrom !== null),
  }
}
