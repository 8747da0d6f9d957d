import type { CopayJudgement, Household, Working } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { firstOfNextMonth } from './firstOfNextMonth.ts'
import { countOf, dayText, figure, sumOf } from './notation.ts'
import { seventiesTotal } from './revenueCase.ts'
import { isRevenueInForce } from './revenueInForce.ts'
import { inSeventies } from './seventies.ts'

/** 基準収入額の過程 — the revenue, each line that was tried, and whether the case is in force. */
export function explainRevenue(
  steps: Working[],
  household: Household,
  judgement: CopayJudgement,
  law: CopayLaw,
): void {
  const { totals } = judgement
  const insured = household.members.filter((member) => member.insured)
  const alone = totals.insured === 1
  const line = alone ? law.revenueAlone : law.revenueTogether
  steps.push(
    {
      step: '収入の合計（被保険者）',
      value: totals.revenue,
      formula: sumOf(insured.map((member) => member.revenue)),
      law: law.cite.revenue,
    },
    {
      step: `基準収入額に満たない（被保険者${alone ? '1人' : '2人以上'}、はい1、いいえ0）`,
      value: Number(totals.revenue < line),
      formula: `${figure(totals.revenue)} < ${figure(line)}`,
      law: law.cite.revenue,
    },
  )
  if (alone && totals.revenue >= line) explainSeventies(steps, household, judgement, law)
  if (judgement.revenueCase !== null) {
    steps.push({
      step: '基準収入額の適用が始まっている（はい1、いいえ0）',
      value: Number(isRevenueInForce(household, law)),
      formula: inForce(household, law),
      law: law.cite.decision,
    })
  }
}

function explainSeventies(
  steps: Working[],
  household: Household,
  { totals }: CopayJudgement,
  law: CopayLaw,
): void {
  const others = household.members.filter((member) => !member.insured)
  const { persons, revenue } = seventiesTotal(household, law)
  steps.push({
    step: '70歳から74歳までの人の数（被保険者でない人）',
    value: persons,
    formula: countOf(others, (member) => inSeventies(member, household.date, law)),
    law: law.cite.seventies,
  })
  if (persons === 0) return
  const terms = others
    .filter((member) => inSeventies(member, household.date, law))
    .map((member) => member.revenue)
  const sum = totals.revenue + revenue
  steps.push(
    {
      step: '収入の合計（70歳から74歳までの人を含む）',
      value: sum,
      formula: sumOf([totals.revenue, ...terms]),
      law: law.cite.revenue,
    },
    {
      step: '基準収入額に満たない（70歳から74歳までの人を含む、はい1、いいえ0）',
      value: Number(sum < law.revenueTogether),
      formula: `${figure(sum)} < ${figure(law.revenueTogether)}`,
      law: law.cite.revenue,
    },
  )
}

function inForce(household: Household, law: CopayLaw): string {
  const { appliedOn, revenueConfirmed } = household
  if (law.exOfficio && revenueConfirmed) return '1（公簿等で収入を確認できるため申請はいらない）'
  if (appliedOn === null) return '0（申請がない）'
  const from = firstOfNextMonth(appliedOn)
  return `${from <= household.date ? 1 : 0}（${dayText(appliedOn)}の申請、${dayText(from)}から）`
}
