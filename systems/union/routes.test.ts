import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { demoAccounts, may } from '@koiki/access'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import type {
  Job,
  JobList,
  Person,
  Today,
  Transmission,
  TransmissionDetail,
  TransmissionList,
  Why,
} from './api.ts'
import { routes } from './routes/index.ts'
import { type Desk, inventedIncome, inventedResident, settleTown, testUnion } from './testing.ts'

// What a desk would be handed: the service only needs a page to give out.
const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

const union = await testUnion({ after }, deskFolder)
await settleTown(union)
const amakusa = await union.enter('amakusa')
const kumamoto = await union.enter('kumamoto')
const tottori = await union.enter('tottori')
const premium = await union.enter('fuka')
const eligibility = await union.enter('shikaku')
const administrator = await union.enter('kanri')
const { url } = union.service

const json = async <T>(answer: Response): Promise<T> => {
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as T
}
const nothing = {
  code: 'NOT_FOUND',
  message: 'お調べしましたが、お伝えできる情報はありません。',
}
const referenceOf = async (desk: Desk, words: string): Promise<string> => {
  const [person] = (await desk.find(words)).people
  assert.ok(person !== undefined, `${words} が見つからない`)
  return person.person
}
const personOf = async (desk: Desk, words: string): Promise<Person> =>
  json<Person>(await desk.ask(`people/${await referenceOf(desk, words)}`, { purpose: 'premium' }))

test('誤りは1つも起きていない', () => assert.deepEqual(union.faults, []))

test('氏名・カナ・ローマ字・生年月日・番号で、同じ人がさがせる', async () => {
  for (const words of ['庭球 ハナ', 'ていきゅう はな', 'teikyuu hana', 'S16.9.12']) {
    const found = await amakusa.find(words)
    assert.deepEqual(
      found.people.map(({ name }) => name),
      ['庭球　ハナ'],
      words,
    )
    assert.ok(found.readAs.length > 0)
  }
})

test('同じ名前の人は、ちがう欄に印が付く', async () => {
  const { people } = await amakusa.find('庭球 正夫')
  assert.deepEqual(
    people.map(({ sameName, differs }) => [sameName, differs]),
    [
      [2, ['birth', 'town']],
      [2, ['birth', 'town']],
    ],
  )
})

test('12けたはさがさず、番号はどこにも残らない', async () => {
  const found = await amakusa.find('700000000011')
  assert.equal(found.total, 0)
  assert.equal(found.sentence, '個人番号では、ここからはさがせません。番号は残していません。')
  const left = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.query(`select 1 from audit.entry where purpose || act || actor_name like '%700000000011%'`),
  )
  assert.equal(left.length, 0)
})

test('窓口は自分の市区町村の人だけ、別の広域連合は別の広域連合の人だけが見える', async () => {
  assert.equal((await amakusa.find('庭球')).total, 3)
  assert.equal((await premium.find('庭球')).total, 3)
  assert.equal((await kumamoto.find('庭球')).total, 0)
  assert.equal((await tottori.find('庭球')).total, 0)
})

test('ほかの領域の参照・いない人・見せられない人は、同じ言葉の同じ答えになる', async () => {
  const own = await referenceOf(amakusa, '庭球 ハナ')
  const atUnion = await referenceOf(premium, '庭球 ハナ')
  assert.notEqual(own, atUnion)
  const asked: [Desk, string][] = [
    [amakusa, atUnion],
    [premium, own],
    [kumamoto, own],
    [tottori, atUnion],
    [amakusa, 'z'.repeat(26)],
    [amakusa, '0'.repeat(26)],
    [amakusa, '43100007'],
  ]
  for (const [desk, reference] of asked) {
    const answer = await desk.ask(`people/${reference}`, { purpose: 'premium' })
    assert.equal(answer.status, 404)
    assert.deepEqual(await answer.json(), nothing)
  }
})

test('行単位の権限は、画面の前に立つ人の範囲で効いている(0行でないことも確かめる)', async () => {
  const count = (municipality: string, code = '43') =>
    union.db.transaction({ union: code, municipality }, (tx) =>
      tx.one<{ n: number }>('select count(*)::integer as n from eligibility.insured_person'),
    )
  assert.equal((await count('*')).n, 6)
  assert.equal((await count('432156')).n, 6)
  assert.equal((await count('431001')).n, 0)
  assert.equal((await count('*', '31')).n, 0)
})

test('本人の頁には、資格・世帯・所得・賦課・連携・通知・閲覧がそろう', async () => {
  const person = await personOf(amakusa, '庭球 ハナ')
  assert.equal(person.standing.state, 'active')
  assert.deepEqual(
    person.eligibility.map(({ from, acquired, municipality }) => [from, acquired, municipality]),
    [['2016-09-12', '年齢到達', '天草市']],
  )
  assert.deepEqual(
    person.household.members.map(({ name, self, head }) => [name, self, head]),
    [
      ['庭球　正夫', false, true],
      ['庭球　ハナ', true, false],
    ],
  )
  assert.equal(person.incomes[0]?.items[0]?.yen, 780_000)
  assert.equal(person.decisions.length, 1)
  assert.deepEqual(
    person.deliveries.map(({ layout, to }) => [layout, to]),
    [
      ['保険料情報', '天草市'],
      ['被保険者情報', '天草市'],
    ],
  )
  assert.equal(person.notices.length, 1)
  assert.ok(person.looks.some(({ mine, act }) => mine && act === '本人の頁を見た'))
  assert.deepEqual(person.individualNumber, { held: true, on: null })
})

test('見た人は、用件とともに残り、だれが見たかが次に見る人に分かる', async () => {
  const pages = (looks: Person['looks'], mine = true) =>
    looks.filter((look) => look.act === '本人の頁を見た' && look.mine === mine).length
  const own = pages((await personOf(amakusa, '卓球')).looks)
  const before = pages((await personOf(premium, '卓球')).looks)
  const { looks } = await personOf(premium, '卓球')
  assert.ok(looks.some(({ name, purpose }) => name === '見本 天草' && purpose === '保険料の相談'))
  assert.equal(pages(looks), before + 1)
  // A counter sees what its own office did; what the union looked at is the union's to tell.
  const again = (await personOf(amakusa, '卓球')).looks
  assert.deepEqual([pages(again), pages(again, false)], [own + 1, 0])
})

test('用件のない閲覧は断られ、何も見えない', async () => {
  const answer = await amakusa.ask(`people/${await referenceOf(amakusa, '卓球')}`)
  assert.equal(answer.status, 400)
  assert.equal(((await answer.json()) as { code: string }).code, 'PURPOSE_MISSING')
})

test('取扱注意の人の住所は、どの答えにも載らない', async () => {
  const reference = await referenceOf(amakusa, '卓球')
  const texts = [
    await (await amakusa.post('search', { words: '卓球', purpose: 'premium' })).text(),
    await (await amakusa.ask(`people/${reference}`, { purpose: 'premium' })).text(),
  ]
  for (const text of texts) {
    assert.doesNotMatch(text, /秘密町/)
    assert.doesNotMatch(text, /8630000/)
  }
  const person = JSON.parse(texts[1] as string) as Person
  assert.equal(person.selfProvisionDisabled, true)
  assert.deepEqual(person.care, {
    flags: ['支援措置(不開示該当)', '支援措置(自己情報提供不可)'],
    since: '2025-09-03',
    until: '2026-09-02',
  })
  assert.deepEqual(
    person.notices.map(({ state }) => state),
    ['stopped'],
  )
  const notice = person.notices[0]?.notice
  const printed = await amakusa.ask(`people/${reference}/notices/${notice}`, { purpose: 'notice' })
  assert.equal(printed.status, 409)
  assert.match(((await printed.json()) as { message: string }).message, /担当へ回してください/)
})

test('なぜ: 条と数字までの道すじがあり、計算し直すと決定に一致する', async () => {
  const person = await personOf(premium, '庭球 ハナ')
  const decision = person.decisions[0]
  const why = await json<Why>(
    await premium.ask(`people/${person.person}/decisions/${decision?.decision}`, {
      purpose: 'premium',
    }),
  )
  assert.equal(why.annualYen, decision?.annualYen)
  assert.deepEqual([why.recomputed.yen, why.recomputed.agrees], [why.annualYen, true])
  const names = why.groups.map(({ name }) => name)
  assert.deepEqual(names.slice(0, 4), ['医療分', '子ども分', '保険料額', '軽減の判定'])
  assert.ok(names.includes('所得 庭球　ハナ'))
  const lines = why.groups.flatMap((group) => group.lines)
  assert.ok(lines.every(({ law, formula }) => law !== '' && formula !== ''))
  assert.ok(lines.some(({ law }) => /第?\d+条|条例/.test(law)))
  const [medical, child] = why.groups
  assert.equal((medical?.yen ?? 0) + (child?.yen ?? 0), why.annualYen)
  assert.equal(medical?.lines.at(-1)?.yen, medical?.yen)
  assert.ok(why.facts.some(({ text }) => text.includes('780,000円')))
  // The keys by which the house knows residents are nobody's business.
  assert.doesNotMatch(JSON.stringify(why), /43\d{10}/)
})

test('ほかの人の決定を、この人の頁から開くことはできない', async () => {
  const one = await personOf(premium, '庭球 ハナ')
  const other = await personOf(premium, '卓球')
  const answer = await premium.ask(
    `people/${one.person}/decisions/${other.decisions[0]?.decision}`,
    { purpose: 'premium' },
  )
  assert.equal(answer.status, 404)
})

test('通知書は、決定と同じ数字のPDFになる', async () => {
  const person = await personOf(amakusa, '庭球 ハナ')
  const answer = await amakusa.ask(`people/${person.person}/notices/${person.notices[0]?.notice}`, {
    purpose: 'notice',
  })
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const pdf = Buffer.from(await answer.arrayBuffer())
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})

test('ファイル: 送ると受領書が返り、検査のあとに取り込んだ数が分かる', async () => {
  const { transmissions, missing } = await json<TransmissionList>(
    await amakusa.ask('transmissions?direction=in'),
  )
  assert.deepEqual(missing, [])
  const residents = transmissions.find(({ layout }) => layout === '住民基本台帳情報')
  const detail = await json<TransmissionDetail>(
    await amakusa.ask(`transmissions/${residents?.transmission}`),
  )
  assert.equal(detail.transmission.state, 'applied')
  assert.deepEqual(
    detail.checks.map(({ state }) => state),
    ['good', 'good', 'good', 'good', 'good'],
  )
  assert.ok(detail.applied?.some(({ name, count }) => name === '新しい記録' && count === 6))
  const receipt = await amakusa.ask(`transmissions/${residents?.transmission}/receipt`)
  assert.equal(((await receipt.json()) as { kind: string }).kind, 'accepted')
})

test('ファイル: 誤りのあるファイルは1件も入らず、誤りファイルが受け取れる', async () => {
  const wrong = inventedResident(90, { 氏名カナ: null, 続柄: '妻' })
  const prepared = await union.prepare('431001', 住民基本台帳情報, [
    { ...wrong, 市区町村コード: '431001' },
  ])
  assert.equal((await union.send(kumamoto, prepared)).status, 201)
  await union.work()
  const list = await json<TransmissionList>(await kumamoto.ask('transmissions?direction=in'))
  const refused = list.transmissions.find(({ layout }) => layout === '住民基本台帳情報')
  assert.equal(refused?.state, 'refused')
  const detail = await json<TransmissionDetail>(
    await kumamoto.ask(`transmissions/${refused?.transmission}`),
  )
  assert.ok(detail.findings.length > 0)
  assert.equal(detail.applied, null)
  assert.ok(detail.checks.some(({ name, state }) => name === '項目' && state === 'bad'))
  const csv = await (
    await kumamoto.ask(`transmissions/${refused?.transmission}/findings.csv`)
  ).text()
  assert.match(csv, /エラーコード/)
  const today = await json<Today>(await kumamoto.ask('today'))
  assert.ok(today.waiting.some(({ sentence }) => sentence.includes('差し戻しました')))
})

test('ファイル: ほかの市区町村のファイルは、窓口が受け取らない', async () => {
  const prepared = await union.prepare('432156', 住民基本台帳情報, [inventedResident(91)])
  const answer = await union.send(kumamoto, prepared)
  assert.equal(answer.status, 422)
  assert.match(((await answer.json()) as { message: string }).message, /この窓口/)
})

test('ファイル: 順番の欠けは、いちばん大きな知らせとして出る', async () => {
  const income = inventedIncome(92, 780_000, { 市区町村コード: '431001' })
  await union.prepare('431001', 所得課税情報, [income])
  const third = await union.prepare('431001', 所得課税情報, [income])
  const answer = await union.send(kumamoto, third)
  assert.equal(answer.status, 201, await answer.clone().text())
  const list = await json<TransmissionList>(await kumamoto.ask('transmissions?direction=in'))
  assert.ok(list.missing.length > 0)
  assert.ok(list.transmissions.some(({ state }) => state === 'waiting'))
})

test('ファイル: 何頁あっても、前へたどれば全部が一度ずつ出て、全部の数を言う', async () => {
  const rows = 302
  // Long before anything that the other tests look for.
  await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.run(
      `with old as (
         insert into exchange.transmission
           select 43, format('00000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid, '432156',
                  'sent', '保険料情報', '2026-04', 'union:43', 'municipality:432156', n, null, at, 1,
                  '{}', 1, repeat('0', 64), 1, repeat('0', 64), 'none', '{}', at
             from generate_series(1, $1::integer) n,
                  lateral (select '2020-01-01'::timestamptz + (n / 100) * interval '1 day' as at) day
         returning union_code, transmission_id, municipality_code, recorded_at
       )
       insert into exchange.transmission_event
         select union_code, transmission_id, 1, municipality_code, 'applied', '', recorded_at from old`,
      [rows],
    ),
  )
  const numbers: number[] = []
  const lengths: number[] = []
  const first = 'transmissions?direction=out'
  for (let where: string | null = first; where !== null; ) {
    const page: TransmissionList = await json(await amakusa.ask(where))
    numbers.push(...page.transmissions.filter(({ at }) => at < '2021').map(({ number }) => number))
    lengths.push(page.transmissions.length)
    assert.ok(lengths.length < 9, '頁が終わらない')
    assert.ok(page.total >= rows)
    if (page.older === null)
      assert.equal(
        lengths.reduce((all, one) => all + one, 0),
        page.total,
      )
    where = page.older === null ? null : `${first}&older=${page.older}`
  }
  assert.ok(lengths.length > 1)
  assert.equal(numbers.length, rows)
  assert.equal(new Set(numbers).size, rows)
  const { older } = await json<TransmissionList>(await amakusa.ask(first))
  for (const answer of [
    await kumamoto.ask(`${first}&older=${older}`),
    await amakusa.ask(`transmissions?direction=in&older=${older}`),
  ])
    assert.deepEqual(
      [answer.status, ((await answer.json()) as typeof nothing).code],
      [404, 'NOT_FOUND'],
    )
})

test('ファイル: 配信は宛先の窓口だけが媒体に移せて、移したことが残る', async () => {
  const { transmissions } = await json<TransmissionList>(
    await amakusa.ask('transmissions?direction=out'),
  )
  const one = transmissions.find(({ layout }) => layout === '被保険者情報')
  assert.equal(one?.state, 'ready')
  assert.deepEqual(
    (await json<TransmissionList>(await kumamoto.ask('transmissions?direction=out'))).transmissions,
    [],
  )
  const manifest = await (await amakusa.ask(`transmissions/${one?.transmission}/manifest`)).text()
  const { sealed } = JSON.parse(manifest) as { sealed: { bytes: number } }
  const content = await amakusa.ask(`transmissions/${one?.transmission}/content`)
  const bytes = new Uint8Array(await content.arrayBuffer())
  assert.equal(bytes.byteLength, sealed.bytes)
  const after = await json<TransmissionDetail>(
    await amakusa.ask(`transmissions/${one?.transmission}`),
  )
  assert.equal(after.transmission.state, 'fetched')

  const forged = await amakusa.post('receipts', { receipt: '{"version":1}' })
  assert.equal(forged.status, 422)
  const receipt = await union.answer('432156', manifest, bytes)
  const settled = await json<Transmission>(await amakusa.post('receipts', { receipt }))
  assert.equal(settled.state, 'received')
  assert.equal((await kumamoto.post('receipts', { receipt })).status, 422)
})

test('実行: 役割の始められるものだけが並び、ほかは同じ言葉で断られる', async () => {
  const runsOf = async (desk: Desk) =>
    (await json<JobList>(await desk.ask('jobs'))).runs.map(({ run }) => run)
  assert.deepEqual(await runsOf(premium), [
    'assess-premiums',
    'deliver-premiums',
    'reconcile-files',
  ])
  assert.deepEqual(await runsOf(eligibility), [
    'decide-eligibility',
    'judge-copay',
    'rejudge-copay',
    'deliver-insured',
    'issue-certificates',
    'renew-certificates',
    'deliver-certificates',
    'deliver-provisions',
    'deliver-coming-of-age',
    'deliver-entitlement-changes',
    'deliver-issued-documents',
    'deliver-residence-provisions',
    'reconcile-files',
  ])
  assert.deepEqual(await runsOf(administrator), [])
  const refused = await eligibility.post('jobs', { run: 'assess-premiums' })
  assert.equal(refused.status, 404)
  assert.deepEqual(await refused.json(), nothing)
})

test('実行: もう一度賦課しても、同じ人の決定は増えない', async () => {
  const before = await personOf(premium, '庭球 ハナ')
  const started = await json<Job>(await premium.post('jobs', { run: 'assess-premiums' }))
  assert.equal(started.state, 'waiting')
  assert.equal(started.by, 'あなた')
  await union.work()
  const { job, results } = await json<{ job: Job; results: { name: string; count: number }[] }>(
    await premium.ask(`jobs/${started.job}`),
  )
  assert.equal(job.state, 'done')
  assert.equal(results.find(({ name }) => name === '決定した人')?.count, 0)
  assert.equal((await personOf(premium, '庭球 ハナ')).decisions.length, before.decisions.length)
})

test('実行: 待っているものは止められ、続きから始められる', async () => {
  const started = await json<Job>(await eligibility.post('jobs', { run: 'decide-eligibility' }))
  const stopped = await json<Job>(await eligibility.post(`jobs/${started.job}/cancel`, {}))
  assert.equal(stopped.state, 'cancelled')
  assert.equal(stopped.mayRetry, true)
  assert.equal(
    (await json<Job>(await eligibility.post(`jobs/${started.job}/retry`, {}))).state,
    'waiting',
  )
  await union.work()
  assert.equal(
    (await json<{ job: Job }>(await eligibility.ask(`jobs/${started.job}`))).job.state,
    'done',
  )
})

test('実行: 進みは、たずねなくても届く', async () => {
  const stop = new AbortController()
  const stream = await premium.ask('jobs/events', { signal: stop.signal })
  assert.match(stream.headers.get('content-type') ?? '', /event-stream/)
  const started = await json<Job>(await premium.post('jobs', { run: 'deliver-premiums' }))
  await union.work()
  let heard = ''
  const decoder = new TextDecoder()
  for await (const part of stream.body as unknown as AsyncIterable<Uint8Array>) {
    heard += decoder.decode(part)
    if (heard.includes(started.job) && heard.includes('"done"')) break
  }
  stop.abort()
  assert.match(heard, /event: job/)
})

test('別の広域連合の実行は、見えず、止められない', async () => {
  const { jobs } = await json<JobList>(await premium.ask('jobs'))
  assert.ok(jobs.length > 0)
  const other = await json<JobList>(await tottori.ask('jobs'))
  assert.deepEqual(other.jobs, [])
  const answer = await tottori.post(`jobs/${jobs[0]?.job}/cancel`, {})
  assert.equal(answer.status, 404)
})

const desks: Readonly<Record<string, Desk>> = {
  amakusa,
  kumamoto,
  tottori,
  fuka: premium,
  shikaku: eligibility,
  kanri: administrator,
}

test('権限の表: すべての役割×すべての道で、許されないものは「ない」のと同じ答えになる', async () => {
  const filler = 'z'.repeat(26)
  for (const account of demoAccounts) {
    const desk = desks[account.loginName]
    if (desk === undefined) continue
    for (const route of routes) {
      if (route.path === '/sign-out' || route.path === '/jobs/events') continue
      const allowed =
        route.realms.includes(desk.realm) &&
        (route.needs === 'nothing' || route.needs === 'session' || may(account, route.needs))
      const where = route.path.slice(1).replace(/:\w+/g, filler)
      const answer: Response =
        route.method === 'GET'
          ? await desk.ask(where, { purpose: 'premium' })
          : await desk.post(where, {})
      if (allowed) continue
      assert.equal(answer.status, 404, `${account.loginName} ${route.method} ${route.path}`)
      assert.deepEqual(await answer.json(), nothing)
    }
  }
})

test('サインインしていない人には、入口のほかのどの道も開かない', async () => {
  for (const route of routes)
    for (const realm of route.realms) {
      if (route.needs === 'nothing') continue
      const where = `${url}/${realm}/api${route.path.replace(/:\w+/g, 'z'.repeat(26))}`
      const answer = await fetch(where, {
        method: route.method,
        headers: { 'koiki-desk': '1', 'koiki-purpose': 'premium' },
      })
      assert.equal(answer.status, 401, `${route.method} ${where}`)
    }
})

test('別の領域のクッキーでは、入れない', async () => {
  const answer = await fetch(`${url}/union/api/session`, {
    headers: { cookie: amakusa.cookie.replace('koiki_counter', 'koiki_union') },
  })
  assert.equal(answer.status, 401)
})

test('よそのページからの操作は、受け付けない', async () => {
  const attempts: Record<string, string>[] = [
    { cookie: amakusa.cookie },
    { cookie: amakusa.cookie, 'koiki-desk': '1', origin: 'http://evil.example' },
    { cookie: amakusa.cookie, 'koiki-desk': '1', origin: 'http://localhost:1' },
    { cookie: amakusa.cookie, 'koiki-desk': '1', 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of attempts) {
    const answer = await fetch(`${url}/counter/api/search`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ words: '庭球', purpose: 'premium' }),
    })
    assert.equal(answer.status, 403)
  }
})

test('クッキーはスクリプトから読めず、その領域の中だけに送られる', async () => {
  const answer = await fetch(`${url}/counter/api/sign-in`, {
    method: 'POST',
    headers: { 'koiki-desk': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'amakusa', password: demoAccounts[0]?.password }),
  })
  const cookie = answer.headers.get('set-cookie') ?? ''
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  assert.match(cookie, /Path=\/counter(;|$)/)
})

test('まちがったパスワード・知らない名・別の入口の名は、同じ答えになる', async () => {
  const told = new Set<string>()
  for (const [account, password] of [
    ['amakusa', 'chigau password'],
    ['dare mo inai', 'chigau password'],
    ['fuka', demoAccounts[0]?.password],
  ]) {
    const answer = await fetch(`${url}/counter/api/sign-in`, {
      method: 'POST',
      headers: { 'koiki-desk': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ account, password }),
    })
    assert.equal(answer.status, 403)
    told.add(((await answer.json()) as { message: string }).message)
  }
  assert.equal(told.size, 1)
})

test('どの答えにも守りの見出しが付き、しまわれない', async () => {
  for (const where of ['/', '/counter', '/counter/api/door', '/counter/people/x', '/nowhere']) {
    const { headers } = await fetch(`${url}${where}`)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
  }
})

test('頼みの形がちがうと、どの項目かを言い、値はくり返さない', async () => {
  const answer = await amakusa.post('search', { words: '庭球', purpose: '秘密の用件' })
  assert.equal(answer.status, 400)
  const told = await answer.text()
  assert.match(told, /purpose/)
  assert.doesNotMatch(told, /秘密の用件/)
  const broken = await amakusa.ask('search', {
    method: 'POST',
    body: '{"words": "庭球',
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(broken.status, 400)
  assert.doesNotMatch(await broken.text(), /JSON|Unexpected|庭球/)
})

test('記録には道の形だけが残り、名前・番号・参照は残らない', async () => {
  const reference = await referenceOf(amakusa, '庭球 ハナ')
  await amakusa.ask(`people/${reference}`, { purpose: 'premium' })
  const text = JSON.stringify(union.log)
  assert.match(text, /\/counter\/api\/people\/:person/)
  assert.doesNotMatch(text, new RegExp(reference))
  assert.doesNotMatch(text, /庭球|\d{8}/)
})

test('約束の文書は、同じ形から作られ、すべての道を載せる', async () => {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, { responses: object }>>
  }
  assert.equal(document.openapi, '3.1.0')
  for (const route of routes) {
    const where = `/{realm}/api${route.path.replace(/:(\w+)/g, '{$1}')}`
    assert.ok(document.paths[where]?.[route.method.toLowerCase()], where)
  }
})
