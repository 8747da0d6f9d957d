import type { NumericDay, PlainDate } from '@koiki/kernel'
import { cite, lawByDay } from './byDay.ts'
import { activeIncomeLine } from './copayLines.ts'
import { activeClassLines, lowIncomePensionDeduction } from './limitLines.ts'

/** 限度区分の法令 — of one day, in whole numbers. */
export type LimitLaw = {
  readonly active3: number
  readonly active2: number
  /** 現役並み所得の線 — nobody pays 3割 below it. */
  readonly active1: number
  /** 低所得Iの年金の控除額 — null where the table has no row; then it may not decide. */
  readonly pensionDeduction: number | null
  readonly pensionTable: string
  readonly cite: { readonly classes: string; readonly pension: string }
}

/** 限度区分の法令 — throws MissingLaw, naming the table, for a day whose classes are not known. */
export const limitLawOn: (on: NumericDay) => LimitLaw = lawByDay<LimitLaw>(
  [activeClassLines, activeIncomeLine, lowIncomePensionDeduction],
  prepare,
)

function prepare(on: PlainDate): LimitLaw {
  const classes = activeClassLines.on(on)
  const pension = lowIncomePensionDeduction.find(on)
  return {
    active3: classes.value.active3,
    active2: classes.value.active2,
    active1: activeIncomeLine.on(on).value,
    pensionDeduction: pension === null ? null : pension.value,
    pensionTable: lowIncomePensionDeduction.name,
    cite: {
      classes: cite(activeClassLines, classes),
      pension:
        pension === null
          ? `${lowIncomePensionDeduction.name} ${on}の行がない`
          : cite(lowIncomePensionDeduction, pension),
    },
  }
}
