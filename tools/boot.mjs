// Runs on any Node >= 20 before anything is installed: brings node_modules in line with
// package-lock.json, then hands over to the Node that package.json pins, which runs TypeScript as it is.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const pinnedNode = path.join(root, 'node_modules', '.bin', 'node')

/** What is installed equals what the lock file says, platform packages of other machines aside. */
function installed() {
  const held = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(held) || !existsSync(pinnedNode)) return false
  const want = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  const have = JSON.parse(readFileSync(held, 'utf8')).packages
  return Object.entries(want).every(([place, entry]) => {
    if (place === '' || !place.startsWith('node_modules/')) return true
    const found = have[place]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return entry.link === true || found.version === entry.version
  })
}

function install() {
  console.error('必要な部品を入れています(初回は1分ほどかかります)。')
  const npm = process.env.npm_execpath
  const [command, args] = npm?.endsWith('.js')
    ? [process.execPath, [npm, 'ci', '--no-audit', '--no-fund']]
    : ['npm', ['ci', '--no-audit', '--no-fund']]
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0 || !existsSync(pinnedNode)) {
    console.error(
      '部品を入れられませんでした。何も始めていません。上の npm の文を確かめ、もう一度実行してください。',
    )
    process.exit(1)
  }
}

/** Files or options of node's own were given: it runs those; without any, all files run. */
const someTests = (given) => [
  '--test',
  '--test-randomize',
  '--test-reporter=spec',
  '--test-timeout=600000',
  '--test-global-setup=tools/test/setup.ts',
  ...given,
]
const bin = (name) => path.join(root, 'node_modules', '.bin', name)
const buildDesk = [pinnedNode, [bin('vite'), 'build', 'systems/desk', '--logLevel', 'warn']]

// A hundred test files, and the programs that they start, would strip the types of the same modules each anew.
const compiled = path.join(root, 'node_modules', '.cache', 'compiled')

const [verb = 'koiki', ...rest] = process.argv.slice(2)
const verbs = {
  koiki: () => {
    const program = [pinnedNode, ['systems/koiki/main.ts', ...rest]]
    // A fresh clone has no built screens, and those of an older version would not fit; it takes a second.
    const shows = rest[0] === 'start' && !rest.includes('--help') && !rest.includes('-h')
    return shows ? [buildDesk, program] : [program]
  },
  test: () => [buildDesk, [pinnedNode, rest.length > 0 ? someTests(rest) : ['tools/test/all.ts']]],
  check: () => [
    [pinnedNode, [bin('tsc'), '--noEmit', '-p', '.']],
    [bin('biome'), ['check', '--error-on-warnings', '.']],
    [pinnedNode, ['--test', '--test-reporter=spec', 'tools/tidy.test.ts']],
  ],
  format: () => [[bin('biome'), ['check', '--write', '.']]],
  build: () => [buildDesk],
  dump: () => [[pinnedNode, ['tools/dump.ts', ...rest]]],
  bench: () => [[pinnedNode, ['tools/bench/all.ts', ...rest]]],
}
if (verbs[verb] === undefined) {
  console.error(`「${verb}」という仕事はありません。あるもの: ${Object.keys(verbs).join(' ')}`)
  process.exit(2)
}
// What these would pass over in silence is refused.
if (['check', 'format', 'build', 'dump'].includes(verb) && rest.length > 0) {
  console.error(
    `「${verb}」に、選択や言葉は付けられません。npm run ${verb} だけで実行してください。`,
  )
  process.exit(2)
}

if (!installed()) install()

/** Ctrl-C reaches the child through the terminal; this process waits for it to put things away. */
function run([command, args]) {
  return new Promise((resolve) => {
    const env = verb === 'test' ? { NODE_COMPILE_CACHE: compiled, ...process.env } : process.env
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
    const pass = (signal) => child.kill(signal)
    const onInterrupt = () => {}
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', pass)
    child.on('exit', (code, signal) => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', pass)
      resolve(signal === null ? (code ?? 1) : 130)
    })
  })
}

for (const step of verbs[verb]()) {
  const status = await run(step)
  if (status !== 0) process.exit(status)
}
