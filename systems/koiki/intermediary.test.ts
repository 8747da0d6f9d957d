import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { keyFolder, makePartyKeys, readManifest, unseal } from '@koiki/exchange'
import { insuredNumber, plainDate } from '@koiki/kernel'
import { checkFile, マイナ保険証利用登録状況 } from '@koiki/layouts'
import type { CardHolder } from '@koiki/prefecture'
import { Intermediary } from './intermediary.ts'

const people = Array.from(
  { length: 60 },
  (_, at): CardHolder => ({
    insuredNumber: insuredNumber(4_310_000 + at),
    birthDate: plainDate(`194${at % 9}-0${(at % 8) + 1}-11`),
  }),
)

async function world(seed = 2) {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-intermediary-'))
  after(() => rm(folder, { recursive: true }))
  await makePartyKeys(path.join(folder, 'keys'), 'union:43')
  let today = plainDate('2026-07-01')
  const standIn = new Intermediary(
    { folder, seed, today: async () => today, insured: async () => people },
    '43',
  )
  return {
    standIn,
    folder: path.join(folder, 'files', 'intermediary', '43'),
    on: (day: string) => {
      today = plainDate(day)
    },
    names: async () => (await standIn.media()).map(({ name }) => name.slice(-12)),
    /** As the union opens it: every row sound, and as many as announced. */
    async read(at = 0) {
      const medium = (await standIn.media())[at] ?? assert.fail('媒体がない')
      const { manifest, sealed } = await standIn.take(medium)
      const announced = readManifest(manifest)
      const [{ identity }] = await keyFolder(path.join(folder, 'keys')).own('union:43')
      const bytes = [new Uint8Array(await sealed.arrayBuffer())]
      const { recordCount, findings } = await checkFile(
        マイナ保険証利用登録状況,
        unseal([identity], bytes),
        { today, municipality: '430000' },
      )
      assert.deepEqual(findings, [])
      return { announced, recordCount }
    },
  }
}

test('中間サーバーの代役: 初めは全件、次は変わった人だけ。手で起こしたことは次の一覧に出る', async () => {
  const { standIn, on, read } = await world()
  const first = await standIn.make('auto')
  assert.deepEqual([first?.number, first?.mode, first?.records], [1, 'full', 60])
  const { announced, recordCount } = await read()
  assert.equal(recordCount, 60)
  assert.deepEqual(
    [announced.sender, announced.municipality, announced.recordCount],
    ['intermediary:43', '430000', 60],
  )
  assert.equal(await standIn.make('auto'), null)
  on('2026-07-02')
  await standIn.event(people[0]!.insuredNumber, 'register', null)
  const second = await standIn.make('difference')
  assert.equal(second?.number, 2)
  assert.ok((second?.records ?? 0) >= 1 && (second?.records ?? 0) < 10)
  await assert.rejects(standIn.event('99999999', 'revoke', null), /被保険者にいません/)
  assert.throws(() => standIn.receive(''), /受領書を読めません/)
})

test('中間サーバーの代役: 一覧を書き終える前に倒れても、次に作る一覧から、だれも落ちない', async () => {
  const { standIn, folder } = await world()
  const inTheWay = path.join(folder, 'state.json.new')
  await mkdir(inTheWay)
  await assert.rejects(standIn.make('auto'))
  await rm(inTheWay, { recursive: true })
  const first = await standIn.make('auto')
  assert.deepEqual([first?.number, first?.mode, first?.records], [1, 'full', 60])
})

test('中間サーバーの代役: 行儀のわるさは、どれも頼まれたとおりで、やめれば行儀よく出す', async () => {
  const { standIn, on, names, read } = await world()
  standIn.misbehave('late', plainDate('2026-07-03'))
  await standIn.make('full')
  assert.deepEqual(await names(), [])
  on('2026-07-03')
  assert.deepEqual(await names(), ['cards-000001'])
  standIn.misbehave('twice', null)
  await standIn.make('full')
  assert.deepEqual(await names(), ['cards-000001', 'cards-000002', '000002-again'])
  standIn.misbehave('outOfOrder', null)
  await standIn.make('full')
  assert.equal((await names()).length, 3)
  await standIn.make('full')
  assert.deepEqual((await names()).slice(-2), ['cards-000004', 'cards-000003'])
  standIn.misbehave('wrongTotals', null)
  await standIn.make('full')
  const lies = (await names()).indexOf('cards-000005')
  const { announced, recordCount } = await read(lies)
  assert.notEqual(announced.recordCount, recordCount)
  standIn.misbehave('silent', null)
  await standIn.make('full')
  assert.ok(!(await names()).includes('cards-000006'))
  assert.ok(standIn.release() > 0)
  assert.deepEqual(
    await names(),
    [1, 2, 3, 4, 5, 6].map((number) => `cards-00000${number}`),
  )
  const honest = await read(4)
  assert.equal(honest.announced.recordCount, honest.recordCount)
})
