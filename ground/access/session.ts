import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '@koiki/audit'
import type { Database, Instant, Scope, Transaction } from '@koiki/store'
import {
  type Account,
  type AccountRow,
  accountColumns,
  actorOf,
  type Realm,
  readAccount,
} from './account.ts'
import { recordEvent, type Terminal } from './event.ts'
import type { Role } from './permissions.ts'
import type { AccessPolicy } from './policy.ts'

/** サインインしている人 — everything a door needs to know about who is asking. */
export type Session = Terminal & {
  readonly account: Account
  readonly name: string
  readonly roles: readonly Role[]
  readonly realm: Realm
  /** Whose persons they may see; null for the operator. */
  readonly scope: Scope | null
  /** For audit entries. */
  readonly actor: Actor
  readonly startedAt: Instant
  readonly expiresAt: Instant
}

export type SessionAnswer =
  | { readonly ok: true; readonly session: Session }
  | {
      readonly ok: false
      readonly reason: 'none' | 'idled' | 'expired' | 'ended'
      readonly sentence: string
    }

const sentences = {
  none: 'サインインしてください。',
  idled: '操作のない時間が続いたので、サインインが終わりました。もう一度サインインしてください。',
  expired: 'サインインしてから長い時間がたったので、終わりました。もう一度サインインしてください。',
  ended: 'サインインは終わっています。もう一度サインインしてください。',
} as const

const no = (reason: keyof typeof sentences): SessionAnswer => ({
  ok: false,
  reason,
  sentence: sentences[reason],
})

/** The database learns only the digest: whoever reads a dump of it cannot sign in with it. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export const addMinutes = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** セッションを始める — the token is 256 random bits and is known only to the caller from here on. */
export async function startSession(
  tx: Transaction,
  policy: AccessPolicy,
  account: Account,
  { terminal, address }: Terminal,
): Promise<{ token: string; session: Session }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = addMinutes(tx.now, policy.longestMinutes)
  await tx.run(
    `insert into access.session
       (token_digest, account_id, terminal, address, started_at, last_seen_at, expires_at)
     values ($1::bytea, $2::uuid, $3::text, $4::text, $5::timestamptz, $5::timestamptz,
             $6::timestamptz)`,
    [digestOf(token), account.id, terminal, address, tx.now, expiresAt],
  )
  return {
    token,
    session: sessionFor(account, { terminal, address }, tx.now, expiresAt),
  }
}

function sessionFor(
  account: Account,
  at: Terminal,
  startedAt: Instant,
  expiresAt: Instant,
): Session {
  return {
    account,
    name: account.name,
    roles: account.roles,
    realm: account.realm,
    scope: account.scope,
    actor: actorOf(account),
    terminal: at.terminal,
    address: at.address,
    startedAt,
    expiresAt,
  }
}

/** セッションを確かめる — counts as an act, so that idle time begins anew. */
export async function sessionOf(
  db: Database,
  policy: AccessPolicy,
  token: string,
): Promise<SessionAnswer> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return no('none')
  const digest = digestOf(token)
  return db.unscoped(async (tx): Promise<SessionAnswer> => {
    const row = await tx.maybe<
      AccountRow & {
        terminal: string | null
        address: string | null
        started_at: Instant
        last_seen_at: Instant
        expires_at: Instant
        ended_at: Instant | null
      }
    >(
      `select ${accountColumns}, terminal, address, started_at, last_seen_at, expires_at, ended_at
         from access.session join access.account using (account_id)
        where token_digest = $1::bytea`,
      [digest],
    )
    if (row === null) return no('none')
    const account = readAccount(row)
    if (row.ended_at !== null || account.disabled) return no('ended')
    const now = Date.parse(tx.now)
    const idle = now - Date.parse(row.last_seen_at)
    const over =
      now >= Date.parse(row.expires_at)
        ? 'expired'
        : idle >= policy.idleMinutes * 60_000
          ? 'idled'
          : null
    if (over !== null) {
      if (await endSession(tx, digest)) await recordEvent(tx, over, account, row)
      return no(over)
    }
    // Once a minute is exact enough, and most requests then only read.
    if (idle >= 60_000) {
      await tx.run(
        'update access.session set last_seen_at = $2::timestamptz where token_digest = $1::bytea',
        [digest, tx.now],
      )
    }
    return { ok: true, session: sessionFor(account, row, row.started_at, row.expires_at) }
  })
}

/** サインアウト — ends the session at once; a token that is not known is as good as ended. */
export async function signOut(db: Database, token: string): Promise<void> {
  await db.unscoped(async (tx) => {
    const row = await tx.maybe<AccountRow & { terminal: string | null; address: string | null }>(
      `select ${accountColumns}, terminal, address
         from access.session join access.account using (account_id)
        where token_digest = $1::bytea`,
      [digestOf(token)],
    )
    if (row !== null && (await endSession(tx, digestOf(token)))) {
      await recordEvent(tx, 'signedOut', readAccount(row), row)
    }
  })
}

/** Ends every session of an account, but for the one that is named. */
export async function endSessionsOf(
  tx: Transaction,
  account: Account,
  except: string | null = null,
): Promise<void> {
  await tx.run(
    `update access.session set ended_at = $2::timestamptz
      where account_id = $1::uuid and ended_at is null
        and token_digest is distinct from $3::bytea`,
    [account.id, tx.now, except === null ? null : digestOf(except)],
  )
}

async function endSession(tx: Transaction, digest: Buffer): Promise<boolean> {
  const ended = await tx.run(
    `update access.session set ended_at = $2::timestamptz
      where token_digest = $1::bytea and ended_at is null`,
    [digest, tx.now],
  )
  return ended === 1
}
