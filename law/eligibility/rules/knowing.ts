import type { ResidentFacts } from '../entitlement.ts'

type Told = Pick<ResidentFacts, 'toldBy' | 'operatedOn'>

/**
 * 知った順 — the versions of one resident in the order in which they are believed, the newest last: as they
 * came, but a register's record that was operated before a filing's 届出年月日 was known earlier than what
 * the counter heard, however late it arrives.
 */
export function inOrderOfKnowing<T extends Told>(versions: readonly T[]): readonly T[] {
  const ordered: T[] = []
  for (const one of versions) {
    const before =
      one.toldBy === 'counter'
        ? -1
        : ordered.findIndex(
            ({ toldBy, operatedOn }) => toldBy === 'counter' && one.operatedOn < operatedOn,
          )
    if (before === -1) ordered.push(one)
    else ordered.splice(before, 0, one)
  }
  return ordered
}
