import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '@koiki/store'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { numberSearch } from './number-search.ts'

const number = '983205673214'
const others = ['123456789018', '710000791900', '000000000000']
const search = numberSearch([others[0]!, number, others[1]!])

const wide = (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const grouped = (text: string, by: string) => text.replace(/(.{4})(?=.)/g, `$1${by}`)
const integer = Buffer.alloc(8)
integer.writeBigInt64BE(BigInt(number))
const float = Buffer.alloc(8)
float.writeDoubleBE(Number(number))
const backwards = (bytes: Buffer) => Buffer.from(bytes).reverse()
const big = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** 番号の書き方。どれも、前後に何があっても、どこで切れても、見つからなければならない。 */
const ways: Record<string, Buffer> = {
  ASCII: Buffer.from(number),
  'UTF-16LE': Buffer.from(number, 'utf16le'),
  'UTF-16BE': big(number),
  'UTF-32': Buffer.from([...number].flatMap((digit) => [digit.charCodeAt(0), 0, 0, 0])),
  ハイフン区切り: Buffer.from(grouped(number, '-')),
  空白区切り: Buffer.from(grouped(number, ' ')),
  'UTF-16LE の空白区切り': Buffer.from(grouped(number, ' '), 'utf16le'),
  全角: Buffer.from(wide(number)),
  全角の長音区切り: Buffer.from(wide(grouped(number, 'ー'))),
  全角のハイフン区切り: Buffer.from(wide(grouped(number, '－'))),
  全角の空白区切り: Buffer.from(wide(grouped(number, '　'))),
  '全角の UTF-16LE': Buffer.from(wide(number), 'utf16le'),
  '全角の UTF-16BE': big(wide(number)),
  '全角の UTF-16LE の空白区切り': Buffer.from(wide(grouped(number, '　')), 'utf16le'),
  '全角の Windows-31J': iconv.encode(wide(number), 'windows-31j'),
  '全角の Windows-31J のハイフン区切り': iconv.encode(wide(grouped(number, '-')), 'windows-31j'),
  半角と全角の混ざり: Buffer.from(number.slice(0, 5) + wide(number.slice(5))),
  百分率の書き方: Buffer.from(number.replace(/./g, (digit) => `%3${digit}`)),
  全角の百分率の書き方: Buffer.from(encodeURIComponent(wide(number))),
  'JSON の逃がし書き': Buffer.from(number.replace(/./g, (digit) => `\\u003${digit}`)),
  '全角の JSON の逃がし書き': Buffer.from(number.replace(/./g, (digit) => `\\uFF1${digit}`)),
  文字の16進: Buffer.from(Buffer.from(number).toString('hex')),
  'UTF-16LE の文字の16進': Buffer.from(Buffer.from(number, 'utf16le').toString('hex')),
  空白で区切った16進: Buffer.from(
    Buffer.from(number)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 '),
  ),
  BCD: Buffer.from(number, 'hex'),
  半バイトずれたBCD: Buffer.from(`f${number}c`, 'hex'),
  'BCD の16進': Buffer.from(number),
  '64ビット整数': integer,
  下位からの64ビット整数: backwards(integer),
  '64ビット小数': float,
  下位からの64ビット小数: backwards(float),
  base64: Buffer.from(Buffer.from(number).toString('base64')),
  base64の1バイトずれ: Buffer.from(Buffer.from(`名${number}前`).subarray(2).toString('base64')),
  base64の2バイトずれ: Buffer.from(Buffer.from(`名${number}前`).subarray(1).toString('base64')),
  '長いバイト列の base64url': Buffer.from(
    Buffer.from(`{"個人番号":"${number}"}`).toString('base64url'),
  ),
  ほかの数字の続きに: Buffer.from(`77${number}88`),
}

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

for (const [way, bytes] of Object.entries(ways)) {
  test(`見つける: ${way}`, async () => {
    const around = [
      Buffer.alloc(0),
      Buffer.alloc(40, 'x'),
      Buffer.from('前の文\n'),
      Buffer.alloc(33, 0xff),
    ]
    for (const before of around) {
      for (const after of around) {
        const whole = Buffer.concat([before, bytes, after])
        for (const size of [whole.length, 1, 7, 24]) {
          const { hits } = await search.bytes('試し', inPieces(whole, size))
          assert.ok(
            hits.some((hit) => hit.which === 1),
            `前${before.length} 後${after.length} ${size}バイトずつ`,
          )
          assert.ok(hits.every((hit) => hit.which === 1))
        }
      }
    }
  })
}

test('見つけた知らせは、番号そのものを言わない', async () => {
  const { hits } = await search.bytes('試し', Buffer.concat(Object.values(ways)))
  assert.ok(hits.length > 5)
  assert.ok(
    !/\d{5}/.test(
      JSON.stringify(hits.map(({ encoding, which, place }) => [encoding, which, place])),
    ),
  )
})

test('ない番号は、どんなバイトの中にも見つからない', async () => {
  const absent = numberSearch(['555555555555'])
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      assert.deepEqual((await absent.bytes('試し', bytes)).hits, [])
    }),
  )
  for (const near of ['555555555551', '55555555555', '5555-5555\n5555', '555555,555555']) {
    assert.deepEqual((await absent.bytes('試し', Buffer.from(near))).hits, [], near)
  }
  assert.deepEqual((await absent.bytes('試し', Buffer.concat(Object.values(ways)))).hits, [])
})

test('どこに置いても、どこで切っても、一つ残らず見つける', async () => {
  const given = Array.from({ length: 500 }, (_, index) =>
    String(100_000_007 + index * 1_999_999_973).padStart(12, '0'),
  )
  const many = numberSearch(given)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(499), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 500 }),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      async (chosen, size, noise) => {
        const parts = chosen.flatMap((which, turn) => {
          const text = given[which] as string
          const forms = [
            Buffer.from(text),
            Buffer.from(text, 'hex'),
            Buffer.from(text, 'utf16le'),
            Buffer.from(wide(text)),
          ]
          return [
            Buffer.from(noise),
            Buffer.from('|\n'),
            forms[turn % 4] as Buffer,
            Buffer.from('|\n'),
          ]
        })
        const { hits } = await many.bytes('試し', inPieces(Buffer.concat(parts), size))
        for (const which of chosen) assert.ok(hits.some((hit) => hit.which === which))
      },
    ),
    { numRuns: 60 },
  )
})

test('ファイルは、奥のフォルダーまで、名前のついたものを全部見る', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-search-'))
  t.after(() => rm(folder, { recursive: true }))
  await mkdir(path.join(folder, 'a', 'b'), { recursive: true })
  await writeFile(path.join(folder, 'a', 'b', '記録.log'), `受付 ${wide(number)} 済`)
  await writeFile(path.join(folder, 'a', 'ない.csv'), 'x'.repeat(3_000_000))
  await writeFile(
    path.join(folder, '大きい.bin'),
    Buffer.concat([Buffer.alloc(2_500_000), integer]),
  )
  await symlink(path.join(folder, 'a'), path.join(folder, 'つなぎ'))
  const { hits, bytes } = await search.files(folder)
  assert.deepEqual(
    hits.map((hit) => path.basename(hit.place)),
    ['記録.log', '大きい.bin'],
  )
  assert.ok(bytes > 5_500_000)
})

test('データベースは、どの型の列に入っていても、どの列かまで言う', async (t) => {
  const db = await testDatabase(t, 'union')
  const admin = await db.asAdmin()
  const clean = await search.database(admin, 'まっさら')
  assert.deepEqual(clean.hits, [])
  assert.ok(clean.bytes > 1_000)
  await admin.unscoped(async (tx) => {
    await tx.run('create schema planted')
    await tx.run(
      `create table planted.row (
         n integer primary key, t text, j jsonb, b bytea, i bigint, d numeric, a text[], x bytea[])`,
    )
    const values: [string, unknown][] = [
      ['t', `備考 ${wide(grouped(number, '－'))}`],
      ['j', JSON.stringify({ 個人番号: number })],
      ['b', Buffer.from(number, 'hex')],
      ['i', Number(number)],
      ['d', number],
      ['a', ['い', number]],
      ['x', [Buffer.from('ろ'), Buffer.from(number)]],
    ]
    for (const [index, [column, value]] of values.entries()) {
      await tx.run(`insert into planted.row (n, ${column}) values ($1, $2)`, [index, value])
    }
  })
  const { hits } = await search.database(admin, '試し')
  const places = new Set(
    hits.map((hit) => /planted\."?row"?\.([a-z])/.exec(hit.place)?.[1]).filter(Boolean),
  )
  assert.deepEqual([...places].sort(), ['a', 'b', 'd', 'i', 'j', 't', 'x'])
})

test('12桁でない数は、さがせないと言う', () => {
  assert.throws(() => numberSearch(['12345']), /1件目/)
  assert.throws(() => numberSearch([]), /一つもありません/)
})
