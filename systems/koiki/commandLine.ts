import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Io } from './io.ts'

/** 使い方の誤り — a wrong use of a command, in sentences; the command ends with 2 and has done nothing. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** A `text` takes a value, a `flag` none. */
type Options = Readonly<Record<string, 'text' | 'flag'>>

export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends 'flag' ? boolean : string | undefined
}

interface Form<O extends Options> {
  /** As it is typed after `npx koiki`. */
  readonly name: string
  /** What `--help` prints, whole. */
  readonly help: string
  readonly options: O
  /** How many words it takes at most besides its options. */
  readonly words: number
}

/**
 * 仕事の入口 — makes the `run` of a command: reads its options and words, answers `--help`, and turns whatever goes
 * wrong into sentences. The exit code is the work's own; 1 when it was refused or failed, 2 for a wrong use.
 */
export function command<const O extends Options>(
  form: Form<O>,
  work: (values: Values<O>, words: readonly string[], io: Io) => Promise<number>,
): (argv: string[], io: Io) => Promise<number> {
  return async (argv, io) => {
    if (asksForHelp(argv)) {
      io.stdout.write(form.help)
      return 0
    }
    try {
      const { values, words } = read(argv, form)
      return await work(values, words, io)
    } catch (error) {
      if (error instanceof WrongUse) {
        const where = `使い方は「npx koiki ${form.name} --help」で見られます。`
        io.stderr.write(`${error.message}\n${where}\n`)
        return 2
      }
      io.stderr.write(`${sentenceOf(error)}\n`)
      return 1
    }
  }
}

export const asksForHelp = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/** Several faults are told at once. */
function read<O extends Options>(
  argv: string[],
  { options, words: most }: Form<O>,
): { values: Values<O>; words: string[] } {
  const kinds = new Map(Object.entries(options))
  const { tokens } = parseArgs({
    args: argv,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      [...kinds].map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
  })
  const given = new Map<string, string | boolean>()
  const words: string[] = []
  const faults = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const kind = kinds.get(name)
    const missing =
      value === undefined || value === '' || (!inlineValue && /^-[^0-9]/.test(value) === true)
    if (kind === undefined) faults.add(`${quoted(rawName)}という、知らない選択があります。`)
    else if (given.has(name)) faults.add(`選択 --${name} が2度書かれています。`)
    else if (kind === 'flag' && value !== undefined)
      faults.add(`選択 --${name} に、値は書けません。`)
    else if (kind === 'text' && missing) faults.add(`選択 --${name} に、値がありません。`)
    if (kind !== undefined) given.set(name, value ?? true)
  }
  for (const word of words.slice(most)) faults.add(surplus(word))
  if (faults.size > 0) throw new WrongUse([...faults].join('\n'))
  const values = [...kinds].map(([name, kind]) => [name, given.get(name) ?? noneOf[kind]])
  return { values: Object.fromEntries(values) as Values<O>, words }
}

const noneOf = { flag: false, text: undefined } as const

const surplus = (word: string): string => `${quoted(word)}という、余分な言葉があります。`

/** For a command whose verbs take different numbers of words. */
export function refuseSurplus(words: readonly string[], most: number): void {
  if (words.length > most) throw new WrongUse(words.slice(most).map(surplus).join('\n'))
}

/** What was typed, unless it may be somebody's number: those are repeated nowhere. */
export const quoted = (word: string): string =>
  /\p{Nd}{8}/u.test(word.replace(/[\s-]/g, '')) ? '「***」' : `「${word}」`

interface Asked {
  readonly text: string | undefined
  readonly least: number
  readonly most: number
}

/** 整数の選択 — each as a whole number, undefined where none was written; all that are wrong are told at once. */
export function wholeNumbers<K extends string>(
  asked: Readonly<Record<K, Asked>>,
): Readonly<Record<K, number | undefined>> {
  const faults: string[] = []
  const found: [string, number | undefined][] = []
  for (const [name, { text, least, most }] of Object.entries<Asked>(asked)) {
    const number = text === undefined ? undefined : Number(text)
    const sound =
      text === undefined ||
      (/^[0-9]+$/.test(text) && (number as number) >= least && (number as number) <= most)
    if (!sound) {
      const range = most < 2 ** 31 ? `${least}〜${most}` : `${least}以上`
      faults.push(`${name} には${range}の整数を書いてください。`)
    }
    found.push([name, number])
  }
  if (faults.length > 0) throw new WrongUse(faults.join('\n'))
  return Object.fromEntries(found) as Record<K, number | undefined>
}

/** The bounds of what an invented world may be made from. */
export const personsAsked = (text: string | undefined): Asked => ({
  ...{ text, least: 300, most: 400_000 },
})
export const seedAsked = (text: string | undefined): Asked => ({
  ...{ text, least: 0, most: 2 ** 31 },
})
export const portAsked = (text: string | undefined): Asked => ({
  ...{ text, least: 0, most: 65_535 },
})

/** データ置き場の選択 — as written, else as the environment says, else `data`. */
export function dataFolder(text: string | undefined): string {
  const folder = text ?? process.env.KOIKI_DATA ?? 'data'
  if (folder === '')
    throw new WrongUse('環境変数 KOIKI_DATA が空です。消すか、場所を書いてください。')
  return folder
}

/** Whose sentences go on after the full stop: with a SQLSTATE, or with the answer of somebody else. */
const ours = new Set(['StoreError', 'Refused'])

/** 誤りの文 — the sentence of whoever refused; of a fault in the program its place, for its message may quote. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return programFault(typeof error, [])
  // Every error of ours is a sentence already, and nobody else's is Japanese.
  if (ours.has(error.name) || /[ぁ-ん].*。$/su.test(error.message)) return error.message
  const { code, path: file, port } = error as NodeJS.ErrnoException & { port?: number }
  if (port !== undefined && code === 'EADDRINUSE')
    return `ポート ${port} は、ほかのプログラムが使っています。別の番号を指定してください。`
  if (port !== undefined && code === 'EACCES')
    return `ポート ${port} は、管理者でなければ使えません。1024以上の番号を指定してください。`
  if (code === 'ENOSPC')
    return 'ディスクに空きがありません。空きを作ってから、もう一度実行してください。'
  if (file !== undefined && code !== undefined)
    return `「${file}」を読み書きできません（${code}）。場所、持ち主、権限を確かめて、もう一度実行してください。`
  return programFault(code ?? error.name, ownPlaces(error.stack ?? ''))
}

const root = path.resolve(import.meta.dirname, '../..')

/** Where in our own files it happened, the innermost first. */
const ownPlaces = (stack: string): string[] =>
  [...stack.matchAll(/file:\/\/([^\s)]+?:\d+):\d+/g)]
    .map(([, place]) => path.relative(root, place as string))
    .filter((place) => !place.startsWith('..') && !place.startsWith('node_modules'))
    .slice(0, 5)

const programFault = (what: string, places: readonly string[]): string =>
  `プログラムの誤りで止まりました（${[what, ...places].join('、')}）。もう一度実行しても同じなら、この文をそのまま開発元に知らせてください。`
