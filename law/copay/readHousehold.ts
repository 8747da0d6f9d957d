import { type NumericDay, parseNumericDay } from '@koiki/kernel'
import { amountMax, type Household, type Member, membersMax } from './copay.ts'

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
  if (line.trim() === '') {
    const message = `${lineNumber}行目が空です。1行に1つのJSONを書いてください。`
    throw new LineFault('blankLine', '', message)
  }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new LineFault('malformedJson', '', `${lineNumber}行目をJSONとして読めません。`)
  }
  if (!isRow(value)) {
    const message = `${lineNumber}行目はJSONのオブジェクト { … } ではありません。`
    throw new LineFault('notAnObject', '', message)
  }
  return value
}

/** 世帯の読取り — checks every key and value of a question by hand. Throws LineFault at the first fault. */
export function readHousehold(row: Row): Household & { readonly id: string } {
  for (const key in row) {
    switch (key) {
      case 'id':
      case 'date':
      case 'members':
      case 'revenueConfirmed':
      case 'appliedOn':
        break
      default:
        unknown(key)
    }
  }
  const id = text(row.id, 'id')
  const date = day(row.date, 'date')
  const revenueConfirmed = row.revenueConfirmed === undefined ? true : row.revenueConfirmed
  if (typeof revenueConfirmed !== 'boolean') wrongType('revenueConfirmed', 'trueかfalse')
  const appliedOn =
    row.appliedOn === undefined || row.appliedOn === null ? null : day(row.appliedOn, 'appliedOn')
  const { members } = row
  if (members === undefined) missing('members')
  if (!Array.isArray(members)) wrongType('members', '配列')
  if (members.length > membersMax) {
    throw new LineFault('tooManyMembers', 'members', `世帯員は${membersMax}人までです。`)
  }
  return { id, date, members: readMembers(members, date), revenueConfirmed, appliedOn }
}

function readMembers(rows: readonly unknown[], date: NumericDay): Member[] {
  const members: Member[] = []
  for (let index = 0; index < rows.length; index += 1) {
    const member = readMember(rows[index], index, date)
    for (let other = 0; other < index && rows.length <= fewMembers; other += 1) {
      if (members[other]!.id === member.id) duplicate(index)
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

function readMember(value: unknown, index: number, date: NumericDay): Member {
  if (!isRow(value)) wrongType(`members[${index}]`, 'オブジェクト')
  for (const key in value) {
    switch (key) {
      case 'id':
      case 'birthDate':
      case 'insured':
      case 'taxableIncome':
      case 'base':
      case 'revenue':
      case 'pensionRevenue':
      case 'otherIncome':
        break
      default:
        unknown(`members[${index}].${key}`)
    }
  }
  const { id, insured } = value
  if (typeof id !== 'string' || id === '') text(id, `members[${index}].id`)
  const { birthDate: born } = value
  const birthDate =
    (typeof born === 'string' ? parseNumericDay(born) : null) ??
    day(born, `members[${index}].birthDate`)
  if (birthDate > date) {
    throw new LineFault(
      'wrongOrder',
      `members[${index}].birthDate`,
      '生年月日が判定の日より後です。どちらかの日を確かめてください。',
    )
  }
  if (insured === undefined) missing(`members[${index}].insured`)
  if (typeof insured !== 'boolean') wrongType(`members[${index}].insured`, 'trueかfalse')
  return {
    id: id as string,
    birthDate,
    insured,
    taxableIncome: amount(value.taxableIncome, index, 'taxableIncome', insured),
    base: amount(value.base, index, 'base', insured),
    revenue: amount(value.revenue, index, 'revenue', true),
    pensionRevenue: amount(value.pensionRevenue, index, 'pensionRevenue', insured),
    otherIncome: amount(value.otherIncome, index, 'otherIncome', insured),
  }
}

// An amount that is left out is not 0: of an insured person it would turn 3割 into 1割 unseen.
function amount(value: unknown, index: number, key: string, needed: boolean): number {
  if (typeof value === 'number' && value >= 0 && value <= amountMax && value % 1 === 0) {
    return value + 0
  }
  const at = `members[${index}].${key}`
  if (value === undefined) {
    if (!needed) return 0
    missing(at)
  }
  if (typeof value !== 'number') wrongType(at, '円の整数')
  if (value < 0) {
    const message = '金額が0より小さくなっています。0以上の円で書いてください。'
    throw new LineFault('negativeAmount', at, message)
  }
  if (value > amountMax) {
    throw new LineFault('amountTooLarge', at, '金額は999,999,999,999円までです。')
  }
  const message = '金額に1円未満の端数があります。円の整数で書いてください。'
  throw new LineFault('notWholeYen', at, message)
}

function day(value: unknown, at: string): NumericDay {
  if (value === undefined) missing(at)
  if (typeof value !== 'string') wrongType(at, '文字（YYYY-MM-DD）')
  const parsed = parseNumericDay(value)
  if (parsed !== null) return parsed
  throw new LineFault('wrongDate', at, '暦にある日をYYYY-MM-DDで書いてください。')
}

function text(value: unknown, at: string): string {
  if (value === undefined) missing(at)
  if (typeof value !== 'string') wrongType(at, '文字')
  if (value === '') {
    throw new LineFault('wrongValue', at, '空の文字です。1文字以上で書いてください。')
  }
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
