import { type PlainDate, residentKey } from '@koiki/kernel'

/** 住民票 — one resident as the register holds it now; the Individual Number only as the vault's token. */
export interface Resident {
  readonly municipalityCode: string
  readonly addresseeNumber: string
  /** 住民の連番 — within the municipality, never changed; see `auditKey`. */
  readonly runningNumber: number
  readonly householdNumber: string
  readonly numberToken: string | null
  readonly name: string
  readonly nameKana: string | null
  readonly alias: string | null
  readonly formerName: string | null
  readonly birthDate: PlainDate
  readonly birthDateUnknown: string | null
  readonly birthDateText: string | null
  readonly sex: string
  readonly relationship: string
  readonly postalCode: string | null
  readonly townCode: string | null
  readonly prefectureName: string | null
  readonly municipalityName: string | null
  readonly townName: string | null
  readonly houseNumber: string | null
  readonly building: string | null
  readonly residentKind: string
  readonly stayUntil: PlainDate | null
  readonly residentFrom: PlainDate
  readonly status: string
  readonly changedOn: PlainDate
  readonly changeReason: string
  readonly removedOn: PlainDate | null
  readonly movedFromMunicipality: string | null
  readonly movedToMunicipality: string | null
  readonly supportKind: string
  readonly supportFrom: PlainDate | null
  readonly supportUntil: PlainDate | null
  readonly exclusionKind: string
  readonly exclusionFrom: PlainDate | null
  readonly exclusionUntil: PlainDate | null
  readonly operatedOn: PlainDate
  /** 在留資格 of a foreign resident; null where the first load did not bring it. */
  readonly residenceStatus: string | null
  /** 不開示該当フラグ and 自己情報提供不可フラグ — the two effects of a 支援措置, each lifted by itself. */
  readonly nonDisclosure: string
  readonly selfProvisionDisabled: string
}

/** 続柄 of the head of a household. */
export const householdHead = '世帯主'

/** 住民状態 */
export const residentStatus = { present: '1', removed: '2' } as const

/** 異動事由 of 住民基本台帳情報. */
export const changeReasons = {
  movedIn: '01',
  born: '02',
  movedWithin: '03',
  movedOut: '04',
  died: '05',
  householdChanged: '06',
  renamed: '07',
  enteredExOfficio: '08',
  correctedExOfficio: '09',
  removedExOfficio: '10',
  numberChanged: '11',
} as const

/**
 * 監査に残す住民の鍵 — union, the municipality's own three digits, and its running number: so that an audit
 * entry of the stand-in names a person without naming anybody.
 */
export function auditKey(municipalityCode: string, runningNumber: number): number {
  const municipality = Number(municipalityCode.slice(2, 5))
  return residentKey(municipalityCode.slice(0, 2), municipality * 10_000_000 + runningNumber)
}

/** 住民票の列 — field, column of both stores, and 項目名 of the file that carries it. */
export const residentColumns = [
  ['municipalityCode', 'municipality_code', '市区町村コード'],
  ['addresseeNumber', 'addressee_number', '宛名番号'],
  ['runningNumber', 'running_number', '住民の連番'],
  ['householdNumber', 'household_number', '世帯番号'],
  ['numberToken', 'number_token', '個人番号の札'],
  ['name', 'name', '氏名'],
  ['nameKana', 'name_kana', '氏名カナ'],
  ['alias', 'alias', '通称'],
  ['formerName', 'former_name', '旧氏'],
  ['birthDate', 'birth_date', '生年月日'],
  ['birthDateUnknown', 'birth_date_unknown', '生年月日不詳フラグ'],
  ['birthDateText', 'birth_date_text', '生年月日不詳表記'],
  ['sex', 'sex', '性別'],
  ['relationship', 'relationship', '続柄'],
  ['postalCode', 'postal_code', '郵便番号'],
  ['townCode', 'town_code', '町字コード'],
  ['prefectureName', 'prefecture_name', '都道府県'],
  ['municipalityName', 'municipality_name', '市区郡町村名'],
  ['townName', 'town_name', '町字'],
  ['houseNumber', 'house_number', '番地号'],
  ['building', 'building', '方書'],
  ['residentKind', 'resident_kind', '住民種別'],
  ['stayUntil', 'stay_until', '在留期間満了日'],
  ['residentFrom', 'resident_from', '住民となった日'],
  ['status', 'status', '住民状態'],
  ['changedOn', 'changed_on', '異動年月日'],
  ['changeReason', 'change_reason', '異動事由'],
  ['removedOn', 'removed_on', '消除年月日'],
  ['movedFromMunicipality', 'moved_from_municipality', '転入前市区町村コード'],
  ['movedToMunicipality', 'moved_to_municipality', '転出先市区町村コード'],
  ['supportKind', 'support_kind', '支援措置区分'],
  ['supportFrom', 'support_from', '支援措置開始日'],
  ['supportUntil', 'support_until', '支援措置終了日'],
  ['nonDisclosure', 'non_disclosure', '不開示該当フラグ'],
  ['selfProvisionDisabled', 'self_provision_disabled', '自己情報提供不可フラグ'],
  ['exclusionKind', 'exclusion_kind', '適用除外区分'],
  ['exclusionFrom', 'exclusion_from', '適用除外開始日'],
  ['exclusionUntil', 'exclusion_until', '適用除外終了日'],
  ['operatedOn', 'operated_on', '操作年月日'],
  // What the union's layout has no column for comes last and stays within the municipality.
  ['residenceStatus', 'residence_status', '在留資格'],
] as const satisfies readonly (readonly [keyof Resident, string, string])[]
