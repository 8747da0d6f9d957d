import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/**
 * 文字コード — the only place that knows encodings. UTF-8 passes through untouched: nothing is ever
 * normalised, so IVS, supplementary planes and private use survive.
 */

/** Where in `bytes` UTF-8 breaks, or -1. */
export function utf8FaultAt(bytes: Buffer): number {
  if (isUtf8(bytes)) return -1
  let start = 0
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, start)
    const end = lineEnd === -1 ? bytes.length : lineEnd + 1
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end
  }
  for (let at = start; ; ) {
    const lead = bytes[at] as number
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    if (!isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
}

type Windows31J = {
  /** Code unit of two bytes (lead << 8 | trail), 0 where there is none. */
  readonly toUnit: Uint16Array
  /** Bytes of a code unit: one byte below 0x100, else two; 0 where there is none. */
  readonly toBytes: Uint16Array
}

let tables: Windows31J | null = null

/** Windows-31J — NEC's and IBM's doubles read alike and are written as Microsoft writes them. */
function windows31J(): Windows31J {
  if (tables !== null) return tables
  const toUnit = new Uint16Array(65_536)
  const toBytes = new Uint16Array(65_536)
  for (let byte = 0x01; byte < 0x80; byte += 1) toBytes[byte] = byte
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) toBytes[0xff61 + byte - 0xa1] = byte
  const pair = Buffer.alloc(2)
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead <= 0xdf) continue
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail === 0x7f) continue
      pair[0] = lead
      pair[1] = trail
      const text = iconv.decode(pair, 'cp932')
      if (text.length !== 1 || text === '\ufffd') continue
      const unit = text.charCodeAt(0)
      toUnit[(lead << 8) | trail] = unit
      if (toBytes[unit] !== 0) continue
      // iconv-lite reads the user-defined rows (外字, U+E000 on) but does not write them.
      const back = iconv.encode(text, 'cp932')
      toBytes[unit] = back.length === 2 ? back.readUInt16BE(0) : (lead << 8) | trail
    }
  }
  tables = { toUnit, toBytes }
  return tables
}

/** Windows-31J から — the text, or where the bytes mean nothing. */
export function decodeWindows31J(bytes: Buffer): { text: string; faultAt: number } {
  const { toUnit } = windows31J()
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte < 0x80) units[length] = byte
    else if (byte >= 0xa1 && byte <= 0xdf) units[length] = 0xff61 + byte - 0xa1
    else {
      const unit = toUnit[(byte << 8) | (bytes[at + 1] ?? 0)] as number
      if (unit === 0) return { text: textOf(units, length), faultAt: at }
      units[length] = unit
      at += 1
    }
    length += 1
  }
  return { text: textOf(units, length), faultAt: -1 }
}

function textOf(units: Uint16Array, length: number): string {
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
}

/** Windows-31J へ — null where a character has no place in it; never a substitute. */
export function encodeWindows31J(text: string): Buffer | null {
  const { toBytes } = windows31J()
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = toBytes[text.charCodeAt(at)] as number
    if (code === 0) return null
    if (code > 0xff) {
      bytes[length] = code >> 8
      length += 1
    }
    bytes[length] = code & 0xff
    length += 1
  }
  return bytes.subarray(0, length)
}

/** Windows-31J で書けない文字 — the characters, as the reader sees them, each once. */
export function unwritableInWindows31J(text: string): string[] {
  const { toBytes } = windows31J()
  const missing = new Set<string>()
  for (const character of charactersOf(text)) {
    for (let at = 0; at < character.length; at += 1) {
      if (toBytes[character.charCodeAt(at)] === 0) {
        missing.add(character)
        break
      }
    }
  }
  return [...missing]
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

export function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** 文字数 — as the reader sees them: a base letter with its variation selector is one. */
export function countCharacters(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const plain =
      (unit >= 0x20 && unit < 0x7f) ||
      (unit >= 0x3000 && unit < 0xd800 && unit !== 0x3099 && unit !== 0x309a) ||
      (unit >= 0xff01 && unit < 0xff9e)
    if (!plain) return charactersOf(text).length
  }
  return text.length
}

/** What a file that is not UTF-8 most likely is; null where nothing fits. */
export function guessEncoding(
  bytes: Buffer,
): 'UTF-16' | 'Windows-31J（シフトJIS）' | 'EUC-JP' | null {
  if (startsAsUtf16(bytes)) return 'UTF-16'
  const whole = bytes.subarray(0, 4096)
  const cut = whole.lastIndexOf(0x0a)
  const sample = cut > 0 ? whole.subarray(0, cut) : whole
  const nul = sample.filter((byte) => byte === 0).length
  if (nul > sample.length / 4) return 'UTF-16'
  if (looksEucJp(sample)) return 'EUC-JP'
  return decodeWindows31J(sample).faultAt === -1 ? 'Windows-31J（シフトJIS）' : null
}

export function startsAsUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

// EUC-JP pairs are both 0xA1–0xFE, and its kana rows 0xA4 and 0xA5 stand out in Japanese text.
function looksEucJp(bytes: Buffer): boolean {
  let kana = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte < 0x80) continue
    const next = bytes[at + 1]
    if (byte < 0xa1 || byte === 0xff || next === undefined || next < 0xa1 || next === 0xff)
      return false
    if (byte === 0xa4 || byte === 0xa5) kana = true
    at += 1
  }
  return kana
}
