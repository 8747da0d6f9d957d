import type { PlainDate } from '@koiki/kernel'
import type { IdentityDocument, NumberDocument, ProxyDocument } from './documents.ts'
import type { FilingKind } from './kinds.ts'

/** 項目の型 — every value says its unit and meaning; what could be read in two ways has no type here. */
export type FieldType = 'date' | 'text' | 'choice' | 'boolean' | 'address' | 'amount' | 'periods'

/** 届書の項目 — as the paper form orders them. */
export type Field = {
  readonly label: string
  readonly type: FieldType
  readonly required: boolean | { readonly field: string; readonly in: readonly string[] }
  readonly choices?: Readonly<Record<string, string>>
  /** Of an amount: whole 円, or whole 日. */
  readonly unit?: '円' | '日'
  readonly help: string
  /** Asked only where the person has no record yet. */
  readonly newcomer?: true
}

/** 届出人 — who stands at the counter. */
export type Filer = 'self' | 'household' | 'family' | 'proxy' | 'legal' | 'office'

/** 住所 as typed at the counter. */
export type FiledAddress = {
  readonly postalCode: string | null
  readonly prefecture: string
  readonly municipalityName: string
  readonly town: string
  readonly houseNumber: string | null
  readonly building: string | null
}

/** 入院などの期間 — both days counted. */
export type FiledPeriod = {
  readonly from: PlainDate
  readonly until: PlainDate
  readonly place: string
}

export type FieldValue = string | number | boolean | FiledAddress | readonly FiledPeriod[] | null

/** 個人番号欄 — all four are accepted; the last three with their reason. */
export type NumberState = 'written' | 'blank' | 'refused' | 'unknown'

/** 代理人 */
export type Proxy = {
  readonly name: string
  readonly relation: string
  readonly documents: readonly ProxyDocument[]
}

/** 届書の中身 — what the paper says and what was seen at the counter. The number is never part of it. */
export type FilingContent = {
  readonly kind: FilingKind
  /** 宛名番号 of this municipality, where the person was not found by search. */
  readonly addresseeNumber: string | null
  readonly filedOn: PlainDate
  readonly occurredOn: PlainDate | null
  readonly filer: Filer
  readonly proxy: Proxy | null
  readonly fields: Readonly<Record<string, FieldValue>>
  readonly numberState: NumberState
  readonly numberReason: string | null
  readonly numberCheck: NumberDocument | null
  readonly identityCheck: readonly IdentityDocument[]
  readonly documents: readonly string[]
}

/** 届書の状態 */
export type FilingState =
  | 'incomplete'
  | 'examining'
  | 'awaitingCheck'
  | 'granted'
  | 'refused'
  | 'withdrawn'
  | 'cancelled'

/** 状態の名 */
export const filingStates: Readonly<Record<FilingState, string>> = {
  incomplete: '保留 (足りないものを待つ)',
  examining: '審査中',
  awaitingCheck: '2人目待ち',
  granted: '決定',
  refused: '却下',
  withdrawn: '取下げ',
  cancelled: '取消',
}

/** まだ終わっていない状態 */
export const openStates = ['incomplete', 'examining', 'awaitingCheck'] as const

/** 直すところ — a field that stops; `next` are the steps that may be right, one button each. */
export type Fault = {
  readonly at: string
  readonly code: string
  readonly sentence: string
  readonly next: readonly { readonly code: string; readonly label: string }[]
}

/** 理由 — for or against, all at once. */
export type Reason = {
  readonly code: string
  readonly name: string
  readonly met: 'met' | 'unmet' | 'unknown'
  readonly sentence: string
  readonly article: string
}

/** 足りないもの — and how to get it. */
export type Missing = {
  readonly code: string
  readonly name: string
  readonly sentence: string
}

/** 注意 — nothing stops; the clerk should know. */
export type Warning = { readonly code: string; readonly sentence: string }

export type FilingAnswer = 'granted' | 'refused' | 'incomplete'
