import type { LimitCategory, Working } from '../copay.ts'
import type { LimitLaw } from '../law/limitLaw.ts'
import type { LimitQuestion } from './limitCategory.ts'
import { countOf, figure, highestOf } from './notation.ts'

/**
 * 限度区分の計算の過程 — of `limitCategoryWith` for this question: every test that was asked, both of its
 * sides, the table and the day from which it holds. A test is worth 1 where it holds.
 */
export function explainLimitCategory(
  law: LimitLaw,
  question: LimitQuestion,
  category: LimitCategory,
): Working[] {
  const { tenths, taxableIncomes, household } = question
  const steps: Working[] = [
    {
      step: '一部負担金の割合（割）',
      value: tenths,
      formula: String(tenths),
      law: law.cite.classes,
    },
  ]
  if (tenths === 3) {
    const highest = Math.max(...taxableIncomes)
    const line = (step: string, amount: number): Working => ({
      step,
      value: Number(highest >= amount),
      formula: `${figure(highest)} ≧ ${figure(amount)}`,
      law: law.cite.classes,
    })
    steps.push(
      {
        step: '課税所得の最も高い額',
        value: highest,
        formula: highestOf(taxableIncomes),
        law: law.cite.classes,
      },
      line('現役並みIIIの線以上（はい1、いいえ0）', law.active3),
    )
    if (category !== 'active3') {
      steps.push(line('現役並みIIの線以上（はい1、いいえ0）', law.active2))
    }
    return steps
  }
  steps.push({
    step: '世帯の課税の人の数',
    value: household.filter((person) => person.taxed).length,
    formula: countOf(household, (person) => person.taxed),
    law: law.cite.classes,
  })
  if (category === 'lowIncome1' || category === 'lowIncome2') explainLow(steps, law, question)
  return steps
}

/** 低所得IとIIの過程 */
function explainLow(
  steps: Working[],
  law: LimitLaw,
  { household, oldAgeWelfarePension }: LimitQuestion,
): void {
  if (oldAgeWelfarePension) {
    steps.push({
      step: '老齢福祉年金を受けている（はい1、いいえ0）',
      value: 1,
      formula: '1',
      law: law.cite.pension,
    })
    return
  }
  const others = household.map((person) => person.otherIncome)
  const pensions = household.map((person) => person.pensionRevenue)
  const highestOther = Math.max(...others)
  const highestPension = Math.max(...pensions)
  steps.push({
    step: '年金のほかの所得の最も高い額',
    value: highestOther,
    formula: highestOf(others),
    law: law.cite.pension,
  })
  if (highestOther > 0) return
  steps.push({
    step: '年金収入の最も高い額',
    value: highestPension,
    formula: highestOf(pensions),
    law: law.cite.pension,
  })
  if (highestPension === 0 || law.pensionDeduction === null) return
  steps.push({
    step: '年金収入が控除額まで（はい1、いいえ0）',
    value: Number(highestPension <= law.pensionDeduction),
    formula: `${figure(highestPension)} ≦ ${figure(law.pensionDeduction)}`,
    law: law.cite.pension,
  })
}
