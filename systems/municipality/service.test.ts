import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import {
  type ExchangePlace,
  keepSealed,
  keyFolder,
  prepareTransmission,
  receiptOf,
  recordArrival,
  recordRefused,
  reopenTransmission,
} from '@koiki/exchange'
import { plainDate, revealNumber, yen } from '@koiki/kernel'
import {
  type Layout,
  住所地特例者情報,
  住民基本台帳情報,
  保険料情報,
  所得課税情報,
  被保険者情報,
  被保険者証等発行用情報,
  被保険者証等発行用情報2026年4月版,
} from '@koiki/layouts'
import { readPages } from '@koiki/notices'
import { loadHoldings } from './load.ts'
import { municipalComparables } from './municipalSystem/comparable.ts'
import { exportables, exportToUnion } from './municipalSystem/exportToUnion.ts'
import { openMunicipalityStores } from './service.ts'
import {
  type Answer,
  certificateRow,
  insuredRow,
  numberOf,
  premiumRow,
  provisionRow,
  scopeOf,
  testService,
} from './testService.ts'
import { addresseeNumberOf, clerk, holdingsOf, inventedNumber } from './testWorld.ts'

const codes = [
  '431001',
  '432024',
  '432032',
  '432041',
  '432059',
  '432067',
  '432083',
  '432105',
  '432113',
  '432121',
  '432130',
  '432148',
  '432156',
  '432164',
] as const
const {
  service,
  database,
  union,
  unionPlace,
  dataFolder,
  partyKeys,
  clock,
  tokens,
  told,
  call,
  finished,
  run,
  transferAll,
  exportsOf,
  download,
  unionReceives,
  unionSends,
  carry,
} = await testService({ after }, codes)

test('合言葉のない人、ほかの市区町村の合言葉、知らない市区町村は、同じ言葉で断る', async () => {
  const wrong = await call('431001', 'GET', '/state', undefined, 'x')
  const other = await call('431001', 'GET', '/state', undefined, tokens['432024'])
  const unknown = await call('999999', 'GET', '/state', undefined, tokens['431001'])
  assert.deepEqual([wrong.status, other.status, unknown.status], [401, 401, 401])
  assert.deepEqual(wrong.body, other.body)
  assert.deepEqual(wrong.body, unknown.body)
})

test('2-2・4-2: 被保険者になる人・世帯員・年齢到達予定者だけを封じて出し、次は変わった世帯だけを出す', async () => {
  const code = '431001'
  await transferAll(code)
  const result = await run(code, '/exports', { step: '2-2' })
  assert.deepEqual(result, {
    住民基本台帳情報: { rows: 10, mode: 'full' },
    住登外登録情報: { rows: 1, mode: 'full' },
  })
  await run(code, '/exports', { step: '4-2' })
  const listed = await exportsOf(code)
  assert.deepEqual(
    listed.map(({ name }) => name),
    [
      '431001-income-tax-000001',
      '431001-non-registered-persons-000001',
      '431001-resident-register-000001',
    ],
  )
  const { rows, receipt } = await unionReceives(code, listed[2]!.name, 住民基本台帳情報)
  assert.deepEqual(
    rows.map((row) => Number(row.宛名番号)).sort((a, b) => a - b),
    [1, 2, 3, 4, 7, 8, 9, 10, 11, 12],
    '若い世帯(5、6)は出さない',
  )
  const first = rows.find((row) => row.宛名番号 === addresseeNumberOf(1))
  assert.equal(revealNumber(first?.個人番号 as never), revealNumber(inventedNumber(1001 * 100 + 1)))
  const answer = await call(code, 'POST', '/receipts', { receipt })
  assert.equal(answer.body.answer, 'accepted')
  assert.equal((await call(code, 'POST', '/receipts', { receipt })).body.kind, 'repeated')
  assert.equal((await exportsOf(code))[2]?.state, 'applied')

  assert.deepEqual(await run(code, '/exports', { step: '2-2' }), {
    住民基本台帳情報: null,
    住登外登録情報: null,
  })
  await call(code, 'POST', '/events', {
    kind: '転居',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumbers: [addresseeNumberOf(2)],
    address: { townName: '模擬町三丁目' },
  })
  await run(code, '/transfers', { step: '2-1' })
  assert.deepEqual(await run(code, '/exports', { step: '2-2' }), {
    住民基本台帳情報: { rows: 3, mode: 'difference' },
    住登外登録情報: null,
  })
  const next = await unionReceives(code, '431001-resident-register-000002', 住民基本台帳情報)
  assert.equal(next.rows.find((row) => row.宛名番号 === addresseeNumberOf(2))?.町字, '模擬町三丁目')
})

test('4-2: 7月までは前の年度の所得も封じる。断られた年度の行は、どの年度を頼んでもまた入る', async () => {
  const code = '432148'
  const own = await openMunicipalityStores({ url: database.url, dataFolder, clock })
  const before = holdingsOf(code).taxRecords.map((one) => ({ ...one, fiscalYear: 2025 }))
  const nobody = { residents: [], nonResidents: [], disabilityCertifications: [] }
  await loadHoldings(own, [{ ...nobody, taxRecords: before }], clerk)
  await own.close()
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  assert.deepEqual((await run(code, '/exports', { step: '4-2' }))[所得課税情報.name], {
    rows: 20,
    mode: 'full',
  })
  const { manifest, file } = await download(code, '432148-income-tax-000001')
  const kept = await keepSealed(unionPlace.folder, Readable.from([file]))
  const receipt = await union.transaction(scopeOf(code), async (tx) => {
    const { transmissionId } = await recordArrival(tx, unionPlace, { manifest, kept })
    await recordRefused(tx, unionPlace, transmissionId as string, [
      { code: 'E9999', sentence: '試験のための断りです。' },
    ])
    return (await receiptOf(tx, transmissionId as string))?.text as string
  })
  await call(code, 'POST', '/receipts', { receipt })
  const again = await run(code, '/exports', { step: '4-2', fiscalYear: 2026 })
  assert.deepEqual(again[所得課税情報.name], { rows: 20, mode: 'difference' })
  const { rows } = await unionReceives(code, '432148-income-tax-000001', 所得課税情報)
  const years = rows.map(({ 課税年度 }) => 課税年度)
  assert.deepEqual(
    [2025, 2026].map((year) => years.filter((one) => one === year).length),
    [10, 10],
  )
  assert.equal((await run(code, '/exports', { step: '4-2' }))[所得課税情報.name], null)
  const whole = await run(code, '/exports', { step: '4-2', mode: 'full', fiscalYear: 2025 })
  assert.deepEqual(whole[所得課税情報.name], { rows: 10, mode: 'full' })
})

test('断られた移出は、同じ通し番号で作り直し、断られた行がまた入る', async () => {
  const code = '432024'
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  const { manifest, file } = await download(code, '432024-resident-register-000001')
  const kept = await keepSealed(unionPlace.folder, Readable.from([file]))
  const receipt = await union.transaction(scopeOf(code), async (tx) => {
    const { transmissionId } = await recordArrival(tx, unionPlace, { manifest, kept })
    await recordRefused(tx, unionPlace, transmissionId as string, [
      { code: 'E9999', sentence: '試験のための断りです。' },
    ])
    return (await receiptOf(tx, transmissionId as string))?.text as string
  })
  assert.equal((await call(code, 'POST', '/receipts', { receipt })).body.answer, 'refused')
  const result = await run(code, '/exports', { step: '2-2' })
  assert.deepEqual(result.住民基本台帳情報, { rows: 10, mode: 'difference' })
  const { rows } = await unionReceives(code, '432024-resident-register-000001', 住民基本台帳情報)
  assert.equal(rows.length, 10)
})

test('3-5・3-6: 被保険者番号が自分の宛名番号と番号の札に結び付き、同じファイルは何も変えず、訂正は訂正する', async () => {
  const code = '432032'
  await transferAll(code)
  const sent = await unionSends(code, 被保険者情報, [insuredRow(code, 1), insuredRow(code, 10)])
  assert.equal(sent.status, 202)
  const result = await finished(code, sent.answer.job)
  assert.equal(result.changedCount, 2)
  const state = async () => (await call(code, 'GET', '/state')).body.municipalSystem.insuredPersons
  const once = await state()
  assert.deepEqual([once.count, once.current, once.linked], [2, 2, 2], '2人とも個人番号の札が付く')

  const again = await carry(code, sent.manifestText, sent.sealedFile)
  assert.equal(again.answer.kind, 'repeated')
  assert.deepEqual(await state(), once)

  const same = await unionSends(code, 被保険者情報, [insuredRow(code, 1)])
  assert.equal((await finished(code, same.answer.job)).changedCount, 0)
  assert.deepEqual(await state(), once)

  const corrected = await unionSends(code, 被保険者情報, [
    insuredRow(code, 1, { 資格取得年月日: plainDate('2015-03-04'), 異動区分: '2' }),
  ])
  await finished(code, corrected.answer.job)
  const after = await state()
  assert.equal(after.count, 2, '訂正前の期間は残らない')
  assert.notEqual(after.digest, once.digest)

  const { body } = await call(code, 'GET', `/imports/${sent.transmission}`)
  assert.equal(body.state, 'applied')
  const receipt = await fetch(
    `${service.url}/municipalities/${code}/imports/${sent.transmission}/receipt`,
    { headers: { authorization: `Bearer ${tokens[code]}` } },
  )
  assert.equal(((await receipt.json()) as Answer).kind, 'accepted')
})

test('知らない宛名番号の行が一つでもあれば、1行も取り込まず、行と理由を返す', async () => {
  const code = '432041'
  await transferAll(code)
  const sent = await unionSends(code, 被保険者情報, [insuredRow(code, 1), insuredRow(code, 555)])
  await finished(code, sent.answer.job)
  const { body } = await call(code, 'GET', `/imports/${sent.transmission}`)
  assert.equal(body.state, 'refused')
  const [finding] = body.findings
  assert.equal(finding?.line, 3)
  assert.match(finding?.sentence ?? '', /宛名番号の人が市区町村システムにいません/)
  const { body: state } = await call(code, 'GET', '/state')
  assert.equal(state.municipalSystem.insuredPersons.count, 0)
})

test('ほかの市区町村あての送信は、受け取らない', async () => {
  const sent = await unionSends('432024', 被保険者情報, [insuredRow('432024', 1)], '431001')
  assert.equal(sent.status, 422)
  assert.match(sent.answer.message, /あての送信です/)
})

test('4-8から4-11・3-7: 保険料情報を受け入れ、資格確認書と決定通知書を刷り、交付を記録する', async () => {
  const code = '432059'
  await transferAll(code)
  const insured = await unionSends(code, 被保険者情報, [
    insuredRow(code, 1),
    insuredRow(code, 7, {
      資格喪失年月日: plainDate('2026-05-02'),
      資格喪失事由: '01',
      異動区分: '3',
    }),
    insuredRow(code, 10, { 氏名: '𠮷田　辻󠄀子' }),
  ])
  await finished(code, insured.answer.job)
  const premiums = await unionSends(code, 保険料情報, [
    premiumRow(code, 1),
    premiumRow(code, 7, { 資格月数: 1, 医療分年額: yen(1_400), 保険料額: yen(1_800) }),
    premiumRow(code, 10),
  ])
  assert.equal((await finished(code, premiums.answer.job)).changedCount, 3)

  const cards = async () => run(code, '/documents', { kind: '資格確認書' })
  const none = { printed: 0, stopped: 0, bundles: 0 }
  assert.deepEqual(await cards(), none, '発行用情報が届かない人には出さない')
  const issued = await unionSends(code, 被保険者証等発行用情報, [
    certificateRow(code, 1),
    certificateRow(code, 10, { 氏名: '𠮷田　辻󠄀子' }),
  ])
  await finished(code, issued.answer.job)
  assert.deepEqual(await cards(), { printed: 2, stopped: 0, bundles: 1 })
  assert.deepEqual(await cards(), none)
  const notices = await run(code, '/documents', { kind: '保険料額決定通知書' })
  assert.deepEqual(notices, { printed: 2, stopped: 1, bundles: 1 }, '死亡した人あては止める')

  const { body } = await call(code, 'GET', '/documents?kind=保険料額決定通知書&stopped=true')
  const [held] = body.documents
  assert.match(held?.stoppedBecause ?? '', /相続人代表者/)

  const { bundles } = (await call(code, 'GET', '/bundles')).body
  const notice = bundles.find(({ kind }) => kind === '保険料額決定通知書')
  assert.equal(notice?.pageCount, 4)
  const pdf = await fetch(`${service.url}/municipalities/${code}/bundles/${notice?.bundleId}/pdf`, {
    headers: { authorization: `Bearer ${tokens[code]}` },
  })
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  )
  for (const { bundleId } of bundles) {
    const unseen = await call(code, 'POST', `/bundles/${bundleId}/hand-over`, { method: '郵送' })
    assert.match(unseen.body.message, /まだ確かめていません/)
    const wrong = await call(code, 'POST', `/bundles/${bundleId}/confirm`, { counted: 3 })
    assert.match(wrong.body.message, /2枚です。数えた3枚と合いません/)
    for (let times = 0; times < 2; times += 1) {
      const counted = await call(code, 'POST', `/bundles/${bundleId}/confirm`, { counted: 2 })
      assert.deepEqual(counted.body, { printed: 2, spoiled: 0 })
    }
    const handed = await call(code, 'POST', `/bundles/${bundleId}/hand-over`, { method: '郵送' })
    assert.equal(handed.body.handedOver, 2)
    const again = await call(code, 'POST', `/bundles/${bundleId}/hand-over`, { method: '郵送' })
    assert.equal(again.body.handedOver, 0)
  }
  const { body: state } = await call(code, 'GET', '/state')
  const system = state.municipalSystem
  assert.deepEqual(system.documents, {
    保険料額決定通知書: { printed: 2, stopped: 1, handedOver: 2 },
    資格確認書: { printed: 2, stopped: 0, handedOver: 2 },
  })
  assert.equal(system.premiums['2026']?.totalYen, 17_200 * 2 + 1_800)

  const revised = await unionSends(code, 保険料情報, [
    premiumRow(code, 1, { 決定番号: 2, 決定事由: '03' }),
  ])
  await finished(code, revised.answer.job)
  assert.deepEqual(await run(code, '/documents', { kind: '保険料額決定通知書' }), {
    printed: 1,
    stopped: 0,
    bundles: 1,
  })
})

/** The pages of every bundle of a kind, as they come out of the printer. */
async function pagesOf(code: string, kind: string): Promise<readonly string[]> {
  const { bundles } = (await call(code, 'GET', '/bundles')).body
  const pages: string[] = []
  for (const { bundleId } of bundles.filter((one) => one.kind === kind)) {
    const place = `${service.url}/municipalities/${code}/bundles/${bundleId}/pdf`
    const pdf = await fetch(place, { headers: { authorization: `Bearer ${tokens[code]}` } })
    pages.push(...(await readPages(new Uint8Array(await pdf.arrayBuffer()))))
  }
  return pages
}

test('3-7: 届いた発行用情報のとおりに刷る。取扱注意の人の住所はどの紙にもなく、届かない人は理由とともに一覧に出る', async () => {
  const code = '432164'
  const measure = (one: '0' | '1', other: '0' | '1') => ({
    支援措置区分: '1',
    不開示該当フラグ: one,
    自己情報提供不可フラグ: other,
  })
  await transferAll(code)
  const people = [1, 2, 3, 4, 5, 6, 10]
  const insured = await unionSends(
    code,
    被保険者情報,
    people.map((person) => insuredRow(code, person, person === 3 ? measure('1', '0') : {})),
  )
  await finished(code, insured.answer.job)
  const issued = await unionSends(code, 被保険者証等発行用情報, [
    certificateRow(code, 1, {
      一部負担金の割合: '3',
      限度区分: 'B02',
      限度区分適用年月日: plainDate('2025-08-01'),
      特定疾病人工透析認定年月日: plainDate('2024-04-01'),
    }),
    certificateRow(code, 2, { 証種別: '3', ...measure('0', '1') }),
    // The union did not know yet that the register hides this one.
    certificateRow(code, 3),
    certificateRow(code, 4, { ...measure('1', '1'), 送付先区分: '2', 住所記載区分: '0' }),
    certificateRow(code, 5, { 送付先区分: '1' }),
    certificateRow(code, 6, { 無効年月日: plainDate('2026-06-01'), 無効事由: '03' }),
  ])
  await finished(code, issued.answer.job)
  assert.deepEqual(await run(code, '/documents', { kind: '資格確認書' }), {
    printed: 2,
    stopped: 2,
    bundles: 1,
  })
  assert.deepEqual(await run(code, '/documents', { kind: '資格情報のお知らせ' }), {
    printed: 1,
    stopped: 0,
    bundles: 1,
  })
  const [first, handed] = await pagesOf(code, '資格確認書')
  assert.match(first ?? '', /3割/)
  for (const words of ['現役並みⅡ', '人工透析', '令和8年7月31日', '模擬町一丁目', '-0011-4711'])
    assert.ok(first?.includes(words), words)
  assert.match(handed ?? '', /記載を省略しています/)
  assert.match(handed ?? '', /窓口でお渡しします/)
  assert.ok(!handed?.includes('模擬町'), '手渡す紙にも住所はない')
  const { bundles } = (await call(code, 'GET', '/bundles')).body
  const place = `/bundles/${bundles.find((one) => one.kind === '資格確認書')?.bundleId}`
  await call(code, 'POST', `${place}/confirm`, { counted: 2 })
  const hand = async (method: string) =>
    (await call(code, 'POST', `${place}/hand-over`, { method })).body
  assert.deepEqual(await hand('郵送'), { handedOver: 1, left: 1 }, '手渡す紙は郵送にならない')
  assert.deepEqual(await hand('窓口'), { handedOver: 1, left: 0 })
  const [notice] = await pagesOf(code, '資格情報のお知らせ')
  assert.match(notice ?? '', /資格情報のお知らせ/)
  assert.ok(notice?.includes('模擬町一丁目'), '自己情報提供不可だけなら、住所はふつうに書く')

  const { documents } = (await call(code, 'GET', '/documents?stopped=true')).body
  assert.deepEqual(
    documents.map(({ stoppedBecause }) => stoppedBecause.slice(0, 11)),
    ['取扱注意の人あてです。', '登録した送付先に届けま'],
  )
  const { missing } = (await call(code, 'GET', '/documents/missing')).body
  assert.deepEqual(
    missing.map(({ insuredNumber, because }) => [insuredNumber, because.slice(0, 8)]),
    [
      [numberOf(16_406), '届いていた文書は'],
      [numberOf(16_410), '発行用情報が届い'],
    ],
  )

  const premiums = await unionSends(code, 保険料情報, [premiumRow(code, 2), premiumRow(code, 3)])
  await finished(code, premiums.answer.job)
  const kind = '保険料額決定通知書'
  assert.deepEqual(await run(code, '/documents', { kind }), { printed: 1, stopped: 1, bundles: 1 })
  const notices = await pagesOf(code, kind)
  assert.ok(notices.every((page) => !page.includes(numberOf(16_403))))

  const hidden = await unionSends(code, 被保険者情報, [insuredRow(code, 1, measure('1', '0'))])
  await finished(code, hidden.answer.job)
  const shut = await call(code, 'GET', `${place}/pdf`)
  assert.equal(shut.status, 422)
  assert.match(shut.body.message, /刷った後に支援措置が始まった人/)
})

test('3-7: 書き損じは刷り直しになり、初めの印刷と見分けられる。前の版で届けば住所を書かない', async () => {
  const code = '432156'
  await transferAll(code)
  const insured = await unionSends(code, 被保険者情報, [insuredRow(code, 1), insuredRow(code, 2)])
  await finished(code, insured.answer.job)
  const older = 被保険者証等発行用情報2026年4月版 as Layout
  const rows = [certificateRow(code, 1), certificateRow(code, 2)].map((row) =>
    Object.fromEntries(older.names.map((name) => [name, row[name as '氏名']])),
  )
  await finished(code, (await unionSends(code, older, rows)).answer.job)
  const kind = '資格確認書'
  const print = () => run(code, '/documents', { kind })
  assert.deepEqual(await print(), { printed: 2, stopped: 0, bundles: 1 })
  const pages = await pagesOf(code, kind)
  assert.ok(pages.every((page) => page.includes('記載を省略しています')))
  assert.ok(pages.every((page) => page.includes(`${code}-10-000000`)))
  const [bundle] = (await call(code, 'GET', '/bundles')).body.bundles
  const confirm = (spoiled: number[], counted = 2) =>
    call(code, 'POST', `/bundles/${bundle?.bundleId}/confirm`, { counted, spoiled })
  assert.match((await confirm([99])).body.message, /99 は、この束の紙ではありません/)
  assert.deepEqual((await confirm([2])).body, { printed: 1, spoiled: 1 })
  assert.match((await confirm([])).body.message, /もう確かめてあります/)
  const handOver = `/bundles/${bundle?.bundleId}/hand-over`
  assert.equal((await call(code, 'POST', handOver, { method: '窓口' })).body.handedOver, 1)
  assert.deepEqual(await print(), { printed: 1, stopped: 0, bundles: 1 })
  assert.deepEqual(await print(), { printed: 0, stopped: 0, bundles: 0 })
  const after = (await call(code, 'GET', '/bundles')).body.bundles
  assert.deepEqual(
    after.map(({ reprints, printed, spoiled }) => [reprints, printed, spoiled]),
    [
      [0, 1, 1],
      [1, 0, 0],
    ],
  )
  const { documents } = (await call(code, 'GET', `/documents?kind=${kind}`)).body
  assert.deepEqual(
    documents.map(({ sheetNumber, copy }) => [sheetNumber, copy]),
    [
      [1, 1],
      [2, 1],
      [3, 2],
    ],
  )
})

test('4-10: 長すぎて2ページに収まらない決定通知書は止めて理由を残し、ほかの人のものは刷る', async () => {
  const code = '432130'
  await call(code, 'POST', '/events', {
    kind: '転居',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumbers: [addresseeNumberOf(2)],
    address: { townName: '模擬町一丁目', building: '長い名の見本荘'.repeat(42) },
  })
  await transferAll(code)
  const insured = await unionSends(code, 被保険者情報, [insuredRow(code, 1), insuredRow(code, 2)])
  await finished(code, insured.answer.job)
  const premiums = await unionSends(code, 保険料情報, [premiumRow(code, 1), premiumRow(code, 2)])
  await finished(code, premiums.answer.job)
  const kind = '保険料額決定通知書'
  assert.deepEqual(await run(code, '/documents', { kind }), { printed: 1, stopped: 1, bundles: 1 })
  const { body } = await call(code, 'GET', `/documents?kind=${kind}&stopped=true`)
  const sentence = body.documents[0]?.stoppedBecause ?? ''
  assert.match(sentence, /2ページに収まりません/)
  assert.ok(
    sentence.includes(`被保険者番号 ${numberOf(Number(code.slice(3)) * 100 + 2)}`),
    sentence,
  )
  const { bundles } = (await call(code, 'GET', '/bundles')).body
  assert.deepEqual(
    bundles.map(({ pageCount }) => pageCount),
    [2],
  )
})

test('被保険者番号が結び付く前の保険料と、足し算の合わない保険料は断る', async () => {
  const code = '432067'
  await transferAll(code)
  const early = await unionSends(code, 保険料情報, [premiumRow(code, 1)])
  await finished(code, early.answer.job)
  const { body } = await call(code, 'GET', `/imports/${early.transmission}`)
  assert.equal(body.state, 'refused')
  assert.match(body.sentence, /先に被保険者情報を受け入れ/)
})

test('3-5・3-6: 住所地特例者情報を宛名番号で持つ。知らない人は1行も取り込まず、終了も取消もそのとおりになる', async () => {
  const code = '432067'
  await transferAll(code)
  const bring = async (...rows: Record<string, unknown>[]) => {
    const sent = await unionSends(code, 住所地特例者情報, rows)
    const { changedCount } = await finished(code, sent.answer.job)
    return { ...sent, changedCount }
  }
  const listed = async (asked = '') =>
    (await call(code, 'GET', `/residence-provisions?${asked}`)).body.provisions.map((one) =>
      [
        Number(one.addresseeNumber),
        one.insuredNumber ?? '-',
        one.provisionKind,
        one.from,
        one.until ?? '-',
        one.hidden ? '取扱注意' : one.facility?.name,
      ].join(' '),
    )
  // A person whom another union insures has no number of ours.
  const others = { 住所地特例区分: '2', 保険者広域連合コード: '40', 被保険者番号: null }
  const first = await bring(
    provisionRow(code, 1),
    provisionRow(code, 8, others),
    provisionRow(code, 701),
  )
  assert.equal(first.changedCount, 3)
  const own = (person: number) => numberOf(6_700 + person)
  const all = [
    `1 ${own(1)} 1 2026-06-01 - 見本苑`,
    '8 - 2 2026-06-01 - 見本苑',
    `701 ${own(701)} 1 2026-06-01 - 見本苑`,
  ]
  assert.deepEqual((await listed()).toSorted(), all.toSorted(), '住登外の人も')
  const state = async () =>
    (await call(code, 'GET', '/state')).body.municipalSystem.residenceProvisions
  const once = await state()
  assert.deepEqual([once.count, once.current], [3, 3])
  const again = await carry(code, first.manifestText, first.sealedFile)
  assert.equal(again.answer.kind, 'repeated')
  assert.equal((await bring(provisionRow(code, 1))).changedCount, 0)
  assert.deepEqual(await state(), once)

  const ended = { 異動区分: '3', 適用終了年月日: plainDate('2026-06-20') }
  const cancelled = {
    ...{ 異動区分: '4', 適用終了年月日: plainDate('2026-06-01') },
    ...{ 施設の種類: null, 施設の名称: null, 施設の所在地: null, 入所年月日: null },
  }
  assert.equal(
    (
      await bring(
        provisionRow(code, 1, ended),
        provisionRow(code, 8, { ...others, ...cancelled }),
        provisionRow(code, 701, { 異動区分: '2', 施設の名称: '例示の里' }),
      )
    ).changedCount,
    3,
  )
  const moved = `701 ${own(701)} 1 2026-06-01 - 例示の里`
  const past = `1 ${own(1)} 1 2026-06-01 2026-06-20 見本苑`
  assert.deepEqual(await listed(), [moved])
  assert.deepEqual((await listed('ended=true')).toSorted(), [past, moved].toSorted())
  assert.deepEqual([(await state()).count, (await state()).current], [2, 1])
  assert.deepEqual(await listed(`ended=true&addresseeNumber=${addresseeNumberOf(1)}`), [past])

  const unknown = await bring(provisionRow(code, 2), provisionRow(code, 555))
  const { body } = await call(code, 'GET', `/imports/${unknown.transmission}`)
  assert.equal(body.state, 'refused')
  assert.deepEqual(
    body.findings.map(({ line }) => line),
    [3],
  )
  assert.match(body.findings[0]?.sentence ?? '', /宛名番号の人が市区町村システムにいません/)
  assert.deepEqual(await listed(), [moved])
  const kept = await database.transaction(scopeOf(code), (tx) =>
    tx.query<{ persons: number }>(
      `select person_count as persons from audit.entry
        where municipality_code = $1 and act = 'residenceProvision.import' order by persons`,
      [code],
    ),
  )
  assert.deepEqual(
    kept.map(({ persons }) => persons),
    [1, 3, 3],
  )
})

test('住所地特例: 支援措置の人の施設は、広域連合・住基・住登外のどれが言っても、答えにも表にもない', async () => {
  const code = '432156'
  await transferAll(code)
  const sent = await unionSends(code, 住所地特例者情報, [
    provisionRow(code, 4),
    // The union hides it; had it sent the facility all the same, none is kept.
    provisionRow(code, 9, { 支援措置区分: '1', 施設の名称: '隠れ苑' }),
    provisionRow(code, 10),
    provisionRow(code, 11),
    provisionRow(code, 701),
  ])
  assert.equal((await finished(code, sent.answer.job)).changedCount, 5)
  const begun = await call(code, 'POST', '/events', {
    kind: '支援措置開始',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumbers: [addresseeNumberOf(11)],
  })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  const outside = await call(code, 'POST', '/non-registered', {
    kind: '住登外変更',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumber: addresseeNumberOf(701),
    changes: { supportKind: '1', supportFrom: '2026-06-30' },
  })
  assert.equal(outside.status, 200, JSON.stringify(outside.body))
  const { body } = await call(code, 'GET', '/residence-provisions')
  assert.deepEqual(
    body.provisions.map(({ addresseeNumber, hidden, facility }) => [
      Number(addresseeNumber),
      hidden,
      facility?.name ?? null,
    ]),
    [
      [4, false, '見本苑'],
      [9, true, null],
      [10, true, null],
      [11, true, null],
      [701, true, null],
    ],
    '同じ世帯の人も',
  )
  const kept = await (await database.asAdmin()).transaction(scopeOf(code), (tx) =>
    tx.query<{ name: string | null; address: string | null }>(
      `select facility_name as name, facility_address as address
         from municipal_system.residence_provision
        where municipality_code = $1 and addressee_number = $2`,
      [code, addresseeNumberOf(9)],
    ),
  )
  assert.deepEqual(kept, [{ name: null, address: null }])

  const own = await openMunicipalityStores({ url: database.url, dataFolder, clock })
  const place: ExchangePlace = {
    self: `municipality:${code}`,
    keys: keyFolder(partyKeys),
    folder: path.join(dataFolder, 'exchange', code),
  }
  const replayed = await own.municipalSystem.transaction(scopeOf(code), async (tx) => {
    const reopened = await reopenTransmission(tx, place, sent.transmission)
    const comparable = municipalComparables.find(
      ({ layout, direction }) => layout === 住所地特例者情報.name && direction === 'received',
    )
    return await comparable!.compare(tx, reopened!)
  })
  await own.close()
  assert.deepEqual([replayed.equal, replayed.different, replayed.strange], [5, 0, 0], '再生')

  const ended = plainDate('2026-06-25')
  const unfit = await unionSends(code, 住所地特例者情報, [
    provisionRow(code, 4, { 適用終了年月日: ended }),
  ])
  await finished(code, unfit.answer.job)
  const told = (await call(code, 'GET', `/imports/${unfit.transmission}`)).body
  assert.equal(told.state, 'refused')
  assert.match(
    told.findings[0]?.sentence ?? '',
    /台帳の決まりに合わない/,
    '終わったのに異動区分が1',
  )
})

test('通し番号が前後して届けば待ち、そろえば順に取り込む。途中で切れたファイルは受け取らない', async () => {
  const code = '432105'
  await transferAll(code)
  const make = (person: number) =>
    union.transaction(scopeOf(code), (tx) =>
      prepareTransmission(tx, unionPlace, {
        layout: 被保険者情報,
        receiver: `municipality:${code}`,
        municipality: code,
        rows: [insuredRow(code, person)] as never,
      }),
    )
  const first = await make(1)
  const second = await make(10)
  const early = await carry(code, second.manifestText, second.sealedFile)
  assert.equal(early.answer.kind, 'waiting')
  assert.match(early.answer.sentence, /通し番号1がまだ届いていません/)

  const cut = path.join(dataFolder, 'cut.age')
  const whole = await readFile(first.sealedFile)
  await writeFile(cut, whole.subarray(0, whole.length - 40))
  const broken = await carry(code, first.manifestText, cut)
  assert.equal(broken.status, 422)
  assert.match(broken.answer.message, /送り状と違います/)

  const whence = await carry(code, first.manifestText, first.sealedFile)
  assert.equal(whence.answer.kind, 'arrived')
  await finished(code, whence.answer.job)
  for (;;) {
    const { body } = await call(code, 'GET', '/imports')
    if (body.imports.every(({ state }) => state === 'applied')) break
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  const { body: state } = await call(code, 'GET', '/state')
  assert.equal(state.municipalSystem.insuredPersons.count, 2)
})

test('移出の仕事が途中で引き継がれても、同じ移出は一度しか封じない', async () => {
  const code = '432113'
  await transferAll(code)
  const own = await openMunicipalityStores({ url: database.url, dataFolder, clock })
  try {
    const place: ExchangePlace = {
      self: `municipality:${code}`,
      keys: keyFolder(partyKeys),
      folder: path.join(dataFolder, 'exchange', code),
    }
    const request = {
      exportId: randomUUID(),
      mode: 'auto',
      fiscalYear: null,
      horizonMonths: 3,
    } as const
    const [residents] = exportables
    const once = await exportToUnion(own, place, residents!, scopeOf(code), request, clerk)
    const again = await exportToUnion(own, place, residents!, scopeOf(code), request, clerk)
    assert.deepEqual(again, once)
    assert.equal(once?.sequenceNumber, 1)
    assert.deepEqual(
      (await exportsOf(code)).map(({ name, state }) => [name, state]),
      [['432113-resident-register-000001', 'prepared']],
      '媒体に出る前に止まったものも、一覧を見れば媒体に出る',
    )
  } finally {
    await own.close()
  }
})

test('見た人・書いた人は、みな監査に残る', async () => {
  const code = '432121'
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  const rows = await database.transaction(scopeOf(code), (tx) =>
    tx.query<{ act: string; effect: string; persons: number }>(
      `select act, effect, person_count as persons from audit.entry
        where municipality_code = $1 order by act, effect, person_count`,
      [code],
    ),
  )
  assert.deepEqual(
    rows.map(({ act, effect, persons }) => `${act} ${effect} ${persons}`),
    [
      'income.load write 12',
      'income.transfer read 12',
      'income.transfer write 12',
      'number.reveal read 1',
      'number.reveal read 10',
      'resident.export read 1',
      'resident.export read 10',
      'resident.load write 1',
      'resident.load write 12',
      'resident.transfer read 12',
      'resident.transfer write 12',
    ],
  )
})

test('異動の断りは理由をすべて返し、形の違う頼みは項目の名だけを返す', async () => {
  const refused = await call('431001', 'POST', '/events', {
    kind: '死亡',
    eventId: randomUUID(),
    occurredOn: '2026-06-30',
    addresseeNumbers: ['404', '405'],
  })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.reasons.length, 2)
  const misfit = await call('431001', 'POST', '/events', { kind: '死亡', secret: '123' })
  assert.equal(misfit.status, 400)
  assert.ok(!misfit.body.message.includes('123'))
})

test('置いてあるどのファイルにも、個人番号は平文で現れない', async () => {
  await transferAll('432083')
  await run('432083', '/exports', { step: '2-2' })
  const files = (await readdir(dataFolder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  )
  for (const entry of files) {
    const bytes = await readFile(path.join(entry.parentPath, entry.name)).catch(() => null)
    if (bytes === null) continue
    const text = bytes.toString('latin1')
    for (const code of codes) {
      for (let person = 1; person <= 12; person += 1) {
        const digits = revealNumber(inventedNumber(Number(code.slice(2)) * 100 + person))
        assert.ok(!text.includes(digits), `${entry.name} に番号がある`)
      }
    }
  }
  assert.deepEqual(told, [])
})
