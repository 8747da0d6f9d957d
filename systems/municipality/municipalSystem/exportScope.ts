import { addMonths, addYears, type FiscalYear, firstDayOf, type PlainDate } from '@koiki/kernel'
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
  fiscalYear: FiscalYear,
  horizonMonths: number = horizonMonthsDefault,
): ExportScope {
  return {
    municipality,
    mode,
    bornUntil: addYears(addMonths(today, horizonMonths), -ageOfRight),
    removedSince: firstDayOf(fiscalYear),
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
  await tx.run(
    `create temp table core on commit drop as
     with subject as (
       select addressee_number, household_number
         from municipal_system.resident as r
        where municipality_code = $1
          and ((birth_date <= $2::date and (status = $4 or removed_on >= $3::date))
               or exists (
                 select from municipal_system.insured_person as i
                  where i.municipality_code = r.municipality_code
                    and i.addressee_number = r.addressee_number)
               or exists (
                 select from municipal_system.disability_certification as c
                  where c.municipality_code = r.municipality_code
                    and c.addressee_number = r.addressee_number
                    and (c.withdrawn_on is null or c.withdrawn_on >= $3::date)))
     )
     select addressee_number from subject
     union
     select addressee_number from municipal_system.resident
      where municipality_code = $1
        and (status = $4 or removed_on >= $3::date)
        and household_number in (select household_number from subject)`,
    [municipality, bornUntil, removedSince, residentStatus.present],
  )
  await tx.run(
    `create temp table changed on commit drop as
     select r.addressee_number, r.household_number, r.status,
            c.addressee_number is not null as core
       from municipal_system.resident as r
       left join core as c using (addressee_number)
       left join municipal_system.exported_record as e
         on e.municipality_code = r.municipality_code
        and e.layout = $2
        and e.addressee_number = r.addressee_number
        and e.fiscal_year = 0
      where r.municipality_code = $1
        and (c.addressee_number is not null or e.following)
        and ($3 and c.addressee_number is not null
             or e.content_sha256 is distinct from r.content_sha256)`,
    [municipality, 住民基本台帳情報.name, mode === 'full'],
  )
  await tx.run(
    `create temp table outgoing on commit drop as
     select addressee_number, core from changed
     union
     select r.addressee_number, c.addressee_number is not null
       from municipal_system.resident as r
       left join core as c using (addressee_number)
      where r.municipality_code = $1
        and r.status = $2
        and r.household_number in (select household_number from changed where status = $2)
        and (c.addressee_number is not null or r.relationship = $3)`,
    [municipality, residentStatus.present, householdHead],
  )
}

/** 2-2の対象を選ぶ — 住登外: whoever this system keeps for the purpose of this insurance. */
export async function selectNonRegistered(tx: Transaction, scope: ExportScope): Promise<void> {
  await tx.run(
    `create temp table outgoing on commit drop as
     select p.addressee_number, true as core
       from municipal_system.non_registered_person as p
       left join municipal_system.exported_record as e
         on e.municipality_code = p.municipality_code
        and e.layout = $2
        and e.addressee_number = p.addressee_number
        and e.fiscal_year = 0
      where p.municipality_code = $1
        and ($3 or e.content_sha256 is distinct from p.content_sha256)`,
    [scope.municipality, 住登外登録情報.name, scope.mode === 'full'],
  )
}

/** 4-2の対象を選ぶ — the incomes of one fiscal year, of the persons whom the union was given in 2-2. */
export async function selectIncomes(
  tx: Transaction,
  scope: ExportScope,
  layout: string,
  fiscalYear: FiscalYear,
): Promise<void> {
  await tx.run(
    `create temp table outgoing on commit drop as
     select i.addressee_number, true as core
       from municipal_system.income as i
       left join municipal_system.exported_record as e
         on e.municipality_code = i.municipality_code
        and e.layout = $2
        and e.addressee_number = i.addressee_number
        and e.fiscal_year = i.fiscal_year
      where i.municipality_code = $1
        and i.fiscal_year = $3
        and ($4 or e.content_sha256 is distinct from i.content_sha256)
        and exists (
          select from municipal_system.exported_record as given
           where given.municipality_code = i.municipality_code
             and given.layout in ($5, $6)
             and given.addressee_number = i.addressee_number
             and given.following)`,
    [
      scope.municipality,
      layout,
      fiscalYear,
      scope.mode === 'full',
      住民基本台帳情報.name,
      住登外登録情報.name,
    ],
  )
}
