import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addYears, plainDate } from '@koiki/kernel'
import { makePrefecture } from '@koiki/prefecture'
import { type Assessable, levies, levyYear } from '../../../tools/prefecture/levies.ts'
import type { HouseholdRecords, Resident, TaxRecord } from '../../../tools/prefecture/records.ts'
import type { KnownFacts, Piece, Stay, TaxFact } from '../share.ts'
import { householdKey, taxKey } from '../store/facts.ts'
import { judgeOn } from './judgeOn.ts'
import { situationOn } from './situationOn.ts'

const on = plainDate(`${levyYear}-08-01`)
const forEver = { from: plainDate('2000-01-01'), until: null }

/** 課税の事実 — with the revenue that the tax office knows, since the second reckoning counts it too. */
const factOf = (tax: TaxRecord, residentKey: number): TaxFact => ({
  residentKey,
  fiscalYear: tax.fiscalYear,
  declaration: tax.declaration === '1' ? 'declared' : 'undeclared',
  income: {
    declared: tax.declaration === '1',
    publicPension: tax.publicPension,
    salary: tax.salary,
    familyEmployeeSalary: tax.familyEmployeeSalary,
    business: Math.max(tax.business, 0),
    businessLoss: Math.max(-tax.business, 0),
    familyEmployeeDeduction: tax.familyEmployeeDeduction,
    capitalGains: tax.capitalGains,
    capitalGainsSpecialDeduction: tax.capitalGainsSpecialDeduction,
    other: tax.other,
  },
  taxableIncome: tax.taxableIncome,
  headAdjustment: tax.headAdjustment,
  residentTax:
    tax.residentTax === '0' ? 'untaxed' : tax.residentTax === '1' ? 'perCapitaOnly' : 'taxed',
  revenue: tax.revenue,
  recordedAt: '2025-06-30T00:00:00Z',
})

type Counted = { readonly resident: Resident; readonly tax: TaxRecord; readonly insured: boolean }

/** Households that both reckonings can answer: the second one knows no 調整控除, no 特別控除, and no line of birth. */
function countable({ residents, taxRecords, expectedInsured }: HouseholdRecords): Counted[] | null {
  const insured = new Set(expectedInsured.map((one) => one.addresseeNumber))
  const counted: Counted[] = []
  for (const resident of residents.filter(({ status }) => status === '1')) {
    const own = insured.has(resident.addresseeNumber)
    if (!own && resident.birthDate > plainDate('1956-01-01')) continue
    const tax = taxRecords.find(
      (one) => one.fiscalYear === levyYear && one.addresseeNumber === resident.addresseeNumber,
    )
    if (tax === undefined || tax.declaration === '2') return null
    const rich = tax.salary + tax.other + tax.capitalGains + tax.business > 10_000_000
    const beyond = tax.headAdjustment > 0 || tax.capitalGainsSpecialDeduction > 0
    if (rich || tax.business < 0 || beyond) return null
    counted.push({ resident, tax, insured: own })
  }
  const young = counted.some(
    ({ insured: own, resident }) => own && resident.birthDate >= plainDate('1945-01-02'),
  )
  const active = counted.some(({ insured: own, tax }) => own && tax.taxableIncome >= 1_450_000)
  if (active && !young) return null
  return counted.some((one) => one.insured) ? counted : null
}

function known(counted: readonly Counted[]): KnownFacts {
  const place = { municipality: '431001', household: '1', ...forEver }
  const pieces: Piece[] = []
  const stays: Stay[] = counted.map(({ resident: { birthDate }, insured }, index) => {
    const subjectKey = insured ? index + 1 : null
    if (subjectKey !== null)
      pieces.push({
        subjectKey,
        residentKey: index,
        municipality: '431001',
        birthDate,
        ...forEver,
        acquiredOn: forEver.from,
      })
    return { residentKey: index, subjectKey, birthDate, ...place }
  })
  const byKey = <T>(items: readonly T[], keyOf: (item: T) => number) =>
    new Map(items.map((item) => [keyOf(item), [item]]))
  return {
    piecesOf: byKey(pieces, ({ subjectKey }) => subjectKey),
    piecesOfResident: byKey(pieces, ({ residentKey }) => residentKey),
    staysOfResident: byKey(stays, ({ residentKey }) => residentKey),
    staysOfHousehold: new Map([[householdKey('431001', '1'), stays]]),
    kin: new Map(),
    taxes: new Map(counted.map(({ tax }, index) => [taxKey(index, levyYear), factOf(tax, index)])),
    applications: new Map(),
    certificates: new Map(),
  }
}

/** As the second reckoning is told: from the month after 70 to the day before 75. */
const inSeventies = ({ birthDate }: Resident): boolean =>
  addYears(birthDate, 70) <= on && addYears(birthDate, 75) > on

test('割合は、都道府県の作り手が別に数えたものと、3,000人のだれについても同じ', () => {
  const prefecture = makePrefecture({
    persons: 3000,
    seed: 4,
    union: '43',
    worldDate: plainDate('2026-07-01'),
  })
  const counts = { 1: 0, 2: 0, 3: 0 }
  for (const records of prefecture.records()) {
    const counted = countable(records)
    if (counted === null) continue
    const facts = known(counted)
    const there = levies(
      counted.map(
        ({ resident, tax, insured }): Assessable => ({
          over65: resident.birthDate <= plainDate(`${levyYear - 65}-01-01`),
          from70to74: !insured && inSeventies(resident),
          insured,
          head: resident.relationship === '世帯主',
          tax,
        }),
      ),
    )
    const here = [...facts.piecesOf.keys()].map((subjectKey) => {
      const situation = situationOn(facts, subjectKey, on)
      assert.ok(situation !== null)
      const outcome = judgeOn(facts, situation, '43')
      assert.ok(outcome.kind === 'judged', JSON.stringify(outcome))
      counts[outcome.tenths] += 1
      return outcome.tenths
    })
    assert.deepEqual(
      here,
      there.map(({ copay }) => copay),
      JSON.stringify(counted.map(({ tax, resident }) => [tax, resident.birthDate])),
    )
  }
  assert.ok(counts[1] > 2000 && counts[2] > 200 && counts[3] > 10, JSON.stringify(counts))
})
