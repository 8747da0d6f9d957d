import type { Figures } from '@koiki/exchange'
import type { Transaction } from '@koiki/store'

const sum = `coalesce(sum(public_pension_yen + salary_yen + business_yen + capital_gains_yen + other_yen), 0)`

/**
 * 所得と、ほかの情報との数 — of a file's year: who has an income now and had one the year before, and who is insured without
 * one. Asked after the file was written and before it is committed.
 */
export async function incomeSources(
  tx: Transaction,
  file: { readonly transmissionId: string; readonly municipality: string },
  counted: { readonly rows: number; readonly unknown: number },
): Promise<NonNullable<Figures['sources']>> {
  const figures = await tx.one<Omit<NonNullable<Figures['sources']>, 'rows' | 'unknown'>>(
    `with year as (
       select max(fiscal_year) as fiscal_year from premium.income where transmission_id = $1::uuid
     ),
     insured as (
       select distinct e.resident_key from eligibility.entitlement e
        where e.municipality_code = $2::text and e.held @> $3::date
     )
     select (select count(distinct i.resident_key) from premium.income i, year
              where i.municipality_code = $2::text and i.fiscal_year = year.fiscal_year)
              as "personsNow",
            (select count(distinct i.resident_key) from premium.income i, year
              where i.municipality_code = $2::text and i.fiscal_year = year.fiscal_year - 1)
              as "personsBefore",
            (select count(*) from insured) as insured,
            (select count(*) from insured n
              where exists (select from year where fiscal_year is not null)
                and not exists (select from premium.income i, year
                                 where i.resident_key = n.resident_key
                                   and i.fiscal_year = year.fiscal_year))
              as "insuredWithoutIncome"`,
    [file.transmissionId, file.municipality, tx.today],
  )
  return { ...counted, ...figures }
}

/**
 * 前の年との数 — of the persons whom a file names and who had an income the year before: what shared years come to in
 * all. Asked after the file was written and before it is committed.
 */
export async function incomeFigures(
  tx: Transaction,
  transmissionId: string,
): Promise<NonNullable<Figures['income']>> {
  const row = await tx.one<Record<string, string>>(
    `with now as (
       select distinct on (resident_key, fiscal_year) * from premium.income
        where transmission_id = $1::uuid
        order by resident_key, fiscal_year, revision desc
     ),
     before as (
       select distinct on (b.resident_key, b.fiscal_year) b.*
         from premium.income b
         join now on now.resident_key = b.resident_key and now.fiscal_year = b.fiscal_year + 1
        order by b.resident_key, b.fiscal_year, b.revision desc
     ),
     shared as (
       select now.* from now
         join before on before.resident_key = now.resident_key
          and before.fiscal_year = now.fiscal_year - 1
     )
     select (select count(*) from shared)::text as persons,
            (select ${sum} from shared)::text as total,
            (select ${sum} from before)::text as total_before,
            (select count(*) from shared where declaration <> 'declared')::text as undeclared,
            (select count(*) from before where declaration <> 'declared')::text
              as undeclared_before`,
    [transmissionId],
  )
  return {
    persons: Number(row.persons),
    total: Number(row.total),
    totalBefore: Number(row.total_before),
    undeclared: Number(row.undeclared),
    undeclaredBefore: Number(row.undeclared_before),
  }
}
