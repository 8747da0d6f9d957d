import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
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
  recordReceipt,
  recordRefused,
  reopenTransmission,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { type Layout, rowBuilder, 住所地特例者情報, 被保険者証等発行用情報 } from '@koiki/layouts'
import { enqueue, getJob, type Job, runDueJobs, testDatabase } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { clerk, office, union } from '../cases/office.ts'
import { sheetCode, tailOf } from '../sheetCode.ts'
import { comparableProvisions } from '../store/comparable.ts'
import { deliverCertificates, deliverProvisions } from './deliverDocuments.ts'
import { handleCertificate } from './handleCertificate.ts'
import { issueCertificate } from './issueCertificate.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-documents-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
for (const party of ['union:43', 'municipality:431001', 'municipality:432024'])
  await makePartyKeys(path.join(root, 'keys'), party)
const atUnion: ExchangePlace = { self: 'union:43', keys, folder: path.join(root, 'union') }
const hanako = 4_343_100_007

/** A union and its municipalities' own databases, between which only sealed files travel. */
async function prefecture(t: TestContext, layout: Layout, job: Job<Record<string, never>>) {
  const place = office(await town(t))
  const desks = await testDatabase(t, 'municipality')
  const build = rowBuilder(layout)
  const carried = new Set<string>()
  /** Refused is the whole of it, for a reason that passes; the union gets the receipt. */
  const refuseAt = async (municipality: string, transmissionId: string) => {
    const { manifestText, sealedFile } = await place.db.transaction(union, (tx) =>
      handover(tx, atUnion, transmissionId),
    )
    const folder = path.join(root, municipality)
    const there: ExchangePlace = { self: `municipality:${municipality}`, keys, folder }
    const kept = await keepSealed(folder, createReadStream(sealedFile))
    const receipt = await desks.transaction({ union: '43', municipality }, async (tx) => {
      await recordArrival(tx, there, { manifest: manifestText, kept })
      return await recordRefused(tx, there, transmissionId, [{ code: 'E4001', sentence: '試験。' }])
    })
    await place.db.transaction(union, (tx) => recordReceipt(tx, atUnion, JSON.stringify(receipt)))
  }
  const readAt = async (municipality: string, transmissionId: string) => {
    const { manifestText, sealedFile } = await place.db.transaction(union, (tx) =>
      handover(tx, atUnion, transmissionId),
    )
    const there: ExchangePlace = {
      self: `municipality:${municipality}`,
      keys,
      folder: path.join(root, municipality),
    }
    const kept = await keepSealed(there.folder, createReadStream(sealedFile))
    return desks.transaction({ union: '43', municipality }, async (tx) => {
      await recordArrival(tx, there, { manifest: manifestText, kept })
      const rows: Record<string, unknown>[] = []
      for await (const batch of (await openTransmission(tx, there, transmissionId)).batches()) {
        assert.deepEqual(batch.findings, [])
        rows.push(...batch.records.map((record) => build(record) as Record<string, unknown>))
      }
      await recordApplied(tx, there, transmissionId, rows.length)
      return rows
    })
  }
  return {
    ...place,
    /** Runs the job; gives what each municipality reads in what is new for it, unless it refuses. */
    async deliver(refused = false) {
      const { jobId } = await place.db.unscoped((tx) =>
        enqueue(tx, job, {}, { requestedBy: '試験', scope: union }),
      )
      await runDueJobs({ database: place.db, jobs: [job] })
      const done = await place.db.unscoped((tx) => getJob(tx, jobId))
      assert.equal(done.state, 'done', done.failure ?? '')
      const sent = await place.db.transaction(union, (tx) => listTransmissions(tx))
      const read: Record<string, Record<string, unknown>[]> = {}
      for (const { transmissionId, municipality } of sent.reverse()) {
        if (carried.has(transmissionId)) continue
        carried.add(transmissionId)
        if (refused) await refuseAt(municipality, transmissionId)
        else {
          const rows = await readAt(municipality, transmissionId)
          read[municipality] = [...(read[municipality] ?? []), ...rows]
        }
      }
      return read
    },
  }
}

test('発行用情報: 動きのあった文書だけを、その市区町村にだけ知らせる。無効も知らせる', async (t) => {
  const { take, decide, share, issue, deliver, db, documents } = await prefecture(
    t,
    被保険者証等発行用情報,
    deliverCertificates(() => atUnion),
  )
  await take([resident(1), resident(2, { 番地号: '２番' })])
  await decide()
  await share(hanako, 1)
  await share(4_343_100_015, 3)
  assert.deepEqual(await deliver(), {})
  await issue('2026-07-01')
  const first = await deliver()
  assert.deepEqual(Object.keys(first), ['431001'])
  const words = (row: Record<string, unknown>) =>
    [
      '宛名番号',
      '発行番号',
      '証種別',
      '発行事由',
      '発行区分',
      '一部負担金の割合',
      '有効期限',
      '交付状況',
      '無効事由',
    ]
      .map((name) => row[name] ?? '')
      .join(' ')
  assert.deepEqual(first['431001']?.map(words), [
    '000000000000001 1 2 01 2 1 2026-07-31 0 ',
    '000000000000002 1 2 01 2 3 2026-07-31 0 ',
  ])
  assert.ok(!JSON.stringify(first).includes('架空町'), '住所は運ばない')
  assert.deepEqual(await deliver(), {})
  const { version } = await documents(hanako)
  const made = await db.transaction(union, (tx) =>
    issueCertificate(
      tx,
      {
        subjectKey: hanako,
        reason: 'reissue',
        delivery: 'handOver',
        request: randomUUID(),
        version,
        note: null,
      },
      clerk,
    ),
  )
  const tail = tailOf(sheetCode('43100007', { ...made, copy: 1 }))
  await db.transaction(union, (tx) =>
    handleCertificate(tx, made, made.version, { act: 'confirm', tail }, clerk),
  )
  const second = await deliver()
  assert.deepEqual(second['431001']?.map(words), [
    '000000000000001 1 2 01 2 1 2026-07-31 0 01',
    '000000000000001 2 2 06 1 1 2026-07-31 1 ',
  ])
})

test('発行用情報: 住所を書いてよいかを言う。発行の後に不開示該当になれば書かせず、住所へも送らせない', async (t) => {
  const { take, decide, share, issue, deliver } = await prefecture(
    t,
    被保険者証等発行用情報,
    deliverCertificates(() => atUnion),
  )
  const measure = (one: '0' | '1', other: '0' | '1') => ({
    支援措置区分: '1' as const,
    支援措置開始日: plainDate('2026-06-30'),
    不開示該当フラグ: one,
    自己情報提供不可フラグ: other,
  })
  await take([resident(1), resident(2, { ...measure('0', '1'), 番地号: '２番' })])
  await decide()
  await share(hanako, 1)
  await share(4_343_100_015, 3)
  await issue('2026-07-01')
  const words = (row: Record<string, unknown>) =>
    [
      ...['宛名番号', '送付先区分', '住所記載区分', '支援措置区分'],
      ...['不開示該当フラグ', '自己情報提供不可フラグ', '用紙番号'],
    ]
      .map((name) => row[name])
      .join(' ')
  const codeOf = (number: string, subjectKey: number) =>
    sheetCode(number, { subjectKey, municipality: '431001', issueNumber: 1, copy: 1 })
  const [code1, code2] = [codeOf('43100007', hanako), codeOf('43100015', 4_343_100_015)]
  assert.deepEqual((await deliver())['431001']?.map(words), [
    `000000000000001 0 1 0 0 0 ${code1}`,
    `000000000000002 0 1 1 0 1 ${code2}`,
  ])
  await take([resident(1, measure('1', '0'))])
  assert.deepEqual((await deliver())['431001']?.map(words), [`000000000000001 9 0 1 1 0 ${code1}`])
})

test('住所地特例者情報: 適用・変更・終了・取消を知らせる。支援措置の人の施設は運ばない', async (t) => {
  const { take, decide, deliver, ask, db } = await prefecture(
    t,
    住所地特例者情報,
    deliverProvisions(() => atUnion),
  )
  await take([
    resident(1),
    resident(2, {
      番地号: '２番',
      支援措置区分: '1',
      支援措置開始日: plainDate('2025-09-03'),
    }),
  ])
  await decide()
  await ask(
    `insert into eligibility.residence_provision
       (resident_key, began_on, union_code, municipality_code, held, kind, insurer_union, insurer_number, receipt_number)
     select resident_key, '2026-06-01', 43, municipality_code, '[2026-06-01,)', '当広域', null, null, '431001-R8-00001'
       from eligibility.resident`,
  )
  await ask(
    `insert into eligibility.facility_stay
       (resident_key, entered_on, union_code, municipality_code, held, facility_kind, facility_name, facility_address, receipt_number)
     select resident_key, '2026-06-01', 43, municipality_code, '[2026-06-01,)', '特別養護老人ホーム', '見本苑', '福岡県福岡市架空町２番', '431001-R8-00001'
       from eligibility.resident`,
  )
  const words = (row: Record<string, unknown>) =>
    [
      '宛名番号',
      '被保険者番号',
      '住所地特例区分',
      '保険者広域連合コード',
      '施設の種類',
      '施設の名称',
      '適用終了年月日',
      '異動区分',
      '支援措置区分',
    ]
      .map((name) => row[name] ?? '')
      .join(' ')
  /** In the order of their numbers; of one number the refused one before the one that took its place. */
  const sent = async () =>
    (await db.transaction(union, (tx) => listTransmissions(tx, { direction: 'sent' }))).sort(
      (a, b) => a.sequenceNumber - b.sequenceNumber || Number(!!a.corrects) - Number(!!b.corrects),
    )
  /** 再生: what the file of a delivery says, held against what stands now. */
  const replayed = async (nth: number) => {
    const { transmissionId } = (await sent())[nth]!
    return await db.transaction(union, async (tx) => {
      const reopened = await reopenTransmission(tx, atUnion, transmissionId)
      const compared = await comparableProvisions.compare(tx, reopened!)
      const { equal, different, movedOn, strange, superseded, columns } = compared
      const later = [...superseded.values()].reduce((sum, count) => sum + count, 0)
      return `同じ${equal} 違う${different} 後の送信${later} 未配信${movedOn} 余分${strange} ${columns.join()}`
    })
  }
  // What was refused counts as never told: it is made again under its number, and what changed since is in it.
  assert.deepEqual(await deliver(true), {})
  const first = await deliver()
  assert.deepEqual(
    (await sent()).map(({ sequenceNumber, state, corrects }) => [
      sequenceNumber,
      state,
      !!corrects,
    ]),
    [
      [1, 'refused', false],
      [1, 'prepared', true],
    ],
  )
  assert.equal(await replayed(0), '同じ0 違う0 後の送信2 未配信0 余分0 ')
  assert.equal(await replayed(1), '同じ2 違う0 後の送信0 未配信0 余分0 ')
  assert.deepEqual(first['431001']?.map(words), [
    '000000000000001 43100007 1 43 特別養護老人ホーム 見本苑  1 0',
    '000000000000002 43100015 1 43 特別養護老人ホーム   1 1',
  ])
  assert.deepEqual(await deliver(), {})
  await ask(
    `update eligibility.facility_stay set facility_name = '例示の里' where resident_key % 10 = 1`,
  )
  await ask(
    `update eligibility.residence_provision
        set held = '[2026-06-01,2026-06-20)', ended_receipt_number = '431001-R8-00002'
      where resident_key % 10 = 2`,
  )
  assert.equal(await replayed(1), '同じ0 違う0 後の送信0 未配信2 余分0 ')
  const second = await deliver()
  assert.equal(await replayed(1), '同じ0 違う0 後の送信2 未配信0 余分0 ')
  assert.equal(await replayed(2), '同じ2 違う0 後の送信0 未配信0 余分0 ')
  assert.deepEqual(second['431001']?.map(words), [
    '000000000000001 43100007 1 43 特別養護老人ホーム 例示の里  2 0',
    '000000000000002 43100015 1 43 特別養護老人ホーム  2026-06-20 3 1',
  ])
  await ask('delete from eligibility.residence_provision where resident_key % 10 = 1')
  const third = await deliver()
  assert.deepEqual(third['431001']?.map(words), ['000000000000001 43100007 1 43   2026-06-01 4 0'])
  assert.deepEqual(await deliver(), {})
  assert.equal(await replayed(2), '同じ1 違う0 後の送信1 未配信0 余分0 ')
  assert.equal(await replayed(3), '同じ1 違う0 後の送信0 未配信0 余分0 ')
  await (await db.asAdmin()).transaction(union, (tx) =>
    tx.run('delete from certificates.provision_delivery where resident_key % 10 = 1'),
  )
  assert.equal(await replayed(3), '同じ0 違う1 後の送信0 未配信0 余分0 宛名番号,適用開始年月日')
})
