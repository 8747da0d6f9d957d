import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { type Decision, ledgerTables, premiumLedger } from './index.ts'

const levy = (annual: number): Decision['medical'] => ({
  perCapitaFull: 63_000,
  perCapita: 31_500,
  rate: '11.060',
  incomeBased: 69_678,
  cap: 850_000,
  overCap: 0,
  annual,
})

const decided = (given: Partial<Decision> = {}): Decision => {
  const medical = given.medical ?? levy(101_100)
  const childSupport = given.childSupport === undefined ? levy(2_200) : given.childSupport
  return {
    subjectKey: 4_300_000_001,
    fiscalYear: 2026,
    revision: 1,
    municipalityCode: '432156',
    residentKey: 430_000_000_001,
    decidedOn: plainDate('2026-07-01'),
    reason: 'initial',
    months: 12,
    reductionTenths: 5,
    formerDependent: false,
    incomeKnown: true,
    base: 630_000,
    judgedIncome: 910_000,
    threshold: 1_050_000,
    judgedInsured: 2,
    judgedEarners: 1,
    lawEdition: '2026-04-01 abc',
    runId: '00000000-0000-4000-8000-000000000001',
    recordedAt: '2026-07-01T00:00:00Z',
    current: true,
    ...given,
    medical,
    childSupport,
    annual: medical.annual + (childSupport?.annual ?? 0),
  }
}

test('当初決定から、所得の更正で増え、死亡で月割になり、取消で0円になるまで', () => {
  const [year, ...others] = premiumLedger([
    decided({
      revision: 4,
      reason: 'change',
      months: 0,
      medical: levy(0),
      childSupport: levy(0),
      decidedOn: plainDate('2026-11-02'),
    }),
    decided({
      revision: 3,
      reason: 'change',
      months: 5,
      medical: levy(60_000),
      childSupport: levy(1_300),
    }),
    decided({
      revision: 2,
      reason: 'correction',
      base: 900_000,
      judgedIncome: 1_180_000,
      reductionTenths: 2,
      medical: levy(144_000),
      childSupport: levy(3_100),
    }),
    decided(),
  ])
  assert.deepEqual(others, [])
  assert.deepEqual(
    year?.rows.map(({ kind, difference, assessed }) => [kind, difference?.annual, assessed]),
    [
      ['initial', 103_300, 103_300],
      ['increase', 43_800, 147_100],
      ['decrease', -85_800, 61_300],
      ['cancelled', -61_300, 0],
    ],
  )
  assert.deepEqual(year?.rows[1]?.causes, [
    '賦課のもととなる所得が630,000円から900,000円になった',
    '軽減が5割から2割になった',
    '軽減判定所得が910,000円から1,180,000円になった',
  ])
  assert.ok(year?.rows[2]?.causes.includes('資格月数が12か月から5か月になった'))
  assert.deepEqual(year?.rows[3]?.causes, ['資格月数が5か月から0か月になった'])
  assert.equal(year?.assessed, 0)
})

test('所得が届いていなかった人は、そう言い、届いて減ったときはそれがわけになる', () => {
  const [year] = premiumLedger([
    decided({ incomeKnown: false, reductionTenths: 0, medical: levy(132_600), base: 630_000 }),
    decided({ revision: 2, reason: 'change' }),
  ])
  assert.deepEqual(year?.rows[0]?.causes, [
    '年度の当初の賦課',
    '所得が届いていない人がいるので、軽減していない',
  ])
  assert.deepEqual(
    [year?.rows[1]?.kind, year?.rows[1]?.causes[0]],
    ['decrease', '届いていなかった所得が届いた'],
  )
})

test('額の同じ更正は、額が同じと言う。法令表だけが変わったときは、それがわけになる', () => {
  const [year] = premiumLedger([
    decided(),
    decided({ revision: 2, reason: 'correction', lawEdition: '2026-08-01 def' }),
    decided({ revision: 3, reason: 'correction', lawEdition: '2026-08-01 def' }),
  ])
  assert.deepEqual(
    year?.rows.map(({ kind, causes }) => [kind, causes[0]]),
    [
      ['initial', '年度の当初の賦課'],
      ['unchanged', '法令表の版が変わった'],
      ['unchanged', '額にあらわれない事実が変わった'],
    ],
  )
})

test('前の決定が別の市区町村のもので見えないときは、増減を出さず、見えない数を言う', () => {
  const [year] = premiumLedger([
    decided({ revision: 3, months: 4, medical: levy(30_000) }),
    decided({ revision: 4, months: 3, medical: levy(22_000) }),
  ])
  assert.equal(year?.hiddenBefore, 2)
  assert.deepEqual(
    year?.rows.map(({ difference }) => difference?.annual ?? null),
    [null, -8_000],
  )
  assert.equal(year?.rows[0]?.kind, 'changed')
  assert.match(year?.rows[0]?.causes[0] ?? '', /別の市区町村/)
  assert.ok(year !== undefined && ledgerTables(year)[0]?.rows[0]?.includes('不明'))
})

test('年度は新しい順、決定は古い順。子ども分のない年度は空のままで、0と書かない', () => {
  const years = premiumLedger([
    decided({ fiscalYear: 2025, childSupport: null }),
    decided({ fiscalYear: 2026 }),
  ])
  assert.deepEqual(
    years.map(({ fiscalYear }) => fiscalYear),
    [2026, 2025],
  )
  const [assessed, basis, collection] = ledgerTables(years[1]!)
  assert.equal(assessed?.rows[0]?.[5], '')
  assert.deepEqual(basis?.rows[0], ['均等割額(軽減前)', '63,000円', ''])
  assert.deepEqual(collection?.rows, [])
  assert.match(collection?.empty ?? '', /まだ届いていません。0円という意味ではありません/)
})

test('どんな決定の並びでも、増減を足すと調定額になる', () => {
  const amounts = fc.array(fc.tuple(fc.nat(850_000), fc.nat(21_000)), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(amounts, (pairs) => {
      const [year] = premiumLedger(
        pairs.map(([medical, child], index) =>
          decided({ revision: index + 1, medical: levy(medical), childSupport: levy(child) }),
        ),
      )
      let running = 0
      for (const row of year!.rows) {
        running += row.difference!.annual
        assert.equal(row.difference!.annual, row.difference!.medical + row.difference!.childSupport)
        assert.equal(row.assessed, running)
      }
      assert.equal(year!.assessed, running)
    }),
  )
})
