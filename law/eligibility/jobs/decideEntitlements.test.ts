import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insuredNumber, plainDate, subjectKey } from '@koiki/kernel'
import { inWords, type Town, town } from '../cases/town.ts'
import { nonRegistered, resident } from '../cases/townsfolk.ts'
import type { Entitlement } from '../entitlement.ts'
import { findRightsKnown, rightOn } from '../store/rightsKnown.ts'

/** The nth number that union 43 issues. */
const issued = (nth: number) => subjectKey('43', insuredNumber(4_310_000 + nth - 1))

test('75歳以上の住民に、市区町村と宛名番号の順で被保険者番号を付ける', async (t) => {
  const { take, decide, people, rights, events, ask } = await town(t)
  await take([resident(1, { 市区町村コード: '432024' })], '432024')
  await take([resident(2), resident(3, { 生年月日: plainDate('1951-07-02') })])
  const counts = await decide()
  assert.deepEqual(counts, { persons: 3, issued: 2, decisions: 2, pending: 0 })
  assert.deepEqual(await people(), [
    { subject_key: issued(1), municipality_code: '431001' },
    { subject_key: issued(2), municipality_code: '432024' },
  ])
  assert.deepEqual(await rights(issued(1)), ['01 2020-02-11〜 (431001 2020-02-11〜)'])
  assert.deepEqual(await events(issued(1)), ['取得 2020-02-11 年齢到達 431001'])
  const [link] = await ask<{ addressee_number: string; insured_number: string; held: boolean }>(
    `select addressee_number, insured_number, number_token is not null as held
       from eligibility.resident_link where subject_key = $1`,
    [issued(1)],
  )
  assert.deepEqual(link, {
    addressee_number: '000000000000002',
    insured_number: '43100007',
    held: true,
  })
  const [piece] = await ask<{ insurer_number: string }>(
    'select insurer_number from eligibility.entitlement where subject_key = $1',
    [issued(1)],
  )
  assert.equal(piece!.insurer_number, '39431002')
})

test('もう一度判定しても何も起きない。75歳の誕生日が来れば取得する', async (t) => {
  const { take, decide, rights, people } = await town(t)
  await take([resident(1), resident(2, { 生年月日: plainDate('1951-07-10') })])
  assert.equal((await decide()).decisions, 1)
  assert.equal((await decide()).persons, 0)
  assert.equal((await decide('2026-07-09')).persons, 0)
  assert.deepEqual(await decide('2026-07-10'), { persons: 1, issued: 1, decisions: 1, pending: 0 })
  assert.equal((await people()).length, 2)
  assert.deepEqual(await rights(issued(2)), ['01 2026-07-10〜 (431001 2026-07-10〜)'])
  assert.equal((await decide('2026-07-11')).persons, 0)
})

test('県内の引っ越し: 個人番号で同じ人とわかり、被保険者番号は変わらず保険者番号が変わる', async (t) => {
  const { take, decide, people, rights, events, ask } = await town(t)
  await take([resident(1)])
  await decide()
  const moved = {
    市区町村コード: '432024',
    宛名番号: '999',
    住民となった日: plainDate('2026-06-10'),
    異動年月日: plainDate('2026-06-10'),
    異動事由: '01',
    転入前市区町村コード: '431001',
  } as const
  const left = {
    異動年月日: plainDate('2026-06-10'),
    異動事由: '04',
    住民状態: '2',
    消除年月日: plainDate('2026-06-10'),
    転出先市区町村コード: '432024',
  } as const
  await take([resident(1, left)])
  const waiting = await decide()
  assert.deepEqual([waiting.pending, waiting.decisions], [1, 0])
  assert.deepEqual(await rights(issued(1)), ['01 2020-02-11〜 (431001 2020-02-11〜)'])
  assert.equal((await ask('select from eligibility.pending_decision')).length, 1)

  await take([resident(1, moved)], '432024')
  const counts = await decide()
  assert.deepEqual([counts.issued, counts.decisions, counts.pending], [0, 1, 0])
  assert.deepEqual(await people(), [{ subject_key: issued(1), municipality_code: '432024' }])
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜 (431001 2020-02-11〜2026-06-10, 432024 2026-06-10〜)',
  ])
  assert.deepEqual(await events(issued(1)), [
    '取得 2020-02-11 年齢到達 431001',
    '変更 2026-06-10 市区町村の変更 432024',
  ])
  assert.equal((await ask('select from eligibility.pending_decision')).length, 0)
  const links = await ask<{ ground: string }>(
    'select ground from eligibility.resident_link where subject_key = $1 order by resident_key',
    [issued(1)],
  )
  assert.deepEqual(links, [{ ground: '新規付番' }, { ground: '個人番号一致' }])
})

test('県外へ出て戻った人は新しい番号。出たのが誤りと分かれば元の番号に戻り、新しい番号は取り消される', async (t) => {
  const { take, decide, rights, people, events } = await town(t)
  const away = {
    異動年月日: plainDate('2025-03-31'),
    異動事由: '04',
    住民状態: '2',
    消除年月日: plainDate('2025-03-31'),
    転出先市区町村コード: '401307',
  } as const
  await take([resident(1, away)])
  await decide()
  const back = {
    市区町村コード: '432024',
    住民となった日: plainDate('2026-04-20'),
    異動年月日: plainDate('2026-04-20'),
    異動事由: '01',
    転入前市区町村コード: '401307',
  } as const
  await take([resident(1, back)], '432024')
  assert.equal((await decide()).issued, 1)
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜2025-03-31 02(431001 2020-02-11〜2025-03-31)',
  ])
  assert.deepEqual(await rights(issued(2)), ['03 2026-04-20〜 (432024 2026-04-20〜)'])

  await take([
    resident(1, { ...away, 転出先市区町村コード: '432024', 消除年月日: plainDate('2026-04-20') }),
  ])
  await decide()
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜 (431001 2020-02-11〜2026-04-20, 432024 2026-04-20〜)',
  ])
  assert.deepEqual(await rights(issued(2)), [])
  assert.deepEqual((await events(issued(2))).at(-1), '取消 2026-04-20 資格取得の取消 432024')
  assert.equal((await people()).length, 2)
})

test('死亡の翌日に喪失し、死亡が誤りなら喪失を取り消して資格は続く', async (t) => {
  const { take, decide, rights, events } = await town(t)
  await take([resident(1)])
  await decide()
  await take([
    resident(1, {
      異動年月日: plainDate('2026-06-20'),
      異動事由: '05',
      住民状態: '2',
      消除年月日: plainDate('2026-06-20'),
    }),
  ])
  await decide()
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜2026-06-21 01(431001 2020-02-11〜2026-06-21)',
  ])
  await take([resident(1, { 異動年月日: plainDate('2026-06-25'), 異動事由: '09' })])
  await decide()
  assert.deepEqual(await rights(issued(1)), ['01 2020-02-11〜 (431001 2020-02-11〜)'])
  assert.deepEqual(await events(issued(1)), [
    '取得 2020-02-11 年齢到達 431001',
    '喪失 2026-06-21 死亡 431001',
    '取消 2026-06-21 資格喪失の取消 431001',
  ])
})

test('知った日を選べば、その日までに決まっていた資格が読める。後の訂正はそこに現れない', async (t) => {
  const { take, decide, work } = await town(t, '2026-07-03')
  const dead = {
    異動年月日: plainDate('2026-06-20'),
    異動事由: '05' as const,
    住民状態: '2' as const,
    消除年月日: plainDate('2026-06-20'),
  }
  await take([resident(1)], '431001', '2026-07-01')
  await decide('2026-07-01')
  await take([resident(1, dead)], '431001', '2026-07-02')
  await decide('2026-07-02')
  await take([resident(1, { 異動年月日: plainDate('2026-06-25'), 異動事由: '09' })])
  await decide()
  const known = (day: string) => work((tx) => findRightsKnown(tx, issued(1), plainDate(day)))
  assert.equal(await known('2026-06-30'), null)
  const lost = await known('2026-07-02')
  assert.equal(lost?.decidedOn, '2026-07-02')
  assert.deepEqual(
    [await known('2026-07-01'), lost, await known('2026-07-03')].map((one) =>
      inWords(one?.entitlements ?? []),
    ),
    [
      ['01 2020-02-11〜 (431001 2020-02-11〜)'],
      ['01 2020-02-11〜2026-06-21 01(431001 2020-02-11〜2026-06-21)'],
      ['01 2020-02-11〜 (431001 2020-02-11〜)'],
    ],
  )
  const standsOn = (day: string) => rightOn(lost?.entitlements ?? [], plainDate(day)) !== null
  assert.deepEqual(['2020-02-10', '2020-02-11', '2026-06-20', '2026-06-21'].map(standsOn), [
    false,
    true,
    true,
    false,
  ])
})

test('生活保護が始まれば喪失、終われば同じ番号でもう一度取得', async (t) => {
  const { take, decide, rights, people, ask } = await town(t)
  await take([resident(1)])
  await decide()
  const under = {
    適用除外区分: '1',
    適用除外開始日: plainDate('2026-04-01'),
  } as const
  await take([resident(1, under)])
  await decide()
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜2026-04-01 03(431001 2020-02-11〜2026-04-01)',
  ])
  await take([resident(1, { ...under, 適用除外終了日: plainDate('2026-07-20') })])
  await decide()
  assert.equal((await rights(issued(1))).length, 1)
  await decide('2026-07-20')
  assert.deepEqual((await rights(issued(1))).at(-1), '04 2026-07-20〜 (431001 2026-07-20〜)')
  assert.equal((await people()).length, 1)
  const held = await ask<{ held: unknown }>('select held from eligibility.application_exclusion')
  assert.deepEqual(held, [{ held: { from: '2026-04-01', until: '2026-07-20' } }])
})

test('個人番号の変わった人は同じ人。新しい番号で別の市区町村に現れても結ばれる', async (t) => {
  const { take, decide, people, ask } = await town(t)
  await take([resident(1)])
  await decide()
  const renewed = resident(91).個人番号
  await take([resident(1, { 個人番号: renewed, 異動事由: '11' })])
  await decide()
  await take(
    [
      resident(55, {
        市区町村コード: '432024',
        個人番号: renewed,
        住民となった日: plainDate('2026-06-10'),
        転入前市区町村コード: '431001',
      }),
    ],
    '432024',
  )
  assert.equal((await decide()).issued, 0)
  assert.equal((await people()).length, 1)
  const links = await ask('select from eligibility.resident_link')
  assert.equal(links.length, 2)
})

test('個人番号のない人も被保険者になる。別の市区町村の番号のない人とは結ばない', async (t) => {
  const { take, decide, people } = await town(t)
  await take([resident(1, { 個人番号: null })])
  await take([resident(1, { 市区町村コード: '432024', 個人番号: null })], '432024')
  await decide()
  assert.equal((await people()).length, 2)
})

test('同じ番号で生年月日が違う記録は、同じ人として判定しない', async (t) => {
  const { take, decide, people, ask } = await town(t)
  await take([resident(1)])
  await take(
    [
      resident(1, {
        市区町村コード: '432024',
        生年月日: plainDate('1946-03-03'),
        住民となった日: plainDate('2026-05-01'),
      }),
    ],
    '432024',
  )
  assert.equal((await decide()).pending, 1)
  assert.equal((await people()).length, 0)
  const reasons = await ask<{ reasons: { code: string }[] }>(
    'select reasons from eligibility.pending_decision',
  )
  assert.deepEqual(
    reasons.map(({ reasons: [reason] }) => reason!.code),
    ['eligibility.birthDatesDiffer', 'eligibility.birthDatesDiffer'],
  )
})

test('住所地特例: 県外の施設へ移っても資格は続く', async (t) => {
  const { take, takeOutside, decide, rights } = await town(t)
  await take([
    resident(1, {
      異動年月日: plainDate('2026-03-31'),
      異動事由: '04',
      住民状態: '2',
      消除年月日: plainDate('2026-03-31'),
      転出先市区町村コード: '401307',
    }),
  ])
  await takeOutside([nonRegistered(2, { 個人番号: resident(1).個人番号 })])
  await decide()
  assert.deepEqual(await rights(issued(1)), [
    '01 2020-02-11〜 (431001 2020-02-11〜2026-03-31, 431001 2026-03-31〜)',
  ])
})

test('決定を順に読み直すと、今の資格になる。後から届いた順が違っても同じになる', async (t) => {
  const first = [resident(1), resident(2)]
  const second = [
    resident(1, {
      異動年月日: plainDate('2026-06-10'),
      異動事由: '04',
      住民状態: '2',
      消除年月日: plainDate('2026-06-10'),
      転出先市区町村コード: '432024',
    }),
    resident(2, {
      異動年月日: plainDate('2026-06-20'),
      異動事由: '05',
      住民状態: '2',
      消除年月日: plainDate('2026-06-20'),
    }),
  ]
  const third = [
    resident(9, {
      市区町村コード: '432024',
      個人番号: resident(1).個人番号,
      住民となった日: plainDate('2026-06-10'),
      転入前市区町村コード: '431001',
    }),
  ]
  const state = async (order: (one: Town) => Promise<void>) => {
    const one = await town(t)
    await order(one)
    const replayed = await one.ask<{ subject_key: number; entitlement: Entitlement[] }>(
      `select distinct on (subject_key) subject_key, entitlement
         from eligibility.entitlement_event order by subject_key, sequence desc`,
    )
    const rights: Record<string, readonly string[]> = {}
    for (const { subject_key, entitlement } of replayed) {
      assert.deepEqual(inWords(entitlement), await one.rights(subject_key))
      rights[subject_key] = inWords(entitlement)
    }
    return rights
  }
  const inOrder = await state(async ({ take, decide }) => {
    await take(first)
    await decide()
    await take(second)
    await decide()
    await take(third, '432024')
    await decide()
  })
  const outOfOrder = await state(async ({ take, decide }) => {
    await take(first)
    await decide()
    await take(third, '432024')
    await decide()
    await take(second)
    await decide()
  })
  const atOnce = await state(async ({ take, decide }) => {
    await take(first)
    await take(second)
    await take(third, '432024')
    await decide()
  })
  assert.deepEqual(outOfOrder, inOrder)
  assert.deepEqual(atOnce, inOrder)
})

test('賦課期日の世帯: 被保険者の全員と世帯主。途中で取得した人は、その日の世帯で数える', async (t) => {
  const { take, decide, ask } = await town(t)
  const together = { 世帯番号: '5000' } as const
  await take([
    resident(1, { ...together }),
    resident(2, { ...together, 続柄: '妻', 生年月日: plainDate('1951-06-15') }),
    resident(3, { ...together, 続柄: '子', 生年月日: plainDate('1975-06-15') }),
    resident(4, { 世帯番号: '5001', 生年月日: plainDate('1975-06-15') }),
    resident(5, { 世帯番号: '5001', 続柄: '母' }),
  ])
  await decide()
  const members = await ask<{
    household_number: string
    determination_on: string
    addressee_number: string
    is_head: boolean
    insured: boolean
    assessed: boolean
  }>(
    `select household_number, determination_on, addressee_number, is_head,
            subject_key is not null as insured, assessed
       from eligibility.assessment_member('2026-04-01', '2027-04-01')`,
  )
  assert.deepEqual(
    members.map(
      ({ household_number, determination_on, addressee_number, is_head, insured, assessed }) =>
        `${household_number} ${determination_on} ${Number(addressee_number)}${is_head ? '主' : ''}${insured ? '被' : ''}${assessed ? '賦' : ''}`,
    ),
    [
      '5000 2026-04-01 1主被賦',
      '5000 2026-06-15 1主被',
      '5000 2026-06-15 2被賦',
      '5001 2026-04-01 4主',
      '5001 2026-04-01 5被賦',
    ],
  )
})
