import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  birthday,
  type FiscalYear,
  fromDayNumber,
  fromNumericDay,
  MissingLaw,
  monthNumberOf,
  type NumericDay,
  numericDay,
  plainDate,
  type Rate,
} from '@koiki/kernel'
import fc from 'fast-check'
import {
  type AssessedPremium,
  amountMax,
  type Income,
  type Insured,
  type Member,
  membersMax,
  noIncome,
} from '../assessment.ts'
import { type LevyLaw, lawOf, type PremiumLaw, type PreparedBracket } from '../law/lawOf.ts'
import { unionNames } from '../law/unionNames.ts'
import { assessWith } from './assessHousehold.ts'
import { explainPremium } from './explainPremium.ts'
import { perCapitaAmount } from './perCapitaAmount.ts'

const years = [2022, 2023, 2024, 2025, 2026] as const
const laws: PremiumLaw[] = [...unionNames.keys()].flatMap((union) =>
  years.flatMap((year) => {
    try {
      return [lawOf(union, year as FiscalYear)]
    } catch (error) {
      if (error instanceof MissingLaw) return []
      throw error
    }
  }),
)
const anyLaw = fc.constantFrom(...laws)

const amount = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3_500_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: amountMax }) },
  { weight: 1, arbitrary: fc.constant(amountMax) },
)
const anyIncome: fc.Arbitrary<Income> = fc
  .record({
    declared: fc.integer({ min: 0, max: 15 }).map((n) => n > 0),
    publicPension: fc.oneof(amount, fc.integer({ min: 1_000_000, max: 2_600_000 })),
    salary: amount,
    familyEmployeeSalary: fc.oneof(fc.constant(0), amount),
    business: amount,
    businessLoss: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: amount },
    ),
    familyEmployeeDeduction: amount,
    capitalGains: amount,
    capitalGainsSpecialDeduction: amount,
    other: amount,
  })
  .map((income) => ({
    ...income,
    familyEmployeeSalary: Math.min(income.familyEmployeeSalary, income.salary),
  }))
const day = (from: string, until: string): fc.Arbitrary<NumericDay> => {
  const number = (text: string) => Date.parse(text) / 86_400_000
  return fc
    .integer({ min: number(from), max: number(until) })
    .map((n) => numericDay(fromDayNumber(n)))
}
const anyInsured: fc.Arbitrary<Insured | null> = fc.option(
  fc
    .record({
      from: fc.oneof(day('2015-01-01', '2022-03-31'), day('2022-01-01', '2027-06-30')),
      until: fc.option(day('2021-01-01', '2027-12-31'), { freq: 4 }),
      formerDependent: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    })
    .map(({ from, until, formerDependent }) => ({
      from,
      until: until === null || until < from ? null : until,
      formerDependent,
    })),
  { freq: 5 },
)
const anyMembers: fc.Arbitrary<Member[]> = fc
  .array(
    fc.record({
      birthDate: fc.oneof(day('1930-01-01', '1962-12-31'), day('1945-01-01', '1990-12-31')),
      insured: anyInsured,
      income: anyIncome,
    }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((rows) =>
    fc
      .integer({ min: 0, max: rows.length - 1 })
      .map((headIndex) =>
        rows.map((row, index) => ({ ...row, id: String(index), head: index === headIndex })),
      ),
  )

/** Answers, or null where 令和6年度's lower rate is not known. */
function assessOrGap(law: PremiumLaw, members: readonly Member[]): AssessedPremium[] | null {
  try {
    return assessWith(law, members)
  } catch (error) {
    if (error instanceof MissingLaw) return null
    throw error
  }
}

test('整数の証明: 上限の金額・上限の人数でも、途中の値は安全な整数で、任意精度の計算と同じになる', () => {
  const most: Income = {
    declared: true,
    publicPension: amountMax,
    salary: amountMax,
    familyEmployeeSalary: 0,
    business: amountMax,
    businessLoss: 0,
    familyEmployeeDeduction: amountMax,
    capitalGains: amountMax,
    capitalGainsSpecialDeduction: amountMax,
    other: amountMax,
  }
  const members = Array.from({ length: membersMax }, (_, index) => ({
    id: String(index),
    birthDate: 19_400_101 as NumericDay,
    head: index === 0,
    insured: { from: 20_150_101 as NumericDay, until: null, formerDependent: false },
    income: most,
  }))
  for (const law of laws) {
    assert.ok(Number.isSafeInteger(7 * amountMax * membersMax))
    assert.ok(Number.isSafeInteger(5 * amountMax * law.medical.rate.of))
    const few = members.slice(0, 2)
    assert.deepEqual(assessWith(law, few).map(plain), oracle(law, few))
  }
  const law = lawOf('43', 2026 as FiscalYear)
  const all = assessWith(law, members)
  assert.ok(Number.isSafeInteger(all[0]?.judgement.income))
  assert.deepEqual(all.slice(0, 3).map(plain), oracle(law, members).slice(0, 3))
})

test('任意精度の整数で書いた別の計算と、どの世帯・広域連合・年度でも同じになる', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, (law, members) => {
      const results = assessOrGap(law, members)
      if (results !== null) assert.deepEqual(results.map(plain), oracle(law, members))
    }),
    { numRuns: 3_000 },
  )
})

test('限度額を超えず、負にならず、医療分と子ども分の和が保険料額になる', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, (law, members) => {
      for (const result of assessOrGap(law, members) ?? []) {
        const levies = [
          result.medical,
          ...(result.childSupport === null ? [] : [result.childSupport]),
        ]
        for (const levy of levies) {
          assert.ok(levy.annual >= 0 && levy.annual * 12 <= levy.cap * result.months)
          assert.ok(levy.perCapita <= levy.perCapitaFull && levy.incomeBased >= 0)
        }
        const sum = levies.reduce((total, levy) => total + levy.annual, 0)
        assert.equal(result.annual, sum)
        assert.ok(Number.isSafeInteger(result.annual))
      }
    }),
  )
})

test('世帯員の順によらない', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, fc.nat(5), (law, members, turn) => {
      const turned = [
        ...members.slice(turn % members.length),
        ...members.slice(0, turn % members.length),
      ]
      const byId = (results: AssessedPremium[] | null) =>
        results?.map(plain).sort((a, b) => Number(a.member) - Number(b.member))
      assert.deepEqual(byId(assessOrGap(law, turned)), byId(assessOrGap(law, members)))
    }),
  )
})

test('世帯主でも被保険者でもない人が増えても変わらない', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, anyIncome, (law, members, income) => {
      const other = {
        id: 'x',
        birthDate: 19_700_101 as NumericDay,
        head: false,
        insured: null,
        income,
      }
      assert.deepEqual(
        assessOrGap(law, [...members, other])?.map(plain),
        assessOrGap(law, members)?.map(plain),
      )
    }),
  )
})

const incomeKeys = [
  'publicPension',
  'salary',
  'business',
  'familyEmployeeDeduction',
  'capitalGains',
  'capitalGainsSpecialDeduction',
  'other',
] as const

test('1人の世帯では、どの所得が増えても保険料は下がらない（給与所得者等が2人以上の世帯は基準が上がるので除く）', () => {
  fc.assert(
    fc.property(
      anyLaw,
      anyIncome,
      fc.constantFrom(...incomeKeys),
      fc.integer({ min: 1, max: 2_000_000 }),
      (law, income, key, more) => {
        const person = (held: Income): Member => ({
          id: 'a',
          birthDate: 19_450_510 as NumericDay,
          head: true,
          insured: { from: 20_200_510 as NumericDay, until: null, formerDependent: false },
          income: held,
        })
        const richer = { ...income, [key]: Math.min(income[key] + more, amountMax) }
        const before = assessOrGap(law, [person(income)])?.[0]
        const after = assessOrGap(law, [person(richer)])?.[0]
        if (before === undefined || after === undefined) return
        assert.ok(after.base >= before.base)
        assert.ok(after.annual >= before.annual, `${before.annual} → ${after.annual}`)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('軽減は7割が5割より、5割が2割より、2割がなしより、均等割額を小さくする', () => {
  for (const law of laws) {
    for (const levy of [law.medical, ...(law.childSupport === null ? [] : [law.childSupport])]) {
      const amounts = ([7, 5, 2, 0] as const).map((tenths) => perCapitaAmount(levy, tenths))
      for (let i = 1; i < 4; i += 1)
        assert.ok(amounts[i - 1]! < amounts[i]!, `${law.union} ${amounts}`)
      assert.equal(amounts[3], levy.perCapita)
    }
  }
})

test('月割: 月が増えれば保険料は減らず、12月で年額になる', () => {
  fc.assert(
    fc.property(anyLaw, anyIncome, fc.boolean(), (law, income, formerDependent) => {
      let last = -1
      for (let months = 1; months <= 12; months += 1) {
        const until = law.firstMonth + months
        const lost = (Math.floor(until / 12) * 10_000 + ((until % 12) + 1) * 100 + 1) as NumericDay
        const member: Member = {
          id: 'a',
          birthDate: 19_450_510 as NumericDay,
          head: true,
          insured: { from: 20_100_510 as NumericDay, until: lost, formerDependent },
          income,
        }
        const result = assessOrGap(law, [member])?.[0]
        if (result === undefined) return
        assert.equal(result.months, months)
        assert.ok(result.annual >= last)
        last = result.annual
      }
    }),
  )
})

test('元被扶養者は、そうでない人より多く払うことがない', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, (law, members) => {
      const as = (formerDependent: boolean) =>
        assessOrGap(
          law,
          members.map((member) => ({
            ...member,
            insured: member.insured && { ...member.insured, formerDependent },
          })),
        )
      const [dependents, others] = [as(true), as(false)]
      if (others === null) return
      assert.deepEqual(dependents?.length, others.length)
      for (const [index, other] of others.entries())
        assert.ok(dependents![index]!.annual <= other.annual)
    }),
  )
})

test('計算の過程: どの段も式から値を計算し直せて、根拠に日付があり、最後の段が保険料額になる', () => {
  fc.assert(
    fc.property(anyLaw, anyMembers, (law, members) => {
      for (const result of assessOrGap(law, members) ?? []) {
        const workings = explainPremium(law, members, result)
        for (const { step, value, formula, law: source } of workings) {
          assert.match(source, /\d{4}-\d{2}-\d{2}から/, step)
          if (step === '軽減区分')
            assert.ok(formula.startsWith('未申告') || holds(formula), formula)
          else assert.equal(recompute(formula), value, `${step}: ${formula}`)
        }
        assert.equal(workings.at(-1)?.value, result.annual)
        const value = (step: string) => workings.find((one) => one.step === step)?.value
        assert.equal(value(`賦課のもととなる所得（${result.member}）`), result.base)
        assert.equal(value('資格月数'), result.months)
        assert.equal(value('年額（医療分）'), result.medical.annual)
        assert.equal(value('年額（子ども分）'), result.childSupport?.annual)
        assert.equal(value('軽減判定所得（世帯）'), result.judgement.income)
        assert.equal(value('軽減区分'), result.judgement.tenths)
      }
    }),
    { numRuns: 1_500 },
  )
})

test('計算の過程: よその世帯の答えは説明しない', () => {
  const law = lawOf('43', 2026 as FiscalYear)
  const member: Member = {
    id: 'a',
    birthDate: 19_450_510 as NumericDay,
    head: true,
    insured: { from: 20_200_510 as NumericDay, until: null, formerDependent: false },
    income: noIncome,
  }
  const [result] = assessWith(law, [member])
  assert.throws(() => explainPremium(law, [{ ...member, id: 'b' }], result!), RangeError)
})

test('日の整数は年月日の順に並ぶ', () => {
  assert.equal(
    numericDay(plainDate('1961-01-01')),
    lawOf('43', 2026 as FiscalYear).judgedSeniorBornUntil,
  )
})

function plain(result: AssessedPremium) {
  return {
    member: result.member,
    months: result.months,
    tenths: result.reductionTenths,
    base: result.base,
    judged: result.judgement.income,
    medical: result.medical.annual,
    childSupport: result.childSupport?.annual ?? null,
  }
}

/** The same law in one breath with integers of any size: slow, plain, and sharing no rule. */
function oracle(law: PremiumLaw, members: readonly Member[]) {
  const big = BigInt
  const max = (a: bigint, b: bigint) => (a > b ? a : b)
  const min = (a: bigint, b: bigint) => (a < b ? a : b)
  const byTable = (revenue: bigint, table: readonly PreparedBracket[], less: bigint): bigint => {
    const row = table.find(({ below }) => revenue < big(below))!
    const cut = (revenue / big(row.unit)) * big(row.unit)
    return max((cut * big(row.of)) / 100n - big(row.minus) + less, 0n)
  }
  const incomes = (member: Member, salary: number) => {
    const { income } = member
    const full = byTable(big(income.salary), law.employment, 0n)
    const employment = byTable(big(salary), law.employment, 0n)
    const general = big(income.business) + big(income.other)
    const gains = big(income.capitalGains) + big(income.capitalGainsSpecialDeduction)
    const loss = big(income.businessLoss)
    const beside = max(full + general - loss, 0n) + gains
    const less = law.otherIncomeSteps.reduce(
      (found, step) => (beside > big(step.over) ? big(step.less) : found),
      0n,
    )
    const senior = member.birthDate <= law.pensionSeniorBornUntil
    const table = senior ? law.seniorPension : law.juniorPension
    const pension =
      income.publicPension === 0 ? 0n : byTable(big(income.publicPension), table, less)
    const each = big(law.adjustmentEach)
    const adjusted =
      employment - max(min(employment, each) + min(pension, each) - big(law.adjustmentOff), 0n)
    return { pension, adjusted, general, gains, loss }
  }
  const judged = (member: Member): bigint => {
    const { income } = member
    const { pension, adjusted, general, gains, loss } = incomes(
      member,
      income.salary - income.familyEmployeeSalary,
    )
    const off = member.birthDate <= law.judgedSeniorBornUntil ? big(law.judgedPensionDeduction) : 0n
    const own = adjusted + general + big(income.familyEmployeeDeduction)
    return max(max(pension - off, 0n) + own - loss, 0n) + gains
  }
  const isOn = ({ insured }: Member, on: number) =>
    insured !== null && insured.from <= on && (insured.until === null || insured.until > on)

  return members.flatMap((member) => {
    const { insured } = member
    if (insured === null) return []
    const end = law.firstMonth + 12
    const start = Math.max(monthNumberOf(insured.from), law.firstMonth)
    const stop = Math.min(insured.until === null ? end : monthNumberOf(insured.until), end)
    if (stop <= start) return []
    const on = Math.max(insured.from, law.firstDay)
    const counting = members.filter((one) => one.head || isOn(one, on))
    const earners = counting.filter(({ income, birthDate }) => {
      const line =
        birthDate <= law.judgedSeniorBornUntil ? law.earnerSeniorPensionOver : law.earnerPensionOver
      const salary = income.salary - income.familyEmployeeSalary
      return salary > law.earnerSalaryOver || income.publicPension > line
    }).length
    const count = big(counting.filter((one) => isOn(one, on)).length)
    const sum = counting.reduce((total, one) => total + judged(one), 0n)
    const seven =
      big(law.thresholdBase) + big(law.thresholdPerEarner) * big(Math.max(earners - 1, 0))
    const undeclared = counting.some((one) => !one.income.declared)
    const household = undeclared
      ? 0
      : sum <= seven
        ? 7
        : sum <= seven + count * big(law.thresholdFive)
          ? 5
          : sum <= seven + count * big(law.thresholdTwo)
            ? 2
            : 0
    const own = incomes(member, member.income.salary)
    const totalIncome = max(own.pension + own.adjusted + own.general - own.loss, 0n) + own.gains
    const basic = law.basicDeduction.find(({ upTo }) => totalIncome <= big(upTo))!.amount
    const special = big(member.income.capitalGainsSpecialDeduction)
    const base = max(totalIncome - special - big(basic), 0n)
    const dependentEnd = insured.formerDependent
      ? monthNumberOf(insured.from) + law.formerDependentMonths
      : 0
    const first = Math.max(Math.min(dependentEnd, stop) - start, 0)
    const raised = household < 5 ? 5 : household
    const levyAmount = (levy: LevyLaw): number => {
      const unit = big(levy.partUnit)
      const cut = (top: bigint, bottom: bigint) => (top / (bottom * unit)) * unit
      const perCapita = (tenths: 0 | 2 | 5 | 7) => {
        const keep: Rate = levy.keep[tenths]
        return cut(big(levy.perCapita) * big(keep.of), big(keep.per))
      }
      const rate = base <= big(levy.reliefBaseUpTo) && base > 0n ? levy.reliefRate! : levy.rate
      const own = levy.own.find(({ baseUpTo }) => base <= big(baseUpTo))?.keep ?? { of: 1, per: 1 }
      const incomeBased = insured.formerDependent
        ? 0n
        : cut(base * big(rate.of) * big(own.of), big(rate.per) * big(own.per))
      const late = law.transitionalCap !== null && levy === law.medical
      const turned = numericDay(birthday(fromNumericDay(member.birthDate), 75))
      const cap =
        late && (member.birthDate <= law.transitionalCap.bornUntil || insured.from < turned)
          ? big(law.transitionalCap.cap)
          : big(levy.cap)
      const earlier = min(perCapita(raised) + incomeBased, cap) * big(first)
      const later = min(perCapita(household) + incomeBased, cap) * big(stop - start - first)
      const total = big(levy.totalUnit)
      return Number(((earlier + later) / (12n * total)) * total)
    }
    return [
      {
        member: member.id,
        months: stop - start,
        tenths: first > 0 ? raised : household,
        base: Number(base),
        judged: Number(sum),
        medical: levyAmount(law.medical),
        childSupport: law.childSupport === null ? null : levyAmount(law.childSupport),
      },
    ]
  })
}

/** A formula of the workings, reckoned as a person would from what stands there and nothing else. */
function recompute(formula: string): number {
  if (formula.includes('または')) return formula.split('または').some(holds) ? 1 : 0
  const span = /^(\d{4})-(\d{2})から(\d{4})-(\d{2})まで$/.exec(formula)
  if (span !== null) {
    const [from, fromMonth, until, untilMonth] = span.slice(1).map(Number)
    return (until! - from!) * 12 + untilMonth! - fromMonth! + 1
  }
  const larger = /^(\d)と(\d)の大きい方$/.exec(formula)
  if (larger !== null) return Math.max(Number(larger[1]), Number(larger[2]))
  const condition = /（([^（）]*合計所得金額[^（）]*)）$/.exec(formula)
  if (condition !== null) {
    if (/[<≦]/.test(condition[1]!)) assert.ok(holds(condition[1]!), formula)
    return recompute(formula.slice(0, condition.index))
  }
  const notes = [...formula.matchAll(/（([^（）]*)）/g)].map((note) => note[1]!)
  const expression = formula
    .replace(/（[^（）]*）/g, '')
    .replaceAll(',', '')
    .replace(/(\d+)と(\d+)の少ない方/g, (_, a, b) => (BigInt(a) < BigInt(b) ? a : b))
  let { top, bottom } = parse(expression)
  if (notes.includes('0を下回るときは0') && top < 0n) top = 0n
  const cut = notes.map((note) => /^([\d,]+)円未満切捨て$/.exec(note)?.[1]).find(Boolean)
  if (cut !== undefined) {
    const unit = BigInt(cut.replaceAll(',', ''))
    top = (top / (bottom * unit)) * unit
    bottom = 1n
  }
  assert.equal(top % bottom, 0n, `端数が残る: ${formula}`)
  return Number(top / bottom)
}

function holds(chain: string): boolean {
  const words = chain.replaceAll(',', '').match(/\d+|[<≦>]/g) ?? []
  assert.ok(words.length >= 3 || words.length === 1, chain)
  for (let i = 0; i + 2 < words.length; i += 2) {
    const [a, sign, b] = [BigInt(words[i]!), words[i + 1], BigInt(words[i + 2]!)]
    if (!(sign === '<' ? a < b : sign === '≦' ? a <= b : a > b)) return false
  }
  return true
}

type Fraction = { top: bigint; bottom: bigint }

function parse(expression: string): Fraction {
  const tokens = expression.match(/\d+(?:\.\d+)?[%割]?|[()+−×÷]/g) ?? []
  let at = 0
  const atom = (): Fraction => {
    const token = tokens[at]!
    at += 1
    if (token === '(') {
      const inside = sum()
      at += 1
      return inside
    }
    const [, whole = '', decimals = '', unit = ''] = /^(\d+)(?:\.(\d+))?([%割]?)$/.exec(token)!
    const scale = 10n ** BigInt(decimals.length)
    const per = unit === '%' ? 100n : unit === '割' ? 10n : 1n
    return { top: BigInt(whole + decimals), bottom: scale * per }
  }
  const product = (): Fraction => {
    let left = atom()
    while (tokens[at] === '×' || tokens[at] === '÷') {
      const times = tokens[at] === '×'
      at += 1
      const right = atom()
      left = times
        ? { top: left.top * right.top, bottom: left.bottom * right.bottom }
        : { top: left.top * right.bottom, bottom: left.bottom * right.top }
    }
    return left
  }
  const sum = (): Fraction => {
    let left = product()
    while (tokens[at] === '+' || tokens[at] === '−') {
      const sign = tokens[at] === '+' ? 1n : -1n
      at += 1
      const right = product()
      left = {
        top: left.top * right.bottom + sign * right.top * left.bottom,
        bottom: left.bottom * right.bottom,
      }
    }
    return left
  }
  const value = sum()
  assert.equal(at, tokens.length, expression)
  return value
}
