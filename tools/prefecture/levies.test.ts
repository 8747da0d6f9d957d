import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fiscalYear, type NumericDay, numericDay, plainDate } from '@koiki/kernel'
import { assessHousehold } from '@koiki/premium'
import { makePrefecture } from './index.ts'
import { levies, levyYear } from './levies.ts'
import type { HouseholdRecords, Resident, TaxRecord } from './records.ts'
import { pensionIncome, salaryIncome, totalIncome } from './taxOffice.ts'

type Counted = { readonly resident: Resident; readonly tax: TaxRecord; readonly insured: boolean }

/** Households in which everybody's record is known and nothing needs a table that this reckoning leaves out. */
function countable({ residents, taxRecords, expectedInsured }: HouseholdRecords): Counted[] | null {
  const insured = new Set(expectedInsured.map((one) => one.addresseeNumber))
  const counted: Counted[] = []
  for (const resident of residents.filter(({ status }) => status === '1')) {
    const own = insured.has(resident.addresseeNumber)
    if (!own && resident.relationship !== '世帯主') continue
    const tax = taxRecords.find(
      (one) => one.fiscalYear === levyYear && one.addresseeNumber === resident.addresseeNumber,
    )
    if (tax === undefined || tax.declaration === '2') return null
    const rich = tax.salary + tax.other + tax.capitalGains + tax.business > 10_000_000
    if (rich || tax.business < 0) return null
    counted.push({ resident, tax, insured: own })
  }
  return counted.some((one) => one.insured) ? counted : null
}

const over65 = ({ birthDate }: Resident): boolean =>
  birthDate <= plainDate(`${levyYear - 65}-01-01`)

test('照合のための保険料は、広域連合の賦課の規則と1円もちがわない（令和7年度、3,000人）', () => {
  const prefecture = makePrefecture({
    persons: 3000,
    seed: 4,
    union: '43',
    worldDate: plainDate('2026-07-01'),
  })
  let compared = 0
  for (const records of prefecture.records()) {
    const household = countable(records)
    if (household === null) continue
    const here = levies(
      household.map(({ resident, tax, insured }) => ({
        over65: over65(resident),
        from70to74: false,
        insured,
        head: resident.relationship === '世帯主',
        tax,
      })),
    )
    const there = assessHousehold({
      union: '43',
      fiscalYear: fiscalYear(levyYear),
      members: household.map(({ resident, tax, insured }) => ({
        id: resident.addresseeNumber,
        birthDate: numericDay(resident.birthDate),
        head: resident.relationship === '世帯主',
        insured: insured ? { from: allYear, until: null, formerDependent: false } : null,
        income: {
          ...tax,
          declared: tax.declaration === '1',
          business: Math.max(tax.business, 0),
          businessLoss: Math.max(-tax.business, 0),
        },
      })),
    })
    assert.deepEqual(
      here.map(({ reduction, base, premium }) => [reduction, base, premium]),
      there.map(({ reductionTenths, base, annual }) => [reductionTenths, base, annual]),
    )
    compared += here.length
  }
  assert.ok(compared > 2700, `${compared}人`)
})

const allYear: NumericDay = numericDay(plainDate('2024-04-01'))

test('所得の表は、印刷された表のとおり', () => {
  assert.equal(pensionIncome(1_100_000, true), 0)
  assert.equal(pensionIncome(1_970_000, true), 870_000)
  assert.equal(pensionIncome(3_300_000, true), 2_200_000)
  assert.equal(pensionIncome(4_100_000, true), 2_800_000)
  assert.equal(pensionIncome(600_000, false), 0)
  assert.equal(salaryIncome(550_999, 2024), 0)
  assert.equal(salaryIncome(551_000, 2024), 1_000)
  assert.equal(salaryIncome(650_999, 2025), 0)
  assert.equal(salaryIncome(651_000, 2025), 1_000)
  assert.equal(salaryIncome(3_000_000, 2024), 2_020_000)
})

test('事業の赤字は年金の所得からも引き、総所得は0を下回らない', () => {
  const loss = {
    publicPension: 1_900_000,
    salary: 0,
    familyEmployeeSalary: 0,
    business: -600_000,
    familyEmployeeDeduction: 0,
    capitalGains: 0,
    capitalGainsSpecialDeduction: 0,
    other: 0,
  }
  assert.equal(totalIncome(loss, true, 2024), 200_000)
  assert.equal(totalIncome({ ...loss, business: -2_000_000 }, true, 2024), 0)
})
