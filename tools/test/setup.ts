import { prepareTemplates, type Server, startThrowawayServer } from '@koiki/store'

let server: Server | null = null

/** Before all test files: one PostgreSQL without fsync, and a migrated template for each party. */
export async function globalSetup(): Promise<void> {
  server = await startThrowawayServer()
  await prepareTemplates(server.url)
  process.env.KOIKI_TEST_POSTGRES = JSON.stringify({ url: server.url })
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
