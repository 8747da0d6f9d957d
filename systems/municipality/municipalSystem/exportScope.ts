import {
  addMonths,
  addYears,
  type FiscalYear,
  firstDayOf,
  fiscalYear,
  fiscalYearOf,
  type PlainDate,
} from '@koiki/kernel'
import { 住民基本台帳情報, 住登外登録情報 } from '@koiki/layouts'
import type { Transaction } from '@koiki/store'
import { householdHead, residentStatus } from '../resident.ts'

export type ExportMode = 'full' | 'difference'

/** 移出の範囲 — from which days the persons of an export follow. */
export interface ExportScope {
  readonly municipality: string
  readonly mode: ExportMode
  /** Born on this day or before: of age, or of age within the horizon. */
  readonly bornUntil: PlainDate
  /** Removed on this day or after: their rights of the fiscal year are still to be settled. */
  readonly removedSince: PlainDate
}

/** 年齢到達予定者を先に知らせる月数 — so long before the 75th birthday; no public rule was found. */
export const horizonMonthsDefault = 3

const ageOfRight = 75

export function exportScope(
  municipality: string,
  mode: ExportMode,
  today: PlainDate,
  year: FiscalYear,
  horizonMonths: number = horizonMonthsDefault,
): ExportScope {
  return {
    municipality,
    mode,
    bornUntil: addYears(addMonths(today, horizonMonths), -ageOfRight),
    removedSince: firstDayOf(year),
  }
}

/**
 * 2-2の対象を選ぶ — fills `outgoing` with 宛名番号: in full, the insured, those certified, those of age or
 * soon to be, and everyone in a household of theirs; as a difference, those of them whose content is not
 * what the union was last given, each with the whole household, since a file must show its head. Who was
 * followed and is in no such household any more is sent a last time, with the head of the new household
 * and nobody else of it. `core` says who is followed from now on.
 */
export async function selectResidents(tx: Transaction, scope: ExportScope): Promise<void> {
  const { municipality, mode, bornUntil, removedSince } = scope
  await hold(
    tx,
    'own',
    `select addressee_number, household_number, relationship, birth_date, status, removed_on,
            content_sha256
       from municipal_system.resident
      where municipality_code = $1`,
    [municipality],
  )
  await holdKnown(tx, municipality, 住民基本台帳情報.name)
  await hold(
    tx,
    'entitled',
    `select addressee_number from municipal_system.insured_person where municipality_code = $1
     union
     select addressee_number from municipal_system.disability_certification
      where municipality_code = $1 and (withdrawn_on is null or withdrawn_on >= $2::date)`,
    [municipality, removedSince],
  )
  await hold(
    tx,
    'subject',
    `select addressee_number, household_number
       from own
       left join entitled using (addressee_number)
      where entitled.addressee_number is not null
         or (birth_date <= $1::date and (status = $3 or removed_on >= $2::date))`,
    [bornUntil, removedSince, residentStatus.present],
  )
  await hold(
    tx,
    'core',
    `select addressee_number from subject
     union
     select addressee_number from own
      where (status = $2 or removed_on >= $1::date)
        and household_number in (select household_number from subject)`,
    [removedSince, residentStatus.present],
  )
  await hold(
    tx,
    'changed',
    `select addressee_number, own.household_number, own.status
       from own
       left join core using (addressee_number)
       left join known using (addressee_number)
      where (core.addressee_number is not null or known.following)
        and ($1 and core.addressee_number is not null
             or known.content_sha256 is distinct from own.content_sha256)`,
    [mode === 'full'],
  )
  await hold(
    tx,
    'outgoing',
    `select addressee_number, core.addressee_number is not null as core
       from own
       left join core using (addressee_number)
      where addressee_number in (select addressee_number from changed)
         or (own.status = $1
             and own.household_number in (select household_number from changed where status = $1)
             and (core.addressee_number is not null or own.relationship = $2))`,
    [residentStatus.present, householdHead],
  )
}

/** 2-2の対象を選ぶ — 住登外: whoever this system keeps for the purpose of this insurance. */
export async function selectNonRegistered(tx: Transaction, scope: ExportScope): Promise<void> {
  await holdKnown(tx, scope.municipality, 住登外登録情報.name)
  await hold(
    tx,
    'outgoing',
    `select addressee_number, true as core
       from municipal_system.non_registered_person as own
       left join known using (addressee_number)
      where own.municipality_code = $1
        and ($2 or known.content_sha256 is distinct from own.content_sha256)`,
    [scope.municipality, scope.mode === 'full'],
  )
}

/** From April the fiscal year is another; from August the share rests on its incomes. */
const fiscalMonth = 4
const shareMonth = 8

/**
 * 4-2の年度 — whose incomes the union needs on a day, if nobody names one: those of the fiscal year for premiums,
 * and from April to July also those of the year before, on which 一部負担金の割合 rests until 31 July.
 */
export function incomeYears(today: PlainDate): readonly FiscalYear[] {
  const year = fiscalYearOf(today)
  const month = Number(today.slice(5, 7))
  return month >= fiscalMonth && month < shareMonth ? [fiscalYear(year - 1), year] : [year]
}

/**
 * 4-2の対象を選ぶ — the incomes of the fiscal years, of the persons whom the union was given in 2-2. What was refused
 * is given again whichever year it is of: nobody else would send it.
 */
export async function selectIncomes(
  tx: Transaction,
  scope: ExportScope,
  layout: string,
  fiscalYears: readonly FiscalYear[],
): Promise<void> {
  const { municipality } = scope
  await hold(
    tx,
    'known',
    `select addressee_number, fiscal_year, content_sha256, following
       from municipal_system.exported_record
      where municipality_code = $1 and layout = $2`,
    [municipality, layout],
    'addressee_number, fiscal_year',
  )
  await hold(
    tx,
    'given',
    `select distinct addressee_number from municipal_system.exported_record
      where municipality_code = $1 and layout in ($2, $3) and following`,
    [municipality, 住民基本台帳情報.name, 住登外登録情報.name],
  )
  await hold(
    tx,
    'outgoing',
    `select addressee_number, fiscal_year, true as core
       from (select addressee_number, fiscal_year, content_sha256 from municipal_system.income
              where municipality_code = $1) as own
       join given using (addressee_number)
       left join known using (addressee_number, fiscal_year)
      where own.fiscal_year = any ($2::smallint[])
            and ($3 or known.content_sha256 is distinct from own.content_sha256)
         or known.content_sha256 = ${refusedContent}`,
    [municipality, fiscalYears, scope.mode === 'full'],
    'addressee_number, fiscal_year',
  )
}

/** 断られた内容 — stands for "the union was given this and applied nothing of it". */
export const refusedContent = `sha256(''::bytea)`

const holdKnown = (tx: Transaction, municipality: string, layout: string): Promise<void> =>
  hold(
    tx,
    'known',
    `select addressee_number, content_sha256, following from municipal_system.exported_record
      where municipality_code = $1 and layout = $2 and fiscal_year = 0`,
    [municipality, layout],
  )

/**
 * A temporary table by 宛名番号, counted at once: nobody has counted the large tables yet when they have just
 * been filled, and a join guessed for a few rows would take hours over a city.
 */
async function hold(
  tx: Transaction,
  name: string,
  query: string,
  values: readonly unknown[],
  key = 'addressee_number',
): Promise<void> {
  await tx.run(`create temp table ${name} on commit drop as ${query}`, values)
  await tx.run(`alter table ${name} add primary key (${key})`)
  await tx.run(`analyze ${name}`)
}
