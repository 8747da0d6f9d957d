import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { InsuranceCardState } from '../certificate.ts'

/** だれが — the clerk, or the transmission, that says so. */
export type Teller = { readonly account: string | null; readonly name: string }

export type PersonPlace = { readonly subjectKey: number; readonly municipality: string }

/** マイナ保険証の状況を足す */
export async function insertInsuranceCardUse(
  tx: Transaction,
  person: PersonPlace,
  use: {
    readonly state: InsuranceCardState | 'followsList'
    readonly effectiveOn: PlainDate
    readonly source: string
  },
  teller: Teller,
): Promise<void> {
  await tx.run(
    `insert into certificates.insurance_card_use
       (subject_key, municipality_code, sequence, union_code, state, effective_on, source,
        known_at, account, account_name, told_by)
     select $1::bigint, $2::text, coalesce(max(sequence), 0) + 1, $3::smallint, $4::text, $5::date,
            $6::text, $7::timestamptz, $8::uuid, $9::text, 'hand'
       from certificates.insurance_card_use
      where subject_key = $1::bigint and municipality_code = $2::text`,
    [
      person.subjectKey,
      person.municipality,
      tx.scope!.union,
      use.state,
      use.effectiveOn,
      use.source,
      tx.now,
      teller.account,
      teller.name,
    ],
  )
}

/**
 * 異動した人に事実を持って行く — what one municipality of the union was told of a person who now belongs to another is
 * told there too, once, so that its counter sees it. How many.
 */
export async function carryToldFacts(tx: Transaction): Promise<number> {
  await tx.run('set local enable_nestloop = off')
  const cards = await tx.run(
    `insert into certificates.insurance_card_use
       (subject_key, municipality_code, sequence, union_code, state, effective_on, source,
        known_at, account, account_name, told_by, transmission_id, listed_as_of, registered_on,
        deregistered_on, electronic_certificate_until, electronic_certificate_revoked_on)
     select c.subject_key, c.here,
            coalesce((select max(sequence) from certificates.insurance_card_use o
                       where o.subject_key = c.subject_key and o.municipality_code = c.here), 0)
              + row_number() over (partition by c.subject_key order by c.known_at, c.told_by),
            c.union_code, c.state, c.effective_on, c.source, c.known_at, c.account, c.account_name,
            c.told_by, c.transmission_id, c.listed_as_of, c.registered_on, c.deregistered_on,
            c.electronic_certificate_until, c.electronic_certificate_revoked_on
       from (
         select distinct on (c.subject_key, c.told_by) c.*, p.municipality_code as here
           from certificates.insurance_card_use c
           join eligibility.person p on p.subject_key = c.subject_key
          order by c.subject_key, c.told_by, case when c.told_by = 'list' then c.known_at end desc,
                   case when c.told_by = 'hand' then c.effective_on end desc, c.known_at desc,
                   c.municipality_code = p.municipality_code desc, c.sequence desc
       ) c
      where c.municipality_code <> c.here`,
  )
  const specials = await tx.run(
    `insert into certificates.special_treatment_event
       (subject_key, municipality_code, sequence, union_code, act, effective_on, notified_on,
        source, decided_at, account, account_name, ground, hearing_until, hearing, decided_on,
        proposed_by)
     select distinct on (c.subject_key) c.subject_key, p.municipality_code,
            coalesce((select max(sequence) from certificates.special_treatment_event o
                       where o.subject_key = c.subject_key
                         and o.municipality_code = p.municipality_code), 0) + 1,
            c.union_code, c.act, c.effective_on, c.notified_on, c.source, c.decided_at, c.account,
            c.account_name, c.ground, c.hearing_until, c.hearing, c.decided_on, c.proposed_by
       from certificates.special_treatment_event c
       join eligibility.person p on p.subject_key = c.subject_key
      where c.municipality_code <> p.municipality_code
        and not exists (
          select from certificates.special_treatment_event o
           where o.subject_key = c.subject_key and o.municipality_code = p.municipality_code
             and (o.effective_on, o.decided_at) >= (c.effective_on, c.decided_at))
      order by c.subject_key, c.effective_on desc, c.decided_at desc, c.sequence desc`,
  )
  await tx.run('set local enable_nestloop = on')
  return cards + specials
}
