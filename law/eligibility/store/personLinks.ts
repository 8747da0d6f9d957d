import type { Transaction } from '@koiki/store'
import { runningOf } from './dueResidents.ts'

/** 名寄せの判断 — of a pair of residents, the smaller key first; null lifts what was decided before. */
export type LinkDecision = {
  readonly residentKey: number
  readonly otherResidentKey: number
  readonly same: boolean | null
}

/**
 * 判断の番号 — stands where a filing has its 受付番号. Whole keys, or digits grouped by hyphens, would look like
 * Individual Numbers to whoever searches for them.
 */
export function judgementReference(
  pair: Pick<LinkDecision, 'residentKey' | 'otherResidentKey'>,
  sequence: number | '',
): string {
  return `名寄せ/${runningOf(pair.residentKey)}/${runningOf(pair.otherResidentKey)}/${sequence}`
}

/** 判断を積む — gives its sequence within the pair. */
export async function insertLinkDecision(
  tx: Transaction,
  row: LinkDecision & { readonly reason: string; readonly account: string },
): Promise<number> {
  const { sequence } = await tx.one<{ sequence: number }>(
    `insert into eligibility.person_link_decision
       (resident_key, other_resident_key, sequence, union_code, municipality_code, decided_at,
        same, reason, account)
     select r.resident_key, $2::bigint,
            coalesce((select max(d.sequence) from eligibility.person_link_decision d
                       where d.resident_key = $1::bigint and d.other_resident_key = $2::bigint), 0)
              + 1,
            r.union_code, r.municipality_code, $3::timestamptz, $4::boolean, $5::text, $6::uuid
       from eligibility.resident r
      where r.resident_key = $1::bigint
     returning sequence`,
    [row.residentKey, row.otherResidentKey, tx.now, row.same, row.reason, row.account],
  )
  return sequence
}

/** 紐付けの履歴の最後の行 — of each insured person and resident, with what the link rested on. */
export type KnownLink = {
  readonly subjectKey: number
  readonly residentKey: number
  readonly ground: '新規付番' | '個人番号一致' | '同じ人の判断'
  /** 受付番号, or the reference of the judgement that made the link; null for a job. */
  readonly receiptNumber: string | null
}

/** 人を結ぶもの — what says of residents that they are one person, or are not. */
export type Ties = {
  /** 今の紐付け */
  readonly links: readonly KnownLink[]
  /** 効いている判断 — the last of each pair in which one of the residents is. */
  readonly decisions: readonly LinkDecision[]
  /** 個人番号の札から被保険者の鍵へ */
  readonly numbered: readonly { readonly token: string; readonly subjectKey: number }[]
}

/** 人を結ぶものをさがす — of the residents and of the tokens of 個人番号 given, by one way to the database. */
export async function findTies(
  tx: Transaction,
  residents: readonly number[],
  tokens: readonly string[],
): Promise<Ties> {
  return tx.one<Ties>(
    `select (select coalesce(jsonb_agg(jsonb_build_object(
                      'subjectKey', subject_key, 'residentKey', resident_key, 'ground', ground,
                      'receiptNumber', receipt_number) order by subject_key, resident_key), '[]')
               from (select distinct on (subject_key, resident_key)
                            subject_key, resident_key, ground, receipt_number
                       from eligibility.resident_link
                      where resident_key = any ($1::bigint[])
                      order by subject_key, resident_key, sequence desc) newest
              where ground <> '切離し') as links,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'residentKey', resident_key, 'otherResidentKey', other_resident_key,
                      'same', same) order by resident_key, other_resident_key), '[]')
               from (select distinct on (resident_key, other_resident_key)
                            resident_key, other_resident_key, same
                       from eligibility.person_link_decision
                      where resident_key = any ($1::bigint[])
                         or other_resident_key = any ($1::bigint[])
                      order by resident_key, other_resident_key, sequence desc) newest)
              as decisions,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'token', number_token, 'subjectKey', subject_key)), '[]')
               from eligibility.number_directory
              where union_code = $2::smallint and number_token = any ($3::uuid[])) as numbered`,
    [residents, tx.scope!.union, tokens],
  )
}

/** 直す索引 — a number that is not, or no longer, the resident's. */
export type EndedLink = {
  readonly subjectKey: number
  readonly residentKey: number
  /** Whose number the resident has instead. */
  readonly instead: number | null
}

/** 紐付けを解く — adds that the links no longer hold. */
export async function endLinks(
  tx: Transaction,
  ended: readonly KnownLink[],
  columns: { readonly jobId: string | null; readonly receiptNumber: string | null },
): Promise<void> {
  if (ended.length === 0) return
  const keys = [ended.map(({ subjectKey }) => subjectKey), ended.map((one) => one.residentKey)]
  await tx.run(
    `insert into eligibility.resident_link
       (subject_key, resident_key, sequence, union_code, municipality_code, addressee_number,
        insured_number, number_token, linked_at, ground, job_id, receipt_number)
     select l.subject_key, l.resident_key, l.sequence + 1, l.union_code, l.municipality_code,
            l.addressee_number, l.insured_number, l.number_token, $3::timestamptz, '切離し',
            $4::text, $5::text
       from unnest($1::bigint[], $2::bigint[]) as given (subject_key, resident_key)
       join eligibility.linked_resident l
         on l.subject_key = given.subject_key and l.resident_key = given.resident_key`,
    [...keys, tx.now, columns.jobId, columns.receiptNumber],
  )
}

/** 番号の索引を直す — from a number that is not the resident's, to the one that is, or off the directory. */
export async function repointNumbers(tx: Transaction, ended: readonly EndedLink[]): Promise<void> {
  if (ended.length === 0) return
  const moved = [
    ended.map(({ subjectKey }) => subjectKey),
    ended.map(({ residentKey }) => residentKey),
    ended.map(({ instead }) => instead),
  ]
  await tx.run(
    `update eligibility.number_directory d
        set subject_key = given.instead, municipality_code = r.municipality_code
       from unnest($1::bigint[], $2::bigint[], $3::bigint[])
              as given (subject_key, resident_key, instead)
       join eligibility.resident r on r.resident_key = given.resident_key
      where d.number_token = r.number_token and d.subject_key = given.subject_key
        and given.instead is not null`,
    moved,
  )
  await tx.run(
    `delete from eligibility.number_directory d
      using unnest($1::bigint[], $2::bigint[], $3::bigint[])
              as given (subject_key, resident_key, instead)
       join eligibility.resident r on r.resident_key = given.resident_key
      where d.number_token = r.number_token and d.subject_key = given.subject_key
        and given.instead is null`,
    moved,
  )
}
