import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { testDatabase } from '@koiki/store'
import fc from 'fast-check'
import {
  askReconciliation,
  type ExchangePlace,
  keyFolder,
  listDifferences,
  listReconciliations,
  makePartyKeys,
  type Reconcilable,
  type ReconciledRow,
  ReconciliationAnswerer,
  ReconciliationRefused,
  recordReconciliation,
} from './index.ts'

// Goal: whatever two sides hold, the protocol finds just what differs, says as little as it can and believes nobody
// else. Method: two databases for what is kept, and records that the test makes for both sides.

const root = await mkdtemp(path.join(tmpdir(), 'koiki-reconciliation-'))
after(() => rm(root, { recursive: true }))
const municipality = '431001'
const city = `municipality:${municipality}`
for (const party of ['union:43', city]) await makePartyKeys(path.join(root, 'keys'), party)
const place = (self: string): ExchangePlace => ({
  ...{ self, keys: keyFolder(path.join(root, 'keys')), folder: root },
})
const unionDatabase = await testDatabase({ after }, 'union')
const cityDatabase = await testDatabase({ after }, 'municipality')
const scope = { union: '43', municipality }

const columns = ['氏名', '町字']
type Given = { readonly key: string; readonly values: readonly [string, string] }

const side = (records: readonly (Given & { state?: ReconciledRow['state'] })[]): Reconcilable => ({
  layout: '住民基本台帳情報',
  columns,
  async *lines() {
    const bytes = Buffer.from(
      records.map(({ key, values }) => `${[key, ...values].join('\t')}\n`).join(''),
    )
    // Cut where nothing ends, within letters too.
    for (let at = 0; at < bytes.length; at += 101) yield bytes.subarray(at, at + 101)
  },
  async *rows() {
    yield records.map(({ key, values, state = 'held' }) => ({
      ...{ key, addresseeNumber: key, recordKey: '', values, state },
    }))
  },
})

async function reconcile(
  own: Reconcilable,
  other: Reconcilable,
  carry = (message: string): string => message,
) {
  const answerer = new ReconciliationAnswerer([other])
  const said: string[] = []
  const done = await askReconciliation({
    place: place('union:43'),
    answerer: city,
    municipality,
    of: own,
    read: (work) => unionDatabase.transaction(scope, work),
    async ask(message) {
      const answer = await cityDatabase.transaction(scope, (tx) =>
        answerer.answer(tx, place(city), 'union:43', municipality, carry(message)),
      )
      said.push(message, answer)
      return answer
    },
  })
  return { done, said }
}

const names = fc.constantFrom('模擬　一郎', '模擬　花子')
/** Held alike by both: beyond so many records the tree has branches. */
const alike = Array.from({ length: 600 }, (_, at) => ({
  key: String(100_000 + at).padStart(15, '0'),
  values: ['模擬　次郎', ''] as const,
}))
const record = fc.record({
  key: fc.nat(99_999).map((number) => String(number).padStart(15, '0')),
  own: fc.option(fc.tuple(names, names)),
  other: fc.option(fc.tuple(names, names)),
  pending: fc.boolean(),
})

test('全件照合: 両側がどう違っていても、違う件と項目を過不足なく挙げ、値を1つも言わない', async () => {
  const records = fc.uniqueArray(record, { selector: ({ key }) => key, maxLength: 80 })
  await fc.assert(
    fc.asyncProperty(records, fc.boolean(), async (all, large) => {
      const more = large ? alike : []
      const own = side([
        ...more,
        ...all.flatMap(({ key, own: values }) => (values ? [{ key, values }] : [])),
      ])
      const other = side([
        ...all.flatMap(({ key, other: values, pending }) =>
          values ? [{ key, values, ...(pending && { state: 'pending' as const }) }] : [],
        ),
        ...more,
      ])
      const wanted = all
        .flatMap(({ key, own: mine, other: theirs, pending }) => {
          if (mine === null && theirs === null) return []
          const differing = columns.filter((_, at) => mine?.[at] !== theirs?.[at])
          if (differing.length === 0) return []
          const kind =
            theirs !== null && pending
              ? 'pending'
              : mine === null
                ? 'onlyMunicipality'
                : theirs === null
                  ? 'onlyUnion'
                  : 'content'
          const both = mine !== null && theirs !== null
          return [{ addresseeNumber: key, recordKey: '', kind, columns: both ? differing : [] }]
        })
        .sort((a, b) => (a.addresseeNumber < b.addresseeNumber ? -1 : 1))
      const { done, said } = await reconcile(own, other)
      assert.deepEqual(
        [...done.found].sort((a, b) => (a.addresseeNumber < b.addresseeNumber ? -1 : 1)),
        wanted,
      )
      assert.equal(done.pending, wanted.filter(({ kind }) => kind === 'pending').length)
      assert.equal(done.differences, wanted.length - done.pending)
      const text = said.join('\n')
      assert.ok(!text.includes('模擬'))
      assert.doesNotMatch(text, /0000000000\d{5}/)
    }),
    { numRuns: 25 },
  )
})

test('全件照合: 3,000件に1件の違いは、少ない書面で見つかり、双方の記録に残る', async () => {
  const all: Given[] = Array.from({ length: 3000 }, (_, at) => ({
    key: String(at).padStart(15, '0'),
    values: ['模擬　一郎', '見本町'] as const,
  }))
  const changed = all.map((one, at) =>
    at === 1234 ? { ...one, values: ['模擬　一郎', '隣町'] as const } : one,
  )
  const { done } = await reconcile(side(all), side(changed))
  assert.ok(done.messages <= 8, `${done.messages}通`)
  assert.ok(done.messageBytes < 32 * 1024, `${done.messageBytes}バイト`)
  await unionDatabase.transaction(scope, (tx) => recordReconciliation(tx, 'union:43', done))
  const wanted = [
    {
      ...{ addresseeNumber: '000000000001234', recordKey: '' },
      ...{ kind: 'content', columns: ['町字'] },
    },
  ]
  for (const database of [unionDatabase, cityDatabase]) {
    await database.transaction(scope, async (tx) => {
      const held = await listDifferences(tx, done.reconciliationId)
      assert.deepEqual(held, wanted)
      assert.equal((await listReconciliations(tx)).length, 1)
    })
  }
})

test('全件照合: 変えられた書面、項目の違う相手、始まっていない照合は断る', async () => {
  const same = side([{ key: '1', values: ['a', 'b'] }])
  const refusals: [() => Promise<unknown>, RegExp][] = [
    [() => reconcile(same, same, (text) => text.replace('"day":"', '"day":"1')), /形が違います/],
    [
      () =>
        reconcile(same, same, (text) => text.replace(/"columns":\[[^\]]*\]/, '"columns":["氏名"]')),
      /署名が広域連合（43）のものと確かめられません/,
    ],
    [() => reconcile(same, { ...same, columns: ['氏名'] }), /照合する項目が相手と違います/],
    [() => reconcile(same, { ...same, layout: '別の情報' }), /全件照合しない情報です/],
  ]
  for (const [refusal, sentence] of refusals)
    await assert.rejects(refusal(), (error) => {
      assert.ok(error instanceof ReconciliationRefused)
      assert.match(error.message, sentence)
      return true
    })
})
