import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { ExclusionKind, ProvisionKind } from '../../entitlement.ts'
import type { KnownPerson } from '../effect.ts'

/** 届書の相手 — by the key of the resident. Null when the scope holds no such resident. */
export async function findKnownPerson(
  tx: Transaction,
  residentKey: number,
): Promise<(KnownPerson & { readonly token: string | null }) | null> {
  const row = await tx.maybe<
    Omit<KnownPerson, 'provision' | 'exclusion'> & {
      readonly token: string | null
      readonly provisionKind: ProvisionKind | null
      readonly provisionFrom: PlainDate | null
      readonly exclusionKind: ExclusionKind | null
      readonly exclusionFrom: PlainDate | null
    }
  >(
    `select r.resident_key as "residentKey", r.subject_key as "subjectKey",
            r.municipality_code as municipality, r.addressee_number as "addresseeNumber",
            c.name, c.name_kana as "nameKana", c.birth_date as "birthDate", c.sex,
            c.status = '1' as present, c.resident_from as "residentFrom",
            r.number_token is not null as "numberHeld",
            r.number_token::text as token,
            s.withheld as "underSupportMeasure",
            e.acquired_on as "insuredFrom", e.lost_on as "insuredUntil",
            e.municipality_code as "insuredIn", e.ground_lost as "groundLost",
            d.certified_on as "certifiedOn", d.evidence_until as "evidenceUntil",
            v.kind as "provisionKind", v.began_on as "provisionFrom",
            x.kind as "exclusionKind", x.began_on as "exclusionFrom",
            case when not s.withheld and c.prefecture_name is not null then jsonb_build_object(
              'postalCode', c.postal_code, 'prefecture', c.prefecture_name,
              'municipalityName', c.municipality_name, 'town', c.town_name,
              'houseNumber', c.house_number, 'building', c.building) end as address,
            case when c.household_number is not null then jsonb_build_object(
              'number', c.household_number, 'relationship', c.relationship) end as household,
            array(select distinct f.covers from eligibility.mailing_destination_in_force f
                   where f.resident_key = r.resident_key) as destinations
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
       left join eligibility.insured_person p on p.subject_key = r.subject_key
      cross join lateral (
         select coalesce(p.under_support_measure, exists (
           select from eligibility.support_measure m
            where m.resident_key = r.resident_key and upper_inf(m.held)
              and m.non_disclosure)) as withheld) s
       left join lateral (
         select acquired_on, lost_on, municipality_code, ground_lost from eligibility.entitlement
          where subject_key = r.subject_key
          order by began_on desc limit 1) e on true
       left join lateral (
         select certified_on, evidence_until from eligibility.disability_certification
          where resident_key = r.resident_key and upper_inf(held)
          limit 1) d on true
       left join lateral (
         select kind, began_on from eligibility.residence_provision
          where resident_key = r.resident_key and upper_inf(held)
          limit 1) v on true
       left join lateral (
         select kind, began_on from (
           select kind, began_on from eligibility.application_exclusion
            where resident_key = r.resident_key and upper_inf(held)
           union all
           select kind, began_on from eligibility.stay_exclusion
            where resident_key = r.resident_key and upper_inf(held)
         ) running
          order by began_on desc limit 1) x on true
      where r.resident_key = $1::bigint`,
    [residentKey],
  )
  if (row === null) return null
  const { provisionKind, provisionFrom, exclusionKind, exclusionFrom, ...known } = row
  return {
    ...known,
    provision:
      provisionKind === null || provisionFrom === null
        ? null
        : { kind: provisionKind, from: provisionFrom },
    exclusion:
      exclusionKind === null || exclusionFrom === null
        ? null
        : { kind: exclusionKind, from: exclusionFrom },
  }
}

/** The resident behind an insured person, in one municipality; null when it is another's. */
export async function findResidentOfSubject(
  tx: Transaction,
  subjectKey: number,
): Promise<{ readonly residentKey: number; readonly municipality: string } | null> {
  return tx.maybe(
    `select resident_key as "residentKey", municipality_code as municipality
       from eligibility.insured_person where subject_key = $1::bigint`,
    [subjectKey],
  )
}

/** 宛名番号から住民の鍵へ */
export async function findResidentByAddressee(
  tx: Transaction,
  municipality: string,
  addresseeNumber: string,
): Promise<number | null> {
  const row = await tx.maybe<{ resident_key: number }>(
    `select resident_key from eligibility.resident_directory
      where municipality_code = $1::text and addressee_number = $2::text`,
    [municipality, addresseeNumber],
  )
  return row?.resident_key ?? null
}

/** 同じ番号の住民 — everybody of the union whose record carries the number. */
export type NumberHolder = {
  readonly residentKey: number
  readonly subjectKey: number | null
  readonly municipality: string
  readonly present: boolean
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly sex: string
}

export async function findNumberHolders(
  tx: Transaction,
  token: string,
): Promise<readonly NumberHolder[]> {
  return tx.query<NumberHolder>(
    `select r.resident_key as "residentKey", r.subject_key as "subjectKey",
            r.municipality_code as municipality, c.status = '1' as present, c.name,
            c.name_kana as "nameKana", c.birth_date as "birthDate", c.sex
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.number_token = $1::uuid`,
    [token],
  )
}
