import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, insuredNumber, plainDate, subjectKey } from '@koiki/kernel'
import fc from 'fast-check'
import { inWords, type Town, town } from '../cases/town.ts'
import { digitsOf, inventedNumber, resident } from '../cases/townsfolk.ts'
import type { Entitlement } from '../entitlement.ts'
import { matchExplained } from '../store/matchExplained.ts'
import { findStandingRights } from '../store/rights.ts'
import { decidePersonLink, type LinkJudgement } from './decideLink.ts'

const issued = (nth: number) => subjectKey('43', insuredNumber(4_310_000 + nth - 1))
const account = { id: 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d', name: '広域　担当' }

async function keys({ ask }: Town): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<{ place: string; resident_key: number }>(
    `select municipality_code || ' ' || ltrim(addressee_number, '0') as place, resident_key
       from eligibility.resident`,
  )
  return new Map(rows.map(({ place, resident_key }) => [place, resident_key]))
}

const judge = (one: Town, a: number, b: number, judgement: LinkJudgement) =>
  one.work((tx) =>
    decidePersonLink(tx, {
      residentA: a,
      residentB: b,
      judgement,
      reason: '戸籍の附票で確かめた',
      account,
    }),
  )

/** Everything that says who is who and who has which right; numbers issued since are left out. */
async function standing({ ask }: Town, upTo: number) {
  return {
    residents: await ask(
      `select resident_key, subject_key, decide_on from eligibility.resident order by 1`,
    ),
    rights: await ask('select * from eligibility.entitlement order by subject_key, began_on'),
    links: await ask(
      `select subject_key, resident_key from eligibility.linked_resident
        where subject_key <= $1 order by 1, 2`,
      [upTo],
    ),
    directory: await ask(
      'select number_token, subject_key from eligibility.number_directory order by 1, 2',
    ),
    people: await ask(
      `select subject_key, municipality_code, resident_key, name, under_support_measure
         from eligibility.insured_person where subject_key <= $1 order by 1`,
      [upTo],
    ),
    names: await ask(
      `select subject_key, folded from eligibility.person_name_key
        where subject_key <= $1 order by 1, 2`,
      [upTo],
    ),
    excluded: await ask(
      'select resident_key, began_on, kind, held from eligibility.application_exclusion order by 1, 2',
    ),
    pending: await ask('select resident_key, reasons from eligibility.pending_decision order by 1'),
  }
}

const lastNumber = async ({ ask }: Town): Promise<number> => {
  const [row] = await ask<{ last: number }>(
    'select max(subject_key) as last from eligibility.insured_person',
  )
  return row!.last
}

test('番号のない二つの記録を同じ人と決めれば、一つの番号で切れ目なく続く', async (t) => {
  const one = await town(t)
  const left = {
    異動年月日: plainDate('2026-06-10'),
    異動事由: '04',
    住民状態: '2',
    消除年月日: plainDate('2026-06-10'),
    転出先市区町村コード: '432024',
    個人番号: null,
  } as const
  const came = {
    市区町村コード: '432024',
    住民となった日: plainDate('2026-06-10'),
    異動年月日: plainDate('2026-06-10'),
    異動事由: '01',
    転入前市区町村コード: '431001',
    個人番号: null,
  } as const
  await one.take([resident(1, { 個人番号: null })])
  await one.decide()
  await one.take([resident(1, left)])
  await one.take([resident(2, came)], '432024')
  assert.deepEqual([(await one.decide()).pending, (await one.people()).length], [1, 2])
  const all = await keys(one)
  const [a, b] = [all.get('431001 1')!, all.get('432024 2')!]
  const [person, ...others] = await judge(one, a, b, 'same')
  assert.deepEqual(others, [])
  assert.deepEqual(person!.residentKeys, [a, b])
  assert.deepEqual(inWords(person!.after), [
    '01 2020-02-11〜 (431001 2020-02-11〜2026-06-10, 432024 2026-06-10〜)',
  ])
  assert.deepEqual(await one.rights(issued(2)), [])
  const links = await one.ask(
    `select subject_key, resident_key, ground from eligibility.linked_resident order by 1, 2`,
  )
  assert.deepEqual(links, [
    { subject_key: issued(1), resident_key: a, ground: '新規付番' },
    { subject_key: issued(1), resident_key: b, ground: '同じ人の判断' },
    { subject_key: issued(2), resident_key: b, ground: '新規付番' },
  ])
  const traces = await one.ask<{ receipt_number: string }>(
    `select distinct receipt_number from eligibility.entitlement_event
      where receipt_number is not null`,
  )
  assert.deepEqual(traces, [{ receipt_number: '名寄せ/1/2/1' }])
})

test('同じ個人番号でも別の人と決めれば分かれ、それぞれの番号を持つ。取り消せば元に戻る', async (t) => {
  const one = await town(t)
  await one.take([resident(1)])
  await one.take(
    [
      resident(1, {
        市区町村コード: '432024',
        住民となった日: plainDate('2026-05-01'),
        転入前市区町村コード: '431001',
      }),
    ],
    '432024',
  )
  await one.decide()
  assert.equal((await one.people()).length, 1)
  const before = await standing(one, await lastNumber(one))
  const all = await keys(one)
  const [a, b] = [all.get('431001 1')!, all.get('432024 1')!]
  const apart = await judge(one, a, b, 'different')
  assert.deepEqual(
    apart.map(({ residentKeys }) => residentKeys),
    [[a], [b]],
  )
  assert.deepEqual(await one.rights(issued(1)), ['01 2020-02-11〜 (431001 2020-02-11〜)'])
  assert.deepEqual(await one.rights(issued(2)), ['01 2020-02-11〜 (432024 2026-05-01〜)'])
  await one.take([resident(1, { 番地号: '３番３号' })])
  assert.equal((await one.decide()).decisions, 0)
  await one.take([resident(1)])
  await one.decide()

  await judge(one, a, b, 'withdrawn')
  assert.deepEqual(await standing(one, issued(1)), before)
  assert.deepEqual(await one.rights(issued(2)), [])
})

test('後から一人が加わっても、別の人と決めた二人は一緒にならない', async (t) => {
  const one = await town(t)
  const elsewhere = (running: number, municipality: string) =>
    resident(running, {
      市区町村コード: municipality,
      個人番号: inventedNumber(1),
      住民となった日: plainDate('2026-05-01'),
      転入前市区町村コード: '431001',
    })
  await one.take([resident(1)])
  await one.take([elsewhere(2, '432024')], '432024')
  await one.decide()
  const all = await keys(one)
  const [a, b] = [all.get('431001 1')!, all.get('432024 2')!]
  await judge(one, a, b, 'different')
  await one.take([elsewhere(3, '432130')], '432130')
  await one.decide()
  const c = (await keys(one)).get('432130 3')!
  const people = await judge(one, a, c, 'same')
  assert.deepEqual(
    people.map(({ residentKeys }) => residentKeys),
    [[a, c], [b]],
  )
})

test('出て戻った人の二つの番号は、後から届く記録でも失われない', async (t) => {
  const one = await town(t)
  const away = {
    異動年月日: plainDate('2024-03-31'),
    異動事由: '04',
    住民状態: '2',
    消除年月日: plainDate('2024-03-31'),
    転出先市区町村コード: '401307',
  } as const
  const back = {
    住民となった日: plainDate('2026-04-20'),
    異動年月日: plainDate('2026-04-20'),
    異動事由: '01',
    転入前市区町村コード: '401307',
  } as const
  await one.take([resident(1, away)])
  await one.decide()
  await one.take([resident(1, back)])
  assert.equal((await one.decide()).issued, 1)
  await one.take([resident(1, { ...back, 番地号: '３番３号' })])
  assert.deepEqual(await one.decide(), { persons: 1, issued: 0, decisions: 0, pending: 0 })
})

test('自分自身との名寄せ、理由のない判断、いない人との名寄せは断る', async (t) => {
  const one = await town(t)
  await one.take([resident(1), resident(2)])
  const all = await keys(one)
  const [a, b] = [all.get('431001 1')!, all.get('431001 2')!]
  await assert.rejects(judge(one, a, a, 'same'), /同じ住民の記録どうし/)
  await assert.rejects(judge(one, a, 430_000_000_999, 'same'), /見つかりません/)
  await assert.rejects(
    one.work((tx) =>
      decidePersonLink(tx, { residentA: a, residentB: b, judgement: 'same', reason: ' ', account }),
    ),
    /理由が必要/,
  )
})

// 名寄せ∘切離し = 恒等 -----------------------------------------------------------

const day = fc.integer({ min: 0, max: 2400 }).map((days) => addDays(plainDate('2020-01-01'), days))

const fate = fc.record({
  from: day,
  stays: fc.integer({ min: 1, max: 900 }),
  ending: fc.constantFrom('present', 'movedOut', 'movedIn', 'dead', 'exOfficio'),
  excluded: fc.option(fc.integer({ min: 1, max: 300 })),
  supported: fc.boolean(),
})
const pair = fc.record({
  a: fc.array(fate, { minLength: 1, maxLength: 3 }),
  b: fc.array(fate, { minLength: 1, maxLength: 3 }),
  elsewhere: fc.option(fate),
  numbered: fc.tuple(fc.boolean(), fc.boolean()),
  sameBirth: fc.integer({ min: 0, max: 5 }).map((one) => one > 0),
  young: fc.boolean(),
})
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never

/** One version of an invented person, as a register would tell it. */
function version(running: number, number: boolean, birth: string, one: Fate, place = '431001') {
  const gone = one.ending === 'present' ? null : addDays(one.from, one.stays)
  const reason = {
    present: '01',
    movedOut: '04',
    movedIn: '04',
    dead: '05',
    exOfficio: '10',
  } as const
  return resident(running, {
    市区町村コード: place,
    氏名: `試験　${'甲乙丙丁'[running % 4]}`,
    ...(number ? {} : { 個人番号: null }),
    生年月日: plainDate(birth),
    住民となった日: one.from,
    異動年月日: gone ?? one.from,
    異動事由: reason[one.ending],
    転入前市区町村コード: one.stays % 2 === 0 ? '401307' : null,
    ...(gone === null
      ? {}
      : {
          住民状態: '2',
          消除年月日: gone,
          転出先市区町村コード:
            one.ending === 'movedOut' ? '401307' : one.ending === 'movedIn' ? '432024' : null,
        }),
    ...(one.excluded === null
      ? {}
      : {
          適用除外区分: '1',
          適用除外開始日: one.from,
          適用除外終了日: addDays(one.from, one.excluded),
        }),
    ...(one.supported ? { 支援措置区分: '1', 支援措置開始日: one.from } : {}),
  })
}

test('名寄せしてから解けば、資格も紐付けも番号も、元のとおり', async (t) => {
  const one = await town(t)
  const pairs = fc.sample(pair, { seed: 57, numRuns: 60 })
  for (const round of [0, 1, 2]) {
    const rows = pairs.flatMap(({ a, b, numbered, sameBirth, young }, index) => {
      const birth = young ? '1956-02-11' : '1944-02-11'
      const other = sameBirth ? birth : '1943-05-05'
      const [running, second] = [2 * index + 2, 2 * index + 3]
      return [
        ...a.slice(round, round + 1).map((it) => version(running, numbered[0], birth, it)),
        ...b.slice(round, round + 1).map((it) => version(second, numbered[1], other, it)),
      ]
    })
    await one.take(rows)
    if (round === 1) {
      const elsewhere = pairs.flatMap(({ elsewhere: it, numbered, young }, index) =>
        it === null
          ? []
          : [
              version(
                2 * index + 2,
                numbered[0],
                young ? '1956-02-11' : '1944-02-11',
                it,
                '432024',
              ),
            ],
      )
      await one.take(elsewhere, '432024')
    }
    await one.decide()
  }
  const last = await lastNumber(one)
  const before = await standing(one, last)
  const all = await keys(one)
  const residents = pairs.map((_, index) => [
    all.get(`431001 ${2 * index + 2}`)!,
    all.get(`431001 ${2 * index + 3}`)!,
  ])
  let moved = 0
  for (const [a, b] of residents) {
    const people = await judge(one, a!, b!, 'same')
    assert.equal(people.length, 1)
    if (people[0]!.decisions.length > 0) moved += 1
  }
  assert.ok(moved > 15, `名寄せで資格の動いた組が${moved}しかない`)
  const overlapping = await one.ask(
    `select a.subject_key
       from eligibility.entitlement a
       join eligibility.entitlement b on b.subject_key <> a.subject_key and b.held && a.held
       join eligibility.resident ra on ra.resident_key = a.resident_key
       join eligibility.resident rb on rb.resident_key = b.resident_key
       join eligibility.person_link_decision d
         on d.resident_key = ra.resident_key and d.other_resident_key = rb.resident_key
      where not exists (select from eligibility.pending_decision p
                         where p.resident_key = ra.resident_key)`,
  )
  assert.deepEqual(overlapping, [])
  for (const [a, b] of [...residents].reverse()) await judge(one, a!, b!, 'withdrawn')
  const after = await standing(one, last)
  for (const what of Object.keys(before) as (keyof typeof before)[])
    assert.deepEqual(after[what], before[what], what)
  const numbers = await one.ask<{ count: number }>(
    `select count(*) as count from eligibility.insured_person where subject_key <= $1`,
    [last],
  )
  assert.equal(numbers[0]!.count, before.people.length)
  await assertReplays(one)
})

/** 決定の読み直し — of everybody: the last decision under each number says what now stands under it. */
async function assertReplays(one: Town): Promise<void> {
  const decided = await one.ask<{ subject_key: number; entitlement: readonly Entitlement[] }>(
    `select distinct on (subject_key) subject_key, entitlement
       from eligibility.entitlement_event order by subject_key, sequence desc`,
  )
  const standing = await one.work((tx) =>
    findStandingRights(
      tx,
      decided.map(({ subject_key }) => subject_key),
    ),
  )
  for (const { subject_key, entitlement } of decided)
    assert.deepEqual(standing.get(subject_key)?.entitlements, entitlement, String(subject_key))
}

test('名寄せの説明は、項目ごとに言い、番号も、支援措置の人の住所も言わない', async (t) => {
  const one = await town(t)
  await one.take([resident(1, { 氏名: '髙橋　はな', 氏名カナ: 'タカハシ　ハナ' })])
  await one.take(
    [
      resident(2, {
        市区町村コード: '432024',
        個人番号: null,
        氏名: '高橋はな',
        氏名カナ: 'タカハシ　ハナコ',
        転入前市区町村コード: '431001',
        支援措置区分: '1',
        支援措置開始日: plainDate('2026-01-01'),
      }),
    ],
    '432024',
  )
  await one.decide()
  const all = await keys(one)
  const [a, b] = [all.get('431001 1')!, all.get('432024 2')!]
  const told = await one.work((tx) => matchExplained(tx, a, b))
  const verdicts = Object.fromEntries(told.fields.map(({ field, verdict }) => [field, verdict]))
  assert.deepEqual(verdicts, {
    個人番号: '片方なし',
    氏名: '一致',
    氏名カナ: '不一致',
    '旧氏・通称': '片方なし',
    生年月日: '一致',
    性別: '一致',
    住所: '一致',
    '転入・転出': '片方なし',
    被保険者番号: '不一致',
  })
  const address = told.fields.find(({ field }) => field === '住所')!
  assert.equal(address.other, null)
  assert.ok(address.one?.includes('架空町'))
  assert.ok(!JSON.stringify(told).includes(digitsOf(1)))
  assert.equal(told.decided, null)
  await judge(one, a, b, 'different')
  const then = await one.work((tx) => matchExplained(tx, b, a))
  assert.deepEqual(then.decided, { same: false, reason: '戸籍の附票で確かめた' })
})
