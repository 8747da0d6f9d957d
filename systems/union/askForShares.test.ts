import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import type { Job } from './api.ts'
import { arrivalRequester, askForShares } from './askForShares.ts'
import { type Desk, inventedIncome, inventedResident, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

test('所得の到着: 住民の届いた市区町村の所得がみなそろえば、だれも頼まなくても一度だけ判定を頼む', async (t) => {
  const union = await testUnion(t, deskFolder)
  const amakusa = await union.enter('amakusa')
  const kumamoto = await union.enter('kumamoto')
  const eligibility = await union.enter('shikaku')
  const ofKumamoto = { 市区町村コード: '431001', 市区郡町村名: '熊本市' }
  const send = async (desk: Desk, what: Awaited<ReturnType<typeof union.prepare>>) =>
    assert.equal((await union.send(desk, what)).status, 201)
  const ask = () => askForShares(union.db, '43')
  const asked = () =>
    union.db.unscoped((tx) =>
      tx.query<{ state: string; persons: number }>(
        `select state, result -> 'persons' as persons from work.job
          where requested_by = $1 order by job_id`,
        [arrivalRequester],
      ),
    )

  await send(amakusa, await union.prepare('432156', 住民基本台帳情報, [inventedResident(1)]))
  await send(
    kumamoto,
    await union.prepare('431001', 住民基本台帳情報, [inventedResident(2, ofKumamoto)]),
  )
  await union.work()
  const decided = await eligibility.post('jobs', { run: 'decide-eligibility' })
  assert.equal(((await decided.json()) as Job).state, 'waiting')
  await union.work()
  assert.equal(await ask(), false, '所得がまだ1つも届いていない')

  await send(
    amakusa,
    await union.prepare('432156', 所得課税情報, [
      inventedIncome(1, 1_000_000, { 課税年度: 2025 }),
      inventedIncome(1, 1_000_000),
    ]),
  )
  await union.work()
  assert.equal(await ask(), false, '所得を送っていない市区町村がある')
  const income = inventedIncome(2, 1_000_000, { 市区町村コード: '431001' })
  await send(kumamoto, await union.prepare('431001', 所得課税情報, [income]))
  assert.equal(await ask(), false, '取込みを待つファイルがある')
  await union.work()
  assert.equal(await ask(), true)
  assert.equal(await ask(), false, '頼んだものがまだ待っている')
  await union.work()
  assert.equal(await ask(), false, '判定のあとに届いたものがない')
  assert.deepEqual(await asked(), [{ state: 'done', persons: 2 }])

  // The clock of this union stands still: what comes later is told by hand.
  const later = (event: string) =>
    union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
      tx.run(
        `insert into exchange.transmission_event
           (union_code, transmission_id, event_number, municipality_code, state, sentence, recorded_at)
         select e.union_code, e.transmission_id, e.event_number + 10, e.municipality_code, 'applied',
                $1, e.recorded_at + interval '1 minute'
           from exchange.transmission_event e
           join exchange.transmission t using (union_code, transmission_id)
          where e.state = 'applied' and t.layout = '所得・課税情報'
            and t.municipality_code = '431001'`,
        [event],
      ),
    )
  await later('後から届いた。')
  assert.equal(await ask(), true, '判定のあとに届いた所得がある')
  assert.equal((await asked()).length, 2)
  assert.deepEqual(union.faults, [])
})
