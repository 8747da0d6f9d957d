import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keysOf, newKey } from './keyRing.ts'
import { openRestingFile, sealRestingFile } from './restingFile.ts'
import { VaultError } from './vaultError.ts'

const keys = keysOf([[1, newKey()]])
const piece = 64 * 1024
const head = 16 + 2 + 32

async function* chunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const all = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source))
const seal = (plain: Buffer, size = 10_000) =>
  all(sealRestingFile(keys, '送信1', chunks(plain, size)))
const open = (sealed: Buffer, name = '送信1', size = 10_000, ring = keys) =>
  all(openRestingFile(ring, name, chunks(sealed, size)))

const filled = (length: number) => Buffer.alloc(length, '番号 123456789018,')

test('どの長さ、どの区切りで渡しても、開けば元のバイトに戻る', async () => {
  for (const length of [0, 1, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 7]) {
    const plain = filled(length)
    assert.deepEqual(await open(await seal(plain)), plain, `${length}バイト`)
  }
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      async (bytes, one, other) => {
        const plain = Buffer.from(bytes)
        assert.deepEqual(await open(await seal(plain, one), '送信1', other), plain)
      },
    ),
    { numRuns: 50 },
  )
})

test('封の中に元の文字は残らず、同じファイルでも毎回ちがう封になる', async () => {
  const one = await seal(filled(100_000))
  assert.ok(!one.includes('123456789018'))
  assert.notDeepEqual(one, await seal(filled(100_000)))
})

test('切れた・書き換えた・入れ替えた・重ねた・足した封は、誤った中身を出さずに断る', async () => {
  const sealed = await seal(filled(3 * piece + 100))
  const whole = piece + 16
  const part = (index: number) => sealed.subarray(head + index * whole, head + (index + 1) * whole)
  const changed = Buffer.from(sealed)
  changed[head + 5] = changed[head + 5]! ^ 1
  for (const [what, broken] of Object.entries({
    途中で切れた: sealed.subarray(0, -1),
    片の境で切れた: sealed.subarray(0, head + 2 * whole),
    頭だけ: sealed.subarray(0, head),
    頭の途中まで: sealed.subarray(0, 10),
    空: Buffer.alloc(0),
    書き換えた: changed,
    入れ替えた: Buffer.concat([sealed.subarray(0, head), part(1), part(0), part(2), part(3)]),
    重ねた: Buffer.concat([sealed.subarray(0, head), part(0), part(0), part(1), part(2), part(3)]),
    足した: Buffer.concat([sealed, Buffer.alloc(16)]),
    別の種類のファイル: filled(1000),
  })) {
    await assert.rejects(open(broken), VaultError, what)
  }
})

test('別の名前、別の鍵、知らない版の鍵では開かない', async () => {
  const sealed = await seal(filled(100))
  await assert.rejects(open(sealed, '送信2'), VaultError)
  await assert.rejects(open(sealed, '送信1', 100, keysOf([[1, newKey()]])), VaultError)
  await assert.rejects(open(sealed, '送信1', 100, keysOf([[2, newKey()]])), /版1の鍵/)
})

test('鍵の版を上げた後も、前の版で封じたファイルが開く', async () => {
  const sealed = await seal(filled(100))
  const newer = keysOf([...keys.keys, [2, newKey()]])
  assert.deepEqual(await open(sealed, '送信1', 100, newer), filled(100))
})
