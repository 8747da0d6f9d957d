import type { PlainDate } from '@koiki/kernel'
import type { Transaction } from '@koiki/store'
import type { Resident } from '../resident.ts'
import type { Change } from './cancelled.ts'

/** 受け付けた異動 — as the register of events holds it; a cancelled one stays, with what cancelled it. */
export interface ReceivedEvent {
  readonly eventId: string
  readonly kind: string
  readonly occurredOn: PlainDate
  readonly acceptedOn: PlainDate
  readonly addresseeNumbers: readonly string[]
  readonly reason: string | null
  readonly cancels: string | null
  readonly cancelledBy: string | null
}

const selected = `e.event_id as "eventId", e.event_kind as kind, e.occurred_on as "occurredOn",
  e.accepted_on as "acceptedOn", e.addressee_numbers as "addresseeNumbers", e.reason, e.cancels,
  (select c.event_id from resident_register.resident_event as c
    where c.municipality_code = e.municipality_code and c.cancels = e.event_id) as "cancelledBy"`

export async function findEvent(
  tx: Transaction,
  municipality: string,
  eventId: string,
): Promise<ReceivedEvent | null> {
  return tx.maybe<ReceivedEvent>(
    `select ${selected} from resident_register.resident_event as e
      where e.municipality_code = $1 and e.event_id = $2`,
    [municipality, eventId],
  )
}

/** 異動の受付簿 — newest first. */
export async function listEvents(
  tx: Transaction,
  municipality: string,
  limit: number,
): Promise<ReceivedEvent[]> {
  return tx.query<ReceivedEvent>(
    `select ${selected} from resident_register.resident_event as e
      where e.municipality_code = $1
      order by e.accepted_at desc, e.event_id
      limit $2`,
    [municipality, limit],
  )
}

export async function findChanges(
  tx: Transaction,
  municipality: string,
  eventId: string,
): Promise<Change[]> {
  return tx.query<Change>(
    `select addressee_number as "addresseeNumber", before, after
       from resident_register.resident_change
      where municipality_code = $1 and event_id = $2
      order by change_sequence`,
    [municipality, eventId],
  )
}

/** 異動の履歴 — of one person, oldest first, both rows of every change. */
export async function historyOf(
  tx: Transaction,
  municipality: string,
  addresseeNumber: string,
): Promise<(ReceivedEvent & { before: Resident | null; after: Resident })[]> {
  return tx.query(
    `select ${selected}, h.before, h.after
       from resident_register.resident_change as h
       join resident_register.resident_event as e using (municipality_code, event_id)
      where h.municipality_code = $1 and h.addressee_number = $2
      order by h.change_sequence`,
    [municipality, addresseeNumber],
  )
}

export async function insertChanges(
  tx: Transaction,
  municipality: string,
  eventId: string,
  changes: readonly (Change & { readonly sequence: number })[],
): Promise<void> {
  for (const { addresseeNumber, before, after, sequence } of changes) {
    await tx.run(
      `insert into resident_register.resident_change
         (municipality_code, event_id, addressee_number, union_code, change_sequence, before, after)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        municipality,
        eventId,
        addresseeNumber,
        Number(tx.scope?.union),
        sequence,
        before === null ? null : JSON.stringify(before),
        JSON.stringify(after),
      ],
    )
  }
}

/** Events of these persons that occurred after a day and stand. */
export async function findLaterEvents(
  tx: Transaction,
  municipality: string,
  addresseeNumbers: readonly string[],
  occurredOn: string,
): Promise<{ addresseeNumber: string; kind: string; occurredOn: PlainDate }[]> {
  return tx.query(
    `select h.addressee_number as "addresseeNumber", e.event_kind as kind,
            e.occurred_on as "occurredOn"
       from resident_register.resident_change as h
       join resident_register.resident_event as e using (municipality_code, event_id)
      where h.municipality_code = $1
        and h.addressee_number = any($2)
        and e.occurred_on > $3
        and e.cancels is null
        and not exists (
          select from resident_register.resident_event as c
           where c.municipality_code = e.municipality_code and c.cancels = e.event_id)
      order by h.change_sequence`,
    [municipality, addresseeNumbers, occurredOn],
  )
}
