import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { parseIndividualNumber, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import {
  checkFile,
  csvUtf8,
  type FileFormat,
  findLayout,
  fixedLength,
  fixedPlaces,
  type Layout,
  layouts,
  readRecords,
  readRows,
  sampleRecords,
  sampleRows,
  Totals,
  UnwritableRow,
  writeRecords,
  writeRows,
  住民基本台帳情報,
  保険料情報,
  被保険者情報,
} from './index.ts'

const sjis: FileFormat = { kind: 'csv', encoding: 'windows-31j', bom: false }

async function whole(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const block of blocks) all.push(block)
  return Buffer.concat(all)
}

async function recordsOf(
  layout: Layout,
  bytes: Buffer,
  format = layout.format,
): Promise<string[][]> {
  const records: string[][] = []
  for await (const batch of readRecords(layout, [bytes], { format })) {
    assert.deepEqual(batch.findings, [])
    records.push(...batch.records.map((record) => [...record]))
  }
  return records
}

const golden = path.join(import.meta.dirname, 'golden')

test('手本のファイルは、読めば手本の値になり、書けば同じバイトになる', async (t) => {
  for (const file of readdirSync(golden).filter((name) => !name.endsWith('.json'))) {
    await t.test(file, async () => {
      const stem = file.replace(/\.(csv|dat)$/, '')
      const named = layouts.filter(({ id }) => stem === id || stem.startsWith(`${id}-`))
      const layout =
        named.find(({ id, edition }) => stem === `${id}-${edition}`) ?? findLayout(named[0]!.id)!
      const format = file.endsWith('.dat') ? fixedLength : stem.endsWith('-sjis') ? sjis : csvUtf8
      const bytes = readFileSync(path.join(golden, file))
      const json = [`${stem}-sjis.json`, `${stem}.json`].find(
        (name) =>
          existsSync(path.join(golden, name)) && (file.endsWith('.dat') || name === `${stem}.json`),
      )!
      const rows = JSON.parse(readFileSync(path.join(golden, json), 'utf8')) as Record<
        string,
        string
      >[]
      const records = rows.map((row) => layout.names.map((name) => row[name]!))
      assert.deepEqual(await recordsOf(layout, bytes, format), records)
      assert.deepEqual(await whole(writeRecords(layout, records, { format })), bytes)
    })
  }
})

test('見本はどのレイアウトでも誤りがなく、同じ種からは同じものができる', async () => {
  for (const layout of layouts) {
    for (const seed of [1, 2, 3]) {
      const bytes = await whole(writeRecords(layout, sampleRecords(layout, { rows: 300, seed })))
      const again = await whole(writeRecords(layout, sampleRecords(layout, { rows: 300, seed })))
      assert.deepEqual(again, bytes)
      const today = plainDate('2026-07-01')
      const summary = await checkFile(layout, [bytes], { today, municipality: '431001' })
      assert.deepEqual(summary.counts, {}, layout.name)
      assert.equal(summary.recordCount, 300)
    }
  }
})

test('行として読んで書けば、同じバイトになる', async () => {
  for (const layout of layouts) {
    const bytes = await whole(writeRows(layout, sampleRows(layout, { rows: 50, seed: 9 })))
    async function* rows() {
      for await (const { row } of readRows(layout, [bytes])) if (row !== null) yield row
    }
    assert.deepEqual(await whole(writeRows(layout, rows())), bytes, layout.name)
  }
})

const kanji = fc.constantFrom(
  ...[
    '辻󠄀',
    '葛󠄀',
    '𠮷',
    '\u{10DE92}',
    '髙',
    '﨑',
    '\ufa19',
    '\ufa4f',
    '邊󠄄',
    '\ue000',
    '〜',
    '～',
    '”',
    'ー',
    '　',
  ],
)
const fullWidth = fc
  .array(kanji, { minLength: 1, maxLength: 50 })
  .map((letters) => letters.join(''))

test('外字も異体字も、正規化されずに往復する', async () => {
  const [record] = [...sampleRecords(住民基本台帳情報, { rows: 1 })] as [string[]]
  await fc.assert(
    fc.asyncProperty(fullWidth, fullWidth, async (name, building) => {
      const copy = [...record]
      copy[4] = name
      copy[住民基本台帳情報.names.indexOf('方書')] = building
      for (const bom of [false, true]) {
        const format = { ...csvUtf8, bom }
        const bytes = await whole(writeRecords(住民基本台帳情報, [copy], { format }))
        assert.deepEqual(await recordsOf(住民基本台帳情報, bytes), [copy])
      }
    }),
  )
})

test('引用符・読点・改行の入る値も、RFC 4180 のとおりに往復する', async () => {
  const layout = findLayout('error-list')!
  const [record] = [...sampleRecords(layout, { rows: 1 })] as [string[]]
  const text = fc
    .array(fc.constantFrom('"', ',', 'あ', ' ', 'x', "'"), { minLength: 1, maxLength: 30 })
    .map((letters) => letters.join(''))
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const copy = [...record.slice(0, -1), content]
      const bytes = await whole(writeRecords(layout, [copy]))
      assert.deepEqual(await recordsOf(layout, bytes), [copy])
    }),
  )
})

test('固定長との間で、値は変わらない', async () => {
  const records = [...sampleRecords(保険料情報, { rows: 100, seed: 4 })]
  const bytes = await whole(writeRecords(保険料情報, records, { format: fixedLength }))
  const { length } = fixedPlaces(保険料情報)
  assert.equal(bytes.length, 100 * (length + 2))
  const back = await recordsOf(保険料情報, bytes, fixedLength)
  const rate = 保険料情報.names.indexOf('医療分所得割率')
  assert.deepEqual(
    back.map((record) => record[rate]),
    records.map((record) => record[rate]),
  )
  assert.deepEqual(back, records)
})

test('負の数、空の値、1桁の整数も固定長で往復する', async () => {
  const layout = findLayout('income-tax')!
  const [record] = [...sampleRecords(layout, { rows: 1 })] as [string[]]
  const put = (change: Record<string, string>) =>
    layout.names.map((name, at) => change[name] ?? record[at]!)
  const amounts = Object.fromEntries(
    layout.names.filter((name) => /額$/.test(name)).map((name) => [name, '0']),
  )
  const records = [
    put({ ...amounts, 申告区分: '1', 住民税課税区分: '0', 事業所得額: '-123456789012' }),
    put({
      ...amounts,
      申告区分: '1',
      住民税課税区分: '2',
      宛名番号: '000000000000007',
      事業所得額: '5',
    }),
    put({
      ...Object.fromEntries(Object.keys(amounts).map((name) => [name, ''])),
      申告区分: '0',
      宛名番号: '8',
    }),
  ]
  const bytes = await whole(writeRecords(layout, records, { format: fixedLength }))
  assert.deepEqual(await recordsOf(layout, bytes, fixedLength), records)
})

test('Windows-31J にない文字は「?」にならず、その文字を名指す所見になる', async () => {
  const [record] = [...sampleRecords(被保険者情報, { rows: 1 })] as [string[]]
  for (const [text, missing] of [
    ['辻󠄀　𠮷郎', ['辻󠄀', '𠮷']],
    ['\ufa4f　〜', ['\ufa4f', '〜']],
    ['\u{10DE92}', ['\u{10DE92}']],
  ] as const) {
    const copy = [...record]
    copy[被保険者情報.names.indexOf('氏名')] = text
    for (const format of [sjis, fixedLength]) {
      await assert.rejects(whole(writeRecords(被保険者情報, [copy], { format })), (error) => {
        assert.ok(error instanceof UnwritableRow)
        assert.deepEqual(
          error.findings.map((one) => [one.code, one.column, one.facts.文字]),
          missing.map((letter) => ['E1014', '氏名', letter]),
        )
        return true
      })
    }
  }
})

test('固定長に入らない値と、埋め草と見分けのつかない値は、書かずに知らせる', async () => {
  const [record] = [...sampleRecords(被保険者情報, { rows: 1 })] as [string[]]
  record[被保険者情報.names.indexOf('氏名')] = '見本'
  const copy = [...record]
  copy[被保険者情報.names.indexOf('氏名')] = '見本　'
  const found: string[] = []
  const bytes = await whole(
    writeRecords(被保険者情報, [copy, record], {
      format: fixedLength,
      found: (findings) => found.push(...findings.map(({ sentence }) => sentence)),
    }),
  )
  assert.deepEqual(found, [
    '氏名が固定長の200バイトに入りません（終わりの空白は固定長では残りません）。',
  ])
  assert.equal(bytes.length, fixedPlaces(被保険者情報).length + 2)
})

test('受け手が断る行は、書く前に断る', async () => {
  const [row] = [...sampleRows(被保険者情報, { rows: 1 })]
  for (const change of [
    { 氏名: '長'.repeat(101) },
    { 氏名: '' },
    { 氏名: '\ud842' },
    { 資格喪失年月日: plainDate('2020-01-01'), 資格取得年月日: plainDate('2021-01-01') },
  ])
    await assert.rejects(whole(writeRows(被保険者情報, [{ ...row!, ...change }])), UnwritableRow)
})

test('人が開くための書き方では、数式に見える値が動かず、BOMがつく', async () => {
  const [record] = [...sampleRecords(被保険者情報, { rows: 1 })] as [string[]]
  const copy = [...record]
  copy[被保険者情報.names.indexOf('氏名')] = '＝ＣＭＤ'
  const people = (await whole(writeRecords(被保険者情報, [copy], { forPeople: true }))).toString()
  assert.ok(people.startsWith('\ufeff'))
  assert.ok(people.includes(`"'＝ＣＭＤ"`))
  const plain = (await whole(writeRecords(被保険者情報, [copy]))).toString()
  assert.ok(plain.includes('"＝ＣＭＤ"'))
})

test('個人番号は行から書けるが、桁はどこにも印字されない', async () => {
  const parsed = parseIndividualNumber('123456789018')
  assert.ok(parsed.ok)
  const [sample] = [...sampleRows(住民基本台帳情報, { rows: 1 })]
  const bytes = await whole(writeRows(住民基本台帳情報, [{ ...sample!, 個人番号: parsed.value }]))
  assert.ok(bytes.includes('123456789018'))
  await assert.rejects(
    whole(writeRows(住民基本台帳情報, [{ ...sample!, 個人番号: parsed.value, 氏名: '' }])),
    (error) => !String((error as Error).stack).includes('123456789018'),
  )
})

test('ハッシュ合計は、大きな番号をいくつ足しても正確', () => {
  const totals = new Totals(住民基本台帳情報)
  const at = 住民基本台帳情報.names.indexOf('宛名番号')
  const record = 住民基本台帳情報.names.map(() => '')
  record[at] = '999999999999999'
  for (let count = 0; count < 100_000; count += 1) totals.add(record)
  assert.deepEqual(totals.sums(), { 宛名番号: String(999_999_999_999_999n * 100_000n) })
  assert.equal(totals.recordCount, 100_000)
})

test('ハッシュ合計は負の数も正しく足す', () => {
  const layout = findLayout('income-tax')!
  const totals = new Totals(layout)
  const at = layout.names.indexOf('事業所得額')
  for (const amount of ['-999999999999', '5', '-12345678']) {
    const record = layout.names.map(() => '')
    record[at] = amount
    totals.add(record)
  }
  assert.equal(totals.sums().事業所得額, String(-999_999_999_999n + 5n - 12_345_678n))
})
