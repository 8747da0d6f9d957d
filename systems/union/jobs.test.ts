import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, type TestContext, test } from 'node:test'
import {
  type ExchangePlace,
  findTransmission,
  keepSealed,
  keyFolder,
  listFindings,
  makePartyKeys,
  type Prepared,
  prepareTransmission,
  receiptOf,
  recordArrival,
  recordReceipt,
} from '@koiki/exchange'
import {
  type Layout,
  sampleRecords,
  住民基本台帳情報,
  所得課税情報,
  被保険者情報,
} from '@koiki/layouts'
import { enqueue, getJob, type JobRecord, runDueJobs, type Scope, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import { enqueueIntake, unionJobs } from './jobs.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-union-jobs-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
for (const party of ['union:43', 'municipality:431001'])
  await makePartyKeys(path.join(root, 'keys'), party)
const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})

const municipality = '431001'
const counter: Scope = { union: '43', municipality }
const atCity: ExchangePlace = {
  self: `municipality:${municipality}`,
  keys,
  folder: path.join(root, 'city'),
}

async function boundary(t: TestContext) {
  const office = await testDatabase(t, 'union')
  const city = await testDatabase(t, 'municipality')
  const filesFolder = path.join(root, 'union')
  const jobs = unionJobs({ vault, keys, filesFolder })
  const atUnion: ExchangePlace = { self: 'union:43', keys, folder: filesFolder }

  const prepare = (
    layout: Layout,
    records: Iterable<readonly string[]>,
    corrects?: string,
  ): Promise<Prepared> =>
    city.transaction(counter, (tx) =>
      prepareTransmission(tx, atCity, {
        layout,
        receiver: 'union:43',
        municipality,
        records,
        ...(corrects === undefined ? {} : { corrects }),
      }),
    )
  /** As the counter terminal does it: the file arrives, and a job is asked for. */
  const send = async ({ manifestText, sealedFile }: Prepared): Promise<readonly number[]> => {
    const kept = await keepSealed(filesFolder, createReadStream(sealedFile))
    return office.transaction(counter, async (tx) => {
      const arrival = await recordArrival(tx, atUnion, { manifest: manifestText, kept })
      const arrived =
        arrival.kind === 'arrived' ? [arrival.transmissionId, ...arrival.released] : []
      return enqueueIntake(tx, arrived, '窓口')
    })
  }
  const work = () => runDueJobs({ database: office, jobs: jobs.all })
  const stateOf = async ({ transmissionId }: Prepared) =>
    (await office.transaction(counter, (tx) => findTransmission(tx, transmissionId)))?.state
  const jobOf = (jobId: number | undefined): Promise<JobRecord> =>
    office.unscoped((tx) => getJob(tx, jobId as number))
  return { office, city, jobs, prepare, send, work, stateOf, jobOf }
}

const townsfolk = (rows: number, seed = 1) => [
  ...sampleRecords(住民基本台帳情報 as Layout, { rows, seed, municipality }),
]

test('届いた住民基本台帳情報を取り込み、受領書で答え、判定して被保険者情報を返す', async (t) => {
  const { office, jobs, prepare, send, work, stateOf, jobOf } = await boundary(t)
  const file = await prepare(住民基本台帳情報, townsfolk(40))
  const [jobId] = await send(file)
  await work()
  const job = await jobOf(jobId)
  assert.equal(job.state, 'done', job.failure ?? '')
  assert.deepEqual(job.result, { records: 40, added: 40, changed: 0, unchanged: 0, warnings: 0 })
  assert.equal(await stateOf(file), 'applied')
  const receipt = await office.transaction(counter, (tx) => receiptOf(tx, file.transmissionId))
  assert.deepEqual(
    [receipt?.receipt.kind, receipt?.receipt.recordCount, receipt?.receipt.appliedCount],
    ['accepted', 40, 40],
  )

  const scope: Scope = { union: '43', municipality: '*' }
  const asked = await office.transaction(scope, async (tx) => [
    (await enqueue(tx, jobs.decideEntitlements, {}, { requestedBy: '試験' })).jobId,
    (await enqueue(tx, jobs.deliverInsured, {}, { requestedBy: '試験' })).jobId,
  ])
  await work()
  const [decided, delivered] = await Promise.all(asked.map(jobOf))
  assert.equal(decided!.state, 'done')
  const { rights } = await office.transaction(scope, (tx) =>
    tx.one<{ rights: number }>(
      `select count(distinct (subject_key, acquired_on)) as rights
         from eligibility.entitlement_period`,
    ),
  )
  assert.ok(rights > 0)
  assert.deepEqual(delivered!.result, { files: 1, rows: rights })
})

test('誤りのある送信は全体を断り、直した同じ番号を取り込む。後の番号は順番を待つ', async (t) => {
  const { office, city, prepare, send, work, stateOf, jobOf } = await boundary(t)
  const wrong = townsfolk(10).map((record) => [...record])
  const relationship = 住民基本台帳情報.names.indexOf('続柄')
  wrong[0]![relationship] = '子'
  const first = await prepare(住民基本台帳情報, wrong)
  const second = await prepare(住民基本台帳情報, townsfolk(12))
  const [refusing] = await send(first)
  const [waiting] = await send(second)
  await work()
  assert.equal(await stateOf(first), 'refused')
  assert.equal(await stateOf(second), 'waiting')
  assert.equal((await jobOf(refusing)).state, 'done')
  const { state, result } = await jobOf(waiting)
  assert.equal(state, 'done')
  assert.match((result as { waits: string }).waits, /通し番号1が断られたので、直したものが届くまで/)
  const findings = await office.transaction(counter, (tx) => listFindings(tx, first.transmissionId))
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [['E1008', 'error']],
  )
  const residents = () =>
    office.transaction(counter, (tx) =>
      tx.one<{ count: number }>('select count(*) as count from eligibility.resident'),
    )
  assert.deepEqual(await residents(), { count: 0 })

  // The sender reads the receipt that refused the first, and sends that number again.
  const receipt = await office.transaction(counter, (tx) => receiptOf(tx, first.transmissionId))
  await city.transaction(counter, (tx) => recordReceipt(tx, atCity, receipt!.text))
  const corrected = await prepare(住民基本台帳情報, townsfolk(10), first.transmissionId)
  await send(corrected)
  await work()
  assert.equal(await stateOf(corrected), 'applied')
  assert.equal(await stateOf(second), 'applied')
  assert.deepEqual(await residents(), { count: 12 })
})

test('同じ送信をもう一度送っても仕事は増えない。広域連合あてでない情報は断る', async (t) => {
  const { prepare, send, work, stateOf, jobOf } = await boundary(t)
  const file = await prepare(住民基本台帳情報, townsfolk(5))
  const [jobId] = await send(file)
  assert.deepEqual(await send(file), [])
  await work()
  assert.equal((await jobOf(jobId)).state, 'done')
  const strange = await prepare(
    被保険者情報,
    sampleRecords(被保険者情報 as Layout, { rows: 3, municipality }),
  )
  await send(strange)
  await work()
  assert.equal(await stateOf(strange), 'refused')
})

test('所得・課税情報は賦課の章へ渡り、住民の届いていない人の行は知らせる', async (t) => {
  const { office, prepare, send, work, jobOf } = await boundary(t)
  const people = townsfolk(5)
  await send(await prepare(住民基本台帳情報, people))
  const incomes = [...sampleRecords(所得課税情報 as Layout, { rows: 5, municipality })].map(
    (record) => [...record],
  )
  const addressee = 所得課税情報.names.indexOf('宛名番号')
  const ofFamily = 所得課税情報.names.indexOf('専従者給与収入額')
  for (const [index, record] of incomes.entries()) {
    // A sample draws each amount by itself; of the salary no more can be the family's.
    if (record[ofFamily] !== '') record[ofFamily] = '0'
    if (index < 4) record[addressee] = people[index]![住民基本台帳情報.names.indexOf('宛名番号')]!
    else record[addressee] = '999'
  }
  const file = await prepare(所得課税情報, incomes)
  const [jobId] = await send(file)
  await work()
  const job = await jobOf(jobId)
  assert.equal(job.state, 'done', job.failure ?? '')
  const { received, added, unknown } = job.result as Record<string, number>
  assert.deepEqual([received, added, unknown], [5, 4, 1])
  const receipt = await office.transaction(counter, (tx) => receiptOf(tx, file.transmissionId))
  assert.equal(receipt?.receipt.appliedCount, 4)
})
