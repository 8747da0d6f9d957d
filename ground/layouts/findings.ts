import type { Finding } from '@koiki/kernel'

/** 重さ — an error keeps the row (or the file) out; a warning asks a person to look. */
export type Severity = 'error' | 'warning'

/**
 * ファイルの所見 — `at` is 「項目名」 or 「ファイル」, `line` the physical line on which the record
 * begins (0 for the whole file). `sentence` is for a clerk and never holds a secret column's value.
 */
export type FileFinding = Finding & {
  readonly severity: Severity
  /** `file` means that nothing of the file can be trusted; `row` that one record is at fault. */
  readonly scope: 'file' | 'row'
  readonly file: string
  readonly line: number
  readonly column: string | null
  readonly sentence: string
}
