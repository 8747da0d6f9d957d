import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import {
  keepSealed,
  recordArrival,
  recordReceipt,
  TransmissionRefused,
  unseal,
} from '@koiki/exchange'
import { plainDate, revealNumber } from '@koiki/kernel'
import { 住民基本台帳情報, 住登外登録情報, 被保険者情報 } from '@koiki/layouts'
import { type Clock, fixedClock } from '@koiki/store'
import { type Answer, insuredRow, scopeOf, testService } from './testService.ts'
import { addresseeNumberOf, inventedNumber } from './testWorld.ts'

/** What only the stand-in can do: events of every kind, persons outside the register, and bad manners. */

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
] as const
const of = await testService({ after }, codes)
const { call, run, transferAll, unionReceives, unionSends, finished, exportsOf, download } = of

interface Record {
  readonly resident: { readonly [field: string]: unknown }
  readonly insured: readonly { acquiredOn: string; lostOn: string | null }[]
  readonly changes: readonly {
    kind: string
    before: { status: string } | null
    after: { status: string }
    cancelledBy: string | null
  }[]
}

const recordOf = async (code: string, person: string): Promise<Record> =>
  (await call<Record>(code, 'GET', `/residents/${person}`)).body

interface Accepted {
  readonly eventId: string
  readonly repeated: boolean
  readonly addresseeNumbers: readonly string[]
  readonly addresseeNumber: string
  readonly message: string
  readonly reasons: readonly string[]
}

const tell = (code: string, event: object, eventId: string = randomUUID()) =>
  call<Accepted>(code, 'POST', '/events', { eventId, occurredOn: '2026-06-30', ...event })

async function accepted(code: string, event: object): Promise<Accepted> {
  const { status, body } = await tell(code, event)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** The row of one person in the next file to the union. */
async function told(code: string, number: number, person: string) {
  await run(code, '/transfers', { step: '2-1' })
  await run(code, '/exports', { step: '2-2' })
  const name = `${code}-resident-register-${String(number).padStart(6, '0')}`
  const { rows } = await unionReceives(code, name, 住民基本台帳情報)
  return rows.find((row) => row.宛名番号 === person)
}

test('職権で載せた人・氏名変更・番号変更・職権消除は、異動事由と操作年月日のとおり広域連合のファイルに出る', async () => {
  const code = '431001'
  const one = addresseeNumberOf(1)
  await told(code, 1, one)
  const entered = await accepted(code, {
    kind: '職権記載',
    reason: '出生届の遅れ',
    address: { townName: '模擬町九丁目' },
    newcomers: [
      {
        name: 'SAMPLE NINE',
        birthDate: '1940-09-09',
        sex: '2',
        relationship: '世帯主',
        residentKind: '2',
        residenceStatus: '特別永住者',
        individualNumber: revealNumber(inventedNumber(990_001)),
      },
    ],
  })
  const [fresh] = entered.addresseeNumbers as [string]
  await accepted(code, { kind: '氏名変更', addresseeNumbers: [one], name: '別名　花子' })
  const row = await told(code, 2, fresh)
  assert.deepEqual(
    [row?.異動事由, row?.異動年月日, row?.操作年月日, row?.氏名, row?.住民種別],
    ['08', '2026-06-30', '2026-07-01', 'ＳＡＭＰＬＥ　ＮＩＮＥ', '2'],
  )
  assert.equal(revealNumber(row?.個人番号 as never), revealNumber(inventedNumber(990_001)))
  const number = revealNumber(inventedNumber(990_002))
  await accepted(code, {
    kind: '個人番号変更',
    addresseeNumbers: [fresh],
    individualNumber: number,
  })
  await accepted(code, {
    kind: '職権消除',
    reason: '実態調査',
    addresseeNumbers: [fresh],
    occurredOn: '2026-07-01',
  })
  const gone = await told(code, 3, fresh)
  assert.deepEqual([gone?.異動事由, gone?.住民状態, gone?.消除年月日], ['10', '2', '2026-07-01'])
  assert.equal(revealNumber(gone?.個人番号 as never), number)
  const back = await accepted(code, {
    kind: '職権回復',
    reason: '調査の誤り',
    addresseeNumbers: [fresh],
    occurredOn: '2026-07-01',
  })
  assert.deepEqual(back.addresseeNumbers, [fresh])
  const recovered = await told(code, 4, fresh)
  assert.deepEqual(
    [recovered?.異動事由, recovered?.住民状態, recovered?.消除年月日],
    ['08', '1', null],
  )
})

test('取り消した異動も取消しも両方残り、ファイルには戻った姿が出る。二度目の取消しと取消しの取消しは断る', async () => {
  const code = '432024'
  const four = addresseeNumberOf(4)
  await told(code, 1, four)
  const wrong = await accepted(code, {
    kind: '死亡',
    addresseeNumbers: [four],
    occurredOn: '2026-05-01',
  })
  const dead = await told(code, 2, four)
  assert.deepEqual([dead?.異動事由, dead?.消除年月日], ['05', '2026-05-01'])
  const cancel = { kind: '異動の取消', cancels: wrong.eventId, reason: '同姓同名の別人' }
  const undone = await accepted(code, cancel)
  const back = await told(code, 3, four)
  assert.deepEqual(
    [back?.異動事由, back?.住民状態, back?.消除年月日, back?.異動年月日],
    ['08', '1', null, '2026-05-01'],
  )
  const { changes } = await recordOf(code, four)
  assert.deepEqual(
    changes.map(({ kind, before, after, cancelledBy }) => [
      kind,
      before?.status,
      after.status,
      cancelledBy === undone.eventId,
    ]),
    [
      ['死亡', '1', '2', true],
      ['異動の取消', '2', '1', false],
    ],
  )
  const twice = await tell(code, cancel)
  assert.match(twice.body.message, /すでに取り消されています/)
  const reversed = await tell(code, { ...cancel, cancels: undone.eventId })
  assert.match(reversed.body.message, /取消しは取り消せません/)
  const unknown = await tell(code, { ...cancel, cancels: randomUUID() })
  assert.match(unknown.body.message, /取り消す異動がありません/)
})

test('同じ受付番号の異動は一度だけ書き、違う内容なら断る。後の転居より前の転居は先に取り消させる', async () => {
  const code = '432032'
  const ten = addresseeNumberOf(10)
  const id = randomUUID()
  const move = {
    kind: '転居',
    addresseeNumbers: [ten],
    address: { townName: '模擬町二丁目' },
    relationships: { [addresseeNumberOf(11)]: '世帯主', [addresseeNumberOf(12)]: '同居人' },
    occurredOn: '2026-06-20',
  }
  const ownHousehold = {
    ...move,
    addresseeNumbers: [ten, addresseeNumberOf(11), addresseeNumberOf(12)],
    relationships: {},
  }
  assert.equal((await tell(code, ownHousehold, id)).body.repeated, false)
  assert.equal((await tell(code, ownHousehold, id)).body.repeated, true)
  const other = await tell(code, { ...ownHousehold, occurredOn: '2026-06-21' }, id)
  assert.equal(other.status, 422)
  const early = await tell(code, { ...ownHousehold, occurredOn: '2026-06-10' })
  assert.equal(early.status, 422)
  assert.equal(early.body.reasons.length, 3)
  assert.match(early.body.message, /より後の転居\(2026-06-20\)/)
})

test('支援措置: 二つの効果が住民票と移転先にあり、広域連合にも別々に届く。効果のない支援措置は断る', async () => {
  const code = '432041'
  const nine = addresseeNumberOf(9)
  await told(code, 1, nine)
  await accepted(code, {
    kind: '支援措置開始',
    addresseeNumbers: [nine],
    selfProvisionDisabled: true,
  })
  const row = await told(code, 2, nine)
  const flags = (of: typeof row) => `${of?.不開示該当フラグ}${of?.自己情報提供不可フラグ}`
  assert.deepEqual(
    [row?.支援措置区分, row?.支援措置開始日, flags(row), row?.異動事由],
    ['1', '2026-06-30', '11', '09'],
  )
  const change = { kind: '支援措置変更', addresseeNumbers: [nine] }
  const without = await tell(code, {
    ...change,
    nonDisclosure: false,
    selfProvisionDisabled: false,
  })
  assert.equal(without.status, 422)
  assert.match(without.body.message, /支援措置終了/)
  await accepted(code, { ...change, nonDisclosure: false, selfProvisionDisabled: true })
  assert.equal(flags(await told(code, 3, nine)), '01')
  const system = await of.database.as('municipal_system')
  const held = await system.transaction(scopeOf(code), (tx) =>
    tx.query<{ flags: string }>(
      `select non_disclosure || self_provision_disabled as flags from municipal_system.resident
        where addressee_number = $1`,
      [nine],
    ),
  )
  assert.deepEqual(held, [{ flags: '01' }])
})

test('資格の取得・喪失年月日は番号を付けて住基へ戻り、訂正は置き換わる。住民票のない人には書かない', async () => {
  const code = '432059'
  await transferAll(code)
  const sent = await unionSends(code, 被保険者情報, [
    insuredRow(code, 1),
    insuredRow(code, 10),
    insuredRow(code, 71, { 宛名番号: addresseeNumberOf(701) }),
  ])
  await finished(code, sent.answer.job)
  assert.deepEqual(await run(code, '/transfers', { step: '3-6' }), {
    transfers: 1,
    rows: 2,
    changed: 2,
  })
  assert.deepEqual(await run(code, '/transfers', { step: '3-6' }), {
    transfers: 0,
    rows: 0,
    changed: 0,
  })
  const corrected = await unionSends(code, 被保険者情報, [
    insuredRow(code, 1, {
      資格取得年月日: plainDate('2015-03-04'),
      資格喪失年月日: plainDate('2026-06-01'),
      資格喪失事由: '02',
      異動区分: '3',
    }),
  ])
  await finished(code, corrected.answer.job)
  assert.deepEqual(await run(code, '/transfers', { step: '3-6' }), {
    transfers: 1,
    rows: 1,
    changed: 1,
  })
  const { insured } = await recordOf(code, addresseeNumberOf(1))
  assert.deepEqual(
    insured.map(({ acquiredOn, lostOn }) => [acquiredOn, lostOn]),
    [['2015-03-04', '2026-06-01']],
  )
  const { body } = await call<{
    residentRegister: { insuredEntries: { count: number; current: number } }
  }>(code, 'GET', '/state')
  const { count, current } = body.residentRegister.insuredEntries
  assert.deepEqual([count, current], [2, 1])
})

test('住登外: 施設のある住所地特例を登録・変更・消除でき、住登外登録情報に出る', async () => {
  const code = '432067'
  await run(code, '/exports', { step: '2-2' })
  const tellOutside = (event: object, eventId: string = randomUUID()) =>
    call<Accepted>(code, 'POST', '/non-registered', { eventId, occurredOn: '2026-07-01', ...event })
  const person = {
    name: '模擬　離',
    birthDate: '1938-05-05',
    sex: '1',
    individualNumber: revealNumber(inventedNumber(990_003)),
    registeredAt: '432024',
    prefectureName: '熊本県',
    address: { municipalityName: '八代市', townName: '模擬町', houseNumber: '1' },
    nonRegisteredKind: '1',
    facility: { kind: '介護保険施設', name: '模擬苑' },
    appliesFrom: '2026-06-15',
  }
  const bare = await tellOutside({
    kind: '住登外登録',
    person: { ...person, facility: null, appliesFrom: null },
  })
  assert.equal(bare.status, 422)
  assert.equal(bare.body.reasons.length, 2)
  const id = randomUUID()
  const first = await tellOutside({ kind: '住登外登録', person }, id)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  const again = await tellOutside({ kind: '住登外登録', person }, id)
  assert.deepEqual(again.body, { ...first.body, repeated: true })
  const double = await tellOutside({ kind: '住登外登録', person })
  assert.match(double.body.message, /同じ個人番号の人/)

  const { addresseeNumber } = first.body
  const exported = async (number: number) => {
    await run(code, '/exports', { step: '2-2' })
    const name = `${code}-non-registered-persons-${String(number).padStart(6, '0')}`
    const { rows } = await unionReceives(code, name, 住登外登録情報)
    return rows.find((row) => row.宛名番号 === addresseeNumber)
  }
  await unionReceives(code, `${code}-non-registered-persons-000001`, 住登外登録情報)
  const row = await exported(2)
  assert.deepEqual(
    [row?.住登外区分, row?.方書, row?.適用開始日, row?.操作年月日, row?.住民票所在地市区町村コード],
    ['1', '模擬苑', '2026-06-15', '2026-07-01', '432024'],
  )
  assert.equal(revealNumber(row?.個人番号 as never), person.individualNumber)
  const moved = await tellOutside({
    kind: '住登外変更',
    addresseeNumber,
    changes: {
      address: { municipalityName: '八代市', townName: '別町' },
      facility: { kind: '病院・診療所', name: '模擬病院' },
    },
  })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.deepEqual((({ 町字, 方書 }) => [町字, 方書])((await exported(3)) as never), [
    '別町',
    '模擬病院',
  ])
  await tellOutside({ kind: '住登外消除', addresseeNumber })
  assert.equal((await exported(4))?.適用終了日, '2026-07-01')
  const after = await tellOutside({ kind: '住登外消除', addresseeNumber })
  assert.match(after.body.message, /消除されています/)
})

const misbehave = (code: string, conduct: string, until: string | null = null) =>
  call<{ conduct: string; message: string }>(code, 'PUT', '/conduct', { conduct, until })

const nameOf = (code: string, number = 1) =>
  `${code}-resident-register-${String(number).padStart(6, '0')}`

/** What the union's door says of one item. */
async function arrival(code: string, name: string) {
  const { manifest, file } = await download(code, name)
  const kept = await keepSealed(of.unionPlace.folder, Readable.from([file]))
  return of.union.transaction(scopeOf(code), (tx) =>
    recordArrival(tx, of.unionPlace, { manifest, kept }),
  )
}

test('行儀: 遅らせたもの・出さないものは媒体に見えず、放せば出る。受領書も出ない', async () => {
  const code = '432083'
  await transferAll(code)
  assert.equal((await misbehave(code, 'late', '2026-07-03')).status, 200)
  await run(code, '/exports', { step: '2-2' })
  assert.deepEqual(await exportsOf(code), [])
  const state = await call<{ conduct: { conduct: string; media: string[] } }>(code, 'GET', '/state')
  assert.equal(state.body.conduct.conduct, 'late')
  assert.equal(state.body.conduct.media.length, 2)
  const hidden = await call(code, 'GET', `/exports/${nameOf(code)}/manifest`)
  assert.equal(hidden.status, 404)

  const sent = await unionSends(code, 被保険者情報, [insuredRow(code, 1)])
  await finished(code, sent.answer.job)
  const receipt = `/imports/${sent.transmission}/receipt`
  assert.equal((await call(code, 'GET', receipt)).status, 404)
  const released = await call<{ released: number }>(code, 'POST', '/conduct/release', {})
  assert.equal(released.body.released, 2)
  assert.equal((await exportsOf(code)).length, 2)
  await misbehave(code, 'off')
  assert.equal((await call<Answer>(code, 'GET', receipt)).body.kind, 'accepted')
  await misbehave(code, 'silent')
  await accepted(code, { kind: '氏名変更', addresseeNumbers: [addresseeNumberOf(1)], name: '別名' })
  await run(code, '/transfers', { step: '2-1' })
  await run(code, '/exports', { step: '2-2' })
  assert.equal((await exportsOf(code)).length, 2)
  assert.equal((await call(code, 'GET', receipt)).status, 404)
  await misbehave(code, 'off')
  assert.equal((await exportsOf(code)).length, 3)
  assert.equal((await misbehave(code, 'twice', '2026-07-03')).status, 422)
  assert.equal((await misbehave(code, 'late', '2026-07-01')).status, 422)
})

test('行儀: 二度出したものは同じ送信で、広域連合は二度目を取り込まない', async () => {
  const code = '432105'
  await misbehave(code, 'twice')
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  const [first, second] = (await exportsOf(code)).filter(
    ({ layout }) => layout === 住民基本台帳情報.name,
  )
  assert.equal(first?.transmissionId, second?.transmissionId)
  assert.notEqual(first?.name, second?.name)
  assert.equal((await arrival(code, first!.name)).kind, 'arrived')
  assert.equal((await arrival(code, second!.name)).kind, 'repeated')
})

test('行儀: 順を違えると、後の番号が先に出て、取り出されてから前の番号が出る', async () => {
  const code = '432113'
  await misbehave(code, 'outOfOrder')
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  assert.deepEqual(await exportsOf(code), [])
  await accepted(code, { kind: '氏名変更', addresseeNumbers: [addresseeNumberOf(1)], name: '別名' })
  await run(code, '/transfers', { step: '2-1' })
  await run(code, '/exports', { step: '2-2' })
  const names = async () => (await exportsOf(code)).map(({ name }) => name)
  assert.deepEqual(await names(), [nameOf(code, 2)])
  assert.equal((await arrival(code, nameOf(code, 2))).kind, 'waiting')
  assert.deepEqual(await names(), [nameOf(code), nameOf(code, 2)])
  const first = await arrival(code, nameOf(code))
  assert.equal(first.kind, 'arrived')
})

test('行儀: 偽りの合計は開くときに、古い版は戸口で断られ、改めれば同じものが通る', async () => {
  const code = '432121'
  await misbehave(code, 'oldLayout')
  await transferAll(code)
  await run(code, '/exports', { step: '2-2' })
  const former = await download(code, nameOf(code))
  const said = JSON.parse(former.manifest) as { edition: string; sealed: { sha256: string } }
  assert.equal(said.edition, '2018-04')
  assert.equal(createHash('sha256').update(former.file).digest('hex'), said.sealed.sha256)
  const keys = await of.unionPlace.keys.own('union:43')
  const opened: Uint8Array[] = []
  for await (const block of unseal([keys[0].identity], [former.file])) opened.push(block)
  const [heads = ''] = Buffer.concat(opened).toString('utf8').split('\r\n')
  assert.ok(heads.includes('氏名') && !heads.includes('旧氏'), heads)
  const old = await arrival(code, nameOf(code))
  assert.equal(old.kind, 'refused')
  assert.match(old.sentence, /2018-04/)
  await misbehave(code, 'off')
  await unionReceives(code, nameOf(code), 住民基本台帳情報)

  await misbehave(code, 'wrongTotals')
  await accepted(code, { kind: '氏名変更', addresseeNumbers: [addresseeNumberOf(1)], name: '別名' })
  await run(code, '/transfers', { step: '2-1' })
  await run(code, '/exports', { step: '2-2' })
  const { manifest } = await download(code, nameOf(code, 2))
  const honest = (await exportsOf(code)).find(({ name }) => name === nameOf(code, 2))
  assert.equal((JSON.parse(manifest) as { recordCount: number }).recordCount, honest!.records + 1)
  await assert.rejects(
    unionReceives(code, nameOf(code, 2), 住民基本台帳情報),
    (error) =>
      error instanceof TransmissionRefused &&
      error.findings.some(({ sentence }) => /合計/.test(sentence)),
  )
})

test('行儀: 合計を偽る間は受領書の数も偽り、署名は本物である', async () => {
  const code = '432130'
  await transferAll(code)
  const sent = await unionSends(code, 被保険者情報, [insuredRow(code, 1)])
  await finished(code, sent.answer.job)
  const receipt = async () =>
    (await call<{ appliedCount: number }>(code, 'GET', `/imports/${sent.transmission}/receipt`))
      .body
  assert.equal((await receipt()).appliedCount, 1)
  await misbehave(code, 'wrongTotals')
  const lie = await receipt()
  assert.equal(lie.appliedCount, 2)
  const taken = await of.union.transaction(scopeOf(code), (tx) =>
    recordReceipt(tx, of.unionPlace, JSON.stringify(lie)),
  )
  assert.notEqual(
    taken.kind === 'refused' ? taken.finding.code : '',
    'E3016',
    '受け手の鍵で署名してある',
  )
})

test('役所の据付けでは、行儀をわるくできない', async (t) => {
  const office = await testService(t, ['431001'], { inventedWorld: false })
  const refused = await office.call('431001', 'PUT', '/conduct', { conduct: 'silent' })
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /模擬の世界の代役だけ/)
})

test('遅らせたものは、その日が来れば出る', async (t) => {
  let day = '2026-07-01'
  const clock: Clock = { name: 'test', moment: (ask) => fixedClock(day).moment(ask) }
  const later = await testService(t, ['431001'], { clock })
  await later.call('431001', 'PUT', '/conduct', { conduct: 'late', until: '2026-07-03' })
  await later.transferAll('431001')
  await later.run('431001', '/exports', { step: '2-2' })
  assert.deepEqual(await later.exportsOf('431001'), [])
  day = '2026-07-03'
  assert.equal((await later.exportsOf('431001')).length, 2)
})

test('置いたファイルに、異動で届いた個人番号は現れない', async () => {
  const numbers = [990_001, 990_002, 990_003].map((n) => revealNumber(inventedNumber(n)))
  const files = (await readdir(of.dataFolder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  )
  assert.ok(files.length > 0)
  for (const entry of files) {
    const text = (await readFile(path.join(entry.parentPath, entry.name))).toString('latin1')
    assert.ok(!numbers.some((digits) => text.includes(digits)), entry.name)
  }
})
