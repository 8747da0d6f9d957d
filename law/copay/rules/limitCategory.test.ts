import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MissingLaw, type NumericDay } from '@koiki/kernel'
import fc from 'fast-check'
import type { CopayTenths, LimitCategory } from '../copay.ts'
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
