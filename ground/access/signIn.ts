import { createHash, randomUUID } from 'node:crypto'
import type { Database, Instant, Transaction } from '@koiki/store'
import { type Account, findAccountByLoginName, loginNameOf, type Realm } from './account.ts'
import { recordEvent, type Terminal } from './event.ts'
import { hashPassword, verifyPassword } from './password.ts'
import type { AccessPolicy } from './policy.ts'
import { addMinutes, type Session, startSession } from './session.ts'

export type SignIn = Terminal & {
  readonly loginName: string
  readonly password: string
  /** The door that was knocked at; an account of another door is as good as unknown. */
  readonly realm?: Realm
}

export type SignedIn =
  | { readonly ok: true; readonly token: string; readonly session: Session }
  | { readonly ok: false; readonly reason: 'refused' | 'lockedOut'; readonly sentence: string }

/**
 * サインイン — a wrong name, a wrong password, a disabled account and an account of another door get the
 * same answer after the same work, and are counted alike, so the answer tells nobody which names exist.
 */
export async function signIn(db: Database, policy: AccessPolicy, given: SignIn): Promise<SignedIn> {
  const loginName = loginNameOf(given.loginName)
  const checked = await checkSecret(db, policy, loginName, given.password, given.realm)
  return db.unscoped(async (tx): Promise<SignedIn> => {
    const held = await lockFailures(tx, loginName)
    if (isLocked(tx, held)) return lockedOut(held.locked_until)
    // Read again: it may have been disabled while the password was being worked on.
    const account = (await findAccountByLoginName(tx, loginName))?.account ?? null
    if (!checked || account === null || account.disabled) {
      const until = await countFailure(tx, policy, loginName, held)
      await recordEvent(tx, until === null ? 'refused' : 'lockedOut', account, given)
      return until === null ? refused(policy) : lockedOut(until)
    }
    await forgetFailures(tx, loginName)
    await recordEvent(tx, 'signedIn', account, given)
    return { ok: true, ...(await startSession(tx, policy, account, given)) }
  })
}

/** Shut out, unless time has passed or an administrator opens: then the name is as fresh as any. */
export async function forgetFailures(tx: Transaction, loginName: string): Promise<void> {
  await tx.run('delete from access.failed_attempt where login_digest = $1::bytea', [
    digestOf(loginName),
  ])
}

/**
 * パスワードの確かめ — as at sign-in, with the same counting: for the curtain and before a grave act. The
 * caller has the session; a shut-out is told by its sentence.
 */
export async function confirmPassword(
  db: Database,
  policy: AccessPolicy,
  account: Account,
  password: string,
  at: Terminal,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly sentence: string }> {
  const right = await checkSecret(db, policy, account.loginName, password, account.realm)
  return db.unscoped(async (tx) => {
    const held = await lockFailures(tx, account.loginName)
    if (isLocked(tx, held)) return lockedOut(held.locked_until)
    if (right) {
      await forgetFailures(tx, account.loginName)
      return { ok: true as const }
    }
    const until = await countFailure(tx, policy, account.loginName, held)
    await recordEvent(tx, until === null ? 'refused' : 'lockedOut', account, at)
    return until === null ? refused(policy) : lockedOut(until)
  })
}

const refused = (policy: AccessPolicy) => ({
  ok: false as const,
  reason: 'refused' as const,
  sentence: `利用者の名かパスワードが違います。確かめて、もう一度入力してください。続けて${policy.failures}回まちがえると、${policy.lockMinutes}分間入れなくなります。`,
})

const lockedOut = (until: Instant) => ({
  ok: false as const,
  reason: 'lockedOut' as const,
  sentence: `まちがいが続いたため、この利用者の名では${timeInJapan(until)}まで入れません。時間を置くか、急ぐときは管理者に締出しの解除を頼んでください。`,
})

const timeInJapan = (instant: Instant): string =>
  new Intl.DateTimeFormat('ja-JP', {
    timeZone: 'Asia/Tokyo',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(new Date(instant))
    .replace(':', '時')
    .concat('分')

/** A hash that no password fits, made once a cost, to spend the same time on names that do not exist. */
const nobody = new Map<string, Promise<string>>()

async function checkSecret(
  db: Database,
  policy: AccessPolicy,
  loginName: string,
  password: string,
  realm: Realm | undefined,
): Promise<boolean> {
  const cost = policy.passwordCost
  const name = JSON.stringify(cost)
  const stranger = nobody.get(name) ?? hashPassword(randomUUID(), cost)
  nobody.set(name, stranger)
  const found = await db.unscoped((tx) => findAccountByLoginName(tx, loginName))
  const theirs =
    found !== null &&
    !found.account.disabled &&
    (realm === undefined || realm === found.account.realm)
  // A longer text is no password of ours; it would only keep the machine busy.
  const text = password.slice(0, 1024)
  return (await verifyPassword(text, theirs ? found.passwordHash : await stranger)) && theirs
}

const digestOf = (loginName: string): Buffer =>
  createHash('sha256').update(`koiki/login/1\0${loginName}`).digest()

type Failures = { failures: number; last_failed_at: Instant; locked_until: Instant | null }

/**
 * The count of a login name, locked until the transaction ends: of many guesses at once each waits for
 * the one before, so none slips in between the last failure and the shut-out.
 */
async function lockFailures(tx: Transaction, loginName: string): Promise<Failures> {
  return tx.one<Failures>(
    `insert into access.failed_attempt as held (login_digest, failures, last_failed_at, locked_until)
     values ($1::bytea, 0, $2::timestamptz, null)
     on conflict (login_digest) do update set failures = held.failures
     returning failures, last_failed_at, locked_until`,
    [digestOf(loginName), tx.now],
  )
}

const isLocked = (tx: Transaction, held: Failures): held is Failures & { locked_until: Instant } =>
  held.locked_until !== null && Date.parse(held.locked_until) > Date.parse(tx.now)

/** Counts one more; returns until when the name is shut out, if it now is. */
async function countFailure(
  tx: Transaction,
  policy: AccessPolicy,
  loginName: string,
  held: Failures,
): Promise<Instant | null> {
  const apart = Date.parse(tx.now) - Date.parse(held.last_failed_at) >= policy.lockMinutes * 60_000
  const failures = held.locked_until !== null || apart ? 1 : held.failures + 1
  const until = failures >= policy.failures ? addMinutes(tx.now, policy.lockMinutes) : null
  await tx.run(
    `update access.failed_attempt
        set failures = $2::integer, last_failed_at = $3::timestamptz, locked_until = $4::timestamptz
      where login_digest = $1::bytea`,
    [digestOf(loginName), failures, tx.now, until],
  )
  await tx.run(
    `delete from access.failed_attempt
      where login_digest in (
              select login_digest from access.failed_attempt
               where last_failed_at < $1::timestamptz - interval '1 day'
                 for update skip locked
            )`,
    [tx.now],
  )
  return until
}
