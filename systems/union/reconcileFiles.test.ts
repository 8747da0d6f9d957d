import assert from 'node:assert/strict'
import { open } from 'node:fs/promises'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { enqueue, runDueJobs } from '@koiki/store'
import { PartnerSilent, reconcileFiles } from './reconcileFiles.ts'
import { inventedResident, testUnion } from './testing.ts'

const union = await testUnion({ after }, import.meta.dirname)

test('全件照合は市区町村にたずねる。広域連合全体の一覧をくれた中間サーバーにはたずねない', async () => {
  const counter = await union.enter('amakusa')
  const residents = await union.prepare('432156', 住民基本台帳情報, [inventedResident(1, {})])
  assert.equal((await union.send(counter, residents)).status, 201)
  const list = await union.list(1, [
    {
      一覧区分: '1',
      基準年月日: plainDate('2026-07-01'),
      基準時刻: '050000',
      被保険者番号: '43100015',
      利用登録状況: '1',
      利用登録年月日: plainDate('2025-04-01'),
      利用登録解除年月日: null,
      電子証明書有効期限: plainDate('2029-01-31'),
      電子証明書失効年月日: null,
    },
  ])
  assert.equal((await union.send(await union.enter('shikaku'), list)).status, 201)
  await union.work()

  const asked: string[] = []
  const job = reconcileFiles(
    () => union.place,
    async (municipality) => {
      asked.push(municipality)
      throw new PartnerSilent('答えがありません。')
    },
  )
  const scope = { union: '43', municipality: '*' }
  const { jobId } = await union.db.transaction(scope, (tx) =>
    enqueue(tx, job, {}, { requestedBy: '試験' }),
  )
  await runDueJobs({ database: union.db, jobs: [job] })
  const { state, result } = await union.db.unscoped((tx) =>
    tx.one<{ state: string; result: object }>(
      'select state, result from work.job where job_id = $1',
      [jobId],
    ),
  )
  assert.deepEqual([asked, state], [['432156'], 'done'])
  assert.deepEqual(result, { reconciled: 0, differences: 0, unanswered: 2 })
})

test('置き場がいっぱいのとき、送った席はどうすればよいかを聞き、何も残らない。空いてから送れば受け取る', async (t) => {
  const counter = await union.enter('amakusa')
  const medium = await union.prepare('432156', 住民基本台帳情報, [inventedResident(2, {})])
  const received = async () => {
    const scope = { union: '43', municipality: '432156' }
    return await union.db.transaction(scope, (tx) =>
      tx.one<{ count: number }>(
        `select count(*) as count from exchange.transmission where direction = 'received'`,
      ),
    )
  }
  const before = await received()
  // The disk of the test is not filled: its answer to a write is.
  const any = await open(medium.sealedFile)
  const disk = Object.getPrototypeOf(any) as { write: () => Promise<never> }
  await any.close()
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const shut = t.mock.method(disk, 'write', () => Promise.reject(full))
  const refused = await union.send(counter, medium)
  shut.mock.restore()
  assert.equal(refused.status, 507)
  const { message } = (await refused.json()) as { message: string }
  assert.match(message, /^広域連合のファイルの置き場に空きがありません。何も受け取らず/)
  assert.match(message, /空いてから同じファイルをもう一度送ってください。/)
  assert.deepEqual(await received(), before)
  assert.equal((await union.send(counter, medium)).status, 201)
})
