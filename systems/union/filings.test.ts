import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { individualNumberCheckDigit, plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import type {
  CancelledFiling,
  Difference,
  Differences,
  Draft,
  Drafts,
  Failure,
  Filing,
  FilingKinds,
  FilingPreview,
  FilingQueue,
  FilingReceipt,
  Person,
  PersonPast,
  Presence,
  ResolvedDifferences,
} from './api.ts'
import { routes } from './routes/index.ts'
import { type Desk, inventedResident, settleTown, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

const union = await testUnion({ after }, deskFolder)
await settleTown(union)
const amakusa = await union.enter('amakusa')
const kumamoto = await union.enter('kumamoto')
const eligibility = await union.enter('shikaku')
const premium = await union.enter('fuka')
const tottori = await union.enter('tottori')

/** Numbers of the file's own, so that each can be searched for afterwards. */
const typed: string[] = []
const number = (running: number): string => {
  const body = String(88_000_000_000 + running)
  const digits = `${body}${individualNumberCheckDigit(body)}`
  typed.push(digits)
  return digits
}

const ok = async <T>(answer: Response, status = 200): Promise<T> => {
  const text = await answer.text()
  assert.equal(answer.status, status, text)
  answers.push(text)
  return JSON.parse(text) as T
}
const answers: string[] = []
const failed = (answer: Response, status: number): Promise<Failure> => ok<Failure>(answer, status)
const put = (desk: Desk, where: string, body: unknown): Promise<Response> =>
  desk.ask(where, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const personOf = async (desk: Desk, words: string): Promise<string> =>
  (await desk.find(words)).people[0]?.person ?? assert.fail(words)

const address = {
  postalCode: '8630001',
  prefecture: '熊本県',
  municipalityName: '天草市',
  town: '架空町五丁目',
  houseNumber: '５番５号',
  building: null,
}
let addressees = 5000
const base = {
  person: null as string | null,
  addresseeNumber: null as string | null,
  filedOn: '2026-07-01',
  occurredOn: null as string | null,
  filer: 'self',
  proxy: null,
  fields: {} as Record<string, unknown>,
  numberState: 'blank',
  numberReason: '書いていなかった' as string | null,
  numberCheck: null as string | null,
  identityCheck: ['driversLicence'],
  documents: [] as string[],
}
const written = { numberState: 'written', numberReason: null, numberCheck: 'individualNumberCard' }
const moveIn = (name: string, kana: string, municipalityName = '天草市') => ({
  ...base,
  kind: 'acquisitionMoveIn',
  filingId: randomUUID(),
  addresseeNumber: String(++addressees).padStart(15, '0'),
  occurredOn: '2026-06-28',
  fields: {
    name,
    nameKana: kana,
    birthDate: '1943-03-03',
    sex: '2',
    address: { ...address, municipalityName },
    formerLoss: 'none',
  },
})
const waitingNumber = (person: string) => ({
  ...base,
  kind: 'numberChange',
  filingId: randomUUID(),
  person,
  occurredOn: '2026-06-28',
})

test('種類: どの届書にも、条文・出せる人・項目・決まると動くものがあり、金額と日数は単位を言う(J6)', async () => {
  const { kinds, identityDocuments } = await ok<FilingKinds>(await amakusa.ask('filings/kinds'))
  assert.equal(kinds.length, 29)
  for (const kind of kinds) {
    assert.ok(kind.article !== '' && kind.filers.length > 0 && kind.leadsTo.length > 0, kind.kind)
    for (const field of kind.fields) {
      assert.equal(field.type === 'amount', field.unit !== null, `${kind.kind}.${field.name}`)
      assert.equal(field.type === 'choice', field.choices !== null, `${kind.kind}.${field.name}`)
    }
  }
  assert.deepEqual(
    kinds.filter(({ termDays }) => termDays !== null).every(({ termDays }) => termDays === 14),
    true,
  )
  assert.ok(identityDocuments.some(({ photograph }) => !photograph))
})

test('受付: 番号は一度だけ入り、その場で資格が決まり、本人の頁が開ける。2度送っても一件', async () => {
  const digits = number(1)
  const filing = {
    ...moveIn('水球　ヨネ', 'スイキュウ　ヨネ'),
    ...written,
    individualNumber: digits,
  }
  const receipt = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
  assert.equal(receipt.answer, 'granted')
  assert.match(receipt.receiptNumber, /^432156-R8-\d{5}$/)
  assert.match(receipt.insuredNumber ?? '', /^\d{8}$/)
  assert.deepEqual(
    receipt.decisions.map(({ kind, effectiveOn }) => [kind, effectiveOn]),
    [['取得', '2026-06-28']],
  )
  const again = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
  assert.deepEqual(again, receipt)
  const person = await ok<Person>(
    await amakusa.ask(`people/${receipt.person}`, { purpose: 'application' }),
  )
  assert.deepEqual(person.individualNumber, { held: true, on: null })
  assert.ok(person.looks.some(({ act, mine }) => mine && act === '届書を受け付けた'))
  const other = await failed(
    await amakusa.post('filings', { ...filing, occurredOn: '2026-06-27' }),
    409,
  )
  assert.equal(other.code, 'USED_BEFORE')
  assert.match(other.message, new RegExp(receipt.receiptNumber))
  const changed = await failed(
    await amakusa.post('filings', { ...filing, individualNumber: number(2) }),
    409,
  )
  assert.equal(changed.code, 'USED_BEFORE')
})

test('決定の途中で通信が切れても、データベースのつなぎが倒れても、同じ filingId の答えは1つで正しい', async () => {
  const admin = await union.db.asAdmin()
  const whole = { union: '43', municipality: '*' }
  /** Lets a filing come as far as its 被保険者番号 and no further, and then something happens to it. */
  const interrupted = async (
    filing: object,
    happens: (pid: number, cut: AbortController) => Promise<unknown>,
  ): Promise<number | 'cut'> => {
    const cut = new AbortController()
    return union.db.transaction(whole, async (tx) => {
      await tx.run('select from eligibility.number_counter where union_code = 43 for update')
      const asking = amakusa
        .ask('filings', {
          method: 'POST',
          body: JSON.stringify(filing),
          headers: { 'content-type': 'application/json' },
          signal: cut.signal,
        })
        .then(
          ({ status }) => status,
          () => 'cut' as const,
        )
      let waiting: { pid: number } | null = null
      while (waiting === null)
        waiting = await admin.unscoped((spy) =>
          spy.maybe<{ pid: number }>(
            `select pid from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock' limit 1`,
          ),
        )
      await happens(waiting.pid, cut)
      return asking
    })
  }
  const filed = (filing: { filingId: string }) =>
    union.db.transaction(whole, (tx) =>
      tx.one<{ filings: number; events: number }>(
        `select (select count(*) from eligibility.filing where filing_id = $1) as filings,
                (select count(*) from eligibility.filing_event where filing_id = $1) as events`,
        [filing.filingId],
      ),
    )
  const ways = {
    cut: async (_: number, cut: AbortController) => cut.abort(),
    killed: (pid: number) =>
      admin.unscoped((tx) => tx.query('select pg_terminate_backend($1)', [pid])),
  }
  for (const [way, happens] of Object.entries(ways)) {
    const filing = moveIn('鎌田　イネ', 'カマタ　イネ')
    const before = union.faults.length
    const answer = await interrupted(filing, happens)
    if (way === 'cut') assert.equal(answer, 'cut')
    else assert.ok(Number(answer) >= 500, String(answer))
    const receipt = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
    assert.deepEqual([receipt.answer, receipt.decisions.length], ['granted', 1], way)
    const again = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
    assert.deepEqual(again, receipt)
    assert.deepEqual(await filed(filing), { filings: 1, events: 1 }, way)
    // A connection that dies is a fault, and is known as one; here it was wanted.
    ;(union.faults as unknown[]).splice(before)
  }
})

test('受付: 誤りは全部を一度に言い、番号の誤りは何も残さず、次にすることを言う', async () => {
  const digits = number(3)
  const filing = {
    ...moveIn('水球　サダ', 'すいきゅう'),
    ...written,
    individualNumber: `${digits.slice(0, 11)}${(Number(digits[11]) + 5) % 10}`,
    occurredOn: null,
  }
  const failure = await failed(await amakusa.post('filings', filing), 422)
  assert.equal(failure.code, 'STOPPED')
  assert.deepEqual(failure.faults?.map(({ at }) => at).sort(), [
    'fields.nameKana',
    'individualNumber',
    'occurredOn',
  ])
  const preview = await ok<FilingPreview>(
    await amakusa.post('filings/preview', {
      ...filing,
      filingId: undefined,
    }),
  )
  assert.equal(preview.answer, null)
  assert.equal(preview.faults.length, 3)
  const { person } = { person: await personOf(amakusa, '庭球 ハナ') }
  const hidden = await failed(
    await amakusa.post('filings', {
      ...base,
      kind: 'disabilityWithdrawal',
      filingId: randomUUID(),
      person,
      fields: { nextInsurer: `国保 ${digits}` },
    }),
    422,
  )
  assert.deepEqual(
    hidden.faults?.map(({ at, code }) => [at, code]),
    [['fields.nextInsurer', 'numberInText']],
  )
  const differs = await failed(
    await amakusa.post('filings', {
      ...base,
      ...written,
      kind: 'certificateApplication',
      filingId: randomUUID(),
      person,
      fields: { reason: 'noCard' },
      individualNumber: digits,
    }),
    422,
  )
  assert.equal(differs.faults?.[0]?.code, 'numberDiffers')
  assert.deepEqual(
    differs.faults?.[0]?.next.map(({ code }) => code),
    ['retype', 'numberChange', 'anotherPerson'],
  )
})

test('下見: 決まると動くものと、前と後の資格が見え、何も残らない', async () => {
  const before = (await ok<FilingQueue>(await amakusa.ask('filings?state=all'))).total
  const preview = await ok<FilingPreview>(
    await amakusa.post('filings/preview', {
      ...base,
      kind: 'lossMoveOut',
      person: await personOf(amakusa, '庭球 ハナ'),
      occurredOn: '2026-06-30',
      fields: { destination: 'otherPrefecture', movedTo: '401307' },
    }),
  )
  assert.equal(preview.answer, 'granted')
  assert.deepEqual(
    [preview.timelineBefore.at(-1)?.until, preview.timelineAfter.at(-1)?.until],
    [null, '2026-06-30'],
  )
  assert.ok(preview.moves.some((line) => line.startsWith('保険料')))
  assert.equal((await ok<FilingQueue>(await amakusa.ask('filings?state=all'))).total, before)
})

test('列: 足りない届書が待ち、さがせて、持てて、補うと進む', async () => {
  const person = await personOf(amakusa, '辻')
  const filing = waitingNumber(person)
  const receipt = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
  assert.equal(receipt.state, 'incomplete')
  assert.deepEqual(
    receipt.missing.map(({ code }) => code),
    ['individualNumber'],
  )
  for (const words of ['よしの', '吉野 辻子', receipt.receiptNumber, '個人番号変更']) {
    const found = await ok<FilingQueue>(await amakusa.post('filings/search', { words }))
    assert.ok(
      found.rows.some((row) => row.receiptNumber === receipt.receiptNumber),
      words,
    )
  }
  const nobody = await ok<FilingQueue>(await amakusa.post('filings/search', { words: '甲乙丙' }))
  assert.equal(nobody.rows.length, 0)
  const held = await ok<Filing>(
    await amakusa.post(`filings/${receipt.filing}/assign`, { version: 1, to: 'me' }),
  )
  assert.equal(held.row.assignee?.me, true)
  const mine = await ok<FilingQueue>(await amakusa.ask('filings?assigned=me'))
  assert.ok(mine.rows.some((row) => row.filing === receipt.filing))
  assert.deepEqual([mine.rows[0]?.ageDays, mine.rows[0]?.dueOn], [0, '2026-07-12'])
  const colleague = mine.assignees.find(({ me }) => !me)
  assert.equal(colleague?.name, '見本 天草市')
  const handed = await ok<Filing>(
    await amakusa.post(`filings/${receipt.filing}/assign`, { version: 2, to: colleague?.account }),
  )
  assert.deepEqual([handed.row.assignee?.name, handed.row.assignee?.me], ['見本 天草市', false])
  const stranger = await amakusa.post(`filings/${receipt.filing}/assign`, {
    version: 3,
    to: 'z'.repeat(26),
  })
  assert.equal(stranger.status, 404)
  const done = await ok<Filing>(
    await amakusa.post(`filings/${receipt.filing}/supplement`, {
      version: 3,
      individualNumber: number(4),
      numberCheck: 'individualNumberCard',
    }),
  )
  assert.equal(done.row.state, 'granted')
  assert.equal(done.content.numberHeld, true)
  assert.deepEqual(
    done.events.map(({ act }) => act),
    ['received', 'assigned', 'assigned', 'supplemented'],
  )
  assert.deepEqual(done.may.includes('cancel'), true)
})

test('2人の担当者: 先に変えた人がいれば409で、だれがいつ何をしたかが分かる。2人は互いが見える', async () => {
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', waitingNumber(await personOf(amakusa, '庭球 ハナ'))),
    201,
  )
  const queue = await ok<FilingQueue>(
    await eligibility.post('filings/search', { words: receipt.receiptNumber }),
  )
  const atUnion = queue.rows[0]?.filing ?? assert.fail('広域の列にない')
  assert.notEqual(atUnion, receipt.filing)
  const alone = await ok<Presence>(
    await put(amakusa, `presence/${receipt.filing}`, { of: 'filing' }),
  )
  assert.deepEqual(alone.others, [])
  const both = await ok<Presence>(await put(eligibility, `presence/${atUnion}`, { of: 'filing' }))
  assert.deepEqual(
    both.others.map(({ name, place }) => [name, place]),
    [['見本 天草', '天草市の窓口']],
  )
  await ok(await eligibility.post(`filings/${atUnion}/assign`, { version: 1, to: 'me' }))
  const noted = await amakusa.post(`filings/${receipt.filing}/withdraw`, {
    version: 2,
    reason: `番号 ${number(9)}`,
  })
  assert.equal((await failed(noted, 422)).faults?.[0]?.at, 'reason')
  const late = await failed(
    await amakusa.post(`filings/${receipt.filing}/withdraw`, { version: 1, reason: '来ない' }),
    409,
  )
  assert.equal(late.code, 'CHANGED')
  assert.deepEqual(
    [late.changed?.by, late.changed?.what, late.changed?.version],
    ['見本 資格', '担当を決めた', 2],
  )
})

test('広域の席からも受け付けられる。記録のない人には市区町村が要る。住基を待つ届書だけを並べられる', async () => {
  const filing = { ...moveIn('氷球　キク', 'ヒョウキュウ　キク') }
  const unknown = await failed(await eligibility.post('filings', filing), 400)
  assert.equal(unknown.at, 'municipality')
  const outside = { ...filing, municipality: '312011' }
  assert.equal((await failed(await eligibility.post('filings', outside), 400)).at, 'municipality')
  const receipt = await ok<FilingReceipt>(
    await eligibility.post('filings', { ...filing, municipality: '432156' }),
    201,
  )
  assert.match(receipt.receiptNumber, /^432156-/)
  const awaiting = await ok<FilingQueue>(
    await amakusa.ask('filings?state=all&reconciliation=awaiting'),
  )
  assert.ok(awaiting.rows.some((row) => row.receiptNumber === receipt.receiptNumber))
  const own = awaiting.rows.find((row) => row.receiptNumber === receipt.receiptNumber)
  const ofPerson = await ok<FilingQueue>(
    await amakusa.ask(`filings?state=all&person=${own?.person}`),
  )
  assert.deepEqual(
    ofPerson.rows.map((row) => row.receiptNumber),
    [receipt.receiptNumber],
  )
  const draft = await put(eligibility, `drafts/${randomUUID()}`, {
    version: 0,
    title: '広域の下書き',
    content: {},
  })
  assert.equal((await ok<Draft>(draft)).version, 1)
})

test('送付先: 受け付けた席では効かせられず、別の人が確かめて効く', async () => {
  const person = await personOf(amakusa, '庭球 正夫')
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', {
      ...base,
      kind: 'destinationRegister',
      filingId: randomUUID(),
      person,
      fields: {
        recipientName: '庭球　次郎',
        relation: 'family',
        destination: address,
        covers: 'premium',
        reason: '入院している',
      },
    }),
    201,
  )
  assert.equal(receipt.state, 'awaitingCheck')
  const own = await failed(
    await amakusa.post(`filings/${receipt.filing}/check`, { version: 1, agree: true }),
    422,
  )
  assert.match(own.message, /2人目になれません/)
  const queue = await ok<FilingQueue>(await eligibility.ask('filings?state=awaitingCheck'))
  const atUnion = queue.rows.find((row) => row.receiptNumber === receipt.receiptNumber)
  const checked = await ok<Filing>(
    await eligibility.post(`filings/${atUnion?.filing}/check`, { version: 1, agree: true }),
  )
  assert.equal(checked.row.state, 'granted')
})

test('訂正: 1人目の入力は、2人目にも同僚にも答えのどこにもなく、同じ入力で効く。ちがえば2人にだけ並ぶ', async () => {
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', moveIn('弓道　スエ', 'キュウドウ　スエ')),
    201,
  )
  const person = await personOf(eligibility, '弓道 スエ')
  const entry = { name: '弓道　末子', birthDate: '1943-03-08' }
  const correction = {
    ...base,
    kind: 'identityCorrection',
    filingId: randomUUID(),
    numberReason: null,
    person: await personOf(amakusa, '弓道 スエ'),
    documents: ['correctionProof'],
    fields: entry,
  }
  const first = await ok<FilingReceipt>(await amakusa.post('filings', correction), 201)
  assert.equal(first.state, 'awaitingCheck')
  const found = await ok<FilingQueue>(
    await eligibility.post('filings/search', {
      words: first.receiptNumber,
      state: 'awaitingCheck',
    }),
  )
  assert.equal(found.rows[0]?.kana, 'キュウドウ　スエ')
  const at = `filings/${found.rows[0]?.filing}`
  const blind = await (await eligibility.ask(at)).text()
  assert.doesNotMatch(blind, /末子|1943-03-08|昭和18年3月8日/)
  const seen = JSON.parse(blind) as Filing
  assert.deepEqual(
    [seen.hidden, seen.may.includes('second'), seen.may.includes('check')],
    [true, true, false],
  )
  const own = await ok<Filing>(await amakusa.ask(`filings/${first.filing}`))
  assert.deepEqual([own.hidden, own.may.includes('second')], [false, false])
  const second = (desk: Desk, filing: string, version: number, fields: object) =>
    desk.post(`${filing}/second`, { version, fields })
  assert.equal((await second(amakusa, `filings/${first.filing}`, 1, entry)).status, 422)
  assert.equal((await second(kumamoto, `filings/${first.filing}`, 1, entry)).status, 404)
  assert.equal((await second(premium, at, 1, entry)).status, 404)
  const other = await ok<Filing>(await second(eligibility, at, 1, { ...entry, name: '弓道　未子' }))
  assert.deepEqual(
    other.compared.filter(({ differs }) => differs).map(({ first: a, second: b }) => [a, b]),
    [['弓道　末子', '弓道　未子']],
  )
  const again = await ok<Filing>(
    await amakusa.post(`filings/${first.filing}/supplement`, { version: 2, note: '見直した' }),
  )
  assert.equal(again.row.state, 'awaitingCheck')
  const seenBoth = await ok<Filing>(await eligibility.ask(at))
  assert.deepEqual([seenBoth.hidden, seenBoth.may.includes('second')], [true, false])
  assert.match(seenBoth.whyNotSecond ?? '', /まだ見ていない3人目/)
  assert.equal((await second(eligibility, at, 3, entry)).status, 422)
  const third = await union.colleague('shikaku')
  const unseen = (
    await ok<FilingQueue>(
      await third.post('filings/search', { words: first.receiptNumber, state: 'awaitingCheck' }),
    )
  ).rows[0]?.filing
  const done = await ok<Filing>(await second(third, `filings/${unseen}`, 3, entry))
  assert.deepEqual([done.row.state, done.hidden], ['granted', false])
  const shown = await ok<Person>(
    await eligibility.ask(`people/${person}`, { purpose: 'application' }),
  )
  assert.equal(shown.name, '弓道　末子')
  assert.ok(receipt.person !== null)
})

test('列: 開いた一覧を便りで取り直しても、閲覧は新しく目に入った人の分だけ増える', async () => {
  const looks = () =>
    union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
      tx.one<{ looks: number; persons: number }>(
        `select count(*) as looks, coalesce(sum(person_count), 0)::integer as persons
           from audit.entry where act = 'filing.queue' and municipality_code = '431001'`,
      ),
    )
  const search = async (again: boolean) =>
    ok<FilingQueue>(await kumamoto.post('filings/search', { words: '', state: 'all', again }))
  const before = await looks()
  const { rows } = await search(false)
  await search(true)
  await search(true)
  const opened = await looks()
  assert.ok(opened.looks <= before.looks + 1)
  assert.ok(opened.persons <= before.persons + rows.length)
  await ok(await kumamoto.post('filings', moveIn('馬術　ミチ', 'バジュツ　ミチ', '熊本市')), 201)
  await search(true)
  await search(true)
  assert.deepEqual(await looks(), { looks: opened.looks + 1, persons: opened.persons + 1 })
  await search(false)
  assert.equal((await looks()).looks, opened.looks + 2, '開き直せば、もう一度残る')
})

test('取消: 見せるだけなら何も変わらず、確かめれば前に戻る', async () => {
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', moveIn('籠球　ミネ', 'ロウキュウ　ミネ')),
    201,
  )
  const cancel = (confirm: boolean) =>
    amakusa.post(`filings/${receipt.filing}/cancel`, { version: 1, reason: '別の人', confirm })
  const shown = await ok<CancelledFiling>(await cancel(false))
  assert.deepEqual([shown.confirmed, shown.filing, shown.preview.timelineAfter], [false, null, []])
  const done = await ok<CancelledFiling>(await cancel(true))
  assert.equal(done.filing?.row.state, 'cancelled')
})

test('ほかの市区町村と別の広域連合には、届書も人も「ない」のと同じ答えになる', async () => {
  const person = await personOf(amakusa, '庭球 ハナ')
  const receipt = await ok<FilingReceipt>(await amakusa.post('filings', waitingNumber(person)), 201)
  const nothing = {
    code: 'NOT_FOUND',
    message: 'お調べしましたが、お伝えできる情報はありません。',
  }
  const attempts: Response[] = [
    await kumamoto.ask(`filings/${receipt.filing}`),
    await kumamoto.post(`filings/${receipt.filing}/assign`, { version: 1, to: 'me' }),
    await kumamoto.post(`filings/${receipt.filing}/withdraw`, { version: 1, reason: 'x' }),
    await kumamoto.post(`filings/${receipt.filing}/cancel`, {
      version: 1,
      reason: 'x',
      confirm: false,
    }),
    await kumamoto.post('filings', waitingNumber(person)),
    await put(kumamoto, `presence/${receipt.filing}`, { of: 'filing' }),
    await tottori.ask(`filings/${receipt.filing}`),
  ]
  for (const answer of attempts) assert.deepEqual(await failed(answer, 404), nothing)
  for (const desk of [kumamoto, tottori]) {
    const { rows } = await ok<FilingQueue>(await desk.ask('filings?state=all'))
    assert.ok(rows.every((row) => row.municipality !== '天草市'))
  }
})

test('別の役割には、届書のどの道も、できないと文で答える', async () => {
  const own = routes.filter(({ path: where }) =>
    /^\/(filings|drafts|differences|presence)/.test(where),
  )
  assert.ok(own.length >= 19)
  for (const { method, path: where } of own) {
    const answer = await premium.ask(where.slice(1).replace(/:\w+/g, 'z'.repeat(26)), {
      method,
      ...(method === 'GET' || method === 'DELETE'
        ? {}
        : { body: '{}', headers: { 'content-type': 'application/json' } }),
    })
    assert.equal(answer.status, 404, `${method} ${where}`)
    assert.match(((await answer.json()) as Failure).message, /お伝えできる情報はありません/)
  }
})

test('下書き: 利用者ごとに残り、個人番号らしいものは断り、別の窓の後からは上書きしない', async () => {
  const id = randomUUID()
  const save = (desk: Desk, version: number, content: unknown) =>
    put(desk, `drafts/${id}`, { version, title: '資格取得届', content })
  const first = await ok<Draft>(await save(amakusa, 0, { name: '水球', step: 3 }))
  assert.equal(first.version, 1)
  assert.equal((await ok<Draft>(await save(amakusa, 1, { name: '水球　ヨネ' }))).version, 2)
  const lost = await failed(await save(amakusa, 1, { name: '古い' }), 409)
  assert.deepEqual([lost.code, lost.changed?.version], ['CHANGED', 2])
  const kept = await ok<Draft>(await amakusa.ask(`drafts/${id}`))
  assert.deepEqual(kept.content, { name: '水球　ヨネ' })
  // Made by chance by a desk: digits only, and the last group would be a number with the right check digit.
  const chance = `00000000-0000-4000-8000-${number(10)}`
  const other = { version: 0, title: '', content: { filingId: chance } }
  await ok<Draft>(await put(amakusa, `drafts/${randomUUID()}`, other))
  typed.pop()
  const digits = number(5)
  for (const content of [
    { memo: digits },
    { memo: `番号 ${digits.replace(/(.{4})/g, '$1-')}` },
    { deep: [{ n: Number(digits) }] },
    { memo: digits.replace(/\d/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)) },
    { individualNumber: '1' },
  ]) {
    const refusal = await failed(await save(amakusa, 2, content), 422)
    assert.match(refusal.message, /個人番号らしい/)
  }
  assert.equal((await failed(await eligibility.ask(`drafts/${id}`), 404)).code, 'NOT_FOUND')
  assert.equal((await save(eligibility, 0, { name: '横取り' })).status, 404)
  const list = await ok<Drafts>(await amakusa.ask('drafts'))
  assert.ok(list.drafts.some(({ draft, title }) => draft === id && title === '資格取得届'))
  assert.deepEqual(await ok(await amakusa.ask(`drafts/${id}`, { method: 'DELETE' })), {
    gone: true,
  })
  assert.equal((await amakusa.ask(`drafts/${id}`)).status, 404)
})

test('突合: 住基のファイルを取り込むと差異が並び、窓口からも見え、1度で直せる(1-6)', async () => {
  const filing = moveIn('排球　トメ', 'ハイキュウ　トメ')
  const receipt = await ok<FilingReceipt>(await amakusa.post('filings', filing), 201)
  const registered = inventedResident(addressees, {
    個人番号: null,
    氏名: '排球　トメ',
    氏名カナ: 'ハイキュウ　トメ',
    生年月日: plainDate('1943-03-03'),
    町字: '架空町五丁目',
    番地号: '５番５号',
    郵便番号: '8630001',
    住民となった日: plainDate('2026-06-29'),
    異動年月日: plainDate('2026-06-29'),
    異動事由: '01',
    操作年月日: plainDate('2026-07-01'),
  })
  const prepared = await union.prepare('432156', 住民基本台帳情報, [registered])
  await ok(await union.send(amakusa, prepared), 201)
  await union.work()
  const open = async (desk: Desk) =>
    (await ok<Differences>(await desk.ask('differences'))).differences.filter(
      (one) => one.receiptNumber === receipt.receiptNumber,
    )
  const [found, ...rest] = await open(amakusa)
  assert.deepEqual(rest, [])
  assert.deepEqual(
    [found?.item, found?.counter, found?.register, found?.cause],
    ['住民となった日', '令和8年6月28日', '令和8年6月29日', '日付の入力誤り'],
  )
  assert.deepEqual(await open(kumamoto), [])
  const resolve = (desk: Desk, one: Difference | undefined) =>
    desk.post(`differences/${one?.difference}/resolve`, { take: 'register', note: '住基が正しい' })
  assert.equal((await resolve(kumamoto, found)).status, 404)
  const settled = await ok<Difference>(await resolve(eligibility, (await open(eligibility))[0]))
  assert.equal(settled.resolution?.by, '見本 資格')
  const again = await failed(await resolve(amakusa, found), 409)
  assert.equal(again.changed?.by, '見本 資格')
  const filed = await ok<Filing>(await amakusa.ask(`filings/${receipt.filing}`))
  assert.equal(filed.row.reconciliation, 'settled')
  assert.match(filed.events.at(-1)?.note ?? '', /住基を採る — 住基が正しい/)
})

test('突合: いくつもの差異を、動くものを見てから、まとめて1度で直せる', async () => {
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', moveIn('漕艇　フジ', 'ソウテイ　フジ')),
    201,
  )
  const registered = inventedResident(addressees, {
    個人番号: null,
    氏名: '漕艇　フジ',
    氏名カナ: 'ソウテイ　フジ',
    生年月日: plainDate('1943-03-03'),
    町字: '架空町六丁目',
    番地号: '５番５号',
    住民となった日: plainDate('2026-06-29'),
    異動年月日: plainDate('2026-06-29'),
    異動事由: '01',
    操作年月日: plainDate('2026-07-01'),
  })
  const prepared = await union.prepare('432156', 住民基本台帳情報, [registered])
  await ok(await union.send(amakusa, prepared), 201)
  await union.work()
  await ok(await eligibility.post('jobs', { run: 'decide-eligibility' }))
  await union.work()
  const found = (await ok<Differences>(await amakusa.ask('differences'))).differences.filter(
    (one) => one.receiptNumber === receipt.receiptNumber,
  )
  assert.deepEqual(found.map(({ item }) => item).sort(), ['住所', '住民となった日'].sort())
  const choices = found.map(({ difference, item }) => ({
    difference,
    take: item === '住民となった日' ? 'counter' : 'register',
  }))
  const resolve = (desk: Desk, confirm: boolean) =>
    desk.post('differences/resolve', { choices, note: '転入届で確かめた', confirm })
  assert.equal((await resolve(kumamoto, true)).status, 404)
  const shown = await ok<ResolvedDifferences>(await resolve(amakusa, false))
  assert.ok(shown.moves.some((line) => line.startsWith('資格確認書等')))
  const still = await ok<Filing>(await amakusa.ask(`filings/${receipt.filing}`))
  assert.deepEqual([still.differences, still.row.reconciliation], [2, 'differs'])
  const done = await ok<ResolvedDifferences>(await resolve(amakusa, true))
  assert.deepEqual(done.moves, shown.moves)
  const settled = await ok<Filing>(await amakusa.ask(`filings/${receipt.filing}`))
  assert.deepEqual([settled.differences, settled.row.reconciliation], [0, 'settled'])
  assert.equal((await failed(await resolve(amakusa, true), 409)).code, 'CHANGED')
  const person = await ok<Person>(
    await amakusa.ask(`people/${receipt.person}`, { purpose: 'application' }),
  )
  assert.equal(person.standing.from, '2026-06-28')
})

test('過去の見え方: 時点は当日と前日で分かれ、知った日より後の決定は現れず、来ていない日とほかの市の人は断る', async () => {
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', moveIn('水球　フサ', 'スイキュウ　フサ')),
    201,
  )
  const ask = (desk: Desk, asOf: string, knownOn: string, person = receipt.person) =>
    desk.ask(`people/${person}/past?asOf=${asOf}&knownOn=${knownOn}`, { purpose: 'application' })
  const seen = await Promise.all(
    [
      ['2026-06-27', '2026-07-01'],
      ['2026-06-28', '2026-07-01'],
      ['2026-06-28', '2026-06-30'],
    ].map(async ([asOf, knownOn]) => ok<PersonPast>(await ask(amakusa, asOf!, knownOn!))),
  )
  assert.deepEqual(
    seen.map(({ standing, timeline, now }) => [standing, timeline.length, now.length]),
    [
      ['令和8年6月27日に、資格はありません。', 1, 1],
      ['資格があります(令和8年6月28日から)。', 1, 1],
      ['この日までに、資格の決定はまだありませんでした。', 0, 1],
    ],
  )
  assert.match(seen[0]!.sentence, /^過去の見え方です: .*ここでは何も書けません。$/)
  for (const [desk, asOf, status] of [
    [amakusa, '2026-07-02', 400],
    [amakusa, '2026-02-30', 400],
    [kumamoto, '2026-06-28', 404],
  ] as const)
    assert.equal((await ask(desk, asOf, '2026-07-01')).status, status)
})

test('暦にない日でも、打てない字でも、さがせないと言うだけで、倒れない', async () => {
  const misfit = async (answer: Promise<Response>) => (await failed(await answer, 400)).at
  assert.equal(await misfit(amakusa.ask('filings?older=2026-02-30')), 'older')
  const words = 'れ\u0000い'
  assert.equal(await misfit(amakusa.post('filings/search', { words, state: 'all' })), 'words')
  assert.equal(await misfit(amakusa.post('search', { words, purpose: 'application' })), 'words')
})

test('取扱注意の人の届書では、居所の分かる項目を載せない', async () => {
  const person = await personOf(amakusa, '卓球')
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', {
      ...base,
      kind: 'addressChange',
      filingId: randomUUID(),
      person,
      occurredOn: '2026-06-30',
      fields: { address: { ...address, town: '隠れ町七丁目' } },
    }),
    201,
  )
  const text = await (await amakusa.ask(`filings/${receipt.filing}`)).text()
  assert.doesNotMatch(text, /隠れ町/)
  const shown = JSON.parse(text) as Filing
  assert.deepEqual(
    shown.content.fields.map(({ name, withheld }) => [name, withheld]),
    [['address', true]],
  )
  assert.equal(shown.row.handleWithCare, true)

  const stays = [{ from: '2026-01-01', until: '2026-05-30', place: '隠れ病院' }]
  const recipient = { recipientName: '隠れ　花代', relation: 'family', covers: 'all' }
  const papers = [
    ['longHospitalisation', ['stayProof'], { categoryIIFrom: '2025-08-01', stays }],
    [
      'acquisitionOther',
      [],
      { cause: '隠れ町から', formerLoss: 'unconfirmed', formerInsurerName: '隠れ市の国保' },
    ],
    ['destinationRegister', [], { ...recipient, destination: address, reason: '隠れ町にいるため' }],
  ] as const
  for (const [kind, documents, fields] of papers) {
    const filing = {
      ...base,
      kind,
      filingId: randomUUID(),
      person,
      occurredOn: kind === 'acquisitionOther' ? '2026-06-30' : null,
      numberReason: kind === 'destinationRegister' ? null : base.numberReason,
      documents,
      fields,
    }
    const preview = await (await amakusa.post('filings/preview', filing)).text()
    const taken = await amakusa.post('filings', filing)
    assert.equal(taken.status, 201, preview)
    const answer = await taken.text()
    const page = await amakusa.ask(`filings/${(JSON.parse(answer) as FilingReceipt).filing}`)
    for (const said of [preview, answer, await page.text()]) assert.doesNotMatch(said, /隠れ/, kind)
  }
})

test('便り: 届書が動くと、たずねなくても列に知れる。ほかの市区町村には聞こえない', async () => {
  const stop = new AbortController()
  const own = await amakusa.ask('filings/events', { signal: stop.signal })
  const other = await kumamoto.ask('filings/events', { signal: stop.signal })
  const receipt = await ok<FilingReceipt>(
    await amakusa.post('filings', waitingNumber(await personOf(amakusa, '辻'))),
    201,
  )
  let heard = ''
  const decoder = new TextDecoder()
  for await (const part of own.body as unknown as AsyncIterable<Uint8Array>) {
    heard += decoder.decode(part)
    if (heard.includes(receipt.filing)) break
  }
  assert.match(heard, /event: filing/)
  const rugby = moveIn('闘球　ハル', 'トウキュウ　ハル', '熊本市')
  const kumamotoFiling = await ok<FilingReceipt>(
    await kumamoto.post('filings', {
      ...rugby,
      fields: { ...rugby.fields, birthDate: '1960-01-01' },
    }),
    201,
  )
  let others = ''
  for await (const part of other.body as unknown as AsyncIterable<Uint8Array>) {
    others += decoder.decode(part)
    if (others.includes(kumamotoFiling.filing)) break
  }
  assert.doesNotMatch(others, new RegExp(receipt.filing))
  stop.abort()
})

test('番号は、どの答え・記録・下書き・監査・届書の表にも残らず、誤りは1つも起きていない', async () => {
  const filing = {
    ...moveIn('蹴球　スエ', 'シュウキュウ　スエ'),
    ...written,
    individualNumber: number(6),
  }
  await ok(await amakusa.post('filings/preview', filing))
  await ok(await amakusa.post('filings', { ...filing, occurredOn: null }), 422)
  await ok(await amakusa.post('filings', filing), 201)
  await ok(await amakusa.post('filings', { ...filing, individualNumber: number(7) }), 409)
  await ok(
    await put(amakusa, `drafts/${randomUUID()}`, { version: 0, title: '', content: filing }),
    422,
  )
  const waiting = await ok<FilingReceipt>(
    await amakusa.post('filings', waitingNumber(await personOf(amakusa, '庭球 ハナ'))),
    201,
  )
  await ok(
    await amakusa.post(`filings/${waiting.filing}/supplement`, {
      version: 1,
      individualNumber: number(8),
      numberState: 'written',
    }),
  )
  assert.deepEqual(union.faults, [])
  const said = answers.join('\n') + JSON.stringify(union.log)
  const tables = ['audit.entry', 'access.event', 'work.job'].concat(
    ['filing', 'filing_event', 'filing_standing', 'draft', 'difference', 'granted_fact'].map(
      (name) => `eligibility.${name}`,
    ),
  )
  for (const one of typed) {
    assert.ok(!said.includes(one))
    for (const table of tables) {
      const rows = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
        tx.query(`select from ${table} t where t::text like $1`, [`%${one}%`]),
      )
      assert.equal(rows.length, 0, table)
    }
  }
  const acts = await union.db.transaction({ union: '43', municipality: '432156' }, (tx) =>
    tx.query<{ act: string }>(`select distinct act from audit.entry where act like 'filing.%'`),
  )
  assert.ok(acts.some(({ act }) => act === 'filing.receive'))
})
