import { plainDate, type UnionCode } from '@koiki/kernel'
import { advanceDays } from '../advanceDays.ts'
import {
  command,
  dataFolder,
  personsAsked,
  seedAsked,
  type Values,
  WrongUse,
  wholeNumbers,
} from '../commandLine.ts'
import { firstDay, flowsDone } from '../installation.ts'
import type { Io } from '../io.ts'
import { Refusal } from '../refusal.ts'
import { findRunning } from '../running.ts'

const help = `使い方:
  npx koiki world advance [--days N] [--data DIR]  動いている模擬の世界の日を進める
  npx koiki world report [--persons N] [--seed S]  模擬の県が目標の数にどれだけ合うか

選択:
  --days N      進める日数（advance。初めは 1）
  --data DIR    データ置き場（advance。初めは環境変数 KOIKI_DATA、なければ data）
  --persons N   被保険者のおよその数（report。300〜400000、初めは 30000）
  --seed S      模擬の県の種（report。0以上の整数、初めは 1）

advance は、npm start の画面に「koiki は動いています」と出てから使えます。
`

const options = { data: 'text', days: 'text', persons: 'text', seed: 'text' } as const
type Given = Values<typeof options>

/** koiki world advance|report — the invented world's calendar, and how like the real thing it is. */
export const run = command(
  { name: 'world', help, options, words: 1 },
  async (values, [verb], io) => {
    if (verb === 'advance') {
      refuseOptions(values, ['persons', 'seed'], verb)
      return advance(values, io)
    }
    if (verb === 'report') {
      refuseOptions(values, ['data', 'days'], verb)
      return report(values, io)
    }
    throw new WrongUse('日を進めるなら advance、目標との差を見るなら report と書いてください。')
  },
)

function refuseOptions(values: Given, names: readonly (keyof Given)[], verb: string): void {
  const written = names.filter((name) => values[name] !== undefined)
  if (written.length > 0)
    throw new WrongUse(
      `${written.map((name) => `--${name}`).join('、')} は、world ${verb} では使いません。`,
    )
}

async function report(values: Given, io: Io): Promise<number> {
  const { '--persons': persons = 30_000, '--seed': seed = 1 } = wholeNumbers({
    '--persons': personsAsked(values.persons),
    '--seed': seedAsked(values.seed),
  })
  const { makePrefecture, worldReport } = await import('@koiki/prefecture')
  const union = '43' as UnionCode
  const { text, holds } = worldReport(
    makePrefecture({ persons, seed, union, worldDate: plainDate(firstDay) }),
  )
  io.stdout.write(`${text}\n`)
  return holds ? 0 : 1
}

async function advance(values: Given, io: Io): Promise<number> {
  const { '--days': days = 1 } = wholeNumbers({
    '--days': { text: values.days, least: 1, most: 3660 },
  })
  const folder = dataFolder(values.data)
  const running = findRunning(folder)
  if (running === null)
    throw new Refusal(
      `データ置き場「${folder}」から動いている世界がありません。先に npm start で始め、「koiki は動いています」と出てから、もう一度実行してください。`,
    )
  if (!flowsDone(folder))
    throw new Refusal(
      '最初の流れがまだ終わっていません。途中で日が変わると、ファイルと決定の日が食い違うので、進めていません。npm start の画面に「koiki は動いています」と出てから、もう一度実行してください。',
    )
  const today = await advanceDays(running.serverUrl, days)
  io.stdout.write(`世界の今日は ${today} になりました。\n`)
  return 0
}
