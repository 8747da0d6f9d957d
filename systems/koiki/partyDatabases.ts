import type { DatabaseRole, Migrated } from '@koiki/store'
import { Refusal } from './refusal.ts'

const name = 'KOIKI_DATABASES'

/** The addresses of one party's database for its users, as its process is given them. */
export function databasesInEnvironment(
  migrated: Migrated,
  roles: readonly DatabaseRole[],
): Record<string, string> {
  return {
    [name]: JSON.stringify(Object.fromEntries(roles.map((role) => [role, migrated.url(role)]))),
  }
}

/** What `databasesInEnvironment` handed over; taken out, so that no child of this process inherits it. */
export function databasesFromEnvironment(): Readonly<Record<string, string>> & { app: string } {
  const text = process.env[name]
  if (text === undefined) {
    throw new Refusal(
      'データベースの場所が渡されていないので、始められません。この仕事は npm start が中で使うものです。npm start で始めてください。',
    )
  }
  delete process.env[name]
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(`環境変数 ${name} を読めません。消して、npm start で始めてください。`)
  }
}
