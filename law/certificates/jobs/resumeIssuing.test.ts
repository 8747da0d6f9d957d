import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, type TestContext, test } from 'node:test'
import {
  type ExchangePlace,
  keyFolder,
  listTransmissions,
  makePartyKeys,
  reopenTransmission,
} from '@koiki/exchange'
import { enqueue, fixedClock, getJob, retryJob, runDueJobs } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { office, union } from '../cases/office.ts'
import { comparableCertificates } from '../store/comparable.ts'
import { deliverCertificates } from './deliverDocuments.ts'
import { issueDocuments } from './issueDocuments.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-issuing-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
for (const party of ['union:43', 'municipality:431001', 'municipality:432024'])
  await makePartyKeys(path.join(root, 'keys'), party)
const atUnion: ExchangePlace = { self: 'union:43', keys, folder: path.join(root, 'union') }

/** Three insured people of two municipalities: two batches of one job. */
async function prefecture(t: TestContext) {
  const place = office(await town(t))
  await place.take([
    resident(1),
    resident(2, { 番地号: '２番２号', 生年月日: '1936-03-01' as never }),
  ])
  await place.take([resident(3, { 市区町村コード: '432024', 市区郡町村名: '八代市' })], '432024')
  await place.decide()
  for (const key of [4_343_100_007, 4_343_100_015, 4_343_100_023]) await place.share(key, 1)
  return place
}

/** What was made, and under which numbers; times and jobs apart. */
const made = (place: Awaited<ReturnType<typeof prefecture>>) =>
  place.ask<Record<string, unknown>>(
    `select i.subject_key, i.issue_number, i.document, i.reason, i.valid_until, s.copy, s.state
       from certificates.issue i
       left join certificates.sheet s using (subject_key, municipality_code, issue_number)
      order by 1, 2, 6`,
  )

/** 倒れる — whatever writes such a row into the table falls, until it may stand and is asked again. */
async function fallAt(
  place: Awaited<ReturnType<typeof prefecture>>,
  table: string,
  row = `new.municipality_code = '432024'`,
) {
  const admin = await place.db.asAdmin()
  await admin.unscoped((tx) =>
    tx.run(`create or replace function certificates.fall() returns trigger language plpgsql as $$
              begin
                if ${row} then raise exception '倒れた'; end if;
                return new;
              end $$`),
  )
  await admin.unscoped((tx) =>
    tx.run(`create trigger fall before insert on ${table}
              for each row execute function certificates.fall()`),
  )
  return async (jobId: number): Promise<void> => {
    await admin.unscoped((tx) => tx.run(`drop trigger fall on ${table}`))
    await place.db.unscoped(async (tx) => {
      if ((await getJob(tx, jobId)).state === 'failed') await retryJob(tx, jobId)
      else await tx.run('update work.job set backoff_until = null where job_id = $1', [jobId])
    })
  }
}

test('一括発行: どこで倒れた仕事も、済んだ束の次から続き、1枚も二度作らず、欠かさず、番号も飛ばない', async (t) => {
  const calm = await prefecture(t)
  await calm.issue('2026-07-01')
  const place = await prefecture(t)
  const at = await place.db.as('app', fixedClock('2026-07-01'))
  const { jobId } = await at.unscoped((tx) =>
    enqueue(tx, issueDocuments, { on: '2026-07-01' }, { requestedBy: '試験', scope: union }),
  )
  const fallen: number[] = []
  for (const [table, row] of [
    ['certificates.sheet', 'new.subject_key = 4343100015'],
    ['certificates.print_run'],
    ['certificates.issue'],
    ['certificates.sheet'],
  ] as const) {
    const stand = await fallAt(place, table, row)
    await runDueJobs({ database: at, jobs: [issueDocuments] })
    assert.notEqual((await at.unscoped((tx) => getJob(tx, jobId))).state, 'done', table)
    fallen.push((await made(place)).length)
    await stand(jobId)
  }
  assert.deepEqual(fallen, [0, 2, 2, 2], '束の途中で倒れれば、その束は1枚も残らない')
  await runDueJobs({ database: at, jobs: [issueDocuments] })
  const job = await at.unscoped((tx) => getJob(tx, jobId))
  assert.equal(job.state, 'done', job.failure ?? '')
  assert.deepEqual(job.result, { documents: 3, waiting: 0, upToDate: 0 })
  assert.deepEqual(await made(place), await made(calm))
  assert.deepEqual(await place.issue('2026-07-01'), { documents: 0, waiting: 0, upToDate: 3 })
})

test('配信: 途中で倒れた仕事は、済んだ市区町村の次から続き、どの市区町村にも1通、通し番号1だけがある', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  const job = deliverCertificates(() => atUnion)
  const sent = () =>
    place.db.transaction(union, async (tx) =>
      (await listTransmissions(tx))
        .map((one) => [one.municipality, one.sequenceNumber, one.recordCount])
        .sort(),
    )
  const stand = await fallAt(place, 'certificates.certificate_delivery')
  const { jobId } = await place.db.unscoped((tx) =>
    enqueue(tx, job, {}, { requestedBy: '試験', scope: union }),
  )
  await runDueJobs({ database: place.db, jobs: [job] })
  assert.deepEqual(await sent(), [['431001', 1, 2]])
  await stand(jobId)
  await runDueJobs({ database: place.db, jobs: [job] })
  assert.equal((await place.db.unscoped((tx) => getJob(tx, jobId))).state, 'done')
  assert.deepEqual(await sent(), [
    ['431001', 1, 2],
    ['432024', 1, 1],
  ])
})

test('発行用情報の再生: 送った行は台帳と同じ。動いた文書は、まだ知らせていないと言う', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  const job = deliverCertificates(() => atUnion)
  const deliver = async () => {
    await place.db.unscoped((tx) => enqueue(tx, job, {}, { requestedBy: '試験', scope: union }))
    await runDueJobs({ database: place.db, jobs: [job] })
  }
  await deliver()
  const scope = { union: '43', municipality: '431001' }
  const [sent] = await place.db.transaction(scope, (tx) => listTransmissions(tx))
  const compared = () =>
    place.db.transaction(union, async (tx) => {
      const reopened = await reopenTransmission(tx, atUnion, sent?.transmissionId as string)
      assert.ok(reopened)
      const { equal, different, movedOn, strange, superseded } =
        await comparableCertificates.compare(tx, reopened)
      return { equal, different, movedOn, strange, superseded: [...superseded.values()] }
    })
  const same = { equal: 2, different: 0, movedOn: 0, strange: 0, superseded: [] as number[] }
  assert.deepEqual(await compared(), same)
  assert.deepEqual(await compared(), same, '聞いても何も変わらない')
  const admin = await place.db.asAdmin()
  await admin.transaction(union, (tx) =>
    tx.run(
      `update certificates.issue set contents = jsonb_set(contents, '{name}', '"別の　名"')
        where subject_key = 4343100007`,
    ),
  )
  assert.deepEqual(await compared(), { ...same, equal: 1, movedOn: 1 })
  await deliver()
  assert.deepEqual(await compared(), { ...same, equal: 1, superseded: [1] })
})
