import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { residentKey, subjectKey } from '@koiki/kernel'
import { type Scope, StoreError, testDatabase } from '@koiki/store'
import { type AccessEntry, digestOfKeys, holdsNumber, recordAccess, whoLooked } from './index.ts'

const db = await testDatabase({ after }, 'union')
const union: Scope = { union: '43', municipality: '*' }
const kumamoto: Scope = { union: '43', municipality: '431001' }
const amakusa: Scope = { union: '43', municipality: '432156' }

let used = 0
/** 試験どうしが互いの行を見ないように、毎回ちがう人を使う。 */
const someone = () => subjectKey('43', String(10_000_000 + ++used * 1000).padStart(8, '0'))

const look = (entry: Partial<AccessEntry> = {}): AccessEntry => ({
  channel: 'screen',
  actor: { kind: 'account', id: 'clerk-1', name: '山下 賦課' },
  party: 'union:43',
  terminal: '3番窓口',
  address: '10.0.0.3',
  purpose: '保険料の相談',
  act: 'person.read',
  effect: 'read',
  persons: [],
  ...entry,
})

test('見たことは、だれが・どこから・何の用件で・だれを・何件・何を・いつ、とともに残る', async () => {
  const person = someone()
  await db.transaction(union, (tx) => recordAccess(tx, look({ persons: [person] })))
  const [found, ...others] = await db.transaction(union, (tx) => whoLooked(tx, person))
  assert.deepEqual(others, [])
  assert.ok(found)
  const { entryId, ...rest } = found
  assert.match(entryId, /^[0-9a-f-]{36}$/)
  assert.deepEqual(rest, {
    at: '2026-07-01T00:00:00.000Z',
    channel: 'screen',
    actor: { kind: 'account', id: 'clerk-1', name: '山下 賦課' },
    party: 'union:43',
    municipality: '*',
    terminal: '3番窓口',
    act: 'person.read',
    effect: 'read',
    purpose: '保険料の相談',
    persons: 1,
  })
})

test('被保険者の鍵でも住民の鍵でも引け、両方で引いても一行は一行', async () => {
  const insured = someone()
  const resident = residentKey('43', 77)
  await db.transaction(union, (tx) =>
    recordAccess(tx, look({ persons: [insured, resident], count: 1 })),
  )
  const counts = await db.transaction(union, async (tx) => [
    (await whoLooked(tx, insured)).length,
    (await whoLooked(tx, resident)).length,
    (await whoLooked(tx, [insured, resident])).length,
    (await whoLooked(tx, [insured, resident]))[0]?.persons,
  ])
  assert.deepEqual(counts, [1, 1, 1, 1])
})

test('一括処理の一段は一行で、要約値と件数を持ち、中の一人からも引ける', async () => {
  const first = someone()
  const persons = Array.from({ length: 500 }, (_, index) => first + index * 2).reverse()
  const entryId = await db.transaction(union, (tx) =>
    recordAccess(
      tx,
      look({
        channel: 'job',
        actor: { kind: 'job', id: '12', name: '令和8年度 当初賦課' },
        act: 'premium.assess',
        effect: 'write',
        persons: [...persons, ...persons],
      }),
    ),
  )
  const admin = await db.asAdmin()
  await admin.transaction(union, async (tx) => {
    const row = await tx.one<{ person_count: number; same: boolean; single: number }>(
      `select entry.person_count,
              entry.key_digest = (
                select sha256(string_agg(int8send(key), '' order by key)) from unnest(keys) as key
              ) as same,
              (select count(*)::int from audit.subject_entry s where s.entry_id = entry.entry_id) as single
         from audit.entry join audit.bulk_keys using (entry_id)
        where entry_id = $1::uuid`,
      [entryId],
    )
    assert.deepEqual(row, { person_count: 500, same: true, single: 0 })
  })
  await db.transaction(union, async (tx) => {
    assert.equal((await whoLooked(tx, first))[0]?.persons, 500)
    assert.equal((await whoLooked(tx, first + 998))[0]?.actor.name, '令和8年度 当初賦課')
    assert.deepEqual(await whoLooked(tx, first + 1), [], '範囲の中だが、いない人')
    assert.deepEqual(await whoLooked(tx, first + 1000), [], '範囲の外の人')
  })
})

test('だれも見つからなかった検索も、0人として残る', async () => {
  const entryId = await db.transaction(union, (tx) =>
    recordAccess(tx, look({ act: 'person.search' })),
  )
  const rows = await db.transaction(union, (tx) =>
    tx.query('select person_count, key_digest from audit.entry where entry_id = $1', [entryId]),
  )
  assert.deepEqual(rows, [{ person_count: 0, key_digest: digestOfKeys([]) }])
})

test('行いが取り消されれば記録も残らず、記録できなければ行いも残らない', async () => {
  const person = someone()
  await assert.rejects(
    db.transaction(union, async (tx) => {
      await recordAccess(tx, look({ persons: [person] }))
      throw new Error('途中でやめた')
    }),
  )
  assert.deepEqual(await db.transaction(union, (tx) => whoLooked(tx, person)), [])
})

test('番号に見える12桁を偶然ふくむ利用者の鍵でも、その人の行いは残る', async () => {
  const id = '1a2b3c4d-0000-4000-8000-123456789018'
  assert.ok(holdsNumber(id))
  const actor = { kind: 'account', id, name: '見本 資格' } as const
  await db.transaction(union, (tx) => recordAccess(tx, look({ actor })))
})

test('直すこと・消すことは、業務の役にも金庫の役にも許されない', async () => {
  await db.transaction(union, (tx) => recordAccess(tx, look({ persons: [someone()] })))
  const vault = await db.as('vault')
  for (const database of [db, vault]) {
    for (const statement of [
      `update audit.entry set purpose = '別の用件'`,
      'delete from audit.entry',
      'truncate audit.entry',
      'update audit.subject_entry set union_code = 31',
      'delete from audit.subject_entry',
      'delete from audit.resident_entry',
      `update audit.bulk_keys set keys = '{}'`,
      'delete from audit.bulk_keys',
    ]) {
      await assert.rejects(
        database.transaction(union, (tx) => tx.run(statement)),
        (error) => error instanceof StoreError && error.kind === 'permission',
        statement,
      )
    }
  }
})

test('金庫の役は残すことだけ、集約機関の役は何もできない', async () => {
  const vault = await db.as('vault')
  const operator = await db.as('operator')
  const person = someone()
  await vault.transaction(union, (tx) => recordAccess(tx, look({ persons: [person] })))
  assert.equal((await db.transaction(union, (tx) => whoLooked(tx, person))).length, 1)
  const refused = (error: unknown) => error instanceof StoreError && error.kind === 'permission'
  await assert.rejects(
    vault.transaction(union, (tx) => whoLooked(tx, person)),
    refused,
  )
  await assert.rejects(
    operator.transaction(union, (tx) => whoLooked(tx, person)),
    refused,
  )
})

test('市区町村は自分の窓口の記録だけが見え、広域連合は全部が見え、別の広域連合は見えない', async () => {
  const person = someone()
  for (const scope of [union, kumamoto, amakusa]) {
    await db.transaction(scope, (tx) => recordAccess(tx, look({ persons: [person] })))
  }
  const seen = async (scope: Scope) =>
    (await db.transaction(scope, (tx) => whoLooked(tx, person)))
      .map((found) => found.municipality)
      .sort()
  assert.deepEqual(await seen(union), ['*', '431001', '432156'])
  assert.deepEqual(await seen(kumamoto), ['431001'])
  assert.deepEqual(await seen(amakusa), ['432156'])
  assert.deepEqual(await seen({ union: '31', municipality: '*' }), [])
})

test('別の広域連合の人については残せない', async () => {
  await assert.rejects(
    db.transaction({ union: '31', municipality: '*' }, (tx) =>
      recordAccess(tx, look({ persons: [someone()] })),
    ),
    StoreError,
  )
})

test('範囲のない取引、鍵でない数、空の用件、番号らしき用件は、番号を繰り返さない文で断る', async () => {
  const refuses = (entry: AccessEntry, words: RegExp) =>
    assert.rejects(
      db.transaction(union, (tx) => recordAccess(tx, entry)),
      (error) =>
        error instanceof StoreError && words.test(error.message) && !/1234/.test(error.message),
    )
  await assert.rejects(
    db.unscoped((tx) => recordAccess(tx, look())),
    /担当の範囲/,
  )
  await refuses(look({ persons: [12_345] }), /どちらでも|鍵でも/)
  await refuses(look({ purpose: ' ' }), /用件/)
  await refuses(look({ purpose: '番号 1234-5678-9018 の照会' }), /個人番号らしき/)
  await refuses(look({ terminal: '１２３４５６７８９０１８' }), /個人番号らしき/)
})
