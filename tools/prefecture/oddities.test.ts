import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber, fiscalYear, plainDate } from '@koiki/kernel'
import { letters } from './letters.ts'
import { catalogue } from './oddities/catalogue.ts'
import type { Evidence } from './oddities/oddity.ts'
import { oddities } from './oddities.ts'
import { makePrefecture, type Prefecture } from './prefecture.ts'
import type { HouseholdRecords } from './records.ts'

const worldDate = plainDate('2026-07-01')
const common = {
  worldDate,
  today: dayNumber(worldDate),
  start: dayNumber(plainDate('2024-05-01')),
  fiscalYear: fiscalYear(2026),
}
const make = (persons: number, seed = 1, union = '43'): Prefecture =>
  makePrefecture({ persons, seed, union, worldDate })

/** Every planted oddity with the rows of its person, as an outsider would find them by 宛名番号. */
function found(prefecture: Prefecture): Map<string, Evidence[]> {
  const wanted = new Map<string, string[]>()
  for (const { id, municipalityCode, addresseeNumber } of oddities(prefecture)) {
    const key = municipalityCode + addresseeNumber
    wanted.set(key, [...(wanted.get(key) ?? []), id])
  }
  const evidence = new Map<string, Evidence[]>()
  for (const household of prefecture.records()) {
    const { residents, nonResidents } = household
    for (const row of [...residents, ...nonResidents]) {
      const ids = wanted.get(row.municipalityCode + row.addresseeNumber) ?? []
      for (const id of ids) {
        evidence.set(id, [...(evidence.get(id) ?? []), evidenceOf(household, row)])
      }
    }
  }
  return evidence
}

function evidenceOf(
  household: HouseholdRecords,
  row: HouseholdRecords['residents'][number] | HouseholdRecords['nonResidents'][number],
): Evidence {
  const same = (one: { individualNumber: typeof row.individualNumber }): boolean =>
    one === row ||
    (row.individualNumber !== null && one.individualNumber?.equals(row.individualNumber) === true)
  return {
    resident: 'relationship' in row ? row : null,
    residents: household.residents.filter(same),
    nonResidents: household.nonResidents.filter(same),
    taxRecords: household.taxRecords.filter(
      ({ addresseeNumber }) => addresseeNumber === row.addresseeNumber,
    ),
    household,
  }
}

function shown(prefecture: Prefecture): Set<string> {
  const evidence = found(prefecture)
  const seen = new Set<string>()
  for (const oddity of catalogue) {
    for (const one of evidence.get(oddity.id) ?? []) {
      const municipality = prefecture.municipalities.find(
        ({ code }) => code === one.household.household.municipalityCode,
      )!
      assert.ok(
        oddity.shows(one, { ...common, municipality: municipality.name }),
        `${oddity.id}（${oddity.title}）が記録に現れていない`,
      )
      seen.add(oddity.id)
    }
  }
  return seen
}

test('目録の識別子は1つずつで、題は日本語', () => {
  assert.equal(new Set(catalogue.map(({ id }) => id)).size, catalogue.length)
  for (const { title } of catalogue) assert.match(title, /[ぁ-ん一-龥]/)
})

for (const [persons, seed] of [
  [300, 1],
  [300, 2],
  [300, 3],
  [3000, 1],
] as const) {
  test(`${persons}人（種${seed}）でも、目録のすべてが1度は植わり、記録に現れる`, () => {
    const seen = shown(make(persons, seed))
    assert.deepEqual(
      catalogue.map(({ id }) => id).filter((id) => !seen.has(id)),
      [],
    )
  })
}

test('60人の小さな広域連合にも、植えられるだけ植わり、植えたものは記録に現れる', () => {
  const seen = shown(make(60, 1, '31'))
  assert.ok(seen.size >= 120, `${seen.size}種類`)
})

test('割合のある珍しい場合は、大きくなると割合だけ増える', () => {
  const counts = new Map<string, number>()
  for (const { id } of oddities(make(30_000))) counts.set(id, (counts.get(id) ?? 0) + 1)
  assert.equal(counts.get('kana-missing'), 450)
  assert.equal(counts.get('protected'), 12)
  assert.equal(counts.get('family-employee'), 39)
  assert.equal(counts.get('sex-unknown'), 1)
})

test('珍しい場合は、ほかの人の記録を動かさない: 動くのは植えた世帯だけ', () => {
  const prefecture = make(3000)
  const touched = new Set(
    oddities(prefecture).map((one) => one.municipalityCode + one.addresseeNumber),
  )
  const plain = [...prefecture.records()].filter(({ residents }) =>
    residents.every((one) => !touched.has(one.municipalityCode + one.addresseeNumber)),
  )
  assert.ok(plain.length > 2500)
  for (const { residents, taxRecords } of plain) {
    assert.ok(residents.every(({ individualNumber }) => individualNumber !== null))
    assert.ok(taxRecords.every(({ correctedOn }) => correctedOn === null))
  }
})

test('字の表のすべての字を、だれかが持っている（300人でも）', () => {
  const names = [...make(300).residents()].map(({ name }) => name).join('\n')
  for (const { text, codePoints } of letters) assert.ok(names.includes(text), codePoints)
})
