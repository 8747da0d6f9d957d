import type { CopayJudgement, Household, Working } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { grounds } from '../law/grounds.ts'
import { hasActiveIncome } from './activeIncome.ts'
import { isExemptByBase } from './baseExemption.ts'
import { certainIncomeLine, hasCertainTaxableIncome } from './certainIncome.ts'
import { explainChange } from './explainChange.ts'
import { explainRevenue } from './explainRevenue.ts'
import { countOf, dayText, figure, highestOf, sumOf } from './notation.ts'

/**
 * 計算の過程 — of `judgeCopayWith` for this household: every test that was asked, both of its sides, the
 * table and the day from which it holds; at the end what would make the tenths lower. A test is worth 1
 * where it holds.
 */
export function explainCopay(
  law: CopayLaw,
  household: Household,
  judgement: CopayJudgement,
): Working[] {
  const steps: Working[] = []
  const { totals } = judgement
  const insured = household.members.filter((member) => member.insured)
  const incomes = insured.map((member) => member.taxableIncome)
  steps.push(
    {
      step: '世帯の被保険者の数',
      value: totals.insured,
      formula: countOf(insured, () => true),
      law: law.cite.active,
    },
    {
      step: '課税所得の最も高い額',
      value: totals.taxableIncome,
      formula: highestOf(incomes),
      law: law.cite.active,
    },
    {
      step: '現役並みの課税所得がある（はい1、いいえ0）',
      value: Number(hasActiveIncome(totals, law)),
      formula: `${figure(totals.taxableIncome)} ≧ ${figure(law.activeTaxableIncome)}`,
      law: law.cite.active,
    },
  )
  if (hasActiveIncome(totals, law)) {
    explainBase(steps, household, judgement, law)
    if (!isExemptByBase(totals, law)) explainRevenue(steps, household, judgement, law)
  }
  if (judgement.tenths < 3) explainCertain(steps, household, judgement, law)
  const { words, law: article } = grounds[judgement.ground]
  steps.push({
    step: '一部負担金の割合（割）',
    value: judgement.tenths,
    formula: `${judgement.tenths}（${words}）`,
    law: article,
  })
  explainChange(steps, household, judgement, law)
  return steps
}

/** 旧ただし書所得による除外の過程 */
function explainBase(
  steps: Working[],
  { members }: Household,
  { totals }: CopayJudgement,
  law: CopayLaw,
): void {
  const insured = members.filter((member) => member.insured)
  const from = dayText(law.exemptBornFrom)
  const none = totals.bornFromLine === 0
  steps.push(
    {
      step: `${from}以後に生まれた被保険者の数`,
      value: totals.bornFromLine,
      formula: countOf(insured, (member) => member.birthDate >= law.exemptBornFrom),
      law: law.cite.base,
    },
    {
      step: '旧ただし書所得の合計',
      value: totals.base,
      formula: sumOf(insured.map((member) => member.base)),
      law: law.cite.base,
    },
    {
      step: '旧ただし書所得により3割から除かれる（はい1、いいえ0）',
      value: Number(isExemptByBase(totals, law)),
      formula: none
        ? `0（${from}以後に生まれた被保険者がいない）`
        : `${figure(totals.base)} ≦ ${figure(law.exemptBaseUpTo)}`,
      law: law.cite.base,
    },
  )
}

/** 一定以上所得の過程 */
function explainCertain(
  steps: Working[],
  { members }: Household,
  { totals }: CopayJudgement,
  law: CopayLaw,
): void {
  const { certain } = law
  if (certain === null) {
    steps.push({
      step: '2割の区分がある（はい1、いいえ0）',
      value: 0,
      formula: '0（2割が設けられる前の日）',
      law: law.cite.certain,
    })
    return
  }
  const reaches = hasCertainTaxableIncome(totals, certain)
  steps.push({
    step: '一定以上の課税所得がある（はい1、いいえ0）',
    value: Number(reaches),
    formula: `${figure(totals.taxableIncome)} ≧ ${figure(certain.taxableIncome)}`,
    law: law.cite.certain,
  })
  if (!reaches) return
  const line = certainIncomeLine(totals, certain)
  const parts = members
    .filter((member) => member.insured)
    .flatMap((member) => [member.pensionRevenue, member.otherIncome])
  steps.push(
    {
      step: '年金収入とその他の合計所得金額の合計',
      value: totals.income,
      formula: sumOf(parts),
      law: law.cite.certain,
    },
    {
      step: `一定以上の所得がある（被保険者${totals.insured > 1 ? '2人以上' : '1人'}、はい1、いいえ0）`,
      value: Number(totals.income >= line),
      formula: `${figure(totals.income)} ≧ ${figure(line)}`,
      law: law.cite.certain,
    },
  )
}
