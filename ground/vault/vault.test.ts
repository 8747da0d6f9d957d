import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import { whoLooked } from '@koiki/audit'
import {
  individualNumberCheckDigit,
  parseIndividualNumber,
  revealNumber,
  subjectKey,
} from '@koiki/kernel'
import { type Scope, StoreError, setWorld, testDatabase, worldClock } from '@koiki/store'
import { numberSearch } from '../../tools/test/number-search.ts'
import {
  type KeyRing,
  keysOf,
  newKey,
  numberColumnDefinitions,
  numberColumns,
  numberValues,
  openVault,
  VaultError,
} from './index.ts'

const db = await testDatabase({ after }, 'union')
const vaultDb = await db.as('vault')
const admin = await db.asAdmin()
const union: Scope = { union: '43', municipality: '*' }
const otherUnion: Scope = { union: '31', municipality: '*' }

const ring: KeyRing = { seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }
const vaultWith = (keys: KeyRing) =>
  openVault({ party: 'union', provider: { name: '試験の鍵', open: async () => keys } })
const vault = await vaultWith(ring)

let used = 0
/** 試験どうしが互いの番号に出会わないように、毎回ちがう番号を使う。 */
function freshNumber(): string {
  const body = String(71_000_000_000 + ++used * 7919).padStart(11, '0')
  return `${body}${individualNumberCheckDigit(body)}`
}
const person = subjectKey('43', '43100007')
const reason = {
  channel: 'screen',
  actor: { kind: 'account', id: 'clerk-1', name: '資格 花子' },
  party: 'union:43',
  terminal: '1番端末',
  purpose: '番号の確認',
} as const

const take = async (numbers: (string | null)[], scope = union, by = vault) =>
  db.transaction(scope, (tx) => by.tokensOf(tx, numbers))
const takeOne = async (number: string, scope = union, by = vault): Promise<string> =>
  (await take([number], scope, by))[0] as string
const open = async (token: string, scope = union, by = vault): Promise<string> =>
  revealNumber(
    await vaultDb.transaction(scope, (tx) =>
      by.reveal(tx, token, { ...reason, person: subjectKey(scope.union, '43100007') }),
    ),
  )

test('番号は札になり、金庫の役だけが、記録を残して開けられる', async () => {
  const number = freshNumber()
  const token = await takeOne(number)
  assert.equal(await open(token), number)
  const looks = await db.transaction(union, (tx) => whoLooked(tx, person))
  const look = looks.find((found) => found.act === 'number.reveal')
  assert.ok(look)
  assert.equal(look.purpose, '番号の確認')
  assert.equal(look.actor.name, '資格 花子')
  await assert.rejects(
    db.transaction(union, (tx) => vault.reveal(tx, token, { ...reason, person })),
    (error) => error instanceof StoreError && error.kind === 'permission',
  )
})

test('開けても、取引が取り消されれば、番号は取引の外に出ず、記録も残らない', async () => {
  const token = await takeOne(freshNumber())
  const stranger = subjectKey('43', '43100999')
  await assert.rejects(
    vaultDb.transaction(union, async (tx) => {
      await vault.reveal(tx, token, { ...reason, person: stranger })
      throw new Error('途中でやめた')
    }),
  )
  assert.deepEqual(await db.transaction(union, (tx) => whoLooked(tx, stranger)), [])
})

test('用件を言わずには開かない', async () => {
  const token = await takeOne(freshNumber())
  await assert.rejects(
    vaultDb.transaction(union, (tx) => vault.reveal(tx, token, { ...reason, purpose: '', person })),
    /用件/,
  )
})

test('同じ番号は、同じファイルの中でも、後のファイルでも、同じ札になる', async () => {
  const [one, other] = [freshNumber(), freshNumber()]
  const first = await take([one, null, other, one])
  assert.equal(first[0], first[3])
  assert.notEqual(first[0], first[2])
  assert.equal(first[1], null)
  assert.deepEqual(await take([other, one]), [first[2], first[0]])
})

test('二つの取込みが同時に同じ番号を入れても、札は一つになる', async () => {
  const numbers = Array.from({ length: 50 }, freshNumber)
  const results = await Promise.all(
    Array.from({ length: 4 }, (_, index) =>
      take(index % 2 ? [...numbers].reverse() : numbers).then((tokens) =>
        index % 2 ? tokens.reverse() : tokens,
      ),
    ),
  )
  for (const tokens of results) assert.deepEqual(tokens, results[0])
  assert.equal(new Set(results[0]).size, 50)
})

test('業務の一時表に COPY で入れ、まとめて札を決める。二度目は一つも増えない', async () => {
  const numbers = Array.from({ length: 3_000 }, freshNumber)
  const load = () =>
    db.transaction(union, async (tx) => {
      const sealed = vault.sealMany(union, [...numbers, null])
      await tx.run(
        `create temporary table staged_people (line integer not null, ${numberColumnDefinitions}) on commit drop`,
      )
      await tx.copyRows(
        `staged_people (line, ${numberColumns})`,
        sealed.map((number, line) => [line, ...numberValues(number)]),
      )
      const { added } = await vault.resolveTokens(tx, 'staged_people')
      const rows = await tx.query<{ token: string | null }>(
        'select token::text as token from staged_people order by line',
      )
      return { added, tokens: rows.map((row) => row.token) }
    })
  const first = await load()
  const second = await load()
  assert.equal(first.added, 3_000)
  assert.equal(second.added, 0)
  assert.equal(first.tokens[3_000], null)
  assert.deepEqual(second.tokens, first.tokens)
  const opened = await vaultDb.transaction(union, (tx) =>
    vault.revealMany(tx, first.tokens, { ...reason, persons: [person] }),
  )
  assert.deepEqual(
    opened.map((number) => number && revealNumber(number)),
    [...numbers, null],
  )
})

test('番号でさがすと札が、突合は三つの答えのどれかが返る', async () => {
  const [known, another, unknown] = [freshNumber(), freshNumber(), freshNumber()]
  const token = await takeOne(known)
  await takeOne(another)
  const opaque = parseIndividualNumber(known)
  assert.ok(opaque.ok)
  await db.transaction(union, async (tx) => {
    assert.equal(await vault.findByNumber(tx, known), token)
    assert.equal(await vault.findByNumber(tx, opaque.value), token)
    assert.equal(await vault.findByNumber(tx, unknown), null)
    assert.equal(await vault.compare(tx, known, token), '一致')
    assert.equal(await vault.compare(tx, another, token), '不一致')
    assert.equal(await vault.compare(tx, unknown, token), '不一致')
    assert.equal(await vault.compare(tx, known, null), '登録なし')
    assert.equal(await vault.compare(tx, known, '00000000-0000-4000-8000-000000000000'), '登録なし')
    await assert.rejects(vault.findByNumber(tx, '123456789012'), VaultError)
  })
})

test('別の広域連合からは、同じ番号でも札も封も見えない', async () => {
  const number = freshNumber()
  const token = await takeOne(number)
  const theirs = await takeOne(number, otherUnion)
  assert.notEqual(theirs, token)
  await assert.rejects(open(token, otherUnion), /登録がない札/)
  assert.equal(await open(theirs, otherUnion), number)
  await db.transaction(otherUnion, async (tx) => {
    assert.equal(await vault.findByNumber(tx, number), theirs)
    assert.equal(await vault.compare(tx, number, token), '登録なし')
  })
})

test('業務の役は封を読めず、だれも直したり消したりできず、集約機関の役は何も見えない', async () => {
  await takeOne(freshNumber())
  const operator = await db.as('operator')
  const refused = (error: unknown) => error instanceof StoreError && error.kind === 'permission'
  for (const [database, statements] of [
    [
      db,
      [
        'select sealed from vault.sealed_number',
        'select * from vault.sealed_number',
        'update vault.sealed_number set sealed_at = sealed_at',
        'delete from vault.sealed_number',
        'update vault.blind_index set token = token',
        'delete from vault.blind_index',
        'update vault.key_version set version = 2',
      ],
    ],
    [
      vaultDb,
      [
        `insert into vault.blind_index values (sha256('x'), 43, 'union:43', 1, gen_random_uuid(), '2026-07-01')`,
        'update vault.sealed_number set sealed_at = sealed_at',
        'delete from vault.sealed_number',
      ],
    ],
    [
      operator,
      [
        'select token from vault.sealed_number',
        'select 1 from vault.blind_index',
        'select 1 from vault.key_version',
      ],
    ],
  ] as const) {
    for (const statement of statements) {
      await assert.rejects(
        database.transaction(union, (tx) => tx.query(statement)),
        refused,
        statement,
      )
    }
  }
  await db.transaction(union, async (tx) => {
    assert.ok(
      (await tx.query('select token, seal_key_version from vault.sealed_number')).length > 0,
    )
  })
})

test('行の中身を入れ替えられた番号は、開かずに断る', async () => {
  const [one, other] = (await take([freshNumber(), freshNumber()])) as [string, string]
  await admin.transaction(union, (tx) =>
    tx.run(
      `update vault.sealed_number as mine set sealed = theirs.sealed
         from vault.sealed_number as theirs
        where (mine.token, theirs.token) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))`,
      [one, other],
    ),
  )
  for (const token of [one, other]) await assert.rejects(open(token), /入れ替わった/)
})

test('鍵が違えば、番号を探すことも入れることもせず、何も書き込まない', async () => {
  const number = freshNumber()
  const token = await takeOne(number)
  const count = async () =>
    (await admin.transaction(union, (tx) => tx.query('select 1 from vault.blind_index'))).length
  const before = await count()
  for (const wrong of [
    { seal: ring.seal, index: keysOf([[1, newKey()]]) },
    { seal: keysOf([[1, newKey()]]), index: ring.index },
    { seal: ring.seal, index: keysOf([[2, newKey()]]) },
  ]) {
    const strange = await vaultWith(wrong)
    await assert.rejects(takeOne(freshNumber(), union, strange), VaultError)
    await assert.rejects(
      db.transaction(union, (tx) => strange.findByNumber(tx, number)),
      VaultError,
    )
  }
  await assert.rejects(
    open(token, union, await vaultWith({ seal: keysOf([[1, newKey()]]), index: ring.index })),
    /開けられません/,
  )
  assert.equal(await count(), before)
})

test('範囲のない取引では扱わず、市区町村の金庫は市区町村ごとに分かれる', async () => {
  await assert.rejects(
    db.unscoped((tx) => vault.findByNumber(tx, freshNumber())),
    /担当の範囲/,
  )
  const municipal = await openVault({
    party: 'municipality',
    provider: { name: '試験の鍵', open: async () => ring },
  })
  assert.throws(() => municipal.sealMany(union, [freshNumber()]), /一つの市区町村/)
})

test('市区町村のデータベースでは、同じ番号でも市区町村ごとに別の札になり、互いに見えない', async (t) => {
  const municipality = await testDatabase(t, 'municipality')
  const municipal = await openVault({
    party: 'municipality',
    provider: { name: '試験の鍵', open: async () => ring },
  })
  const kumamoto = { union: '43', municipality: '431001' }
  const amakusa = { union: '43', municipality: '432156' }
  const number = freshNumber()
  const tokens = []
  for (const scope of [kumamoto, amakusa]) {
    tokens.push(await municipality.transaction(scope, (tx) => municipal.tokensOf(tx, [number])))
  }
  assert.notDeepEqual(tokens[0], tokens[1])
  const seen = await municipality.transaction(amakusa, (tx) =>
    tx.query('select token::text as token, holder from vault.blind_index'),
  )
  assert.deepEqual(seen, [{ token: tokens[1]?.[0], holder: 'municipality:432156' }])
})

test('取込みの一時表の名前に、SQLの断片は使えない', async () => {
  await assert.rejects(
    db.transaction(union, (tx) => vault.resolveTokens(tx, 'x; drop table vault.blind_index')),
    VaultError,
  )
})

test('金庫を印字しても、鍵も番号も現れない', async () => {
  const key = ring.seal.keys.get(1)?.export().toString('hex') as string
  assert.ok(!inspect(vault, { depth: 9, showHidden: true }).includes(key))
  const token = await takeOne(freshNumber())
  const number = await vaultDb.transaction(union, (tx) =>
    vault.reveal(tx, token, { ...reason, person }),
  )
  for (const shown of [`${number}`, JSON.stringify({ number }), inspect({ number })]) {
    assert.ok(shown.includes('***'))
    assert.ok(!/\d{4}/.test(shown))
  }
})

test('世界の時計で動くときも、金庫の役は開けられ、その世界の時刻で記録が残る', async () => {
  const token = await takeOne(freshNumber())
  await db.unscoped((tx) => setWorld(tx, '2026-09-01'))
  const stranger = subjectKey('43', '43100998')
  const worldDb = await db.as('vault', worldClock)
  await worldDb.transaction(union, (tx) => vault.reveal(tx, token, { ...reason, person: stranger }))
  const [look] = await db.transaction(union, (tx) => whoLooked(tx, stranger))
  assert.match(look?.at ?? '', /^2026-09-01T00:/)
})

test('受け入れ・検索・突合・開封の後、データベースのどこを、どの書き方でさがしても、番号は出てこない', async () => {
  const numbers = Array.from({ length: 200 }, freshNumber)
  const tokens = await take(numbers)
  await db.transaction(union, async (tx) => {
    await vault.findByNumber(tx, numbers[0] as string)
    await vault.compare(tx, numbers[1] as string, tokens[2] as string)
  })
  await open(tokens[3] as string)
  await admin.unscoped((tx) => tx.run('analyze'))
  const { hits, bytes } = await numberSearch(numbers).database(admin, '金庫の試験')
  assert.deepEqual(hits, [])
  assert.ok(bytes > 20_000, '何も見ていない')
})
