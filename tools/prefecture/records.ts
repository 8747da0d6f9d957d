import type { IndividualNumber, MunicipalityCode, PlainDate } from '@koiki/kernel'
import type { ChangeReason, Living } from './people.ts'
import type { Address } from './places.ts'

/**
 * 住民 — one row of a municipality's resident register (住民基本台帳), as a snapshot on the world date: everyone who lives there,
 * and everyone who was removed from it in the last 26 months. A person who moved within the prefecture has a row in
 * each municipality, with the same Individual Number. Days are `PlainDate`; null where the register holds nothing.
 */
export type Resident = Address & {
  municipalityCode: MunicipalityCode
  /** 宛名番号 — 15 digits with leading zeros; unique within the municipality only. */
  addresseeNumber: string
  householdNumber: string
  /** 個人番号 — prints as `***`; null for the few whose number is not linked. */
  individualNumber: IndividualNumber | null
  /** 氏名 — one full-width space between the parts. */
  name: string
  /** 氏名カナ — full-width katakana; null where no reading is recorded. */
  nameKana: string | null
  /** 通称 */
  alias: string | null
  /** 旧氏 */
  formerSurname: string | null
  /** 生年月日 — where it is not wholly known, the day the register takes for it. */
  birthDate: PlainDate
  /** 生年月日不詳フラグ — 1 where part of it is unknown. */
  birthDateUnknown: '0' | '1'
  /** 生年月日不詳表記 — as the register words it. */
  birthDateWording: string | null
  /** 性別 — 0 unknown, 1 male, 2 female. */
  sex: '0' | '1' | '2'
  /** 続柄 — a removed row keeps the relation it had, 世帯主 too. */
  relationship: string
  /** 住民種別 — 1 Japanese, 2 foreign. */
  residentKind: '1' | '2'
  /** 在留期間満了日 — null for Japanese and for permanent residents. */
  stayExpiresOn: PlainDate | null
  /** 住民となった日 */
  residentSince: PlainDate
  /** 住民状態 — 1 resident, 2 removed. */
  status: '1' | '2'
  /** 異動年月日 — of the last change. */
  changedOn: PlainDate
  /** 異動事由 */
  changeReason: ChangeReason
  /** 消除年月日 — the day of the death or of the leaving itself. */
  removedOn: PlainDate | null
  /** 転入前市区町村コード */
  movedFrom: MunicipalityCode | null
  /** 転出先市区町村コード */
  movedTo: MunicipalityCode | null
  /** 支援措置区分 — 1 while a measure for a victim of violence is, or was, on record. */
  protection: '0' | '1'
  protectionFrom: PlainDate | null
  /** 支援措置終了日 — the last day on which it holds. */
  protectionUntil: PlainDate | null
  /** 不開示該当フラグ and 自己情報提供不可フラグ — which effects the measure has. */
  nonDisclosure: '0' | '1'
  selfProvisionDisabled: '0' | '1'
  /** 適用除外区分 — 0 none, 1 生活保護, 2 支援給付; with an end where it is over. */
  exclusion: '0' | '1' | '2'
  exclusionFrom: PlainDate | null
  /** 適用除外終了日 — the first day on which it no longer holds (廃止日). */
  exclusionUntil: PlainDate | null
  /** 操作年月日 — when the clerk entered the last change. */
  operatedOn: PlainDate
}

/** 世帯 — one household of a register; its head is null where nobody of it lives there any more. */
export type Household = {
  municipalityCode: MunicipalityCode
  householdNumber: string
  headAddresseeNumber: string | null
  memberAddresseeNumbers: string[]
  /** 暮らし方 — by address, not by register: for statistics only, no register holds it. */
  living: Living
  /** 世帯分離 — children at the same address are a household of their own, which is not in this world. */
  split: boolean
}

/** 住登外者 — a person who is not on the register but known to the municipality. */
export type NonResident = Address & {
  municipalityCode: MunicipalityCode
  addresseeNumber: string
  individualNumber: IndividualNumber | null
  name: string
  nameKana: string | null
  birthDate: PlainDate
  birthDateUnknown: '0' | '1'
  birthDateWording: string | null
  sex: '0' | '1' | '2'
  /** 住民票所在地市区町村コード */
  registeredAt: MunicipalityCode
  /** 住登外区分 — 1 住所地特例, 2 other. */
  nonResidentKind: '1' | '2'
  appliesFrom: PlainDate
  appliesUntil: PlainDate | null
  /** 代表宛名フラグ — 0 the row that stands for the person, 1 a row merged away. */
  representative: '0' | '1'
  /** 名寄せ先宛名番号 — of a row merged away. */
  mergedInto: string | null
  protection: '0' | '1'
  protectionFrom: PlainDate | null
  protectionUntil: PlainDate | null
  nonDisclosure: '0' | '1'
  selfProvisionDisabled: '0' | '1'
  operatedOn: PlainDate
}

/**
 * 所得・課税情報 — one person, one fiscal year, in the municipality that taxes (住所地 on 1 January). Amounts in yen; the
 * columns of the layout first, then what only the local tax system knows.
 */
export type TaxRecord = {
  municipalityCode: MunicipalityCode
  addresseeNumber: string
  fiscalYear: number
  /** 申告区分 — 0 undeclared, 1 declared or reported, 2 still inquired about (amounts are 0). */
  declaration: '0' | '1' | '2'
  publicPension: number
  /** 給与収入額 — 専従者給与 included. */
  salary: number
  familyEmployeeSalary: number
  /** 事業所得額 — after 専従者控除; below 0 for a loss. */
  business: number
  familyEmployeeDeduction: number
  /** 分離譲渡所得額 — after 特別控除. */
  capitalGains: number
  capitalGainsSpecialDeduction: number
  /** その他所得額 */
  other: number
  /** 課税標準額（課税所得） — 0 where no resident tax is due. */
  taxableIncome: number
  /** 世帯主調整控除額 — of a head with members under 19. */
  headAdjustment: number
  /** 住民税課税区分 — 0 none, 1 均等割 only, 2 所得割. */
  residentTax: '0' | '1' | '2'
  /** 判定用収入額 — null where the records do not show it: 事業 and 譲渡. */
  statedRevenue: number | null
  /** 更正年月日 */
  correctedOn: PlainDate | null
  operatedOn: PlainDate
  /** 基準収入額の判定に用いる収入額 */
  revenue: number
  /** 住民税非課税 */
  taxFree: boolean
}

/** 期間 — of one person; `until` is the first day on which it no longer holds, null while it goes on. */
export type PeriodRecord = {
  municipalityCode: MunicipalityCode
  addresseeNumber: string
  from: PlainDate
  until: PlainDate | null
}

/** 生活保護・支援給付の期間 */
export type WelfarePeriod = PeriodRecord & { kind: '1' | '2' }

/**
 * 見込まれる被保険者 — whom the generator counts as insured on the world date, and why; for checks only. The union decides
 * by the law, from the registers, and never reads this.
 */
export type ExpectedInsured = {
  municipalityCode: MunicipalityCode
  addresseeNumber: string
  /** Certified as disabled before 75 (障害認定), or of age. */
  ground: 'age' | 'disability'
  birthDate: PlainDate
}

/** 世帯の記録一式 — all rows that come out of one household; the streams of a prefecture are cut from it. */
export type HouseholdRecords = {
  household: Household
  residents: Resident[]
  nonResidents: NonResident[]
  taxRecords: TaxRecord[]
  welfarePeriods: WelfarePeriod[]
  protectionMeasures: PeriodRecord[]
  disabilityCertifications: PeriodRecord[]
  expectedInsured: ExpectedInsured[]
}
