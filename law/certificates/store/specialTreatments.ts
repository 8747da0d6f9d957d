import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { SpecialTreatmentGround } from '../certificate.ts'
import type { PersonPlace } from './toldFacts.ts'

/** 特別療養費の決定の中身 — what the arrears procedure came to; a lifting has no notice and no hearing. */
export type SpecialTreatmentContent = {
  readonly act: 'begin' | 'lift'
  readonly effectiveOn: PlainDate
  readonly ground: SpecialTreatmentGround
  /** 事前通知の日 */
  readonly notifiedOn: PlainDate | null
  /** 弁明の機会の期限 */
  readonly hearingUntil: PlainDate | null
  readonly hearing: 'heard' | 'silent' | null
  /** 決定日 */
  readonly decidedOn: PlainDate
  /** 決定の文書番号 */
  readonly source: string
}

/** 2人目を待つ案 */
export type SpecialTreatmentProposal = SpecialTreatmentContent & {
  readonly municipality: string
  readonly number: number
  readonly proposedAt: Instant
  readonly account: string
  readonly by: string
}

/** 決まったこと — one decision that two persons stand for; those from before two were asked name one. */
export type SpecialTreatmentEvent = Omit<SpecialTreatmentContent, 'ground' | 'decidedOn'> & {
  readonly ground: SpecialTreatmentGround | null
  readonly decidedOn: PlainDate | null
  readonly at: Instant
  readonly by: string
  readonly proposedBy: string | null
}

type Person = { readonly account: string; readonly name: string }

const content = `act, effective_on as "effectiveOn", ground, notified_on as "notifiedOn",
            hearing_until as "hearingUntil", hearing, decided_on as "decidedOn", source`

export async function findProposal(
  tx: Transaction,
  subjectKey: number,
): Promise<SpecialTreatmentProposal | null> {
  return tx.maybe(
    `select municipality_code as municipality, proposal_number as number, ${content},
            proposed_at as "proposedAt", account, account_name as by
       from certificates.special_treatment_proposal p
      where subject_key = $1::bigint
        and not exists (
          select from certificates.special_treatment_answer a
           where a.subject_key = p.subject_key and a.municipality_code = p.municipality_code
             and a.proposal_number = p.proposal_number)
      order by proposed_at desc limit 1`,
    [subjectKey],
  )
}

/** 決まったことの全部 — oldest first; what followed the person to another municipality once. */
export async function findSpecialTreatmentEvents(
  tx: Transaction,
  subjectKey: number,
): Promise<SpecialTreatmentEvent[]> {
  return tx.query(
    `select distinct on (effective_on, decided_at, act) ${content}, decided_at as at,
            account_name as by, proposed_by as "proposedBy"
       from certificates.special_treatment_event
      where subject_key = $1::bigint
      order by effective_on, decided_at, act, sequence`,
    [subjectKey],
  )
}

/** 2人目を待つ案の数 and whose they are, of the scope. */
export async function findProposals(
  tx: Transaction,
  limit: number,
): Promise<(SpecialTreatmentProposal & { readonly subjectKey: number; readonly name: string })[]> {
  return tx.query(
    `select p.subject_key as "subjectKey", e.name, p.municipality_code as municipality,
            p.proposal_number as number, ${content}, p.proposed_at as "proposedAt", p.account,
            p.account_name as by
       from certificates.special_treatment_proposal p
       join eligibility.person e on e.subject_key = p.subject_key
      where not exists (
          select from certificates.special_treatment_answer a
           where a.subject_key = p.subject_key and a.municipality_code = p.municipality_code
             and a.proposal_number = p.proposal_number)
      order by p.proposed_at limit $1::integer`,
    [limit],
  )
}

const values = (one: SpecialTreatmentContent): readonly unknown[] => [
  one.act,
  one.effectiveOn,
  one.ground,
  one.notifiedOn,
  one.hearingUntil,
  one.hearing,
  one.decidedOn,
  one.source,
]

export async function insertProposal(
  tx: Transaction,
  person: PersonPlace,
  proposal: SpecialTreatmentContent,
  by: Person,
): Promise<void> {
  await tx.run(
    `insert into certificates.special_treatment_proposal
       (subject_key, municipality_code, proposal_number, union_code, act, effective_on, ground,
        notified_on, hearing_until, hearing, decided_on, source, proposed_at, account, account_name)
     select $1::bigint, $2::text, coalesce(max(proposal_number), 0) + 1, $3::smallint, $4::text,
            $5::date, $6::text, $7::date, $8::date, $9::text, $10::date, $11::text, $12::timestamptz,
            $13::uuid, $14::text
       from certificates.special_treatment_proposal
      where subject_key = $1::bigint and municipality_code = $2::text`,
    [
      person.subjectKey,
      person.municipality,
      tx.scope!.union,
      ...values(proposal),
      tx.now,
      by.account,
      by.name,
    ],
  )
}

export async function insertAnswer(
  tx: Transaction,
  subjectKey: number,
  { municipality, number }: SpecialTreatmentProposal,
  { answer, reason }: { readonly answer: 'agreed' | 'rejected'; readonly reason: string | null },
  by: Person,
): Promise<void> {
  await tx.run(
    `insert into certificates.special_treatment_answer
       (subject_key, municipality_code, proposal_number, union_code, answer, reason, answered_at,
        account, account_name)
     values ($1::bigint, $2::text, $3::integer, $4::smallint, $5::text, $6::text, $7::timestamptz,
             $8::uuid, $9::text)`,
    [
      subjectKey,
      municipality,
      number,
      tx.scope!.union,
      answer,
      reason,
      tx.now,
      by.account,
      by.name,
    ],
  )
}

/** 特別療養費の決定を足す */
export async function insertSpecialTreatment(
  tx: Transaction,
  person: PersonPlace,
  event: SpecialTreatmentContent,
  by: Person & { readonly proposedBy: string },
): Promise<void> {
  await tx.run(
    `insert into certificates.special_treatment_event
       (subject_key, municipality_code, sequence, union_code, act, effective_on, ground, notified_on,
        hearing_until, hearing, decided_on, source, decided_at, account, account_name, proposed_by)
     select $1::bigint, $2::text, coalesce(max(sequence), 0) + 1, $3::smallint, $4::text, $5::date,
            $6::text, $7::date, $8::date, $9::text, $10::date, $11::text, $12::timestamptz, $13::uuid,
            $14::text, $15::text
       from certificates.special_treatment_event
      where subject_key = $1::bigint and municipality_code = $2::text`,
    [
      person.subjectKey,
      person.municipality,
      tx.scope!.union,
      ...values(event),
      tx.now,
      by.account,
      by.name,
      by.proposedBy,
    ],
  )
}
