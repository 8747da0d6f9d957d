import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { HeldForChecking } from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { type Scope, type TestDatabase, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import fc from 'fast-check'
import { received, resident, residentFile } from '../cases/townsfolk.ts'
import { type ImportOptions, importResidents, RefusedFile } from './importResidents.ts'

// Goal: of a file with faults the sound households are taken in and nothing else; a series of files brings any
// database to the same state. Method: real files into real databases, read back by 宛名番号.

const union: Scope = { union: '43', municipality: '*' }
const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})
const db = await testDatabase({ after }, 'union')

const take = (
  bytes: Parameters<typeof received>[2],
  municipality = '431001',
  options: Partial<ImportOptions> = { acceptance: 'soundRows' },
  into: TestDatabase = db,
) =>
  into.transaction(union, (tx) =>
    importResidents(tx, received(住民基本台帳情報, municipality, bytes, tx.today), {
      vault,
      jobId: '1',
      ...options,
    }),
  )

const heldIn = async (municipality: string) =>
  (
    await db.transaction(union, (tx) =>
      tx.query<{ addressee_number: string }>(
        `select addressee_number from eligibility.resident_directory
          where municipality_code = $1 order by 1`,
        [municipality],
      ),
    )
  ).map(({ addressee_number }) => Number(addressee_number))

const home = (number: number) => String(number).padStart(15, '0')
const future = { 生年月日: plainDate('2030-01-01') }
let places = 0
/** Each test has a municipality of its own, whose people nobody else has. */
function place() {
  places += 1
  const municipality = ['432024', '432032', '432041', '432059', '432067', '432083'][
    places - 1
  ] as string
  const base = 10_000 * places
  return {
    municipality,
    person: (running: number, given: Parameters<typeof resident>[1] = {}) =>
      resident(base + running, { 市区町村コード: municipality, ...given }),
    numbers: (...running: number[]) => running.map((one) => base + one),
  }
}

test('部分取込み: 誤りのある行とその世帯だけを隔離し、ほかの世帯を取り込む。和は全件になる', async () => {
  const { municipality, person, numbers } = place()
  const rows = [
    person(1, { 世帯番号: home(1) }),
    person(2, { 世帯番号: home(2) }),
    person(3, { 世帯番号: home(2), 続柄: '子', ...future }),
    person(4, { 世帯番号: home(3) }),
  ]
  const result = await take(residentFile(rows), municipality)
  assert.deepEqual(result.quarantined, [
    { line: 3, because: 'household' },
    { line: 4, because: 'row' },
  ])
  assert.deepEqual([result.records, result.added, result.unchanged], [4, 2, 0])
  assert.deepEqual(await heldIn(municipality), numbers(1, 4))
  const mended = rows.slice(1, 3).map((row) => ({ ...row, 生年月日: plainDate('1950-01-01') }))
  assert.deepEqual((await take(residentFile(mended), municipality)).quarantined, [])
  assert.deepEqual(await heldIn(municipality), numbers(1, 2, 3, 4))
})

test('部分取込み: 世帯主が2人・いない世帯、同じ人が2行あるときの先の行も、取り込まない', async () => {
  const { municipality, person, numbers } = place()
  const rows = [
    person(1, { 世帯番号: home(1) }),
    person(2, { 世帯番号: home(2) }),
    person(3, { 世帯番号: home(2) }),
    person(4, { 世帯番号: home(3), 続柄: '子' }),
    person(5, { 世帯番号: home(4) }),
    person(5, { 世帯番号: home(5) }),
  ]
  const result = await take(residentFile(rows), municipality)
  assert.deepEqual(
    result.quarantined.map(({ line }) => line),
    [3, 4, 5, 6, 7],
  )
  assert.deepEqual(await heldIn(municipality), numbers(1))
})

test('部分取込み: どの世帯かわからない行、全部が誤りの行、取決めのないときは、1件も取り込まない', async () => {
  const { municipality, person } = place()
  const rows = [person(1, { 世帯番号: home(1) }), person(2, { 世帯番号: home(2), ...future })]
  const parts: Buffer[] = []
  for await (const part of residentFile(rows)) parts.push(Buffer.from(part))
  const text = Buffer.concat(parts).toString()
  await assert.rejects(take([Buffer.from(`${text}"1","2"\r\n`)], municipality), RefusedFile)
  await assert.rejects(take(residentFile([rows[1]!]), municipality), RefusedFile)
  await assert.rejects(take(residentFile(rows), municipality, {}), RefusedFile)
  assert.deepEqual(await heldIn(municipality), [])
})

test('部分取込み: どの行が誤っていても、世帯は全員か、誰もかのどちらかになる', async () => {
  const { municipality, person } = place()
  let used = 0
  const families = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(families, async (households) => {
      const wanted: number[] = []
      const rows: ReturnType<typeof resident>[] = []
      let faulty = 0
      for (const members of households) {
        const first = used + 1
        for (const [at, bad] of members.entries()) {
          used += 1
          const given = { 世帯番号: home(first), 続柄: at === 0 ? '世帯主' : '子' }
          rows.push(person(used, { ...given, ...(bad && future) }))
          if (bad) faulty += 1
          if (!members.includes(true)) wanted.push(Number(rows.at(-1)?.宛名番号))
        }
      }
      const before = new Set(await heldIn(municipality))
      if (wanted.length === 0) {
        await assert.rejects(take(residentFile(rows), municipality), RefusedFile)
      } else {
        const { records, added, quarantined } = await take(residentFile(rows), municipality)
        assert.equal(added + quarantined.length, records)
        assert.equal(quarantined.filter(({ because }) => because === 'row').length, faulty)
      }
      assert.deepEqual(
        (await heldIn(municipality)).filter((one) => !before.has(one)),
        wanted,
      )
    }),
    { numRuns: 12 },
  )
})

test('もっともらしさ: 疑いを投げれば1件も取り込まれず、数は前の台帳と今のファイルのとおり', async () => {
  const { municipality, person, numbers } = place()
  const before = [1, 2, 3, 4].map((one) => person(one))
  await take(residentFile(before), municipality)
  const removed = { 住民状態: '2', 異動事由: '05', 消除年月日: plainDate('2026-06-01') } as const
  const rows = [
    person(1),
    person(2, { 町字: '架空町二丁目' }),
    person(3, { ...removed, 異動年月日: plainDate('2026-06-01') }),
    person(5, { 個人番号: null, 生年月日: plainDate('1910-01-01') }),
  ]
  const judge = (figures: object) => {
    assert.deepEqual(figures, {
      ...{ rows: 4, added: 1, changed: 2, known: 4, removed: 1, withoutNumber: 1, overAge: 1 },
      ...{ insured: 0, insuredMissing: 0, rowsBefore: null },
      lastYear: { living: 3, livedBefore: 4, days: 1, left: 1, leftInYear: 0 },
    })
    throw new HeldForChecking(figures as never, [])
  }
  const held = take(residentFile(rows), municipality, { plausible: { from: 4, judge } })
  await assert.rejects(held, HeldForChecking)
  assert.deepEqual(await heldIn(municipality), numbers(1, 2, 3, 4))
  // A file of fewer rows than the policy names is not judged at all.
  await take(residentFile(rows), municipality, { plausible: { from: 5, judge } })
  assert.deepEqual(await heldIn(municipality), numbers(1, 2, 3, 4, 5))
})

test('再生: 同じファイルの列は、どのデータベースでも同じ状態になり、2度読んでも変わらない', async () => {
  const again = await testDatabase({ after }, 'union')
  const once = await testDatabase({ after }, 'union')
  const stateOf = (of: TestDatabase) =>
    of.transaction(union, (tx) =>
      tx.query(
        `select r.resident_key, r.addressee_number, r.current_version, c.version, c.line,
                encode(c.digest, 'hex') as digest, c.town_name, c.household_number,
                m.held::text as held, m.is_head
           from eligibility.resident r
           join eligibility.resident_record c using (resident_key)
           left join eligibility.household_membership m using (resident_key)
          order by r.resident_key, c.version, m.began_on`,
      ),
    )
  const someone = fc.record({
    running: fc.integer({ min: 1, max: 8 }),
    town: fc.constantFrom('架空町一丁目', '架空町二丁目', '架空町三丁目'),
    bad: fc.nat(9).map((one) => one === 0),
  })
  const file = fc.uniqueArray(someone, {
    minLength: 1,
    maxLength: 6,
    selector: (one) => one.running,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      for (const people of files) {
        const bytes = () =>
          residentFile(
            people.map(({ running, town, bad }) =>
              resident(90_000 + running, { 町字: town, ...(bad && future) }),
            ),
          )
        const given = { acceptance: 'soundRows' } as const
        const refused = (error: unknown) => assert.ok(error instanceof RefusedFile)
        await take(bytes(), '431001', given, once).catch(refused)
        for (const round of [1, 2]) {
          const result = await take(bytes(), '431001', given, again).catch(refused)
          if (round === 2 && result) assert.deepEqual([result.added, result.changed], [0, 0])
        }
      }
      assert.deepEqual(await stateOf(again), await stateOf(once))
    }),
    { numRuns: 8 },
  )
})
