import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isShiftJis, letters, withLetter } from './letters.ts'

/** Windows-31J, as the platform's decoder maps it: every two-byte code once. */
const windows31j = (() => {
  const decoder = new TextDecoder('shift_jis')
  const found = new Set<string>()
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      found.add(decoder.decode(Uint8Array.of(lead, trail)))
    }
  }
  return found
})()

test('字の種類は、符号表のとおり', () => {
  for (const { kind, text, codePoints } of letters) {
    const [base] = [...text] as [string]
    const expected = {
      old: isShiftJis(text) && text.normalize('NFC') === text,
      windows: !isShiftJis(text) && windows31j.has(text) && text.normalize('NFC') === text,
      outside: !isShiftJis(text) && !windows31j.has(text) && text.normalize('NFC') === text,
      compatibility: text.normalize('NFC') !== text,
      variation: isShiftJis(base) && [...text].length === 2 && !isShiftJis(text),
      private: /\p{Co}/u.test(text),
    }
    assert.ok(expected[kind], `${codePoints}は${kind}でない`)
  }
})

test('異体字は、基底の字とセレクタで1文字と数える', () => {
  const segmenter = new Intl.Segmenter('ja')
  for (const { text, codePoints } of letters) {
    assert.equal([...segmenter.segment(text)].length, 1, codePoints)
  }
})

test('字の置き換えは、はじめの1字だけを替える', () => {
  const high = letters.find(({ codePoints }) => codePoints === 'U+9AD9')!
  assert.equal(withLetter('高高', high), '\u9ad9高')
  assert.equal(withLetter('田中', high), null)
})

test('Shift_JISで書けるのは、JIS X 0208と半角の字だけ', () => {
  for (const text of ['熊本　太郎', 'ｱｲｳ', 'SATO', 'カ゛', '\u9089', '栫鯰泗画図']) {
    assert.ok(isShiftJis(text), text)
  }
  for (const text of ['\u9ad9', '\ufa11', '\u{20bb7}', '①', '㈱', '\u8fbb\u{e0100}', 'é']) {
    assert.ok(!isShiftJis(text), text)
  }
})
