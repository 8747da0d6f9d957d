import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type {
  DisabilityCertification,
  Exclusion,
  FacilityStay,
  ResidenceProvision,
  ToldFacts,
} from '../entitlement.ts'

type Held<T> = Omit<T, 'until' | 'endUnknown'> & { readonly until: PlainDate | null }

/** 届書が語った事実 — of the residents given, each table in the order of its days. */
export async function findToldFacts(
  tx: Transaction,
  residents: readonly number[],
): Promise<ToldFacts> {
  // One way to the database for the four: they are read for every decision, and mostly hold nothing.
  const told = await tx.one<{
    readonly disabilities: readonly Held<DisabilityCertification>[]
    readonly provisions: readonly (Held<Omit<ResidenceProvision, 'insurerUnion'>> & {
      readonly insurer: number | null
    })[]
    readonly facilityStays: readonly Held<FacilityStay>[]
    readonly exclusions: readonly Held<Exclusion>[]
  }>(
    `select (select coalesce(jsonb_agg(jsonb_build_object(
                      'residentKey', resident_key, 'certifiedOn', certified_on,
                      'until', upper(held)) order by certified_on, resident_key), '[]')
               from eligibility.disability_certification
              where resident_key = any ($1::bigint[])) as disabilities,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'residentKey', resident_key, 'municipality', municipality_code,
                      'kind', kind, 'from', lower(held), 'until', upper(held),
                      'insurer', insurer_union) order by began_on, resident_key), '[]')
               from eligibility.residence_provision
              where resident_key = any ($1::bigint[])) as provisions,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'residentKey', resident_key, 'kind', facility_kind,
                      'from', lower(held), 'until', upper(held))
                      order by entered_on, resident_key), '[]')
               from eligibility.facility_stay
              where resident_key = any ($1::bigint[])) as "facilityStays",
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'residentKey', resident_key, 'kind', kind,
                      'from', lower(held), 'until', upper(held))
                      order by began_on, resident_key), '[]')
               from eligibility.stay_exclusion
              where resident_key = any ($1::bigint[])) as exclusions`,
    [residents],
  )
  return {
    disabilities: told.disabilities,
    provisions: told.provisions.map(({ insurer, ...one }) => ({
      ...one,
      insurerUnion: insurer === null ? null : String(insurer).padStart(2, '0'),
    })),
    facilityStays: told.facilityStays,
    exclusions: told.exclusions.map((one) => ({ ...one, endUnknown: false })),
  }
}

/** Only what was told of the residents of one person. */
export function toldOf(told: ToldFacts, residents: ReadonlySet<number>): ToldFacts {
  const own = (one: { readonly residentKey: number }): boolean => residents.has(one.residentKey)
  return {
    disabilities: told.disabilities.filter(own),
    provisions: told.provisions.filter(own),
    facilityStays: told.facilityStays.filter(own),
    exclusions: told.exclusions.filter(own),
  }
}
