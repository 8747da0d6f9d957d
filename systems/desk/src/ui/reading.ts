/** 読みの一かけ — what was typed and converted in one go: the letters that came out, and the kana that went in. */
export type Piece = { text: string; kana: string }

const toKatakana = (text: string): string =>
  text.replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))

/** カナにそろえる — full-width katakana, one full-width space between the parts of a name; other letters stay. */
export function kanaText(text: string): string {
  return toKatakana(text.normalize('NFKC')).trim().replace(/\s+/g, '　')
}

const kanaOnly = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\s　]+$/

/** 変換の前の読み — null once letters stand in it that are not kana; a consonant that waits for its vowel is dropped. */
export function kanaTyped(composed: string): string | null {
  const kana = composed.normalize('NFKC').replace(/[a-z]+$/i, '')
  return kanaOnly.test(kana) ? toKatakana(kana) : null
}

/**
 * 打った読み — of a whole name as it now stands, put together from its pieces wherever they stand in it, with its
 * spaces. Null where nothing is known, or letters stand there whose reading was never typed: half a reading would be
 * taken for the whole.
 */
export function readingOf(text: string, pieces: readonly Piece[]): string | null {
  const found: { at: number; piece: Piece }[] = []
  const isTaken = (at: number, length: number) =>
    found.some((one) => at < one.at + one.piece.text.length && one.at < at + length)
  for (const piece of pieces) {
    if (piece.text === '') continue
    let at = text.indexOf(piece.text)
    while (at >= 0 && isTaken(at, piece.text.length)) at = text.indexOf(piece.text, at + 1)
    if (at >= 0) found.push({ at, piece })
  }
  found.sort((a, b) => a.at - b.at)
  let reading = ''
  let from = 0
  for (const { at, piece } of [...found, { at: text.length, piece: { text: '', kana: '' } }]) {
    const between = text.slice(from, at)
    if (between !== '' && !kanaOnly.test(between)) return null
    reading += toKatakana(between) + piece.kana
    from = at + piece.text.length
  }
  const kana = kanaText(reading)
  return kana === '' ? null : kana
}
