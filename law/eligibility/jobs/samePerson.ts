import type { Transaction } from '@koiki/store'
import { type DueResident, findKin, findSubjectsByToken } from '../store/dueResidents.ts'

/** 一人分の記録 — residents of several municipalities who are one person, and the numbers issued so far. */
export type SamePerson = {
  readonly residents: readonly DueResident[]
  /** 被保険者の鍵, in the order of issue. */
  readonly subjects: readonly number[]
}

/**
 * 名寄せ — merges residents by 個人番号 (its token) and by an insured person they already belong to. In the
 * order of the residents given; kin who were not asked for come along.
 */
export async function findSamePersons(
  tx: Transaction,
  due: readonly DueResident[],
): Promise<readonly SamePerson[]> {
  const residents = new Map(due.map((one) => [one.residentKey, one]))
  const sets = new Sets()
  const directory = new Set<string>()
  for (let fresh: readonly DueResident[] = due; fresh.length > 0; ) {
    const tokens = new Set<string>()
    const subjects = new Set<number>()
    for (const { residentKey, token, subjectKey } of fresh) {
      const own = `r${residentKey}`
      if (token !== null && !directory.has(token)) tokens.add(token)
      if (token !== null) sets.join(own, `t${token}`)
      if (subjectKey !== null) {
        subjects.add(subjectKey)
        sets.join(own, `s${subjectKey}`)
      }
    }
    for (const { token, subjectKey } of await findSubjectsByToken(tx, [...tokens])) {
      sets.join(`t${token}`, `s${subjectKey}`)
      subjects.add(subjectKey)
    }
    for (const token of tokens) directory.add(token)
    const kin = await findKin(tx, [...tokens], [...subjects])
    fresh = kin.filter(({ residentKey }) => !residents.has(residentKey))
    for (const one of fresh) residents.set(one.residentKey, one)
  }
  return grouped(residents.values(), sets)
}

function grouped(residents: Iterable<DueResident>, sets: Sets): readonly SamePerson[] {
  const groups = new Map<string, DueResident[]>()
  for (const one of residents) {
    const root = sets.rootOf(`r${one.residentKey}`)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [one])
    else group.push(one)
  }
  const subjects = new Map<string, number[]>()
  for (const name of sets.names()) {
    if (!name.startsWith('s')) continue
    const root = sets.rootOf(name)
    const known = subjects.get(root)
    if (known === undefined) subjects.set(root, [Number(name.slice(1))])
    else known.push(Number(name.slice(1)))
  }
  return [...groups].map(([root, members]) => ({
    residents: members.sort((a, b) => a.residentKey - b.residentKey),
    subjects: (subjects.get(root) ?? []).sort((a, b) => a - b),
  }))
}

/** Names that stand for one and the same. */
class Sets {
  readonly #parents = new Map<string, string>()

  join(one: string, other: string): void {
    const root = this.rootOf(one)
    const otherRoot = this.rootOf(other)
    if (root !== otherRoot) this.#parents.set(otherRoot, root)
    else this.#parents.set(root, root)
  }

  rootOf(name: string): string {
    let root = name
    for (;;) {
      const parent = this.#parents.get(root)
      if (parent === undefined || parent === root) break
      root = parent
    }
    if (root !== name) this.#parents.set(name, root)
    return root
  }

  names(): Iterable<string> {
    return this.#parents.keys()
  }
}
