import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Transaction } from '@koiki/store'
import type { Encounter, Failure, FilingReceipt, Person, ReadBackAnswer, Today } from './api.ts'
import { needsEncounter } from './encounters/gate.ts'
import { addEvent, findOpenEncounter, lock, sessionDigestOf } from './encounters/store.ts'
import { routes } from './routes/index.ts'
import { type Desk, settleTown, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

const union = await testUnion({ after }, deskFolder)
await settleTown(union)
const sit = () => union.enter('amakusa')

const json = async <T>(answer: Response): Promise<T> => {
  assert.ok(answer.ok, await answer.clone().text())
  return (await answer.json()) as T
}
const refusal = async (answer: Response, status: number): Promise<Failure> => {
  assert.equal(answer.status, status, await answer.clone().text())
  return (await answer.json()) as Failure
}
const personAt = async (desk: Desk, words: string): Promise<string> =>
  (await desk.find(words)).people[0]!.person
const tokenOf = ({ cookie }: Desk): string => cookie.slice(cookie.indexOf('=') + 1)
const begin = (desk: Desk, person: string | null, words?: string) =>
  desk.post('encounters', { person, purpose: 'application', words })
const begun = async (desk: Desk, words: string, searched = words): Promise<Encounter> =>
  json<Encounter>(await begin(desk, await personAt(desk, words), searched))
const readBack = async (desk: Desk, held: Encounter, facts: object) =>
  json<ReadBackAnswer>(
    await desk.post(`encounters/${held.encounter}/read-back`, {
      facts: Object.entries(facts).map(([kind, text]) => ({ kind, text })),
    }),
  )
const end = async (desk: Desk, held: Encounter) =>
  json(await desk.post(`encounters/${held.encounter}/end`, {}))
const write = (desk: Desk, where: string, body: unknown, encounter?: string) =>
  desk.ask(where, {
    method: 'POST',
    body: JSON.stringify(body),
    purpose: 'application',
    headers: {
      'koiki-desk': '1',
      'koiki-purpose': 'application',
      'content-type': 'application/json',
      cookie: desk.cookie,
      ...(encounter === undefined ? {} : { 'koiki-encounter': encounter }),
    },
  })

/** 要配慮者の申出 — the lightest paper there is. */
const paper = (person: string | null, given: object = {}) => ({
  kind: 'personNeedingCare',
  filingId: randomUUID(),
  person,
  addresseeNumber: null,
  filedOn: '2026-07-01',
  occurredOn: null,
  filer: 'self',
  proxy: null,
  fields: { reason: 'facility' },
  numberState: 'blank',
  numberReason: '書いていなかった',
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: [],
  ...given,
})

const newcomer = (running: string, name: string, kana: string) =>
  paper(null, {
    kind: 'acquisitionMoveIn',
    addresseeNumber: running,
    occurredOn: '2026-06-28',
    fields: {
      name,
      nameKana: kana,
      birthDate: '1943-03-03',
      sex: '2',
      address: {
        postalCode: '8630000',
        prefecture: '熊本県',
        municipalityName: '天草市',
        town: '架空町五丁目',
        houseNumber: '５番５号',
        building: null,
      },
      formerLoss: 'none',
    },
  })

test('人に向かう書込みの道は、すべて応対を求め、事務の道は求めない', () => {
  const wanted = routes
    .filter((one) => one.realms.includes('counter') && needsEncounter(one))
    .map(({ path: where }) => where)
  for (const where of [
    '/filings',
    '/filings/:filing/supplement',
    '/filings/:filing/cancel',
    '/people/:person/certificates/issue',
    '/certificates/:certificate/hand-over',
    '/forms',
  ])
    assert.ok(wanted.includes(where), where)
  for (const where of [
    '/filings/:filing/assign',
    '/people/:person/certificates/preview',
    '/certificates/:certificate/return',
    '/search',
    '/drafts/:draft',
    '/encounters',
    '/print-runs/:printRun/reconcile',
    '/forms/:printed/settle',
  ])
    assert.ok(!wanted.includes(where), where)
})

test('応対は、その窓口のその日の番号を持ち、席に1つだけ開く。同じ人ならもとの応対が返る', async () => {
  const desk = await sit()
  const first = await begun(desk, '庭球 ハナ')
  assert.match(first.number, /^\d{4}$/)
  assert.equal(first.name, '庭球　ハナ')
  assert.deepEqual(await begun(desk, '庭球 ハナ'), first)
  const current = await json<{ encounter: Encounter }>(await desk.ask('encounters/current'))
  assert.deepEqual(current.encounter, first)
  const told = await refusal(await begin(desk, await personAt(desk, '卓球')), 409)
  assert.equal(told.code, 'ENCOUNTER_ELSEWHERE')
  assert.match(told.message, new RegExp(`^別の窓で応対中です\\(応対${first.number}\\)。`))
  const neighbour = await sit()
  const second = await begun(neighbour, '卓球 トシ')
  assert.equal(Number(second.number), Number(first.number) + 1)
  await end(desk, first)
  await end(desk, first)
  const gone = await json<{ encounter: null }>(await desk.ask('encounters/current'))
  assert.equal(gone.encounter, null)
  await desk.post('sign-out', {})
  await neighbour.post('sign-out', {})
  const ended = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.query<{ number: number }>(
      `select e.number from counter.encounter e
         join counter.encounter_event v on v.encounter_id = e.encounter_id and v.act = 'ended'
        where e.number = any ($1::integer[])
        order by e.number`,
      [[Number(first.number), Number(second.number)]],
    ),
  )
  assert.deepEqual(
    ended.map(({ number }) => number),
    [Number(first.number), Number(second.number)],
  )
})

test('ほかの市の人・いない人では始まらず、広域の席には応対の道がない', async () => {
  const amakusa = await sit()
  const person = await personAt(amakusa, '庭球 ハナ')
  const kumamoto = await union.enter('kumamoto')
  for (const answer of [
    await begin(kumamoto, person),
    await begin(amakusa, 'z'.repeat(26)),
    await (await union.enter('shikaku')).post('encounters', {
      person: null,
      purpose: 'application',
    }),
  ])
    assert.deepEqual(await refusal(answer, 404), {
      code: 'NOT_FOUND',
      message: 'お調べしましたが、お伝えできる情報はありません。',
    })
})

test('見出しのない書込みは、いままでどおり通る。ある書込みは、終わった・ほかの席の・ほかの人の応対なら断る', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const free = await write(desk, 'filings', paper(person))
  assert.equal(free.status, 201, await free.text())

  const none = await refusal(await write(desk, 'filings', paper(person), 'none'), 409)
  assert.equal(none.code, 'ENCOUNTER_NEEDED')
  assert.deepEqual(none.encounter, { person })
  assert.match(none.message, /応対を始めてから、もう一度してください。$/)

  const held = await begun(desk, '庭球 ハナ', '庭球 ハナ S16.9.12')
  const inOther = await refusal(await write(desk, 'filings', paper(person), 'none'), 409)
  assert.equal(inOther.code, 'ENCOUNTER_ELSEWHERE')
  const neighbour = await sit()
  const stolen = await refusal(
    await write(neighbour, 'filings', paper(person), held.encounter),
    409,
  )
  assert.equal(stolen.code, 'ENCOUNTER_NOT_YOURS')
  const other = await personAt(desk, '卓球')
  const crossed = await refusal(await write(desk, 'filings', paper(other), held.encounter), 409)
  assert.equal(crossed.code, 'ENCOUNTER_OTHER_PERSON')
  assert.deepEqual(crossed.encounter, { person: other })
  const issue = await refusal(
    await write(
      desk,
      `people/${other}/certificates/issue`,
      { request: randomUUID(), version: 0, reason: 'acquisition', delivery: 'handOver' },
      held.encounter,
    ),
    409,
  )
  assert.equal(issue.code, 'ENCOUNTER_OTHER_PERSON')
  const anybody = await refusal(
    await write(
      desk,
      'filings',
      newcomer('000000000007101', '庭球　キヨ', 'テイキュウ　キヨ'),
      held.encounter,
    ),
    409,
  )
  assert.equal(anybody.code, 'ENCOUNTER_OTHER_PERSON')

  const receipt = await json<FilingReceipt>(
    await write(desk, 'filings', paper(person), held.encounter),
  )
  const withdraw = { version: receipt.version, reason: 'まちがい', confirm: false }
  const looked = await write(desk, `filings/${receipt.filing}/cancel`, withdraw, held.encounter)
  assert.equal(looked.status, 200, await looked.text())
  await end(desk, held)
  const late = await refusal(await write(desk, 'filings', paper(person), held.encounter), 409)
  assert.equal(late.code, 'ENCOUNTER_ENDED')
})

test('答えが届かず送り直した届書は、応対が終わったあとでも、はじめの答えが返る', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const held = await begun(desk, '庭球 ハナ', '庭球 ハナ S16.9.12')
  const sent = paper(person)
  const first = await json<FilingReceipt>(await write(desk, 'filings', sent, held.encounter))
  await end(desk, held)
  const again = await json<FilingReceipt>(await write(desk, 'filings', sent, held.encounter))
  assert.equal(again.receiptNumber, first.receiptNumber)
})

const whole = { union: '43', municipality: '*' }

/** Until as many as said wait for a lock of the kind. */
const untilWaiting = async (tx: Transaction, locktype: 'advisory' | 'transactionid', count = 1) => {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { waiting } = await tx.one<{ waiting: number }>(
      'select count(*) as waiting from pg_locks where not granted and locktype = $1::text',
      [locktype],
    )
    if (waiting >= count) return
    await setTimeout(5)
  }
  assert.fail(`だれも${locktype}の錠を待たなかった`)
}

test('書込みが門を通ったあとで応対が終われば、書込みは何も残さない', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const held = await begun(desk, '庭球 ハナ', '庭球 ハナ S16.9.12')
  const sent = paper(person)
  const late = await union.db.transaction(whole, async (tx) => {
    const open = await findOpenEncounter(tx, sessionDigestOf(tokenOf(desk)))
    assert.ok(open !== null)
    await lock(tx, open.sessionDigest)
    const writing = write(desk, 'filings', sent, held.encounter)
    await untilWaiting(tx, 'advisory')
    await addEvent(tx, open, 'ended')
    return { writing }
  })
  assert.equal((await refusal(await late.writing, 409)).code, 'ENCOUNTER_ENDED')
  const { filed } = await union.db.transaction(whole, (tx) =>
    tx.one<{ filed: number }>(
      'select count(*) as filed from eligibility.filing where filing_id = $1::uuid',
      [sent.filingId],
    ),
  )
  assert.equal(filed, 0)
})

test('書込みの最中に応対を終えようとすれば、書込みが済むまで待つ', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const held = await begun(desk, '庭球 ハナ', '庭球 ハナ S16.9.12')
  const { writing, ending } = await union.db.transaction(whole, async (tx) => {
    await tx.run(
      `insert into eligibility.filing_counter
         (municipality_code, fiscal_year, union_code, last_number)
       values ('432156', 2026, 43, 0)
       on conflict (municipality_code, fiscal_year)
         do update set last_number = filing_counter.last_number`,
    )
    const writing = write(desk, 'filings', paper(person), held.encounter)
    await untilWaiting(tx, 'transactionid')
    const ending = end(desk, held)
    await untilWaiting(tx, 'advisory')
    return { writing, ending }
  })
  const receipt = await json<FilingReceipt>(await writing)
  await ending
  const acts = await union.db.transaction(whole, (tx) =>
    tx.query<{ act: string }>(
      `select v.act from counter.encounter_event v
         join counter.encounter e on e.encounter_id = v.encounter_id
        where e.session_digest = decode($1::text, 'hex')
        order by v.version`,
      [sessionDigestOf(tokenOf(desk))],
    ),
  )
  assert.deepEqual(
    acts.map(({ act }) => act),
    ['began', 'agreed', 'filed', 'ended'],
  )
  assert.ok(receipt.receiptNumber)
})

test('記録のない2人の届書を同時に送っても、応対に入るのは1人だけ', async () => {
  const desk = await sit()
  const held = await json<Encounter>(await begin(desk, null))
  const papers = [
    newcomer('000000000007111', '庭球　ハル', 'テイキュウ　ハル'),
    newcomer('000000000007112', '庭球　ナツ', 'テイキュウ　ナツ'),
  ]
  const writing = await union.db.transaction(whole, async (tx) => {
    await lock(tx, sessionDigestOf(tokenOf(desk)))
    const both = papers.map((one) => write(desk, 'filings', one, held.encounter))
    await untilWaiting(tx, 'advisory', 2)
    return { both }
  })
  const answers = await Promise.all(writing.both)
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409])
  const lost = answers.find(({ status }) => status === 409) as Response
  assert.equal((await refusal(lost, 409)).code, 'ENCOUNTER_OTHER_PERSON')
  await end(desk, held)
})

test('読み合わせ: 2つの事実が合うまで書けない。さがした事実は数える', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const held = await begun(desk, '庭球 ハナ')
  assert.deepEqual(
    [held.readBack.need, held.readBack.heard, held.readBack.at],
    [1, ['氏名かカナ'], null],
  )
  assert.ok(!held.readBack.ask.includes('name'))
  const early = await refusal(await write(desk, 'filings', paper(person), held.encounter), 409)
  assert.equal(early.code, 'READ_BACK_NEEDED')
  const unread = await readBack(desk, held, { birthDate: '16.9.12' })
  assert.deepEqual([unread.outcome, unread.encounter?.readBack.triesLeft], ['unreadable', 3])
  const wrong = await readBack(desk, held, { birthDate: 'S16.9.13' })
  assert.equal(wrong.outcome, 'differs')
  assert.match(wrong.sentence, /^生年月日が、記録と合いません。.*あと2回/)
  assert.doesNotMatch(JSON.stringify(wrong), /12日|1941|S16/)
  assert.equal(
    (await refusal(await write(desk, 'filings', paper(person), held.encounter), 409)).code,
    'READ_BACK_NEEDED',
  )
  const right = await readBack(desk, held, { birthDate: '昭16.9.12' })
  assert.deepEqual([right.outcome, right.encounter?.readBack.need], ['agreed', 0])
  assert.ok(right.encounter?.readBack.at)
  const agreed = () =>
    union.db.transaction({ union: '43', municipality: '432156' }, (tx) =>
      tx.one<{ count: number }>(
        `select count(*)::integer as count from counter.encounter_event v
          where v.act = 'agreed' and v.encounter_id in (
            select encounter_id from counter.encounter_event
             where act = 'differed' and 'birthDate' = any(facts))`,
      ),
    )
  const before = await agreed()
  assert.deepEqual(await readBack(desk, held, { birthDate: '昭16.9.12' }), right)
  assert.deepEqual(await agreed(), before, '送り直しでは、何も書き足さない')
  const taken = await write(desk, 'filings', paper(person), held.encounter)
  assert.equal(taken.status, 201, await taken.text())
  await end(desk, held)
  const both = await begun(desk, '庭球 ハナ', 'ていきゅう はな S16.9.12')
  assert.equal(both.readBack.need, 0)
  await end(desk, both)
  const neither = await begun(desk, '庭球 ハナ', '卓球 トシ S9.1.8')
  assert.equal(neither.readBack.need, 2)
  await end(desk, neither)
})

test('3回合わないと閉じ、責任者のきょうに出て、その応対ではもう何もできない', async () => {
  const desk = await sit()
  const held = await begun(desk, '野球 清', '')
  for (const left of [2, 1])
    assert.equal(
      (await readBack(desk, held, { numberTail: '9999' })).encounter?.readBack.triesLeft,
      left,
    )
  const closed = await readBack(desk, held, { numberTail: '9999', birthDate: 'S12.12.1' })
  assert.deepEqual([closed.outcome, closed.encounter], ['closed', null])
  const again = await desk.post(`encounters/${held.encounter}/read-back`, {
    facts: [{ kind: 'birthDate', text: 'S12.12.1' }],
  })
  assert.equal((await refusal(again, 409)).code, 'ENCOUNTER_ENDED')
  const late = await write(desk, 'filings', paper(await personAt(desk, '野球 清')), held.encounter)
  assert.equal((await refusal(late, 409)).code, 'ENCOUNTER_ENDED')
  for (const account of ['amakusa', 'shikaku']) {
    const { news } = await json<Today>(await (await union.enter(account)).ask('today'))
    const told = news.filter(({ kind }) => kind === 'encounter')
    assert.equal(told.length, 1)
    assert.match(told[0]!.sentence, new RegExp(`天草市の窓口の応対${held.number}`))
    assert.doesNotMatch(told[0]!.sentence, /野球/)
  }
  const { news } = await json<Today>(await (await union.enter('kumamoto')).ask('today'))
  assert.deepEqual(
    news.filter(({ kind }) => kind === 'encounter'),
    [],
  )
})

test('取扱注意の人の町名は、たずねず、合うとも合わないとも言わない', async () => {
  const desk = await sit()
  const held = await begun(desk, '卓球 トシ')
  assert.deepEqual(held.readBack.ask, ['birthDate', 'numberTail'])
  const told = await readBack(desk, held, { town: '秘密町九丁目' })
  assert.deepEqual([told.outcome, told.encounter?.readBack], ['unreadable', held.readBack])
  await end(desk, held)
})

test('記録のない人: 本人なしで始まり、届書を受け付けるとその人に結ばれ、2人目は受け付けない', async () => {
  const desk = await sit()
  const held = await json<Encounter>(await begin(desk, null))
  assert.deepEqual([held.person, held.readBack.need], [null, 0])
  const known = await refusal(
    await write(desk, 'filings', paper(await personAt(desk, '庭球 ハナ')), held.encounter),
    409,
  )
  assert.equal(known.code, 'ENCOUNTER_OTHER_PERSON')
  const first = newcomer('000000000007102', '庭球　サト', 'テイキュウ　サト')
  const receipt = await json<FilingReceipt>(await write(desk, 'filings', first, held.encounter))
  assert.ok(receipt.person !== null)
  const twice = await json<FilingReceipt>(await write(desk, 'filings', first, held.encounter))
  assert.equal(twice.filing, receipt.filing)
  const now = (await json<{ encounter: Encounter }>(await desk.ask('encounters/current'))).encounter
  assert.deepEqual(
    [now.person, now.name, now.readBack.need, now.readBack.heard],
    [receipt.person, '庭球　サト', 0, ['届書']],
  )
  const second = newcomer('000000000007103', '庭球　キミ', 'テイキュウ　キミ')
  assert.equal(
    (await refusal(await write(desk, 'filings', second, held.encounter), 409)).code,
    'ENCOUNTER_OTHER_PERSON',
  )
  const more = await write(desk, 'filings', paper(receipt.person), held.encounter)
  assert.equal(more.status, 201, await more.text())
  await end(desk, held)
})

test('監査の行に応対の番号が載り、打った事実の中身はどこにも残らない', async () => {
  const desk = await sit()
  const person = await personAt(desk, '庭球 ハナ')
  const held = await begun(desk, '庭球 ハナ')
  await readBack(desk, held, { birthDate: 'S16.9.13' })
  const page = await json<Person>(
    await desk.ask(`people/${person}`, {
      purpose: 'application',
      headers: {
        'koiki-desk': '1',
        'koiki-purpose': 'application',
        cookie: desk.cookie,
        'koiki-encounter': held.encounter,
      },
    }),
  )
  const mine = page.looks.filter(({ purpose }) => purpose.includes(`応対${held.number}`))
  assert.deepEqual(
    mine.map(({ act }) => act).sort(),
    ['本人の頁を見た', '応対を始めた', '読み合わせが合わなかった'].sort(),
  )
  assert.equal(mine[0]?.purpose, `届出・申請の受付(応対${held.number})`)
  await end(desk, held)
  // Digits that chance puts into keys and digests say nothing.
  const kept = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.one<{ text: string }>(
      `select (select jsonb_agg(to_jsonb(e) - '{encounter_id,filing_id}'::text[])
                 from counter.encounter_event e)::text
              || (select jsonb_agg(to_jsonb(e) - '{encounter_id,account_id,session_digest}'::text[])
                    from counter.encounter e)::text as text`,
    ),
  )
  assert.doesNotMatch(kept.text, /S16|1941|9999|庭球/)
  assert.deepEqual(union.faults, [])
})

test('同時に2つは始まらず、番号も重ならない', async () => {
  const desk = await sit()
  const [hana, toshi] = [await personAt(desk, '庭球 ハナ'), await personAt(desk, '卓球')]
  const answers = await Promise.all([begin(desk, hana), begin(desk, toshi), begin(desk, hana)])
  const good = answers.filter(({ ok }) => ok)
  const numbers = new Set(
    await Promise.all(good.map(async (one) => ((await one.json()) as Encounter).number)),
  )
  assert.equal(numbers.size, 1)
  const seats = await Promise.all([sit(), sit(), sit()])
  const begunAt = await Promise.all(seats.map((seat) => begun(seat, '卓球 トシ')))
  assert.equal(new Set(begunAt.map(({ number }) => number)).size, 3)
})
