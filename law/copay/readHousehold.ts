import {
  isAmount,
  isLineRow,
  LineFault,
  type LineRow,
  type NumericDay,
  parseNumericDay,
  readDay,
  readMembers,
  readText,
  refuseAmount,
  refuseDay,
  refuseKey,
  refuseMissing,
  refuseType,
} from '@koiki/kernel'
import type { Household, Member } from './copay.ts'

export type AskedHousehold = Household & { readonly id: string }

/** 世帯の読取り — checks every key and value of a question by hand. Throws LineFault at the first fault. */
export function readHousehold(row: LineRow): AskedHousehold {
  for (const key in row) {
    switch (key) {
      case 'id':
      case 'date':
      case 'members':
      case 'revenueConfirmed':
      case 'appliedOn':
        break
      default:
        refuseKey(key)
    }
  }
  const id = readText(row.id, 'id')
  const date = readDay(row.date, 'date')
  const revenueConfirmed = row.revenueConfirmed === undefined ? true : row.revenueConfirmed
  if (typeof revenueConfirmed !== 'boolean') refuseType('revenueConfirmed', 'trueかfalse')
  const appliedOn =
    row.appliedOn === undefined || row.appliedOn === null
      ? null
      : readDay(row.appliedOn, 'appliedOn')
  const members = readMembers(row.members, (value, index) => readMember(value, index, date))
  return { id, date, members, revenueConfirmed, appliedOn }
}

function readMember(value: unknown, index: number, date: NumericDay): Member {
  if (!isLineRow(value)) refuseType(`members[${index}]`, 'オブジェクト')
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
        refuseKey(`members[${index}].${key}`)
    }
  }
  const { id, insured } = value
  if (typeof id !== 'string' || id === '') readText(id, `members[${index}].id`)
  const { birthDate: born } = value
  const birthDate =
    (typeof born === 'string' ? parseNumericDay(born) : null) ??
    refuseDay(born, `members[${index}].birthDate`)
  if (birthDate > date) {
    throw new LineFault(
      'wrongOrder',
      `members[${index}].birthDate`,
      '生年月日が判定の日より後です。どちらかの日を確かめてください。',
    )
  }
  if (insured === undefined) refuseMissing(`members[${index}].insured`)
  if (typeof insured !== 'boolean') refuseType(`members[${index}].insured`, 'trueかfalse')
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
  if (isAmount(value)) return value + 0
  const at = `members[${index}].${key}`
  if (value === undefined) {
    if (!needed) return 0
    refuseMissing(at)
  }
  refuseAmount(value, at)
}
