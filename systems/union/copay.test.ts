import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import type { FilingPreview, FilingReceipt, Job, JobDetail, Person, PersonCopay } from './api.ts'
import { type Desk, inventedIncome, inventedResident, settleTown, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

const union = await testUnion({ after }, deskFolder)
await settleTown(union)
const amakusa = await union.enter('amakusa')
const kumamoto = await union.enter('kumamoto')
const eligibility = await union.enter('shikaku')
const administrator = await union.enter('kanri')

const json = async <T>(answer: Response, status = 200): Promise<T> => {
  const text = await answer.text()
  assert.equal(answer.status, status, text)
  return JSON.parse(text) as T
}
const started = await json<Job>(await eligibility.post('jobs', { run: 'judge-copay' }))
await union.work()
const judged = await json<JobDetail>(await eligibility.ask(`jobs/${started.job}`))

const referenceOf = async (desk: Desk, words: string, index = 0): Promise<string> => {
  const found = (await desk.find(words)).people[index]
  assert.ok(found !== undefined, `${words} が見つからない`)
  return found.person
}
const copayOf = async (desk: Desk, person: string): Promise<PersonCopay> =>
  json(await desk.ask(`people/${person}/copay`, { purpose: 'eligibility' }))

/** 庭球　正夫 of 昭和21年, who lives alone on a pension of 350万円. */
const alone = async (desk: Desk): Promise<string> => {
  const found = (await desk.find('庭球 正夫')).people.find(
    ({ birthDate }) => birthDate === '1946-01-30',
  )
  assert.ok(found !== undefined)
  return found.person
}

// Read before any test moves it: a filing of another test judges the same person again.
const afterTheRun = await copayOf(amakusa, await alone(amakusa))

test('実行は、判定した人と新しい判定の数を言う', () => {
  assert.equal(judged.job.state, 'done')
  assert.deepEqual(
    judged.results.map(({ name, count, unit }) => [name, `${count}${unit}`]),
    [
      ['判定した人', '5人'],
      ['新しい判定', '5件'],
      ['割合か限度区分が変わった人', '5人'],
      ['文書を作り直す人', '0人'],
      ['判定できない人', '0人'],
    ],
  )
})

test('窓口でも、割合と、どの線のどちら側かと、いくら下がれば変わるかが読める', () => {
  const copay = afterTheRun
  assert.equal(copay.now, null)
  assert.deepEqual(copay.next, { tenths: 2, from: '2026-08-01' })
  assert.deepEqual(
    copay.periods.map(({ from, until, tenths, limitName }) => [from, until, tenths, limitName]),
    [['2026-08-01', '2027-08-01', 2, '一般II']],
  )
  const [one] = copay.judgements
  assert.ok(one !== undefined)
  assert.deepEqual([one.causeName, one.superseded], ['年次の判定(8月1日)', false])
  assert.match(one.sentence, /旧ただし書所得の合計により3割ではありません/)
  const lines = one.groups.flatMap((group) => group.lines)
  const test = (step: string) => lines.find((line) => line.step === step)
  assert.deepEqual(
    [
      test('現役並みの課税所得がある')?.holds,
      test('旧ただし書所得により3割から除かれる')?.holds,
      test('一定以上の課税所得がある')?.holds,
    ],
    [true, true, true],
  )
  assert.equal(test('現役並みの課税所得がある')?.formula, '2,000,000 ≧ 1,450,000')
  assert.equal(test('旧ただし書所得により3割から除かれる')?.formula, '1,920,000 ≦ 2,100,000')
  assert.ok(lines.every(({ law }) => law !== ''))
  assert.ok(one.whatWouldChange.some(({ value }) => value === '1,500,001円'))
  assert.deepEqual(one.recomputed.agrees, true)
  assert.deepEqual(
    one.members.map(({ self, name }) => [self, name]),
    [[true, '庭球　正夫']],
  )
})

test('限度区分を判定できないときは、足りない法令表を名指す', async () => {
  const copay = await copayOf(amakusa, await referenceOf(amakusa, '庭球 ハナ'))
  const [one] = copay.judgements
  assert.deepEqual([one?.tenths, one?.limitName], [1, null])
  assert.match(one?.missing[0]?.sentence ?? '', /法令表「低所得者I.*」に、この日の行がありません/)
  assert.deepEqual(one?.members.map(({ name }) => name).sort(), ['庭球　ハナ', '庭球　正夫'])
})

test('住民の鍵は、どの答えにも出ない', async () => {
  const answer = await amakusa.ask(`people/${await alone(amakusa)}/copay`, {
    purpose: 'eligibility',
  })
  assert.doesNotMatch(await answer.text(), /\d{11,}/)
})

test('担当でない市区町村と、人を見ない役割には、同じことばで断る。用件がなければ断る', async () => {
  const person = await alone(amakusa)
  const other = await kumamoto.ask(`people/${person}/copay`, { purpose: 'eligibility' })
  const admin = await administrator.ask(`people/${await alone(eligibility)}/copay`, {
    purpose: 'eligibility',
  })
  assert.deepEqual([other.status, admin.status], [404, 404])
  assert.deepEqual(await other.json(), await admin.json())
  assert.ok((await amakusa.ask(`people/${person}/copay`)).status >= 400)
})

test('見たことは、本人の頁に残る', async () => {
  const person = await alone(amakusa)
  await copayOf(amakusa, person)
  const { looks } = await json<Person>(
    await amakusa.ask(`people/${person}`, { purpose: 'eligibility' }),
  )
  assert.ok(looks.some(({ act, mine }) => mine && act === '負担割合の理由を見た'))
})

test('もう一度判定しても、判定は増えない', async () => {
  const person = await alone(eligibility)
  const before = (await copayOf(eligibility, person)).judgements.length
  for (const run of ['judge-copay', 'rejudge-copay']) {
    await json<Job>(await eligibility.post('jobs', { run }))
    await union.work()
  }
  assert.equal((await copayOf(eligibility, person)).judgements.length, before)
  assert.deepEqual(union.faults, [])
})

test('窓口で基準収入額適用申請が決まると、その場で判定し直され、取り消すと元に戻る', async () => {
  const person = await alone(amakusa)
  const before = await copayOf(amakusa, person)
  const filing = {
    kind: 'standardIncome',
    filingId: randomUUID(),
    person,
    addresseeNumber: null,
    filedOn: '2026-07-01',
    occurredOn: null,
    filer: 'self',
    proxy: null,
    fields: { incomeYear: 'previous', ownRevenue: 3_500_000, othersRevenue: 0 },
    numberState: 'blank',
    numberReason: '書いていなかった',
    numberCheck: null,
    identityCheck: ['driversLicence'],
    documents: ['revenueProof'],
  }
  const taken = await json<FilingReceipt>(await amakusa.post('filings', filing), 201)
  assert.equal(taken.state, 'granted')
  const after = await copayOf(amakusa, person)
  const [latest] = after.judgements
  assert.deepEqual(
    [latest?.effectiveOn, latest?.cause, latest?.receiptNumber],
    ['2026-08-01', 'application', taken.receiptNumber],
  )
  assert.ok(latest?.notes.some((note) => note.includes(taken.receiptNumber)))
  assert.equal(after.judgements.length, before.judgements.length + 1)

  const cancelled = await amakusa.post(`filings/${taken.filing}/cancel`, {
    version: taken.version,
    confirm: true,
    reason: '別の人の申請だった',
  })
  assert.equal(cancelled.status, 200, await cancelled.clone().text())
  const [again, ...earlier] = (await copayOf(amakusa, person)).judgements
  assert.equal(earlier.length, after.judgements.length)
  assert.deepEqual(again?.notes, [])
  assert.deepEqual(again?.members, before.judgements[0]?.members)
})

const movesIn = (addresseeNumber: string, given: Record<string, unknown>, documents: string[]) => ({
  kind: 'acquisitionMoveIn',
  person: null,
  addresseeNumber: addresseeNumber.padStart(15, '0'),
  filedOn: '2026-07-01',
  occurredOn: '2026-07-01',
  filer: 'self',
  proxy: null,
  fields: {
    name: '籠球　渡',
    nameKana: 'ロウキュウ　ワタル',
    birthDate: '1947-03-09',
    sex: '1',
    relationship: '世帯主',
    address: {
      postalCode: '8630000',
      prefecture: '熊本県',
      municipalityName: '天草市',
      town: '架空町一丁目',
      houseNumber: '１',
      building: null,
    },
    movedFrom: '401307',
    formerLoss: 'none',
    ...given,
  },
  numberState: 'blank',
  numberReason: '書いていなかった',
  numberCheck: null,
  individualNumber: null,
  identityCheck: ['driversLicence'],
  documents,
})
const certificate = {
  certifiedTenths: '2',
  certifiedCategory: 'general2',
  certifiedFrom: '2025-08-01',
  certifiedIssuer: '架空県後期高齢者医療広域連合',
}
const sharesIn = (moves: readonly string[]) =>
  moves.filter((line) => line.startsWith('一部負担金の割合'))

/** Another than who moves in with a certificate: that one is found by name. */
const walks = { name: '籠球　歩', nameKana: 'ロウキュウ　アユム' }

test('転入: 証明書も所得もなければ、下見が、何が足りずどう手に入れるかを言い、割合は決めない', async () => {
  const preview = await json<FilingPreview>(
    await amakusa.post('filings/preview', movesIn('71', walks, [])),
  )
  assert.equal(preview.answer, 'granted')
  assert.deepEqual(sharesIn(preview.moves), [
    '一部負担金の割合 令和8年7月1日からは判定できません。令和7年度の所得・課税情報が届いていません。市区町村から届けば判定します。県外から転入した人は、転入前の広域連合の負担区分等証明書を資格取得届に入れれば、届く前に決まります。',
    '一部負担金の割合 令和8年8月1日からは判定できません。令和8年度の所得・課税情報が届いていません。市区町村から届けば判定します。県外から転入した人は、転入前の広域連合の負担区分等証明書を資格取得届に入れれば、届く前に決まります。',
  ])
  const filing = { filingId: randomUUID(), ...movesIn('71', walks, []) }
  const taken = await json<FilingReceipt>(await amakusa.post('filings', filing), 201)
  const copay = await copayOf(amakusa, taken.person ?? '')
  assert.equal(copay.now, null)
  assert.deepEqual(
    copay.pending.map(({ effectiveOn, missing }) => [effectiveOn, missing[0]?.code]),
    [
      ['2026-07-01', 'incomeNotReceived'],
      ['2026-08-01', 'incomeNotReceived'],
    ],
  )
})

test('転入: 証明書の割合がその日から効き、出どころが見え、文書を出せて、所得が届けばさかのぼって判定し直す', async () => {
  const wrong = { ...certificate, certifiedCategory: 'active1', certifiedFrom: '2026-07-02' }
  const stopped = await json<FilingPreview>(
    await amakusa.post('filings/preview', movesIn('72', wrong, ['burdenCertificate'])),
  )
  assert.deepEqual(
    stopped.faults.map(({ at, code }) => [at, code]),
    [
      ['fields.certifiedCategory', 'contradicts'],
      ['fields.certifiedFrom', 'inFuture'],
    ],
  )
  const content = movesIn('72', certificate, ['burdenCertificate'])
  const preview = await json<FilingPreview>(await amakusa.post('filings/preview', content))
  assert.deepEqual(
    sharesIn(preview.moves).map((line) => line.slice(0, 34)),
    [
      '一部負担金の割合 令和8年7月1日から なし → 2割',
      '一部負担金の割合 令和8年8月1日からは判定できません。令和8年度の',
    ],
  )
  const taken = await json<FilingReceipt>(
    await amakusa.post('filings', { filingId: randomUUID(), ...content }),
    201,
  )
  const person = taken.person ?? ''
  const copay = await copayOf(amakusa, person)
  assert.deepEqual(copay.now, { tenths: 2, from: '2026-07-01' })
  const [standing] = copay.judgements
  assert.match(standing?.sentence ?? '', /負担区分等証明書に2割/)
  assert.match(
    standing?.notes[0] ?? '',
    /^架空県後期高齢者医療広域連合の.*令和7年8月1日から適用.*R8-/,
  )
  assert.deepEqual([standing?.recomputed.agrees, standing?.limitName], [true, '一般II'])
  const { reasons } = await json<{ reasons: { impossible: string | null }[] }>(
    await amakusa.ask(`people/${person}/certificates`, { purpose: 'application' }),
  )
  assert.ok(reasons.some(({ impossible }) => impossible === null))

  const income = inventedIncome(72, 1_000_000, { 課税年度: 2025 })
  await union.send(amakusa, await union.prepare('432156', 所得課税情報, [income]))
  await union.work()
  await json<Job>(await eligibility.post('jobs', { run: 'rejudge-copay' }))
  await union.work()
  const after = await copayOf(amakusa, person)
  assert.deepEqual(after.now, { tenths: 1, from: '2026-07-01' })
  assert.deepEqual(
    after.judgements.map(({ effectiveOn, causeName, superseded }) => [
      effectiveOn,
      causeName,
      superseded,
    ]),
    [
      ['2026-07-01', '所得の到着(証明書の割合に代えて)', false],
      ['2026-07-01', '資格取得', true],
    ],
  )

  const pages = async () =>
    Promise.all(
      [amakusa, eligibility].map(async (desk) => {
        const place = `people/${await referenceOf(desk, '籠球 渡')}/copay`
        return (await desk.ask(place, { purpose: 'eligibility' })).text()
      }),
    )
  for (const page of await pages()) assert.match(page, /架空県/)
  const hidden = inventedResident(72, {
    氏名: '籠球　渡',
    氏名カナ: 'ロウキュウ　ワタル',
    性別: '1',
    生年月日: plainDate('1947-03-09'),
    支援措置区分: '1',
    支援措置開始日: plainDate('2026-07-01'),
  })
  await union.send(amakusa, await union.prepare('432156', 住民基本台帳情報, [hidden]))
  await union.work()
  for (const page of await pages()) {
    assert.match(page, /転入前の広域連合の負担区分等証明書/)
    assert.match(page, /負担区分等証明書（転入前の広域連合、/)
    assert.doesNotMatch(page, /架空県/, '前にいた所は、どの席の答えにもない')
  }
})
