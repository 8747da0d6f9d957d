import { createHash, randomBytes } from 'node:crypto'
import type { Database, Transaction } from '@koiki/store'
import { AccessRefused } from './accessRefused.ts'
import { type Account, checkNewAccount, insertAccount, loginNameOf } from './account.ts'
import { recordEvent, type Terminal } from './event.ts'
import { checkPassword, hashPassword } from './password.ts'
import type { AccessPolicy } from './policy.ts'

/** Whose first: the administrator of one union, or the operator who serves all unions. */
export type FirstOf = { readonly union: string } | 'operator'

const placeOf = (first: FirstOf): { role: 'administrator' | 'operator'; union: string | null } =>
  first === 'operator'
    ? { role: 'operator', union: null }
    : { role: 'administrator', union: first.union }

/**
 * 一度だけ使える登録番号 — to be printed once, on the machine itself. Null when somebody holds the role
 * already. Issuing a new one closes those issued before.
 */
export async function issueEnrolmentCode(
  db: Database,
  policy: AccessPolicy,
  first: FirstOf,
): Promise<string | null> {
  const { role, union } = placeOf(first)
  const code = newCode()
  return db.unscoped(async (tx) => {
    if (await isHeld(tx, role, union)) return null
    await tx.run(
      `update access.enrolment_code set closed_at = $3::timestamptz
        where role = $1::text and scope_union is not distinct from $2::text and closed_at is null`,
      [role, union, tx.now],
    )
    await tx.run(
      `insert into access.enrolment_code (code_digest, role, scope_union, issued_at, expires_at)
       values ($1::bytea, $2::text, $3::text, $4::timestamptz,
               $4::timestamptz + make_interval(hours => $5::integer))`,
      [digestOf(code), role, union, tx.now, policy.enrolmentHours],
    )
    return code
  })
}

export type Enrolment = Terminal & {
  readonly code: string
  readonly loginName: string
  readonly name: string
  readonly password: string
}

/** 最初の管理者の登録 — with the code that was printed. Throws AccessRefused. */
export async function enrolFirstAdministrator(
  db: Database,
  policy: AccessPolicy,
  given: Enrolment,
): Promise<Account> {
  checkPassword(given.password, loginNameOf(given.loginName))
  const hash = await hashPassword(given.password, policy.passwordCost)
  return db.unscoped(async (tx) => {
    const code = await tx.maybe<{ role: 'administrator' | 'operator'; scope_union: string | null }>(
      `update access.enrolment_code set closed_at = $2::timestamptz
        where code_digest = $1::bytea and closed_at is null and expires_at > $2::timestamptz
       returning role, scope_union`,
      [digestOf(given.code), tx.now],
    )
    if (code === null || (await isHeld(tx, code.role, code.scope_union))) {
      throw new AccessRefused(
        '登録番号が違うか、期限が切れたか、すでに使われました。プログラムを起動し直すと、新しい登録番号が表示されます。',
      )
    }
    const wanted = {
      loginName: given.loginName,
      name: given.name,
      roles: [code.role],
      scope: code.scope_union === null ? null : { union: code.scope_union, municipality: '*' },
    }
    checkNewAccount(wanted)
    const account = await insertAccount(tx, wanted, hash, false)
    await recordEvent(tx, 'enrolled', account, given)
    return account
  })
}

async function isHeld(tx: Transaction, role: string, union: string | null): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from access.account
      where $1::text = any (roles) and scope_union is not distinct from $2::text
        and disabled_at is null
      limit 1`,
    [role, union],
  )
  return rows.length > 0
}

// No 0, O, 1, I: the code is read from one screen and typed on another. 32 letters, 5 bits each.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const newCode = (): string =>
  (
    Array.from(randomBytes(20), (byte) => letters[byte & 31])
      .join('')
      .match(/.{5}/g) ?? []
  ).join('-')

const digestOf = (typed: string): Buffer =>
  createHash('sha256')
    .update(
      `koiki/enrolment/1\0${typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '')}`,
    )
    .digest()
