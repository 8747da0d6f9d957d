import type { CopayTenths } from '../copay.ts'

const article = '法67条1項・施行令7条（条番号は未確認）'

type GroundWords = {
  readonly tenths: CopayTenths
  readonly words: string
  /** 根拠の条 — from general knowledge; no text of the law could be read. */
  readonly law: string
}

const ground = (tenths: CopayTenths, words: string): GroundWords => ({
  tenths,
  words,
  law: article,
})

/**
 * 割合の理由 — the closed list of reasons, with the words for people. `…ByBase` and `…ByRevenue` are
 * households that 課税所得 alone would make 3割; source: each line's own table.
 */
export const grounds = {
  activeIncome: ground(3, '現役並みの課税所得がある被保険者が世帯にいます。'),
  activeIncomeNotApplied: ground(
    3,
    '現役並みの課税所得がある被保険者が世帯にいます。収入は基準収入額に満たないため、適用が始まれば3割でなくなります。',
  ),
  certainIncome: ground(2, '一定以上の課税所得と所得が世帯にあります。'),
  certainIncomeByBase: ground(
    2,
    '旧ただし書所得の合計により3割ではありません。一定以上の課税所得と所得が世帯にあります。',
  ),
  certainIncomeByRevenue: ground(
    2,
    '収入が基準収入額に満たないため3割ではありません。一定以上の課税所得と所得が世帯にあります。',
  ),
  lowTaxableIncome: ground(1, '一定以上の課税所得がある被保険者が世帯にいません。'),
  lowIncome: ground(
    1,
    '一定以上の課税所得はありますが、年金収入とその他の合計所得金額の合計が線に満ちません。',
  ),
  lowIncomeByBase: ground(
    1,
    '旧ただし書所得の合計により3割ではありません。年金収入とその他の合計所得金額の合計が2割の線に満ちません。',
  ),
  lowIncomeByRevenue: ground(
    1,
    '収入が基準収入額に満たないため3割ではありません。年金収入とその他の合計所得金額の合計が2割の線に満ちません。',
  ),
  beforeTwoTenths: ground(
    1,
    '現役並みの課税所得がある被保険者が世帯にいません。2割が設けられる前の日です。',
  ),
  beforeTwoTenthsByBase: ground(
    1,
    '旧ただし書所得の合計により3割ではありません。2割が設けられる前の日です。',
  ),
  beforeTwoTenthsByRevenue: ground(
    1,
    '収入が基準収入額に満たないため3割ではありません。2割が設けられる前の日です。',
  ),
} as const satisfies Readonly<Record<string, GroundWords>>

/** 割合の理由の符号 */
export type Ground = keyof typeof grounds

/** 証明書による割合の理由 — no answer of the rule: incomes are missing, and the union that was left has judged. */
export const certifiedGrounds = {
  certifiedThree: ground(
    3,
    '転入前の広域連合の負担区分等証明書に3割とあります。所得はまだ届いていません。',
  ),
  certifiedTwo: ground(
    2,
    '転入前の広域連合の負担区分等証明書に2割とあります。所得はまだ届いていません。',
  ),
  certifiedOne: ground(
    1,
    '転入前の広域連合の負担区分等証明書に1割とあります。所得はまだ届いていません。',
  ),
} as const satisfies Readonly<Record<string, GroundWords>>

/** 証明書による割合の理由の符号 */
export type CertifiedGround = keyof typeof certifiedGrounds

/** 証明された割合の理由 */
export const certifiedGround: Readonly<Record<CopayTenths, CertifiedGround>> = {
  1: 'certifiedOne',
  2: 'certifiedTwo',
  3: 'certifiedThree',
}

export const isCertifiedGround = (code: string): code is CertifiedGround =>
  Object.hasOwn(certifiedGrounds, code)

/** 割合の理由の文 — empty for a code that nobody knows. */
export const groundWords = (code: string): string =>
  ({ ...grounds, ...certifiedGrounds })[code as Ground | CertifiedGround]?.words ?? ''
