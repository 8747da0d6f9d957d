import { MissingLaw, type PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { CopayTenths, LimitCategory } from '../copay.ts'
import { limitQuestionOf, questionOf } from '../jobs/judgeOn.ts'
import { limitLawOn } from '../law/limitLaw.ts'
import { judgeCopay } from '../rules/judgeCopay.ts'
import { limitCategoryWith } from '../rules/limitCategory.ts'
import type { CopayCause, Missing, SharePeriod, StoredFacts, StoredWorkings } from '../share.ts'
import { findPeriods } from './judgements.ts'

/** ある日の割合 — since which day it holds without a break, and the same of 限度区分. */
export type CopayShare = {
  readonly tenths: CopayTenths
  readonly from: PlainDate
  readonly limitCategory: LimitCategory | null
  readonly limitFrom: PlainDate | null
}

/** ある日の一部負担金の割合 — null where the person is not insured or cannot be judged on the day. */
export async function copayOn(
  tx: Transaction,
  subjectKey: number,
  day: PlainDate,
): Promise<CopayShare | null> {
  return tx.maybe<CopayShare>(
    `select tenths, share_since as "from", limit_category as "limitCategory",
            case when limit_category is not null then limit_since end as "limitFrom"
       from copay.share_period
      where subject_key = $1 and held @> $2::date`,
    [subjectKey, day],
  )
}

/** 割合の一覧 — the periods of one person, oldest first; neighbours differ in share, class, municipality or judgement. */
export async function sharesOf(
  tx: Transaction,
  subjectKey: number,
): Promise<readonly SharePeriod[]> {
  return findPeriods(tx, [subjectKey])
}

/** 判定 — as it was decided, with its facts and workings. */
export type DecidedJudgement = {
  readonly sequence: number
  readonly effectiveOn: PlainDate
  readonly judgementYear: number
  readonly cause: CopayCause
  readonly tenths: CopayTenths
  readonly ground: string
  readonly limitCategory: LimitCategory | null
  readonly facts: StoredFacts
  readonly workings: StoredWorkings
  readonly edition: string
  readonly decidedOn: PlainDate
  readonly receiptNumber: string | null
  /** False when a later judgement of the same day has taken its place. */
  readonly living: boolean
}

/** 判定の一覧 — of one person, the day that took effect last first; those that the scope hides are left out. */
export async function findJudgements(
  tx: Transaction,
  subjectKey: number,
): Promise<readonly DecidedJudgement[]> {
  return tx.query<DecidedJudgement>(
    `select sequence, effective_on as "effectiveOn", judgement_year as "judgementYear", cause,
            tenths, ground, limit_category as "limitCategory", facts, workings, edition,
            decided_on as "decidedOn", receipt_number as "receiptNumber",
            sequence = max(sequence) over (partition by effective_on) as living
       from copay.judgement
      where subject_key = $1
      order by effective_on desc, sequence desc`,
    [subjectKey],
  )
}

/** 判定できない日 — from which day, since when it is known, and what is missing. */
export type PendingJudgement = {
  readonly effectiveOn: PlainDate
  readonly judgementYear: number
  readonly since: string
  readonly reasons: readonly Missing[]
}

/** 判定できないわけ — of one person, by day. */
export async function findPendings(
  tx: Transaction,
  subjectKey: number,
): Promise<readonly PendingJudgement[]> {
  return tx.query<PendingJudgement>(
    `select effective_on as "effectiveOn", judgement_year as "judgementYear", since, reasons
       from copay.pending where subject_key = $1 order by effective_on`,
    [subjectKey],
  )
}

/**
 * 判定し直し — asks today's rules again with the stored facts; null where they cannot answer. A difference means
 * that a rule or a table has changed.
 */
export function rejudge(
  facts: StoredFacts,
): { readonly tenths: CopayTenths; readonly limitCategory: LimitCategory | null } | null {
  if (facts.certified !== undefined) return facts.certified
  try {
    const asked = questionOf(facts)
    const { tenths } = judgeCopay(asked)
    if (facts.limitMissing.length > 0) return { tenths, limitCategory: null }
    const limitCategory = limitCategoryWith(limitLawOn(asked.date), limitQuestionOf(facts, tenths))
    return { tenths, limitCategory }
  } catch (error) {
    if (error instanceof MissingLaw) return null
    throw error
  }
}
