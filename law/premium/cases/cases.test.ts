import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import {
  type FiscalYear,
  fromNumericDay,
  MissingLaw,
  numericDay,
  percent,
  plainDate,
  type Rate,
  remainderOf,
  tenths,
} from '@koiki/kernel'
import { parse } from 'yaml'
import { answerPremiumLine } from '../answerPremiumLine.ts'
import { type AssessedLevy, type AssessedPremium, type Member, noIncome } from '../assessment.ts'
import { type LevyLaw, lawOf, type PremiumLaw } from '../law/lawOf.ts'
import { unionNames } from '../law/unionNames.ts'
import { assessHousehold, assessWith } from '../rules/assessHousehold.ts'
import { cutDown } from '../rules/cutDown.ts'
import { reductionLine } from '../rules/judgement.ts'

/** 事例の前提 — a household as officials write it; see the head of each file for what is left out. */
type CaseGiven = {
  readonly 広域連合: string
  readonly 年度: number
  readonly 世帯: readonly { readonly [key: string]: unknown }[]
}

/** 事例の期待 — of one person; a levy is [均等割額, 所得割額, 年額], and − is an amount not published. */
type CaseExpected = {
  readonly 月数?: number
  readonly 軽減?: number
  readonly 所得?: unknown
  readonly 判定?: unknown
  readonly 基準額?: unknown
  readonly 医療分?: readonly unknown[]
  readonly 子ども分?: readonly unknown[]
  readonly 保険料?: unknown
}

/** 事例 */
type Case = {
  readonly 番号?: string
  readonly 名前: string
  readonly 根拠: string
  readonly 引用?: string
  readonly 前提: CaseGiven
  readonly 例の率?: { readonly [key: string]: unknown }
  readonly 成り立たない理由?: string
  readonly 期待: { readonly [person: string]: unknown }
}

const modelFile = '厚生労働省のモデル月額.yaml'
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.yaml'))

for (const file of files.filter((name) => name !== modelFile)) {
  for (const one of readYaml(file) as readonly Case[]) {
    const number = one.番号 === undefined ? '' : `${one.番号} `
    const why = one.成り立たない理由 === undefined ? '' : ` — ${one.成り立たない理由}`
    test(`${file.replace('.yaml', '')}: ${number}${one.名前}${why}`, () => runCase(one))
  }
}

function runCase(one: Case): void {
  assert.ok(one.根拠 !== '')
  const { 期待: expected, 前提: given } = one
  if ('法令表の欠け' in expected) {
    assertMissing(given, String(expected.法令表の欠け))
    return
  }
  const members = membersOf(given)
  const results = one.例の率 === undefined ? assessAndAsk(given, members) : assessOld(one, members)
  const law = one.例の率 === undefined ? lawOfCase(given) : oldLaw(one)
  const total = expected.世帯の総額
  if (total !== undefined) {
    const sum = results.reduce((amount, result) => amount + result.annual, 0)
    assert.equal(sum, amountOf(total))
  }
  const people = Object.keys(expected).filter((key) => key !== '世帯の総額')
  assert.deepEqual(
    results.map((result) => result.member),
    members.map((member) => member.id).filter((id) => people.includes(id)),
  )
  for (const result of results) {
    assertPerson(result, expected[result.member] as CaseExpected, law)
  }
}

function assertPerson(result: AssessedPremium, expected: CaseExpected, law: PremiumLaw): void {
  const known = ['月数', '軽減', '所得', '判定', '基準額', '医療分', '子ども分', '保険料']
  for (const key of Object.keys(expected)) assert.ok(known.includes(key), key)
  const same = (actual: number, wanted: unknown, what: string): void => {
    if (wanted !== undefined && wanted !== '−') assert.equal(actual, amountOf(wanted), what)
  }
  const levy = (
    actual: AssessedLevy | null,
    levyLaw: LevyLaw | null,
    wanted: CaseExpected['医療分'],
  ) => {
    if (wanted === undefined) return
    assert.ok(actual !== null && levyLaw !== null)
    same(cutDown(actual.perCapita, 1, levyLaw.shownUnit), wanted[0], '均等割額')
    same(actual.incomeBased, wanted[1], '所得割額')
    same(actual.annual, wanted[2], '年額')
  }
  same(result.months, expected.月数, '月数')
  same(result.reductionTenths, expected.軽減, '軽減')
  same(result.base, expected.所得, '所得')
  same(result.judgement.income, expected.判定, '判定')
  same(reductionLine(law, result.judgement), expected.基準額, '基準額')
  levy(result.medical, law.medical, expected.医療分)
  levy(result.childSupport, law.childSupport, expected.子ども分)
  same(result.annual, expected.保険料, '保険料')
}

const yearOfCase = (given: CaseGiven) => given.年度 as FiscalYear
const lawOfCase = (given: CaseGiven) => lawOf(unionCode(given.広域連合), yearOfCase(given))

/** The rule in process, and the same question asked as a line, must not differ. */
function assessAndAsk(given: CaseGiven, members: readonly Member[]): readonly AssessedPremium[] {
  const union = unionCode(given.広域連合)
  const results = assessHousehold({ union, fiscalYear: yearOfCase(given), members })
  const answer = ask(given, members)
  assert.deepEqual(
    answer.results.map(({ member, annual }) => [member, annual]),
    results.map(({ member, annual }) => [member, annual]),
  )
  return results
}

function ask(given: CaseGiven, members: readonly Member[]) {
  const text = fromNumericDay
  const line = JSON.stringify({
    id: 'case',
    union: unionCode(given.広域連合),
    fiscalYear: given.年度,
    members: members.map(
      ({ birthDate, insured, income: { businessLoss: _, ...income }, ...member }) => ({
        ...member,
        income,
        birthDate: text(birthDate),
        insured: insured && {
          ...insured,
          from: text(insured.from),
          until: insured.until && text(insured.until),
        },
      }),
    ),
  })
  return JSON.parse(answerPremiumLine(line, 1, { explain: false }).text) as {
    readonly results: readonly { readonly member: string; readonly annual: number }[]
    readonly error?: { readonly code: string; readonly message: string }
  }
}

function assertMissing(given: CaseGiven, table: string): void {
  const members = membersOf(given)
  const union = unionCode(given.広域連合)
  assert.throws(
    () => assessHousehold({ union, fiscalYear: yearOfCase(given), members }),
    (error) => error instanceof MissingLaw && error.table === table,
  )
  const { error } = ask(given, members)
  assert.equal(error?.code, 'missingLaw')
  assert.ok(error.message.includes(table))
}

/** An example of a year that the tables do not hold: refused as it is, computed with its own figures. */
function assessOld(one: Case, members: readonly Member[]): readonly AssessedPremium[] {
  const { 前提: given } = one
  const union = unionCode(given.広域連合)
  assert.throws(
    () => assessHousehold({ union, fiscalYear: yearOfCase(given), members }),
    MissingLaw,
  )
  return assessWith(oldLaw(one), members)
}

function oldLaw(one: Case): PremiumLaw {
  const rates = one.例の率 ?? {}
  const years = 2022 - one.前提.年度
  const now = lawOf(
    unionCode(one.前提.広域連合 === '奈良県' ? '奈良県' : '東京都'),
    2022 as FiscalYear,
  )
  const fractions = lawOf(unionCode('京都府'), 2022 as FiscalYear).medical
  const kyoto = one.前提.広域連合 === '京都府'
  const always = Number.MAX_SAFE_INTEGER
  const pension = rates.公的年金等控除
  const basic = rates.基礎控除
  const reduction = rates.軽減の割合
  const keep = reduction === undefined ? null : remainderOf(tenths(String(reduction)))
  const incomeRate = rates.所得割率
  return {
    ...now,
    firstDay: (now.firstDay - years * 10_000) as PremiumLaw['firstDay'],
    firstMonth: now.firstMonth - years * 12,
    pensionSeniorBornUntil: (now.pensionSeniorBornUntil -
      years * 10_000) as PremiumLaw['pensionSeniorBornUntil'],
    judgedSeniorBornUntil: (now.judgedSeniorBornUntil -
      years * 10_000) as PremiumLaw['judgedSeniorBornUntil'],
    seniorPension:
      pension === undefined
        ? now.seniorPension
        : [{ below: always, unit: 1, of: 100, minus: amountOf(pension) }],
    basicDeduction:
      basic === undefined ? now.basicDeduction : [{ upTo: always, amount: amountOf(basic) }],
    medical: {
      ...now.medical,
      perCapita: amountOf(rates.均等割額),
      rate: incomeRate === undefined ? now.medical.rate : percent(String(incomeRate)),
      keep: keep === null ? now.medical.keep : { 0: keep, 2: keep, 5: keep, 7: keep },
      own: [],
      totalUnit: kyoto ? fractions.totalUnit : now.medical.totalUnit,
    },
  }
}

type Model = {
  readonly 番号: string
  readonly 広域連合: string
  readonly 年度: number
  readonly 年金: unknown
  readonly 均等割額?: unknown
  readonly 所得割率?: string
  readonly 特例の率?: string
  readonly 月額: unknown
  readonly 許容: number
  readonly 軽減: number
  readonly 所得?: unknown
}

const models = (readYaml(modelFile) as { 例: readonly Model[] }).例

for (const model of models) {
  const unknown = model.特例の率 === 'なし'
  const why = unknown
    ? '特例の率がわからないので計算せず、法令表の欠けとして断る'
    : `年額÷12が公表の月額から${model.許容}円以内（端数処理は公表の丸めと違いうる）`
  const year = `令和${model.年度 - 2018}年度`
  test(`モデル月額: ${model.番号} ${model.広域連合} ${year} 年金${amountOf(model.年金).toLocaleString()}円 — ${why}`, () => {
    const given = {
      広域連合: model.広域連合,
      年度: model.年度,
      世帯: [{ 人: '本人', 年金: model.年金 }],
    }
    if (unknown) {
      const table = `所得割率の特例 令和6年度（${model.広域連合}後期高齢者医療広域連合）`
      assertMissing(given, table)
      return
    }
    const law = lawOfCase(given)
    const [result] = assessAndAsk(given, membersOf(given))
    assert.ok(result !== undefined)
    assert.equal(result.reductionTenths, model.軽減)
    if (model.所得 !== undefined) assert.equal(result.base, amountOf(model.所得))
    if (model.均等割額 !== undefined) assert.equal(law.medical.perCapita, amountOf(model.均等割額))
    if (model.所得割率 !== undefined) assertRate(law.medical.rate, model.所得割率)
    if (model.特例の率 !== undefined) assertRate(law.medical.reliefRate, model.特例の率)
    const monthly = result.medical.annual / 12
    assert.ok(
      Math.abs(monthly - amountOf(model.月額)) <= model.許容,
      `公表 ${amountOf(model.月額)}円、計算 ${monthly.toFixed(2)}円`,
    )
  })
}

function assertRate(actual: Rate | null, text: string): void {
  const wanted = percent(text)
  assert.equal((actual?.of ?? 0) * wanted.per, wanted.of * (actual?.per ?? 0), text)
}

test('モデル月額は47広域連合のうち公表のある106行すべてを試す', () => {
  assert.equal(models.length, 106)
  assert.equal(new Set(models.map((model) => model.番号)).size, 106)
})

/** 事例の読取り — one YAML file of this folder. */
function readYaml(file: string): unknown {
  return parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'))
}

/** 広域連合の番号 — by the prefecture's name. */
function unionCode(prefecture: string): string {
  for (const [code, name] of unionNames) if (name.startsWith(prefecture)) return code
  throw new Error(`広域連合がありません: ${prefecture}`)
}

/** 金額の読取り — `1_680_000` as written in a case. */
function amountOf(value: unknown): number {
  const amount = Number(String(value ?? 0).replaceAll('_', ''))
  if (!Number.isSafeInteger(amount)) throw new Error(`円の整数ではありません: ${String(value)}`)
  return amount
}

const incomeKeys = {
  年金: 'publicPension',
  給与: 'salary',
  専従者給与: 'familyEmployeeSalary',
  事業: 'business',
  専従者控除: 'familyEmployeeDeduction',
  譲渡: 'capitalGains',
  特別控除: 'capitalGainsSpecialDeduction',
  その他: 'other',
} as const
const otherKeys = ['人', '世帯主', '被保険者', '生年月日', '取得', '喪失', '元被扶養者', '申告']

/** 世帯員 — of a case, with what is left out filled in as the files say. */
function membersOf(given: CaseGiven): Member[] {
  return given.世帯.map((row, index) => {
    const income: Record<string, number | boolean> = { ...noIncome }
    for (const [key, value] of Object.entries(row)) {
      if (key in incomeKeys) income[incomeKeys[key as keyof typeof incomeKeys]] = amountOf(value)
      else if (!otherKeys.includes(key)) throw new Error(`知らない項目です: ${key}`)
    }
    income.declared = row.申告 !== 'いいえ'
    const day = (key: string, otherwise: string) =>
      numericDay(plainDate(String(row[key] ?? otherwise)))
    return {
      id: String(row.人),
      birthDate: day('生年月日', '1945-05-10'),
      head: row.世帯主 === undefined ? index === 0 : row.世帯主 === 'はい',
      insured:
        row.被保険者 === 'いいえ'
          ? null
          : {
              from: day('取得', '2020-05-10'),
              until: row.喪失 === undefined ? null : day('喪失', ''),
              formerDependent: row.元被扶養者 === 'はい',
            },
      income: income as unknown as Member['income'],
    }
  })
}
