import { createHash, randomUUID } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { Purpose } from '../api.ts'
import type { ReadBackFact, ReadBackPerson } from './readBack.ts'

/** 応対 — one person at one counter, as its events leave it. */
export type Encounter = {
  readonly encounterId: string
  readonly municipality: string
  readonly day: PlainDate
  readonly number: number
  readonly sessionDigest: string
  readonly accountName: string
  readonly purpose: Purpose
  readonly beganAt: Instant
  readonly version: number
  readonly state: 'open' | 'ended' | 'closed'
  /** Null while a newcomer has no record yet. */
  readonly subjectKey: number | null
  /** Filings received in it. */
  readonly filings: readonly string[]
  readonly facts: readonly (ReadBackFact | 'filing')[]
  readonly agreedAt: Instant | null
  readonly differences: number
}

type Act = 'began' | 'agreed' | 'differed' | 'filed' | 'bound' | 'ended' | 'closed'

/** 席のしるし — of the sign-in, not of the person: nobody can go from it back to the cookie. */
export const sessionDigestOf = (token: string): string =>
  createHash('sha256').update(`koiki encounter ${token}`).digest('hex')

/** 応対の番号 — as it is called at the counter: 0412. */
export const encounterNumber = (number: number): string => String(number).padStart(4, '0')

/** 応対を始める — with the next number of the day at this counter; the caller has made sure that none is open. */
export async function beginEncounter(
  tx: Transaction,
  given: {
    readonly sessionDigest: string
    readonly account: { readonly id: string; readonly name: string }
    readonly purpose: Purpose
    readonly subjectKey: number | null
    readonly facts: readonly ReadBackFact[]
  },
): Promise<string> {
  const { union, municipality } = tx.scope!
  await lock(tx, `encounter ${municipality} ${tx.today}`)
  const id = randomUUID()
  await tx.run(
    `insert into counter.encounter
       (encounter_id, union_code, municipality_code, day, number, session_digest, account_id,
        account_name, purpose, began_at)
     select $1::uuid, $2::smallint, $3::text, $4::date,
            coalesce(max(number), 0) + 1, decode($5::text, 'hex'), $6::uuid, $7::text, $8::text,
            $9::timestamptz
       from counter.encounter
      where union_code = $2::smallint and municipality_code = $3::text and day = $4::date`,
    [
      id,
      union,
      municipality,
      tx.today,
      given.sessionDigest,
      given.account.id,
      given.account.name,
      given.purpose,
      tx.now,
    ],
  )
  await addEvent(tx, { encounterId: id, municipality, version: 0 }, 'began')
  if (given.facts.length > 0)
    await addEvent(tx, { encounterId: id, municipality, version: 1 }, 'agreed', {
      facts: given.facts,
    })
  if (given.subjectKey !== null)
    await bindPerson(tx, { encounterId: id, municipality }, given.subjectKey)
  return id
}

/** One at a time: what a session begins, ends and reads back, and what a counter numbers. */
export async function lock(tx: Transaction, what: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 3))', [what])
}

type At = { readonly encounterId: string; readonly municipality: string }

export async function addEvent(
  tx: Transaction,
  at: At & { readonly version: number },
  act: Act,
  more: { readonly facts?: readonly string[]; readonly filingId?: string } = {},
): Promise<void> {
  await tx.run(
    `insert into counter.encounter_event
       (encounter_id, version, union_code, municipality_code, act, happened_at, facts, filing_id)
     values ($1::uuid, $2::integer, $3::smallint, $4::text, $5::text, $6::timestamptz, $7::text[],
             $8::uuid)`,
    [
      at.encounterId,
      at.version + 1,
      tx.scope!.union,
      at.municipality,
      act,
      tx.now,
      more.facts ?? [],
      more.filingId ?? null,
    ],
  )
}

export async function bindPerson(tx: Transaction, at: At, subjectKey: number): Promise<void> {
  await tx.run(
    `insert into counter.encounter_person
       (subject_key, encounter_id, union_code, municipality_code, bound_at)
     values ($1::bigint, $2::uuid, $3::smallint, $4::text, $5::timestamptz)`,
    [subjectKey, at.encounterId, tx.scope!.union, at.municipality, tx.now],
  )
}

const columns = `e.encounter_id::text as "encounterId", e.municipality_code as municipality, e.day,
  e.number, encode(e.session_digest, 'hex') as "sessionDigest", e.account_name as "accountName",
  e.purpose, e.began_at as "beganAt", told.version, told.state, told.filings, told.facts,
  told."agreedAt", told.differences,
  (select p.subject_key from counter.encounter_person p
    where p.encounter_id = e.encounter_id) as "subjectKey"`

const told = `cross join lateral (
    select max(v.version) as version,
           case when bool_or(v.act = 'closed') then 'closed'
                when bool_or(v.act = 'ended') then 'ended' else 'open' end as state,
           coalesce(array_agg(v.filing_id::text) filter (where v.act = 'filed'), '{}') as filings,
           coalesce((select array_agg(distinct f) from counter.encounter_event a, unnest(a.facts) f
                      where a.encounter_id = e.encounter_id and a.act = 'agreed'), '{}') as facts,
           max(v.happened_at) filter (where v.act = 'agreed') as "agreedAt",
           count(*) filter (where v.act = 'differed')::integer as differences
      from counter.encounter_event v
     where v.encounter_id = e.encounter_id
  ) told`

/** 応対の1件 — of this scope. */
export async function findEncounter(tx: Transaction, id: string): Promise<Encounter | null> {
  return tx.maybe<Encounter>(
    `select ${columns} from counter.encounter e ${told} where e.encounter_id = $1::uuid`,
    [id],
  )
}

/** 開いている応対 — the one of this sign-in, if there is one. */
export async function findOpenEncounter(
  tx: Transaction,
  sessionDigest: string,
): Promise<Encounter | null> {
  return tx.maybe<Encounter>(
    `select ${columns} from counter.encounter e ${told}
      where e.session_digest = decode($1::text, 'hex') and told.state = 'open'
      order by e.began_at desc
      limit 1`,
    [sessionDigest],
  )
}

/** 閉じられた応対 — those of a day in which what was heard differed too often. */
export async function findClosedOn(
  tx: Transaction,
  day: PlainDate,
): Promise<
  readonly {
    readonly municipality: string
    readonly number: number
    readonly accountName: string
    readonly at: Instant
  }[]
> {
  return tx.query(
    `select e.municipality_code as municipality, e.number, e.account_name as "accountName",
            v.happened_at as at
       from counter.encounter_event v
       join counter.encounter e on e.encounter_id = v.encounter_id
      where v.union_code = $1::smallint and v.act = 'closed' and e.day = $2::date
      order by v.happened_at desc
      limit 20`,
    [tx.scope!.union, day],
  )
}

/** 読み合わせの相手をさがす — with the town left out where the person is under 支援措置; null for nobody here. */
export async function findReadBackPerson(
  tx: Transaction,
  subjectKey: number,
): Promise<(ReadBackPerson & { readonly underSupportMeasure: boolean }) | null> {
  return tx.maybe(
    `select p.name, p.name_kana as "nameKana",
            case when r.birth_date_unknown is distinct from '1' then p.birth_date end
              as "birthDate",
            case when not p.under_support_measure then r.town_name end as town,
            p.insured_number as "insuredNumber",
            p.under_support_measure as "underSupportMeasure"
       from eligibility.insured_person p
       left join eligibility.resident i on i.resident_key = p.resident_key
       left join eligibility.resident_record r
         on r.resident_key = i.resident_key and r.version = i.current_version
      where p.subject_key = $1::bigint`,
    [subjectKey],
  )
}
