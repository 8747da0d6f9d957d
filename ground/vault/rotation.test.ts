import assert from 'node:assert/strict'
import { test } from 'node:test'
import { revealNumber, subjectKey } from '@koiki/kernel'
import { type Scope, testDatabase } from '@koiki/store'
import { type KeyRing, keysOf, newKey, openVault } from './index.ts'

const numbers = ['710000791900', '710000554330', '710000395959', '710000000008']
const union: Scope = { union: '43', municipality: '*' }
const vaultWith = (ring: KeyRing) =>
  openVault({ party: 'union', provider: { name: '試験の鍵', open: async () => ring } })

test('封と探し札の鍵の版を上げても、前の番号は開き、見つかり、札は変わらず、版は混ざって読める', async (t) => {
  const db = await testDatabase(t, 'union')
  const vaultDb = await db.as('vault')
  const first: KeyRing = { seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }
  const second: KeyRing = {
    seal: keysOf([...first.seal.keys, [2, newKey()]]),
    index: keysOf([...first.index.keys, [2, newKey()]]),
  }
  const take = (vault: Awaited<ReturnType<typeof vaultWith>>, given: string[]) =>
    db.transaction(union, (tx) => vault.tokensOf(tx, given))
  const before = await vaultWith(first)
  const later = await vaultWith(second)

  const old = await take(before, numbers.slice(0, 3))
  assert.deepEqual(
    await db.transaction(union, (tx) => later.findByNumber(tx, numbers[0]!)),
    old[0],
    '版を上げた直後、古い探し札のままで見つかる',
  )
  const all = await take(later, numbers.slice(1))
  assert.deepEqual(all.slice(0, 2), old.slice(1), '見つけた番号に新しい探し札が付いても、札は同じ')

  const versions = await db.transaction(union, (tx) =>
    tx.query(
      `select index_key_version as version, count(*) as numbers
         from vault.blind_index group by 1 order by 1`,
    ),
  )
  assert.deepEqual(versions, [
    { version: 1, numbers: 3 },
    { version: 2, numbers: 3 },
  ])
  const seals = await db.transaction(union, (tx) =>
    tx.query(
      `select seal_key_version as version, count(*) as numbers
         from vault.sealed_number group by 1 order by 1`,
    ),
  )
  assert.deepEqual(seals, [
    { version: 1, numbers: 3 },
    { version: 2, numbers: 1 },
  ])
  const opened = await vaultDb.transaction(union, (tx) =>
    later.revealMany(tx, [old[0]!, ...all], {
      channel: 'job',
      actor: { kind: 'job', id: '1', name: '鍵の更新の試験' },
      party: 'union:43',
      purpose: '鍵の更新の試験',
      persons: [subjectKey('43', '43100007')],
    }),
  )
  assert.deepEqual(
    opened.map((number) => number && revealNumber(number)),
    numbers,
  )
  await assert.rejects(
    take(before, [numbers[0]!]),
    /起動し直してください/,
    '古い束のままのプログラムは止まる',
  )
})
