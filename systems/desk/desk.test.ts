import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, afterEach, describe, test } from 'node:test'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { inventedResident, testUnion } from '@koiki/union'
import type { BrowserContext, Page } from 'playwright-core'
import {
  deskWorld,
  inspect as inspectPage,
  type Seat,
  signIn as signInAt,
  stand,
  type View,
  views,
} from '../../tools/test/deskWorld.ts'
import { buildDesk } from './index.ts'

const world = await deskWorld({ after })
const { union, url, password } = world

let seat: Seat
let context: BrowserContext
let page: Page

async function open(view?: View): Promise<void> {
  seat = await world.open(view)
  ;({ context, page } = seat)
}

const signIn = (account: string): Promise<void> => signInAt(world, page, account)
const inspect = (name: string): Promise<void> => inspectPage(page, name)

async function find(words: string): Promise<void> {
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'さがす', level: 1 }).waitFor()
  const purpose = page.getByRole('radio', { name: '保険料の相談' })
  if (!(await purpose.isChecked())) await purpose.check()
  await page.getByLabel('さがすことば').fill(words)
}

async function openPerson(words: string): Promise<void> {
  await find(words)
  await page.locator('[data-row]').first().click()
  await page.locator('.identity').waitFor()
}

afterEach(() => stand(seat))

describe('サインイン', () => {
  test('見本の利用者を選び、鍵だけで席に着ける', async () => {
    await open()
    await page.goto(`${url}/counter`)
    await page.getByRole('button', { name: '天草市の窓口 見本 天草' }).click()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'きょう', level: 1 }).waitFor()
    assert.match(await page.locator('.place').innerText(), /天草市/)
    assert.match(await page.locator('.invented').innerText(), /模擬/)
  })

  test('Enterは次の欄へ進むだけで、送らない', async () => {
    await open()
    await page.goto(`${url}/union`)
    await page.getByLabel('利用者の名').fill('fuka')
    await page.keyboard.press('Enter')
    assert.equal(
      await page.getByLabel('パスワード').evaluate((e) => e === document.activeElement),
      true,
    )
    await page.getByLabel('パスワード').fill(password)
    await page.keyboard.press('Enter')
    const button = page.getByRole('button', { name: /サインインする/ })
    assert.equal(await button.evaluate((e) => e === document.activeElement), true)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'きょう', level: 1 }).waitFor()
  })

  test('ちがうパスワードは、何がちがうかを明かさずに、次にすることを言う', async () => {
    await open()
    await page.goto(`${url}/counter`)
    await page.getByLabel('利用者の名').fill('amakusa')
    await page.getByLabel('パスワード').fill('chigau password')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    assert.match(await page.getByRole('alert').innerText(), /確かめて、もう一度/)
    assert.equal(await page.getByLabel('利用者の名').inputValue(), 'amakusa')
    await inspect('sign-in-error')
  })
})

describe('さがす', () => {
  test('打つと答えが出て、同じ名前の人はちがう欄が分かり、鍵だけで開ける', async () => {
    await open()
    await signIn('amakusa')
    await find('ていきゅう まさお')
    await page.getByText('同じ名前 2人').waitFor()
    assert.equal(await page.getByText('ちがい', { exact: true }).count(), 4)
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.identity').waitFor()
    assert.match(await page.locator('.identity').innerText(), /昭和21年1月30日/)
  })

  test('1人しか見つからなくても、ひとりでには開かない', async () => {
    await open()
    await signIn('amakusa')
    await find('卓球 トシ')
    await page.locator('[data-row]').waitFor()
    await page.waitForTimeout(300)
    assert.match(page.url(), /\/search$/)
  })

  test('12けたはすぐに消え、送られず、文が出る', async () => {
    await open()
    await signIn('amakusa')
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/search') && request.method() === 'POST')
        sent.push(request.postData() ?? '')
    })
    await find('')
    for (const digits of ['700000000011', '７０００００００００１１', '7000 0000 0011']) {
      await page.getByLabel('さがすことば').fill(digits)
      await page.getByText('個人番号では、ここからはさがせません。番号は残していません。').waitFor()
      assert.equal(await page.getByLabel('さがすことば').inputValue(), '')
    }
    await page.waitForTimeout(300)
    assert.deepEqual(sent, [])
  })

  test('かな漢字変換のEnterは、変換するだけ', async () => {
    await open()
    await signIn('amakusa')
    await find('庭球')
    await page.locator('[data-row]').first().waitFor()
    const field = page.getByLabel('さがすことば')
    await field.focus()
    await field.evaluate((element) =>
      element.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }),
      ),
    )
    assert.equal(await field.evaluate((e) => e === document.activeElement), true)
  })

  test('F2は、応対を終えてよいかを先にたずね、ことばを忘れる', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    await page.keyboard.press('F2')
    await page.getByText('庭球　ハナさんの応対を終えて、次の人をさがしますか。').waitFor()
    await inspect('next-person')
    await page.keyboard.press('Escape')
    await page.locator('.identity').waitFor()
    await page.keyboard.press('F2')
    await page.keyboard.press('Enter')
    await page.getByLabel('さがすことば').waitFor()
    assert.equal(await page.getByLabel('さがすことば').inputValue(), '')
  })

  test('ほかの市の人は、いない人と同じに見える', async () => {
    await open()
    await signIn('kumamoto')
    await find('庭球')
    await page.getByText('お調べしましたが、お伝えできる情報はありません。').waitFor()
    await inspect('search-none')
  })
})

describe('本人', () => {
  test('氏名・カナ・元号の生年月日が、記録の終わりまで送っても見えている', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    await page.locator('.person-main').evaluate((e) => e.scrollTo(0, e.scrollHeight))
    const bar = page.locator('.identity')
    assert.equal(await bar.isVisible(), true)
    const text = await bar.innerText()
    for (const word of ['庭球　ハナ', 'テイキュウ　ハナ', '昭和16年9月12日', '天草市'])
      assert.ok(text.includes(word), word)
  })

  test('おびは矢印で動き、F8でその額のなぜが開き、Escで戻る', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    const lanes = page.getByRole('table', { name: /経過/ })
    assert.deepEqual(await lanes.locator('tbody th').allInnerTexts(), [
      '資格',
      '世帯',
      '所得',
      '賦課',
      '収納',
      '給付',
      '連携',
      '通知',
      '閲覧',
    ])
    await lanes.locator('[data-item][tabindex="0"]').focus()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown')
    const spoken = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    assert.match(spoken ?? '', /^賦課、令和8年度、/)
    await page.keyboard.press('F8')
    await page.getByText(/いま計算し直して一致/).waitFor()
    assert.match(page.url(), /\/why\//)
    await page.keyboard.press('Escape')
    await page.getByRole('table', { name: /経過/ }).waitFor()
  })

  test('なぜ: 条と数字までの道すじがあり、合計が年額に合う', async () => {
    await open()
    await signIn('fuka')
    await openPerson('庭球 ハナ')
    await page.keyboard.press('F8')
    const table = page.getByRole('table', { name: '計算の道すじ' })
    await table.waitFor()
    const text = await table.innerText()
    for (const word of ['医療分', '子ども分', '軽減の判定', '令'])
      assert.ok(text.includes(word), word)
    const yen = async (row: string) =>
      Number((await table.locator('tr.group', { hasText: row }).innerText()).replace(/\D/g, ''))
    const total = Number((await table.locator('tfoot').innerText()).replace(/\D/g, ''))
    assert.equal((await yen('医療分')) + (await yen('子ども分')), total)
    await inspect('why')
  })

  test('取扱注意の人の住所は、頁のどこにもない', async () => {
    await open()
    await signIn('amakusa')
    const bodies: string[] = []
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) bodies.push(await response.text().catch(() => ''))
    })
    await openPerson('卓球')
    await page.getByText('住所・電話・送り先は表示していません').waitFor()
    assert.doesNotMatch(await page.content(), /秘密町|8630000/)
    assert.doesNotMatch(bodies.join(''), /秘密町|8630000/)
    await inspect('person-care')
    await page.getByRole('button', { name: /^取扱注意/ }).focus()
    await page.keyboard.press('F8')
    await page.getByRole('dialog', { name: '取扱注意' }).waitFor()
    await inspect('care')
  })

  test('世帯・保険料・通知・見た人は、戻るで戻れる頁になっている', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    for (const [tab, table] of [
      ['世帯', '世帯の人'],
      ['保険料', '保険料の決定'],
      ['通知', '通知書'],
      ['見た人', '閲覧の記録'],
    ] as const) {
      await page.getByRole('link', { name: tab, exact: true }).click()
      await page.getByRole('table', { name: table }).waitFor()
      await inspect(`person-${tab}`)
    }
    assert.match(await page.locator('main').innerText(), /保険料の相談/)
    await page.goBack()
    await page.getByRole('table', { name: '通知書' }).waitFor()
  })

  test('通知書のPDFが開く', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    await page.getByRole('link', { name: '通知', exact: true }).click()
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/notices/')),
      page.getByRole('button', { name: /PDFをひらく/ }).click(),
    ])
    assert.equal(answer.headers()['content-type'], 'application/pdf')
    await page.getByText('保険料額決定通知書をひらきました。').waitFor()
  })

  test('外字も異体字も、持っているままに出る', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('ヨシノ')
    assert.match(await page.locator('.identity h1').innerText(), /𠮷野　辻\u{E0100}子/u)
  })
})

describe('ファイルと実行', () => {
  test('窓口: 届いたものと配信が見え、媒体に移せる', async () => {
    await open()
    await signIn('amakusa')
    await page.keyboard.press('Alt+6')
    await page.getByRole('table', { name: '広域連合へ届いたもの' }).waitFor()
    await inspect('files-in')
    await page.getByRole('link', { name: '市区町村へ配信するもの' }).click()
    await page.getByRole('table', { name: '市区町村へ配信するもの' }).waitFor()
    await page.locator('[data-row]').first().click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /件を媒体に移す/ }).click(),
    ])
    assert.match(download.suggestedFilename(), /^432156-.+-\d{4}\.age$/)
    await page.getByText('媒体に移した・返事待ち').waitFor()
    await inspect('file-out')
    await page.getByLabel('市区町村システムの受領書').setInputFiles({
      name: '受領書.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    })
    await page
      .getByText(/^受領書/)
      .first()
      .waitFor()
  })

  test('窓口: 媒体の送り状と封をしたファイルを読み上げて送り、検査のようすに着く', async () => {
    const prepared = await union.prepare('431001', 住民基本台帳情報, [
      inventedResident(95, { 市区町村コード: '431001' }),
    ])
    await open()
    await signIn('kumamoto')
    await page.keyboard.press('Alt+6')
    await page.getByRole('link', { name: '媒体から送る' }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByText('確かめてください(2件)').waitFor()
    await inspect('send-error')
    const file = (name: string, buffer: Buffer) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer,
    })
    await page
      .getByLabel('(1) 送り状')
      .setInputFiles(file('送り状.json', Buffer.from(prepared.manifestText)))
    await page
      .getByLabel('(2) 封をしたファイル')
      .setInputFiles(file('封.age', await readFile(prepared.sealedFile)))
    await page.getByText('1件を送る').waitFor()
    await inspect('send')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /住民基本台帳情報 第\d{4}号/ }).waitFor()
    await union.work()
    await page.keyboard.press('F5')
    await page.getByText('取り込んで変わったもの').waitFor()
    await inspect('file-applied')
  })

  test('窓口: ほかの市のファイルは、送る前に断られる', async () => {
    await open()
    await signIn('kumamoto')
    await page.goto(`${url}/counter/files/send`)
    await page.getByLabel('(1) 送り状').setInputFiles({
      name: '送り状.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          layout: '住民基本台帳情報',
          sequenceNumber: 1,
          recordCount: 1,
          municipality: '432156',
          sealed: { bytes: 1 },
        }),
      ),
    })
    await page
      .getByText(/熊本市の受け口には入りません。/)
      .first()
      .waitFor()
  })

  test('広域: 実行を確かめてから始め、進みが届き、終わりが見える', async () => {
    await open()
    await signIn('fuka')
    await page.keyboard.press('Alt+6')
    await page.getByRole('heading', { name: '実行', level: 1 }).waitFor()
    await inspect('jobs')
    await page.getByRole('link', { name: '令和8年度の保険料の賦課' }).first().click()
    await page.getByRole('heading', { name: '令和8年度の保険料の賦課を始めますか' }).waitFor()
    await inspect('start')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: '実行のようす' }).waitFor()
    await page.getByText('待っている', { exact: true }).waitFor()
    await inspect('job-waiting')
    await union.work()
    await page.getByText('頼んだ人').waitFor()
    await page
      .locator('.bar > :text-is("済")')
      .or(page.locator('.bar', { hasText: '済' }))
      .first()
      .waitFor()
    await page.getByRole('heading', { name: '結果' }).waitFor()
    await inspect('job-done')
  })
})

describe('鍵と枠', () => {
  test('F1・Ctrl+K・F9は重なって開かず、Escで1つずつ閉じる', async () => {
    await open()
    await signIn('fuka')
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: '説明と鍵' }).waitFor()
    await inspect('help')
    await page.keyboard.press('F9')
    assert.equal(await page.getByRole('dialog', { name: '画面を伏せています。' }).count(), 0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: '命令' }).waitFor()
    await inspect('palette')
    await page.keyboard.type('ばいたい')
    await page.getByText('できません:市区町村の窓口端末から送ります。').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('配信')
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: '市区町村へ配信するもの' }).waitFor()
  })

  test('F9で伏せ、認証すると続きから始まる', async () => {
    await open()
    await signIn('amakusa')
    await find('庭球')
    await page.locator('[data-row]').first().waitFor()
    await page.keyboard.press('F9')
    await page.getByRole('dialog', { name: '画面を伏せています。' }).waitFor()
    await inspect('curtain')
    for (let tries = 0; tries < 3; tries += 1) await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: '画面を伏せています。' }).waitFor()
    assert.equal(await page.evaluate(() => document.querySelector('dialog')?.open), true)
    await page.keyboard.type('chigau password')
    await page.keyboard.press('F9')
    await page.getByText(/パスワードが違います/).waitFor()
    await page.keyboard.type(password)
    await page.keyboard.press('F9')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(await page.getByLabel('さがすことば').inputValue(), '庭球')
  })

  test('F6は、見出し・場所・本人・一覧・横の欄・鍵をめぐる', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    const visited: string[] = []
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('F6')
      visited.push(
        (await page.evaluate(
          () => (document.activeElement as HTMLElement | null)?.dataset.region ?? '',
        )) as string,
      )
    }
    assert.deepEqual([...visited].sort(), ['一覧', '場所', '横の欄', '本人', '見出し', '鍵'].sort())
  })

  test('画面は印刷できず、そう言う', async () => {
    await open()
    await signIn('amakusa')
    await page.keyboard.press('Control+p')
    await page.getByText('この画面は印刷できません。帳票から印刷してください。').waitFor()
  })

  test('焦点は、どこにあっても見える', async () => {
    await open()
    await signIn('amakusa')
    await openPerson('庭球 ハナ')
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab')
      const hidden = await page.evaluate(() => {
        const at = document.activeElement as HTMLElement | null
        if (at === null || at === document.body) return null
        const { left, top, width, height } = at.getBoundingClientRect()
        const seen = document.elementFromPoint(left + width / 2, top + height / 2)
        return seen !== null && (at.contains(seen) || seen.contains(at))
          ? null
          : `${at.tagName} ${at.textContent?.slice(0, 20)}`
      })
      assert.equal(hidden, null)
    }
  })
})

describe('ようす', () => {
  const at = (place: string) => `${url}/union/api/${place}`

  test('待つ・できない・通信が切れた・戻った、のどれにも言葉がある', async () => {
    await open()
    await signIn('fuka')
    // The page may ask more than once while it waits: every question gets its answer.
    let letGo: () => void = () => {}
    const answered = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(at('jobs'), async (route) => {
      await answered
      await route.fulfill({
        status: 500,
        contentType: 'application/json',
        body: JSON.stringify({
          code: 'A-1024',
          message:
            'できませんでした。何も変わっていません。打った字は残っています。もう一度ためすか、運用に「A-1024」と伝えてください。',
        }),
      })
    })
    await page.keyboard.press('Alt+6')
    await page.getByText('読み込んでいます。').waitFor()
    await inspect('loading')
    letGo()
    await page.getByText(/運用に「A-1024」と伝えてください/).waitFor()
    await inspect('error')
    await page.unroute(at('jobs'))
    await page.keyboard.press('F5')
    await page.getByText('始められる実行').waitFor()

    await context.setOffline(true)
    await page.keyboard.press('F5')
    await page
      .getByText(/通信が切れています。続けて入力できます。/)
      .first()
      .waitFor()
    await page.getByText(/少し前の内容です。/).waitFor()
    await inspect('offline')
    await context.setOffline(false)
    await page.getByText('つながりました。').waitFor()
  })

  test('何もない一覧は、何もないことの意味を言う', async () => {
    await open()
    await signIn('kumamoto')
    await page.goto(`${url}/counter/files/out`)
    await page.getByText('まだ1件も配信していません。').waitFor()
    await inspect('files-empty')
  })

  test('知らない所在は、お伝えできる情報がないと言う', async () => {
    await open()
    await signIn('amakusa')
    await page.goto(`${url}/counter/people/${'z'.repeat(26)}`)
    await page.getByRole('radio', { name: '資格の相談' }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByText('お調べしましたが、お伝えできる情報はありません。').waitFor()
    await inspect('person-none')
  })

  test('サインインが切れると、入口に戻ってわけを言う', async () => {
    await open()
    await signIn('amakusa')
    await context.clearCookies()
    await page.keyboard.press('F5')
    await page.getByText(/サインインが終わりました/).waitFor()
  })
})

describe('利用者', () => {
  test('管理者は人を見る場所を持たず、窓口の人を登録できる', async () => {
    await open()
    await signIn('kanri')
    assert.deepEqual(await page.locator('.rail a').allInnerTexts(), ['きょう', '実行', '利用者'])
    await page.keyboard.press('Alt+3')
    await page.getByRole('table', { name: '利用者の一覧' }).waitFor()
    await inspect('accounts')
    await page.getByLabel('利用者の名').fill('mado2')
    await page.getByLabel('名前', { exact: false }).last().fill('試験 まど')
    await page.getByLabel('窓口の市区町村').selectOption('432156')
    await page.getByLabel('はじめのパスワード').fill('mijikai')
    await page.keyboard.press('Control+Enter')
    await page
      .getByText(/12文字/)
      .first()
      .waitFor()
    await page.getByLabel('はじめのパスワード').fill('mado no aikotoba')
    await page.keyboard.press('Control+Enter')
    await page.getByText('試験 まどさんを登録しました。').waitFor()
    await page.getByRole('button', { name: '試験 まどさんを止める' }).click()
    await page.getByRole('dialog').waitFor()
    await inspect('account-end')
    await page.getByRole('dialog').getByRole('button', { name: '試験 まどさんを止める' }).click()
    await page.getByText('試験 まどさんの利用を止めました。').waitFor()
  })

  test('事務所の据付けでは見本の利用者が出ず、登録番号で最初の管理者が入れる', async (t) => {
    const office = await testUnion(t, await buildDesk(), 'office')
    const code = await office.access.issueEnrolmentCode({ union: '43' })
    await open()
    context.removeAllListeners('request')
    await page.goto(`${office.service.url}/union`)
    await page.getByRole('button', { name: '最初の管理者を登録する' }).click()
    assert.equal(await page.getByText('見本の利用者').count(), 0)
    await inspect('enrol')
    await page.getByLabel('登録番号').fill(code ?? '')
    await page.getByLabel('利用者の名').fill('kanrisha')
    await page.getByLabel('名前', { exact: false }).last().fill('試験 はじめ')
    await page.getByLabel('パスワード').fill('hajimete no aikotoba')
    await page.keyboard.press('Control+Enter')
    await page.getByText('管理者を登録しました。サインインしてください。').waitFor()
    await page.getByLabel('利用者の名').fill('kanrisha')
    await page.getByLabel('パスワード').fill('hajimete no aikotoba')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'きょう', level: 1 }).waitFor()
    assert.equal(await page.locator('.invented').count(), 0)
  })
})

for (const [name, view] of views) {
  test(`どの画面も、${name}で、axeに見つかるものがなく、横にはみ出さない`, async () => {
    await open(view)
    await page.goto(url)
    await page.getByRole('heading', { name: 'どの席で仕事をしますか' }).waitFor()
    await inspect(`gates-${name}`)
    await page.goto(`${url}/counter`)
    await page.getByLabel('利用者の名').waitFor()
    await inspect(`sign-in-${name}`)
    await signIn('amakusa')
    await inspect(`today-${name}`)
    await page.goto(`${url}/counter/search`)
    await page.getByText('先に用件を選んでください。').waitFor()
    await inspect(`search-purpose-${name}`)
    await find('庭球')
    await page.locator('[data-row]').first().waitFor()
    await inspect(`search-${name}`)
    await page.locator('[data-row]', { hasText: 'ハナ' }).click()
    await page.locator('.identity').waitFor()
    await inspect(`person-${name}`)
    await page.getByRole('link', { name: '保険料', exact: true }).click()
    await page.getByRole('table', { name: '保険料の決定' }).waitFor()
    await inspect(`premium-${name}`)
    await page.keyboard.press('F8')
    await page.getByText(/いま計算し直して一致/).waitFor()
    await inspect(`why-${name}`)
    await page.goto(`${url}/counter/files/in`)
    await page.locator('[data-row]').first().waitFor()
    await inspect(`files-${name}`)
    await page.locator('[data-row]').first().click()
    await page.getByRole('heading', { name: '検査' }).waitFor()
    await inspect(`file-${name}`)
    await page.goto(`${url}/counter/files/send`)
    await page.getByLabel('(1) 送り状').waitFor()
    await inspect(`send-${name}`)
    await signIn('shikaku')
    await inspect(`today-union-${name}`)
    await page.goto(`${url}/union/jobs`)
    await page.getByRole('table', { name: '実行の一覧' }).waitFor()
    await inspect(`jobs-${name}`)
    await page.locator('[data-row]').first().click()
    await page.getByRole('heading', { name: '実行のようす' }).waitFor()
    await page.getByText('頼んだ時刻').waitFor()
    await inspect(`job-${name}`)
    await page.goto(`${url}/union/jobs/start/decide-eligibility`)
    await page.getByRole('heading', { name: /始めますか/ }).waitFor()
    await inspect(`start-${name}`)
  })
}
