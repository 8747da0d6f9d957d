import type { PlainDate } from '@koiki/kernel'

/** 住民票 — one resident as the register holds it now; the Individual Number only as the vault's token. */
export interface Resident {
  readonly municipalityCode: string
  readonly addresseeNumber: string
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
  readonly exemptionKind: string
  readonly exemptionFrom: PlainDate | null
  readonly exemptionUntil: PlainDate | null
  readonly operatedOn: PlainDate
}

/** 続柄 of the head of a household. */
export const householdHead = '世帯主'

/** 住民状態 */
export const residentStatus = { present: '1', removed: '2' } as const

/** 異動事由 of 住民基本台帳情報. */
export const changeReasons = {
  movedIn: '01',
  movedWithin: '03',
  movedOut: '04',
  died: '05',
  householdChanged: '06',
  correctedExOfficio: '09',
} as const
