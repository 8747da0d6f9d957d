import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, describe, test } from 'node:test'
import { sheetCode, tailOf } from '@koiki/certificates'
import { revealNumber } from '@koiki/kernel'
import { inventedResident } from '@koiki/union'
import type { Page } from 'playwright-core'
import { deskWorld, inspect, type Seat, signIn, stand } from '../../tools/test/deskWorld.ts'

const world = await deskWorld({ after })
const { union, url } = world

/** Everybody of the town pays 1割, so that documents can be made; how a share is judged is tried elsewhere. */
const payOneTenth = () =>
  union.db.transaction({ union: '43', municipality: '*' }, async (tx) => {
    await tx.run('delete from copay.share_period')
    await tx.run(
      `insert into copay.share_period
       (subject_key, began_on, union_code, municipality_code, held, tenths, limit_category,
        share_since, limit_since, judged_on, judgement_sequence)
     select subject_key, '2020-08-01', union_code, municipality_code, '[2020-08-01,)', 1,
            'general1', '2020-08-01', '2020-08-01', '2020-08-01', 1
       from eligibility.insured_person`,
    )
  })
await payOneTenth()

/** The digits as they stand on the paper; no answer tells them before somebody has looked. */
const tailOn = async (name: string): Promise<string> => {
  const row = await union.db.transaction({ union: '43', municipality: '*' }, (tx) =>
    tx.one<{ subjectKey: number; insuredNumber: string; last: number }>(
      `select p.subject_key as "subjectKey", p.insured_number as "insuredNumber",
              (select max(issue_number) from certificates.issue i
                where i.subject_key = p.subject_key) as last
         from eligibility.insured_person p where p.name = $1`,
      [name],
    ),
  )
  return tailOf(
    sheetCode(row.insuredNumber, {
      subjectKey: row.subjectKey,
      municipality: '432156',
      issueNumber: row.last,
      copy: 1,
    }),
  )
}

/** An invented number, opened: what a clerk would read from a card. */
const numberOf = (running: number): string => {
  const number = inventedResident(running).個人番号
  assert.ok(number !== null)
  return revealNumber(number)
}

let seat: Seat
let page: Page
/** What went over the wire: the addresses and bodies of requests, and the bodies of answers. */
let sent: { url: string; body: string }[]
let received: string[]

const sit = async (account: string): Promise<void> => {
  seat = await world.open()
  page = seat.page
  page.setDefaultTimeout(20_000)
  page.on('request', (request) => sent.push({ url: request.url(), body: request.postData() ?? '' }))
  page.on('response', async (response) => {
    if (response.url().includes('/api/') && !response.url().endsWith('/events'))
      received.push(await response.text().catch(() => ''))
  })
  await signIn(world, page, account)
}

beforeEach(() => {
  sent = []
  received = []
})
afterEach(() => stand(seat))

/** The mouse stays where it is: Tab until the thing with this name has the focus. */
const tabTo = async (name: RegExp, what = ''): Promise<void> => {
  for (let step = 0; step < 80; step += 1) {
    const at = await page.evaluate(() => {
      const here = document.activeElement as HTMLElement | null
      if (here === null) return ''
      const labels = (here as HTMLInputElement).labels
      const label = labels === null || labels === undefined ? '' : (labels[0]?.textContent ?? '')
      return `${here.tagName} ${here.getAttribute('aria-label') ?? ''} ${label} ${here.textContent ?? ''}`
    })
    if (name.test(at) && at.startsWith(what)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tabで「${name}」に着かない`)
}

const heading = (name: RegExp | string) => page.getByRole('heading', { name, level: 1 })

/** 届書をえらんで、人をえらぶ — by two facts, so that their 読み合わせ is done with the search */
const begin = async (kind: string, words: string): Promise<void> => {
  await page.goto(`${url}/${/\/union/.test(page.url()) ? 'union' : 'counter'}/filings/new`)
  await page.getByRole('button', { name: kind, exact: true }).click()
  await page.getByLabel('さがすことば').fill(words)
  await page.locator('.pick-list [data-row]').first().click()
  await page.locator('.person-strip').waitFor()
}

const withoutNumber = async (): Promise<void> => {
  await page.getByRole('radio', { name: '空欄' }).check()
  await page.getByLabel('記載のないわけ').fill('書いていなかった')
}

/** 受け付ける — pressed again only where the first press came before the page could take it. */
const accept = async (): Promise<void> => {
  const accepted = page.getByRole('heading', { name: 'いきさつ' })
  for (let press = 0; press < 3; press += 1) {
    if (!(await page.getByText('まだ受け付けていません').isVisible())) break
    await page.keyboard.press('Control+Enter')
    await accepted.waitFor({ timeout: 400 }).catch(() => {})
  }
  await accepted.waitFor()
}

/** 審査を求め、確かめて、受け付ける */
const file = async (): Promise<void> => {
  await page.keyboard.press('Control+Enter')
  await page.getByText('まだ受け付けていません').waitFor()
  await page.locator('h1:focus').waitFor()
  await accept()
}

describe('受付から紙まで', () => {
  test('最初の欄から紙を渡すまで、鍵だけでできる。個人番号は一度だけ入り、どこにも残らない', async () => {
    const name = '庭球　ハナ'
    const number = numberOf(2)
    await sit('amakusa')
    await page.keyboard.press('Alt+2')
    await heading('届書').waitFor()
    await tabTo(/届書を受け付ける/, 'A')
    await page.keyboard.press('Enter')
    await heading('届書をえらぶ').waitFor()
    await page.getByLabel('この中をさがす').waitFor()
    await page.keyboard.press('F3')
    await page.keyboard.type('再交付')
    await tabTo(/資格確認書の再交付申請/, 'BUTTON')
    await page.keyboard.press('Enter')
    await heading('資格確認書の再交付申請').waitFor()
    await tabTo(/さがすことば/, 'INPUT')
    await page.keyboard.type('ていきゅう はな S16.9.12')
    await page.locator('.pick-list [data-row]').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.person-strip').waitFor()
    // F7 goes to what is missing, in the order of the paper.
    await page.keyboard.press('F7')
    await page.keyboard.press('ArrowDown')
    await tabTo(/個人番号/, 'INPUT')
    await page.locator('.number-box').focus()
    await page.keyboard.type(number)
    assert.doesNotMatch(await page.content(), new RegExp(number.slice(0, 8)))
    await page.keyboard.press('Tab')
    await page.getByText('12けた入れました。番号は、もう出しません。').waitFor()
    await page.getByRole('radio', { name: '個人番号カード' }).focus()
    await page.keyboard.press(' ')
    await tabTo(/1点目/, 'SELECT')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+Enter')
    await page.getByText('まだ受け付けていません').waitFor()
    await page.locator('h1:focus').waitFor()
    await accept()
    await heading(/決定しました/).waitFor()
    await inspect(page, 'filing-granted')
    // The filing had the share judged again, for which the town's files hold no incomes of the year before.
    await payOneTenth()

    await tabTo(/資格確認書等へ/, 'A')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'もとになる事実' }).waitFor()
    await tabTo(/を発行する/, 'BUTTON')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '発行する', exact: true }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('見本をひらきました。').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByLabel('紙の符号の下4けた').waitFor()
    await inspect(page, 'certificate-sheet')
    await page.keyboard.press('Enter')
    await page.getByText('紙をひらきました。').waitFor()
    await tabTo(/紙の符号の下4けた/, 'INPUT')
    await page.keyboard.type(await tailOn(name))
    await page.keyboard.press('Control+Enter')
    await page.locator('input[data-first]:focus').waitFor()
    await page.keyboard.press(' ')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/を渡しました/).waitFor()
    await page.getByText(/まで有効/).waitFor()
    await inspect(page, 'certificate-held')

    const carriers = sent.filter(({ body }) => body.includes(number)).map(({ url: to }) => to)
    assert.deepEqual(
      carriers.map((to) => to.replace(/^.*\/api\//, '')),
      ['filings/preview', 'filings'],
    )
    assert.ok(sent.every(({ url: to }) => !to.includes(number)))
    assert.doesNotMatch(received.join(''), new RegExp(number))
    assert.doesNotMatch(await page.content(), new RegExp(number))
  })

  test('登録とちがう番号は受付を止め、考えられることを1つずつのボタンで言う', async () => {
    await sit('amakusa')
    await begin('世帯変更届', '庭球 ハナ S16.9.12')
    await page.locator('.number-box').fill(numberOf(88))
    await page.getByRole('radio', { name: '個人番号カード' }).check()
    await page.getByLabel('世帯が変わった日').fill('R8.6.30')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/確かめてください/).waitFor()
    assert.match(await page.locator('main').innerText(), /登録されている番号とちがいます/)
    for (const word of ['打ち直す', '個人番号変更届にする', '別の人として、さがし直す'])
      assert.equal(await page.getByRole('button', { name: word }).count(), 1, word)
    await inspect(page, 'intake-number-differs')
    await page.getByRole('button', { name: '打ち直す' }).click()
    assert.equal(await page.locator('.number-box').inputValue(), '')
  })

  test('読めない日は、その欄と、はじめの一覧に同じ文で出る。打った字は残る', async () => {
    await sit('amakusa')
    await begin('住所変更届', '庭球 ハナ S16.9.12')
    await page.getByLabel('住所が変わった日').fill('平成32年4月1日')
    await page.keyboard.press('Control+Enter')
    await page.getByText('確かめてください(1件)').waitFor()
    assert.equal(
      await page.getByText(/平成32年4月1日はありません。令和2年4月1日ですか。/).count(),
      2,
    )
    assert.equal(await page.getByLabel('住所が変わった日').inputValue(), '平成32年4月1日')
    await inspect(page, 'intake-unreadable-day')
  })

  test('個人番号をほかの欄に打つと、すぐ消え、下書きにも残らない', async () => {
    await sit('amakusa')
    await begin('氏名変更届', '庭球 ハナ S16.9.12')
    await page.getByLabel('新しい氏名カナ').fill('700000000011')
    await page.getByText('個人番号はここに入れません。番号は残していません。').waitFor()
    assert.equal(await page.getByLabel('新しい氏名カナ').inputValue(), '')
    await page.waitForTimeout(1200)
    assert.ok(sent.every(({ body }) => !body.includes('700000000011')))
  })
})

describe('下書き', () => {
  test('通信が切れても、ブラウザを閉じても、打った字が残る', async () => {
    await sit('amakusa')
    await begin('氏名変更届', '庭球 ハナ S16.9.12')
    await page.getByLabel('新しい氏名カナ').fill('テイキュウ　ハナヨ')
    await page.getByText(/に保存しました。/).waitFor()
    await seat.context.setOffline(true)
    await page.getByLabel('新しい氏名', { exact: false }).first().fill('庭球　花代')
    await page
      .getByText(/^本部に保存できません。この端末に、暗号にして残しています。閉じても消えません。/)
      .waitFor()
    await inspect(page, 'intake-offline')
    const address = page.url()
    const shelf = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    assert.match(shelf, /koiki draft counter /)
    assert.doesNotMatch(shelf, /花代|テイキュウ/)
    await page.close()
    await seat.context.setOffline(false)
    await seat.context.clearCookies()

    // Somebody else at the same terminal cannot open it, and does not lose it.
    page = seat.page = await seat.context.newPage()
    await signIn(world, page, 'kumamoto')
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage })), shelf)
    await page.getByRole('button', { name: /席を離れる/ }).click()
    await page.getByText('席を離れました。').waitFor()
    await signIn(world, page, 'amakusa')
    await page.getByText('この端末に残っていた下書き1件を、本部に保存しました。').waitFor()
    assert.equal(await page.evaluate(() => localStorage.length), 0)
    await stand(seat)

    await sit('amakusa')
    await page.goto(`${url}/counter/filings/new`)
    await page.getByRole('heading', { name: /書きかけ/ }).waitFor()
    await inspect(page, 'drafts')
    await page.goto(address)
    await page.getByLabel('新しい氏名カナ').waitFor()
    assert.equal(await page.getByLabel('新しい氏名カナ').inputValue(), 'テイキュウ　ハナヨ')
    assert.equal(
      await page.getByLabel('新しい氏名', { exact: false }).first().inputValue(),
      '庭球　花代',
    )
    await page.getByRole('button', { name: 'この下書きを消す' }).click()
    await heading('届書').waitFor()
  })
})

describe('受け付けたあと', () => {
  test('足りないまま受け付け、2人が同時に開き、先に変えた人とのちがいが見え、補うと決まる', async () => {
    await sit('amakusa')
    await begin('要配慮者の申出', '庭球 ハナ S16.9.12')
    await withoutNumber()
    await page.getByRole('radio', { name: '認知症など' }).check()
    await file()
    await heading(/足りないものがあります/).waitFor()
    await inspect(page, 'filing-incomplete')
    const filing = page.url().replace(/^.*\/filings\//, '')
    assert.match(filing, /^[0-9a-z]{26}$/)

    const other = await world.open()
    await signIn(world, other.page, 'shikaku')
    await other.page.goto(`${url}/union/filings`)
    await other.page
      .locator('tr', { hasText: '庭球　ハナ' })
      .filter({ hasText: '要配慮者の申出' })
      .locator('[data-row]')
      .click()
    await other.page.getByText(/ほかに見ている人 .*見本 天草さん/).waitFor()
    await other.page.getByRole('button', { name: '取り下げる' }).click()
    await other.page.getByLabel('取り下げるわけ').fill('まちがえて出した')

    await page.getByRole('button', { name: 'わたしが持つ' }).click()
    await page.getByText('担当になりました。').waitFor()
    await other.page.getByText('いま、ほかの人がこの届書を変えました。').waitFor()
    await other.page.keyboard.press('Control+Enter')
    await other.page.getByText(/見本 天草さんがこの届書を変えました/).waitFor()
    await other.page.getByRole('button', { name: 'ちがいを見る' }).click()
    await other.page.getByRole('table', { name: 'あなたが見ていたものと、いまの記録' }).waitFor()
    assert.equal(await other.page.getByLabel('取り下げるわけ').inputValue(), 'まちがえて出した')
    await inspect(other.page, 'filing-conflict')
    await stand(other)

    await page.getByRole('button', { name: '補う' }).click()
    await page.getByRole('checkbox', { name: '運転免許証' }).check()
    await inspect(page, 'filing-supplement')
    await page.keyboard.press('Control+Enter')
    await heading(/決定しました/).waitFor()
    await page.getByRole('button', { name: '取り消す' }).click()
    await page.getByLabel('何がまちがいだったか').fill('別の人の申出だった')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: '取り消すと動くもの' }).waitFor()
    await inspect(page, 'filing-cancel')
    await page.keyboard.press('Control+Enter')
    await page
      .getByText(/を取り消しました。/)
      .first()
      .waitFor()
  })

  test('一覧は1秒のうちに動き、行は勝手に動かず、鍵で選んでまとめて持てる', async () => {
    await sit('amakusa')
    const queue = await world.open()
    await signIn(world, queue.page, 'shikaku')
    await queue.page.goto(`${url}/union/filings`)
    await queue.page.getByText(/現在/).first().waitFor()
    const before = await queue.page.locator('[data-row]').allInnerTexts()
    await begin('要配慮者の申出', '庭球 正夫 S14.5.3')
    await withoutNumber()
    await page.getByRole('radio', { name: '施設に入っている' }).check()
    await file()
    await queue.page.getByRole('button', { name: /新着 1件/ }).waitFor({ timeout: 5000 })
    assert.deepEqual(await queue.page.locator('[data-row]').allInnerTexts(), before)
    await queue.page.keyboard.press('F5')
    await queue.page
      .locator('[data-row]', { hasText: /432156/ })
      .last()
      .waitFor()
    await queue.page.keyboard.press('F3')
    await queue.page.keyboard.type('ようはいりょ')
    await queue.page
      .getByText(/この条件に合うものはありません|件/)
      .first()
      .waitFor()
    await queue.page.getByLabel('この中をさがす').fill('庭球 正夫')
    await queue.page.waitForTimeout(600)
    await queue.page.locator('[data-row]').first().focus()
    await queue.page.keyboard.press(' ')
    await queue.page.getByText('選択 1件').waitFor()
    await inspect(queue.page, 'queue')
    await queue.page.getByRole('button', { name: '1件をわたしが持つ' }).click()
    await queue.page.getByText('1件を持ちました。').waitFor()
    await queue.page.getByRole('button', { name: '元に戻す' }).waitFor()
    await stand(queue)
  })
})

describe('見せないもの', () => {
  test('取扱注意の人の住所は、受付のどの画面にも、線の上にもない', async () => {
    await sit('amakusa')
    await begin('要配慮者の申出', '卓球 トシ S9.1.8')
    await withoutNumber()
    await page.getByLabel('1点目').selectOption('driversLicence')
    await page.getByRole('radio', { name: '施設に入っている' }).check()
    await file()
    await inspect(page, 'filing-care')
    await page.goto(`${url}/counter/filings`)
    await page.getByLabel('ようす').first().selectOption('all')
    await page.getByText('取扱注意').first().waitFor()
    assert.doesNotMatch(await page.content(), /秘密町|8630000/)
    assert.doesNotMatch(received.join(''), /秘密町|8630000/)
  })

  test('本人に見せる画面には、本人のことだけが出て、職員の認証がなければ戻らない', async () => {
    await sit('amakusa')
    await page.keyboard.press('F2')
    await page.getByRole('radio', { name: '保険料の相談' }).check()
    await page.getByLabel('さがすことば').fill('庭球 ハナ')
    await page.locator('[data-row]').first().click()
    await page.getByRole('button', { name: '大きな字で見せる' }).click()
    const dialog = page.getByRole('dialog', { name: 'ご本人に見ていただく画面' })
    await dialog.waitFor()
    const shown = await dialog.innerText()
    assert.match(shown, /庭球　ハナ 様/)
    assert.doesNotMatch(shown, /正夫|4310|閲覧|番号/)
    await inspect(page, 'citizen')
    for (const key of ['Escape', 'Alt+1', 'F2']) await page.keyboard.press(key)
    assert.equal(await dialog.isVisible(), true)
    await page.getByLabel('職員のパスワード').fill('chigau password')
    await page.getByRole('button', { name: '職員の画面にもどす' }).click()
    await page.locator('dialog .error').waitFor()
    await page.getByLabel('職員のパスワード').fill(world.password)
    await page.getByRole('button', { name: '職員の画面にもどす' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})
