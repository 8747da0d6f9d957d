import type { CopayJudgement, Household, Working } from '../copay.ts'
import type { CopayLaw } from '../law/copayLaw.ts'
import { certainIncomeLine } from './certainIncome.ts'
import { dayText, figure } from './notation.ts'
import { seventiesTotal } from './revenueCase.ts'
import { isRevenueInForce } from './revenueInForce.ts'

/**
 * 割合が変わる条件 — what would take the household out of 3割, or out of 2割: each by itself, and by how many
 * yen at least. Nothing where it pays 1割.
 */
export function explainChange(
  steps: Working[],
  household: Household,
  judgement: CopayJudgement,
  law: CopayLaw,
): void {
  if (judgement.tenths === 3) outOfThree(steps, household, judgement, law)
  else if (judgement.tenths === 2) outOfTwo(steps, judgement, law)
}

function outOfThree(
  steps: Working[],
  household: Household,
  { totals, revenueCase }: CopayJudgement,
  law: CopayLaw,
): void {
  const title = (what: string): string => `3割でなくなるまでの額（${what}）`
  steps.push(
    shortOf(
      title('課税所得の最も高い人。線以上の被保険者の全員が線を下回ること'),
      totals.taxableIncome,
      law.activeTaxableIncome,
      law.cite.active,
    ),
  )
  if (totals.bornFromLine > 0) {
    steps.push({
      step: title('旧ただし書所得の合計'),
      value: totals.base - law.exemptBaseUpTo,
      formula: `${figure(totals.base)} − ${figure(law.exemptBaseUpTo)}`,
      law: law.cite.base,
    })
  }
  if (revenueCase !== null) {
    steps.push(application(household, law))
    return
  }
  const alone = totals.insured === 1
  const also = isRevenueInForce(household, law) ? '' : '（あわせて基準収入額適用申請がいる）'
  steps.push(
    shortOf(
      title('被保険者の収入の合計'),
      totals.revenue,
      alone ? law.revenueAlone : law.revenueTogether,
      law.cite.revenue,
      also,
    ),
  )
  const { persons, revenue } = seventiesTotal(household, law)
  if (!alone || persons === 0) return
  steps.push(
    shortOf(
      title('70歳から74歳までの人を含む収入の合計'),
      totals.revenue + revenue,
      law.revenueTogether,
      law.cite.revenue,
      also,
    ),
  )
}

function application({ appliedOn }: Household, law: CopayLaw): Working {
  return {
    step: '3割でなくなるための基準収入額適用申請（いる1、済んでいる0）',
    value: Number(appliedOn === null),
    formula:
      appliedOn === null
        ? '1（申請すれば、その月の翌月の初日から）'
        : `0（${dayText(appliedOn)}の申請により、その月の翌月の初日から）`,
    law: law.cite.decision,
  }
}

function outOfTwo(steps: Working[], { totals }: CopayJudgement, law: CopayLaw): void {
  const { certain } = law
  if (certain === null) return
  const title = (what: string): string => `2割でなくなるまでの額（${what}）`
  steps.push(
    shortOf(
      title('課税所得の最も高い人。線以上の被保険者の全員が線を下回ること'),
      totals.taxableIncome,
      certain.taxableIncome,
      law.cite.certain,
    ),
    shortOf(
      title('年金収入とその他の合計所得金額の合計'),
      totals.income,
      certainIncomeLine(totals, certain),
      law.cite.certain,
    ),
  )
}

/** 線を下回るまでの額 — the least number of whole yen. */
function shortOf(step: string, amount: number, line: number, law: string, also = ''): Working {
  const formula = `${figure(amount)} − ${figure(line)} + 1${also}`
  return { step, value: amount - line + 1, formula, law }
}
