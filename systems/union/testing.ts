import { randomBytes, randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Access, demoAccounts, openAccess } from '@koiki/access'
import { inventedResident as ordinaryResident } from '@koiki/eligibility'
import {
  type ExchangePlace,
  keepSealed,
  keyFolder,
  makePartyKeys,
  openTransmission,
  type Prepared,
  packTransmission,
  prepareTransmission,
  receiptOf,
  recordApplied,
  recordArrival,
  tellStop,
  wholeUnion,
} from '@koiki/exchange'
import { plainDate, yen } from '@koiki/kernel'
import {
  type Layout,
  type RowOf,
  recordOf,
  マイナ保険証利用登録状況,
  住民基本台帳情報,
  所得課税情報,
} from '@koiki/layouts'
import { fixedClock, runDueJobs, type TestDatabase, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import type { Found, Realm } from './api.ts'
import { unionJobs } from './jobs.ts'
import { type AccessLine, startUnionService, type UnionService } from './service.ts'

/** 媒体 — a manifest and the sealed file beside it. */
export type Medium = Pick<Prepared, 'manifest' | 'manifestText' | 'sealedFile'>

type Test = { after(clean: () => Promise<void>): void }

export type Resident = RowOf<typeof 住民基本台帳情報>
export type ListedCard = RowOf<typeof マイナ保険証利用登録状況>
export type Income = RowOf<typeof 所得課税情報>

/** 席 — a client that behaves as a desk does: a cookie of its realm, and the desk's own header. */
export type Desk = {
  readonly realm: Realm
  readonly cookie: string
  ask(path: string, init?: RequestInit & { purpose?: string }): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  find(words: string): Promise<Found>
}

export type TestUnion = {
  readonly access: Access
  readonly service: UnionService
  readonly db: TestDatabase
  readonly log: readonly AccessLine[]
  readonly faults: readonly unknown[]
  /** Signs in as one of the sample accounts. */
  enter(account: string): Promise<Desk>
  /** Signs in as somebody else of the same office, with the same roles. */
  colleague(account: string): Promise<Desk>
  /** What a municipality's own system exports to a medium. */
  prepare<L extends Layout>(
    municipality: string,
    layout: L,
    rows: Iterable<RowOf<L>>,
    corrects?: string,
  ): Promise<Prepared>
  /** What the 中間サーバー gives out for the union, under a number that it counts itself. */
  list(sequenceNumber: number, rows: readonly ListedCard[]): Promise<Medium>
  /** Sends a medium from a counter, or carries it in at the union, and answers what the seat was told. */
  send(desk: Desk, medium: Medium): Promise<Response>
  /** What a municipality's own system answers to a medium that it has taken in. */
  answer(municipality: string, manifest: string, sealed: Uint8Array): Promise<string>
  /** What a municipality's own system signs when it cannot take files in, or can again. */
  tell(municipality: string, kind: 'stopped' | 'lifted', reason: string): Promise<string>
  /** Lets the jobs that wait be done. */
  work(): Promise<void>
  /** Where the union's own end of every exchange is. */
  readonly place: ExchangePlace
}

const parties = [
  'union:43',
  'union:31',
  'municipality:431001',
  'municipality:432156',
  'intermediary:43',
]

/**
 * 試験の広域連合 — for tests: a service on a database of its own with the sample accounts, the keys of all
 * parties, and a municipality that can send files; everything through the doors that real users have.
 */
export async function testUnion(
  t: Test,
  deskFolder: string,
  installation: 'invented' | 'office' = 'invented',
): Promise<TestUnion> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-union-'))
  const clock = fixedClock('2026-07-01')
  const db = await testDatabase(t, 'union', clock)
  const city = await testDatabase(t, 'municipality', clock)
  const keys = keyFolder(path.join(folder, 'keys'))
  for (const party of parties) await makePartyKeys(path.join(folder, 'keys'), party)
  const filesFolder = path.join(folder, 'files')
  const vault = await openVault({
    party: 'union',
    provider: {
      name: '試験の鍵',
      open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
    },
  })
  // The cheapest password cost: what is tested here is not how slow a password is.
  const access = openAccess(db, {
    passwordCost: { n: 16, r: 1, p: 1 },
  })
  await access.declareInstallation(installation)
  if (installation === 'invented') await access.makeDemoAccounts()
  const log: AccessLine[] = []
  const faults: unknown[] = []
  const service = await startUnionService({
    db,
    access,
    keys,
    vault,
    filesFolder,
    deskFolder,
    invented: installation === 'invented',
    referenceKey: randomBytes(32),
    port: 0,
    log: (line) => log.push(line),
    fault: (_, error) => faults.push(error),
  })
  t.after(async () => {
    await service.close()
    await rm(folder, { recursive: true, force: true })
  })
  const jobs = unionJobs({ vault, keys, filesFolder }).all

  return {
    access,
    service,
    db,
    log,
    faults,
    enter: (account) => enter(service.url, account),
    async colleague(account) {
      const admin = await db.asAdmin()
      const loginName = `${account}-${randomBytes(3).toString('hex')}`
      await admin.unscoped((tx) =>
        tx.run(
          `insert into access.account
           select $1::uuid, $2::text, display_name || 'の同僚', roles, scope_union,
                  scope_municipality, password_hash, password_set_at, demo, created_at
             from access.account where login_name = $3::text`,
          [randomUUID(), loginName, account],
        ),
      )
      return enter(service.url, account, loginName)
    },
    prepare: (municipality, layout, rows, corrects) =>
      city.transaction({ union: '43', municipality }, (tx) =>
        prepareTransmission(
          tx,
          {
            self: `municipality:${municipality}`,
            keys,
            folder: path.join(folder, municipality),
          },
          {
            layout,
            rows,
            receiver: 'union:43',
            municipality,
            ...(corrects === undefined ? {} : { corrects }),
          },
        ),
      ),
    list: (sequenceNumber, rows) =>
      packTransmission(
        { self: 'intermediary:43', keys, folder: path.join(folder, 'intermediary') },
        {
          layout: マイナ保険証利用登録状況,
          receiver: 'union:43',
          union: '43',
          municipality: wholeUnion('43'),
          transmissionId: randomUUID(),
          sequenceNumber,
          corrects: null,
          createdAt: '2026-07-01T00:00:00.000Z',
          today: plainDate('2026-07-01'),
          records: rows.map(recordOf(マイナ保険証利用登録状況)),
        },
      ),
    async send(desk, prepared) {
      const form = new FormData()
      form.append('manifest', new Blob([prepared.manifestText]), 'manifest.json')
      form.append('file', await openAsBlob(prepared.sealedFile), 'sealed.age')
      const place = desk.realm === 'union' ? 'carried-transmissions' : 'transmissions'
      return desk.ask(place, { method: 'POST', body: form })
    },
    answer: async (municipality, manifest, sealed) => {
      const place = {
        self: `municipality:${municipality}`,
        keys,
        folder: path.join(folder, municipality),
      }
      const kept = await keepSealed(place.folder, [sealed])
      return city.transaction({ union: '43', municipality }, async (tx) => {
        const arrival = await recordArrival(tx, place, { manifest, kept })
        if (arrival.kind !== 'arrived') throw new Error(arrival.sentence)
        const opened = await openTransmission(tx, place, arrival.transmissionId)
        let rows = 0
        for await (const { records } of opened.batches()) rows += records.length
        await recordApplied(tx, place, arrival.transmissionId, rows)
        return (await receiptOf(tx, arrival.transmissionId))?.text ?? ''
      })
    },
    tell: (municipality, kind, reason) =>
      city.transaction({ union: '43', municipality }, (tx) =>
        tellStop(
          tx,
          {
            self: `municipality:${municipality}`,
            keys,
            folder: path.join(folder, municipality),
          },
          'union:43',
          { municipality, kind, reason },
          '担当者',
        ),
      ),
    work: () => runDueJobs({ database: db, jobs }),
    place: { self: 'union:43', keys, folder: filesFolder },
  }
}

async function enter(url: string, account: string, loginName = account): Promise<Desk> {
  const known = demoAccounts.find(({ loginName }) => loginName === account)
  if (known === undefined) throw new Error(`見本の利用者に「${account}」はいません`)
  const realm: Realm = known.roles.includes('counterClerk') ? 'counter' : 'union'
  const desk = (path: string, init: RequestInit & { purpose?: string } = {}, cookie = '') => {
    const { purpose, ...rest } = init
    return fetch(`${url}/${realm}/api/${path}`, {
      ...rest,
      headers: {
        'koiki-desk': '1',
        ...(purpose === undefined ? {} : { 'koiki-purpose': purpose }),
        ...(cookie === '' ? {} : { cookie }),
        ...(init.headers as Record<string, string> | undefined),
      },
    })
  }
  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  const answer = await desk('sign-in', json({ account: loginName, password: known.password }))
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  if (!answer.ok) throw new Error(`${account} は入れませんでした: ${await answer.text()}`)
  return {
    realm,
    cookie,
    ask: (path, init) => desk(path, init, cookie),
    post: (path, body) => desk(path, json(body), cookie),
    find: async (words) =>
      (await (await desk('search', json({ words, purpose: 'premium' }), cookie)).json()) as Found,
  }
}

/** 架空の住民 — an ordinary row for tests, of 天草市: old enough, alone in the household. */
export const inventedResident = (running: number, given: Partial<Resident> = {}): Resident =>
  ordinaryResident(running, {
    市区町村コード: '432156',
    郵便番号: '8630000',
    市区郡町村名: '天草市',
    ...given,
  })

/** 架空の所得 — a pension and nothing else. */
export function inventedIncome(
  running: number,
  pension: number,
  given: Partial<Income> = {},
): Income {
  return {
    市区町村コード: '432156',
    宛名番号: String(running).padStart(15, '0'),
    課税年度: 2026,
    申告区分: '1',
    公的年金等収入額: yen(pension),
    給与収入額: yen(0),
    専従者給与収入額: yen(0),
    事業所得額: yen(0),
    専従者控除額: yen(0),
    分離譲渡所得額: yen(0),
    譲渡特別控除額: yen(0),
    その他所得額: yen(0),
    課税標準額: yen(0),
    世帯主調整控除額: yen(0),
    住民税課税区分: '0',
    判定用収入額: yen(pension),
    更正年月日: null,
    操作年月日: plainDate('2026-06-30'),
    ...given,
  }
}

/** 架空の町 — the people whom the tests of screens and routes meet, by what is special about each. */
export const townResidents: readonly Resident[] = [
  inventedResident(1, {
    氏名: '庭球　正夫',
    氏名カナ: 'テイキュウ　マサオ',
    性別: '1',
    生年月日: plainDate('1939-05-03'),
    世帯番号: '000000000900001',
  }),
  inventedResident(2, {
    氏名: '庭球　ハナ',
    氏名カナ: 'テイキュウ　ハナ',
    生年月日: plainDate('1941-09-12'),
    続柄: '妻',
    世帯番号: '000000000900001',
  }),
  inventedResident(3, {
    氏名: '庭球　正夫',
    氏名カナ: 'テイキュウ　マサオ',
    性別: '1',
    生年月日: plainDate('1946-01-30'),
    町字: '架空町二丁目',
  }),
  inventedResident(4, {
    氏名: '卓球　トシ',
    氏名カナ: 'タッキュウ　トシ',
    生年月日: plainDate('1934-01-08'),
    町字: '秘密町九丁目',
    支援措置区分: '1',
    支援措置開始日: plainDate('2025-09-03'),
    支援措置終了日: plainDate('2026-09-02'),
  }),
  inventedResident(5, {
    氏名: '野球　清',
    氏名カナ: 'ヤキュウ　キヨシ',
    性別: '1',
    生年月日: plainDate('1937-12-01'),
    住民状態: '2',
    異動事由: '05',
    異動年月日: plainDate('2026-05-02'),
    消除年月日: plainDate('2026-05-01'),
  }),
  inventedResident(6, {
    氏名: '𠮷野　辻\u{E0100}子',
    氏名カナ: 'ヨシノ　ツジコ',
    生年月日: plainDate('1940-07-07'),
  }),
]

export const townIncomes: readonly Income[] = [
  inventedIncome(1, 2_160_000),
  inventedIncome(2, 780_000),
  inventedIncome(3, 3_500_000, { 課税標準額: yen(2_000_000), 住民税課税区分: '2' }),
  inventedIncome(4, 780_000),
  inventedIncome(5, 1_200_000),
  inventedIncome(6, 1_970_000),
]

/** 町をつくる — the files of a town are sent, taken in, decided on, assessed and sent back. */
export async function settleTown(union: TestUnion): Promise<void> {
  const amakusa = await union.enter('amakusa')
  for (const prepared of [
    await union.prepare('432156', 住民基本台帳情報, townResidents),
    await union.prepare('432156', 所得課税情報, townIncomes),
  ]) {
    const answer = await union.send(amakusa, prepared)
    if (answer.status !== 201) throw new Error(await answer.text())
    await union.work()
  }
  const runs = [
    ['shikaku', 'decide-eligibility'],
    ['fuka', 'assess-premiums'],
    ['shikaku', 'deliver-insured'],
    ['fuka', 'deliver-premiums'],
  ] as const
  for (const [account, run] of runs) {
    const desk = await union.enter(account)
    const answer = await desk.post('jobs', { run })
    if (!answer.ok) throw new Error(await answer.text())
    await union.work()
  }
}
