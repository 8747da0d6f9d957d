import { parseArgs } from 'node:util'
import { StoreError } from '@koiki/store'
import { openInstallation } from '../installation.ts'
import type { Io } from '../io.ts'

/** koiki migrate [--data DIR] — brings both parties' databases to the newest form, and ends. */
export async function run(argv: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { data: { type: 'string', default: process.env.KOIKI_DATA ?? 'data' } },
  })
  const tell = (sentence: string) => void io.stderr.write(`${sentence}\n`)
  try {
    const installation = await openInstallation({
      folder: values.data,
      databaseUrl: process.env.DATABASE_URL,
      tell,
    })
    for (const { database, applied } of [installation.union, installation.municipality]) {
      const what = applied.length === 0 ? 'すでに最新です' : `${applied.join('、')} を当てました`
      io.stdout.write(`${database}: ${what}。\n`)
    }
    await installation.close()
    return 0
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    tell(error.message)
    return 1
  }
}
