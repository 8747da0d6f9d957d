import type { Transaction } from '@koiki/store'
import { sheetCode } from '../sheetCode.ts'

/** 刷り直す紙 — the last sheet of a document of a bundle, which cannot be used. */
export type SpoiledSheet = {
  readonly subjectKey: number
  readonly municipality: string
  readonly issueNumber: number
  readonly copy: number
  readonly insuredNumber: string
  readonly jobId: number
}

/** 刷り直す紙をさがす — of a bundle; those whose next sheet exists already are not among them. */
export const findSpoiledSheets = (tx: Transaction, runId: string): Promise<SpoiledSheet[]> =>
  tx.query<SpoiledSheet>(
    `select s.subject_key as "subjectKey", s.municipality_code as municipality,
            s.issue_number as "issueNumber", s.copy,
            i.contents ->> 'insuredNumber' as "insuredNumber", i.job_id as "jobId"
       from certificates.sheet s
       join certificates.issue i
         on i.subject_key = s.subject_key and i.municipality_code = s.municipality_code
        and i.issue_number = s.issue_number
       join certificates.issue_standing t
         on t.subject_key = s.subject_key and t.municipality_code = s.municipality_code
        and t.issue_number = s.issue_number
      where s.run_id = $1::uuid and s.state in ('spoiled', 'notPrinted')
        and t.state = 'instructed' and t.copy = s.copy
      order by s.place`,
    [runId],
  )

/** 次の紙 — one more copy of each, in the order of the first bundle. */
export async function nextCopies(
  tx: Transaction,
  runId: string,
  spoiled: readonly SpoiledSheet[],
): Promise<void> {
  const rows = spoiled.map((one, index) => ({
    s: one.subjectKey,
    m: one.municipality,
    n: one.issueNumber,
    c: one.copy + 1,
    place: index + 1,
    code: sheetCode(one.insuredNumber, { ...one, copy: one.copy + 1 }),
  }))
  const given = [JSON.stringify(rows), tx.now]
  await tx.run(
    `insert into certificates.sheet
       (subject_key, municipality_code, issue_number, copy, union_code, code, run_id, place,
        instructed_at, state)
     select g.s, g.m, g.n, g.c, $3::smallint, g.code, $4::uuid, g.place, $2::timestamptz, 'instructed'
       from jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, c integer, place integer, code text)`,
    [...given, tx.scope!.union, runId],
  )
  await tx.run(
    `update certificates.issue_standing t
        set version = version + 1, copy = g.c, changed_at = $2::timestamptz
       from jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, c integer)
      where t.subject_key = g.s and t.municipality_code = g.m and t.issue_number = g.n`,
    given,
  )
}
