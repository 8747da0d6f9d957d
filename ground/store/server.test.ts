import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withClient } from './client.ts'
import { openDatabase, startServer } from './index.ts'
import { removeAbandoned } from './server.ts'

// Goal: an office that switches the machine off, starts twice or fills the disk loses nothing and is told
// in one sentence. Method: real programs, killed for real.

const program = fileURLToPath(new URL('./server.fixture.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const nobody = 65534

// node:test cleans up in the order of asking; a program must end before its folder goes.
const cleanups = new WeakMap<TestContext, (() => unknown)[]>()

function lastly(t: TestContext, clean: () => unknown): void {
  const known = cleanups.get(t)
  if (known) return void known.unshift(clean)
  const list = [clean]
  cleanups.set(t, list)
  t.after(async () => {
    for (const next of list) await next()
  })
}

function freshFolder(t: TestContext, mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), 'koiki-server-'))
  chmodSync(folder, mode)
  lastly(t, () => removeAbandoned(folder))
  return folder
}

// Making a database takes a second; most tests begin with a copy of one that was stopped in order.
const seed = mkdtempSync(join(tmpdir(), 'koiki-server-seed-'))
before(async () => {
  chmodSync(seed, 0o711)
  const server = await startServer({ folder: seed, stopOnSignals: false })
  await server.stop()
  rmSync(join(seed, 'postgres.port'))
})
after(() => removeAbandoned(seed))

function usedFolder(t: TestContext): string {
  const folder = freshFolder(t)
  spawnSync('cp', ['-a', `${seed}/.`, folder])
  return folder
}

type Answer = { url?: string; processId?: number; port?: number; refused?: string; told: string[] }

async function started(
  t: TestContext,
  folder: string,
  options: { port?: number; uid?: number } = {},
): Promise<Answer & { child: ChildProcess; lines: string[] }> {
  const child = spawn(
    process.execPath,
    [program, folder, ...(options.port ? [String(options.port)] : [])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(options.uid ? { uid: options.uid, gid: options.uid, cwd: '/' } : {}),
    },
  )
  lastly(t, async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    await once(child, 'exit')
  })
  const told: string[] = []
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const answer = await new Promise<Answer>((resolve) => {
    reader.on('line', (line) => {
      const said = JSON.parse(line) as Answer & { told?: string }
      if (typeof said.told === 'string') told.push(said.told)
      else resolve(said)
    })
    child.once('exit', (code) => resolve({ refused: `exit ${code}`, told }))
  })
  return { ...answer, told, child, lines: told }
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, 'koiki-test-ask', async (client) => (await client.query(sql)).rows)
}

const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  child.kill(signal)
  await once(child, 'exit')
}

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0)
    return !/\) Z /.test(readFileSync(`/proc/${processId}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test('最初の起動で作られ、127.0.0.1だけで待ち受け、パスワードは持ち主だけが読め、次の起動は同じデータで続く', async (t) => {
  const folder = freshFolder(t)
  const first = await started(t, folder)
  assert.equal(first.refused, undefined)
  await ask(first.url as string, 'create table kept as select 42 as answer')
  assert.equal(statSync(join(folder, 'postgres.password')).mode & 0o777, 0o600)
  assert.equal(statSync(join(folder, 'postgres')).mode & 0o777, 0o700)
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === 'IPv4' && !found.internal)
  if (outside) {
    const socket = connect(first.port as number, outside.address)
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    assert.equal(error.code, 'ECONNREFUSED')
  }
  const wrong = new URL(first.url as string)
  wrong.password = 'x'
  await assert.rejects(ask(wrong.href, 'select 1'), /password authentication failed/)
  await kill(first.child, 'SIGINT')
  const second = await started(t, folder)
  assert.equal(second.port, first.port)
  assert.deepEqual(await ask(second.url as string, 'select answer from kept'), [{ answer: 42 }])
})

test('書込みは電源断に耐える設定で、日本語の名前から三文字の索引が作れる', async (t) => {
  const { url } = await started(t, usedFolder(t))
  const settings = await ask(
    url as string,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages, current_setting('server_encoding') as code,
            current_setting('TimeZone') as zone`,
  )
  assert.deepEqual(settings, [
    { fsync: 'on', commit: 'on', pages: 'on', code: 'UTF8', zone: 'UTC' },
  ])
  await ask(url as string, 'create extension pg_trgm')
  const [row] = await ask(url as string, `select cardinality(show_trgm('甲野太郎')) as n`)
  assert.equal(row?.n, 5)
})

test('Ctrl-Cで、データベースも正しく止まる', async (t) => {
  const folder = usedFolder(t)
  const { child, processId } = await started(t, folder)
  await kill(child, 'SIGINT')
  assert.equal(isRunning(processId as number), false)
  assert.match(readFileSync(join(folder, 'postgres.log'), 'utf8'), /database system is shut down/)
  assert.equal(existsSync(join(folder, 'postgres', 'postmaster.pid')), false)
})

test('プログラムが kill -9 されても、次の起動が残ったデータベースを正しく止めて引き継ぐ', async (t) => {
  const folder = usedFolder(t)
  const first = await started(t, folder)
  await ask(first.url as string, 'create table kept as select 1 as answer')
  await kill(first.child, 'SIGKILL')
  assert.equal(isRunning(first.processId as number), true)
  const second = await started(t, folder)
  assert.equal(second.refused, undefined)
  assert.match(second.told.join(), /前回のkoikiが途中で終わった/)
  assert.equal(isRunning(first.processId as number), false)
  assert.deepEqual(await ask(second.url as string, 'select answer from kept'), [{ answer: 1 }])
})

test('プログラムとデータベースが同時に kill -9 されても、確定したデータは残る', async (t) => {
  const folder = usedFolder(t)
  const first = await started(t, folder)
  await ask(first.url as string, 'create table kept as select generate_series(1, 10000) as n')
  await kill(first.child, 'SIGKILL')
  process.kill(first.processId as number, 'SIGKILL')
  const second = await started(t, folder)
  assert.equal(second.refused, undefined)
  const rows = await ask(second.url as string, 'select count(*)::int as n from kept')
  assert.deepEqual(rows, [{ n: 10000 }])
})

test('データベースが kill -9 されると、その場で起動し直し、接続も通知も元に戻る', async (t) => {
  const folder = usedFolder(t)
  const { url, processId, lines } = await started(t, folder)
  const database = await openDatabase({ url: url as string, applicationName: 'koiki-test' })
  lastly(t, () => database.close())
  let heard = 0
  await database.listen('koiki_test', () => {
    heard += 1
  })
  await database.unscoped((tx) => tx.query('create table kept as select 7 as answer'))
  process.kill(processId as number, 'SIGKILL')
  let refusals = 0
  for (;;) {
    try {
      const rows = await database.unscoped((tx) => tx.query('select answer from kept'))
      assert.deepEqual(rows, [{ answer: 7 }])
      if (lines.length >= 2) break
    } catch (error) {
      if ((error as Error).name !== 'StoreError') throw error
      assert.match((error as Error).message, /データベース/)
      refusals += 1
      assert.ok(refusals < 2000)
    }
    await sleep(20)
  }
  assert.deepEqual(lines, [
    'データベースが突然止まったため、起動し直します。',
    'データベースが元に戻りました。',
  ])
  while (heard === 0) {
    await database.unscoped((tx) => tx.query(`select pg_notify('koiki_test', '')`))
    await sleep(50)
  }
})

test('同じフォルダーでの二つ目の起動は断られ、一つ目は動き続ける', async (t) => {
  const folder = usedFolder(t)
  const first = await started(t, folder)
  const second = await started(t, folder)
  assert.match(
    second.refused ?? '',
    /すでに起動しているkoikiが使っています（データベースのポート \d+）/,
  )
  assert.deepEqual(await ask(first.url as string, 'select 1 as alive'), [{ alive: 1 }])
})

test('空のフォルダーで同時に二つ起動しても、一つが動き、もう一つは理由を言って断る', async (t) => {
  const folder = freshFolder(t)
  const both = await Promise.all([started(t, folder), started(t, folder)])
  const refused = both.filter((one) => one.refused !== undefined)
  assert.equal(refused.length, 1, JSON.stringify(both.map((one) => one.refused)))
  assert.match(refused[0]?.refused ?? '', /koikiが使っています/)
  const alive = both.find((one) => one.url !== undefined)
  assert.deepEqual(await ask(alive?.url as string, 'select 1 as alive'), [{ alive: 1 }])
})

test('使われているポートを指定すると、そう言って断る', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  lastly(t, () => other.close())
  const { port } = other.address() as { port: number }
  const { refused } = await started(t, usedFolder(t), { port })
  assert.equal(
    refused,
    `ポート ${port} はほかのプログラムが使っています。そのプログラムを止めるか、別のポートを指定してください。`,
  )
})

test('別の版のPostgreSQLのデータは、開かずに断る', async (t) => {
  const folder = freshFolder(t)
  mkdirSync(join(folder, 'postgres'))
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '15\n')
  const { refused } = await started(t, folder)
  assert.match(refused ?? '', /PostgreSQL 15のもので/)
})

test('フォルダーの名前がファイルなら、そう言って断る', async (t) => {
  const folder = join(freshFolder(t), 'file')
  writeFileSync(folder, '')
  assert.match((await started(t, folder)).refused ?? '', /はフォルダーではありません/)
})

test('管理者でない利用者でも動く', { skip: !isRoot && '管理者として試すとき' }, async (t) => {
  const folder = freshFolder(t)
  chownSync(folder, nobody, nobody)
  const { url, processId, refused } = await started(t, folder, { uid: nobody })
  assert.equal(refused, undefined)
  assert.deepEqual(await ask(url as string, 'select 1 as alive'), [{ alive: 1 }])
  assert.equal(statSync(`/proc/${processId}`).uid, nobody)
})

test('書き込めないフォルダーは、そう言って断る', {
  skip: !isRoot && '管理者として試すとき',
}, async (t) => {
  const { refused } = await started(t, freshFolder(t), { uid: nobody })
  assert.match(refused ?? '', /に書き込めません。持ち主と権限を確かめるか/)
})

test('データの持ち主が違えば、そう言って断る', {
  skip: !isRoot && '管理者として試すとき',
}, async (t) => {
  const folder = usedFolder(t)
  await kill((await started(t, folder)).child, 'SIGINT')
  chownSync(join(folder, 'postgres'), 0, 0)
  assert.match((await started(t, folder)).refused ?? '', /持ち主か権限が違うため、起動できません/)
})

test('管理者だけが入れる場所で起動すると、データを入れる場所に置き、そう言う', {
  skip: !isRoot && '管理者として試すとき',
}, async (t) => {
  const folder = freshFolder(t, 0o700)
  const first = await started(t, folder)
  assert.match(first.told.join(), /データは \/\S+ に置きます/)
  await ask(first.url as string, 'create table kept as select 3 as answer')
  await kill(first.child, 'SIGINT')
  const second = await started(t, folder)
  assert.deepEqual(await ask(second.url as string, 'select answer from kept'), [{ answer: 3 }])
})

test('ディスクの空きが足りなければ、そう言って断る', async (t) => {
  const folder = freshFolder(t)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=50m,mode=711', 'koiki', folder])
  if (mounted.status !== 0) return t.skip('小さなディスクを用意できない環境')
  try {
    assert.match((await started(t, folder)).refused ?? '', /ディスクに空きがありません/)
  } finally {
    spawnSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  }
})
