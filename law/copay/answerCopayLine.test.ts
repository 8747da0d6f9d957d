import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerCopayLine } from './answerCopayLine.ts'
import { copayEdition } from './edition.ts'

fc.configureGlobal({ seed: 67 })

type Answer = {
  readonly id: string | null
  readonly results?: readonly { readonly [key: string]: unknown }[]
  readonly error?: { readonly code: string; readonly at: string; readonly message: string }
}
const ask = (question: unknown, explain = false): Answer =>
  JSON.parse(answerCopayLine(JSON.stringify(question), 7, { explain }).text) as Answer

const question = {
  id: '1',
  date: '2026-08-01',
  members: [
    {
      id: 'a',
      birthDate: '1949-02-02',
      insured: true,
      taxableIncome: 1_500_000,
      base: 1_400_000,
      revenue: 3_500_000,
      pensionRevenue: 2_000_000,
      otherIncome: 900_000,
    },
  ],
}
const [first] = question.members
const old = { ...first, birthDate: '1940-02-02' }

test('契約の例に、契約の形で答える', () => {
  assert.equal(
    answerCopayLine(JSON.stringify(question), 1, { explain: false }).text,
    '{"id":"1","results":[{"member":"a","tenths":2,"ground":"certainIncomeByBase"}]}',
  )
})

test('被保険者ごとに、書かれた順で答え、被保険者でない人には答えない', () => {
  const members = [
    { id: '"c"', birthDate: '1953-01-01', insured: false, revenue: 0 },
    { ...old, id: 'b' },
    { ...old, id: 'a', taxableIncome: 0, revenue: 1_700_000 },
  ]
  assert.deepEqual(ask({ ...question, members }).results, [
    { member: 'b', tenths: 3, ground: 'activeIncome' },
    { member: 'a', tenths: 3, ground: 'activeIncome' },
  ])
})

test('被保険者がいなければ答えは空', () => {
  assert.deepEqual(ask({ ...question, members: [] }).results, [])
  const members = [{ id: 'a', birthDate: '1953-01-01', insured: false, revenue: 0 }]
  assert.deepEqual(ask({ ...question, members }).results, [])
})

test('revenueConfirmedは省けばtrue、appliedOnは省けばnull', () => {
  const grounds = [
    {},
    { revenueConfirmed: true, appliedOn: null },
    { revenueConfirmed: false },
    { revenueConfirmed: false, appliedOn: null },
    { revenueConfirmed: false, appliedOn: '2026-07-01' },
    { revenueConfirmed: false, appliedOn: '2026-07-31' },
    { revenueConfirmed: false, appliedOn: '2026-08-01' },
  ].map((part) => ask({ ...question, members: [old], ...part }).results?.[0]?.ground)
  const [kept, waiting] = ['certainIncomeByRevenue', 'activeIncomeNotApplied']
  assert.deepEqual(grounds, [kept, kept, waiting, waiting, kept, kept, waiting])
})

test('--explain で計算の過程がつき、ほかは変わらない', () => {
  const [plain] = ask(question).results ?? []
  const [explained] = ask(question, true).results ?? []
  const { workings, ...rest } = explained as { workings: readonly object[] }
  assert.deepEqual(rest, plain)
  assert.ok(workings.length > 8)
  for (const working of workings) {
    assert.deepEqual(Object.keys(working), ['step', 'value', 'formula', 'law'])
  }
})

test('計算の過程: 3割の世帯に、問うた線と、どうなれば3割でなくなるかを言う', () => {
  const members = [
    { ...old, revenue: 4_500_000 },
    { id: 'b', birthDate: '1953-02-02', insured: false, revenue: 900_000 },
  ]
  const [result] = ask({ ...question, members, revenueConfirmed: false }, true).results ?? []
  const { workings } = result as { workings: { step: string; value: number; formula: string }[] }
  const steps = new Map(workings.map(({ step, ...rest }) => [step, rest]))
  const formulaOf = (step: string) => [...steps].find(([name]) => name.includes(step))?.[1].formula
  assert.equal(formulaOf('現役並みの課税所得がある'), '1,500,000 ≧ 1,450,000')
  assert.equal(
    formulaOf('旧ただし書所得により3割から除かれる'),
    '0（1945-01-02以後に生まれた被保険者がいない）',
  )
  assert.equal(formulaOf('基準収入額に満たない（被保険者1人'), '4,500,000 < 3,830,000')
  assert.equal(formulaOf('基準収入額に満たない（70歳から74歳'), '5,400,000 < 5,200,000')
  assert.equal(
    formulaOf('3割でなくなるまでの額（70歳から74歳までの人を含む'),
    '5,400,000 − 5,200,000 + 1（あわせて基準収入額適用申請がいる）',
  )
  assert.equal(steps.get('一部負担金の割合（割）')?.value, 3)
})

const change = (part: object) => ({ ...question, members: [{ ...first, ...part }] })
const without = (key: string) => change({ [key]: undefined }) // JSON leaves out what is undefined.
const faults: readonly [unknown, string, string, string | null][] = [
  [[], 'notAnObject', '', null],
  [null, 'notAnObject', '', null],
  [5, 'notAnObject', '', null],
  [{}, 'missingKey', 'id', null],
  [{ ...question, id: 5 }, 'wrongType', 'id', null],
  [{ ...question, id: '' }, 'wrongValue', 'id', ''],
  [{ ...question, date: undefined }, 'missingKey', 'date', '1'],
  [{ ...question, date: 20260801 }, 'wrongType', 'date', '1'],
  [{ ...question, date: '2026-02-29' }, 'wrongDate', 'date', '1'],
  [{ ...question, date: '2014-12-31' }, 'missingLaw', 'date', '1'],
  [{ ...question, union: '43' }, 'unknownKey', 'union', '1'],
  [{ ...question, revenueConfirmed: null }, 'wrongType', 'revenueConfirmed', '1'],
  [{ ...question, revenueConfirmed: 'yes' }, 'wrongType', 'revenueConfirmed', '1'],
  [{ ...question, appliedOn: false }, 'wrongType', 'appliedOn', '1'],
  [{ ...question, appliedOn: '2026-8-1' }, 'wrongDate', 'appliedOn', '1'],
  [{ ...question, members: undefined }, 'missingKey', 'members', '1'],
  [{ ...question, members: {} }, 'wrongType', 'members', '1'],
  [{ ...question, members: [null] }, 'wrongType', 'members[0]', '1'],
  [{ ...question, members: [first, first] }, 'duplicateMember', 'members[1].id', '1'],
  [change({ name: '広域 花子' }), 'unknownKey', 'members[0].name', '1'],
  [change({ revenueConfirmed: true }), 'unknownKey', 'members[0].revenueConfirmed', '1'],
  [without('id'), 'missingKey', 'members[0].id', '1'],
  [without('birthDate'), 'missingKey', 'members[0].birthDate', '1'],
  [change({ birthDate: '1949-02-30' }), 'wrongDate', 'members[0].birthDate', '1'],
  [change({ birthDate: 19490202 }), 'wrongType', 'members[0].birthDate', '1'],
  [change({ birthDate: '2026-08-02' }), 'wrongOrder', 'members[0].birthDate', '1'],
  [without('insured'), 'missingKey', 'members[0].insured', '1'],
  [change({ insured: {} }), 'wrongType', 'members[0].insured', '1'],
  ...['taxableIncome', 'base', 'revenue', 'pensionRevenue', 'otherIncome'].flatMap(
    (key): [unknown, string, string, string][] => [
      [without(key), 'missingKey', `members[0].${key}`, '1'],
      [change({ [key]: null }), 'wrongType', `members[0].${key}`, '1'],
      [change({ [key]: '5' }), 'wrongType', `members[0].${key}`, '1'],
      [change({ [key]: -1 }), 'negativeAmount', `members[0].${key}`, '1'],
      [change({ [key]: 0.5 }), 'notWholeYen', `members[0].${key}`, '1'],
      [change({ [key]: 1e12 }), 'amountTooLarge', `members[0].${key}`, '1'],
    ],
  ),
  [
    { ...question, members: [{ id: 'b', birthDate: '1953-01-01', insured: false }] },
    'missingKey',
    'members[0].revenue',
    '1',
  ],
]

for (const [row, code, at, id] of faults) {
  const written = JSON.stringify(row)
  test(`誤り: ${code} ${at} ${written.slice(0, 200)}`, () => {
    const answer = answerCopayLine(written, 7, { explain: false })
    assert.equal(answer.answered, false)
    const { error, ...rest } = JSON.parse(answer.text) as Answer
    assert.deepEqual(rest, { id })
    assert.deepEqual([error?.code, error?.at], [code, at])
    assert.match(error?.message ?? '', /。$/)
  })
}

for (const [line, code] of [
  ['', 'blankLine'],
  [' \t\r', 'blankLine'],
  ['{', 'malformedJson'],
  ['{"id":"1","id":', 'malformedJson'],
] as const) {
  test(`誤り: ${code} ${JSON.stringify(line)}`, () => {
    const { text, answered } = answerCopayLine(line, 7, { explain: false })
    assert.equal(answered, false)
    const { error, id } = JSON.parse(text) as Answer
    assert.deepEqual([error?.code, error?.at, id], [code, '', null])
    assert.ok(error?.message.startsWith('7行目'))
  })
}

test('誤りの文は、書かれた値を繰り返さない', () => {
  for (const [row] of faults) {
    const { message } = ask(row).error ?? { message: '' }
    assert.ok(!/広域|1949|2026-8-1|1500000/.test(message), message)
  }
})

test('判定の日に生まれた人も、上限ちょうどの金額も受け取る', () => {
  const most = 999_999_999_999
  const members = [
    { ...old, revenue: most, pensionRevenue: most },
    { id: 'b', birthDate: question.date, insured: false, revenue: most },
  ]
  assert.equal(ask({ ...question, members }).results?.[0]?.ground, 'activeIncome')
})

test('世帯員は1,000人まで', () => {
  const many = (count: number) => ({
    ...question,
    members: Array.from({ length: count }, (_, n) => ({
      id: String(n),
      birthDate: '1980-01-01',
      insured: false,
      revenue: 0,
    })),
  })
  assert.deepEqual(ask(many(1_000)).results, [])
  assert.equal(ask(many(1_001)).error?.code, 'tooManyMembers')
  const members = Array.from({ length: 20 }, () => first)
  assert.equal(ask({ ...question, members }).error?.at, 'members[1].id')
})

test('どんな行にも、1行のJSONで答える', () => {
  const anyLine = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ ...question, members: [value] })),
    fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((row) => JSON.stringify({ ...question, ...row })),
    fc
      .tuple(fc.constantFrom(...Object.keys(first ?? {})), fc.jsonValue())
      .map(([key, value]) => JSON.stringify(change({ [key]: value }))),
  )
  fc.assert(
    fc.property(anyLine, fc.boolean(), (line, explain) => {
      const { text, answered } = answerCopayLine(line, 1, { explain })
      assert.ok(!text.includes('\n'))
      assert.equal('results' in (JSON.parse(text) as object), answered)
    }),
    { numRuns: 2_000 },
  )
})

test('法令表の版は、日付と要約からなり24文字に収まる', () => {
  assert.match(copayEdition.name, /^\d{4}-\d{2}-\d{2} [0-9a-f]{12}$/)
  assert.ok(copayEdition.name.length <= 24)
  assert.ok(copayEdition.digest.startsWith(copayEdition.name.slice(11)))
})
