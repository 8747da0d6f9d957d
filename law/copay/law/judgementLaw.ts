import type { NumericDay, PlainDate } from '@koiki/kernel'
import { lawByDay } from './byDay.ts'
import { seventiesAges } from './copayLines.ts'
import {
  effectRules,
  householdChangeStart,
  judgementYearRule,
  type Start,
} from './judgementYear.ts'

/** 判定の年度と効力の法令 — of one day. */
export type JudgementLaw = {
  readonly startMonth: number
  readonly acquisition: Start
  readonly application: Start
  readonly householdChange: Start
  readonly seventiesFrom: number
}

/** 判定の年度と効力の法令 — throws MissingLaw, naming the table, for a day that is not covered. */
export const judgementLawOn: (on: NumericDay) => JudgementLaw = lawByDay<JudgementLaw>(
  [judgementYearRule, effectRules, householdChangeStart, seventiesAges],
  prepare,
)

function prepare(on: PlainDate): JudgementLaw {
  const effects = effectRules.on(on).value
  return {
    startMonth: judgementYearRule.on(on).value.startMonth,
    acquisition: effects.acquisition,
    application: effects.application,
    householdChange: householdChangeStart.on(on).value,
    seventiesFrom: seventiesAges.on(on).value.from,
  }
}
