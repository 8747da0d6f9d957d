import { yearOf } from '@koiki/kernel'
import { dateOf } from './ages.ts'
import { Chance, Weights } from './chance.ts'
import { bornIn, givenParts, kanaNames, listed, wellKnown } from './data/givenNames.ts'
import { rarerSurnameRows, surnameParts, surnameRows, surnamesByArea } from './data/surnames.ts'
import { type Letter, type LetterClass, letterClasses, letters, withLetter } from './letters.ts'
import type { Municipality } from './municipality.ts'
import type { HouseholdModel, Person } from './people.ts'
import type { Order } from './plan.ts'

/** 氏名の一部 — as written, and its reading in katakana. */
export type Reading = { readonly text: string; readonly kana: string }

/** 氏名 — surname and given name, not yet joined. */
export type Name = { readonly surname: Reading; readonly given: Reading }

type Weighted = Reading & { readonly weight: number }

const common = rowsOf(surnameRows)
const surnames = [...common, ...rowsOf(rarerSurnameRows)]
const surnameWeights = new Weights(surnames.map(({ weight }) => weight))
const known = new Map(surnames.map((surname) => [surname.text, surname]))
const firstParts = pairsOf(surnameParts.first)
const secondParts = pairsOf(surnameParts.second)
/** The share of the surnames on a list, made up for the families whose hard letter chose the surname. */
const listedShare = surnameWeights.total / 10_000 / 0.92

const given = {
  men: pairsWith(listed.men),
  women: pairsWith(listed.women),
  younger: pairsWith(listed.younger),
}
const givenKnown = new Map(
  [...given.younger, ...given.women, ...given.men].map((name) => [name.text, name]),
)
const rankWeight = (rank: number): number => 10 * 0.74 ** rank
const cohorts = bornIn.map((cohort) => ({
  until: cohort.until,
  men: cohortOf(cohort.men),
  women: cohortOf(cohort.women),
}))
const parts = {
  men: { first: pairsOf(givenParts.men.first), second: pairsOf(givenParts.men.second) },
  women: { first: pairsOf(givenParts.women.first), second: pairsOf(givenParts.women.second) },
}
const kana = {
  katakana: kanaNames.katakana.split(' '),
  katakanaKo: kanaNames.katakanaKo.split(' '),
  hiragana: kanaNames.hiragana.split(' '),
}
const refused = new Set(wellKnown.split(' '))

/** 字の種類ごとに、それを持てる氏 — so that a share of persons can be met whatever the surnames. */
const carriers = Object.fromEntries(
  Object.keys(letterClasses).map((kind) => {
    const names = letters
      .filter((letter) => letter.kind === kind && letter.part === 'surname')
      .flatMap((letter) => surnamesWith(letter))
    return [kind, { names, weights: new Weights(names.map(({ weight }) => weight)) }]
  }),
) as Record<LetterClass, { names: Weighted[]; weights: Weights }>

const givenCarriers = Object.fromEntries(
  Object.keys(letterClasses).map((kind) => [
    kind,
    letters.filter((letter) => letter.kind === kind && letter.part === 'given'),
  ]),
) as Record<LetterClass, Letter[]>

/** The part of a class that sits in surnames; the rest sits in given names. */
const inSurname: Readonly<Record<LetterClass, number>> = {
  old: 0.75,
  windows: 0.75,
  outside: 0.75,
  compatibility: 0.6,
  variation: 1,
  private: 1,
}

/** 氏名をつくる — surnames by household, given names by cohort; the two are drawn independently. */
export class Names {
  readonly #chance: Chance

  constructor(order: Order) {
    this.#chance = new Chance(order.seed, order.union, 'names')
  }

  of(household: HouseholdModel, municipality: Municipality): Name[] {
    const { unit } = household.seat
    const chance = this.#chance.at(unit)
    const family = surname(chance, municipality)
    const other = surname(chance, municipality)
    const daughterMarried = marriedDaughter(household) && chance.happens(0.6)
    const elsewhere = chance.happens(0.5)
    return household.persons.map((person) => {
      const apart =
        (daughterMarried && person.role.startsWith('child')) ||
        (daughterMarried && person.role === 'grandchild') ||
        (elsewhere && person.role === 'relative')
      const own = apart ? other : family
      const personal = this.#chance.at(unit, person.slot + 1)
      let drawn = givenName(personal, person)
      while (refused.has(own.text + drawn.text)) drawn = givenName(personal, person)
      return { surname: own, given: drawn }
    })
  }
}

/** 氏名として — one full-width space between the parts, as the layout has it. */
export function joined({ surname, given }: Name): Reading {
  return { text: `${surname.text}　${given.text}`, kana: `${surname.kana}　${given.kana}` }
}

/** 字を持つ氏 — a surname of the lists with its usual form replaced; weights as in the lists. */
export function surnamesWith(letter: Letter): Weighted[] {
  return surnames.flatMap((surname) => {
    const text = withLetter(surname.text, letter)
    return text === null ? [] : [{ ...surname, text }]
  })
}

/** 字を持つ名 — a given name of the lists with its usual form replaced. */
export function givenNamesWith(letter: Letter, sex: Person['sex']): Reading[] {
  const own = (sex === 1 ? given.men : given.women).flatMap((name) => {
    const text = withLetter(name.text, letter)
    return text === null ? [] : [{ ...name, text }]
  })
  if (own.length > 0) return own
  const [reading] = [...givenKnown.values()].flatMap((name) => {
    const text = withLetter(name.text, letter)
    return text === null ? [] : [{ ...name, text }]
  })
  return reading === undefined ? [] : [reading]
}

/** 氏の一覧の読み — throws for a surname that no list has, so that a table cannot name one by mistake. */
function surnameOf(text: string): Reading {
  const found = known.get(text)
  if (found === undefined) throw new RangeError(`氏の表に読みがありません: ${text}`)
  return found
}

function surname(chance: Chance, municipality: Municipality): Reading {
  let u = chance.unit()
  for (const kind of Object.keys(letterClasses) as LetterClass[]) {
    const share = letterClasses[kind] * inSurname[kind]
    const { names, weights } = carriers[kind]
    if (u < share) return names[weights.pick(u / share)] as Weighted
    u -= share
  }
  if (municipality.area !== null && chance.happens(0.08)) {
    return surnameOf(chance.pick((surnamesByArea[municipality.area] as string).split(' ')))
  }
  const v = chance.unit()
  if (v < listedShare) return surnames[surnameWeights.pick(v / listedShare)] as Weighted
  for (;;) {
    const [first, second] = [chance.pick(firstParts), chance.pick(secondParts)]
    const text = first.text + second.text
    if (first.text !== second.text && !known.has(text)) {
      return { text, kana: first.kana + second.kana }
    }
  }
}

function givenName(chance: Chance, person: Person): Reading {
  const usual = usualGivenName(chance, person)
  let u = chance.unit()
  for (const kind of Object.keys(letterClasses) as LetterClass[]) {
    const share = letterClasses[kind] * (1 - inSurname[kind])
    const carriers = givenCarriers[kind]
    if (u < share && carriers.length > 0) {
      const letter = chance.pick(carriers)
      const names = givenNamesWith(letter, person.sex)
      return names.length > 0 ? chance.pick(names) : usual
    }
    u -= share
  }
  return usual
}

function usualGivenName(chance: Chance, person: Person): Reading {
  const born = yearOf(dateOf(person.birth))
  const men = person.sex === 1
  const cohort = cohorts.find(({ until }) => born <= until) ?? cohorts.at(-1)!
  if (!men) {
    const phonetic = born < 1926 ? 0.35 : born <= 1935 ? 0.15 : born <= 1945 ? 0.05 : 0.01
    const u = chance.unit()
    if (u < phonetic) return phoneticName(chance.pick(kana.katakana))
    if (u < phonetic + 0.04 && born < 1960) return phoneticName(chance.pick(kana.katakanaKo))
    if (u < phonetic + 0.065) return phoneticName(chance.pick(kana.hiragana))
  }
  const u = chance.unit()
  if (u < 0.3) {
    const { names, weights } = men ? cohort.men : cohort.women
    return names[weights.pick(chance.unit())] as Reading
  }
  if (born > 1960 && u < 0.6) return chance.pick(given.younger)
  if (u < 0.55) return chance.pick(men ? given.men : given.women)
  const list = men ? parts.men : parts.women
  for (;;) {
    const first = chance.pick(list.first)
    const second = !men && chance.happens(0.7) ? ko : chance.pick(list.second)
    if (first.text !== second.text) {
      return { text: first.text + second.text, kana: first.kana + second.kana }
    }
  }
}

const ko: Reading = { text: '子', kana: 'コ' }

/** 仮名の名 — its reading is itself in katakana, 子 read コ. */
function phoneticName(text: string): Reading {
  return { text, kana: katakana(text).replace('子', 'コ') }
}

/** ひらがなを片仮名に — small and voiced letters included, everything else left alone. */
export function katakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
}

function marriedDaughter(household: HouseholdModel): boolean {
  const child = household.persons.find(({ role }) => role === 'child')
  return child?.sex === 2 && household.persons.some(({ role }) => role === 'childSpouse')
}

function rowsOf(table: string): Weighted[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [text, reading, weight] = row.split(' ') as [string, string, string]
      return { text, kana: reading, weight: Number(weight) }
    })
}

function pairsOf(table: string): Reading[] {
  const words = table.split(' ')
  return words.flatMap((text, index) =>
    index % 2 === 0 ? [{ text, kana: words[index + 1] as string }] : [],
  )
}

function pairsWith(table: string): Reading[] {
  return table
    .trim()
    .split(/;\s*/)
    .map((entry) => {
      const [text, reading] = entry.split(' ') as [string, string]
      return { text, kana: reading }
    })
}

function cohortOf(names: string): { names: Reading[]; weights: Weights } {
  const list = names.split(' ').map((text) => {
    const found = givenKnown.get(text)
    if (found === undefined) throw new RangeError(`名の表に読みがありません: ${text}`)
    return found
  })
  return { names: list, weights: new Weights(list.map((_, rank) => rankWeight(rank))) }
}
