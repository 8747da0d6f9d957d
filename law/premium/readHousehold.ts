import {
  type FiscalYear,
  fiscalYear,
  isAmount,
  isLineRow,
  LineFault,
  type LineRow,
  type NumericDay,
  parseNumericDay,
  readMembers,
  readText,
  refuseAmount,
  refuseDay,
  refuseKey,
  refuseMissing,
  refuseType,
} from '@koiki/kernel'

import { type Household, type Income, type Insured, type Member, noIncome } from './assessment.ts'

export type AskedHousehold = Household & { readonly id: string }

/** 世帯の読取り — checks every key and value of a question by hand. Throws LineFault at the first fault. */
export function readHousehold(row: LineRow): AskedHousehold {
  for (const key in row) {
    if (key !== 'id' && key !== 'union' && key !== 'fiscalYear' && key !== 'members') refuseKey(key)
  }
  const id = readText(row.id, 'id')
  const union = readText(row.union, 'union')
  if (!/^\d{2}$/.test(union)) {
    throw new LineFault(
      'wrongValue',
      'union',
      '広域連合は都道府県の2桁の番号（"43"など）で書いてください。',
    )
  }
  const year = readYear(row.fiscalYear)
  const members = readMembers(row.members, readMember, oneHead())
  return { id, union, fiscalYear: year, members }
}

function readYear(value: unknown): FiscalYear {
  if (value === undefined) refuseMissing('fiscalYear')
  if (typeof value !== 'number') refuseType('fiscalYear', '数')
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

/** 世帯主は1人 — told of the second one. */
function oneHead(): (member: Member, index: number) => void {
  let heads = 0
  return ({ head }, index) => {
    if (head) heads += 1
    if (heads > 1) {
      const message = '世帯主が2人います。1人だけにしてください。'
      throw new LineFault('twoHeads', `members[${index}].head`, message)
    }
  }
}

function readMember(value: unknown, index: number): Member {
  if (!isLineRow(value)) refuseType(`members[${index}]`, 'オブジェクト')
  for (const key in value) {
    switch (key) {
      case 'id':
      case 'birthDate':
      case 'head':
      case 'insured':
      case 'income':
        break
      default:
        refuseKey(`members[${index}].${key}`)
    }
  }
  const id = value.id
  if (typeof id !== 'string' || id === '') readText(id, `members[${index}].id`)
  const { head } = value
  if (head !== undefined && typeof head !== 'boolean') {
    refuseType(`members[${index}].head`, 'trueかfalse')
  }
  const birthDate = readMemberDay(value.birthDate, index, 'birthDate')
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
  if (!isLineRow(value)) refuseType(`members[${index}].${at}`, 'オブジェクトかnull')
  for (const key in value) {
    if (key !== 'from' && key !== 'until' && key !== 'formerDependent') {
      refuseKey(`members[${index}].${at}.${key}`)
    }
  }
  const { formerDependent } = value
  if (formerDependent !== undefined && typeof formerDependent !== 'boolean') {
    refuseType(`members[${index}].${at}.formerDependent`, 'trueかfalse')
  }
  const from = readMemberDay(value.from, index, 'insured.from')
  const until =
    value.until === undefined || value.until === null
      ? null
      : readMemberDay(value.until, index, 'insured.until')
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
  if (!isLineRow(value)) refuseType(`members[${index}].income`, 'オブジェクト')
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
        refuseKey(`members[${index}].income.${key}`)
    }
  }
  const { declared } = value
  if (declared !== undefined && typeof declared !== 'boolean') {
    refuseType(`members[${index}].income.declared`, 'trueかfalse')
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
  return isAmount(value) ? value + 0 : refuseAmount(value, `members[${index}].income.${key}`)
}

function readMemberDay(value: unknown, index: number, key: string): NumericDay {
  const day = typeof value === 'string' ? parseNumericDay(value) : null
  return day ?? refuseDay(value, `members[${index}].${key}`)
}
