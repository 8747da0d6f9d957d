import type { Transaction } from '@koiki/store'
import { noRecord, type OneRecord, withExpressions } from './applyRecords.ts'

/** The day from which a removed resident no longer belongs: a dead one belongs on the day of death. */
const endsOn = `case when s.status = '2'
  then s.removed_on + case when s.change_reason = '05' then 1 else 0 end end`

/**
 * 世帯を移す — periods of belonging to a household, from the records just placed. What is first received is
 * taken to hold since the person became a resident (our reading: nothing earlier was sent). A change
 * of household begins on 異動年月日; a correction that reaches back replaces what it overlaps; a late record
 * moves nobody.
 */
export async function applyHouseholds(
  tx: Transaction,
  municipality: string,
  head: string,
  record: OneRecord = noRecord,
): Promise<void> {
  const where = [tx.scope!.union, municipality, head]
  const fresh = record(where.length + 1)
  await tx.run(
    `${withExpressions(...fresh.expressions)}
     insert into eligibility.household_membership
       (resident_key, began_on, union_code, municipality_code, household_number, held,
        is_head, relationship)
     select p.resident_key, s.resident_from, $1::smallint, $2::text, s.household_number,
            daterange(s.resident_from, ${endsOn}), s.relationship = $3::text, s.relationship
       from placed p
       join staged s on s.line = p.line
      where p.fresh and (s.status = '1' or ${endsOn} > s.resident_from)`,
    [...where, ...fresh.values],
  )
  const known = record(1)
  await tx.run(
    `create temporary table household_change on commit drop as
     ${withExpressions(...known.expressions)}
     select p.resident_key, s.household_number, s.relationship, ${endsOn} as ends_on,
            m.began_on as last_began_on,
            -- 職権修正 of the day on which the only stay began: the period is written anew.
            coalesce(m.only and m.began_on = before.resident_from
              and before.resident_from <> s.resident_from
              and not (coalesce(upper(m.held) - 1 <= s.resident_from, false)), false) as anew,
            case
              when m.began_on is null then s.resident_from
              when m.only and m.began_on = before.resident_from
                and before.resident_from <> s.resident_from
                and not coalesce(upper(m.held) - 1 <= s.resident_from, false) then s.resident_from
              when upper(m.held) - 1 <= s.resident_from and m.began_on < s.resident_from
                then s.resident_from
              when m.household_number <> s.household_number or m.relationship <> s.relationship
                then greatest(s.resident_from, s.changed_on)
            end as starts_on
       from placed p
       join staged s on s.line = p.line
       left join eligibility.resident_record before
         on before.resident_key = p.resident_key and before.version = p.before_version
       left join lateral (
         select h.began_on, h.held, h.household_number, h.relationship,
                count(*) over () = 1 as only
           from eligibility.household_membership h
          where h.resident_key = p.resident_key
          order by h.began_on desc
          limit 1
       ) m on true
      where not p.fresh and not p.late`,
    known.values,
  )
  await tx.run(
    `delete from eligibility.household_membership m
      using household_change c
      where m.resident_key = c.resident_key
        and (c.anew
             or m.began_on >= c.starts_on
             or (c.starts_on is null and m.began_on = c.last_began_on and c.ends_on <= m.began_on))`,
  )
  await tx.run(
    `update eligibility.household_membership m
        set held = daterange(m.began_on, coalesce(c.starts_on, c.ends_on))
       from household_change c
      where m.resident_key = c.resident_key
        and ((c.starts_on is not null and m.held @> c.starts_on)
             or (c.starts_on is null and m.began_on = c.last_began_on
                 and upper(m.held) is distinct from c.ends_on))`,
  )
  await tx.run(
    `insert into eligibility.household_membership
       (resident_key, began_on, union_code, municipality_code, household_number, held,
        is_head, relationship)
     select c.resident_key, c.starts_on, $1::smallint, $2::text, c.household_number,
            daterange(c.starts_on, c.ends_on), c.relationship = $3::text, c.relationship
       from household_change c
      where c.starts_on is not null and (c.ends_on is null or c.ends_on > c.starts_on)`,
    where,
  )
}
