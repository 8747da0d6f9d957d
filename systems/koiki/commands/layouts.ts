import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { type PlainDate, parsePlainDate } from '@koiki/kernel'
import {
  checkFile,
  csvUtf8,
  detectLayout,
  type FileFinding,
  type FileFormat,
  type FileSummary,
  findingCodesDocument,
  findLayout,
  fixedLength,
  type Layout,
  layoutDocument,
  layouts,
  readRecords,
  sampleRecords,
  writeRecords,
} from '@koiki/layouts'
import {
  command,
  quoted,
  refuseSurplus,
  type Values,
  WrongUse,
  wholeNumbers,
} from '../commandLine.ts'
import type { Io } from '../io.ts'

const help = `使い方:
  npx koiki layouts list                              ファイルの形の一覧
  npx koiki layouts show <レイアウト>                 1つの形の文書（codes ならエラーコード一覧）
  npx koiki layouts check [レイアウト] <ファイル>     検査する（誤りがあれば終了コード 1）
  npx koiki layouts sample <レイアウト>               見本を作る（--rows 0 なら見出しだけの用紙）
  npx koiki layouts convert [レイアウト] <ファイル>   文字コード・固定長を変える

選択:
  --format utf8|utf8-bom|sjis|fixed   ファイルの形式（check, sample。なければレイアウトのとおり）
  --from, --to                        convert の元と先の形式
  --out FILE                          書き出す先（なければ標準出力）
  --people                            人が表計算ソフトで開くための書き方（BOM、数式よけ）
  --rows N  --seed S                  見本の行数と種（初めは 10 と 1）
  --municipality 431001               市区町村コード（check では、この団体の行だけを正しいとする）
  --today YYYY-MM-DD                  今日とみなす日（初めは今日）
  --limit N                           表に出す所見の数（初めは 1000）
  --json                              所見を JSON で出す（check）

<レイアウト> は名前か識別名です。前の版は 名前@2026-04 のように書きます。
<ファイル> に - を書くと標準入力を読みます。
`

const formats: Readonly<Record<string, FileFormat>> = {
  utf8: csvUtf8,
  'utf8-bom': { ...csvUtf8, bom: true },
  sjis: { kind: 'csv', encoding: 'windows-31j', bom: false },
  fixed: fixedLength,
}

type Options = {
  readonly format: FileFormat | undefined
  readonly from: FileFormat | undefined
  readonly to: FileFormat | undefined
  readonly out: string | undefined
  readonly people: boolean
  readonly rows: number
  readonly seed: number
  readonly municipality: string | undefined
  readonly today: PlainDate
  readonly limit: number
  readonly json: boolean
}

const [text, flag] = ['text', 'flag'] as const
const choices = {
  ...{ format: text, from: text, to: text, out: text, rows: text, seed: text },
  ...{ municipality: text, today: text, limit: text, people: flag, json: flag },
} as const

/** How many words each verb takes after itself. */
const most = { list: 0, show: 1, check: 2, sample: 1, convert: 2 } as const

/** ファイルの形 — list, show, check, sample, convert. 0 fine, 1 findings, 2 wrong use. */
export const run = command(
  { name: 'layouts', help, options: choices, words: Number.POSITIVE_INFINITY },
  async (values, [verb, ...words], io) => {
    if (verb === 'help') {
      io.stdout.write(help)
      return 0
    }
    if (verb === undefined || !Object.hasOwn(most, verb)) {
      const known = `${Object.keys(most).join('、')} のどれかです。`
      throw new WrongUse(
        verb === undefined
          ? `何をするか書いてください。${known}`
          : `${quoted(verb)}という仕事はありません。${known}`,
      )
    }
    refuseSurplus(words, most[verb as keyof typeof most])
    const options = understood(values)
    try {
      if (verb === 'list') return list(io)
      if (verb === 'show') return show(words, io)
      if (verb === 'check') return await check(words, options, io)
      if (verb === 'sample') return await sample(words, options, io)
      return await convert(words, options, io)
    } catch (error) {
      if (isClosedPipe(error)) return 0
      throw error
    }
  },
)

function understood(values: Values<typeof choices>): Options {
  const number = (text: string | undefined) => ({ text, least: 0, most: Number.MAX_SAFE_INTEGER })
  const {
    '--rows': rows = 10,
    '--seed': seed = 1,
    '--limit': limit = 1000,
  } = wholeNumbers({
    '--rows': number(values.rows),
    '--seed': number(values.seed),
    '--limit': number(values.limit),
  })
  return {
    format: formatNamed(values.format),
    from: formatNamed(values.from),
    to: formatNamed(values.to),
    out: values.out,
    people: values.people,
    rows,
    seed,
    municipality: municipalityNamed(values.municipality),
    today: dayNamed(values.today),
    limit,
    json: values.json,
  }
}

function formatNamed(name: string | undefined): FileFormat | undefined {
  if (name === undefined) return undefined
  const format = formats[name]
  if (format === undefined)
    throw new WrongUse(
      `形式${quoted(name)}はありません。${Object.keys(formats).join('、')} のどれかです。`,
    )
  return format
}

function municipalityNamed(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[0-9]{6}$/.test(text))
    throw new WrongUse('--municipality には6桁の市区町村コードを書いてください（例: 431001）。')
  return text
}

function dayNamed(text: string | undefined): PlainDate {
  const day = parsePlainDate(
    text ?? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date()),
  )
  if (day === null) throw new WrongUse('--today には暦にある日を YYYY-MM-DD で書いてください。')
  return day
}

/** By name or id; an older edition after an @, else the newest. */
function layoutNamed(name: string | undefined): Layout {
  const [plain = '', edition] = (name ?? '').split('@')
  const layout = findLayout(plain, edition)
  if (layout !== null) return layout
  const known = [...new Set(layouts.map((one) => `  ${one.name}（${one.id}）`))].join('\n')
  const what =
    name === undefined
      ? 'レイアウトの名前を書いてください。'
      : `${quoted(name)}というレイアウトはありません。`
  throw new WrongUse(`${what}次のどれかです。\n${known}`)
}

function list(io: Io): number {
  const rows = layouts.map((one) => [one.name, one.edition, one.id, `${one.names.length}項目`])
  io.stdout.write(table([['名前', '版', '識別名', '項目'], ...rows]))
  return 0
}

function show(words: readonly string[], io: Io): number {
  io.stdout.write(
    words[0] === 'codes' ? findingCodesDocument() : layoutDocument(layoutNamed(words[0])),
  )
  return 0
}

async function check(words: readonly string[], options: Options, io: Io): Promise<number> {
  const { layout, bytes, name } = await source(words, io)
  const summary = await checkFile(layout, bytes, {
    file: name,
    today: options.today,
    limit: options.limit,
    ...(options.format && { format: options.format }),
    ...(options.municipality && { municipality: options.municipality }),
  })
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ file: name, layout: layout.name, edition: layout.edition, ...summary }, null, 2)}\n`
      : report(layout, name, summary),
  )
  return summary.errorCount + summary.warningCount > 0 ? 1 : 0
}

function report(layout: Layout, name: string, summary: FileSummary): string {
  const { recordCount, errorCount, warningCount, findings } = summary
  const head = `${name}: ${layout.name}（${layout.edition}）として ${recordCount}件を検査しました。`
  if (errorCount + warningCount === 0) return `${head}\n誤りはありません。\n`
  const shown = findings.length < errorCount + warningCount ? `（初めの${findings.length}件）` : ''
  const rows = findings.map((one) => [
    one.line === 0 ? '全体' : String(one.line),
    one.column ?? '',
    one.code,
    one.severity === 'error' ? 'エラー' : '注意',
    one.sentence,
  ])
  const foot = `エラー ${errorCount}件、注意 ${warningCount}件${shown}`
  return `${head}\n\n${table([['行', '項目', 'コード', '重さ', '内容'], ...rows])}\n${foot}\n`
}

async function sample(words: readonly string[], options: Options, io: Io): Promise<number> {
  const layout = layoutNamed(words[0])
  const records = sampleRecords(layout, {
    rows: options.rows,
    seed: options.seed,
    ...(options.municipality && { municipality: options.municipality }),
  })
  return await written(layout, records, options.format ?? layout.format, options, io)
}

async function convert(words: readonly string[], options: Options, io: Io): Promise<number> {
  if (options.to === undefined) throw new WrongUse('--to に書き出す形式を書いてください。')
  const { layout, bytes, name } = await source(words, io)
  const reading: Reading = { file: name, line: 0, errors: 0 }
  async function* records(): AsyncGenerator<readonly string[]> {
    const from = options.from ?? layout.format
    for await (const batch of readRecords(layout, bytes, { file: name, format: from })) {
      reading.errors += tell(batch.findings, io)
      for (const [index, record] of batch.records.entries()) {
        reading.line = batch.lines[index] as number
        yield record
      }
    }
  }
  return await written(layout, records(), options.to, options, io, reading)
}

/** 読んでいるところ — where the record that is being written came from, which is where a person mends it. */
interface Reading {
  readonly file: string
  line: number
  errors: number
}

/** Findings go to the error stream while the file goes out; only errors count. */
function tell(findings: readonly FileFinding[], io: Io): number {
  for (const { file, line, code, sentence } of findings)
    io.stderr.write(`${file}:${line}: ${code} ${sentence}\n`)
  return findings.filter(({ severity }) => severity === 'error').length
}

async function written(
  layout: Layout,
  records: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  format: FileFormat,
  options: Options,
  io: Io,
  reading?: Reading,
): Promise<number> {
  let bad = 0
  const out = options.out === undefined ? io.stdout : await newFile(options.out)
  const blocks = writeRecords(layout, records, {
    format,
    forPeople: options.people,
    found: (findings) => {
      bad += tell(
        reading === undefined
          ? findings
          : findings.map((one) => ({ ...one, file: reading.file, line: reading.line })),
        io,
      )
    },
  })
  for await (const block of blocks) if (!out.write(block)) await once(out, 'drain')
  if (options.out !== undefined) {
    out.end()
    await once(out, 'close')
  }
  if (bad === 0 && (reading?.errors ?? 0) === 0) return 0
  if (options.out === undefined) {
    io.stderr.write('誤りのある行は書き出していません。\n')
  } else {
    await rm(options.out)
    io.stderr.write(`誤りがあるので ${options.out} は作りませんでした。\n`)
  }
  return 1
}

async function newFile(path: string): Promise<NodeJS.WritableStream> {
  try {
    const file = await open(path, 'wx')
    return createWriteStream(path, { fd: file })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new WrongUse(`${path} はもうあります。上書きしないので、別の名前を書いてください。`)
    throw new WrongUse(`${path} に書けません（${code}）。`)
  }
}

type Source = {
  readonly layout: Layout
  readonly bytes: AsyncIterable<Uint8Array>
  readonly name: string
}

/** With one word the layout is taken from the header of the file. */
async function source(words: readonly string[], io: Io): Promise<Source> {
  const [first, second] = words
  const path = second ?? first
  if (path === undefined) throw new WrongUse('検査するファイルを書いてください。')
  const bytes = path === '-' ? (io.stdin as AsyncIterable<Uint8Array>) : await openFile(path)
  const name = path === '-' ? '標準入力' : path
  if (second !== undefined) return { layout: layoutNamed(first), bytes, name }
  const { start, all } = await startOf(bytes)
  const layout = detectLayout(start)
  if (layout === null)
    throw new WrongUse(
      `${name} の見出しから、どのレイアウトかわかりません。レイアウトの名前も書いてください（例: npx koiki layouts check 住民基本台帳情報 ${path}）。`,
    )
  return { layout, bytes: all, name }
}

async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    if ((await stat(path)).isFile()) return createReadStream(path, { highWaterMark: 256 * 1024 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new WrongUse(
      code === 'ENOENT'
        ? `${path} というファイルはありません。`
        : `${path} を読めません（${code}）。`,
    )
  }
  throw new WrongUse(`${path} はファイルではありません。`)
}

/** The first bytes, and the same stream from its beginning. */
async function startOf(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ start: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const chunks = bytes[Symbol.asyncIterator]()
  const first = await chunks.next()
  const start = first.done ? new Uint8Array() : first.value
  async function* all(): AsyncGenerator<Uint8Array> {
    yield start
    for (;;) {
      const next = await chunks.next()
      if (next.done) return
      yield next.value
    }
  }
  return { start, all: all() }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE'
}

/** Columns side by side on a terminal, where a full-width letter takes two places. */
function table(rows: readonly (readonly string[])[]): string {
  const count = rows[0]?.length ?? 0
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => places(row[at] ?? ''))),
  )
  return rows
    .map((row) =>
      row
        .map((cell, at) =>
          at === count - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - places(cell)),
        )
        .join('  '),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

function places(text: string): number {
  let width = 0
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2
  return width
}
