import type { AssessedLevy, AssessedPremium, Member, Working } from '../assessment.ts'
import type { LevyLaw, PremiumLaw } from '../law/lawOf.ts'
import { cutDown } from './cutDown.ts'
import { explainBase } from './explainIncome.ts'
import { explainJudgement } from './explainJudgement.ts'
import { incomeRate, ownKeep } from './incomeBasedAmount.ts'
import { insuredMonths } from './insuredMonths.ts'
import { afterReduction, cutBelow, figure, lesser, monthsText, rateText } from './notation.ts'
import { perCapitaAmount } from './perCapitaAmount.ts'

/**
 * 計算の過程 — of one answer of `assessWith` for these members: every step from revenue to premium with its
 * formula, its table and the day from which that holds. Throws RangeError for another household's.
 */
export function explainPremium(
  law: PremiumLaw,
  members: readonly Member[],
  premium: AssessedPremium,
): Working[] {
  const member = members.find((candidate) => candidate.id === premium.member)
  if (member === undefined) throw new RangeError('この世帯の賦課ではありません。')
  const steps: Working[] = []
  explainJudgement(steps, members, premium.judgement, law)
  explainBase(steps, member, law)
  explainMonths(steps, premium, member, law)
  explainLevy(steps, law.medical, premium.medical, premium, law)
  if (law.childSupport !== null && premium.childSupport !== null) {
    explainLevy(steps, law.childSupport, premium.childSupport, premium, law)
  }
  steps.push({
    step: '保険料額',
    value: premium.annual,
    formula:
      premium.childSupport === null
        ? figure(premium.medical.annual)
        : `${figure(premium.medical.annual)} + ${figure(premium.childSupport.annual)}`,
    law: law.cite.assessment,
  })
  return steps
}

function explainMonths(
  steps: Working[],
  premium: AssessedPremium,
  member: Member,
  law: PremiumLaw,
): void {
  const span = insuredMonths(member.insured!, law)
  steps.push({
    step: '資格月数',
    value: premium.months,
    formula: monthsText(span.from, span.until),
    law: `${law.cite.months}（取得月を算入し、喪失月を算入しない）`,
  })
  if (premium.formerDependentMonths > 0) {
    steps.push(
      {
        step: '元被扶養者の軽減の月数',
        value: premium.formerDependentMonths,
        formula: monthsText(span.from, span.from + premium.formerDependentMonths),
        law: `${law.cite.formerDependent}（取得の月から${law.formerDependentMonths}月）`,
      },
      {
        step: '軽減区分（元被扶養者）',
        value: premium.reductionTenths,
        formula: `${premium.judgement.tenths}と${law.formerDependentTenths}の大きい方`,
        law: law.cite.formerDependent,
      },
    )
  }
}

function explainLevy(
  steps: Working[],
  levy: LevyLaw,
  assessed: AssessedLevy,
  premium: AssessedPremium,
  law: PremiumLaw,
): void {
  const { name } = levy
  const { months, formerDependentMonths, judgement } = premium
  const straddles = formerDependentMonths > 0 && formerDependentMonths < months
  const later = straddles ? perCapitaAmount(levy, judgement.tenths) : assessed.perCapita
  const perCapita = (tenths: 0 | 2 | 5 | 7, step: string, value: number): Working => ({
    step,
    value,
    formula: `${figure(levy.perCapita)} × ${afterReduction(levy.keep[tenths])}${cutBelow(levy.partUnit)}`,
    law: `${levy.cite.rate}、${law.cite.reduction}、${law.cite.fractions}`,
  })
  const sum = assessed.perCapita + assessed.incomeBased
  const capped = sum < assessed.cap ? sum : assessed.cap
  steps.push(perCapita(premium.reductionTenths, `均等割額（${name}、軽減後）`, assessed.perCapita))
  if (levy.shownUnit > levy.partUnit) {
    steps.push({
      step: `均等割額（${name}、示す額）`,
      value: cutDown(assessed.perCapita, 1, levy.shownUnit),
      formula: `${figure(assessed.perCapita)}${cutBelow(levy.shownUnit)}`,
      law: `${law.cite.fractions}（年額は切り捨てる前の額から求める）`,
    })
  }
  steps.push(
    explainIncomeBased(levy, assessed, premium, law),
    {
      step: `賦課額（${name}、限度額の前）`,
      value: sum,
      formula: `${figure(assessed.perCapita)} + ${figure(assessed.incomeBased)}`,
      law: law.cite.assessment,
    },
    {
      step: `賦課額（${name}）`,
      value: capped,
      formula: lesser(sum, assessed.cap),
      law: assessed.cap < levy.cap ? `${law.cite.caps}（経過措置）` : law.cite.caps,
    },
  )
  if (straddles) {
    steps.push(perCapita(judgement.tenths, `均等割額（${name}、元被扶養者の2年のあと）`, later), {
      step: `賦課額（${name}、元被扶養者の2年のあと）`,
      value: Math.min(later + assessed.incomeBased, assessed.cap),
      formula: lesser(later + assessed.incomeBased, assessed.cap),
      law: law.cite.caps,
    })
  }
  const laterCapped = Math.min(later + assessed.incomeBased, assessed.cap)
  steps.push({
    step: `年額（${name}）`,
    value: assessed.annual,
    formula: straddles
      ? `(${figure(capped)} × ${formerDependentMonths} + ${figure(laterCapped)} × ${months - formerDependentMonths}) ÷ ${law.monthsInYear}${cutBelow(levy.totalUnit)}`
      : `${figure(capped)} × ${months} ÷ ${law.monthsInYear}${cutBelow(levy.totalUnit)}`,
    law: `${law.cite.months}、${law.cite.fractions}`,
  })
}

function explainIncomeBased(
  levy: LevyLaw,
  assessed: AssessedLevy,
  premium: AssessedPremium,
  law: PremiumLaw,
): Working {
  const step = `所得割額（${levy.name}）`
  const value = assessed.incomeBased
  if (premium.formerDependent) {
    return { step, value, formula: '0（元被扶養者）', law: law.cite.formerDependent }
  }
  const { base } = premium
  const own = base === 0 ? null : ownKeep(base, levy)
  const rate = incomeRate(base, levy, law)
  const relief = rate !== levy.rate
  const reduced = own === null ? '' : ` × ${afterReduction(own)}`
  const sources = [relief ? levy.cite.relief : levy.cite.rate]
  if (own !== null) sources.push(levy.cite.own)
  return {
    step,
    value,
    formula: `${figure(base)} × ${rateText(rate)}${reduced}${cutBelow(levy.partUnit)}`,
    law: [...sources, law.cite.fractions].join('、'),
  }
}
