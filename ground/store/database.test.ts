import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from './index.ts'

const db = await testDatabase({ after }, 'union')

test('市区町村の参照表は、移行の直後から入っている', async () => {
  const rows = await db.unscoped((tx) =>
    tx.query<{ n: number; u: number }>(
      'select count(*) as n, union_code as u from reference.municipality group by 2 order by 2',
    ),
  )
  assert.deepEqual(rows, [
    { n: 2, u: 31 },
    { n: 45, u: 43 },
  ])
})
