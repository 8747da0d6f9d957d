import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { demoAccounts } from '@koiki/access'
import { buildDesk } from '@koiki/desk'
import { settleTown, type TestUnion, testUnion } from '@koiki/union'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { axeFindings } from './axe.ts'

/** Where to keep pictures of the screens, for a person who looks at them; nowhere unless named. */
const pictures = process.env.KOIKI_PICTURES

export type View = { width: number; height: number; dark?: boolean }
export const ordinaryView: View = { width: 1366, height: 768 }

/** Light as on a desk, and dark at 400 %: on both axe finds nothing and nothing is wider than the window. */
export const views: readonly (readonly [string, View])[] = [
  ['light', ordinaryView],
  ['dark-400', { width: 341, height: 192, dark: true }],
]

export type Seat = { context: BrowserContext; page: Page; outside: string[]; broken: string[] }

export type DeskWorld = {
  readonly union: TestUnion
  readonly url: string
  readonly password: string
  /** A named view has the shipped letters; any other seat has the machine's: fetching ours is a third of the work. */
  open(view?: View): Promise<Seat>
}

async function launch(letters: boolean): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env.KOIKI_CHROMIUM ?? (await sparticuz.executablePath()),
    args: [
      ...['--no-sandbox', '--disable-background-networking'],
      ...(letters ? [] : ['--disable-remote-fonts']),
    ],
  })
}

/** 画面の世界 — a union with the invented town in it, and a browser to sit at its desks; made once for a file of tests. */
export async function deskWorld(t: {
  after(clean: () => Promise<void>): void
}): Promise<DeskWorld> {
  const browsers = new Map<boolean, Promise<Browser>>()
  const browserWith = (letters: boolean): Promise<Browser> => {
    const running = browsers.get(letters) ?? launch(letters)
    browsers.set(letters, running)
    return running
  }
  // The browsers leave first: a service does not close while somebody still listens to it.
  t.after(async () => {
    for (const browser of browsers.values()) await (await browser).close()
  })
  const union = await testUnion(t, await buildDesk())
  await settleTown(union)
  const { url } = union.service
  return {
    union,
    url,
    password: demoAccounts[0]?.password ?? '',
    async open(named) {
      const view = named ?? ordinaryView
      // Where the window is wide, what a letter measures decides nothing.
      const letters = pictures !== undefined || view.width < 700
      const context = await (await browserWith(letters)).newContext({
        viewport: { width: view.width, height: view.height },
        colorScheme: view.dark === true ? 'dark' : 'light',
        locale: 'ja-JP',
        timezoneId: 'Asia/Tokyo',
        acceptDownloads: true,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      const seat: Seat = { context, page, outside: [], broken: [] }
      context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url())
        if (origin !== url && protocol !== 'blob:' && protocol !== 'data:')
          seat.outside.push(request.url())
      })
      page.on('pageerror', (error) => seat.broken.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
          seat.broken.push(message.text())
      })
      return seat
    },
  }
}

/**
 * 席に着く — as one of the sample accounts, in the realm that is theirs; past the door, which has tests of its own.
 */
export async function signIn(world: DeskWorld, page: Page, account: string): Promise<void> {
  const roles = demoAccounts.find(({ loginName }) => loginName === account)?.roles
  const realm = roles?.includes('counterClerk') ? 'counter' : 'union'
  const answer = await page.request.post(`${world.url}/${realm}/api/sign-in`, {
    headers: { 'koiki-desk': '1' },
    data: { account, password: world.password },
  })
  assert.ok(answer.ok(), `${account} は入れなかった`)
  await page.goto(`${world.url}/${realm}`)
  await page.getByRole('heading', { name: 'きょう', level: 1 }).waitFor()
}

/** Nothing for axe to find, nothing wider than the window, no h1 missing; and a picture, if wanted. */
export async function inspect(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const found = await axeFindings(page)
  if (pictures !== undefined) {
    await mkdir(pictures, { recursive: true })
    const { width } = page.viewportSize() ?? ordinaryView
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: width < 700 })
  }
  assert.deepEqual(found, [], name)
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  assert.ok(wider <= 0, `${name} は窓より${wider}px広い`)
}

/** 見え方ごとに調べる — the page as it stands, in each of the views. */
export async function inspectInViews(page: Page, name: string): Promise<void> {
  for (const [view, { width, height, dark }] of views) {
    await page.emulateMedia({ colorScheme: dark === true ? 'dark' : 'light' })
    await page.setViewportSize({ width, height })
    await inspect(page, `${name}-${view}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(ordinaryView)
}

/** 読み合わせる — the facts, as a citizen says them, in the dialog that asks for them. */
export async function readBack(page: Page, said: Readonly<Record<string, string>>): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^読み合わせ/ })
  await dialog.waitFor()
  for (const [label, text] of Object.entries(said)) await dialog.getByLabel(label).fill(text)
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
}

/** 席を立つ — and nothing was fetched from outside, nothing fell over, and no name stood in an address or a title. */
export async function stand(seat: Seat): Promise<void> {
  const address = seat.page.url()
  const title = await seat.page.title()
  await seat.context.close()
  assert.deepEqual(seat.outside, [], '外へ取りに行った')
  assert.deepEqual(seat.broken, [], '画面が倒れた')
  assert.doesNotMatch(
    decodeURIComponent(address),
    /庭球|卓球|キュウ|(?<![0-9a-f-])\d{8}(?![0-9a-f-])/,
  )
  assert.doesNotMatch(title, /庭球|卓球|キュウ|\d{4}/)
}
