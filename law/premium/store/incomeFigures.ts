import type { Figures } from '@koiki/exchange'
import type { Transaction } from '@koiki/store'

const sum = `coalesce(sum(public_pension_yen + salary_yen + business_yen + capital_gains_yen + other_yen), 0)`

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
