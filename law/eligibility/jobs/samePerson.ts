import type { Transaction } from '@koiki/store'
import { type DueResident, findKin } from '../store/dueResidents.ts'
import {
  findTies,
  judgementReference,
  type KnownLink,
  type LinkDecision,
} from '../store/personLinks.ts'
import { Sets } from './sets.ts'

/** 一人分の記録 — residents of several municipalities who are one person, and the numbers issued so far. */
export type SamePerson = {
  readonly residents: readonly DueResident[]
  /** 被保険者の鍵, in the order of issue. */
  readonly subjects: readonly number[]
  /** Links that hold now between these residents and an insured person. */
  readonly links: readonly KnownLink[]
  /** Links among them that a judgement made which no longer holds; a number once issued stays. */
  readonly lapsed: ReadonlySet<KnownLink>
  /** A decision of 名寄せ was asked: numbers may have to go back to where they came from. */
  readonly judged: boolean
  /** Whether two of the residents are known as one without anybody's judgement. */
  readonly byRecords: (one: number, other: number) => boolean
}

/**
 * 名寄せ — merges residents by 個人番号 (its token), by an insured person they already belong to, and by what a
 * clerk decided: 同じ人 joins, 別の人 keeps apart whatever the numbers say. In the order of the residents
 * given; kin who were not asked for come along.
 */
export async function findSamePersons(
  tx: Transaction,
  due: readonly DueResident[],
): Promise<readonly SamePerson[]> {
  const residents = new Map(due.map((one) => [one.residentKey, one]))
  const links = new Map<string, KnownLink>()
  const decisions = new Map<string, LinkDecision>()
  const sets = new Sets()
  const asked = new Set<string>()
  for (let fresh: readonly DueResident[] = due; fresh.length > 0; ) {
    const tokens = new Set<string>()
    const subjects = new Set<number>()
    const kin = new Set<number>()
    for (const { residentKey, token } of fresh) {
      sets.join(`r${residentKey}`, `r${residentKey}`)
      if (token === null) continue
      if (!asked.has(token)) tokens.add(token)
      sets.join(`r${residentKey}`, `t${token}`)
    }
    const keys = fresh.map(({ residentKey }) => residentKey)
    const ties = await findTies(tx, keys, [...tokens])
    for (const link of ties.links) {
      links.set(`${link.subjectKey} ${link.residentKey}`, link)
      subjects.add(link.subjectKey)
      sets.join(`r${link.residentKey}`, `s${link.subjectKey}`)
    }
    for (const one of ties.decisions) {
      decisions.set(`${one.residentKey} ${one.otherResidentKey}`, one)
      for (const key of [one.residentKey, one.otherResidentKey]) kin.add(key)
      // Whoever was ever judged together is looked at together; `apart` then keeps them asunder.
      sets.join(`r${one.residentKey}`, `r${one.otherResidentKey}`)
    }
    for (const { token, subjectKey } of ties.numbered) {
      sets.join(`t${token}`, `s${subjectKey}`)
      subjects.add(subjectKey)
    }
    for (const token of tokens) asked.add(token)
    const found = await findKin(tx, [...tokens], [...subjects], [...kin])
    fresh = found.filter(({ residentKey }) => !residents.has(residentKey))
    for (const one of fresh) residents.set(one.residentKey, one)
  }
  const judged = new Map<string, LinkDecision[]>()
  for (const one of decisions.values()) push(judged, sets.rootOf(`r${one.residentKey}`), one)
  const linked = new Map<string, KnownLink[]>()
  for (const one of links.values()) push(linked, sets.rootOf(`s${one.subjectKey}`), one)
  const groups = new Map<string, DueResident[]>()
  for (const one of residents.values()) push(groups, sets.rootOf(`r${one.residentKey}`), one)
  const subjects = new Map<string, number[]>()
  for (const name of sets.names())
    if (name.startsWith('s')) push(subjects, sets.rootOf(name), Number(name.slice(1)))
  return [...groups].flatMap(([root, members]) => {
    const whole: SamePerson = {
      residents: members.sort((a, b) => a.residentKey - b.residentKey),
      subjects: (subjects.get(root) ?? []).sort((a, b) => a - b),
      links: linked.get(root) ?? [],
      lapsed: new Set(),
      judged: judged.has(root),
      byRecords: () => true,
    }
    return whole.judged ? apart(whole, judged.get(root)!) : [whole]
  })
}

/**
 * 人を分ける — first what a clerk joined, then equal numbers, then the links that numbers once made; a join that
 * would bring two together whom a clerk kept apart is not made. A 被保険者番号 goes with the resident for
 * whom it was issued.
 */
function apart(whole: SamePerson, decisions: readonly LinkDecision[]): readonly SamePerson[] {
  const barred = decisions.filter(({ same }) => same === false)
  const withdrawn = decisions
    .filter(({ same }) => same !== true)
    .map((pair) => judgementReference(pair, ''))
  const lapsed = new Set(
    whole.links.filter(
      ({ ground, receiptNumber }) =>
        ground !== '新規付番' && withdrawn.some((made) => receiptNumber?.startsWith(made)),
    ),
  )
  const owners = new Map(
    whole.links
      .filter(({ ground }) => ground === '新規付番')
      .map(({ subjectKey, residentKey }) => [subjectKey, residentKey]),
  )
  const byNumber = new Map<string, number>()
  const recorded: (readonly [number, number])[] = []
  for (const { residentKey, token } of whole.residents) {
    if (token === null) continue
    const first = byNumber.get(token)
    if (first === undefined) byNumber.set(token, residentKey)
    else recorded.push([first, residentKey])
  }
  for (const link of [...whole.links].sort(inOrderOfLinks)) {
    const owner = owners.get(link.subjectKey)
    if (link.ground === '個人番号一致' && owner !== undefined && !lapsed.has(link))
      recorded.push([owner, link.residentKey])
  }
  const judged = decisions
    .filter(({ same }) => same === true)
    .map((one) => [one.residentKey, one.otherResidentKey] as const)
  // A number without a known first holder stays with whoever is linked to it.
  for (const { subjectKey, residentKey } of [...whole.links].sort(inOrderOfLinks))
    if (!owners.has(subjectKey)) owners.set(subjectKey, residentKey)
  const byRecords = joined(whole, recorded, barred)
  const all = joined(whole, [...judged, ...recorded], barred)
  const groups = new Map<string, DueResident[]>()
  for (const one of whole.residents) push(groups, all.rootOf(`r${one.residentKey}`), one)
  return [...groups].map(([root, members]) => {
    const keys = new Set(members.map(({ residentKey }) => residentKey))
    return {
      residents: members,
      subjects: whole.subjects.filter(
        (key) => all.rootOf(`r${owners.get(key) ?? whole.residents[0]!.residentKey}`) === root,
      ),
      links: whole.links.filter(({ residentKey }) => keys.has(residentKey)),
      lapsed,
      judged: true,
      byRecords: (one: number, other: number) =>
        byRecords.rootOf(`r${one}`) === byRecords.rootOf(`r${other}`),
    }
  })
}

function joined(
  { residents }: SamePerson,
  pairs: readonly (readonly [number, number])[],
  barred: readonly LinkDecision[],
): Sets {
  const sets = new Sets()
  for (const { residentKey } of residents) sets.join(`r${residentKey}`, `r${residentKey}`)
  for (const [one, other] of pairs) {
    const roots = new Set([sets.rootOf(`r${one}`), sets.rootOf(`r${other}`)])
    if (roots.size === 1) continue
    const against = barred.some((pair) => {
      const a = sets.rootOf(`r${pair.residentKey}`)
      const b = sets.rootOf(`r${pair.otherResidentKey}`)
      return a !== b && roots.has(a) && roots.has(b)
    })
    if (!against) sets.join(`r${one}`, `r${other}`)
  }
  return sets
}

const inOrderOfLinks = (a: KnownLink, b: KnownLink): number =>
  a.subjectKey - b.subjectKey || a.residentKey - b.residentKey

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
