import { readFileSync } from 'node:fs'

/** 計測 — one line of the table that a bench makes, and the clocks that all of them read. */
export interface Measurement {
  /** What was measured, and at which size. */
  readonly what: string
  readonly measured: string
  /** What the same run cannot do better than, and how fast that was. */
  readonly floor: string
  /** Measured beside floor, as the target words it; `null` where there is none. */
  readonly ratio: number | null
  /** The number that is held against the target; at least, or at most. */
  readonly target: { readonly words: string; readonly met: boolean; readonly gap: number } | null
}

/** 目標 — whether `value` reaches it, and what part of it is missing (0.2: a fifth) or to spare (−0.2). */
export const atLeast = (words: string, target: number, value: number): Measurement['target'] => ({
  words,
  met: value >= target,
  gap: (target - value) / target,
})

export const atMost = (words: string, target: number, value: number): Measurement['target'] => ({
  words,
  met: value <= target,
  gap: (value - target) / target,
})

export const whole = (value: number): string => Math.round(value).toLocaleString('en')

const verdict = ({ target }: Measurement): string => {
  if (target === null) return '—'
  const percent = `${(Math.abs(target.gap) * 100).toFixed(0)}％`
  return target.met
    ? `${target.words} → 達成（余裕 ${percent}）`
    : `${target.words} → 未達（${percent}足りない）`
}

/** The table's columns, in Japanese. */
export const heading = ['何を', '測った値', '床（同じ回）', '比', '目標']

export const cells = (one: Measurement): string[] => [
  one.what,
  one.measured,
  one.floor,
  one.ratio === null ? '—' : one.ratio.toFixed(2),
  verdict(one),
]

/** Columns as a terminal draws them: a full-width letter takes two. */
const width = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[ -~´µ·×÷±°]/.test(letter) ? 1 : 2), 0)

export function table(rows: readonly (readonly string[])[]): string {
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] as number) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Says what was found: a table for people, or with --json one line each for a program. */
export function tell(measurements: readonly Measurement[]): void {
  const text = process.argv.includes('--json')
    ? measurements.map((one) => JSON.stringify(one)).join('\n')
    : table([heading, ...measurements.map(cells)])
  console.log(text)
}

/** Ten times the rows that are the default, for a machine with time. */
export const full = process.argv.includes('--full')

/** Seconds by the clock on the wall. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Seconds that this thread computed: what else runs on the machine does not count. */
export function ownSeconds(work: () => void): number {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1e6
}

/** Seconds that ended child processes computed, on all their threads; `null` where the system does not say. */
export function childSeconds(): number | null {
  if (process.platform !== 'linux') return null
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ') ?? []
  // Counted from the state: the times of children waited for, in hundredths of a second.
  return (Number(fields[13]) + Number(fields[14])) / 100
}
