import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption'
import { type Bytes, SealBroken, seal, unseal } from './index.ts'

const identity = await generateHybridIdentity()
const recipient = await identityToRecipient(identity)

async function whole(source: Bytes): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of source) all.push(chunk)
  return Buffer.concat(all)
}

function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
  return chunks
}

const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]

test('封じたものは、どの大きさでも、どこで区切れても元に戻る', async () => {
  for (const size of sizes) {
    const plain = randomBytes(size)
    for (const step of [7777, 65_536, 1 << 20]) {
      const sealed = await whole(seal(recipient, inPieces(plain, step)))
      assert.deepEqual(await whole(unseal([identity], inPieces(sealed, step))), plain)
    }
  }
})

test('公開の age でも開け、公開の age が封じたものも開ける', async () => {
  const plainX25519 = await generateX25519Identity()
  for (const [own, to] of [
    [identity, recipient],
    [plainX25519, await identityToRecipient(plainX25519)],
  ] as const) {
    for (const size of sizes) {
      const plain = new Uint8Array(randomBytes(size))
      const decrypter = new Decrypter()
      decrypter.addIdentity(own)
      assert.deepEqual(
        Buffer.from(await decrypter.decrypt(await whole(seal(to, [plain])))),
        Buffer.from(plain),
      )
      const encrypter = new Encrypter()
      encrypter.addRecipient(to)
      assert.deepEqual(
        await whole(unseal([own], [await encrypter.encrypt(plain)])),
        Buffer.from(plain),
      )
    }
  }
})

test('1ビットでも変われば、切れていれば、つなぎ足されていれば、開かない', async () => {
  const plain = randomBytes(150_000)
  const sealed = await whole(seal(recipient, [plain]))
  const payload = sealed.indexOf('\n', sealed.indexOf('\n--- ') + 1) + 1
  const changed = (at: number): Buffer => {
    const copy = Buffer.from(sealed)
    copy[at] = (copy[at] as number) ^ 1
    return copy
  }
  const wrong = [
    changed(payload),
    changed(payload + 20),
    changed(payload + 16 + 70_000),
    changed(sealed.length - 1),
    changed(payload - 5),
    sealed.subarray(0, sealed.length - 1),
    sealed.subarray(0, payload + 16 + 65_552),
    sealed.subarray(0, payload + 16),
    sealed.subarray(0, payload + 3),
    sealed.subarray(0, 40),
    Buffer.alloc(0),
    Buffer.concat([sealed, sealed.subarray(-100)]),
    Buffer.from('氏名,個人番号\r\n'),
    randomBytes(100_000),
  ]
  for (const [index, bytes] of wrong.entries())
    await assert.rejects(whole(unseal([identity], [bytes])), SealBroken, `${index}`)
})

test('宛先でない鍵では開かない', async () => {
  const sealed = await whole(seal(recipient, [Buffer.from('秘密')]))
  const other = await generateHybridIdentity()
  await assert.rejects(whole(unseal([other], [sealed])), /この鍵では開けられない/)
  assert.equal((await whole(unseal([other, identity], [sealed]))).toString(), '秘密')
})
