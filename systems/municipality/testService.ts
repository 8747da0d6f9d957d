import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import {
  type ExchangePlace,
  keepSealed,
  keyFolder,
  makeDevelopmentAuthority,
  makePartyKeys,
  openTransmission,
  prepareTransmission,
  receiptOf,
  recordApplied,
  recordArrival,
} from '@koiki/exchange'
import { insuredNumber, plainDate, yen } from '@koiki/kernel'
import { type Layout, rowBuilder } from '@koiki/layouts'
import { type Clock, fixedClock, type Scope, testDatabase } from '@koiki/store'
import { loadHoldings } from './load.ts'
import { readOperatorTokens } from './operatorTokens.ts'
import { openMunicipalityStores, startMunicipalityService } from './service.ts'
import { addresseeNumberOf, clerk, holdingsOf, testFolder } from './testWorld.ts'

type Test = { after(clean: () => Promise<void>): void }

interface Export {
  readonly name: string
  readonly layout: string
  readonly records: number
  readonly state: string
  readonly transmissionId: string
}

interface Counted {
  readonly count: number
  readonly current: number
  readonly linked: number
  readonly digest: string
  readonly totalYen: number
}

/** Whatever a route answers; each test looks at the parts that it asked for. */
export interface Answer {
  readonly job: number
  readonly state: string
  readonly sentence: string
  readonly message: string
  readonly reasons: readonly string[]
  readonly kind: string
  readonly answer: string
  readonly transmission: string
  readonly result: Record<string, unknown> | null
  readonly exports: readonly Export[]
  readonly findings: readonly { line: number; sentence: string }[]
  readonly documents: readonly {
    stoppedBecause: string
    copy: number
    sheetNumber: number
    insuredNumber: string
  }[]
  readonly missing: readonly { insuredNumber: string; because: string }[]
  readonly bundles: readonly {
    bundleId: string
    kind: string
    pageCount: number
    reprints: number
    printed: number
    spoiled: number
  }[]
  readonly handedOver: number
  readonly provisions: readonly {
    addresseeNumber: string
    insuredNumber: string | null
    provisionKind: string
    from: string
    until: string | null
    hidden: boolean
    facility: { name: string | null } | null
  }[]
  readonly imports: readonly { state: string }[]
  readonly municipalSystem: {
    readonly insuredPersons: Counted
    readonly residenceProvisions: Counted
    readonly premiums: Record<string, Counted>
    readonly documents: unknown
  }
}

/**
 * For tests only: the stand-in driven from the outside, by HTTP and files; the other side is a union's
 * database with the same journal, which reads what really came and answers with its own signature.
 */
export async function testService(
  t: Test,
  codes: readonly string[],
  {
    clock = fixedClock('2026-07-01'),
    inventedWorld = true,
  }: { clock?: Clock; inventedWorld?: boolean } = {},
) {
  const dataFolder = await testFolder(t)
  const partyKeys = path.join(dataFolder, 'party-keys')
  const database = await testDatabase(t, 'municipality', clock)
  const union = await testDatabase(t, 'union', clock)
  await makeDevelopmentAuthority(partyKeys)
  await makePartyKeys(partyKeys, 'union:43')
  const unionPlace: ExchangePlace = {
    self: 'union:43',
    keys: keyFolder(partyKeys),
    folder: path.join(dataFolder, 'union'),
  }
  const stores = await openMunicipalityStores({ url: database.url, dataFolder, clock })
  for (const code of codes) await loadHoldings(stores, [holdingsOf(code)], clerk)
  await stores.close()
  const told: string[] = []
  const service = await startMunicipalityService({
    url: database.url,
    port: 0,
    dataFolder,
    clock,
    inventedWorld,
    partyKeys,
    municipalities: codes,
    tell: (sentence) => told.push(sentence),
  })
  t.after(() => service.close())
  const tokens = await readOperatorTokens(dataFolder)

  async function call<A = Answer>(
    code: string,
    method: string,
    place: string,
    body?: unknown,
    token = tokens[code],
  ): Promise<{ status: number; body: A }> {
    const response = await fetch(`${service.url}/municipalities/${code}${place}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as A }
  }

  async function finished(code: string, job: number): Promise<Record<string, unknown>> {
    for (;;) {
      const { body } = await call(code, 'GET', `/jobs/${job}`)
      const { state } = body
      if (state === 'done') return body.result ?? {}
      if (state === 'failed' || state === 'cancelled') throw new Error(body.sentence)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }

  async function run(code: string, place: string, body: unknown) {
    const asked = await call(code, 'POST', place, body)
    assert.equal(asked.status, 202, JSON.stringify(asked.body))
    return finished(code, asked.body.job)
  }

  async function transferAll(code: string): Promise<void> {
    await run(code, '/transfers', { step: '2-1' })
    await run(code, '/transfers', { step: '4-1' })
  }

  async function exportsOf(code: string): Promise<readonly Export[]> {
    const { body } = await call(code, 'GET', '/exports')
    return body.exports
  }

  async function download(code: string, name: string): Promise<{ manifest: string; file: Buffer }> {
    const headers = { authorization: `Bearer ${tokens[code]}` }
    const from = `${service.url}/municipalities/${code}/exports/${name}`
    const manifest = await (await fetch(`${from}/manifest`, { headers })).text()
    const file = Buffer.from(await (await fetch(`${from}/file`, { headers })).arrayBuffer())
    return { manifest, file }
  }

  /** The union takes in one file of the medium and reads its rows. */
  async function unionReceives<L extends Layout>(
    code: string,
    name: string,
    layout: L,
  ): Promise<{ rows: Record<string, unknown>[]; receipt: string }> {
    const { manifest, file } = await download(code, name)
    const kept = await keepSealed(unionPlace.folder, Readable.from([file]))
    return union.transaction(scopeOf(code), async (tx) => {
      const arrival = await recordArrival(tx, unionPlace, { manifest, kept })
      assert.equal(arrival.kind, 'arrived', arrival.sentence)
      const id = arrival.transmissionId as string
      const build = rowBuilder(layout)
      const rows: Record<string, unknown>[] = []
      for await (const batch of (await openTransmission(tx, unionPlace, id)).batches()) {
        assert.deepEqual(
          batch.findings.filter(({ severity }) => severity === 'error'),
          [],
        )
        rows.push(...batch.records.map((record) => build(record) as Record<string, unknown>))
      }
      await recordApplied(tx, unionPlace, id, rows.length)
      return { rows, receipt: (await receiptOf(tx, id))?.text as string }
    })
  }

  /** The union seals rows for a municipality. */
  const unionPrepares = (code: string, layout: Layout, rows: readonly Record<string, unknown>[]) =>
    union.transaction(scopeOf(code), (tx) =>
      prepareTransmission(tx, unionPlace, {
        layout,
        receiver: `municipality:${code}`,
        municipality: code,
        rows: rows as never,
      }),
    )

  /** The same, and the counter carries them over. */
  async function unionSends(
    code: string,
    layout: Layout,
    rows: readonly Record<string, unknown>[],
    to = code,
  ) {
    const prepared = await unionPrepares(code, layout, rows)
    return { ...prepared, ...(await carry(to, prepared.manifestText, prepared.sealedFile)) }
  }

  async function carry(code: string, manifest: string, sealedFile: string) {
    const noted = await call(code, 'POST', '/imports', { manifest })
    assert.equal(noted.status, 201, JSON.stringify(noted.body))
    const response = await fetch(
      `${service.url}/municipalities/${code}/imports/${noted.body.transmission}/file`,
      {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${tokens[code]}`,
          'content-type': 'application/octet-stream',
        },
        body: new Uint8Array(await readFile(sealedFile)),
      },
    )
    const answer = (await response.json()) as Answer
    return { status: response.status, answer, transmission: noted.body.transmission }
  }

  return {
    ...{ service, database, union, unionPlace, dataFolder, partyKeys, clock, tokens, told },
    ...{
      call,
      finished,
      run,
      transferAll,
      exportsOf,
      download,
      unionReceives,
      unionPrepares,
      unionSends,
      carry,
    },
  }
}

export const scopeOf = (code: string): Scope => ({ union: '43', municipality: code })

export const numberOf = (running: number): string => insuredNumber(running)

export const insuredRow = (code: string, person: number, part: Record<string, unknown> = {}) => ({
  市区町村コード: code,
  宛名番号: addresseeNumberOf(person),
  世帯番号: addresseeNumberOf(1),
  被保険者番号: numberOf(Number(code.slice(3)) * 100 + person),
  保険者番号: '39431002',
  氏名: `模擬　${person}子`.replace(/[0-9]/g, '数'),
  氏名カナ: 'モギ　カナ',
  生年月日: plainDate('1940-03-03'),
  性別: '2',
  資格取得年月日: plainDate('2015-03-03'),
  資格取得事由: '01',
  資格喪失年月日: null,
  資格喪失事由: null,
  異動区分: '1',
  支援措置区分: '0',
  不開示該当フラグ: null,
  自己情報提供不可フラグ: null,
  操作年月日: plainDate('2026-07-01'),
  ...part,
})

export const certificateRow = (
  code: string,
  person: number,
  part: Record<string, unknown> = {},
) => ({
  市区町村コード: code,
  宛名番号: addresseeNumberOf(person),
  被保険者番号: numberOf(Number(code.slice(3)) * 100 + person),
  発行番号: 1,
  証種別: '2',
  発行事由: '01',
  発行区分: '2',
  保険者番号: '39431002',
  氏名: `模擬　${person}子`.replace(/[0-9]/g, '数'),
  氏名カナ: 'モギ　カナ',
  生年月日: plainDate('1940-03-03'),
  性別: '2',
  資格取得年月日: plainDate('2015-03-03'),
  発効期日: plainDate('2025-08-01'),
  有効期限: plainDate('2026-07-31'),
  交付年月日: plainDate('2026-07-01'),
  一部負担金の割合: '2',
  限度区分: null,
  限度区分適用年月日: null,
  長期入院該当年月日: null,
  特定疾病人工透析認定年月日: null,
  特定疾病血友病認定年月日: null,
  特定疾病後天性免疫不全認定年月日: null,
  特別療養費支給開始年月日: null,
  無効年月日: null,
  無効事由: null,
  交付状況: '0',
  送付先区分: '0',
  支援措置区分: '0',
  不開示該当フラグ: null,
  自己情報提供不可フラグ: null,
  用紙番号: `${numberOf(Number(code.slice(3)) * 100 + person)}-0011-4711`,
  住所記載区分: '1',
  操作年月日: plainDate('2026-07-01'),
  ...part,
})

export const provisionRow = (code: string, person: number, part: Record<string, unknown> = {}) => ({
  市区町村コード: code,
  宛名番号: addresseeNumberOf(person),
  被保険者番号: numberOf(Number(code.slice(3)) * 100 + person),
  氏名: `模擬　${person}子`.replace(/[0-9]/g, '数'),
  氏名カナ: 'モギ　カナ',
  生年月日: plainDate('1940-03-03'),
  性別: '2',
  住所地特例区分: '1',
  保険者広域連合コード: '43',
  前の保険者番号: null,
  適用開始年月日: plainDate('2026-06-01'),
  適用終了年月日: null,
  施設の種類: '特別養護老人ホーム',
  施設の名称: '見本苑',
  施設の所在地: '福岡県見本市見本町１番１号',
  入所年月日: plainDate('2026-06-01'),
  退所年月日: null,
  異動区分: '1',
  支援措置区分: '0',
  操作年月日: plainDate('2026-07-01'),
  ...part,
})

export const premiumRow = (code: string, person: number, part: Record<string, unknown> = {}) => ({
  市区町村コード: code,
  宛名番号: addresseeNumberOf(person),
  被保険者番号: numberOf(Number(code.slice(3)) * 100 + person),
  賦課年度: 2026,
  決定番号: 1,
  決定年月日: plainDate('2026-07-01'),
  決定事由: '01',
  資格月数: 12,
  軽減区分: '7',
  賦課のもととなる所得: yen(0),
  軽減判定所得: yen(0),
  軽減判定基準額: yen(430_000),
  軽減判定被保険者数: 1,
  給与所得者等の数: 1,
  元被扶養者区分: '0',
  医療分均等割額軽減前: yen(60_000),
  医療分均等割額軽減後: yen(16_800),
  医療分所得割率: '11.060',
  医療分所得割額: yen(0),
  医療分限度額: yen(850_000),
  医療分限度超過額: yen(0),
  医療分年額: yen(16_800),
  子ども分均等割額軽減前: yen(1_400),
  子ども分均等割額軽減後: yen(420),
  子ども分所得割率: '0.250',
  子ども分所得割額: yen(0),
  子ども分限度額: yen(21_000),
  子ども分限度超過額: yen(0),
  子ども分年額: yen(400),
  保険料額: yen(17_200),
  法令表の版: 'test-edition',
  操作年月日: plainDate('2026-07-01'),
  ...part,
})
