import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, type TestContext, test } from 'node:test'
import {
  type ExchangePlace,
  handover,
  keepSealed,
  keyFolder,
  listTransmissions,
  makePartyKeys,
  openTransmission,
  recordApplied,
  recordArrival,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { type RowOf, rowBuilder, 被保険者情報 } from '@koiki/layouts'
import { enqueue, getJob, retryJob, runDueJobs, type Scope, testDatabase } from '@koiki/store'
import { town } from '../cases/town.ts'
import { resident } from '../cases/townsfolk.ts'
import { decidePersonLink, type LinkJudgement } from './decideLink.ts'
import { deliverInsured } from './deliverInsured.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-deliver-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
const cities = ['431001', '432024']
for (const party of ['union:43', ...cities.map((code) => `municipality:${code}`)])
  await makePartyKeys(path.join(root, 'keys'), party)

const atUnion: ExchangePlace = { self: 'union:43', keys, folder: path.join(root, 'union') }
const job = deliverInsured(() => atUnion)
const union: Scope = { union: '43', municipality: '*' }
const build = rowBuilder(被保険者情報)

/** A union and its municipalities' own databases, between which only sealed files travel. */
async function prefecture(t: TestContext) {
  const office = await town(t)
  const desks = await testDatabase(t, 'municipality')
  const carried = new Set<string>()

  /** Runs the job; gives the rows that each municipality reads in what is new for it. */
  async function deliver(): Promise<Record<string, string[]>> {
    const { jobId } = await office.db.unscoped((tx) =>
      enqueue(tx, job, {}, { requestedBy: '試験', scope: union }),
    )
    await runDueJobs({ database: office.db, jobs: [job] })
    const done = await office.db.unscoped((tx) => getJob(tx, jobId))
    assert.equal(done.state, 'done', done.failure ?? '')
    const sent = await office.db.transaction(union, (tx) => listTransmissions(tx))
    const read: Record<string, string[]> = {}
    for (const { transmissionId, municipality } of sent) {
      if (carried.has(transmissionId)) continue
      carried.add(transmissionId)
      read[municipality] = await readAt(municipality, transmissionId)
    }
    return read
  }

  async function readAt(municipality: string, transmissionId: string): Promise<string[]> {
    const { manifestText, sealedFile } = await office.db.transaction(union, (tx) =>
      handover(tx, atUnion, transmissionId),
    )
    const place: ExchangePlace = {
      self: `municipality:${municipality}`,
      keys,
      folder: path.join(root, municipality),
    }
    const kept = await keepSealed(place.folder, createReadStream(sealedFile))
    return desks.transaction({ union: '43', municipality }, async (tx) => {
      await recordArrival(tx, place, { manifest: manifestText, kept })
      const rows: string[] = []
      for await (const batch of (await openTransmission(tx, place, transmissionId)).batches()) {
        assert.deepEqual(batch.findings, [])
        rows.push(...batch.records.map((record) => lineOf(build(record))))
      }
      await recordApplied(tx, place, transmissionId, rows.length)
      return rows
    })
  }
  return { ...office, deliver }
}

const lineOf = (row: RowOf<typeof 被保険者情報>): string =>
  [
    `${Number(row.宛名番号)}: ${被保険者情報.columns.異動区分.codes[row.異動区分]}`,
    row.被保険者番号,
    row.保険者番号,
    `取得${row.資格取得事由} ${row.資格取得年月日}`,
    row.資格喪失年月日 === null ? '' : `喪失${row.資格喪失事由} ${row.資格喪失年月日}`,
    row.支援措置区分 === '1' ? `支援措置${row.不開示該当フラグ}${row.自己情報提供不可フラグ}` : '',
  ]
    .filter((text) => text !== '')
    .join(' ')

test('初めは全員、次からは変わった人だけを、変わった市区町村にだけ送る', async (t) => {
  const { take, decide, deliver } = await prefecture(t)
  await take([resident(1), resident(2)])
  await take([resident(3, { 市区町村コード: '432024' })], '432024')
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': [
      '1: 取得 43100007 39431002 取得01 2020-02-11',
      '2: 取得 43100015 39431002 取得01 2020-02-11',
    ],
    '432024': ['3: 取得 43100023 39432026 取得01 2020-02-11'],
  })
  assert.deepEqual(await deliver(), {})
  await take([resident(1), resident(2, { 氏名: '改名　花子' })])
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': ['2: 変更 43100015 39431002 取得01 2020-02-11'],
  })
})

test('住所だけが変わった人は送らない。支援措置が変われば送る', async (t) => {
  const { take, decide, deliver } = await prefecture(t)
  await take([resident(1)])
  await decide()
  await deliver()
  await take([resident(1, { 町字: '架空町九丁目' })])
  await decide()
  assert.deepEqual(await deliver(), {})
  await take([resident(1, { 支援措置区分: '1', 支援措置開始日: plainDate('2026-06-01') })])
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': ['1: 変更 43100007 39431002 取得01 2020-02-11 支援措置11'],
  })
  await take([
    resident(1, {
      支援措置区分: '1',
      支援措置開始日: plainDate('2026-06-01'),
      不開示該当フラグ: '0',
    }),
  ])
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': ['1: 変更 43100007 39431002 取得01 2020-02-11 支援措置01'],
  })
  assert.deepEqual(await deliver(), {})
})

test('県内の引っ越し: 前の市区町村には喪失、移った先には変更として知らせ、移った先は前に知らせない', async (t) => {
  const { take, decide, deliver } = await prefecture(t)
  await take([resident(1)])
  await decide()
  await deliver()
  await take([
    resident(1, {
      異動年月日: plainDate('2026-06-10'),
      異動事由: '04',
      住民状態: '2',
      消除年月日: plainDate('2026-06-10'),
      転出先市区町村コード: '432024',
    }),
  ])
  await take(
    [
      resident(8, {
        市区町村コード: '432024',
        個人番号: resident(1).個人番号,
        住民となった日: plainDate('2026-06-10'),
        転入前市区町村コード: '431001',
      }),
    ],
    '432024',
  )
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': ['1: 喪失 43100007 39431002 取得01 2020-02-11 喪失02 2026-06-10'],
    '432024': ['8: 変更 43100007 39432026 取得01 2020-02-11'],
  })
})

test('死亡と、取り消された資格を知らせる。取り消された後にもう一度取得すれば取得として知らせる', async (t) => {
  const { take, decide, deliver } = await prefecture(t)
  const dead = {
    異動年月日: plainDate('2026-06-20'),
    異動事由: '05',
    住民状態: '2',
    消除年月日: plainDate('2026-06-20'),
  } as const
  await take([resident(1), resident(2)])
  await decide()
  await deliver()
  await take([resident(1, dead), resident(2, { 生年月日: plainDate('1955-02-11') })])
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': [
      '1: 喪失 43100007 39431002 取得01 2020-02-11 喪失01 2026-06-21',
      '2: 喪失 43100015 39431002 取得01 2020-02-11 喪失09 2020-02-11',
    ],
  })
  assert.deepEqual(await deliver(), {})
  await take([resident(1, dead), resident(2)])
  await decide()
  assert.deepEqual(await deliver(), {
    '431001': ['2: 取得 43100015 39431002 取得01 2020-02-11'],
  })
})

test('名寄せが動かした資格は両方の市区町村に伝わり、解けば取消しと元の資格が伝わる', async (t) => {
  const one = await prefecture(t)
  await one.take([resident(1, { 個人番号: null })])
  await one.take(
    [
      resident(2, {
        市区町村コード: '432024',
        個人番号: null,
        住民となった日: plainDate('2026-06-10'),
        転入前市区町村コード: '401307',
      }),
    ],
    '432024',
  )
  await one.decide()
  assert.deepEqual(await one.deliver(), {
    '431001': ['1: 取得 43100007 39431002 取得01 2020-02-11'],
    '432024': ['2: 取得 43100015 39432026 取得03 2026-06-10'],
  })
  const rows = await one.ask<{ key: number }>(
    'select resident_key as key from eligibility.resident order by 1',
  )
  const judge = (judgement: LinkJudgement) =>
    one.work((tx) =>
      decidePersonLink(tx, {
        residentA: rows[0]!.key,
        residentB: rows[1]!.key,
        judgement,
        reason: '戸籍の附票で確かめた',
        account: { id: 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d', name: '広域　担当' },
      }),
    )
  await judge('same')
  assert.deepEqual(await one.deliver(), {
    '431001': ['1: 喪失 43100007 39431002 取得01 2020-02-11 喪失02 2026-06-10'],
    '432024': [
      '2: 変更 43100007 39432026 取得01 2020-02-11',
      '2: 喪失 43100015 39432026 取得03 2026-06-10 喪失09 2026-06-10',
    ],
  })
  await judge('withdrawn')
  assert.deepEqual(await one.deliver(), {
    '431001': ['1: 変更 43100007 39431002 取得01 2020-02-11'],
    '432024': [
      '2: 喪失 43100007 39432026 取得01 2020-02-11 喪失09 2020-02-11',
      '2: 取得 43100015 39432026 取得03 2026-06-10',
    ],
  })
})

test('置き場がいっぱいなら、仕事はそう言って止まり、空けば続きから、だれも欠けずに送る', async (t) => {
  const { take, decide, deliver, db } = await prefecture(t)
  await take([resident(1)])
  await take([resident(3, { 市区町村コード: '432024' })], '432024')
  await decide()
  // The disk of the test is not filled: its answer to a write is.
  const any = await open(path.join(root, 'any'), 'w')
  const disk = Object.getPrototypeOf(any) as { write: () => Promise<unknown> }
  await any.close()
  const shut = t.mock.method(disk, 'write', () =>
    Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
  )
  const { jobId } = await db.unscoped((tx) =>
    enqueue(tx, job, {}, { requestedBy: '試験', scope: union }),
  )
  const work = async () => {
    await runDueJobs({ database: db, jobs: [job] })
    return db.unscoped((tx) => getJob(tx, jobId))
  }
  const stopped = await work()
  assert.equal(stopped.state, 'failed')
  assert.match(stopped.failure ?? '', /^ファイルの置き場に空きがありません。.*続きから始めて/)
  assert.deepEqual(await db.transaction(union, (tx) => listTransmissions(tx)), [])
  shut.mock.restore()
  await db.unscoped((tx) => retryJob(tx, jobId))
  assert.deepEqual((await work()).result, { files: 2, rows: 2 })
  assert.deepEqual(await deliver(), {
    '431001': ['1: 取得 43100007 39431002 取得01 2020-02-11'],
    '432024': ['3: 取得 43100015 39432026 取得01 2020-02-11'],
  })
})
