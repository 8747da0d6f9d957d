import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { type PlainDate, parsePlainDate } from '@koiki/kernel'
import { readOperatorTokens } from '@koiki/municipality'
import { MunicipalOperator } from '../clients.ts'
import {
  command,
  dataFolder,
  quoted,
  refuseSurplus,
  type Values,
  WrongUse,
} from '../commandLine.ts'
import { worldOf } from '../installation.ts'
import { cardEvents, conducts, type Intermediary, intermediaryOf } from '../intermediary.ts'
import type { Io } from '../io.ts'
import { Refusal } from '../refusal.ts'
import { findRunning } from '../running.ts'

const help = `使い方: npx koiki intermediary <広域連合> <すること> [選択]

動いている模擬の世界の中間サーバー（代役）を動かします。作るのは「マイナ保険証利用登録状況」の一覧だけです。だれが
マイナ保険証を持つかは模擬の世界の種で決まり、実在の人とは関わりがありません。広域連合はコード（43 31）で書きます。

  intermediary <広域連合> make                一覧を作る（初めと断られた後は全件、あとは変わった人）
  intermediary <広域連合> event 被保険者番号 登録|解除|失効   その人に起こったことにする
  intermediary <広域連合> receipt ファイル|-   広域連合の受領書を取り込む
  intermediary <広域連合> state              作った一覧と行儀
  intermediary <広域連合> misbehave 行儀      次の一覧から: late（遅れる）twice（二度）outOfOrder（前後する）
                                            wrongTotals（件数を偽る）halved（半分が消える）silent（来ない）off（やめる）
  intermediary <広域連合> release            行儀のわるい間に作ったものを、行儀よく出す

選択:
  --mode M      一覧のしかた auto full difference（make。初めは auto）
  --out DIR     持ち出せる一覧を、送り状とともに取り出すフォルダー（make）
  --on 日       起こった日（event。初めは世界の今日）
  --until 日    この日になれば出す（misbehave late。例 2026-07-03）
  --json        答えを1行のJSONで書く
  --data DIR    データ置き場（初めは環境変数 KOIKI_DATA、なければ data）

取り出した送り状と封じたファイルは、広域連合の席の「ファイル」から「持ち込む」で入れます。
終わりの値: 0 できた、1 断られた・失敗した、2 使い方の誤り。
`

const options = {
  mode: 'text',
  out: 'text',
  on: 'text',
  until: 'text',
  json: 'flag',
  data: 'text',
} as const
type Given = Values<typeof options>
type Done = { readonly json: unknown; readonly lines: readonly string[] }

/** koiki intermediary — the stand-in of the 中間サーバー of a running world, for scripts and for hands. */
export const run = command(
  { name: 'intermediary', help, options, words: 4 },
  async (values, words, io) => {
    const { json, lines } = await asked(values, words, io)
    io.stdout.write(values.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`)
    return 0
  },
)

/** Which options an act takes, besides --json and --data. */
const takes: Readonly<Record<string, readonly (keyof Given)[]>> = {
  make: ['mode', 'out'],
  event: ['on'],
  misbehave: ['until'],
}

async function asked(values: Given, words: readonly string[], io: Io): Promise<Done> {
  const [union, act = '', ...rest] = words
  if (union !== '43' && union !== '31')
    throw new WrongUse('広域連合のコードを 43 か 31 と書いてください。')
  const faults = (['mode', 'out', 'on', 'until'] as const).filter(
    (name) => values[name] !== undefined && takes[act]?.includes(name) !== true,
  )
  if (faults.length > 0)
    throw new WrongUse(`${faults.map((name) => `--${name}`).join('、')} は、ここでは使いません。`)
  const work = acts.get(act)
  if (work === undefined)
    throw new WrongUse(
      `${act === '' ? 'すること' : `${quoted(act)}ではなく、すること`}を ${[...acts.keys()].join(' ')} から選んでください。`,
    )
  return work(await standIn(values, union), rest, values, io)
}

async function standIn(values: Given, union: string): Promise<Intermediary> {
  const folder = dataFolder(values.data)
  const running = findRunning(folder)
  if (running === null)
    throw new Refusal(
      `データ置き場「${folder}」から動いている世界がありません。先に npm start で始めてください。`,
    )
  const world = worldOf(folder)
  const tokens = await readOperatorTokens(path.join(folder, 'files', 'municipality')).catch(
    () => null,
  )
  if (world === null || tokens === null)
    throw new Refusal('この据付けに、中間サーバーの代役はありません。模擬の世界でだけ使えます。')
  return intermediaryOf(
    { folder, seed: world.seed },
    union,
    (code) => new MunicipalOperator(running.municipalityUrl, code, tokens[code] ?? ''),
  )
}

const acts = new Map<
  string,
  (one: Intermediary, words: readonly string[], values: Given, io: Io) => Promise<Done>
>([
  ['make', make],
  ['event', event],
  ['receipt', receipt],
  ['state', state],
  ['misbehave', misbehave],
  ['release', release],
])

async function make(
  one: Intermediary,
  words: readonly string[],
  { mode = 'auto', out }: Given,
): Promise<Done> {
  refuseSurplus(words, 0)
  if (mode !== 'auto' && mode !== 'full' && mode !== 'difference')
    throw new WrongUse('--mode は auto full difference のどれかです。')
  const made = await one.make(mode)
  const waiting = await one.media()
  if (out !== undefined) {
    await mkdir(out, { recursive: true, mode: 0o700 })
    for (const medium of waiting) {
      const { manifest, sealed } = await one.take(medium)
      await writeFile(path.join(out, `${medium.name}.age`), Buffer.from(await sealed.arrayBuffer()))
      await writeFile(path.join(out, `${medium.name}.manifest.json`), manifest)
    }
  }
  const names = waiting.map(({ name }) => name)
  return {
    json: {
      made: made && { number: made.number, mode: made.mode, records: made.records },
      media: names,
    },
    lines: [
      made === null
        ? '前の一覧から変わった人はいません。'
        : `通し番号${made.number}の一覧を作りました: ${made.records}件（${made.mode === 'full' ? '全件' : '差分'}）`,
      names.length === 0 ? '持ち出せる一覧はありません。' : `持ち出せる一覧: ${names.join('、')}`,
      ...(out === undefined ? [] : [`${names.length}件を「${out}」に取り出しました。`]),
    ],
  }
}

async function event(
  one: Intermediary,
  [number = '', word = '', ...more]: readonly string[],
  { on }: Given,
): Promise<Done> {
  refuseSurplus(more, 0)
  if (!/^[0-9]{8}$/.test(number)) throw new WrongUse('被保険者番号を8桁の数字で書いてください。')
  if (!Object.hasOwn(cardEvents, word))
    throw new WrongUse(`起こったことを ${Object.keys(cardEvents).join(' ')} から選んでください。`)
  await one.event(number, cardEvents[word as keyof typeof cardEvents], dayAsked('--on', on))
  return { json: { recorded: 1 }, lines: ['記録しました。次の一覧から変わります。'] }
}

async function receipt(
  one: Intermediary,
  [word, ...more]: readonly string[],
  _: Given,
  io: Io,
): Promise<Done> {
  refuseSurplus(more, 0)
  if (word === undefined)
    throw new WrongUse('受領書のファイルか、標準入力から読むなら - を書いてください。')
  const content =
    word === '-'
      ? await text(io.stdin as NodeJS.ReadableStream & AsyncIterable<string>)
      : await readFile(word, 'utf8')
  const { number, kind } = one.receive(content)
  const words = { accepted: '取り込まれました', refused: '断られました', arrived: '届いています' }
  return {
    json: { number, kind },
    lines: [`通し番号${number}の一覧は${words[kind as keyof typeof words]}。`],
  }
}

async function state(one: Intermediary, words: readonly string[]): Promise<Done> {
  refuseSurplus(words, 0)
  const { conduct, heldUntil, media, events } = one.state
  const states = { made: '答えを待つ', applied: '取り込まれた', refused: '断られた' }
  return {
    json: {
      conduct,
      heldUntil,
      events: events.length,
      media: media.map(({ name, number, mode, records, state: is }) => ({
        name,
        number,
        mode,
        records,
        state: is,
      })),
    },
    lines: [
      `行儀 ${conduct}${heldUntil === null ? '' : `（${heldUntil}まで）`}`,
      ...media.map(
        (one) =>
          `${one.name} ${one.records}件 ${states[one.state]}${one.conduct === null ? '' : ` ${one.conduct}`}`,
      ),
    ],
  }
}

async function misbehave(
  one: Intermediary,
  [word = '', ...more]: readonly string[],
  { until }: Given,
): Promise<Done> {
  refuseSurplus(more, 0)
  const conduct = conducts.find((known) => known === word)
  if (conduct === undefined) throw new WrongUse(`行儀を ${conducts.join(' ')} から選んでください。`)
  one.misbehave(conduct, dayAsked('--until', until))
  return { json: { conduct }, lines: [`次の一覧から: ${conduct}`] }
}

async function release(one: Intermediary, words: readonly string[]): Promise<Done> {
  refuseSurplus(words, 0)
  const released = one.release()
  return { json: { released }, lines: [`${released}件を、行儀よく出します。`] }
}

function dayAsked(option: string, text: string | undefined): PlainDate | null {
  if (text === undefined) return null
  const day = parsePlainDate(text)
  if (day === null)
    throw new WrongUse(`${option} には暦にある日を 2026-07-03 のように書いてください。`)
  return day
}
