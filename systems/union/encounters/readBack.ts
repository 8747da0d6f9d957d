import { foldName, readQuery } from '@koiki/eligibility'
import { type PlainDate, parseWareki } from '@koiki/kernel'

/** 読み合わせに使う事実 — what a citizen can say; a name in kanji and in kana is one and the same. */
export type ReadBackFact = 'name' | 'birthDate' | 'town' | 'numberTail'

/** 読み合わせの相手 — what is held of the person; null where it is not known, or withheld from the seat. */
export type ReadBackPerson = {
  readonly name: string
  readonly nameKana: string | null
  /** Null where the day of birth is 不詳. */
  readonly birthDate: PlainDate | null
  readonly town: string | null
  readonly insuredNumber: string
}

/** So many facts from the citizen's mouth or paper come before the first write. */
export const factsNeeded = 2

/** So many times what was heard may differ; then the 応対 is closed. */
export const differencesMax = 3

/** 聞ける事実 — what can be compared at all, in the order in which it is asked. */
export function askable(person: ReadBackPerson): readonly ReadBackFact[] {
  return [
    ...(person.birthDate === null ? [] : (['birthDate'] as const)),
    ...(person.town === null ? [] : (['town'] as const)),
    'numberTail',
    'name',
  ]
}

/** 読めるか — typed so that it can be compared at all; what cannot be read is no mismatch. */
export function isReadable(fact: ReadBackFact, text: string): boolean {
  switch (fact) {
    case 'birthDate':
      return parseWareki(text) !== null
    case 'numberTail':
      return /^\d{4}$/.test(plainOf(text))
    case 'town':
      return foldTown(text) !== ''
    case 'name':
      return foldName(text) !== ''
  }
}

/** 合うか — one fact as typed, against what is held; what is not held or is withheld agrees with nothing. */
export function agrees(person: ReadBackPerson, fact: ReadBackFact, text: string): boolean {
  switch (fact) {
    case 'birthDate':
      return person.birthDate !== null && parseWareki(text) === person.birthDate
    case 'numberTail':
      return plainOf(text) === person.insuredNumber.slice(-4)
    case 'town':
      return townAgrees(person.town, text)
    case 'name':
      return isFullName(person, foldName(text))
  }
}

/** さがしたときに聞いた事実 — whole facts only: a family name, or half a number, tells nobody apart. */
export function factsOfSearch(person: ReadBackPerson, words: string): readonly ReadBackFact[] {
  const { readAs } = readQuery(words)
  const of = (kinds: readonly string[]) =>
    readAs.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text)
  const names = of(['name', 'kana']).map(foldName).join('')
  const [day] = of(['birth'])
  const [number] = of(['insuredNumber'])
  return [
    ...(names !== '' && isFullName(person, names) ? (['name'] as const) : []),
    ...(day !== undefined && day === person.birthDate ? (['birthDate'] as const) : []),
    ...(number !== undefined && number === person.insuredNumber ? (['numberTail'] as const) : []),
  ]
}

function isFullName(person: ReadBackPerson, folded: string): boolean {
  return [person.name, person.nameKana].some((name) => name !== null && foldName(name) === folded)
}

/** A citizen says the town with or without its 丁目, in figures or in kanji. */
function townAgrees(held: string | null, text: string): boolean {
  if (held === null) return false
  const said = foldTown(text)
  const whole = foldTown(held)
  const alone = whole.replace(/\d+丁目$/, '')
  return said !== '' && (said === whole || (alone !== '' && said === alone))
}

const kanjiDigits = '〇一二三四五六七八九'

function foldTown(text: string): string {
  return plainOf(text).replace(
    /([〇一二三四五六七八九]?十?[〇一二三四五六七八九]?)丁目/g,
    (whole: string, number: string) => (number === '' ? whole : `${kanjiNumber(number)}丁目`),
  )
}

function kanjiNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  const ten = text.includes('十') ? (tens === '' ? 1 : kanjiDigits.indexOf(tens ?? '')) : 0
  return ten * 10 + (ones === '' ? 0 : kanjiDigits.indexOf(ones ?? ''))
}

const plainOf = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')
