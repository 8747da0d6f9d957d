import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { Contents } from '../certificate.ts'
import type { MailingAddress } from '../documentSheet.ts'
import { addressHidden, type Sheet } from './issues.ts'

/** 束 — a print run of one municipality, and how many of its sheets are accounted for. */
export type PrintRun = {
  readonly runId: string
  readonly municipality: string
  readonly title: string
  readonly madeOn: PlainDate
  readonly version: number
  readonly closedAt: Instant | null
  readonly closedBy: string | null
  readonly sheets: number
  readonly printed: number
  readonly spoiled: number
  readonly notPrinted: number
  readonly left: number
}

/** 束をつくる — once; the same run again is the same row. */
export async function insertPrintRun(
  tx: Transaction,
  run: {
    readonly runId: string
    readonly municipality: string
    readonly title: string
    readonly jobId: number
  },
): Promise<void> {
  await tx.run(
    `insert into certificates.print_run
       (run_id, union_code, municipality_code, title, made_on, made_at, job_id, version)
     values ($1::uuid, $2::smallint, $3::text, $4::text, $5::date, $6::timestamptz, $7::bigint, 1)
     on conflict (run_id) do nothing`,
    [run.runId, tx.scope!.union, run.municipality, run.title, tx.today, tx.now, run.jobId],
  )
}

/** 束を読む — of the scope, or one of them; the newest first. */
export const findPrintRuns = (tx: Transaction, runId?: string): Promise<PrintRun[]> =>
  tx.query<PrintRun>(
    `select r.run_id as "runId", r.municipality_code as municipality, r.title,
            r.made_on as "madeOn", r.version, r.closed_at as "closedAt",
            r.closed_by_name as "closedBy", n.*
       from certificates.print_run r
       cross join lateral (
         select count(*)::int as sheets,
                count(*) filter (where s.state = 'printed')::int as printed,
                count(*) filter (where s.state = 'spoiled')::int as spoiled,
                count(*) filter (where s.state = 'notPrinted')::int as "notPrinted",
                count(*) filter (where s.state = 'instructed')::int as left
           from certificates.sheet s where s.run_id = r.run_id
       ) n
      where $1::uuid is null or r.run_id = $1::uuid
      order by r.made_at desc, r.municipality_code
      limit 200`,
    [runId ?? null],
  )

/** 渡していない束 — how many of its papers nobody has handed over or posted, and how many of them were never seen. */
export type UnhandedRun = Pick<PrintRun, 'runId' | 'municipality' | 'title'> & {
  readonly madeAt: Instant
  readonly papers: number
  readonly unseen: number
}

/** 渡していない束を読む — of the scope, the oldest first; a void document is not to be handed over any more. */
export const findUnhandedRuns = (tx: Transaction): Promise<UnhandedRun[]> =>
  tx.query<UnhandedRun>(
    `select r.run_id as "runId", r.municipality_code as municipality, r.title,
            r.made_at as "madeAt", n.*
       from certificates.print_run r
       cross join lateral (
         select count(*)::int as papers,
                count(*) filter (where t.state = 'instructed')::int as unseen
           from certificates.sheet s
           join certificates.issue_standing t
             on t.subject_key = s.subject_key and t.municipality_code = s.municipality_code
            and t.issue_number = s.issue_number and t.copy = s.copy
          where s.run_id = r.run_id and t.state in ('instructed', 'printed') and t.void_on is null
       ) n
      where n.papers > 0
      order by r.made_at, r.municipality_code`,
  )

/** 束の版を進める — false where somebody was there first, or the run is closed. */
export async function advancePrintRun(
  tx: Transaction,
  runId: string,
  version: number,
  closed: { readonly account: string; readonly name: string } | null = null,
): Promise<boolean> {
  const touched = await tx.run(
    `update certificates.print_run
        set version = version + 1, closed_at = case when $3::uuid is null then closed_at else $5::timestamptz end,
            closed_by = coalesce($3::uuid, closed_by),
            closed_by_name = coalesce($4::text, closed_by_name)
      where run_id = $1::uuid and version = $2::integer and closed_at is null`,
    [runId, version, closed?.account ?? null, closed?.name ?? null, tx.now],
  )
  return touched === 1
}

/** 束の紙 */
export type RunSheet = {
  readonly subjectKey: number
  readonly municipality: string
  readonly issueNumber: number
  readonly copy: number
  readonly place: number
  readonly code: string
  readonly state: Sheet['state']
}

const sheetColumns = `s.subject_key as "subjectKey", s.municipality_code as municipality,
            s.issue_number as "issueNumber", s.copy, s.place, s.code, s.state`

/** 束の紙を読む — those that are not known to be printed, in the order of the bundle, and which are never printed. */
export const findUnprintedSheets = (
  tx: Transaction,
  runId: string,
  limit: number,
): Promise<(RunSheet & { readonly addressHidden: boolean })[]> =>
  tx.query(
    `select ${sheetColumns}, ${addressHidden('i')} as "addressHidden"
       from certificates.sheet s
       join certificates.issue i using (subject_key, municipality_code, issue_number)
      where s.run_id = $1::uuid and s.state <> 'printed' order by s.place limit $2::integer`,
    [runId, limit],
  )

/** 符号で紙をさがす — within a bundle. */
export const findSheetsByCode = (
  tx: Transaction,
  runId: string,
  codes: readonly string[],
): Promise<RunSheet[]> =>
  tx.query<RunSheet>(
    `select ${sheetColumns} from certificates.sheet s
      where s.run_id = $1::uuid and s.code = any($2::text[])`,
    [runId, [...codes]],
  )

/** 印刷する紙 — everything that a sheet says, as it was issued. */
export type PrintableSheet = {
  readonly subjectKey: number
  readonly code: string
  readonly contents: Contents
  readonly issuedOn: PlainDate
  readonly mailing: MailingAddress | null
}

/**
 * 束の一部 — by places from one to another; sheets that were spoiled are printed by another bundle, and those that would show
 * an address that is hidden by now are not printed at all.
 */
export const findRunPart = (
  tx: Transaction,
  runId: string,
  from: number,
  until: number,
): Promise<PrintableSheet[]> =>
  tx.query<PrintableSheet>(
    `select s.subject_key as "subjectKey", s.code, i.contents, i.issued_on as "issuedOn",
            i.destination as mailing
       from certificates.sheet s
       join certificates.issue i
         on i.subject_key = s.subject_key and i.municipality_code = s.municipality_code
        and i.issue_number = s.issue_number
       join certificates.issue_standing t
         on t.subject_key = s.subject_key and t.municipality_code = s.municipality_code
        and t.issue_number = s.issue_number
      where s.run_id = $1::uuid and s.place between $2::integer and $3::integer
        and t.state <> 'cancelled' and not ${addressHidden('i')}
      order by s.place`,
    [runId, from, until],
  )

/** 紙がどうなったか — of many sheets, and of their documents: printed ones are confirmed by it. */
export async function settleSheets(
  tx: Transaction,
  sheets: readonly RunSheet[],
  state: 'printed' | 'spoiled' | 'notPrinted',
  clerk: { readonly account: string; readonly name: string },
): Promise<void> {
  if (sheets.length === 0) return
  const rows = JSON.stringify(
    sheets.map(({ subjectKey, municipality, issueNumber, copy }) => ({
      s: subjectKey,
      m: municipality,
      n: issueNumber,
      c: copy,
    })),
  )
  const given = `jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, c integer)`
  const same = `t.subject_key = g.s and t.municipality_code = g.m and t.issue_number = g.n`
  await tx.run(
    `update certificates.sheet t
        set state = $2::text, settled_at = $3::timestamptz, settled_by_name = $4::text
       from ${given} where ${same} and t.copy = g.c and t.state = 'instructed'`,
    [rows, state, tx.now, clerk.name],
  )
  await tx.run(
    `insert into certificates.issue_event
       (subject_key, municipality_code, issue_number, sequence, union_code, act, happened_at,
        happened_on, account, account_name)
     select g.s, g.m, g.n,
            1 + (select coalesce(max(e.sequence), 0) from certificates.issue_event e
                  where e.subject_key = g.s and e.municipality_code = g.m and e.issue_number = g.n),
            $2::smallint, $3::text, $4::timestamptz, $5::date, $6::uuid, $7::text
       from ${given}`,
    [
      rows,
      tx.scope!.union,
      state === 'printed' ? 'confirmed' : state,
      tx.now,
      tx.today,
      clerk.account,
      clerk.name,
    ],
  )
  if (state !== 'printed') return
  await tx.run(
    `update certificates.issue_standing t
        set version = version + 1, state = 'printed', changed_at = $2::timestamptz
       from ${given} where ${same} and t.state = 'instructed'`,
    [rows, tx.now],
  )
  await voidReplaced(tx, rows, clerk)
}

/** 前の文書を無効にする — of everybody whose new paper has been confirmed, from the day on which it takes effect. */
async function voidReplaced(
  tx: Transaction,
  rows: string,
  clerk: { readonly account: string; readonly name: string },
): Promise<void> {
  await tx.run(
    `with replaced as (
       update certificates.issue_standing t
          set version = t.version + 1, void_reason = 'replaced', changed_at = $2::timestamptz,
              void_on = greatest($3::date, i.effective_from)
         from jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, c integer)
         join certificates.issue i
           on i.subject_key = g.s and i.municipality_code = g.m and i.issue_number = g.n
         join certificates.issue j on j.subject_key = g.s
        where t.subject_key = g.s and t.void_on is null
          and j.municipality_code = t.municipality_code and j.issue_number = t.issue_number
          and (j.municipality_code, j.issue_number) <> (i.municipality_code, i.issue_number)
          and j.issued_at <= i.issued_at and j.effective_from <= i.effective_from
          and j.valid_until >= greatest($3::date, i.effective_from)
       returning t.subject_key, t.municipality_code, t.issue_number, t.void_on
     )
     insert into certificates.issue_event
       (subject_key, municipality_code, issue_number, sequence, union_code, act, happened_at,
        happened_on, account, account_name)
     select r.subject_key, r.municipality_code, r.issue_number,
            1 + (select coalesce(max(e.sequence), 0) from certificates.issue_event e
                  where e.subject_key = r.subject_key and e.municipality_code = r.municipality_code
                    and e.issue_number = r.issue_number),
            $4::smallint, 'voided', $2::timestamptz, r.void_on, $5::uuid, $6::text
       from replaced r`,
    [rows, tx.now, tx.today, tx.scope!.union, clerk.account, clerk.name],
  )
}

/** 束の最後の場所 */
export async function lastPlace(tx: Transaction, runId: string): Promise<number> {
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(place), 0)::int as last from certificates.sheet where run_id = $1::uuid`,
    [runId],
  )
  return last
}
