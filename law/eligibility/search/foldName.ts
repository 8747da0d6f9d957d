import { nameVariants } from './nameVariants.ts'

// Selectors choose a glyph of the same character; marks are 濁点 and 半濁点 after decomposition.
const selectors = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu
const marks = /[\u3099\u309a\u309b\u309c]/g
const dropped = /[\s　・.,'’()（）ー－‐-]/g

const small: Readonly<Record<string, string>> = {
  ァ: 'ア',
  ィ: 'イ',
  ゥ: 'ウ',
  ェ: 'エ',
  ォ: 'オ',
  ッ: 'ツ',
  ャ: 'ヤ',
  ュ: 'ユ',
  ョ: 'ヨ',
  ヮ: 'ワ',
  ヵ: 'カ',
  ヶ: 'ケ',
  ヲ: 'オ',
  ヰ: 'イ',
  ヱ: 'エ',
}
// ヅ and ヂ sound as ズ and ジ, and meet them once the mark is gone.
const voiced: Readonly<Record<string, string>> = { ツ: 'ス', チ: 'シ' }
const voicedOnly = /([ツチ])\u3099/g

/**
 * そろえた氏名 — the form in which names are compared: no spaces and marks, one width, ひらがな as カタカナ, small
 * letters as large, 濁点・半濁点・長音 dropped, 異体字 as their usual form, Latin letters as capitals.
 */
export function foldName(text: string): string {
  const kana = text
    .replace(selectors, '')
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .normalize('NFD')
    .replace(voicedOnly, (_, letter: string) => voiced[letter] as string)
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[ァィゥェォッャュョヮヵヶヲヰヱ]/g, (letter) => small[letter] as string)
    .replace(dropped, '')
    .toUpperCase()
  let folded = ''
  let last = ''
  for (const letter of kana) {
    last = letter === '々' || letter === 'ヽ' || letter === 'ゝ' ? last : letter
    folded += nameVariants.get(last) ?? last
  }
  return folded
}

/**
 * さがす鍵 — the folded forms under which a name is found by its beginning: the whole of it and each part
 * after a space, so that a given name alone is enough.
 */
export function nameKeys(names: readonly (string | null)[]): readonly string[] {
  const keys = new Set<string>()
  for (const name of names) {
    if (name === null) continue
    const parts = name.split(/[\s　]+/)
    for (const [index] of parts.entries()) {
      const key = foldName(parts.slice(index).join(''))
      if (key !== '') keys.add(key.slice(0, 100))
    }
  }
  return [...keys]
}
