import type { PlainDate } from '@koiki/kernel'
import type { CertificationEnd, ExclusionKind, LossGround, ProvisionKind } from '../entitlement.ts'
import type { FiledAddress } from './filing.ts'

export type { ExclusionKind, ProvisionKind } from '../entitlement.ts'

/** 届書が語る住民の記録 — only what the filing says; the rest stays as the last record has it. */
export type ToldRecord = {
  readonly changeReason: string
  readonly changedOn: PlainDate
  readonly name?: string
  readonly nameKana?: string | null
  readonly birthDate?: PlainDate
  readonly sex?: string
  readonly householdNumber?: string | null
  readonly relationship?: string | null
  readonly address?: FiledAddress
  readonly residentFrom?: PlainDate
  readonly present?: boolean
  readonly removedOn?: PlainDate | null
  readonly movedFrom?: string | null
  readonly movedTo?: string | null
  readonly exclusionKind?: ExclusionKind | null
  readonly exclusionFrom?: PlainDate | null
  readonly exclusionUntil?: PlainDate | null
}

/** 決定の結果 — what a granted filing does; the jobs carry it out in one transaction. */
export type Effect =
  | { readonly kind: 'record'; readonly told: ToldRecord }
  | {
      readonly kind: 'certify'
      readonly certifiedOn: PlainDate
      readonly ground: '申請' | '障害認定証明書'
      readonly evidenceKind: string
      readonly evidenceUntil: PlainDate | null
    }
  | {
      readonly kind: 'renewEvidence'
      readonly evidenceKind: string
      readonly evidenceUntil: PlainDate | null
    }
  | {
      readonly kind: 'endCertification'
      readonly how: CertificationEnd
      readonly eventOn: PlainDate
    }
  | {
      readonly kind: 'provision'
      readonly provision: ProvisionKind
      readonly beganOn: PlainDate
      readonly insurerUnion: string | null
      readonly insurerNumber: string | null
    }
  | { readonly kind: 'endProvision'; readonly on: PlainDate }
  | {
      readonly kind: 'enterFacility'
      readonly enteredOn: PlainDate
      readonly facilityKind: string
      readonly facilityName: string
      readonly facilityAddress: string
    }
  | { readonly kind: 'leaveFacility'; readonly on: PlainDate }
  | {
      readonly kind: 'beginStayExclusion'
      readonly exclusion: '3' | '4' | '5'
      readonly on: PlainDate
    }
  | { readonly kind: 'endStayExclusion'; readonly on: PlainDate }
  | {
      readonly kind: 'fact'
      readonly from: PlainDate
      readonly until: PlainDate | null
      readonly fields: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'destination'
      readonly ends: boolean
      readonly covers: string
      readonly from: PlainDate
      readonly recipientName: string | null
      readonly relation: string | null
      readonly address: FiledAddress | null
    }

/** 届書の相手について知っていること — as the union holds it today. */
export type KnownPerson = {
  readonly residentKey: number
  readonly subjectKey: number | null
  readonly municipality: string
  readonly addresseeNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly sex: string
  readonly present: boolean
  /** 住民となった日 of the last record; null where it does not say. */
  readonly residentFrom: PlainDate | null
  readonly numberHeld: boolean
  readonly underSupportMeasure: boolean
  readonly insuredFrom: PlainDate | null
  readonly insuredUntil: PlainDate | null
  /** 資格のある市区町村 — which may be another than the record's. */
  readonly insuredIn: string | null
  readonly groundLost: LossGround | null
  readonly certifiedOn: PlainDate | null
  /** 障害認定の書類の有効期限 — of the paper that was last shown. */
  readonly evidenceUntil: PlainDate | null
  readonly provision: { readonly kind: ProvisionKind; readonly from: PlainDate } | null
  readonly exclusion: { readonly kind: ExclusionKind; readonly from: PlainDate } | null
  /** 効いている送付先の範囲 */
  readonly destinations: readonly string[]
  /** 登録の住所 — null under 支援措置, where not even that it is the same may be told. */
  readonly address: FiledAddress | null
  readonly household: { readonly number: string; readonly relationship: string } | null
}
