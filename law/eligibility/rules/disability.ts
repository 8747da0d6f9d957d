import {
  addDays,
  birthday,
  type Period,
  type PlainDate,
  type Timeline,
  timeline,
} from '@koiki/kernel'
import type {
  Basis,
  CertificationEnd,
  DisabilityCertification,
  PersonFacts,
  Residence,
} from '../entitlement.ts'
import { certificationEnd } from '../law/certificationEnd.ts'
import { disabilityAge } from '../law/disabilityAge.ts'
import { schemeStart } from '../law/qualifyingAge.ts'
import { firstPossibleDay } from './acquisition.ts'

/** 障害認定の終わりの日 — from which a certification no longer holds; it never reaches back. */
export function certificationEndsOn(kind: CertificationEnd, eventOn: PlainDate): PlainDate {
  return addDays(eventOn, certificationEnd.on(eventOn).value[kind])
}

/** 65歳の誕生日 — from which 障害認定 counts, or the first day of the scheme. */
export function disabilityFirstDay(birthDate: PlainDate): PlainDate {
  const reached = birthday(birthDate, disabilityAge.rows.at(-1)!.value)
  return reached < schemeStart ? schemeStart : reached
}

/** 最初に資格がありうる日 — 年齢到達, or earlier where a 障害認定 was told. */
export function earliestDay(person: PersonFacts): PlainDate {
  const possible = firstPossibleDay(person.birthDate)
  if (person.disabilities.length === 0) return possible
  const disabled = disabilityFirstDay(person.birthDate)
  return disabled < possible ? disabled : possible
}

/**
 * 資格のもと — since when and on what basis a person may be insured (法50条): 障害認定 from 65, age from 75. A
 * certification goes with the address in the area in which it was made and ends with it; who comes back
 * brings 障害認定証明書. At 75 the basis changes, which is known only when the day has come.
 */
export function qualification(
  person: PersonFacts,
  governing: Timeline<Residence>,
  asOf: PlainDate,
): Timeline<Basis> {
  const possible = firstPossibleDay(person.birthDate)
  const certified = joinedDays(
    person.disabilities.flatMap((one) => certifiedDays(person, one, governing, possible)),
  )
  const last = certified.at(-1)
  if (possible > asOf && last?.until === possible)
    return [...certified.slice(0, -1), { ...last, until: null }]
  return timeline<Basis>([...certified, { from: possible, until: null, value: '1' }])
}

function certifiedDays(
  person: PersonFacts,
  { certifiedOn, until }: DisabilityCertification,
  governing: Timeline<Residence>,
  possible: PlainDate,
): readonly Period<Basis>[] {
  const first = disabilityFirstDay(person.birthDate)
  const run = unbroken(governing).find((one) => one.until === null || certifiedOn < one.until)
  if (run === undefined) return []
  const from = [certifiedOn, first, run.from].sort().at(-1)!
  const end = [until, run.until, possible].filter((day) => day !== null).sort()[0]!
  return from < end ? [{ from, until: end, value: '2' }] : []
}

/** Stretches of address without a gap, whatever the municipality. */
function unbroken(governing: Timeline<Residence>): Timeline<true> {
  return timeline(governing.map(({ from, until }) => ({ from, until, value: true as const })))
}

/** Certifications of several municipalities may overlap; a day is certified once. */
function joinedDays(periods: readonly Period<Basis>[]): Timeline<Basis> {
  const days: Period<Basis>[] = []
  for (const period of [...periods].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = days.at(-1)
    if (last === undefined || (last.until !== null && last.until < period.from)) days.push(period)
    else if (last.until !== null && (period.until === null || period.until > last.until))
      days[days.length - 1] = { ...last, until: period.until }
  }
  return days
}
