import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { copayTown, grantFact } from '../cases/copayTown.ts'
import { rejudge } from '../store/shares.ts'
import { judgeSharesNow } from './judgeShares.ts'

const year2025 = '2025-08-01〜2026-08-01'
const year2026 = '2026-08-01〜2027-08-01'

test('初めの判定: 所得の届いた年度だけを、だれも頼まなくても全員に。7月からは8月1日の分も', async (t) => {
  const { take, decide, tax, judge, shares, waiting, work, count } = copayTown(await town(t))
  await take([1, 2, 3].map((running) => resident(running)))
  await decide()
  await tax(1, { 年度: 2025, 年金: 4_200_000, 課税標準額: 1_500_000 })
  await tax(1, { 年度: 2026, 年金: 1_000_000 })
  await tax(2, { 年度: 2025, 年金: 1_000_000 })
  const june = await judge(null, '2026-06-30')
  assert.deepEqual([june.persons, june.judged], [3, 2])
  assert.deepEqual(await shares(1), [`3割 active1 ${year2025}`])
  assert.deepEqual(await waiting(2), [])
  assert.deepEqual(await waiting(3), ['2025-08-01 incomeNotReceived'])

  const july = await judge(null, '2026-07-01')
  assert.deepEqual([july.persons, july.judged], [3, 1])
  assert.deepEqual(await shares(1), [`3割 active1 ${year2025}`, `1割 不明 ${year2026}`])
  assert.deepEqual(await waiting(2), ['2026-08-01 incomeNotReceived'])
  const runs = await work((tx) =>
    tx.query(
      `select judgement_year as year, through_year as through from copay.run
        where mode = 'yearly' order by judgement_year`,
    ),
  )
  assert.deepEqual(runs, [
    { year: 2025, through: 2025 },
    { year: 2026, through: 2026 },
  ])

  // 一度全員をみた年度は、もう全員はみない。あとから届いた人だけをみる。
  await tax(3, { 年度: 2025, 年金: 1_000_000 }, '2026-07-10')
  assert.equal((await judge(null, '2026-07-10')).judged, 1)
  assert.equal((await shares(3))[0], `1割 lowIncome2 ${year2025}`)
  const before = await count('copay.judgement')
  assert.equal((await judge(null, '2026-07-11')).judged, 0)
  assert.equal(await count('copay.judgement'), before)
})

test('初めの判定: 7月に両方の年度の所得があれば、一度に2つの年度を判定する', async (t) => {
  const { take, decide, tax, judge, shares, work } = copayTown(await town(t))
  await take([resident(1)])
  await decide()
  await tax(1, { 年度: 2025, 年金: 4_200_000, 課税標準額: 1_500_000 })
  await tax(1, { 年度: 2026, 年金: 2_500_000, 課税標準額: 300_000 })
  const result = await judge(null)
  assert.deepEqual([result.persons, result.judged], [1, 2])
  assert.deepEqual(await shares(1), [`3割 active1 ${year2025}`, `2割 general2 ${year2026}`])
  const runs = await work((tx) =>
    tx.query('select judgement_year as year, through_year as through from copay.run'),
  )
  assert.deepEqual(runs, [{ year: 2025, through: 2026 }])
})

const certificate = (適用日: string, given: Record<string, unknown> = {}) => ({
  certifiedTenths: '3',
  certifiedCategory: 'active1',
  certifiedFrom: 適用日,
  certifiedIssuer: '架空県後期高齢者医療広域連合',
  ...given,
})

test('負担区分等証明書: 所得の届くまで証明書の割合で、届けば資格取得の日にさかのぼって判定し直す', async (t) => {
  const { take, decide, tax, judge, shares, judgements, waiting, key, subject, work } = copayTown(
    await town(t),
  )
  const newcomer = (running: number) =>
    resident(running, {
      住民となった日: plainDate('2026-07-10'),
      異動年月日: plainDate('2026-07-10'),
      異動事由: '01',
      転入前市区町村コード: '401307',
    })
  await take([resident(9)])
  await decide()
  await tax(9, { 年度: 2025, 年金: 1_000_000 })
  await judge(null, '2026-07-01')
  await take([newcomer(1), newcomer(2)], '431001', '2026-07-10')
  await decide('2026-07-10')
  const { resident_key: residentKey } = await key(1)
  const own = [await subject(1), await subject(2)]
  await grantFact(work, {
    residentKey,
    filedOn: '2026-07-10',
    from: '2026-07-10',
    kind: 'acquisitionMoveIn',
    fields: certificate('2025-08-01'),
  })
  const now = () =>
    work((tx) => judgeSharesNow(tx, own, { receiptNumber: '431001-R8-00001' }), '2026-07-10')
  await now()
  assert.deepEqual(await shares(1), ['3割 active1 2026-07-10〜2026-08-01'])
  assert.deepEqual(await waiting(1), ['2026-08-01 incomeNotReceived'])
  assert.deepEqual(await shares(2), [], '証明書のない人は推し量らない')
  const [standing] = await judgements(1)
  assert.deepEqual(
    [standing?.cause, standing?.ground, standing?.receiptNumber],
    ['acquisition', 'certifiedThree', '431001-R8-00001'],
  )
  assert.deepEqual(rejudge(standing!.facts), { tenths: 3, limitCategory: 'active1' })
  assert.match(standing!.workings.share[0]!.formula, /負担区分等証明書/)
  await now()
  assert.equal((await judgements(1)).length, 1, 'くり返しても増えない')

  await tax(1, { 年度: 2025, 年金: 2_500_000, 課税標準額: 300_000 }, '2026-07-20')
  await judge(null, '2026-07-20')
  assert.deepEqual(await shares(1), ['2割 general2 2026-07-10〜2026-08-01'])
  const [judged, former] = await judgements(1)
  assert.deepEqual(
    [judged?.cause, judged?.effectiveOn, judged?.living, former?.living],
    ['incomeArrived', '2026-07-10', true, false],
  )
})

test('負担区分等証明書: 限度区分の記載がなければ割合だけが決まり、取り消された届書のものは使わない', async (t) => {
  const { take, decide, shares, judgements, waiting, key, subject, work } = copayTown(await town(t))
  await take([resident(1, { 住民となった日: plainDate('2026-07-01') })])
  await decide()
  const { resident_key: residentKey } = await key(1)
  const own = await subject(1)
  const filing = await grantFact(work, {
    residentKey,
    filedOn: '2026-07-01',
    from: '2026-07-01',
    kind: 'acquisitionMoveIn',
    fields: certificate('2025-08-01', { certifiedTenths: '2', certifiedCategory: 'none' }),
  })
  const now = () =>
    work((tx) => judgeSharesNow(tx, [own], { receiptNumber: '431001-R8-00001' }), '2026-07-01')
  // 年次の判定をまだしていない広域連合でも、証明書のある人は決まる。
  await now()
  assert.deepEqual(await shares(1), ['2割 不明 2026-07-01〜2026-08-01'])
  assert.deepEqual(
    (await judgements(1))[0]?.facts.limitMissing.map(({ code }) => code),
    ['categoryNotCertified'],
  )
  await work((tx) =>
    tx.run(
      `update eligibility.filing_standing set state = 'cancelled' where filing_id = $1::uuid`,
      [filing],
    ),
  )
  await now()
  assert.deepEqual(await shares(1), [])
  assert.deepEqual(await waiting(1), [
    '2026-07-01 incomeNotReceived',
    '2026-08-01 incomeNotReceived',
  ])
})
