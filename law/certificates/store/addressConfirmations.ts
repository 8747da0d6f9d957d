import type { Instant, Transaction } from '@koiki/store'
import { placesAt } from '../rules/samePlace.ts'

/** 住所の鍵 — of a place within the union; the same letters are the same place. */
export const addressKey = `md5(concat_ws('|', municipality_code, town_name, house_number, coalesce(building, '')))`

/** 住所の確かめの今 — the last word on a place, by whom and when. */
export type AddressStanding = {
  readonly key: string
  readonly confirmed: boolean
  readonly by: string
  readonly at: Instant
  readonly note: string
  /** How often something was said of the place. */
  readonly count: number
}

/** 住所の確かめを読む — of places of which anything was said. */
export async function findAddressStandings(
  tx: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, AddressStanding>> {
  const rows = await tx.query<AddressStanding>(
    `select distinct on (place_key) place_key as key, confirmed, account_name as by, told_at as at,
            note, sequence as count
       from certificates.address_confirmation
      where place_key = any($1::text[])
      order by place_key, sequence desc`,
    [keys],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** 止めなくてよい住所 — of a facility that filings told of, or confirmed once by somebody. */
export async function withoutKnownPlaces(
  tx: Transaction,
  places: readonly { readonly key: string; readonly text: string }[],
): Promise<ReadonlySet<string>> {
  if (places.length === 0) return new Set()
  const standings = await findAddressStandings(
    tx,
    places.map(({ key }) => key),
  )
  const facilities = await tx.query<{ address: string }>(
    'select distinct facility_address as address from eligibility.facility_address',
  )
  const isFacility = placesAt(facilities.map(({ address }) => address))
  return new Set(
    places
      .filter(({ key }) => standings.get(key)?.confirmed !== true)
      .filter(({ text }) => !isFacility(text))
      .map(({ key }) => key),
  )
}

/** 住所を確かめた・確かめを取り消した — of the place where this resident is registered. */
export async function insertAddressConfirmation(
  tx: Transaction,
  residentKey: number,
  told: { readonly confirmed: boolean; readonly note: string },
  clerk: { readonly account: string; readonly name: string },
): Promise<void> {
  await tx.run(
    `insert into certificates.address_confirmation
       (union_code, municipality_code, place_key, sequence, confirmed, note, account,
        account_name, told_at)
     select $2::smallint, r.municipality_code, r.key,
            1 + (select count(*) from certificates.address_confirmation a
                  where a.municipality_code = r.municipality_code and a.place_key = r.key),
            $3::boolean, $4::text, $5::uuid, $6::text, $7::timestamptz
       from (select municipality_code, ${addressKey} as key
               from eligibility.registered_residence where resident_key = $1::bigint) as r`,
    [residentKey, tx.scope!.union, told.confirmed, told.note, clerk.account, clerk.name, tx.now],
  )
}

/** 住所の確かめの今 — of the place where this resident is registered. */
export async function findAddressStanding(
  tx: Transaction,
  residentKey: number,
): Promise<AddressStanding | null> {
  const place = await tx.maybe<{ key: string }>(
    `select ${addressKey} as key from eligibility.registered_residence
      where resident_key = $1::bigint`,
    [residentKey],
  )
  return place === null
    ? null
    : ((await findAddressStandings(tx, [place.key])).get(place.key) ?? null)
}
