import { command, quoted, WrongUse } from '../commandLine.ts'
import { answerLines } from './answerLines.ts'
import { answerOf, ruleNames } from './ruleAnswers.ts'

const known = ruleNames.join('、')

const help = `使い方: npx koiki rules <規則> [選択] < 問い.ndjson

標準入力の1行（1つの JSON）に1行で答えます。規則: ${known}
すべて答えれば 0、答えられない行があれば 1、使い方の誤りは 2 で終わります。取り決めは docs/rules-cli.md。

選択:
  --explain   計算の途中の式と根拠を付ける
`

/**
 * `koiki rules <rule> [--explain]` — reads NDJSON on standard input, writes NDJSON on standard output.
 * 0 every line answered, 1 some line gave an error, 2 wrong usage.
 */
export const run = command(
  { name: 'rules', help, options: { explain: 'flag' }, words: 1 },
  async ({ explain }, [name], io) => {
    if (name === undefined) throw new WrongUse(`規則の名前を書いてください。あるもの: ${known}。`)
    const answer = await answerOf(name, explain)
    if (answer === null)
      throw new WrongUse(`${quoted(name)}という規則はありません。あるもの: ${known}。`)
    return answerLines(io.stdin, io.stdout, answer)
  },
)
