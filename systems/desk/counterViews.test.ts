import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { inventedResident } from '@koiki/union'
import { deskWorld, inspect, signIn, stand, views } from '../../tools/test/deskWorld.ts'

const world = await deskWorld({ after })
const { union, url } = world

/** Somebody without a record is taken in at the counter, and the register then says another day: 1-6. */
const differ = async (): Promise<void> => {
  const amakusa = await union.enter('amakusa')
  const addresseeNumber = '000000000007001'
  const filed = await amakusa.post('filings', {
    kind: 'acquisitionMoveIn',
    filingId: randomUUID(),
    person: null,
    addresseeNumber,
    filedOn: '2026-07-01',
    occurredOn: '2026-06-28',
    filer: 'self',
    proxy: null,
    fields: {
      name: '庭球　キクエ',
      nameKana: 'テイキュウ　キクエ',
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
    numberState: 'blank',
    numberReason: '書いていなかった',
    numberCheck: null,
    identityCheck: ['driversLicence'],
    documents: [],
  })
  assert.equal(filed.status, 201, await filed.text())
  const prepared = await union.prepare('432156', 住民基本台帳情報, [
    inventedResident(7001, {
      個人番号: null,
      氏名: '庭球　菊枝',
      氏名カナ: 'テイキュウ　キクエ',
      生年月日: plainDate('1943-03-03'),
      町字: '架空町五丁目',
      番地号: '５番５号',
      住民となった日: plainDate('2026-06-29'),
      異動年月日: plainDate('2026-06-29'),
      異動事由: '01',
      操作年月日: plainDate('2026-07-01'),
    }),
  ])
  const sent = await union.send(amakusa, prepared)
  assert.equal(sent.status, 201, await sent.text())
  await union.work()
}

test('突合: ちがいが原因とともに並び、1度で直せる。氏名は、2人目が1人目の側を見ずに選ぶと直る', async () => {
  const seat = await world.open()
  const { page } = seat
  page.setDefaultTimeout(20_000)
  await signIn(world, page, 'amakusa')
  await page.goto(`${url}/counter/differences`)
  await page.getByText(/片づいていないちがいはありません。/).waitFor()
  await inspect(page, 'differences-empty')
  await differ()
  await page.goto(`${url}/counter/differences`)
  await page
    .getByText(/考えられる原因/)
    .first()
    .waitFor()
  const table = page.getByRole('table', { name: /の突合/ })
  assert.match(await table.innerText(), /令和8年6月28日[\s\S]*令和8年6月29日[\s\S]*ちがい/)
  await page.getByRole('button', { name: /のちがいを直す/ }).click()
  await page
    .getByRole('group', { name: '住民となった日' })
    .getByRole('radio', { name: '窓口を採る' })
    .check()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/わけを書いてください/).waitFor()
  await page
    .getByRole('group', { name: '住民となった日' })
    .getByRole('radio', { name: '住基を採る' })
    .check()
  const name = { name: /^氏名/ }
  await page.getByRole('group', name).getByRole('radio', { name: '住基を採る' }).check()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: '直すと動くもの' }).waitFor()
  await inspect(page, 'differences')
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(
      '1件のちがいを直しました。市区町村にも見えます。1件は、2人目が同じ側を選ぶと直ります。',
    )
    .waitFor()
  await page.getByText('あなたが選びました').waitFor()
  assert.equal(await page.getByRole('button', { name: /のちがいを直す/ }).count(), 0)
  await stand(seat)

  const office = await world.open()
  await signIn(world, office.page, 'shikaku')
  await office.page.goto(`${url}/union/differences`)
  await office.page.getByText('2人目待ち').waitFor()
  assert.doesNotMatch(await office.page.locator('main').innerText(), /住基を採/)
  await office.page.getByRole('button', { name: /のちがいを直す/ }).click()
  await office.page.getByRole('group', name).getByRole('radio', { name: '住基を採る' }).check()
  await office.page.keyboard.press('Control+Enter')
  await office.page.getByRole('heading', { name: '直すと動くもの' }).waitFor()
  await office.page.keyboard.press('Control+Enter')
  await office.page.getByText('1件のちがいを直しました。市区町村にも見えます。').waitFor()
  await office.page.getByRole('checkbox', { name: '片づいたものも見る' }).check()
  await office.page
    .getByText(/住基を採った。/)
    .first()
    .waitFor()
  await stand(office)
})

test('ほかの係の席では、だれがする仕事かを言う。できないことの場所は、左に出ない', async () => {
  const seat = await world.open()
  const { page } = seat
  await signIn(world, page, 'fuka')
  assert.deepEqual(await page.locator('.rail a').allInnerTexts(), [
    'きょう',
    'さがす',
    // The second person of a 特別療養費.
    '文書',
    'ファイル',
    '連携先',
    '実行',
  ])
  for (const place of ['filings', 'filings/new', 'differences', 'certificates/runs']) {
    await page.goto(`${url}/union/${place}`)
    await page.locator('[data-state="not-yours"]').waitFor()
    assert.match(await page.locator('main').innerText(), /の人ができます。/)
  }
  await inspect(page, 'not-yours')
  await stand(seat)
})

for (const [name, view] of views) {
  test(`受付・文書・突合・連携先のどの画面も、${name}で、axeに見つかるものがなく、横にはみ出さない`, async () => {
    const seat = await world.open(view)
    const { page } = seat
    page.setDefaultTimeout(20_000)
    const look = async (place: string, shown: string, kept = place): Promise<void> => {
      await page.goto(`${url}/counter/${place}`)
      await page.getByText(shown).first().waitFor()
      await inspect(page, `${kept.replaceAll('/', '-')}-${name}`)
    }
    await signIn(world, page, 'amakusa')
    await look('filings', '現在')
    await look('filings/new', '届出と申請')
    await page.getByRole('button', { name: '資格取得届 (転入)' }).click()
    await page.getByRole('radio', { name: /記録のない人/ }).check()
    await page.getByRole('textbox', { name: /宛名番号/ }).waitFor()
    await inspect(page, `intake-${name}`)
    await look('differences', '窓口で入れたこと')
    await look('certificates', 'まだ確かめていない紙')
    await look('certificates/runs', '一括の印刷は、まだありません。')
    await look('partners', '全件照合')
    await page.goto(`${url}/counter/search`)
    await page.getByRole('radio', { name: '資格の相談' }).check()
    await page.getByLabel('さがすことば').fill('庭球 正夫')
    await page.locator('[data-row]').first().click()
    for (const [tab, shown] of [
      ['資格確認書等', 'もとになる事実'],
      ['割合', '一部負担金の割合'],
      ['同じ人か', '資格担当がします'],
    ] as const) {
      await page.getByRole('link', { name: tab, exact: true }).click()
      await page.getByText(shown).first().waitFor()
      await inspect(page, `person-${tab}-${name}`)
    }
    await stand(seat)
  })
}

test('同じ人か: 項目ごとに説明し、結合も分離もわけを求め、もとに戻る', async () => {
  const seat = await world.open()
  const { page } = seat
  page.setDefaultTimeout(20_000)
  await signIn(world, page, 'shikaku')
  await page.goto(`${url}/union/search`)
  await page.getByRole('radio', { name: '資格の相談' }).check()
  await page.getByLabel('さがすことば').fill('庭球 正夫')
  await page.locator('[data-row]').first().click()
  await page.getByRole('link', { name: '同じ人か', exact: true }).click()
  await page.getByText('いま別の人').waitFor()
  assert.doesNotMatch(await page.content(), /\b\d{12}\b/)
  await inspect(page, 'links')
  await page.getByRole('button', { name: '同じ人として結合する' }).click()
  await page.getByText(/何を見て決めたかを書いてください/).waitFor()
  await page.getByLabel('決めるわけ').fill('戸籍で確かめた')
  await page.getByRole('button', { name: '同じ人として結合する' }).click()
  await page.getByText(/前の判断: 同じ人 戸籍で確かめた/).waitFor()
  await page.getByText('いま同じ人').waitFor()
  await inspect(page, 'links-joined')
  await page.getByLabel('決めるわけ').fill('まちがいだった')
  await page.getByRole('button', { name: '前の判断を取りやめる' }).click()
  await page.getByText('いま別の人').waitFor()
  await stand(seat)
})
