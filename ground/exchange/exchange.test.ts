import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { municipalityCodeOf } from '@koiki/kernel'
import {
  checkFile,
  readRows,
  sampleRecords,
  sampleRows,
  エラー情報,
  住民基本台帳情報,
  所得課税情報,
} from '@koiki/layouts'
import { type Scope, type TestDatabase, type Transaction, testDatabase } from '@koiki/store'
import {
  type Arrival,
  type ExchangePlace,
  errorFile,
  findTransmission,
  handover,
  keepArriving,
  keepSealed,
  keyFolder,
  listEvents,
  listFindings,
  listTransmissions,
  makePartyKeys,
  NoRoomForFiles,
  NotYetItsTurn,
  openTransmission,
  type Prepared,
  prepareTransmission,
  receiptOf,
  recordApplied,
  recordArrival,
  recordFindings,
  recordHandedOver,
  recordReceipt,
  recordRefused,
  recordWaiting,
  renewPartyKeys,
  skipNumber,
  TransmissionRefused,
} from './index.ts'
import { documentText, signed } from './protocol.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-exchange-'))
after(() => rm(root, { recursive: true }))
const keys = keyFolder(path.join(root, 'keys'))
const parties = ['union:43', 'municipality:431001', 'municipality:432024']
for (const party of parties) await makePartyKeys(path.join(root, 'keys'), party)

const union: TestDatabase = await testDatabase({ after }, 'union')
const city: TestDatabase = await testDatabase({ after }, 'municipality')

/** Sequences are per sender, receiver and layout, so each test has a municipality of its own. */
let towns = 0
type World = {
  readonly municipality: string
  readonly scope: Scope
  readonly atCity: ExchangePlace
  readonly atUnion: ExchangePlace
}
async function world(): Promise<World> {
  towns += 1
  const municipality = municipalityCodeOf(String(43_900 + towns))
  const self = `municipality:${municipality}`
  await makePartyKeys(path.join(root, 'keys'), self)
  return {
    municipality,
    scope: { union: '43', municipality },
    atCity: { self, keys, folder: path.join(root, municipality) },
    atUnion: { self: 'union:43', keys, folder: path.join(root, 'union') },
  }
}

async function prepared(
  { municipality, scope, atCity }: World,
  options: { rows?: number; corrects?: string; records?: Iterable<string[]> } = {},
): Promise<Prepared> {
  const records =
    options.records ??
    sampleRecords(住民基本台帳情報, { rows: options.rows ?? 5, municipality, seed: towns })
  return await city.transaction(scope, (tx) =>
    prepareTransmission(tx, atCity, {
      layout: 住民基本台帳情報,
      records,
      receiver: 'union:43',
      municipality,
      ...(options.corrects && { corrects: options.corrects }),
    }),
  )
}

async function arrives(
  { scope, atUnion }: World,
  { manifestText, sealedFile }: { manifestText: string; sealedFile: string },
): Promise<Arrival> {
  const kept = await keepSealed(atUnion.folder, createReadStream(sealedFile))
  return await union.transaction(scope, (tx) =>
    recordArrival(tx, atUnion, { manifest: manifestText, kept }),
  )
}

const filesIn = async (folder: string): Promise<number> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((one) =>
    one.isFile(),
  ).length

async function applied({ scope, atUnion }: World, id: string) {
  return await union.transaction(scope, async (tx) => {
    const opened = await openTransmission(tx, atUnion, id)
    let count = 0
    for await (const { records } of opened.batches()) count += records.length
    return await recordApplied(tx, atUnion, id, count)
  })
}

async function refusedByContent({ scope, atUnion }: World, id: string) {
  const findings = await union
    .transaction(scope, async (tx) => {
      for await (const _ of (await openTransmission(tx, atUnion, id)).batches());
      return []
    })
    .catch((error: unknown) => {
      assert.ok(error instanceof TransmissionRefused)
      return error.findings
    })
  assert.ok(findings.length > 0)
  return {
    findings,
    receipt: await union.transaction(scope, (tx) => recordRefused(tx, atUnion, id, findings)),
  }
}

const stateAt = async (database: TestDatabase, scope: Scope, id: string) =>
  (await database.transaction(scope, (tx) => findTransmission(tx, id)))?.state

test('封じて送り、受け取り、開いて、取り込み、受領書が送り手に戻る', async () => {
  const here = await world()
  const rows = [...sampleRows(住民基本台帳情報, { rows: 20, municipality: here.municipality })]
  const sent = await city.transaction(here.scope, (tx) =>
    prepareTransmission(tx, here.atCity, {
      layout: 住民基本台帳情報,
      rows,
      receiver: 'union:43',
      municipality: here.municipality,
    }),
  )
  assert.equal(sent.manifest.sequenceNumber, 1)
  assert.equal(sent.manifest.recordCount, 20)
  assert.ok(!(await readFile(sent.sealedFile)).includes(rows[0]!.宛名番号))
  await city.transaction(here.scope, (tx) => recordHandedOver(tx, sent.transmissionId))
  const parcel = await city.transaction(here.scope, (tx) =>
    handover(tx, here.atCity, sent.transmissionId),
  )
  assert.equal(parcel.manifestText, sent.manifestText)

  const arrival = await arrives(here, parcel)
  assert.equal(arrival.kind, 'arrived')
  assert.equal(arrival.sentence, '通し番号1の住民基本台帳情報（20件）を受け取りました。')
  const names: string[] = []
  const { receipt, next } = await union.transaction(here.scope, async (tx) => {
    const opened = await openTransmission(tx, here.atUnion, sent.transmissionId)
    for await (const { records } of opened.batches())
      names.push(...records.map((record) => record[4] as string))
    return await recordApplied(tx, here.atUnion, sent.transmissionId, names.length)
  })
  assert.deepEqual(
    names,
    rows.map(({ 氏名 }) => 氏名),
  )
  assert.equal(next, null)
  assert.deepEqual([receipt.kind, receipt.recordCount, receipt.appliedCount], ['accepted', 20, 20])

  const answers = [arrival.receipt, receipt].map((one) => JSON.stringify(one))
  for (const text of answers)
    assert.equal(
      (await city.transaction(here.scope, (tx) => recordReceipt(tx, here.atCity, text))).kind,
      'recorded',
    )
  assert.equal(
    (await city.transaction(here.scope, (tx) => recordReceipt(tx, here.atCity, answers[1]!))).kind,
    'repeated',
  )
  const events = await city.transaction(here.scope, (tx) => listEvents(tx, sent.transmissionId))
  assert.deepEqual(
    events.map(({ state }) => state),
    ['prepared', 'sent', 'delivered', 'applied'],
  )
  assert.equal(events.at(-1)?.sentence, '受け手の答え: 20件をすべて取り込みました。')
})

test('同じファイルをもう一度受け取っても、何も変わらない', async () => {
  const here = await world()
  const sent = await prepared(here)
  await arrives(here, sent)
  for (const round of ['届いた後', '取り込んだ後']) {
    const again = await arrives(here, sent)
    assert.equal(again.kind, 'repeated', round)
    assert.equal(again.sentence, 'もう受け取っています。何も変わりません。')
    assert.equal(again.receipt?.transmissionId, sent.transmissionId)
    if (round === '届いた後') await applied(here, sent.transmissionId)
  }
  assert.equal(await stateAt(union, here.scope, sent.transmissionId), 'applied')
  const all = await union.transaction(here.scope, (tx) => listTransmissions(tx))
  assert.equal(all.length, 1)
  await assert.rejects(
    union.transaction(here.scope, (tx) => openTransmission(tx, here.atUnion, sent.transmissionId)),
    /もう取り込んだか断っています/,
  )
})

test('番号が飛んだら待ち、抜けた番号の名を言い、届けば順に開ける', async () => {
  const here = await world()
  const [first, second, third] = [await prepared(here), await prepared(here), await prepared(here)]
  assert.deepEqual(
    [first, second, third].map(({ manifest }) => manifest.sequenceNumber),
    [1, 2, 3],
  )
  await arrives(here, first)
  const early = await arrives(here, third)
  assert.ok(early.kind === 'waiting')
  assert.equal(early.missingNumber, 2)
  assert.match(early.sentence, /通し番号2がまだ届いていません/)
  await assert.rejects(applied(here, third.transmissionId), NotYetItsTurn)

  const late = await arrives(here, second)
  assert.ok(late.kind === 'arrived')
  assert.deepEqual(late.released, [third.transmissionId])
  await assert.rejects(applied(here, third.transmissionId), /通し番号1の取込みがまだ終わっていない/)
  assert.equal((await applied(here, first.transmissionId)).next, second.transmissionId)
  assert.equal((await applied(here, second.transmissionId)).next, third.transmissionId)
  assert.equal((await applied(here, third.transmissionId)).next, null)
})

test('欠番と決めた番号の後は進み、その番号は後から来ても受け取らない', async () => {
  const here = await world()
  const [first, second] = [await prepared(here), await prepared(here)]
  assert.equal((await arrives(here, second)).kind, 'waiting')
  const sequence = { sender: here.atCity.self, receiver: 'union:43', layout: '住民基本台帳情報' }
  const released = await union.transaction(here.scope, (tx) =>
    skipNumber(tx, sequence, 1, here.municipality, '媒体が失われ、送り手も控えを持たない'),
  )
  assert.deepEqual(released, [second.transmissionId])
  await applied(here, second.transmissionId)
  const late = await arrives(here, first)
  assert.ok(late.kind === 'refused')
  assert.equal(late.finding.code, 'E3013')
})

test('順番を待つわけは送信に残り、待った番号が済めば、間の欠番をとばして次に開ける', async () => {
  const here = await world()
  const [first, , third] = [await prepared(here), await prepared(here), await prepared(here)]
  await arrives(here, first)
  await arrives(here, third)
  const sequence = { sender: here.atCity.self, receiver: 'union:43', layout: '住民基本台帳情報' }
  await union.transaction(here.scope, (tx) =>
    skipNumber(tx, sequence, 2, here.municipality, '媒体が失われた'),
  )
  const waits = () => union.transaction(here.scope, (tx) => recordWaiting(tx, third.transmissionId))
  assert.match(
    (await waits()) ?? '',
    /通し番号1の取込みがまだ終わっていないので.*ひとりでに進みます/,
  )
  assert.equal(await stateAt(union, here.scope, third.transmissionId), 'waiting')
  assert.equal((await applied(here, first.transmissionId)).next, third.transmissionId)
  assert.equal(await stateAt(union, here.scope, third.transmissionId), 'arrived')
  assert.equal(await waits(), null)
  assert.equal((await applied(here, third.transmissionId)).next, null)
})

test('同じ番号で別の中身は断る。先のものはそのまま', async () => {
  const here = await world()
  const sent = await prepared(here)
  await arrives(here, sent)
  // The sender's own database was rolled back, so it uses the number a second time.
  await city
    .asAdmin()
    .then((admin) =>
      admin.transaction(here.scope, (tx) =>
        tx.run('delete from exchange.sequence_counter where sender = $1::text', [here.atCity.self]),
      ),
    )
  const other = await prepared(here, { rows: 6 })
  assert.equal(other.manifest.sequenceNumber, 1)
  const answer = await arrives(here, other)
  assert.ok(answer.kind === 'refused')
  assert.equal(answer.finding.code, 'E3007')
  assert.equal(answer.receipt?.kind, 'refused')
  assert.equal((await arrives(here, other)).kind, 'repeated')
  await applied(here, sent.transmissionId)
})

test('中身で断られた番号は、直して同じ番号で送れる。後の番号はそれを待つ', async () => {
  const here = await world()
  const bad = await lying(here, (manifest) => ({ ...manifest, recordCount: 4 }))
  await arrives(here, bad)
  const next = await prepared(here)
  assert.equal((await arrives(here, next)).kind, 'arrived')
  const { findings, receipt } = await refusedByContent(here, bad.transmissionId)
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['E3011'],
  )
  assert.match(receipt.sentence, /件数が送り状と違います（送り状 4件、ファイル 5件）/)
  assert.match(receipt.sentence, /同じ通し番号1で送り直して/)
  assert.equal(await stateAt(union, here.scope, next.transmissionId), 'waiting')
  assert.equal((await arrives(here, next)).kind, 'repeated')

  await assert.rejects(
    prepared(here, { corrects: bad.transmissionId }),
    /直して送れるのは、断られた送信/,
  )
  await city.transaction(here.scope, (tx) => recordReceipt(tx, here.atCity, documentText(receipt)))
  const corrected = await prepared(here, { corrects: bad.transmissionId })
  assert.equal(corrected.manifest.sequenceNumber, 1)
  assert.equal(corrected.manifest.corrects, bad.transmissionId)
  const arrival = await arrives(here, corrected)
  assert.ok(arrival.kind === 'arrived')
  assert.deepEqual(arrival.released, [next.transmissionId])
  assert.equal((await applied(here, corrected.transmissionId)).next, next.transmissionId)
  await applied(here, next.transmissionId)
  assert.equal((await prepared(here)).manifest.sequenceNumber, 3)
})

/** A transmission whose sender signs a manifest that does not agree with the file. */
async function lying(
  here: World,
  change: (manifest: Prepared['manifest']) => Omit<Prepared['manifest'], 'signature'>,
  rows = 5,
): Promise<Prepared> {
  const honest = await prepared(here, { rows })
  const { signature: _, ...rest } = change(honest.manifest) as Prepared['manifest']
  const [own] = await keys.own(here.atCity.self)
  const manifest = signed('manifest', rest, own) as Prepared['manifest']
  return { ...honest, manifest, manifestText: documentText(manifest) }
}

test('うそをつく送り状は、開いて確かめ、1件も取り込まない', async () => {
  const lies: [string, Parameters<typeof lying>[1], string[]][] = [
    ['件数', (m) => ({ ...m, recordCount: 6 }), ['E3011']],
    ['合計', (m) => ({ ...m, hashTotals: { 宛名番号: '1' } }), ['E3012']],
    ['合計の項目', (m) => ({ ...m, hashTotals: {} }), ['E3012']],
    ['SHA-256', (m) => ({ ...m, plain: { ...m.plain, sha256: '0'.repeat(64) } }), ['E3010']],
    ['大きさ', (m) => ({ ...m, plain: { ...m.plain, bytes: 1 } }), ['E3010']],
    ['レイアウト', (m) => ({ ...m, layout: 所得課税情報.name }), ['E2002']],
  ]
  for (const [name, change, codes] of lies) {
    const here = await world()
    const sent = await lying(here, change)
    assert.equal((await arrives(here, sent)).kind, 'arrived', name)
    const { findings } = await refusedByContent(here, sent.transmissionId)
    assert.deepEqual(
      findings.map(({ code }) => code),
      codes,
      name,
    )
    const listed = await union.transaction(here.scope, (tx) =>
      listFindings(tx, sent.transmissionId),
    )
    assert.equal(listed.length, codes.length)
    assert.equal(await stateAt(union, here.scope, sent.transmissionId), 'refused')
  }
})

test('信じられない送り状は、やりとりの記録にも載せない', async () => {
  const here = await world()
  const sent = await prepared(here)
  const stranger = await world()
  const forged = async (change: object): Promise<string> => {
    const { signature: _, ...rest } = { ...sent.manifest, ...change }
    const [own] = await keys.own(stranger.atCity.self)
    return documentText(signed('manifest', rest, own))
  }
  const resigned = async (change: object): Promise<string> =>
    (await lying(here, (manifest) => ({ ...manifest, ...change }))).manifestText
  const wrong: [string, string, string][] = [
    ['JSONでない', 'これは送り状ではない', 'E3001'],
    ['項目がない', '{}', 'E3001'],
    ['知らない項目', JSON.stringify({ ...sent.manifest, 個人番号: '1' }), 'E3001'],
    ['大きすぎる', `{"version":1,"x":"${'x'.repeat(70_000)}"}`, 'E3001'],
    [
      '署名の後で変えた',
      sent.manifestText.replace('"recordCount": 5', '"recordCount": 6'),
      'E3005',
    ],
    ['他人の署名', await forged({}), 'E3005'],
    ['宛先違い', await resigned({ receiver: 'union:31' }), 'E3002'],
    ['他の市区町村', await resigned({ municipality: '432024' }), 'E3003'],
    ['他の広域連合', await resigned({ union: '31' }), 'E3003'],
    ['知らないレイアウト', await resigned({ layout: 'ない' }), 'E3004'],
    ['知らない版', await resigned({ edition: '1999-04' }), 'E3004'],
    ['やりとりの記録に入らない件数', await resigned({ recordCount: 2 ** 31 }), 'E3001'],
    ['やりとりの記録に入らない通し番号', await resigned({ sequenceNumber: 2 ** 31 }), 'E3001'],
    ['あるはずのない年', await resigned({ createdAt: '0000-01-01T00:00:00Z' }), 'E3001'],
    ['レイアウトにない合計', await resigned({ hashTotals: { 'a\0b': '1' } }), 'E3001'],
  ]
  for (const [name, manifestText, code] of wrong) {
    const answer = await arrives(here, { manifestText, sealedFile: sent.sealedFile })
    assert.ok(answer.kind === 'refused', name)
    assert.deepEqual([answer.finding.code, answer.transmissionId], [code, null], name)
    assert.doesNotMatch(answer.sentence, /個人番号/)
  }
  const far = await lying(here, (manifest) => ({ ...manifest, sequenceNumber: 2 ** 31 - 1 }))
  const tooFar = await arrives(here, far)
  assert.ok(tooFar.kind === 'refused')
  assert.deepEqual([tooFar.finding.code, tooFar.transmissionId], ['E3017', null])
  const broken = path.join(root, 'broken')
  const bytes = await readFile(sent.sealedFile)
  for (const cut of [bytes.subarray(0, bytes.length - 1), Buffer.concat([bytes, bytes])]) {
    await writeFile(broken, cut)
    const answer = await arrives(here, { ...sent, sealedFile: broken })
    assert.ok(answer.kind === 'refused')
    assert.equal(answer.finding.code, 'E3006')
  }
  assert.equal((await union.transaction(here.scope, (tx) => listTransmissions(tx))).length, 0)
  assert.equal((await arrives(here, sent)).kind, 'arrived')
})

test('同じ識別子で中身の違う送信は断り、先のものは変わらない', async () => {
  const here = await world()
  const sent = await prepared(here)
  await arrives(here, sent)
  const [own] = await keys.own(here.atCity.self)
  const { signature: _, ...rest } = { ...sent.manifest, recordCount: 99 }
  const answer = await arrives(here, {
    manifestText: documentText(signed('manifest', rest, own)),
    sealedFile: sent.sealedFile,
  })
  assert.ok(answer.kind === 'refused')
  assert.equal(answer.finding.code, 'E3008')
  await applied(here, sent.transmissionId)
})

test('よその窓口からは、他の市区町村の送信は受け取れず、見えもしない', async () => {
  const here = await world()
  const there = await world()
  const sent = await prepared(here)
  const stray = await arrives({ ...here, scope: there.scope }, sent)
  assert.ok(stray.kind === 'refused')
  assert.match(stray.sentence, new RegExp(`市区町村（${here.municipality}）のもので、この窓口`))
  await arrives(here, sent)
  assert.equal(await stateAt(union, there.scope, sent.transmissionId), undefined)
  assert.equal(
    await stateAt(union, { union: '31', municipality: '*' }, sent.transmissionId),
    undefined,
  )
  assert.equal(
    await stateAt(union, { union: '43', municipality: '*' }, sent.transmissionId),
    'arrived',
  )
})

test('取引が取り消されれば、通し番号は使われない', async () => {
  const here = await world()
  await assert.rejects(
    city.transaction(here.scope, async (tx) => {
      await prepareTransmission(tx, here.atCity, {
        layout: 住民基本台帳情報,
        records: [],
        receiver: 'union:43',
        municipality: here.municipality,
      })
      throw new Error('途中でやめる')
    }),
    /途中でやめる/,
  )
  assert.equal((await prepared(here)).manifest.sequenceNumber, 1)
})

test('0件のファイルも送れて、受け取れる', async () => {
  const here = await world()
  const sent = await prepared(here, { records: [] })
  await arrives(here, sent)
  const { receipt } = await applied(here, sent.transmissionId)
  assert.deepEqual([receipt.recordCount, receipt.appliedCount], [0, 0])
})

test('同時に届いても、1つだけが受け取られ、ほかは何も変えない', async () => {
  const here = await world()
  const sent = await prepared(here)
  const kept = await keepSealed(here.atUnion.folder, createReadStream(sent.sealedFile))
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      union.transaction(here.scope, (tx) =>
        recordArrival(tx, here.atUnion, { manifest: sent.manifestText, kept }),
      ),
    ),
  )
  assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['arrived', 'repeated', 'repeated'])
})

test('隣り合う番号が同時に届いても、互いを待ち続けない', async () => {
  for (let round = 0; round < 5; round += 1) {
    const here = await world()
    const sent = [await prepared(here), await prepared(here), await prepared(here)]
    await Promise.all(sent.map((one) => arrives(here, one)))
    for (const { transmissionId } of sent)
      assert.equal(await stateAt(union, here.scope, transmissionId), 'arrived')
  }
})

test('所見はエラー情報のファイルになり、送り手がそのまま読める', async () => {
  const here = await world()
  const sent = await prepared(here)
  await arrives(here, sent)
  const findings = Array.from({ length: 12_000 }, (_, at) => ({
    code: at % 2 === 0 ? 'E0001' : 'E1011',
    severity: at % 2 === 0 ? ('error' as const) : ('warning' as const),
    line: at + 2,
    column: '氏名',
    sentence: `氏名が設定されていません。(${at})`,
  }))
  const bytes = await union.transaction(here.scope, async (tx) => {
    await recordFindings(tx, sent.transmissionId, findings)
    const all: Buffer[] = []
    for await (const block of errorFile(tx, sent.transmissionId)) all.push(block)
    return Buffer.concat(all)
  })
  assert.deepEqual((await checkFile(エラー情報, [bytes])).counts, {})
  let count = 0
  for await (const { row } of readRows(エラー情報, [bytes])) {
    assert.equal(row?.内容, findings[count]?.sentence)
    assert.equal(row?.行番号, count + 2)
    count += 1
  }
  assert.equal(count, 12_000)
  const { receipt } = await applied(here, sent.transmissionId)
  assert.deepEqual([receipt.errorCount, receipt.warningCount], [6000, 6000])
})

test('にせの受領書は取り込まない', async () => {
  const here = await world()
  const sent = await prepared(here)
  const arrival = await arrives(here, sent)
  const receipt = arrival.receipt!
  const record = (text: string) =>
    city.transaction(here.scope, (tx) => recordReceipt(tx, here.atCity, text))
  const wrong: [object, string][] = [
    [{ ...receipt, kind: 'accepted' }, 'E3016'],
    [{ ...receipt, sealedSha256: '0'.repeat(64) }, 'E3015'],
    [{ ...receipt, transmissionId: '00000000-0000-4000-8000-000000000000' }, 'E3015'],
    [{ ...receipt, extra: 1 }, 'E3014'],
  ]
  for (const [forged, code] of wrong) {
    const answer = await record(JSON.stringify(forged))
    assert.ok(answer.kind === 'refused')
    assert.equal(answer.finding.code, code)
  }
  assert.equal((await record(JSON.stringify(receipt))).kind, 'recorded')
})

test('受け手が鍵を替えても、前の鍵で封じたものは開ける', async () => {
  const here = await world()
  const there: World = { ...here, atUnion: { ...here.atUnion, self: 'union:43' } }
  const sent = await prepared(there)
  await renewPartyKeys(path.join(root, 'keys'), 'union:43')
  await arrives(there, sent)
  await applied(there, sent.transmissionId)
})

test('信じられない送り状のファイルと、送り状と違うファイルは、終わりまで聞いて置かない', async () => {
  const here = await world()
  const sent = await prepared(here)
  const read = <T>(work: (tx: Transaction) => Promise<T>) => union.transaction(here.scope, work)
  const bytes = await readFile(sent.sealedFile)
  let heard = 0
  async function* heardFile(whole: Uint8Array): AsyncGenerator<Uint8Array> {
    yield whole
    heard += 1
  }
  const before = await filesIn(here.atUnion.folder)
  const forged = sent.manifestText.replace('"recordCount": 5', '"recordCount": 6')
  assert.notEqual(forged, sent.manifestText)
  for (const [manifest, file, code] of [
    [forged, bytes, 'E3005'],
    [sent.manifestText, bytes.subarray(0, -1), 'E3006'],
  ] as const) {
    const came = await keepArriving(here.atUnion, { manifest, file: heardFile(file) }, read)
    assert.equal('finding' in came && came.finding.code, code)
  }
  assert.equal(heard, 2)
  assert.equal(await filesIn(here.atUnion.folder), before)
  const right = { manifest: sent.manifestText, file: heardFile(bytes) }
  assert.ok('kept' in (await keepArriving(here.atUnion, right, read)))
  assert.equal(await filesIn(here.atUnion.folder), before + 1)
})

test('置き場がいっぱいになれば、終わりまで聞いてから言い、途中のものを残さない。空けば同じファイルを受け取れる', async (t) => {
  const here = await world()
  const sent = await prepared(here)
  const read = <T>(work: (tx: Transaction) => Promise<T>) => union.transaction(here.scope, work)
  const bytes = await readFile(sent.sealedFile)
  let heard = 0
  async function* inPieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 1000) {
      heard += 1
      yield bytes.subarray(at, at + 1000)
    }
  }
  const arriving = () => ({ manifest: sent.manifestText, file: inPieces() })
  const before = await filesIn(here.atUnion.folder)
  // The disk of the test is not filled: its answer to a write is.
  const any = await open(sent.sealedFile)
  const disk = Object.getPrototypeOf(any) as { write: (...of: unknown[]) => Promise<unknown> }
  await any.close()
  let room = 1
  const { write } = disk
  const shut = t.mock.method(disk, 'write', function (this: unknown, ...of: unknown[]) {
    room -= 1
    return room >= 0
      ? write.apply(this, of)
      : Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
  })
  await assert.rejects(keepArriving(here.atUnion, arriving(), read), (error) => {
    assert.ok(error instanceof NoRoomForFiles)
    assert.equal(error.message, 'ファイルの置き場に空きがありません。')
    return true
  })
  assert.equal(heard, Math.ceil(bytes.length / 1000))
  assert.equal(await filesIn(here.atUnion.folder), before)
  shut.mock.restore()
  assert.ok('kept' in (await keepArriving(here.atUnion, arriving(), read)))
  assert.equal(await filesIn(here.atUnion.folder), before + 1)
})

test('置き場には封じたファイルだけがあり、途中のものは残らない', async () => {
  const here = await world()
  async function* failing(): AsyncGenerator<string[]> {
    yield* sampleRecords(住民基本台帳情報, { rows: 3, municipality: here.municipality })
    throw new Error('読めない')
  }
  await assert.rejects(
    city.transaction(here.scope, (tx) =>
      prepareTransmission(tx, here.atCity, {
        layout: 住民基本台帳情報,
        records: failing(),
        receiver: 'union:43',
        municipality: here.municipality,
      }),
    ),
    /読めない/,
  )
  await prepared(here)
  const files = await readdir(here.atCity.folder, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile())) {
    assert.match(file.name, /^[0-9a-f]{64}\.age$/)
    const bytes = await readFile(path.join(file.parentPath, file.name))
    assert.ok(bytes.subarray(0, 21).toString() === 'age-encryption.org/v1')
  }
})

test('受領書はやりとりの記録からいつでも取り出せる', async () => {
  const here = await world()
  const sent = await prepared(here)
  await arrives(here, sent)
  const of = () => union.transaction(here.scope, (tx) => receiptOf(tx, sent.transmissionId))
  assert.equal((await of())?.receipt.kind, 'arrived')
  await applied(here, sent.transmissionId)
  assert.equal((await of())?.receipt.kind, 'accepted')
})
