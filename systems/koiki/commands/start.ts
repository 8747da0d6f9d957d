import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import {
  command,
  dataFolder,
  personsAsked,
  portAsked,
  seedAsked,
  sentenceOf,
  type Values,
  WrongUse,
  wholeNumbers,
} from '../commandLine.ts'
import { type House, startHouse } from '../house.ts'
import { worldAsked } from '../installation.ts'
import type { Io } from '../io.ts'
import { prepareWorld } from '../prepareWorld.ts'
import { Refusal } from '../refusal.ts'
import { findRunning } from '../running.ts'

const help = `使い方: npm start -- [選択]

画面を開き、模擬の県をつくり、流れを動かします。画面は、つくり終わる前から使えます。止めるには Ctrl-C を
押します。次の始動は同じデータで続きます。
環境変数 DATABASE_URL があれば、模擬の県をつくらず、役所の PostgreSQL で始めます。データ置き場がどちらの
ものかは最初の始動で決まり、あとからは変えられません。

選択:
  --data DIR              データ置き場（初めは環境変数 KOIKI_DATA、なければ data）
  --port N                画面のポート（0〜65535、初めは 4300。0 は空いている番号）
  --municipality-port N   市区町村の代役のポート（0〜65535、初めは 0: 始めるたびに空いている番号）
  --persons N             つくる世界の被保険者のおよその数（300〜400000、初めは 3000）
  --seed S                つくる世界の種（0以上の整数、初めは 1）

--persons と --seed は、最初に世界をつくるときにだけ効きます。
`

const options = {
  data: 'text',
  port: 'text',
  'municipality-port': 'text',
  persons: 'text',
  seed: 'text',
} as const

/** `npm start` makes them first; `koiki start` alone does not. */
const screens = path.join(import.meta.dirname, '../../desk/dist/index.html')

/** Why this port cannot be had, or null if it can. */
async function portRefusal(option: string, port: number, folder: string): Promise<string | null> {
  const code = await new Promise<string | null>((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(null)))
  })
  if (code === null) return null
  if (code === 'EACCES')
    return `ポート ${port} は、管理者でなければ使えません。まだ何も始めていません。npm start -- ${option} 4300 のように、1024以上の番号を指定してください。`
  const running = findRunning(folder)
  if (running !== null && URL.parse(running.unionUrl)?.port === String(port))
    return `このデータ置き場の koiki は、もう動いています: ${running.unionUrl}`
  return `ポート ${port} は、ほかのプログラムが使っています。まだ何も始めていません。npm start -- ${option} ${port === 65_535 ? 4300 : port + 1} のように、別の番号を指定してください。`
}

/**
 * koiki start — everything on one machine: the database, the parties' services, an invented prefecture, the
 * flows of the seeds, and the screens. Stays up until Ctrl-C; a second start goes on with the same data.
 */
export const run = command({ name: 'start', help, options, words: 0 }, (values, _words, io) =>
  start(values, io),
)

/** For an office nothing is invented; what would only concern that is not passed over in silence. */
function refuseInOffice(values: Values<typeof options>): void {
  const written = (['persons', 'seed', 'municipality-port'] as const).filter(
    (name) => values[name] !== undefined,
  )
  if (written.length > 0)
    throw new WrongUse(
      `DATABASE_URL があるときは役所のデータで始め、模擬の世界はつくらないので、${written.map((name) => `--${name}`).join('、')} は使えません。まだ何も始めていません。`,
    )
}

async function start(values: Values<typeof options>, io: Io): Promise<number> {
  const say = (sentence: string): void => void io.stdout.write(`${sentence}\n`)
  const {
    '--port': port = 4300,
    '--municipality-port': municipalityPort = 0,
    '--persons': persons,
    '--seed': seed,
  } = wholeNumbers({
    '--port': portAsked(values.port),
    '--municipality-port': portAsked(values['municipality-port']),
    '--persons': personsAsked(values.persons),
    '--seed': seedAsked(values.seed),
  })
  const folder = dataFolder(values.data)
  const databaseUrl = process.env.DATABASE_URL
  if (databaseUrl !== undefined) refuseInOffice(values)
  if (port !== 0 && port === municipalityPort)
    throw new WrongUse('--port と --municipality-port には、違う番号を書いてください。')
  for (const [option, wanted] of [
    ['--port', port],
    ['--municipality-port', municipalityPort],
  ] as const) {
    const refusal = wanted === 0 ? null : await portRefusal(option, wanted, folder)
    if (refusal !== null) throw new Refusal(refusal)
  }
  const world = databaseUrl === undefined ? worldAsked(folder, { persons, seed }) : null

  const stopping = new AbortController()
  const { signal } = stopping
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (!signal.aborted) say('止めています。仕事は区切りで止め、次に始めたときに続けます。')
      stopping.abort()
    })
  try {
    const house = await startHouse({
      folder,
      port,
      municipalityPort,
      databaseUrl,
      world,
      tell: say,
      stopping: signal,
    })
    let isReady = true
    try {
      if (!existsSync(screens))
        say(
          '画面がまだつくられていないので、下の場所を開いても何も出ません。別の端末で npm run build を実行してください。つくり終われば、そのまま開けます。',
        )
      if (house.emptyRegisters || house.freshWorld) {
        say('')
        say(`koiki の画面を開けます: ${house.unionUrl}`)
        sayAccounts(say)
        say('模擬の県の準備はこのあとも続き、どこまで進んだかは画面にも出ます。')
        say('')
        isReady = await isPrepared(house, say, signal)
      }
      if (isReady) {
        say('')
        say(`koiki は動いています: ${house.unionUrl}`)
        if (house.world !== null) sayAccounts(say)
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
    return isReady ? 0 : 1
  } catch (error) {
    if (signal.aborted) {
      say('すべて止まりました。')
      return 0
    }
    throw error
  }
}

function sayAccounts(say: (sentence: string) => void): void {
  say('見本の利用者(パスワードはどれも koiki-no-mihon):')
  say('  広域連合  fuka(賦課) shikaku(資格) kanri(管理) tottori(鳥取県)')
  say('  窓口      kumamoto(熊本市) amakusa(天草市)')
}

/** Whoever sits at a screen keeps it when the preparation fails: what is there already works. */
async function isPrepared(
  house: House,
  say: (sentence: string) => void,
  stopping: AbortSignal,
): Promise<boolean> {
  try {
    await prepareWorld(house, say, stopping)
    return true
  } catch (error) {
    stopping.throwIfAborted()
    say(`${preparationStopped}${sentenceOf(error)}`)
    say('画面は、できたところまでで使えます。Ctrl-C で止めてもう一度始めると、続きから準備します。')
    house.tellPreparation(
      `${preparationStopped}できたところまでで使えます。npm start の画面の文を確かめ、止めてもう一度始めると、続きから準備します。`,
    )
    return false
  }
}

const preparationStopped = '模擬の県の準備が止まりました。'
