import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { enqueue, fixedClock, runDueJobs } from '@koiki/store'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { clerk, office, union } from '../cases/office.ts'
import { documentSheet, formOf } from '../documentSheet.ts'
import { missingSentence } from '../sentences.ts'
import { findWaiting } from '../store/bulk.ts'
import { findPrintRuns, findRunPart } from '../store/printRuns.ts'
import { CertificateRefused } from './clerk.ts'
import { issueDocuments, nextRenewalDay } from './issueDocuments.ts'
import { closePrintRun, reconcilePrintRun, reprintPrintRun } from './reconcilePrintRun.ts'

const [hanako, tosei, kiyo] = [4_343_100_007, 4_343_100_015, 4_343_100_023] as const
const refusedWith = (words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CertificateRefused)
  assert.match(error.message, words)
  return true
}

/** Three insured people of two municipalities, at addresses of their own. */
async function prefecture(t: TestContext) {
  const place = office(await town(t))
  await place.take([
    resident(1),
    resident(2, { 番地号: '２番２号', 生年月日: plainDate('1936-03-01') }),
  ])
  await place.take([resident(3, { 市区町村コード: '432024', 市区郡町村名: '八代市' })], '432024')
  await place.decide()
  for (const key of [hanako, tosei, kiyo]) await place.share(key, 1)
  const runs = () => place.db.transaction(union, (tx) => findPrintRuns(tx))
  const part = (runId: string) =>
    place.db.transaction(union, (tx) => findRunPart(tx, runId, 1, 500))
  return {
    ...place,
    runs,
    part,
    /** Every sheet of every open bundle came out well. */
    async printAll() {
      for (const { runId, version, left } of await runs())
        if (left > 0) {
          const printed = (await part(runId)).map(({ code }) => code)
          await place.db.transaction(union, (tx) =>
            reconcilePrintRun(tx, runId, version, { printed, spoiled: [], notPrinted: [] }, clerk),
          )
        }
    },
  }
}

const issuesOf = (place: Awaited<ReturnType<typeof prefecture>>) =>
  place.ask<{ key: number; document: string; reason: string; until: string }>(
    `select subject_key as key, document, reason, valid_until::text as until
       from certificates.issue order by issued_at, subject_key, issue_number`,
  )

test('一括発行: 市区町村ごとの束になり、もう一度頼んでも増えない', async (t) => {
  const place = await prefecture(t)
  assert.deepEqual(await place.issue('2026-07-01'), { documents: 3, waiting: 0, upToDate: 0 })
  assert.deepEqual(
    (await place.runs()).map(({ municipality, sheets, left, title }) => [
      municipality,
      sheets,
      left,
      title,
    ]),
    [
      ['431001', 2, 2, '資格確認書 令和8年7月1日の分'],
      ['432024', 1, 1, '資格確認書 令和8年7月1日の分'],
    ],
  )
  assert.deepEqual(await place.issue('2026-07-01'), { documents: 0, waiting: 0, upToDate: 3 })
  assert.equal((await issuesOf(place)).length, 3)
  const [run] = await place.runs()
  const printed = async () =>
    (await place.part(run?.runId ?? '')).map(({ subjectKey }) => subjectKey)
  assert.deepEqual(await printed(), [hanako, tosei])
  const measure = { 支援措置区分: '1', 支援措置開始日: plainDate('2026-06-30') } as const
  await place.take([resident(1, measure)])
  assert.deepEqual(await printed(), [tosei], '発行の後に支援措置が始まった人の紙は刷らない')
})

test('年次更新: 7月に作る8月からの文書。今年の文書はその日まで使え、割合の変わった人だけ作り直す', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  await place.printAll()
  assert.equal(nextRenewalDay(plainDate('2026-07-01')), '2026-08-01')
  assert.equal(nextRenewalDay(plainDate('2026-07-31')), '2026-08-01')
  assert.equal(nextRenewalDay(plainDate('2026-08-01')), '2027-08-01')
  assert.deepEqual(await place.issue('2026-08-01', '2026-07-10'), {
    documents: 3,
    waiting: 0,
    upToDate: 0,
  })
  // The day after, today's run leaves both papers alone.
  assert.deepEqual(await place.issue('2026-07-11', '2026-07-11'), {
    documents: 0,
    waiting: 0,
    upToDate: 3,
  })
  await place.printAll()
  const standing = await place.documents(hanako, '2026-07-31')
  assert.deepEqual(
    standing.issues.map(({ contents, voidOn }) => [contents.validUntil, voidOn]),
    [
      ['2027-07-31', null],
      ['2026-07-31', null],
    ],
  )
  await place.share(tosei, 2, '2026-08-01')
  assert.deepEqual(await place.issue('2026-08-01', '2026-07-20'), {
    documents: 1,
    waiting: 0,
    upToDate: 2,
  })
  const last = (await issuesOf(place)).at(-1)
  assert.deepEqual(
    [last?.key, last?.reason, last?.until],
    [tosei, 'copayShareChanged', '2027-07-31'],
  )
})

test('年齢とマイナ保険証で文書が分かれ、様式ごとの束になる', async (t) => {
  const place = await prefecture(t)
  await place.ask(
    `insert into certificates.insurance_card_use
       (subject_key, municipality_code, sequence, union_code, state, effective_on, source, known_at, account_name)
     select subject_key, municipality_code, 1, union_code, 'registered', '2026-01-01', '試験', now(), '試験'
       from eligibility.insured_person`,
  )
  await place.issue('2026-08-01', '2026-07-10')
  assert.deepEqual(
    (await issuesOf(place)).map(({ key, document }) => [key, document]),
    [
      [hanako, 'eligibilityInformationNotice'],
      [tosei, 'eligibilityCertificate'],
      [kiyo, 'eligibilityInformationNotice'],
    ],
  )
  const kumamoto = (await place.runs()).filter(({ municipality }) => municipality === '431001')
  assert.deepEqual(kumamoto.map(({ title }) => title).sort(), [
    '資格情報のお知らせ 令和8年8月1日の分',
    '資格確認書 令和8年8月1日の分',
  ])
})

test('待つ人: 割合がない、支援措置、同じ住所の別の世帯、字形がない。わけがなくなれば出る', async (t) => {
  const place = office(await town(t))
  const rows = [
    resident(1, { 番地号: '１番' }),
    resident(2, {
      番地号: '２番',
      支援措置区分: '1',
      支援措置開始日: plainDate('2025-09-03'),
    }),
    resident(3, { 番地号: '３番' }),
    resident(4, { 番地号: '３番', 生年月日: plainDate('1990-01-01') }),
    resident(5, { 番地号: '５番', 氏名: '\u{10DE92}田　三郎' }),
    resident(6, { 番地号: '６番', 町字: '長'.repeat(120), 方書: '長'.repeat(300) }),
  ]
  await place.take(rows)
  await place.decide()
  const keys = (await place.people()).map(({ subject_key }) => subject_key)
  for (const key of keys.slice(1)) await place.share(key, 1)
  assert.deepEqual(await place.issue('2026-07-01'), { documents: 0, waiting: 5, upToDate: 0 })
  const waiting = await place.db.transaction(union, (tx) => findWaiting(tx, 10))
  const words = waiting.rows.map(({ missing }) => missing.map(missingSentence).join(''))
  assert.match(words[0]!, /一部負担金の割合がまだ決まっていない/)
  assert.match(words[1]!, /^取扱注意の人なので/)
  assert.match(words[2]!, /同じ住所に別の世帯がある/)
  assert.match(words[3]!, /字形のない文字.*U\+10DE92/)
  assert.match(words[4]!, /1ページに収まらない/)
  assert.equal(waiting.total, 5)
  await place.share(keys[0]!, 3)
  assert.deepEqual(await place.issue('2026-07-01'), { documents: 1, waiting: 4, upToDate: 0 })
})

test('束の照合: 知らない符号や言い方のちがう符号があれば何も入れず、全部分かるまで閉じない', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  const [run, elsewhere] = await place.runs()
  const codes = (await place.part(run!.runId)).map(({ code }) => code) as [string, string]
  const [stranger] = (await place.part(elsewhere!.runId)).map(({ code }) => code)
  const read = (
    version: number,
    printed: string[],
    spoiled: string[] = [],
    notPrinted: string[] = [],
  ) =>
    place.db.transaction(union, (tx) =>
      reconcilePrintRun(tx, run!.runId, version, { printed, spoiled, notPrinted }, clerk),
    )
  const refused = await read(1, [codes[0], stranger!])
  assert.deepEqual([refused.strangers, refused.run.left], [[stranger], 2])
  const twice = await read(1, [codes[0]], [codes[0]])
  assert.deepEqual([twice.twice, twice.run.left], [[codes[0]], 2])
  const first = await read(1, [`*${codes[0]}*`, codes[0]])
  assert.deepEqual([first.run.printed, first.run.left, first.run.version], [1, 1, 2])
  await assert.rejects(read(1, [codes[1]]), refusedWith(/先に変わって/))
  await assert.rejects(
    place.db.transaction(union, (tx) => closePrintRun(tx, run!.runId, 2, clerk)),
    refusedWith(/分からない紙が1枚/),
  )
  const spoiled = await read(2, [], [codes[1]])
  assert.equal(spoiled.run.left, 0)
  // The spoiled sheet is printed again in a bundle of its own, under another code.
  const again = await place.db.transaction(union, (tx) => reprintPrintRun(tx, run!.runId, 3))
  const [sheet] = await place.part(again.runId)
  assert.notEqual(sheet?.code, codes[1])
  assert.equal(sheet?.code.slice(0, 8), codes[1].slice(0, 8))
  await assert.rejects(
    place.db.transaction(union, (tx) => reprintPrintRun(tx, run!.runId, 3)),
    refusedWith(/刷り直す紙がない/),
  )
  const closed = await place.db.transaction(union, (tx) => closePrintRun(tx, run!.runId, 3, clerk))
  assert.equal(closed.closedBy, clerk.name)
  await assert.rejects(read(4, []), refusedWith(/窓口　一さんが閉じてある/))
})

test('資格を失った人と、区域内で移った人の文書は、次の実行で無効になる。移った先には知っていた事実が届く', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  await place.printAll()
  await place.ask(
    `insert into certificates.insurance_card_use
       (subject_key, municipality_code, sequence, union_code, state, effective_on, source, known_at, account_name)
     values ($1, '431001', 1, 43, 'registered', '2026-01-01', '試験', now(), '試験')`,
    [tosei],
  )
  const gone = {
    住民状態: '2' as const,
    異動年月日: plainDate('2026-07-05'),
    消除年月日: plainDate('2026-07-05'),
    操作年月日: plainDate('2026-07-06'),
  }
  await place.take(
    [
      resident(1, { ...gone, 異動事由: '05' }),
      resident(2, {
        番地号: '２番２号',
        生年月日: plainDate('1936-03-01'),
        ...gone,
        異動事由: '04',
        転出先市区町村コード: '432024',
      }),
    ],
    '431001',
    '2026-07-08',
  )
  await place.take(
    [
      resident(3, { 市区町村コード: '432024', 市区郡町村名: '八代市' }),
      resident(2, {
        市区町村コード: '432024',
        宛名番号: '000000000000022',
        番地号: '９番９号',
        生年月日: plainDate('1936-03-01'),
        住民となった日: plainDate('2026-07-05'),
        異動年月日: plainDate('2026-07-05'),
        異動事由: '01',
        転入前市区町村コード: '431001',
      }),
    ],
    '432024',
    '2026-07-08',
  )
  await place.decide('2026-07-08')
  const done = await place.issue('2026-07-09', '2026-07-09')
  assert.deepEqual(done, { documents: 1, waiting: 0, upToDate: 1 })
  const [dead] = (await place.documents(hanako, '2026-07-09')).issues
  assert.deepEqual([dead?.voidOn, dead?.voidReason], ['2026-07-06', 'lossOfEligibility'])
  const moved = await place.documents(tosei, '2026-07-09')
  assert.deepEqual(
    moved.issues.map(({ municipality, voidReason, reason }) => [municipality, voidReason, reason]),
    [
      ['432024', null, 'acquisition'],
      ['431001', 'moved', 'acquisition'],
    ],
  )
  const there = await place.documents(tosei, '2026-07-09', { union: '43', municipality: '432024' })
  assert.equal(there.insuranceCard?.state, 'registered')
})

test('途中で止まっても、次の実行は残りの人だけに発行する', async (t) => {
  const place = await prefecture(t)
  const at = await place.db.as('app', fixedClock('2026-07-01'))
  await at.unscoped((tx) =>
    enqueue(tx, issueDocuments, { on: '2026-07-01' }, { requestedBy: '試験', scope: union }),
  )
  let commits = 0
  const failing: typeof issueDocuments = {
    ...issueDocuments,
    steps: issueDocuments.steps.map((step) => ({
      ...step,
      run: (run) =>
        step.run({
          ...run,
          commit: async (work) => {
            await run.commit(work)
            commits += 1
            if (commits === 2) throw new Error('電源が落ちた')
          },
        } as typeof run),
    })),
  }
  await runDueJobs({ database: at, jobs: [failing] }).catch(() => {})
  assert.equal((await issuesOf(place)).length, 2)
  await place.issue('2026-07-01')
  assert.equal((await issuesOf(place)).length, 3)
  assert.equal(
    (await place.runs()).reduce((sum, { sheets }) => sum + sheets, 0),
    3,
  )
})

test('束の紙は、窓口の紙と同じ様式に組める', async (t) => {
  const place = await prefecture(t)
  await place.issue('2026-07-01')
  const [run] = await place.runs()
  const sheets = await place.part(run!.runId)
  for (const sheet of sheets) {
    const set = documentSheet(sheet, { insurerName: '熊本県後期高齢者医療広域連合', contact: '' })
    assert.equal(set.code, sheet.code)
    assert.equal(formOf(sheet.contents.document), 'certificate')
    assert.equal(set.address[0], sheet.mailing?.lines[0])
    assert.ok(set.rows.some(({ label, value }) => label === '一部負担金の割合' && value === '1割'))
  }
})
