import type { NumericDay } from '@koiki/kernel'
import { judgementLawOn } from '../law/judgementLaw.ts'
import type { Start } from '../law/judgementYear.ts'
import { firstOfNextMonth, firstOfNextMonthUnlessFirst } from './firstOfNextMonth.ts'
import { judgementYearOf, judgementYearOfIncome } from './judgementYear.ts'
import { seventiesFrom } from './seventies.ts'

/** 再判定の事由 */
export type ReJudgement =
  /** 年次の判定 — of the judgement year in which `on` lies. */
  | { readonly kind: 'yearly'; readonly on: NumericDay }
  /** 所得の更正 — of the incomes of a calendar year, whenever it becomes known. */
  | { readonly kind: 'incomeCorrection'; readonly incomeYear: number }
  /** 世帯の異動 — the day on which somebody joined, left or died. */
  | { readonly kind: 'householdChange'; readonly on: NumericDay }
  /** 資格取得 — for the person who joins. */
  | { readonly kind: 'acquisition'; readonly on: NumericDay }
  /** 世帯員の70歳到達 — by the law of the day on which it is looked at. */
  | {
      readonly kind: 'turningSeventy'
      readonly birthDate: NumericDay
      readonly lookedAtOn: NumericDay
    }
  /** 基準収入額適用申請 */
  | { readonly kind: 'application'; readonly on: NumericDay }

/**
 * 再判定の効力の始まり — the day from which a new judgement holds. It may lie before the person was insured;
 * the caller takes the later day. Throws MissingLaw, naming the table, for a day that is not covered.
 */
export function effectiveFrom(event: ReJudgement): NumericDay {
  switch (event.kind) {
    case 'yearly':
      return judgementYearOf(event.on).from
    case 'incomeCorrection':
      return judgementYearOfIncome(event.incomeYear).from
    case 'householdChange':
      return startOf(judgementLawOn(event.on).householdChange, event.on)
    case 'acquisition':
      return startOf(judgementLawOn(event.on).acquisition, event.on)
    case 'application':
      return startOf(judgementLawOn(event.on).application, event.on)
    case 'turningSeventy':
      return seventiesFrom(event.birthDate, judgementLawOn(event.lookedAtOn))
  }
}

const starts: Readonly<Record<Start, (day: NumericDay) => NumericDay>> = {
  sameDay: (day) => day,
  firstOfNextMonth,
  firstOfNextMonthUnlessFirst,
}

function startOf(start: Start, day: NumericDay): NumericDay {
  return starts[start](day)
}
