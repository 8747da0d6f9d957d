import type { Income, Member, Working } from '../assessment.ts'
import type { PremiumLaw } from '../law/lawOf.ts'
import { basicDeduction } from './basicDeduction.ts'
import { bracketOf } from './bracketIncome.ts'
import { cutDown } from './cutDown.ts'
import { employmentIncome } from './employmentIncome.ts'
import { incomeAdjustment } from './incomeAdjustment.ts'
import { incomeBase, totalOfIncomes } from './incomeBase.ts'
import { isEarner } from './isEarner.ts'
import { judgedIncome, judgedPension } from './judgedIncome.ts'
import { afterLoss } from './lossOffset.ts'
import { cutBelow, figure, lesser, notBelowZero, rateText, sumOf } from './notation.ts'
import { deductionLess, otherThanPension, pensionIncome } from './pensionIncome.ts'

/** 所得の計算の過程 — 給与所得, 公的年金等所得 and 所得金額調整控除 of one person. */
export function explainIncomes(steps: Working[], member: Member, law: PremiumLaw): void {
  const { income, id } = member
  const senior = member.birthDate <= law.pensionSeniorBornUntil
  const employment = employmentIncome(income.salary, law)
  const pension = pensionIncome(income, senior, law)
  explainEmployment(steps, income.salary, id, '', law)
  if (income.publicPension > 0) {
    const other = otherThanPension(income, law)
    const less = deductionLess(other, law)
    const { of, minus } = bracketOf(
      income.publicPension,
      senior ? law.seniorPension : law.juniorPension,
    )
    const scope = `${senior ? '65歳以上' : '65歳未満'}、ほかの所得 ${figure(other)}`
    if (other > 0) {
      steps.push({
        step: `公的年金等のほかの所得（${id}）`,
        value: other,
        formula: offset(
          steps,
          `公的年金等のほかの所得の損益通算（${id}）`,
          { general: [employment, income.business, income.other], adjustment: 0 },
          income,
          [income.capitalGains, income.capitalGainsSpecialDeduction],
          law,
        ),
        law: `${law.cite.pension}（譲渡所得の特別控除と所得金額調整控除の前）`,
      })
    }
    steps.push({
      step: `公的年金等所得（${id}）`,
      value: pension,
      formula: bracketFormula(income.publicPension, of, minus, less),
      law: `${law.cite.pension}（${scope}）`,
    })
  }
  explainAdjustment(steps, employment, pension, id, '', law)
}

/** 賦課のもととなる所得の計算の過程 */
export function explainBase(steps: Working[], member: Member, law: PremiumLaw): void {
  const { income, id } = member
  const senior = member.birthDate <= law.pensionSeniorBornUntil
  const total = totalOfIncomes(income, senior, law)
  const judged = total + income.capitalGainsSpecialDeduction
  const deduction = basicDeduction(judged, law)
  const employment = employmentIncome(income.salary, law)
  const pension = pensionIncome(income, senior, law)
  const adjustment = incomeAdjustment(employment, pension, law)
  const general = [pension, employment, income.business, income.other]
  const formula = offset(
    steps,
    `損益通算（${id}）`,
    { general, adjustment },
    income,
    [income.capitalGains],
    law,
  )
  steps.push({
    step: `総所得金額等（${id}）`,
    value: total,
    formula,
    law: `${law.cite.assessment}（退職所得を除く）`,
  })
  if (judged > total) {
    steps.push({
      step: `合計所得金額（${id}）`,
      value: judged,
      formula: sumOf([total, income.capitalGainsSpecialDeduction]),
      law: `${law.cite.basicDeduction}（譲渡所得の特別控除の前）`,
    })
  }
  steps.push(
    {
      step: `基礎控除（${id}）`,
      value: deduction,
      formula: `${figure(deduction)}（${stepCondition(judged, law)}）`,
      law: `${law.cite.basicDeduction}（合計所得金額は譲渡所得の特別控除の前）`,
    },
    {
      step: `賦課のもととなる所得（${id}）`,
      value: incomeBase(income, senior, law),
      formula: `${figure(total)} − ${figure(deduction)}${notBelowZero}`,
      law: `${law.cite.assessment}（雑損失の繰越控除は控除しない）`,
    },
  )
}

/** 軽減判定所得の計算の過程 — of one person who counts. */
export function explainJudgedIncome(steps: Working[], member: Member, law: PremiumLaw): void {
  const { income, id } = member
  const senior = member.birthDate <= law.judgedSeniorBornUntil
  const taxSenior = member.birthDate <= law.pensionSeniorBornUntil
  const pension = pensionIncome(income, taxSenior, law)
  const salary = income.salary - income.familyEmployeeSalary
  const employment = employmentIncome(salary, law)
  const adjustment = incomeAdjustment(employment, pension, law)
  if (income.familyEmployeeSalary > 0) {
    const note = '専従者給与を除く'
    steps.push({
      step: `軽減判定の給与収入（${id}）`,
      value: salary,
      formula: `${figure(income.salary)} − ${figure(income.familyEmployeeSalary)}`,
      law: `${law.cite.thresholds}（専従者給与を除く）`,
    })
    explainEmployment(steps, salary, id, note, law)
    explainAdjustment(steps, employment, pension, id, note, law)
  }
  if (senior && pension > 0) {
    steps.push({
      step: `軽減判定の公的年金等所得（${id}）`,
      value: judgedPension(pension, senior, law),
      formula: `${figure(pension)} − ${figure(law.judgedPensionDeduction)}${notBelowZero}`,
      law: `${law.cite.pensionLines}（1月1日に65歳以上）`,
    })
  }
  const general = [
    judgedPension(pension, senior, law),
    employment,
    income.familyEmployeeDeduction,
    income.business,
    income.other,
  ]
  const formula = offset(
    steps,
    `軽減判定の損益通算（${id}）`,
    { general, adjustment },
    income,
    [income.capitalGains, income.capitalGainsSpecialDeduction],
    law,
  )
  steps.push({
    step: `軽減判定所得（${id}）`,
    value: judgedIncome(income, taxSenior, senior, law),
    formula,
    law: `${law.cite.thresholds}（専従者控除・譲渡所得の特別控除の前）`,
  })
  const line = senior ? law.earnerSeniorPensionOver : law.earnerPensionOver
  steps.push({
    step: `給与所得者等（${id}）`,
    value: isEarner(income, senior, law) ? 1 : 0,
    formula: `給与収入 ${figure(salary)} > ${figure(law.earnerSalaryOver)} または 年金収入 ${figure(income.publicPension)} > ${figure(line)}`,
    law: `${law.cite.salaryLine}、${law.cite.pensionLines}`,
  })
}

/**
 * 所得の合計の式 — 総所得金額 and 分離譲渡所得 together. Where a loss is to be set off, that is a step of its own,
 * because it touches the first of them only.
 */
function offset(
  steps: Working[],
  step: string,
  of: { readonly general: readonly number[]; readonly adjustment: number },
  income: Income,
  separate: readonly number[],
  law: PremiumLaw,
): string {
  const { businessLoss } = income
  if (businessLoss === 0) return `${sumOf([...of.general, ...separate])}${minusText(of.adjustment)}`
  const general = of.general.reduce((sum, term) => sum + term, 0) - of.adjustment
  const value = afterLoss(general, income)
  steps.push({
    step,
    value,
    formula: `${sumOf(of.general)}${minusText(of.adjustment)} − ${figure(businessLoss)}${notBelowZero}`,
    law: law.cite.lossOffset,
  })
  return sumOf([value, ...separate])
}

function explainEmployment(
  steps: Working[],
  salary: number,
  id: string,
  note: string,
  law: PremiumLaw,
): void {
  if (salary === 0) return
  const { below, unit, of, minus } = bracketOf(salary, law.employment)
  const stepped = cutDown(salary, 1, unit)
  const label = note === '' ? id : `${id}、${note}`
  if (unit > 1) {
    steps.push({
      step: `給与収入の刻み（${label}）`,
      value: stepped,
      formula: `${figure(salary)}${cutBelow(unit)}`,
      law: law.cite.employment,
    })
  }
  steps.push({
    step: `給与所得（${label}）`,
    value: employmentIncome(salary, law),
    formula:
      of === 0
        ? `0（給与収入 ${figure(salary)} < ${figure(below)}）`
        : bracketFormula(stepped, of, minus, 0),
    law: law.cite.employment,
  })
}

function explainAdjustment(
  steps: Working[],
  employment: number,
  pension: number,
  id: string,
  note: string,
  law: PremiumLaw,
): void {
  if (employment === 0 || pension === 0) return
  const each = law.adjustmentEach
  steps.push({
    step: `所得金額調整控除（${note === '' ? id : `${id}、${note}`}）`,
    value: incomeAdjustment(employment, pension, law),
    formula: `${lesser(employment, each)} + ${lesser(pension, each)} − ${figure(law.adjustmentOff)}${notBelowZero}`,
    law: law.cite.adjustment,
  })
}

function bracketFormula(revenue: number, of: number, minus: number, less: number): string {
  const sign = minus < 0 ? '+' : '−'
  const amount = figure(Math.abs(minus))
  const tail = `${sign} ${less === 0 ? amount : `(${amount} − ${figure(less)})`}`
  return of === 100
    ? `${figure(revenue)} ${tail}${notBelowZero}`
    : `${figure(revenue)} × ${rateText({ of, per: 100 })} ${tail}${cutBelow(1)}`
}

function minusText(amount: number): string {
  return amount === 0 ? '' : ` − ${figure(amount)}`
}

function stepCondition(total: number, law: PremiumLaw): string {
  const index = law.basicDeduction.findIndex(({ upTo }) => total <= upTo)
  const below = index > 0 ? `${figure(law.basicDeduction[index - 1]!.upTo)} < ` : ''
  const { upTo } = law.basicDeduction[index]!
  const above = upTo === Number.MAX_SAFE_INTEGER ? '' : ` ≦ ${figure(upTo)}`
  return `${below}合計所得金額 ${figure(total)}${above}`
}
