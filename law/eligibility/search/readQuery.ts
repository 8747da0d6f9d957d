import { type PlainDate, parseWareki, yearOf } from '@koiki/kernel'
import { foldName } from './foldName.ts'
import { kanaFromRomaji } from './romaji.ts'

/** 読んだ言葉 — how one word was read, in the order typed; shown to the clerk. */
export type ReadWord = {
  readonly kind: 'name' | 'kana' | 'birth' | 'insuredNumber'
  readonly text: string
}

/** さがす言葉 — what was typed, read. A person must meet every one of `names` and `days`, or the number. */
export type PersonQuery = {
  readonly readAs: readonly ReadWord[]
  /** Beginnings of names; of each list one must fit. */
  readonly names: readonly (readonly string[])[]
  readonly birthDates: readonly PlainDate[]
  /** 被保険者番号 or its beginning, 4 digits at least. */
  readonly insuredNumber: string | null
  /** Twelve digits: an Individual Number is not searched for here, and is not kept. */
  readonly refused: boolean
}

/**
 * さがす言葉を読む — kanji, kana in either script or Roman letters, birth dates in any form, a 被保険者番号, and
 * combinations with spaces between. Eight bare digits are a birth date where they make a day on which somebody
 * insured can have been born, else a number; written 4-4 they are always a number.
 */
export function readQuery(text: string): PersonQuery {
  const plain = text.normalize('NFKC')
  if (/(?<!\d)\d[\d\s-]{10,}\d(?!\d)/.test(plain) && plain.replace(/\D/g, '').length >= 12)
    return { readAs: [], names: [], birthDates: [], insuredNumber: null, refused: true }
  const readAs: ReadWord[] = []
  const names: (readonly string[])[] = []
  const birthDates: PlainDate[] = []
  let insuredNumber: string | null = null
  for (const word of words(plain)) {
    const date = parseWareki(word)
    const digits = word.replace(/-/g, '')
    if (date !== null && isBirthDate(word, date)) {
      birthDates.push(date)
      readAs.push({ kind: 'birth', text: date })
    } else if (/^\d{4}-?\d{0,4}$/.test(word)) {
      insuredNumber = digits
      readAs.push({ kind: 'insuredNumber', text: digits })
    } else if (!/^[\d./-]*$/.test(word)) {
      const folded = foldName(word)
      if (folded === '') continue
      const kana = kanaFromRomaji(word)
      const read = kana === null ? folded : foldName(kana)
      names.push(kana === null || read === '' ? [folded] : [folded, read])
      readAs.push({ kind: /^[ァ-ヶ]+$/.test(read) ? 'kana' : 'name', text: kana ?? word })
    }
  }
  return { readAs, names, birthDates, insuredNumber, refused: false }
}

/** Years of birth of people who can be insured: nobody older than 130, nobody under 65 (障害認定). */
const [firstYear, lastYear] = [1890, 1975]

function isBirthDate(word: string, date: PlainDate): boolean {
  if (/^\d{4}-\d{4}$/.test(word)) return false
  if (!/^\d{8}$/.test(word)) return true
  const year = yearOf(date)
  return firstYear <= year && year <= lastYear
}

function words(plain: string): readonly string[] {
  return plain
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
}
