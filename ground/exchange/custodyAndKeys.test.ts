import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { municipalityCodeOf, type PlainDate, plainDate } from '@koiki/kernel'
import { sampleRecords, 住民基本台帳情報 } from '@koiki/layouts'
import { type Clock, momentOf, testDatabase } from '@koiki/store'
import {
  CustodyRefused,
  type ExchangePlace,
  keepSealed,
  keyFault,
  keyFolder,
  listOverdueMedia,
  makeDevelopmentAuthority,
  makePartyKeys,
  type NewCustodyEvent,
  openTransmission,
  prepareTransmission,
  recordApplied,
  recordArrival,
  recordCustody,
  recordReceipt,
  renewPartyKeys,
  reopenTransmission,
  revokeKey,
  SealBroken,
  setPolicy,
  unseal,
} from './index.ts'

// Goal: a medium's way can be told to the end, and no key works for whom or when it should not. Method: two
// databases, a development authority and a clock that the test moves.

let today = '2026-07-01'
const clock: Clock = {
  name: '試験の日',
  moment: async () => momentOf(Date.parse(`${today}T09:00:00+09:00`)),
}
const root = await mkdtemp(path.join(tmpdir(), 'koiki-custody-'))
after(() => rm(root, { recursive: true }))
const folder = path.join(root, 'keys')
const keys = keyFolder(folder)
await makeDevelopmentAuthority(folder)
const city = await testDatabase({ after }, 'municipality', clock)
const union = await testDatabase({ after }, 'union', clock)

let towns = 0
async function town() {
  towns += 1
  const municipality = municipalityCodeOf(String(31_900 + towns))
  const self = `municipality:${municipality}`
  const unionParty = 'union:31'
  await makePartyKeys(folder, self)
  await makePartyKeys(folder, unionParty)
  const scope = { union: '31', municipality }
  const atCity: ExchangePlace = { self, keys, folder: path.join(root, municipality) }
  const atUnion: ExchangePlace = { self: unionParty, keys, folder: path.join(root, 'union') }
  const prepare = () =>
    city.transaction(scope, (tx) =>
      prepareTransmission(tx, atCity, {
        layout: 住民基本台帳情報,
        records: sampleRecords(住民基本台帳情報, { rows: 5, municipality, seed: towns }),
        receiver: unionParty,
        municipality,
      }),
    )
  const arrive = async ({ manifestText, sealedFile }: Awaited<ReturnType<typeof prepare>>) => {
    const kept = await keepSealed(atUnion.folder, createReadStream(sealedFile))
    return await union.transaction(scope, (tx) =>
      recordArrival(tx, atUnion, { manifest: manifestText, kept }),
    )
  }
  return { municipality, self, scope, atCity, atUnion, prepare, arrive }
}

const sealedIn: NewCustodyEvent = {
  kind: '封入',
  carrier: '情報政策課　試験　一郎',
  mediaCount: 2,
  on: plainDate('2026-07-01'),
}
const handed: NewCustodyEvent = {
  ...sealedIn,
  kind: '受渡し',
  from: '市役所',
  to: '広域連合事務局',
}

test('受渡し記録: 封入・受渡し・開封・破棄の順に足し、順の違うもの・数の違うもの・番号の入ったものは断る', async () => {
  today = '2026-07-01'
  const { scope, prepare } = await town()
  const { transmissionId } = await prepare()
  const record = (event: NewCustodyEvent) =>
    city.transaction(scope, (tx) => recordCustody(tx, transmissionId, event, 'clerk'))
  const refusals: [NewCustodyEvent, RegExp][] = [
    [handed, /先に封入を/],
    [{ ...sealedIn, mediaCount: 0 }, /1以上/],
    [{ ...sealedIn, carrier: ' ' }, /所属と氏名/],
    [{ ...sealedIn, note: '１２３４５６７８の人' }, /番号のようなもの/],
    [{ ...sealedIn, from: 'a', to: 'b' }, /受渡しのときだけ/],
    [{ ...sealedIn, on: plainDate('2026-07-02') }, /今日より後/],
  ]
  for (const [event, sentence] of refusals)
    await assert.rejects(record(event), (error) => {
      assert.ok(error instanceof CustodyRefused)
      assert.match(error.message, sentence)
      return true
    })
  await record(sealedIn)
  await assert.rejects(record(sealedIn), /もうあります/)
  await assert.rejects(record({ ...sealedIn, kind: '開封' }), /先に受渡しを/)
  await assert.rejects(record({ ...handed, to: null }), /どこからどこへ/)
  await assert.rejects(record({ ...handed, mediaCount: 1 }), /数が前の記録と違います（前 2、今 1）/)
  await record(handed)
  await record({ ...sealedIn, kind: '開封' })
  await assert.rejects(record(handed), /受け渡さずに破棄/)
  const log = await record({ ...sealedIn, kind: '破棄' })
  await assert.rejects(record({ ...sealedIn, kind: '破棄' }), /もう何も記録できません/)
  assert.deepEqual(
    log.map(({ number, kind }) => [number, kind]),
    [
      [1, '封入'],
      [2, '受渡し'],
      [3, '開封'],
      [4, '破棄'],
    ],
  )
})

test('受渡し記録: 出た媒体が決めた日数のうちに届かなければ知らせ、受領書が来れば消える', async () => {
  today = '2026-07-01'
  const { scope, self, atCity, prepare, arrive } = await town()
  const sent = await prepare()
  const overdue = () => city.transaction(scope, (tx) => listOverdueMedia(tx, self))
  await city.transaction(scope, async (tx) => {
    await setPolicy(
      tx,
      self,
      '住民基本台帳情報',
      { mediumDays: 2 },
      { account: 'a', reason: '近い' },
    )
    await recordCustody(tx, sent.transmissionId, sealedIn, 'clerk')
    await recordCustody(tx, sent.transmissionId, handed, 'clerk')
  })
  today = '2026-07-03'
  assert.deepEqual(await overdue(), [])
  today = '2026-07-04'
  const [one] = await overdue()
  assert.deepEqual([one?.leftOn, one?.dueOn, one?.sequenceNumber], ['2026-07-01', '2026-07-03', 1])
  assert.match(one?.sentence ?? '', /媒体のありかを今すぐ/)
  const arrival = await arrive(sent)
  const receipt = JSON.stringify(arrival.receipt)
  await city.transaction(scope, (tx) => recordReceipt(tx, atCity, receipt))
  assert.deepEqual(await overdue(), [])
})

test('封は宛先の鍵でだけ開く。送り手にも隣の市区町村にも開かず、送り手は控えだけを開ける', async () => {
  today = '2026-07-01'
  const here = await town()
  const neighbour = await town()
  const sent = await here.prepare()
  for (const party of [here.self, neighbour.self]) {
    const identities = (await keys.own(party)).map(({ identity }) => identity)
    const opening = unseal(identities, createReadStream(sent.sealedFile))
    await assert.rejects(async () => {
      for await (const _ of opening);
    }, SealBroken)
  }
  const bytes: Uint8Array[] = []
  for await (const part of unseal(
    (await keys.own('union:31')).map(({ identity }) => identity),
    createReadStream(sent.sealedFile),
  ))
    bytes.push(Buffer.from(part))
  const copy = await city.transaction(here.scope, async (tx) => {
    const reopened = await reopenTransmission(tx, here.atCity, sent.transmissionId)
    const parts: Uint8Array[] = []
    for await (const part of reopened!.plain()) parts.push(Buffer.from(part))
    return Buffer.concat(parts)
  })
  assert.ok(copy.equals(Buffer.concat(bytes)))
})

test('証明書: 切れた鍵・まだの鍵・失効した鍵・証明書のない鍵・偽の証明書を、それぞれの所見で断る', async () => {
  today = '2026-07-01'
  const validity = { validFrom: plainDate('2026-06-01'), validUntil: plainDate('2026-08-31') }
  const party = 'municipality:319996'
  await makePartyKeys(folder, party, validity)
  const faultOn = async (on: string, of = party) => {
    const [key] = await keys.of(of)
    return (await keyFault(keys, of, key, on as PlainDate))?.code ?? null
  }
  assert.deepEqual(
    [
      await faultOn('2026-05-31'),
      await faultOn('2026-06-01'),
      await faultOn('2026-08-31'),
      await faultOn('2026-09-01'),
    ],
    ['E3019', null, null, 'E3018'],
  )
  // A pair that the authority never saw, put into the folder by hand.
  const elsewhere = path.join(root, 'elsewhere')
  await makePartyKeys(elsewhere, 'municipality:319988')
  const stranger = await readFile(path.join(elsewhere, 'municipality-319988.public.json'), 'utf8')
  await writeFile(path.join(folder, 'municipality-319988.public.json'), stranger)
  assert.equal(await faultOn('2026-07-01', 'municipality:319988'), 'E3021')
  // The certificate of one party under the key of another.
  const own = JSON.parse(
    await readFile(path.join(folder, 'municipality-319996.public.json'), 'utf8'),
  )
  const other = JSON.parse(stranger)
  other.keys[0].certificate = own.keys[0].certificate
  await writeFile(path.join(folder, 'municipality-319988.public.json'), JSON.stringify(other))
  assert.equal(await faultOn('2026-07-01', 'municipality:319988'), 'E3022')

  const [key] = await keys.of(party)
  await revokeKey(folder, {
    keyId: key.keyId,
    on: plainDate('2026-07-15'),
    reason: '秘密鍵を入れた機械が盗まれた',
  })
  assert.deepEqual([await faultOn('2026-07-14'), await faultOn('2026-07-15')], [null, 'E3020'])
  const list = path.join(folder, 'authority.revoked.json')
  const signed = await readFile(list, 'utf8')
  await writeFile(list, signed.replace('2026-07-15', '2027-07-15'))
  assert.equal(await faultOn('2026-07-15'), 'E3023')
  await writeFile(list, signed)
})

test('証明書: 失効した鍵で送ったものは受け取らず、替えた鍵で送り直せる。失効した相手あてには封じない', async () => {
  today = '2026-07-20'
  const here = await town()
  const first = await here.prepare()
  assert.equal((await here.arrive(first)).kind, 'arrived')
  const [old] = await keys.of(here.self)
  const stolen = await here.prepare()
  await revokeKey(folder, { keyId: old.keyId, on: plainDate('2026-07-20'), reason: '紛失' })
  const answer = await here.arrive(stolen)
  assert.ok(answer.kind === 'refused')
  assert.equal(answer.finding.code, 'E3020')
  assert.match(answer.sentence, /紛失/)
  assert.equal(answer.transmissionId, null)

  const send = () =>
    union.transaction(here.scope, (tx) =>
      prepareTransmission(tx, here.atUnion, {
        layout: 住民基本台帳情報,
        records: sampleRecords(住民基本台帳情報, { rows: 1, municipality: here.municipality }),
        receiver: here.self,
        municipality: here.municipality,
      }),
    )
  await assert.rejects(send(), /失効しています/)
  await renewPartyKeys(folder, here.self)
  await send()
  const again = await here.prepare()
  // Number 2 went to the file that nobody believed: it is sent again, sealed and signed anew.
  assert.equal((await here.arrive(again)).kind, 'waiting')
})

test('部分取込み: 隔離した件数は受領書に載り、取り込んだ件数との和が送った件数になり、直した送信で済む', async () => {
  today = '2026-07-01'
  const here = await town()
  const sent = await here.prepare()
  await union.transaction(here.scope, (tx) =>
    setPolicy(
      tx,
      'union:31',
      '住民基本台帳情報',
      { acceptance: 'soundRows' },
      { account: 'a', reason: '試験' },
    ),
  )
  const arrival = await here.arrive(sent)
  assert.equal(arrival.receipt?.acceptance, 'soundRows')
  const { receipt } = await union.transaction(here.scope, async (tx) => {
    const opened = await openTransmission(tx, here.atUnion, sent.transmissionId)
    for await (const _ of opened.batches());
    return await recordApplied(tx, here.atUnion, sent.transmissionId, 3, [
      { line: 3, because: 'row' },
      { line: 4, because: 'household' },
    ])
  })
  assert.equal(receipt.appliedCount + (receipt.quarantinedCount ?? 0), receipt.recordCount)
  const correct = () =>
    city.transaction(here.scope, (tx) =>
      prepareTransmission(tx, here.atCity, {
        layout: 住民基本台帳情報,
        records: sampleRecords(住民基本台帳情報, { rows: 2, municipality: here.municipality }),
        receiver: 'union:31',
        municipality: here.municipality,
        corrects: sent.transmissionId,
      }),
    )
  await assert.rejects(correct(), /一部の行が隔離された送信だけ/)
  await city.transaction(here.scope, (tx) =>
    recordReceipt(tx, here.atCity, JSON.stringify(receipt)),
  )
  const mended = await correct()
  assert.deepEqual(
    [mended.manifest.sequenceNumber, mended.manifest.corrects],
    [2, sent.transmissionId],
  )
})
