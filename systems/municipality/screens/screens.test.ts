import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, beforeEach, test } from 'node:test'
import { plainDate, revealNumber } from '@koiki/kernel'
import {
  type Layout,
  住所地特例者情報,
  保険料情報,
  被保険者情報,
  被保険者証等発行用情報,
} from '@koiki/layouts'
import sparticuz from '@sparticuz/chromium'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { axeFindings } from '../../../tools/test/axe.ts'
import {
  certificateRow,
  insuredRow,
  premiumRow,
  provisionRow,
  scopeOf,
  testService,
} from '../testService.ts'
import { inventedNumber } from '../testWorld.ts'

const codes = ['431001', '432024', '432032', '432041', '432059', '432067'] as const
const of = await testService({ after }, codes)
const { url } = of.service

const browser = await chromium.launch({
  executablePath: process.env.KOIKI_CHROMIUM ?? (await sparticuz.executablePath()),
  args: ['--no-sandbox', '--disable-background-networking'],
})
after(() => browser.close())

/** Where to keep pictures of the screens, for a person who looks at them; nowhere unless named. */
const pictures = process.env.KOIKI_PICTURES
const numbers = [
  ...codes.flatMap((code) =>
    Array.from({ length: 12 }, (_, index) =>
      inventedNumber(Number(code.slice(2)) * 100 + index + 1),
    ),
  ),
  inventedNumber(991_001),
  inventedNumber(991_002),
].map((number) => revealNumber(number))

let context: BrowserContext
let page: Page
let outside: string[]
let addresses: string[]
let sources: Promise<string>[]

beforeEach(async () => {
  outside = []
  addresses = []
  sources = []
  context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  })
  // Ten megabytes of letters matter to the eye alone.
  if (pictures === undefined) await context.route('**/letters/*', (route) => route.abort())
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    addresses.push(decodeURIComponent(request.url()))
    if (origin !== url && protocol !== 'data:') outside.push(request.url())
  })
  page.on('response', (response) => {
    if (/html/.test(response.headers()['content-type'] ?? ''))
      sources.push(response.text().catch(() => ''))
  })
})

afterEach(async () => {
  const source = await Promise.all(sources)
  await context.close()
  assert.deepEqual(outside, [], '外へ取りに行った')
  for (const address of addresses) assert.doesNotMatch(address, /模擬|モギ|\d{12}/)
  for (const text of source)
    for (const number of numbers) assert.ok(!text.includes(number), '画面に個人番号がある')
})

async function signIn(code: (typeof codes)[number]): Promise<void> {
  await page.goto(`${url}/`)
  await page.getByLabel('市区町村').selectOption(code)
  await page.getByLabel('担当者の合言葉').fill(of.tokens[code] as string)
  await page.keyboard.press('Enter')
  await heading('住民をさがす')
}

const heading = (name: string): Promise<void> =>
  page.getByRole('heading', { name, level: 1 }).waitFor()

/** Nothing for axe to find, nothing wider than the window, wide or narrow; and a picture, if wanted. */
async function inspect(name: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], name)
  for (const width of [400, 1366]) {
    await page.setViewportSize({ width, height: 768 })
    if (pictures !== undefined) {
      await page.evaluate(() => document.fonts.ready)
      await mkdir(pictures, { recursive: true })
      const file = path.join(pictures, `town-${name}-${width}.png`)
      await page.screenshot({ path: file, fullPage: true })
    }
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    assert.ok(wider <= 0, `${name} は幅${width}の窓より${wider}px広い`)
  }
}

async function openRecord(name: string): Promise<void> {
  await menu('住民をさがす').click()
  await page.getByLabel('氏名・カナのはじめ').fill(name)
  await page.getByRole('button', { name: 'さがす' }).click()
  await page.getByRole('link', { name, exact: true }).first().click()
  await heading(`住民票 ${name}`)
}

const menu = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
const summary = () => page.getByRole('alert')
/** Each waits for the page that says so. */
const told = (hasText: RegExp) => page.getByRole('status').filter({ hasText }).waitFor()
const refused = (hasText: RegExp) => summary().filter({ hasText }).waitFor()
const shown = (hasText: RegExp) => page.locator('main').filter({ hasText }).waitFor()

test('合言葉がちがえば入れず、鍵だけで席に着け、サインアウトすれば戻れない', async () => {
  await page.goto(`${url}/`)
  await heading('サインイン')
  await inspect('sign-in')
  const letters = await context.request.get(`${url}/screens/letters/regular.ttf`)
  assert.equal(letters.headers()['content-type'], 'font/ttf')
  await page.getByLabel('市区町村').selectOption('431001')
  await page.getByLabel('担当者の合言葉').fill('違う合言葉')
  await page.keyboard.press('Enter')
  await refused(/合言葉がちがいます/)
  await signIn('431001')
  await page.getByRole('button', { name: 'サインアウト' }).click()
  await heading('サインイン')
  await page.goto(`${url}/screens/links`)
  await heading('サインイン')
})

test('住民をさがし、住民票を見て、転居を鍵だけで記録し、取り消すと両方残る', async () => {
  await signIn('431001')
  await page.getByRole('button', { name: 'さがす' }).click()
  await refused(/書いてください/)
  await page.getByLabel('氏名・カナのはじめ').fill('模擬一')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '模擬　一子', exact: true }).waitFor()
  await inspect('search')
  await page.getByRole('link', { name: '模擬　一子', exact: true }).focus()
  await page.keyboard.press('Enter')
  await heading('住民票 模擬　一子')
  await shown(/個人番号\s*登録あり/)
  await inspect('record')
  await page.getByRole('link', { name: '転居', exact: true }).focus()
  await page.keyboard.press('Enter')
  await heading('転居を記録する')
  await inspect('event-form')
  await page.getByLabel('町字').focus()
  await page.keyboard.press('Enter')
  await refused(/「町字」を確かめてください/)
  await summary().getByRole('link').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('模擬町九丁目')
  await page.getByLabel('転居した日').fill('2026-06-20')
  await page.getByLabel('模擬　二子', { exact: true }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('模擬　三子', { exact: true }).check()
  await page.keyboard.press('Enter')
  await told(/転居を記録しました（3人の住民票）/)
  await shown(/模擬町九丁目/)
  await page.getByText('この異動を取り消す').click()
  await page.getByLabel('取り消す理由').fill('世帯の取違え')
  await page.keyboard.press('Enter')
  await told(/異動の取消を記録しました/)
  const history = await page.locator('article').allInnerTexts()
  assert.equal(history.length, 2)
  assert.match(history[1] ?? '', /取り消されました/)
  await inspect('record-cancelled')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('navigation').isVisible(), false)
  assert.equal(await page.getByText('この人の異動を記録する').isVisible(), false)
  if (pictures !== undefined)
    await page.pdf({ path: path.join(pictures, 'town-record.pdf'), format: 'A4' })
})

test('どの異動の様式も開けて、読める', async () => {
  await signIn('431001')
  await menu('異動を記録する').click()
  await heading('異動を記録する')
  await inspect('event-kinds')
  await openRecord('模擬　四子')
  const links = page.locator('section.acts li a')
  const places = await links.evaluateAll((all) => all.map((a) => a.getAttribute('href') as string))
  assert.ok(places.length > 12)
  for (const place of [
    ...places,
    '/screens/events/move-in',
    '/screens/events/birth',
    '/screens/events/enter',
  ]) {
    const source = await (await context.request.get(`${url}${place}`)).text()
    const ids = [...source.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length, `${place} に同じ id がある`)
    const named = new Set([...source.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id))
    const controls = source.matchAll(/<(?:input|select|textarea)(?![^>]*type="hidden")([^>]*)>/g)
    for (const [, marks = ''] of controls) {
      const id = / id="([^"]+)"/.exec(marks)?.[1] ?? ''
      assert.ok(named.has(id) || marks.includes('aria-label='), `${place}: ${marks}`)
    }
  }
  await page.goto(`${url}/screens/events/move-in`)
  await inspect('move-in')
  await page.goto(`${url}${places.find((place) => place.includes('correct'))}`)
  await inspect('correct')
})

test('転入: 外国人の在留資格をただし、書いた番号は二度と現れない', async () => {
  await signIn('432024')
  await page.goto(`${url}/screens/events/move-in`)
  await page.getByLabel('町字').fill('模擬町一丁目')
  const first = page.getByRole('group', { name: '1人目' })
  await first.getByLabel('氏名', { exact: false }).first().fill('模擬　来子')
  await first.getByLabel('生年月日').fill('1949-02-03')
  await first.getByLabel('性別').selectOption('2')
  await first.getByLabel('続柄').fill('世帯主')
  await first.getByLabel('個人番号').fill(revealNumber(inventedNumber(991_001)))
  await first.getByLabel('住民種別').selectOption('2')
  await page.getByRole('button', { name: '転入を記録する' }).click()
  await refused(/在留資格が要ります/)
  assert.equal(await first.getByLabel('個人番号').inputValue(), '')
  await first.getByLabel('個人番号').fill(revealNumber(inventedNumber(991_001)))
  await first.getByLabel('在留資格').selectOption('永住者')
  await page.getByRole('button', { name: '転入を記録する' }).click()
  await told(/転入を記録しました/)
  await shown(/永住者/)
  await shown(/個人番号\s*登録あり/)
})

test('支援措置の人と同じ世帯の住所は、用件を書いて開くまで、どの画面の元にもない', async () => {
  await of.transferAll('432032')
  const sent = await of.unionSends('432032', 住所地特例者情報, [provisionRow('432032', 2)])
  await of.finished('432032', sent.answer.job)
  await signIn('432032')
  await openRecord('模擬　二子')
  await shown(/特別養護老人ホーム 見本苑/)
  await page.getByRole('link', { name: '支援措置開始' }).click()
  await page.getByLabel('自己情報提供不可').check()
  await page.getByRole('button', { name: '支援措置開始を記録する' }).click()
  await shown(/不開示該当・自己情報提供不可/)
  for (const name of ['模擬　二子', '模擬　三子']) {
    await openRecord(name)
    assert.ok(!(await page.content()).includes('模擬町'), name)
    assert.match(await page.locator('.care').innerText(), /取扱注意/)
  }
  await menu('住所地特例').click()
  await shown(/模擬　数子/)
  for (const words of ['見本苑', '見本市', '特別養護'])
    assert.ok(!(await page.content()).includes(words), words)
  await openRecord('模擬　二子')
  assert.ok(!(await page.content()).includes('見本苑'))
  await inspect('record-care')
  await menu('住民をさがす').click()
  await page.getByLabel('氏名・カナのはじめ').fill('模擬')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '見つかった人' }).waitFor()
  assert.equal(await page.getByText('取扱注意のため表示していません').count(), 3)
  await openRecord('模擬　二子')
  await page.getByRole('button', { name: '住所を開く' }).click()
  await refused(/用件を書いてください/)
  await page.getByLabel('用件').fill('本人からの届出')
  await page.getByRole('button', { name: '住所を開く' }).click()
  await shown(/模擬町一丁目/)
  const opened = await of.database.transaction(scopeOf('432032'), (tx) =>
    tx.query<{ purpose: string }>(
      `select purpose from audit.entry where act = 'resident.openAddress'`,
    ),
  )
  assert.deepEqual(opened, [{ purpose: '取扱注意の住所を開く: 本人からの届出' }])
  await page.getByRole('link', { name: '支援措置変更' }).click()
  assert.ok(await page.getByLabel('自己情報提供不可').isChecked(), '今の効果から始まる')
  await page.getByLabel('不開示該当').uncheck()
  await page.getByLabel('自己情報提供不可').uncheck()
  await page.getByRole('button', { name: '支援措置変更を記録する' }).click()
  await refused(/支援措置終了/)
  await page.getByLabel('自己情報提供不可').check()
  await page.getByRole('button', { name: '支援措置変更を記録する' }).click()
  await shown(/（自己情報提供不可）/)
  await openRecord('模擬　二子')
  assert.equal(await page.locator('.care').count(), 0)
  await shown(/模擬町一丁目/)
})

test('住登外: 足りないところをすべて言い、登録・変更・消除が履歴に残る', async () => {
  await signIn('432041')
  await menu('住登外').click()
  await heading('住登外')
  await inspect('non-registered')
  await page.getByRole('link', { name: '新しく登録する' }).click()
  await heading('住登外に登録する')
  await page.getByRole('button', { name: '登録する' }).click()
  assert.ok((await summary().getByRole('listitem').count()) >= 5)
  await inspect('non-registered-new')
  await page.getByLabel('登録の日').fill('2026-07-01')
  await page.getByLabel('氏名必ず').fill('模擬　離子')
  await page.getByLabel('生年月日').fill('1938-01-01')
  await page.getByLabel('性別').selectOption('2')
  await page.getByLabel('個人番号').fill(revealNumber(inventedNumber(991_002)))
  await page.getByLabel('都道府県').fill('熊本県')
  await page.getByLabel('市区郡町村名').fill('八代市')
  await page.getByLabel('町字').fill('模擬町')
  await page.getByRole('button', { name: '登録する' }).click()
  await refused(/適用開始日が要ります/)
  await page.getByLabel('適用開始日').fill('2026-06-01')
  await page.getByLabel('施設の種類').selectOption('介護保険施設')
  await page.getByLabel('施設の名称').fill('模擬苑')
  await page.getByRole('button', { name: '登録する' }).click()
  await heading('住登外 模擬　離子')
  await told(/住登外登録を記録しました/)
  await page.getByLabel('変更の日').fill('2026-07-01')
  await page.getByLabel('施設の種類').selectOption('病院・診療所')
  await page.getByLabel('施設の名称').fill('模擬病院')
  await page.getByRole('button', { name: '変更する' }).click()
  await shown(/病院・診療所 模擬病院/)
  await page.getByLabel('消除の日').fill('2026-07-01')
  await page.getByRole('button', { name: '消除する' }).click()
  await told(/住登外消除/)
  const history = await page.locator('main').innerText()
  for (const kind of ['住登外登録', '住登外変更', '住登外消除'])
    assert.ok(history.includes(kind), kind)
  await inspect('non-registered-record')
})

test('移転・移出・移入・発行・連携の様子: 鍵で動かし、断りの所見も受領書も読める', async () => {
  const code = '432059'
  await signIn(code)
  await menu('移転・移出・移入').click()
  await page.getByRole('button', { name: '2-1 住民票の異動を受ける' }).click()
  await told(/2-1.*終わりました/)
  await page.getByRole('button', { name: '4-1 住民税を受ける' }).click()
  await page.getByRole('button', { name: '2-2 住基と住登外を移出する' }).click()
  await shown(/住民基本台帳情報/)

  const bring = async (layout: Layout, rows: readonly Record<string, unknown>[]) => {
    const prepared = await of.unionPrepares(code, layout, rows)
    await menu('移転・移出・移入').click()
    await page.getByLabel('送り状の中身').fill(prepared.manifestText)
    await page.getByLabel('封じたファイル').setInputFiles(prepared.sealedFile)
    await page.getByRole('button', { name: '移入する' }).click()
    await page.getByRole('heading', { name: /^移入 /, level: 1 }).waitFor()
  }
  await bring(被保険者情報, [insuredRow(code, 1), insuredRow(code, 10)])
  await shown(/取り込まれた/)
  await bring(保険料情報, [premiumRow(code, 1), premiumRow(code, 10)])
  await bring(住所地特例者情報, [
    provisionRow(code, 1),
    provisionRow(code, 10, { 異動区分: '3', 適用終了年月日: plainDate('2026-06-20') }),
    provisionRow(code, 701, {
      ...{ 被保険者番号: null, 住所地特例区分: '2', 保険者広域連合コード: '40' },
    }),
  ])
  await menu('住所地特例').click()
  await heading('住所地特例')
  await shown(/他の広域連合の被保険者.*広域連合 40/)
  assert.equal(await page.locator('main').getByRole('row').count(), 3)
  await page.getByLabel('終わった人も').check()
  await page.keyboard.press('Enter')
  await shown(/令和8年6月20日に終わった/)
  await inspect('residence-provisions')
  await page.locator('main').getByRole('link').last().click()
  await shown(/令和8年6月1日から/)
  await bring(被保険者情報, [insuredRow(code, 555)])
  await shown(/宛名番号の人が市区町村システムにいません/)
  await inspect('import-findings')
  const [receipt] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '受領書を取り出す' }).click(),
  ])
  assert.match(receipt.suggestedFilename(), /\.receipt\.json$/)
  await menu('移転・移出・移入').click()
  await page.getByRole('button', { name: '3-6 資格の日を住民票へ渡す' }).click()
  await inspect('exchange')

  await menu('発行').click()
  await shown(/発行用情報が届いていません/)
  await bring(被保険者証等発行用情報, [
    certificateRow(code, 1, { 限度区分: 'B09', 限度区分適用年月日: plainDate('2025-08-01') }),
    certificateRow(code, 10, { 送付先区分: '1' }),
  ])
  await menu('発行').click()
  await page.getByRole('button', { name: '資格確認書を発行する' }).click()
  await told(/終わりました/)
  await shown(/登録した送付先に届けます/)
  await page.getByRole('button', { name: /^確かめた/ }).click()
  await refused(/枚数を数えて/)
  await page.getByLabel('数えた枚数').fill('２')
  await page.getByRole('button', { name: /^確かめた/ }).click()
  await refused(/1枚です。数えた2枚と合いません/)
  await inspect('documents-count')
  await page.getByLabel('数えた枚数').fill('1')
  await page.getByRole('button', { name: /^確かめた/ }).click()
  await told(/1枚を印刷済みにしました/)
  await page.getByRole('button', { name: '郵送した' }).click()
  await told(/1枚の交付（郵送）を記録しました/)
  await inspect('documents')
  const href = await page.getByRole('link', { name: /PDFを開く/ }).getAttribute('href')
  const pdf = await context.request.get(`${url}${href}`)
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')

  await menu('連携の様子').click()
  await heading('連携の様子')
  assert.equal(await page.getByText('一致', { exact: true }).count(), 2)
  await page.getByLabel('次の移出と受領書から').selectOption('late')
  await page.getByLabel('出す日').fill('2026-07-05')
  await page.getByRole('button', { name: '行儀を決める' }).click()
  await shown(/遅らせる（令和8年7月5日まで）/)
  await inspect('links')
  await openRecord('模擬　一子')
  await shown(/平成27年3月3日\s*続いています/)
})

test('よその画面から送られた形、古い画面の形は、何もせずに断る', async () => {
  await signIn('432067')
  const answer = await context.request.post(`${url}/screens/links/conduct`, {
    form: { conduct: 'silent', formKey: 'よその鍵' },
  })
  assert.equal(answer.status(), 422)
  assert.match(await answer.text(), /画面が古くなっています/)
  const { body } = await of.call<{ conduct: string }>('432067', 'GET', '/conduct')
  assert.equal(body.conduct, 'off')
  const missing = await page.goto(`${url}/screens/residents/9999`)
  assert.equal(missing?.status(), 404)
  await refused(/お探しのものはありません/)
  await inspect('missing')
})
