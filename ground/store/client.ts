import { Client } from 'pg'

/** One connection outside any pool, for what must stand outside a transaction; always closed again. */
export async function withClient<T>(
  url: string,
  applicationName: string,
  work: (client: Client) => Promise<T>,
  patienceMs = 30_000,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: patienceMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    // Also after a refused sign-in: a connection left half open holds up the making of databases.
    await client.end().catch(() => {})
  }
}
