import type { IndividualNumber, PlainDate } from '@koiki/kernel'

/**
 * 最初の登録内容 — what the municipalities' systems hold before the first transfer, as the invented prefecture
 * (or a migration from an office's older systems) brings it: household by household, in any order.
 */
export interface FirstHoldings {
  readonly residents: readonly RegisterEntry[]
  readonly nonResidents: readonly NonRegisteredEntry[]
  readonly taxRecords: readonly TaxEntry[]
  readonly disabilityCertifications: readonly CertificationEntry[]
}

interface Named {
  readonly municipalityCode: string
  readonly addresseeNumber: string
}

interface Described extends Named {
  readonly individualNumber: IndividualNumber | null
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly birthDateUnknown: string | null
  readonly birthDateWording: string | null
  readonly sex: string
  readonly postalCode: string | null
  readonly prefectureName: string
  readonly municipalityName: string
  readonly town: string | null
  readonly lot: string | null
  readonly building: string | null
  readonly protection: string
  readonly protectionFrom: PlainDate | null
  /** 支援措置終了日 — the last day on which it holds. */
  readonly protectionUntil: PlainDate | null
  /** 不開示該当フラグ and 自己情報提供不可フラグ */
  readonly nonDisclosure: string
  readonly selfProvisionDisabled: string
  readonly operatedOn: PlainDate
}

/** 住民票の最初の内容 */
export interface RegisterEntry extends Described {
  readonly householdNumber: string
  readonly alias: string | null
  readonly formerSurname: string | null
  readonly relationship: string
  readonly townCode: string | null
  readonly residentKind: string
  readonly stayExpiresOn: PlainDate | null
  readonly residentSince: PlainDate
  readonly status: string
  readonly changedOn: PlainDate
  readonly changeReason: string
  readonly removedOn: PlainDate | null
  readonly movedFrom: string | null
  readonly movedTo: string | null
  readonly exclusion: string
  readonly exclusionFrom: PlainDate | null
  readonly exclusionUntil: PlainDate | null
}

/** 住登外の最初の内容 */
export interface NonRegisteredEntry extends Described {
  readonly registeredAt: string
  readonly nonResidentKind: string
  readonly appliesFrom: PlainDate | null
  readonly appliesUntil: PlainDate | null
  readonly representative: string
  readonly mergedInto: string | null
}

/** 住民税の最初の内容 — yen; the amounts count only where 申告区分 is 1. */
export interface TaxEntry extends Named {
  readonly fiscalYear: number
  readonly declaration: string
  readonly publicPension: number
  readonly salary: number
  readonly familyEmployeeSalary: number
  readonly business: number
  readonly familyEmployeeDeduction: number
  readonly capitalGains: number
  readonly capitalGainsSpecialDeduction: number
  readonly other: number
  readonly taxableIncome: number
  readonly headAdjustment: number
  readonly residentTax: '0' | '1' | '2'
  /** Null where the tax office does not hold the revenue before expenses. */
  readonly statedRevenue: number | null
  readonly correctedOn: PlainDate | null
  readonly operatedOn: PlainDate
}

/** 障害認定の最初の内容 — a period; `until` is the day of the withdrawal. */
export interface CertificationEntry extends Named {
  readonly from: PlainDate
  readonly until: PlainDate | null
}

type Place<T> = readonly [column: string, field: keyof T & string]

const described: readonly Place<Described>[] = [
  ['name', 'name'],
  ['name_kana', 'nameKana'],
  ['birth_date', 'birthDate'],
  ['birth_date_unknown', 'birthDateUnknown'],
  ['birth_date_text', 'birthDateWording'],
  ['sex', 'sex'],
  ['postal_code', 'postalCode'],
  ['prefecture_name', 'prefectureName'],
  ['municipality_name', 'municipalityName'],
  ['town_name', 'town'],
  ['house_number', 'lot'],
  ['building', 'building'],
  ['support_kind', 'protection'],
  ['support_from', 'protectionFrom'],
  ['support_until', 'protectionUntil'],
  ['non_disclosure', 'nonDisclosure'],
  ['self_provision_disabled', 'selfProvisionDisabled'],
  ['operated_on', 'operatedOn'],
]

/** Where each fact of an entry rests in the store's table. */
export const registerPlaces: readonly Place<RegisterEntry>[] = [
  ['municipality_code', 'municipalityCode'],
  ['addressee_number', 'addresseeNumber'],
  ['household_number', 'householdNumber'],
  ['alias', 'alias'],
  ['former_name', 'formerSurname'],
  ['relationship', 'relationship'],
  ['town_code', 'townCode'],
  ['resident_kind', 'residentKind'],
  ['stay_until', 'stayExpiresOn'],
  ['resident_from', 'residentSince'],
  ['status', 'status'],
  ['changed_on', 'changedOn'],
  ['change_reason', 'changeReason'],
  ['removed_on', 'removedOn'],
  ['moved_from_municipality', 'movedFrom'],
  ['moved_to_municipality', 'movedTo'],
  ['exclusion_kind', 'exclusion'],
  ['exclusion_from', 'exclusionFrom'],
  ['exclusion_until', 'exclusionUntil'],
  ...described,
]

export const nonRegisteredPlaces: readonly Place<NonRegisteredEntry>[] = [
  ['municipality_code', 'municipalityCode'],
  ['addressee_number', 'addresseeNumber'],
  ['registered_at_municipality', 'registeredAt'],
  ['non_registered_kind', 'nonResidentKind'],
  ['applies_from', 'appliesFrom'],
  ['applies_until', 'appliesUntil'],
  ['representative', 'representative'],
  ['merged_into_addressee_number', 'mergedInto'],
  ...described,
]

/** Amounts come last; they are left empty where nothing is declared, never 0. */
export const taxPlaces: readonly Place<TaxEntry>[] = [
  ['municipality_code', 'municipalityCode'],
  ['addressee_number', 'addresseeNumber'],
  ['fiscal_year', 'fiscalYear'],
  ['declaration_kind', 'declaration'],
  ['corrected_on', 'correctedOn'],
  ['operated_on', 'operatedOn'],
]

export const taxAmountPlaces: readonly Place<TaxEntry>[] = [
  ['public_pension_yen', 'publicPension'],
  ['salary_yen', 'salary'],
  ['family_employee_salary_yen', 'familyEmployeeSalary'],
  ['business_yen', 'business'],
  ['family_employee_deduction_yen', 'familyEmployeeDeduction'],
  ['capital_gains_yen', 'capitalGains'],
  ['capital_gains_special_deduction_yen', 'capitalGainsSpecialDeduction'],
  ['other_yen', 'other'],
  ['taxable_income_yen', 'taxableIncome'],
  ['head_adjustment_yen', 'headAdjustment'],
  ['resident_tax_kind', 'residentTax'],
  ['revenue_yen', 'statedRevenue'],
]

export const certificationPlaces: readonly Place<CertificationEntry>[] = [
  ['municipality_code', 'municipalityCode'],
  ['addressee_number', 'addresseeNumber'],
  ['certified_on', 'from'],
  ['withdrawn_on', 'until'],
]
