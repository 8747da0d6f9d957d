import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insuredNumber, plainDate, subjectKey } from '@koiki/kernel'
import { inWords, type Town, town } from '../cases/town.ts'
import { resident } from '../cases/townsfolk.ts'
import {
  cancelToldFact,
  endDisabilityCertification,
  endFacilityStay,
  endResidenceProvision,
  endStayExclusion,
  recordDisabilityCertification,
  recordFacilityStay,
  recordResidenceProvision,
  recordStayExclusion,
  reopenToldFact,
} from '../store/tellFacts.ts'
import { decideNow, previewDecision } from './decideNow.ts'

const issued = (nth: number) => subjectKey('43', insuredNumber(4_310_000 + nth - 1))
const account = { id: 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d', name: '窓口　担当' }

async function soleKey({ ask }: Town): Promise<number> {
  const [row] = await ask<{ resident_key: number }>('select resident_key from eligibility.resident')
  return row!.resident_key
}

const certified = (residentKey: number, day: string) => ({
  residentKey,
  receiptNumber: 'U-1',
  certifiedOn: plainDate(day),
  ground: '申請' as const,
  evidenceKind: '精神障害者保健福祉手帳',
  evidenceUntil: plainDate('2027-03-31'),
})

test('障害認定をその場で決め、撤回で喪失し、撤回の誤りは取り消せる。番号は変わらない', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 生年月日: plainDate('1958-02-11') })])
  await one.decide()
  const key = await soleKey(one)
  const by = { receiptNumber: 'U-1', account }
  await one.work(async (tx) => {
    await recordDisabilityCertification(tx, certified(key, '2026-07-01'))
    await decideNow(tx, [key], by)
  })
  assert.deepEqual(await one.rights(issued(1)), ['02 2026-07-01〜 (431001 2026-07-01〜)'])
  const told = { residentKey: key, receiptNumber: 'U-2' }
  await one.work(async (tx) => {
    const eventOn = plainDate('2026-07-05')
    const ends = await endDisabilityCertification(tx, { ...told, kind: '撤回', eventOn })
    assert.equal(ends, '2026-07-05')
    await decideNow(tx, [key], { ...by, receiptNumber: 'U-2' })
  }, '2026-07-05')
  assert.deepEqual(await one.rights(issued(1)), [
    '02 2026-07-01〜2026-07-05 04(431001 2026-07-01〜2026-07-05)',
  ])
  await one.work(async (tx) => {
    await reopenToldFact(tx, 'disabilityCertification', key)
    await decideNow(tx, [key], { ...by, receiptNumber: 'U-3' })
  }, '2026-07-06')
  assert.deepEqual(await one.rights(issued(1)), ['02 2026-07-01〜 (431001 2026-07-01〜)'])
  await one.work(async (tx) => {
    await cancelToldFact(tx, 'disabilityCertification', key, plainDate('2026-07-01'))
    await decideNow(tx, [key], { ...by, receiptNumber: 'U-4' })
  }, '2026-07-06')
  assert.deepEqual(await one.rights(issued(1)), [])
  assert.deepEqual(await one.events(issued(1)), [
    '取得 2026-07-01 障害認定 431001',
    '喪失 2026-07-05 障害認定の撤回・不該当 431001',
    '取消 2026-07-05 資格喪失の取消 431001',
    '取消 2026-07-01 資格取得の取消 431001',
  ])
  const receipts = await one.ask<{ receipt_number: string }>(
    'select receipt_number from eligibility.entitlement_event order by sequence',
  )
  assert.deepEqual(
    receipts.map(({ receipt_number }) => receipt_number),
    ['U-1', 'U-2', 'U-3', 'U-4'],
  )
})

test('75歳の誕生日の夜の判定で、もとだけが変わり、番号も取得の日も変わらない', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 生年月日: plainDate('1951-07-10') })])
  const key = await soleKey(one)
  await one.work(async (tx) => {
    await recordDisabilityCertification(tx, certified(key, '2026-07-01'))
    await decideNow(tx, [key], { receiptNumber: 'U-1', account })
  })
  assert.equal((await one.decide('2026-07-09')).persons, 0)
  const counts = await one.decide('2026-07-10')
  assert.deepEqual([counts.issued, counts.decisions], [0, 1])
  assert.deepEqual(await one.events(issued(1)), [
    '取得 2026-07-01 障害認定 431001',
    '変更 2026-07-10 資格のもとの変更 431001',
  ])
  const basis = await one.ask<{ basis: string }>(
    'select basis from eligibility.entitlement order by began_on',
  )
  assert.deepEqual(
    basis.map((row) => row.basis),
    ['2', '1'],
  )
})

test('施設を移る届出と終わりの届出: 途切れた日から被保険者になる', async (t) => {
  const one = await town(t)
  await one.take([
    resident(1, { 住民となった日: plainDate('2026-05-10'), 転入前市区町村コード: '401307' }),
  ])
  const key = await soleKey(one)
  const told = { residentKey: key, receiptNumber: 'U-1' }
  const facility = { ...told, facilityName: '架空苑', facilityAddress: '熊本市架空町一丁目' }
  await one.work(async (tx) => {
    await recordResidenceProvision(tx, {
      ...told,
      beganOn: plainDate('2026-05-10'),
      kind: '他広域',
      insurerUnion: '40',
      insurerNumber: '39401307',
    })
    const enteredOn = plainDate('2026-05-10')
    await recordFacilityStay(tx, { ...facility, enteredOn, facilityKind: '特別養護老人ホーム' })
    const moved = plainDate('2026-06-20')
    await recordFacilityStay(tx, { ...facility, enteredOn: moved, facilityKind: '特定施設' })
    const [person] = await decideNow(tx, [key], { receiptNumber: 'U-1', account })
    assert.deepEqual(
      person!.reasons.map(({ code }) => code),
      ['eligibility.insuredByAnotherUnion'],
    )
  })
  const stays = await one.ask<{ held: { from: string; until: string | null } }>(
    'select held from eligibility.facility_stay order by entered_on',
  )
  assert.deepEqual(
    stays.map(({ held }) => held),
    [
      { from: '2026-05-10', until: '2026-06-20' },
      { from: '2026-06-20', until: null },
    ],
  )
  await one.work(async (tx) => {
    await endFacilityStay(tx, { ...told, leftOn: plainDate('2026-07-01') })
    const [person] = await decideNow(tx, [key], { receiptNumber: 'U-2', account })
    assert.deepEqual(inWords(person!.after), ['09 2026-07-01〜 (431001 2026-07-01〜)'])
    await endResidenceProvision(tx, { ...told, endsOn: plainDate('2026-07-01') })
    const [same] = await decideNow(tx, [key], { receiptNumber: 'U-2', account })
    assert.deepEqual(same!.decisions, [])
  })
})

test('在留による適用除外の届出: 入って喪失し、終わって同じ番号で取得する', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 住民種別: '2', 在留期間満了日: plainDate('2028-03-31') })])
  await one.decide()
  const key = await soleKey(one)
  const told = { residentKey: key, receiptNumber: 'U-1' }
  await one.work(async (tx) => {
    await recordStayExclusion(tx, { ...told, beganOn: plainDate('2026-06-01'), kind: '4' })
    await decideNow(tx, [key], { receiptNumber: 'U-1', account })
    await endStayExclusion(tx, { ...told, endsOn: plainDate('2026-06-20') })
    await decideNow(tx, [key], { receiptNumber: 'U-2', account })
  })
  assert.deepEqual(await one.rights(issued(1)), [
    '01 2020-02-11〜2026-06-01 03(431001 2020-02-11〜2026-06-01)',
    '04 2026-06-20〜2028-04-01 03(431001 2026-06-20〜2028-04-01)',
  ])
  const kept = await one.ask<{ kind: string }>(
    'select kind from eligibility.application_exclusion order by began_on',
  )
  assert.deepEqual(
    kept.map(({ kind }) => kind),
    ['4', '6'],
  )
})

test('重なる認定、始まりより前の終わり、終わるもののない届出は、文で断る', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 生年月日: plainDate('1958-02-11') })])
  const key = await soleKey(one)
  await one.work((tx) => recordDisabilityCertification(tx, certified(key, '2026-07-01')))
  await assert.rejects(
    one.work((tx) => recordDisabilityCertification(tx, certified(key, '2026-08-01'))),
  )
  const told = { residentKey: key, receiptNumber: 'U-2' }
  await assert.rejects(
    one.work((tx) => endResidenceProvision(tx, { ...told, endsOn: plainDate('2026-07-01') })),
    /続いている住所地特例がありません/,
  )
  await one.work((tx) =>
    recordStayExclusion(tx, { ...told, beganOn: plainDate('2026-07-01'), kind: '5' }),
  )
  await assert.rejects(
    one.work((tx) => endStayExclusion(tx, { ...told, endsOn: plainDate('2026-07-01') })),
    /続いている在留による適用除外がありません/,
  )
})

test('試しの判定は、何も書かずに、決定とほかに動くものを答える', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 生年月日: plainDate('1958-02-11') }), resident(2)])
  await one.decide()
  const [young] = await one.ask<{ resident_key: number }>(
    `select resident_key from eligibility.resident where subject_key is null`,
  )
  const key = young!.resident_key
  const everything = () =>
    one.ask(
      `select (select count(*) from eligibility.entitlement_event) as events,
              (select count(*) from eligibility.disability_certification) as certified,
              (select count(*) from eligibility.insured_person) as people,
              (select last_number from eligibility.number_counter where kind = 'insured') as last,
              (select count(*) from audit.entry) as entries`,
    )
  const before = await everything()
  const [person] = await one.work((tx) =>
    previewDecision(tx, [key], async (inside) => {
      await recordDisabilityCertification(inside, certified(key, '2026-07-01'))
      return []
    }),
  )
  assert.deepEqual(await everything(), before)
  assert.deepEqual(
    [person!.answer, inWords(person!.before), inWords(person!.after)],
    ['eligible', [], ['02 2026-07-01〜 (431001 2026-07-01〜)']],
  )
  assert.deepEqual(
    person!.decisions.map(({ kind, subjectKey: subject }) => [kind, subject]),
    [['取得', null]],
  )
  const change = { from: '2026-07-01', until: null, reason: 'begins' }
  assert.deepEqual(person!.moves, [
    { what: 'premium', ...change, months: [{ fiscalYear: 2026, change: 9 }] },
    { what: 'copay', ...change, months: [] },
    { what: 'certificate', ...change, months: [] },
  ])
  const [real] = await one.work(async (tx) => {
    await recordDisabilityCertification(tx, certified(key, '2026-07-01'))
    const persons = await decideNow(tx, [key], { receiptNumber: 'U-1', account })
    await cancelToldFact(tx, 'disabilityCertification', key, plainDate('2026-07-01'))
    return persons
  })
  assert.deepEqual([real!.answer, real!.after], [person!.answer, person!.after])
  // The transaction goes on, and what is refused inside the trial is told and undone.
  await one.work(async (tx) => {
    await assert.rejects(
      previewDecision(tx, [key], async (inside) => {
        await endFacilityStay(inside, {
          residentKey: key,
          receiptNumber: 'U-1',
          leftOn: plainDate('2026-07-01'),
        })
        return []
      }),
      /施設の入所がありません/,
    )
    assert.equal((await tx.query('select from eligibility.resident')).length, 2)
  })
})
