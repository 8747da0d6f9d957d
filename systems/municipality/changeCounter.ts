import type { Scope, Transaction } from '@koiki/store'

type Store = 'resident_register' | 'local_tax'

/** 変更の通番を押さえる — nobody else writes this municipality's store until the transaction ends. */
export async function lockChangeCounter(
  tx: Transaction,
  store: Store,
  scope: Scope,
): Promise<number> {
  await tx.run(
    `insert into ${store}.change_counter (municipality_code, union_code, last_sequence)
     values ($1, $2, 0)
     on conflict (municipality_code) do nothing`,
    [scope.municipality, Number(scope.union)],
  )
  const { last } = await tx.one<{ last: number }>(
    `select last_sequence as last from ${store}.change_counter
      where municipality_code = $1 for update`,
    [scope.municipality],
  )
  return last
}

export async function saveChangeCounter(
  tx: Transaction,
  store: Store,
  scope: Scope,
  last: number,
): Promise<void> {
  await tx.run(
    `update ${store}.change_counter set last_sequence = $2 where municipality_code = $1`,
    [scope.municipality, last],
  )
}
