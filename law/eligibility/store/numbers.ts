import type { Transaction } from '@koiki/store'

// 43 begins with 4310000, so that the first number of a union tells whose it is.
const beforeFirst = (union: number): number => union * 100_000 + 9_999

/**
 * 付番を始める — locks the union's counter of 被保険者番号 until the end of the transaction and says the last number
 * given. Numbers are given in order and never given back.
 */
export async function lockNumbers(tx: Transaction): Promise<number> {
  const union = Number(tx.scope!.union)
  const locked = () =>
    tx.maybe<{ last_number: number }>(
      `select last_number from eligibility.number_counter
        where union_code = $1::smallint and kind = 'insured'
          for update`,
      [union],
    )
  const known = await locked()
  if (known !== null) return known.last_number
  await tx.run(
    `insert into eligibility.number_counter (union_code, kind, last_number)
     values ($1::smallint, 'insured', $2::bigint)
     on conflict (union_code, kind) do nothing`,
    [union, beforeFirst(union)],
  )
  return (await locked())?.last_number ?? beforeFirst(union)
}

/** 付番を終える — the last number that was given. */
export async function setLastNumber(tx: Transaction, last: number): Promise<void> {
  await tx.run(
    `update eligibility.number_counter
        set last_number = $2::bigint
      where union_code = $1::smallint and kind = 'insured' and last_number <= $2::bigint`,
    [Number(tx.scope!.union), last],
  )
}
