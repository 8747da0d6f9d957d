import { parseArgs } from 'node:util'
import { addDays, type PlainDate, plainDate, type UnionCode } from '@koiki/kernel'
import { advanceWorld, databaseUrl, openDatabase, worldClock } from '@koiki/store'
import { firstDay } from '../installation.ts'
import type { Io } from '../io.ts'
import { findRunning } from '../running.ts'

const usage = `使い方:
  npx koiki world advance --days 1 [--data data]   動いている模擬の世界の日を進める
  npx koiki world report [--persons N] [--seed S]  模擬の県が目標の数にどれだけ合うか
`

/** koiki world advance|report — the invented world's calendar, and how like the real thing it is. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      data: { type: 'string', default: process.env.KOIKI_DATA ?? 'data' },
      days: { type: 'string', default: '1' },
      persons: { type: 'string', default: '30000' },
      seed: { type: 'string', default: '1' },
    },
  })
  if (positionals[0] === 'advance') return advance(values.data, Number(values.days), io)
  if (positionals[0] === 'report') {
    const [persons, seed] = [Number(values.persons), Number(values.seed)]
    if (
      !Number.isInteger(persons) ||
      persons < 300 ||
      persons > 400_000 ||
      !Number.isSafeInteger(seed) ||
      seed < 0
    ) {
      io.stderr.write('--persons は300〜400000、--seed は0以上の整数で書いてください。\n')
      return 2
    }
    const { makePrefecture, worldReport } = await import('@koiki/prefecture')
    const { text, holds } = worldReport(
      makePrefecture({
        persons,
        seed,
        union: '43' as UnionCode,
        worldDate: plainDate(firstDay),
      }),
    )
    io.stdout.write(`${text}\n`)
    return holds ? 0 : 1
  }
  io.stderr.write(usage)
  return 2
}

async function advance(folder: string, days: number, io: Io): Promise<number> {
  if (!Number.isInteger(days) || days < 1 || days > 3660) {
    io.stderr.write('--days には、進める日数を1から3660の整数で書いてください。\n')
    return 2
  }
  const running = findRunning(folder)
  if (running === null) {
    io.stderr.write(
      `データ置き場「${folder}」から動いている世界がありません。先に npm start で始めてください。\n`,
    )
    return 1
  }
  const reached: PlainDate[] = []
  for (const party of ['union', 'municipality'] as const) {
    const url = databaseUrl(running.serverUrl, party, `koiki_${party}`, 'app')
    const db = await openDatabase({ url, applicationName: 'koiki 世界の時計', clock: worldClock })
    try {
      await db.unscoped(async (tx) => {
        const next = reached[0] ?? addDays(tx.today, days)
        if (tx.today < next) await advanceWorld(tx, next)
        reached.push(next)
      })
    } finally {
      await db.close()
    }
  }
  io.stdout.write(`世界の今日は ${reached[0]} になりました。\n`)
  return 0
}
