/**
 * やりとりのエラーコード — E3xxx, about the transmission as a whole. Like the codes of @koiki/layouts, what
 * a clerk reads is written nowhere else. 番号 and 名前 of facts stand in braces.
 */
export const exchangeCodes = {
  E3001: '送り状を読めません（{理由}）。送り状のファイルを確かめて、もう一度送ってください。',
  E3002: 'これは{宛先}あての送信です。{自分}では受け取れません。',
  E3003: '{理由}。市区町村を確かめて、正しい送信を送ってください。',
  E3004: '「{レイアウト}」（{版}版）というレイアウトは、この仕組みにありません。',
  E3005: '送り状の署名が{送り手}のものと確かめられません。受け取りません。',
  E3006:
    '届いたファイルが送り状と違います（SHA-256が合いません）。途中で壊れたおそれがあります。もう一度送ってください。',
  E3007:
    '通し番号{番号}は、もう別の中身で受け取っています。受け取りません。新しい番号で送るか、断られた番号だけを直して送ってください。',
  E3008:
    '同じ送信識別子で、前と違う中身が届きました。受け取りません。新しい送信として作り直してください。',
  E3009: '{理由}',
  E3010:
    '封の中のファイルが送り状と違います（SHA-256が合いません）。1件も取り込みません。作り直して送ってください。',
  E3011:
    '件数が送り状と違います（送り状 {送り状}件、ファイル {ファイル}件）。1件も取り込みません。作り直して送ってください。',
  E3012:
    '{項目名}の合計が送り状と違います（送り状 {送り状}、ファイル {ファイル}）。1件も取り込みません。作り直して送ってください。',
  E3013: '通し番号{番号}は欠番として閉じています。受け取りません。新しい番号で送ってください。',
  E3014: '受領書を読めません（{理由}）。',
  E3015: 'この受領書に当たる送信がありません。送信識別子か、送ったファイルの SHA-256 が違います。',
  E3016: '受領書の署名が受け手のものと確かめられません。',
  E3017:
    '通し番号{番号}は、これまでに受け取った最後の通し番号{最後}から離れすぎています。受け取りません。送り手に番号を確かめてもらい、次の番号から順に送ってください。',
  E3018:
    '{当事者}の鍵（{鍵}）の証明書は{日}で期限が切れました。使えません。新しい鍵と証明書を作り、公開の鍵を渡してもらってください。',
  E3019:
    '{当事者}の鍵（{鍵}）の証明書は{日}から有効です。まだ使えません。日付と、鍵の取り違えがないかを確かめてください。',
  E3020:
    '{当事者}の鍵（{鍵}）は{日}に失効しています（{理由}）。使えません。新しい鍵で作り直してもらってください。',
  E3021:
    '{当事者}の鍵（{鍵}）に認証局の証明書がありません。使えません。認証局に証明書を出してもらってください。',
  E3022:
    '{当事者}の鍵（{鍵}）の証明書が、認証局のものと確かめられません。使えません。鍵のファイルを確かな道でもらい直してください。',
  E3023:
    '認証局の失効リストを確かめられないので、{当事者}の鍵（{鍵}）を使えません。失効リストを置き直してください。',
} as const satisfies Record<string, string>

export type ExchangeCode = keyof typeof exchangeCodes

/** やりとりの所見 — of a whole transmission: no line, no column. */
export type ExchangeFinding = {
  readonly code: ExchangeCode
  readonly sentence: string
}

export function exchangeFinding(
  code: ExchangeCode,
  facts: Readonly<Record<string, string | number>> = {},
): ExchangeFinding {
  const sentence = exchangeCodes[code].replace(/\{([^}]+)\}/g, (_all, word: string) =>
    String(facts[word] ?? ''),
  )
  return { code, sentence }
}

/** 鍵がない — a party's key file is missing, unreadable or open to others. */
export class KeysMissing extends Error {
  override readonly name = 'KeysMissing'
}
