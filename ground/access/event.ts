import { randomUUID } from 'node:crypto'
import type { Transaction } from '@koiki/store'
import type { Account } from './account.ts'

export type EventKind =
  | 'signedIn'
  | 'refused'
  | 'lockedOut'
  | 'signedOut'
  | 'idled'
  | 'expired'
  | 'enrolled'
  | 'created'
  | 'disabled'
  | 'unlocked'
  | 'passwordChanged'

/** 端末 — where a person sits: its name, and its address on the network. */
export type Terminal = { readonly terminal: string | null; readonly address: string | null }

export const nowhere: Terminal = { terminal: null, address: null }

export async function recordEvent(
  tx: Transaction,
  kind: EventKind,
  account: Account | null,
  at: Terminal,
  by: Account | null = null,
): Promise<void> {
  await tx.run(
    `insert into access.event
       (event_id, recorded_at, kind, account_id, by_account_id, scope_union, scope_municipality,
        terminal, address)
     values ($1::uuid, $2::timestamptz, $3::text, $4::uuid, $5::uuid, $6::text, $7::text, $8::text,
             $9::text)`,
    [
      randomUUID(),
      tx.now,
      kind,
      account?.id ?? null,
      by?.id ?? null,
      account?.scope?.union ?? null,
      account?.scope?.municipality ?? null,
      at.terminal,
      at.address,
    ],
  )
}
