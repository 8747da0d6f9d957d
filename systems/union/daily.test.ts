import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { decideEntitlements } from '@koiki/eligibility'
import { keyFolder } from '@koiki/exchange'
import { advanceWorld, enqueue, setWorld, testDatabase, worldClock } from '@koiki/store'
import { askForTheDay, dailyRequester, watchTheDay } from './daily.ts'

const filesFolder = await mkdtemp(path.join(tmpdir(), 'koiki-daily-'))
after(() => rm(filesFolder, { recursive: true }))
const desk = { keys: keyFolder(path.join(filesFolder, 'keys')), filesFolder }

test('日が変わると、判定と配信を一度だけ頼む。仕事の始まった日と、ほかの広域連合は頼まない', async (t) => {
  const world = await testDatabase(t, 'union')
  await world.unscoped((tx) => setWorld(tx, '2026-07-01'))
  const db = await world.as('app', worldClock)
  const asked = () =>
    db.unscoped((tx) =>
      tx.query<{ kind: string; day: string }>(
        `select kind, dedupe_key as day from work.job where requested_by = $1 order by job_id`,
        [dailyRequester],
      ),
    )
  assert.equal(await askForTheDay(db, '43', desk), false)
  await db.transaction({ union: '43', municipality: '*' }, (tx) =>
    enqueue(tx, decideEntitlements, {}, { requestedBy: '資格担当' }),
  )
  assert.equal(await askForTheDay(db, '43', desk), false, '仕事の始まった日')
  assert.deepEqual(await asked(), [])

  await db.unscoped((tx) => advanceWorld(tx, '2026-07-02'))
  assert.equal(await askForTheDay(db, '31', desk), false, 'まだ何も始めていない広域連合')
  assert.equal(await askForTheDay(db, '43', desk), true)
  assert.equal(await askForTheDay(db, '43', desk), false)
  const day = '43 2026-07-02'
  assert.deepEqual(await asked(), [
    { kind: 'eligibility.decideEntitlements', day },
    { kind: 'copay.judgeShares', day },
    { kind: 'eligibility.deliverInsured', day },
    { kind: 'certificates.deliverCertificates', day },
    { kind: 'certificates.deliverProvisions', day },
    { kind: 'union.deliverForms', day: `${day} comingOfAge` },
    { kind: 'union.deliverForms', day: `${day} entitlementChanges` },
    { kind: 'union.deliverForms', day: `${day} issuedDocuments` },
    { kind: 'union.deliverForms', day: `${day} residenceProvisions` },
  ])
})

test('番人は、見るのに失敗しても知らせて、次を見る', async (t) => {
  const db = await testDatabase(t, 'union', worldClock)
  const faults: unknown[] = []
  let failedTwice: () => void = () => {}
  const seen = new Promise<void>((resolve) => {
    failedTwice = resolve
  })
  const watch = watchTheDay({
    db,
    unions: ['43'],
    desk,
    everyMilliseconds: 5,
    fault: (error) => {
      faults.push(error)
      if (faults.length === 2) failedTwice()
    },
  })
  // The world's clock has no day yet: each look fails.
  await seen
  await watch.stop()
  assert.match(String(faults[0]), /世界の時計が合わせられていません/)
})
