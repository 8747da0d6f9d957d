import { answerCopayLine } from '@koiki/copay'
import { answerPremiumLine } from '@koiki/premium'
import type { Io } from '../io.ts'
import { answerLines } from './answerLines.ts'

/** 規則の問答 — the rules that can be asked by NDJSON. */
const rules = { premium: answerPremiumLine, copay: answerCopayLine } as const

/**
 * `koiki rules <rule> [--explain]` — reads NDJSON on standard input, writes NDJSON on standard output.
 * 0 every line answered, 1 some line gave an error, 2 wrong usage.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const explain = argv.includes('--explain')
  const names = argv.filter((word) => word !== '--explain')
  const name = names[0]
  if (names.length !== 1 || name === undefined || !Object.hasOwn(rules, name)) {
    const known = Object.keys(rules).join(' ')
    io.stderr.write(`使い方: npx koiki rules <規則> [--explain] < 問い.ndjson\n規則: ${known}\n`)
    return 2
  }
  const answer = rules[name as keyof typeof rules]
  return answerLines(io.stdin, io.stdout, (line, at) => answer(line, at, { explain }))
}
