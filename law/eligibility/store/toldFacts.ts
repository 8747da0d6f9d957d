import type { DateRange, Transaction } from '@koiki/store'
import type {
  DisabilityCertification,
  Exclusion,
  ExclusionKind,
  FacilityStay,
  ProvisionKind,
  ResidenceProvision,
  ToldFacts,
} from '../entitlement.ts'

type Held<T> = Omit<T, 'from' | 'until'> & { readonly held: DateRange }

/** 届書が語った事実 — of the residents given, each table in the order of its days. */
export async function findToldFacts(
  tx: Transaction,
  residents: readonly number[],
): Promise<ToldFacts> {
  const disabilities = await tx.query<Held<DisabilityCertification>>(
    `select resident_key as "residentKey", certified_on as "certifiedOn", held
       from eligibility.disability_certification
      where resident_key = any ($1::bigint[])
      order by certified_on, resident_key`,
    [residents],
  )
  const provisions = await tx.query<
    Held<Omit<ResidenceProvision, 'insurerUnion'>> & {
      readonly kind: ProvisionKind
      readonly insurer: number | null
    }
  >(
    `select resident_key as "residentKey", municipality_code as municipality, kind, held,
            insurer_union as insurer
       from eligibility.residence_provision
      where resident_key = any ($1::bigint[])
      order by began_on, resident_key`,
    [residents],
  )
  const facilityStays = await tx.query<Held<FacilityStay>>(
    `select resident_key as "residentKey", facility_kind as kind, held
       from eligibility.facility_stay
      where resident_key = any ($1::bigint[])
      order by entered_on, resident_key`,
    [residents],
  )
  const exclusions = await tx.query<Held<Exclusion> & { readonly kind: ExclusionKind }>(
    `select resident_key as "residentKey", kind, held
       from eligibility.stay_exclusion
      where resident_key = any ($1::bigint[])
      order by began_on, resident_key`,
    [residents],
  )
  return {
    disabilities: disabilities.map(({ held, ...one }) => ({ ...one, until: held.until })),
    provisions: provisions.map(({ held, insurer, ...one }) => ({
      ...one,
      from: held.from!,
      until: held.until,
      insurerUnion: insurer === null ? null : String(insurer).padStart(2, '0'),
    })),
    facilityStays: facilityStays.map(({ held, ...one }) => ({
      ...one,
      from: held.from!,
      until: held.until,
    })),
    exclusions: exclusions.map(({ held, ...one }) => ({
      ...one,
      from: held.from!,
      until: held.until,
      endUnknown: false,
    })),
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
