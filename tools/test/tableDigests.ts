import { digestOf, type Witness } from '../../systems/koiki/evidence.ts'

/** 表の要約 — `schema.table` to the number of its rows and a digest over all of them. */
export type TableDigests = Readonly<Record<string, { rows: number; digest: string }>>

/** What a refused file may leave: the journal, the job that tried, who asked. */
const traces = ['exchange', 'work', 'audit', 'access']

/** 表の要約 — of every table that holds what files bring; two are equal only when not a letter has changed. */
export async function tableDigests(
  of: Pick<Witness, 'lines'>,
  besides: readonly string[] = traces,
): Promise<TableDigests> {
  const tables = await of.lines(
    `select format('%I.%I', schemaname, tablename) as line from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema', ${besides.map((name) => `'${name}'`).join(', ')})
      order by 1`,
  )
  const digests: Record<string, { rows: number; digest: string }> = {}
  for (const table of tables) {
    const lines = await of.lines(`select whole::text as line from ${table} as whole`)
    digests[table] = { rows: lines.length, digest: digestOf(lines) }
  }
  return digests
}
