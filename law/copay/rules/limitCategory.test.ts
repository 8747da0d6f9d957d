import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MissingLaw, type NumericDay } from '@koiki/kernel'
import fc from 'fast-check'
import type { CopayTenths, LimitCategory } from '../copay.ts'
import { limitLawOn } from '../law/limitLaw.ts'
import { explainLimitCategory } from './explainLimitCategory.ts'
import { type LimitQuestion, limitCategory } from './limitCategory.ts'

fc.configureGlobal({ seed: 84 })

const around = (...lines: number[]): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(0, ...lines), fc.integer({ min: -1, max: 1 }))
    .map(([line, step]) => Math.max(0, line + step))

const anyQuestion: fc.Arbitrary<LimitQuestion> = fc.record({
  date: fc.constantFrom(20240801, 20250731, 20250801, 20260731) as fc.Arbitrary<NumericDay>,
  tenths: fc.constantFrom<CopayTenths>(1, 2, 3),
  taxableIncomes: fc.array(around(1_450_000, 3_800_000, 6_900_000), { minLength: 1, maxLength: 3 }),
  household: fc.array(
    fc.record({
      taxed: fc.boolean(),
      pensionRevenue: around(800_000, 806_700),
      otherIncome: fc.constantFrom(0, 0, 1),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  oldAgeWelfarePension: fc.boolean(),
})

/** The classes from the text of the pages, from the poorest to the richest. */
function byTheText(question: LimitQuestion): LimitCategory {
  const { tenths, taxableIncomes, household } = question
  if (household.every((one) => !one.taxed)) {
    const deduction = question.date >= 20250801 ? 806_700 : 800_000
    const incomes = household.map((one) =>
      [Math.max(0, one.pensionRevenue - deduction), one.otherIncome].reduce((a, b) => a + b),
    )
    if (question.oldAgeWelfarePension) return 'lowIncome1'
    return incomes.every((income) => income === 0) ? 'lowIncome1' : 'lowIncome2'
  }
  if (tenths === 1) return 'general1'
  if (tenths === 2) return 'general2'
  if (taxableIncomes.some((income) => income >= 6_900_000)) return 'active3'
  return taxableIncomes.some((income) => income >= 3_800_000) ? 'active2' : 'active1'
}

test('別に書いた素朴な区分と同じになる', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const untaxed = question.household.every((one) => !one.taxed)
      fc.pre(!untaxed || question.tenths === 1)
      fc.pre(question.tenths < 3 || Math.max(...question.taxableIncomes) >= 1_450_000)
      const category = limitCategory(question)
      seen.add(category)
      assert.equal(category, byTheText(question))
    }),
    { numRuns: 10_000 },
  )
  assert.equal(seen.size, 7)
})

const question: LimitQuestion = {
  date: 20260731 as NumericDay,
  tenths: 1,
  taxableIncomes: [0],
  household: [{ taxed: false, pensionRevenue: 0, otherIncome: 0 }],
  oldAgeWelfarePension: false,
}

test('世帯の全員が非課税なのに2割や3割というのは、事実の食い違い', () => {
  for (const tenths of [2, 3] as const) {
    assert.throws(() => limitCategory({ ...question, tenths }), RangeError)
  }
})

test('3割なのに課税所得145万円以上の被保険者がいないというのは、事実の食い違い', () => {
  const asked = { ...question, tenths: 3 as const, household: [taxed] }
  for (const taxableIncomes of [[], [0], [1_449_999, 1_449_999]]) {
    assert.throws(() => limitCategory({ ...asked, taxableIncomes }), RangeError)
  }
  assert.equal(limitCategory({ ...asked, taxableIncomes: [1_450_000] }), 'active1')
})

test('世帯員のいない問いには答えない', () => {
  assert.throws(() => limitCategory({ ...question, household: [] }), RangeError)
})

test('知らない控除額で決まる世帯は、その表の名を言って断る', () => {
  const asked = {
    ...question,
    date: 20260801 as NumericDay,
    household: [{ taxed: false, pensionRevenue: 700_000, otherIncome: 0 }],
  }
  assert.throws(
    () => limitCategory(asked),
    (error) =>
      error instanceof MissingLaw &&
      error.table.startsWith('低所得者Iの公的年金等の控除額') &&
      error.day === '2026-08-01',
  )
})

const explained = (part: Partial<LimitQuestion>): [number, string][] => {
  const asked = { ...question, ...part }
  const law = limitLawOn(asked.date)
  return explainLimitCategory(law, asked, limitCategory(asked)).map(({ value, formula, law }) => {
    assert.match(law, /^(限度区分|低所得者I)/)
    return [value, formula]
  })
}
const untaxed = (pensionRevenue: number, otherIncome = 0) => ({
  taxed: false,
  pensionRevenue,
  otherIncome,
})
const taxed = { taxed: true, pensionRevenue: 0, otherIncome: 0 }

test('計算の過程: 現役並みは、課税所得の最も高い人と線の両側を言う', () => {
  const household = [taxed]
  assert.deepEqual(explained({ tenths: 3, taxableIncomes: [6_900_000, 0], household }), [
    [3, '3'],
    [6_900_000, '6,900,000、0のうち最も高い額'],
    [1, '6,900,000 ≧ 6,900,000'],
  ])
  assert.deepEqual(explained({ tenths: 3, taxableIncomes: [3_799_999], household }), [
    [3, '3'],
    [3_799_999, '3,799,999'],
    [0, '3,799,999 ≧ 6,900,000'],
    [0, '3,799,999 ≧ 3,800,000'],
  ])
})

test('計算の過程: 一般は、世帯に課税の人がいること', () => {
  assert.deepEqual(explained({ household: [untaxed(0), taxed] }), [
    [1, '1'],
    [1, '0 + 1'],
  ])
})

test('計算の過程: 低所得は、決め手になったところまで言う', () => {
  const start: [number, string][] = [
    [1, '1'],
    [0, '0'],
  ]
  assert.deepEqual(explained({ household: [untaxed(806_701)] }), [
    ...start,
    [0, '0'],
    [806_701, '806,701'],
    [0, '806,701 ≦ 806,700'],
  ])
  assert.deepEqual(explained({ household: [untaxed(806_700)] }).at(-1), [1, '806,700 ≦ 806,700'])
  assert.deepEqual(explained({ household: [untaxed(900_000, 5)] }), [...start, [5, '5']])
  assert.deepEqual(explained({ date: 20260801 as NumericDay }), [...start, [0, '0'], [0, '0']])
  assert.deepEqual(explained({ household: [untaxed(900_000)], oldAgeWelfarePension: true }), [
    ...start,
    [1, '1'],
  ])
})
