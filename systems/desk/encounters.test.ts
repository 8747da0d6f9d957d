import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, test } from 'node:test'
import type { Page } from 'playwright-core'
import { deskWorld, inspect, type Seat, signIn, stand, views } from '../../tools/test/deskWorld.ts'

const world = await deskWorld({ after })
const { url } = world

let seat: Seat
let page: Page
/** Bodies of what went over the wire, but for what was typed to be compared. */
let kept: string[]

beforeEach(async () => {
  seat = await world.open()
  page = seat.page
  page.setDefaultTimeout(20_000)
  kept = []
  page.on('response', async (response) => {
    if (response.url().includes('/api/') && !response.url().endsWith('/events'))
      kept.push(await response.text().catch(() => ''))
  })
})
afterEach(async () => {
  await stand(seat)
  assert.deepEqual(world.union.faults, [])
})

const search = async (words: string, purpose = '保険料の相談'): Promise<void> => {
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'さがす', level: 1 }).waitFor()
  await page.getByRole('radio', { name: purpose }).check()
  await page.getByLabel('さがすことば').fill(words)
  await page.locator('[data-row]').first().waitFor()
}

const open = async (words: string): Promise<void> => {
  await search(words)
  await page.locator('[data-row]').first().click()
  await page.locator('.identity').waitFor()
}

/** 要配慮者の申出を書いて、確認の頁で受け付けを求める */
const file = async (): Promise<void> => {
  await page.getByRole('button', { name: '要配慮者の申出', exact: true }).click()
  await page.locator('.person-strip').waitFor()
  await page.getByRole('radio', { name: '空欄' }).check()
  await page.getByLabel('記載のないわけ').fill('書いていなかった')
  await page.getByLabel('1点目').selectOption('driversLicence')
  await page.getByRole('radio', { name: '施設に入っている' }).check()
  await receive()
}

/** 確認の頁で、受け付けを求める — until it is taken, or something is asked first */
const receive = async (): Promise<void> => {
  await page.keyboard.press('Control+Enter')
  await page.getByText('まだ受け付けていません').waitFor()
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(250)
    if (!(await page.getByText('まだ受け付けていません').isVisible())) return
    if (await page.getByRole('dialog').isVisible()) return
  }
}

const encounter = () => page.locator('.head .encounter')
const reading = (name: RegExp | string) => page.getByRole('dialog', { name })

test('さがした人で応対が始まり、読み合わせがすむまで書けず、終えると何も残らない', async () => {
  await signIn(world, page, 'amakusa')
  await search('ていきゅう まさお')
  await page.getByText('同じ名前 2人').waitFor()
  await page.waitForTimeout(200)
  assert.equal(await encounter().count(), 0, 'まだだれの応対でもない')
  await page.getByLabel('さがすことば').fill('ていきゅう はな')
  await page.locator('[data-row]', { hasText: 'ハナ' }).click()
  await page.locator('.identity').waitFor()
  const head = await encounter().innerText()
  assert.match(head, /応対 \d{4} 保険料の相談・見本 天草・\d{1,2}:\d{2}から/)
  assert.doesNotMatch(head, /庭球/)
  const number = /\d{4}/.exec(head)?.[0] ?? ''
  assert.match(await page.locator('.identity').innerText(), /読み合わせ まだ/)
  await inspect(page, 'encounter-begun')

  await page.getByRole('link', { name: '届書を受け付ける' }).click()
  await file()
  await reading(`読み合わせ 応対${number}`).waitFor()
  assert.match(await reading(/読み合わせ/).innerText(), /氏名かカナは聞きました。.*あと1つ/)
  assert.equal(
    await page.getByLabel('生年月日').evaluate((e) => e === document.activeElement),
    true,
  )
  await page.keyboard.type('S16.9.13')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/生年月日が、記録と合いません。.*あと2回/).waitFor()
  await inspect(page, 'read-back-differs')
  assert.doesNotMatch(await reading(/読み合わせ/).innerText(), /9月12日|1941年9月12|(?<!応対)0002/)
  await page.getByLabel('生年月日').fill('S16.9.12')
  await page.keyboard.press('Control+Enter')
  // The write that was held back goes by itself.
  await page.getByRole('heading', { name: 'いきさつ' }).waitFor()
  await page.goto(`${url}/counter`)
  await encounter().waitFor()
  await search2Refused()
  await page.keyboard.press('F2')
  await page.getByText('庭球　ハナさんの応対を終えて、次の人をさがしますか。').waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await encounter().count(), 1)
  await page.keyboard.press('F2')
  await page.keyboard.press('Enter')
  await page.getByLabel('さがすことば').waitFor()
  assert.equal(await encounter().count(), 0)
  assert.equal(await page.getByLabel('さがすことば').inputValue(), '')
  assert.equal(await page.getByRole('radio', { checked: true }).count(), 0)
  await page.getByText(`応対${number}を終えました。`).waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /庭球/)
  assert.doesNotMatch(kept.join(''), /S16\.9\.1/)
})

/** During one 応対 the page of somebody else is for looking, and the way on asks first. */
async function search2Refused(): Promise<void> {
  await page.keyboard.press('Alt+3')
  await page.getByText(/の途中です。/).waitFor()
  await page.getByLabel('さがすことば').fill('卓球 トシ')
  await page.locator('[data-row]').first().click()
  await reading('応対を始める').waitFor()
  await inspect(page, 'encounter-replace')
  await page.keyboard.press('Escape')
  await page.getByLabel('さがすことば').fill('庭球 ハナ')
  await page.locator('[data-row]', { hasText: 'ハナ' }).click()
  await page.locator('.identity').waitFor()
  assert.match(await page.locator('.identity').innerText(), /読み合わせ 済 \d{1,2}:\d{2}/)
  await page.getByRole('link', { name: '世帯', exact: true }).click()
  await page.locator('[data-row]', { hasText: '正夫' }).click()
  await page.locator('[data-state="other-person"]').waitFor()
  await inspect(page, 'encounter-other-person')
}

test('別の窓は、応対中だと言って、見るだけになる。もとの窓を閉じると、続きができる', async () => {
  await signIn(world, page, 'amakusa')
  await open('庭球 ハナ S16.9.12')
  assert.match(await page.locator('.identity').innerText(), /読み合わせ 済/)
  const second = await seat.context.newPage()
  await second.goto(page.url())
  await second.locator('[data-state="elsewhere"]').waitFor()
  assert.match(
    await second.locator('[data-state="elsewhere"]').innerText(),
    /別の窓で応対中です\(応対\d{4}\)。この窓では見るだけです。/,
  )
  await second.getByRole('radio', { name: '保険料の相談' }).click()
  await second.locator('.identity').waitFor()
  assert.equal(await second.locator('.head .encounter').count(), 0)
  await inspect(second, 'encounter-elsewhere')
  await page.goto(`${url}/counter`)
  await encounter().waitFor()
  await page.goto('about:blank')
  await second.locator('.head .encounter').waitFor()
  assert.equal(await second.locator('[data-state="elsewhere"]').count(), 0)
  await second.close()
})

test('3回合わないと応対は閉じ、きょうに出る。書きかけは残る', async () => {
  await signIn(world, page, 'amakusa')
  await open('野球 清')
  await page.getByRole('button', { name: '読み合わせる' }).click()
  await page.keyboard.press('Tab')
  for (const left of [2, 1]) {
    await page.getByLabel('被保険者番号の下4けた').fill('9999')
    await page.keyboard.press('Control+Enter')
    await page.getByText(`あと${left}回合わないと`).waitFor()
  }
  await page.keyboard.press('Control+Enter')
  await reading('応対を閉じました').waitFor()
  await inspect(page, 'read-back-closed')
  await page.keyboard.press('Enter')
  await page.getByText(/読み合わせが3回合わなかったので閉じました/).waitFor()
  assert.equal(await encounter().count(), 0)
  assert.doesNotMatch(await page.locator('main').innerText(), /野球/)
  await inspect(page, 'today-closed-encounter')

  // An office's seat works without any of it: its purpose is enough.
  await signIn(world, page, 'shikaku')
  await page.getByText(/天草市の窓口の応対\d{4}/).waitFor()
  await open('野球 清')
  assert.equal(await encounter().count(), 0)
  assert.doesNotMatch(await page.locator('.identity').innerText(), /読み合わせ/)
})

test('記録のない人の届書は、本人なしで応対を始めて受け付け、その人の応対になる', async () => {
  await signIn(world, page, 'amakusa')
  await page.goto(`${url}/counter/filings/new`)
  await page.getByRole('button', { name: '資格取得届 (転入)' }).click()
  await page.getByRole('radio', { name: /記録のない人/ }).check()
  await page.getByRole('textbox', { name: /宛名番号/ }).fill('000000000007201')
  // F4: a calendar by keys for near days, none for a birth.
  await page.getByLabel('届出年月日').focus()
  await page.keyboard.press('F4')
  const calendar = reading('届出年月日を暦からえらぶ')
  await calendar.waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('PageUp')
  await calendar.getByText('令和8年5月').waitFor()
  await inspect(page, 'calendar')
  await page.keyboard.press('Enter')
  assert.equal(await page.getByLabel('届出年月日').inputValue(), '令和8年5月30日')
  assert.equal(
    await page.getByLabel('届出年月日').evaluate((e) => e === document.activeElement),
    true,
  )
  await page.getByLabel('届出年月日').fill('R8.7.1')
  await page.getByLabel('生年月日').focus()
  await page.keyboard.press('F4')
  assert.equal(await page.getByRole('dialog').count(), 0)
  for (const [label, text] of [
    ['転入した日', 'R8.6.28'],
    ['氏名カナ', 'テイキュウ　フキ'],
    ['生年月日', 'S18.3.3'],
  ] as const)
    await page.getByLabel(label).first().fill(text)
  await page.getByLabel('氏名', { exact: false }).first().fill('庭球　フキ')
  await page.getByRole('radio', { name: '女' }).check()
  for (const [label, text] of [
    ['都道府県', '熊本県'],
    ['市区町村', '天草市'],
    ['町字', '架空町五丁目'],
  ] as const)
    await page
      .getByRole('textbox', { name: new RegExp(`^${label}`) })
      .first()
      .fill(text)
  await page.getByRole('radio', { name: '前の保険者はない' }).check()
  await page.getByRole('radio', { name: '空欄' }).check()
  await page.getByLabel('記載のないわけ').fill('書いていなかった')
  await page.getByLabel('1点目').selectOption('driversLicence')
  await receive()
  const dialog = reading('応対を始める')
  await dialog.waitFor()
  await dialog.getByText(/まだ記録のない人の応対を始めます。/).waitFor()
  await inspect(page, 'encounter-newcomer')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'いきさつ' }).waitFor()
  assert.match(await encounter().innerText(), /届出・申請の受付/)
  await page.locator('.person-strip a', { hasText: '庭球　フキ' }).click()
  await page.locator('.identity').waitFor()
  await page.keyboard.press('F5')
  await page.getByText(/読み合わせ 済/).waitFor()
})

test('応対・読み合わせ・暦は、暗い400%の画面でも、axeに見つかるものがなく、横にはみ出さない', async () => {
  for (const [name, view] of views.slice(1)) {
    const other = await world.open(view)
    const { page: small } = other
    small.setDefaultTimeout(20_000)
    await signIn(world, small, 'amakusa')
    await small.goto(`${url}/counter/search`)
    await small.getByRole('radio', { name: '資格の相談' }).check()
    await small.getByLabel('さがすことば').fill('卓球')
    await small.locator('[data-row]').first().click()
    await small.locator('.identity').waitFor()
    await inspect(small, `encounter-${name}`)
    // Where the second line of the bar has no room, the act is still in the palette.
    await small.keyboard.press('Control+k')
    await small.keyboard.type('よみあわせ')
    await small.keyboard.press('Enter')
    await small.getByRole('dialog', { name: /読み合わせ/ }).waitFor()
    // Of somebody under a measure the town is never asked: an answer would tell it.
    assert.equal(await small.getByLabel('町名').count(), 0)
    await inspect(small, `read-back-${name}`)
    await small.keyboard.press('Escape')
    await small.getByRole('link', { name: '届書を受け付ける' }).click()
    await small.getByRole('button', { name: '氏名変更届' }).click()
    await small.getByLabel('届出年月日').focus()
    await small.keyboard.press('F4')
    await small.getByRole('dialog', { name: /暦/ }).waitFor()
    await inspect(small, `calendar-${name}`)
    await stand(other)
  }
})
