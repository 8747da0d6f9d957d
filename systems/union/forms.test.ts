import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { addDays, plainDate } from '@koiki/kernel'
import { 住民基本台帳情報, 所得課税情報 } from '@koiki/layouts'
import {
  type FormDelivery as FormDeliveryRecord,
  type FormSheet,
  insertFormDelivery,
  nextFormNumber,
  readPages,
} from '@koiki/notices'
import { enqueue, getJob, type Instant, retryJob } from '@koiki/store'
import type {
  Failure,
  FilingReceipt,
  FormDeliveries,
  FormDelivery,
  FormKind,
  FormPreview,
  FormTarget,
  OfferedForms,
  Person,
  PersonLedger,
  PrintedForm,
  Today,
} from './api.ts'
import { comingOfAgeLists } from './forms/comingOfAgeList.ts'
import { deliverForms } from './forms/deliverForms.ts'
import { formTermDays, waitingForms } from './forms/deliveriesShown.ts'
import { openForms } from './forms/formFiles.ts'
import { listSheet, volumesOf } from './forms/lists.ts'
import { type Desk, inventedIncome, inventedResident, settleTown, testUnion } from './testing.ts'

const deskFolder = await mkdtemp(path.join(tmpdir(), 'koiki-page-'))
after(() => rm(deskFolder, { recursive: true }))
await mkdir(path.join(deskFolder, 'assets'))
await writeFile(path.join(deskFolder, 'index.html'), '<!doctype html><title>広域</title>')

/** Where to keep every form that these tests set, for a person who looks at them; nowhere unless named. */
const pictures = process.env.KOIKI_PICTURES

const union = await testUnion({ after }, deskFolder)
await settleTown(union)
const amakusa = await union.enter('amakusa')
const kumamoto = await union.enter('kumamoto')
const eligibility = await union.enter('shikaku')
const premium = await union.enter('fuka')
const administrator = await union.enter('kanri')

const ok = async <T>(answer: Response, status = 200): Promise<T> => {
  const text = await answer.text()
  assert.equal(answer.status, status, text)
  return JSON.parse(text) as T
}
const failed = (answer: Response, status: number): Promise<Failure> => ok<Failure>(answer, status)
const post = (desk: Desk, where: string, body: unknown): Promise<Response> =>
  desk.ask(where, {
    method: 'POST',
    purpose: 'premium',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const get = (desk: Desk, where: string): Promise<Response> =>
  desk.ask(where, { purpose: 'premium' })
const personOf = async (desk: Desk, words: string): Promise<string> =>
  (await desk.find(words)).people[0]?.person ?? assert.fail(words)
const formsOf = async (desk: Desk, words: string): Promise<OfferedForms> =>
  ok(await get(desk, `people/${await personOf(desk, words)}/forms`))
const targetOf = (offered: OfferedForms, form: FormKind): FormTarget =>
  offered.forms.find((one) => one.form === form)?.target ?? assert.fail(form)
const previewed = async (desk: Desk, target: FormTarget): Promise<FormPreview> => {
  const preview = await ok<FormPreview>(await post(desk, 'forms/preview', target))
  if (pictures !== undefined) {
    await mkdir(pictures, { recursive: true })
    await writeFile(
      path.join(pictures, `form-${target.form}-${preview.digest.slice(0, 4)}.pdf`),
      Buffer.from(preview.pdf, 'base64'),
    )
  }
  return preview
}
const orderOf = (target: FormTarget, { at, digest }: FormPreview, request = randomUUID()) => ({
  ...target,
  request,
  at,
  digest,
})
/** The sheet as it is kept; the last digits of its code are on no screen. */
const sheets = (about: string): Promise<FormSheet[]> =>
  union.db.transaction({ union: '43', municipality: '*' }, async (tx) =>
    (
      await tx.query<{ sheet: FormSheet }>(
        `select sheet from notices.printed_form where about like $1 || '%' order by about, form, copy`,
        [about],
      )
    ).map(({ sheet }) => sheet),
  )
const tailOf = async (about: string): Promise<string> =>
  (await sheets(about)).at(-1)?.code.slice(-4) ?? ''
const numberOf = async (words: string): Promise<string> =>
  (await amakusa.find(words)).people[0]?.insuredNumber ?? assert.fail(words)
const textOf = (sheet: FormSheet): string => JSON.stringify(sheet)

const filing = (kind: string, given: object): object => ({
  kind,
  filingId: randomUUID(),
  person: null,
  addresseeNumber: null,
  filedOn: '2026-07-01',
  occurredOn: null,
  filer: 'self',
  proxy: null,
  fields: {},
  numberState: 'blank',
  numberReason: '書いていなかった',
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: [],
  ...given,
})
const disability = (running: number, grade: string): object =>
  filing('disabilityApplication', {
    addresseeNumber: String(running).padStart(15, '0'),
    documents: ['disabilityProof'],
    fields: { proof: 'physical', grade, formerLoss: 'none' },
  })
const moveOut = (person: string): object =>
  filing('lossMoveOut', {
    person,
    occurredOn: '2026-06-20',
    fields: { destination: 'otherPrefecture', movedTo: '401307' },
  })
const filed = async (body: object): Promise<FilingReceipt> =>
  ok(await amakusa.post('filings', body), 201)

// One whom another union had certified came in May and leaves in June; another is refused a certification.
const carried = filing('acquisitionMoveIn', {
  addresseeNumber: String(8001).padStart(15, '0'),
  filedOn: '2026-05-12',
  occurredOn: '2026-05-10',
  fields: {
    name: '庭球　若子',
    nameKana: 'テイキュウ　ワカコ',
    birthDate: '1956-03-10',
    sex: '2',
    address: {
      postalCode: '8630000',
      prefecture: '熊本県',
      municipalityName: '天草市',
      town: '架空町五丁目',
      houseNumber: '５番５号',
      building: null,
    },
    movedFrom: '401307',
    formerLoss: 'none',
    disabilityProof: true,
  },
  documents: ['disabilityCertificate', 'burdenCertificate'],
})
const taken = async (layout: typeof 住民基本台帳情報 | typeof 所得課税情報, rows: never[]) => {
  const answer = await union.send(amakusa, await union.prepare('432156', layout, rows))
  assert.equal(answer.status, 201, await answer.text())
  await union.work()
}
assert.equal((await filed(carried)).state, 'granted')
await taken(住民基本台帳情報, [
  inventedResident(8002, {
    個人番号: null,
    氏名: '庭球　若菜',
    氏名カナ: 'テイキュウ　ワカナ',
    生年月日: plainDate('1956-03-10'),
  }) as never,
])
await taken(所得課税情報, [inventedIncome(8001, 800_000, { 課税年度: 2025 }) as never])
/** 年齢到達予定者: one of the next month, one of them under 支援措置, one with a letter that no font has. */
const nextMonth = [
  inventedResident(8011, {
    個人番号: null,
    氏名: '庭球　葉月',
    生年月日: plainDate('1951-08-10'),
  }),
  inventedResident(8012, {
    個人番号: null,
    氏名: '卓球　\u{10DE92}子',
    生年月日: plainDate('1951-08-20'),
    町字: '秘密町八丁目',
    支援措置区分: '1',
    支援措置開始日: plainDate('2025-09-03'),
    支援措置終了日: plainDate('2026-09-02'),
  }),
]

await taken(住民基本台帳情報, nextMonth as never[])
await ok(await eligibility.post('jobs', { run: 'rejudge-copay' }))
await union.work()
const left = await filed(moveOut(await personOf(amakusa, '庭球 若子')))
assert.equal(left.state, 'granted')
const refusedFiling = await filed(disability(8002, '6'))

test('保険料台帳: 年度の決定が、変わったこと・増減・調定額とともに並び、収納は届いていないと言う', async () => {
  const ledger = await ok<PersonLedger>(
    await get(amakusa, `people/${await personOf(amakusa, '庭球 ハナ')}/ledger`),
  )
  assert.deepEqual(
    ledger.years.map(({ fiscalYear, assessedYen, rows }) => [
      fiscalYear,
      assessedYen,
      rows.map(({ kindName, differenceYen, months }) => [kindName, differenceYen, months]),
    ]),
    [[2026, 32_200, [['当初決定', 32_200, 12]]]],
  )
  const [year] = ledger.years
  assert.deepEqual(
    year?.levies.map(({ name, items }) => [name, items.at(-1)?.value]),
    [
      ['医療分', '31,500円'],
      ['子ども分', '700円'],
    ],
  )
  assert.equal(ledger.collection.arrived, false)
  assert.match(ledger.collection.sentence, /まだ届いていません/)
  const why = await get(
    amakusa,
    `people/${ledger.person}/decisions/${year?.rows[0]?.decision ?? ''}`,
  )
  assert.equal(why.status, 200)
})

test('帳票は、刷れるものと、刷れないわけと、することを言う', async () => {
  const { forms, may } = await formsOf(amakusa, '庭球 ハナ')
  assert.deepEqual(may, ['print'])
  assert.deepEqual(
    forms.map(({ form, label, impossible }) => [form, label, impossible === null]),
    [
      ['eligibilityRecord', '', true],
      ['disabilityCertificate', '', false],
      ['burdenCertificate', '', false],
      ['premiumLedger', '令和8年度', true],
    ],
  )
  assert.match(forms[1]?.impossible ?? '', /障害認定の記録がない/)
  assert.match(forms[2]?.impossible ?? '', /転出.*まだ記録されていない.*受け付ける/)
  const refusal = await failed(await post(amakusa, 'forms/preview', forms[2]?.target), 422)
  assert.equal(refusal.message, forms[2]?.impossible)
})

test('見本と刷る紙は同じバイト。紙の下4けたを打つまで刷ったことにならず、次は「再」が付く', async () => {
  const words = '庭球 ハナ'
  const number = await numberOf(words)
  const target = targetOf(await formsOf(amakusa, words), 'premiumLedger')
  const preview = await previewed(amakusa, target)
  const order = orderOf(target, preview)
  const instructed = await ok<PrintedForm>(await post(amakusa, 'forms', order))
  assert.deepEqual(
    [instructed.state, instructed.copy, instructed.again, instructed.purpose],
    ['instructed', 1, false, '保険料の相談'],
  )
  assert.deepEqual(await ok<PrintedForm>(await post(amakusa, 'forms', order)), instructed)
  const other = { ...order, form: 'eligibilityRecord', fiscalYear: null }
  assert.equal((await failed(await post(amakusa, 'forms', other), 409)).code, 'USED_BEFORE')
  const pdf = await get(amakusa, `forms/${instructed.printed}/pdf`)
  assert.equal(pdf.headers.get('content-type'), 'application/pdf')
  assert.deepEqual(Buffer.from(await pdf.arrayBuffer()), Buffer.from(preview.pdf, 'base64'))
  const second = orderOf(target, await previewed(amakusa, target))
  assert.match(
    (await failed(await post(amakusa, 'forms', second), 422)).message,
    /確かめていない1通がある/,
  )

  const settle = (body: object) => post(amakusa, `forms/${instructed.printed}/settle`, body)
  const wrong = { version: 0, act: 'printed', tail: 'xxxx' }
  assert.match((await failed(await settle(wrong), 422)).message, /下4けたが/)
  const about = `${number}-2026`
  const right = { version: 0, act: 'printed', tail: await tailOf(about) }
  assert.equal((await ok<PrintedForm>(await settle(right))).stateName, '紙を確かめた')
  const late = await failed(await settle({ version: 0, act: 'spoiled' }), 409)
  assert.deepEqual([late.code, late.changed?.what], ['CHANGED', '紙を確かめた'])
  assert.match(late.changed?.by ?? '', /./)
  assert.equal(
    (await failed(await get(amakusa, `forms/${instructed.printed}/pdf`), 422)).code,
    'REFUSED',
  )

  const again = await previewed(amakusa, target)
  assert.equal(again.again, true)
  const reprint = await ok<PrintedForm>(await post(amakusa, 'forms', orderOf(target, again)))
  assert.deepEqual([reprint.copy, reprint.again], [2, true])
  await ok(await post(amakusa, `forms/${reprint.printed}/settle`, { version: 0, act: 'cancelled' }))
  const [first, last] = await sheets(about)
  assert.notEqual(first?.code, last?.code)
  assert.match(first?.margin?.join(' ') ?? '', /操作 .*\(天草市の窓口\).*分 用件 保険料の相談/)
  assert.match(textOf(first!), /調定額 32,200円/)
  const printed = (await formsOf(amakusa, words)).printed.map(({ state, again: mark }) => [
    state,
    mark,
  ])
  assert.deepEqual(printed, [
    ['cancelled', true],
    ['printed', false],
  ])
  const { looks } = await ok<Person>(await get(amakusa, `people/${await personOf(amakusa, words)}`))
  for (const act of ['帳票の見本をひらいた', '帳票の印刷を指示した', '帳票の紙を確かめた'])
    assert.ok(
      looks.some((look) => look.act === act && look.purpose === '保険料の相談' && look.mine),
      act,
    )
})

test('よごれた紙は無効で、次の紙に「再」は付かない。見本の後に変わったら、何も刷らない', async () => {
  const words = '庭球 正夫 S14.5.3'
  const target = targetOf(await formsOf(eligibility, words), 'premiumLedger')
  const preview = await previewed(eligibility, target)
  const stale = await post(
    eligibility,
    'forms',
    orderOf(target, { ...preview, digest: '0'.repeat(64) }),
  )
  assert.equal((await failed(stale, 409)).code, 'PREVIEW_OLD')
  const early = { ...preview, at: '2026-06-30T00:00:00Z' }
  assert.equal(
    (await failed(await post(eligibility, 'forms', orderOf(target, early)), 409)).code,
    'PREVIEW_OLD',
  )
  const first = await ok<PrintedForm>(await post(eligibility, 'forms', orderOf(target, preview)))
  await ok(await post(eligibility, `forms/${first.printed}/settle`, { version: 0, act: 'spoiled' }))
  const next = await previewed(eligibility, target)
  assert.equal(next.again, false)
  assert.notEqual(next.digest, preview.digest, '紙の符号がちがう')
})

test('2人が同じときに同じ帳票を指示すると、紙は1通だけで、もう1人にはわけを言う', async () => {
  const found = (await amakusa.find('ヨシノ ツジコ')).people[0]
  assert.ok(found !== undefined)
  const orders = await Promise.all(
    [amakusa, eligibility].map(async (desk) => {
      const target = targetOf(await formsOf(desk, 'ヨシノ ツジコ'), 'eligibilityRecord')
      return [desk, orderOf(target, await previewed(desk, target))] as const
    }),
  )
  const answers = await Promise.all(orders.map(([desk, order]) => post(desk, 'forms', order)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422])
  const refused = answers.find(({ status }) => status === 422)
  assert.match(
    refused === undefined ? '' : (await failed(refused, 422)).message,
    /ほかの人が同じときに同じ帳票を指示した|確かめていない1通がある/,
  )
  assert.equal((await sheets(found.insuredNumber ?? '')).length, 1)
})

test('支援措置の人の紙には、町も、ほかの市区町村も、どこにも出ない', async () => {
  const offered = await formsOf(amakusa, '卓球 トシ')
  assert.equal(offered.handleWithCare, true)
  for (const form of ['eligibilityRecord', 'premiumLedger'] as const) {
    const target = targetOf(offered, form)
    await ok(await post(amakusa, 'forms', orderOf(target, await previewed(amakusa, target))))
  }
  const kept = (await sheets(await numberOf('卓球 トシ'))).map(textOf).join('')
  assert.match(kept, /卓球/)
  assert.doesNotMatch(kept, /秘密町|支援措置|取扱注意/)
  const plain = targetOf(await formsOf(amakusa, '庭球 正夫 S14.5.3'), 'eligibilityRecord')
  await ok(await post(amakusa, 'forms', orderOf(plain, await previewed(amakusa, plain))))
  const [sheet] = await sheets(await numberOf('庭球 正夫 S14.5.3'))
  assert.match(textOf(sheet!), /架空町/)
  assert.doesNotMatch(textOf(sheet!), /番号?地|[0-9０-９]+番/, '番地は出ない')
})

test('転出した人に、負担区分等証明書と障害認定証明書が出る。住所と家族の額は書かない', async () => {
  const words = '庭球 若子'
  const offered = await formsOf(amakusa, words)
  const certificates = offered.forms.filter(({ form }) => form.endsWith('Certificate'))
  assert.deepEqual(
    certificates.map(({ form, impossible }) => [form, impossible]),
    [
      ['disabilityCertificate', null],
      ['burdenCertificate', null],
    ],
  )
  for (const { target } of certificates)
    await ok(await post(amakusa, 'forms', orderOf(target, await previewed(amakusa, target))))
  const [burden, disabled] = await sheets(await numberOf(words))
  assert.ok(disabled !== undefined && burden !== undefined)
  const said = (sheet: FormSheet) =>
    Object.fromEntries(sheet.about.map(({ label, value }) => [label, value]))
  assert.match(said(disabled).認定の日 ?? '', /令和8年5月10日/)
  assert.match(said(burden).一部負担金の割合 ?? '', /割\(令和/)
  assert.match(said(burden).資格を失った日 ?? '', /\(転出\)/)
  for (const sheet of [disabled, burden]) {
    assert.equal(sheet.margin, null, '本人が持って行く紙に、職員の名は刷らない')
    assert.doesNotMatch(textOf(sheet), /架空町/)
  }
})

test('却下の決定通知書には、理由と根拠と審査請求の教示が載る。資格のない人の届書でも出る', async () => {
  assert.equal(refusedFiling.state, 'refused')
  const where = `filings/${refusedFiling.filing}/forms`
  const offered = await ok<OfferedForms>(await get(amakusa, where))
  assert.deepEqual(
    offered.forms.map(({ form, impossible }) => [form, impossible]),
    [
      ['filingCopy', null],
      ['filingDecision', null],
    ],
  )
  for (const { target } of offered.forms)
    await ok(await post(amakusa, 'forms', orderOf(target, await previewed(amakusa, target))))
  const [copy, decision] = await sheets(refusedFiling.receiptNumber)
  assert.ok(copy !== undefined && decision !== undefined)
  assert.match(decision.title, /障害認定申請　却下通知書/)
  assert.match(decision.remarks.join(''), /3か月以内に.*審査請求/)
  assert.equal(decision.tables.at(-1)?.rows[0]?.[0], '満たさない')
  assert.match(textOf(copy), /個人番号の欄","value":"空欄/)
  assert.equal((await get(kumamoto, where)).status, 404)
})

test('ほかの市区町村・ほかの役割・ほかの領域の参照には、ないときと同じ言葉で断る', async () => {
  const person = await personOf(amakusa, '庭球 ハナ')
  const target = targetOf(await formsOf(amakusa, '庭球 ハナ'), 'premiumLedger')
  const preview = await previewed(amakusa, target)
  const order = orderOf(target, preview)
  const refusals = [
    await get(kumamoto, `people/${person}/ledger`),
    await get(kumamoto, `people/${person}/forms`),
    await post(kumamoto, 'forms/preview', target),
    await post(kumamoto, 'forms', order),
    await post(eligibility, 'forms/preview', target),
    await get(administrator, `people/${person}/ledger`),
    await post(administrator, 'forms', order),
    await post(amakusa, 'forms/preview', { ...target, fiscalYear: null }),
    await post(amakusa, 'forms/preview', { ...target, form: 'filingCopy' }),
    await get(amakusa, `forms/${'z'.repeat(26)}/pdf`),
  ]
  for (const answer of refusals)
    assert.equal(
      (await failed(answer, 404)).message,
      'お調べしましたが、お伝えできる情報はありません。',
    )
  const wrong = await failed(
    await post(amakusa, 'forms/preview', { ...target, fiscalYear: 2020 }),
    422,
  )
  assert.match(wrong.message, /令和2年度の保険料の決定はない/)
  assert.equal((await amakusa.ask(`people/${person}/forms`)).status, 400)
})

test('賦課担当には、届書の帳票は並ばない', async () => {
  const forms = (await formsOf(premium, '庭球 若子')).forms.map(({ form }) => form)
  assert.ok(forms.includes('premiumLedger') || forms.includes('eligibilityRecord'))
  assert.ok(!forms.includes('filingCopy'))
  assert.ok(
    (await formsOf(eligibility, '庭球 若子')).forms.some(({ form }) => form === 'filingCopy'),
  )
})

const deliveries = async (desk: Desk): Promise<FormDeliveries['deliveries']> =>
  (await ok<FormDeliveries>(await desk.ask('form-deliveries'))).deliveries

const whole = { union: '43', municipality: '*' }

/** The folder of each job's sealed forms, as it is on the disk. */
const formsOnDisk = async (): Promise<string[]> =>
  (await readdir(path.join(union.place.folder, 'forms'), { recursive: true }))
    .filter((name) => name.endsWith('.age'))
    .map((name) => `forms/${name.replaceAll(path.sep, '/')}`)
    .sort()
const formsNamed = (): Promise<string[]> =>
  union.db.transaction(whole, async (tx) =>
    (
      await tx.query<{ name: string }>(
        `select sealed_name as name from notices.form_delivery
          where sealed_name like 'forms/%' order by 1`,
      )
    ).map(({ name }) => name),
  )

/** One after the other: each municipality counts its forms from 1. */
test('一覧の帳票の配信', async (t) => {
  await t.test(
    '一覧の帳票は番号を付けて配信され、その市区町村だけが受け取り、枚数と要約値が合って済になる',
    async () => {
      assert.deepEqual(await deliveries(amakusa), [])
      for (const run of ['deliver-coming-of-age', 'deliver-entitlement-changes'])
        await ok(await eligibility.post('jobs', { run }))
      await union.work()
      const made = await deliveries(amakusa)
      assert.deepEqual(
        made.map(({ number, title, people, state, waitingDays, overdue }) => [
          number,
          title,
          people,
          state,
          waitingDays,
          overdue,
        ]),
        [
          [2, '資格異動者一覧 令和8年7月1日', 7, 'ready', 0, false],
          [1, '年齢到達予定者一覧 令和8年8月', 2, 'ready', 0, false],
        ],
      )
      assert.ok(
        (await deliveries(kumamoto)).every(({ municipality }) => municipality.code === '431001'),
      )
      assert.ok((await deliveries(eligibility)).length >= 2)
      const [, comingOfAge] = made
      assert.ok(comingOfAge !== undefined)
      const at = `form-deliveries/${comingOfAge.delivery}`
      for (const [desk, where] of [
        [kumamoto, `${at}/pdf`],
        [kumamoto, `${at}/manifest`],
        [eligibility, `${at}/pdf`],
        [administrator, at.replace(/\/.*/, '')],
      ] as const)
        assert.equal((await desk.ask(where)).status, 404, where)

      const receipt = { pages: comingOfAge.pages, sha256: comingOfAge.sha256 }
      assert.match(
        (await failed(await amakusa.post(`${at}/receipt`, receipt), 422)).message,
        /まだ受け取っていない/,
      )
      const pdf = Buffer.from(await (await amakusa.ask(`${at}/pdf`)).arrayBuffer())
      if (pictures !== undefined) await writeFile(path.join(pictures, 'form-comingOfAge.pdf'), pdf)
      assert.equal(createHash('sha256').update(pdf).digest('hex'), comingOfAge.sha256)
      const manifest = await ok<{ pages: number; plain: { sha256: string }; signature: object }>(
        await amakusa.ask(`${at}/manifest`),
      )
      assert.deepEqual(
        [manifest.pages, manifest.plain.sha256],
        [comingOfAge.pages, comingOfAge.sha256],
      )
      assert.ok(manifest.signature)
      const short = await amakusa.post(`${at}/receipt`, { ...receipt, pages: 9 })
      assert.match((await failed(short, 422)).message, /枚数がちがいます/)
      const other = await amakusa.post(`${at}/receipt`, { ...receipt, sha256: '0'.repeat(64) })
      assert.match((await failed(other, 422)).message, /中身が、広域連合の作ったものとちがいます/)
      for (let twice = 0; twice < 2; twice += 1)
        assert.equal(
          (await ok<FormDelivery>(await amakusa.post(`${at}/receipt`, receipt))).state,
          'received',
        )
      const today = await ok<Today>(await amakusa.ask('today'))
      const waiting = today.waiting.find(({ sentence }) => sentence.includes('届いた帳票'))
      assert.deepEqual([waiting?.count, waiting?.link?.to], [1, 'files-out'])

      if (pictures !== undefined) {
        const [changes] = made
        const list = await amakusa.ask(`form-deliveries/${changes?.delivery}/pdf`)
        await writeFile(
          path.join(pictures, 'form-entitlementChanges.pdf'),
          Buffer.from(await list.arrayBuffer()),
        )
      }

      // Nothing new was decided: no second list, and what was listed is not listed again.
      await ok(await eligibility.post('jobs', { run: 'deliver-entitlement-changes' }))
      await union.work()
      assert.equal((await deliveries(amakusa)).length, 2)
      assert.equal((await premium.post('jobs', { run: 'deliver-coming-of-age' })).status, 404)
    },
  )

  await t.test(
    '途中で倒れた配信は、何も残さず、番号も飛ばず、やり直すと、長い一覧も冊に分けて全部が一度だけ載る',
    async () => {
      const admin = await union.db.asAdmin()
      const rows = 1_001
      // 庭球 正夫 of 天草市, as though 八代市 had been his town through so many decisions.
      await admin.transaction(whole, async (tx) => {
        await tx.run(
          `insert into eligibility.entitlement_event
           (subject_key, sequence, union_code, municipality_code, kind, effective_on, ground,
            entitlement, facts, edition, decided_at, decided_on, job_id)
         select subject_key, 1000 + n, union_code, '432024', kind, effective_on, ground,
                entitlement, facts, edition, decided_at, decided_on, job_id
           from (select * from eligibility.entitlement_event
                  where job_id is not null order by subject_key, sequence limit 1) one,
                generate_series(1, $1::integer) n`,
          [rows],
        )
        await tx.run(`create function notices.fall() returns trigger language plpgsql as $$
                      begin raise exception '倒れた'; end $$`)
        await tx.run(`create trigger fall before insert on notices.listed_decision
                      for each row execute function notices.fall()`)
      })
      const told = () =>
        union.db.transaction({ union: '43', municipality: '432024' }, (tx) =>
          tx.query<{ number: number; title: string; people: number; decisions: number }>(
            `select number, title, people,
                  (select count(*) from notices.listed_decision l
                    where l.delivery_id = d.delivery_id) as decisions
             from notices.form_delivery d order by number`,
          ),
        )
      await ok(await eligibility.post('jobs', { run: 'deliver-entitlement-changes' }))
      await union.work()
      assert.deepEqual(await told(), [])
      const named = await formsNamed()
      assert.ok((await formsOnDisk()).length > named.length, '封をしてから倒れた')

      await admin.transaction(whole, async (tx) => {
        await tx.run('drop trigger fall on notices.listed_decision')
        const { job } = await tx.one<{ job: number }>('select max(job_id) as job from work.job')
        if ((await getJob(tx, job)).state === 'failed') await retryJob(tx, job)
        else await tx.run('update work.job set backoff_until = null where job_id = $1', [job])
      })
      await union.work()
      const day = '資格異動者一覧 令和8年7月1日'
      assert.deepEqual(await told(), [
        { number: 1, title: `${day} その1`, people: 1, decisions: 1_000 },
        { number: 2, title: `${day} その2`, people: 1, decisions: 1 },
      ])
      assert.deepEqual(await formsOnDisk(), await formsNamed())

      const second = await union.db.transaction({ union: '43', municipality: '432024' }, (tx) =>
        tx.one<FormDeliveryRecord>(
          `select sealed_name as "sealedName" from notices.form_delivery where number = 2`,
        ),
      )
      const pdf: Buffer[] = []
      for await (const chunk of openForms(union.place, second)) pdf.push(chunk)
      const [page] = await readPages(Buffer.concat(pdf))
      assert.match(page ?? '', /全部で2冊です。この冊は2冊目で、1,001件目から1,001件目まで/)
      assert.match(page ?? '', /決定1,001件/)
      assert.doesNotMatch(page ?? '', /架空町/, 'いまの町は、ほかの市区町村のもの')
    },
  )

  await t.test(
    '発行一覧は、紙を確かめた文書だけを一度だけ載せ、住所地特例者一覧は、月に一度だけ、支援措置の人の施設を省く',
    async () => {
      const run = async (name: string): Promise<void> => {
        await ok(await eligibility.post('jobs', { run: name }))
        await union.work()
      }
      const madeOf = async (words: string): Promise<FormDeliveries['deliveries']> =>
        (await deliveries(amakusa)).filter(({ title }) => title.startsWith(words))
      const pageOf = async ({ delivery }: { delivery: string }, as: string): Promise<string> => {
        const pdf = Buffer.from(
          await (await amakusa.ask(`form-deliveries/${delivery}/pdf`)).arrayBuffer(),
        )
        if (pictures !== undefined) await writeFile(path.join(pictures, `form-${as}.pdf`), pdf)
        return (await readPages(pdf)).join('')
      }
      await run('judge-copay')
      await run('renew-certificates')
      await run('deliver-issued-documents')
      assert.deepEqual(await madeOf('資格確認書等発行一覧'), [], '紙をだれも見ていない')
      const seen = await union.db.transaction(whole, (tx) =>
        tx.run(
          `update certificates.issue_standing set state = 'printed'
          where state = 'instructed' and municipality_code = '432156'`,
        ),
      )
      await run('deliver-issued-documents')
      await run('deliver-issued-documents')
      const [issued, ...again] = await madeOf('資格確認書等発行一覧')
      assert.deepEqual(again, [], '載せたものは、もう載せない')
      assert.ok(seen > 0 && issued?.people === seen, `${seen}人`)
      const page = await pageOf(issued, 'issuedDocuments')
      assert.match(page, /資格確認書資格取得\d{8}庭球正夫\d割/)
      assert.doesNotMatch(page, /架空町|秘密町/)

      await union.db.transaction(whole, async (tx) => {
        await tx.run(
          `insert into eligibility.residence_provision
           (resident_key, began_on, union_code, municipality_code, held, kind, insurer_union,
            insurer_number, receipt_number)
         select resident_key, '2026-06-01', 43, municipality_code, '[2026-06-01,)', '当広域', null,
                null, '432156-R8-00901'
           from eligibility.insured_person where name in ('庭球　ハナ', '卓球　トシ')`,
        )
        await tx.run(
          `insert into eligibility.facility_stay
           (resident_key, entered_on, union_code, municipality_code, held, facility_kind,
            facility_name, facility_address, receipt_number)
         select resident_key, '2026-06-01', 43, municipality_code, '[2026-06-01,)',
                '特別養護老人ホーム', case when under_support_measure then '秘密苑' else '見本苑' end,
                '福岡県福岡市架空町２番', '432156-R8-00901'
           from eligibility.insured_person where name in ('庭球　ハナ', '卓球　トシ')`,
        )
        const asked = { list: 'residenceProvisions', once: true, by: '日次の実行' } as const
        const job = deliverForms(() => union.place)
        for (const dedupeKey of ['1日目', '2日目'])
          await enqueue(tx, job, asked, { requestedBy: '試験', dedupeKey })
      })
      await union.work()
      const [provisions, ...more] = await madeOf('住所地特例者一覧 令和8年7月')
      assert.deepEqual([provisions?.people, more], [2, []])
      const text = await pageOf(provisions ?? assert.fail(), 'residenceProvisions')
      assert.match(text, /庭球ハナ.*見本苑/)
      assert.match(text, /卓球トシ.*\(省略\)\(省略\)/)
      assert.doesNotMatch(text, /秘密苑/)
    },
  )
})

test('一覧には、支援措置の人の町は読まれもせず、字形のない文字は〓になる', async () => {
  const scope = { union: '43', municipality: '*' }
  const [list] = await union.db.transaction(scope, (tx) =>
    comingOfAgeLists(tx, plainDate('2026-08-01')),
  )
  const [volume, ...others] = volumesOf(list ?? assert.fail())
  assert.equal(others.length, 0)
  const sheet = listSheet('43', 'comingOfAge', volume ?? assert.fail(), {
    number: 1,
    at: '2026-07-01T00:00:00Z' as Instant,
    by: '日次の実行',
  })
  const text = textOf(sheet)
  assert.match(text, /庭球　葉月/)
  assert.match(text, /架空町/)
  assert.match(text, /卓球　〓子/)
  assert.match(text, /\(省略\)/)
  assert.doesNotMatch(text, /秘密町|番地|支援措置区分/)
})

test('受け取られないまま日がたつと、窓口にも広域連合にも知らせが出る', async () => {
  const scope = { union: '43', municipality: '*' }
  await union.db.transaction(scope, async (tx) => {
    const one = {
      deliveryId: randomUUID(),
      municipality: '432041',
      form: 'comingOfAge',
      title: '年齢到達予定者一覧 令和8年7月',
      coversFrom: null,
      coversUntil: tx.now,
      people: 1,
      pages: 1,
      bytes: 1,
      sha256: '0'.repeat(64),
      sealedName: 'none',
      madeBy: '日次の実行',
      jobId: 1,
    }
    await insertFormDelivery(tx, await nextFormNumber(tx, '432041'), one)
  })
  const later = (days: number, realm: 'counter' | 'union') =>
    union.db.transaction({ ...scope, municipality: '432041' }, (tx) =>
      waitingForms({ ...tx, today: addDays(tx.today, days) }, realm),
    )
  assert.equal(await later(formTermDays - 1, 'union'), null)
  assert.match((await later(0, 'counter'))?.sentence ?? '', /受け取っていません$/)
  assert.match(
    (await later(formTermDays, 'union'))?.sentence ?? '',
    /荒尾市が、配信した帳票を3日たっても/,
  )
  assert.match((await later(formTermDays, 'counter'))?.sentence ?? '', /1件は3日を過ぎました/)
})

test('配信の帳票は、何頁あっても、前へたどれば全部が一度ずつ出る', async () => {
  const rows = 305
  await union.db.transaction(whole, (tx) =>
    tx.run(
      `insert into notices.form_delivery
         (delivery_id, municipality_code, union_code, number, form, title, covers_until, people,
          pages, bytes, sha256, sealed_name, made_at, made_by)
       select format('00000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid, '431001', 43, n,
              'comingOfAge', '年齢到達予定者一覧', $1::timestamptz, 1, 1, 1, repeat('0', 64), 'none',
              $1::timestamptz - (n / 100) * interval '1 day', '日次の実行'
         from generate_series(1, $2::integer) n`,
      [tx.now, rows],
    ),
  )
  const numbers: number[] = []
  for (let where: string | null = 'form-deliveries'; where !== null; ) {
    const page: FormDeliveries = await ok(await kumamoto.ask(where))
    numbers.push(...page.deliveries.map(({ number }) => number))
    // Those of the first page are younger; the alarm tells of the oldest all the same.
    assert.deepEqual(page.overdue, { forms: 6, municipalities: ['熊本市'] })
    where = page.older === null ? null : `form-deliveries?older=${page.older}`
  }
  assert.equal(numbers.length, rows)
  assert.equal(new Set(numbers).size, rows)
  const [own] = await deliveries(kumamoto)
  const elsewhere = await amakusa.ask(`form-deliveries?older=${own?.delivery}`)
  assert.equal((await failed(elsewhere, 404)).code, 'NOT_FOUND')
})

test('誤りは1つも起きていない', () => assert.deepEqual(union.faults, []))
