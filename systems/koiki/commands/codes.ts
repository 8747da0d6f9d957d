import {
  answerLine,
  checkNumber,
  isNumberKind,
  type LineAnswer,
  LineFault,
  type LineRow,
  numberKinds,
  refuseType,
} from '@koiki/kernel'
import { command } from '../commandLine.ts'
import { answerLines } from './answerLines.ts'

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
export const answerCodesLine = (line: string, lineNumber: number): LineAnswer =>
  answerLine(line, lineNumber, answerRow, () => null)

function answerRow(row: LineRow): string {
  const { id, kind, value } = row
  for (const key in row) {
    // A key may itself be a number typed in the wrong place, so it is not repeated.
    if (key !== 'id' && key !== 'kind' && key !== 'value') {
      throw new LineFault('unknownKey', '', 'id・kind・value のほかの項目があります。')
    }
  }
  if (typeof id !== 'string') refuseType('id', 'idを文字')
  if (typeof kind !== 'string' || !isNumberKind(kind)) {
    const message = `番号の種類を次のどれかで書いてください: ${numberKinds.join(' ')}`
    throw new LineFault('wrongValue', 'kind', message)
  }
  if (typeof value !== 'string') refuseType('value', '番号は文字（"…"）')
  return JSON.stringify({ id, ...checkNumber(kind, value) })
}
