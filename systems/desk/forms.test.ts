import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { inventedResident } from '@koiki/union'
import type { Page } from 'playwright-core'
import { deskWorld, inspect, readBack, signIn, stand, views } from '../../tools/test/deskWorld.ts'

const world = await deskWorld({ after })
const { union, url } = world
const amakusa = await union.enter('amakusa')

// Somebody who reaches 75 next month, for the list; and a filing that is refused, for its decision.
const sent = await union.send(
  amakusa,
  await union.prepare('432156', 住民基本台帳情報, [
    inventedResident(8011, {
      個人番号: null,
      氏名: '庭球　葉月',
      生年月日: plainDate('1951-08-10'),
    }),
  ]),
)
assert.equal(sent.status, 201, await sent.text())
await union.work()
const filed = await amakusa.post('filings', {
  kind: 'disabilityApplication',
  filingId: randomUUID(),
  person: null,
  addresseeNumber: String(8011).padStart(15, '0'),
  filedOn: '2026-07-01',
  occurredOn: null,
  filer: 'self',
  proxy: null,
  fields: { proof: 'physical', grade: '6', formerLoss: 'none' },
  numberState: 'blank',
  numberReason: '書いていなかった',
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: ['disabilityProof'],
})
assert.equal(filed.status, 201)
const { filing } = (await filed.json()) as { filing: string }
const eligibility = await union.enter('shikaku')
assert.ok((await eligibility.post('jobs', { run: 'deliver-coming-of-age' })).ok)
await union.work()

const personOf = async (words: string): Promise<string> =>
  (await amakusa.find(words)).people[0]?.person ?? assert.fail(words)
const begin = async (page: Page): Promise<void> => {
  await page.getByRole('radio', { name: '保険料の相談' }).click()
  await page.keyboard.press('Control+Enter')
}
/** The digits as they stand on the paper; no screen tells them. */
const tail = (): Promise<string> =>
  union.db.transaction({ union: '43', municipality: '*' }, async (tx) => {
    const { code } = await tx.one<{ code: string }>(
      'select code from notices.printed_form order by instructed_at desc, copy desc limit 1',
    )
    return code.slice(-4)
  })

test('台帳を見て、写しの見本を見て、刷り、紙の下4けたで確かめるまで、鍵だけでできる', async () => {
  const seat = await world.open()
  const { page } = seat
  await signIn(world, page, 'amakusa')
  await page.goto(`${url}/counter/people/${await personOf('庭球 ハナ')}/ledger`)
  await begin(page)
  const table = page.getByRole('table', { name: '令和8年度の調定' })
  await table.waitFor()
  assert.match(
    await table.innerText(),
    /当初決定[\s\S]*31,500[\s\S]*700[\s\S]*\+32,200[\s\S]*32,200/,
  )
  await page.getByText(/収納の情報.*まだ届いていません。0円という意味ではありません/).waitFor()
  await inspect(page, 'ledger')
  await table.getByRole('link', { name: /令和8年7月1日/ }).focus()
  await page.keyboard.press('F8')
  await page.getByText(/計算し直して一致/).waitFor()
  await page.goBack()

  await page.keyboard.press('Control+K')
  await page.keyboard.type('ちょうひょう')
  await page.keyboard.press('Enter')
  const offered = page.getByRole('table', { name: '刷れる帳票' })
  await offered.waitFor()
  assert.match(await offered.innerText(), /障害認定証明書[\s\S]*いまは刷れません/)
  const look = offered.getByRole('button', { name: '保険料台帳(写し) 令和8年度の見本を見る' })
  const preview = page.waitForEvent('popup')
  await look.focus()
  await page.keyboard.press('Enter')
  await (await preview).close()
  await page.getByRole('heading', { name: /保険料台帳\(写し\) 令和8年度を印刷する/ }).waitFor()
  await inspect(page, 'forms-looked')
  await page.keyboard.press('Control+Enter')
  await readBack(page, { 生年月日: 'S16.9.12', 町名: '架空町' })
  const sheet = page.getByRole('heading', { name: /保険料台帳\(写し\) 令和8年度.*さんが指示/ })
  await sheet.waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/紙を見ないと、確かめたことになりません/).waitFor()
  await inspect(page, 'forms-sheet')
  await page.getByLabel('紙の符号の下4けた').fill(await tail())
  await page.keyboard.press('Control+Enter')
  await page.getByText('保険料台帳(写し) 令和8年度の紙を確かめました。').waitFor()
  await sheet.waitFor({ state: 'detached' })
  assert.match(
    await page.getByRole('table', { name: '刷った紙' }).innerText(),
    /保険料の相談[\s\S]*紙を確かめた/,
  )
  await stand(seat)
})

test('届書の受付票と却下の通知、配信の帳票の受け取りと枚数の確かめ', async () => {
  const seat = await world.open()
  const { page } = seat
  await signIn(world, page, 'amakusa')
  await page.goto(`${url}/counter/filings/${filing}`)
  await page.getByRole('link', { name: '帳票', exact: true }).click()
  const offered = page.getByRole('table', { name: '刷れる帳票' })
  await offered.waitFor()
  assert.match(await offered.innerText(), /受付票[\s\S]*決定通知書/)
  await page.getByText('昭和26年8月10日生').waitFor()
  await inspect(page, 'filing-forms')

  await page.goto(`${url}/counter/files/out`)
  await page.getByRole('link', { name: '配信の帳票' }).click()
  await page.getByText(/まだ受け取られていない/).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /年齢到達予定者一覧.*第0001号を受け取る/ }).click()
  assert.match((await download).suggestedFilename(), /^forms-0001\.pdf$/)
  await page.getByRole('heading', { name: /の枚数を確かめる/ }).waitFor()
  await page.getByLabel('出てきた紙の枚数').fill('9')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/枚数がちがいます。送り状では1枚です/).waitFor()
  await inspect(page, 'form-deliveries-count')
  await page.getByLabel('出てきた紙の枚数').fill('1')
  await page.keyboard.press('Control+Enter')
  await page.getByText('済(枚数と中身が合った)').waitFor()
  await stand(seat)

  const other = await world.open()
  await signIn(world, other.page, 'kumamoto')
  await other.page.goto(`${url}/counter/files/forms`)
  await other.page.getByText(/配信した帳票は、まだ1件もありません/).waitFor()
  await inspect(other.page, 'form-deliveries-empty')
  await stand(other)
})

for (const [name, view] of views.slice(1)) {
  test(`台帳・帳票・配信の帳票は、${name}でも、axeに見つかるものがなく、横にはみ出さない`, async () => {
    const seat = await world.open(view)
    const { page } = seat
    await signIn(world, page, 'amakusa')
    const person = await personOf('卓球 トシ')
    await page.goto(`${url}/counter/people/${person}/ledger`)
    await begin(page)
    for (const [where, wait] of [
      [`people/${person}/ledger`, '令和8年度の調定'],
      [`people/${person}/forms`, '刷れる帳票'],
      ['files/forms', '配信した帳票の一覧'],
    ] as const) {
      await page.goto(`${url}/counter/${where}`)
      await page.getByRole('table', { name: wait }).waitFor()
      await inspect(page, `${name}-${where.replace(/[0-9a-z]{26}/, 'x').replaceAll('/', '-')}`)
    }
    assert.doesNotMatch(await page.content(), /秘密町/)
    await stand(seat)
  })
}
