import type { Entitlement } from '../entitlement.ts'
import type { LinkRow } from '../store/insuredPersons.ts'
import type { EndedLink, KnownLink } from '../store/personLinks.ts'
import type { NumberedOutcome } from './decidePerson.ts'
import type { SamePerson } from './samePerson.ts'

/** 番号ごとの結果に付いた番号 */
export type Numbers = { readonly subjectKey: number; readonly insuredNumber: string }

/** 紐付けの場面 — a person, and what each number held on these residents' records alone after a judgement. */
export type Linked = {
  readonly person: SamePerson
  readonly claims: ReadonlyMap<number, readonly Entitlement[]> | undefined
}

/** Links to insured persons who turned out to be others, or that a judgement made and took back. */
export function linksToEnd({ person: { links, subjects, lapsed } }: Linked): readonly KnownLink[] {
  return links.filter((link) => !subjects.includes(link.subjectKey) || lapsed.has(link))
}

/** Numbers that the directory may still give for a resident, and what it has to give instead. */
export function numbersToRepoint(one: Linked): readonly EndedLink[] {
  return one.person.links
    .filter((link) => !keeps(one, link))
    .map((link) => ({ ...link, instead: subjectBefore(one, link.residentKey) }))
}

/** The number is this person's, and was theirs before and after any merge. */
function keeps({ person, claims }: Linked, link: KnownLink): boolean {
  return (
    person.subjects.includes(link.subjectKey) &&
    !person.lapsed.has(link) &&
    (claims === undefined || claims.has(link.subjectKey))
  )
}

/** Whose number the resident had, as far as it still is theirs. */
export function subjectBefore(one: Linked, residentKey: number): number | null {
  const { residents, links } = one.person
  const now = residents.find((resident) => resident.residentKey === residentKey)!.subjectKey
  const own = links.filter((link) => link.residentKey === residentKey && keeps(one, link))
  return (own.find(({ subjectKey: key }) => key === now) ?? own.at(-1))?.subjectKey ?? null
}

export function linksOf(
  person: SamePerson,
  { subjectKey: known, entitlements }: NumberedOutcome,
  numbers: Numbers,
): readonly LinkRow[] {
  const held = new Set(
    entitlements.flatMap(({ pieces }) => pieces.map(({ residentKey }) => residentKey)),
  )
  const first = entitlements[0]!.pieces[0]!.residentKey
  return person.residents
    .filter(({ residentKey }) => held.has(residentKey))
    .map((one) => ({
      ...one,
      ...numbers,
      ground:
        known === null && one.residentKey === first
          ? '新規付番'
          : groundOf(person, one.residentKey, known ?? first),
    }))
}

/** What ties a resident to a number: `holder` is its 被保険者の鍵, or the resident for whom it is issued now. */
function groundOf(person: SamePerson, residentKey: number, holder: number): LinkRow['ground'] {
  const issuedFor = person.links.find(
    ({ subjectKey: key, ground }) => key === holder && ground === '新規付番',
  )
  return person.byRecords(issuedFor?.residentKey ?? holder, residentKey)
    ? '個人番号一致'
    : '同じ人の判断'
}

/** Records of the same person on which no right rests belong to the newest number. */
export function strayLinks(
  person: SamePerson,
  links: readonly LinkRow[],
  numbers: Numbers,
): readonly LinkRow[] {
  const linked = new Set(links.map(({ residentKey }) => residentKey))
  const issuedNow = links.find(
    ({ subjectKey: key, ground }) => key === numbers.subjectKey && ground === '新規付番',
  )
  const holder = issuedNow?.residentKey ?? numbers.subjectKey
  return person.residents
    .filter(({ residentKey }) => !linked.has(residentKey))
    .map((one) => ({
      ...one,
      ...numbers,
      ground: groundOf(person, one.residentKey, holder),
    }))
}
