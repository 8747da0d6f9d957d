import { type LetterClass, letterClasses, letterRows } from './data/letters.ts'

/** 扱いの難しい字 — one letter, the usual form it stands for, and how systems lose it. */
export type Letter = {
  readonly kind: LetterClass
  readonly part: 'surname' | 'given'
  readonly usual: string
  /** The letter itself, with its variation selector where it has one. */
  readonly text: string
  /** `U+9AD9`, or `U+8FBB U+E0100`. */
  readonly codePoints: string
}

/** 扱いの難しい字 — all of them, in the order of the table. */
export const letters: readonly Letter[] = letterRows
  .trim()
  .split('\n')
  .map((row) => {
    const [kind, part, usual, ...points] = row.split(' ') as [
      LetterClass,
      'surname' | 'given',
      string,
      ...string[],
    ]
    return {
      kind,
      part,
      usual,
      text: String.fromCodePoint(...points.map((point) => Number.parseInt(point, 16))),
      codePoints: points.map((point) => `U+${point}`).join(' '),
    }
  })

export { type LetterClass, letterClasses }

/** 置き換え — the first usual form in a name by the letter; null where the name does not have it. */
export function withLetter(name: string, letter: Letter): string | null {
  const at = name.indexOf(letter.usual)
  if (at < 0) return null
  return name.slice(0, at) + letter.text + name.slice(at + letter.usual.length)
}

/** JIS X 0208 の字 — what Shift_JIS can write, half-width letters included; computed from the decoder once. */
let inShiftJis: ReadonlySet<number> | null = null

/** Shift_JIS で書けるか — every code point of the text is in JIS X 0208 or single-byte. */
export function isShiftJis(text: string): boolean {
  inShiftJis ??= shiftJisLetters()
  for (const letter of text) {
    const point = letter.codePointAt(0) as number
    if (point >= 0x80 && !inShiftJis.has(point)) return false
  }
  return true
}

function shiftJisLetters(): Set<number> {
  // The decoder reads Windows-31J; without rows 13 and 89–92, 115–119 it is JIS X 0208.
  const decoder = new TextDecoder('shift_jis')
  const found = new Set<number>()
  const leads = [0x81, 0x82, 0x83, 0x84]
  for (let lead = 0x88; lead <= 0x9f; lead += 1) leads.push(lead)
  for (let lead = 0xe0; lead <= 0xea; lead += 1) leads.push(lead)
  for (const lead of leads) {
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail === 0x7f) continue
      const point = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) as number
      if (point !== 0xfffd && point >= 0x80) found.add(point)
    }
  }
  for (let point = 0xff61; point <= 0xff9f; point += 1) found.add(point)
  return found
}
