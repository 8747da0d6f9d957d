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
import { atLeast, childSeconds, full, ownSeconds, seconds, tell, whole } from './measure.ts'

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

/**
 * In units a second that this thread computed, after one round to warm up. Only what it computed counts, so
 * other work on the machine does not; all rounds together, because that clock ticks in milliseconds.
 */
function pace(units: number, times: number, work: () => void): number {
  work()
  const took = ownSeconds(() => {
    for (let round = 0; round < times; round += 1) work()
  })
  return (units * times) / took
}

const walk = pace(households, rounds * 20, () => {
  for (const members of world) {
    for (const { income } of members) kept += income.publicPension
  }
})
const assess = pace(households, rounds, () => {
  for (const members of world) {
    for (const premium of assessWith(law, members)) kept += premium.annual
  }
})
const explain = pace(2_000, Math.max(rounds / 10, 5), () => {
  for (const members of world.slice(0, 2_000)) {
    for (const premium of assessWith(law, members)) {
      kept += explainPremium(law, members, premium).length
    }
  }
})
const lines = world.map((members, number) =>
  JSON.stringify({
    id: String(number),
    union: '43',
    fiscalYear: 2026,
    members: members.map(({ birthDate, insured, income, ...rest }) => ({
      ...rest,
      // The contract asks for amounts of 0 and more; a loss comes from the register alone.
      income: { ...income, businessLoss: undefined },
      birthDate: fromNumericDay(birthDate),
      insured: insured && {
        ...insured,
        from: fromNumericDay(insured.from),
        until: insured.until && fromNumericDay(insured.until),
      },
    })),
  }),
)
const json = pace(households, rounds / 5, () => {
  for (const line of lines) kept += JSON.stringify(JSON.parse(line)).length
})
const answer = pace(households, rounds / 5, () => {
  for (const line of lines) kept += answerPremiumLine(line, 1, { explain: false }).text.length
})
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

await throughDoor(['rules', 'premium'], 0)
const opening = await throughDoor(['rules', 'premium'], 0)
const before = childSeconds()
const streamed = await throughDoor(['rules', 'premium'], lineCount)
const computed = before === null ? null : (childSeconds() as number) - before
if (streamed.answers !== lineCount) throw new Error(`${streamed.answers}行しか答えがありません。`)
const jsonWall = await seconds(() => {
  for (const line of lines) kept += JSON.stringify(JSON.parse(line)).length
})
const lineRate = lineCount / streamed.time
const jsonRate = lines.length / jsonWall
if (kept === 0) throw new Error('何も計算されていません。')

tell([
  {
    what: `賦課 ${whole(households)}世帯（熊本県、令和8年度、2つの分と軽減の判定）`,
    measured: `${whole(assess)} 世帯/秒・核`,
    floor: `世帯をなぞるだけ ${whole(walk)}`,
    ratio: assess / walk,
    target: atLeast('1,000,000 以上', 1_000_000, assess),
  },
  {
    what: '賦課と計算の過程',
    measured: `${whole(explain)} 世帯/秒・核`,
    floor: `賦課だけ ${whole(assess)}`,
    ratio: explain / assess,
    target: atLeast('20,000 以上', 20_000, explain),
  },
  {
    what: '1行の問いを検査して答える（プロセスの中で）',
    measured: `${whole(answer)} 行/秒・核`,
    floor: `JSONを読んで書くだけ ${whole(json)}`,
    ratio: answer / json,
    target: null,
  },
  {
    what: `koiki rules premium ${whole(lineCount)}行（開くのに ${opening.time.toFixed(2)}秒、それを含む）`,
    measured: `${whole(lineRate)} 行/秒`,
    floor: `JSONを読んで書くだけ ${whole(jsonRate)}`,
    ratio: lineRate / jsonRate,
    target: atLeast('100,000 以上', 100_000, lineRate),
  },
  ...(computed === null
    ? []
    : [
        {
          what: '　同じ、計算した時間で（待たされた時間を除く。全部のスレッド）',
          measured: `${whole(lineCount / computed)} 行/秒・核`,
          floor: `JSONを読んで書くだけ ${whole(json)}`,
          ratio: lineCount / computed / json,
          target: null,
        },
      ]),
])
