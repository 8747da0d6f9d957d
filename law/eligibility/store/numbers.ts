import type { Transaction } from '@koiki/store'

/** 番号の種類 — residents get keys, insured persons 被保険者番号. */
export type NumberKind = 'resident' | 'insured'

// 43 begins with 4310000, so that the first number of a union tells whose it is.
const firstNumber = { resident: 0, insured: (union: number) => union * 100_000 + 9_999 } as const

/**
 * 付番を始める — locks the union's counter of this kind until the end of the transaction and says the last
 * number given. Numbers are given in order and never given back.
 */
export async function lockNumbers(tx: Transaction, kind: NumberKind): Promise<number> {
  const union = Number(tx.scope!.union)
  const first = kind === 'insured' ? firstNumber.insured(union) : firstNumber.resident
  await tx.run(
    `insert into eligibility.number_counter (union_code, kind, last_number)
     values ($1::smallint, $2::text, $3::bigint)
     on conflict (union_code, kind) do nothing`,
    [union, kind, first],
  )
  const { last_number } = await tx.one<{ last_number: number }>(
    `update eligibility.number_counter
        set last_number = last_number
      where union_code = $1::smallint and kind = $2::text
     returning last_number`,
    [union, kind],
  )
  return last_number
}

/** 付番を終える — the last number that was given. */
export async function setLastNumber(
  tx: Transaction,
  kind: NumberKind,
  last: number,
): Promise<void> {
  await tx.run(
    `update eligibility.number_counter
        set last_number = $3::bigint
      where union_code = $1::smallint and kind = $2::text and last_number <= $3::bigint`,
    [Number(tx.scope!.union), kind, last],
  )
}
