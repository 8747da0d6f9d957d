import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, test } from 'node:test'
import { revealNumber } from '@koiki/kernel'
import { JobFailure, type Scope, StoreError } from '@koiki/store'
import { loadHoldings } from './load.ts'
import type { ResidentEvent } from './residentRegister/event.ts'
import { receiveEvent } from './residentRegister/receiveEvent.ts'
import { clerk, holdingsOf, inventedNumber, testStores } from './testWorld.ts'
import { handOver, incomeTransfer, receiveTransfers, residentTransfer } from './transfer.ts'

const stores = await testStores({ after })
const folder = path.join(stores.folder, 'transfers')
const scope = (municipality: string): Scope => ({ union: municipality.slice(0, 2), municipality })

/** Each test has a municipality of its own, so that they may run in any order. */
const loaded = async (municipality: string): Promise<Scope> => {
  await loadHoldings(stores, [holdingsOf(municipality)], clerk)
  return scope(municipality)
}

const count = async (
  store: 'residentRegister' | 'localTax' | 'municipalSystem',
  where: Scope,
  table: string,
): Promise<number> => {
  const row = await stores[store].transaction(where, (tx) =>
    tx.one<{ count: number }>(`select count(*) as count from ${table}`),
  )
  return row.count
}

test('3つのシステムは、互いの表を読めない', async () => {
  await loaded('431001')
  const tables = {
    residentRegister: 'resident_register.resident',
    localTax: 'local_tax.income',
    municipalSystem: 'municipal_system.resident',
  } as const
  for (const [reader, own] of Object.entries(tables)) {
    for (const [owner, table] of Object.entries(tables)) {
      const reading = count(reader as keyof typeof tables, scope('431001'), table)
      if (owner === reader) await reading
      else {
        await assert.rejects(
          reading,
          (error) => error instanceof StoreError && error.kind === 'permission',
          `${own} の持ち主が ${table} を読めた`,
        )
      }
    }
  }
})

test('仕事の役と金庫の役は、3つのシステムのどの表も読めない', async () => {
  for (const role of ['work', 'vaultOpener'] as const) {
    for (const table of [
      'resident_register.resident',
      'local_tax.income',
      'municipal_system.premium',
    ]) {
      await assert.rejects(
        stores[role].unscoped((tx) => tx.query(`select 1 from ${table}`)),
        (error) => error instanceof StoreError && error.kind === 'permission',
      )
    }
  }
})

test('どの市区町村も、自分の行だけを見る', async () => {
  await loaded('432024')
  await loaded('432032')
  assert.equal(await count('residentRegister', scope('432024'), 'resident_register.resident'), 12)
  assert.equal(await count('residentRegister', scope('432040'), 'resident_register.resident'), 0)
  assert.equal(
    await count(
      'residentRegister',
      { union: '31', municipality: '*' },
      'resident_register.resident',
    ),
    0,
  )
})

test('読込みは何度頼んでも一度だけ入り、番号は金庫にだけある', async () => {
  const first = await loadHoldings(stores, [holdingsOf('432041')], clerk)
  assert.deepEqual(first, { residents: 12, nonRegistered: 1, incomes: 12, certifications: 1 })
  const again = await loadHoldings(stores, [holdingsOf('432041')], clerk)
  assert.deepEqual(again, { residents: 0, nonRegistered: 0, incomes: 0, certifications: 0 })
  const [row] = await stores.residentRegister.transaction(scope('432041'), (tx) =>
    tx.query<{ token: string; text: string }>(
      `select number_token as token, resident::text as text from resident_register.resident
        where addressee_number = '000000000000001'`,
    ),
  )
  const digits = revealNumber(inventedNumber(2041 * 100 + 1))
  assert.ok(row?.token)
  assert.ok(!row.text.includes(digits))
})

test('2-1・4-1: 初めはすべて、次からは変わった行だけを渡し、受けた内容は渡した内容と等しい', async () => {
  const where = await loaded('432059')
  assert.deepEqual(
    await handOver(stores.residentRegister, where, residentTransfer, folder, clerk),
    {
      transferNumber: 1,
      rowCount: 12,
    },
  )
  await handOver(stores.localTax, where, incomeTransfer, folder, clerk)
  const [first] = await receiveTransfers(
    stores.municipalSystem,
    where,
    residentTransfer,
    folder,
    clerk,
  )
  assert.deepEqual(first, { transferNumber: 1, rowCount: 12, changedCount: 12 })
  const [incomes] = await receiveTransfers(
    stores.municipalSystem,
    where,
    incomeTransfer,
    folder,
    clerk,
  )
  assert.equal(incomes?.changedCount, 12)
  assert.equal(
    await handOver(stores.residentRegister, where, residentTransfer, folder, clerk),
    null,
  )
  assert.deepEqual(
    await receiveTransfers(stores.municipalSystem, where, residentTransfer, folder, clerk),
    [],
  )

  await receiveEvent(
    stores,
    where,
    {
      kind: '死亡',
      eventId: '00000000-0000-4000-8000-000000000001',
      occurredOn: '2026-06-30',
      addresseeNumbers: ['000000000000004'],
      relationships: {},
    },
    clerk,
  )
  const second = await handOver(stores.residentRegister, where, residentTransfer, folder, clerk)
  assert.deepEqual(second, { transferNumber: 2, rowCount: 1 })
  const [change] = await receiveTransfers(
    stores.municipalSystem,
    where,
    residentTransfer,
    folder,
    clerk,
  )
  assert.deepEqual(change, { transferNumber: 2, rowCount: 1, changedCount: 1 })

  const digest = (store: 'residentRegister' | 'municipalSystem', schema: string) =>
    stores[store].transaction(where, (tx) =>
      tx.one<{ digest: string }>(
        `select md5(string_agg(concat_ws('|', addressee_number, name, number_token, status, birth_date,
                  removed_on, relationship, operated_on), ',' order by addressee_number)) as digest
           from ${schema}.resident`,
      ),
    )
  assert.deepEqual(
    await digest('residentRegister', 'resident_register'),
    await digest('municipalSystem', 'municipal_system'),
  )
})

test('移転のファイルには個人番号がなく、受け取ったあとは残らない', async () => {
  const where = await loaded('432067')
  await handOver(stores.residentRegister, where, residentTransfer, folder, clerk)
  const place = path.join(folder, '2-1')
  const name = '432067-000001.csv'
  const text = await readFile(path.join(place, name), 'utf8')
  assert.match(text, /𠮷田　辻󠄀子/)
  for (let running = 1; running <= 12; running += 1) {
    assert.ok(!text.includes(revealNumber(inventedNumber(2067 * 100 + running))))
  }
  await receiveTransfers(stores.municipalSystem, where, residentTransfer, folder, clerk)
  assert.deepEqual(
    (await readdir(place)).filter((file) => file.startsWith('432067')),
    [],
  )
})

test('送付票と違うファイルは、1行も取り込まない', async () => {
  const where = await loaded('432083')
  await handOver(stores.residentRegister, where, residentTransfer, folder, clerk)
  const file = path.join(folder, '2-1', '432083-000001.csv')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('模擬市', '別物市'))
  await assert.rejects(
    receiveTransfers(stores.municipalSystem, where, residentTransfer, folder, clerk),
    (error) => error instanceof JobFailure && /送付票と違います/.test(error.message),
  )
  assert.equal(await count('municipalSystem', where, 'municipal_system.resident'), 0)
  await writeFile(file, text)
  const [received] = await receiveTransfers(
    stores.municipalSystem,
    where,
    residentTransfer,
    folder,
    clerk,
  )
  assert.equal(received?.changedCount, 12)
})

test('記録の後、送付票を置く前に止まった移転は、次の呼出しで渡る', async () => {
  const where = await loaded('432105')
  await handOver(stores.residentRegister, where, residentTransfer, folder, clerk)
  const place = path.join(folder, '2-1')
  await rm(path.join(place, '432105-000001.json'))
  await writeFile(path.join(place, '432105-000002.csv'), '途中で切れた次の移転')
  assert.equal(
    await handOver(stores.residentRegister, where, residentTransfer, folder, clerk),
    null,
  )
  const received = await receiveTransfers(
    stores.municipalSystem,
    where,
    residentTransfer,
    folder,
    clerk,
  )
  assert.deepEqual(
    received.map(({ changedCount }) => changedCount),
    [12],
  )
})

test('県内の転出と転入: 番号は金庫から金庫へ封のまま渡り、受付は二度書かれない', async () => {
  const from = await loaded('432113')
  const to = await loaded('432121')
  await receiveEvent(
    stores,
    from,
    {
      kind: '転出',
      eventId: '00000000-0000-4000-8000-000000000002',
      occurredOn: '2026-06-20',
      addresseeNumbers: ['000000000000004'],
      movedToMunicipality: '432121',
      relationships: {},
    },
    clerk,
  )
  const movingIn: ResidentEvent = {
    kind: '転入',
    eventId: '00000000-0000-4000-8000-000000000003',
    occurredOn: '2026-06-20',
    address: {
      postalCode: null,
      townCode: null,
      municipalityName: null,
      townName: '模擬町二丁目',
      houseNumber: null,
      building: null,
    },
    householdNumber: null,
    movedOutOf: { municipalityCode: '432113', addresseeNumbers: ['000000000000004'] },
    newcomers: [],
    movedFromMunicipality: null,
    relationships: {},
  }
  const accepted = await receiveEvent(stores, to, movingIn, clerk)
  assert.equal(accepted.addresseeNumbers.length, 1)
  const again = await receiveEvent(stores, to, movingIn, clerk)
  assert.equal(again.repeated, true)
  assert.equal(await count('residentRegister', to, 'resident_register.resident'), 13)
  const { token } = await stores.residentRegister.transaction(to, (tx) =>
    tx.one<{ token: string }>(
      `select number_token as token from resident_register.resident where addressee_number = $1`,
      [accepted.addresseeNumbers[0]],
    ),
  )
  const number = await stores.vaultOpener.transaction(to, (tx) =>
    stores.vault.reveal(tx, token, {
      channel: 'job',
      actor: clerk,
      party: 'municipality:432121',
      purpose: '試験',
      person: 431210000013,
    }),
  )
  assert.equal(revealNumber(number), revealNumber(inventedNumber(2113 * 100 + 4)))
})
