import { prepareTemplates, type Server, startThrowawayServer } from '@koiki/store'
import sparticuz from '@sparticuz/chromium'

let server: Server | null = null

/** Before all test files: one PostgreSQL without fsync, a migrated template for each party, and the browser unpacked. */
export async function globalSetup(): Promise<void> {
  server = await startThrowawayServer()
  await prepareTemplates(server.url)
  // Two files that unpack it at once would each run what the other has half written.
  if (process.env.KOIKI_CHROMIUM === undefined) await sparticuz.executablePath()
  process.env.KOIKI_TEST_POSTGRES = JSON.stringify({ url: server.url })
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
