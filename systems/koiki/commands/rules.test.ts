import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { run as runCodes } from './codes.ts'
import { run as runRules } from './rules.ts'

const question = (id: string, pension = 1_970_000): string =>
  JSON.stringify({
    id,
    union: '43',
    fiscalYear: 2026,
    members: [
      {
        id: 'a',
        birthDate: '1946-05-10',
        head: true,
        insured: { from: '2021-05-10' },
        income: { publicPension: pension },
      },
    ],
  })

async function ask(
  run: typeof runRules,
  argv: string[],
  input: Readable,
): Promise<{ code: number; lines: string[]; complaint: string }> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const [code, written, complaint] = await Promise.all([
    run(argv, { stdin: input, stdout, stderr }).finally(() => {
      stdout.end()
      stderr.end()
    }),
    text(stdout),
    text(stderr),
  ])
  return { code, lines: written.split('\n').slice(0, -1), complaint }
}
const bytes = (...chunks: (string | Buffer)[]): Readable =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

test('1行に1行、同じ順で答え、すべて答えられれば0', async () => {
  const input = bytes(`${question('1')}\n${question('2', 800_000)}\n`)
  const { code, lines } = await ask(runRules, ['premium'], input)
  assert.equal(code, 0)
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { id: string }).id),
    ['1', '2'],
  )
})

test('誤りの行があっても続け、終わりに1を返す。最後の改行はなくてもよい', async () => {
  const input = bytes(`${question('1')}\n\n{"id":"x"\n${question('4')}`)
  const { code, lines } = await ask(runRules, ['premium'], input)
  assert.equal(code, 1)
  assert.deepEqual(
    lines
      .map((line) => JSON.parse(line) as { id: string | null; error?: { code: string } })
      .map(({ id, error }) => [id, error?.code]),
    [
      ['1', undefined],
      [null, 'blankLine'],
      [null, 'malformedJson'],
      ['4', undefined],
    ],
  )
})

test('行がどこで分かれて届いても、CRLFでも、BOMがあっても、答えは同じ', async () => {
  const whole = Buffer.from(`\uFEFF${question('広域')}\r\n${question('2')}\r\n`)
  const expected = (await ask(runRules, ['premium'], bytes(whole))).lines
  assert.equal(expected.length, 2)
  assert.ok(expected[0]?.startsWith('{"id":"広域","results"'))
  for (const size of [1, 2, 3, 7, 64]) {
    const parts: Buffer[] = []
    for (let at = 0; at < whole.length; at += size) parts.push(whole.subarray(at, at + size))
    assert.deepEqual((await ask(runRules, ['premium'], bytes(...parts))).lines, expected)
  }
})

test('UTF-8でない行と、長すぎる行は、その行だけが誤りになる', async () => {
  const long = Buffer.alloc(5 * 1024 * 1024, 'x')
  const shiftJis = Buffer.from([0x7b, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x7d])
  const input = bytes(
    Buffer.concat([shiftJis, Buffer.from('\n')]),
    long.subarray(0, 3_000_000),
    long.subarray(3_000_000),
    `\n${question('3')}\n`,
  )
  const { code, lines } = await ask(runRules, ['premium'], input)
  assert.equal(code, 1)
  const answers = lines.map(
    (line) => JSON.parse(line) as { id: string | null; error?: { code: string } },
  )
  assert.deepEqual(
    answers.map(({ id, error }) => error?.code ?? id),
    ['notUtf8', 'lineTooLong', '3'],
  )
  assert.ok(lines.every((line) => line.length < 1_000))
})

test('空の入力には何も答えず0', async () => {
  assert.deepEqual(await ask(runRules, ['premium'], bytes()), { code: 0, lines: [], complaint: '' })
})

test('読み手が遅ければ待ち、書きかけは溜まらない（30万行）', async () => {
  let asked = 0
  const line = Buffer.from(`${question('1')}\n`.repeat(300))
  const input = Readable.from(
    (function* () {
      for (; asked < 1_000; asked += 1) yield line
    })(),
  )
  let most = 0
  let answered = 0
  const slow = new Writable({
    highWaterMark: 16 * 1024,
    write(chunk: Buffer, _encoding, done) {
      most = Math.max(most, slow.writableLength)
      answered += chunk.toString().split('\n').length - 1
      void setImmediate().then(() => done())
    },
  })
  const code = await runRules(['premium'], {
    stdin: input,
    stdout: slow,
    stderr: new PassThrough(),
  })
  assert.equal(code, 0)
  await new Promise<void>((resolve) => slow.end(resolve))
  assert.equal(answered, 300_000)
  assert.ok(most < 512 * 1024, `${most}`)
})

test('出力が閉じられたら、読むのをやめて1を返す', async () => {
  const input = Readable.from(
    (function* () {
      for (;;) yield Buffer.from(`${question('1')}\n`.repeat(100))
    })(),
  )
  const closing = new Writable({
    write(_chunk, _encoding, done) {
      done(new Error('EPIPE'))
    },
  })
  assert.equal(
    await runRules(['premium'], { stdin: input, stdout: closing, stderr: new PassThrough() }),
    1,
  )
})

test('使い方の誤りは2で、使い方を示し、何も答えない', async () => {
  for (const argv of [[], ['copays'], ['premium', 'x'], ['toString'], ['--explain']]) {
    const { code, lines, complaint } = await ask(runRules, argv, bytes(question('1')))
    assert.equal(code, 2)
    assert.deepEqual(lines, [])
    assert.match(complaint, /使い方/)
  }
  assert.equal((await ask(runCodes, ['x'], bytes())).code, 2)
})

test('番号の検査: 正しい・正しくない・誤りを分け、値は決して繰り返さない', async () => {
  const rows = [
    { id: '1', kind: 'individualNumber', value: '123456789018' },
    { id: '2', kind: 'individualNumber', value: '123456789010' },
    { id: '3', kind: 'insurerNumber', value: '39431002' },
    { id: '4', kind: 'insuredNumber', value: 43_100_007 },
    { id: '5', kind: '123456789018', value: '123456789018' },
    { id: '6', kind: 'individualNumber', value: '123456789018', '123456789018': 1 },
    { id: '7', kind: 'individualNumber' },
    { kind: 'individualNumber', value: '123456789018' },
    { id: '9', kind: 'municipalityCode', value: '４３１００１' },
    { id: '10', kind: 'corporateNumber', value: '7000020430005' },
    { id: '11', kind: 'residentRecordCode', value: '' },
  ]
  const broken = '{"id":"12","value":"123456789018'
  const input = bytes(
    `${rows.map((row) => JSON.stringify(row)).join('\n')}\n${broken}\n123456789018\n`,
  )
  const { code, lines, complaint } = await ask(runCodes, [], input)
  assert.equal(code, 1)
  assert.equal(complaint, '')
  const answers = lines.map(
    (line) =>
      JSON.parse(line) as {
        id: string | null
        valid?: boolean
        reason?: string | null
        error?: { code: string; at: string }
      },
  )
  assert.deepEqual(
    answers.map(({ id, valid, error }) => [id, valid ?? `${error?.code} ${error?.at}`]),
    [
      ['1', true],
      ['2', false],
      ['3', true],
      ['4', 'wrongType value'],
      ['5', 'wrongValue kind'],
      ['6', 'unknownKey '],
      ['7', 'wrongType value'],
      [null, 'wrongType id'],
      ['9', false],
      ['10', true],
      ['11', false],
      [null, 'malformedJson '],
      [null, 'notAnObject '],
    ],
  )
  assert.deepEqual(lines[0], '{"id":"1","valid":true,"reason":null}')
  for (const line of lines) assert.ok(!/1234567890|7000020430005|43100007/.test(line), line)
})

test('玄関から: 終了の値と出力がそのまま届く', () => {
  const door = path.resolve(import.meta.dirname, '../main.ts')
  const open = (args: string[], input: string) =>
    spawnSync(process.execPath, [door, ...args], { input, encoding: 'utf8' })
  const good = open(['rules', 'premium'], `${question('1')}\n`)
  assert.deepEqual([good.status, good.stderr], [0, ''])
  assert.ok(good.stdout.endsWith('"annual":81900}]}\n'))
  assert.equal(open(['rules', 'premium'], 'x\n').status, 1)
  assert.equal(open(['rules'], '').status, 2)
  const codes = open(['codes'], '{"id":"1","kind":"municipalityCode","value":"431001"}\n')
  assert.equal(codes.stdout, '{"id":"1","valid":true,"reason":null}\n')
})
