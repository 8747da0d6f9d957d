import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import type {
  CustodyLog,
  DecidedStop,
  FilePolicies,
  Partners,
  PlausibilityDetail,
  QuarantineDetail,
} from './api/partners.ts'
import type { JobList, Today, Transmission, TransmissionList } from './api.ts'
import { type Desk, inventedIncome, inventedResident, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-desk-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>画面</title>')

const union = await testUnion({ after }, deskFolder)
const counter = await union.enter('amakusa')
const clerk = await union.enter('shikaku')
const tax = await union.enter('fuka')
const administrator = await union.enter('kanri')
const town = '432156'

const json = async <T>(answer: Response): Promise<T> => {
  assert.ok(answer.ok, `${answer.status} ${await answer.clone().text()}`)
  return (await answer.json()) as T
}

const setPolicy = async (layout: string, change: object): Promise<void> => {
  const body = { layout, change, reason: '試験' }
  await json(await administrator.post('partners/policies', body))
}

/** Sends a file from the counter and lets it be taken in; each desk knows it by a reference of its own. */
async function send(
  prepared: Parameters<typeof union.send>[1],
): Promise<Transmission & { atCounter: string }> {
  const { transmission } = await json<Transmission>(await union.send(counter, prepared))
  await union.work()
  const { layout, municipality, sequenceNumber } = prepared.manifest
  const { transmissions } = await json<TransmissionList>(
    await clerk.ask('transmissions?direction=in'),
  )
  const found = transmissions.find(
    (other) =>
      other.layout === layout &&
      other.municipality.code === municipality &&
      other.number === sequenceNumber,
  )
  assert.ok(found)
  return { ...found, atCounter: transmission }
}

const one = async (desk: Desk, transmission: string): Promise<Transmission> =>
  (await json<{ transmission: Transmission }>(await desk.ask(`transmissions/${transmission}`)))
    .transmission

const held = async (): Promise<{ name: string; town: string | null }[]> =>
  union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.query(
      `select r.addressee_number as name, c.town_name as town
         from eligibility.resident r
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
        order by 1`,
    ),
  )

const people = (from: number, until: number, given: Parameters<typeof inventedResident>[1] = {}) =>
  Array.from({ length: until - from + 1 }, (_, at) => inventedResident(from + at, given))

test('相手のようすは、窓口には自分の市区町村だけ、広域連合にはすべて見え、便りの流れにも出る', async () => {
  await send(await union.prepare(town, 住民基本台帳情報, people(1, 3)))
  const own = await json<Partners>(await counter.ask('partners'))
  assert.deepEqual([...new Set(own.partners.map(({ municipality }) => municipality.code))], [town])
  assert.deepEqual([...new Set(own.partners.map(({ state }) => state))], ['平常'])
  const all = await json<Partners>(await clerk.ask('partners'))
  const registers = all.partners.filter(({ layout }) => layout === 住民基本台帳情報.name)
  assert.equal(registers.length, 45)
  assert.equal(all.on, '2026-07-01')
  assert.ok(all.keys.some(({ municipality, state }) => municipality === null && state === 'sound'))

  const stopping = new AbortController()
  const stream = await clerk.ask('jobs/events', { signal: stopping.signal })
  let heard = ''
  for await (const part of stream.body as unknown as AsyncIterable<Uint8Array>) {
    heard += Buffer.from(part).toString()
    if (/event: partners\ndata: .*\n/.test(heard)) break
  }
  stopping.abort()
  const data = /event: partners\ndata: (.*)\n/.exec(heard)?.[1] as string
  assert.deepEqual(JSON.parse(data).overdueMedia, 0)
})

test('もっともらしくないファイルは確認待ちになり、担当者が通すまで1件も変わらず、断れば送り直せる', async () => {
  await setPolicy(住民基本台帳情報.name, {
    plausibility: { judgedFrom: 3, added: 10, countChange: 10, changed: 0.1, yearChange: 10 },
  })
  try {
    await send(await union.prepare(town, 住民基本台帳情報, people(11, 20)))
    const before = await held()
    const moved = people(11, 20, { 町字: '移った町' })
    const strange = await send(await union.prepare(town, 住民基本台帳情報, moved))
    assert.equal(strange.state, 'held')
    assert.deepEqual(await held(), before)
    const place = `transmissions/${strange.transmission}`
    const found = await json<PlausibilityDetail>(await clerk.ask(`${place}/plausibility`))
    assert.deepEqual(
      found.doubts.map(({ item }) => item),
      ['変わった人'],
    )
    assert.equal(found.figures.find(({ name }) => name === '内容が変わった人')?.value, 10)
    assert.equal(found.decision, null)

    const behind = await send(await union.prepare(town, 住民基本台帳情報, moved))
    assert.equal(behind.state, 'waiting')
    const { jobs } = await json<JobList>(await clerk.ask('jobs'))
    assert.deepEqual(
      jobs.filter(({ state }) => state === 'failed'),
      [],
    )
    const { waiting } = await json<Today>(await clerk.ask('today'))
    assert.ok(
      waiting.some(({ sentence }) =>
        /前の番号を待っています。通し番号\d+がふだんと違い、確認を待っているので.*ひとりでに進みます/.test(
          sentence,
        ),
      ),
    )

    const decide = (desk: Desk, where: string, decision: string) =>
      desk.post(`${where}/admission`, { decision, reason: '町の名が変わったと確かめた' })
    const atCounter = `transmissions/${strange.atCounter}`
    assert.equal((await decide(counter, atCounter, 'letIn')).status, 404)
    assert.equal((await clerk.post(`${place}/admission`, { decision: 'letIn' })).status, 400)
    await json(await decide(clerk, place, 'letIn'))
    await union.work()
    assert.equal((await one(clerk, strange.transmission)).state, 'applied')
    assert.equal((await one(clerk, behind.transmission)).state, 'applied')
    assert.equal((await held()).filter((row) => row.town === '移った町').length, 10)
    assert.equal((await decide(tax, place, 'refused')).status, 409)

    const back = people(11, 20)
    const second = await send(await union.prepare(town, 住民基本台帳情報, back))
    assert.equal(second.state, 'held')
    const refused = await json<Transmission>(
      await decide(tax, `transmissions/${second.transmission}`, 'refused'),
    )
    assert.equal(refused.state, 'refused')
    await union.work()
    assert.equal((await held()).filter((row) => row.town === '移った町').length, 10)
    const receipt = (await (
      await counter.ask(`transmissions/${second.atCounter}/receipt`)
    ).json()) as { kind: string; sentence: string }
    assert.equal(receipt.kind, 'refused')
    assert.match(receipt.sentence, /取り込まないことにしました/)
    await closeGap()
  } finally {
    await setPolicy(住民基本台帳情報.name, { plausibility: { judgedFrom: 100 } })
  }
})

/** A refused number holds up the later ones; here it is closed, as a mended file would close it. */
async function closeGap(): Promise<void> {
  await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.run(
      `update exchange.sequence_position p
          set transmission_id = null, skipped_because = '試験で閉じた'
        where exists (select from exchange.transmission_event e
                       where e.transmission_id = p.transmission_id and e.state = 'refused')`,
    ),
  )
}

test('所得の合計が前の年の半分になったファイルも、住民の届いていない人の所得も、確認待ちになる', async () => {
  await setPolicy(所得課税情報.name, {
    plausibility: { judgedFrom: 5, insuredWithoutIncome: 1, incomeUnknown: 0.3 },
  })
  await send(await union.prepare(town, 住民基本台帳情報, people(31, 40)))
  const incomes = (year: number, yen: number) =>
    Array.from({ length: 10 }, (_, at) => inventedIncome(31 + at, yen, { 課税年度: year }))
  const first = await send(await union.prepare(town, 所得課税情報, incomes(2025, 2_000_000)))
  assert.equal(first.state, 'applied')
  // Whose residents nobody has told of: the figures say how many, and a clerk lets it in.
  const strangers = [
    ...incomes(2026, 2_000_000).slice(0, 6),
    ...[0, 1, 2, 3].map((at) => inventedIncome(9_001 + at, 2_000_000, { 課税年度: 2026 })),
  ]
  const foreign = await send(await union.prepare(town, 所得課税情報, strangers))
  assert.equal(foreign.state, 'held')
  const place = `transmissions/${foreign.transmission}`
  const { doubts, figures } = await json<PlausibilityDetail>(await tax.ask(`${place}/plausibility`))
  assert.deepEqual(
    doubts.map(({ item }) => item),
    ['住民のいない所得', '所得のある人数'],
  )
  assert.match(doubts[0]?.sentence ?? '', /10件のうち4件（40\.0％）.*境は30\.0％/)
  assert.equal(figures.find(({ name }) => name === '前の年度に所得のあった人')?.value, 10)
  await json(
    await clerk.post(`${place}/admission`, { decision: 'letIn', reason: '転入の届きを待つ' }),
  )
  await union.work()
  const halved = await send(await union.prepare(town, 所得課税情報, incomes(2026, 1_000_000)))
  assert.equal(halved.state, 'held')
  const found = await json<PlausibilityDetail>(
    await tax.ask(`transmissions/${halved.transmission}/plausibility`),
  )
  assert.deepEqual(
    found.doubts.map(({ item }) => item),
    ['所得の合計'],
  )
  const rows = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.query('select from premium.income where fiscal_year = 2026'),
  )
  assert.equal(rows.length, 6)
})

test('部分取込み: 隔離した行の番号が見え、送り手だけが開けるファイルが渡り、直した送信で済む', async () => {
  await setPolicy(住民基本台帳情報.name, { acceptance: 'soundRows' })
  try {
    const rows = people(51, 54).map((row, at) =>
      at === 2 ? { ...row, 生年月日: plainDate('2030-01-01') } : row,
    )
    const partly = await send(await union.prepare(town, 住民基本台帳情報, rows))
    assert.equal(partly.state, 'applied')
    const place = `transmissions/${partly.atCounter}`
    const quarantine = await json<QuarantineDetail>(await counter.ask(`${place}/quarantine`))
    assert.deepEqual(quarantine, {
      ...{ rows: 1, atFault: 1, mendedBy: null },
      lines: [{ line: 4, because: 'row' }],
    })
    const file = Buffer.from(await (await counter.ask(`${place}/quarantine.age`)).arrayBuffer())
    assert.match(file.toString('latin1'), /^age-encryption\.org\/v1\n/)
    assert.ok(!file.includes('庭球'))
    const atUnion = `transmissions/${partly.transmission}/quarantine`
    assert.equal((await json<QuarantineDetail>(await clerk.ask(atUnion))).rows, 1)
    assert.equal((await clerk.ask(`${atUnion}.age`)).status, 404)
    const receipt = (await (await counter.ask(`${place}/receipt`)).json()) as Record<string, number>
    assert.equal(receipt.acceptance, 'soundRows')
    assert.equal(receipt.appliedCount! + receipt.quarantinedCount!, receipt.recordCount)
  } finally {
    await setPolicy(住民基本台帳情報.name, { acceptance: 'whole' })
  }
})

test('受渡し記録は窓口と広域連合が足し、受渡し票には人のことが出ない。順の違うものは断る', async () => {
  const sent = await send(await union.prepare(town, 住民基本台帳情報, people(61, 61)))
  const place = `transmissions/${sent.transmission}`
  assert.equal((await clerk.ask(`${place}/custody.pdf`)).status, 404)
  const event = {
    ...{ kind: '受渡し', carrier: '市民課　試験　一郎', from: '天草市', to: '広域連合' },
    ...{ mediaCount: 1, on: '2026-07-01' },
  }
  const { log } = await json<CustodyLog>(
    await counter.post(`transmissions/${sent.atCounter}/custody`, event),
  )
  assert.deepEqual(
    log.map(({ kind, carrier }) => [kind, carrier]),
    [['受渡し', '市民課　試験　一郎']],
  )
  const wrong = await clerk.post(`${place}/custody`, {
    ...event,
    kind: '封入',
    from: null,
    to: null,
  })
  assert.equal(wrong.status, 422)
  assert.match(((await wrong.json()) as { message: string }).message, /送り手の記録に書きます/)
  const opened = { kind: '開封', carrier: '資格課', mediaCount: 1, on: '2026-07-01' }
  await json(await clerk.post(`${place}/custody`, opened))
  const pdf = Buffer.from(await (await clerk.ask(`${place}/custody.pdf`)).arrayBuffer())
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.equal((await administrator.post(`${place}/custody`, opened)).status, 404)
})

test('取決めは管理者だけが変え、だれでも見られる。形の違う変更は何も変えない', async () => {
  const before = await json<FilePolicies>(await clerk.ask('partners/policies'))
  const body = { layout: 住民基本台帳情報.name, reason: '試験', change: { cadenceDays: 0 } }
  assert.equal((await administrator.post('partners/policies', body)).status, 400)
  assert.equal((await clerk.post('partners/policies', body)).status, 404)
  const strange = { ...body, change: { cadence: 1 } }
  assert.equal((await administrator.post('partners/policies', strange)).status, 400)
  assert.deepEqual(await json(await clerk.ask('partners/policies')), before)
  assert.equal(
    before.policies.find(({ layout }) => layout === 住民基本台帳情報.name)?.cadenceDays,
    1,
  )
})

test('抜けた番号は欠番のしらせになり、わけを書いて欠番とすれば、待っていたものが取り込まれる', async () => {
  const lost = await union.prepare(town, 住民基本台帳情報, people(71, 71))
  const waiting = await send(await union.prepare(town, 住民基本台帳情報, people(72, 72)))
  assert.equal(waiting.state, 'waiting')
  const number = lost.manifest.sequenceNumber
  const newsOf = async () =>
    (await json<Partners>(await clerk.ask('partners'))).partners.find(
      (one) => one.municipality.code === town && one.layout === 住民基本台帳情報.name,
    )
  const gap = await newsOf()
  assert.deepEqual([gap?.state, gap?.missing], ['欠番', [number]])
  const today = await json<{ waiting: { sentence: string }[] }>(await clerk.ask('today'))
  assert.ok(today.waiting.some(({ sentence }) => /天草市の便りが.*欠番/.test(sentence)))
  const body = { municipality: town, layout: 住民基本台帳情報.name, reason: '媒体が割れた' }
  assert.equal((await clerk.post('partners/gaps', { ...body, number: number + 5 })).status, 409)
  assert.equal((await counter.post('partners/gaps', { ...body, number })).status, 404)
  assert.deepEqual(await json(await clerk.post('partners/gaps', { ...body, number })), {
    released: 1,
  })
  await union.work()
  assert.equal((await one(clerk, waiting.transmission)).state, 'applied')
  assert.equal((await newsOf())?.state, '平常')
  const list = await json<TransmissionList>(await clerk.ask('transmissions?direction=in'))
  assert.ok(list.missing.every((gap) => gap.layout !== 住民基本台帳情報.name))
})

type Refused = { code: string; message: string }
const refusal = async (answer: Response): Promise<[number, string, string]> => {
  const { code, message } = (await answer.json()) as Refused
  return [answer.status, code, message]
}
const stopsNow = async (desk: Desk) => (await json<Partners>(await desk.ask('partners'))).stops

test('宛先を止めると、番号は作られず渡されもせず、だれがいつ止めたかが両方の席に見え、解けば続きから渡せる', async () => {
  // Of another town: whom it makes insured here would be missing from the files of the other tests.
  const [target, seat] = ['431001', await union.enter('kumamoto')] as const
  const sendFrom = async (from: number, until: number): Promise<void> => {
    const there = { 市区町村コード: target, 市区郡町村名: '熊本市' }
    const medium = await union.prepare(target, 住民基本台帳情報, people(from, until, there))
    assert.equal((await union.send(seat, medium)).status, 201)
    await union.work()
  }
  await sendFrom(81, 82)
  for (const run of ['decide-eligibility', 'deliver-insured']) {
    await json(await clerk.post('jobs', { run }))
    await union.work()
  }
  const made = async () =>
    (
      await json<TransmissionList>(await seat.ask('transmissions?direction=out'))
    ).transmissions.filter(({ state }) => state === 'ready')
  const [ready] = await made()
  assert.ok(ready)
  const count = (await made()).length
  const waiting = async () =>
    (await json<Partners>(await clerk.ask('partners'))).destinations.find(
      ({ municipality }) => municipality.code === target,
    )?.waiting
  assert.equal(await waiting(), count)

  const reason = '置き場を移している'
  const stop = { municipality: target, kind: 'stopped', reason }
  assert.equal((await seat.post('partners/stops', stop)).status, 404)
  assert.equal((await administrator.post('partners/stops', stop)).status, 404)
  // Of another union, of nobody, and of the whole union: none is a destination of this one.
  for (const municipality of ['312011', '439999', '430000'])
    assert.equal((await clerk.post('partners/stops', { ...stop, municipality })).status, 404)
  assert.equal((await clerk.post('partners/stops', { ...stop, reason: '　' })).status, 400)
  const [, notStopped, inWords] = await refusal(
    await clerk.post('partners/stops', { ...stop, kind: 'lifted' }),
  )
  assert.equal(notStopped, 'NOT_STOPPED')
  assert.match(inWords, /熊本市は止まっていません/)
  assert.deepEqual(await stopsNow(seat), [])

  const { stops } = await json<DecidedStop>(await clerk.post('partners/stops', stop))
  const { name } = await json<{ name: string }>(await clerk.ask('session'))
  assert.deepEqual(
    stops.map((one) => [one.municipality.name, one.toldBy, one.by, one.reason, one.waiting]),
    [['熊本市', '自分', name, reason, count]],
  )
  assert.equal(stops[0]?.at, '2026-07-01T00:00:00.000Z')
  // The counter is told that the union stopped it, and why; not which clerk.
  assert.deepEqual(
    await stopsNow(seat),
    stops.map((one) => ({ ...one, by: null })),
  )
  assert.equal(await waiting(), undefined)
  const [twice, code, message] = await refusal(await tax.post('partners/stops', stop))
  assert.deepEqual([twice, code], [409, 'STOPPED_ALREADY'])
  assert.match(message, new RegExp(`熊本市へ渡すのは、${name}さんがもう止めています（${reason}）`))

  const place = `transmissions/${ready.transmission}/content`
  const [shut, why, said] = await refusal(await seat.ask(place))
  assert.deepEqual([shut, why], [409, 'STOPPED'])
  assert.match(said, /置き場を移している/)
  await sendFrom(83, 83)
  for (const run of ['decide-eligibility', 'deliver-insured']) {
    await json(await clerk.post('jobs', { run }))
    await union.work()
  }
  assert.equal((await made()).length, count)

  const lift = { ...stop, kind: 'lifted', reason: '移し終えた' }
  assert.deepEqual(await json(await tax.post('partners/stops', lift)), { stops: [] })
  assert.equal((await refusal(await clerk.post('partners/stops', lift)))[1], 'NOT_STOPPED')
  assert.equal((await seat.ask(place)).status, 200)
  await json(await clerk.post('jobs', { run: 'deliver-insured' }))
  await union.work()
  // One was carried, and what was held back has been made.
  assert.equal((await made()).length, count)
})

test('2人が同じ時に止めても1人だけが止め、市区町村の知らせによる停止は広域連合からは解けない', async () => {
  const elsewhere = await union.enter('kumamoto')
  const stop = { municipality: town, kind: 'stopped', reason: '試験' }
  const both = await Promise.all([clerk, tax].map((desk) => desk.post('partners/stops', stop)))
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])

  const notice = await union.tell(town, 'stopped', '入れ替えのため')
  assert.equal((await clerk.post('partners/notices', { notice })).status, 404)
  const [status, , foreign] = await refusal(await elsewhere.post('partners/notices', { notice }))
  assert.equal(status, 422)
  assert.match(foreign, /こちらあてではありません。何も変えていません/)
  const [, , forged] = await refusal(
    await counter.post('partners/notices', { notice: notice.replace('入れ替え', '引っ越し') }),
  )
  assert.match(forged, /署名が.*確かめられません/)
  // It stays stopped: an hour that stands still lets no later word of the same town end it.
  await json(await counter.post('partners/notices', { notice }))
  const again = await json<{ sentence: string }>(await counter.post('partners/notices', { notice }))
  assert.match(again.sentence, /もう受け取っている知らせです/)
  assert.deepEqual(
    (await stopsNow(clerk)).map(({ toldBy, reason, by }) => [toldBy, reason, by !== null]),
    [
      ['相手', '入れ替えのため', false],
      ['自分', '試験', true],
    ],
  )
  assert.deepEqual(await stopsNow(elsewhere), [])

  const lift = { ...stop, kind: 'lifted' }
  const { stops } = await json<DecidedStop>(await clerk.post('partners/stops', lift))
  assert.deepEqual(
    stops.map(({ toldBy }) => toldBy),
    ['相手'],
  )
  const [theirs, , told] = await refusal(await clerk.post('partners/stops', lift))
  assert.equal(theirs, 409)
  assert.match(told, /天草市を止めているのは広域連合ではありません。.*解除の知らせ/)
})
