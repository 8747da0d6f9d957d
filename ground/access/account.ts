import { randomUUID } from 'node:crypto'
import type { Actor } from '@koiki/audit'
import { type Scope, StoreError, type Transaction } from '@koiki/store'
import { AccessRefused } from './accessRefused.ts'
import { type Role, roles } from './permissions.ts'

/** 領域 — which door an account enters by; told by its role. */
export type Realm = 'union' | 'counter' | 'operator'

/** 利用者 — one member of staff, with what they may do and whose persons they may do it to. */
export type Account = {
  readonly id: string
  readonly loginName: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly realm: Realm
  /** Null for the operator, who sees no person. */
  readonly scope: Scope | null
  readonly demo: boolean
  readonly disabled: boolean
}

/** What audit entries call the account. */
export const actorOf = (account: Account): Actor => ({
  kind: 'account',
  id: account.id,
  name: account.name,
})

export type AccountRow = {
  account_id: string
  login_name: string
  display_name: string
  roles: Role[]
  scope_union: string | null
  scope_municipality: string | null
  demo: boolean
  disabled_at: string | null
}

export const accountColumns =
  'account_id, login_name, display_name, roles, scope_union, scope_municipality, demo, disabled_at'

export function readAccount(row: AccountRow): Account {
  return {
    id: row.account_id,
    loginName: row.login_name,
    name: row.display_name,
    roles: row.roles,
    realm: realmOf(row.roles),
    scope:
      row.scope_union === null || row.scope_municipality === null
        ? null
        : { union: row.scope_union, municipality: row.scope_municipality },
    demo: row.demo,
    disabled: row.disabled_at !== null,
  }
}

const realmOf = (held: readonly Role[]): Realm =>
  held.includes('operator') ? 'operator' : held.includes('counterClerk') ? 'counter' : 'union'

/** 利用者の名の形 — as typed: case and width do not matter. */
export const loginNameOf = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** What to register; the operator has no scope, a counter clerk has one municipality, others '*'. */
export type NewAccount = {
  readonly loginName: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly scope: Scope | null
}

/** Throws AccessRefused with all that is wrong. */
export function checkNewAccount({ loginName, name, roles: wanted, scope }: NewAccount): void {
  const counter = wanted.includes('counterClerk')
  const operator = wanted.includes('operator')
  const faults = [
    !/^[a-z0-9][a-z0-9._-]{2,39}$/.test(loginNameOf(loginName)) &&
      '利用者の名は、半角の英小文字・数字・「.」「_」「-」で3文字から40文字にしてください。',
    (name.trim() === '' || name.length > 60) && '名前は1文字から60文字にしてください。',
    wanted.length === 0 && '役割を一つ以上選んでください。',
    (counter || operator) &&
      wanted.length > 1 &&
      `${roles.counterClerk}と${roles.operator}は、ほかの役割と兼ねられません。`,
    !operator && scope === null && '担当の広域連合を決めてください。',
    operator && scope !== null && `${roles.operator}には、担当の範囲を付けられません。`,
    counter && scope?.municipality === '*' && '窓口の市区町村を一つ決めてください。',
    !counter &&
      scope !== null &&
      scope.municipality !== '*' &&
      '広域連合の職員の担当は、市区町村を分けずに全域にしてください。',
  ].filter((fault) => fault !== false)
  if (faults.length > 0) throw new AccessRefused(`利用者を登録できません。${faults.join('')}`)
}

export async function insertAccount(
  tx: Transaction,
  account: NewAccount,
  passwordHash: string,
  demo: boolean,
): Promise<Account> {
  const row: AccountRow = {
    account_id: randomUUID(),
    login_name: loginNameOf(account.loginName),
    display_name: account.name.trim(),
    roles: [...new Set(account.roles)],
    scope_union: account.scope?.union ?? null,
    scope_municipality: account.scope?.municipality ?? null,
    demo,
    disabled_at: null,
  }
  try {
    await tx.run(
      `insert into access.account
         (account_id, login_name, display_name, roles, scope_union, scope_municipality,
          password_hash, password_set_at, demo, created_at)
       values ($1::uuid, $2::text, $3::text, $4::text[], $5::text, $6::text, $7::text,
               $8::timestamptz, $9::boolean, $8::timestamptz)`,
      [
        row.account_id,
        row.login_name,
        row.display_name,
        row.roles,
        row.scope_union,
        row.scope_municipality,
        passwordHash,
        tx.now,
        demo,
      ],
    )
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'unique') {
      throw new AccessRefused(
        'この利用者の名はすでに使われています。別の利用者の名にしてください。',
      )
    }
    throw error
  }
  return readAccount(row)
}

export async function findAccount(tx: Transaction, id: string): Promise<Account | null> {
  const row = await tx.maybe<AccountRow>(
    `select ${accountColumns} from access.account where account_id = $1::uuid`,
    [id],
  )
  return row && readAccount(row)
}

export async function findAccountByLoginName(
  tx: Transaction,
  loginName: string,
): Promise<{ account: Account; passwordHash: string } | null> {
  const row = await tx.maybe<AccountRow & { password_hash: string }>(
    `select ${accountColumns}, password_hash from access.account where login_name = $1::text`,
    [loginName],
  )
  return row && { account: readAccount(row), passwordHash: row.password_hash }
}
