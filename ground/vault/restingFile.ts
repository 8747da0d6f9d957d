import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type KeyVersions, keyOf } from './keyRing.ts'
import { VaultError } from './vaultError.ts'

const mark = Buffer.from('koiki-resting/1\n')
const saltLength = 32
const tagLength = 16
const pieceLength = 64 * 1024
const headLength = mark.length + 2 + saltLength

/**
 * 寝かせるファイルの封 — AES-256-GCM in pieces of 64 KiB under a key of the file's own. Each piece's nonce
 * holds its place and whether it is the last, so pieces cannot be dropped, doubled, moved or cut off.
 */
export async function* sealRestingFile(
  keys: KeyVersions,
  name: string,
  plain: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const head = Buffer.concat([mark, Buffer.alloc(2), randomBytes(saltLength)])
  head.writeUInt16BE(keys.current, mark.length)
  const key = fileKey(keys, head, name)
  yield head
  for await (const { piece, place, last } of pieces(plain, pieceLength)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place, last))
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/** 封を解く — yields only pieces that are whole and ours; a file that was cut short ends in an error. */
export async function* openRestingFile(
  keys: KeyVersions,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  const { head, rest } = await takeHead(sealed)
  const key = fileKey(keys, head, name)
  for await (const { piece, place, last } of pieces(rest, pieceLength + tagLength)) {
    if (piece.length < tagLength) throw broken()
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place, last), {
      authTagLength: tagLength,
    })
    decipher.setAuthTag(piece.subarray(piece.length - tagLength))
    let opened: Buffer
    try {
      opened = Buffer.concat([
        decipher.update(piece.subarray(0, piece.length - tagLength)),
        decipher.final(),
      ])
    } catch {
      throw broken()
    }
    if (opened.length > 0) yield opened
  }
}

const broken = (): VaultError =>
  new VaultError(
    '預かりのファイルを開けません。途中で切れたか、書き換えられたか、別のファイルの封です。送り直してもらってください。',
  )

function fileKey(keys: KeyVersions, head: Buffer, name: string): Buffer {
  const version = head.readUInt16BE(mark.length)
  const key = keyOf(keys, version)
  const salt = head.subarray(mark.length + 2)
  return Buffer.from(hkdfSync('sha256', key, salt, `koiki/resting/1\0${name}`, 32))
}

function nonceOf(place: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(place, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

async function takeHead(
  source: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  while (held.length < headLength) {
    const next = await chunks.next()
    if (next.done) throw broken()
    held = Buffer.concat([held, next.value])
  }
  if (!held.subarray(0, mark.length).equals(mark)) throw broken()
  return {
    head: held.subarray(0, headLength),
    rest: (async function* () {
      yield held.subarray(headLength)
      yield* { [Symbol.asyncIterator]: () => chunks }
    })(),
  }
}

/** Pieces of one length and a last one, which may be empty but always comes. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncIterable<{ piece: Buffer; place: number; last: boolean }> {
  let waiting: Uint8Array[] = []
  let size = 0
  let place = 0
  for await (const chunk of source) {
    waiting.push(chunk)
    size += chunk.length
    if (size <= length) continue
    let held = Buffer.concat(waiting)
    for (; held.length > length; held = held.subarray(length)) {
      yield { piece: held.subarray(0, length), place, last: false }
      place += 1
    }
    waiting = [held]
    size = held.length
  }
  yield { piece: Buffer.concat(waiting), place, last: true }
}
