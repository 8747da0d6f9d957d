import type { PlainDate } from '@koiki/kernel'
import type { Income } from '@koiki/premium'
import type { CopayTenths, LimitCategory, Working } from './copay.ts'
import type { CertifiedGround, Ground } from './law/grounds.ts'
import type { CertifiedShare } from './rules/certifiedShare.ts'
import type { ReJudgement } from './rules/effectiveFrom.ts'

/** 判定の事由 — why a judgement was made; 資格や世帯の記録の訂正 is what corrected records leave to be judged again. */
export type CopayCause = ReJudgement['kind'] | 'incomeArrived' | 'recordCorrection'

/** 資格の一続き — one piece of an entitlement, as the chapter of 資格 shows it. */
export type Piece = {
  readonly subjectKey: number
  readonly residentKey: number
  readonly municipality: string
  readonly birthDate: PlainDate
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly acquiredOn: PlainDate
}

/** 世帯にいる期間 */
export type Stay = {
  readonly residentKey: number
  readonly subjectKey: number | null
  readonly municipality: string
  readonly household: string
  readonly birthDate: PlainDate
  readonly from: PlainDate
  readonly until: PlainDate | null
}

/** 課税の事実 — one person and fiscal year, as it is known now; null where the file did not say. */
export type TaxFact = {
  readonly residentKey: number
  readonly fiscalYear: number
  readonly declaration: 'undeclared' | 'declared' | 'inquiring'
  readonly income: Income
  readonly taxableIncome: number | null
  readonly headAdjustment: number | null
  readonly residentTax: 'untaxed' | 'perCapitaOnly' | 'taxed' | null
  readonly revenue: number | null
  readonly recordedAt: string
}

/** 基準収入額適用申請 — granted, with the revenue that it states; `from` is the day from which it holds. */
export type Application = {
  readonly residentKey: number
  readonly filedOn: PlainDate
  readonly from: PlainDate
  readonly incomeYear: number
  readonly own: number
  readonly others: number
  readonly seventies: number | null
  readonly receiptNumber: string
}

/**
 * 負担区分等証明書 — what the union that a person left says of the share, as it was written down when the person moved
 * in; it stands in for incomes that have not arrived.
 */
export type BurdenCertificate = CertifiedShare & {
  readonly residentKey: number
  readonly movedInOn: PlainDate
  /** 適用日 — from which the share holds. */
  readonly appliedFrom: PlainDate
  /** 交付した広域連合 */
  readonly issuer: string
  readonly receiptNumber: string
}

/** 知っていること — of the persons to be judged and of everybody who was ever in a household with them. */
export type KnownFacts = {
  readonly piecesOf: ReadonlyMap<number, readonly Piece[]>
  readonly piecesOfResident: ReadonlyMap<number, readonly Piece[]>
  readonly staysOfResident: ReadonlyMap<number, readonly Stay[]>
  readonly staysOfHousehold: ReadonlyMap<string, readonly Stay[]>
  /** Other records of the same person: a tax record may have stayed where the person lived on 1 January. */
  readonly kin: ReadonlyMap<number, readonly number[]>
  readonly taxes: ReadonlyMap<string, TaxFact>
  readonly applications: ReadonlyMap<number, readonly Application[]>
  readonly certificates: ReadonlyMap<number, readonly BurdenCertificate[]>
}

/** 足りないもの — by code; `id` is a resident's key, never a name. */
export type Missing = {
  readonly code:
    | 'incomeNotReceived'
    | 'incomeInquired'
    | 'taxResultNotCarried'
    | 'undeclared'
    | 'oldAgeWelfarePension'
    | 'categoryNotCertified'
    | 'lawMissing'
  readonly id: string | null
  readonly fiscalYear: number | null
  readonly table: string | null
}

/** 但し書き — what whoever reads a judgement has to know. */
export type Note = {
  readonly code:
    | 'undeclaredAsZero'
    | 'revenueUnknown'
    | 'byApplication'
    | 'byCertificate'
    | 'aloneWithoutRecord'
  readonly id: string
  readonly receiptNumber?: string
  /** Of a certificate: who issued it, and from when its share holds. */
  readonly issuer?: string
  readonly appliedFrom?: PlainDate
}

/** 世帯員の金額 in the shape of the rules' contract. */
export type StoredMember = {
  readonly id: string
  readonly birthDate: PlainDate
  readonly insured: boolean
  readonly taxableIncome: number
  readonly base: number
  readonly revenue: number
  readonly pensionRevenue: number
  readonly otherIncome: number
}

/** 限度区分の事実 — of everybody on the resident record; `taxed` null where it is not known. */
export type StoredPerson = {
  readonly id: string
  readonly taxed: boolean | null
  readonly pensionRevenue: number
  readonly otherIncome: number
}

/** 判定の事実 — a question of the rules' contract, and beside it what 限度区分 asks. */
export type StoredFacts = {
  readonly date: PlainDate
  readonly incomeYear: number
  readonly members: readonly StoredMember[]
  readonly revenueConfirmed: boolean
  readonly appliedOn: PlainDate | null
  readonly household: readonly StoredPerson[]
  readonly oldAgeWelfarePension: boolean
  readonly limitMissing: readonly Missing[]
  readonly notes: readonly Note[]
  /** 証明された割合 — only where the share rests on a certificate; then nobody's amounts were asked. */
  readonly certified?: CertifiedShare
}

/** 判定の結果 — of one person on one day, or what is missing. */
export type Outcome =
  | {
      readonly kind: 'judged'
      readonly tenths: CopayTenths
      readonly ground: Ground | CertifiedGround
      readonly limitCategory: LimitCategory | null
      readonly facts: StoredFacts
    }
  | { readonly kind: 'pending'; readonly missing: readonly Missing[] }

/** 過程 — of both questions. */
export type StoredWorkings = {
  readonly share: readonly Working[]
  readonly limit: readonly Working[]
}

/** 生きている判定 — the last one of its day. */
export type LivingJudgement = {
  readonly subjectKey: number
  readonly sequence: number
  readonly effectiveOn: PlainDate
  readonly tenths: CopayTenths
  readonly ground: string
  readonly limitCategory: LimitCategory | null
  /** Keys of the insured of the household, in order. */
  readonly insured: string
  readonly digest: string
  readonly decidedAt: string
}

/** 割合の期間 */
export type SharePeriod = {
  readonly subjectKey: number
  readonly municipality: string
  readonly from: PlainDate
  readonly until: PlainDate
  readonly tenths: CopayTenths
  readonly limitCategory: LimitCategory | null
  readonly shareSince: PlainDate
  readonly limitSince: PlainDate
  readonly judgedOn: PlainDate
  readonly sequence: number
}
