import type { Finding, PlainDate } from '@koiki/kernel'
import { type Transaction, writeDateRange } from '@koiki/store'
import type { Exclusion } from '../entitlement.ts'
import { foldName, nameKeys } from '../search/foldName.ts'
import { type Decider, deciderColumns } from './decider.ts'
import type { Identity } from './dueResidents.ts'

/** 被保険者の書込み — who the person is now, by the record of the municipality that governs. */
export type PersonRow = Identity & {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly municipality: string
  readonly residentKey: number
  readonly birthDate: PlainDate
}

export async function upsertPersons(
  tx: Transaction,
  rows: readonly PersonRow[],
  by: Decider,
): Promise<void> {
  if (rows.length === 0) return
  const { jobId, receiptNumber } = deciderColumns(by)
  await tx.run(
    `insert into eligibility.insured_person
       (subject_key, union_code, municipality_code, insured_number, resident_key, name, name_kana,
        birth_date, sex, name_sort, under_support_measure, issued_on, issued_by_job,
        issued_by_receipt)
     select subject_key, $10::smallint, municipality_code, insured_number, resident_key, name,
            name_kana, birth_date, sex, name_sort, false, $11::date, $12::text, $13::text
       from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[],
                   $7::date[], $8::text[], $9::text[])
         as given (subject_key, municipality_code, insured_number, resident_key, name, name_kana,
                   birth_date, sex, name_sort)
     on conflict (subject_key) do update
        set municipality_code = excluded.municipality_code, resident_key = excluded.resident_key,
            name = excluded.name, name_kana = excluded.name_kana,
            birth_date = excluded.birth_date, sex = excluded.sex, name_sort = excluded.name_sort
      where (insured_person.municipality_code, insured_person.resident_key, insured_person.name,
             insured_person.name_kana, insured_person.birth_date, insured_person.sex)
            is distinct from
            (excluded.municipality_code, excluded.resident_key, excluded.name,
             excluded.name_kana, excluded.birth_date, excluded.sex)`,
    [
      rows.map(({ subjectKey }) => subjectKey),
      rows.map(({ municipality }) => municipality),
      rows.map(({ insuredNumber }) => insuredNumber),
      rows.map(({ residentKey }) => residentKey),
      rows.map(({ name }) => name),
      rows.map(({ nameKana }) => nameKana),
      rows.map(({ birthDate }) => birthDate),
      rows.map(({ sex }) => sex),
      rows.map(({ name, nameKana }) => foldName(nameKana ?? name)),
      tx.scope!.union,
      tx.today,
      jobId,
      receiptNumber,
    ],
  )
  await replaceNameKeys(tx, rows)
}

/** 今の姿のもと — the resident whose record each insured person's name is copied from. */
export async function findShownResidents(
  tx: Transaction,
  subjects: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (subjects.length === 0) return new Map()
  const rows = await tx.query<{ subject_key: number; resident_key: number }>(
    `select subject_key, resident_key from eligibility.insured_person
      where subject_key = any ($1::bigint[])`,
    [subjects],
  )
  return new Map(rows.map((row) => [row.subject_key, row.resident_key]))
}

async function replaceNameKeys(tx: Transaction, rows: readonly PersonRow[]): Promise<void> {
  const keys = rows.flatMap((row) =>
    nameKeys([row.name, row.nameKana, row.alias, row.formerName]).map((folded) => ({
      subjectKey: row.subjectKey,
      municipality: row.municipality,
      folded,
    })),
  )
  const given = [
    keys.map(({ subjectKey }) => subjectKey),
    keys.map(({ folded }) => folded),
    keys.map(({ municipality }) => municipality),
  ]
  await tx.run(
    `with given as (
       select * from unnest($1::bigint[], $2::text[], $3::text[])
         as given (subject_key, folded, municipality_code)),
     gone as (
       delete from eligibility.person_name_key k
        where k.subject_key = any ($5::bigint[])
          and not exists (select from given
                           where given.subject_key = k.subject_key and given.folded = k.folded))
     insert into eligibility.person_name_key (subject_key, folded, union_code, municipality_code)
     select subject_key, folded, $4::smallint, municipality_code
       from given
     on conflict (subject_key, folded) do update
        set municipality_code = excluded.municipality_code
      where person_name_key.municipality_code <> excluded.municipality_code`,
    [...given, tx.scope!.union, rows.map(({ subjectKey }) => subjectKey)],
  )
}

/** 紐付け — a resident of a municipality is this insured person. */
export type LinkRow = {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly residentKey: number
  readonly municipality: string
  readonly addresseeNumber: string
  readonly token: string | null
  readonly ground: '新規付番' | '個人番号一致' | '同じ人の判断'
}

/** 宛名番号・個人番号・被保険者番号の紐付け (3-2) — links are added, and the directories point to the newest. */
export async function linkResidents(
  tx: Transaction,
  rows: readonly LinkRow[],
  by: Decider,
): Promise<void> {
  if (rows.length === 0) return
  const union = tx.scope!.union
  const { jobId, receiptNumber } = deciderColumns(by)
  // Several links of one resident: the newest number counts.
  const newest = new Map(rows.map((row) => [row.residentKey, row]))
  const byToken = new Map(
    [...newest.values()].flatMap((row) => (row.token === null ? [] : [[row.token, row] as const])),
  )
  await tx.run(
    `with linked as (
       insert into eligibility.resident_link
         (subject_key, resident_key, sequence, union_code, municipality_code, addressee_number,
          insured_number, number_token, linked_at, ground, job_id, receipt_number)
       select given.subject_key, given.resident_key, coalesce(last.sequence, 0) + 1, $8::smallint,
              municipality_code, addressee_number, insured_number, number_token, $9::timestamptz,
              given.ground, $10::text, $11::text
         from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::uuid[],
                     $7::text[])
           as given (subject_key, resident_key, municipality_code, addressee_number,
                     insured_number, number_token, ground)
         left join lateral (
           select l.sequence, l.ground
             from eligibility.resident_link l
            where l.subject_key = given.subject_key and l.resident_key = given.resident_key
            order by l.sequence desc
            limit 1
         ) last on true
        where last.ground is null or last.ground = '切離し')
     insert into eligibility.number_directory
       (number_token, union_code, subject_key, municipality_code)
     select number_token, $8::smallint, subject_key, municipality_code
       from unnest($12::uuid[], $13::bigint[], $14::text[])
         as given (number_token, subject_key, municipality_code)
     on conflict (number_token, union_code) do update
        set subject_key = excluded.subject_key, municipality_code = excluded.municipality_code
      where number_directory.subject_key <> excluded.subject_key`,
    [
      rows.map(({ subjectKey }) => subjectKey),
      rows.map(({ residentKey }) => residentKey),
      rows.map(({ municipality }) => municipality),
      rows.map(({ addresseeNumber }) => addresseeNumber),
      rows.map(({ insuredNumber }) => insuredNumber),
      rows.map(({ token }) => token),
      rows.map(({ ground }) => ground),
      union,
      tx.now,
      jobId,
      receiptNumber,
      [...byToken.keys()],
      [...byToken.values()].map(({ subjectKey }) => subjectKey),
      [...byToken.values()].map(({ municipality }) => municipality),
    ],
  )
}

/** 支援措置を写す — each effect holds for an insured person while it does in any municipality's record of them. */
export async function refreshSupportMeasures(
  tx: Transaction,
  subjects: readonly number[],
): Promise<void> {
  await tx.run(
    `update eligibility.insured_person i
        set under_support_measure = now.withheld, self_provision_disabled = now.refused
       from (select l.subject_key,
                    coalesce(bool_or(m.non_disclosure), false) as withheld,
                    coalesce(bool_or(m.self_provision_disabled), false) as refused
               from eligibility.linked_resident l
               left join eligibility.support_measure m
                 on m.resident_key = l.resident_key and upper_inf(m.held)
              where l.subject_key = any ($1::bigint[])
              group by l.subject_key) now
      where i.subject_key = now.subject_key
        and (i.under_support_measure, i.self_provision_disabled) <> (now.withheld, now.refused)`,
    [subjects],
  )
}

/** 判定の後 — whose number the resident now has, if any, and when to look again. */
export type ScheduleRow = {
  readonly residentKey: number
  readonly version: number
  readonly decideOn: PlainDate | null
  readonly subjectKey: number | null
}

/**
 * 判定を終える — ties residents to their numbers; a newer record that came meanwhile keeps its own day of decision. Their
 * 適用除外 go, to be written as their records now tell them, and whoever is not in `pending` leaves that list.
 */
export async function settleResidents(
  tx: Transaction,
  rows: readonly ScheduleRow[],
  pending: readonly number[],
): Promise<void> {
  await tx.run(
    `with excluded as (
       delete from eligibility.application_exclusion where resident_key = any ($1::bigint[])),
     decided as (
       delete from eligibility.pending_decision
        where resident_key = any ($1::bigint[]) and not (resident_key = any ($5::bigint[])))
     update eligibility.resident r
        set subject_key = given.subject_key,
            decide_on = case when r.current_version = given.version
                             then given.decide_on else r.decide_on end
       from unnest($1::bigint[], $2::integer[], $3::date[], $4::bigint[])
         as given (resident_key, version, decide_on, subject_key)
      where r.resident_key = given.resident_key`,
    [
      rows.map(({ residentKey }) => residentKey),
      rows.map(({ version }) => version),
      rows.map(({ decideOn }) => decideOn),
      rows.map(({ subjectKey }) => subjectKey),
      pending,
    ],
  )
}

/** 判定できない人 */
export type PendingRow = {
  readonly residentKey: number
  readonly municipality: string
  readonly reasons: readonly Finding[]
}

/** 判定できない人を書く — who was on the list stays there since then. */
export async function recordPending(tx: Transaction, rows: readonly PendingRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.run(
    `insert into eligibility.pending_decision
       (resident_key, union_code, municipality_code, reasons, since)
     select resident_key, $4::smallint, municipality_code, reasons, $5::timestamptz
       from unnest($1::bigint[], $2::text[], $3::jsonb[])
         as given (resident_key, municipality_code, reasons)
     on conflict (resident_key) do update set reasons = excluded.reasons
      where pending_decision.reasons <> excluded.reasons`,
    [
      rows.map(({ residentKey }) => residentKey),
      rows.map(({ municipality }) => municipality),
      rows.map(({ reasons }) => JSON.stringify(reasons)),
      tx.scope!.union,
      tx.now,
    ],
  )
}

/** 適用除外の期間を書く — of residents whose former ones `settleResidents` has taken away. */
export async function recordExclusions(
  tx: Transaction,
  exclusions: readonly (Exclusion & { readonly municipality: string })[],
): Promise<void> {
  if (exclusions.length === 0) return
  await tx.run(
    `insert into eligibility.application_exclusion
       (resident_key, began_on, union_code, municipality_code, kind, held)
     select resident_key, began_on, $6::smallint, municipality_code, kind, held
       from unnest($1::bigint[], $2::date[], $3::text[], $4::text[], $5::daterange[])
         as given (resident_key, began_on, municipality_code, kind, held)`,
    [
      exclusions.map(({ residentKey }) => residentKey),
      exclusions.map(({ from }) => from),
      exclusions.map(({ municipality }) => municipality),
      exclusions.map(({ kind }) => kind),
      exclusions.map((one) => writeDateRange(one)),
      tx.scope!.union,
    ],
  )
}
