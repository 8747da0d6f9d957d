import type { Transaction } from '@koiki/store'
import type { KeyVersions } from './keyRing.ts'
import type { SealedNumber } from './sealBatch.ts'
import { VaultError } from './vaultError.ts'

/** The columns that a staging table must have for `resolveTokens`, beside its own. */
export const numberColumnDefinitions = `
  token uuid,
  blind_index bytea,
  index_key_version smallint,
  earlier_blind_indexes bytea[],
  sealed bytea,
  seal_key_version smallint`

/** Their names, in the order of `numberValues`, for the head of a COPY. */
export const numberColumns =
  'token, blind_index, index_key_version, earlier_blind_indexes, sealed, seal_key_version'

const nothing = [null, null, null, null, null, null] as const

/** 写込みの値 — one sealed number as values for `copyRows`; nulls for a person without a number. */
export function numberValues(number: SealedNumber | null): readonly unknown[] {
  if (number === null) return nothing
  return [
    number.token,
    number.blindIndex,
    number.indexKeyVersion,
    number.earlierBlindIndexes.length === 0 ? null : byteaArray(number.earlierBlindIndexes),
    number.sealed,
    number.sealKeyVersion,
  ]
}

const byteaArray = (items: readonly Buffer[]): string =>
  `{${items.map((item) => `"\\\\x${item.toString('hex')}"`).join(',')}}`

/**
 * 取込み — adds the numbers of the staging table that the holder does not have yet, then gives every row
 * the token by which its number is known. Returns how many were added.
 */
export async function takeIn(
  tx: Transaction,
  holder: string,
  stagingTable: string,
  indexKeys: KeyVersions,
): Promise<number> {
  if (!/^[a-z_][a-z0-9_]*$/.test(stagingTable)) {
    throw new VaultError('取込みに使う一時表の名前は、英小文字・数字・_ だけです。')
  }
  const staging = `pg_temp.${stagingTable}`
  const place = [tx.scope?.union, holder, tx.now]
  if (indexKeys.keys.size > 1) {
    // A number known under an earlier key gets an index under the current one, the first time it is seen.
    await tx.run(
      `insert into vault.blind_index
         (blind_index, union_code, holder, index_key_version, token, indexed_at)
       select distinct on (staged.blind_index)
              staged.blind_index, $1::smallint, $2::text, staged.index_key_version, known.token,
              $3::timestamptz
         from ${staging} as staged
         join vault.blind_index as known on known.blind_index = any (staged.earlier_blind_indexes)
        order by staged.blind_index
       on conflict (blind_index) do nothing`,
      place,
    )
  }
  const added = await tx.run(
    `with fresh as (
       insert into vault.blind_index
         (blind_index, union_code, holder, index_key_version, token, indexed_at)
       select distinct on (staged.blind_index)
              staged.blind_index, $1::smallint, $2::text, staged.index_key_version, staged.token,
              $3::timestamptz
         from ${staging} as staged
        where staged.blind_index is not null
          and not exists (
                select from vault.blind_index as known
                 where known.blind_index = staged.blind_index
              )
        order by staged.blind_index
       on conflict (blind_index) do nothing
       returning token
     )
     insert into vault.sealed_number
       (token, union_code, holder, seal_key_version, sealed, sealed_at)
     select staged.token, $1::smallint, $2::text, staged.seal_key_version, staged.sealed,
            $3::timestamptz
       from ${staging} as staged
       join fresh using (token)`,
    place,
  )
  // Where every row was new, every row has its own token already; a first import is spared the join.
  const { numbers } = await tx.one<{ numbers: number }>(
    `select count(blind_index) as numbers from ${staging}`,
  )
  if (added < numbers) {
    await tx.run(
      `update ${staging} as staged
          set token = known.token
         from vault.blind_index as known
        where known.blind_index = staged.blind_index
          and known.token <> staged.token`,
    )
  }
  return added
}
