import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  command,
  personsAsked,
  seedAsked,
  type Values,
  WrongUse,
  wholeNumbers,
} from '../commandLine.ts'
import { counterSteps } from '../counterSteps.ts'
import { type StepResult, Witness } from '../evidence.ts'
import { gather } from '../flows.ts'
import { startHouse } from '../house.ts'
import { firstDay } from '../installation.ts'
import type { Io } from '../io.ts'
import { rehearseStep, steps } from '../steps.ts'

const help = `使い方: npx koiki rehearse [選択]

新しい模擬の世界を仮の場所につくり、すべての手順を外から動かし、相手側の中身で確かめます。終わると仮の場所は
消えます。1つでも合わなければ 1 で終わります。

選択:
  --persons N     被保険者のおよその数（300〜400000、初めは 300）
  --seed S        模擬の県の種（0以上の整数、初めは 1）
  --report FILE   結果を JSON で書き出す先
  --misbehaving   いくつかの市区町村が、ファイルを遅らせ、二度出し、前後させ、偽り、古い版で出し、出さない
`

/** The counter's day comes after the nights that fill both sides. */
const all = [...steps, ...counterSteps]

const options = { persons: 'text', seed: 'text', report: 'text', misbehaving: 'flag' } as const

/**
 * koiki rehearse [--persons N] [--seed S] [--report FILE] [--misbehaving] — a fresh world in a temporary folder; every step is
 * done from outside, by files and HTTP, and proved by what the other side holds afterwards. Exit 1 if one
 * fails.
 */
export const run = command({ name: 'rehearse', help, options, words: 0 }, (values, _words, io) =>
  rehearse(values, io),
)

/** It takes minutes until the report is written; better to know now. */
function refuseUnwritable(file: string): void {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return
  } catch {
    // Told below.
  }
  throw new WrongUse(
    `--report の「${file}」には書けません。書き込めるフォルダーの中の、ファイルの名前を書いてください。`,
  )
}

async function rehearse(values: Values<typeof options>, io: Io): Promise<number> {
  const { '--persons': persons = 300, '--seed': seed = 1 } = wholeNumbers({
    '--persons': personsAsked(values.persons),
    '--seed': seedAsked(values.seed),
  })
  if (values.report !== undefined) refuseUnwritable(values.report)
  const say = (sentence: string): void => void io.stderr.write(`${sentence}\n`)
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-rehearsal-'))
  // As root the database runs under another account, which has to pass through this folder.
  chmodSync(folder, 0o711)
  const results: StepResult[] = []
  let interrupted = false
  const interrupt = (): void => {
    interrupted = true
    say('手順の区切りで止めます。')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt)
  try {
    const world = { persons, seed, firstDay }
    const house = await startHouse({ folder, port: 0, databaseUrl: undefined, world, tell: say })
    const serverUrl = house.installation.server!.url
    const union = await Witness.of('union', serverUrl)
    const municipality = await Witness.of('municipality', serverUrl)
    try {
      await house.fillRegisters(say)
      const stage = { ...house, tell: () => {} }
      const rehearsal = {
        stage,
        cast: await gather(stage),
        union,
        municipality,
        world,
        visitors: [],
        facilityResidents: [],
        applicants: [],
        misbehaving: values.misbehaving === true,
        tell: say,
      }
      for (const step of all) {
        if (interrupted) break
        const result = await rehearseStep(step, rehearsal)
        results.push(result)
        const { rows, digest, party } = result.evidence
        const mark = result.ok ? '○' : '×'
        const differs =
          result.difference === undefined
            ? ''
            : ` 足りない ${result.difference.missing}行、余る ${result.difference.surplus}行`
        io.stdout.write(
          `${mark} ${step.id.padEnd(5)} ${String(rows).padStart(7)}行 ${party === 'union' ? '広域連合' : '市区町村'} ${digest.slice(0, 12)} ${result.ms}ms${differs}\n`,
        )
        if (!result.ok) break
      }
    } finally {
      await union.close()
      await municipality.close()
      await house.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const ok = results.length === all.length && results.every((result) => result.ok)
  const report = { seed, persons, steps: results, ok }
  if (values.report !== undefined)
    writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`)
  io.stdout.write(
    ok
      ? `${all.length}の手順すべてを、相手側の中身で確かめました。\n`
      : `${results.filter((result) => result.ok).length}／${all.length}の手順まで確かめ、そこで止まりました。\n`,
  )
  return ok ? 0 : 1
}
