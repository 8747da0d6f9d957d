import { numericDay, type PlainDate } from '@koiki/kernel'
import { certifiedPeriod } from '../rules/certifiedShare.ts'
import type { Application, BurdenCertificate, KnownFacts, Piece, Stay, TaxFact } from '../share.ts'
import { householdKey, taxKey } from '../store/facts.ts'

/** 世帯の人 — on the resident record with the person judged, on the day. */
export type Present = {
  readonly residentKey: number
  readonly birthDate: PlainDate
  readonly insured: boolean
}

/** 世帯のようす — as it stands on a day, seen from one insured person. */
export type Situation = {
  readonly on: PlainDate
  readonly piece: Piece
  readonly present: readonly Present[]
  /** False where no resident record is known: the person is judged alone. */
  readonly recorded: boolean
}

/** その日を含むか */
export const covers = (
  { from, until }: { readonly from: PlainDate; readonly until: PlainDate | null },
  day: PlainDate,
): boolean => from <= day && (until === null || day < until)

/**
 * 世帯のようす — null where the person is not insured on the day. Records that begin later than the right
 * (of a move that was told late) are looked at on their first day; without any, the person stands alone.
 */
export function situationOn(
  facts: KnownFacts,
  subjectKey: number,
  on: PlainDate,
): Situation | null {
  const piece = facts.piecesOf.get(subjectKey)?.find((one) => covers(one, on))
  if (piece === undefined) return null
  const stay = stayOn(facts, piece.residentKey, on)
  const self = { residentKey: piece.residentKey, birthDate: piece.birthDate, insured: true }
  if (stay === null) return { on, piece, present: [self], recorded: false }
  const lookOn = stay.from > on ? stay.from : on
  const mates = facts.staysOfHousehold.get(householdKey(stay.municipality, stay.household)) ?? []
  const present = mates
    .filter((one) => one.residentKey !== piece.residentKey && covers(one, lookOn))
    .map(({ residentKey, birthDate }) => ({
      residentKey,
      birthDate,
      insured: (facts.piecesOfResident.get(residentKey) ?? []).some((one) => covers(one, lookOn)),
    }))
  // In the order of keys: everybody of a household is judged on the same facts in the same words.
  const everybody = [self, ...present].sort((a, b) => a.residentKey - b.residentKey)
  return { on, piece, present: everybody, recorded: true }
}

function stayOn(facts: KnownFacts, residentKey: number, on: PlainDate): Stay | null {
  const stays = facts.staysOfResident.get(residentKey) ?? []
  return stays.find((one) => covers(one, on)) ?? stays.find(({ from }) => from > on) ?? null
}

const ranks = { declared: 0, undeclared: 1, inquiring: 2 } as const

/** 課税の事実 — of a person; what another municipality knows for certain wins over an open inquiry. */
export function taxOf(facts: KnownFacts, residentKey: number, fiscalYear: number): TaxFact | null {
  let best: TaxFact | null = null
  for (const key of [residentKey, ...(facts.kin.get(residentKey) ?? [])]) {
    const tax = facts.taxes.get(taxKey(key, fiscalYear))
    if (tax === undefined) continue
    if (best === null || ranks[tax.declaration] < ranks[best.declaration]) best = tax
  }
  return best
}

/** 負担区分等証明書 — of the person judged, in force on the day: the last one that was brought. */
export function certificateOf(
  facts: KnownFacts,
  { piece, on }: Situation,
): BurdenCertificate | null {
  const day = numericDay(on)
  const brought = [piece.residentKey, ...(facts.kin.get(piece.residentKey) ?? [])]
    .flatMap((residentKey) => facts.certificates.get(residentKey) ?? [])
    .filter(({ movedInOn, appliedFrom }) => {
      const period = certifiedPeriod(numericDay(movedInOn), numericDay(appliedFrom))
      return period !== null && period.from <= day && day < period.until
    })
  return brought.at(-1) ?? null
}

/** 基準収入額適用申請 — of somebody insured in the household, for the incomes of the year: the last one in force, or else the next. */
export function applicationOf(
  facts: KnownFacts,
  { present, on }: Situation,
  incomeYear: number,
): Application | null {
  const filed = present
    .filter(({ insured }) => insured)
    .flatMap(({ residentKey }) => facts.applications.get(residentKey) ?? [])
    .filter((one) => one.incomeYear === incomeYear)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  return filed.findLast(({ from }) => from <= on) ?? filed[0] ?? null
}
