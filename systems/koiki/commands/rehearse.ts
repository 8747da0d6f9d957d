import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type StepResult, Witness } from '../evidence.ts'
import { gather } from '../flows.ts'
import { startHouse } from '../house.ts'
import { firstDay } from '../installation.ts'
import type { Io } from '../io.ts'
import { rehearseStep, steps } from '../steps.ts'

/**
 * koiki rehearse [--persons N] [--seed S] [--report FILE] — a fresh world in a temporary folder; every step is
 * done from outside, by files and HTTP, and proved by what the other side holds afterwards. Exit 1 if one
 * fails.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      persons: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      report: { type: 'string' },
    },
  })
  const [persons, seed] = [Number(values.persons), Number(values.seed)]
  if (!Number.isInteger(persons) || persons < 300 || !Number.isInteger(seed) || seed < 0) {
    io.stderr.write('--persons は300以上、--seed は0以上の整数で書いてください。\n')
    return 2
  }
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
      const stage = { ...house, tell: () => {} }
      const rehearsal = { stage, cast: await gather(stage), union, municipality, world }
      for (const step of steps) {
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
  const ok = results.length === steps.length && results.every((result) => result.ok)
  const report = { seed, persons, steps: results, ok }
  if (values.report !== undefined)
    writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`)
  io.stdout.write(
    ok
      ? `${steps.length}の手順すべてを、相手側の中身で確かめました。\n`
      : `${results.filter((result) => result.ok).length}／${steps.length}の手順まで確かめ、そこで止まりました。\n`,
  )
  return ok ? 0 : 1
}
