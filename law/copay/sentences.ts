import { formatWareki, type PlainDate, plainDateOf } from '@koiki/kernel'
import type { LimitCategory } from './copay.ts'
import type { CopayCause, Missing, Note } from './share.ts'

/** 限度区分の名 — as notices and documents print it. */
export const limitNames: Readonly<Record<LimitCategory, string>> = {
  active3: '現役並みIII',
  active2: '現役並みII',
  active1: '現役並みI',
  general2: '一般II',
  general1: '一般I',
  lowIncome2: '区分II',
  lowIncome1: '区分I',
}

/** 判定の事由の名 */
export const causeNames: Readonly<Record<CopayCause, string>> = {
  yearly: '年次の判定(8月1日)',
  acquisition: '資格取得',
  householdChange: '世帯の異動',
  turningSeventy: '世帯の人の70歳到達',
  application: '基準収入額適用申請',
  incomeArrived: '所得の到着(証明書の割合に代えて)',
  incomeCorrection: '所得の更正',
  recordCorrection: '資格や世帯の記録の訂正',
}

const yearText = (fiscalYear: number | null): string =>
  fiscalYear === null
    ? ''
    : formatWareki(plainDateOf(fiscalYear, 5, 1), 'long').replace(/年.*$/, '年度')

/** 足りないものの文 — what is missing, and what has to come. */
export function missingSentence({ code, fiscalYear, table }: Missing): string {
  const year = yearText(fiscalYear)
  switch (code) {
    case 'incomeNotReceived':
      return `${year}の所得・課税情報が届いていません。市区町村から届けば判定します。県外から転入した人は、転入前の広域連合の負担区分等証明書を資格取得届に入れれば、届く前に決まります。`
    case 'incomeInquired':
      return `${year}の所得を市区町村が調査中です。調査の結果が届けば判定します。`
    case 'taxResultNotCarried':
      return `${year}の所得・課税情報が、課税標準額と課税区分のない前の版で届いています。2026-07版で届けば判定します。`
    case 'undeclared':
      return `${year}の所得が申告されていないので、住民税がかかるか分かりません。申告があれば限度区分を判定します。`
    case 'oldAgeWelfarePension':
      return '老齢福祉年金を受けているか分かりません。受給の有無を確かめれば限度区分を判定します。'
    case 'categoryNotCertified':
      return `負担区分等証明書に限度区分がありません。${year}の所得・課税情報が届けば判定します。`
    case 'lawMissing':
      return `法令表「${table}」に、この日の行がありません。表に行を足せば判定します。`
  }
}

/** 但し書きの文 */
export function noteSentence({ code, receiptNumber, issuer, appliedFrom }: Note): string {
  switch (code) {
    case 'undeclaredAsZero':
      return '所得が申告されていないので、課税所得0円として割合を判定しています。申告があれば判定し直します。'
    case 'revenueUnknown':
      return '収入額の全部は公簿で分かりません。分かっている額だけで比べています。基準収入額適用申請があれば、届け出られた収入で判定し直します。'
    case 'byApplication':
      return `基準収入額適用申請(受付番号 ${receiptNumber})の収入で判定しています。ほかの被保険者の収入は合計だけが届け出られるので、1人に寄せて示しています。`
    case 'byCertificate': {
      const since = appliedFrom === undefined ? '' : `${formatWareki(appliedFrom, 'long')}から適用`
      return `${issuer ?? '転入前の広域連合'}の負担区分等証明書(${since}、届書の受付番号 ${receiptNumber})の割合です。所得が届けば、資格取得の日にさかのぼって判定し直します。`
    }
    case 'aloneWithoutRecord':
      return '世帯の記録が届いていないので、1人の世帯として判定しています。'
  }
}

/** ひとことで — the share of today, in words that can be read aloud. */
export function shareSentence(tenths: number | null, from: PlainDate | null): string {
  return tenths === null || from === null
    ? 'きょうの一部負担金の割合は、判定されていません。'
    : `きょうの一部負担金の割合は${tenths}割です(${formatWareki(from, 'long')}から)。`
}
