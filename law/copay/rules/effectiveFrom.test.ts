import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addMonths,
  dayOfMonth,
  firstOfMonth,
  fromDayNumber,
  fromNumericDay,
  MissingLaw,
  type NumericDay,
  numericDay,
  plainDate,
} from '@koiki/kernel'
import fc from 'fast-check'
import { copayLawOn } from '../law/copayLaw.ts'
import { effectiveFrom } from './effectiveFrom.ts'
import { judgementYearOf, judgementYearOfIncome } from './judgementYear.ts'
import { inSeventies } from './seventies.ts'

fc.configureGlobal({ seed: 81 })

const day = (text: string): NumericDay => numericDay(plainDate(text))
const anyDay = fc.integer({ min: 16_436, max: 30_000 }).map(fromDayNumber)

test('判定の年度: 8月から翌年7月までで、もとになる所得は前の年のもの', () => {
  assert.deepEqual(judgementYearOf(day('2026-07-31')), {
    from: day('2025-08-01'),
    until: day('2026-08-01'),
    incomeYear: 2024,
  })
  assert.deepEqual(judgementYearOf(day('2026-08-01')), {
    from: day('2026-08-01'),
    until: day('2027-08-01'),
    incomeYear: 2025,
  })
  assert.equal(judgementYearOf(day('2027-01-01')).incomeYear, 2025)
})

test('判定の年度: どの日も、その日を含むただ1つの年度にある', () => {
  fc.assert(
    fc.property(anyDay, (on) => {
      const year = judgementYearOf(numericDay(on))
      assert.ok(year.from <= numericDay(on) && numericDay(on) < year.until)
      assert.deepEqual(judgementYearOfIncome(year.incomeYear), year)
    }),
    { numRuns: 2_000 },
  )
})

test('判定の年度: 法令表の前の日には答えない', () => {
  assert.throws(() => judgementYearOf(day('2014-12-31')), MissingLaw)
  assert.throws(() => judgementYearOfIncome(2012), MissingLaw)
})

test('効力: 世帯の異動は月の初日に始まり、異動の日より前にならない', () => {
  fc.assert(
    fc.property(anyDay, (on) => {
      const from = effectiveFrom({ kind: 'householdChange', on: numericDay(on) })
      const next = addMonths(firstOfMonth(on), 1)
      assert.equal(fromNumericDay(from), dayOfMonth(on) === 1 ? on : next)
      const applied = effectiveFrom({ kind: 'application', on: numericDay(on) })
      assert.equal(fromNumericDay(applied), next)
      assert.equal(effectiveFrom({ kind: 'acquisition', on: numericDay(on) }), numericDay(on))
    }),
    { numRuns: 2_000 },
  )
})

test('効力: 70歳到達の効力の日は、数え始める日と同じ', () => {
  const births = fc.integer({ min: -7_000, max: -3_000 }).map(fromDayNumber)
  fc.assert(
    fc.property(births, (birth) => {
      const birthDate = numericDay(birth)
      const from = effectiveFrom({
        kind: 'turningSeventy',
        birthDate,
        lookedAtOn: day('2026-11-22'),
      })
      const law = copayLawOn(day('2026-11-22'))
      const person = {
        id: 'a',
        birthDate,
        insured: false,
        taxableIncome: 0,
        base: 0,
        revenue: 0,
        pensionRevenue: 0,
        otherIncome: 0,
      }
      assert.equal(from % 100, 1)
      assert.ok(inSeventies(person, from, law))
      assert.ok(!inSeventies(person, (from - 1) as NumericDay, law))
    }),
    { numRuns: 2_000 },
  )
})
