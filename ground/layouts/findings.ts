import type { Finding } from '@koiki/kernel'

/** 重さ — an error keeps the row (or the file) out; a warning asks a person to look. */
export type Severity = 'error' | 'warning'

type Template = {
  /** What the code is called in the list of codes. */
  readonly name: string
  readonly severity: Severity
  readonly scope: 'file' | 'row'
  /** {name} is filled from the facts. */
  readonly sentence: string
}

/**
 * エラーコード — E0001–E0004 are デジタル庁's (付番API仕様 エラーコード一覧), E1xxx our own about one record or
 * several, E2xxx our own about the file. One table: what a clerk reads is written nowhere else.
 */
export const findingCodes = {
  E0001: {
    name: '必須エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が設定されていません。',
  },
  E0002: {
    name: '指定文字エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}は{指定文字}で設定してください。{補足}',
  },
  E0003: {
    name: '桁数エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}は{桁数}で設定してください（今は{今の桁数}桁です）。',
  },
  E0004: {
    name: '相関チェックエラー',
    severity: 'error',
    scope: 'row',
    sentence: '{元の項目}が{条件}場合、{項目名}は設定必須です。',
  },
  E1001: {
    name: '検査数字エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が正しい番号ではありません。{理由}',
  },
  E1002: {
    name: 'コードエラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}がコード表にない値です。使えるのは {使えるコード} です。',
  },
  E1003: {
    name: '日付エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が暦にない日です。実際にある日を YYYY-MM-DD で設定してください。{補足}',
  },
  E1004: {
    name: '未来日エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が今日（{今日}）より後の日です。日付を確かめてください。',
  },
  E1005: {
    name: '前後関係エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が{元の項目}より前の日になっています。どちらが正しいか確かめてください。',
  },
  E1006: {
    name: '範囲エラー',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}は{最大}までです。',
  },
  E1007: {
    name: '重複エラー',
    severity: 'error',
    scope: 'row',
    sentence:
      '{元の行}行目と同じ{キー}の行がもう一度あります。どちらか一方だけにして送り直してください。',
  },
  E1008: {
    name: '世帯主なし',
    severity: 'error',
    scope: 'row',
    sentence:
      'この行の世帯（{人数}人）に世帯主の行がありません。世帯主を確かめて、世帯全員を送り直してください。',
  },
  E1009: {
    name: '世帯主重複',
    severity: 'error',
    scope: 'row',
    sentence:
      '{元の行}行目とこの行が、同じ世帯でどちらも世帯主になっています。世帯主を1人にしてください。',
  },
  E1010: {
    name: '他団体の行',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が、このファイルの市区町村（{市区町村}）と違います。',
  },
  E1011: {
    name: '数式に見える文字',
    severity: 'warning',
    scope: 'row',
    sentence:
      '{項目名}が「{先頭}」で始まっています。表計算ソフトで開くと数式として動くおそれがあります。正しい値か確かめてください。',
  },
  E1012: {
    name: '文字化けの跡',
    severity: 'error',
    scope: 'row',
    sentence:
      '{項目名}に、文字コードの変換に失敗した跡（U+FFFD）があります。元の文字に直してください。',
  },
  E1013: {
    name: '制御文字',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}に、目に見えない制御文字（{文字}）が入っています。取り除いてください。',
  },
  E1014: {
    name: '書けない文字',
    severity: 'error',
    scope: 'row',
    sentence:
      '{項目名}の「{文字}」は Windows-31J にない文字です。UTF-8 のファイルにするか、代わりの文字を決めてください。',
  },
  E1015: {
    name: '固定長に入らない値',
    severity: 'error',
    scope: 'row',
    sentence: '{項目名}が固定長の{バイト数}バイトに入りません（{理由}）。',
  },
  E1016: {
    name: '古すぎる日',
    severity: 'error',
    scope: 'row',
    sentence:
      '{項目名}が{最も古い日}より前の日です。今の暦の始まる前なので、和暦に書けません。日付を確かめてください。',
  },
  E2001: {
    name: '文字コードエラー',
    severity: 'error',
    scope: 'file',
    sentence:
      '文字コードが {文字コード} ではありません{推定}。{文字コード} で保存し直してください。このファイルは1件も取り込みません。',
  },
  E2002: {
    name: '見出しエラー',
    severity: 'error',
    scope: 'file',
    sentence:
      '1行目の見出しが{レイアウト}（{版}）と違います。{違い}このファイルは1件も取り込みません。',
  },
  E2003: {
    name: '空のファイル',
    severity: 'error',
    scope: 'file',
    sentence: '中身が空です（見出しの行もありません）。作り直して送ってください。',
  },
  E2004: {
    name: '0件のファイル',
    severity: 'warning',
    scope: 'file',
    sentence: 'データが0件です。0件で正しいか、送り元に確かめてください。',
  },
  E2005: {
    name: '項目数エラー',
    severity: 'error',
    scope: 'row',
    sentence: '項目の数が{今の数}です（{正しい数}のはずです）。{違い}',
  },
  E2006: {
    name: '引用符エラー',
    severity: 'error',
    scope: 'row',
    sentence:
      '{何番目}番目の項目の引用符（"）の使い方が CSV の決まりに合いません。値の中の " は "" と書きます。',
  },
  E2007: {
    name: '途中で切れたファイル',
    severity: 'error',
    scope: 'file',
    sentence:
      'ファイルが途中で切れています（{理由}）。もう一度送ってください。このファイルは1件も取り込みません。',
  },
  E2008: {
    name: '長すぎる行',
    severity: 'error',
    scope: 'file',
    sentence:
      '1行が{上限}バイトを超えています。引用符の閉じ忘れか、別の種類のファイルです。ここから先は読みません。このファイルは1件も取り込みません。',
  },
  E2009: {
    name: '改行の混在',
    severity: 'error',
    scope: 'file',
    sentence:
      '改行が混ざっています（{初めの改行} で始まり、この行は {この改行} です）。別々のファイルをつないだおそれがあります。改行をそろえて送り直してください。',
  },
  E2010: {
    name: 'NUL文字',
    severity: 'error',
    scope: 'file',
    sentence:
      '値のない文字（NUL）が入っています。ファイルが壊れたか、CSV ではないおそれがあります。このファイルは1件も取り込みません。',
  },
  E2011: {
    name: '空の行',
    severity: 'error',
    scope: 'row',
    sentence: '何も書かれていない行です。取り除いてください。',
  },
  E2012: {
    name: '固定長の長さエラー',
    severity: 'error',
    scope: 'row',
    sentence:
      '1件の長さが{今の長さ}バイトです（{正しい長さ}バイトのはずです）。項目の桁がずれているおそれがあります。',
  },
} as const satisfies Record<string, Template>

export type FindingCode = keyof typeof findingCodes

/**
 * ファイルの所見 — `at` is 「項目名」 or 「ファイル」, `line` the physical line on which the record
 * begins (0 for the whole file). `sentence` is for a clerk and never holds a value of the row: a column may have slipped, and
 * the line and the column are enough to find it.
 */
export type FileFinding = Finding & {
  readonly code: FindingCode
  readonly severity: Severity
  /** `file` means that nothing of the file can be trusted; `row` that one record is at fault. */
  readonly scope: 'file' | 'row'
  readonly file: string
  readonly line: number
  readonly column: string | null
  readonly sentence: string
}

/** What a check knows; file and line are added where they are known. */
export type Fault = {
  readonly code: FindingCode
  readonly column: string | null
  readonly facts: Readonly<Record<string, string | number>>
}

export function finding(fault: Fault, file: string, line: number): FileFinding {
  const { name: _, sentence, ...kind } = findingCodes[fault.code]
  const facts = fault.column === null ? fault.facts : { 項目名: fault.column, ...fault.facts }
  return {
    code: fault.code,
    at: fault.column ?? 'ファイル',
    facts,
    ...kind,
    file,
    line,
    column: fault.column,
    sentence: sentence.replace(/\{([^}]+)\}/g, (_all, word: string) =>
      String((facts as Record<string, string | number>)[word] ?? ''),
    ),
  }
}
