import type { Exclusion, PersonFacts, ResidentFacts, ToldFacts } from '../entitlement.ts'
import { exclusionDays, stayExclusions } from './exclusionDays.ts'
import { exclusions, residences } from './residences.ts'

/**
 * 一人分の事実 — from the versions of each record of one person, in the order of knowing, and from what filings
 * told. At least one version is given.
 */
export function personFacts(
  union: string,
  records: Iterable<readonly ResidentFacts[]>,
  told: ToldFacts,
): PersonFacts {
  const all = [...records]
  const stays = all.flatMap((versions) => residencesOfAll(versions))
  const known = [
    ...all.flatMap((versions) => exclusions(versions)),
    ...told.exclusions,
    ...stayExclusions(stays),
  ]
  return {
    union,
    birthDate: all[0]!.at(-1)!.birthDate,
    residences: stays,
    exclusions: apart(known),
    disabilities: told.disabilities,
    provisions: told.provisions,
    facilityStays: told.facilityStays,
  }
}

/** A resident's own register and the 住所地特例 of the same 宛名番号 tell separate stays. */
function residencesOfAll(versions: readonly ResidentFacts[]) {
  const own = versions.filter(({ register }) => register === 'residentRegister')
  const special = versions.filter(({ register }) => register === 'nonRegistered')
  return [...residences(own), ...residences(special)]
}

/** Of each resident, one exclusion a day. */
function apart(known: readonly Exclusion[]): readonly Exclusion[] {
  const keys = new Set(known.map(({ residentKey }) => residentKey))
  return [...keys].flatMap((key) =>
    exclusionDays(known.filter(({ residentKey }) => residentKey === key)).map(
      ({ from, until, value }) => ({ ...value, from, until }),
    ),
  )
}
