import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import { type ColumnMap, columnNames, contentDigest, selectList } from '../columns.ts'
import {
  firstNonRegistered,
  type NonRegisteredPerson,
  nonRegisteredColumns,
  ownNonRegisteredColumns,
} from '../nonRegisteredPerson.ts'
import type { NonRegisteredEvent } from './nonRegisteredEvent.ts'

const all: ColumnMap = [...nonRegisteredColumns, ...ownNonRegisteredColumns]
const table = 'municipal_system.non_registered_person'

export async function findNonRegistered(
  tx: Transaction,
  municipality: string,
  addresseeNumber: string,
): Promise<NonRegisteredPerson | null> {
  return tx.maybe<NonRegisteredPerson>(
    `select ${selectList(all)} from ${table}
      where municipality_code = $1 and addressee_number = $2`,
    [municipality, addresseeNumber],
  )
}

/** 住登外者の一覧 — by 連番, those whose name or number begins so; all where nothing is asked. */
export async function listNonRegistered(
  tx: Transaction,
  municipality: string,
  words: string,
  limit: number,
): Promise<NonRegisteredPerson[]> {
  return tx.query<NonRegisteredPerson>(
    `select ${selectList(all)} from ${table}
      where municipality_code = $1
        and ($2 = '' or starts_with(name, $2) or starts_with(name_kana, $2)
             or addressee_number = lpad($2, 15, '0') or addressee_number = $2)
      order by running_number
      limit $3`,
    [municipality, words, limit],
  )
}

export async function findByToken(
  tx: Transaction,
  municipality: string,
  token: string,
  except: string | null,
): Promise<string | null> {
  const row = await tx.maybe<{ number: string }>(
    `select addressee_number as number from ${table}
      where municipality_code = $1 and number_token = $2::uuid and removed_on is null
        and addressee_number is distinct from $3
      order by running_number
      limit 1`,
    [municipality, token, except],
  )
  return row?.number ?? null
}

/** The next 連番, and a 宛名番号 that nobody here has: 8 and the 連番, as the register gives those with 9. */
export async function nextNumber(
  tx: Transaction,
  municipality: string,
): Promise<{ addresseeNumber: string; runningNumber: number }> {
  // Two registrations at once would be given the same number.
  await tx.run(`lock table ${table} in share row exclusive mode`)
  const { last } = await tx.one<{ last: number }>(
    `select coalesce(max(running_number), $2) as last from ${table} where municipality_code = $1`,
    [municipality, firstNonRegistered],
  )
  const runningNumber = last + 1
  return { runningNumber, addresseeNumber: `8${String(runningNumber).padStart(14, '0')}` }
}

export async function saveNonRegistered(
  tx: Transaction,
  person: NonRegisteredPerson,
): Promise<void> {
  const columns = all.map(([, column]) => column)
  const kept = columns.filter(
    (column) => !/^(municipality_code|addressee_number|running_number)$/.test(column),
  )
  const values = all.map(([field]) => person[field as keyof NonRegisteredPerson])
  await tx.run(
    `insert into ${table} (union_code, content_sha256, ${columnNames(all)})
     values ($1, sha256(''::bytea), ${values.map((_, index) => `$${index + 2}`).join(', ')})
     on conflict (municipality_code, addressee_number) do update
        set ${kept.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [Number(tx.scope?.union), ...values],
  )
  // The digest is over the row as it rests, just as the first load takes it.
  await tx.run(
    `update ${table} set content_sha256 = ${contentDigest(nonRegisteredColumns)}
      where municipality_code = $1 and addressee_number = $2`,
    [person.municipalityCode, person.addresseeNumber],
  )
}

export async function findNonRegisteredEvent(
  tx: Transaction,
  municipality: string,
  eventId: string,
): Promise<{ digest: Buffer; addresseeNumber: string } | null> {
  return tx.maybe(
    `select request_sha256 as digest, addressee_number as "addresseeNumber"
       from municipal_system.non_registered_event
      where municipality_code = $1 and event_id = $2`,
    [municipality, eventId],
  )
}

export async function insertNonRegisteredEvent(
  tx: Transaction,
  municipality: string,
  event: NonRegisteredEvent,
  digest: Buffer,
  change: { readonly before: NonRegisteredPerson | null; readonly after: NonRegisteredPerson },
): Promise<void> {
  await tx.run(
    `insert into municipal_system.non_registered_event
       (municipality_code, event_id, union_code, event_kind, addressee_number, occurred_on,
        request_sha256, before, after, accepted_on, accepted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      municipality,
      event.eventId,
      Number(tx.scope?.union),
      event.kind,
      change.after.addresseeNumber,
      event.occurredOn,
      digest,
      change.before === null ? null : JSON.stringify(change.before),
      JSON.stringify(change.after),
      tx.today,
      tx.now,
    ],
  )
}

/** 住登外の履歴 — of one person, oldest first. */
export async function nonRegisteredHistory(
  tx: Transaction,
  municipality: string,
  addresseeNumber: string,
): Promise<
  {
    eventId: string
    kind: string
    occurredOn: PlainDate
    acceptedOn: PlainDate
    before: NonRegisteredPerson | null
    after: NonRegisteredPerson
  }[]
> {
  return tx.query(
    `select event_id as "eventId", event_kind as kind, occurred_on as "occurredOn",
            accepted_on as "acceptedOn", before, after
       from municipal_system.non_registered_event
      where municipality_code = $1 and addressee_number = $2
      order by accepted_at, event_id`,
    [municipality, addresseeNumber],
  )
}

/** 連番の住登外者 — the number that stands in the addresses of screens. */
export async function findNonRegisteredByRunning(
  tx: Transaction,
  municipality: string,
  runningNumber: number,
): Promise<NonRegisteredPerson | null> {
  return tx.maybe<NonRegisteredPerson>(
    `select ${selectList(all)} from ${table}
      where municipality_code = $1 and running_number = $2`,
    [municipality, runningNumber],
  )
}
