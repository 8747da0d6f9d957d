import {
  addYears,
  dayAfter,
  dayNumber,
  firstDayOf,
  fiscalYear,
  formatWareki,
  isLeapYear,
  type PlainDate,
  plainDateOf,
  yearOf,
} from '@koiki/kernel'
import { dateOf } from '../ages.ts'
import type { HouseholdModel, Person } from '../people.ts'
import { insuredHere, livesHere, type Oddity, type Setting } from './oddity.ts'

const ageOf = ({ today }: Setting, person: Person): number => (today - person.birth) / 365.2425
const aged =
  (from: number, until: number) =>
  (household: HouseholdModel, person: Person, setting: Setting): boolean =>
    insuredHere(household, person) &&
    person.certification === null &&
    ageOf(setting, person) >= from &&
    ageOf(setting, person) < until

/** 一部が不詳の生年月日 — the register takes the first day of what is known. */
function unknown(
  id: string,
  title: string,
  per100k: number,
  known: (born: PlainDate) => { taken: PlainDate; wording: string },
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['birth'],
    suits: aged(78, 100),
    household: (_household, person) => {
      person.birth = dayNumber(known(dateOf(person.birth)).taken)
    },
    label: (labels, household, slot) => {
      labels[slot]!.birthDateWording = known(dateOf(household.persons[slot]!.birth)).wording
    },
    shows: ({ resident }) =>
      resident?.birthDateUnknown === '1' && resident.birthDateWording !== null,
  }
}

/** 決まった日に生まれた人 — of an age at which the person stays insured. */
function bornOn(
  id: string,
  title: string,
  day: (setting: Omit<Setting, 'municipality'>) => PlainDate | null,
  suits?: Oddity['suits'],
): Oddity {
  return {
    id,
    title,
    per100k: 0,
    touches: ['birth'],
    exists: (setting) => {
      const born = day(setting)
      return born !== null && (suits !== undefined || born <= addYears(setting.worldDate, -75))
    },
    suits: (household, person, setting) => {
      if (suits !== undefined) return suits(household, person, setting)
      const age = (setting.today - dayNumber(day(setting) as PlainDate)) / 365.2425
      return aged(Math.max(75.02, age - 2.5), age + 2.5)(household, person, setting)
    },
    household: (_household, person, _turn, setting) => {
      person.birth = dayNumber(day(setting) as PlainDate)
    },
    shows: ({ resident }, setting) => resident?.birthDate === day(setting),
  }
}

/** About to reach 75 within a year of the world date, and not insured yet. */
const soon = (_household: HouseholdModel, person: Person, setting: Setting): boolean =>
  !person.insured &&
  livesHere(person) &&
  person.birth > dayNumber(addYears(setting.worldDate, -75)) &&
  person.birth <= dayNumber(addYears(setting.worldDate, -74))

const yearWording = (born: PlainDate): string => formatWareki(born, 'long').replace(/年.*$/, '年')
const fixed = (date: PlainDate) => (): PlainDate => date
const day = plainDateOf

/** 生年月日の珍しい場合 */
export const birthOddities: readonly Oddity[] = [
  bornOn(
    'reached-today',
    '今日75歳になった',
    ({ worldDate }) => addYears(worldDate, -75),
    aged(75, 76),
  ),
  bornOn(
    'reaches-tomorrow',
    '明日75歳になる',
    ({ worldDate }) => dayAfter(addYears(worldDate, -75)),
    soon,
  ),
  bornOn('reached-1-april', '4月1日生まれ（年度の初日に75歳）', ({ fiscalYear: year }) =>
    addYears(firstDayOf(fiscalYear(year)), -75),
  ),
  bornOn('reached-2-april', '4月2日生まれ（年度の2日目に75歳）', ({ fiscalYear: year }) =>
    dayAfter(addYears(firstDayOf(fiscalYear(year)), -75)),
  ),
  bornOn(
    'leap-day-soon',
    '2月29日生まれで、平年に75歳になる',
    ({ worldDate }) => leapDayIn(addYears(worldDate, -75), addYears(worldDate, -74)),
    soon,
  ),
  bornOn('leap-day', '2月29日生まれ', ({ worldDate }) =>
    leapDayIn(addYears(worldDate, -81), addYears(worldDate, -77)),
  ),
  bornOn(
    'era-taisho-last',
    '大正の最後の日の前日生まれ（1926-12-24）',
    fixed(day(1926, 12, 24)),
    aged(88, 101),
  ),
  bornOn(
    'era-showa-first',
    '昭和元年の初日生まれ（1926-12-25）',
    fixed(day(1926, 12, 25)),
    aged(88, 101),
  ),
  bornOn(
    'era-showa-year-end',
    '昭和元年の最後の日生まれ（1926-12-31）',
    fixed(day(1926, 12, 31)),
    aged(88, 101),
  ),
  bornOn(
    'needs-check',
    '105歳をこえ、所在の確認が要る',
    ({ worldDate }) => addYears(worldDate, -107),
    aged(88, 111),
  ),
  bornOn('new-year', '1月1日生まれ', ({ worldDate }) => day(yearOf(worldDate) - 93, 1, 1)),
  bornOn(
    'cap-2024-older',
    '令和6年度の賦課限度額の境目（昭和24年3月31日生まれ、73万円）',
    fixed(day(1949, 3, 31)),
  ),
  bornOn(
    'cap-2024-younger',
    '令和6年度の賦課限度額の境目（昭和24年4月1日生まれ、80万円）',
    fixed(day(1949, 4, 1)),
  ),
  bornOn('copay-older', '現役並みの判定の境目（昭和20年1月1日生まれ）', fixed(day(1945, 1, 1))),
  bornOn('copay-younger', '現役並みの判定の境目（昭和20年1月2日生まれ）', fixed(day(1945, 1, 2))),
  unknown('birth-day-unknown', '生まれた日が不詳', 8, (born) => {
    const month = Number(born.slice(5, 7))
    return {
      taken: plainDateOf(yearOf(born), month, 1),
      wording: `${yearWording(born)}${month}月日不詳`,
    }
  }),
  unknown('birth-month-unknown', '生まれた月と日が不詳', 5, (born) => ({
    taken: plainDateOf(yearOf(born), 1, 1),
    wording: `${yearWording(born)}月日不詳`,
  })),
  unknown('birth-year-estimated', '生まれた年が推定', 0.5, (born) => ({
    taken: plainDateOf(yearOf(born), 1, 1),
    wording: `${yearWording(born)}頃`,
  })),
]

/** The 29 February after `from` and not after `until`; null where there is none. */
function leapDayIn(from: PlainDate, until: PlainDate): PlainDate | null {
  for (let year = yearOf(from); year <= yearOf(until); year += 1) {
    if (!isLeapYear(year)) continue
    const date = plainDateOf(year, 2, 29)
    if (date > from && date <= until) return date
  }
  return null
}
