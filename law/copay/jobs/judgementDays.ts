import { addYears, fromNumericDay, MissingLaw, numericDay, type PlainDate } from '@koiki/kernel'
import { effectiveFrom, type ReJudgement } from '../rules/effectiveFrom.ts'
import { judgementYearOf } from '../rules/judgementYear.ts'
import type { CopayCause, KnownFacts, Piece } from '../share.ts'
import { householdKey } from '../store/facts.ts'

/** 判定の範囲 — days from `from` to the day before `until`; a right that began since `rightsFrom` is judged from its first day. */
export type Window = {
  readonly from: PlainDate
  readonly until: PlainDate
  readonly rightsFrom: PlainDate
}

/** 判定の日 — a day from which a judgement may hold, and why. On a mandatory one a judgement is always made. */
export type JudgementDay = {
  readonly on: PlainDate
  readonly cause: CopayCause
  readonly mandatory: boolean
}

/** 資格 — pieces without a break, from acquisition to loss. */
export type Right = {
  readonly acquiredOn: PlainDate
  readonly until: PlainDate | null
  readonly pieces: readonly Piece[]
}

export function rightsOf(facts: KnownFacts, subjectKey: number): readonly Right[] {
  const rights = new Map<PlainDate, Piece[]>()
  for (const piece of facts.piecesOf.get(subjectKey) ?? []) {
    const pieces = rights.get(piece.acquiredOn)
    if (pieces === undefined) rights.set(piece.acquiredOn, [piece])
    else pieces.push(piece)
  }
  return [...rights].map(([acquiredOn, pieces]) => ({
    acquiredOn,
    until: pieces.at(-1)!.until,
    pieces,
  }))
}

const before = (one: PlainDate, other: PlainDate | null): boolean => other === null || one < other

/**
 * 判定の日 — of one right within the window: its beginning, each 1 August, and what `effectiveFrom` makes of
 * whatever happened in the households that the person was in. Days that turn out to change nothing make
 * no judgement; `judged` are days on which one was made before.
 */
export function judgementDays(
  facts: KnownFacts,
  right: Right,
  window: Window,
  judged: readonly PlainDate[],
): readonly JudgementDay[] {
  const soon = window.rightsFrom < window.from ? window.rightsFrom : window.from
  const start = right.acquiredOn >= soon ? right.acquiredOn : window.from
  const inside = (day: PlainDate): boolean => day < window.until && before(day, right.until)
  if (!inside(start)) return []
  const days = new Map<PlainDate, JudgementDay>()
  const put = (on: PlainDate, cause: CopayCause, mandatory = false): void => {
    if (on < start || !inside(on) || days.has(on)) return
    days.set(on, { on, cause, mandatory })
  }
  put(start, start === right.acquiredOn ? 'acquisition' : 'yearly', true)
  for (let next = yearAfter(start); inside(next); next = yearAfter(next)) put(next, 'yearly', true)
  for (const { on, cause } of happenings(facts, right, start)) put(on, cause)
  for (const on of judged) put(on, 'recordCorrection')
  return [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1))
}

const yearAfter = (day: PlainDate): PlainDate =>
  fromNumericDay(judgementYearOf(numericDay(day)).until)

type Happening = { readonly on: PlainDate; readonly cause: ReJudgement['kind'] }

function happenings(facts: KnownFacts, right: Right, start: PlainDate): readonly Happening[] {
  const found: Happening[] = []
  const add = (event: ReJudgement): void => {
    const on = effectiveDay(event)
    if (on !== null) found.push({ on, cause: event.kind })
  }
  const changed = (day: PlainDate | null): void => {
    if (day !== null && day >= start) add({ kind: 'householdChange', on: numericDay(day) })
  }
  for (const residentKey of new Set(right.pieces.map((piece) => piece.residentKey))) {
    for (const stay of facts.staysOfResident.get(residentKey) ?? []) {
      changed(stay.from)
      const mates =
        facts.staysOfHousehold.get(householdKey(stay.municipality, stay.household)) ?? []
      for (const mate of mates) {
        for (const { from } of facts.applications.get(mate.residentKey) ?? [])
          found.push({ on: from, cause: 'application' })
        if (mate.residentKey === residentKey) continue
        const birthDate = numericDay(mate.birthDate)
        add({ kind: 'turningSeventy', birthDate, lookedAtOn: numericDay(start) })
        changed(mate.from)
        changed(mate.until)
        changed(addYears(mate.birthDate, seventyFive))
        for (const piece of facts.piecesOfResident.get(mate.residentKey) ?? []) {
          changed(piece.acquiredOn)
          changed(piece.until)
        }
      }
    }
  }
  // Who is judged again for an application or at 70 is told so, though the household moved on that day too.
  const order = ['application', 'turningSeventy', 'householdChange'] as const
  return found.sort(
    (a, b) => order.indexOf(a.cause as 'application') - order.indexOf(b.cause as 'application'),
  )
}

/** From 75 nobody counts as one of 70 to 74; whether insured by then or not. */
const seventyFive = 75

function effectiveDay(event: ReJudgement): PlainDate | null {
  try {
    return fromNumericDay(effectiveFrom(event))
  } catch (error) {
    // A day before the first table: nothing is judged there.
    if (error instanceof MissingLaw) return null
    throw error
  }
}
