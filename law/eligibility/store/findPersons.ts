import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { type PersonQuery, type ReadWord, readQuery } from '../search/readQuery.ts'
import { type Standing, standingOf } from './standing.ts'

/** さがして見つかった人 — what a list shows; the town only, and nothing of it for a protected person. */
export type FoundPerson = {
  readonly subjectKey: number
  readonly insuredNumber: string
  readonly name: string
  readonly nameKana: string | null
  readonly birthDate: PlainDate
  /** 生年月日不詳表記, where the day is not known. */
  readonly birthDateText: string | null
  readonly sex: string
  readonly municipality: string
  readonly town: string | null
  readonly underSupportMeasure: boolean
  readonly standing: Standing
}

/** さがした結果 — `total` counts up to `countMax`; `refused` when twelve digits were typed. */
export type FoundPersons = {
  readonly readAs: readonly ReadWord[]
  readonly refused: boolean
  readonly total: number
  readonly people: readonly FoundPerson[]
}

/** Beyond so many nobody reads on; the clerk is asked for one word more. */
export const countMax = 1000

/**
 * 被保険者をさがす — by name in kanji, kana or Roman letters from its beginning or the beginning of the given
 * name, birth date, 被保険者番号, and combinations, within the scope. The caller leaves the audit entry.
 */
export async function findPersons(
  tx: Transaction,
  text: string,
  limit = 20,
): Promise<FoundPersons> {
  const query = readQuery(text)
  const { readAs, refused } = query
  const values: unknown[] = [tx.scope!.union]
  const candidates = candidatesOf(query, values)
  if (refused || candidates === null) return { readAs, refused, total: 0, people: [] }
  values.push(limit)
  const rows = await tx.query<Omit<FoundPerson, 'standing'> & { total: number } & StandingRow>(
    `with candidate as materialized (${candidates}),
     shown as (
       select p.*, count(*) over () as total
         from candidate c
         join eligibility.insured_person p on p.subject_key = c.subject_key
        order by p.name_sort, p.birth_date, p.subject_key
        limit $${values.length}
     )
     select s.subject_key as "subjectKey", s.insured_number as "insuredNumber", s.name,
            s.name_kana as "nameKana", s.birth_date as "birthDate",
            case when r.birth_date_unknown = '1' then r.birth_date_text end as "birthDateText",
            s.sex, s.municipality_code as municipality,
            case when not s.under_support_measure then r.town_name end as town,
            s.under_support_measure as "underSupportMeasure", s.total,
            e.acquired_on as "from", e.lost_on as "until"
       from shown s
       left join eligibility.resident i on i.resident_key = s.resident_key
       left join eligibility.resident_record r
         on r.resident_key = i.resident_key and r.version = i.current_version
       left join lateral (
         select acquired_on, lost_on
           from eligibility.entitlement
          where subject_key = s.subject_key
          order by began_on desc
          limit 1
       ) e on true
      order by s.name_sort, s.birth_date, s.subject_key`,
    values,
  )
  return {
    readAs,
    refused,
    total: Math.min(rows[0]?.total ?? 0, countMax),
    people: rows.map(({ total: _, from, until, ...person }) => ({
      ...person,
      standing: standingOf(from, until, tx.today),
    })),
  }
}

type StandingRow = { readonly from: PlainDate | null; readonly until: PlainDate | null }

/**
 * A query for the keys, or null when nothing was asked. Every condition compares by ranges of keys that
 * the database may use under row-level security; `like` may not be (it is not leakproof).
 */
function candidatesOf(query: PersonQuery, values: unknown[]): string | null {
  const put = (value: unknown): string => `$${values.push(value)}`
  const sources: string[] = []
  if (query.insuredNumber !== null) {
    const digits = query.insuredNumber
    const width = 10 ** (8 - digits.length)
    const key = `$1::bigint * 100000000 + ${put(Number(digits))}::bigint * ${width}`
    sources.push(
      `select subject_key from eligibility.insured_person
        where subject_key >= ${key} and subject_key < ${key} + ${width}`,
    )
  }
  if (query.birthDates.length > 0) {
    sources.push(
      `select subject_key from eligibility.insured_person
        where union_code = $1::smallint and birth_date = any (${put(query.birthDates)}::date[])`,
    )
  }
  const alone = sources.length === 0 && query.names.length === 1
  for (const spellings of query.names) {
    const ranges = spellings.map(
      (from) =>
        `select subject_key from eligibility.person_name_key
          where union_code = $1::smallint
            and folded >= ${put(from)}::text and folded < ${put(`${from}\u{10ffff}`)}::text
          ${alone ? `order by folded limit ${2 * countMax}` : ''}`,
    )
    sources.push(ranges.map((range) => `(${range})`).join(' union '))
  }
  if (sources.length === 0) return null
  const all = sources.map((source) => `(${source})`).join(' intersect ')
  return `select distinct subject_key from (${all}) found limit ${countMax + 1}`
}
