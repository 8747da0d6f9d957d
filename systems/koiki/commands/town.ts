import { createHash } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { readOperatorTokens } from '@koiki/municipality'
import { municipalities } from '@koiki/store'
import { MunicipalOperator } from '../clients.ts'
import {
  command,
  dataFolder,
  quoted,
  refuseSurplus,
  type Values,
  WrongUse,
} from '../commandLine.ts'
import type { Io } from '../io.ts'
import { Refusal } from '../refusal.ts'
import { findRunning } from '../running.ts'

const manners = ['late', 'twice', 'outOfOrder', 'wrongTotals', 'oldLayout', 'silent', 'off']

const help = `使い方: npx koiki town <市区町村> <すること> [選択]

動いている模擬の世界の市区町村（代役）を、その担当者として動かします。市区町村はコード（431001）か名前（熊本市）。

  town list                          市区町村の一覧と、今の行儀
  town <市区町村> find ことば         住民をさがす（氏名・カナのはじめ、宛名番号、世帯番号）
  town <市区町村> event ファイル|-     異動と住登外の届出（JSON。1件、並び、または1行1件）を記録する
  town <市区町村> transfer 手順       移転: 2-1 住民票の異動、3-6 住民票に書く資格の日、4-1 住民税
  town <市区町村> export 手順         移出: 2-2 住基と住登外、4-2 所得。--out があればそこへ取り出す
  town <市区町村> import 送り状 封じたファイル   広域連合からの移入（3-5、4-8）
  town <市区町村> receipt ファイル|-   広域連合の受領書を取り込む
  town <市区町村> state              持っているものの件数と要約値、行儀
  town <市区町村> misbehave 行儀      次の移出と受領書から: late（遅れる）twice（二度）outOfOrder（前後する）
                                     wrongTotals（合計を偽る）oldLayout（古い版）silent（来ない）off（やめる）
  town <市区町村> release            行儀のわるい間に作ったものを、行儀よく出す

選択:
  --mode M      移出のしかた auto full difference（初めは auto）
  --year Y      所得の年度（export 4-2。初めは今の年度）
  --out DIR     移出したものを取り出すフォルダー（export）
  --until 日    この日になれば出す（misbehave late。例 2026-07-03）
  --json        答えを1行のJSONで書く
  --data DIR    データ置き場（初めは環境変数 KOIKI_DATA、なければ data）

終わりの値: 0 できた、1 断られた・失敗した、2 使い方の誤り。
届出に eventId がなければ内容から決めるので、同じファイルを二度流しても一度だけ記録されます。
`

const options = {
  mode: 'text',
  year: 'text',
  out: 'text',
  until: 'text',
  json: 'flag',
  data: 'text',
} as const
type Given = Values<typeof options>

/** 答え — what was done, as JSON and as sentences. */
interface Done {
  readonly json: unknown
  readonly lines: readonly string[]
  /** False where the other side refused what was carried over. */
  readonly well?: boolean
}

/** koiki town — the municipality stand-in of a running world, for scripts and for hands. */
export const run = command({ name: 'town', help, options, words: 5 }, async (values, words, io) => {
  try {
    const { json, lines, well } = await asked(values, words, io)
    io.stdout.write(values.json ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`)
    return well === false ? 1 : 0
  } catch (error) {
    if (!(error instanceof TownRefused)) throw error
    if (values.json) io.stdout.write(`${JSON.stringify({ refused: error.reasons })}\n`)
    io.stderr.write(`${error.reasons.join('\n')}\n`)
    return 1
  }
})

/** Which options an act takes, besides --json and --data. */
const takes: Readonly<Record<string, readonly (keyof Given)[]>> = {
  export: ['mode', 'year', 'out'],
  misbehave: ['until'],
}

async function asked(values: Given, words: readonly string[], io: Io): Promise<Done> {
  const [first, act = '', ...rest] = words
  if (first === undefined)
    throw new WrongUse('市区町村のコードか名前、または list と書いてください。')
  const faults = (['mode', 'year', 'out', 'until'] as const).filter(
    (name) => values[name] !== undefined && takes[act]?.includes(name) !== true,
  )
  if (faults.length > 0)
    throw new WrongUse(`${faults.map((name) => `--${name}`).join('、')} は、ここでは使いません。`)
  if (first === 'list') {
    refuseSurplus(words, 1)
    return list(values)
  }
  const work = acts.get(act)
  if (work === undefined)
    throw new WrongUse(
      `${act === '' ? 'すること' : `${quoted(act)}ではなく、すること`}を ${[...acts.keys()].join(' ')} から選んでください。`,
    )
  return work(await townOf(values, codeOf(first)), rest, values, io)
}

function codeOf(word: string): string {
  const found = municipalities.find(([code, name]) => code === word || name === word)
  if (found === undefined)
    throw new WrongUse(
      `${quoted(word)}という市区町村はありません。npx koiki town list で確かめてください。`,
    )
  return found[0]
}

const acts = new Map<
  string,
  (town: Town, words: readonly string[], values: Given, io: Io) => Promise<Done>
>([
  ['find', find],
  ['event', event],
  ['transfer', transfer],
  ['export', exportFiles],
  ['import', importFile],
  ['receipt', receipt],
  ['state', state],
  ['misbehave', misbehave],
  ['release', release],
])

/** 断り — every reason of the service. */
class TownRefused extends Error {
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'))
    this.reasons = reasons
  }
}

/** 市区町村の担当者 — one municipality's service as its operator reaches it. */
interface Town {
  readonly code: string
  readonly operator: MunicipalOperator
  ask<T>(method: string, place: string, body?: unknown): Promise<T>
}

async function townOf(values: Given, code: string): Promise<Town> {
  const { url, tokens } = await standIn(values)
  const token = tokens[code]
  if (token === undefined)
    throw new Refusal(
      `この世界に市区町村 ${code} の代役はありません。town list で確かめてください。`,
    )
  return {
    code,
    operator: new MunicipalOperator(url, code, token),
    async ask<T>(method: string, place: string, body?: unknown): Promise<T> {
      const response = await fetch(`${url}/municipalities/${code}${place}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => {
        throw new Refusal(
          '市区町村の代役から返事がありません。npm start の画面を見て、動いてからもう一度実行してください。',
        )
      })
      const answer = (await response.json()) as T & { message?: string; reasons?: string[] }
      if (!response.ok) throw new TownRefused(answer.reasons ?? [answer.message ?? ''])
      return answer
    },
  }
}

async function standIn(values: Given) {
  const folder = dataFolder(values.data)
  const running = findRunning(folder)
  if (running === null)
    throw new Refusal(
      `データ置き場「${folder}」から動いている世界がありません。先に npm start で始めてください。`,
    )
  const tokens = await readOperatorTokens(path.join(folder, 'files', 'municipality')).catch(() => {
    throw new Refusal('この据付けに、市区町村の代役はありません。模擬の世界でだけ使えます。')
  })
  return { url: running.municipalityUrl, tokens }
}

async function list(values: Given): Promise<Done> {
  const { tokens } = await standIn(values)
  const towns: { code: string; name: string; conduct: string; held: number }[] = []
  for (const [code, name] of municipalities) {
    if (tokens[code] === undefined) continue
    const town = await townOf(values, code)
    const { conduct, media } = await town.ask<Conduct>('GET', '/conduct')
    towns.push({ code, name, conduct, held: media.length })
  }
  return {
    json: { towns },
    lines: towns.map(
      ({ code, name, conduct, held }) =>
        `${code} ${name}${conduct === 'off' && held === 0 ? '' : ` ${conduct} 媒体${held}件`}`,
    ),
  }
}

interface Found {
  readonly addresseeNumber: string
  readonly householdNumber: string
  readonly name: string
  readonly birthDate: string
  readonly relationship: string
  readonly status: string
}

async function find(town: Town, [word, ...more]: readonly string[]): Promise<Done> {
  refuseSurplus(more, 0)
  if (word === undefined) throw new WrongUse('さがすことばを書いてください。')
  const { residents } = await town.ask<{ residents: Found[] }>(
    'GET',
    `/residents?removed=true&words=${encodeURIComponent(word)}`,
  )
  return {
    json: { residents },
    lines:
      residents.length === 0
        ? ['だれも見つかりません。']
        : residents.map(
            (one) =>
              `${one.addresseeNumber} ${one.name} ${one.birthDate} ${one.relationship} 世帯 ${one.householdNumber}${one.status === '2' ? ' 消除' : ''}`,
          ),
  }
}

async function contentOf(word: string | undefined, io: Io): Promise<string> {
  if (word === undefined)
    throw new WrongUse('ファイルの名前か、標準入力から読むなら - を書いてください。')
  return word === '-'
    ? text(io.stdin as NodeJS.ReadableStream & AsyncIterable<string>)
    : readFile(word, 'utf8')
}

/** Neither the text nor a part of it is repeated: it may hold somebody's number. */
function eventsOf(content: string): Record<string, unknown>[] {
  const whole = parsed(content)
  const events =
    whole === undefined
      ? content
          .split('\n')
          .map((line, index) => ({ line, number: index + 1 }))
          .filter(({ line }) => line.trim() !== '')
          .map(({ line, number }) => {
            const one = parsed(line)
            if (one === undefined)
              throw new TownRefused([
                `${number}行目をJSONとして読めません。何も記録していません。形を直してください。`,
              ])
            return one
          })
      : Array.isArray(whole)
        ? (whole as unknown[])
        : [whole]
  if (events.length === 0) throw new TownRefused(['届出が1件もありません。'])
  return events.map((one, index) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      throw new TownRefused([
        `${index + 1}件目は届出の形 { "kind": … } ではありません。何も記録していません。`,
      ])
    return one as Record<string, unknown>
  })
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

/**
 * The same content gives the same 受付番号, so that a file that is run again records nothing twice. An Individual
 * Number counts only as present: it could be found again from a digest over so few digits.
 */
function eventIdOf(code: string, content: Record<string, unknown>): string {
  const hex = createHash('sha256')
    .update(code)
    .update(
      JSON.stringify(content, (name, value) =>
        name === 'individualNumber' ? value !== null : value,
      ),
    )
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function event(town: Town, [word, ...more]: readonly string[], _: Given, io: Io) {
  refuseSurplus(more, 0)
  const events = eventsOf(await contentOf(word, io))
  const done: Record<string, unknown>[] = []
  for (const [index, content] of events.entries()) {
    const { kind } = content
    const place =
      typeof kind === 'string' && kind.startsWith('住登外') ? '/non-registered' : '/events'
    try {
      done.push(
        await town.ask('POST', place, { eventId: eventIdOf(town.code, content), ...content }),
      )
    } catch (error) {
      if (!(error instanceof TownRefused) || events.length === 1) throw error
      throw new TownRefused([
        `${index + 1}件目で断られました。その前の${index}件は記録しました。直して同じファイルをもう一度流せば、続きから記録します。`,
        ...error.reasons,
      ])
    }
  }
  return {
    json: { events: done },
    lines: done.map(
      ({ eventId, repeated, addresseeNumber, addresseeNumbers }) =>
        `${repeated === true ? 'もう記録してあります' : '記録しました'}: 受付番号 ${eventId} 宛名番号 ${[addresseeNumbers ?? addresseeNumber].flat().join('、') || '（前の受付のとおり）'}`,
    ),
  }
}

interface JobAnswer {
  readonly state: string
  readonly sentence: string
  readonly result: Record<string, unknown> | null
}

/** Asks for long work and waits for its end. */
async function worked(town: Town, place: string, body: unknown): Promise<JobAnswer['result']> {
  const { job } = await town.ask<{ job: number }>('POST', place, body)
  for (let pause = 20; ; pause = Math.min(pause * 1.5, 400)) {
    const { state, sentence, result } = await town.ask<JobAnswer>('GET', `/jobs/${job}`)
    if (state === 'done') return result
    if (state === 'failed' || state === 'cancelled') throw new TownRefused([sentence])
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function stepOf(steps: readonly string[], word: string | undefined): string {
  if (word === undefined || !steps.includes(word))
    throw new WrongUse(`手順を ${steps.join(' ')} から選んでください。`)
  return word
}

async function transfer(town: Town, [word, ...more]: readonly string[]): Promise<Done> {
  const step = stepOf(['2-1', '3-6', '4-1'], word)
  refuseSurplus(more, 0)
  const result = await worked(town, '/transfers', { step })
  return {
    json: { step, ...result },
    lines: [
      result?.transfers === 0
        ? '前の移転から変わったものはありません。'
        : `移転しました: ${result?.rows}行、うち変わったもの${result?.changed}件`,
    ],
  }
}

interface Exported {
  readonly name: string
  readonly layout: string
  readonly records: number
  readonly state: string
}

async function exportFiles(
  town: Town,
  [word, ...more]: readonly string[],
  { mode = 'auto', year, out }: Given,
): Promise<Done> {
  const step = stepOf(['2-2', '4-2'], word)
  refuseSurplus(more, 0)
  if (!['auto', 'full', 'difference'].includes(mode))
    throw new WrongUse('--mode は auto full difference のどれかです。')
  if (year !== undefined && !/^2[0-9]{3}$/.test(year))
    throw new WrongUse('--year には年度を西暦4桁で書いてください。')
  const made = await worked(town, '/exports', {
    step,
    mode,
    fiscalYear: year === undefined ? null : Number(year),
  })
  const layouts = Object.keys(made ?? {})
  const waiting = (await town.ask<{ exports: Exported[] }>('GET', '/exports')).exports.filter(
    (one) => layouts.includes(one.layout) && ['prepared', 'sent'].includes(one.state),
  )
  if (out !== undefined) {
    await mkdir(out, { recursive: true, mode: 0o700 })
    for (const { name } of waiting) {
      const { manifest, sealed } = await town.operator.take(name)
      await writeFile(path.join(out, `${name}.age`), Buffer.from(await sealed.arrayBuffer()))
      await writeFile(path.join(out, `${name}.manifest.json`), manifest)
    }
  }
  const counts = Object.entries(made ?? {}).map(([layout, one]) => {
    const { rows, mode: how } = (one ?? {}) as { rows?: number; mode?: string }
    if (rows === undefined) return `${layout}: 前の移出から変わったものはありません。`
    return `${layout}: ${rows}件（${how === 'full' ? '全件' : '差分'}）`
  })
  return {
    json: { step, made, media: waiting },
    lines: [
      ...counts,
      waiting.length === 0
        ? '媒体に、広域連合の答えを待つものはありません。'
        : `媒体にあるもの: ${waiting.map(({ name }) => name).join('、')}`,
      ...(out === undefined ? [] : [`${waiting.length}件を「${out}」に取り出しました。`]),
    ],
  }
}

async function importFile(town: Town, words: readonly string[]): Promise<Done> {
  const [manifestFile, sealedFile, ...more] = words
  refuseSurplus(more, 0)
  if (manifestFile === undefined || sealedFile === undefined)
    throw new WrongUse('送り状のファイルと、封じたファイルを、この順に書いてください。')
  const manifest = await readFile(manifestFile, 'utf8')
  const { transmission } = await town.ask<{ transmission: string }>('POST', '/imports', {
    manifest,
  })
  const { kind } = await town.operator.bring({ manifest, sealed: await openAsBlob(sealedFile) })
  const became = await town.ask<{
    layout: string
    state: string
    sentence: string
    findings: { line: number | null; sentence: string }[]
  }>('GET', `/imports/${transmission}`)
  return {
    json: { transmission, kind, ...became },
    well: became.state !== 'refused',
    lines: [
      `${became.layout}: ${became.sentence}`,
      ...became.findings.map(
        ({ line, sentence }) => `  ${line === null ? '' : `${line}行目 `}${sentence}`,
      ),
    ],
  }
}

async function receipt(town: Town, [word, ...more]: readonly string[], _: Given, io: Io) {
  refuseSurplus(more, 0)
  const answer = await town.ask<{ kind: string; answer: string; sentence: string }>(
    'POST',
    '/receipts',
    { receipt: await contentOf(word, io) },
  )
  return { json: answer, lines: [answer.sentence] }
}

interface Conduct {
  readonly conduct: string
  readonly heldUntil: string | null
  readonly media: readonly string[]
}

async function state(town: Town, words: readonly string[]): Promise<Done> {
  refuseSurplus(words, 0)
  const held = await town.ask<Record<string, unknown> & { conduct: Conduct }>('GET', '/state')
  return { json: held, lines: [...linesOf(held), ...conductLines(held.conduct)] }
}

/** Every count with its path; digests are for programs. */
function linesOf(held: Record<string, unknown>, above = ''): string[] {
  return Object.entries(held).flatMap(([name, value]) => {
    if (name === 'conduct' || name === 'digest') return []
    const place = above === '' ? name : `${above}.${name}`
    if (typeof value === 'number') return [`${place} ${value}`]
    return typeof value === 'object' && value !== null
      ? linesOf(value as Record<string, unknown>, place)
      : []
  })
}

const conductLines = ({ conduct, heldUntil, media }: Conduct): string[] => [
  `行儀 ${conduct}${heldUntil === null ? '' : `（${heldUntil}まで）`}`,
  ...media.map((name) => `  行儀のわるい間に作ったもの: ${name}`),
]

async function misbehave(
  town: Town,
  [word, ...more]: readonly string[],
  { until }: Given,
): Promise<Done> {
  refuseSurplus(more, 0)
  if (word === undefined || !manners.includes(word))
    throw new WrongUse(`行儀を ${manners.join(' ')} から選んでください。`)
  if (until !== undefined && !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(until))
    throw new WrongUse('--until には日付を 2026-07-03 の形で書いてください。')
  const now = await town.ask<Conduct>('PUT', '/conduct', { conduct: word, until: until ?? null })
  return { json: now, lines: conductLines(now) }
}

async function release(town: Town, words: readonly string[]): Promise<Done> {
  refuseSurplus(words, 0)
  const { released } = await town.ask<{ released: number }>('POST', '/conduct/release', {})
  return { json: { released }, lines: [`${released}件を、行儀よく出しました。`] }
}
