import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import {
  type Layout,
  writeRows,
  住民基本台帳情報,
  住民基本台帳情報2026年4月版,
  住登外登録情報,
} from '@koiki/layouts'
import { type Scope, StoreError, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import {
  digitsOf,
  nonRegistered,
  nonRegisteredFile,
  received,
  resident,
  residentFile,
} from '../cases/townsfolk.ts'
import { type ImportResult, importResidents, RefusedFile } from './importResidents.ts'

const db = await testDatabase({ after }, 'union')
const admin = await db.asAdmin()
const union: Scope = { union: '43', municipality: '*' }
const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})

type Rows = Parameters<typeof residentFile>[0]
function take(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  municipality = '431001',
  layout: Layout = 住民基本台帳情報,
): Promise<ImportResult> {
  return db.transaction(union, (tx) =>
    importResidents(tx, received(layout, municipality, bytes, tx.today), { vault, jobId: '1' }),
  )
}
const takeRows = (rows: Rows, municipality?: string) => take(residentFile(rows), municipality)

const ask = <T>(sql: string, values: readonly unknown[] = []) =>
  db.transaction(union, (tx) => tx.query<T>(sql, values))
const addressee = (running: number) => String(running).padStart(15, '0')

async function historyOf(running: number, municipality = '431001') {
  return ask<{ version: number; town_name: string; line: number }>(
    `select rr.version, rr.town_name, rr.line
       from eligibility.addressee_number a
       join eligibility.resident_record rr on rr.resident_key = a.resident_key
      where a.municipality_code = $1 and a.addressee_number = $2
      order by rr.version`,
    [municipality, addressee(running)],
  )
}

async function householdsOf(running: number) {
  const rows = await ask<{ text: string }>(
    `select trim(leading '0' from household_number) || ' ' || held::text
              || case when is_head then ' 主' else '' end as text
       from eligibility.addressee_number a
       join eligibility.household_membership m on m.resident_key = a.resident_key
      where a.addressee_number = $1
      order by m.began_on`,
    [addressee(running)],
  )
  return rows.map(({ text }) => text)
}

test('初めてのファイルは全員を加え、同じファイルをもう一度読んでも何も変わらない', async () => {
  const rows = [resident(101), resident(102), resident(103)]
  const first = await takeRows(rows)
  assert.deepEqual([first.records, first.added, first.changed, first.unchanged], [3, 3, 0, 0])
  const before = await ask('select * from eligibility.resident order by resident_key')
  const second = await takeRows(rows)
  assert.deepEqual([second.added, second.changed, second.unchanged], [0, 0, 3])
  assert.deepEqual(await ask('select * from eligibility.resident order by resident_key'), before)
  assert.equal((await historyOf(101)).length, 1)
})

test('操作年月日だけが違うファイルは、何も変えない', async () => {
  await takeRows([resident(111)])
  const again = await takeRows([resident(111, { 操作年月日: plainDate('2026-07-01') })])
  assert.equal(again.unchanged, 1)
})

test('直したファイルは版を一つ足し、前の内容は残る', async () => {
  await takeRows([resident(121), resident(122)])
  const result = await takeRows([resident(121), resident(122, { 町字: '架空町三丁目' })])
  assert.deepEqual([result.added, result.changed, result.unchanged], [0, 1, 1])
  const history = await historyOf(122)
  assert.deepEqual(
    history.map(({ version, town_name, line }) => [version, town_name, line]),
    [
      [1, '架空町一丁目', 3],
      [2, '架空町三丁目', 3],
    ],
  )
})

test('個人番号のない人も受け入れ、あとから番号が届けば結ぶ。番号が空に戻っても失わない', async () => {
  const token = async () => {
    const [row] = await ask<{ number_token: string | null }>(
      `select r.number_token from eligibility.addressee_number a
         join eligibility.resident r on r.resident_key = a.resident_key
        where a.addressee_number = $1`,
      [addressee(131)],
    )
    return row!.number_token
  }
  await takeRows([resident(131, { 個人番号: null })])
  assert.equal(await token(), null)
  await takeRows([resident(131)])
  const held = await token()
  assert.notEqual(held, null)
  const result = await takeRows([resident(131, { 個人番号: null })])
  assert.equal(result.unchanged, 1)
  assert.equal(await token(), held)
})

test('誤りのある行が一つでもあれば、ファイルの全部を取り込まない', async () => {
  const wrong: readonly [string, Rows | Buffer, string][] = [
    ['ほかの市区町村の行', [resident(201), resident(202, { 市区町村コード: '432024' })], 'E1010'],
    ['同じ宛名番号が二行', [resident(201), resident(201)], 'E1007'],
    ['世帯主のいない世帯', [resident(201), resident(202, { 続柄: '妻' })], 'E1008'],
    ['世帯主が二人', [resident(201), resident(202, { 世帯番号: resident(201).世帯番号 })], 'E1009'],
  ]
  for (const [name, rows, code] of wrong) {
    await assert.rejects(takeRows(rows as Rows), (error) => {
      assert.ok(error instanceof RefusedFile, name)
      assert.ok(
        error.findings.some((finding) => finding.code === code && finding.severity === 'error'),
        name,
      )
      return true
    })
    assert.equal((await historyOf(201)).length, 0, name)
  }
  for (const table of ['vault.sealed_number', 'vault.blind_index']) {
    const tokens = await admin.transaction(union, (tx) =>
      tx.one<{ count: number }>(
        `select count(*) as count from ${table} v
          where not exists (select from eligibility.resident r where r.number_token = v.token)`,
      ),
    )
    assert.equal(tokens.count, 0, `${table} に、取り込まなかった人の番号が残っている`)
  }
})

test('未来の生年月日・検査数字の誤り・暦にない日・BOM・空・途中切れのファイル', async () => {
  const whole = async (text: (csv: string) => string | Buffer) => {
    const chunks: Buffer[] = []
    for await (const chunk of residentFile([resident(211), resident(212)])) chunks.push(chunk)
    return [Buffer.from(text(Buffer.concat(chunks).toString()) as string)]
  }
  const refused = async (change: (csv: string) => string, code: string) =>
    assert.rejects(take(await whole(change)), (error) => {
      assert.ok(error instanceof RefusedFile)
      assert.ok(
        error.findings.some((finding) => finding.code === code),
        `${code} がない`,
      )
      for (const { sentence } of error.findings) assert.doesNotMatch(sentence, /\d{12}/)
      return true
    })
  await refused((csv) => csv.replace('1945-02-11', '2026-07-02'), 'E1004')
  await refused((csv) => csv.replace('1945-02-11', '1945-02-31'), 'E1003')
  await refused((csv) => csv.replace(digitsOf(211), `${digitsOf(211).slice(0, 11)}x`), 'E0002')
  await refused(
    (csv) =>
      csv.replace(
        digitsOf(211),
        digitsOf(211).replace(/.$/, (last) => String((Number(last) + 1) % 10)),
      ),
    'E1001',
  )
  await refused((csv) => csv.slice(0, -40), 'E2007')
  await refused((csv) => csv.replace('庭球', '庭\u0000球'), 'E2010')
  assert.equal((await historyOf(211)).length, 0)

  const withBom = await take(await whole((csv) => `\ufeff${csv}`))
  assert.equal(withBom.added, 2)
  const empty = await takeRows([])
  assert.deepEqual([empty.records, empty.warnings], [0, 1])
})

test('氏名に逆斜線・引用符・異体字があっても、そのまま残る', async () => {
  const name = '＼Ｎ　𠮷\u{e0100}＼ｔ＂庭球＂'
  await takeRows([resident(221, { 氏名: name })])
  const [row] = await ask<{ name: string }>(
    `select rr.name from eligibility.addressee_number a
       join eligibility.resident_record rr on rr.resident_key = a.resident_key
      where a.addressee_number = $1`,
    [addressee(221)],
  )
  assert.equal(row!.name, name)
})

test('世帯: 初めは住民となった日から。変わった日で分かれ、消除の日で終わる', async () => {
  await takeRows([resident(301)])
  assert.deepEqual(await householdsOf(301), ['900301 [1990-04-01,) 主'])
  await takeRows([
    resident(301, {
      世帯番号: '77',
      続柄: '母',
      異動年月日: plainDate('2026-05-10'),
      異動事由: '06',
    }),
    resident(302, { 世帯番号: '77' }),
  ])
  assert.deepEqual(await householdsOf(301), [
    '900301 [1990-04-01,2026-05-10) 主',
    '77 [2026-05-10,)',
  ])
  await takeRows([
    resident(301, {
      世帯番号: '77',
      続柄: '母',
      異動年月日: plainDate('2026-06-01'),
      異動事由: '05',
      住民状態: '2',
      消除年月日: plainDate('2026-06-01'),
    }),
    resident(302, { 世帯番号: '77' }),
  ])
  assert.deepEqual(await householdsOf(301), [
    '900301 [1990-04-01,2026-05-10) 主',
    '77 [2026-05-10,2026-06-02)',
  ])
  // 死亡が誤りだったと分かれば、世帯も続いていたことになる。
  await takeRows([
    resident(301, {
      世帯番号: '77',
      続柄: '母',
      異動年月日: plainDate('2026-06-20'),
      異動事由: '09',
    }),
    resident(302, { 世帯番号: '77' }),
  ])
  assert.deepEqual(await householdsOf(301), [
    '900301 [1990-04-01,2026-05-10) 主',
    '77 [2026-05-10,)',
  ])
})

test('世帯: 出て戻った人は二つの期間、住民となった日の訂正は一つの期間', async () => {
  const left = {
    異動年月日: plainDate('2020-03-31'),
    異動事由: '04',
    住民状態: '2',
    消除年月日: plainDate('2020-03-31'),
  } as const
  await takeRows([resident(311, left)])
  await takeRows([
    resident(311, {
      住民となった日: plainDate('2024-05-01'),
      異動年月日: plainDate('2024-05-01'),
      異動事由: '01',
    }),
  ])
  assert.deepEqual(await householdsOf(311), [
    '900311 [1990-04-01,2020-03-31) 主',
    '900311 [2024-05-01,) 主',
  ])
  await takeRows([resident(312)])
  await takeRows([resident(312, { 住民となった日: plainDate('1990-05-01'), 異動事由: '09' })])
  assert.deepEqual(await householdsOf(312), ['900312 [1990-05-01,) 主'])
})

test('支援措置は区分0が届くまで続き、予定の終わりが過ぎても解けない', async () => {
  const measures = () =>
    ask<{ held: { from: string; until: string | null }; announced_until: string | null }>(
      `select m.held, m.announced_until from eligibility.addressee_number a
         join eligibility.support_measure m on m.resident_key = a.resident_key
        where a.addressee_number = $1`,
      [addressee(321)],
    )
  const under = {
    支援措置区分: '1',
    支援措置開始日: plainDate('2025-04-01'),
    支援措置終了日: plainDate('2026-03-31'),
  } as const
  await takeRows([resident(321, under)])
  assert.deepEqual(await measures(), [
    { held: { from: '2025-04-01', until: null }, announced_until: '2026-03-31' },
  ])
  await takeRows([resident(321, { 操作年月日: plainDate('2026-06-15') })])
  assert.deepEqual(
    (await measures()).map(({ held }) => held),
    [{ from: '2025-04-01', until: '2026-06-15' }],
  )
})

test('支援措置終了日は、その日まで支援措置がある', async () => {
  const began = { 支援措置開始日: plainDate('2025-04-01') }
  await takeRows([resident(322, { ...began, 支援措置区分: '1' })])
  const over = { 支援措置終了日: plainDate('2026-03-31') }
  await takeRows([resident(322, { ...began, ...over, 支援措置区分: '0' })])
  const [measure] = await ask<{ held: { until: string } }>(
    `select m.held from eligibility.addressee_number a
       join eligibility.support_measure m on m.resident_key = a.resident_key
      where a.addressee_number = $1`,
    [addressee(322)],
  )
  assert.equal(measure?.held.until, '2026-04-01')
})

/** What holds of a measure now, and what the latest record says: N 不開示該当, S 自己情報提供不可. */
async function effectsOf(running: number) {
  const [row] = await ask<{ measure: string | null; record: string }>(
    `select (select string_agg(distinct concat(case when m.non_disclosure then 'N' end,
                           case when m.self_provision_disabled then 'S' end), ' ')
               from eligibility.support_measure m
              where m.resident_key = r.resident_key and upper_inf(m.held)) as measure,
            concat(case when c.non_disclosure = '1' then 'N' end,
                   case when c.self_provision_disabled = '1' then 'S' end) as record
       from eligibility.resident r
       join eligibility.resident_record c
         on c.resident_key = r.resident_key and c.version = r.current_version
      where r.addressee_number = $1`,
    [addressee(running)],
  )
  return [row?.measure ?? '', row?.record ?? '']
}

test('支援措置の二つの効果は、別々に付き、別々に解ける', async () => {
  const measure = (withheld: '0' | '1', refused: '0' | '1') => ({
    支援措置区分: '1' as const,
    支援措置開始日: plainDate('2025-04-01'),
    不開示該当フラグ: withheld,
    自己情報提供不可フラグ: refused,
  })
  const told: [ReturnType<typeof measure>, string][] = [
    [measure('1', '0'), 'N'],
    [measure('1', '1'), 'NS'],
    [measure('0', '1'), 'S'],
    // 効果が一つも知らされていない支援措置は、守る方にとる。
    [measure('0', '0'), 'NS'],
    // 新しい開始日で続いた支援措置でも、今の効果は一つだけ。
    [{ ...measure('0', '1'), 支援措置開始日: plainDate('2026-04-01') }, 'S'],
  ]
  for (const [facts, expected] of told) {
    await takeRows([resident(323, facts)])
    const open = await effectsOf(323)
    assert.deepEqual(open, [expected, expected])
  }
  await takeRows([resident(323, { 操作年月日: plainDate('2026-06-20') })])
  assert.deepEqual(await effectsOf(323), ['', ''])
})

test('2026年4月版の支援措置は両方の効果をもつ。同じことを新しい版で言われても、変わったことにならない', async () => {
  const under = { 支援措置区分: '1', 支援措置開始日: plainDate('2025-04-01') } as const
  const rows = [resident(324, under), resident(325)]
  const older = rows.map((row) =>
    Object.fromEntries(
      住民基本台帳情報2026年4月版.names.map((name) => [name, row[name as '氏名']]),
    ),
  )
  const first = await take(
    writeRows(住民基本台帳情報2026年4月版 as Layout, older as never),
    '431001',
    住民基本台帳情報2026年4月版,
  )
  assert.equal(first.added, 2)
  assert.deepEqual(await effectsOf(324), ['NS', 'NS'])
  assert.equal((await takeRows(rows)).unchanged, 2)
  const lifted = await takeRows([resident(324, { ...under, 不開示該当フラグ: '0' })])
  assert.equal(lifted.changed, 1)
  assert.deepEqual(await effectsOf(324), ['S', 'S'])
})

test('同じ日に二つの市区町村の住民になっている人は、知らせて取り込む', async () => {
  const on = { 住民となった日: plainDate('2026-06-10'), 異動年月日: plainDate('2026-06-10') }
  await takeRows([resident(401, on)])
  const second = await takeRows([resident(401, { 市区町村コード: '432024', ...on })], '432024')
  assert.equal(second.added, 1)
  assert.deepEqual(
    second.findings.map(({ code, severity, line }) => [code, severity, line]),
    [['E4101', 'warning', 2]],
  )
  const older = await takeRows([resident(402)])
  assert.equal(older.warnings, 0)
  const newer = await takeRows(
    [
      resident(401, { 市区町村コード: '432024', ...on }),
      resident(402, { 市区町村コード: '432024', ...on }),
    ],
    '432024',
  )
  assert.deepEqual(
    newer.findings.map(({ code }) => code),
    ['E4102'],
  )
  const twice = await takeRows([resident(403), resident(404, { 個人番号: resident(403).個人番号 })])
  assert.deepEqual(new Set(twice.findings.map(({ code }) => code)), new Set(['E4103']))
})

test('住登外の記録は、住民票の記録と互いに乱さない', async () => {
  const outside = [nonRegistered(501)]
  const takeOutside = (rows: Parameters<typeof nonRegisteredFile>[0]) =>
    take(nonRegisteredFile(rows), '431001', 住登外登録情報)
  const inside = [
    resident(501, {
      住民状態: '2',
      消除年月日: plainDate('2026-03-31'),
      異動年月日: plainDate('2026-03-31'),
      異動事由: '04',
      転出先市区町村コード: '401307',
    }),
  ]
  assert.equal((await takeRows(inside)).added, 1)
  assert.equal((await takeOutside(outside)).changed, 1)
  assert.equal((await takeRows(inside)).unchanged, 1)
  assert.equal((await takeOutside(outside)).unchanged, 1)
  assert.equal((await historyOf(501)).length, 2)
})

test('窓口の市区町村は、自分の住民だけが見え、ほかの住民は読むことも書くこともできない', async () => {
  await takeRows([resident(601)])
  await takeRows([resident(601, { 市区町村コード: '432024', 個人番号: null })], '432024')
  const seenBy = (municipality: string) =>
    db.transaction({ union: '43', municipality }, (tx) =>
      tx.query<{ municipality_code: string }>(
        `select distinct municipality_code from eligibility.resident_record`,
      ),
    )
  assert.deepEqual(await seenBy('431001'), [{ municipality_code: '431001' }])
  assert.deepEqual(await seenBy('432024'), [{ municipality_code: '432024' }])
  const other = await db.transaction({ union: '31', municipality: '*' }, (tx) =>
    tx.query('select resident_key from eligibility.resident'),
  )
  assert.deepEqual(other, [])
  await assert.rejects(
    db.transaction({ union: '43', municipality: '431001' }, (tx) =>
      importResidents(
        tx,
        received(
          住民基本台帳情報,
          '432024',
          residentFile([resident(602, { 市区町村コード: '432024' })]),
          tx.today,
        ),
        { vault, jobId: '1' },
      ),
    ),
    (error) => error instanceof StoreError && error.kind === 'rowSecurity',
  )
})

test('履歴と決定は、業務の利用者には直せない、消せない', async () => {
  await takeRows([resident(611)])
  for (const sql of [
    `update eligibility.resident_record set name = name`,
    'delete from eligibility.resident_record',
    'update eligibility.entitlement_event set ground = ground',
    'delete from eligibility.resident_link',
    'delete from eligibility.resident',
  ]) {
    await assert.rejects(ask(sql), (error) => {
      return error instanceof StoreError && error.kind === 'permission'
    })
  }
})

test('取り込んだ人について、監査の記録が一つ残る', async () => {
  await takeRows([resident(621), resident(622)])
  const [entry] = await ask<{ person_count: number; actor_name: string; act: string }>(
    `select person_count, actor_name, act from audit.entry order by recorded_at desc, entry_id limit 1`,
  )
  assert.equal(entry!.act, 'resident.import')
  const rows = await ask<{ count: number }>(
    `select count(*) as count from audit.resident_entry e
       join eligibility.addressee_number a on a.resident_key = e.resident_key
      where a.addressee_number in ($1, $2)`,
    [addressee(621), addressee(622)],
  )
  assert.equal(rows[0]!.count, 2)
})
