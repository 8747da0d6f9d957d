import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import type { InsuranceCardState, Share } from '../certificate.ts'
import { documentYearOf } from './documentYear.ts'
import { dueOf, type PersonFacts } from './dueOf.ts'

const start = plainDate('2024-01-01')
const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(start, days))
const maybeDay = fc.option(day, { nil: null })
const told = maybeDay.map((since) => (since === null ? null : { since, receiptNumber: 'x' }))
const birthDate = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => addDays(plainDate('1920-01-01'), days))

const facts: fc.Arbitrary<PersonFacts> = fc.record({
  birthDate,
  birthDateText: fc.constant(null),
  underSupportMeasure: fc.boolean(),
  insuranceCard: fc.option(
    fc.record({
      state: fc.constantFrom<InsuranceCardState>(
        'registered',
        'notRegistered',
        'deregistered',
        'expired',
      ),
      since: fc.constant(start),
      source: fc.constant('試験'),
    }),
    { nil: null },
  ),
  application: told,
  personNeedingCare: told,
  deregistration: told,
  specialTreatment: maybeDay.map((since) =>
    since === null ? null : { since, notifiedOn: start, source: '試験' },
  ),
  evidenceUntil: maybeDay,
  stayUntil: maybeDay,
  insuredNumber: fc.constant('43100007'),
  insurerNumber: fc.constant('39431002'),
  name: fc.constantFrom('庭球　花子', '卓球　花子'),
  nameKana: fc.constant(null),
  sex: fc.constant('2'),
  address: fc.constantFrom(null, ['架空町']),
  acquiredOn: fc.constant(start),
  share: fc.option(
    fc.record<Share>({
      tenths: fc.constantFrom(1, 2, 3),
      from: fc.constant(start),
      limitCategory: fc.constantFrom(null, 'lowIncome2' as const),
      limitFrom: fc.constant(null),
    }),
    { nil: null },
  ),
  limitApplication: told,
  longHospitalisation: told,
  specifiedDiseases: fc.constant([]),
})

const valid = (until: PlainDate, on: PlainDate) =>
  until >= on && until <= documentYearOf(on).lastDay

test('発行した文書を持てば、同じ日の同じ事実からは、もう何も出ない', () => {
  fc.assert(
    fc.property(facts, day, (person, on) => {
      const first = dueOf(person, null, on)
      if (first.kind !== 'due') return
      const again = dueOf(person, { contents: first.contents, lost: false }, on)
      assert.equal(again.kind, 'held')
    }),
  )
})

test('出す文書は、その日から7月31日までのあいだ使え、割合は決まったとおり。なければ待つ', () => {
  fc.assert(
    fc.property(facts, day, (person, on) => {
      const due = dueOf(person, null, on)
      if (person.share === null) assert.equal(due.kind, 'waiting')
      if (due.kind === 'waiting') return assert.ok(due.missing.length > 0)
      assert.ok(valid(due.contents.validUntil, on))
      assert.equal(due.contents.tenths, person.share?.tenths)
      assert.ok(due.grounds.length > 0)
    }),
  )
})
