import { addDays, type Finding, type Period, type PlainDate, type Timeline } from '@koiki/kernel'
import type { Residence } from '../entitlement.ts'
import { lossDay } from '../law/lossDay.ts'
import { schemeStart } from '../law/qualifyingAge.ts'

/** 区域内の住所 — which stay governs from when to when, and what is missing to say so. */
export type Addresses = {
  readonly governing: Timeline<Residence>
  readonly missing: readonly Finding[]
}

/**
 * 区域内の住所 — one address a day. The stay that began last governs from its first day: the register that the
 * person left may be told later. After a move inside the union the address goes on until the new
 * municipality's record begins (広域連合の区域内の転居では資格は続く); while that record has not come,
 * nothing can be said. Ends are days of 喪失, so a death on the 10th ends on the 11th.
 */
export function addresses(
  stays: readonly Residence[],
  union: string,
  from: PlainDate,
  asOf: PlainDate,
): Addresses {
  const known = stays
    .filter((stay) => stay.from <= asOf)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.residentKey - b.residentKey))
  const periods: Period<Residence>[] = []
  const missing: Finding[] = []
  for (const [index, stay] of known.entries()) {
    const next = known[index + 1]
    const { end, inside } = addressEnd(stay, union)
    const matters = end === null || end > from
    if (matters && next?.from === stay.from && end !== stay.from) {
      missing.push({
        code: 'eligibility.sameDayInTwoPlaces',
        at: '住民となった日',
        facts: { on: stay.from, municipality: stay.municipality, other: next.municipality },
      })
    }
    if (matters && stay.ending === 'unknown') missing.push(removal(stay, 'removalWithoutReason'))
    if (inside && next === undefined) missing.push(removal(stay, 'awaitingMoveIn'))
    const until = earlier(inside && next === undefined ? stay.removedOn : end, next?.from)
    if (until === null || until > stay.from) periods.push({ from: stay.from, until, value: stay })
  }
  return { governing: periods, missing }
}

/** The day from which the stay gives no address, null while it does; `inside`: it went on elsewhere here. */
function addressEnd(
  stay: Residence,
  union: string,
): { readonly end: PlainDate | null; readonly inside: boolean } {
  if (stay.removedOn === null || stay.ending === null) return { end: null, inside: false }
  const days = lossDay.on(stay.removedOn < schemeStart ? schemeStart : stay.removedOn).value
  const after = (count: number) => ({ end: addDays(stay.removedOn!, count), inside: false })
  switch (stay.ending) {
    case 'death':
      return after(days.death)
    case 'movedOut':
      if (stay.movedTo === null) return after(days.leaving)
      if (stay.movedTo.startsWith(union)) return { end: null, inside: true }
      return after(days.leavingToAnotherUnion)
    case 'provisionEnded':
      return after(days.leavingToAnotherUnion)
    case 'exOfficio':
    case 'unknown':
      return after(days.leaving)
  }
}

function removal(stay: Residence, code: string): Finding {
  return {
    code: `eligibility.${code}`,
    at: code === 'awaitingMoveIn' ? '転出先市区町村コード' : '異動事由',
    facts: {
      municipality: stay.municipality,
      movedTo: stay.movedTo ?? '',
      removedOn: stay.removedOn ?? '',
    },
  }
}

function earlier(a: PlainDate | null, b: PlainDate | null | undefined): PlainDate | null {
  if (a === null || b === null || b === undefined) return a ?? b ?? null
  return a < b ? a : b
}
