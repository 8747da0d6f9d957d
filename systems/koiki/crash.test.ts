import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Database, openDatabase } from '@koiki/store'
import {
  type RunningWorld,
  seat,
  smallCast,
  smallWorld,
  stageOf,
  until,
  witnesses,
} from '../../tools/test/smallWorld.ts'
import { digestOf } from './evidence.ts'
import { driveFlows } from './flows.ts'

/**
 * 突然の死 — processes are killed in the middle of a job, which a lock of ours holds there; the flows must come to
 * the same end as in a world of the same seed that nobody disturbed.
 */
const towns = ['431001', '432156', '432024']
const fresh = smallWorld({ after }, { flows: false })
const undisturbed = smallWorld({ after }, { flows: false, from: fresh })
let calm: RunningWorld
let interrupted: { code: number | string; left: number; output: string }

before(
  async () => {
    // The very first start is broken off while the world is being made; the next one goes on with it.
    const first = await fresh.start({ until: '模擬の県をつくっています', seed: 7 })
    const code = await first.stop()
    interrupted = { code, left: first.processes().length, output: first.output() }
    const second = await fresh.start({ seed: 8 })
    await second.stop()
    calm = await undisturbed.start()
    await driveFlows(await smallCast(undisturbed, calm, towns), stageOf(undisturbed, calm))
  },
  { timeout: 900_000 },
)
after(async () => {
  await calm?.stop()
})

/** What the flows came to, by what both parties hold: rights, money, papers, and how often each was decided. */
async function outcome(running: RunningWorld): Promise<Record<string, string>> {
  const { union, municipality, close } = await witnesses(running)
  const own = towns.map((code) => `'${code}'`).join(', ')
  const lines = {
    住民: await union.lines(
      `select concat_ws('|', municipality_code, addressee_number, current_version) as line
         from eligibility.resident where municipality_code in (${own})`,
    ),
    資格の決定: await union.lines(
      `select concat_ws('|', municipality_code, subject_key, sequence, kind, effective_on, ground) as line
         from eligibility.entitlement_event where municipality_code in (${own})`,
    ),
    賦課の決定: await union.lines(
      `select concat_ws('|', municipality_code, subject_key, fiscal_year, revision, months, annual_yen) as line
         from premium.assessment where municipality_code in (${own})`,
    ),
    割合の判定: await union.lines(
      `select concat_ws('|', municipality_code, subject_key, sequence, effective_on, cause, tenths, limit_category) as line
         from copay.judgement where municipality_code in (${own})`,
    ),
    取り込んだ送信: await union.lines(
      `select concat_ws('|', t.sender, t.receiver, t.layout, t.sequence_number, t.record_count, e.state) as line
         from exchange.transmission t
         join exchange.transmission_event e using (union_code, transmission_id)
        where t.municipality_code in (${own}) and t.direction = 'received' and e.state = 'applied'`,
    ),
    被保険者: await municipality.lines(
      `select concat_ws('|', municipality_code, addressee_number, insured_number, acquired_on,
                        lost_on, number_token is not null) as line
         from municipal_system.insured_person where municipality_code in (${own})`,
    ),
    保険料: await municipality.lines(
      `select concat_ws('|', municipality_code, insured_number, fiscal_year, revision, premium_yen) as line
         from municipal_system.premium where municipality_code in (${own})`,
    ),
    文書: await municipality.lines(
      `select concat_ws('|', d.municipality_code, d.document_kind, d.subject_key, d.sheet_number,
                        d.bundle_id is not null, h.method) as line
         from municipal_system.document d
         left join municipal_system.hand_over h
           using (subject_key, municipality_code, document_kind, sheet_number)
        where d.municipality_code in (${own})`,
    ),
  }
  await close()
  return Object.fromEntries(
    Object.entries(lines).map(([name, found]) => [name, `${found.length}行 ${digestOf(found)}`]),
  )
}

/** 仕事を途中で止めておく — a lock on a table that the job must write; it ends with the session that holds it. */
async function hold(running: RunningWorld, party: 'union' | 'municipality', table: string) {
  const url = new URL(running.serverUrl)
  url.pathname = `/koiki_${party}`
  const db = await openDatabase({ url: url.href, applicationName: 'koiki-crash-test' })
  let letGo = (): void => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let locked = (): void => {}
  const holding = new Promise<void>((resolve) => {
    locked = resolve
  })
  const whole = db
    .unscoped(async (tx) => {
      await tx.run(`lock table ${table} in access exclusive mode`)
      locked()
      await released
    })
    // The database itself is killed in one of the trials, and the lock with it.
    .catch(() => {})
  await holding
  return {
    /** Resolves when a job of the party stands before the lock, its work half done. */
    reached: () =>
      until(async () => {
        const waiting = await db.unscoped((tx) =>
          tx.query(
            `select from pg_stat_activity
              where datname = $1 and wait_event_type = 'Lock' and query not like 'lock table%'`,
            [`koiki_${party}`],
          ),
        )
        return waiting.length > 0
      }),
    async release(): Promise<void> {
      letGo()
      await whole
      await db.close()
    },
  }
}

/** 時が過ぎる — the lease of whoever was killed runs out; the test does not wait for it. */
async function leasesRunOut(running: RunningWorld, party: 'union' | 'municipality'): Promise<void> {
  const url = new URL(running.serverUrl)
  url.pathname = `/koiki_${party}`
  const db: Database = await openDatabase({ url: url.href, applicationName: 'koiki-crash-test' })
  const passed = `update work.job set lease_until = clock_timestamp(), backoff_until = null
                   where state in ('running', 'waiting')`
  await until(() =>
    db
      .unscoped((tx) => tx.run(passed))
      .then(
        () => true,
        () => false,
      ),
  )
  await db.close()
}

test('広域連合の過程、家全体、データベースが仕事の途中で殺されても、流れは同じ結果に着く', async (t) => {
  const world = smallWorld(t, { flows: false, from: fresh })
  let running = await world.start()

  const beforeIntake = await hold(running, 'union', 'eligibility.resident')
  const leaving = new AbortController()
  const cut = smallCast(world, running, towns, leaving.signal)
    .then((cast) => driveFlows(cast, stageOf(world, running, leaving.signal)))
    .then(
      () => '終わった',
      () => '途切れた',
    )
  await beforeIntake.reached()
  const fallen = running.process('union').id
  await running.kill(fallen)
  const beforeImport = await hold(running, 'municipality', 'municipal_system.insured_person')
  await beforeIntake.release()
  await until(() => running.output().includes('広域連合のサービスが止まったので、始め直します'))
  await leasesRunOut(running, 'union')

  await beforeImport.reached()
  assert.notEqual(running.process('union').id, fallen)
  await running.kill(running.processId)
  leaving.abort()
  assert.equal(await cut, '途切れた')
  const orphans = running.processes().map(({ id }) => id)
  running = await world.start()
  await beforeImport.release()
  await until(() => running.processes().every(({ id }) => !orphans.includes(id)))
  assert.match(running.output(), /前回のkoikiが途中で終わったため/)
  await leasesRunOut(running, 'municipality')

  const beforeMoney = await hold(running, 'union', 'premium.assessment')
  const whole = driveFlows(await smallCast(world, running, towns), stageOf(world, running))
  await beforeMoney.reached()
  await running.kill(running.process('postgres').id)
  await beforeMoney.release()
  await until(() => running.output().includes('データベースが元に戻りました'))
  await leasesRunOut(running, 'union')
  await whole
  assert.deepEqual(await outcome(running), await outcome(calm))

  // The machine is switched off: everything at once, without a word.
  const held = await outcome(running)
  for (const { id } of running.processes()) await running.kill(id)
  running = await world.start()
  assert.deepEqual(await outcome(running), held)
  assert.equal(await running.stop(), 0)
  assert.deepEqual(running.processes(), [])
})

/** 転入の届 — of somebody whom no register knows yet, at a counter outside of the towns that are compared. */
const moveIn = {
  filingId: '5f0a2b1c-7d3e-4f60-8a91-c2d4e6f80123',
  kind: 'acquisitionMoveIn',
  person: null,
  addresseeNumber: '900000009999000',
  filedOn: '2026-07-01',
  occurredOn: '2026-07-01',
  filer: 'self',
  proxy: null,
  fields: {
    name: '架空　渡',
    nameKana: 'カクウ　ワタル',
    birthDate: '1947-03-09',
    sex: '1',
    relationship: '世帯主',
    address: {
      postalCode: '8680000',
      prefecture: '熊本県',
      municipalityName: '人吉市',
      town: '架空町一丁目',
      houseNumber: '１番１号',
      building: null,
    },
    movedFrom: '401307',
    formerLoss: 'none',
  },
  numberState: 'blank',
  numberReason: '書いていなかった',
  individualNumber: null,
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: [],
}

test('届書の決定の途中で広域連合の過程が殺されても、半分は残らず、同じ届書を出し直せば一度だけ決まる', async () => {
  const counter = await seat(calm, 'madoguchi-432032')
  const { union, close } = await witnesses(calm)
  const held = () =>
    union.lines(
      `select concat_ws('|', f.receipt_number, count(e.*)) as line
         from eligibility.filing f
         left join eligibility.entitlement_event e on e.receipt_number = f.receipt_number
        where f.filing_id = '${moveIn.filingId}' group by f.receipt_number
        union all
       select 'その人' from eligibility.resident where addressee_number = '${moveIn.addresseeNumber}'`,
    )
  const inTheMiddle = await hold(calm, 'union', 'eligibility.filing_standing')
  const sent = counter.post<{ receiptNumber: string }>('/filings', moveIn)
  await inTheMiddle.reached()
  await calm.kill(calm.process('union').id)
  assert.deepEqual(await held(), [])
  await inTheMiddle.release()
  // The seat found nobody, and sent the same once more.
  const { receiptNumber } = await sent
  const once = [`${receiptNumber}|1`, 'その人']
  assert.deepEqual(await held(), once)
  assert.equal(
    (await counter.post<{ receiptNumber: string }>('/filings', moveIn)).receiptNumber,
    receiptNumber,
  )
  assert.deepEqual(await held(), once)
  await close()
})

test('世界をつくる途中の Ctrl-C は後に何も残さず、次の始動は、はじめに頼まれた世界をつくり終える', () => {
  assert.deepEqual([interrupted.code, interrupted.left], [0, 0])
  assert.match(interrupted.output, /止めています。.*すべて止まりました。\n$/s)
  assert.doesNotMatch(interrupted.output, /\n\s+at /)
  const { seed } = JSON.parse(readFileSync(path.join(fresh.folder, 'world.json'), 'utf8'))
  assert.equal(seed, 7)
})

test('流れの途中の Ctrl-C もすぐに止め、次の始動は流れの続きから始める', async (t) => {
  const world = smallWorld(t, { flows: true, from: fresh })
  const running = await world.start({ until: '流れ2' })
  assert.equal(await running.stop(), 0)
  assert.deepEqual(running.processes(), [])
  assert.match(running.output(), /すべて止まりました。\n$/)
  assert.doesNotMatch(running.output(), /流れ4|\n\s+at /)
  assert.ok(!existsSync(path.join(world.folder, 'flows-done')))
})

test('動いている据付けをもう一度始めようとすると、わけを1文で言い、先のものは動き続ける', async () => {
  for (const command of ['start', 'migrate'] as const) {
    const { code, output } = await undisturbed.run(command)
    assert.equal(code, 1)
    assert.match(
      output,
      /すでに起動しているkoikiが使っています.*先に起動した方を止めるか、別のフォルダー/,
    )
    assert.doesNotMatch(output, /\n\s+at /)
  }
  const answer = await fetch(`${calm.unionUrl}/union/api/door`)
  assert.equal(answer.status, 200)
  assert.equal(Object.keys(await outcome(calm)).length, 8)
})

test('ふさがっているポートでは始めず、別の番号を教える', async () => {
  const port = Number(new URL(calm.unionUrl).port)
  const { code, output } = await fresh.run('start', '--port', String(port))
  assert.equal(code, 1)
  assert.match(
    output,
    new RegExp(`^ポート ${port} は、ほかのプログラムが使っています。.*--port ${port + 1}`),
  )
  assert.ok(!existsSync(path.join(fresh.folder, 'running.json')))
})
