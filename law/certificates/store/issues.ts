import type { PlainDate } from '@koiki/kernel'
import { type Instant, StoreError, type Transaction } from '@koiki/store'
import type { Contents, DocumentKind, Ground, IssueReason } from '../certificate.ts'
import type { MailingAddress } from '../documentSheet.ts'
import { certificatesEdition } from '../law/edition.ts'
import { sheetCode } from '../sheetCode.ts'

/** 紙のありか */
export type IssueState =
  | 'instructed'
  | 'printed'
  | 'handedOver'
  | 'returned'
  | 'recollected'
  | 'lost'
  | 'cancelled'

/** 使えないわけ */
export type VoidReason =
  | 'replaced'
  | 'lossOfEligibility'
  | 'moved'
  | 'lost'
  | 'recollected'
  | 'cancelled'

/** 文書の所在 — a document of one person in one municipality. */
export type IssuePlace = {
  readonly subjectKey: number
  readonly municipality: string
  readonly issueNumber: number
}

/** 発行する文書 */
export type NewIssue = IssuePlace & {
  readonly residentKey: number
  readonly contents: Contents
  readonly reason: IssueReason
  readonly grounds: readonly Ground[]
  readonly mailing: MailingAddress | null
  readonly mailingKind: 'address' | 'registered' | null
  readonly by:
    | {
        readonly manner: 'counter'
        readonly request: { readonly id: string; readonly digest: Buffer }
        readonly account: string
        readonly name: string
        readonly note: string | null
      }
    | {
        readonly manner: 'bulk'
        readonly jobId: number
        readonly runId: string
        readonly place: number
        readonly name: string
      }
}

/** 発行を足す — the documents, how they stand, and the first sheet of each; one statement each, however many. */
export async function insertIssues(tx: Transaction, issues: readonly NewIssue[]): Promise<void> {
  if (issues.length === 0) return
  const rows = issues.map((issue) => ({
    s: issue.subjectKey,
    m: issue.municipality,
    n: issue.issueNumber,
    r: issue.residentKey,
    document: issue.contents.document,
    reason: issue.reason,
    manner: issue.by.manner,
    delivery: issue.mailing === null ? 'handOver' : 'mail',
    effective: issue.contents.effectiveFrom,
    until: issue.contents.validUntil,
    contents: issue.contents,
    destination: issue.mailing,
    kind: issue.mailingKind,
    grounds: issue.grounds,
    code: sheetCode(issue.contents.insuredNumber, { ...issue, copy: 1 }),
    name: issue.by.name,
    ...(issue.by.manner === 'counter'
      ? {
          request: issue.by.request.id,
          digest: `\\x${issue.by.request.digest.toString('hex')}`,
          account: issue.by.account,
          note: issue.by.note,
        }
      : { job: issue.by.jobId, run: issue.by.runId, place: issue.by.place }),
  }))
  const given = [JSON.stringify(rows), tx.scope!.union, tx.now]
  await tx.run(
    `insert into certificates.issue
       (subject_key, municipality_code, issue_number, union_code, resident_key, document, reason,
        manner, delivery, effective_from, valid_until, issued_on, issued_at, contents, destination,
        destination_kind, grounds, edition, request_id, request_digest, account, account_name,
        job_id, run_id, note)
     select g.s, g.m, g.n, $2::smallint, g.r, g.document, g.reason, g.manner, g.delivery,
            g.effective, g.until, $4::date, $3::timestamptz, g.contents, g.destination, g.kind,
            g.grounds, $5::text, g.request, g.digest, g.account, g.name, g.job, g.run, g.note
       from jsonb_to_recordset($1::jsonb) as g (
              s bigint, m text, n integer, r bigint, document text, reason text, manner text,
              delivery text, effective date, until date, contents jsonb, destination jsonb,
              kind text, grounds jsonb, request uuid, digest bytea, account uuid, name text,
              job bigint, run uuid, note text)`,
    [...given, tx.today, certificatesEdition],
  )
  await tx.run(
    `insert into certificates.issue_standing
       (subject_key, municipality_code, issue_number, union_code, version, state, copy,
        valid_until, changed_at)
     select g.s, g.m, g.n, $2::smallint, 1, 'instructed', 1, g.until, $3::timestamptz
       from jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, until date)`,
    given,
  )
  await tx.run(
    `insert into certificates.sheet
       (subject_key, municipality_code, issue_number, copy, union_code, code, run_id, place,
        instructed_at, state)
     select g.s, g.m, g.n, 1, $2::smallint, g.code, g.run, g.place, $3::timestamptz, 'instructed'
       from jsonb_to_recordset($1::jsonb) as g (s bigint, m text, n integer, code text, run uuid, place integer)`,
    given,
  )
}

/** 次の番号 — of documents, by person; those who have none begin at 1 and are not in the answer. */
export async function findLastNumbers(
  tx: Transaction,
  municipality: string,
  subjectKeys: readonly number[],
): Promise<Map<number, number>> {
  const rows = await tx.query<{ subjectKey: number; last: number }>(
    `select subject_key as "subjectKey", max(issue_number) as last
       from certificates.issue
      where subject_key = any($1::bigint[]) and municipality_code = $2::text
      group by subject_key`,
    [[...subjectKeys], municipality],
  )
  return new Map(rows.map(({ subjectKey, last }) => [subjectKey, last]))
}

/** 紙 — one sheet of a document and what became of it. */
export type Sheet = {
  readonly copy: number
  readonly code: string
  readonly runId: string | null
  readonly state: 'instructed' | 'printed' | 'spoiled' | 'notPrinted'
  readonly instructedAt: Instant
  readonly settledAt: Instant | null
  readonly settledBy: string | null
}

/** いきさつ */
export type IssueEvent = {
  readonly act: IssueAct
  readonly at: Instant
  readonly on: PlainDate
  readonly by: string
  readonly note: string | null
}

export type IssueAct =
  | 'confirmed'
  | 'spoiled'
  | 'notPrinted'
  | 'handedOver'
  | 'mailed'
  | 'returned'
  | 'lost'
  | 'recollected'
  | 'cancelled'
  | 'voided'

/** 発行した文書 — as it stands, with its sheets and everything that happened to it. */
export type Issue = IssuePlace & {
  readonly document: DocumentKind
  readonly reason: IssueReason
  readonly manner: 'counter' | 'bulk'
  readonly delivery: 'handOver' | 'mail'
  readonly issuedOn: PlainDate
  readonly issuedAt: Instant
  readonly issuedBy: string
  readonly contents: Contents
  readonly mailing: MailingAddress | null
  /** 発行の後に不開示該当になった — what it was issued with is not read any more, neither the address nor the destination. */
  readonly addressHidden: boolean
  readonly requestId: string | null
  readonly requestDigest: Buffer | null
  readonly version: number
  readonly state: IssueState
  readonly copy: number
  readonly voidOn: PlainDate | null
  readonly voidReason: VoidReason | null
  readonly sheets: readonly Sheet[]
  readonly events: readonly IssueEvent[]
}

/** 住所を隠す文書 — issued with an address, of a person whom 不開示該当 hides by now. */
export const addressHidden = (issue: string): string =>
  `(${issue}.contents -> 'address' <> 'null'::jsonb and exists (
     select from eligibility.person hidden
      where hidden.subject_key = ${issue}.subject_key and hidden.under_support_measure))`

/** 発行した文書を読む — of one person, the newest first. */
export async function findIssues(tx: Transaction, subjectKey: number): Promise<Issue[]> {
  const issues = await tx.query<Omit<Issue, 'sheets' | 'events'>>(
    `select i.subject_key as "subjectKey", i.municipality_code as municipality,
            i.issue_number as "issueNumber", i.document, i.reason, i.manner, i.delivery,
            i.issued_on as "issuedOn", i.issued_at as "issuedAt", i.account_name as "issuedBy",
            case when ${addressHidden('i')} then jsonb_set(i.contents, '{address}', 'null')
              else i.contents end as contents,
            case when not ${addressHidden('i')} then i.destination end as mailing,
            ${addressHidden('i')} as "addressHidden", i.request_id as "requestId",
            i.request_digest as "requestDigest", s.version, s.state, s.copy,
            s.void_on as "voidOn", s.void_reason as "voidReason"
       from certificates.issue i
       join certificates.issue_standing s
         on s.subject_key = i.subject_key and s.municipality_code = i.municipality_code
        and s.issue_number = i.issue_number
      where i.subject_key = $1::bigint
      order by i.issued_at desc, i.issue_number desc`,
    [subjectKey],
  )
  const sheets = await tx.query<Sheet & IssuePlace>(
    `select subject_key as "subjectKey", municipality_code as municipality,
            issue_number as "issueNumber", copy, code, run_id as "runId", state,
            instructed_at as "instructedAt", settled_at as "settledAt",
            settled_by_name as "settledBy"
       from certificates.sheet where subject_key = $1::bigint order by copy`,
    [subjectKey],
  )
  const events = await tx.query<IssueEvent & IssuePlace>(
    `select subject_key as "subjectKey", municipality_code as municipality,
            issue_number as "issueNumber", act, happened_at as at, happened_on as "on",
            account_name as by, note
       from certificates.issue_event where subject_key = $1::bigint order by sequence`,
    [subjectKey],
  )
  const mine = <T extends IssuePlace>(of: readonly T[], place: IssuePlace): T[] =>
    of.filter(
      ({ municipality, issueNumber }) =>
        municipality === place.municipality && issueNumber === place.issueNumber,
    )
  return issues.map((issue) => ({
    ...issue,
    sheets: mine(sheets, issue),
    events: mine(events, issue),
  }))
}

/** 文書を動かす — the next version of how a document stands; false where somebody was there first. */
export async function moveIssue(
  tx: Transaction,
  place: IssuePlace,
  version: number,
  to: {
    readonly state: IssueState
    readonly copy?: number
    readonly voided?: { readonly on: PlainDate; readonly reason: VoidReason }
  },
): Promise<boolean> {
  const touched = await tx.run(
    `update certificates.issue_standing
        set version = version + 1, state = $5::text, copy = coalesce($6::integer, copy),
            void_on = coalesce(void_on, $7::date),
            void_reason = coalesce(void_reason, $8::text), changed_at = $9::timestamptz
      where subject_key = $1::bigint and municipality_code = $2::text
        and issue_number = $3::integer and version = $4::integer`,
    [
      place.subjectKey,
      place.municipality,
      place.issueNumber,
      version,
      to.state,
      to.copy ?? null,
      to.voided?.on ?? null,
      to.voided?.reason ?? null,
      tx.now,
    ],
  )
  return touched === 1
}

/** いきさつを足す */
export async function insertIssueEvent(
  tx: Transaction,
  place: IssuePlace,
  event: {
    readonly act: IssueAct
    readonly on: PlainDate
    readonly account: string | null
    readonly name: string
    readonly note?: string | null
  },
): Promise<void> {
  await tx.run(
    `insert into certificates.issue_event
       (subject_key, municipality_code, issue_number, sequence, union_code, act, happened_at,
        happened_on, account, account_name, note)
     select $1::bigint, $2::text, $3::integer, coalesce(max(sequence), 0) + 1, $4::smallint,
            $5::text, $6::timestamptz, $7::date, $8::uuid, $9::text, $10::text
       from certificates.issue_event
      where subject_key = $1::bigint and municipality_code = $2::text
        and issue_number = $3::integer`,
    [
      place.subjectKey,
      place.municipality,
      place.issueNumber,
      tx.scope!.union,
      event.act,
      tx.now,
      event.on,
      event.account,
      event.name,
      event.note ?? null,
    ],
  )
}

/** 紙の次の1枚 — after one that cannot be used. */
export async function insertSheet(
  tx: Transaction,
  place: IssuePlace & { readonly copy: number },
  insuredNumber: string,
  bundle: { readonly runId: string; readonly place: number } | null = null,
): Promise<void> {
  await tx.run(
    `insert into certificates.sheet
       (subject_key, municipality_code, issue_number, copy, union_code, code, run_id, place,
        instructed_at, state)
     values ($1::bigint, $2::text, $3::integer, $4::integer, $5::smallint, $6::text, $7::uuid,
             $8::integer, $9::timestamptz, 'instructed')`,
    [
      place.subjectKey,
      place.municipality,
      place.issueNumber,
      place.copy,
      tx.scope!.union,
      sheetCode(insuredNumber, place),
      bundle?.runId ?? null,
      bundle?.place ?? null,
      tx.now,
    ],
  )
}

/** 紙がどうなったか */
export async function settleSheet(
  tx: Transaction,
  place: IssuePlace & { readonly copy: number },
  state: 'printed' | 'spoiled' | 'notPrinted',
  by: string,
): Promise<void> {
  await tx.run(
    `update certificates.sheet
        set state = $5::text, settled_at = $6::timestamptz, settled_by_name = $7::text
      where subject_key = $1::bigint and municipality_code = $2::text
        and issue_number = $3::integer and copy = $4::integer and state = 'instructed'`,
    [place.subjectKey, place.municipality, place.issueNumber, place.copy, state, tx.now, by],
  )
}

/** Two clerks who issue at the same moment meet at the key of the document. */
export const isTakenAlready = (error: unknown): boolean =>
  error instanceof StoreError && error.kind === 'unique'
