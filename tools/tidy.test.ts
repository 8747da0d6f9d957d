import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

/** The house rules, executable. Each failure names the file and the rule. */
const root = path.resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root })
  .toString('utf8')
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)))
const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'))
const isTest = (file: string): boolean =>
  file.endsWith('.test.ts') || file.endsWith('.test.tsx') || file.startsWith('tools/test/')

interface Manifest {
  readonly name: string
  /** One door, or several by name: a second one opens without what the first one loads. */
  readonly exports?: string | Record<string, string>
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}
const rooms = new Map(
  files
    .filter((file) => /^(ground|law|systems|tools)\/[^/]+\/package\.json$/.test(file))
    .map((file) => [path.dirname(file), JSON.parse(read(file)) as Manifest]),
)
const folderOf = new Map([...rooms].map(([folder, manifest]) => [manifest.name, folder]))
const roomOf = (file: string): string => file.split('/').slice(0, 2).join('/')

/** The folder of the room that `@koiki/room` or `@koiki/room/door` opens, if it has such a door. */
function folderOpenedBy(from: string): string | undefined {
  const [scope, room, ...door] = from.split('/')
  const folder = folderOf.get(`${scope}/${room}`)
  if (folder === undefined || door.length === 0) return folder
  const doors = rooms.get(folder)?.exports
  return typeof doors === 'object' && Object.hasOwn(doors, `./${door.join('/')}`)
    ? folder
    : undefined
}

/** Every module that a file names, with its line, types included. */
function importsOf(file: string): { from: string; line: number; typeOnly: boolean }[] {
  const text = read(file)
  const found: { from: string; line: number; typeOnly: boolean }[] = []
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)|new URL\(\s*'([^']+)'/g
  for (const match of text.matchAll(pattern)) {
    const from = match[3] ?? match[4] ?? match[5]
    if (from === undefined) continue
    const line = text.slice(0, match.index).split('\n').length
    found.push({ from, line, typeOnly: match[2] !== undefined })
  }
  return found
}

function assertNone(faults: readonly string[], rule: string): void {
  assert.deepEqual(faults, [], `${rule}\n${faults.join('\n')}`)
}

/** Which rooms a room may lean on; the wings are ground ← law ← systems. */
const mayImport: Record<string, readonly string[]> = {
  'ground/kernel': [],
  'ground/layouts': ['ground/kernel'],
  'ground/store': ['ground/kernel'],
  'ground/vault': ['ground/kernel', 'ground/store', 'ground/audit'],
  'ground/audit': ['ground/kernel', 'ground/store'],
  'ground/access': ['ground/kernel', 'ground/store', 'ground/audit'],
  'ground/exchange': ['ground/kernel', 'ground/layouts', 'ground/store'],
  'ground/notices': ['ground/kernel', 'ground/layouts', 'ground/store'],
  'law/eligibility': ['ground/*'],
  'law/premium': ['ground/*', 'law/eligibility'],
  'law/copay': ['ground/*', 'law/eligibility', 'law/premium'],
  'law/certificates': ['ground/*', 'law/eligibility', 'law/copay'],
  'systems/union': ['ground/*', 'law/*'],
  'systems/municipality': ['ground/*'],
  // Dates in eras are read and written on the screen by the same rules as everywhere.
  'systems/desk': ['ground/kernel'],
  'systems/koiki': [
    'ground/*',
    'law/*',
    'systems/union',
    'systems/municipality',
    'tools/prefecture',
  ],
  'tools/prefecture': ['ground/kernel'],
}
const typesOnly: Record<string, readonly string[]> = {
  'systems/desk': ['systems/union', 'ground/*', 'law/*'],
}

function allowed(room: string, target: string, lists: Record<string, readonly string[]>): boolean {
  return (lists[room] ?? []).some(
    (pattern) =>
      pattern === target || (pattern.endsWith('/*') && target.startsWith(pattern.slice(0, -1))),
  )
}

test('輸入の向き: ground ← law ← systems、当事者どうしは互いに見ない', () => {
  const faults: string[] = []
  for (const file of sources.filter((source) => rooms.has(roomOf(source)) && !isTest(source))) {
    const room = roomOf(file)
    for (const { from, line, typeOnly } of importsOf(file)) {
      if (from.startsWith('@koiki/')) {
        const target = folderOpenedBy(from)
        if (target === undefined) faults.push(`${file}:${line} ${from} という部屋はない`)
        else if (
          !allowed(room, target, mayImport) &&
          !(typeOnly && allowed(room, target, typesOnly))
        )
          faults.push(`${file}:${line} ${room} は ${target} を見てはいけない`)
      } else if (from.startsWith('.')) {
        const place = path.posix.join(path.posix.dirname(file), from)
        if (roomOf(place) !== room)
          faults.push(`${file}:${line} 部屋の外を相対の道で見ている: ${from}`)
      }
    }
  }
  assertNone(faults, '部屋の向きが守られていない')
})

test('依存の宣言: 使う外の部品と部屋は、その部屋の package.json に書いてある', () => {
  const faults: string[] = []
  const top = JSON.parse(read('package.json')) as Manifest
  for (const file of sources.filter((source) => rooms.has(roomOf(source)))) {
    const manifest = rooms.get(roomOf(file)) as Manifest
    const declared = new Set(Object.keys(manifest.dependencies ?? {}))
    if (isTest(file)) for (const name of Object.keys(top.devDependencies ?? {})) declared.add(name)
    for (const { from, line } of importsOf(file)) {
      if (from.startsWith('.') || from.startsWith('/') || from.startsWith('node:')) continue
      if (from.startsWith('virtual:')) continue
      const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]
      if (name === manifest.name || (isTest(file) && name?.startsWith('@koiki/'))) continue
      if (!declared.has(name as string)) faults.push(`${file}:${line} ${name}`)
    }
  }
  assertNone(faults, 'package.json にない依存を使っている')
})

test('規則の純粋さ: rules/ は kernel と自分の law/ だけを見て、時計も乱数も環境も知らない', () => {
  const faults: string[] = []
  const impure = /new Date\(|Date\.now|Math\.random|process\.|performance\.|crypto|fetch\(/
  for (const file of sources.filter((source) => source.includes('/rules/') && !isTest(source))) {
    for (const { from, line } of importsOf(file)) {
      const inside = from.startsWith('./') || /^\.\.\/(\.\.\/)?(law|rules)\//.test(from)
      const words = /^\.\.\/[a-zA-Z]+\.ts$/.test(from)
      if (from !== '@koiki/kernel' && !inside && !words)
        faults.push(`${file}:${line} rules/ が ${from} を見ている`)
    }
    read(file)
      .split('\n')
      .forEach((line, index) => {
        if (impure.test(line.replace(/\/\/.*$|^\s*\*.*$/, '')))
          faults.push(`${file}:${index + 1} 規則が外の世界に触れている: ${line.trim()}`)
      })
  }
  assertNone(faults, '規則が純粋でない')
})

test('法の表: 読み込むだけで、出典のない行・順でない行が見つかる', async () => {
  const tables = sources.filter((file) => /^law\/[^/]+\/law\//.test(file) && !isTest(file))
  assert.ok(tables.length > 0, '法の表が1つもない')
  for (const file of tables) {
    const text = read(file)
    await import(path.join(root, file))
    const rows = text.match(/\bfrom: /g)?.length ?? 0
    const cited = text.match(/\bsource\b/g)?.length ?? 0
    assert.ok(rows === 0 || cited > 0, `${file} に出典がない`)
  }
})

test('家の言葉: 名のない部屋(utils・common・helper)と、残された印がない', () => {
  const faults = sources
    .filter((file) => /(^|\/)(utils?|common|helpers?|misc)(\.|\/)/i.test(file))
    .map((file) => `${file} という名では住む部屋がわからない`)
  const marks = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((mark) => `\\b${mark}\\b`).join('|'),
  )
  const skipped = new RegExp(`\\b(test|describe|it)\\.(on${'ly'}|sk${'ip'}|to${'do'})\\(`)
  for (const file of sources) {
    read(file)
      .split('\n')
      .forEach((line, index) => {
        if (marks.test(line) || skipped.test(line))
          faults.push(`${file}:${index + 1} ${line.trim()}`)
      })
  }
  assertNone(faults, '片づいていない')
})

/** Files that nobody imports because a person, a browser or a test runner opens them. */
const doors = [
  /^tools\/(boot\.mjs|dump\.ts|bench\/[^/]+\.ts|prefecture\/report\.ts|test\/setup\.ts)$/,
  /^systems\/koiki\/(bin\.mjs|main\.ts)$/,
  /^systems\/desk\/(vite\.config\.ts|index\.html|src\/main\.tsx)$/,
  /\/index\.ts$/,
  /\.test\.tsx?$/,
]

test('使われないファイルがない', () => {
  const seen = new Set<string>()
  for (const file of sources) {
    for (const { from } of importsOf(file)) {
      if (from.startsWith('.')) seen.add(path.posix.join(path.posix.dirname(file), from))
    }
    for (const match of read(file).matchAll(/'([\w./-]+\.(?:ts|tsx|mjs))'/g)) {
      const named = match[1] as string
      seen.add(path.posix.join(path.posix.dirname(file), named))
      seen.add(named)
    }
  }
  const dead = sources.filter((file) => !seen.has(file) && !doors.some((door) => door.test(file)))
  assertNone(dead, '誰も使わないファイルがある')
})

test('閉じた網: 動くときに外から取って来る場所が、ソースに書かれていない', () => {
  const faults: string[] = []
  const outside = /https?:\/\/(?!localhost|127\.0\.0\.1|\[::1\]|\$\{)[^\s'"`)]+/g
  // An XML namespace, a citation and a schema name a place; nothing is fetched from them.
  const names = /source|^\s*(\*|\/\/|#)|xmlns|www\.w3\.org|\$schema|http:\/\/www\.w3|出典/
  for (const file of sources.filter((source) => !isTest(source))) {
    if (/\/(law|reference|data)\//.test(file)) continue
    read(file)
      .split('\n')
      .forEach((line, index) => {
        if (outside.test(line) && !names.test(line))
          faults.push(`${file}:${index + 1} ${line.trim()}`)
        outside.lastIndex = 0
      })
  }
  assertNone(faults, '外の場所が書かれている')
})

test('用語集: 識別子は1つの語に1つ。使わないと決めた語は、どこにも現れない', () => {
  const rows = read('GLOSSARY.md')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(-|日本語)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  assert.ok(rows.length >= 60, '用語集が薄い')
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const [japanese, reading, english, identifier, ground] of rows) {
    if (!japanese || !reading || !english || !identifier || !ground)
      faults.push(`用語「${japanese}」に空欄がある`)
    for (const word of (identifier ?? '').split(/[、,]\s*/)) {
      const bare = word.replaceAll('`', '')
      if (bare === '' || bare === '–') continue
      if (seen.has(bare))
        faults.push(`${bare} が「${seen.get(bare)}」と「${japanese}」の両方にある`)
      seen.set(bare, japanese ?? '')
    }
  }
  const banned = rows.flatMap((row) =>
    (row[5] ?? '')
      .split(/[、,]\s*/)
      .map((word) => word.replaceAll('`', ''))
      .filter((word) => /^[a-zA-Z]+$/.test(word)),
  )
  for (const file of sources.filter((source) => source !== 'tools/tidy.test.ts')) {
    const text = read(file)
    for (const word of banned) {
      const hit = new RegExp(`\\b${word}\\b`).exec(text)
      if (hit)
        faults.push(`${file}:${text.slice(0, hit.index).split('\n').length} 使わない語 ${word}`)
    }
  }
  assertNone(faults, '用語集と食い違う')
})

/** 使わない日本語 — the word that stood beside the glossary's for the same thing, its right one, and where it means another. */
const wrongWords: readonly (readonly [wrong: RegExp, right: string, elsewhere?: RegExp])[] = [
  [/仮想|架空の世界/, '模擬の世界'],
  [/世界時計/, '世界の時計'],
  [/送付票/, '送り状', /^systems\/municipality\/transfer/],
  [/指摘/, '所見'],
  [/台帳に(ないか|も載せない|入らない)/, 'やりとりの記録'],
  [/合言葉/, '登録番号', /^systems\/(municipality|koiki)\//],
  [/利用者名/, '利用者の名'],
  [/(?<!資格)喪失日/, '喪失の日'],
]

test('用語集: 同じものを、画面・知らせ・試験の題で別の語で呼ばない', () => {
  const faults: string[] = []
  const written = files.filter((file) => sources.includes(file) || file.endsWith('.typ'))
  for (const file of written.filter((one) => one !== 'tools/tidy.test.ts')) {
    const lines = read(file).split('\n')
    for (const [wrong, right, elsewhere] of wrongWords) {
      if (elsewhere?.test(file)) continue
      lines.forEach((line, index) => {
        const [word] = wrong.exec(line) ?? []
        if (word !== undefined) faults.push(`${file}:${index + 1} 「${word}」は「${right}」`)
      })
    }
  }
  assertNone(faults, '用語集と違う語で呼んでいる')
})

test('決めたことの記録: どの外の部品も、docs/adr のどこかで理由が述べられている', () => {
  const records = files
    .filter((file) => file.startsWith('docs/adr/'))
    .map(read)
    .join('\n')
  const names = new Set<string>()
  for (const manifest of [JSON.parse(read('package.json')) as Manifest, ...rooms.values()]) {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
      if (!name.startsWith('@koiki/')) names.add(name)
  }
  assertNone(
    [...names].filter((name) => !records.includes(`\`${name}\``)),
    'ADR に理由のない部品がある',
  )
})

test('2つの README は同じ命令を教える', () => {
  const commands = (file: string): string[] =>
    [...read(file).matchAll(/```(?:sh|console)\n([\s\S]*?)```/g)]
      .flatMap((match) => (match[1] as string).split('\n'))
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '')
  assert.deepEqual(commands('README.ja.md'), commands('README.md'))
  assert.ok(commands('README.md').includes('npm start'))
  assert.ok(commands('README.md').includes('npm test'))
})
