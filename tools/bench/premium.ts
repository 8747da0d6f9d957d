/**
 * 保険料の規則 — complete household assessments a second in one process on one core, with and without
 * workings, and lines a second through the front door; each beside a floor of the same run: a bare walk
 * over the same households, and JSON read and written for the same lines. `--full` for ten times more.
 */

import { spawn } from 'node:child_process'
import path from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type FiscalYear, fromNumericDay, type NumericDay } from '@koiki/kernel'
import {
  answerPremiumLine,
  assessWith,
  explainPremium,
  lawOf,
  type Member,
  noIncome,
} from '@koiki/premium'

const full = process.argv.includes('--full')
const households = 20_000
const rounds = full ? 500 : 50
const lineCount = full ? 2_000_000 : 200_000

// A fixed recurrence: the same households in every run.
let state = 20_260_701
const draw = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
  return (state >>> 8) % below
}
const dayIn = (year: number): NumericDay =>
  (year * 10_000 + (1 + draw(12)) * 100 + 1 + draw(28)) as NumericDay

/** Six in ten alone, four with a spouse, and three in ten with a child who is the head. */
function household(number: number): Member[] {
  const insured = draw(10) < 6 ? 1 : 2
  const child = draw(10) < 3
  const people: Member[] = Array.from({ length: insured }, (_, index) => {
    const born = 1930 + draw(21)
    return {
      id: `${number}-${index}`,
      birthDate: dayIn(born),
      head: index === 0 && !child,
      insured: {
        from: dayIn(born + 75),
        until: draw(25) === 0 ? dayIn(2026) : null,
        formerDependent: draw(20) === 0,
      },
      income: {
        ...noIncome,
        publicPension: 400_000 + draw(260) * 10_000,
        salary: draw(8) === 0 ? draw(300) * 10_000 : 0,
        business: draw(12) === 0 ? draw(300) * 10_000 : 0,
      },
    }
  })
  if (child) {
    const income = { ...noIncome, salary: draw(600) * 10_000 }
    people.push({ id: `${number}-c`, birthDate: dayIn(1965), head: true, insured: null, income })
  }
  return people.map((person) =>
    person.insured?.until != null && person.insured.until < person.insured.from
      ? { ...person, insured: { ...person.insured, until: null } }
      : person,
  )
}

const law = lawOf('43', 2026 as FiscalYear)
const world = Array.from({ length: households }, (_, number) => household(number))
let kept = 0

/** Best of several rounds, in units a second: other work on the machine only ever slows a round. */
function best(units: number, times: number, work: () => void): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < times; round += 1) {
    const start = performance.now()
    work()
    fastest = Math.min(fastest, performance.now() - start)
  }
  return (units * 1000) / fastest
}
const rate = (value: number): string => Math.round(value).toLocaleString('en').padStart(12)
const times = (ratio: number): string => `${ratio.toFixed(1)} 倍の時間`

const walk = best(households, rounds, () => {
  for (const members of world) {
    for (const { income } of members) kept += income.publicPension
  }
})
const assess = best(households, rounds, () => {
  for (const members of world) {
    for (const premium of assessWith(law, members)) kept += premium.annual
  }
})
const explain = best(2_000, Math.max(rounds / 10, 5), () => {
  for (const members of world.slice(0, 2_000)) {
    for (const premium of assessWith(law, members)) {
      kept += explainPremium(law, members, premium).length
    }
  }
})
const people = world.flat().filter(({ insured }) => insured !== null).length
console.log(
  `保険料の規則 熊本県 令和8年度 ${households.toLocaleString('en')}世帯（被保険者 ${(people / households).toFixed(2)}人/世帯）、1つの核で`,
)
console.log(`  世帯をなぞるだけ            ${rate(walk)} 世帯/秒`)
console.log(
  `  賦課（2つの分、軽減の判定）  ${rate(assess)} 世帯/秒  なぞるだけの ${times(walk / assess)}、目標 1,000,000`,
)
console.log(
  `  賦課と計算の過程            ${rate(explain)} 世帯/秒  賦課だけの ${times(assess / explain)}、目標 20,000`,
)

const lines = world.map((members, number) =>
  JSON.stringify({
    id: String(number),
    union: '43',
    fiscalYear: 2026,
    members: members.map(({ birthDate, insured, ...rest }) => ({
      ...rest,
      birthDate: fromNumericDay(birthDate),
      insured: insured && {
        ...insured,
        from: fromNumericDay(insured.from),
        until: insured.until && fromNumericDay(insured.until),
      },
    })),
  }),
)
const json = best(households, rounds / 5, () => {
  for (const line of lines) kept += JSON.stringify(JSON.parse(line)).length
})
const answer = best(households, rounds / 5, () => {
  for (const line of lines) kept += answerPremiumLine(line, 1, { explain: false }).text.length
})
const bytes = lines.reduce((sum, line) => sum + line.length, 0) / lines.length
console.log(`NDJSON（1行 ${bytes.toFixed(0)} バイト）`)
console.log(`  JSONを読んで書くだけ        ${rate(json)} 行/秒`)
console.log(`  検査して答える              ${rate(answer)} 行/秒  ${times(json / answer)}`)

const block = Buffer.from(`${lines.join('\n')}\n`)
const door = path.resolve(import.meta.dirname, '../../systems/koiki/main.ts')

/** The front door as a process of its own: everything from the first byte in to the last one out. */
async function throughDoor(
  args: string[],
  count: number,
): Promise<{ time: number; answers: number }> {
  const start = performance.now()
  const child = spawn(process.execPath, [door, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  let answers = 0
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) answers += 1
  })
  const done = new Promise<number | null>((resolve) => child.on('close', resolve))
  const blocks = Readable.from(Array.from({ length: count / households }, () => block))
  await pipeline(blocks, child.stdin as Writable)
  const code = await done
  if (code !== 0) throw new Error(`玄関が ${code} で終わりました。`)
  return { time: (performance.now() - start) / 1000, answers }
}

const opening = await throughDoor(['rules', 'premium'], 0)
const streamed = await throughDoor(['rules', 'premium'], lineCount)
if (streamed.answers !== lineCount) throw new Error(`${streamed.answers}行しか答えがありません。`)
const lineRate = lineCount / streamed.time
console.log(
  `  koiki rules premium         ${rate(lineRate)} 行/秒  ${times(json / lineRate)}（${lineCount.toLocaleString('en')}行、開くだけで ${opening.time.toFixed(2)}秒を含む）、目標 100,000`,
)
if (kept === 0) throw new Error('何も計算されていません。')
