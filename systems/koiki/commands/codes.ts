import { checkNumber, isNumberKind, numberKinds } from '@koiki/kernel'
import { command } from '../commandLine.ts'
import { answerLines, type LineAnswer } from './answerLines.ts'

const help = `使い方: npx koiki codes < 番号.ndjson

{"id","kind","value"} を1行ずつ読み、{"id","valid","reason"} を1行ずつ書きます。番号そのものは、答えにも
断りにも出しません。選択はありません。
番号の種類（kind）: ${numberKinds.join(' ')}
`

/**
 * `koiki codes` — reads `{"id","kind","value"}` a line and writes `{"id","valid","reason"}`. The number
 * itself is never repeated, in answers, errors or anywhere else.
 */
export const run = command(
  { name: 'codes', help, options: {}, words: 0 },
  async (_values, _words, io) => answerLines(io.stdin, io.stdout, answerCodesLine),
)

/** 番号の検査への1行の問い — an answer or an error; neither repeats what the line held but its id. */
export function answerCodesLine(line: string, lineNumber: number): LineAnswer {
  if (line.trim() === '') {
    return fault(
      null,
      'blankLine',
      '',
      `${lineNumber}行目が空です。1行に1つのJSONを書いてください。`,
    )
  }
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    return fault(null, 'malformedJson', '', `${lineNumber}行目をJSONとして読めません。`)
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    const message = `${lineNumber}行目はJSONのオブジェクト { … } ではありません。`
    return fault(null, 'notAnObject', '', message)
  }
  return answerRow(row as { readonly [key: string]: unknown })
}

function answerRow(row: { readonly [key: string]: unknown }): LineAnswer {
  const { id, kind, value } = row
  const known = typeof id === 'string' ? id : null
  for (const key in row) {
    // A key may itself be a number typed in the wrong place, so it is not repeated.
    if (key !== 'id' && key !== 'kind' && key !== 'value') {
      return fault(known, 'unknownKey', '', 'id・kind・value のほかの項目があります。')
    }
  }
  if (typeof id !== 'string') return fault(null, 'wrongType', 'id', 'idを文字で書いてください。')
  if (typeof kind !== 'string' || !isNumberKind(kind)) {
    const message = `番号の種類を次のどれかで書いてください: ${numberKinds.join(' ')}`
    return fault(id, 'wrongValue', 'kind', message)
  }
  if (typeof value !== 'string') {
    return fault(id, 'wrongType', 'value', '番号は文字（"…"）で書いてください。')
  }
  return { text: JSON.stringify({ id, ...checkNumber(kind, value) }), answered: true }
}

function fault(id: string | null, code: string, at: string, message: string): LineAnswer {
  return { text: JSON.stringify({ id, error: { code, at, message } }), answered: false }
}
