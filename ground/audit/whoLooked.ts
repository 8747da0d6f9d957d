import type { Instant, Transaction } from '@koiki/store'
import { type Channel, type Effect, kindOf } from './recordAccess.ts'

/** 見た人 — one entry that concerned the person, as this scope may see it. */
export type Look = {
  readonly entryId: string
  readonly at: Instant
  readonly channel: Channel
  readonly actor: { readonly kind: 'account' | 'job'; readonly id: string; readonly name: string }
  readonly party: string
  readonly municipality: string
  readonly terminal: string | null
  readonly act: string
  readonly effect: Effect
  readonly purpose: string
  /** How many persons the same act concerned; more than one is a list or a batch. */
  readonly persons: number
}

/**
 * だれが見たか — the newest looks and writes on a person, named by one key or by all of their keys (被保険者
 * の鍵, 住民の鍵). Batches included. A municipality's scope sees that municipality's entries only.
 */
export async function whoLooked(
  tx: Transaction,
  person: number | readonly number[],
  limit = 200,
): Promise<Look[]> {
  const keys = typeof person === 'number' ? [person] : [...person]
  const rows = await tx.query<{
    entry_id: string
    recorded_at: Instant
    channel: Channel
    actor_kind: 'account' | 'job'
    actor_id: string
    actor_name: string
    party: string
    municipality_code: string
    terminal: string | null
    act: string
    effect: Effect
    purpose: string
    person_count: number
  }>(
    `with bulk as (
       select held.entry_id
         from (select 'subject' as kind, key from unnest($1::bigint[]) as given (key)
               union all
               select 'resident', key from unnest($2::bigint[]) as given (key)) as asked
         join audit.bulk_keys as held
           on held.key_kind = asked.kind
          and asked.key between held.key_first and held.key_last
          and asked.key = any (held.keys)
     ),
     concerned as (
       select entry_id from audit.subject_entry where subject_key = any ($1::bigint[])
       union
       select entry_id from audit.resident_entry where resident_key = any ($2::bigint[])
       union
       select entry_id from bulk
     )
     select entry_id, recorded_at, channel, actor_kind, actor_id, actor_name, party,
            municipality_code, terminal, act, effect, purpose, person_count
       from audit.entry
       join concerned using (entry_id)
      order by recorded_at desc, entry_id
      limit $3::integer`,
    [
      keys.filter((key) => kindOf(key) === 'subject'),
      keys.filter((key) => kindOf(key) === 'resident'),
      limit,
    ],
  )
  return rows.map((row) => ({
    entryId: row.entry_id,
    at: row.recorded_at,
    channel: row.channel,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    party: row.party,
    municipality: row.municipality_code,
    terminal: row.terminal,
    act: row.act,
    effect: row.effect,
    purpose: row.purpose,
    persons: row.person_count,
  }))
}
