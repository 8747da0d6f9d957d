import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { quoted, sentenceOf } from './commandLine.ts'
import type { Io } from './io.ts'

/** The front door: one program, several parts. Each command is one file under commands/. */
interface Command {
  readonly does: string
  load(): Promise<{ run(argv: string[], io: Io): Promise<number> }>
}

const commands: Record<string, Command> = {
  start: {
    does: '画面を開き、模擬の県をつくり、流れを動かす（npm start と同じ）',
    load: () => import('./commands/start.ts'),
  },
  serve: {
    does: '1つの当事者だけを動かす: union municipality（start が中で使う）',
    load: () => import('./commands/serve.ts'),
  },
  rehearse: {
    does: '手順を外から動かし、相手側で確かめる',
    load: () => import('./commands/rehearse.ts'),
  },
  world: {
    does: '模擬の世界: advance(日を進める) report(目標との差)',
    load: () => import('./commands/world.ts'),
  },
  town: {
    does: '模擬の市区町村: event transfer export import receipt state misbehave release list',
    load: () => import('./commands/town.ts'),
  },
  intermediary: {
    does: '模擬の中間サーバー: make event receipt state misbehave release',
    load: () => import('./commands/intermediary.ts'),
  },
  replay: {
    does: 'ある日の送受信をもう一度開き、残っているものと突き合わせる',
    load: () => import('./commands/replay.ts'),
  },
  keys: {
    does: '鍵と証明書: list make certify revoke renew',
    load: () => import('./commands/keys.ts'),
  },
  migrate: { does: 'データベースの形を最新にする', load: () => import('./commands/migrate.ts') },
  rules: {
    does: '規則にたずねる(NDJSON): premium copay',
    load: () => import('./commands/rules.ts'),
  },
  codes: { does: '番号の検査数字を確かめる(NDJSON)', load: () => import('./commands/codes.ts') },
  layouts: {
    does: 'ファイルの形: list show check sample convert',
    load: () => import('./commands/layouts.ts'),
  },
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(
    ([name, { does }]) => `  ${name.padEnd(width)}  ${does}`,
  )
  return `使い方: npx koiki <仕事> [選択]\n\n${lines.join('\n')}\n\nそれぞれの選択は npx koiki <仕事> --help で見られます。\n`
}

// Stripping types and compiling is most of the time until a command answers, so its result is kept beside
// the installed parts, which no other user can write; a folder that cannot be written only costs that time.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/koiki'))

const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
// `koiki … | head -1`: a reader that has gone away wants no more, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  io.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})
process.stderr.on('error', () => {})
// What nobody caught may quote a row in its message, so it too is told by its place alone.
process.on('uncaughtException', (error) => {
  io.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})
const given = process.argv.slice(2)
// `koiki help start` is what some type for `koiki start --help`.
const [name, ...argv] = given[0] === 'help' && given[1] !== undefined ? [given[1], '--help'] : given
const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
if (command === undefined) {
  const wanted = name !== undefined && !['help', '--help', '-h'].includes(name)
  if (wanted) io.stderr.write(`${quoted(name)}という仕事はありません。\n\n`)
  ;(wanted ? io.stderr : io.stdout).write(usage())
  process.exitCode = wanted ? 2 : 0
} else {
  try {
    const { run } = await command.load()
    process.exitCode = await run(argv, io)
  } catch (error) {
    io.stderr.write(`${sentenceOf(error)}\n`)
    process.exitCode = 1
  }
}
