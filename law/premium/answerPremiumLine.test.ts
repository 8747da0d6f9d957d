import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerPremiumLine } from './answerPremiumLine.ts'
import { premiumEdition } from './edition.ts'

type Answer = {
  readonly id: string | null
  readonly results?: readonly { readonly [key: string]: unknown }[]
  readonly error?: { readonly code: string; readonly at: string; readonly message: string }
}
const ask = (line: string, explain = false): Answer =>
  JSON.parse(answerPremiumLine(line, 7, { explain }).text) as Answer

const question = {
  id: '1',
  union: '43',
  fiscalYear: 2026,
  members: [
    {
      id: 'a',
      birthDate: '1946-05-10',
      head: true,
      insured: { from: '2021-05-10', until: null, formerDependent: false },
      income: {
        declared: true,
        publicPension: 1_970_000,
        salary: 0,
        familyEmployeeSalary: 0,
        business: 0,
        familyEmployeeDeduction: 0,
        capitalGains: 0,
        capitalGainsSpecialDeduction: 0,
        other: 0,
      },
    },
  ],
}
const [first] = question.members

test('契約の例に、契約のとおり答える', () => {
  assert.equal(
    answerPremiumLine(JSON.stringify(question), 1, { explain: false }).text,
    '{"id":"1","results":[{"member":"a","months":12,"reductionTenths":5,"base":440000,' +
      '"medical":{"perCapita":31500,"incomeBased":48664,"annual":80100},' +
      '"childSupport":{"perCapita":700,"incomeBased":1100,"annual":1800},"annual":81900}]}',
  )
})

test('省いた項目は契約の既定の値になる', () => {
  const short = {
    id: '1',
    union: '43',
    fiscalYear: 2026,
    members: [
      {
        id: 'a',
        birthDate: '1946-05-10',
        insured: { from: '2021-05-10' },
        income: { publicPension: 1_970_000 },
      },
      { id: 'b', birthDate: '1990-01-01' },
    ],
  }
  assert.deepEqual(ask(JSON.stringify(short)).results, ask(JSON.stringify(question)).results)
})

test('令和7年度までは子ども分がない', () => {
  const [result] = ask(JSON.stringify({ ...question, fiscalYear: 2025 })).results ?? []
  assert.ok(result !== undefined && !('childSupport' in result))
})

test('資格のある月がなければ、その人の答えはない', () => {
  const members = [{ ...first, insured: { from: '2021-05-10', until: '2026-04-01' } }]
  assert.deepEqual(ask(JSON.stringify({ ...question, members })).results, [])
  assert.deepEqual(ask(JSON.stringify({ ...question, members: [] })).results, [])
})

test('--explain で計算の過程がつき、ほかは変わらない', () => {
  const line = JSON.stringify(question)
  const [plain] = ask(line).results ?? []
  const [explained] = ask(line, true).results ?? []
  const { workings, ...rest } = explained as { workings: readonly object[] }
  assert.deepEqual(rest, plain)
  assert.ok(workings.length > 20)
  for (const working of workings) {
    assert.deepEqual(Object.keys(working), ['step', 'value', 'formula', 'law'])
  }
})

const stepsOf = (question: object): Map<string, { value: number; formula: string }> => {
  const [result] = ask(JSON.stringify(question), true).results ?? []
  const { workings } = result as { workings: { step: string; value: number; formula: string }[] }
  return new Map(workings.map(({ step, value, formula }) => [step, { value, formula }]))
}

test('計算の過程: ほかの所得と合計所得金額も、式から計算し直せる', () => {
  const income = { publicPension: 3_970_000, salary: 900_000, capitalGainsSpecialDeduction: 24e6 }
  const steps = stepsOf({ ...question, members: [{ ...first, income }] })
  assert.deepEqual(steps.get('公的年金等のほかの所得（a）'), {
    value: 24_250_000,
    formula: '250,000 + 24,000,000',
  })
  assert.deepEqual(steps.get('公的年金等所得（a）'), {
    value: 2_902_500,
    formula: '3,970,000 × 75% − (275,000 − 200,000)（1円未満切捨て）',
  })
  assert.deepEqual(steps.get('合計所得金額（a）'), {
    value: 27_052_500,
    formula: '3,052,500 + 24,000,000',
  })
  assert.equal(steps.get('基礎控除（a）')?.value, 0)
})

test('計算の過程: 給与所得控除後の表の最初の段より下は、そう書く', () => {
  const steps = stepsOf({ ...question, members: [{ ...first, income: { salary: 650_999 } }] })
  assert.deepEqual(steps.get('給与所得（a）'), {
    value: 0,
    formula: '0（給与収入 650,999 < 651,000）',
  })
})

test('計算の過程: 切り捨てて示す均等割額（静岡県の令和5年度）も、値にある', () => {
  const members = [{ ...first, income: {} }]
  const shizuoka = { ...question, union: '22', fiscalYear: 2023, members }
  const [result] = ask(JSON.stringify(shizuoka)).results ?? []
  assert.deepEqual(result?.medical, { perCapita: 12_700, incomeBased: 0, annual: 12_700 })
  assert.deepEqual(stepsOf(shizuoka).get('均等割額（医療分、示す額）'), {
    value: 12_700,
    formula: '12,750（100円未満切捨て）',
  })
})

const change = (part: object): string =>
  JSON.stringify({ ...question, members: [{ ...first, ...part }] })
const faults: readonly [string, string, string, string | null][] = [
  ['', 'blankLine', '', null],
  [' \t\r', 'blankLine', '', null],
  ['{', 'malformedJson', '', null],
  ['\u0000', 'malformedJson', '', null],
  ['[]', 'notAnObject', '', null],
  ['null', 'notAnObject', '', null],
  ['5', 'notAnObject', '', null],
  ['{}', 'missingKey', 'id', null],
  ['{"id":5}', 'wrongType', 'id', null],
  ['{"id":""}', 'wrongValue', 'id', ''],
  ['{"id":"1"}', 'missingKey', 'union', '1'],
  [JSON.stringify({ ...question, unions: '43' }), 'unknownKey', 'unions', '1'],
  ['{"id":"1","__proto__":{}}', 'unknownKey', '__proto__', '1'],
  [JSON.stringify({ ...question, union: 43 }), 'wrongType', 'union', '1'],
  [JSON.stringify({ ...question, union: '4' }), 'wrongValue', 'union', '1'],
  [JSON.stringify({ ...question, union: '48' }), 'missingLaw', 'union', '1'],
  [JSON.stringify({ ...question, union: '00' }), 'missingLaw', 'union', '1'],
  [JSON.stringify({ ...question, fiscalYear: '2026' }), 'wrongType', 'fiscalYear', '1'],
  [JSON.stringify({ ...question, fiscalYear: 2026.5 }), 'wrongValue', 'fiscalYear', '1'],
  [JSON.stringify({ ...question, fiscalYear: 2027 }), 'missingLaw', 'fiscalYear', '1'],
  [JSON.stringify({ ...question, fiscalYear: 1900 }), 'missingLaw', 'fiscalYear', '1'],
  [JSON.stringify({ ...question, union: '02', fiscalYear: 2022 }), 'missingLaw', 'fiscalYear', '1'],
  [
    JSON.stringify({ ...question, union: '04', fiscalYear: 2024 }),
    'missingLaw',
    'members[0].income',
    '1',
  ],
  [JSON.stringify({ ...question, members: undefined }), 'missingKey', 'members', '1'],
  [JSON.stringify({ ...question, members: {} }), 'wrongType', 'members', '1'],
  [JSON.stringify({ ...question, members: [null] }), 'wrongType', 'members[0]', '1'],
  [
    JSON.stringify({ ...question, members: [first, first] }),
    'duplicateMember',
    'members[1].id',
    '1',
  ],
  [
    JSON.stringify({ ...question, members: [first, { ...first, id: 'b' }] }),
    'twoHeads',
    'members[1].head',
    '1',
  ],
  [change({ id: undefined }), 'missingKey', 'members[0].id', '1'],
  [change({ name: '広域 花子' }), 'unknownKey', 'members[0].name', '1'],
  [change({ head: 'yes' }), 'wrongType', 'members[0].head', '1'],
  [change({ birthDate: undefined }), 'missingKey', 'members[0].birthDate', '1'],
  [change({ birthDate: '1946-02-31' }), 'wrongDate', 'members[0].birthDate', '1'],
  [change({ birthDate: '1946/05/10' }), 'wrongDate', 'members[0].birthDate', '1'],
  [change({ birthDate: 19460510 }), 'wrongType', 'members[0].birthDate', '1'],
  [change({ insured: true }), 'wrongType', 'members[0].insured', '1'],
  [change({ insured: {} }), 'missingKey', 'members[0].insured.from', '1'],
  [change({ insured: { from: '2021-13-10' } }), 'wrongDate', 'members[0].insured.from', '1'],
  [change({ insured: { from: '1946-05-09' } }), 'wrongOrder', 'members[0].insured.from', '1'],
  [
    change({ insured: { from: '2021-05-10', until: '2021-05-09' } }),
    'wrongOrder',
    'members[0].insured.until',
    '1',
  ],
  [
    change({ insured: { from: '2021-05-10', formerDependent: 1 } }),
    'wrongType',
    'members[0].insured.formerDependent',
    '1',
  ],
  [
    change({ insured: { from: '2021-05-10', till: null } }),
    'unknownKey',
    'members[0].insured.till',
    '1',
  ],
  [change({ income: null }), 'wrongType', 'members[0].income', '1'],
  [change({ income: { salary: -1 } }), 'negativeAmount', 'members[0].income.salary', '1'],
  [change({ income: { salary: 0.5 } }), 'notWholeYen', 'members[0].income.salary', '1'],
  [change({ income: { salary: '5' } }), 'wrongType', 'members[0].income.salary', '1'],
  [change({ income: { salary: null } }), 'wrongType', 'members[0].income.salary', '1'],
  [change({ income: { salary: 1e12 } }), 'amountTooLarge', 'members[0].income.salary', '1'],
  [change({ income: { salaries: 1 } }), 'unknownKey', 'members[0].income.salaries', '1'],
  [change({ income: { declared: 0 } }), 'wrongType', 'members[0].income.declared', '1'],
  [
    change({ income: { salary: 5, familyEmployeeSalary: 6 } }),
    'wrongOrder',
    'members[0].income.familyEmployeeSalary',
    '1',
  ],
]

for (const [line, code, at, id] of faults) {
  test(`誤り: ${code} ${at} ${line.slice(0, 30)}`, () => {
    const answer = answerPremiumLine(line, 7, { explain: false })
    assert.equal(answer.answered, false)
    const { error, ...rest } = JSON.parse(answer.text) as Answer
    assert.deepEqual(rest, { id })
    assert.deepEqual([error?.code, error?.at], [code, at])
    assert.match(error?.message ?? '', /。$/)
  })
}

test('世帯員は1,000人まで', () => {
  const many = (count: number) =>
    JSON.stringify({
      ...question,
      members: Array.from({ length: count }, (_, n) => ({
        id: String(n),
        birthDate: '1980-01-01',
      })),
    })
  assert.deepEqual(ask(many(1_000)).results, [])
  assert.equal(ask(many(1_001)).error?.code, 'tooManyMembers')
  const repeated = {
    ...question,
    members: Array.from({ length: 20 }, () => ({ id: 'a', birthDate: '1980-01-01' })),
  }
  assert.equal(ask(JSON.stringify(repeated)).error?.at, 'members[1].id')
})

test('どんな行にも、1行のJSONで答える', () => {
  const anyLine = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ ...question, members: [value] })),
    fc.jsonValue().map((value) => change({ income: value })),
    fc.jsonValue().map((value) => change({ insured: value })),
    fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((row) => JSON.stringify({ ...question, ...row })),
  )
  fc.assert(
    fc.property(anyLine, fc.boolean(), (line, explain) => {
      const { text, answered } = answerPremiumLine(line, 1, { explain })
      assert.ok(!text.includes('\n'))
      assert.equal('results' in (JSON.parse(text) as object), answered)
    }),
    { numRuns: 1_000 },
  )
})

test('法令表の版は、日付と要約からなり40文字に収まる', () => {
  assert.match(premiumEdition.name, /^\d{4}-\d{2}-\d{2} [0-9a-f]{12}$/)
  assert.equal(premiumEdition.digest.length, 64)
  assert.ok(premiumEdition.digest.startsWith(premiumEdition.name.slice(11)))
})
