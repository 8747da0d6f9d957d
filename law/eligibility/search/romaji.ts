const vowels = { A: 0, I: 1, U: 2, E: 3, O: 4 } as const
const rows: Readonly<Record<string, string>> = {
  '': 'アイウエオ',
  K: 'カキクケコ',
  G: 'ガギグゲゴ',
  S: 'サシスセソ',
  Z: 'ザジズゼゾ',
  J: 'ザジズゼゾ',
  T: 'タチツテト',
  D: 'ダヂヅデド',
  N: 'ナニヌネノ',
  H: 'ハヒフヘホ',
  F: 'ハヒフヘホ',
  B: 'バビブベボ',
  P: 'パピプペポ',
  M: 'マミムメモ',
  Y: 'ヤイユエヨ',
  R: 'ラリルレロ',
  L: 'ラリルレロ',
  W: 'ワイウエオ',
}
/** Written otherwise than the table would read them. */
const spelled: Readonly<Record<string, string>> = { SH: 'S', CH: 'T', TS: 'T', DZ: 'Z' }
const glides: Readonly<Record<string, string>> = { A: 'ャ', I: '', U: 'ュ', E: 'ェ', O: 'ョ' }

/**
 * ローマ字 — as カタカナ, in either spelling (Shi and si, Tsu and tu, Kyo). Null where it cannot be read, as
 * a foreign name often cannot. A last letter still being typed is left out.
 */
export function kanaFromRomaji(text: string): string | null {
  const letters = text.toUpperCase().replace(/['\s-]/g, '')
  if (!/^[A-Z]+$/.test(letters)) return null
  let kana = ''
  let at = 0
  while (at < letters.length) {
    const rest = letters.slice(at)
    const syllable = /^(SH|CH|TS|DZ|[KGSZJTDNHFBPMYRLW]?)(Y|H)?([AIUEO])/.exec(rest)
    if (syllable !== null) {
      const [whole, first, glide, vowel] = syllable as unknown as [string, string, string, string]
      kana += reading(first, glide, vowel as keyof typeof vowels)
      at += whole.length
      continue
    }
    const nasal = /^(N|M(?=[BPM]))(?![AIUEOY])/.exec(rest)
    if (nasal !== null) {
      kana += 'ン'
      at += 1
      continue
    }
    if (/^([KGSZJTDHFBPRC])\1/.test(rest) || /^TCH/.test(rest)) {
      kana += 'ッ'
      at += 1
      continue
    }
    return rest.length <= 2 && kana !== '' ? kana : null
  }
  return kana
}

function reading(first: string, glide: string | undefined, vowel: keyof typeof vowels): string {
  const row = rows[spelled[first] ?? first] as string
  const compressed =
    glide === 'Y' || ((first === 'SH' || first === 'CH' || first === 'J') && vowel !== 'I')
  if (!compressed) return row[vowels[vowel]] as string
  return `${row[1]}${glides[vowel]}`
}
