import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { InsuranceCardAnswer, InsuranceCardState, InsuranceCardTold } from '../certificate.ts'
import { insuranceCardOn } from '../rules/insuranceCardOn.ts'

/** マイナ保険証の状況を読む — of many persons on a day, with both that spoke of it. */
export async function findInsuranceCards(
  tx: Transaction,
  keys: readonly number[],
  on: PlainDate,
): Promise<Map<number, InsuranceCardAnswer>> {
  const rows = await tx.query<InsuranceCardTold & { subjectKey: number; toldBy: 'hand' | 'list' }>(
    `select distinct on (subject_key, told_by) subject_key as "subjectKey", told_by as "toldBy", state,
            effective_on as since, source, known_at as "knownAt", listed_as_of as "asOf",
            electronic_certificate_until as "electronicCertificateUntil"
       from certificates.insurance_card_use
      where subject_key = any($1::bigint[]) and effective_on <= $2::date
      order by subject_key, told_by, case when told_by = 'list' then known_at end desc,
               case when told_by = 'hand' then effective_on end desc, known_at desc, sequence desc`,
    [keys, on],
  )
  const told = new Map<number, { hand: InsuranceCardTold | null; list: InsuranceCardTold | null }>()
  for (const { subjectKey, toldBy, ...one } of rows) {
    const both = told.get(subjectKey) ?? { hand: null, list: null }
    told.set(subjectKey, { ...both, [toldBy]: one })
  }
  return new Map([...told].map(([key, both]) => [key, insuranceCardOn(both, on)]))
}

/** 一覧の一行 — of a person whom we know. */
export type ListedCard = {
  readonly subjectKey: number
  readonly state: InsuranceCardState
  readonly effectiveOn: PlainDate
  readonly registeredOn: PlainDate | null
  readonly deregisteredOn: PlainDate | null
  readonly electronicCertificateUntil: PlainDate | null
  readonly electronicCertificateRevokedOn: PlainDate | null
}

/** 前に一覧が言ったこと — the last of each person, with the instant of which it spoke. */
export type LastListed = ListedCard & { readonly asOf: Instant }

const listed = `subject_key as "subjectKey", state, effective_on as "effectiveOn",
            registered_on as "registeredOn", deregistered_on as "deregisteredOn",
            electronic_certificate_until as "electronicCertificateUntil",
            electronic_certificate_revoked_on as "electronicCertificateRevokedOn"`

export async function findLastListed(
  tx: Transaction,
  keys: readonly number[],
): Promise<Map<number, LastListed>> {
  const rows = await tx.query<LastListed>(
    `select distinct on (subject_key) ${listed}, listed_as_of as "asOf"
       from certificates.insurance_card_use
      where subject_key = any($1::bigint[]) and told_by = 'list'
      order by subject_key, known_at desc, sequence desc`,
    [keys],
  )
  return new Map(rows.map((row) => [row.subjectKey, row]))
}

/** 知っている人 — those of the persons who have a number here, each with the municipality of today. */
export async function findMunicipalityOf(
  tx: Transaction,
  keys: readonly number[],
): Promise<Map<number, string>> {
  const rows = await tx.query<{ subjectKey: number; municipality: string }>(
    `select subject_key as "subjectKey", municipality_code as municipality
       from eligibility.person where subject_key = any($1::bigint[])`,
    [keys],
  )
  return new Map(rows.map(({ subjectKey, municipality }) => [subjectKey, municipality]))
}

/** 一覧が言ったことを足す — one row a person, of many persons at once. */
export async function insertListed(
  tx: Transaction,
  cards: readonly (ListedCard & { readonly municipality: string })[],
  list: { readonly transmissionId: string; readonly asOf: Instant; readonly source: string },
): Promise<void> {
  if (cards.length === 0) return
  await tx.run(
    `insert into certificates.insurance_card_use
       (subject_key, municipality_code, sequence, union_code, state, effective_on, source, known_at,
        account, account_name, told_by, transmission_id, listed_as_of, registered_on,
        deregistered_on, electronic_certificate_until, electronic_certificate_revoked_on)
     select c.subject_key, c.municipality_code, coalesce(o.last, 0) + 1, $9::smallint, c.state,
            c.effective_on, $10::text, $11::timestamptz, null, '中間サーバー', 'list', $12::uuid,
            $13::timestamptz, c.registered_on, c.deregistered_on, c.until, c.revoked_on
       from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::date[], $6::date[],
                   $7::date[], $8::date[])
              as c (subject_key, municipality_code, state, effective_on, registered_on,
                    deregistered_on, until, revoked_on)
       left join lateral (
         select max(sequence) as last from certificates.insurance_card_use u
          where u.subject_key = c.subject_key and u.municipality_code = c.municipality_code
       ) o on true`,
    [
      cards.map(({ subjectKey }) => subjectKey),
      cards.map(({ municipality }) => municipality),
      cards.map(({ state }) => state),
      cards.map(({ effectiveOn }) => effectiveOn),
      cards.map(({ registeredOn }) => registeredOn),
      cards.map(({ deregisteredOn }) => deregisteredOn),
      cards.map(({ electronicCertificateUntil }) => electronicCertificateUntil),
      cards.map(({ electronicCertificateRevokedOn }) => electronicCertificateRevokedOn),
      tx.scope!.union,
      list.source,
      tx.now,
      list.transmissionId,
      list.asOf,
    ],
  )
}

/** 一覧の様子 — before a file: of how many persons a list has spoken, and how many had a card. */
export async function countListed(tx: Transaction): Promise<{ known: number; held: number }> {
  return tx.one(
    `select count(*) as known, count(*) filter (where state = 'registered') as held
       from (select distinct on (subject_key) subject_key, state
               from certificates.insurance_card_use where told_by = 'list'
              order by subject_key, known_at desc, sequence desc) as last`,
  )
}

/** きょうの被保険者 — their keys, of the whole scope. */
export async function findInsuredKeys(tx: Transaction): Promise<number[]> {
  const rows = await tx.query<{ key: number }>(
    `select subject_key as key from eligibility.entitlement_period
      where began_on <= $1::date and (ended_on is null or ended_on > $1::date)`,
    [tx.today],
  )
  return rows.map(({ key }) => key)
}

/** 取り込んだ一覧 */
export type InsuranceCardList = {
  readonly transmissionId: string
  readonly kind: 'full' | 'difference'
  readonly asOf: Instant
  readonly rows: number
  readonly changed: number
  readonly unchanged: number
  readonly unknown: number
  readonly missing: number
}

/** 最後の一覧 — the one that speaks of the latest instant; null where none has come. */
export async function findLastList(
  tx: Transaction,
): Promise<(InsuranceCardList & { readonly recordedAt: Instant }) | null> {
  return tx.maybe(
    `select transmission_id as "transmissionId", kind, as_of as "asOf", row_count as rows,
            changed_count as changed, unchanged_count as unchanged, unknown_count as unknown,
            missing_count as missing, recorded_at as "recordedAt"
       from certificates.insurance_card_list where union_code = $1::smallint
      order by as_of desc, recorded_at desc limit 1`,
    [tx.scope!.union],
  )
}

export async function insertList(tx: Transaction, list: InsuranceCardList): Promise<void> {
  await tx.run(
    `insert into certificates.insurance_card_list
       (union_code, transmission_id, kind, as_of, row_count, changed_count, unchanged_count,
        unknown_count, missing_count, recorded_at)
     values ($1::smallint, $2::uuid, $3::text, $4::timestamptz, $5::integer, $6::integer, $7::integer,
             $8::integer, $9::integer, $10::timestamptz)`,
    [
      tx.scope!.union,
      list.transmissionId,
      list.kind,
      list.asOf,
      list.rows,
      list.changed,
      list.unchanged,
      list.unknown,
      list.missing,
      tx.now,
    ],
  )
}

/**
 * 文書の変わりそうな人 — whoever holds 資格情報のお知らせ and, by the last word on マイナ保険証, may have no card that works
 * on the day. Who really gets another document is judged by the rule; this only keeps it from judging everybody.
 */
export async function findCardless(
  tx: Transaction,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await tx.query<{ key: number }>(
    `select distinct s.subject_key as key
       from certificates.issue_standing s
       join certificates.issue i
         on i.subject_key = s.subject_key and i.municipality_code = s.municipality_code
        and i.issue_number = s.issue_number
      where s.subject_key > $3::bigint
        and i.document = 'eligibilityInformationNotice' and i.effective_from <= $1::date
        and s.valid_until >= $1::date and (s.void_on is null or s.void_on > $1::date)
        and exists (
          select from certificates.insurance_card_use u
           where u.subject_key = s.subject_key and u.effective_on <= $1::date
             and (u.state <> 'registered' or u.electronic_certificate_until < $1::date))
      order by key
      limit $2::integer`,
    [tx.today, limit, after],
  )
  return rows.map(({ key }) => key)
}
