import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { ageOn, birthday, checkNumber, plainDate, revealNumber } from '@koiki/kernel'
import fc from 'fast-check'
import { wellKnown } from './data/givenNames.ts'
import { makePrefecture, secondUnionPersons } from './index.ts'
import { Measure } from './measure.ts'
import type { Order } from './plan.ts'
import type { HouseholdRecords, Resident } from './records.ts'

const worldDate = plainDate('2026-07-01')
const order = (changes: Partial<Order> = {}): Order => ({
  persons: 300,
  seed: 1,
  worldDate,
  union: '43',
  ...changes,
})

/** A digest of every row, the Individual Numbers opened. */
function digest(of: Iterable<unknown>): string {
  const hash = createHash('sha256')
  for (const row of of) {
    hash.update(
      JSON.stringify(row, (_key, value) =>
        typeof value === 'object' && value !== null && value.kind === 'individualNumber'
          ? revealNumber(value)
          : value,
      ),
    )
  }
  return hash.digest('hex')
}

function* all(of: Order): Generator<HouseholdRecords> {
  yield* makePrefecture(of).records()
}

/** Several tests look at the same 3000 persons, which take half a second to make. */
const larger = [...all(order({ persons: 3000 }))]

test('同じ種からは同じ都道府県、ちがう種からはちがう都道府県ができる', () => {
  assert.equal(digest(all(order())), digest(all(order())))
  assert.notEqual(digest(all(order())), digest(all(order({ seed: 2 }))))
})

test('何度読んでも、どの流れから読んでも、同じ行になる', () => {
  const prefecture = makePrefecture(order({ seed: 5 }))
  const together = [...prefecture.records()]
  assert.equal(
    digest(together.flatMap(({ residents }) => residents)),
    digest(prefecture.residents()),
  )
  assert.equal(
    digest(together.flatMap(({ nonResidents }) => nonResidents)),
    digest(prefecture.nonResidents()),
  )
  assert.equal(digest(together.map(({ household }) => household)), digest(prefecture.households()))
  for (const stream of [
    'welfarePeriods',
    'protectionMeasures',
    'disabilityCertifications',
    'expectedInsured',
  ] as const) {
    assert.equal(
      digest(together.flatMap((one): readonly unknown[] => one[stream])),
      digest(prefecture[stream]()),
    )
  }
})

test('氏名と住所をつくってもつくらなくても、課税の記録は1円も動かない', () => {
  const prefecture = makePrefecture(order({ persons: 3000 }))
  const withNames = larger.flatMap(({ taxRecords }) => taxRecords)
  assert.equal(digest(withNames), digest(prefecture.taxRecords()))
})

test('被保険者は、注文した人数ちょうどになる（行から数えても、作り手の見込みでも）', () => {
  fc.assert(
    fc.property(fc.integer({ min: 90, max: 900 }), fc.nat(100_000), (persons, seed) => {
      assert.equal(new Measure(makePrefecture(order({ persons, seed }))).insured, persons)
    }),
    { numRuns: 12 },
  )
  for (const changes of [
    { persons: 8000 },
    { persons: 3000, seed: 2 },
    { persons: 60, union: '31' },
    { persons: secondUnionPersons(3000), union: '31', seed: 9 },
  ]) {
    const prefecture = makePrefecture(order(changes))
    assert.equal(new Measure(prefecture).insured, changes.persons)
    assert.equal([...prefecture.expectedInsured()].length, changes.persons)
  }
})

test('どの市区町村にも被保険者がいる（300人でも）', () => {
  const { byMunicipality } = new Measure(makePrefecture(order()))
  assert.equal(byMunicipality.size, 45)
  for (const [code, { insured }] of byMunicipality) assert.ok(insured >= 1, code)
})

test('閏日・月末・年始のどの日を現在としても、人数はちょうどになる', () => {
  for (const day of ['2028-02-29', '2026-02-28', '2027-03-01', '2026-01-01', '2026-12-31']) {
    const prefecture = makePrefecture(order({ worldDate: plainDate(day) }))
    assert.equal(new Measure(prefecture).insured, 300, day)
  }
})

test('どの種でも、行は台帳として筋が通っている', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      for (const records of all(order({ seed }))) sound(records)
    }),
    { numRuns: 12 },
  )
})

function sound({ household, residents, nonResidents, taxRecords }: HouseholdRecords): void {
  const here = residents.filter(
    ({ status, householdNumber }) =>
      status === '1' && householdNumber === household.householdNumber,
  )
  const heads = here.filter(({ relationship }) => relationship === '世帯主')
  assert.deepEqual(
    here.map(({ addresseeNumber }) => addresseeNumber),
    household.memberAddresseeNumbers,
  )
  assert.equal(heads.length, here.length === 0 ? 0 : 1, '世帯主は1人')
  assert.equal(heads[0]?.addresseeNumber ?? null, household.headAddresseeNumber)
  for (const resident of residents) soundRow(resident)
  for (const { registeredAt } of nonResidents) {
    assert.ok(checkNumber('municipalityCode', registeredAt).valid)
    assert.ok(!registeredAt.startsWith('43'), '住登外の人の住民票は県外にある')
  }
  const known = new Set([...residents, ...nonResidents].map((one) => one.addresseeNumber))
  for (const record of taxRecords) {
    assert.ok(known.has(record.addresseeNumber), '課税の記録の人は台帳にいる')
    assert.ok(record.familyEmployeeSalary <= record.salary)
    for (const amount of [record.publicPension, record.salary, record.other, record.capitalGains]) {
      assert.ok(Number.isSafeInteger(amount) && amount >= 0)
    }
  }
}

function soundRow(resident: Resident): void {
  assert.ok(resident.birthDate <= resident.residentSince)
  assert.ok(resident.residentSince <= resident.changedOn || resident.birthDateUnknown === '1')
  assert.ok(resident.changedOn <= resident.operatedOn || resident.changeReason === '00')
  assert.ok(resident.operatedOn < worldDate)
  assert.equal(resident.status === '2', resident.removedOn !== null)
  assert.equal(
    resident.changeReason === '05' || resident.movedTo !== null || resident.changeReason === '10',
    resident.status === '2',
  )
  assert.equal(resident.protection === '0', resident.protectionFrom === null)
  assert.equal(resident.exclusion === '0', resident.exclusionFrom === null)
  for (const code of [resident.movedFrom, resident.movedTo]) {
    if (code !== null) assert.ok(checkNumber('municipalityCode', code).valid, '団体コード')
  }
  assert.ok([...new Intl.Segmenter('ja').segment(resident.name)].length <= 100)
  assert.match(resident.addresseeNumber, /^\d{15}$/)
  assert.match(resident.postalCode ?? '8600000', /^\d{7}$/)
}

test('個人番号は検査用数字が合い、人ごとにちがい、2つの広域連合でも重ならない', () => {
  const seen = new Map<string, string>()
  for (const [union, households] of [
    ['43', larger],
    ['31', all(order({ union: '31' }))],
  ] as const) {
    for (const { residents } of households) {
      for (const { individualNumber, birthDate, status } of residents) {
        if (individualNumber === null) continue
        const digits = revealNumber(individualNumber)
        assert.ok(checkNumber('individualNumber', digits).valid)
        assert.ok(digits.startsWith(`9${union}`))
        if (status === '1') {
          assert.equal(seen.get(digits), undefined, '同じ番号の現存する住民は1人')
          seen.set(digits, birthDate)
        }
      }
    }
  }
})

test('宛名番号と世帯番号は市区町村の中で1つ。市区町村をこえると、同じ番号がちがう人をさす', () => {
  const byMunicipality = new Map<string, Set<string>>()
  const everywhere = new Map<string, number>()
  for (const { residents, nonResidents } of larger) {
    for (const { municipalityCode, addresseeNumber } of [...residents, ...nonResidents]) {
      const own = byMunicipality.get(municipalityCode) ?? new Set()
      assert.ok(!own.has(addresseeNumber), `${municipalityCode}で宛名番号が重なった`)
      byMunicipality.set(municipalityCode, own.add(addresseeNumber))
      everywhere.set(addresseeNumber, (everywhere.get(addresseeNumber) ?? 0) + 1)
    }
  }
  assert.ok([...everywhere.values()].some((count) => count > 1))
})

test('県内で転居した人は、同じ個人番号の記録が2つあり、日は重ならない', () => {
  let moved = 0
  for (const { residents } of larger) {
    for (const now of residents.filter(({ status }) => status === '1')) {
      const before = residents.filter(
        (one) =>
          one !== now &&
          now.individualNumber !== null &&
          one.individualNumber?.equals(now.individualNumber) === true,
      )
      for (const { removedOn, municipalityCode } of before) {
        moved += 1
        assert.notEqual(municipalityCode, now.municipalityCode)
        assert.ok(removedOn !== null && removedOn <= now.residentSince)
      }
    }
  }
  assert.ok(moved >= 30, `${moved}件`)
})

test('これから1年のうちに75歳になる人がいて、その人たちはまだ被保険者でない', () => {
  const expected = new Set(
    larger.flatMap(({ expectedInsured }) =>
      expectedInsured.map((one) => one.municipalityCode + one.addresseeNumber),
    ),
  )
  const soon = larger
    .flatMap(({ residents }) => residents)
    .filter(({ birthDate, status }) => {
      const day = birthday(birthDate, 75)
      return status === '1' && day > worldDate && day <= plainDate('2027-07-01')
    })
  const uncertified = soon.filter(
    (one) => !expected.has(one.municipalityCode + one.addresseeNumber),
  )
  assert.ok(uncertified.length > 0.055 * 3000 && uncertified.length < 0.09 * 3000)
})

test('消除の記録は26か月の中にあり、世帯には被保険者でない家族もいる', () => {
  let family = 0
  for (const { residents, expectedInsured } of larger) {
    for (const { removedOn } of residents) {
      assert.ok(
        removedOn === null || (removedOn >= plainDate('2024-05-01') && removedOn < worldDate),
      )
    }
    if (expectedInsured.length > 0) {
      family += residents.filter(
        (one) => one.status === '1' && ageOn(one.birthDate, worldDate) < 65,
      ).length
    }
  }
  assert.ok(family > 300)
})

test('名高い人と同じ氏名は、どこにも現れない', () => {
  const refused = new Set(wellKnown.split(' '))
  for (const { name } of larger.flatMap(({ residents }) => residents)) {
    assert.ok(!refused.has(name.replace('　', '')))
  }
})

test('できない注文は、何を直すかを言って断る', () => {
  assert.throws(() => makePrefecture(order({ persons: 30 })), /被保険者数は90から/)
  assert.throws(() => makePrefecture(order({ persons: 59, union: '31' })), /被保険者数は60から/)
  assert.throws(() => makePrefecture(order({ persons: 300.5 })), RangeError)
  assert.throws(() => makePrefecture(order({ union: '13' })), /模擬の世界にない広域連合です: 13/)
  assert.throws(() => makePrefecture(order({ seed: -1 })), /種は0以上の整数/)
})

test('所得照会: 転入した年の分と、7月までに転入した人は割合のもとになる前の年度の分も照会する', () => {
  let before = 0
  let after = 0
  for (const { residents, taxRecords } of larger)
    for (const { addresseeNumber, municipalityCode, movedFrom, residentSince } of residents) {
      const years = taxRecords
        .filter(
          (one) =>
            one.addresseeNumber === addresseeNumber && one.municipalityCode === municipalityCode,
        )
        .map(({ fiscalYear }) => fiscalYear)
      if (movedFrom === null || residentSince <= '2025-01-01' || years.length === 0) continue
      const arrivedIn = Number(residentSince.slice(0, 4))
      const early = residentSince.slice(5) < '08-01'
      assert.equal(years.includes(arrivedIn - 1), early, residentSince)
      if (early) before += 1
      else after += 1
    }
  assert.ok(before > 0 && after > 0)
})
