import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import {
  fixedClock,
  openDatabase,
  type Scope,
  StoreError,
  type StoreErrorKind,
  testDatabase,
  writeDateRange,
} from './index.ts'

const db = await testDatabase({ after }, 'union')
const admin = await db.asAdmin()
const all: Scope = { union: '43', municipality: '*' }

await admin.unscoped((tx) =>
  tx.query(`
    create schema trial;
    grant usage on schema trial to koiki_union_app;
    create table trial.person (
      subject_key bigint primary key,
      union_code smallint not null,
      municipality_code text not null check (municipality_code ~ '^[0-9]{6}$'),
      name text not null,
      held daterange not null,
      exclude using gist (subject_key with =, held with &&)
    );
    create unique index person_name_102043 on trial.person (name);
    alter table trial.person enable row level security;
    alter table trial.person force row level security;
    create policy scope on trial.person using (
      union_code = current_setting('koiki.union', true)::smallint
      and (current_setting('koiki.municipality', true) = '*'
           or municipality_code = current_setting('koiki.municipality', true)));
    grant select, insert on trial.person to koiki_union_app;
    create table trial.item (id bigint primary key, text text, amount bigint, at date, bytes bytea, tags text[]);
    grant select, insert, delete on trial.item to koiki_union_app;
  `),
)

const person = (key: number, municipality: string, name: string) =>
  [key, municipality, name, '[2026-04-01,)'] as const

const insertPerson = `insert into trial.person (subject_key, union_code, municipality_code, name, held)
  values ($1, 43, $2, $3, $4)`

/** What a caller gets: our error, of this kind, without the row in it. */
const refusal = (kind: StoreErrorKind, sentence?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StoreError, `${error}`)
  assert.equal(error.kind, kind)
  if (sentence) assert.match(error.message, sentence)
  assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /甲野|4343100007/)
  return true
}

test('参照表は移行の直後から入っていて、保険者番号は未確認と記されている', async () => {
  const rows = await db.unscoped((tx) =>
    tx.query(
      `select union_code, count(*) as municipalities, bool_and(insurer_number_unverified) as unverified
         from reference.municipality group by 1 order by 1`,
    ),
  )
  assert.deepEqual(rows, [
    { union_code: 31, municipalities: 2, unverified: true },
    { union_code: 43, municipalities: 45, unverified: true },
  ])
})

test('データベースの値は、家の型で読まれる', async () => {
  const row = await db.unscoped((tx) =>
    tx.one(
      `select 9007199254740991::bigint as big, date '2024-02-29' as day,
              timestamptz '2026-07-01 09:00:00+09' as instant,
              timestamptz '2026-07-01 09:00:00.123456+09' as fine,
              daterange('2026-04-01', null) as open, daterange(null, '2026-04-01') as past,
              '{1,2,null}'::bigint[] as bigs, array[date '2026-04-01'] as days,
              array[timestamptz '2026-07-01 00:00+00'] as instants,
              1.50::numeric as exact, '{"a":1}'::jsonb as json, null::date as none`,
    ),
  )
  assert.deepEqual(row, {
    big: 9007199254740991,
    day: '2024-02-29',
    instant: '2026-07-01T00:00:00.000Z',
    fine: '2026-07-01T00:00:00.123456Z',
    open: { from: '2026-04-01', until: null },
    past: { from: null, until: '2026-04-01' },
    bigs: [1, 2, null],
    days: ['2026-04-01'],
    instants: ['2026-07-01T00:00:00.000Z'],
    exact: '1.50',
    json: { a: 1 },
    none: null,
  })
})

test('期間は、書いて読むと同じに戻る', async () => {
  for (const range of [
    { from: '2026-04-01', until: null },
    { from: '2026-04-01', until: '2027-04-01' },
    { from: null, until: null },
  ]) {
    const given = range as Parameters<typeof writeDateRange>[0]
    const row = await db.unscoped((tx) =>
      tx.one<{ held: unknown }>('select $1::daterange as held', [writeDateRange(given)]),
    )
    assert.deepEqual(row.held, range)
  }
})

for (const [what, sql] of [
  ['正確に扱えない整数', 'select 9007199254740993::bigint'],
  ['無限の日', `select date 'infinity'`],
  ['空の期間', `select 'empty'::daterange`],
  ['終わりのない配列の中の無限の日', `select array[date '-infinity']`],
] as const) {
  test(`${what}は、黙って丸めずに断る`, async () => {
    await assert.rejects(
      db.unscoped((tx) => tx.query(sql)),
      refusal('misuse'),
    )
  })
}

test('取引は範囲の中だけを見て、終わっても範囲は漏れない', async (t) => {
  const single = await openDatabase({
    url: db.url('app'),
    applicationName: 'koiki-test-one',
    connections: 1,
    clock: fixedClock('2026-07-01'),
  })
  t.after(() => single.close())
  const count = (scope: Scope) =>
    single.transaction(scope, (tx) =>
      tx.query<{ m: string }>('select municipality_code as m from trial.person order by 1'),
    )
  await single.transaction(all, async (tx) => {
    await tx.query(insertPerson, person(4300000018, '431001', '範囲一'))
    await tx.query(insertPerson, person(4300000026, '432024', '範囲二'))
  })
  assert.equal((await count(all)).length, 2)
  assert.deepEqual(await count({ union: '43', municipality: '431001' }), [{ m: '431001' }])
  assert.deepEqual(await count({ union: '31', municipality: '*' }), [])
  await assert.rejects(
    single.unscoped((tx) => tx.query('select * from trial.person')),
    refusal('misuse', /範囲のない取引/),
  )
  await assert.rejects(
    single.transaction({ union: '43', municipality: '431001' }, (tx) =>
      tx.query(insertPerson, person(4300000034, '432024', '範囲外')),
    ),
    refusal('rowSecurity'),
  )
})

for (const scope of [
  { union: `43'; drop table trial.person; --`, municipality: '*' },
  { union: '43', municipality: `*' or true --` },
  { union: '4', municipality: '*' },
  { union: '43', municipality: '43100' },
  { union: '43', municipality: '431001\n' },
]) {
  test(`範囲 ${JSON.stringify(scope)} は、文に入る前に断る`, async () => {
    await assert.rejects(
      db.transaction(scope, async () => {}),
      refusal('misuse', /担当の範囲/),
    )
  })
}

for (const [what, kind, work] of [
  [
    '同じ鍵',
    'unique',
    [person(4300000042, '431001', '甲野花'), person(4300000042, '431001', '甲野')],
  ],
  ['必須の値の欠け', 'notNull', [[4343100007, '431001', null, '[2026-04-01,)']]],
  ['決まりに合わない値', 'check', [person(4343100007, '甲野', '甲野太郎')]],
  ['形の違う値', 'badValue', [[4343100007, '431001', '甲野太郎', '甲野の期間']]],
] as const) {
  test(`${what}の拒否は種類と日本語の文になり、行の中身は残らない`, async () => {
    await assert.rejects(
      db.transaction(all, async (tx) => {
        for (const row of work) await tx.query(insertPerson, row)
      }),
      refusal(kind),
    )
  })
}

test('重なる期間の拒否は exclusion で、制約の名前から断片の番号が落ちる', async () => {
  await assert.rejects(
    db.transaction(all, async (tx) => {
      await tx.query(insertPerson, person(4300000059, '431001', '甲野二郎'))
      await tx.query(insertPerson, person(4300000067, '431001', '甲野二郎'))
    }),
    (error) => refusal('unique')(error) && (error as StoreError).constraint === 'person_name',
  )
})

test('権限のない操作は、行を見せずに断る', async () => {
  await assert.rejects(
    db.transaction(all, (tx) => tx.query('delete from trial.person')),
    refusal('permission'),
  )
})

test('失敗した文を握りつぶしても、確定したことにはならない', async () => {
  await assert.rejects(
    db.unscoped(async (tx) => {
      await tx.query('insert into trial.item (id) values (77)')
      await tx.query('select 1 / 0').catch(() => {})
    }),
    refusal('misuse', /全体が取り消されました/),
  )
  assert.equal(
    (await db.unscoped((tx) => tx.query('select from trial.item where id = 77'))).length,
    0,
  )
})

test('待たれていない文と、終わった取引の使用は断る', async () => {
  let kept: { query(sql: string): Promise<unknown> } | null = null
  let loose: Promise<unknown> = Promise.resolve()
  await assert.rejects(
    db.unscoped(async (tx) => {
      kept = tx
      loose = tx.query('select pg_sleep(0.05)').catch(() => {})
    }),
    refusal('misuse', /await の抜け/),
  )
  await loose
  await assert.rejects(
    (kept as unknown as { query(sql: string): Promise<unknown> }).query('select 1'),
    refusal('misuse', /終わった取引/),
  )
  assert.equal((await db.unscoped((tx) => tx.query('select 1'))).length, 1)
})

test('one は1行、maybe は1行か無し、run は行数を返す', async () => {
  await db.unscoped(async (tx) => {
    assert.equal(await tx.maybe('select 1 where false'), null)
    assert.equal(await tx.run('insert into trial.item (id) values (801), (802)'), 2)
    await assert.rejects(tx.one('select 1 where false'), refusal('misuse'))
    await assert.rejects(tx.maybe('select from trial.item where id > 800'), refusal('misuse'))
    assert.equal(await tx.run('delete from trial.item where id > 800'), 2)
  })
})

test('取引の今は時計の今で、最後まで変わらない', async () => {
  await db.unscoped(async (tx) => {
    assert.deepEqual([tx.now, tx.today], ['2026-07-01T00:00:00.000Z', '2026-07-01'])
  })
})

const awkward = ['タブ\t', '改行\r\n', '\\N', '\\', '"引用",{}', '𠮷野家葛󠄀', '', null]

test('copyRows で入れたものは、どんな文字でも同じに読める', async () => {
  const rows = awkward.map((text, id) => [
    id + 1000,
    text,
    id * 1000,
    '2026-07-01',
    Buffer.from(text ?? 'x'),
    text === null ? null : [text, 'b'],
  ])
  await db.unscoped(async (tx) => {
    assert.equal(await tx.copyRows('trial.item (id, text, amount, at, bytes, tags)', rows), 8)
    const found = await tx.query<Record<string, unknown>>(
      'select id, text, amount, at, bytes, tags from trial.item where id >= 1000 order by id',
    )
    assert.deepEqual(
      found.map((row) => Object.values(row)),
      rows,
    )
    await tx.query('delete from trial.item')
  })
})

const many = 60_000

async function* counted(): AsyncGenerator<readonly unknown[]> {
  for (let id = 1; id <= many; id += 1) yield [id, `名前${id}`]
}

test('大量の行は、流して入れ、区切って読み、流して出せる', async () => {
  await db.unscoped(async (tx) => {
    assert.equal(await tx.copyRows('trial.item (id, text)', counted()), many)
    let read = 0
    for await (const batch of tx.batches<{ id: number }>(
      'select id from trial.item where id > $1 order by id',
      [10],
      7_000,
    )) {
      assert.equal(batch[0]?.id, read + 11)
      read += batch.length
    }
    assert.equal(read, many - 10)
    let bytes = 0
    for await (const chunk of tx.copyOut('copy trial.item (id) to stdout')) {
      bytes += (chunk as Buffer).length
    }
    assert.equal(bytes, 9 * 2 + 90 * 3 + 900 * 4 + 9000 * 5 + (many - 9999) * 6)
    await tx.query('delete from trial.item')
  })
})

test('copyIn の途中の誤りは、行の中身を言わず、全体を取り消し、接続は使い続けられる', async () => {
  for (let round = 0; round < 3; round += 1) {
    await assert.rejects(
      db.unscoped((tx) =>
        pipeline(
          Readable.from(['1\t甲野太郎\n', '二\t甲野花子\n', '3\tx\n'.repeat(200_000)]),
          tx.copyIn('copy trial.item (id, text) from stdin'),
        ),
      ),
      refusal('badValue'),
    )
  }
  assert.deepEqual(await db.unscoped((tx) => tx.query('select from trial.item')), [])
})

test('copyRows の途中で元が失敗すれば、元の失敗が伝わり、何も残らない', async () => {
  async function* failing(): AsyncGenerator<readonly unknown[]> {
    yield [1, 'x']
    throw new RangeError('3行目の日付が正しくありません。')
  }
  await assert.rejects(
    db.unscoped((tx) => tx.copyRows('trial.item (id, text)', failing())),
    /3行目の日付/,
  )
  await assert.rejects(
    db.unscoped((tx) => tx.copyRows('trial.nothing (id)', [[1]])),
    refusal('program', /trial.nothing/),
  )
  assert.deepEqual(await db.unscoped((tx) => tx.query('select from trial.item')), [])
})

test('copyOut を途中でやめると、取引は取り消され、次の取引は別の接続で動く', async () => {
  await assert.rejects(
    db.unscoped(async (tx) => {
      for await (const _ of tx.copyOut('copy (select generate_series(1, 3000000)) to stdout')) break
    }),
    refusal('misuse'),
  )
  await assert.rejects(
    db.unscoped(async (tx) => {
      for await (const _ of tx.copyOut('copy trial.nothing to stdout'));
    }),
    refusal('program'),
  )
  assert.equal((await db.unscoped((tx) => tx.query('select 1'))).length, 1)
})

test('接続が切られると再試行できる誤りになり、次の取引は動く', async () => {
  await assert.rejects(
    db.unscoped(async (tx) => {
      const { pid } = await tx.one<{ pid: number }>('select pg_backend_pid() as pid')
      await admin.unscoped((other) => other.query('select pg_terminate_backend($1)', [pid]))
      await tx.query('select 1')
    }),
    (error) => refusal('unavailable')(error) && (error as StoreError).retryable,
  )
  assert.equal((await db.unscoped((tx) => tx.query('select 1'))).length, 1)
})

test('起動していないデータベースへの接続は、次にすることを言って断る', async (t) => {
  const nowhere = await openDatabase({
    url: 'postgres://a:b@127.0.0.1:1/none',
    applicationName: 'koiki-test-nowhere',
  })
  t.after(() => nowhere.close())
  await assert.rejects(
    nowhere.unscoped(async () => {}),
    refusal('unavailable', /つながりませんでした。処理は始まっていません。.*起動を確かめて/),
  )
})
