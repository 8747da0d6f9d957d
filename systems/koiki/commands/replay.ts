import path from 'node:path'
import { type ExchangePlace, keyFolder } from '@koiki/exchange'
import { parsePlainDate } from '@koiki/kernel'
import {
  type Database,
  databaseUrl,
  municipalities,
  openDatabase,
  type Scope,
  systemClock,
  unionBodies,
  worldClock,
} from '@koiki/store'
import { command, dataFolder, WrongUse } from '../commandLine.ts'
import { kindOf, openInstallation, worldOf } from '../installation.ts'
import { Refusal } from '../refusal.ts'
import { replayDay } from '../replay.ts'
import { findRunning } from '../running.ts'

const help = `使い方: npx koiki replay --day 日 [選択]

その日に届いたファイルと送ったファイルを、封じた原本と控えからもう一度開き、SHA-256・件数・合計を確かめ、
台帳に残る行と突き合わせます。何も変えません。すべて同じなら 0、違いか控えのないものがあれば 1 で終わります。

選択:
  --day 日      YYYY-MM-DD（世界の日付）
  --party 当事者 union:43 か municipality:431001 だけ（初めは、すべて）
  --data DIR    データ置き場（初めは環境変数 KOIKI_DATA、なければ data）
`

const options = { data: 'text', day: 'text', party: 'text' } as const

type Side = 'union' | 'municipality'

/** koiki replay --day D [--party P] [--data DIR] — a past day's files opened again and compared; reads only. */
export const run = command({ name: 'replay', help, options, words: 0 }, async (values, _, io) => {
  const day = values.day === undefined ? null : parsePlainDate(values.day)
  if (day === null) throw new WrongUse('--day に YYYY-MM-DD の日を書いてください。')
  const party = values.party ?? null
  if (party !== null && !parties().includes(party))
    throw new WrongUse('--party には union:43 か municipality:431001 の形で書いてください。')
  const folder = path.resolve(dataFolder(values.data))
  const opened = await openSides(folder, (sentence) => void io.stderr.write(`${sentence}\n`))
  const counts = { same: 0, different: 0, noCopy: 0 }
  try {
    for (const { side, database } of opened.sides)
      for (const self of parties().filter((one) => one.startsWith(side))) {
        if (party !== null && party !== self) continue
        const { scope, place } = seatOf(folder, self)
        for await (const one of replayDay(database, scope, place, day)) {
          counts[one.outcome] += 1
          io.stdout.write(`${one.party} ${one.sentence}\n`)
        }
      }
  } finally {
    await opened.close()
  }
  const { same, different, noCopy } = counts
  if (same + different + noCopy === 0) io.stdout.write(`${day} の送受信はありません。\n`)
  else io.stdout.write(`${day}: 同じ${same}通、違う${different}通、控えなし${noCopy}通。\n`)
  return different + noCopy === 0 ? 0 : 1
})

const parties = (): string[] => [
  ...unionBodies.map(({ unionCode }) => `union:${unionCode}`),
  ...municipalities.map(([code]) => `municipality:${code}`),
]

function seatOf(folder: string, self: string): { scope: Scope; place: ExchangePlace } {
  const [kind, code = ''] = self.split(':')
  const files = kind === 'union' ? ['files', 'union'] : ['files', 'municipality', 'exchange', code]
  return {
    scope:
      kind === 'union'
        ? { union: code, municipality: '*' }
        : { union: code.slice(0, 2), municipality: code },
    place: {
      self,
      keys: keyFolder(path.join(folder, 'keys')),
      folder: path.join(folder, ...files),
    },
  }
}

/** The databases of a running installation, or of one that is started for the while. */
async function openSides(
  folder: string,
  tell: (sentence: string) => void,
): Promise<{ sides: { side: Side; database: Database }[]; close(): Promise<void> }> {
  const running = findRunning(folder)
  if (running === null && kindOf(folder) === null)
    throw new Refusal(
      `データ置き場「${folder}」には、まだ何もありません。場所を確かめ、--data で指定してください。`,
    )
  const installation =
    running === null
      ? await openInstallation({ folder, databaseUrl: process.env.DATABASE_URL, tell })
      : null
  const clock = worldOf(folder) === null ? systemClock : worldClock
  const urls = {
    union: () => installation?.union.url('app'),
    municipality: () => installation?.municipality.url('municipal_system'),
  }
  const sides: { side: Side; database: Database }[] = []
  for (const side of ['union', 'municipality'] as const) {
    const role = side === 'union' ? 'app' : 'municipal_system'
    const url =
      running === null
        ? (urls[side]() as string)
        : databaseUrl(running.serverUrl, side, `koiki_${side}`, role)
    const database = await openDatabase({ url, applicationName: 'koiki 再生', clock })
    sides.push({ side, database })
  }
  return {
    sides,
    async close() {
      for (const { database } of sides) await database.close()
      await installation?.close()
    },
  }
}
