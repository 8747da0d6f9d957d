import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'

/** 個人番号の重なり — a staged row whose number another present resident also has. */
export type DoubtfulNumber = {
  readonly line: number
  readonly otherMunicipality: string
  readonly otherFrom: PlainDate
  readonly from: PlainDate
}

/** 二つの住所 — present residents of the union who share a number with a present resident of this file. */
export async function findDoubtfulNumbers(
  tx: Transaction,
  limit: number,
): Promise<readonly DoubtfulNumber[]> {
  return tx.query<DoubtfulNumber>(
    `select s.line, o.municipality_code as "otherMunicipality",
            c.resident_from as "otherFrom", s.resident_from as "from"
       from placed p
       join staged s on s.line = p.line
       join eligibility.resident o
         on o.number_token = p.number_token and o.resident_key <> p.resident_key
       join eligibility.resident_record c
         on c.resident_key = o.resident_key and c.version = o.current_version
      where s.status = '1' and c.status = '1' and c.register = 1
      order by s.line, o.resident_key
      limit $1`,
    [limit],
  )
}
