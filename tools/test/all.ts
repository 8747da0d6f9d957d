import { randomInt } from 'node:crypto'
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { globalSetup, globalTeardown } from './setup.ts'

const wings = ['ground', 'law', 'systems', 'tools']

/** What makes whole worlds takes minutes and what sits at a desk half of one: begun last, they would run alone. */
const longest = [
  'systems/koiki/rehearse.test.ts',
  'systems/koiki/fromOutside.test.ts',
  'systems/desk/',
  'systems/koiki/crash.test.ts',
]

/** すべての試験 — every file of tests in a process of its own: the long ones first, the others in random order. */
async function everything(): Promise<void> {
  const seed = randomInt(2 ** 32)
  const files = globSync(wings.map((wing) => `${wing}/**/*.test.ts`)).filter(
    (file) => !file.includes('node_modules'),
  )
  const place = (file: string): number => {
    const found = longest.findIndex((name) => file.startsWith(name))
    return found < 0 ? longest.length : found
  }
  const drawn = files.map((file) => ({ file, place: place(file), draw: randomInt(2 ** 32) }))
  const ordered = drawn.sort((a, b) => a.place - b.place || a.draw - b.draw)
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  // First, because what is said last is the summary.
  console.log(
    `試験の順番の種: ${seed}（npm test -- --test-random-seed=${seed} ファイル で、その中が同じ順番になります）`,
  )
  await globalSetup()
  try {
    const events = run({
      files: ordered.map(({ file }) => file),
      // A file often waits, for a page, a lock, or another program: four fill two cores.
      concurrency: 4,
      // What hangs fails by itself; the longest file takes a third of this beside the others on two cores.
      timeout: 1_200_000,
      execArgv: [`--test-random-seed=${seed}`],
      signal: stopping.signal,
    })
    events.on('test:summary', ({ file, success }) => {
      if (file === undefined && !success) process.exitCode = 1
    })
    for await (const lines of events.compose(spec)) process.stdout.write(lines)
  } finally {
    await globalTeardown()
  }
}

await everything()
