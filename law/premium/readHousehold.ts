import { type FiscalYear, fiscalYear, type NumericDay, parseNumericDay } from '@koiki/kernel'
import {
  amountMax,
  type Household,
  type Income,
  type Insured,
  type Member,
  membersMax,
  noIncome,
} from './assessment.ts'

/** 問いの誤り — a code, the place as a path, and a Japanese sentence. */
export class LineFault extends Error {
  readonly code: string
  readonly at: string
  constructor(code: string, at: string, message: string) {
    super(message)
    this.code = code
    this.at = at
  }
}

type Row = { readonly [key: string]: unknown }

/** 1行の読取り — a JSON object. The message never repeats the line. Throws LineFault. */
export function readLine(line: string, lineNumber: number): Row {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Only a line that cannot be read is looked at twice: a blank one is no JSON either.
    if (line.trim() === '') {
      throw new LineFault(
        'blankLine',
        '',
        `${lineNumber}行目が空です。1行に1つのJSONを書いてください。`,
      )
    }
    throw new LineFault('malformedJson', '', `${lineNumber}行目をJSONとして読めません。`)
  }
  if (!isRow(value)) {
    throw new LineFault(
      'notAnObject',
      '',
      `${lineNumber}行目はJSONのオブジェクト { … } ではありません。`,
    )
  }
  return value
}

/** 世帯の読取り — checks every key and value of a question by hand. Throws LineFault at the first fault. */
export function readHousehold(row: Row): Household & { readonly id: string } {
  for (const key in row) {
    if (key !== 'id' && key !== 'union' && key !== 'fiscalYear' && key !== 'members') unknown(key)
  }
  const id = text(row.id, 'id')
  const union = text(row.union, 'union')
  if (!/^\d{2}$/.test(union)) {
    throw new LineFault(
      'wrongValue',
      'union',
      '広域連合は都道府県の2桁の番号（"43"など）で書いてください。',
    )
  }
  const year = readYear(row.fiscalYear)
  const members = row.members
  if (members === undefined) missing('members')
  if (!Array.isArray(members)) return wrongType('members', '配列')
  if (members.length > membersMax) {
    throw new LineFault('tooManyMembers', 'members', `世帯員は${membersMax}人までです。`)
  }
  return { id, union, fiscalYear: year, members: readMembers(members) }
}

function readYear(value: unknown): FiscalYear {
  if (value === undefined) missing('fiscalYear')
  if (typeof value !== 'number') return wrongType('fiscalYear', '数')
  try {
    return fiscalYear(value)
  } catch {
    throw new LineFault(
      'wrongValue',
      'fiscalYear',
      '年度は西暦の整数（2026など）で書いてください。',
    )
  }
}

function readMembers(rows: readonly unknown[]): Member[] {
  const members: Member[] = []
  let heads = 0
  for (let index = 0; index < rows.length; index += 1) {
    const member = readMember(rows[index], index)
    for (let other = 0; other < index && rows.length <= fewMembers; other += 1) {
      if (members[other]!.id === member.id) duplicate(index)
    }
    if (member.head) heads += 1
    if (heads > 1) {
      throw new LineFault(
        'twoHeads',
        `members[${index}].head`,
        '世帯主が2人います。1人だけにしてください。',
      )
    }
    members.push(member)
  }
  if (rows.length > fewMembers) findDuplicate(members)
  return members
}

// Up to so many, comparing pairs costs less than a set.
const fewMembers = 8

function findDuplicate(members: readonly Member[]): void {
  const seen = new Set<string>()
  for (const [index, { id }] of members.entries()) {
    if (seen.has(id)) duplicate(index)
    seen.add(id)
  }
}

function duplicate(index: number): never {
  throw new LineFault('duplicateMember', `members[${index}].id`, '同じidの世帯員が2人います。')
}

function readMember(value: unknown, index: number): Member {
  if (!isRow(value)) return wrongType(`members[${index}]`, 'オブジェクト')
  for (const key in value) {
    switch (key) {
      case 'id':
      case 'birthDate':
      case 'head':
      case 'insured':
      case 'income':
        break
      default:
        unknown(`members[${index}].${key}`)
    }
  }
  const id = value.id
  if (typeof id !== 'string' || id === '') text(id, `members[${index}].id`)
  const { head } = value
  if (head !== undefined && typeof head !== 'boolean') {
    wrongType(`members[${index}].head`, 'trueかfalse')
  }
  const birthDate = readDay(value.birthDate, index, 'birthDate')
  const insured = readInsured(value.insured, index)
  if (insured !== null && insured.from < birthDate) {
    throw new LineFault(
      'wrongOrder',
      `members[${index}].insured.from`,
      '資格取得日が生年月日より前です。',
    )
  }
  return {
    id: id as string,
    birthDate,
    head: head === true,
    insured,
    income: readIncome(value.income, index),
  }
}

function readInsured(value: unknown, index: number): Insured | null {
  if (value === undefined || value === null) return null
  const at = 'insured'
  if (!isRow(value)) return wrongType(`members[${index}].${at}`, 'オブジェクトかnull')
  for (const key in value) {
    if (key !== 'from' && key !== 'until' && key !== 'formerDependent') {
      unknown(`members[${index}].${at}.${key}`)
    }
  }
  const { formerDependent } = value
  if (formerDependent !== undefined && typeof formerDependent !== 'boolean') {
    wrongType(`members[${index}].${at}.formerDependent`, 'trueかfalse')
  }
  const from = readDay(value.from, index, 'insured.from')
  const until =
    value.until === undefined || value.until === null
      ? null
      : readDay(value.until, index, 'insured.until')
  if (until !== null && until < from) {
    throw new LineFault(
      'wrongOrder',
      `members[${index}].insured.until`,
      '資格喪失日が資格取得日より前です。',
    )
  }
  return { from, until, formerDependent: formerDependent === true }
}

function readIncome(value: unknown, index: number): Income {
  if (value === undefined) return noIncome
  if (!isRow(value)) return wrongType(`members[${index}].income`, 'オブジェクト')
  for (const key in value) {
    switch (key) {
      case 'declared':
      case 'publicPension':
      case 'salary':
      case 'familyEmployeeSalary':
      case 'business':
      case 'familyEmployeeDeduction':
      case 'capitalGains':
      case 'capitalGainsSpecialDeduction':
      case 'other':
        break
      default:
        unknown(`members[${index}].income.${key}`)
    }
  }
  const { declared } = value
  if (declared !== undefined && typeof declared !== 'boolean') {
    wrongType(`members[${index}].income.declared`, 'trueかfalse')
  }
  const salary = amount(value.salary, index, 'salary')
  const familyEmployeeSalary = amount(value.familyEmployeeSalary, index, 'familyEmployeeSalary')
  if (familyEmployeeSalary > salary) {
    throw new LineFault(
      'wrongOrder',
      `members[${index}].income.familyEmployeeSalary`,
      '専従者給与は給与収入（salary）の内数です。給与収入を超えています。',
    )
  }
  return {
    declared: declared !== false,
    publicPension: amount(value.publicPension, index, 'publicPension'),
    salary,
    familyEmployeeSalary,
    business: amount(value.business, index, 'business'),
    businessLoss: 0,
    familyEmployeeDeduction: amount(
      value.familyEmployeeDeduction,
      index,
      'familyEmployeeDeduction',
    ),
    capitalGains: amount(value.capitalGains, index, 'capitalGains'),
    capitalGainsSpecialDeduction: amount(
      value.capitalGainsSpecialDeduction,
      index,
      'capitalGainsSpecialDeduction',
    ),
    other: amount(value.other, index, 'other'),
  }
}

function amount(value: unknown, index: number, key: string): number {
  if (value === undefined) return 0
  if (typeof value === 'number' && value >= 0 && value <= amountMax && value % 1 === 0) {
    return value + 0
  }
  const at = `members[${index}].income.${key}`
  if (typeof value !== 'number') return wrongType(at, '円の整数')
  if (value < 0) {
    throw new LineFault(
      'negativeAmount',
      at,
      '金額が0より小さくなっています。0以上の円で書いてください。',
    )
  }
  if (value > amountMax) {
    throw new LineFault('amountTooLarge', at, '金額は999,999,999,999円までです。')
  }
  throw new LineFault(
    'notWholeYen',
    at,
    '金額に1円未満の端数があります。円の整数で書いてください。',
  )
}

function readDay(value: unknown, index: number, key: string): NumericDay {
  if (typeof value === 'string') {
    const day = parseNumericDay(value)
    if (day !== null) return day
  }
  const at = `members[${index}].${key}`
  if (value === undefined) missing(at)
  if (typeof value !== 'string') return wrongType(at, '文字（YYYY-MM-DD）')
  throw new LineFault('wrongDate', at, '暦にある日をYYYY-MM-DDで書いてください。')
}

function text(value: unknown, at: string): string {
  if (value === undefined) missing(at)
  if (typeof value !== 'string') return wrongType(at, '文字')
  if (value === '')
    throw new LineFault('wrongValue', at, '空の文字です。1文字以上で書いてください。')
  return value
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unknown(at: string): never {
  throw new LineFault('unknownKey', at, 'この名前の項目はありません。つづりを確かめてください。')
}

function missing(at: string): never {
  throw new LineFault('missingKey', at, 'この項目がありません。')
}

function wrongType(at: string, wanted: string): never {
  throw new LineFault('wrongType', at, `${wanted}で書いてください。`)
}
