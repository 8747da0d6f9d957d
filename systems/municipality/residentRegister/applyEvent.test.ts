import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { Refusal } from '../refusal.ts'
import type { Resident } from '../resident.ts'
import { applyEvent, type EventFacts } from './applyEvent.ts'
import { ResidentEvent } from './event.ts'

const today = plainDate('2026-07-10')
const eventId = '7f3c1c9e-0000-4000-8000-000000000001'
const address = { townName: '模擬町一丁目', houseNumber: '1番1号' }

const resident = (part: Partial<Resident>): Resident => ({
  municipalityCode: '431001',
  addresseeNumber: '1',
  runningNumber: 1,
  householdNumber: '100',
  numberToken: null,
  name: '模擬　花子',
  nameKana: 'モギ　ハナコ',
  alias: null,
  formerName: null,
  birthDate: plainDate('1945-01-01'),
  birthDateUnknown: null,
  birthDateText: null,
  sex: '2',
  relationship: '世帯主',
  postalCode: '8600001',
  townCode: null,
  prefectureName: '熊本県',
  municipalityName: '熊本市',
  townName: '千葉城町',
  houseNumber: null,
  building: null,
  residentKind: '1',
  stayUntil: null,
  residentFrom: plainDate('1990-01-01'),
  status: '1',
  changedOn: plainDate('1990-01-01'),
  changeReason: '00',
  removedOn: null,
  movedFromMunicipality: null,
  movedToMunicipality: null,
  supportKind: '0',
  supportFrom: null,
  supportUntil: null,
  exclusionKind: '0',
  exclusionFrom: null,
  exclusionUntil: null,
  operatedOn: plainDate('2026-07-01'),
  residenceStatus: null,
  nonDisclosure: '0',
  selfProvisionDisabled: '0',
  ...part,
})

const couple = [
  resident({ addresseeNumber: '1' }),
  resident({ addresseeNumber: '2', relationship: '夫', sex: '1' }),
]
const family = [...couple, resident({ addresseeNumber: '3', relationship: '子', sex: '1' })]

const facts = (
  residents: Resident[],
  arrivals: EventFacts['arrivals'] = [],
  known: Partial<EventFacts> = {},
): EventFacts => {
  let given = 900
  return {
    today,
    residents,
    arrivals,
    later: [],
    cancelled: [],
    ...known,
    municipality: { code: '431001', prefecture: '熊本県', name: '熊本市' },
    newNumber: () => {
      given += 1
      return String(given)
    },
    newRunningNumber: () => 9,
  }
}

const apply = (event: object, known: EventFacts) =>
  applyEvent(ResidentEvent.parse({ eventId, occurredOn: '2026-07-05', ...event }), known)

const refused = (event: object, known: EventFacts, pattern: RegExp) =>
  assert.throws(
    () => apply(event, known),
    (error) => error instanceof Refusal && pattern.test(error.message),
  )

test('死亡: 住民票は消除され、残った一人が世帯主になる', () => {
  const changed = apply({ kind: '死亡', addresseeNumbers: ['1'] }, facts(couple))
  const [dead, left] = changed
  assert.equal(dead?.status, '2')
  assert.equal(dead?.removedOn, '2026-07-05')
  assert.equal(dead?.changeReason, '05')
  assert.equal(left?.addresseeNumber, '2')
  assert.equal(left?.relationship, '世帯主')
  assert.equal(left?.changeReason, '06')
  assert.equal(left?.operatedOn, today)
})

test('死亡: 世帯主が亡くなり二人以上残るときは、新しい世帯主を書くまで受け付けない', () => {
  refused({ kind: '死亡', addresseeNumbers: ['1'] }, facts(family), /世帯主がいなくなります/)
  const changed = apply(
    { kind: '死亡', addresseeNumbers: ['1'], relationships: { 2: '世帯主' } },
    facts(family),
  )
  assert.deepEqual(
    changed.map((person) => [person.addresseeNumber, person.relationship]),
    [
      ['1', '世帯主'],
      ['2', '世帯主'],
    ],
  )
})

test('世帯主が二人になる異動は断る', () => {
  refused(
    { kind: '死亡', addresseeNumbers: ['3'], relationships: { 2: '世帯主' } },
    facts(family),
    /世帯主が2人/,
  )
})

test('転出: 転出先を残して消除する', () => {
  const [gone] = apply(
    { kind: '転出', addresseeNumbers: ['2'], movedToMunicipality: '432024' },
    facts(couple),
  )
  assert.equal(gone?.status, '2')
  assert.equal(gone?.movedToMunicipality, '432024')
  assert.equal(gone?.changeReason, '04')
})

test('転入: 新しい宛名番号と世帯番号で載り、支援措置と適用除外は引き継がない', () => {
  const [before] = couple
  const arrival = { ...before!, movedFromMunicipality: '432024', supportKind: '1' }
  const [came] = apply({ kind: '転入', address }, facts([], [arrival]))
  assert.equal(came?.householdNumber, '901')
  assert.equal(came?.addresseeNumber, '902')
  assert.equal(came?.residentFrom, '2026-07-05')
  assert.equal(came?.movedFromMunicipality, '432024')
  assert.equal(came?.supportKind, '0')
  assert.equal(came?.changeReason, '01')
})

test('転入: 続柄の誤り(世帯主のいない世帯へ一人で入る)は一人世帯の世帯主になおる', () => {
  const [before] = couple
  const [came] = apply(
    { kind: '転入', address },
    facts([], [{ ...before!, relationship: '母', movedFromMunicipality: null }]),
  )
  assert.equal(came?.relationship, '世帯主')
})

test('転居: 住所が替わり、世帯はそのまま', () => {
  const changed = apply({ kind: '転居', addresseeNumbers: ['1', '2'], address }, facts(couple))
  assert.deepEqual(
    changed.map((person) => [person.townName, person.householdNumber, person.changeReason]),
    [
      ['模擬町一丁目', '100', '03'],
      ['模擬町一丁目', '100', '03'],
    ],
  )
})

test('世帯変更: 抜けた一人は新しい世帯の世帯主になる', () => {
  const changed = apply({ kind: '世帯変更', addresseeNumbers: ['3'] }, facts(family))
  assert.deepEqual(
    changed.map((person) => [person.householdNumber, person.relationship, person.changeReason]),
    [['901', '世帯主', '06']],
  )
})

test('生活保護: 始まりと終わりを書き、二重の開始と始まりのない終わりを断る', () => {
  const [on] = apply({ kind: '生活保護開始', addresseeNumbers: ['1'] }, facts(couple))
  assert.equal(on?.exclusionKind, '1')
  assert.equal(on?.exclusionFrom, '2026-07-05')
  refused({ kind: '生活保護開始', addresseeNumbers: ['1'] }, facts([on!]), /すでに適用除外/)
  const [off] = apply(
    { kind: '生活保護終了', addresseeNumbers: ['1'], occurredOn: '2026-07-08' },
    facts([on!]),
  )
  assert.equal(off?.exclusionUntil, '2026-07-08')
  refused({ kind: '生活保護終了', addresseeNumbers: ['2'] }, facts(couple), /期間中ではありません/)
})

test('支援措置: 始まりと終わり', () => {
  const [on] = apply({ kind: '支援措置開始', addresseeNumbers: ['2'] }, facts(couple))
  assert.deepEqual([on?.supportKind, on?.supportFrom, on?.supportUntil], ['1', '2026-07-05', null])
  const [off] = apply({ kind: '支援措置終了', addresseeNumbers: ['2'] }, facts([on!]))
  assert.deepEqual([off?.supportKind, off?.supportUntil], ['0', '2026-07-05'])
})

test('いない人、消除された人、先の日、住民となる前の日は、理由を全部あげて断る', () => {
  const gone = resident({ addresseeNumber: '9', status: '2', removedOn: plainDate('2026-06-01') })
  assert.throws(
    () =>
      apply(
        { kind: '死亡', addresseeNumbers: ['7', '9', '1'], occurredOn: '2026-07-11' },
        facts([...couple, gone]),
      ),
    (error) => error instanceof Refusal && error.reasons.length === 3,
  )
  refused(
    { kind: '死亡', addresseeNumbers: ['1'], occurredOn: '1980-01-01' },
    facts(couple),
    /住民となった日/,
  )
})

const newcomer = {
  name: '模擬　一郎',
  birthDate: '1950-01-01',
  sex: '1',
  relationship: '世帯主',
}
const arrivalOf = (part: Partial<Resident>): EventFacts['arrivals'][number] => ({
  ...resident({ relationship: '世帯主' }),
  ...part,
})

test('出生: 世帯の住所で載り、生まれた日から住民となる。いない世帯へは入れない', () => {
  const born = { name: '模擬　新', sex: '1', relationship: '子' }
  const arrival = arrivalOf({ relationship: '子', birthDate: plainDate('2026-07-05') })
  const [child] = apply(
    { kind: '出生', householdNumber: '100', newborns: [born] },
    facts(couple, [arrival]),
  )
  assert.deepEqual(
    [child?.householdNumber, child?.townName, child?.residentFrom, child?.changeReason],
    ['100', '千葉城町', '2026-07-05', '02'],
  )
  refused(
    { kind: '出生', householdNumber: '555', newborns: [born] },
    facts(couple, [arrival]),
    /世帯番号 555 の世帯に、今いる人がありません/,
  )
})

test('氏名変更: 書いた項目だけが変わり、何も変わらない届出は断る', () => {
  const [renamed] = apply(
    { kind: '氏名変更', addresseeNumbers: ['2'], name: '別名　花子', formerName: '模擬' },
    facts(couple),
  )
  assert.deepEqual(
    [renamed?.name, renamed?.formerName, renamed?.nameKana, renamed?.changeReason],
    ['別名　花子', '模擬', 'モギ　ハナコ', '07'],
  )
  refused(
    { kind: '氏名変更', addresseeNumbers: ['2'], name: '模擬　花子' },
    facts(couple),
    /もうそのとおり/,
  )
})

test('職権消除と職権回復: 消えた住民票だけが回復し、世帯主のいない世帯はできない', () => {
  const reason = '実態調査'
  const [gone] = apply({ kind: '職権消除', addresseeNumbers: ['2'], reason }, facts(couple))
  assert.deepEqual([gone?.status, gone?.removedOn, gone?.changeReason], ['2', '2026-07-05', '10'])
  const [back] = apply(
    { kind: '職権回復', addresseeNumbers: ['2'], reason },
    facts([couple[0]!, gone!]),
  )
  assert.deepEqual([back?.status, back?.removedOn, back?.changeReason], ['1', null, '08'])
  refused(
    { kind: '職権回復', addresseeNumbers: ['2'], reason },
    facts(couple),
    /消除されていません/,
  )
})

test('職権修正: 消除の日も直せる。日付どうしの矛盾はすべてあげて断る', () => {
  const reason = '戸籍照会'
  const gone = resident({ status: '2', removedOn: plainDate('2026-06-20'), changeReason: '05' })
  const [mended] = apply(
    { kind: '職権修正', addresseeNumbers: ['1'], reason, corrections: { removedOn: '2026-06-18' } },
    facts([gone]),
  )
  assert.deepEqual([mended?.removedOn, mended?.changeReason], ['2026-06-18', '09'])
  assert.throws(
    () =>
      apply(
        {
          kind: '職権修正',
          addresseeNumbers: ['1'],
          reason,
          corrections: {
            birthDate: '2026-07-06',
            residentFrom: '2026-07-07',
            removedOn: '2026-07-01',
          },
        },
        facts(couple),
      ),
    (error) => error instanceof Refusal && error.reasons.length === 4,
  )
})

test('外国人の転入: 在留資格と満了日が合わなければ断り、永住者は満了日なしで載る', () => {
  const foreign = { ...newcomer, residentKind: '2' }
  const moveIn = (stay: object) => ({
    kind: '転入',
    address,
    newcomers: [{ ...foreign, ...stay }],
  })
  const known = (stay: Partial<Resident>) =>
    facts([], [arrivalOf({ residentKind: '2', movedFromMunicipality: null, ...stay })])
  refused(moveIn({}), known({}), /在留資格が要ります/)
  refused(moveIn({ residenceStatus: '短期滞在' }), known({}), /住民票に載りません/)
  refused(moveIn({ residenceStatus: '留学' }), known({}), /在留期間満了日が要ります/)
  refused(
    moveIn({ residenceStatus: '永住者', stayUntil: '2027-01-01' }),
    known({}),
    /満了日はありません/,
  )
  refused(
    { kind: '転入', address, newcomers: [{ ...newcomer, residenceStatus: '永住者' }] },
    known({}),
    /日本人には/,
  )
  const [came] = apply(moveIn({ residenceStatus: '永住者' }), known({ residenceStatus: '永住者' }))
  assert.deepEqual([came?.residentKind, came?.residenceStatus], ['2', '永住者'])
})

test('支援措置: 二つの効果は別々に付き、終われば両方なくなる', () => {
  const start = { kind: '支援措置開始', addresseeNumbers: ['2'], selfProvisionDisabled: true }
  const [both] = apply(start, facts(couple))
  assert.deepEqual([both?.nonDisclosure, both?.selfProvisionDisabled], ['1', '1'])
  refused(start, facts([both!]), /支援措置変更/)
  const [one] = apply(
    {
      kind: '支援措置変更',
      addresseeNumbers: ['2'],
      nonDisclosure: true,
      selfProvisionDisabled: false,
    },
    facts([both!]),
  )
  assert.deepEqual(
    [one?.nonDisclosure, one?.selfProvisionDisabled, one?.supportKind],
    ['1', '0', '1'],
  )
  const [none] = apply({ kind: '支援措置終了', addresseeNumbers: ['2'] }, facts([one!]))
  assert.deepEqual([none?.nonDisclosure, none?.supportKind], ['0', '0'])
})

test('遡った異動: 後の同じ種類の異動の上には書かず、先に取り消すよう言う', () => {
  const later = [
    { addresseeNumber: '1', kind: '転居', occurredOn: plainDate('2026-07-08') },
    { addresseeNumber: '1', kind: '生活保護開始', occurredOn: plainDate('2026-07-09') },
  ]
  assert.throws(
    () => apply({ kind: '転居', addresseeNumbers: ['1'], address }, facts(couple, [], { later })),
    (error) =>
      error instanceof Refusal &&
      /転居\(2026-07-08\)/.test(error.message) &&
      error.reasons.length === 1,
  )
  const [named] = apply(
    { kind: '氏名変更', addresseeNumbers: ['1'], name: '別名　花子' },
    facts(couple, [], { later }),
  )
  assert.equal(named?.changedOn, '2026-07-05')
})

test('異動の取消: 前の姿に戻り、あとに別の異動があれば断る', () => {
  const cancel = {
    kind: '異動の取消',
    cancels: '7f3c1c9e-0000-4000-8000-000000000009',
    occurredOn: '2026-07-09',
    reason: '人違い',
  }
  const before = couple[1]!
  const [after] = apply({ kind: '死亡', addresseeNumbers: ['2'] }, facts(couple))
  const cancelled = [{ addresseeNumber: '2', before, after: after! }]
  const [back] = apply(cancel, facts([couple[0]!, after!], [], { cancelled }))
  assert.deepEqual(
    [back?.status, back?.removedOn, back?.changeReason, back?.changedOn, back?.operatedOn],
    ['1', null, '08', '2026-07-05', today],
  )
  const moved = { ...after!, name: '別名　花子' }
  refused(cancel, facts([couple[0]!, moved], [], { cancelled }), /新しい順に取り消して/)
})

test('異動の取消: 取り消した転入は来た日に消除され、取り消した生活保護は空の期間になる', () => {
  const cancel = {
    kind: '異動の取消',
    cancels: '7f3c1c9e-0000-4000-8000-000000000009',
    reason: '人違い',
  }
  const [came] = apply({ kind: '転入', address }, facts([], [arrivalOf({})]))
  const [never] = apply(
    cancel,
    facts([came!], [], { cancelled: [{ addresseeNumber: '902', before: null, after: came! }] }),
  )
  assert.deepEqual(
    [never?.status, never?.removedOn, never?.residentFrom, never?.changeReason],
    ['2', '2026-07-05', '2026-07-05', '10'],
  )
  const [on] = apply({ kind: '生活保護開始', addresseeNumbers: ['1'] }, facts(couple))
  const [off] = apply(
    cancel,
    facts([on!, couple[1]!], [], {
      cancelled: [{ addresseeNumber: '1', before: couple[0]!, after: on! }],
    }),
  )
  assert.deepEqual(
    [off?.exclusionKind, off?.exclusionFrom, off?.exclusionUntil],
    ['1', '2026-07-05', '2026-07-05'],
  )
})
