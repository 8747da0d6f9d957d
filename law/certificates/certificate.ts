import type { CopayTenths, LimitCategory } from '@koiki/copay'
import type { PlainDate } from '@koiki/kernel'

/**
 * 文書の種類 — insuranceCard 被保険者証, formerSpecialCertificate 被保険者資格証明書, eligibilityCertificate 資格確認書,
 * eligibilityInformationNotice 資格情報のお知らせ, specialEligibilityCertificate 資格確認書（特別療養）.
 */
export type DocumentKind =
  | 'insuranceCard'
  | 'formerSpecialCertificate'
  | 'eligibilityCertificate'
  | 'eligibilityInformationNotice'
  | 'specialEligibilityCertificate'

/** マイナ保険証の状況 — as the 中間サーバー or a person at the counter says. */
export type InsuranceCardState = 'registered' | 'notRegistered' | 'deregistered' | 'expired'

/** マイナ保険証の状況 on a day; null where nobody has told it. */
export type InsuranceCardUse = {
  readonly state: InsuranceCardState
  readonly since: PlainDate
  readonly source: string
}

/** マイナ保険証の知らせ — one entry by hand, or one state of the 中間サーバー's list. */
export type InsuranceCardTold = {
  /** followsList: the hand entry is given up, and the list counts again. */
  readonly state: InsuranceCardState | 'followsList'
  readonly since: PlainDate
  readonly source: string
  readonly knownAt: string
  /** The instant of which a list speaks. */
  readonly asOf: string | null
  /** 電子証明書の有効期限 — the last day of use. */
  readonly electronicCertificateUntil: PlainDate | null
}

/** マイナ保険証の状況の答え — what counts on a day, which of the two said it, and why that one. */
export type InsuranceCardAnswer = {
  readonly use: InsuranceCardUse | null
  readonly from: 'hand' | 'list' | null
  readonly because: 'nobody' | 'listAlone' | 'handAlone' | 'handLater' | 'listLater' | 'followsList'
  readonly hand: InsuranceCardTold | null
  readonly list: InsuranceCardTold | null
}

/** 申請・申出 — in force on the day that is asked about, with the 受付番号 of its 届書. */
export type Told = { readonly since: PlainDate; readonly receiptNumber: string }

/** 特別療養費の支給への変更 — in force; the arrears procedure itself belongs to the collection chapter. */
export type SpecialTreatment = {
  readonly since: PlainDate
  readonly notifiedOn: PlainDate
  readonly source: string
}

/** 文書を決める事実 — of one insured person on one day; everything that the choice of a document rests on. */
export type DocumentFacts = {
  readonly birthDate: PlainDate
  /** 支援措置 — either of its effects. */
  readonly underSupportMeasure: boolean
  readonly insuranceCard: InsuranceCardUse | null
  /** 資格確認書の交付申請 */
  readonly application: Told | null
  /** 要配慮者の申出 */
  readonly personNeedingCare: Told | null
  /** 利用登録解除申請 */
  readonly deregistration: Told | null
  readonly specialTreatment: SpecialTreatment | null
}

/** 特別療養費の根拠 — of a beginning (法82条1項・2項) and of its end (3項); the items are our reading. */
export const specialTreatmentGrounds = {
  arrears: { act: 'begin', name: '納期限から1年以上の滞納(法82条1項)' },
  arrearsEarlier: { act: 'begin', name: '1年に満たない滞納(法82条2項)' },
  paid: { act: 'lift', name: '滞納の完納' },
  reduced: { act: 'lift', name: '滞納額の著しい減少' },
  circumstances: { act: 'lift', name: '災害などの特別の事情' },
  publicMedical: { act: 'lift', name: '原爆一般疾病医療費などの対象になった' },
  withdrawn: { act: 'lift', name: '決定の取消し' },
} as const satisfies Readonly<
  Record<string, { readonly act: 'begin' | 'lift'; readonly name: string }>
>
export type SpecialTreatmentGround = keyof typeof specialTreatmentGrounds

/** 有効期限を決める事実 */
export type ExpiryFacts = {
  readonly birthDate: PlainDate
  /** 障害認定の書類の有効期限 — only while the right rests on 障害認定. */
  readonly evidenceUntil: PlainDate | null
  /** 在留期間満了日 of a foreigner. */
  readonly stayUntil: PlainDate | null
}

/** 理由 — one thing that speaks for or against a document, told whichever way it goes. */
export type Ground = {
  readonly code: string
  readonly met: 'met' | 'unmet' | 'unknown'
  readonly facts: Readonly<Record<string, string | number>>
}

/** 足りないもの — what has to come before a document can be made. */
export type Missing = {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** 文書の答え */
export type DocumentAnswer = {
  readonly document: DocumentKind
  readonly grounds: readonly Ground[]
}

/** 有効期限の答え — the last day of use, or why no document would last a day. */
export type ExpiryAnswer =
  | { readonly kind: 'until'; readonly day: PlainDate; readonly limitedBy: ExpiryLimit }
  | { readonly kind: 'incomplete'; readonly missing: readonly Missing[] }

/** 有効期限のもと — 年度の終わり, 障害の書類, 在留期間. */
export type ExpiryLimit = 'yearEnd' | 'evidence' | 'stay'

/** 一部負担金の割合 in force on a day, and 限度区分 where it was judged. */
export type Share = {
  readonly tenths: CopayTenths
  readonly from: PlainDate
  readonly limitCategory: LimitCategory | null
  readonly limitFrom: PlainDate | null
}

/** 特定疾病 — 1 人工透析, 2 血友病, 3 後天性免疫不全症候群, each with the day of its 認定. */
export type SpecifiedDisease = { readonly disease: '1' | '2' | '3'; readonly since: PlainDate }

/** 記載を決める事実 — what the contents rest on beside the choice and the expiry. */
export type ContentFacts = {
  readonly insuredNumber: string
  readonly insurerNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  /** Instead of the date where a part of it is not known. */
  readonly birthDateText: string | null
  readonly sex: string
  /** Null under 不開示該当: it is not read at all. */
  readonly address: readonly string[] | null
  readonly acquiredOn: PlainDate
  readonly share: Share
  /** 限度区分の併記申請 */
  readonly limitApplication: Told | null
  /** 長期入院該当 — the day of its 認定. */
  readonly longHospitalisation: Told | null
  readonly specifiedDiseases: readonly SpecifiedDisease[]
  readonly specialTreatment: SpecialTreatment | null
}

/** 記載 — what a document says; appended as shown, and what the next one is compared with. */
export type Contents = {
  readonly document: DocumentKind
  readonly insuredNumber: string
  readonly insurerNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly birthDateText: string | null
  readonly sex: string
  readonly address: readonly string[] | null
  readonly acquiredOn: PlainDate
  /** 発効期日 */
  readonly effectiveFrom: PlainDate
  /** 有効期限 */
  readonly validUntil: PlainDate
  readonly tenths: CopayTenths
  /** 限度区分 — only where it was applied for. */
  readonly limitCategory: LimitCategory | null
  readonly limitFrom: PlainDate | null
  readonly longHospitalisationFrom: PlainDate | null
  readonly specifiedDiseases: readonly SpecifiedDisease[]
  readonly specialTreatmentFrom: PlainDate | null
}

/** 発行事由 */
export type IssueReason =
  | 'acquisition'
  | 'renewal'
  | 'copayShareChanged'
  | 'contentsChanged'
  | 'limitCategory'
  | 'reissue'
  | 'application'
  | 'documentChanged'
  | 'expiryChanged'
  | 'specialTreatmentBegan'
  | 'specialTreatmentLifted'
  | 'other'

/** 持っている文書 — what the last valid document says, and since when. */
export type Held = {
  readonly contents: Contents
  /** 紛失 — the paper cannot be used any more. */
  readonly lost: boolean
}

/** 出すべき文書 — of one person on one day. */
export type Due =
  | {
      readonly kind: 'due'
      readonly reason: IssueReason
      readonly contents: Contents
      readonly grounds: readonly Ground[]
      /** Names of contents that differ from what is held. */
      readonly changes: readonly (keyof Contents)[]
    }
  | { readonly kind: 'held'; readonly contents: Contents; readonly grounds: readonly Ground[] }
  | {
      readonly kind: 'waiting'
      readonly grounds: readonly Ground[]
      readonly missing: readonly Missing[]
    }

/** 文書の名 */
export const documentNames: Readonly<Record<DocumentKind, string>> = {
  insuranceCard: '被保険者証',
  formerSpecialCertificate: '被保険者資格証明書',
  eligibilityCertificate: '資格確認書',
  eligibilityInformationNotice: '資格情報のお知らせ',
  specialEligibilityCertificate: '資格確認書（特別療養）',
}

/** 発行事由の名 */
export const reasonNames: Readonly<Record<IssueReason, string>> = {
  acquisition: '資格取得',
  renewal: '年次更新',
  copayShareChanged: '一部負担金の割合の変更',
  contentsChanged: '記載事項の変更',
  limitCategory: '限度区分の併記',
  reissue: '再交付',
  application: '交付申請',
  documentChanged: '文書の種類の変更',
  expiryChanged: '有効期限の更新',
  specialTreatmentBegan: '特別療養費の支給への変更',
  specialTreatmentLifted: '特別療養費の支給の終了',
  other: 'その他',
}

/** マイナ保険証の状況の名 */
export const insuranceCardStates: Readonly<Record<InsuranceCardState, string>> = {
  registered: '利用登録あり',
  notRegistered: '利用登録なし',
  deregistered: '利用登録を解除した',
  expired: '電子証明書の失効',
}

/** 限度区分の名 — as a document shows it. */
export const limitCategoryNames: Readonly<Record<LimitCategory, string>> = {
  active3: '現役並みⅢ',
  active2: '現役並みⅡ',
  active1: '現役並みⅠ',
  general2: '一般Ⅱ',
  general1: '一般Ⅰ',
  lowIncome2: '低所得Ⅱ',
  lowIncome1: '低所得Ⅰ',
}

/** 特定疾病の名 — as a document shows it. */
export const specifiedDiseases: Readonly<Record<SpecifiedDisease['disease'], string>> = {
  '1': '人工透析を要する慢性腎不全',
  '2': '血友病',
  '3': '後天性免疫不全症候群',
}
