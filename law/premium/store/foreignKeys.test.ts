import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Transaction, testDatabase } from '@koiki/store'

// Goal: looking up one decision stays looking up one decision, whatever PostgreSQL believes about the table.
// Method: let ANALYZE meet the decisions of a run while they are uncommitted, as the automatic one may, then
// add what points to them, and count the index entries that the foreign key read.

const people = 600

const addDecisions = (tx: Transaction): Promise<number> =>
  tx.run(
    `insert into premium.assessment
     select 4300000000 + n * 10, 2026, 1, 43, (431000 + n % 45)::text, 430000000000 + n,
            '2026-07-01', 'initial', 12, 0, false, true, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1,
            null, null, null, null, null, null, null, 1, 'test', decode(md5(n::text), 'hex'),
            '00000000-0000-4000-8000-000000000001', '2026-07-01'
       from generate_series(1::bigint, $1) n`,
    [people],
  )

const pointing = {
  'premium.working': `select subject_key, fiscal_year, revision, union_code, municipality_code,
    '{}'::jsonb, '[]'::jsonb from premium.assessment`,
  'premium.delivery': `select subject_key, fiscal_year, revision,
    '00000000-0000-4000-8000-000000000002'::uuid, union_code, municipality_code
    from premium.assessment`,
}

/** Entries that this transaction has read so far, index by index. */
const entriesRead = async (tx: Transaction): Promise<Map<string, number>> => {
  const rows = await tx.query<{ name: string; entries: number }>(
    `select indexrelid::regclass::text as name,
            pg_stat_get_xact_tuples_returned(indexrelid) as entries
       from pg_index where indrelid = 'premium.assessment'::regclass`,
  )
  return new Map(rows.map(({ name, entries }) => [name, entries]))
}

for (const [table, rows] of Object.entries(pointing)) {
  test(`決定を足している途中に統計が取られても、${table} の外部キーは主キーの1行だけを見る`, async (t) => {
    const db = await testDatabase(t, 'union')
    const [run, automatic] = [await db.asAdmin(), await db.asAdmin()]
    // Only the ANALYZE of this test shall come.
    await run.unscoped((tx) =>
      tx.run('alter table premium.assessment set (autovacuum_enabled = off)'),
    )
    await run.unscoped(async (tx) => {
      await addDecisions(tx)
      await automatic.unscoped((other) => other.run('analyze premium.assessment'))
      const { believed } = await tx.one<{ believed: number }>(
        `select reltuples::integer as believed from pg_class
          where oid = 'premium.assessment'::regclass`,
      )
      assert.equal(believed, 0)
      const before = await entriesRead(tx)
      assert.equal(await tx.run(`insert into ${table} ${rows}`), people)
      const read = [...(await entriesRead(tx))]
        .map(([name, entries]) => [name, entries - (before.get(name) as number)] as const)
        .filter(([, entries]) => entries > 0)
      assert.deepEqual(read, [['premium.assessment_pkey', people]])
    })
  })
}
