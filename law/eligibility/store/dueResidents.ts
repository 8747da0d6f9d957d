import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { ExclusionKind, ResidentFacts } from '../entitlement.ts'
import { inOrderOfKnowing } from '../rules/knowing.ts'

/** 判定を待つ住民 */
export type DueResident = {
  readonly residentKey: number
  readonly municipality: string
  readonly addresseeNumber: string
  readonly version: number
  readonly token: string | null
  readonly subjectKey: number | null
}

/**
 * 住民の並びの位置 — 市区町村コード and the running part of the resident key, so that numbers are issued in an
 * order that does not depend on which file was taken in first. It names nobody to a reader of jobs.
 */
export type Place = { readonly municipality: string; readonly running: number }

/** 住民の鍵の連番 */
export const runningOf = (residentKey: number): number => residentKey % 10_000_000_000

const resident = `resident_key as "residentKey", municipality_code as municipality,
  addressee_number as "addresseeNumber", current_version as version,
  number_token::text as token, subject_key as "subjectKey"`

/**
 * Residents to be decided today, after a place, in the order of municipality and key; locked. Of whom somebody is just
 * telling something, that one decides, or the next run does.
 */
export async function findDue(
  tx: Transaction,
  after: Place,
  limit: number,
): Promise<readonly DueResident[]> {
  return tx.query<DueResident>(
    `select ${resident}
       from eligibility.resident
      where union_code = $1::smallint
        and decide_on <= $2::date
        and (municipality_code, resident_key) > ($3::text, $1::bigint * 10000000000 + $4::bigint)
      order by municipality_code, resident_key
      limit $5
        for update skip locked`,
    [tx.scope!.union, tx.today, after.municipality, after.running, limit],
  )
}

export async function countDue(tx: Transaction): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*) as count from eligibility.resident
      where union_code = $1::smallint and decide_on <= $2::date`,
    [tx.scope!.union, tx.today],
  )
  return count
}

/** Residents who share one of the numbers, belong to one of the insured persons, or are named. */
export async function findKin(
  tx: Transaction,
  tokens: readonly string[],
  subjects: readonly number[],
  residents: readonly number[],
): Promise<readonly DueResident[]> {
  return tx.query<DueResident>(
    `select ${resident} from eligibility.resident where number_token = any ($1::uuid[])
     union
     select ${resident} from eligibility.resident where subject_key = any ($2::bigint[])
     union
     select ${resident} from eligibility.resident
      where resident_key in (
        select resident_key from eligibility.resident_link where subject_key = any ($2::bigint[]))
     union
     select ${resident} from eligibility.resident where resident_key = any ($3::bigint[])`,
    [tokens, subjects, residents],
  )
}

/** Residents by their keys, in the order of municipality and key. */
export async function findResidents(
  tx: Transaction,
  residents: readonly number[],
): Promise<readonly DueResident[]> {
  return tx.query<DueResident>(
    `select ${resident} from eligibility.resident
      where resident_key = any ($1::bigint[])
      order by municipality_code, resident_key`,
    [residents],
  )
}

/** 住民の名のり — what identifies a person beside the facts of the rules. */
export type Identity = {
  readonly name: string
  readonly nameKana: string | null
  readonly alias: string | null
  readonly formerName: string | null
  readonly sex: string
}

export type KnownRecord = ResidentFacts & Identity & { readonly representative: boolean }

type Row = Omit<
  KnownRecord,
  | 'register'
  | 'present'
  | 'residenceSpecialProvision'
  | 'representative'
  | 'exclusionKind'
  | 'toldBy'
> & {
  readonly register: 1 | 2
  readonly byCounter: boolean
  readonly residentKind: string | null
  readonly status: string
  readonly exclusionKind: string
  readonly nonRegisteredKind: string | null
  readonly representativeFlag: string | null
}

/** 住民の記録のすべての版 — of each resident, in the order of knowing: the last is what now holds. */
export async function findRecords(
  tx: Transaction,
  residents: readonly number[],
): Promise<ReadonlyMap<number, readonly KnownRecord[]>> {
  const rows = await tx.query<Row>(
    `select resident_key as "residentKey", version, municipality_code as municipality, register,
            birth_date as "birthDate", resident_from as "residentFrom", status,
            removed_on as "removedOn", change_reason as "changeReason",
            changed_on as "changedOn", moved_from_municipality as "movedFrom",
            moved_to_municipality as "movedTo", exclusion_kind as "exclusionKind",
            exclusion_from as "exclusionFrom", exclusion_until as "exclusionUntil",
            non_registered_kind as "nonRegisteredKind", representative as "representativeFlag",
            registered_at_municipality as "registeredAt", operated_on as "operatedOn",
            receipt_number is not null as "byCounter", resident_kind as "residentKind",
            stay_until as "stayUntil",
            name, name_kana as "nameKana", alias, former_name as "formerName", sex
       from eligibility.resident_record
      where resident_key = any ($1::bigint[])
      order by resident_key, version`,
    [residents],
  )
  const known = new Map<number, KnownRecord[]>()
  for (const row of rows) {
    const list = known.get(row.residentKey)
    if (list === undefined) known.set(row.residentKey, [recordOf(row)])
    else list.push(recordOf(row))
  }
  return new Map([...known].map(([key, versions]) => [key, inOrderOfKnowing(versions)]))
}

function recordOf(row: Row): KnownRecord {
  const representative = row.representativeFlag !== '1'
  return {
    ...row,
    register: row.register === 1 ? 'residentRegister' : 'nonRegistered',
    toldBy: row.byCounter ? 'counter' : 'register',
    present: row.status === '1',
    stayUntil: row.residentKind === '2' ? row.stayUntil : null,
    removedOn: row.removedOn as PlainDate | null,
    exclusionKind: row.exclusionKind === '0' ? null : (row.exclusionKind as ExclusionKind),
    residenceSpecialProvision: row.nonRegisteredKind === '1' && representative,
    representative,
  }
}
