import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate, subjectKey } from '@koiki/kernel'
import { town } from '../cases/town.ts'
import { resident } from '../cases/townsfolk.ts'
import { decideNow } from '../jobs/decideNow.ts'
import { listPredictedAge75 } from './comingOfAge.ts'
import { findPersons } from './findPersons.ts'
import { getPerson } from './getPerson.ts'
import { selfDisclosureOf } from './selfDisclosure.ts'
import {
  endDisabilityCertification,
  recordDisabilityCertification,
  recordResidenceProvision,
} from './tellFacts.ts'

const under = {
  支援措置区分: '1',
  支援措置開始日: plainDate('2026-01-10'),
  支援措置終了日: plainDate('2026-06-09'),
} as const

test('氏名・カナ・ローマ字・生年月日・番号と、その組合せでさがす', async (t) => {
  const { db, take, decide } = await town(t)
  await take([
    resident(1, { 氏名: '髙橋　正夫', 氏名カナ: 'タカハシ　マサオ', 性別: '1' }),
    resident(2, {
      氏名: '高橋　花子',
      氏名カナ: 'タカハシ　ハナコ',
      生年月日: plainDate('1939-05-03'),
    }),
    resident(3, { 氏名: '山﨑　正夫', 氏名カナ: null, 通称: '庭球　太郎' }),
    resident(4, {
      氏名: '高橋　若子',
      氏名カナ: 'タカハシ　ワカコ',
      生年月日: plainDate('1990-01-01'),
    }),
  ])
  await decide()
  const union = { union: '43', municipality: '*' }
  const names = async (text: string, municipality = '*') => {
    const found = await db.transaction({ ...union, municipality }, (tx) => findPersons(tx, text))
    assert.equal(found.total, found.people.length)
    return found.people.map(({ name }) => name)
  }
  assert.deepEqual(await names('高橋'), ['高橋　花子', '髙橋　正夫'])
  assert.deepEqual(await names('たかはし'), ['高橋　花子', '髙橋　正夫'])
  assert.deepEqual(await names('taka'), ['高橋　花子', '髙橋　正夫'])
  assert.deepEqual(await names('タカハシ 3140503'), ['高橋　花子'])
  assert.deepEqual(await names('昭和14年5月3日'), ['高橋　花子'])
  assert.deepEqual(await names('正夫'), ['髙橋　正夫', '山﨑　正夫'])
  assert.deepEqual(await names('山崎'), ['山﨑　正夫'])
  assert.deepEqual(await names('高橋 正'), ['髙橋　正夫'])
  assert.deepEqual(await names('庭球 太'), ['山﨑　正夫'])
  assert.deepEqual(await names('43100007'), ['髙橋　正夫'])
  assert.deepEqual(await names('4310'), ['高橋　花子', '髙橋　正夫', '山﨑　正夫'])
  assert.deepEqual(await names('高橋 19450211'), ['髙橋　正夫'])
  assert.deepEqual(await names(''), [])
  assert.deepEqual(await names('%'), [])
  assert.deepEqual(await names('高橋', '431001'), ['高橋　花子', '髙橋　正夫'])
  assert.deepEqual(await names('高橋', '432024'), [])
  const refused = await db.transaction(union, (tx) => findPersons(tx, '123456789012'))
  assert.deepEqual(refused, { readAs: [], refused: true, total: 0, people: [] })
})

test('本人: 資格・決定・世帯・紐付けと住所を読む', async (t) => {
  const { db, take, decide } = await town(t)
  await take([
    resident(1, { 世帯番号: '5000' }),
    resident(2, {
      世帯番号: '5000',
      続柄: '夫',
      氏名: '庭球　太郎',
      生年月日: plainDate('1950-01-01'),
    }),
    resident(3, {
      世帯番号: '5000',
      続柄: '子',
      氏名: '庭球　次郎',
      生年月日: plainDate('1980-01-01'),
    }),
  ])
  await decide()
  const key = subjectKey('43', '43100007')
  const person = await db.transaction({ union: '43', municipality: '431001' }, (tx) =>
    getPerson(tx, key),
  )
  assert.ok(person)
  assert.equal(person.insuredNumber, '43100007')
  assert.equal(person.address?.town, '架空町一丁目')
  assert.equal(person.numberHeld, true)
  assert.deepEqual(person.standing, { state: 'active', from: '2020-02-11', until: null })
  assert.deepEqual(
    person.entitlements.map(({ municipality, insurerNumber, from }) => [
      municipality,
      insurerNumber,
      from,
    ]),
    [['431001', '39431002', '2020-02-11']],
  )
  assert.deepEqual(
    person.decisions.map(({ kind, ground }) => [kind, ground]),
    [['取得', '年齢到達']],
  )
  assert.deepEqual(
    person.household.members.map(({ name, isHead, subjectKey: insured }) => [
      name,
      isHead,
      insured !== null,
    ]),
    [
      ['庭球　花子', true, true],
      ['庭球　太郎', false, true],
      ['庭球　次郎', false, false],
    ],
  )
  assert.deepEqual(person.household.periods[0]?.persons, 3)
  assert.deepEqual(
    person.links.map(({ addresseeNumber, ground }) => [addresseeNumber, ground]),
    [['000000000000001', '新規付番']],
  )
  const elsewhere = await db.transaction({ union: '43', municipality: '432024' }, (tx) =>
    getPerson(tx, key),
  )
  assert.equal(elsewhere, null)
})

test('支援措置: 住所は読まれない。予定の終わりが過ぎても、別の市区町村の窓口でも', async (t) => {
  const { db, take, decide } = await town(t)
  await take([
    resident(1, {
      ...under,
      異動年月日: plainDate('2026-06-10'),
      異動事由: '04',
      住民状態: '2',
      消除年月日: plainDate('2026-06-10'),
      転出先市区町村コード: '432024',
    }),
  ])
  await take(
    [
      resident(1, {
        市区町村コード: '432024',
        住民となった日: plainDate('2026-06-10'),
        転入前市区町村コード: '431001',
        町字: '見えてはならない町',
        番地号: '９９９',
      }),
    ],
    '432024',
  )
  await decide()
  const key = subjectKey('43', '43100007')
  const counter = { union: '43', municipality: '432024' }
  const person = await db.transaction(counter, (tx) => getPerson(tx, key))
  assert.equal(person?.underSupportMeasure, true)
  assert.equal(person?.address, null)
  assert.doesNotMatch(JSON.stringify(person), /見えてはならない|９９９/)
  const found = await db.transaction(counter, (tx) => findPersons(tx, '庭球'))
  assert.equal(found.people[0]?.town, null)
  assert.doesNotMatch(JSON.stringify(found), /見えてはならない|９９９/)
  const opened = await db.transaction(counter, (tx) =>
    getPerson(tx, key, { reason: '送付先の確認(二人目の承認あり)' }),
  )
  assert.equal(opened?.address?.town, '見えてはならない町')
  await assert.rejects(
    db.transaction(counter, (tx) => getPerson(tx, key, { reason: ' ' })),
    /理由が必要/,
  )
})

test('支援措置は、判定の後に届いても、その時から住所を隠す', async (t) => {
  const { db, take, decide } = await town(t)
  await take([resident(1)])
  await decide()
  const key = subjectKey('43', '43100007')
  const address = () =>
    db.transaction(
      { union: '43', municipality: '*' },
      async (tx) => (await getPerson(tx, key))?.address,
    )
  assert.notEqual(await address(), null)
  await take([resident(1, under)])
  assert.equal(await address(), null)
  await take([resident(1, { 操作年月日: plainDate('2026-06-20') })])
  assert.notEqual(await address(), null)
})

test('翌月に75歳になる人の一覧: 障害認定の人はすでに被保険者、撤回した人はまた載る', async (t) => {
  const { db, take, decide, ask, work } = await town(t)
  await take([
    resident(1, { 生年月日: plainDate('1951-08-01') }),
    resident(2, {
      生年月日: plainDate('1951-08-31'),
      適用除外区分: '1',
      適用除外開始日: plainDate('2020-01-01'),
    }),
    resident(3, { 生年月日: plainDate('1951-09-01') }),
    resident(4, { 生年月日: plainDate('1945-08-01') }),
    resident(5, { 生年月日: plainDate('1951-08-05') }),
    resident(6, { 生年月日: plainDate('1951-08-06') }),
    resident(7, { 生年月日: plainDate('1951-08-07') }),
  ])
  await decide()
  const rows = await ask<{ key: number }>('select resident_key as key from eligibility.resident')
  const [certified, withdrawn, elsewhere] = rows.slice(4).map(({ key }) => key)
  await work(async (tx) => {
    for (const residentKey of [certified!, withdrawn!])
      await recordDisabilityCertification(tx, {
        residentKey,
        receiptNumber: 'U-1',
        certifiedOn: plainDate('2026-04-01'),
        ground: '申請',
        evidenceKind: '身体障害者手帳',
        evidenceUntil: null,
      })
    const told = { residentKey: withdrawn!, receiptNumber: 'U-2' }
    await decideNow(tx, [certified!, withdrawn!], { jobId: '3' })
    const eventOn = plainDate('2026-06-30')
    await endDisabilityCertification(tx, { ...told, kind: '撤回', eventOn })
    await recordResidenceProvision(tx, {
      residentKey: elsewhere!,
      receiptNumber: 'U-3',
      beganOn: plainDate('2020-04-01'),
      kind: '国保',
      insurerUnion: '40',
      insurerNumber: '401307',
    })
    await decideNow(tx, [withdrawn!, elsewhere!], { jobId: '4' })
  })
  const list = await db.transaction({ union: '43', municipality: '431001' }, (tx) =>
    listPredictedAge75(tx, plainDate('2026-08-01')),
  )
  assert.deepEqual(
    list.map(({ addresseeNumber, reachedOn, exclusionKind, insuredElsewhere }) => [
      Number(addresseeNumber),
      reachedOn,
      exclusionKind,
      insuredElsewhere,
    ]),
    [
      [1, '2026-08-01', null, false],
      [6, '2026-08-06', null, false],
      [7, '2026-08-07', null, true],
      [2, '2026-08-31', '1', false],
    ],
  )
})

test('支援措置: 自己情報提供不可だけの人は、住所がふつうに出て、自己情報の開示だけを断る。不開示該当だけの人は逆', async (t) => {
  const { db, take, decide, ask } = await town(t)
  const measure = (one: '0' | '1', other: '0' | '1') => ({
    ...under,
    不開示該当フラグ: one,
    自己情報提供不可フラグ: other,
  })
  await take([
    resident(1, { ...measure('0', '1'), 町字: '見えてよい町' }),
    resident(2, { ...measure('1', '0'), 町字: '見えてはならない町' }),
    resident(3, { 町字: '見えてよい町' }),
  ])
  await decide()
  const counter = { union: '43', municipality: '431001' }
  const seen = async (number: string) => {
    const key = subjectKey('43', number)
    return db.transaction(counter, async (tx) => {
      const person = await getPerson(tx, key)
      const disclosed = await selfDisclosureOf(tx, key)
      return [person?.address?.town ?? '-', person?.selfProvisionDisabled, disclosed]
    })
  }
  assert.deepEqual(await seen('43100007'), ['見えてよい町', true, 'refused'])
  assert.deepEqual(await seen('43100015'), ['-', false, 'withoutAddress'])
  assert.deepEqual(await seen('43100023'), ['見えてよい町', false, 'open'])
  assert.deepEqual(await seen('99999998'), ['-', undefined, 'refused'])
  const windows = await ask(
    `select town_name from eligibility.registered_residence order by resident_key`,
  )
  assert.deepEqual(
    windows.map((row) => (row as { town_name: string | null }).town_name),
    ['見えてよい町', null, '見えてよい町'],
  )
  const found = await db.transaction(counter, (tx) => findPersons(tx, '庭球'))
  assert.doesNotMatch(JSON.stringify(found), /見えてはならない/)
})
