import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addMonths,
  birthday,
  dayAfter,
  dayBefore,
  firstOfMonth,
  fromDayNumber,
  fromNumericDay,
  type NumericDay,
  numericDay,
  type PlainDate,
  plainDate,
} from '@koiki/kernel'
import fc from 'fast-check'
import {
  amountMax,
  type CopayJudgement,
  type CopayTenths,
  type Household,
  type Member,
  membersMax,
  type Working,
} from '../copay.ts'
import { copayLawOn } from '../law/copayLaw.ts'
import { type Ground, grounds } from '../law/grounds.ts'
import { explainCopay } from './explainCopay.ts'
import { judgeCopay } from './judgeCopay.ts'
import { inSeventies } from './seventies.ts'

fc.configureGlobal({ seed: 67 })

const day = (text: string): NumericDay => numericDay(plainDate(text))
const lone: Member = {
  id: 'a',
  birthDate: day('1940-05-10'),
  insured: true,
  taxableIncome: 0,
  base: 0,
  revenue: 0,
  pensionRevenue: 0,
  otherIncome: 0,
}
const householdOf = (members: readonly Member[], rest: Partial<Household> = {}): Household => ({
  date: day('2026-08-01'),
  members,
  revenueConfirmed: true,
  appliedOn: null,
  ...rest,
})

// Amounts crowd around the lines, so that both sides of each are met often.
const near = (...lines: number[]): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(0, ...lines), fc.integer({ min: -2, max: 2 }))
    .map(([line, step]) => Math.max(0, line + step))
const amount = (...lines: number[]): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 5, arbitrary: near(...lines) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 6_000_000 }) },
    { weight: 1, arbitrary: fc.constant(amountMax) },
  )
const dayWithin = (from: string, until: string): fc.Arbitrary<NumericDay> =>
  fc
    .integer({ min: toDays(from), max: toDays(until) })
    .map((days) => numericDay(fromDayNumber(days)))
const toDays = (text: string): number => Date.parse(text) / 86_400_000
const anyBirth = fc.oneof(
  dayWithin('1925-01-01', '1961-12-31'),
  fc.constantFrom('1945-01-01', '1945-01-02', '1945-01-03', '1952-02-29', '1956-02-29').map(day),
  dayWithin('1951-06-20', '1951-09-10'),
  dayWithin('1956-06-20', '1956-09-10'),
)
const anyDate = fc.oneof(
  dayWithin('2015-01-01', '2027-07-31'),
  dayWithin('2026-07-25', '2026-09-05'),
  fc.constantFrom('2021-12-31', '2022-01-01', '2022-09-30', '2022-10-01').map(day),
)
const anyMember: fc.Arbitrary<Omit<Member, 'id'>> = fc.record({
  birthDate: anyBirth,
  insured: fc.integer({ min: 0, max: 2 }).map((n) => n > 0),
  taxableIncome: amount(280_000, 1_450_000),
  base: amount(1_050_000, 2_100_000),
  revenue: amount(1_370_000, 3_830_000, 5_200_000),
  pensionRevenue: amount(1_000_000, 2_000_000, 3_200_000),
  otherIncome: amount(1_000_000),
})
const anyHousehold: fc.Arbitrary<Household> = fc.record({
  date: anyDate,
  members: fc.tuple(anyMember, fc.array(anyMember, { maxLength: 3 })).map(([first, others]) =>
    [{ ...first, insured: true }, ...others].map((member, index) => ({
      ...member,
      id: `${index}`,
    })),
  ),
  revenueConfirmed: fc.boolean(),
  appliedOn: fc.option(
    fc.oneof(dayWithin('2026-05-01', '2026-09-05'), dayWithin('2015-01-01', '2027-07-31')),
  ),
})

/**
 * The rule a second time, from the text of the law alone: days as days, sentences as sentences, sums in
 * integers of any size, no table of the product.
 */
function byTheText(household: Household): CopayTenths {
  const on = fromNumericDay(household.date)
  const insured = household.members.filter((one) => one.insured)
  const total = (of: (one: Member) => number, whom = insured): bigint =>
    whom.map((one) => BigInt(of(one))).reduce((sum, one) => sum + one, 0n)
  const someoneHas = (line: bigint) => insured.some((one) => BigInt(one.taxableIncome) >= line)

  const reachesLine = someoneHas(1_450_000n)
  const young = insured.some((one) => fromNumericDay(one.birthDate) >= plainDate('1945-01-02'))
  const spared = young && total((one) => one.base) <= 2_100_000n
  const elders = household.members.filter((one) => !one.insured && countsByAge(one, on))
  const revenue = total((one) => one.revenue)
  const withElders = revenue + total((one) => one.revenue, elders)
  const poor =
    (insured.length === 1 && revenue < 3_830_000n) ||
    (insured.length >= 2 && revenue < 5_200_000n) ||
    (insured.length === 1 && revenue >= 3_830_000n && elders.length >= 1 && withElders < 5_200_000n)
  const byRecords = household.revenueConfirmed && on >= plainDate('2022-01-01')
  const { appliedOn } = household
  const byApplication =
    appliedOn !== null && on >= addMonths(firstOfMonth(fromNumericDay(appliedOn)), 1)
  if (reachesLine && !spared && !(poor && (byRecords || byApplication))) return 3

  if (on < plainDate('2022-10-01')) return 1
  const income = total((one) => one.pensionRevenue) + total((one) => one.otherIncome)
  const line = insured.length === 1 ? 2_000_000n : 3_200_000n
  return someoneHas(280_000n) && income >= line ? 2 : 1
}

function countsByAge(one: Member, on: PlainDate): boolean {
  const birth = fromNumericDay(one.birthDate)
  const reached = dayBefore(birthday(birth, 70))
  // The month after the one in which the age is reached, that is: after the day before the birthday.
  return on >= addMonths(firstOfMonth(reached), 1) && on < birthday(birth, 75)
}

test('別に書いた素朴な判定と、1万5千の世帯で同じになる', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyHousehold, (household) => {
      const { tenths, ground } = judgeCopay(household)
      seen.add(ground)
      assert.equal(tenths, byTheText(household))
      assert.equal(grounds[ground].tenths, tenths)
    }),
    { numRuns: 15_000 },
  )
  assert.deepEqual([...seen].sort(), Object.keys(grounds).sort(), '現れない理由がある')
})

test('世帯員の順によらない', () => {
  fc.assert(
    fc.property(anyHousehold, fc.infiniteStream(fc.nat()), (household, picks) => {
      const rest = [...household.members]
      const members: Member[] = []
      for (const pick of picks) {
        if (rest.length === 0) break
        members.push(...rest.splice(pick % rest.length, 1))
      }
      const { tenths, ground } = judgeCopay({ ...household, members })
      const same = judgeCopay(household)
      assert.deepEqual([tenths, ground], [same.tenths, same.ground])
    }),
    { numRuns: 2_000 },
  )
})

test('被保険者でない人を加えても、割合は上がらない', () => {
  fc.assert(
    fc.property(anyHousehold, anyMember, (household, other) => {
      const members = [...household.members, { ...other, id: 'x', insured: false }]
      assert.ok(judgeCopay({ ...household, members }).tenths <= judgeCopay(household).tenths)
    }),
    { numRuns: 5_000 },
  )
})

test('数えない年齢の人を加えても、何も変わらない', () => {
  fc.assert(
    fc.property(anyHousehold, anyMember, (household, other) => {
      const added = { ...other, id: 'x', insured: false }
      fc.pre(!inSeventies(added, household.date, copayLawOn(household.date)))
      const members = [...household.members, added]
      assert.deepEqual(judgeCopay({ ...household, members }), judgeCopay(household))
    }),
    { numRuns: 2_000 },
  )
})

test('どの金額が増えても、割合は下がらない', () => {
  const key = fc.constantFrom('taxableIncome', 'base', 'revenue', 'pensionRevenue', 'otherIncome')
  fc.assert(
    fc.property(
      anyHousehold,
      key,
      fc.nat({ max: 3 }),
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4_000_000 })),
      (household, what, whom, more) => {
        const members = household.members.map((one, index) =>
          index === whom % household.members.length
            ? { ...one, [what]: Math.min(amountMax, one[what] + more) }
            : one,
        )
        assert.ok(judgeCopay({ ...household, members }).tenths >= judgeCopay(household).tenths)
      },
    ),
    { numRuns: 10_000 },
  )
})

test('申請は、割合を上げない', () => {
  fc.assert(
    fc.property(anyHousehold, dayWithin('2015-01-01', '2027-07-31'), (household, appliedOn) => {
      const without = judgeCopay({ ...household, appliedOn: null }).tenths
      assert.ok(judgeCopay({ ...household, appliedOn }).tenths <= without)
    }),
    { numRuns: 5_000 },
  )
})

test('人数も金額も上限いっぱいの世帯で、1円の違いを見失わない', () => {
  const most = Array.from({ length: membersMax }, (_, index) => ({
    ...lone,
    id: `${index}`,
    birthDate: day('1945-01-02'),
    taxableIncome: amountMax,
    base: amountMax,
    revenue: amountMax,
    pensionRevenue: amountMax,
    otherIncome: amountMax,
  }))
  const { totals, tenths } = judgeCopay(householdOf(most))
  assert.equal(tenths, 3)
  assert.ok(Number.isSafeInteger(totals.income))
  assert.equal(BigInt(totals.income), BigInt(amountMax) * 2n * BigInt(membersMax))
})

test('被保険者のいない世帯は判定しない', () => {
  assert.throws(() => judgeCopay(householdOf([{ ...lone, insured: false }])), RangeError)
})

/** 70歳から74歳までの人 — both ends of the count, for every kind of birthday. */
const seventies: readonly [birth: string, first: string, last: string][] = [
  ['1956-07-10', '2026-08-01', '2031-07-09'],
  ['1956-07-31', '2026-08-01', '2031-07-30'],
  ['1956-08-01', '2026-08-01', '2031-07-31'],
  ['1956-08-02', '2026-09-01', '2031-08-01'],
  ['1955-12-31', '2026-01-01', '2030-12-30'],
  ['1956-01-01', '2026-01-01', '2030-12-31'],
  ['1956-02-29', '2026-03-01', '2031-02-28'],
  ['1954-02-28', '2024-03-01', '2029-02-27'],
]
for (const [birth, first, last] of seventies) {
  test(`${birth}生まれは${first}から${last}まで70歳から74歳までの人に数える`, () => {
    const counted = (on: PlainDate) =>
      inSeventies(
        { ...lone, insured: false, birthDate: day(birth) },
        numericDay(on),
        copayLawOn(numericDay(on)),
      )
    assert.deepEqual(
      [
        dayBefore(plainDate(first)),
        plainDate(first),
        plainDate(last),
        dayAfter(plainDate(last)),
      ].map(counted),
      [false, true, true, false],
    )
  })
}

test('計算の過程: どの値も、書いてある式から計算し直せる', () => {
  fc.assert(
    fc.property(anyHousehold, (household) => {
      const judgement = judgeCopay(household)
      for (const working of explain(household, judgement)) {
        assert.equal(recompute(working.formula), BigInt(working.value), working.formula)
        assert.match(working.law, /条.*から|条番号は未確認/)
      }
    }),
    { numRuns: 3_000 },
  )
})

test('計算の過程: 問うた線の両側が、過程にある', () => {
  fc.assert(
    fc.property(anyHousehold, (household) => {
      const judgement = judgeCopay(household)
      const text = explain(household, judgement)
        .map((working) => working.formula)
        .join('\n')
      const asked = (line: string) => text.includes(line)
      const { totals, tenths, ground } = judgement
      const active = totals.taxableIncome >= 1_450_000
      assert.ok(asked('≧ 1,450,000'))
      assert.equal(asked('≦ 2,100,000'), active && totals.bornFromLine > 0)
      const lines = asked('< 3,830,000') || asked('< 5,200,000')
      assert.equal(lines, active && !ground.endsWith('ByBase'))
      assert.equal(asked('≧ 280,000'), tenths < 3 && household.date >= 20221001)
    }),
    { numRuns: 3_000 },
  )
})

test('計算の過程: 3割と2割には、下がる条件が付き、そのとおりにすると下がる', () => {
  let tried = 0
  fc.assert(
    fc.property(anyHousehold, (household) => {
      const judgement = judgeCopay(household)
      const ways = explain(household, judgement).filter(({ step }) => step.includes('でなくなる'))
      if (judgement.tenths === 1) {
        assert.deepEqual(ways, [])
        return
      }
      assert.ok(ways.length > 0)
      for (const way of ways) {
        const changed = follow(household, way)
        if (changed === null) continue
        tried += 1
        assert.ok(judgeCopay(changed).tenths < judgement.tenths, way.step)
      }
    }),
    { numRuns: 5_000 },
  )
  assert.ok(tried > 2_000)
})

const explain = (household: Household, judgement: CopayJudgement): Working[] =>
  explainCopay(copayLawOn(household.date), household, judgement)

/** The household after what the step says, or null where it cannot be followed by one person's amount. */
function follow(household: Household, { step, value }: Working): Household | null {
  const members = household.members.map((one) => ({ ...one }))
  const insured = members.filter((one) => one.insured)
  const lower = (key: 'base' | 'revenue'): Household | null => {
    let left = value
    for (const one of insured) {
      const off = Math.min(left, one[key])
      one[key] -= off
      left -= off
    }
    return left === 0 ? { ...household, members } : null
  }
  if (step.includes('課税所得')) {
    const line = Math.max(...insured.map((one) => one.taxableIncome)) - value
    for (const one of insured) one.taxableIncome = Math.min(one.taxableIncome, line)
    return { ...household, members }
  }
  if (step.includes('旧ただし書所得')) return lower('base')
  if (step.includes('申請')) {
    const appliedOn = numericDay(dayBefore(firstOfMonth(fromNumericDay(household.date))))
    return { ...household, appliedOn }
  }
  if (step.includes('年金収入')) {
    let left = value
    for (const one of insured) {
      for (const key of ['pensionRevenue', 'otherIncome'] as const) {
        const off = Math.min(left, one[key])
        one[key] -= off
        left -= off
      }
    }
    return { ...household, members }
  }
  // Where records do not show the revenue, being below the line is not yet enough.
  const changed = lower('revenue')
  return changed && { ...changed, appliedOn: day('2014-01-01') }
}

/** Reads a formula as it is written for people. */
function recompute(formula: string): bigint {
  const text = formula.replace(/（[^）]*）/g, '').replaceAll(',', '')
  const highest = /^(.*)のうち最も高い額$/.exec(text)
  if (highest !== null) {
    return (highest[1] as string)
      .split('、')
      .map(BigInt)
      .reduce((most, one) => (one > most ? one : most))
  }
  const [left = '', sign, right = ''] = text.split(/ ([≧≦<]) /)
  if (sign === undefined) return sum(left)
  const [a, b] = [sum(left), sum(right)]
  const holds = sign === '≧' ? a >= b : sign === '≦' ? a <= b : a < b
  return holds ? 1n : 0n
}

function sum(text: string): bigint {
  const terms = text.split(/ ([+−]) /)
  let value = BigInt(terms[0] as string)
  for (let index = 1; index < terms.length; index += 2) {
    const term = BigInt(terms[index + 1] as string)
    value += terms[index] === '+' ? term : -term
  }
  return value
}

test('割合の理由: 符号のどれにも、割合と言葉がある', () => {
  for (const code of Object.keys(grounds) as Ground[]) {
    assert.match(code, /^[a-zA-Z]+$/)
    assert.match(grounds[code].words, /。$/)
    assert.ok(grounds[code].law.includes('未確認'))
  }
  const words = Object.values(grounds).map((ground) => ground.words)
  assert.equal(new Set(words).size, words.length)
})
