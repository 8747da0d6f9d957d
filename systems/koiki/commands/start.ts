import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { StoreError } from '@koiki/store'
import { driveFlows, gather } from '../flows.ts'
import { startHouse } from '../house.ts'
import { firstDay } from '../installation.ts'
import type { Io } from '../io.ts'
import { findRunning } from '../running.ts'

const usage = `使い方: npm start -- [--data data] [--port 4300] [--persons 3000] [--seed 1]
`

/** Why this port cannot be had, or null if it can. */
async function portRefusal(port: number, folder: string): Promise<string | null> {
  const code = await new Promise<string | null>((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(null)))
  })
  if (code === null) return null
  if (code === 'EACCES')
    return `ポート ${port} は、管理者でなければ使えません。まだ何も始めていません。npm start -- --port 4300 のように、1024以上の番号を指定してください。`
  const running = findRunning(folder)
  if (running !== null && URL.parse(running.unionUrl)?.port === String(port))
    return `このデータ置き場の koiki は、もう動いています: ${running.unionUrl}`
  return `ポート ${port} は、ほかのプログラムが使っています。まだ何も始めていません。npm start -- --port ${port === 65_535 ? 4300 : port + 1} のように、別の番号を指定してください。`
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = Number(text)
  return Number.isInteger(number) && number >= least && number <= most ? number : null
}

/**
 * koiki start — everything on one machine: the database, the parties' services, an invented prefecture, the
 * flows of the seeds, and the screens. Stays up until Ctrl-C; a second start goes on with the same data.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const say = (sentence: string): void => void io.stdout.write(`${sentence}\n`)
  const warn = (sentence: string): void => void io.stderr.write(`${sentence}\n`)
  let values: { data: string; port: string; persons: string; seed: string }
  try {
    values = parseArgs({
      args: argv,
      options: {
        data: { type: 'string', default: process.env.KOIKI_DATA ?? 'data' },
        port: { type: 'string', default: '4300' },
        persons: { type: 'string', default: '3000' },
        seed: { type: 'string', default: '1' },
      },
    }).values
  } catch {
    warn(`知らない選択があるか、選択に値がありません。\n${usage}`)
    return 2
  }
  const port = wholeNumber(values.port, 0, 65_535)
  const persons = wholeNumber(values.persons, 300, 400_000)
  const seed = wholeNumber(values.seed, 0, 2 ** 31)
  if (port === null || persons === null || seed === null) {
    warn(
      `--port は0〜65535、--persons は300〜400000、--seed は0以上の整数で書いてください。\n${usage}`,
    )
    return 2
  }
  if (values.data === '') {
    warn(`--data には、データ置き場のフォルダーを書いてください。\n${usage}`)
    return 2
  }
  const refusal = port === 0 ? null : await portRefusal(port, values.data)
  if (refusal !== null) {
    warn(refusal)
    return 1
  }

  const databaseUrl = process.env.DATABASE_URL
  const stopping = new AbortController()
  const { signal } = stopping
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (!signal.aborted) say('止めています。仕事は区切りで止め、次に始めたときに続けます。')
      stopping.abort()
    })
  try {
    const house = await startHouse({
      folder: values.data,
      port,
      databaseUrl,
      world: databaseUrl === undefined ? { persons, seed, firstDay } : null,
      tell: say,
      stopping: signal,
    })
    try {
      if (house.freshWorld) {
        const stage = { ...house, tell: say, stopping: signal }
        await driveFlows(await gather(stage), stage)
        house.keepFlows()
      }
      say('')
      say(`koiki は動いています: ${house.unionUrl}`)
      if (house.world !== null) {
        say('見本の利用者(パスワードはどれも koiki-no-mihon):')
        say('  広域連合  fuka(賦課) shikaku(資格) kanri(管理) tottori(鳥取県)')
        say('  窓口      kumamoto(熊本市) amakusa(天草市)')
      }
      say('止めるには Ctrl-C を押してください。')
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve())
      })
    } finally {
      await house.stop()
    }
    say('すべて止まりました。')
    return 0
  } catch (error) {
    if (signal.aborted) {
      say('すべて止まりました。')
      return 0
    }
    if (error instanceof StoreError || (error instanceof Error && error.name === 'Refused')) {
      warn(error.message)
      return 1
    }
    throw error
  }
}
