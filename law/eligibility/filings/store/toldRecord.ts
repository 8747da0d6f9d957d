import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { CounterFacts } from '../../store/counterRecord.ts'

/** 住民の記録の一版 — as a counter or the register told it. */
export type RecordVersion = Required<
  Pick<
    CounterFacts,
    | 'name'
    | 'nameKana'
    | 'birthDate'
    | 'sex'
    | 'householdNumber'
    | 'relationship'
    | 'postalCode'
    | 'prefecture'
    | 'municipalityName'
    | 'town'
    | 'houseNumber'
    | 'building'
    | 'residentFrom'
    | 'status'
    | 'removedOn'
    | 'movedFrom'
    | 'movedTo'
    | 'exclusionKind'
    | 'exclusionFrom'
    | 'exclusionUntil'
    | 'token'
    | 'changedOn'
  >
> & {
  readonly version: number
  readonly receiptNumber: string | null
  readonly operatedOn: PlainDate
}

/** 住民の記録の版 — oldest first. */
export async function findVersions(
  tx: Transaction,
  residentKey: number,
): Promise<readonly RecordVersion[]> {
  return tx.query<RecordVersion>(
    `select version, receipt_number as "receiptNumber", operated_on as "operatedOn", name,
            name_kana as "nameKana", birth_date as "birthDate", sex,
            household_number as "householdNumber", relationship, postal_code as "postalCode",
            prefecture_name as prefecture, municipality_name as "municipalityName",
            town_name as town, house_number as "houseNumber", building,
            resident_from as "residentFrom", status, removed_on as "removedOn",
            moved_from_municipality as "movedFrom", moved_to_municipality as "movedTo",
            exclusion_kind as "exclusionKind", exclusion_from as "exclusionFrom",
            exclusion_until as "exclusionUntil", number_token::text as token,
            changed_on as "changedOn"
       from eligibility.resident_record
      where resident_key = $1::bigint
      order by version`,
    [residentKey],
  )
}

/** 届書が語った事実 — those that this filing began, and those that it ended. */
export type ToldByFiling = {
  readonly table:
    | 'disabilityCertification'
    | 'residenceProvision'
    | 'facilityStay'
    | 'stayExclusion'
  readonly firstDay: PlainDate
  readonly act: 'began' | 'ended'
}

export async function findToldByFiling(
  tx: Transaction,
  residentKey: number,
  receiptNumber: string,
): Promise<readonly ToldByFiling[]> {
  return tx.query<ToldByFiling>(
    `select 'disabilityCertification' as table, certified_on as "firstDay",
            case when receipt_number = $2::text then 'began' else 'ended' end as act
       from eligibility.disability_certification
      where resident_key = $1::bigint and $2::text in (receipt_number, ended_receipt_number)
     union all
     select 'residenceProvision', began_on,
            case when receipt_number = $2::text then 'began' else 'ended' end
       from eligibility.residence_provision
      where resident_key = $1::bigint and $2::text in (receipt_number, ended_receipt_number)
     union all
     select 'facilityStay', entered_on,
            case when receipt_number = $2::text then 'began' else 'ended' end
       from eligibility.facility_stay
      where resident_key = $1::bigint and $2::text in (receipt_number, left_receipt_number)
     union all
     select 'stayExclusion', began_on,
            case when receipt_number = $2::text then 'began' else 'ended' end
       from eligibility.stay_exclusion
      where resident_key = $1::bigint and $2::text in (receipt_number, ended_receipt_number)
     order by act`,
    [residentKey, receiptNumber],
  )
}
