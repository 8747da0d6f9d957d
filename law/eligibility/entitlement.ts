import type { Finding, PlainDate } from '@koiki/kernel'

/** 台帳の種類 — 住民基本台帳 or 住登外. */
export type Register = 'residentRegister' | 'nonRegistered'

/**
 * 住民の記録 — what one record of a municipality says that matters for entitlement. Names, addresses and
 * numbers are not here: no rule needs them.
 */
export type ResidentFacts = {
  readonly residentKey: number
  readonly version: number
  readonly municipality: string
  readonly register: Register
  /** 届書 or 移転のファイル: who told this version. */
  readonly toldBy: 'register' | 'counter'
  /** 操作年月日; for what a counter told, 届出年月日. */
  readonly operatedOn: PlainDate
  readonly birthDate: PlainDate
  /** 住民となった日; for 住登外 the first day of the 住所地特例. */
  readonly residentFrom: PlainDate | null
  readonly present: boolean
  readonly removedOn: PlainDate | null
  readonly changeReason: string
  readonly changedOn: PlainDate
  readonly movedFrom: string | null
  readonly movedTo: string | null
  readonly exclusionKind: ExclusionKind | null
  readonly exclusionFrom: PlainDate | null
  readonly exclusionUntil: PlainDate | null
  /** 住登外区分1 and 代表; always false for the resident register. */
  readonly residenceSpecialProvision: boolean
  readonly registeredAt: string | null
  /** 在留期間満了日 of a foreigner; null for everybody else. */
  readonly stayUntil: PlainDate | null
}

/**
 * 適用除外区分 — 1 生活保護, 2 支援給付, as the register says; 3 在留期間3月以下, 4 医療滞在, 5 観光・保養, as a filing says;
 * 6 在留期間の満了, read from 在留期間満了日.
 */
export type ExclusionKind = '1' | '2' | '3' | '4' | '5' | '6'

/** 住所がなくなった理由 */
export type ResidenceEnding = 'death' | 'movedOut' | 'exOfficio' | 'provisionEnded' | 'unknown'

/** 住所の期間 — one stay on a municipality's register, or under its 住所地特例. */
export type Residence = {
  readonly residentKey: number
  readonly municipality: string
  readonly register: Register
  readonly from: PlainDate
  /** 消除年月日 as recorded, or null while present. */
  readonly removedOn: PlainDate | null
  readonly ending: ResidenceEnding | null
  readonly movedFrom: string | null
  readonly movedTo: string | null
  /** 在留期間満了日 as last known for this stay. */
  readonly stayUntil: PlainDate | null
}

/** 適用除外の期間 — from its first day until the day on which it no longer holds. */
export type Exclusion = {
  readonly residentKey: number
  readonly kind: ExclusionKind
  readonly from: PlainDate
  readonly until: PlainDate | null
  /** A later record says that it no longer holds, but no day could be read from it. */
  readonly endUnknown: boolean
}

/** 障害認定の終わり方 */
export type CertificationEnd = '撤回' | '障害状態不該当'

/** 障害認定 — from the day of 認定 until the day on which it no longer holds. */
export type DisabilityCertification = {
  readonly residentKey: number
  readonly certifiedOn: PlainDate
  readonly until: PlainDate | null
}

/** 住所地特例の種類 — 当広域 ours in a facility elsewhere, 他広域 another union's here, 国保 法55条の2. */
export type ProvisionKind = '当広域' | '他広域' | '国保'

/** 住所地特例 — as told, before the facility stays are read. */
export type ResidenceProvision = {
  readonly residentKey: number
  readonly municipality: string
  readonly kind: ProvisionKind
  readonly from: PlainDate
  readonly until: PlainDate | null
  /** 広域連合コード of the insurer; for 国保 of the union that its municipality belongs to. */
  readonly insurerUnion: string | null
}

/** 施設の入所 — from entering until leaving. */
export type FacilityStay = {
  readonly residentKey: number
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly kind: string
}

/** 届書が語る事実 — what no register says. */
export type ToldFacts = {
  readonly disabilities: readonly DisabilityCertification[]
  readonly provisions: readonly ResidenceProvision[]
  readonly facilityStays: readonly FacilityStay[]
  readonly exclusions: readonly Exclusion[]
}

/** 一人分の事実 — every record of one person in the union, merged, and what filings told. */
export type PersonFacts = {
  readonly union: string
  readonly birthDate: PlainDate
  readonly residences: readonly Residence[]
  /** Of one resident they never overlap. */
  readonly exclusions: readonly Exclusion[]
  readonly disabilities: readonly DisabilityCertification[]
  readonly provisions: readonly ResidenceProvision[]
  readonly facilityStays: readonly FacilityStay[]
}

/** 資格のもと — 法50条1号 (age) or 2号 (障害認定). */
export type Basis = '1' | '2'

/** 資格取得事由 — the codes of 被保険者情報. */
export type AcquisitionGround = '01' | '02' | '03' | '04' | '09'

/** 資格喪失事由 — the codes of 被保険者情報. */
export type LossGround = '01' | '02' | '03' | '04' | '09'

/** 市区町村ともとの期間 — a stretch of a right in one municipality, on one basis. */
export type EntitlementPiece = {
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly municipality: string
  readonly residentKey: number
  readonly basis: Basis
}

/**
 * 資格 — one unbroken right as an insured person of the union. Pieces follow each other without a gap;
 * `acquiredOn` lies before the first piece only where the union never received the records before it.
 */
export type Entitlement = {
  readonly acquiredOn: PlainDate
  readonly groundAcquired: AcquisitionGround
  readonly lostOn: PlainDate | null
  readonly groundLost: LossGround | null
  readonly pieces: readonly EntitlementPiece[]
}

/** 資格の答え — eligible, not with all reasons, or incomplete with what is missing. */
export type EntitlementAnswer =
  | {
      readonly kind: 'eligible'
      readonly entitlements: readonly Entitlement[]
      readonly nextCheckOn: PlainDate | null
    }
  | {
      readonly kind: 'notEligible'
      readonly reasons: readonly Finding[]
      readonly entitlements: readonly Entitlement[]
      readonly nextCheckOn: PlainDate | null
    }
  | { readonly kind: 'incomplete'; readonly missing: readonly Finding[] }

/** 決定の種類 */
export type DecisionKind = '取得' | '変更' | '喪失' | '取消'

/** 決定 — one thing that changes in a person's rights. */
export type EntitlementDecision = {
  readonly kind: DecisionKind
  readonly effectiveOn: PlainDate
  readonly ground: string
  readonly municipality: string
}
