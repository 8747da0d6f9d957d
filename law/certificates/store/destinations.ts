import { createHash } from 'node:crypto'
import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'
import type { DestinationFacts } from '../rules/destinationOf.ts'
import { addressKey, findAddressStandings, withoutKnownPlaces } from './addressConfirmations.ts'
import { type AddressColumns, addressLines, type Examined } from './personFacts.ts'

/** 同じ住所に別の世帯のある住所 — by the key of `addressKey`. */
export type SharedAddresses = ReadonlySet<string>

/**
 * 同じ住所・別の世帯 — every address at which more than one household lives. One pass for a run of everyone; with
 * `only`, the addresses of those persons alone are looked at. A facility and an address that somebody confirmed are none.
 */
export async function findSharedAddresses(
  tx: Transaction,
  only?: readonly number[],
): Promise<SharedAddresses> {
  // Row-level security hides from the planner how many rows there are; loops over tables would not end.
  if (only === undefined) await tx.run('set local enable_nestloop = off')
  const rows = await tx.query<{ key: string; text: string }>(
    `select ${addressKey} as key,
            min(concat(prefecture_name, municipality_name, town_name, house_number, building)) as text
       from eligibility.registered_residence
      where status = '1' and town_name is not null and household_number is not null
        ${
          only === undefined
            ? ''
            : `and (municipality_code, town_name, coalesce(house_number, '')) in (
                 select municipality_code, town_name, coalesce(house_number, '')
                   from eligibility.registered_residence where subject_key = any($1::bigint[]))`
        }
      group by 1
     having count(distinct household_number) > 1`,
    only === undefined ? [] : [[...only]],
  )
  return withoutKnownPlaces(tx, rows)
}

/** 宛先の要約値 — of the address that was confirmed; another address is not confirmed by it. */
export const destinationDigest = (lines: readonly string[]): Buffer =>
  createHash('sha256').update(lines.join('\n')).digest()

type RegisteredAddress = {
  postalCode: string | null
  prefecture: string | null
  municipalityName: string | null
  town: string | null
  houseNumber: string | null
  building: string | null
}

/** 宛先の事実を読む — of persons who were examined. */
export async function findDestinationFacts(
  tx: Transaction,
  examined: readonly Examined[],
  on: PlainDate,
  shared: SharedAddresses,
): Promise<Map<number, DestinationFacts>> {
  const keys = examined.map(({ subjectKey }) => subjectKey)
  const places = new Map(
    (
      await tx.query<{ subjectKey: number; key: string; postalCode: string | null }>(
        `select subject_key as "subjectKey", ${addressKey} as key, postal_code as "postalCode"
           from eligibility.registered_residence where resident_key = any($1::bigint[])`,
        [examined.map(({ residentKey }) => residentKey)],
      )
    ).map((row) => [row.subjectKey, row]),
  )
  const registered = new Map(
    (
      await tx.query<{
        subjectKey: number
        since: PlainDate
        recipient: string
        address: RegisteredAddress
      }>(
        `select distinct on (subject_key) subject_key as "subjectKey", effective_on as since,
                recipient_name as recipient, address
           from eligibility.mailing_destination_in_force
          where subject_key = any($1::bigint[]) and covers in ('all', 'eligibility')
            and effective_on <= $2::date
          order by subject_key, case covers when 'eligibility' then 0 else 1 end, effective_on desc`,
        [keys, on],
      )
    ).map((row) => [row.subjectKey, row]),
  )
  const unchecked = new Set(
    (
      await tx.query<{ subjectKey: number }>(
        `select distinct subject_key as "subjectKey" from eligibility.unchecked_destination
          where subject_key = any($1::bigint[]) and covers in ('all', 'eligibility')`,
        [keys],
      )
    ).map(({ subjectKey }) => subjectKey),
  )
  const supports = new Map(
    (
      await tx.query<{ subjectKey: number; since: PlainDate }>(
        `select subject_key as "subjectKey", max(began_on) as since from eligibility.support_period
          where subject_key = any($1::bigint[]) and held @> $2::date and non_disclosure
          group by subject_key`,
        [keys, on],
      )
    ).map(({ subjectKey, since }) => [subjectKey, since]),
  )
  // A confirmation of the address that was taken back takes those of its people with it.
  const standings = await findAddressStandings(
    tx,
    [...places.values()].map(({ key }) => key),
  )
  const confirmed = new Set(
    (
      await tx.query<{ subjectKey: number; digest: Buffer; at: Instant }>(
        `select subject_key as "subjectKey", digest, confirmed_at as at
           from certificates.destination_confirmation
          where subject_key = any($1::bigint[])`,
        [keys],
      )
    )
      .filter(({ subjectKey, at }) => {
        const standing = standings.get(places.get(subjectKey)?.key ?? '')
        return standing === undefined || standing.confirmed || standing.at < at
      })
      .map(({ subjectKey, digest }) => `${subjectKey} ${digest.toString('hex')}`),
  )
  return new Map(
    examined.map(({ subjectKey, facts, withheld }) => {
      const to = registered.get(subjectKey)
      const place = places.get(subjectKey)
      const lines = facts.address
      return [
        subjectKey,
        {
          name: facts.name,
          underSupportMeasure: withheld,
          supportSince: supports.get(subjectKey) ?? null,
          address: lines === null ? null : { postalCode: place?.postalCode ?? '', lines },
          registered:
            to === undefined
              ? null
              : {
                  since: to.since,
                  recipient: to.recipient,
                  postalCode: to.address.postalCode ?? '',
                  lines: addressLines(to.address as AddressColumns) ?? [],
                },
          unchecked: unchecked.has(subjectKey),
          sharedAddress: place !== undefined && shared.has(place.key),
          confirmed:
            lines !== null &&
            confirmed.has(`${subjectKey} ${destinationDigest(lines).toString('hex')}`),
        },
      ]
    }),
  )
}

/** 宛先を確かめた */
export async function insertDestinationConfirmation(
  tx: Transaction,
  person: { readonly subjectKey: number; readonly municipality: string },
  lines: readonly string[],
  clerk: { readonly account: string; readonly name: string },
  note: string,
): Promise<void> {
  await tx.run(
    `insert into certificates.destination_confirmation
       (subject_key, municipality_code, sequence, union_code, digest, note, account, account_name,
        confirmed_at)
     select $1::bigint, $2::text, coalesce(max(sequence), 0) + 1, $3::smallint, $4::bytea, $5::text,
            $6::uuid, $7::text, $8::timestamptz
       from certificates.destination_confirmation
      where subject_key = $1::bigint and municipality_code = $2::text`,
    [
      person.subjectKey,
      person.municipality,
      tx.scope!.union,
      destinationDigest(lines),
      note,
      clerk.account,
      clerk.name,
      tx.now,
    ],
  )
}
