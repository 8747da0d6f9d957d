import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { StoreError } from '@koiki/store'
import { Refused } from './clients.ts'
import { command, sentenceOf } from './commandLine.ts'
import type { Io } from './io.ts'
import { startParty } from './supervisor.ts'

type Run = (argv: string[], io: Io) => Promise<number>

const runOf = async (name: string): Promise<Run> =>
  ((await import(`./commands/${name}.ts`)) as { run: Run }).run

async function outcome(run: Run, ...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await run(argv, { stdin: Readable.from([]), stdout, stderr })
  stdout.end()
  stderr.end()
  return { code, said: await text(stdout), complaint: await text(stderr) }
}

const names = 'start serve rehearse world keys replay migrate rules codes layouts'.split(' ')

test('どの仕事も --help で使い方を言って0で終わり、知らない選択・値のない選択・余分な言葉を断る', async () => {
  for (const name of names) {
    const run = await runOf(name)
    for (const argv of [['--help'], ['-h'], ['union', '--ない選択', '--help']]) {
      const { code, said, complaint } = await outcome(run, ...argv)
      assert.deepEqual([code, complaint], [0, ''], name)
      assert.match(said, /^使い方/)
    }
    const wrong = await outcome(run, '--iro', 'aka', '--iro2=1', 'premium', 'a', 'b', 'c')
    assert.equal(wrong.code, 2, name)
    assert.match(wrong.complaint, /^「--iro」という、知らない選択があります。\n「--iro2」/)
    assert.ok(wrong.complaint.endsWith(`使い方は「npx koiki ${name} --help」で見られます。\n`))
    assert.equal(wrong.said, '')
  }
})

test('使い方の誤りは、断り方が同じで、いくつあっても一度に言い、何も始めない', async () => {
  const cases: [string, RegExp][] = [
    ['start --port', /選択 --port に、値がありません。/],
    ['start --port --seed 1', /選択 --port に、値がありません。/],
    ['start --data=', /選択 --data に、値がありません。/],
    ['start --seed 1 --seed 2', /選択 --seed が2度書かれています。/],
    [
      'start --port abc --persons 9',
      /--port には0〜65535の整数.*\n--persons には300〜400000の整数/,
    ],
    ['start --port -1', /--port には0〜65535の整数/],
    ['start --port 4310 --municipality-port 4310', /違う番号を書いてください/],
    ['start here', /「here」という、余分な言葉/],
    ['serve', /union か municipality/],
    ['serve union --port abc', /--port には0〜65535の整数/],
    ['world advance extra', /「extra」という、余分な言葉/],
    ['world advance --persons 300', /--persons は、world advance では使いません/],
    ['world report --days 3', /--days は、world report では使いません/],
    ['world advance --days 0', /--days には1〜3660の整数/],
    ['world', /advance、.*report と書いてください/],
    ['rehearse --persons 299', /--persons には300〜400000の整数/],
    ['rehearse --report /nai/nai.json', /--report の「\/nai\/nai\.json」には書けません/],
    ['rules premium extra', /「extra」という、余分な言葉/],
    ['rules premium --explain=1', /選択 --explain に、値は書けません/],
    ['layouts list extra', /「extra」という、余分な言葉/],
  ]
  for (const [line, reason] of cases) {
    const [name, ...argv] = line.split(' ') as [string, ...string[]]
    const { code, said, complaint } = await outcome(await runOf(name), ...argv)
    assert.deepEqual([code, said], [2, ''], line)
    assert.match(complaint, reason, line)
    assert.match(complaint, /--help」で見られます。\n$/)
  }
})

test('人の番号かもしれない言葉は、断りの中で繰り返さない', async () => {
  const wide = '１２３４５６７８９０１８'
  for (const word of ['123456789018', '1234-5678-9018', wide, '--123456789018', `x=${wide}`]) {
    const { code, complaint } = await outcome(await runOf('codes'), word)
    assert.equal(code, 2)
    assert.match(complaint, /「\*\*\*」という/)
  }
})

test('ふさがっているポートは、どの選択のものかを言って断る', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const { port } = other.address() as AddressInfo
  const folder = mkdtempSync(path.join(tmpdir(), 'koiki-door-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const option of ['--port', '--municipality-port']) {
    const wanted = option === '--port' ? [] : ['--port', '0']
    const order = ['--data', path.join(folder, 'data'), ...wanted, option, String(port)]
    const { code, complaint } = await outcome(await runOf('start'), ...order)
    assert.equal(code, 1)
    assert.match(
      complaint,
      new RegExp(`^ポート ${port} は.*npm start -- ${option} [0-9]+ のように`),
    )
  }
  assert.equal(existsSync(path.join(folder, 'data')), false)
})

test('役所のデータで始めるときは、模擬の世界だけの選択を黙って捨てない', async (t) => {
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = 'postgres://kanri:himitsu@127.0.0.1:1/postgres'
  t.after(() => {
    if (before === undefined) delete process.env.DATABASE_URL
    else process.env.DATABASE_URL = before
  })
  const { code, complaint } = await outcome(await runOf('start'), '--port', '0', '--seed', '2')
  assert.equal(code, 2)
  assert.match(complaint, /^DATABASE_URL があるときは.*--seed は使えません/)
})

test('思わぬ誤りも跡をそのまま見せず、文と場所だけを言い、中身は繰り返さない', async () => {
  const failing = (error: unknown) =>
    outcome(command({ name: 'x', help: '', options: {}, words: 0 }, () => Promise.reject(error)))
  const fault = await failing(new TypeError('himitsu is not a function'))
  assert.equal(fault.code, 1)
  assert.match(
    fault.complaint,
    /^プログラムの誤りで止まりました（TypeError、systems\/koiki\/\S+。\n$/,
  )
  assert.doesNotMatch(fault.complaint, /himitsu|\n\s+at /)
  const listening = Object.assign(new Error('listen'), { code: 'EADDRINUSE', port: 4300 })
  assert.match(sentenceOf(listening), /^ポート 4300 は、ほかのプログラムが/)
  const reading = Object.assign(new Error('open'), { code: 'EACCES', path: '/x/y' })
  assert.match(sentenceOf(reading), /^「\/x\/y」を読み書きできません（EACCES）/)
  assert.match(sentenceOf('x'), /^プログラムの誤りで/)
  for (const refused of [
    new StoreError('版が違います。（SQLSTATE 0A000）', { kind: 'program' }),
    new Refused(500, '判定が止まりました。（SQLSTATE 42P10）'),
  ])
    assert.equal(sentenceOf(refused), refused.message)
  assert.doesNotMatch(sentenceOf(new SyntaxError('"ひみつ。" is not valid')), /ひみつ/)
})

test('戸口から: 手で始めた serve、知らない仕事、help も、文で答える', () => {
  const main = path.join(import.meta.dirname, 'main.ts')
  const boot = path.join(import.meta.dirname, '../../tools/boot.mjs')
  const open = (door: string, ...words: string[]) => {
    const { DATABASE_URL: _, KOIKI_DATA: __, ...env } = process.env
    const { status, stdout, stderr } = spawnSync(process.execPath, [door, ...words], {
      encoding: 'utf8',
      env,
    })
    assert.doesNotMatch(stderr, /\n\s+at |Error/)
    return { status, stdout, stderr }
  }
  for (const party of ['union', 'municipality']) {
    const byHand = open(main, 'serve', party, '--data', path.join(tmpdir(), 'koiki-nowhere'))
    assert.equal(byHand.status, 1)
    assert.match(byHand.stderr, /^データベースの場所が渡されていない.*npm start で始めて/)
  }
  assert.equal(existsSync(path.join(tmpdir(), 'koiki-nowhere')), false)
  const unknown = open(main, 'toString')
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /^「toString」という仕事はありません。\n\n使い方/)
  assert.match(open(main, 'help', 'world').stdout, /^使い方:\n {2}npx koiki world advance/)
  const help = open(boot, 'koiki', 'start', '--help')
  assert.deepEqual([help.status, help.stderr], [0, ''])
  assert.match(help.stdout, /^使い方: npm start -- .*--municipality-port N/s)
  assert.equal(open(boot, 'check', '--fix').status, 2)
})

test('読み手が先に去っても、跡を見せず、止まったままにもならない', () => {
  const main = path.join(import.meta.dirname, 'main.ts')
  for (const words of ['--help', 'layouts list', 'layouts sample 保険料情報 --rows 20000']) {
    const order = `"${process.execPath}" "${main}" ${words} | head -c 1 | wc -c`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', order], { encoding: 'utf8' })
    assert.deepEqual([status, stdout.trim(), stderr], [0, '1', ''], words)
  }
})

test('当事者が始められなければ、その当事者の文の次に、どれが始められないかを文で言う', async () => {
  const started = startParty({
    ...{ party: 'municipality', port: 0, folder: path.join(tmpdir(), 'koiki-nowhere') },
    environment: { KOIKI_DATABASES: 'こわれた' },
    tell: () => assert.fail('始め直さない'),
  })
  await assert.rejects(started, {
    name: 'Refusal',
    message: '市区町村のサービスを始められませんでした(終了 1)。上の文を確かめてください。',
  })
})
