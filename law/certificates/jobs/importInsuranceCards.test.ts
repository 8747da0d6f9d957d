import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, type TestContext, test } from 'node:test'
import {
  keepSealed,
  keyFolder,
  makePartyKeys,
  openTransmission,
  packTransmission,
  recordApplied,
  recordArrival,
  recordFindings,
  reopenTransmission,
  TransmissionRefused,
  wholeUnion,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { type RowOf, recordOf, マイナ保険証利用登録状況 } from '@koiki/layouts'
import { fixedClock, type Transaction } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { clerk, office, other, union } from '../cases/office.ts'
import { comparableInsuranceCards } from '../store/comparable.ts'
import { findCardChanges } from './cardChanges.ts'
import { CertificateRefused } from './clerk.ts'
import { importInsuranceCards } from './importInsuranceCards.ts'
import { recordInsuranceCard } from './tellFacts.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-cards-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
for (const party of ['union:43', 'intermediary:43'])
  await makePartyKeys(path.join(root, 'keys'), party)
const [hanako, tosei] = [4_343_100_007, 4_343_100_015] as const
type Row = RowOf<typeof マイナ保険証利用登録状況>
const layout = マイナ保険証利用登録状況
const record = recordOf(layout)

const row = (number: string, asOf: string, more: Partial<Row> = {}): Row => ({
  一覧区分: '1',
  基準年月日: plainDate(asOf),
  基準時刻: '000000',
  被保険者番号: number,
  利用登録状況: '1',
  利用登録年月日: plainDate('2024-10-01'),
  利用登録解除年月日: null,
  電子証明書有効期限: plainDate('2029-03-31'),
  電子証明書失効年月日: null,
  ...more,
})

/** Two insured persons under 85, and an intermediary whose lists arrive by hand. */
async function prefecture(t: TestContext) {
  const place = office(await town(t))
  await place.take([
    resident(1, { 生年月日: plainDate('1946-03-01') }),
    resident(2, { 番地号: '２番２号', 生年月日: plainDate('1947-03-01') }),
  ])
  await place.decide()
  for (const key of [hanako, tosei]) await place.share(key, 1)
  const here = { self: 'union:43', keys, folder: path.join(root, 'union') }
  let last = 0
  return {
    ...place,
    at: async <T>(day: string, work: (tx: Transaction) => Promise<T>): Promise<T> =>
      (await place.db.as('app', fixedClock(day))).transaction(union, work),
    /** Packed, signed, brought, opened and applied, on a day. */
    async bring(day: string, rows: readonly Row[], corrects: string | null = null) {
      const number = last + 1
      const packed = await packTransmission(
        { self: 'intermediary:43', keys, folder: path.join(root, 'intermediary') },
        {
          layout,
          receiver: 'union:43',
          union: '43',
          municipality: wholeUnion('43'),
          transmissionId: randomUUID(),
          sequenceNumber: number,
          corrects,
          createdAt: `${day}T00:00:00.000Z`,
          today: plainDate(day),
          records: rows.map((one) => [...record(one)]),
        },
      )
      const kept = await keepSealed(here.folder, createReadStream(packed.sealedFile))
      const db = await place.db.as('app', fixedClock(day))
      const { transmissionId } = packed.manifest
      const told = await db.transaction(union, async (tx) => {
        const arrival = await recordArrival(tx, here, { manifest: packed.manifestText, kept })
        assert.equal(arrival.kind, 'arrived', arrival.sentence)
        const { batches } = await openTransmission(tx, here, transmissionId)
        const file = { transmissionId, corrects, layout, batches: batches() }
        const done = await importInsuranceCards(tx, file, '1')
        const left = done.unknownLines.map((line) => ({ line, because: 'row' as const }))
        await recordFindings(tx, transmissionId, done.findings)
        await recordApplied(tx, here, transmissionId, rows.length - left.length, left)
        return { ...done, transmissionId }
      })
      last = number
      return told
    },
    /** 再生: what a list said, held against what was kept of it. */
    replayed: async (transmissionId: string) =>
      (await place.db.as('app', fixedClock('2026-08-01'))).transaction(union, async (tx) => {
        const reopened = await reopenTransmission(tx, here, transmissionId)
        const { equal, different, unchanged, quarantined, strange, columns } =
          await comparableInsuranceCards.compare(tx, reopened!)
        return `同じ${equal} 違う${different} 前と同じ${unchanged} 隔離${quarantined} 余分${strange} ${columns.join()}`
      }),
  }
}

test('一覧: 変わった人だけが新しい知らせになり、知らない番号は隔離し、同じ一覧では何も変わらない', async (t) => {
  const { bring, documents, ask, replayed, db } = await prefecture(t)
  const first = [
    row('43100007', '2026-07-01'),
    row('43100015', '2026-07-01'),
    row('43100023', '2026-07-01'),
  ]
  const came = await bring('2026-07-01', first)
  assert.deepEqual(came.unknownLines, [4])
  assert.deepEqual(
    [came.list?.changed, came.list?.unchanged, came.list?.unknown, came.list?.missing],
    [2, 0, 1, 0],
  )
  assert.deepEqual(
    came.findings.map(({ code }) => code),
    ['E4301'],
  )
  const again = await bring(
    '2026-07-02',
    first.map((one) => ({ ...one, 基準年月日: plainDate('2026-07-02') })),
  )
  assert.deepEqual([again.list?.changed, again.list?.unchanged], [0, 2])
  assert.equal(await replayed(came.transmissionId), '同じ2 違う0 前と同じ0 隔離1 余分0 ')
  assert.equal(await replayed(again.transmissionId), '同じ0 違う0 前と同じ2 隔離1 余分0 ')
  const { insuranceCard } = await documents(hanako)
  assert.deepEqual(insuranceCard, {
    state: 'registered',
    since: '2024-10-01',
    source: '中間サーバーの一覧 令和8年7月1日00:00時点',
  })
  assert.deepEqual(await ask('select count(*)::int as n from certificates.insurance_card_use'), [
    { n: 2 },
  ])
  const spoil = async (sql: string) =>
    (await db.asAdmin()).transaction(union, (tx) => tx.run(sql, [hanako]))
  await spoil(`update certificates.insurance_card_use set state = 'deregistered'
                where subject_key = $1`)
  assert.equal(await replayed(came.transmissionId), '同じ1 違う1 前と同じ0 隔離1 余分0 内容')
  await spoil('delete from certificates.insurance_card_use where subject_key = $1')
  assert.equal(
    await replayed(came.transmissionId),
    '同じ1 違う1 前と同じ0 隔離1 余分0 台帳にない行',
  )
})

test('一覧: 前より古い一覧と、時刻のそろわない一覧は断り、1件も変わらない', async (t) => {
  const { bring, ask } = await prefecture(t)
  const refused = (code: string) => (error: unknown) => {
    assert.ok(error instanceof TransmissionRefused, String(error))
    assert.equal(error.findings[0]?.code, code)
    assert.match(error.findings[0]?.sentence ?? '', /。$/)
    return true
  }
  await bring('2026-07-10', [row('43100007', '2026-07-10')])
  await assert.rejects(
    bring('2026-07-11', [row('43100007', '2026-07-09', { 利用登録状況: '0' })]),
    refused('E4303'),
  )
  await assert.rejects(
    bring('2026-07-11', [row('43100007', '2026-07-11'), row('43100015', '2026-07-10')]),
    refused('E4302'),
  )
  await assert.rejects(
    bring('2026-07-11', [row('43100007', '2026-07-11', { 基準時刻: '246000' })]),
    refused('E4304'),
  )
  assert.equal((await ask('select from certificates.insurance_card_use')).length, 1)
})

test('一覧: 8月からの文書が決まり、解除・失効の人は職権で交付する人に出て、発行すれば消える', async (t) => {
  const { bring, issue, at, documents, ask } = await prefecture(t)
  await bring('2026-07-01', [
    row('43100007', '2026-07-01'),
    row('43100015', '2026-07-01', { 電子証明書有効期限: plainDate('2026-09-10') }),
  ])
  await issue('2026-08-01', '2026-07-10')
  const kinds = async () =>
    (
      await ask<{ document: string }>(
        'select document from certificates.issue order by issue_number, subject_key',
      )
    ).map(({ document }) => document)
  assert.deepEqual(await kinds(), ['eligibilityInformationNotice', 'eligibilityInformationNotice'])
  const waiting = (day: string) => at(day, (tx) => findCardChanges(tx, 10))
  assert.deepEqual((await waiting('2026-08-20')).changes, [])
  const gone = await bring('2026-08-21', [
    row('43100007', '2026-08-21', {
      一覧区分: '2',
      利用登録状況: '2',
      利用登録解除年月日: plainDate('2026-08-20'),
    }),
  ])
  assert.deepEqual(gone.figures.cards, { held: 2, lost: 1 })
  const { changes } = await waiting('2026-08-21')
  assert.deepEqual(
    changes.map(({ subjectKey, card, due }) => [subjectKey, card?.state, due.contents.document]),
    [[hanako, 'deregistered', 'eligibilityCertificate']],
  )
  // Nobody tells that a certificate has run out: the day itself does.
  assert.equal((await waiting('2026-09-10')).changes.length, 1)
  assert.equal((await waiting('2026-09-11')).changes.length, 2)
  assert.equal((await documents(tosei, '2026-09-11')).insuranceCard?.state, 'expired')
  await issue('2026-09-11', '2026-09-11')
  assert.deepEqual((await kinds()).slice(2), ['eligibilityCertificate', 'eligibilityCertificate'])
})

test('手の入力: 一覧より後なら勝ち、一覧が変われば負け、やめれば一覧に戻る', async (t) => {
  const { bring, at, documents } = await prefecture(t)
  const because = async (day: string) => {
    const { insuranceCards } = await documents(hanako, day)
    return `${insuranceCards?.from} ${insuranceCards?.because} ${insuranceCards?.use?.state}`
  }
  const tell = (day: string, state: 'deregistered' | 'followsList', by = clerk) =>
    at(day, async (tx) => {
      const { version } = await documents(hanako, day)
      const told = {
        subjectKey: hanako,
        version,
        state,
        effectiveOn: plainDate(day),
        source: '窓口',
      }
      return recordInsuranceCard(tx, told, by)
    })
  await assert.rejects(tell('2026-07-01', 'followsList'), CertificateRefused)
  await bring('2026-07-01', [row('43100007', '2026-07-01')])
  assert.equal(await because('2026-07-01'), 'list listAlone registered')
  await tell('2026-07-02', 'deregistered')
  await bring('2026-07-03', [row('43100007', '2026-07-03')])
  assert.equal(await because('2026-07-03'), 'hand handLater deregistered')
  await tell('2026-07-04', 'followsList', other)
  assert.equal(await because('2026-07-04'), 'list followsList registered')
  await tell('2026-07-05', 'deregistered')
  await bring('2026-07-06', [
    row('43100007', '2026-07-06', { 電子証明書失効年月日: plainDate('2026-07-05') }),
  ])
  assert.equal(await because('2026-07-06'), 'list listLater expired')
})
