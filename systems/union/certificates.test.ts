import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { sheetCode, tailOf } from '@koiki/certificates'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import type { Partners, PlausibilityDetail } from './api/partners.ts'
import type {
  Certificate,
  Failure,
  PersonCertificates,
  PrintRun,
  PrintRunDetail,
  PrintRuns,
  ReconciledPrintRun,
  SpecialTreatmentProposals,
  Today,
  TransmissionList,
  UnconfirmedCertificates,
  WaitingCertificates,
} from './api.ts'
import { type Desk, inventedResident, type ListedCard, settleTown, testUnion } from './testing.ts'

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
const administrator = await union.enter('kanri')

/** Everybody of the town pays 1割 but one, whose share is undecided, and those who are left out. */
const settleShares = (leftOut: readonly string[] = []): Promise<void> =>
  union.db.transaction({ union: '43', municipality: '*' }, async (tx) => {
    await tx.run('delete from copay.share_period')
    await tx.run(
      `insert into copay.share_period
         (subject_key, began_on, union_code, municipality_code, held, tenths, limit_category,
          share_since, limit_since, judged_on, judgement_sequence)
       select subject_key, '2020-08-01', union_code, municipality_code, '[2020-08-01,)', 1,
              'general1', '2020-08-01', '2020-08-01', '2020-08-01', 1
         from eligibility.insured_person
        where birth_date <> '1939-05-03' and not name = any($1::text[])`,
      [[...leftOut]],
    )
  })
// The tests run in any order: each has its own person.
await settleShares()

const answers: string[] = []
const ok = async <T>(answer: Response, status = 200): Promise<T> => {
  const text = await answer.text()
  assert.equal(answer.status, status, text)
  answers.push(text)
  return JSON.parse(text) as T
}
const failed = (answer: Response, status: number): Promise<Failure> => ok<Failure>(answer, status)
const post = (desk: Desk, where: string, body: unknown): Promise<Response> =>
  desk.ask(where, {
    method: 'POST',
    purpose: 'notice',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const get = (desk: Desk, where: string): Promise<Response> => desk.ask(where, { purpose: 'notice' })
const personOf = async (desk: Desk, words: string): Promise<string> =>
  (await desk.find(words)).people[0]?.person ?? assert.fail(words)
const held = async (desk: Desk, words: string): Promise<PersonCertificates> =>
  ok(await get(desk, `people/${await personOf(desk, words)}/certificates`))
const bytes = async (answer: Response): Promise<Buffer> => {
  assert.equal(answer.status, 200, answer.status === 200 ? '' : await answer.clone().text())
  assert.match(answer.headers.get('content-type') ?? '', /application\/pdf/)
  return Buffer.from(await answer.arrayBuffer())
}
/** The digits as they stand on the paper; no answer tells them before somebody has looked. */
const tailOn = async (words: string, copy = 1): Promise<string> => {
  const { subjectKey, insuredNumber, last } = await union.db.transaction(
    { union: '43', municipality: '*' },
    (tx) =>
      tx.one<{ subjectKey: number; insuredNumber: string; last: number }>(
        `select p.subject_key as "subjectKey", p.insured_number as "insuredNumber",
                (select max(issue_number) from certificates.issue i
                  where i.subject_key = p.subject_key) as last
           from eligibility.insured_person p where p.name = $1`,
        [words],
      ),
  )
  const place = { subjectKey, municipality: '432156', issueNumber: last, copy }
  return tailOf(sheetCode(insuredNumber, place))
}

test('誤りは1つも起きていない', () => assert.deepEqual(union.faults, []))

test('窓口の一巡: 出すべき文書とわけ、見本、発行、紙の確かめ、手渡し。見本と刷る紙は同じバイト', async () => {
  const before = await held(amakusa, '庭球 ハナ')
  assert.equal(before.due.state, 'due')
  assert.equal(before.due.reasonName, '資格取得')
  assert.equal(before.due.documentName, '資格確認書')
  assert.match(before.due.grounds[0]?.sentence ?? '', /令和8年7月31日までの交付/)
  assert.ok(before.due.contents.some(({ label }) => label === '一部負担金の割合'))
  assert.deepEqual(before.certificates, [])
  const person = `people/${before.person}/certificates`
  const preview = await bytes(
    await post(amakusa, `${person}/preview`, { reason: 'acquisition', delivery: 'handOver' }),
  )
  const request = {
    request: randomUUID(),
    version: before.version,
    reason: 'acquisition',
    delivery: 'handOver',
  }
  const made = await ok<Certificate>(await post(amakusa, `${person}/issue`, request))
  assert.deepEqual(await ok(await post(amakusa, `${person}/issue`, request)), made)
  assert.equal(made.sheets[0]?.tail, '', '紙を見る前に下4けたは出ない')
  const paper = await bytes(await get(amakusa, `certificates/${made.certificate}/pdf`))
  assert.deepEqual(paper, preview)
  const where = `certificates/${made.certificate}`
  const open = await ok<UnconfirmedCertificates>(await get(amakusa, 'certificates/unconfirmed'))
  assert.ok(open.rows.some(({ name }) => name === '庭球　ハナ'))
  const tail = await tailOn('庭球　ハナ')
  const wrong = await failed(
    await post(amakusa, `${where}/confirm`, {
      version: 1,
      tail: tail === '0000' ? '0001' : '0000',
    }),
    422,
  )
  assert.match(wrong.message, /いま刷った紙とちがいます/)
  const seen = await ok<Certificate>(await post(amakusa, `${where}/confirm`, { version: 1, tail }))
  assert.equal(seen.stateName, '紙を確かめた')
  assert.match((await failed(await get(amakusa, `${where}/pdf`), 422)).message, /もう確かめてある/)
  const [theirs] = (await held(eligibility, '庭球 ハナ')).certificates
  const late = await failed(
    await post(eligibility, `certificates/${theirs?.certificate}/hand-over`, {
      version: 1,
      to: 'self',
      signed: true,
    }),
    409,
  )
  assert.equal(late.changed?.what, '紙を確かめた')
  const given = await ok<Certificate>(
    await post(amakusa, `${where}/hand-over`, { version: 2, to: 'self', signed: true }),
  )
  assert.ok(given.valid)
  assert.deepEqual(
    given.events.map(({ act }) => act),
    ['発行した', '紙を確かめた', '手渡した'],
  )
  const after = await held(amakusa, '庭球 ハナ')
  assert.equal(after.due.state, 'held')
  const rest = await ok<UnconfirmedCertificates>(await get(amakusa, 'certificates/unconfirmed'))
  assert.ok(rest.rows.every(({ name }) => name !== '庭球　ハナ'))
})

test('よごれた紙は次の紙になり、PDFも新しい符号になる', async () => {
  const { person, version } = await held(amakusa, '𠮷野')
  const made = await ok<Certificate>(
    await post(amakusa, `people/${person}/certificates/issue`, {
      request: randomUUID(),
      version,
      reason: 'acquisition',
      delivery: 'handOver',
    }),
  )
  const where = `certificates/${made.certificate}`
  const first = await bytes(await get(amakusa, `${where}/pdf`))
  const spoiled = await ok<Certificate>(
    await post(amakusa, `${where}/spoiled`, { version: 1, cause: 'soiled' }),
  )
  assert.deepEqual(
    spoiled.sheets.map(({ state }) => state),
    ['spoiled', 'instructed'],
  )
  assert.notDeepEqual(await bytes(await get(amakusa, `${where}/pdf`)), first)
  const tail = await tailOn('𠮷野　辻\u{E0100}子', 2)
  const seen = await ok<Certificate>(await post(amakusa, `${where}/confirm`, { version: 2, tail }))
  assert.deepEqual(seen.may, ['spoiled', 'hand-over', 'lost', 'cancel'])
})

test('郵送: 同じ住所に別の世帯がある人は止まり、確かめれば宛先になる。宛先の字はどの答えにもない', async () => {
  const before = await held(amakusa, '𠮷野')
  assert.equal(before.destination?.kind, 'stopped')
  assert.ok(before.destination?.confirmable)
  assert.match(before.destination?.stops[0]?.sentence ?? '', /同じ住所に別の世帯/)
  const refused = await failed(
    await post(amakusa, `people/${before.person}/certificates/preview`, {
      reason: 'other',
      delivery: 'mail',
    }),
    422,
  )
  assert.match(refused.message, /同じ住所に別の世帯/)
  const cleared = await ok<PersonCertificates>(
    await post(amakusa, `people/${before.person}/destination-confirmation`, {
      version: before.version,
      note: '本人に電話で確かめた',
    }),
  )
  assert.equal(cleared.destination?.kindName, '住民票の住所')
})

test('割合の決まっていない人は待ち、足りないものを言う', async () => {
  const { due, person, reasons, version } = await held(amakusa, 'S14.5.3')
  assert.equal(due.state, 'waiting')
  assert.match(due.missing[0]?.sentence ?? '', /一部負担金の割合がまだ決まっていない/)
  assert.ok(reasons.every(({ impossible }) => impossible !== null))
  const refused = await failed(
    await post(amakusa, `people/${person}/certificates/issue`, {
      request: randomUUID(),
      version,
      reason: 'acquisition',
      delivery: 'handOver',
    }),
    422,
  )
  assert.match(refused.message, /一部負担金の割合/)
})

test('支援措置の人: どの答えにも住所がなく、申請によらず資格確認書。手渡しはできる', async () => {
  const before = await held(amakusa, '卓球 トシ')
  assert.ok(before.handleWithCare)
  assert.match(before.destination?.stops[0]?.sentence ?? '', /^取扱注意の人なので/)
  assert.ok(before.due.contents.some(({ label, value }) => label === '住所' && /省略/.test(value)))
  const pdf = await bytes(
    await post(amakusa, `people/${before.person}/certificates/preview`, {
      reason: 'other',
      delivery: 'handOver',
    }),
  )
  assert.ok(pdf.length > 1000)
})

test('マイナ保険証と特別療養費は、権限のある席だけが、出どころとともに入れる', async () => {
  const { person, version } = await held(amakusa, 'S21.1.30')
  const card = { state: 'registered', effectiveOn: '2026-06-01', source: '窓口で見た' }
  const after = await ok<PersonCertificates>(
    await post(amakusa, `people/${person}/insurance-card`, { ...card, version }),
  )
  assert.equal(after.insuranceCard?.stateName, '利用登録あり')
  const changed = await failed(
    await post(amakusa, `people/${person}/insurance-card`, { ...card, version }),
    409,
  )
  assert.equal(changed.code, 'CHANGED')
  const special = {
    ...{ act: 'begin', ground: 'arrears', source: '収納第1号', hearing: 'heard' },
    ...{ effectiveOn: '2026-06-20', notifiedOn: '2026-05-20', hearingUntil: '2026-06-05' },
    decidedOn: '2026-06-10',
  }
  const at = (who: string, rest = '') => `people/${who}/special-treatment${rest}`
  const tried = { ...special, version: after.version }
  assert.equal((await post(amakusa, at(person), tried)).status, 404)
  const there = await personOf(eligibility, 'S21.1.30')
  const put = await ok<PersonCertificates>(await post(eligibility, at(there), tried))
  assert.equal(put.due.documentName, '資格確認書')
  assert.equal(put.specialTreatmentProposal?.mine, true)
  const answer = { answer: 'agreed', reason: null, proposal: 1, version: put.version }
  const own = await failed(await post(eligibility, at(there, '/answer'), answer), 422)
  assert.match(own.message, /案を入れた人は確かめられません/)
  const waiting = await ok<SpecialTreatmentProposals>(
    await premium.ask('certificates/special-treatment-proposals'),
  )
  assert.deepEqual(
    waiting.rows.map(({ person: who }) => who),
    [await personOf(premium, 'S21.1.30')],
  )
  assert.equal((await amakusa.ask('certificates/special-treatment-proposals')).status, 404)
  const second = await personOf(premium, 'S21.1.30')
  const agreed = await ok<PersonCertificates>(await post(premium, at(second, '/answer'), answer))
  assert.equal(agreed.due.documentName, '資格確認書（特別療養）')
  assert.deepEqual(
    agreed.specialTreatmentEvents[0]?.procedure.map(({ value }) => value),
    [
      ...['納期限から1年以上の滞納(法82条1項)', '令和8年5月20日', '令和8年6月5日', 'あった'],
      ...['令和8年6月10日', '収納第1号'],
    ],
  )
  const again = { ...special, version: agreed.version }
  const twice = await failed(await post(eligibility, at(there), again), 422)
  assert.match(twice.message, /もう特別療養費の対象/)
})

test('ほかの市区町村の席、ほかの役割、ない人は、同じ言葉で断られる', async () => {
  const { person, version } = await held(amakusa, '卓球 トシ')
  const { certificate } = await ok<Certificate>(
    await post(amakusa, `people/${person}/certificates/issue`, {
      request: randomUUID(),
      version,
      reason: 'other',
      delivery: 'handOver',
    }),
  )
  const elsewhere = await personOf(eligibility, '卓球 トシ')
  for (const answer of [
    await get(kumamoto, `people/${person}/certificates`),
    await get(kumamoto, `people/${elsewhere}/certificates`),
    await post(kumamoto, `certificates/${certificate}/lost`, { version: 1, on: '2026-07-01' }),
    await get(administrator, `people/${elsewhere}/certificates`),
    await post(premium, `people/${await personOf(premium, '庭球 ハナ')}/certificates/issue`, {
      request: randomUUID(),
      version: 0,
      reason: 'other',
      delivery: 'handOver',
    }),
  ])
    assert.equal((await failed(answer, 404)).code, 'NOT_FOUND')
  assert.equal((await amakusa.ask(`people/${person}/certificates`)).status, 400, '用件がない')
})

test('一括発行と束: 頼めるのは資格担当、束は市区町村のもの。照合して、全部分かって、閉じる', async () => {
  // A run of the whole town would give papers to those whose first one another test waits for.
  await settleShares(['庭球　ハナ', '𠮷野　辻\u{E0100}子'])
  for (const run of ['renew-certificates', 'deliver-certificates', 'deliver-provisions']) {
    assert.ok((await eligibility.post('jobs', { run })).ok)
    await union.work()
  }
  await settleShares()
  const waiting = await ok<WaitingCertificates>(await get(amakusa, 'certificates/waiting'))
  assert.ok(waiting.total >= 2)
  assert.ok(waiting.reasons.every(({ sentence }) => sentence.endsWith('。')))
  const { runs } = await ok<PrintRuns>(await get(amakusa, 'print-runs'))
  const [bundle] = runs
  assert.match(bundle?.title ?? '', /令和8年8月1日の分/)
  assert.deepEqual((await ok<PrintRuns>(await get(kumamoto, 'print-runs'))).runs, [])
  const where = `print-runs/${bundle!.run}`
  const unhanded = async (desk: Desk) =>
    (await ok<Today>(await desk.ask('today'))).waiting.find(({ kind }) => kind === 'document')
  const queued = await unhanded(amakusa)
  assert.match(
    queued?.sentence ?? '',
    /^渡していない束: .*令和8年8月1日の分.*まだ紙を確かめていません/,
  )
  assert.deepEqual([queued?.link?.to, queued?.link?.id], ['print-run', bundle!.run])
  assert.equal(queued?.count, bundle!.sheets)
  assert.equal(await unhanded(kumamoto), undefined)
  const known = await unhanded(eligibility)
  assert.match(known?.sentence ?? '', /^天草市に、渡していない束があります/)
  assert.deepEqual([known?.link?.to, known?.count], ['print-runs', 1])
  assert.equal((await failed(await get(kumamoto, where), 404)).code, 'NOT_FOUND')
  const detail = await ok<PrintRunDetail>(await get(amakusa, where))
  assert.equal(detail.parts, 1)
  const once = await bytes(await get(amakusa, `${where}/pdf`))
  assert.deepEqual(await bytes(await get(amakusa, `${where}/pdf?part=1`)), once)
  assert.equal(
    (await failed(await get(amakusa, `${where}/pdf?part=9`), 409)).code,
    'NOTHING_TO_PRINT',
  )
  const codes = detail.sheets.map(({ code }) => code)
  const stranger = await ok<ReconciledPrintRun>(
    await post(amakusa, `${where}/reconcile`, {
      version: 1,
      printed: [...codes, '00000000-0011-0000'],
      spoiled: [],
      notPrinted: [],
    }),
  )
  assert.deepEqual([stranger.strangers.length, stranger.run.left], [1, codes.length])
  assert.match(stranger.sentence, /何も入れていません/)
  const early = await failed(await post(amakusa, `${where}/close`, { version: 1 }), 422)
  assert.match(early.message, /分からない紙が/)
  const read = await ok<ReconciledPrintRun>(
    await post(amakusa, `${where}/reconcile`, {
      version: 1,
      printed: codes.slice(1),
      spoiled: codes.slice(0, 1),
      notPrinted: [],
    }),
  )
  assert.equal(read.run.left, 0)
  const again = await ok<PrintRun>(await post(amakusa, `${where}/reprint`, { version: 2 }))
  assert.deepEqual([again.sheets, again.left], [1, 1])
  const closed = await ok<PrintRun>(await post(amakusa, `${where}/close`, { version: 2 }))
  assert.equal(closed.state, 'closed')
})

test('どの答えにも、個人番号も、支援措置の人の住所もない', () => {
  const all = answers.join('\n')
  assert.doesNotMatch(all, /秘密町|支援措置/)
  assert.doesNotMatch(all, /(?<!\d)7\d{11}(?!\d)/)
})

test('おしまいにも、誤りは1つも起きていない', () => assert.deepEqual(union.faults, []))

test('中間サーバーの一覧: 広域の席だけが持ち込め、半分消えれば確認待ち、欠番は待ち、本人の頁がわけを言う', async () => {
  const numbers = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.query<{ number: string; name: string }>(
      'select insured_number as number, name from eligibility.insured_person order by birth_date',
    ),
  )
  const rows = (given: Partial<ListedCard>, lost = 0) =>
    numbers.map(
      ({ number }, at): ListedCard => ({
        一覧区分: '1',
        基準年月日: plainDate('2026-06-29'),
        基準時刻: '053000',
        被保険者番号: number,
        利用登録状況: at < lost ? '0' : '1',
        利用登録年月日: at < lost ? null : plainDate('2025-04-01'),
        利用登録解除年月日: null,
        電子証明書有効期限: at < lost ? null : plainDate('2029-01-31'),
        電子証明書失効年月日: null,
        ...given,
      }),
    )
  const bring = async (number: number, list: readonly ListedCard[], desk = eligibility) => {
    const answer = await union.send(desk, await union.list(number, list))
    await union.work()
    return answer
  }
  const stateOf = async (number: number) =>
    (
      await ok<TransmissionList>(await eligibility.ask('transmissions?direction=in'))
    ).transmissions.find(
      (one) => one.layout === 'マイナ保険証利用登録状況' && one.number === number,
    )
  const cardOf = async (desk: Desk) => (await held(desk, '卓球 トシ')).insuranceCard

  const first = await union.list(1, rows({}))
  assert.equal((await union.send(amakusa, first)).status, 422)
  assert.equal((await union.send(premium, first)).status, 404)
  const town = await union.prepare('432156', 住民基本台帳情報, [inventedResident(1)])
  assert.match((await failed(await union.send(eligibility, town), 422)).message, /窓口端末から/)
  assert.equal((await union.send(eligibility, first)).status, 201)
  assert.equal((await union.send(eligibility, first)).status, 201)
  await union.work()
  assert.deepEqual(
    [(await stateOf(1))?.state, (await stateOf(1))?.municipality.name],
    ['applied', '中間サーバー'],
  )
  const listed = await cardOf(amakusa)
  assert.equal(listed?.stateName, '利用登録あり')
  assert.match(listed?.because ?? '', /一覧.*令和8年6月29日05:30時点/)

  await ok(
    await administrator.post('partners/policies', {
      layout: 'マイナ保険証利用登録状況',
      change: { plausibility: { judgedFrom: 2 } },
      reason: '試験',
    }),
    200,
  )
  const half = Math.ceil(numbers.length / 2)
  await bring(2, rows({ 基準年月日: plainDate('2026-06-30') }, half))
  const strange = await stateOf(2)
  assert.equal(strange?.state, 'held')
  assert.equal((await cardOf(amakusa))?.state, 'registered')
  const doubts = await ok<PlausibilityDetail>(
    await eligibility.ask(`transmissions/${strange?.transmission}/plausibility`),
  )
  assert.ok(doubts.doubts.some(({ item }) => item === 'マイナ保険証'))
  await ok(
    await eligibility.post(`transmissions/${strange?.transmission}/admission`, {
      decision: 'letIn',
      reason: '支払基金に電話で確かめた',
    }),
  )
  await union.work()
  assert.equal((await stateOf(2))?.state, 'applied')
  const gone = await cardOf(amakusa)
  assert.deepEqual([gone?.state, gone?.from], ['notRegistered', 'list'])

  await bring(4, rows({ 基準年月日: plainDate('2026-07-01'), 基準時刻: '000000' }))
  assert.equal((await stateOf(4))?.state, 'waiting')
  const news = (await ok<Partners>(await eligibility.ask('partners'))).partners.find(
    ({ layout }) => layout === 'マイナ保険証利用登録状況',
  )
  assert.deepEqual(
    [news?.municipality.name, news?.state, news?.missing],
    ['中間サーバー', '欠番', [3]],
  )
  const gap = { municipality: '430000', layout: news?.layout, number: 3, reason: '作られなかった' }
  await ok(await eligibility.post('partners/gaps', gap))
  await union.work()
  assert.equal((await stateOf(4))?.state, 'held')
})
