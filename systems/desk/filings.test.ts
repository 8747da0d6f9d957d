import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { type FilingReceipt, inventedResident } from '@koiki/union'
import type { Page } from 'playwright-core'
import {
  deskWorld,
  inspect,
  inspectInViews,
  ordinaryView,
  readBack,
  type Seat,
  signIn,
  stand,
} from '../../tools/test/deskWorld.ts'

const world = await deskWorld({ after })
const { union, url } = world
const counter = await union.enter('amakusa')

const paper = {
  person: null as string | null,
  addresseeNumber: null as string | null,
  filedOn: '2026-07-01',
  occurredOn: null as string | null,
  filer: 'self',
  proxy: null,
  fields: {} as Record<string, unknown>,
  numberState: 'blank',
  numberReason: '書いていなかった' as string | null,
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: [] as string[],
}
const address = {
  postalCode: '8630000',
  prefecture: '熊本県',
  municipalityName: '天草市',
  town: '架空町五丁目',
  houseNumber: '５番５号',
  building: null,
}
const moveIn = (addressee: number, name: string, nameKana: string, formerLoss = 'none') => ({
  ...paper,
  kind: 'acquisitionMoveIn',
  addresseeNumber: String(addressee).padStart(15, '0'),
  occurredOn: '2026-06-28',
  fields: {
    name,
    nameKana,
    birthDate: '1943-03-03',
    sex: '2',
    address,
    formerLoss,
    ...(formerLoss === 'none' ? {} : { formerInsurerName: '架空健康保険組合' }),
  },
})

/** At the counter of 天草市, as its own system would: what the browser then has to go on with. */
async function filed(content: object): Promise<FilingReceipt> {
  const answer = await counter.post('filings', { filingId: randomUUID(), ...content })
  const text = await answer.text()
  assert.equal(answer.status, 201, text)
  return JSON.parse(text) as FilingReceipt
}

async function sit(account: string): Promise<Seat & { page: Page }> {
  const seat = await world.open(ordinaryView)
  seat.page.setDefaultTimeout(20_000)
  await signIn(world, seat.page, account)
  return seat
}

const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { name, level: 1 })

/** 列から届書をひらく */
async function openFiling(page: Page, realm: 'counter' | 'union', receipt: FilingReceipt) {
  await page.goto(`${url}/${realm}/filings`)
  await page.getByLabel('この中をさがす').fill(receipt.receiptNumber)
  await page.locator('[data-row]', { hasText: receipt.receiptNumber }).click()
  await page.getByRole('heading', { name: 'いきさつ' }).waitFor()
}

/** かな漢字変換 — as an IME types into the field that has the focus; the last is what the clerk takes. */
async function converted(page: Page, steps: readonly string[]): Promise<void> {
  const ime = await page.context().newCDPSession(page)
  for (const text of steps)
    await ime.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  await ime.send('Input.insertText', { text: steps.at(-1) ?? '' })
  await ime.detach()
}

test('待っている届書を広域の席で片づける: 送付先の2人目、診断書の審査、前の保険者の答え', async () => {
  const person = (await counter.find('庭球 ハナ')).people[0]?.person ?? assert.fail()
  const destination = await filed({
    ...paper,
    kind: 'destinationRegister',
    numberReason: null,
    person,
    fields: {
      recipientName: '庭球　次郎',
      relation: 'family',
      destination: address,
      covers: 'premium',
      reason: '入院している',
    },
  })
  assert.equal(destination.state, 'awaitingCheck')
  const young = inventedResident(7101, {
    氏名: '射撃　トラ',
    氏名カナ: 'シャゲキ　トラ',
    生年月日: plainDate('1956-03-10'),
  })
  const prepared = await union.prepare('432156', 住民基本台帳情報, [young])
  assert.equal((await union.send(counter, prepared)).status, 201)
  await union.work()
  const diagnosis = await filed({
    ...paper,
    kind: 'disabilityApplication',
    addresseeNumber: young.宛名番号,
    documents: ['disabilityProof'],
    fields: { proof: 'diagnosis', grade: 'examined', formerLoss: 'none' },
  })
  assert.equal(diagnosis.state, 'examining')
  const insurer = await filed(moveIn(7102, '重量　マツ', 'ジュウリョウ　マツ', 'unconfirmed'))
  assert.equal(insurer.state, 'incomplete')

  const seat = await sit('shikaku')
  const { page } = seat
  await page.goto(`${url}/union/filings`)
  await page.getByLabel('ようす').selectOption('awaitingCheck')
  await page.getByText('2人目待ち').last().waitFor()
  await openFiling(page, 'union', destination)
  await page.getByRole('button', { name: '2人目として確かめる' }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('合っているかどうかを選んでください。').waitFor()
  await page.getByRole('radio', { name: '合っている', exact: true }).check()
  await page.keyboard.press('Control+Enter')
  await page.getByText('2人目として確かめました。').waitFor()

  await openFiling(page, 'union', diagnosis)
  await heading(page, /広域連合が審査します/).waitFor()
  await page.getByRole('button', { name: '審査して決める' }).click()
  await page.getByRole('radio', { name: '認める', exact: true }).check()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/決めたわけを書いてください。/).waitFor()
  await page.getByRole('textbox', { name: /^わけ/ }).fill('別表の状態に当たる')
  await page.keyboard.press('Control+Enter')
  await heading(page, /決定しました/).waitFor()

  await openFiling(page, 'union', insurer)
  await page.getByText('返事待ち').waitFor()
  await page.getByRole('button', { name: '前の保険者の答えを入れる' }).click()
  await page.getByRole('radio', { name: '資格は終わっている' }).check()
  await page.getByRole('textbox', { name: /^資格を失った日/ }).fill('R8.6.28')
  await page.getByRole('textbox', { name: /^出どころ/ }).fill('電話 7月1日 資格係')
  await page.keyboard.press('Control+Enter')
  await heading(page, /決定しました/).waitFor()
  await page.getByText(/資格は終わっている\(令和8年6月28日\)/).waitFor()
  await stand(seat)
})

test('訂正: 2人目は1人目の入力を見ずに入れ、ちがえば並び、直して同じなら決まる。取り消す前に動くものが見える', async () => {
  await filed(moveIn(7103, '体操　スギ', 'タイソウ　スギ'))
  const person = (await counter.find('体操 スギ')).people[0]?.person ?? assert.fail()
  const first = await filed({
    ...paper,
    kind: 'identityCorrection',
    numberReason: null,
    person,
    documents: ['correctionProof'],
    fields: { birthDate: '1951-03-08' },
  })
  const seat = await sit('shikaku')
  const { page } = seat
  await openFiling(page, 'union', first)
  await heading(page, /2人目の入力を待っています/).waitFor()
  assert.doesNotMatch(await page.content(), /1951-03-08|昭和26年3月8日/)
  await page.locator('[data-state="hidden"]').waitFor()
  await page.getByRole('button', { name: '2人目として入れる' }).click()
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/直さない項目は空のままにします。/)
    .first()
    .waitFor()
  await inspect(page, 'filing-second')
  await page.getByLabel('正しい生年月日').fill('S26.8.3')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('table', { name: '1人目と2人目の入力' }).waitFor()
  assert.match(
    await page.getByRole('table', { name: '1人目と2人目の入力' }).innerText(),
    /昭和26年3月8日[\s\S]*昭和26年8月3日[\s\S]*ちがい/,
  )
  await inspectInViews(page, 'filing-two-entries')

  const own = await sit('amakusa')
  await openFiling(own.page, 'counter', first)
  await own.page.getByRole('table', { name: '1人目と2人目の入力' }).waitFor()
  await own.page.getByRole('button', { name: '補う', exact: true }).click()
  assert.equal(await own.page.getByLabel('正しい生年月日').inputValue(), '1951-03-08')
  await own.page.getByLabel('正しい生年月日').fill('S18.3.8')
  await own.page.keyboard.press('Control+Enter')
  // Come from the queue, without an 応対: it is asked for, and the correction goes by itself after it.
  await own.page.getByRole('dialog', { name: '応対を始める' }).waitFor()
  await own.page.keyboard.press('Control+Enter')
  await readBack(own.page, { 生年月日: 'S18.3.3', 氏名かカナ: 'たいそう すぎ' })
  await heading(own.page, /2人目の入力を待っています/).waitFor()
  assert.equal(await own.page.getByRole('button', { name: '2人目として入れる' }).count(), 0)
  await stand(own)

  await page.keyboard.press('F5')
  await page.getByText(/まだ見ていない3人目に/).waitFor()
  assert.equal(await page.getByRole('button', { name: '2人目として入れる' }).count(), 0)
  const third = await union.colleague('amakusa')
  const typed = { version: 3, fields: { birthDate: '1943-03-08' } }
  const agreed = await third.post(`filings/${first.filing}/second`, typed)
  assert.equal(agreed.status, 200, await agreed.text())
  await page.keyboard.press('F5')
  await heading(page, /決定しました/).waitFor()
  await page.getByRole('button', { name: '取り消す' }).click()
  await page.getByLabel('何がまちがいだったか').fill('別の人の戸籍だった')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: '取り消すと動くもの' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/を取り消しました。/)
    .first()
    .waitFor()
  await stand(seat)
})

test('時点と知った日: 選んだ日の資格が、その日までに決まっていたことで出る。来ていない日は断る', async () => {
  const { person } = await filed(moveIn(7121, '弓道　ノブ', 'キュウドウ　ノブ'))
  const seat = await sit('amakusa')
  const { page } = seat
  await page.goto(`${url}/counter/people/${person}/timeline`)
  await page.getByRole('radio', { name: '資格の相談' }).click()
  await page.keyboard.press('Control+Enter')
  const past = page.getByRole('region', { name: '時点と知った日' })
  const knownOn = past.getByRole('textbox', { name: /^知った日/ })
  await past.getByRole('textbox', { name: /^時点/ }).fill('R8.6.27')
  await knownOn.fill('R8.7.2')
  await past.getByRole('button', { name: 'この日で見る' }).click()
  await past.getByText('まだ来ていない日です。').waitFor()
  await knownOn.fill('R8.6.30')
  await past.getByRole('button', { name: 'この日で見る' }).click()
  await past.getByText('この日までに、資格の決定はまだありませんでした。').waitFor()
  await past.getByText(/^過去の見え方です: 令和8年6月27日の状態を、令和8年6月30日までに/).waitFor()
  await inspect(page, 'person-past')
  await stand(seat)
})

test('列: 同僚に回し、元に戻せる。氏名にはカナが添う。届書の頁からも回せる', async () => {
  const waiting = await filed(moveIn(7104, '登山　キヨ', 'トザン　キヨ', 'unconfirmed'))
  const seat = await sit('amakusa')
  const { page } = seat
  await page.goto(`${url}/counter/filings`)
  await page.getByLabel('この中をさがす').fill(waiting.receiptNumber)
  const row = page.locator('tr', { hasText: waiting.receiptNumber })
  await row.waitFor()
  assert.match(await row.innerText(), /登山　キヨ[\s\S]*トザン　キヨ/)
  await row.locator('[data-row]').focus()
  await page.keyboard.press(' ')
  await page.getByText('選択 1件').waitFor()
  const colleagues = page.getByLabel('同僚')
  const name = (await colleagues.locator('option').nth(1).innerText()).trim()
  await colleagues.selectOption({ index: 1 })
  await inspectInViews(page, 'queue-hand-over')
  await page.getByRole('button', { name: `${name}さんに回す` }).click()
  await page.getByText(`1件を${name}さんに回しました。`).waitFor()
  await row.getByText(name).waitFor()
  await page.getByRole('button', { name: '元に戻す' }).click()
  await page.getByText('1件をだれも持たないことにしました。').waitFor()
  await openFiling(page, 'counter', waiting)
  await page.getByLabel('同僚').selectOption({ index: 1 })
  await page.getByRole('button', { name: `${name}さんに回す` }).click()
  await page.getByText(`${name}さんに回しました。`).waitFor()
  await stand(seat)
})

test('広域の席で記録のない人を受け付ける: 市区町村を選び、閉じても下書きが残り、その市区町村の届書になる', async () => {
  const seat = await sit('shikaku')
  const { page } = seat
  await page.goto(`${url}/union/filings/new`)
  await page.getByRole('button', { name: '資格取得届 (転入)', exact: true }).click()
  await page.getByRole('radio', { name: /記録のない人/ }).check()
  await page.getByRole('textbox', { name: /^宛名番号/ }).fill('7105')
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/どの市区町村の人かを選んでください。/)
    .first()
    .waitFor()
  await inspect(page, 'intake-municipality')
  await page.getByLabel('市区町村', { exact: false }).first().selectOption('432156')
  const name = page.getByRole('textbox', { name: /^氏名※/ })
  const kana = page.getByRole('textbox', { name: /^氏名カナ/ })
  await name.focus()
  await converted(page, ['そうt', 'そうてい', '漕艇'])
  await page.keyboard.type('　')
  await converted(page, ['たかえ', '高恵'])
  assert.equal(await kana.inputValue(), 'ソウテイ　タカエ')
  await page.getByText(/推定: 氏名を打ったときの読みです。/).waitFor()
  await page.keyboard.press('F4')
  await page.getByRole('dialog', { name: '「恵」の字形をえらぶ' }).waitFor()
  await inspect(page, 'glyphs')
  await page.keyboard.press('Enter')
  assert.equal(await name.inputValue(), '漕艇　高惠')
  assert.equal(await kana.inputValue(), 'ソウテイ　タカエ')
  // What the clerk has passed is hers: another conversion does not touch it.
  await kana.fill('そうてい ｺｳｴ')
  await page.keyboard.press('Enter')
  assert.equal(await kana.inputValue(), 'ソウテイ　コウエ')
  await name.press('End')
  await converted(page, ['こ', '子'])
  assert.equal(await kana.inputValue(), 'ソウテイ　コウエ')
  await page.getByText(/に保存しました。/).waitFor()
  const draft = page.url()
  await stand(seat)

  const again = await sit('shikaku')
  await again.page.goto(draft)
  await again.page.getByText(/まだ足りないもの/).waitFor()
  assert.equal(await again.page.locator('[data-at="municipality"] select').inputValue(), '432156')
  await again.page.getByRole('button', { name: 'この下書きを消す' }).click()
  await heading(again.page, '届書').waitFor()
  await stand(again)
})
