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
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { type Layout, rowBuilder, 住所地特例者情報, 被保険者証等発行用情報 } from '@koiki/layouts'
import { enqueue, getJob, type Job, runDueJobs, testDatabase } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { clerk, office, union } from '../cases/office.ts'
import { sheetCode, tailOf } from '../sheetCode.ts'
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
    /** Runs the job; gives what each municipality reads in what is new for it. */
    async deliver() {
      const { jobId } = await place.db.unscoped((tx) =>
        enqueue(tx, job, {}, { requestedBy: '試験', scope: union }),
      )
      await runDueJobs({ database: place.db, jobs: [job] })
      const done = await place.db.unscoped((tx) => getJob(tx, jobId))
      assert.equal(done.state, 'done', done.failure ?? '')
      const sent = await place.db.transaction(union, (tx) => listTransmissions(tx))
      const read: Record<string, Record<string, unknown>[]> = {}
      for (const { transmissionId, municipality } of sent) {
        if (carried.has(transmissionId)) continue
        carried.add(transmissionId)
        read[municipality] = await readAt(municipality, transmissionId)
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
  const { take, decide, deliver, ask } = await prefecture(
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
  const first = await deliver()
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
  const second = await deliver()
  assert.deepEqual(second['431001']?.map(words), [
    '000000000000001 43100007 1 43 特別養護老人ホーム 例示の里  2 0',
    '000000000000002 43100015 1 43 特別養護老人ホーム  2026-06-20 3 1',
  ])
  await ask('delete from eligibility.residence_provision where resident_key % 10 = 1')
  const third = await deliver()
  assert.deepEqual(third['431001']?.map(words), ['000000000000001 43100007 1 43   2026-06-01 4 0'])
  assert.deepEqual(await deliver(), {})
})
