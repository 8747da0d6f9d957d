import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { demoAccounts } from '@koiki/access'
import { plainDate, revealNumber, type UnionCode } from '@koiki/kernel'
import { type Layout, recordOf, 住民基本台帳情報 } from '@koiki/layouts'
import { makePrefecture, secondUnionPersons } from '@koiki/prefecture'
import { openDatabase } from '@koiki/store'
import { type Door, inventedResident } from '@koiki/union'
import type { Attempt } from '../../tools/test/closedNetwork.ts'
import { craft, csvOf } from '../../tools/test/misbehavingSender.ts'
import { type Hit, numberSearch } from '../../tools/test/number-search.ts'
import {
  type Ended,
  everythingRuns,
  type RunningWorld,
  seat,
  smallWorld,
  stageOf,
  townOf,
  until,
} from '../../tools/test/smallWorld.ts'
import type { MunicipalOperator } from './clients.ts'
import { firstDay } from './installation.ts'

/**
 * 外から見た世界 — one world on a closed network, whose flows have run to their end: nothing of it reaches out,
 * no number of a person stands anywhere in it, and every door shows a stranger the same nothing.
 */
const world = smallWorld({ after }, { flows: true })
const watching = mkdtempSync(path.join(tmpdir(), 'koiki-network-'))
const network = path.join(watching, 'network.jsonl')
const kumamoto = '431001'
const amakusa = '432156'
let running: RunningWorld
let early: Ended
let preparation: string | null
let municipalityPort: number

before(
  async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    municipalityPort = (probe.address() as AddressInfo).port
    probe.close()
    await once(probe, 'close')
    const guard = pathToFileURL(
      path.resolve(import.meta.dirname, '../../tools/test/closedNetwork.ts'),
    )
    running = await world.start({
      until: '流れ2',
      environment: { NODE_OPTIONS: `--import=${guard}`, KOIKI_TEST_NETWORK: network },
      words: ['--municipality-port', String(municipalityPort)],
    })
    early = await world.run('world', 'advance')
    preparation = await preparationAtDoor()
    const over = running.ended().then((code) => assert.fail(`${code}\n${running.output()}`))
    await Promise.race([over, until(() => running.output().includes(everythingRuns))])
  },
  { timeout: 900_000 },
)
after(async () => {
  await running?.stop()
  rmSync(watching, { recursive: true, force: true })
})

async function preparationAtDoor(): Promise<string | null> {
  const door = await fetch(`${running.unionUrl}/counter/api/door`)
  return ((await door.json()) as Door).preparation
}

const attempts = (): Attempt[] =>
  readFileSync(network, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Attempt)

// ── 動いている家の戸口 ───────────────────────────────────────────────────────

test('最初の流れが終わるまで日を進めるのは断られ、流れは終わりまで行く', () => {
  assert.equal(early.code, 1)
  assert.match(early.output, /^最初の流れがまだ終わっていません。.*もう一度実行してください。\n$/)
})

test('模擬の県をつくる間も入口は開いていて、どこまで進んだかを言い、そろえば言わない', async () => {
  const opened = running.output().indexOf(`koiki の画面を開けます: ${running.unionUrl}`)
  assert.ok(opened !== -1 && opened < running.output().indexOf('模擬の県をつくっています'))
  assert.match(preparation ?? '', /^模擬の県を準備しています。[2-6]／6 /)
  await until(async () => (await preparationAtDoor()) === null)
})

test('市区町村の代役は、選択で頼んだポートで待つ', () => {
  assert.equal(new URL(running.municipalityUrl).port, String(municipalityPort))
})

test('別のポートでの2度目の始動は、動いている画面の場所を言って断る', async () => {
  const second = await world.run('start', '--port', '0')
  assert.equal(second.code, 1)
  assert.ok(second.output.includes(`すでに起動しているkoikiが使っています（${running.unionUrl}）`))
})

test('世界と違う人数や種を頼む始動は、黙って続けずに断る', async () => {
  const other = await world.run('start', '--port', '0', '--seed', '2')
  assert.equal(other.code, 1)
  assert.match(other.output, /--persons 300 --seed 1 の模擬の世界がもうあり/)
})

// ── 閉じた網 ─────────────────────────────────────────────────────────────────

test('始めから流れの終わりまで、どの過程も外へつなごうとせず、名前も尋ねない', () => {
  const all = attempts()
  const watched = all.filter(({ kind }) => kind === 'watched').map(({ what }) => what)
  for (const part of ['start', 'serve union', 'serve municipality'])
    assert.ok(
      watched.some((what) => what.startsWith(part)),
      `${part} を見張っていない`,
    )
  assert.deepEqual(
    all.filter(({ kind }) => kind !== 'watched' && kind !== 'program'),
    [],
  )
})

test('始めたプログラムは、見張られている node と、同梱の PostgreSQL だけである', () => {
  const programs = attempts()
    .filter(({ kind }) => kind === 'program')
    .map(({ what }) => path.basename(what))
  assert.deepEqual([...new Set(programs)].sort(), [path.basename(process.execPath), 'postgres'])
})

/** Hexadecimal addresses of the kernel's table: 127.0.0.1, ::1 and 127.0.0.1 in IPv6. */
const ownAddresses = [
  '0100007F',
  '00000000000000000000000001000000',
  '0000000000000000FFFF00000100007F',
]

test('待ち受けもつなぎも 127.0.0.1 の中だけで、ほかの口からは入れない', async (t) => {
  const ports = [running.serverUrl, running.unionUrl, running.municipalityUrl].map((url) =>
    Number(new URL(url).port),
  )
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outer)
    for (const port of ports)
      assert.equal(await canConnect(address, port), false, `${port} に外から入れる`)
  for (const port of ports) assert.equal(await canConnect('127.0.0.1', port), true)

  if (!existsSync('/proc/net/tcp')) return t.diagnostic('この計算機には /proc/net/tcp がない')
  const sockets = new Set(running.processes().flatMap(({ id }) => socketsOf(id)))
  let seen = 0
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6']) {
    for (const line of readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1)) {
      const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/) as string[]
      if (!sockets.has(inode as string)) continue
      seen += 1
      const [at] = (local as string).split(':') as [string]
      assert.ok(ownAddresses.includes(at), `${table} ${local}`)
      const [to] = (remote as string).split(':') as [string]
      assert.ok(ownAddresses.includes(to) || /^0+$/.test(to), `${table} ${remote}`)
    }
  }
  assert.ok(seen >= 3)
})

function socketsOf(id: number): string[] {
  const folder = `/proc/${id}/fd`
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(path.join(folder, name)))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

// ── 番号はどこにもない ───────────────────────────────────────────────────────

/** Every Individual Number of the invented world, as its generator drew them. */
function generated(): string[] {
  const numbers = new Set<string>()
  for (const [union, persons] of [
    ['43', 300],
    ['31', secondUnionPersons(300)],
  ] as const) {
    const order = { seed: 1, worldDate: plainDate(firstDay), union: union as UnionCode, persons }
    for (const household of makePrefecture(order).records())
      for (const { individualNumber } of [...household.residents, ...household.nonResidents])
        if (individualNumber !== null) numbers.add(revealNumber(individualNumber))
  }
  return [...numbers]
}

const residents = 住民基本台帳情報 as Layout

/** Numbers where no number belongs: slipped columns, search boxes, sign-in, addresses, notices of faults. */
async function carelessness(numbers: readonly string[]): Promise<void> {
  const [one, two, three] = numbers as [string, string, string]
  const { counter, operator } = await townOf(world, running, kumamoto)
  const { transmissions } = await counter.get<{
    transmissions: { layout: string; number: number; transmission: string }[]
  }>('/transmissions?direction=in')
  const last = Math.max(
    ...transmissions.filter(({ layout }) => layout === residents.name).map(({ number }) => number),
  )
  const sound = recordOf(住民基本台帳情報)({
    ...inventedResident(1),
    市区町村コード: kumamoto,
  } as never)
  const put = (item: string, text: string): string[] =>
    sound.map((value, index) => (residents.names[index] === item ? text : value))
  const wide = one.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
  const records = [
    put('氏名', one),
    put('宛名番号', `${two}`),
    put('生年月日', three),
    put('住民状態', one),
    put('個人番号', `${one.slice(0, 11)}${(Number(one.at(-1)) + 1) % 10}`),
    put('番地号', `${wide}\u202e`),
    [one, ...sound.slice(0, -1)],
    [...sound, one],
  ]
  const { transmission } = await counter.send(
    await craft(world.keysFolder, {
      layout: residents,
      sender: `municipality:${kumamoto}`,
      receiver: 'union:43',
      union: '43',
      municipality: kumamoto,
      sequenceNumber: last + 1,
      records,
      plain: Buffer.from(csvOf(residents.names, records)),
    }),
  )
  await until(async () => {
    const detail = await counter.get<{ transmission: { state: string } }>(
      `/transmissions/${transmission}`,
    )
    return detail.transmission.state === 'refused'
  })
  await counter.text(`/transmissions/${transmission}/findings.csv`)

  const shikaku = await seat(running, 'shikaku')
  const ignored = (work: Promise<unknown>): Promise<unknown> => work.catch(() => null)
  for (const words of [one, wide, one.replace(/(.{4})(?=.)/g, '$1-'), `庭球　${one}`])
    await ignored(shikaku.post('/search', { words, purpose: 'premium' }))
  await ignored(shikaku.get(`/people/${one}`, { 'koiki-purpose': 'premium' }))
  await ignored(shikaku.get(`/transmissions/${one}`))
  await ignored(shikaku.get(`/nowhere/${one}?words=${one}`))
  await ignored(shikaku.post('/jobs', { run: one }))
  await ignored(seatWith(one, one))
  await ignored(operator.post('/events', { kind: one, eventId: one }))
  await ignored(operator.get(`/exports/${one}/manifest`))
  await ignored(operator.post('/receipts', { receipt: one }))
  await ignored(operator.post('/imports', { manifest: `{"個人番号":"${one}"}` }))
  await moveIn(operator, two)
}

async function seatWith(account: string, password: string): Promise<void> {
  await fetch(`${running.unionUrl}/union/api/sign-in`, {
    method: 'POST',
    headers: { 'koiki-desk': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
}

/** The honest way of a number into a municipality: a notification at its counter. */
async function moveIn(operator: MunicipalOperator, individualNumber: string): Promise<void> {
  await operator.post('/events', {
    eventId: crypto.randomUUID(),
    occurredOn: '2026-06-30',
    kind: '転入',
    address: { townName: '架空町一丁目', houseNumber: '１番１号' },
    newcomers: [
      {
        individualNumber,
        name: '架空　番子',
        birthDate: '1940-01-01',
        sex: '2',
        relationship: '世帯主',
      },
    ],
    movedFromMunicipality: '131016',
  })
  for (const [route, step] of [
    ['/transfers', '2-1'],
    ['/exports', '2-2'],
  ] as const)
    await operator.work(route, { step })
}

const databases = ['koiki_union', 'koiki_municipality'] as const

function openAsAdministrator(database: string) {
  const url = new URL(running.serverUrl)
  url.pathname = `/${database}`
  return openDatabase({ url: url.href, applicationName: 'koiki-number-search' })
}

/** Key files are the one place that may hold what opens a seal; they hold no number either. */
const keyFiles = (place: string): boolean =>
  place.includes(`${path.sep}keys${path.sep}`) || path.basename(place) === 'vault-keys.json'

const planted = '555555555555'

/** A number put where a search must find it: a table, its pages in the database's folder, and a file. */
async function plant(): Promise<() => Promise<void>> {
  const file = path.join(world.folder, 'files', 'union', '置き忘れ.txt')
  const db = await openAsAdministrator('koiki_union')
  await writeFile(file, `控え ${planted.replace(/(.{4})(?=.)/g, '$1 ')} 済み`)
  await db.unscoped(async (tx) => {
    await tx.run('create table public.forgotten (id integer primary key, note jsonb)')
    await tx.run('insert into public.forgotten values (1, $1::jsonb)', [
      JSON.stringify({ 備考: planted }),
    ])
  })
  await db.unscoped((tx) => tx.run('checkpoint'))
  return async () => {
    await db.unscoped((tx) => tx.run('drop table if exists public.forgotten'))
    await db.close()
    rmSync(file, { force: true })
  }
}

test('流れのあと、番号を誤った所に打ち込んだあとも、データベース・ファイル・記録のどこにも個人番号がない。わざと置いた番号は、同じさがし方で見つかる', async () => {
  const numbers = generated()
  assert.ok(numbers.length > 300)
  const newcomer = '710000791900'
  await carelessness([numbers[0] as string, newcomer, numbers[1] as string])
  const wanted = [planted, ...numbers, newcomer]
  const search = numberSearch(wanted)
  const placesOf = (hits: readonly Hit[], own: boolean): string[] =>
    hits.filter(({ which }) => (wanted[which] === planted) === own).map(({ place }) => place)

  const takeAway = await plant()
  try {
    for (const name of databases) {
      const db = await openAsAdministrator(name)
      try {
        const found = await search.database(db, name)
        assert.deepEqual(placesOf(found.hits, false), [])
        assert.equal(
          placesOf(found.hits, true).some((place) => place.includes('forgotten.note')),
          name === 'koiki_union',
        )
        assert.ok(found.bytes > 100_000, `${name} を見ていない`)
        await db.unscoped((tx) => tx.run('select pg_switch_wal()'))
      } finally {
        await db.close()
      }
    }
    const files = await search.files(world.folder)
    assert.deepEqual(
      placesOf(files.hits, false).filter((place) => !keyFiles(place)),
      [],
    )
    assert.ok(files.bytes > 10_000_000)
    const found = placesOf(files.hits, true).map((place) => path.relative(world.folder, place))
    assert.ok(found.includes(path.join('files', 'union', '置き忘れ.txt')))
    assert.ok(found.some((place) => place.startsWith(path.join('postgres', 'postgres', 'base'))))
  } finally {
    await takeAway()
  }
  const said = await search.bytes('標準出力と標準エラー', Buffer.from(running.output()))
  assert.deepEqual(said.hits, [])
  assert.ok(said.bytes > 500)
})

// ── 入れない人には、どれも同じ ────────────────────────────────────────────────

interface Asked {
  readonly realm?: 'counter' | 'union'
  readonly method?: string
  readonly path: string
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly url?: string
}

/** What a door answers, as far as anyone outside can see it. */
async function answerTo(asked: Asked): Promise<{ status: number; body: string; headers: object }> {
  const { realm = 'counter', method = 'GET', path: place, cookie = '', headers = {}, body } = asked
  const url = new URL(asked.url ?? `${running.unionUrl}/${realm}/api${place}`)
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: `${url.pathname}${url.search}`,
        method,
        headers: {
          host: url.host,
          'koiki-desk': '1',
          cookie,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const { date: _, 'content-length': __, ...rest } = answer.headers
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(parts).toString('utf8'),
            headers: rest,
          })
        })
      },
    )
    asking.on('error', reject)
    asking.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function cookieOf(loginName: string): Promise<string> {
  const account = demoAccounts.find((one) => one.loginName === loginName)
  const realm = account?.roles.includes('counterClerk') ? 'counter' : 'union'
  const answer = await fetch(`${running.unionUrl}/${realm}/api/sign-in`, {
    method: 'POST',
    headers: { 'koiki-desk': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: loginName, password: account?.password }),
  })
  assert.equal(answer.status, 200)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

interface Listed {
  readonly transmissions: readonly { transmission: string; layout: string; municipality: object }[]
}

const list = async (
  cookie: string,
  direction: 'in' | 'out',
  realm: 'counter' | 'union' = 'counter',
) =>
  (
    JSON.parse(
      (await answerTo({ realm, cookie, path: `/transmissions?direction=${direction}` })).body,
    ) as Listed
  ).transmissions

/** A reference of the right length that stands for nothing. */
const mistyped = (reference: string): string =>
  `${reference.slice(0, -1)}${reference.endsWith('A') ? 'B' : 'A'}`

test('天草市の窓口は、熊本市の送受信のどれも、ないものと見分けられない', async () => {
  const own = await cookieOf('amakusa')
  const others = await cookieOf('kumamoto')
  const sent = (await list(others, 'in'))[0]?.transmission as string
  const delivered = (await list(others, 'out'))[0]?.transmission as string
  assert.ok(sent && delivered)
  for (const rest of ['', '/findings.csv', '/receipt', '/manifest', '/content']) {
    const nothing = await answerTo({ cookie: own, path: `/transmissions/${mistyped(sent)}${rest}` })
    assert.equal(nothing.status, 404)
    for (const reference of [sent, delivered, 'x', '%00', 'a'.repeat(150)])
      assert.deepEqual(
        await answerTo({ cookie: own, path: `/transmissions/${reference}${rest}` }),
        nothing,
        `${rest} がほかの答えをした`,
      )
  }
  for (const direction of ['in', 'out'] as const) {
    const listed = await list(own, direction)
    assert.ok(listed.length > 0)
    assert.ok(listed.every((one) => JSON.stringify(one.municipality).includes(amakusa)))
  }
  const { counter } = await townOf(world, running, kumamoto)
  assert.ok((await counter.fetch(delivered)).sealed.size > 0)
})

test('天草市の窓口は、熊本市の人を、ないものと見分けられない', async () => {
  const own = await cookieOf('amakusa')
  const shikaku = await seat(running, 'shikaku')
  const others = await cookieOf('kumamoto')
  const found = async (cookie: string, words: string) =>
    JSON.parse(
      (
        await answerTo({
          method: 'POST',
          cookie,
          path: '/search',
          body: { words, purpose: 'premium' },
        })
      ).body,
    ) as { people: { person: string; name: string }[]; total: number }
  const db = await openAsAdministrator('koiki_union')
  const names = await db.unscoped((tx) =>
    tx.query<{ name: string }>(
      `select c.name
         from eligibility.resident r
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
        where r.municipality_code = $1 and r.subject_key is not null and c.support_kind = '0'
          and c.status = '1'
          and not exists (select from eligibility.resident o
                           where o.subject_key = r.subject_key and o.municipality_code <> $1)
        order by r.resident_key limit 5`,
      [kumamoto],
    ),
  )
  await db.close()
  assert.ok(names.length > 0)
  const { name } = names[0] as { name: string }
  const seen = await found(others, name)
  assert.ok(seen.people.length > 0)
  const reference = seen.people[0]?.person as string
  const purpose = { 'koiki-purpose': 'premium' }
  const nothing = await answerTo({
    cookie: own,
    path: `/people/${mistyped(reference)}`,
    headers: purpose,
  })
  assert.equal(nothing.status, 404)
  assert.deepEqual(
    await answerTo({ cookie: own, path: `/people/${reference}`, headers: purpose }),
    nothing,
  )
  assert.equal(
    (await answerTo({ cookie: others, path: `/people/${reference}`, headers: purpose })).status,
    200,
  )
  assert.ok(!(await found(own, name)).people.some((one) => one.person === reference))
  // The same person has another reference in each realm; neither opens the other's door.
  const atUnion = await shikaku.post<{ people: { person: string }[] }>('/search', {
    words: name,
    purpose: 'premium',
  })
  assert.deepEqual(
    await answerTo({
      cookie: others,
      path: `/people/${atUnion.people[0]?.person}`,
      headers: purpose,
    }),
    nothing,
  )
})

test('席のない人、作り物のクッキー、よその領域のクッキーには、あるものもないものも同じ答えをする', async () => {
  const clerk = await cookieOf('kumamoto')
  const reference = (await list(clerk, 'in'))[0]?.transmission as string
  const token = clerk.split('=')[1] as string
  const forged = `koiki_counter=${token.slice(0, -2)}AA`
  const nobody = await answerTo({ path: `/transmissions/${reference}` })
  assert.equal(nobody.status, 401)
  for (const cookie of [
    '',
    forged,
    `koiki_union=${token}`,
    'koiki_counter=',
    "koiki_counter=' or 1=1 --",
  ])
    for (const place of [`/transmissions/${reference}`, '/transmissions/x', '/today'])
      assert.deepEqual(await answerTo({ cookie, path: place }), nobody, cookie)
  assert.deepEqual(
    await answerTo({
      realm: 'union',
      cookie: `koiki_union=${token}`,
      path: `/transmissions/${reference}`,
    }),
    nobody,
  )
})

test('役割にない行いは、ない所在と同じ答えをする', async () => {
  const clerk = await cookieOf('kumamoto')
  const assessor = await cookieOf('fuka')
  const nothing = await answerTo({ cookie: clerk, path: '/nowhere' })
  assert.equal(nothing.status, 404)
  for (const asked of [
    { cookie: clerk, path: '/jobs' },
    { cookie: clerk, path: '/accounts' },
    { realm: 'union', cookie: assessor, path: '/accounts' },
    {
      realm: 'union',
      cookie: assessor,
      method: 'POST',
      path: '/jobs',
      body: { run: 'decide-eligibility' },
    },
    {
      realm: 'union',
      cookie: assessor,
      method: 'POST',
      path: '/jobs',
      body: { run: 'deliver-insured' },
    },
    { realm: 'union', cookie: assessor, method: 'POST', path: '/transmissions', body: {} },
    {
      realm: 'union',
      cookie: await cookieOf('kanri'),
      method: 'POST',
      path: '/search',
      body: { words: '庭球', purpose: 'premium' },
    },
  ] as const satisfies readonly Asked[])
    assert.deepEqual(await answerTo(asked), nothing, `${asked.path}`)
})

test('画面の印のない頼み、よそのページからの頼み、よその名での頼みは、何もせず同じ答えをする', async () => {
  const cookie = await cookieOf('shikaku')
  const run = {
    realm: 'union',
    method: 'POST',
    path: '/jobs',
    body: { run: 'decide-eligibility' },
  } as const
  const jobs = async () =>
    (
      JSON.parse((await answerTo({ realm: 'union', cookie, path: '/jobs' })).body) as {
        jobs: object[]
      }
    ).jobs.length
  const count = await jobs()
  const refused = await answerTo({ ...run, cookie, headers: { 'koiki-desk': '' } })
  assert.equal(refused.status, 403)
  for (const headers of [
    { 'koiki-desk': '2' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: `${running.unionUrl}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'evil.example' },
    { host: `evil.example:${new URL(running.unionUrl).port}` },
  ] as const satisfies readonly Readonly<Record<string, string>>[]) {
    assert.deepEqual(await answerTo({ ...run, cookie, headers }), refused, JSON.stringify(headers))
    assert.deepEqual(await answerTo({ ...run, headers }), refused, '席の有無で答えが違う')
  }
  assert.equal(await jobs(), count)
})

test('市区町村の代役は、よその市区町村の合言葉も、知らない市区町村も、同じに断る', async () => {
  const { municipalityUrl } = stageOf(world, running)
  const tokens = JSON.parse(
    readFileSync(path.join(world.municipalityFolder, 'operator-tokens.json'), 'utf8'),
  ) as Record<string, string>
  const asked = (code: string, token: string, rest = '/state') =>
    answerTo({
      path: '',
      url: `${municipalityUrl}/municipalities/${code}${rest}`,
      headers: { authorization: `Bearer ${token}` },
    })
  assert.equal((await asked(kumamoto, tokens[kumamoto] as string)).status, 200)
  const refused = await asked('439999', 'x')
  assert.equal(refused.status, 401)
  for (const rest of ['/state', '/exports', '/jobs/1', '/imports'])
    for (const token of ['', 'x', tokens[amakusa] as string, (tokens[kumamoto] as string).slice(1)])
      assert.deepEqual(await asked(kumamoto, token, rest), refused)
})
