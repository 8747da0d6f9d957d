import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { decideEntitlements } from '@koiki/eligibility'
import {
  findDestinationStop,
  handover,
  keepSealed,
  listDifferences,
  listPartnerNews,
  listReconciliations,
  listTransmissions,
  quarantineOf,
  receiptOf,
  recordArrival,
  recordReceipt,
  recordStopNotice,
  renewPartyKeys,
  requireOpenDestination,
  returnedRows,
  revokeKey,
  setPolicy,
} from '@koiki/exchange'
import { plainDate } from '@koiki/kernel'
import { type Clock, enqueue, getJob, momentOf, retryJob, runDueJobs } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import { tableDigests } from '../../tools/test/tableDigests.ts'
import { scopeOf, testService } from '../municipality/testService.ts'
import { addresseeNumberOf } from '../municipality/testWorld.ts'
import { enqueueIntake, unionJobs } from '../union/jobs.ts'
import { httpLine } from '../union/reconcileFiles.ts'
import { replayDay } from './replay.ts'

// Goal: what two real parties hold can be compared, and a partner's silence is heard. Method: the
// municipality's service behind its HTTP, the union's own jobs and database, and sealed files between them.

let today = '2026-07-01'
let moments = 0
/** Every transaction a little later, so that what came last is known to be last. */
const clock: Clock = {
  name: '試験の日',
  async moment() {
    moments += 1
    return momentOf(Date.parse(`${today}T09:00:00+09:00`) + moments)
  },
}
const codes: readonly [string, string] = ['431001', '432024']
/** Whose past days are replayed, and whose stores are spoilt for it. */
const replayedCode = '432041'
const parties = await testService({ after }, [...codes, replayedCode, '432032'], { clock })
const { service, union, unionPlace, call, run, transferAll, exportsOf, download, carry } = parties
const everywhere = { union: '43', municipality: '*' }
const said: string[] = []
const overHttp = httpLine(() => service.url)
const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})
const jobs = unionJobs({
  vault,
  keys: unionPlace.keys,
  filesFolder: unionPlace.folder,
  line: async (municipality, message) => {
    const answer = await overHttp(municipality, message)
    said.push(message, answer)
    return answer
  },
})
const work = () => runDueJobs({ database: union, jobs: jobs.all })

async function sendToUnion(code: string, name: string): Promise<string> {
  const { manifest, file } = await download(code, name)
  const kept = await keepSealed(unionPlace.folder, Readable.from([file]))
  const id = await union.transaction(scopeOf(code), async (tx) => {
    const arrival = await recordArrival(tx, unionPlace, { manifest, kept })
    assert.equal(arrival.kind, 'arrived', arrival.sentence)
    await enqueueIntake(tx, [arrival.transmissionId as string], '試験')
    return arrival.transmissionId as string
  })
  await work()
  const receipt = await union.transaction(scopeOf(code), async (tx) => receiptOf(tx, id))
  assert.equal(receipt?.receipt.kind, 'accepted', receipt?.receipt.sentence)
  assert.equal((await call(code, 'POST', '/receipts', { receipt: receipt?.text })).status, 200)
  return id
}

async function sendToMunicipality(code: string): Promise<void> {
  const sent = await union.transaction(scopeOf(code), (tx) =>
    listTransmissions(tx, { direction: 'sent', municipality: code, states: ['prepared'] }),
  )
  // In the order in which they were made: a premium is only of somebody who is known to be insured.
  for (const { transmissionId } of sent.reverse()) {
    const row = await union.transaction(scopeOf(code), (tx) =>
      tx.one<{ manifest: string; sealed_path: string }>(
        'select manifest, sealed_path from exchange.transmission where transmission_id = $1::uuid',
        [transmissionId],
      ),
    )
    const { status, answer } = await carry(
      code,
      row.manifest,
      `${unionPlace.folder}/${row.sealed_path}`,
    )
    if (status >= 400) throw new Error(answer.reasons?.join('\n') ?? answer.message)
    await parties.finished(code, answer.job)
    const url = `${service.url}/municipalities/${code}/imports/${transmissionId}/receipt`
    const headers = { authorization: `Bearer ${parties.tokens[code]}` }
    const receipt = await (await fetch(url, { headers })).text()
    await union.transaction(scopeOf(code), (tx) => recordReceipt(tx, unionPlace, receipt))
  }
}

async function reconcile() {
  said.length = 0
  await union.transaction(everywhere, (tx) =>
    enqueue(tx, jobs.reconcileFiles, {}, { requestedBy: '試験' }),
  )
  await work()
  return await union.transaction(everywhere, (tx) => listReconciliations(tx))
}

const differencesAtUnion = async (municipality: string, layout: string) => {
  const all = await union.transaction(everywhere, (tx) => listReconciliations(tx))
  const one = all.find((other) => other.municipality === municipality && other.layout === layout)
  return await union.transaction(everywhere, (tx) => listDifferences(tx, one!.reconciliationId))
}

async function differencesAt(code: string, layout: string) {
  type Partners = { reconciliations: { reconciliationId: string; layout: string }[] }
  const { body } = await call<Partners>(code, 'GET', '/partners')
  const id = body.reconciliations.find((one) => one.layout === layout)?.reconciliationId
  type Differences = { differences: { addresseeNumber: string; kind: string; columns: string[] }[] }
  return (await call<Differences>(code, 'GET', `/reconciliations/${id}/differences`)).body
    .differences
}

/** Everything that a municipality and the union tell each other of a year, there and back. */
async function exchangeAll(code: string, steps: readonly ('2-2' | '4-2')[] = ['2-2', '4-2']) {
  for (const step of steps) {
    await run(code, '/exports', { step })
    for (const { name, state } of await exportsOf(code))
      if (state === 'prepared') await sendToUnion(code, name)
  }
}

const jobsOfTheDay = [
  [decideEntitlements, {}],
  [jobs.deliverInsured, {}],
  [jobs.assessYear, { fiscalYear: 2026 }],
  [jobs.deliverPremiums, {}],
] as const

async function ask(job: (typeof jobsOfTheDay)[number][0], args: object): Promise<void> {
  await union.transaction(everywhere, (tx) =>
    enqueue(tx, job as typeof jobs.deliverInsured, args as Record<string, never>, {
      requestedBy: '試験',
    }),
  )
  await work()
}

for (const code of [...codes, replayedCode]) {
  await transferAll(code)
  await exchangeAll(code)
}
for (const [job, args] of jobsOfTheDay) await ask(job, args)
for (const code of [...codes, replayedCode]) await sendToMunicipality(code)

test('全件照合: 何も失われていなければ、両方の件数と中身が合い、双方に結果が残る', async () => {
  const all = (await reconcile()).filter((one) => codes.some((code) => code === one.municipality))
  assert.deepEqual(
    all.map((one) => [one.municipality, one.layout, one.differences, one.pending]),
    codes.flatMap((code) => [
      [code, '住民基本台帳情報', 0, 0],
      [code, '被保険者情報', 0, 0],
    ]),
    JSON.stringify(all),
  )
  for (const { ownCount, otherCount } of all) {
    assert.ok(ownCount > 0)
    assert.equal(ownCount, otherCount)
  }
  assert.deepEqual(await differencesAt('431001', '住民基本台帳情報'), [])
})

test('全件照合: 1人の1項目が違えば、その宛名番号と項目だけを双方が知り、書面には値も番号も出ない', async () => {
  const admin = await union.asAdmin()
  const changed = addresseeNumberOf(3)
  await admin.transaction(everywhere, (tx) =>
    tx.run(
      `update eligibility.resident_record c set town_name = '別の町'
         from eligibility.resident r
        where r.resident_key = c.resident_key and r.municipality_code = '431001'
          and r.addressee_number = $1`,
      [changed],
    ),
  )
  try {
    await reconcile()
    const wanted = [{ addresseeNumber: changed, recordKey: '', kind: 'content', columns: ['町字'] }]
    assert.deepEqual(await differencesAtUnion('431001', '住民基本台帳情報'), wanted)
    assert.deepEqual(await differencesAt('431001', '住民基本台帳情報'), wanted)
    assert.deepEqual(await differencesAtUnion('432024', '住民基本台帳情報'), [])
    const text = said.join('\n')
    assert.doesNotMatch(text, /0000000000000\d\d/)
    for (const value of ['模擬', '別の町', '1940-03-03']) assert.ok(!text.includes(value), value)
  } finally {
    await admin.transaction(everywhere, (tx) =>
      tx.run(`update eligibility.resident_record set town_name = '模擬町一丁目'
               where town_name = '別の町'`),
    )
  }
})

test('全件照合: これから移出する変更は、違いではなく、これから届くものと言う', async () => {
  await call('432024', 'POST', '/events', {
    kind: '転居',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumbers: [addresseeNumberOf(2)],
    address: { townName: '模擬町三丁目' },
  })
  await run('432024', '/transfers', { step: '2-1' })
  const pending = (await reconcile()).find(
    (one) => one.municipality === '432024' && one.layout === '住民基本台帳情報',
  )
  assert.deepEqual([pending?.differences, pending?.pending], [0, 1])
  assert.deepEqual(
    (await differencesAtUnion('432024', '住民基本台帳情報')).map(({ kind }) => kind),
    ['pending'],
  )
  await run('432024', '/exports', { step: '2-2' })
  const onItsWay = (await reconcile()).find(
    (one) => one.municipality === '432024' && one.layout === '住民基本台帳情報',
  )
  assert.deepEqual([onItsWay?.differences, onItsWay?.pending], [0, 1])
  assert.equal((await differencesAtUnion('432024', '住民基本台帳情報'))[0]?.kind, 'inTransit')
  const made = (await exportsOf('432024')).find(({ state }) => state === 'prepared')
  await sendToUnion('432024', made?.name ?? '')
  const settled = (await reconcile()).find(
    (one) => one.municipality === '432024' && one.layout === '住民基本台帳情報',
  )
  assert.deepEqual([settled?.differences, settled?.pending], [0, 0])
})

test('全件照合: 署名のない問い、他人の署名、始まっていない照合には答えない', async () => {
  await reconcile()
  const opening = said[0] as string
  const question = JSON.parse(opening) as Record<string, unknown>
  const refused = [
    '{}',
    JSON.stringify({ ...question, day: '2026-07-02' }),
    JSON.stringify({ ...question, from: 'municipality:432024' }),
  ]
  for (const message of refused) {
    const answer = await call('431001', 'POST', '/reconciliation', { message })
    assert.equal(answer.status, 422, message.slice(0, 80))
  }
  // A question of another's reconciliation, rightly signed, opens nothing at a neighbour.
  assert.equal((await call('432024', 'POST', '/reconciliation', { message: opening })).status, 422)
})

test('便り: 相手が黙れば、双方の側で遅れ、無音となり、照合に答えれば平常に戻る', async () => {
  const partner = { partner: 'municipality:431001', municipality: '431001' }
  const stateAtUnion = async () => {
    const news = await union.transaction(everywhere, (tx) =>
      listPartnerNews(tx, 'union:43', [partner], ['住民基本台帳情報']),
    )
    return news.find(({ layout }) => layout === '住民基本台帳情報')?.state
  }
  type Partners = { partners: { layout: string; state: string; action: string }[] }
  const stateAtCity = async () =>
    (await call<Partners>('431001', 'GET', '/partners')).body.partners.find(
      ({ layout }) => layout === '被保険者情報',
    )?.state
  try {
    assert.deepEqual([await stateAtUnion(), await stateAtCity()], ['平常', '平常'])
    // Friday, then Monday: nobody works between, so nothing is late yet on Thursday.
    for (const [day, state] of [
      ['2026-07-02', '平常'],
      ['2026-07-03', '遅れ'],
      ['2026-07-05', '遅れ'],
      ['2026-07-06', '遅れ'],
      ['2026-07-07', '無音'],
    ] as const) {
      today = day
      assert.deepEqual([await stateAtUnion(), await stateAtCity()], [state, state], day)
    }
    await reconcile()
    assert.deepEqual([await stateAtUnion(), await stateAtCity()], ['平常', '平常'])
  } finally {
    today = '2026-07-07'
  }
})

test('全件照合: 答えない相手は数えて、ほかの相手の照合を続ける。鍵を替えた後も照合できる', async () => {
  await renewPartyKeys(parties.partyKeys, 'municipality:431001')
  const silent = unionJobs({
    vault,
    keys: unionPlace.keys,
    filesFolder: unionPlace.folder,
    line: async (municipality, message) => {
      if (municipality === '432024') return 'もしもし'
      return await overHttp(municipality, message)
    },
  })
  await union.transaction(everywhere, (tx) =>
    enqueue(tx, silent.reconcileFiles, {}, { requestedBy: '試験' }),
  )
  await runDueJobs({ database: union, jobs: silent.all })
  const job = await union.unscoped((tx) =>
    tx.one<{ result: { reconciled: number; differences: number; unanswered: number } }>(
      `select result from work.job where kind = 'union.reconcileFiles' and state = 'done'
        order by job_id desc limit 1`,
    ),
  )
  assert.deepEqual([job.result.differences, job.result.unanswered], [0, 2])
  assert.ok(job.result.reconciled >= 2)
})

test('再生: どの情報も、届いた行も送った行も台帳と同じ。後に替わった行は替えた送信を、違う行は項目を言い、何も変えない', async () => {
  const code = replayedCode
  const city = `municipality:${code}`
  const replayed = async (self: string, day: string) => {
    const folder = path.join(parties.dataFolder, 'exchange', code)
    const atUnion = self === 'union:43'
    const place = atUnion ? unionPlace : { ...unionPlace, self, folder }
    const database = atUnion ? union : await parties.database.as('municipal_system')
    const found = []
    for await (const one of replayDay(database, scopeOf(code), place, plainDate(day)))
      found.push(one)
    const sentences = found.map(({ sentence }) => sentence).join('\n')
    return { sentences, outcomes: new Set(found.map(({ outcome }) => outcome)) }
  }
  const admin = await union.asAdmin()
  const tables = () =>
    tableDigests({
      lines: (sql: string) =>
        admin.unscoped(async (tx) =>
          (await tx.query<{ line: string }>(sql)).map(({ line }) => line).sort(),
        ),
    })
  const before = await tables()
  const same = (start: string) =>
    new RegExp(
      `${start} 通し番号1（(\\d+)件）: 同じ。(届いた|送った)中身がバイトまで同じです。台帳の行と同じ\\1件。`,
    )
  const [atUnion, atCity] = [
    await replayed('union:43', '2026-07-01'),
    await replayed(city, '2026-07-01'),
  ]
  for (const layout of ['住民基本台帳情報', '住登外登録情報', '所得・課税情報']) {
    assert.match(atUnion.sentences, same(`${city}から ${layout}`))
    assert.match(atCity.sentences, same(`union:43へ ${layout}`))
  }
  for (const layout of ['被保険者情報', '保険料情報']) {
    assert.match(atUnion.sentences, same(`${city}へ ${layout}`))
    assert.match(atCity.sentences, same(`union:43から ${layout}`))
  }
  for (const { outcomes } of [atUnion, atCity]) assert.deepEqual([...outcomes], ['same'])
  assert.deepEqual(await tables(), before)

  const insured = async (day: string) =>
    (await replayed('union:43', day)).sentences
      .split('\n')
      .filter((sentence) => sentence.startsWith(`${city}へ 被保険者情報`))
      .join()
  const returnTo = today
  today = '2026-07-02'
  try {
    const renamed = await call(code, 'POST', '/events', {
      kind: '氏名変更',
      eventId: randomUUID(),
      occurredOn: '2026-07-01',
      addresseeNumbers: [addresseeNumberOf(1)],
      name: '模擬　改名',
      nameKana: 'モギ　カイメイ',
    })
    assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
    await run(code, '/transfers', { step: '2-1' })
    await exchangeAll(code, ['2-2'])
    await ask(decideEntitlements, {})
    const unsaid = /: 同じ。.*その後に台帳が変わり、まだ知らせていないので比べない1件。/
    assert.match(await insured('2026-07-01'), unsaid)
    await ask(jobs.deliverInsured, {})
    await sendToMunicipality(code)
    const replaced = /: 同じ。.*後の送信（通し番号2）に替わったので比べない1件。/
    assert.match(await insured('2026-07-01'), replaced)
    assert.match(await insured('2026-07-02'), /通し番号2（1件）: 同じ。.*台帳の行と同じ1件。/)
    const exported = (await replayed(city, '2026-07-01')).sentences
    assert.match(exported, /union:43へ 住民基本台帳情報 .*後の送信（通し番号2）に替わった.*3件。/)
  } finally {
    today = returnTo
  }

  const change = (sql: string) => admin.transaction(scopeOf(code), (tx) => tx.run(sql))
  await change(`update eligibility.resident_record set digest = decode('${'1'.repeat(32)}', 'hex')
                 where municipality_code = '${code}' and line = 2 and register = 1`)
  await change(`update premium.income set digest = decode('${'2'.repeat(32)}', 'hex')
                 where municipality_code = '${code}' and line = 2`)
  await change(`update premium.assessment set months = 5 where municipality_code = '${code}'`)
  await change(`delete from eligibility.insured_delivery where municipality_code = '${code}'
                   and transmission_id = (select transmission_id from exchange.transmission
                                           where layout = '被保険者情報' and sequence_number = 2
                                             and municipality_code = '${code}')`)
  const spoilt = await replayed('union:43', '2026-07-01')
  const different = spoilt.sentences.split('\n').filter((one) => one.includes('違う。'))
  assert.equal(different.length, 4, spoilt.sentences)
  const told = different.join('\n')
  assert.match(told, /から 住民基本台帳情報 .*台帳の行と違う（内容）1件/)
  assert.match(told, /から 所得・課税情報 .*台帳の行と違う（内容）1件/)
  assert.match(told, /へ 保険料情報 .*台帳の行と違う（資格月数）\d+件/)
  assert.match(told, /へ 被保険者情報 .*台帳の行と違う（被保険者番号、資格取得年月日）1件/)
  // Whose they are stands nowhere.
  assert.doesNotMatch(told, /0000000000000\d\d|模擬/)
})

test('部分取込み: 隔離された行は送り手に戻り、直して送れば、直すものとして取り込まれて両側が合う', async () => {
  const code = '432032'
  const layout = '住民基本台帳情報'
  await transferAll(code)
  const admin = await parties.database.asAdmin()
  const setBirth = (birth: string) =>
    admin.transaction(scopeOf(code), (tx) =>
      tx.run(
        `update municipal_system.resident set birth_date = $2::date
          where municipality_code = $1 and addressee_number = $3`,
        [code, birth, addresseeNumberOf(11)],
      ),
    )
  // Nobody at the municipality checks a birth in the future; the union does.
  await setBirth('2031-10-10')
  await union.transaction(everywhere, (tx) =>
    setPolicy(
      tx,
      'union:43',
      layout,
      { acceptance: 'soundRows' },
      { account: '1', reason: '試験' },
    ),
  )
  try {
    await run(code, '/exports', { step: '2-2' })
    const id = await sendToUnion(code, `${code}-resident-register-000001`)
    const sealed = await union.transaction(everywhere, async (tx) => {
      const quarantine = await quarantineOf(tx, id)
      assert.deepEqual(quarantine, { rows: 3, atFault: 1, mendedBy: null })
      const parts: Buffer[] = []
      for await (const part of returnedRows(tx, unionPlace, id)) parts.push(part)
      return Buffer.concat(parts)
    })
    const returned = await fetch(
      `${service.url}/municipalities/${code}/exports/returned?layout=${encodeURIComponent(layout)}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${parties.tokens[code]}`,
          'content-type': 'application/octet-stream',
        },
        body: new Uint8Array(sealed),
      },
    )
    assert.deepEqual(await returned.json(), { returned: 3, found: 3 })
    await setBirth('1990-10-10')
    const exported = (await run(code, '/exports', { step: '2-2' })) as Record<string, unknown>
    assert.deepEqual(exported[layout], { rows: 3, mode: 'difference' })
    const mended = await sendToUnion(code, `${code}-resident-register-000002`)
    await union.transaction(everywhere, async (tx) => {
      assert.equal((await quarantineOf(tx, id))?.mendedBy, mended)
      assert.equal(await quarantineOf(tx, mended), null)
    })
    const after = (await reconcile()).find(
      (one) => one.municipality === code && one.layout === layout,
    )
    assert.deepEqual([after?.differences, after?.pending, after?.ownCount], [0, 0, 10])
  } finally {
    await union.transaction(everywhere, (tx) =>
      setPolicy(tx, 'union:43', layout, { acceptance: 'whole' }, { account: '1', reason: '試験' }),
    )
  }
})

test('受渡し記録: 送り手の市区町村が封入から書き、受け取られた媒体は探さず、受渡し票を印刷する', async () => {
  const code = '432024'
  const sent = (await exportsOf(code)).find(({ layout }) => layout === '住登外登録情報')
  const place = `/transmissions/${sent?.transmissionId}/custody`
  const event = { carrier: '情報課　試験　一郎', mediaCount: 1, on: '2026-07-01' }
  assert.equal((await call(code, 'GET', place)).status, 200)
  const early = await call(code, 'POST', place, { ...event, kind: '開封' })
  assert.equal(early.status, 422)
  assert.match(early.body.reasons[0] as string, /先に封入を/)
  assert.equal((await call(code, 'POST', place, { ...event, kind: '封入' })).status, 201)
  const handed = { ...event, kind: '受渡し', from: '市役所', to: '広域連合' }
  assert.equal((await call(code, 'POST', place, handed)).status, 201)
  // Its receipt is here already, so nobody looks for it.
  const { body } = await call<{ overdueMedia: unknown[] }>(code, 'GET', '/partners')
  assert.deepEqual(body.overdueMedia, [])
  const headers = { authorization: `Bearer ${parties.tokens[code]}` }
  const sheet = await fetch(`${service.url}/municipalities/${code}${place}.pdf`, { headers })
  const pdf = Buffer.from(await sheet.arrayBuffer())
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})

test('断られた配信: わけがなくなれば、次の配信が同じ通し番号を作り直し、後の番号も順に取り込まれて両側が合う', async () => {
  const [code] = codes
  const admin = await parties.database.asAdmin()
  // Whom the municipality does not find for a while: it refuses what tells of the person.
  const asKnown = async (from: string, to: string) => {
    for (const table of ['resident', 'insured_person'])
      await admin.transaction(scopeOf(code), (tx) =>
        tx.run(
          `update municipal_system.${table} set addressee_number = $3
            where municipality_code = $1 and addressee_number = $2`,
          [code, from, to],
        ),
      )
  }
  const sent = (layout: string) =>
    union.transaction(everywhere, async (tx) =>
      (await listTransmissions(tx, { direction: 'sent', layout, municipality: code })).reverse(),
    )
  const renamed = async (person: number, name: string) => {
    await call(code, 'POST', '/events', {
      kind: '氏名変更',
      eventId: randomUUID(),
      occurredOn: '2026-06-30',
      addresseeNumbers: [addresseeNumberOf(person)],
      name,
    })
    await run(code, '/transfers', { step: '2-1' })
    await exchangeAll(code, ['2-2'])
    await ask(decideEntitlements, {})
    await ask(jobs.deliverInsured, {})
  }
  const receive = async (transmissionId = '') => {
    const { manifestText, sealedFile } = await union.transaction(everywhere, (tx) =>
      handover(tx, unionPlace, transmissionId),
    )
    const { answer } = await carry(code, manifestText, sealedFile)
    await parties.finished(code, answer.job)
    const url = `${service.url}/municipalities/${code}/imports/${transmissionId}/receipt`
    const headers = { authorization: `Bearer ${parties.tokens[code]}` }
    const receipt = await (await fetch(url, { headers })).text()
    return await union.transaction(scopeOf(code), (tx) => recordReceipt(tx, unionPlace, receipt))
  }
  const layouts = ['被保険者情報', '保険料情報'] as const
  const before = { 被保険者情報: await sent('被保険者情報'), 保険料情報: await sent('保険料情報') }

  // What was told of premiums counts as untold, so that it is told again.
  const unionAdmin = await union.asAdmin()
  await unionAdmin.transaction(everywhere, (tx) =>
    tx.run('delete from premium.delivery where municipality_code = $1', [code]),
  )
  await renamed(1, '模擬　戊子')
  await ask(jobs.deliverPremiums, {})
  await asKnown(addresseeNumberOf(1), addresseeNumberOf(91))
  const first = await Promise.all(layouts.map(async (layout) => (await sent(layout)).at(-1)))
  assert.deepEqual(
    first.map((one) => one?.state),
    ['prepared', 'prepared'],
  )
  for (const one of first) {
    const answer = await receive(one?.transmissionId)
    assert.match(answer.sentence, /取り込みませんでした。/)
  }
  const refused = (await sent('被保険者情報')).at(-1)
  assert.equal(refused?.state, 'refused')
  assert.match(refused?.sentence ?? '', /次に被保険者情報を送るとき、通し番号\d+を作り直します。/)

  // The person is found again; of another something is to be told as well.
  await asKnown(addresseeNumberOf(91), addresseeNumberOf(1))
  await renamed(2, '模擬　己子')
  await ask(jobs.deliverPremiums, {})
  for (const layout of layouts) {
    const made = (await sent(layout)).slice(before[layout].length)
    const number = (before[layout].at(-1)?.sequenceNumber ?? 0) + 1
    assert.deepEqual(
      made.map(({ sequenceNumber, state }) => [sequenceNumber, state]),
      [
        [number, 'refused'],
        [number, 'prepared'],
        ...(layout === '被保険者情報' ? [[number + 1, 'prepared']] : []),
      ],
    )
    assert.equal(made[1]?.corrects, made[0]?.transmissionId)
    assert.equal(made[1]?.recordCount, made[0]?.recordCount)
  }
  await sendToMunicipality(code)
  for (const layout of layouts) assert.equal((await sent(layout)).at(-1)?.state, 'applied')
  // Once made again, it is not made a third time.
  await ask(jobs.deliverInsured, {})
  await ask(jobs.deliverPremiums, {})
  assert.deepEqual(
    (await sent('被保険者情報')).filter(({ state }) => state === 'prepared'),
    [],
  )
  const insured = (await reconcile()).find(
    (one) => one.municipality === code && one.layout === '被保険者情報',
  )
  assert.deepEqual([insured?.differences, insured?.pending], [0, 0])
})

test('宛先の停止: 受け取れない相手には後の番号を渡さず、ほかの相手には送り続け、解ければ順に渡って続きから始まる', async () => {
  const [code, neighbour] = codes
  const partner = `municipality:${code}`
  const sentTo = (municipality: string) =>
    union.transaction(everywhere, async (tx) =>
      (
        await listTransmissions(tx, { direction: 'sent', layout: '被保険者情報', municipality })
      ).map(({ sequenceNumber, state }) => [sequenceNumber, state]),
    )
  const lastTo = async (municipality: string) => Number((await sentTo(municipality))[0]?.[0] ?? 0)
  const before = await lastTo(code)
  const named = async (municipality: string, name: string) => {
    await call(municipality, 'POST', '/events', {
      kind: '氏名変更',
      eventId: randomUUID(),
      occurredOn: '2026-06-30',
      addresseeNumbers: [addresseeNumberOf(2)],
      name,
    })
    await run(municipality, '/transfers', { step: '2-1' })
    await exchangeAll(municipality, ['2-2'])
    await ask(decideEntitlements, {})
    await ask(jobs.deliverInsured, {})
  }
  const stopNow = () =>
    union.transaction(everywhere, (tx) => findDestinationStop(tx, unionPlace, partner))
  const hear = (text: string, municipality = code) =>
    union.transaction(scopeOf(municipality), (tx) => recordStopNotice(tx, unionPlace, text))
  const tell = async (kind: 'stopped' | 'lifted') => {
    const reason = kind === 'stopped' ? '置き場の空きがない' : '空きができた'
    const answer = await call(code, 'POST', '/receiving', { kind, reason })
    assert.equal(answer.status, 201)
    return (answer.body as unknown as { notice: string }).notice
  }
  const open = (sequenceNumber: number) =>
    union.transaction(everywhere, (tx) =>
      requireOpenDestination(tx, unionPlace, {
        ...{ receiver: partner, layout: '被保険者情報', sequenceNumber },
      }),
    )

  // Made before the stop, and not carried yet.
  await named(code, '模擬　甲子')
  assert.deepEqual((await sentTo(code))[0], [before + 1, 'prepared'])
  const shut = await tell('stopped')
  await assert.rejects(sendToMunicipality(code), /から受け取りを止めています（置き場の空きがない）/)
  const forged = shut.replace('空きがない', '空きがある')
  assert.match((await hear(forged)).sentence, /署名が.*確かめられません。何も変えていません。/)
  assert.match((await hear(shut, neighbour)).sentence, /こちらあてではありません/)
  assert.equal(await stopNow(), null)
  assert.match((await hear(shut)).sentence, /後の番号は渡さずに待ちます/)
  assert.match((await hear(shut)).sentence, /もう受け取っている知らせ/)
  assert.deepEqual([(await stopNow())?.toldBy, (await stopNow())?.since], ['相手', today])
  await assert.rejects(open(before + 1), /受け取りを止めています（置き場の空きがない）/)

  // Nothing new is made for it, while a neighbour is served.
  const served = (await sentTo(neighbour)).length
  await named(code, '模擬　乙子')
  await named(neighbour, '模擬　丙子')
  assert.equal(await lastTo(code), before + 1)
  assert.equal((await sentTo(neighbour)).length, served + 1)
  await sendToMunicipality(neighbour)

  const lifted = await tell('lifted')
  assert.match((await hear(lifted)).sentence, /待っていた番号から順に渡せます/)
  // The older word, brought again, stops nothing.
  assert.match((await hear(shut)).sentence, /何も変わりません/)
  assert.equal(await stopNow(), null)
  await open(before + 1)
  // The disk itself: its folder cannot be written, and nothing is half taken in.
  const folder = path.join(parties.dataFolder, 'exchange', code)
  await rename(folder, `${folder}.away`)
  await writeFile(folder, '')
  await assert.rejects(sendToMunicipality(code), /ファイルの置き場に書けません/)
  await rm(folder)
  await rename(`${folder}.away`, folder)
  await sendToMunicipality(code)
  assert.deepEqual((await sentTo(code))[0], [before + 1, 'applied'])
  await ask(jobs.deliverInsured, {})
  await sendToMunicipality(code)
  assert.deepEqual((await sentTo(code))[0], [before + 2, 'applied'])

  // A key that its authority has revoked stops the destination by itself, until a new one is there.
  const [{ keyId }] = await unionPlace.keys.of(partner)
  const day = plainDate(today)
  await revokeKey(parties.partyKeys, { keyId, on: day, reason: '媒体の紛失' })
  for (const { keyId: old } of (await unionPlace.keys.of(partner)).slice(1))
    await revokeKey(parties.partyKeys, { keyId: old, on: day, reason: '媒体の紛失' })
  assert.equal((await stopNow())?.toldBy, '鍵')
  assert.match((await stopNow())?.sentence ?? '', /失効しています（媒体の紛失）/)
  await assert.rejects(open(before + 3), /失効しています/)
  await renewPartyKeys(parties.partyKeys, partner)
  await named(code, '模擬　丁子')
  await sendToMunicipality(code)
  assert.deepEqual((await sentTo(code))[0], [before + 3, 'applied'])
})

test('全件照合: 途中で倒れても、済んだ組はやり直さず、次の組から続ける', async () => {
  const asked: string[] = []
  let falls = true
  const jobsThatFall = unionJobs({
    vault,
    keys: unionPlace.keys,
    filesFolder: unionPlace.folder,
    line: async (municipality, message) => {
      const { kind, layout } = JSON.parse(message) as { kind: string; layout?: string }
      if (kind === 'opening') asked.push(`${municipality} ${layout}`)
      if (falls && asked.length === 3) throw new Error('倒れた')
      return await overHttp(municipality, message)
    },
  })
  const { jobId } = await union.transaction(everywhere, (tx) =>
    enqueue(tx, jobsThatFall.reconcileFiles, {}, { requestedBy: '試験' }),
  )
  await runDueJobs({ database: union, jobs: jobsThatFall.all })
  const before = asked.splice(0)
  assert.equal(before.length, 3)
  falls = false
  await union.unscoped(async (tx) => {
    if ((await getJob(tx, jobId)).state === 'failed') await retryJob(tx, jobId)
    else await tx.run('update work.job set backoff_until = null where job_id = $1', [jobId])
  })
  await runDueJobs({ database: union, jobs: jobsThatFall.all })
  assert.equal((await union.unscoped((tx) => getJob(tx, jobId))).state, 'done')
  assert.deepEqual(asked[0], before[2], '倒れた組からもう一度')
  assert.ok(!asked.includes(before[0] as string) && !asked.includes(before[1] as string))
})
