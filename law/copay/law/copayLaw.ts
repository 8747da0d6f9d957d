import { type NumericDay, numericDay, type PlainDate } from '@koiki/kernel'
import { cite, lawByDay } from './byDay.ts'
import {
  activeIncomeLine,
  baseExemption,
  certainIncomeLines,
  revenueDecision,
  revenueLines,
  seventiesAges,
} from './copayLines.ts'

/** 一部負担金の割合の法令 — everything that a judgement of one day asks of the tables, in whole numbers. */
export type CopayLaw = {
  /** 現役並み所得の線 */
  readonly activeTaxableIncome: number
  readonly exemptBornFrom: NumericDay
  readonly exemptBaseUpTo: number
  readonly revenueAlone: number
  readonly revenueTogether: number
  /** Records that show the revenue make an application needless. */
  readonly exOfficio: boolean
  readonly seventiesFrom: number
  readonly seventiesUntil: number
  /** 一定以上所得の線 — null before there was 2割. */
  readonly certain: {
    readonly taxableIncome: number
    readonly alone: number
    readonly together: number
  } | null
  readonly cite: {
    readonly active: string
    readonly base: string
    readonly revenue: string
    readonly decision: string
    readonly seventies: string
    readonly certain: string
  }
}

/** 一部負担金の割合の法令 — of a day. Throws MissingLaw, naming the table, for a day that is not covered. */
export const copayLawOn: (on: NumericDay) => CopayLaw = lawByDay<CopayLaw>(
  [
    activeIncomeLine,
    baseExemption,
    revenueLines,
    revenueDecision,
    seventiesAges,
    certainIncomeLines,
  ],
  prepare,
)

function prepare(on: PlainDate): CopayLaw {
  const active = activeIncomeLine.on(on)
  const base = baseExemption.on(on)
  const revenue = revenueLines.on(on)
  const decision = revenueDecision.on(on)
  const ages = seventiesAges.on(on)
  const certain = certainIncomeLines.on(on)
  return {
    activeTaxableIncome: active.value,
    exemptBornFrom: numericDay(base.value.bornFrom),
    exemptBaseUpTo: base.value.baseUpTo,
    revenueAlone: revenue.value.alone,
    revenueTogether: revenue.value.together,
    exOfficio: decision.value.exOfficio,
    seventiesFrom: ages.value.from,
    seventiesUntil: ages.value.until,
    certain: certain.value,
    cite: {
      active: cite(activeIncomeLine, active),
      base: cite(baseExemption, base),
      revenue: cite(revenueLines, revenue),
      decision: cite(revenueDecision, decision),
      seventies: cite(seventiesAges, ages),
      certain: cite(certainIncomeLines, certain),
    },
  }
}
