/**
 * すべての計測 — `npm run bench`: every bench as a process of its own, one after another, at a tenth of full
 * size; `--full` for full size, `--only import,premium` for some, `--json` for a program to read.
 */

import { spawn } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import path from 'node:path'
import { cells, full, heading, type Measurement, table } from './measure.ts'

const benches = {
  premium: '保険料の規則',
  layouts: 'レイアウト',
  vault: '金庫',
  import: '取込み',
  reconciliation: '全件照合',
  assessment: '賦課',
  notices: '通知書',
  filings: '窓口の決定',
} as const
type Bench = keyof typeof benches

const asJson = process.argv.includes('--json')
const at = process.argv.indexOf('--only')
const asked = at === -1 ? Object.keys(benches) : (process.argv[at + 1] ?? '').split(',')
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  const known = Object.keys(benches).join(',')
  console.error(`「${unknown.join(',')}」という計測はありません。あるもの: ${known}`)
  process.exit(2)
}

interface Outcome {
  readonly bench: Bench
  readonly load: number
  readonly seconds: number
  readonly failed: boolean
  readonly measurements: readonly Measurement[]
}

function run(bench: Bench): Promise<Outcome> {
  const load = loadavg()[0] as number
  const start = performance.now()
  const args = [
    path.join(import.meta.dirname, `${bench}.ts`),
    '--json',
    ...(full ? ['--full'] : []),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  return new Promise((resolve) =>
    child.on('close', (code) =>
      resolve({
        bench,
        load,
        seconds: (performance.now() - start) / 1000,
        failed: code !== 0,
        measurements: said
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line) as Measurement),
      }),
    ),
  )
}

const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model ?? '不明',
  memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  loadAtStart: loadavg().map((load) => Number(load.toFixed(2))),
  full,
}
if (!asJson) {
  const { cores, processor, memoryGiB, node, platform, loadAtStart } = machine
  console.log(
    `機械: ${processor} ${cores}核、記憶 ${memoryGiB} GiB、Node ${node}、${platform}、初めの負荷 ${loadAtStart.join(' ')}`,
  )
  console.log(full ? '大きさ: 全部（--full）' : '大きさ: 全部の10分の1（--full で全部）')
  if ((loadAtStart[0] as number) > cores / 2)
    console.log('ほかの仕事が動いています。秒は当てにせず、同じ回の床との比を見てください。')
}

const outcomes: Outcome[] = []
for (const bench of asked as Bench[]) {
  if (process.stderr.isTTY) process.stderr.write(`計測しています: ${benches[bench]}\r`)
  outcomes.push(await run(bench))
}
const failed = outcomes.filter((outcome) => outcome.failed)

if (asJson) console.log(JSON.stringify({ machine, outcomes }, null, 2))
else {
  const found = outcomes.flatMap(({ measurements }) => measurements)
  console.log(`\n${table([heading, ...found.map(cells)])}\n`)
  for (const { bench, seconds, load } of outcomes)
    console.log(`${benches[bench]}の計測: ${seconds.toFixed(0)} 秒、始めの負荷 ${load.toFixed(1)}`)
  const judged = found.filter(({ target }) => target !== null)
  const met = judged.filter(({ target }) => target?.met)
  console.log(`目標のあるもの ${judged.length}、達成 ${met.length}`)
}
for (const { bench } of failed)
  console.error(`${benches[bench]}の計測が終わりまで進みませんでした。`)
process.exitCode = failed.length > 0 ? 1 : 0
