import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { worldMoment } from './clock.ts'
import { advanceWorld, momentOf, setWorld, testDatabase, worldClock } from './index.ts'

test('実時計の今日は日本の暦日で、協定世界時の15時に変わる', () => {
  assert.equal(momentOf(Date.parse('2026-06-30T14:59:59.999Z')).today, '2026-06-30')
  assert.equal(momentOf(Date.parse('2026-06-30T15:00:00.000Z')).today, '2026-07-01')
})

test('世界の瞬間は、いつまで放っておいてもその日のうちにあり、後戻りしない', () => {
  const seconds = fc.double({ min: 0, max: 400 * 86_400, noNaN: true })
  fc.assert(
    fc.property(seconds, seconds, (a, b) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)]
      const first = worldMoment('2026-07-01', early)
      const second = worldMoment('2026-07-01', late)
      assert.equal(second.today, '2026-07-01')
      assert.ok(first.now <= second.now)
      assert.ok(second.now < worldMoment('2026-07-02', 0).now)
    }),
  )
})

test('世界の時計は一日ずつ進められ、戻せず、合わせていなければ使えない', async (t) => {
  const db = await testDatabase(t, 'union')
  const world = await db.as('app', worldClock)
  const today = () => world.unscoped(async (tx) => tx.today)
  await assert.rejects(today(), /世界の時計が合わせられていません/)
  await db.unscoped((tx) => setWorld(tx, '2026-07-01'))
  await db.unscoped((tx) => setWorld(tx, '2030-01-01'))
  assert.equal(await today(), '2026-07-01')
  const before = await world.unscoped(async (tx) => tx.now)
  await db.unscoped((tx) => advanceWorld(tx, '2026-07-02'))
  assert.equal(await today(), '2026-07-02')
  assert.ok((await world.unscoped(async (tx) => tx.now)) > before)
  for (const day of ['2026-07-02', '2026-07-01']) {
    await assert.rejects(
      db.unscoped((tx) => advanceWorld(tx, day)),
      /後の日にだけ進められます/,
    )
  }
})
