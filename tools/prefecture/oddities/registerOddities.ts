import { dayNumber, firstOfMonth } from '@koiki/kernel'
import type { HouseholdModel, Person, Stay } from '../people.ts'
import { insuredCore as core, found, type Oddity, type Setting } from './oddity.ts'

/** Nothing has happened to the person's stay within the history. */
const quiet = (household: HouseholdModel, person: Person, { start }: Setting): boolean =>
  core(household, person) &&
  person.stays.length === 1 &&
  household.persons.length === 1 &&
  (person.stays[0] as Stay).changedOn < start
const only = (_household: HouseholdModel, person: Person): Stay => person.stays.at(-1) as Stay
/** The last day of the month before the world date. */
const monthEnd = ({ worldDate }: Pick<Setting, 'worldDate'>): number =>
  dayNumber(firstOfMonth(worldDate)) - 1

/** 異動事由だけが珍しい — the last change is of a rare kind. */
function changed(
  id: string,
  title: string,
  reason: Stay['changeReason'],
  per100k: number,
  daysAgo: number,
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['stays'],
    suits: quiet,
    household: (household, person, _turn, { today }) => {
      const stay = only(household, person)
      stay.changedOn = today - daysAgo
      stay.operatedOn = today - daysAgo
      stay.changeReason = reason
    },
    shows: ({ resident }) => resident?.changeReason === reason && resident.status === '1',
  }
}

/** 死亡の日を決める — of somebody who died anyway. */
function died(
  id: string,
  title: string,
  day: (setting: Setting) => number,
  reportedAfter: number,
): Oddity {
  return {
    id,
    title,
    per100k: 0,
    touches: ['stays'],
    suits: (household, person) => household.seat.kind === 'diedAlone' && person.role === 'core',
    household: (household, person, _turn, setting) => {
      const stay = only(household, person)
      const on = day(setting)
      stay.removedOn = on
      stay.changedOn = on
      stay.operatedOn = Math.min(on + reportedAfter, setting.today - 1)
    },
    shows: ({ resident }, setting) =>
      resident?.removedOn !== null &&
      resident?.removedOn !== undefined &&
      dayNumber(resident.removedOn) === day(setting) &&
      resident.changeReason === '05',
  }
}

/** 住民票の異動の珍しい場合 */
export const registerOddities: readonly Oddity[] = [
  died('died-month-end', '月の末日に死亡（喪失の日は翌月1日）', monthEnd, 3),
  died(
    'died-before-month-end',
    '月の末日の前日に死亡（喪失の日は末日）',
    (setting) => monthEnd(setting) - 1,
    3,
  ),
  died('died-late-report', '死亡の届出が1年以上おくれた', ({ today }) => today - 420, 400),
  {
    id: 'removed-ex-officio',
    title: '職権による消除（居所不明）',
    per100k: 4,
    touches: ['stays'],
    suits: (household, person) => household.seat.kind === 'leftAlone' && person.role === 'core',
    household: (household, person) => {
      const stay = only(household, person)
      stay.changeReason = '10'
      stay.movedTo = null
    },
    shows: ({ resident }) => resident?.changeReason === '10' && resident.status === '2',
  },
  found(
    'left-prefecture',
    '県外へ転出した',
    ['stays'],
    (household, person) => household.seat.kind === 'leftAlone' && person.role === 'core',
    ({ resident }) => resident?.changeReason === '04' && resident.movedTo !== null,
  ),
  found(
    'came-back',
    '県外へ出て、県内の別の市区町村に戻った',
    ['stays'],
    (household, person) => {
      const [before, now] = person.stays
      return (
        core(household, person) && person.stays.length === 2 && before!.movedTo === now!.movedFrom
      )
    },
    ({ residents }) =>
      residents.some(
        ({ movedTo }) =>
          movedTo !== null &&
          !residents.some(({ municipalityCode }) => municipalityCode === movedTo),
      ),
  ),
  found(
    'moved-between',
    '県内の2つの市区町村に記録がある（転居、同じ個人番号）',
    ['stays'],
    (household, person) => core(household, person) && person.stays.length === 2,
    ({ residents }) => residents.length === 2 && residents.some(({ status }) => status === '2'),
  ),
  found(
    'moved-twice',
    '県内で2度転居し、3つの記録がある',
    ['stays'],
    (household, person) => core(household, person) && person.stays.length === 3,
    ({ residents }) => residents.length === 3,
  ),
  found(
    'arrived',
    '県外から転入した',
    ['stays'],
    (household, person, { start }) => {
      const last = person.stays.at(-1)
      return (
        core(household, person) &&
        person.stays.length === 1 &&
        last!.movedFrom !== null &&
        last!.since >= start
      )
    },
    ({ resident }) => resident?.changeReason === '01' && resident.movedFrom !== null,
  ),
  found(
    'widowed',
    '配偶者の死亡で世帯主が替わった',
    ['stays'],
    (household, person) =>
      core(household, person) &&
      person.stays.at(-1)!.relation === '世帯主' &&
      household.persons.some(({ role }) => role === 'formerSpouse'),
    ({ resident }) => resident?.changeReason === '06' && resident.relationship === '世帯主',
  ),
  changed('name-changed', '氏名が変わった', '07', 10, 77),
  changed('entered-ex-officio', '職権による記載', '08', 3, 61),
  changed('corrected-ex-officio', '職権による修正', '09', 5, 33),
  {
    ...changed('number-changed', '個人番号が変わった', '11', 3, 20),
    touches: ['stays', 'number'],
    records: (_records, { household, person, residents }, numbers) => {
      for (const resident of residents) {
        resident.individualNumber = numbers.individual(household.seat, person.slot, 1)
      }
    },
  },
  {
    id: 'number-missing',
    title: '個人番号がまだ結びついていない',
    per100k: 20,
    touches: ['number'],
    suits: (household, person) => core(household, person) && person.stays.length === 1,
    row: (resident) => {
      resident.individualNumber = null
    },
    shows: ({ resident }) => resident?.individualNumber === null,
  },
]
