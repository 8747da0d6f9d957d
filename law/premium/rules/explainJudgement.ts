import type { Judgement, Member, Working } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { explainIncomes, explainJudgedIncome } from './explainIncome.ts'
import { isEarner } from './isEarner.ts'
import { judgedIncome } from './judgedIncome.ts'
import { insuredOn } from './judgement.ts'
import { dayText, figure } from './notation.ts'
import { thresholdOfSeven } from './reductionTenths.ts'

/** 軽減判定の計算の過程 — of the household as it stands on the 賦課期日. */
export function explainJudgement(
  steps: Working[],
  members: readonly Member[],
  judged: Judgement,
  law: PremiumLaw,
): void {
  const counting = members.filter((member) => member.head || insuredOn(member, judged.on))
  for (const member of counting) {
    explainIncomes(steps, member, law)
    explainJudgedIncome(steps, member, law)
  }
  const household = `${law.cite.thresholds}（賦課期日 ${dayText(judged.on)}）`
  const incomes = counting.map((member) =>
    judgedIncome(
      member.income,
      member.birthDate <= law.pensionSeniorBornUntil,
      member.birthDate <= law.judgedSeniorBornUntil,
      law,
    ),
  )
  steps.push(
    {
      step: '軽減判定所得（世帯）',
      value: judged.income,
      formula: incomes.map(figure).join(' + '),
      law: household,
    },
    {
      step: '軽減判定被保険者数',
      value: judged.insured,
      formula: count(counting, (member) => insuredOn(member, judged.on)),
      law: household,
    },
    {
      step: '給与所得者等の数',
      value: judged.earners,
      formula: count(counting, (member) =>
        isEarner(member.income, member.birthDate <= law.judgedSeniorBornUntil, law),
      ),
      law: household,
    },
  )
  explainClass(steps, judged, law)
}

function explainClass(steps: Working[], judged: Judgement, law: PremiumLaw): void {
  const { income, insured, earners, tenths } = judged
  const seven = thresholdOfSeven(earners, law)
  const five = seven + law.thresholdFive * insured
  const two = seven + law.thresholdTwo * insured
  const more = earners > 1 ? ` + ${figure(law.thresholdPerEarner)} × (${earners} − 1)` : ''
  const law4 = law.cite.thresholds
  const within = {
    7: `${figure(income)} ≦ ${figure(seven)}`,
    5: `${figure(seven)} < ${figure(income)} ≦ ${figure(five)}`,
    2: `${figure(five)} < ${figure(income)} ≦ ${figure(two)}`,
    0: `${figure(two)} < ${figure(income)}`,
  }
  steps.push(
    {
      step: '7割軽減の基準額',
      value: seven,
      formula: `${figure(law.thresholdBase)}${more}`,
      law: law4,
    },
    {
      step: '5割軽減の基準額',
      value: five,
      formula: `${figure(seven)} + ${figure(law.thresholdFive)} × ${insured}`,
      law: law4,
    },
    {
      step: '2割軽減の基準額',
      value: two,
      formula: `${figure(seven)} + ${figure(law.thresholdTwo)} × ${insured}`,
      law: law4,
    },
    {
      step: '軽減区分',
      value: tenths,
      formula: judged.undeclared ? '未申告の人がいるため軽減なし' : within[tenths],
      law: law4,
    },
  )
}

function count(members: readonly Member[], counts: (member: Member) => boolean): string {
  return members.map((member) => (counts(member) ? '1' : '0')).join(' + ')
}
