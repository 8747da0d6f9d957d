import { type Database, type Scope, StoreError, type Transaction } from '@koiki/store'
import { AccessRefused } from './accessRefused.ts'
import {
  type Account,
  type AccountRow,
  accountColumns,
  checkNewAccount,
  findAccount,
  insertAccount,
  loginNameOf,
  type NewAccount,
  readAccount,
} from './account.ts'
import { recordEvent } from './event.ts'
import { checkPassword, hashPassword } from './password.ts'
import { demand } from './permissions.ts'
import type { AccessPolicy } from './policy.ts'
import { endSessionsOf, type Session } from './session.ts'
import { confirmPassword, forgetFailures } from './signIn.ts'

/** 利用者の登録 — by an administrator, within their own union. Throws AccessRefused. */
export async function createAccount(
  db: Database,
  policy: AccessPolicy,
  by: Session,
  given: NewAccount & { readonly password: string },
): Promise<Account> {
  demand(by, 'account.manage')
  checkNewAccount(given)
  if (given.scope === null || given.scope.union !== by.scope?.union) {
    throw new AccessRefused('登録できるのは、自分の広域連合の利用者だけです。')
  }
  checkPassword(given.password, loginNameOf(given.loginName))
  const hash = await hashPassword(given.password, policy.passwordCost)
  return db.transaction(scopeOf(by), async (tx) => {
    const account = await insertAccount(tx, given, hash, false)
    await recordEvent(tx, 'created', account, by, by.account)
    return account
  })
}

/** 利用者の一覧 — of the administrator's own union, by login name. */
export async function listAccounts(db: Database, by: Session): Promise<Account[]> {
  demand(by, 'account.read')
  return db.transaction(scopeOf(by), async (tx) => {
    const rows = await tx.query<AccountRow>(
      `select ${accountColumns} from access.account order by login_name`,
    )
    return rows.map(readAccount)
  })
}

/** 利用者を止める — for good, and at once: open sessions end. */
export async function disableAccount(db: Database, by: Session, id: string): Promise<void> {
  demand(by, 'account.manage')
  if (id === by.account.id) {
    throw new AccessRefused('自分自身は止められません。ほかの管理者に頼んでください。')
  }
  await db.transaction(scopeOf(by), async (tx) => {
    const account = await getAccount(tx, id)
    await tx.run(
      `update access.account set disabled_at = $2::timestamptz
        where account_id = $1::uuid and disabled_at is null`,
      [account.id, tx.now],
    )
    await endSessionsOf(tx, account)
    await recordEvent(tx, 'disabled', account, by, by.account)
  })
}

/** 締出しの解除 — before the time is over. */
export async function unlockAccount(db: Database, by: Session, id: string): Promise<void> {
  demand(by, 'account.manage')
  await db.transaction(scopeOf(by), async (tx) => {
    const account = await getAccount(tx, id)
    await forgetFailures(tx, account.loginName)
    await recordEvent(tx, 'unlocked', account, by, by.account)
  })
}

/** パスワードの変更 — by the person; their other sessions end. Throws AccessRefused. */
export async function changePassword(
  db: Database,
  policy: AccessPolicy,
  by: Session,
  token: string,
  current: string,
  next: string,
): Promise<void> {
  const confirmed = await confirmPassword(db, policy, by.account, current, by)
  if (!confirmed.ok) throw new AccessRefused(confirmed.sentence)
  checkPassword(next, by.account.loginName)
  const hash = await hashPassword(next, policy.passwordCost)
  await db.unscoped(async (tx) => {
    await tx.run(
      `update access.account set password_hash = $2::text, password_set_at = $3::timestamptz
        where account_id = $1::uuid`,
      [by.account.id, hash, tx.now],
    )
    await endSessionsOf(tx, by.account, token)
    await recordEvent(tx, 'passwordChanged', by.account, by, by.account)
  })
}

function scopeOf(by: Session): Scope {
  if (by.scope === null) throw new AccessRefused('担当の広域連合がないので、利用者を扱えません。')
  return by.scope
}

async function getAccount(tx: Transaction, id: string): Promise<Account> {
  let account: Account | null = null
  try {
    account = await findAccount(tx, id)
  } catch (error) {
    if (!(error instanceof StoreError && error.kind === 'badValue')) throw error
  }
  if (account === null) throw new AccessRefused('その利用者はいません。一覧を開き直してください。')
  return account
}
