import { type Database, municipalities, type Scope, type Transaction } from '@koiki/store'
import { AccessRefused } from './accessRefused.ts'
import { type Account, insertAccount } from './account.ts'
import { nowhere, recordEvent } from './event.ts'
import { hashPassword } from './password.ts'
import type { Role } from './permissions.ts'
import type { AccessPolicy } from './policy.ts'

/** 据付けの種類 — an invented world, or an office's own data. */
export type InstallationKind = 'invented' | 'office'

/**
 * 据付けを決める — once, before the first account; saying the same again is harmless. An office's
 * installation never becomes an invented world, so demo accounts can never get into it.
 */
export async function declareInstallation(tx: Transaction, kind: InstallationKind): Promise<void> {
  await tx.run(
    `insert into access.installation (id, kind, declared_at)
     values (1, $1::text, $2::timestamptz)
     on conflict (id) do nothing`,
    [kind, tx.now],
  )
  const held = await installationKind(tx)
  if (held !== kind) {
    const names = { invented: '模擬の世界', office: '実際の事務所' }
    throw new AccessRefused(
      `このデータベースは${names[held ?? 'office']}のものとして使われてきました。${names[kind]}には変えられません。別のデータベースを使ってください。`,
    )
  }
}

export async function installationKind(tx: Transaction): Promise<InstallationKind | null> {
  const row = await tx.maybe<{ kind: InstallationKind }>('select kind from access.installation')
  return row?.kind ?? null
}

/** 見本の利用者 — with a password that everybody may read: nobody in this world is real. */
export type DemoAccount = {
  readonly loginName: string
  readonly password: string
  readonly name: string
  readonly place: string
  readonly roles: readonly Role[]
  readonly scope: Scope | null
}

const password = 'koiki-no-mihon'
const kumamoto: Scope = { union: '43', municipality: '*' }

export const demoAccounts: readonly DemoAccount[] = [
  {
    loginName: 'fuka',
    name: '見本 賦課',
    place: '熊本県後期高齢者医療広域連合 賦課担当',
    roles: ['premiumClerk'],
    scope: kumamoto,
  },
  {
    loginName: 'shikaku',
    name: '見本 資格',
    place: '熊本県後期高齢者医療広域連合 資格担当',
    roles: ['eligibilityClerk'],
    scope: kumamoto,
  },
  {
    loginName: 'kanri',
    name: '見本 管理',
    place: '熊本県後期高齢者医療広域連合 管理者',
    roles: ['administrator'],
    scope: kumamoto,
  },
  {
    loginName: 'kumamoto',
    name: '見本 熊本',
    place: '熊本市の窓口',
    roles: ['counterClerk'],
    scope: { union: '43', municipality: '431001' },
  },
  {
    loginName: 'amakusa',
    name: '見本 天草',
    place: '天草市の窓口',
    roles: ['counterClerk'],
    scope: { union: '43', municipality: '432156' },
  },
  {
    loginName: 'tottori',
    name: '見本 鳥取',
    place: '鳥取県後期高齢者医療広域連合 資格・賦課担当',
    roles: ['eligibilityClerk', 'premiumClerk'],
    scope: { union: '31', municipality: '*' },
  },
  {
    loginName: 'unyo',
    name: '見本 運用',
    place: '集約機関 運用者',
    roles: ['operator'],
    scope: null,
  },
].map((account) => ({ ...account, password }) as DemoAccount)

/**
 * 窓口の見本の利用者 — one for the counter of every municipality of the invented world, `madoguchi-431001`.
 * They are not listed at the door: a rehearsal signs in with them where a person would choose one of two.
 */
export const counterAccounts: readonly DemoAccount[] = municipalities.map(([code, name]) => ({
  loginName: `madoguchi-${code}`,
  password,
  name: `見本 ${name}`,
  place: `${name}の窓口`,
  roles: ['counterClerk'],
  scope: { union: code.slice(0, 2), municipality: code },
}))

/** 見本の利用者を作る — those that are missing. Throws AccessRefused outside an invented world. */
export async function makeDemoAccounts(
  db: Database,
  policy: AccessPolicy,
  wanted: readonly DemoAccount[] = [...demoAccounts, ...counterAccounts],
): Promise<Account[]> {
  const missing = await db.unscoped(async (tx) => {
    if ((await installationKind(tx)) !== 'invented') {
      throw new AccessRefused(
        '見本の利用者は模擬の世界でだけ作れます。この据付けは模擬の世界と決められていません。',
      )
    }
    const known = await tx.query<{ login_name: string }>(
      'select login_name from access.account where login_name = any ($1::text[])',
      [wanted.map(({ loginName }) => loginName)],
    )
    const names = new Set(known.map((row) => row.login_name))
    return wanted.filter(({ loginName }) => !names.has(loginName))
  })
  // The passwords are the same and public: one slow hash says as much as one for each seat.
  const hashes = new Map<string, string>()
  for (const { password: given } of missing)
    if (!hashes.has(given)) hashes.set(given, await hashPassword(given, policy.passwordCost))
  return db.unscoped(async (tx) => {
    const made: Account[] = []
    for (const account of missing) {
      const inserted = await insertAccount(tx, account, hashes.get(account.password)!, true)
      await recordEvent(tx, 'created', inserted, nowhere)
      made.push(inserted)
    }
    return made
  })
}
