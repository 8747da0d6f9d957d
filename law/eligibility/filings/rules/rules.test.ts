import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, individualNumberCheckDigit, type PlainDate, plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { foldName } from '../../search/foldName.ts'
import type { KnownPerson } from '../effect.ts'
import type { FieldValue, FiledAddress, FilingContent } from '../filing.ts'
import { type FilingKind, filingKinds } from '../kinds.ts'
import { checkContent } from './checkContent.ts'
import { checkPlaces } from './checkPlaces.ts'
import { type Compared, compareRecords } from './compareRecords.ts'
import { dueDay, lateness } from './dueDay.ts'
import { intakeMissing } from './intakeMissing.ts'
import { judgeFiling } from './judgeFiling.ts'

const today = plainDate('2026-07-01')
const content = (kind: FilingKind, given: Partial<FilingContent> = {}): FilingContent => ({
  kind,
  addresseeNumber: null,
  filedOn: today,
  occurredOn: filingKinds[kind].occurred === null ? null : today,
  filer: 'self',
  proxy: null,
  fields: {},
  numberState: 'blank',
  numberReason: '書いていなかった',
  numberCheck: null,
  identityCheck: ['driversLicence'],
  documents: [],
  ...given,
})
const known = (given: Partial<KnownPerson> = {}): KnownPerson => ({
  residentKey: 430_000_000_001,
  subjectKey: 4_343_100_007,
  municipality: '431001',
  addresseeNumber: '1',
  name: '庭球　花子',
  nameKana: 'テイキュウ　ハナコ',
  birthDate: plainDate('1945-02-11'),
  sex: '2',
  present: true,
  residentFrom: plainDate('1990-04-01'),
  numberHeld: true,
  underSupportMeasure: false,
  insuredFrom: plainDate('2020-02-11'),
  insuredUntil: null,
  insuredIn: '431001',
  groundLost: null,
  certifiedOn: null,
  evidenceUntil: null,
  provision: null,
  exclusion: null,
  destinations: [],
  address: {
    postalCode: null,
    prefecture: '熊本県',
    municipalityName: '天草市',
    town: '架空町',
    houseNumber: '１−２',
    building: null,
  },
  household: { number: '7', relationship: '世帯主' },
  ...given,
})

test('届出の期限は事由の日から14日。14日目は遅れでなく、15日目は遅れ', () => {
  const filed = (occurredOn: PlainDate) => content('nameChange', { occurredOn })
  assert.equal(dueDay(filed(plainDate('2026-06-17'))), '2026-07-01')
  assert.deepEqual(lateness(filed(plainDate('2026-06-17'))), [])
  const [late] = lateness(filed(plainDate('2026-06-16')))
  assert.match(late?.sentence ?? '', /1日過ぎています/)
  assert.equal(dueDay(content('certificateApplication')), '2026-07-15')
})

test('身元確認は、写真つき1点か、写真なし2点。同じ書類を2度数えない', () => {
  const missing = (identityCheck: FilingContent['identityCheck']) =>
    intakeMissing(content('certificateApplication', { identityCheck })).map(({ code }) => code)
  assert.deepEqual(missing([]), ['identity'])
  assert.deepEqual(missing(['pensionBook']), ['identity'])
  assert.deepEqual(missing(['pensionBook', 'pensionBook']), ['identity'])
  assert.deepEqual(missing(['pensionBook', 'careInsuranceCard']), [])
  assert.deepEqual(missing(['passport']), [])
})

test('番号が書かれていれば番号確認が、代理人なら代理権の書類が要る', () => {
  const codes = (given: Partial<FilingContent>) =>
    intakeMissing(content('certificateApplication', given)).map(({ code }) => code)
  assert.deepEqual(codes({ numberState: 'written' }), ['numberCheck'])
  assert.deepEqual(codes({ numberState: 'written', numberCheck: 'residentRegister' }), [])
  const proxy = { name: '庭球　次郎', relation: '子', documents: [] }
  assert.deepEqual(codes({ filer: 'proxy', proxy }), ['proxy'])
  assert.deepEqual(codes({ proxy: { ...proxy, documents: ['letterOfAttorney'] } }), [])
})

test('障害認定の年齢は、65歳の誕生日から75歳の誕生日の前日まで', () => {
  const answer = (birthDate: string) =>
    judgeFiling({
      content: content('disabilityApplication', {
        documents: ['disabilityProof'],
        fields: { proof: 'intellectual', grade: 'A', formerLoss: 'none' },
      }),
      known: known({ birthDate: plainDate(birthDate), insuredFrom: null }),
      today,
    }).answer
  assert.deepEqual(['1961-07-02', '1961-07-01', '1951-07-02', '1951-07-01'].map(answer), [
    'refused',
    'granted',
    'granted',
    'refused',
  ])
})

test('精神障害者保健福祉手帳は、有効期限の日まで使える', () => {
  const answer = (until: PlainDate) =>
    judgeFiling({
      content: content('disabilityApplication', {
        documents: ['disabilityProof'],
        fields: { proof: 'mental', grade: '2', proofUntil: until, formerLoss: 'none' },
      }),
      known: known({ birthDate: plainDate('1956-03-10'), insuredFrom: null }),
      today,
    }).answer
  assert.deepEqual([answer(today), answer(addDays(today, -1))], ['granted', 'refused'])
})

test('認められない理由があれば、足りないものがあっても断る。無駄な書類を取りに行かせない', () => {
  const judged = judgeFiling({
    content: content('specifiedDisease', { fields: { disease: '1' } }),
    known: known({ insuredFrom: null }),
    today,
  })
  assert.equal(judged.answer, 'refused')
  assert.ok(judged.missing.length > 0)
})

const compared = (item: Compared['item'], counter: string, register: string, before?: string) =>
  compareRecords([{ item, counter, register, before: before ?? null }], foldName)[0]?.cause

test('差異の原因: 字形・書き方・方書・月日の入れちがい・日付・住基の反映待ち', () => {
  assert.equal(compared('氏名', '辻　ヨネ', '辻\u{E0100}　ヨネ'), 'glyph')
  assert.equal(compared('氏名', '髙木　ヨネ', '高木　ヨネ'), 'glyph')
  assert.equal(compared('氏名', '高木　ヨネ', '高本　ヨネ'), 'mistyped')
  assert.equal(compared('住所', '天草市本渡町１番２号', '天草市本渡町1-2'), 'notation')
  assert.equal(compared('住所', '天草市本渡町１番２号', '天草市本渡町１番２号架空荘'), 'building')
  assert.equal(compared('生年月日', '1939-05-03', '1939-03-05'), 'swappedDay')
  assert.equal(compared('生年月日', '1939-05-03', '1938-05-03'), 'mistypedDay')
  assert.equal(compared('続柄', '母', '世帯主', '世帯主'), 'awaitingRegister')
  assert.equal(compared('氏名', '同じ', '同じ'), undefined)
})

test('差異の原因: 氏名・生年月日・性別のうち2つがちがえば、別の人を疑う', () => {
  const found = compareRecords(
    [
      { item: '氏名', counter: '庭球　花子', register: '野球　清', before: null },
      { item: '生年月日', counter: '1939-05-03', register: '1944-01-09', before: null },
      { item: '性別', counter: '2', register: '2', before: null },
      { item: '続柄', counter: '妻', register: '世帯主', before: null },
    ],
    foldName,
  )
  assert.deepEqual(
    found.map(({ item, cause }) => [item, cause]),
    [
      ['氏名', 'anotherPerson'],
      ['生年月日', 'anotherPerson'],
      ['続柄', 'mistyped'],
    ],
  )
})

test('どんな値が来ても、検査は倒れず、値をくり返さない', () => {
  const kinds = Object.keys(filingKinds) as FilingKind[]
  const body = '88000000123'
  const number = `${body}${individualNumberCheckDigit(body)}`
  const value = fc.oneof(
    fc.constant(null),
    fc.constant(number),
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant([]),
    fc.array(fc.record({ from: fc.string(), until: fc.string(), place: fc.string() })),
    fc.record({
      postalCode: fc.constant(null),
      prefecture: fc.string(),
      municipalityName: fc.string(),
      town: fc.string(),
      houseNumber: fc.constant(null),
      building: fc.constant(null),
    }),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.array(value, { minLength: 20, maxLength: 20 }),
      fc.boolean(),
      (kind, values, newcomer) => {
        const names = [...Object.keys(filingKinds[kind].fields), 'unknown']
        const fields = Object.fromEntries(names.map((name, index) => [name, values[index]]))
        const faults = checkContent(
          content(kind, { fields: fields as Readonly<Record<string, FieldValue>> }),
          { today, newcomer },
        )
        assert.ok(!JSON.stringify(faults).includes(number))
        for (const { at, sentence } of faults) assert.ok(at !== '' && sentence.endsWith('。'))
      },
    ),
  )
})

test('日付: 制度の始まりより前、生まれる前、ありえない年は、欄を名ざして断る', () => {
  const codes = (kind: FilingKind, given: Partial<FilingContent>) =>
    checkContent(content(kind, given), { today, newcomer: false })
      .filter(({ code }) => code !== 'required')
      .map(({ at, code }) => `${at} ${code}`)
  const filed = (filedOn: string) =>
    codes('certificateApplication', { filedOn: plainDate(filedOn) })
  assert.deepEqual(filed('2008-03-31'), ['filedOn beforeLaw'])
  assert.deepEqual(filed('2008-04-01'), [])
  const died = (occurredOn: string) =>
    codes('lossDeath', { filer: 'family', occurredOn: plainDate(occurredOn) })
  assert.deepEqual(died('0001-01-01'), ['occurredOn beforeLaw'])
  assert.deepEqual(died('2008-04-01'), [])
  const born = (birthDate: string) =>
    codes('identityCorrection', { numberReason: null, fields: { birthDate } })
  for (const day of [addDays(today, 1), '0001-01-01', '1872-12-31', '9999-12-31'])
    assert.deepEqual(born(day), ['fields.birthDate misfit'], day)
  assert.deepEqual(born('1873-01-01'), [])
  assert.deepEqual(born(today), [])
})

test('書けない字は、どの欄にあっても断る。空けただけの欄は、書かなかったのと同じ', () => {
  const faults = (given: Partial<FilingContent>) =>
    checkContent(content('nameChange', given), { today, newcomer: false }).map(
      ({ at, code }) => `${at} ${code}`,
    )
  const fields = { name: '庭球　花', nameKana: 'テイキュウ　ハナ' }
  assert.deepEqual(faults({ fields }), [])
  assert.deepEqual(faults({ fields: { ...fields, name: '庭\u0000球' } }), [
    'fields.name unwritable',
  ])
  assert.deepEqual(faults({ fields: { ...fields, name: '\ud83d' } }), ['fields.name unwritable'])
  assert.deepEqual(faults({ fields: { ...fields, name: '辻\u{e0100}' } }), [])
  assert.deepEqual(faults({ fields, numberReason: 'な\u0007し' }), ['numberReason unwritable'])
  for (const categoryIIFrom of ['', '\n', [], null]) {
    const judged = judgeFiling({
      content: content('longHospitalisation', {
        documents: ['stayProof'],
        fields: { categoryIIFrom, stays: [{ from: today, until: today, place: '架空病院' }] },
      }),
      known: known(),
      today,
    })
    assert.deepEqual(
      judged.missing.map(({ code }) => code),
      ['categoryIIFrom'],
    )
  }
})

test('登録と同じ住所・世帯の届出は、同じと言って断る。隠す住所の人には、同じかどうかも言わない', () => {
  const answer = (kind: FilingKind, fields: FilingContent['fields'], given = known()) =>
    judgeFiling({ content: content(kind, { fields }), known: given, today }).reasons.find(
      ({ code }) => code === 'changes',
    )?.met
  const lives = known().address as FiledAddress
  assert.equal(answer('addressChange', { address: { ...lives, houseNumber: '1-2' } }), 'unmet')
  assert.equal(answer('addressChange', { address: { ...lives, houseNumber: '1-3' } }), 'met')
  assert.equal(answer('addressChange', { address: lives }, known({ address: null })), undefined)
  const household = { householdNumber: '7', relationship: '世帯主' }
  assert.equal(answer('householdChange', household), 'unmet')
  assert.equal(answer('householdChange', { ...household, relationship: '父' }), 'met')
})

test('国保の保険者番号は6桁か8桁で検証番号が合い、広域連合は都道府県番号', () => {
  const faults = (insurerNumber: string, insurerUnion = '40') =>
    checkContent(
      content('provisionBegan', {
        fields: { side: 'nationalHealth', insurerNumber, insurerUnion },
      }),
      { today, newcomer: false },
    )
      .filter(({ at }) => at.startsWith('fields.insurer'))
      .map(({ at }) => at)
  for (const sound of ['400010', '39401302']) assert.deepEqual(faults(sound), [])
  for (const wrong of ['00000000', '400011', '480012', '4000100', 'ABCDEF'])
    assert.deepEqual(faults(wrong), ['fields.insurerNumber'])
  assert.deepEqual(faults('400010', '48'), ['fields.insurerUnion'])
})

test('住所はこの市区町村の中、住所地特例の施設は、どちらの被保険者かに合う側にある', () => {
  const faults = (kind: FilingKind, fields: FilingContent['fields'], municipality = '天草市') =>
    checkPlaces(content(kind, { fields }), {
      municipality,
      union: '熊本県後期高齢者医療広域連合',
    }).map(({ at, code }) => `${at} ${code}`)
  const lies = (municipalityName: string, prefecture = '熊本県') => ({
    postalCode: null,
    prefecture,
    municipalityName,
    town: '架空町',
    houseNumber: null,
    building: null,
  })
  const moved = (name: string, prefecture?: string, own?: string) =>
    faults('addressChange', { address: lies(name, prefecture) }, own)
  assert.deepEqual(moved('天草市'), [])
  assert.deepEqual(moved('上天草市'), ['fields.address elsewhere'])
  assert.deepEqual(moved('天草市', '東京都'), ['fields.address elsewhere'])
  assert.deepEqual(moved('熊本市中央区', '熊本県', '熊本市'), [])
  assert.deepEqual(moved('上益城郡益城町', '熊本県', '益城町'), [])
  const facility = (side: string, prefecture: string) =>
    faults('provisionBegan', { side, facilityAddress: lies('架空市', prefecture) })
  assert.deepEqual(facility('ours', '福岡県'), [])
  assert.deepEqual(facility('ours', '熊本県'), ['fields.facilityAddress sameArea'])
  assert.deepEqual(facility('others', '熊本県'), [])
  assert.deepEqual(facility('others', '福岡県'), ['fields.facilityAddress otherArea'])
})

test('資格取得届: 前の日からここの被保険者である人と、亡くなった人は取得しない。出て戻った人は取得する', () => {
  const answer = (given: Partial<KnownPerson>) => {
    const judged = judgeFiling({
      content: content('acquisitionMoveIn', { fields: { formerLoss: 'none' } }),
      known: known(given),
      today,
    })
    return judged.reasons.filter(({ met }) => met === 'unmet').map(({ code }) => code)
  }
  assert.deepEqual(answer({}), ['notYetInsured'])
  assert.deepEqual(answer({ insuredFrom: today }), [])
  assert.deepEqual(answer({ insuredFrom: null, insuredIn: null }), [])
  assert.deepEqual(answer({ insuredIn: '432156', present: false }), [])
  const left = { present: false, groundLost: '02' } as const
  assert.deepEqual(answer({ ...left, insuredUntil: today }), [])
  assert.deepEqual(answer({ ...left, insuredUntil: addDays(today, 1) }), ['notYetInsured'])
  assert.deepEqual(answer({ ...left, groundLost: '01', insuredUntil: today }), ['notYetInsured'])
})

test('負担区分等証明書: 割合と限度区分が合い、適用日が届出の日までなら受け、転入の日からの事実にする', () => {
  const filed = (fields: FilingContent['fields'], documents: string[] = []) =>
    content('acquisitionMoveIn', {
      fields: { formerLoss: 'none', ...fields },
      documents,
    })
  const share = (given: FilingContent['fields']) => ({
    certifiedTenths: '3',
    certifiedCategory: 'active1',
    certifiedFrom: today,
    certifiedIssuer: '架空県後期高齢者医療広域連合',
    ...given,
  })
  const faults = (fields: FilingContent['fields']) =>
    checkContent(filed(fields), { today, newcomer: false })
      .filter(({ at }) => at.startsWith('fields.certified'))
      .map(({ at, code }) => `${at.slice('fields.certified'.length)} ${code}`)
  assert.deepEqual(faults({}), [])
  assert.deepEqual(faults(share({})), [])
  assert.deepEqual(faults(share({ certifiedFrom: addDays(today, 1) })), ['From inFuture'])
  assert.deepEqual(faults(share({ certifiedIssuer: null })), ['Issuer required'])
  assert.deepEqual(faults(share({ certifiedTenths: null })), ['Tenths required'])
  const fits = ['active3 3', 'active2 3', 'active1 3', 'general2 2', 'general1 1', 'lowIncome2 1']
  for (const line of [...fits, 'lowIncome1 1', 'none 1', 'none 2', 'none 3']) {
    const [certifiedCategory = '', own] = line.split(' ')
    for (const certifiedTenths of ['1', '2', '3'])
      assert.deepEqual(
        faults(share({ certifiedCategory, certifiedTenths })),
        certifiedCategory === 'none' || certifiedTenths === own ? [] : ['Category contradicts'],
        line,
      )
  }
  const judged = (fields: FilingContent['fields'], documents: string[] = []) =>
    judgeFiling({ content: filed(fields, documents), known: known({ insuredFrom: today }), today })
  const fact = judged(share({})).effects.find(({ kind }) => kind === 'fact')
  assert.deepEqual(fact, { kind: 'fact', from: today, until: null, fields: share({}) })
  const warned = (fields: FilingContent['fields'], documents: string[]) =>
    judged(fields, documents)
      .warnings.map(({ code }) => code)
      .filter((code) => code.startsWith('burden'))
  assert.deepEqual(warned(share({}), ['burdenCertificate']), [])
  assert.deepEqual(warned({}, ['burdenCertificate']), ['burdenCertificateNotTyped'])
  assert.deepEqual(warned({}, []), ['burdenCertificate'])
})
