import { dayBefore, type PlainDate, yearOf } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Application, KnownFacts, Piece, Stay, TaxFact } from '../share.ts'
import { findCertificates } from './certificates.ts'

export const householdKey = (municipality: string, household: string): string =>
  `${municipality} ${household}`

export const taxKey = (residentKey: number, fiscalYear: number): string =>
  `${residentKey} ${fiscalYear}`

/**
 * 判定の事実を読む — of the insured persons given, since a day: eight statements, however many they are. Needs
 * the scope of the whole union, since a household's tax records may rest in another municipality.
 */
export async function findFacts(
  tx: Transaction,
  subjectKeys: readonly number[],
  since: PlainDate,
): Promise<KnownFacts> {
  // All of them: periods of earlier years are laid out anew with the others.
  const own = await findPieces(tx, 'subject_key', subjectKeys, null)
  const stays = await findStays(tx, unique(own.map(({ residentKey }) => residentKey)))
  const mates = await findHouseholds(tx, stays, since)
  const residents = unique([...own, ...stays, ...mates].map(({ residentKey }) => residentKey))
  const pieces = await findPieces(tx, 'resident_key', residents, since)
  const kin = await findKin(
    tx,
    unique([
      ...subjectKeys,
      ...mates.flatMap(({ subjectKey }) => (subjectKey === null ? [] : [subjectKey])),
    ]),
  )
  const everybody = unique([...residents, ...kin.keys(), ...[...kin.values()].flat()])
  const taxes = await findTaxes(tx, everybody, yearOf(since) - 1)
  return {
    piecesOf: grouped(own, ({ subjectKey }) => subjectKey),
    piecesOfResident: grouped(pieces, ({ residentKey }) => residentKey),
    staysOfResident: grouped(stays, ({ residentKey }) => residentKey),
    staysOfHousehold: grouped(mates, (stay) => householdKey(stay.municipality, stay.household)),
    kin,
    taxes: new Map(taxes.map((one) => [taxKey(one.residentKey, one.fiscalYear), one])),
    applications: grouped(await findApplications(tx, residents), ({ residentKey }) => residentKey),
    certificates: grouped(await findCertificates(tx, everybody), ({ residentKey }) => residentKey),
  }
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

async function findPieces(
  tx: Transaction,
  by: 'subject_key' | 'resident_key',
  keys: readonly number[],
  since: PlainDate | null,
): Promise<readonly Piece[]> {
  return tx.query<Piece>(
    `select subject_key as "subjectKey", resident_key as "residentKey",
            municipality_code as municipality, birth_date as "birthDate", began_on as "from",
            ended_on as "until", acquired_on as "acquiredOn"
       from eligibility.entitlement_period
      where ${by} = any ($1::bigint[]) and ($2::date is null or ended_on is null or ended_on > $2::date)
      order by subject_key, began_on`,
    [keys, since],
  )
}

const stayColumns = `p.resident_key as "residentKey", p.subject_key as "subjectKey",
  p.municipality_code as municipality, p.household_number as household,
  p.birth_date as "birthDate", p.began_on as "from", p.ended_on as "until"`

async function findStays(tx: Transaction, residents: readonly number[]): Promise<readonly Stay[]> {
  return tx.query<Stay>(
    `select ${stayColumns} from eligibility.household_period p
      where p.resident_key = any ($1::bigint[])
      order by p.resident_key, p.began_on`,
    [residents],
  )
}

async function findHouseholds(
  tx: Transaction,
  stays: readonly Stay[],
  since: PlainDate,
): Promise<readonly Stay[]> {
  const places = new Map(
    stays.map((one) => [householdKey(one.municipality, one.household), one] as const),
  )
  return tx.query<Stay>(
    `select ${stayColumns}
       from unnest($1::text[], $2::text[]) as h (municipality_code, household_number)
       join eligibility.household_period p using (municipality_code, household_number)
      where p.ended_on is null or p.ended_on > $3::date
      order by p.municipality_code, p.household_number, p.resident_key, p.began_on`,
    [
      [...places.values()].map(({ municipality }) => municipality),
      [...places.values()].map(({ household }) => household),
      since,
    ],
  )
}

async function findKin(
  tx: Transaction,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await tx.query<{ subjectKey: number; residentKey: number }>(
    `select subject_key as "subjectKey", resident_key as "residentKey"
       from eligibility.registered_residence
      where subject_key = any ($1::bigint[])
      order by resident_key`,
    [subjects],
  )
  const kin = new Map<number, readonly number[]>()
  for (const group of grouped(rows, ({ subjectKey }) => subjectKey).values()) {
    const keys = unique(group.map(({ residentKey }) => residentKey))
    if (keys.length < 2) continue
    for (const key of keys)
      kin.set(
        key,
        keys.filter((other) => other !== key),
      )
  }
  return kin
}

type TaxRow = {
  readonly resident_key: number
  readonly fiscal_year: number
  readonly declaration: TaxFact['declaration']
  readonly public_pension_yen: number
  readonly salary_yen: number
  readonly family_employee_salary_yen: number
  readonly business_yen: number
  readonly family_employee_deduction_yen: number
  readonly capital_gains_yen: number
  readonly capital_gains_special_deduction_yen: number
  readonly other_yen: number
  readonly taxable_income_yen: number | null
  readonly head_adjustment_yen: number | null
  readonly resident_tax: TaxFact['residentTax']
  readonly revenue_yen: number | null
  readonly recorded_at: string
}

async function findTaxes(
  tx: Transaction,
  residents: readonly number[],
  fromYear: number,
): Promise<readonly TaxFact[]> {
  const rows = await tx.query<TaxRow>(
    `select resident_key, fiscal_year, declaration, public_pension_yen, salary_yen,
            family_employee_salary_yen, business_yen, family_employee_deduction_yen,
            capital_gains_yen, capital_gains_special_deduction_yen, other_yen,
            taxable_income_yen, head_adjustment_yen, resident_tax, revenue_yen, recorded_at
       from premium.income_now
      where resident_key = any ($1::bigint[]) and fiscal_year >= $2::smallint`,
    [residents, fromYear],
  )
  return rows.map((row) => ({
    residentKey: row.resident_key,
    fiscalYear: row.fiscal_year,
    declaration: row.declaration,
    income: {
      declared: row.declaration === 'declared',
      publicPension: row.public_pension_yen,
      salary: row.salary_yen,
      familyEmployeeSalary: row.family_employee_salary_yen,
      business: Math.max(row.business_yen, 0),
      businessLoss: Math.max(-row.business_yen, 0),
      familyEmployeeDeduction: row.family_employee_deduction_yen,
      capitalGains: row.capital_gains_yen,
      capitalGainsSpecialDeduction: row.capital_gains_special_deduction_yen,
      other: row.other_yen,
    },
    taxableIncome: row.taxable_income_yen,
    headAdjustment: row.head_adjustment_yen,
    residentTax: row.resident_tax,
    revenue: row.revenue_yen,
    recordedAt: row.recorded_at,
  }))
}

type ApplicationFields = {
  readonly incomeYear?: string
  readonly ownRevenue?: number
  readonly othersRevenue?: number
  readonly nearlySeventyFiveRevenue?: number | null
}

/** An application holds from the month after it was filed: the day before is in the month of the filing. */
async function findApplications(
  tx: Transaction,
  residents: readonly number[],
): Promise<readonly Application[]> {
  const rows = await tx.query<{
    resident_key: number
    began_on: PlainDate
    receipt_number: string
    fields: ApplicationFields
  }>(
    `select resident_key, began_on, receipt_number, fields from eligibility.granted_filing
      where kind = 'standardIncome' and resident_key = any ($1::bigint[])
      order by resident_key, began_on, receipt_number`,
    [residents],
  )
  return rows.map((row) => {
    const filedOn = dayBefore(row.began_on)
    return {
      residentKey: row.resident_key,
      filedOn,
      from: row.began_on,
      incomeYear: yearOf(filedOn) - (row.fields.incomeYear === 'beforePrevious' ? 2 : 1),
      own: row.fields.ownRevenue ?? 0,
      others: row.fields.othersRevenue ?? 0,
      seventies: row.fields.nearlySeventyFiveRevenue ?? null,
      receiptNumber: row.receipt_number,
    }
  })
}
