import type { PlainDate } from '@koiki/kernel'
import type { Exclusion, Residence, ResidenceEnding, ResidentFacts } from '../entitlement.ts'

const endings: Readonly<Record<string, ResidenceEnding>> = {
  '04': 'movedOut',
  '05': 'death',
  '10': 'exOfficio',
}

/**
 * 住所 — the stays that the records of one resident tell, given in the order in which they became known. A
 * record that begins after the last stay ended opens a new one (出て、また戻った); any other corrects
 * what it overlaps. The reason of a removal survives later corrections of the same removal.
 */
export function residences(records: readonly ResidentFacts[]): readonly Residence[] {
  const stays: Residence[] = []
  for (const record of records) {
    const next = stayOf(record)
    if (next === null) continue
    while (stays.length > 0 && stays.at(-1)!.from > next.from) stays.pop()
    const last = stays.at(-1)
    if (last === undefined) stays.push(next)
    else if (last.removedOn !== null && last.from < next.from && last.removedOn <= next.from)
      stays.push(next)
    else stays[stays.length - 1] = keepingReason(last, next)
  }
  return stays
}

/**
 * 適用除外の期間 — as the records of one resident tell it. A record without 適用除外 ends an open one on the day
 * that it names, or else on the day of its own change; where neither can be, the end is unknown.
 */
export function exclusions(records: readonly ResidentFacts[]): readonly Exclusion[] {
  const known = new Map<PlainDate, Exclusion>()
  for (const record of records) {
    const { residentKey, exclusionKind: kind, exclusionFrom: from, exclusionUntil: until } = record
    if (kind !== null && from !== null) {
      for (const [start, other] of known)
        if (start > from || other.until === null || other.until > from) known.delete(start)
      known.set(from, { residentKey, kind, from, until, endUnknown: false })
      continue
    }
    for (const [start, open] of known) {
      if (open.until !== null) continue
      const end = from === start && until !== null ? until : record.changedOn
      known.set(start, end > start ? { ...open, until: end } : { ...open, endUnknown: true })
    }
  }
  return [...known.values()].filter(({ from, until }) => until === null || until > from)
}

function stayOf(record: ResidentFacts): Residence | null {
  if (record.residentFrom === null) return null
  if (record.register === 'nonRegistered' && !record.residenceSpecialProvision) return null
  return {
    residentKey: record.residentKey,
    municipality: record.municipality,
    register: record.register,
    from: record.residentFrom,
    removedOn: record.removedOn,
    ending: record.removedOn === null ? null : endingOf(record),
    movedFrom: record.movedFrom,
    movedTo: record.movedTo,
    stayUntil: record.stayUntil,
  }
}

function endingOf(record: ResidentFacts): ResidenceEnding {
  if (record.register === 'nonRegistered') return 'provisionEnded'
  return endings[record.changeReason] ?? 'unknown'
}

function keepingReason(before: Residence, after: Residence): Residence {
  return after.ending === 'unknown' && before.ending !== null && before.register === after.register
    ? { ...after, ending: before.ending, movedTo: after.movedTo ?? before.movedTo }
    : after
}
