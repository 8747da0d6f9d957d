import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Share } from '../certificate.ts'

/** 一部負担金の割合を引く — for many persons on one day; who is not in the answer has none decided. */
export async function findShares(
  tx: Transaction,
  subjectKeys: readonly number[],
  on: PlainDate,
): Promise<Map<number, Share>> {
  const rows = await tx.query<{ subjectKey: number } & Share>(
    `select subject_key as "subjectKey", tenths, share_since as "from",
            limit_category as "limitCategory",
            case when limit_category is not null then limit_since end as "limitFrom"
       from copay.share_period
      where subject_key = any($1::bigint[]) and held @> $2::date`,
    [[...subjectKeys], on],
  )
  return new Map(rows.map(({ subjectKey, ...share }) => [subjectKey, share]))
}
