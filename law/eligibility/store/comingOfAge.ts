import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { qualifyingDay } from '../rules/acquisition.ts'
import { birthDatesComingOfAge } from '../rules/comingOfAge.ts'

/** 年齢到達予定者 — one who becomes insured in the month if nothing else changes. */
export type ComingOfAge = {
  readonly residentKey: number
  readonly municipality: string
  readonly addresseeNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  readonly reachedOn: PlainDate
  readonly underSupportMeasure: boolean
  /** 適用除外区分 on the day, read from records and filings: such a person is listed and will not be insured. */
  readonly exclusionKind: string | null
  /** 住所地特例: another union's insured in a facility here; listed, and will not be insured here. */
  readonly insuredElsewhere: boolean
}

/**
 * 年齢到達予定者の一覧 — present residents of the scope who reach 75 in the month of `day` and hold no right on
 * it (one who withdrew a 障害認定 is listed again), by municipality and day. The caller leaves the audit entry.
 */
export async function listPredictedAge75(
  tx: Transaction,
  day: PlainDate,
): Promise<readonly ComingOfAge[]> {
  const { from, until } = birthDatesComingOfAge(day)
  const rows = await tx.query<Omit<ComingOfAge, 'reachedOn'>>(
    `select r.resident_key as "residentKey", r.municipality_code as municipality,
            r.addressee_number as "addresseeNumber", c.name, c.name_kana as "nameKana",
            c.birth_date as "birthDate",
            exists (select from eligibility.support_measure s
                     where s.resident_key = r.resident_key and upper_inf(s.held)
                       and s.non_disclosure)
              as "underSupportMeasure",
            coalesce(
              (select x.kind from eligibility.application_exclusion x
                where x.resident_key = r.resident_key
                  and x.held @> $4::date
                limit 1),
              nullif(c.exclusion_kind, '0')) as "exclusionKind",
            exists (select from eligibility.residence_provision p
                     where p.resident_key = r.resident_key and upper_inf(p.held)
                       and p.kind <> '当広域' and p.insurer_union <> p.union_code)
              as "insuredElsewhere"
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.union_code = $1::smallint
        and not exists (
          select from eligibility.entitlement e
           where e.subject_key = r.subject_key and e.held @> $4::date)
        and c.birth_date >= $2::date and c.birth_date < $3::date
        and c.status = '1' and c.register = 1
      order by r.municipality_code, c.birth_date, r.addressee_number`,
    [tx.scope!.union, from, until, day],
  )
  return rows.map((row) => ({ ...row, reachedOn: qualifyingDay(row.birthDate) }))
}
