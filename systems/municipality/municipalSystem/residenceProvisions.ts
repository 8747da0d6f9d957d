import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'

/** 住所地特例者 — one person and period as the union told it; facility and former insurer are null while nobody may be shown them. */
export interface ResidenceProvision {
  readonly addresseeNumber: string
  /** 連番 of the 住民票, or of the 住登外 of the same 宛名番号. */
  readonly resident: number | null
  readonly nonRegistered: number | null
  readonly insuredNumber: string | null
  readonly name: string
  readonly birthDate: PlainDate
  readonly provisionKind: string
  readonly insurerUnion: string
  readonly formerInsurerNumber: string | null
  readonly from: PlainDate
  /** 適用終了年月日 — the provision does not apply on this day any more. */
  readonly until: PlainDate | null
  readonly hidden: boolean
  readonly facility: Facility | null
}

export interface Facility {
  readonly kind: string | null
  readonly name: string | null
  readonly address: string | null
  readonly enteredOn: PlainDate | null
  readonly leftOn: PlainDate | null
}

/** 住所地特例者をさがす — of one person, or of all; those that have ended only where asked for, what was cancelled never. */
export interface ProvisionsAsked {
  readonly addresseeNumber: string | null
  readonly endedToo: boolean
  readonly limit: number
}

type Known = Omit<ResidenceProvision, 'facility'> & { readonly facility: Facility }

/** 住所地特例者を読む — `hidden` as far as the municipal system knows; the register may know of more. */
export async function readResidenceProvisions(
  tx: Transaction,
  municipality: string,
  { addresseeNumber, endedToo, limit }: ProvisionsAsked,
): Promise<Known[]> {
  type Row = Omit<ResidenceProvision, 'facility'> & {
    readonly [name in keyof Facility as `facility_${name}`]: Facility[name]
  }
  const rows = await tx.query<Row>(
    `select p.addressee_number as "addresseeNumber", p.insured_number as "insuredNumber",
            p.name, p.birth_date as "birthDate", p.provision_kind as "provisionKind",
            p.insurer_union as "insurerUnion", p.former_insurer_number as "formerInsurerNumber",
            p.began_on as "from", p.ended_on as "until",
            r.running_number as resident, n.running_number as "nonRegistered",
            p.support_kind = '1' or coalesce(n.non_disclosure = '1', false) or exists (
              select from municipal_system.insured_person as i
               where i.municipality_code = p.municipality_code
                 and i.addressee_number = p.addressee_number and i.non_disclosure = '1') as hidden,
            p.facility_kind, p.facility_name, p.facility_address,
            p.entered_on as "facility_enteredOn", p.left_on as "facility_leftOn"
       from municipal_system.residence_provision as p
       left join municipal_system.resident as r using (municipality_code, addressee_number)
       left join municipal_system.non_registered_person as n
         using (municipality_code, addressee_number)
      where p.municipality_code = $1 and p.change_kind <> '4'
        and ($2::text is null or p.addressee_number = $2::text)
        and ($3 or p.ended_on is null or p.ended_on > $4::date)
      order by p.name_kana, p.birth_date, p.addressee_number, p.began_on
      limit $5`,
    [municipality, addresseeNumber, endedToo, tx.today, limit],
  )
  return rows.map(
    ({
      facility_kind: kind,
      facility_name: name,
      facility_address: address,
      facility_enteredOn: enteredOn,
      facility_leftOn: leftOn,
      ...one
    }) => ({ ...one, facility: { kind, name, address, enteredOn, leftOn } }),
  )
}
