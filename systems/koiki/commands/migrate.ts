import { command, dataFolder } from '../commandLine.ts'
import { openInstallation } from '../installation.ts'

const help = `使い方: npx koiki migrate [選択]

両方の当事者のデータベースを最新の形にして終わります。環境変数 DATABASE_URL があれば、役所の PostgreSQL
に対して行います。

選択:
  --data DIR   データ置き場（初めは環境変数 KOIKI_DATA、なければ data）
`

/** koiki migrate [--data DIR] — brings both parties' databases to the newest form, and ends. */
export const run = command(
  { name: 'migrate', help, options: { data: 'text' }, words: 0 },
  async (values, _words, io) => {
    const installation = await openInstallation({
      folder: dataFolder(values.data),
      databaseUrl: process.env.DATABASE_URL,
      tell: (sentence) => void io.stderr.write(`${sentence}\n`),
    })
    for (const { database, applied } of [installation.union, installation.municipality]) {
      const what = applied.length === 0 ? 'すでに最新です' : `${applied.join('、')} を当てました`
      io.stdout.write(`${database}: ${what}。\n`)
    }
    await installation.close()
    return 0
  },
)
