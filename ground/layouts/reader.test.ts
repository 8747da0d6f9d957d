import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import {
  checkFile,
  fixedLength,
  type Layout,
  type RecordBatch,
  readRecords,
  readRows,
  recordSizeMax,
  sampleRecords,
  writeRecords,
  住民基本台帳情報,
  住民基本台帳情報2026年4月版,
  保険料情報,
} from './index.ts'

const crashers = path.join(import.meta.dirname, 'crashers')
const expected = JSON.parse(readFileSync(path.join(crashers, 'expected.json'), 'utf8')) as Record<
  string,
  { 件数: number; 所見: string[] }
>
const options = { today: plainDate('2026-07-01'), municipality: '431001' }

async function whole(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const block of blocks) all.push(block)
  return Buffer.concat(all)
}

async function everything(
  layout: Layout,
  bytes: Iterable<Uint8Array>,
  format = layout.format,
): Promise<{ records: string[][]; lines: number[]; findings: RecordBatch['findings'][number][] }> {
  const records: string[][] = []
  const lines: number[] = []
  const findings: RecordBatch['findings'][number][] = []
  for await (const batch of readRecords(layout, bytes, { ...options, format })) {
    records.push(...batch.records.map((record) => [...record]))
    lines.push(...batch.lines)
    findings.push(...batch.findings)
  }
  return { records, lines, findings }
}

test('困ったファイルは、どれも読む人にわかる所見になる', async (t) => {
  const files = readdirSync(crashers).filter((file) => file.endsWith('.csv'))
  assert.deepEqual(files.map((file) => file.slice(0, -4)).sort(), Object.keys(expected).sort())
  for (const file of files) {
    await t.test(file.slice(0, -4), async () => {
      const bytes = readFileSync(path.join(crashers, file))
      // The files are of the edition in which they once came.
      const summary = await checkFile(住民基本台帳情報2026年4月版, [bytes], options)
      assert.deepEqual(
        {
          件数: summary.recordCount,
          所見: summary.findings.map(
            (one) => `${one.line}行目 ${one.at} ${one.code} ${one.sentence}`,
          ),
        },
        expected[file.slice(0, -4)],
      )
    })
  }
})

test('どこで区切って届いても、読んだ結果は同じ', async () => {
  const files = readdirSync(crashers).filter((file) => file.endsWith('.csv'))
  for (const file of files) {
    const bytes = readFileSync(path.join(crashers, file))
    const atOnce = await everything(住民基本台帳情報2026年4月版, [bytes])
    const bytewise = await everything(
      住民基本台帳情報2026年4月版,
      Array.from(bytes, (byte) => Uint8Array.of(byte)),
    )
    assert.deepEqual(bytewise, atOnce, file)
  }
})

test('大きなファイルも、まとまりの境で行や文字が切れない', async () => {
  const records = [...sampleRecords(住民基本台帳情報, { rows: 4000, seed: 11 })]
  const bytes = await whole(writeRecords(住民基本台帳情報, records))
  assert.ok(bytes.length > 1_000_000)
  for (const size of [1 << 20, 262_144, 262_145, 65_537]) {
    const chunks: Buffer[] = []
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
    const read = await everything(住民基本台帳情報, chunks)
    assert.deepEqual(read.findings, [])
    assert.deepEqual(read.records, records)
    assert.equal(read.lines.at(-1), 4001)
  }
})

test('でたらめなバイト列でも止まらず、誤りなしとは言わない', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, fixed) => {
      const format = fixed ? fixedLength : 住民基本台帳情報.format
      const { errorCount, warningCount } = await checkFile(住民基本台帳情報, [bytes], { format })
      assert.ok(errorCount + warningCount > 0)
    }),
  )
})

test('見出しの後がでたらめでも、すべての行に所見がつく', async () => {
  const header = Buffer.from(`"${住民基本台帳情報.names.join('","')}"\r\n`)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('"', ',', '\r', '\n', 'あ', '1', '\u0000', '𠮷', '\ufeff', '='), {
        minLength: 1,
        maxLength: 60,
      }),
      async (letters) => {
        const bytes = Buffer.concat([header, Buffer.from(letters.join(''))])
        const { errorCount } = await checkFile(住民基本台帳情報, [bytes])
        assert.ok(errorCount > 0)
      },
    ),
  )
})

test('1行が10MBあるファイルは、読み切らずに断る', async () => {
  const header = Buffer.from(`"${住民基本台帳情報.names.join('","')}"\r\n"`)
  for (const filler of ['あ', 'x\r\n']) {
    let asked = 0
    function* endless(): Generator<Buffer> {
      yield header
      for (; asked < 10 * 16; asked += 1) yield Buffer.from(filler.repeat(65_536 / 4))
    }
    const { findings } = await checkFile(住民基本台帳情報, endless())
    assert.deepEqual(
      findings.map(({ code, line }) => [code, line]),
      [['E2008', 2]],
    )
    assert.ok(asked * 16_384 < 8 * recordSizeMax, `${asked}`)
  }
})

test('引用符の中の改行も行数に数えるので、行番号がエディタと合う', async () => {
  const [record] = [...sampleRecords(住民基本台帳情報, { rows: 1 })] as [string[]]
  const lines = ['x', 'y'].map((_, at) => {
    const copy = [...record]
    copy[1] = `90000000000000${at}`
    copy[2] = `80000000000000${at}`
    if (at === 0) copy[住民基本台帳情報.names.indexOf('方書')] = '見本\r\n荘\r\n１'
    return `"${copy.join('","')}"\r\n`
  })
  const text = `"${住民基本台帳情報.names.join('","')}"\r\n${lines.join('')}`
  const read = await everything(住民基本台帳情報, [Buffer.from(text)])
  assert.deepEqual(read.lines, [5])
  assert.equal(read.findings[0]?.line, 2)
})

test('所見に個人番号の値が出ることはない', async () => {
  const number = '123456789018'
  const [record] = [...sampleRecords(住民基本台帳情報, { rows: 1 })] as [string[]]
  for (const [at, name] of 住民基本台帳情報.names.entries()) {
    for (const value of [number, `${number}0`, `1${number}`, `${number.slice(0, 11)}0`]) {
      const copy = [...record]
      copy[at] = value
      const text = `"${住民基本台帳情報.names.join('","')}"\r\n"${copy.join('","')}"\r\n`
      const { findings } = await checkFile(住民基本台帳情報, [Buffer.from(text)], options)
      const shown = JSON.stringify(findings)
      assert.ok(!shown.includes(number.slice(0, 9)), `${name}: ${shown}`)
    }
  }
})

test('行はレイアウトの型で読める。個人番号は印字しても見えない', async () => {
  const records = [...sampleRecords(住民基本台帳情報, { rows: 20, seed: 5 })]
  const bytes = await whole(writeRecords(住民基本台帳情報, records))
  let seen = 0
  for await (const { row } of readRows(住民基本台帳情報, [bytes], options)) {
    assert.ok(row !== null)
    const record = records[seen]!
    seen += 1
    assert.equal(row.氏名, record[4])
    assert.equal(row.通称, record[6] === '' ? null : record[6])
    assert.equal(row.生年月日, record[8])
    assert.equal(row.個人番号 === null, record[3] === '')
    if (row.個人番号 !== null) assert.doesNotMatch(JSON.stringify(row), new RegExp(record[3]!))
  }
  assert.equal(seen, 20)
})

test('金額は円の整数、率は文字のまま、空は null で読める', async () => {
  const records = [...sampleRecords(保険料情報, { rows: 1 })]
  const copy = [...records[0]!]
  copy[保険料情報.names.indexOf('保険料額')] = '81900'
  copy[保険料情報.names.indexOf('医療分所得割率')] = '11.060'
  copy[保険料情報.names.indexOf('賦課年度')] = '2025'
  copy[保険料情報.names.indexOf('子ども分年額')] = ''
  const bytes = await whole(writeRecords(保険料情報, [copy]))
  for await (const { row } of readRows(保険料情報, [bytes])) {
    assert.equal(row?.保険料額, 81_900)
    assert.equal(row?.医療分所得割率, '11.060')
    assert.equal(row?.賦課年度, 2025)
    assert.equal(row?.子ども分年額, null)
  }
})

test('注意だけの行は使える行として渡り、誤りの行は渡らない', async () => {
  const crasher = (name: string) => [readFileSync(path.join(crashers, `${name}.csv`))]
  const warned = []
  for await (const item of readRows(住民基本台帳情報2026年4月版, crasher('数式に見える氏名')))
    warned.push(item)
  assert.equal(warned.length, 4)
  assert.equal(warned[1]?.row?.氏名, '＝ＣＭＤ｜見本')
  assert.equal(warned[1]?.findings[0]?.code, 'E1011')
  const refused = []
  for await (const item of readRows(住民基本台帳情報2026年4月版, crasher('2月31日')))
    refused.push(item)
  assert.deepEqual(
    refused.filter(({ row }) => row === null).map(({ line }) => line),
    [3],
  )
})
