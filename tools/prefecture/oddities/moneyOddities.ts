import type { Amend } from '../income.ts'
import type { HouseholdModel, Person } from '../people.ts'
import { insuredHere, type Oddity } from './oddity.ts'

/** Lived here on every 1 January that counts, so that every year has a record. */
const settled = (household: HouseholdModel, person: Person): boolean =>
  insuredHere(household, person) && person.stays.length === 1 && person.stays[0]?.movedFrom === null
const alone = (household: HouseholdModel, person: Person): boolean =>
  settled(household, person) && household.persons.length === 1
const core = (household: HouseholdModel, person: Person): boolean =>
  settled(household, person) && person.role === 'core'
const couple = (household: HouseholdModel, person: Person): boolean =>
  core(household, person) && household.seat.kind === 'coupleBoth' && household.persons.length === 2

const nothing = {
  publicPension: 0,
  salary: 0,
  familyEmployeeSalary: 0,
  business: 0,
  familyEmployeeDeduction: 0,
  capitalGains: 0,
  capitalGainsSpecialDeduction: 0,
  other: 0,
  declared: true,
}

/** 決まった金額の人 — the same amounts in every year with records. */
function amounts(
  id: string,
  title: string,
  per100k: number,
  income: ReturnType<Amend>,
  suits: Oddity['suits'] = alone,
): Oddity {
  return {
    id,
    title,
    per100k,
    touches: ['money'],
    suits,
    income: (_person, own) => (own ? { ...nothing, ...income } : {}),
    shows: ({ taxRecords }) =>
      taxRecords.some((record) =>
        Object.entries(income).every(([key, value]) =>
          key === 'declared'
            ? record.declaration === (value ? '1' : '0')
            : record[key as keyof typeof record] === value,
        ),
      ),
  }
}

const pension = (yen: number): ReturnType<Amend> => ({ publicPension: yen })

/** 所得・課税の珍しい場合 — thresholds of FY2026 and before, both sides of each. */
export const moneyOddities: readonly Oddity[] = [
  {
    id: 'family-employee',
    title: '専従者給与（事業主の専従者控除と、配偶者の専従者給与収入。軽減の判定でもどす。J1）',
    per100k: 130,
    touches: ['money'],
    suits: couple,
    income: (person, own) => {
      if (own)
        return {
          ...nothing,
          publicPension: 700_000,
          business: 900_000,
          familyEmployeeDeduction: 860_000,
        }
      return person.role === 'spouse'
        ? { ...nothing, publicPension: 650_000, salary: 860_000, familyEmployeeSalary: 860_000 }
        : {}
    },
    shows: ({ taxRecords, household }) =>
      taxRecords.some(({ familyEmployeeDeduction }) => familyEmployeeDeduction === 860_000) &&
      household.taxRecords.some(({ familyEmployeeSalary }) => familyEmployeeSalary === 860_000),
  },
  {
    id: 'undeclared-head',
    title: '世帯主（被保険者でない子など）が未申告',
    per100k: 0,
    touches: ['money'],
    suits: (household, person) =>
      settled(household, person) &&
      household.persons.some(
        ({ role, stays }) => role === 'child' && stays.at(-1)?.relation === '世帯主',
      ),
    income: (person) => (person.role === 'child' ? { ...nothing, declared: false } : {}),
    shows: ({ household: { household, taxRecords } }) =>
      taxRecords.some(
        ({ addresseeNumber, declaration }) =>
          addresseeNumber === household.headAddresseeNumber && declaration === '0',
      ),
  },
  amounts('undeclared', '未申告の被保険者', 0, { declared: false }),
  {
    id: 'income-unknown',
    title: '所得を照会中（申告区分2）',
    per100k: 100,
    touches: ['money'],
    suits: alone,
    records: (_records, { taxRecords }, _numbers, { fiscalYear }) => {
      for (const record of taxRecords) {
        if (record.fiscalYear !== fiscalYear) continue
        Object.assign(record, {
          ...nothing,
          declaration: '2',
          taxableIncome: 0,
          headAdjustment: 0,
          residentTax: '1',
          statedRevenue: null,
          revenue: 0,
          taxFree: false,
        })
        Reflect.deleteProperty(record, 'declared')
      }
    },
    shows: ({ taxRecords }) => taxRecords.some(({ declaration }) => declaration === '2'),
  },
  {
    id: 'no-tax-record',
    title: '今年度の課税の記録がない',
    per100k: 20,
    touches: ['money'],
    suits: alone,
    records: (records, { taxRecords }, _numbers, { fiscalYear }) => {
      const gone = new Set(taxRecords.filter((record) => record.fiscalYear === fiscalYear))
      records.taxRecords = records.taxRecords.filter((record) => !gone.has(record))
    },
    shows: ({ taxRecords }, { fiscalYear }) =>
      taxRecords.every((record) => record.fiscalYear !== fiscalYear),
  },
  {
    id: 'corrected-record',
    title: '前年度の所得が更正された',
    per100k: 100,
    touches: ['money'],
    suits: alone,
    records: (_records, { taxRecords }, _numbers, { fiscalYear, worldDate }) => {
      for (const record of taxRecords) {
        if (record.fiscalYear !== fiscalYear - 1) continue
        record.correctedOn = worldDate
        record.operatedOn = worldDate
      }
    },
    shows: ({ taxRecords }) => taxRecords.some(({ correctedOn }) => correctedOn !== null),
  },
  amounts('nothing-but-survivors', '遺族年金だけ（課税の収入が0）', 0, {
    publicPension: 0,
    declared: true,
  }),
  amounts('pension-1100000', '年金収入110万円（所得0の境目）', 0, pension(1_100_000), core),
  amounts(
    'pension-1250000',
    '年金収入125万円（給与所得者等に数えない境目）',
    0,
    pension(1_250_000),
    couple,
  ),
  amounts('pension-1250001', '年金収入125万円を1円こえる', 0, pension(1_250_001), couple),
  amounts('pension-1530000', '年金収入153万円（所得割0の境目）', 0, pension(1_530_000), core),
  amounts('pension-1530001', '年金収入153万円を1円こえる', 0, pension(1_530_001), core),
  amounts('pension-1680000', '年金収入168万円（単身の7割軽減の境目）', 0, pension(1_680_000)),
  amounts('pension-1680001', '年金収入168万円を1円こえる', 0, pension(1_680_001)),
  amounts(
    'pension-1990000',
    '年金収入199万円（単身の5割軽減の境目、令和8年度）',
    0,
    pension(1_990_000),
  ),
  amounts('pension-1990001', '年金収入199万円を1円こえる', 0, pension(1_990_001)),
  amounts(
    'pension-2250000',
    '年金収入225万円（単身の2割軽減の境目、令和8年度）',
    0,
    pension(2_250_000),
  ),
  amounts('pension-2250001', '年金収入225万円を1円こえる', 0, pension(2_250_001)),
  amounts(
    'salary-and-pension',
    '給与と年金の両方（所得金額調整控除）',
    0,
    {
      publicPension: 1_650_000,
      salary: 1_200_000,
    },
    core,
  ),
  amounts(
    'business-loss',
    '事業所得が赤字（損益通算）',
    0,
    {
      publicPension: 1_900_000,
      business: -600_000,
    },
    core,
  ),
  amounts(
    'capital-gains',
    '譲渡所得がある',
    0,
    {
      publicPension: 800_000,
      capitalGains: 1_800_000,
    },
    core,
  ),
  amounts(
    'capital-gains-special',
    '譲渡所得の特別控除3,000万円（軽減の判定でもどす）',
    0,
    {
      publicPension: 700_000,
      capitalGains: 0,
      capitalGainsSpecialDeduction: 30_000_000,
    },
    core,
  ),
  amounts(
    'capital-gains-large',
    '譲渡所得5,000万円',
    0,
    {
      publicPension: 1_500_000,
      capitalGains: 50_000_000,
    },
    core,
  ),
  amounts(
    'over-cap',
    '賦課限度額をこえる',
    0,
    { publicPension: 2_400_000, other: 9_600_000 },
    core,
  ),
  amounts(
    'basic-deduction-290000',
    '合計所得2,450万円（基礎控除29万円）',
    0,
    {
      other: 24_500_000,
    },
    core,
  ),
  amounts('basic-deduction-0', '合計所得2,500万円超（基礎控除0）', 0, { other: 25_000_001 }, core),
  amounts('one-yen', '所得割の基礎が1円', 0, { other: 430_001 }, core),
  amounts('pension-odd', '端数の出る年金（330万円をこえる控除の段）', 0, pension(3_333_333), core),
]
