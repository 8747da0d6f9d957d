import type { MunicipalityCode, PlainDate } from '@koiki/kernel'
import type { Amend } from '../income.ts'
import type { Label } from '../label.ts'
import type { Numbers } from '../numbers.ts'
import type { HouseholdModel, Person } from '../people.ts'
import type { Address } from '../places.ts'
import type { HouseholdRecords, NonResident, Resident, TaxRecord } from '../records.ts'

/** 触れるところ — two oddities that touch the same thing of the same person are never planted together. */
export type Touches =
  | 'surname'
  | 'given'
  | 'kana'
  | 'birth'
  | 'sex'
  | 'stays'
  | 'number'
  | 'protection'
  | 'welfare'
  | 'certification'
  | 'address'
  | 'money'

/** What the world is like when things are planted. Days are day numbers. */
export type Setting = {
  readonly worldDate: PlainDate
  readonly today: number
  /** The first day of the history. */
  readonly start: number
  /** The municipality of the household. */
  readonly municipality: string
  readonly fiscalYear: number
}

/** 植えたものの跡 — all rows of one person, as the systems will see them. */
export type Evidence = {
  readonly resident: Resident | null
  readonly residents: readonly Resident[]
  readonly nonResidents: readonly NonResident[]
  readonly taxRecords: readonly TaxRecord[]
  readonly household: HouseholdRecords
}

/**
 * 珍しい場合 — something that trips systems, planted at least once in every prefecture. The hooks change one stage each,
 * after everything has been drawn; nothing is drawn here.
 */
export type Oddity = {
  readonly id: string
  /** In Japanese, for the catalogue. */
  readonly title: string
  /** How many in 100,000 insured; at least one in any case. */
  readonly per100k: number
  readonly touches: readonly Touches[]
  /** It touches everybody of the household. */
  readonly together?: boolean
  /** Whom it can happen to. */
  readonly suits: (household: HouseholdModel, person: Person, setting: Setting) => boolean
  /** False where the calendar or the place has no such case. */
  readonly exists?: (setting: Omit<Setting, 'municipality'>, union: string) => boolean
  readonly household?: (
    household: HouseholdModel,
    person: Person,
    turn: number,
    setting: Setting,
  ) => void
  readonly label?: (
    labels: Label[],
    household: HouseholdModel,
    slot: number,
    turn: number,
    setting: Setting,
  ) => void
  readonly address?: (address: Address) => Address
  readonly income?: (
    person: Person,
    own: boolean,
    fiscalYear: number,
    drawn: Parameters<Amend>[2],
    turn: number,
  ) => ReturnType<Amend>
  readonly row?: (resident: Resident, setting: Setting) => void
  readonly records?: (
    records: HouseholdRecords,
    own: Own,
    numbers: Numbers,
    setting: Setting,
  ) => void
  /** Whether the rows show it; a test asks every planted one. */
  readonly shows: (evidence: Evidence, setting: Setting) => boolean
}

/** The person's own rows among those of the household. */
export type Own = {
  readonly household: HouseholdModel
  readonly person: Person
  readonly residents: Resident[]
  readonly nonResidents: NonResident[]
  readonly taxRecords: TaxRecord[]
}

/** 植えた1件 — an oddity on the person of a household (by slot), the so-manieth of its kind. */
export type Planted = {
  readonly oddity: Oddity
  readonly person: number
  readonly turn: number
  readonly setting: Setting
}

/** 植えた場所 — for the catalogue: what, and whose row. */
export type Planting = {
  readonly id: string
  readonly title: string
  readonly municipalityCode: MunicipalityCode
  readonly addresseeNumber: string
}

/** Insured and at home in a household of the prefecture. */
export function insuredHere(_household: HouseholdModel, person: Person): boolean {
  return person.insured && person.stays.length > 0 && person.stays.at(-1)!.removedOn === null
}

/** Lives here now, insured or not. */
export function livesHere(person: Person): boolean {
  const last = person.stays.at(-1)
  return last !== undefined && last.removedOn === null
}

/** 見つけるだけ — what the model itself brings; nothing is changed. */
export function found(
  id: string,
  title: string,
  touches: Oddity['touches'],
  suits: Oddity['suits'],
  shows: Oddity['shows'],
): Oddity {
  return { id, title, per100k: 0, touches, suits, shows }
}

/** 世帯の中心の被保険者 — the person, or one of the couple, around whom the household is built. */
export function insuredCore(household: HouseholdModel, person: Person): boolean {
  return insuredHere(household, person) && person.role === 'core'
}
