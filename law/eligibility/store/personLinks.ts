import type { Transaction } from '@koiki/store'

/** 名寄せの判断 — of a pair of residents, the smaller key first; null lifts what was decided before. */
export type LinkDecision = {
  readonly residentKey: number
  readonly otherResidentKey: number
  readonly same: boolean | null
}

/** 効いている判断 — the last of each pair in which one of the residents is. */
export async function findLinkDecisions(
  tx: Transaction,
  residents: readonly number[],
): Promise<readonly LinkDecision[]> {
  return tx.query<LinkDecision>(
    `select distinct on (resident_key, other_resident_key)
            resident_key as "residentKey", other_resident_key as "otherResidentKey", same
       from eligibility.person_link_decision
      where resident_key = any ($1::bigint[]) or other_resident_key = any ($1::bigint[])
      order by resident_key, other_resident_key, sequence desc`,
    [residents],
  )
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
}

/** 今の紐付け — of the residents given. */
export async function findLinks(
  tx: Transaction,
  residents: readonly number[],
): Promise<readonly KnownLink[]> {
  return tx.query<KnownLink>(
    `select subject_key as "subjectKey", resident_key as "residentKey", ground
       from (select distinct on (subject_key, resident_key) subject_key, resident_key, ground
               from eligibility.resident_link
              where resident_key = any ($1::bigint[])
              order by subject_key, resident_key, sequence desc) newest
      where ground <> '切離し'`,
    [residents],
  )
}

/** 切り離す紐付け — a resident turned out to be another person than this insured one. */
export type EndedLink = { readonly subjectKey: number; readonly residentKey: number }

/** 紐付けを解く — adds that the link no longer holds, and takes the number off the directory. */
export async function endLinks(
  tx: Transaction,
  ended: readonly EndedLink[],
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
  await tx.run(
    `delete from eligibility.number_directory d
      using unnest($1::bigint[], $2::bigint[]) as given (subject_key, resident_key)
       join eligibility.resident r on r.resident_key = given.resident_key
      where d.number_token = r.number_token and d.subject_key = given.subject_key`,
    keys,
  )
}
