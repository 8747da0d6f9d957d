import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareTemplates, type Server, startServer } from '@koiki/store'

let server: Server | null = null

/** Before all test files: one PostgreSQL without fsync, and a migrated template for each party. */
export async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'koiki-tests-'))
  server = await startServer({ folder, throwaway: true })
  await prepareTemplates(server.url)
  process.env.KOIKI_TEST_POSTGRES = JSON.stringify({ url: server.url })
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
