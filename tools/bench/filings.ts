/**
 * 窓口の即時の決定 — POST /filings over HTTP: intake, sealing, examination, decision, 被保険者番号, audit and answer
 * in one transaction, in a union that already holds a town. Beside it, in turns in the same run, its floor: one
 * bare insert and select over HTTP by the same server, pool and database. Then the same filings while the file of
 * another municipality is taken in, and while the people of it are decided: how long a clerk waits for others. --full:
 * ten times town and turns.
 */

import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { individualNumberCheckDigit } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { inventedResident, testUnion } from '@koiki/union'
import fastify from 'fastify'
import { atMost, full, tell, whole } from './measure.ts'

const people = full ? 20_000 : 2_000
const turns = full ? 1_000 : 200
const endings: (() => Promise<void>)[] = []
const after = (end: () => Promise<void>): void => void endings.push(end)
const municipality = '432156'

const address = {
  postalCode: '8630001',
  prefecture: '熊本県',
  municipalityName: '天草市',
  town: '架空町五丁目',
  houseNumber: '５番５号',
  building: null,
}

function filing(turn: number) {
  const body = String(87_000_000_000 + turn)
  return {
    filingId: randomUUID(),
    kind: 'acquisitionMoveIn',
    person: null,
    addresseeNumber: String(8_000_000 + turn).padStart(15, '0'),
    filedOn: '2026-07-01',
    occurredOn: '2026-06-28',
    filer: 'self',
    proxy: null,
    fields: {
      name: '計測　花子',
      nameKana: 'ケイソク　ハナコ',
      birthDate: '1943-03-03',
      sex: '2',
      address,
      formerLoss: 'none',
    },
    numberState: 'written',
    numberReason: null,
    individualNumber: `${body}${individualNumberCheckDigit(body)}`,
    numberCheck: 'individualNumberCard',
    identityCheck: ['individualNumberCard'],
    documents: [],
  }
}

const percentile = (times: readonly number[], part: number): number =>
  [...times].sort((one, other) => one - other)[Math.ceil(times.length * part) - 1] as number

async function timed(ask: () => Promise<Response>, status: number): Promise<number> {
  const start = performance.now()
  const answer = await ask()
  const text = await answer.text()
  const took = performance.now() - start
  if (answer.status !== status) throw new Error(`${answer.status} ${text}`)
  return took
}

try {
  const folder = await mkdtemp(path.join(tmpdir(), 'koiki-bench-'))
  after(() => rm(folder, { recursive: true }))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), '<!doctype html>')
  const union = await testUnion({ after }, folder)
  const desk = await union.enter('amakusa')
  const residents = Array.from({ length: people }, (_, index) => inventedResident(index + 1))
  const sent = await union.send(
    desk,
    await union.prepare(municipality, 住民基本台帳情報, residents),
  )
  if (sent.status !== 201) throw new Error(await sent.text())
  await union.work()
  const eligibility = await union.enter('shikaku')
  await eligibility.post('jobs', { run: 'decide-eligibility' })
  await union.work()

  const admin = await union.db.asAdmin()
  await admin.unscoped(async (tx) => {
    await tx.run('create table public.bare (id uuid primary key, content jsonb not null)')
    await tx.run('grant select, insert on public.bare to koiki_union_app')
  })
  const bare = fastify()
  bare.post('/bare', (request, reply) =>
    union.db.transaction({ union: '43', municipality }, async (tx) => {
      const id = randomUUID()
      const content = JSON.stringify(request.body)
      await tx.run('insert into public.bare (id, content) values ($1::uuid, $2::jsonb)', [
        id,
        content,
      ])
      reply.status(201)
      return tx.one('select id, content from public.bare where id = $1::uuid', [id])
    }),
  )
  await bare.listen({ host: '127.0.0.1', port: 0 })
  after(() => bare.close())
  const { port } = bare.server.address() as AddressInfo
  const askBare = (turn: number): Promise<Response> => {
    const { individualNumber: _, ...content } = filing(turn)
    return fetch(`http://127.0.0.1:${port}/bare`, {
      method: 'POST',
      body: JSON.stringify(content),
      headers: { 'content-type': 'application/json' },
    })
  }

  const decided: number[] = []
  const floor: number[] = []
  const warmUp = 20
  for (let turn = 0; turn < turns + warmUp; turn += 1) {
    const bareTook = await timed(() => askBare(turn), 201)
    const took = await timed(() => desk.post('filings', filing(turn)), 201)
    if (turn < warmUp) continue
    floor.push(bareTook)
    decided.push(took)
  }
  /** How long clerks wait while the worker does what it was given. */
  let next = turns + warmUp
  const meanwhile = async (): Promise<readonly number[]> => {
    const waited: number[] = []
    let isDone = false
    const working = union.work().finally(() => {
      isDone = true
    })
    while (!isDone) {
      waited.push(await timed(() => desk.post('filings', filing(next)), 201))
      next += 1
    }
    await working
    return waited
  }
  const neighbours = full ? 100_000 : 20_000
  const neighbour = await union.enter('kumamoto')
  const large = await union.prepare(
    '431001',
    住民基本台帳情報,
    Array.from({ length: neighbours }, (_, index) =>
      inventedResident(100_000 + index, { 市区町村コード: '431001', 市区郡町村名: '熊本市' }),
    ),
  )
  const arrived = await union.send(neighbour, large)
  if (arrived.status !== 201) throw new Error(await arrived.text())
  const duringImport = await meanwhile()
  await eligibility.post('jobs', { run: 'decide-eligibility' })
  const duringDecisions = await meanwhile()

  const milliseconds = (value: number): string => `${value.toFixed(1)} ミリ秒`
  const [slow, slowFloor] = [percentile(decided, 0.95), percentile(floor, 0.95)]
  const [middle, middleFloor] = [percentile(decided, 0.5), percentile(floor, 0.5)]
  tell([
    {
      what: `窓口の即時の決定 p95（転入・番号あり、${whole(people)}人の町で${whole(turns)}件）`,
      measured: milliseconds(slow),
      floor: `裸の insert と select を HTTP で p95 ${milliseconds(slowFloor)}`,
      ratio: slow / slowFloor,
      target: atMost('1秒以下', 1_000, slow),
    },
    {
      what: '　中央値',
      measured: milliseconds(middle),
      floor: milliseconds(middleFloor),
      ratio: middle / middleFloor,
      target: null,
    },
    ...(
      [
        ['ほかの市の取込みの間', duringImport],
        ['資格の判定の間', duringDecisions],
      ] as const
    ).map(([when, waited]) => ({
      what: `　${when} いちばん長い（${whole(neighbours)}人、${whole(waited.length)}件）`,
      measured: milliseconds(Math.max(...waited)),
      floor: `ほかに何もしない間の中央値 ${milliseconds(middle)}`,
      ratio: Math.max(...waited) / middle,
      target: null,
    })),
  ])
} finally {
  for (const end of endings.reverse()) await end()
}
