import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '@koiki/union'
import { eventsOf } from './events.ts'
import { extentOf, isWithin, laneNames, lanesOf, noMore, positionOf } from './lanes.ts'
import { sayTo, spokenYen } from './say.ts'

const nobody: Person = {
  person: '0'.repeat(26),
  name: '試験 太郎',
  kana: 'シケン タロウ',
  alias: null,
  birth: '昭和14年5月3日',
  birthDate: '1939-05-03',
  age: 87,
  sex: '男',
  insuredNumber: '43100007',
  municipality: '天草市',
  town: '本渡町',
  individualNumber: { held: true, on: null },
  care: null,
  selfProvisionDisabled: false,
  sameName: 1,
  standing: { state: 'active', from: '2014-05-03', until: null },
  asOf: '2026-07-10',
  received: null,
  eligibility: [],
  household: { members: [], periods: [] },
  incomes: [],
  decisions: [],
  notices: [],
  deliveries: [],
  looks: [],
}
const decision = {
  decision: '1'.repeat(26),
  fiscalYear: 2026,
  revision: 1,
  decidedOn: '2026-07-10',
  reason: '当初',
  months: 12,
  reductionTenths: 5,
  medicalYen: 101_100,
  childSupportYen: 2_200,
  annualYen: 103_300,
  current: true,
}

test('同じ日に届いた2つの年の所得は、一つの印になる。別の日なら別の印', () => {
  const income = (incomeYear: number, on: string) => ({
    ...{ incomeYear, fiscalYear: incomeYear + 1, received: { on, by: '天草市' } },
  })
  const marks = (...incomes: ReturnType<typeof income>[]) =>
    lanesOf({ ...nobody, incomes } as unknown as Person)
      .find(({ name }) => name === '所得')
      ?.items.map(({ from, text }) => `${from} ${text}`)
  assert.deepEqual(marks(income(2025, '2026-07-01'), income(2024, '2026-07-01')), [
    '2026-07-01 令和6年・令和7年分',
  ])
  assert.deepEqual(marks(income(2025, '2026-07-01'), income(2024, '2025-07-01')), [
    '2025-07-01 令和6年分',
    '2026-07-01 令和7年分',
  ])
})

test('おびは9本、いつもこの順で、何もないおびは何もないと言う', () => {
  const lanes = lanesOf(nobody)
  assert.deepEqual(
    lanes.map((lane) => lane.name),
    [...laneNames],
  )
  for (const lane of lanes) {
    assert.equal(lane.items.length, 0)
    assert.ok(lane.empty.length > 0)
  }
})

test('終わりのない資格は、きょうまでが確かで、きょうからは見込み', () => {
  const [lane] = lanesOf({
    ...nobody,
    eligibility: [
      {
        from: '2014-05-03',
        until: null,
        acquired: '年齢到達',
        lost: null,
        municipality: '天草市',
        decidedOn: null,
      },
    ],
  })
  assert.deepEqual(
    lane?.items.map(({ from, until, look }) => [from, until, look]),
    [
      ['2014-05-03', '2026-07-10', 'settled'],
      ['2026-07-10', null, 'expected'],
    ],
  )
})

test('賦課の読み上げは、年度・円・決定日・前年との差・軽減の順', () => {
  const person = {
    ...nobody,
    decisions: [
      decision,
      { ...decision, decision: '2'.repeat(26), fiscalYear: 2025, annualYen: 98_100 },
    ],
  }
  const spoken = lanesOf(person)
    .find((lane) => lane.name === '賦課')
    ?.items.at(-1)?.spoken
  assert.equal(spoken, '賦課、令和8年度、103,300円、7月10日決定、前年より5,200円多い、5割軽減')
})

test('幅は年度の区切りで決まり、3月31日と4月1日で変わる', () => {
  assert.deepEqual(extentOf('2026-03-31', 3).years, [2023, 2024, 2025])
  assert.deepEqual(extentOf('2026-04-01', 3).years, [2024, 2025, 2026])
  const extent = extentOf('2026-07-10', 3)
  assert.equal(positionOf(extent, '2024-04-01'), 0)
  assert.equal(positionOf(extent, '2027-04-01'), 1)
  assert.equal(positionOf(extent, '1990-01-01'), 0)
})

test('幅の外の事実は描かず、幅にかかる期間は描く', () => {
  const extent = extentOf('2026-07-10', 3)
  const item = {
    key: 'a',
    lane: '資格',
    kind: 'period',
    look: 'settled',
    text: '',
    spoken: '',
  } as const
  assert.equal(isWithin(extent, { ...item, from: '2014-05-03', until: null }), true)
  assert.equal(isWithin(extent, { ...item, from: '2014-05-03', until: '2020-01-01' }), false)
  assert.equal(isWithin(extent, { ...item, kind: 'fact', from: '2014-05-03', until: null }), false)
})

test('できごとは新しい日から、同じ日の中は朝から夜へ並ぶ', () => {
  const look = {
    place: '天草市',
    name: '山下',
    purpose: '保険料の相談',
    act: '本人の頁を見た',
    list: false,
    mine: true,
  }
  const days = eventsOf({
    ...nobody,
    decisions: [decision],
    looks: [
      { ...look, at: '2026-07-11T06:00:00Z', on: '2026-07-11' },
      { ...look, at: '2026-07-11T00:41:00Z', on: '2026-07-11', purpose: '資格の相談' },
      { ...look, at: '2026-07-11T00:40:00Z', on: '2026-07-11', purpose: '資格の相談' },
    ],
  })
  assert.deepEqual(
    days.map((day) => day.on),
    ['2026-07-11', '2026-07-10'],
  )
  assert.deepEqual(
    days[0]?.events.map((event) => event.time),
    ['9:41', '15:00'],
  )
  assert.equal(days[0]?.events[0]?.sentence, '「資格の相談」2回。本人の頁を見た')
})

test('改められた決定は消えずに、改められたと分かるように残る', () => {
  const [day] = eventsOf({ ...nobody, decisions: [{ ...decision, current: false }] })
  assert.equal(day?.events[0]?.cancelled, true)
  const lane = lanesOf({ ...nobody, decisions: [{ ...decision, current: false }] })[3]
  assert.equal(lane?.items[0]?.look, 'cancelled')
})

test('本人に言うことは、声に出して読める', () => {
  assert.equal(spokenYen(103_300), '10万3,300円')
  assert.equal(spokenYen(100_000), '10万円')
  assert.equal(spokenYen(9_800), '9,800円')
  assert.equal(spokenYen(0), '0円')
  assert.deepEqual(sayTo({ ...nobody, decisions: [decision] }), [
    '後期高齢者医療の資格は、平成26年5月3日から有効です。',
    '令和8年度の保険料は、1年分で10万3,300円です。世帯の所得に応じて、均等割額が5割軽くなっています。',
  ])
})

test('突合のちがいと名寄せの判断は、いつ・だれが・どの届書のことかとともに、経過に残る', () => {
  const more = {
    ...noMore,
    record: {
      checkedAt: '2026-07-10T00:00:00Z',
      filings: [],
      told: [],
      reckonings: [
        {
          kind: 'found' as const,
          at: '2026-07-03T00:10:00Z',
          items: ['生年月日', '氏名'],
          filing: '3'.repeat(26),
          by: null,
        },
        {
          kind: 'resolved' as const,
          at: '2026-07-04T01:00:00Z',
          items: ['氏名'],
          filing: '3'.repeat(26),
          by: '山下',
        },
        { kind: 'same' as const, at: '2026-07-05T02:00:00Z', items: [], filing: null, by: null },
      ],
    },
  }
  assert.deepEqual(
    eventsOf(nobody, more).map(({ on, events: [event] }) => [
      on,
      event?.time,
      event?.lane,
      event?.sentence,
      event?.by,
    ]),
    [
      ['2026-07-05', '11:00', '資格', '別の記録と、同じ人だと判断しました(結合)。', null],
      ['2026-07-04', '10:00', '連携', '突合のちがい(氏名)を直しました。', '山下'],
      ['2026-07-03', '9:10', '連携', '住基ファイルと届書で、生年月日・氏名がちがいます。', null],
    ],
  )
  const lanes = lanesOf(nobody, more)
  assert.deepEqual(
    lanes.find(({ name }) => name === '連携')?.items.map(({ spoken, filing }) => [spoken, filing]),
    [
      ['突合のちがい、令和8年7月3日、生年月日・氏名', '3'.repeat(26)],
      ['ちがいを直した、令和8年7月4日、氏名', '3'.repeat(26)],
    ],
  )
  assert.equal(lanes.find(({ name }) => name === '資格')?.items[0]?.text, '結合')
})
