import type { PlainDate } from '@koiki/kernel'

/** 住登外者 — who is kept without being on the register; the Individual Number only as the vault's token. */
export interface NonRegisteredPerson {
  readonly municipalityCode: string
  readonly addresseeNumber: string
  readonly runningNumber: number
  readonly numberToken: string | null
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly birthDateUnknown: string | null
  readonly birthDateText: string | null
  readonly sex: string
  readonly registeredAtMunicipality: string | null
  readonly postalCode: string | null
  readonly prefectureName: string | null
  readonly municipalityName: string | null
  readonly townName: string | null
  readonly houseNumber: string | null
  readonly building: string | null
  readonly nonRegisteredKind: string
  readonly appliesFrom: PlainDate | null
  readonly appliesUntil: PlainDate | null
  readonly representative: string
  readonly mergedIntoAddresseeNumber: string | null
  readonly supportKind: string
  readonly supportFrom: PlainDate | null
  readonly supportUntil: PlainDate | null
  /** 不開示該当フラグ and 自己情報提供不可フラグ */
  readonly nonDisclosure: string
  readonly selfProvisionDisabled: string
  readonly operatedOn: PlainDate
  readonly facilityKind: string | null
  readonly facilityName: string | null
  readonly removedOn: PlainDate | null
}

/** 住登外者の列 — as the municipal system holds them and the union's file carries them. */
export const nonRegisteredColumns = [
  ['municipalityCode', 'municipality_code', '市区町村コード'],
  ['addresseeNumber', 'addressee_number', '宛名番号'],
  ['numberToken', 'number_token', '個人番号'],
  ['name', 'name', '氏名'],
  ['nameKana', 'name_kana', '氏名カナ'],
  ['birthDate', 'birth_date', '生年月日'],
  ['birthDateUnknown', 'birth_date_unknown', '生年月日不詳フラグ'],
  ['birthDateText', 'birth_date_text', '生年月日不詳表記'],
  ['sex', 'sex', '性別'],
  ['registeredAtMunicipality', 'registered_at_municipality', '住民票所在地市区町村コード'],
  ['postalCode', 'postal_code', '郵便番号'],
  ['prefectureName', 'prefecture_name', '都道府県'],
  ['municipalityName', 'municipality_name', '市区郡町村名'],
  ['townName', 'town_name', '町字'],
  ['houseNumber', 'house_number', '番地号'],
  ['building', 'building', '方書'],
  ['nonRegisteredKind', 'non_registered_kind', '住登外区分'],
  ['appliesFrom', 'applies_from', '適用開始日'],
  ['appliesUntil', 'applies_until', '適用終了日'],
  ['representative', 'representative', '代表宛名フラグ'],
  ['mergedIntoAddresseeNumber', 'merged_into_addressee_number', '名寄せ先宛名番号'],
  ['supportKind', 'support_kind', '支援措置区分'],
  ['supportFrom', 'support_from', '支援措置開始日'],
  ['supportUntil', 'support_until', '支援措置終了日'],
  ['nonDisclosure', 'non_disclosure', '不開示該当フラグ'],
  ['selfProvisionDisabled', 'self_provision_disabled', '自己情報提供不可フラグ'],
  ['operatedOn', 'operated_on', '操作年月日'],
] as const satisfies readonly (readonly [keyof NonRegisteredPerson, string, string])[]

/** What stays within the municipality: the union's layout has no column for it. */
export const ownNonRegisteredColumns = [
  ['runningNumber', 'running_number', '連番'],
  ['facilityKind', 'facility_kind', '施設の種類'],
  ['facilityName', 'facility_name', '施設の名称'],
  ['removedOn', 'removed_on', '消除年月日'],
] as const satisfies readonly (readonly [keyof NonRegisteredPerson, string, string])[]

/** 住登外 count their 連番 from here, so that they never meet those of 住民. */
export const firstNonRegistered = 9_000_000
