import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { unionOf } from './journal.ts'
import type { Party, TransmissionState } from './protocol.ts'

/** 通し番号の列 — numbers run for each sender, receiver and layout. */
export type Sequence = {
  readonly sender: Party
  readonly receiver: Party
  readonly layout: string
}

type Holder = {
  readonly sequenceNumber: number
  /** Null for a number that was closed without a transmission. */
  readonly transmissionId: string | null
  readonly state: TransmissionState | 'skipped'
}

/** Takes the next number in this transaction; a rollback gives it back. */
export async function takeNumber(
  tx: Transaction,
  sequence: Sequence,
  municipality: string,
): Promise<number> {
  const row = await tx.one<{ last_number: number }>(
    `insert into exchange.sequence_counter as c (
       union_code, sender, receiver, layout, municipality_code, last_number
     ) values ($1::smallint, $2::text, $3::text, $4::text, $5::text, 1)
     on conflict (union_code, sender, receiver, layout)
       do update set last_number = c.last_number + 1
     returning last_number`,
    [unionOf(tx), sequence.sender, sequence.receiver, sequence.layout, municipality],
  )
  return row.last_number
}

const holders = `
  select p.sequence_number as "sequenceNumber", p.transmission_id as "transmissionId",
         coalesce(e.state, 'skipped') as state
    from exchange.sequence_position p
    left join lateral (
      select state
        from exchange.transmission_event
       where union_code = p.union_code and transmission_id = p.transmission_id
       order by event_number desc
       limit 1
    ) e on true
   where p.union_code = $1::smallint and p.sender = $2::text and p.receiver = $3::text
     and p.layout = $4::text`

/**
 * One at a time for each sequence until the transaction ends: an arrival must see those that came a
 * moment before it, or two neighbours could each wait for the other.
 */
export async function lockSequence(tx: Transaction, sequence: Sequence): Promise<void> {
  const name = ['exchange', unionOf(tx), sequence.sender, sequence.receiver, sequence.layout]
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [name.join(' ')])
}

/** Who holds the number. */
export async function findHolder(
  tx: Transaction,
  sequence: Sequence,
  sequenceNumber: number,
): Promise<Holder | null> {
  return await tx.maybe<Holder>(`${holders} and p.sequence_number = $5::integer`, [
    unionOf(tx),
    sequence.sender,
    sequence.receiver,
    sequence.layout,
    sequenceNumber,
  ])
}

/** Gives the number to a transmission: a new number, or one whose holder was refused. */
export async function holdNumber(
  tx: Transaction,
  sequence: Sequence,
  sequenceNumber: number,
  municipality: string,
  holder: { readonly transmissionId: string } | { readonly skippedBecause: string },
): Promise<void> {
  await tx.run(
    `insert into exchange.sequence_position (
       union_code, sender, receiver, layout, sequence_number, municipality_code,
       transmission_id, skipped_because
     ) values ($1::smallint, $2::text, $3::text, $4::text, $5::integer, $6::text, $7::uuid, $8::text)
     on conflict (union_code, sender, receiver, layout, sequence_number)
       do update set transmission_id = excluded.transmission_id,
                     skipped_because = excluded.skipped_because`,
    [
      unionOf(tx),
      sequence.sender,
      sequence.receiver,
      sequence.layout,
      sequenceNumber,
      municipality,
      'transmissionId' in holder ? holder.transmissionId : null,
      'skippedBecause' in holder ? holder.skippedBecause : null,
    ],
  )
}

/** A number further ahead than this is no gap that somebody will close, but a mistake or worse. */
const aheadMax = 1000

/** The last number that anybody holds, where `sequenceNumber` lies too far behind it; else null. */
export async function tooFarAfter(
  tx: Transaction,
  { sender, receiver, layout }: Sequence,
  sequenceNumber: number,
): Promise<number | null> {
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(sequence_number), 0) as last
       from exchange.sequence_position
      where union_code = $1::smallint and sender = $2::text and receiver = $3::text
        and layout = $4::text`,
    [unionOf(tx), sender, receiver, layout],
  )
  return sequenceNumber > last + aheadMax ? last : null
}

/** The first number below `until` that nobody holds or whose holder was refused; null where none. */
export async function missingBefore(
  tx: Transaction,
  sequence: Sequence,
  until: number,
): Promise<number | null> {
  const row = await tx.one<{ missing: number | null }>(
    `with held as (${holders} and p.sequence_number < $5::integer)
     select min(n)::integer as missing
       from generate_series(1, $5::integer - 1) as n
      where not exists (
        select from held where held."sequenceNumber" = n and held.state <> 'refused'
      )`,
    [unionOf(tx), sequence.sender, sequence.receiver, sequence.layout, until],
  )
  return row.missing
}

/** The holders after a number, in order. */
export async function holdersAfter(
  tx: Transaction,
  sequence: Sequence,
  after: number,
): Promise<Holder[]> {
  return await tx.query<Holder>(
    `${holders} and p.sequence_number > $5::integer order by p.sequence_number`,
    [unionOf(tx), sequence.sender, sequence.receiver, sequence.layout, after],
  )
}

/** 順番を待つわけ — what a number waits for, and what lets it go on; null where its turn has come. */
export async function whyNotYet(
  tx: Transaction,
  sequence: Sequence,
  sequenceNumber: number,
): Promise<string | null> {
  const open = (await holdersAfter(tx, sequence, 0)).find(
    (holder) =>
      holder.sequenceNumber < sequenceNumber &&
      holder.state !== 'applied' &&
      holder.state !== 'skipped',
  )
  if (open === undefined) return null
  const [before, until] =
    open.state === 'held'
      ? ['がふだんと違い、確認を待っている', 'を担当者が通し、取り込まれる']
      : open.state === 'refused'
        ? ['が断られた', 'の直したものが届き、取り込まれる']
        : ['の取込みがまだ終わっていない', 'が取り込まれる']
  return `通し番号${open.sequenceNumber}${before}ので、通し番号${sequenceNumber}は待ちます。通し番号${open.sequenceNumber}${until}と、ひとりでに進みます。`
}

/** 欠番 — numbers of one partner and layout that nobody holds although a later one is here. */
export type Gap = {
  readonly partner: Party
  readonly layout: string
  readonly municipality: string
  readonly missing: readonly number[]
  /** The first day on which a later number came. */
  readonly since: PlainDate
}

/** 欠番の一覧 — of all who send to this receiver, within the scope; a number that was closed is none. */
export async function listGaps(tx: Transaction, receiver: Party): Promise<Gap[]> {
  return await tx.query<Gap>(
    `with seen as (
       select p.sender, p.layout, p.sequence_number, p.municipality_code, t.recorded_at
         from exchange.sequence_position p
         left join exchange.transmission t
           on t.union_code = p.union_code and t.transmission_id = p.transmission_id
        where p.union_code = $1::smallint and p.receiver = $2::text
     ),
     ends as (
       select sender, layout, min(municipality_code) as municipality,
              max(sequence_number) as last, count(*) as held
         from seen
        group by sender, layout
       having max(sequence_number) > count(*)
     )
     select e.sender as partner, e.layout, e.municipality, array_agg(n order by n) as missing,
            min((select (min(s.recorded_at) at time zone 'Asia/Tokyo')::date from seen s
                  where s.sender = e.sender and s.layout = e.layout
                    and s.sequence_number > n)) as since
       from ends e
       cross join lateral generate_series(1, e.last) as n
      where not exists (
        select from seen s
         where s.sender = e.sender and s.layout = e.layout and s.sequence_number = n)
      group by e.sender, e.layout, e.municipality`,
    [unionOf(tx), receiver],
  )
}
