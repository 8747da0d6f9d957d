import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { addDays, plainDate } from '@koiki/kernel'
import { 住民基本台帳情報 } from '@koiki/layouts'
import { fixedClock, type Scope, testDatabase } from '@koiki/store'
import { keysOf, newKey, openVault } from '@koiki/vault'
import { digitsOf, received, resident, residentFile } from '../cases/townsfolk.ts'
import { decideResidents } from '../jobs/decideResidents.ts'
import { importResidents } from '../jobs/importResidents.ts'
import { findDue } from '../store/dueResidents.ts'
import type { FieldValue, FiledAddress, FilingContent } from './filing.ts'
import { openFiling } from './jobs/advanceFiling.ts'
import { cancelFiling } from './jobs/cancelFiling.ts'
import type { Clerk } from './jobs/clerk.ts'
import {
  answerInsurer,
  assignFiling,
  checkFiling,
  enterSecond,
  settleFiling,
  supplementFiling,
  withdrawFiling,
} from './jobs/moveFiling.ts'
import { reconcileFilings } from './jobs/reconcileFilings.ts'
import { resolveDifference } from './jobs/resolveDifferences.ts'
import { previewFiling, type TakenFiling, takeFiling } from './jobs/takeFiling.ts'
import { type FilingKind, filingKinds } from './kinds.ts'
import { listDifferences } from './store/differences.ts'

const union: Scope = { union: '43', municipality: '*' }
const municipality = '431001'
const today = plainDate('2026-07-01')
const vault = await openVault({
  party: 'union',
  provider: {
    name: '試験の鍵',
    open: async () => ({ seal: keysOf([[1, newKey()]]), index: keysOf([[1, newKey()]]) }),
  },
})
const clerkOf = (name: string, office = municipality): Clerk => ({
  account: { id: randomUUID(), name },
  municipality: office,
  terminal: null,
  address: null,
  purpose: '届出・申請の受付',
})
const yamashita = clerkOf('見本 山下')
const sato = clerkOf('見本 佐藤')
const kawakami = clerkOf('見本 川上', '*')

const db = await testDatabase({ after }, 'union', fixedClock(today))

let people = 100
/** One more invented resident, taken in and decided; an insured one unless born later. */
async function someone(given: Parameters<typeof resident>[1] = {}): Promise<string> {
  people += 1
  await takeFile([resident(people, given)])
  await db.transaction(union, async (tx) =>
    decideResidents(tx, await findDue(tx, { municipality: '', running: 0 }, 1000), { jobId: '1' }),
  )
  return String(people).padStart(15, '0')
}

async function takeFile(rows: ReturnType<typeof resident>[]): Promise<string> {
  const file = received(住民基本台帳情報, municipality, residentFile(rows), today)
  // Every run of this file is a transmission of its own.
  const transmissionId = randomUUID()
  await db.transaction(union, async (tx) => {
    await importResidents(tx, { ...file, transmissionId }, { vault, jobId: '1' })
    await reconcileFilings(tx, municipality, transmissionId)
  })
  return transmissionId
}

const address: FiledAddress = {
  postalCode: '8600001',
  prefecture: '熊本県',
  municipalityName: '熊本市',
  town: '架空町三丁目',
  houseNumber: '３番３号',
  building: null,
}

type Paper = Partial<FilingContent> & { readonly fields?: Readonly<Record<string, FieldValue>> }

const paper = (kind: FilingKind, given: Paper = {}): FilingContent => ({
  kind,
  addresseeNumber: null,
  filedOn: today,
  occurredOn: filingKinds[kind].occurred === null ? null : plainDate('2026-06-25'),
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

type More = {
  readonly number?: string
  readonly clerk?: Clerk
  readonly id?: string
}

const file = (addressee: string, content: FilingContent, more: More = {}): Promise<TakenFiling> =>
  db.transaction(union, (tx) =>
    takeFiling(tx, vault, {
      filingId: more.id ?? randomUUID(),
      municipality: null,
      target: { addresseeNumber: addressee },
      content: { ...content, addresseeNumber: addressee },
      individualNumber: more.number,
      clerk: more.clerk ?? yamashita,
    }),
  )

/** Which kinds were granted, and which refused or left incomplete, in this run of the file. */
const seenGranted = new Set<FilingKind>()
const seenOther = new Set<FilingKind>()
after(() => {
  const kinds = Object.keys(filingKinds).sort()
  // A run of some tests only says nothing about all kinds.
  if (seenGranted.size < kinds.length - 2) return
  assert.deepEqual([...seenGranted].sort(), kinds, 'どの種類の届書も、一度は決まる')
  assert.deepEqual([...seenOther].sort(), kinds, 'どの種類の届書も、一度は断られるか待つ')
})

function taken(outcome: TakenFiling) {
  if (outcome.kind !== 'taken') assert.fail(JSON.stringify(outcome))
  const list = outcome.answer.answer === 'granted' ? seenGranted : seenOther
  list.add(outcome.filing.kind)
  return outcome
}

const decisions = (outcome: TakenFiling): string[] =>
  taken(outcome).answer.decisions.map(({ kind, effectiveOn }) => `${kind} ${effectiveOn}`)
const against = (outcome: TakenFiling): string[] =>
  taken(outcome)
    .answer.reasons.filter(({ met }) => met === 'unmet')
    .map(({ code }) => code)
const lacking = (outcome: TakenFiling): string[] =>
  taken(outcome).answer.missing.map(({ code }) => code)
const faults = (outcome: TakenFiling): string[] => {
  assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome))
  return outcome.kind === 'stopped' ? outcome.faults.map(({ at, code }) => `${at} ${code}`) : []
}

const newcomer: Readonly<Record<string, FieldValue>> = {
  name: '庭球　太郎',
  nameKana: 'テイキュウ　タロウ',
  birthDate: '1944-04-04',
  sex: '1',
  address,
}
const fresh = (): string => {
  people += 1
  return String(people).padStart(15, '0')
}
const young = { 生年月日: plainDate('1956-03-10') }
const certified = async (): Promise<string> => {
  const person = await someone(young)
  taken(await file(person, disability()))
  return person
}
const disability = (fields: Readonly<Record<string, FieldValue>> = {}): FilingContent =>
  paper('disabilityApplication', {
    documents: ['disabilityProof'],
    fields: { proof: 'physical', grade: '2', formerLoss: 'none', ...fields },
  })
const destination = (kind: FilingKind): FilingContent =>
  paper(kind, {
    fields:
      kind === 'destinationEnd'
        ? { covers: 'all', reason: '家に戻った' }
        : {
            recipientName: '庭球　次郎',
            relation: 'family',
            destination: address,
            covers: 'all',
            reason: '入院している',
          },
  })

test('資格取得届(転入): 記録のない75歳以上の人は、その場で取得し、被保険者番号が付く', async () => {
  const granted = await file(
    fresh(),
    paper('acquisitionMoveIn', {
      fields: { ...newcomer, formerLoss: 'none', movedFrom: '401307' },
    }),
  )
  assert.deepEqual(decisions(granted), ['取得 2026-06-25'])
  assert.match(taken(granted).answer.insuredNumber ?? '', /^[0-9]{8}$/)
  assert.match(taken(granted).filing.receiptNumber, /^431001-R8-\d{5}$/)
  const refused = await file(
    fresh(),
    paper('acquisitionMoveIn', {
      fields: { ...newcomer, birthDate: '1960-01-01', formerLoss: 'none' },
    }),
  )
  assert.deepEqual(against(refused), ['ofAge'])
  assert.match(taken(refused).answer.appeal ?? '', /審査請求/)
})

test('資格取得届(転入): 障害認定証明書を持って来た人は、転入の日から取得する', async () => {
  const content = paper('acquisitionMoveIn', {
    fields: { ...newcomer, birthDate: '1956-01-01', formerLoss: 'none', disabilityProof: true },
  })
  assert.deepEqual(lacking(await file(fresh(), content)), ['document.disabilityCertificate'])
  const granted = await file(fresh(), { ...content, documents: ['disabilityCertificate'] })
  assert.deepEqual(decisions(granted), ['取得 2026-06-25'])
})

test('資格取得届: 前の保険者の喪失が分からなければ待ち、答えが入れば決まる(※1)', async () => {
  const waiting = taken(
    await file(
      fresh(),
      paper('acquisitionOther', {
        fields: {
          ...newcomer,
          cause: '職権による記載',
          formerLoss: 'unconfirmed',
          formerInsurerName: '架空健保',
        },
      }),
    ),
  )
  assert.deepEqual(lacking(waiting), ['formerInsurer'])
  assert.equal(waiting.state, 'incomplete')
  const confirmed = await file(
    fresh(),
    paper('acquisitionOther', {
      fields: { ...newcomer, cause: '職権による記載', formerLoss: 'none' },
    }),
  )
  assert.deepEqual(decisions(confirmed), ['取得 2026-06-25'])
  const { filingId } = waiting.filing
  const answered = (answer: 'unknown' | 'lost', version: number) =>
    db.transaction(union, (tx) =>
      answerInsurer(tx, {
        filingId,
        version,
        clerk: yamashita,
        answer: {
          answer,
          lostOn: answer === 'lost' ? plainDate('2026-06-25') : null,
          source: '架空健保に電話で確かめた',
        },
      }),
    )
  const unknown = await answered('unknown', 1)
  assert.deepEqual(unknown, { kind: 'moved', version: 2, state: 'incomplete' })
  assert.deepEqual(await answered('lost', 2), { kind: 'moved', version: 3, state: 'granted' })
  const rows = await db.transaction(union, (tx) =>
    tx.query<{ answer: string; source: string }>(
      'select answer, source from eligibility.former_insurer_inquiry where filing_id = $1 order by sequence',
      [filingId],
    ),
  )
  assert.deepEqual(
    rows.map(({ answer }) => answer),
    ['unknown', 'lost'],
  )
})

test('適用除外: 始まりの届でその日に失い、終わりの届でその日に取得する。別の種別では断る', async () => {
  const person = await someone()
  const began = paper('lossExclusion', {
    documents: ['startedNotice'],
    fields: { exclusionKind: '1' },
  })
  assert.deepEqual(lacking(await file(person, { ...began, documents: [] })), [
    'document.startedNotice',
  ])
  assert.deepEqual(decisions(await file(person, began)), ['喪失 2026-06-25'])
  const ended = paper('acquisitionExclusionEnded', {
    occurredOn: plainDate('2026-06-30'),
    documents: ['endedNotice'],
    fields: { exclusionKind: '2' },
  })
  assert.deepEqual(against(await file(person, ended)), ['wasExcluded', 'notExcluded'])
  const right = await file(person, { ...ended, fields: { exclusionKind: '1' } })
  assert.deepEqual(decisions(right), ['取得 2026-06-30'])
})

test('在留による適用除外も、始まりと終わりを届け出られる', async () => {
  const person = await someone()
  const began = await file(
    person,
    paper('lossExclusion', { documents: ['startedNotice'], fields: { exclusionKind: '4' } }),
  )
  assert.deepEqual(decisions(began), ['喪失 2026-06-25'])
  const ended = await file(
    person,
    paper('acquisitionExclusionEnded', {
      occurredOn: plainDate('2026-06-30'),
      documents: ['endedNotice'],
      fields: { exclusionKind: '4' },
    }),
  )
  assert.deepEqual(decisions(ended), ['取得 2026-06-30'])
})

test('障害認定申請: 等級が当たれば認定の日から取得し、当たらなければ当たる等級を言って断る', async () => {
  assert.deepEqual(decisions(await file(await someone(young), disability())), ['取得 2026-07-01'])
  const refused = await file(await someone(young), disability({ grade: '5' }))
  assert.deepEqual(against(refused), ['grade'])
  assert.match(taken(refused).answer.reasons[0]?.sentence ?? '', /3級/)
  const old = await file(await someone(), disability())
  assert.deepEqual(against(old), ['age'])
})

test('手帳の更新: 認定は続き、有効期限だけが延びる。取り消せば前の書類に戻る。当たらない等級や古い手帳は断る', async () => {
  const person = await someone(young)
  const mental = { proof: 'mental', grade: '2' }
  taken(await file(person, disability({ ...mental, proofUntil: '2026-08-31' })))
  const renewal = (proofUntil: string, grade = '2') =>
    paper('disabilityRenewal', {
      documents: ['disabilityProof'],
      fields: { ...mental, grade, proofUntil },
    })
  assert.deepEqual(against(await file(person, renewal('2026-08-31'))), ['newer'])
  assert.deepEqual(against(await file(person, renewal('2028-08-31', '3'))), ['grade'])
  const renewed = taken(await file(person, renewal('2028-08-31')))
  assert.deepEqual([renewed.state, renewed.answer.decisions], ['granted', []])
  assert.equal(renewed.answer.after.at(-1)?.lostOn, null)
  const until = () =>
    db.transaction(union, (tx) =>
      tx.one(
        `select d.evidence_until as until, d.certified_on as since
           from eligibility.disability_certification d
           join eligibility.resident r on r.resident_key = d.resident_key
          where r.municipality_code = $1 and r.addressee_number = $2 and upper_inf(d.held)`,
        [municipality, person],
      ),
    )
  assert.deepEqual(await until(), { until: '2028-08-31', since: today })
  const again = taken(await file(person, renewal('2030-08-31')))
  const cancel = (filingId: string) =>
    db.transaction(union, (tx) =>
      cancelFiling(tx, { filingId, version: 1, clerk: yamashita, reason: '誤り', confirm: true }),
    )
  assert.equal((await cancel(renewed.filing.filingId)).refusal?.kind, 'refused')
  assert.equal((await cancel(again.filing.filingId)).moved?.kind, 'moved')
  assert.deepEqual(await until(), { until: '2028-08-31', since: today })
})

test('訂正: 2人目が見ずに同じものを入れて効く。ちがえば2人に並べて見せ、何も直さない。同じ人は2人目になれない', async () => {
  const person = await someone()
  const correction = (fields: Readonly<Record<string, FieldValue>>): FilingContent =>
    paper('identityCorrection', {
      numberReason: null,
      documents: ['correctionProof'],
      fields,
    })
  const nothing = await file(person, correction({}))
  assert.deepEqual(lacking(nothing), ['corrected'])
  const entry = { name: '蹴球　ヨネ', birthDate: '1941-05-03' }
  const first = taken(await file(person, correction(entry)))
  assert.equal(first.state, 'awaitingCheck')
  const { filingId } = first.filing
  const held = () =>
    db.transaction(union, (tx) =>
      tx.one<{ name: string; birthDate: string }>(
        `select c.name, c.birth_date as "birthDate" from eligibility.resident r
           join eligibility.resident_record c
             on c.resident_key = r.resident_key and c.version = r.current_version
          where r.municipality_code = $1 and r.addressee_number = $2`,
        [municipality, person],
      ),
    )
  const before = await held()
  const enter = (version: number, clerk: Clerk, fields: FilingContent['fields']) =>
    db.transaction(union, (tx) => enterSecond(tx, { filingId, version, clerk, fields }))
  assert.equal((await enter(1, yamashita, entry)).kind, 'refused')
  const unreadable = await enter(1, sato, { ...entry, birthDate: '1941-02-30' })
  assert.equal(unreadable.kind, 'stopped')
  const checking = await db.transaction(union, (tx) =>
    checkFiling(tx, { filingId, version: 1, clerk: sato, agree: true, note: null }),
  )
  assert.equal(checking.kind, 'refused', 'うなずくだけでは2人目にならない')
  const other = await enter(1, sato, { ...entry, birthDate: '1941-03-05' })
  assert.deepEqual(other, { kind: 'moved', version: 2, state: 'incomplete' })
  assert.deepEqual(await held(), before)
  const opened = await db.transaction(union, (tx) =>
    openFiling(tx, { filingId, clerk: sato }, 'look'),
  )
  assert.deepEqual(
    opened?.answer.compared?.filter(({ first, second }) => first !== second),
    [
      {
        item: 'birthDate',
        label: '正しい生年月日',
        first: '1941-05-03',
        second: '1941-03-05',
      },
    ],
  )
  const again = await db.transaction(union, (tx) =>
    supplementFiling(tx, vault, {
      filingId,
      version: 2,
      clerk: sato,
      supplement: { note: '確認' },
    }),
  )
  assert.deepEqual(again, { kind: 'moved', version: 3, state: 'awaitingCheck' })
  assert.equal(
    (await enter(3, yamashita, entry)).kind,
    'refused',
    '入力の変わらない補正で1人目は替わらない',
  )
  const seenBoth = await enter(3, sato, entry)
  assert.match(
    seenBoth.kind === 'refused' ? seenBoth.sentence : seenBoth.kind,
    /まだ見ていない3人目/,
    'ちがったあと、2人の入力を見た人は、もう2人目ではない',
  )
  const done = await enter(3, kawakami, entry)
  assert.deepEqual(done, { kind: 'moved', version: 4, state: 'granted' })
  assert.deepEqual(await held(), entry)
  seenGranted.add('identityCorrection')
  const back = await db.transaction(union, (tx) =>
    cancelFiling(tx, { filingId, version: 4, clerk: yamashita, reason: '誤り', confirm: true }),
  )
  assert.equal(back.moved?.kind, 'moved')
  assert.deepEqual(await held(), before)

  const disputed = taken(await file(person, correction({ birthDate: '1941-05-08' }))).filing
  const dispute = (version: number, clerk: Clerk, birthDate: string) =>
    db.transaction(union, (tx) =>
      enterSecond(tx, { filingId: disputed.filingId, version, clerk, fields: { birthDate } }),
    )
  await dispute(1, sato, '1941-05-03')
  await db.transaction(union, (tx) =>
    supplementFiling(tx, vault, {
      filingId: disputed.filingId,
      version: 2,
      clerk: yamashita,
      supplement: { note: '書類のとおり' },
    }),
  )
  assert.deepEqual(await dispute(3, kawakami, '1941-05-03'), {
    kind: 'moved',
    version: 4,
    state: 'granted',
  })
  assert.equal((await held()).birthDate, '1941-05-03', '見ずに入れた2人が同じなら、その入力が効く')
})

test('障害認定申請: 診断書は広域連合が審査し、理由とともに決める', async () => {
  const person = await someone(young)
  const examined = taken(await file(person, disability({ proof: 'diagnosis', grade: 'examined' })))
  assert.equal(examined.state, 'examining')
  const move = { filingId: examined.filing.filingId, version: 1, clerk: kawakami }
  const decided = await db.transaction(union, (tx) =>
    settleFiling(tx, { ...move, examined: { answer: 'granted', reason: '別表の状態に当たる' } }),
  )
  assert.deepEqual(decided, { kind: 'moved', version: 2, state: 'granted' })
})

test('障害認定の撤回と障害状態不該当: 撤回は当日から、不該当は翌日から失う', async () => {
  const withdrawn = await file(await certified(), paper('disabilityWithdrawal'))
  // Certified and withdrawn on one day: the certification held on no day.
  assert.deepEqual(decisions(withdrawn), ['取消 2026-07-01'])
  assert.deepEqual(against(await file(await someone(), paper('disabilityWithdrawal'))), [
    'certified',
    'underAge',
  ])
  const person = await certified()
  const lost = await file(
    person,
    paper('disabilityLost', { occurredOn: today, fields: { cause: 'returned' } }),
  )
  assert.deepEqual(decisions(lost), ['喪失 2026-07-02'])
  const early = await file(
    await certified(),
    paper('disabilityLost', { occurredOn: plainDate('2026-06-01'), fields: { cause: 'returned' } }),
  )
  assert.deepEqual(against(early), ['afterCertification'])
})

test('氏名・住所・世帯の変更: 記録が変わり、同じ氏名への変更は断る', async () => {
  const person = await someone()
  const renamed = { name: '卓球　花子', nameKana: 'タッキュウ　ハナコ' }
  assert.equal(taken(await file(person, paper('nameChange', { fields: renamed }))).state, 'granted')
  assert.deepEqual(against(await file(person, paper('nameChange', { fields: renamed }))), [
    'changes',
  ])
  assert.equal(
    taken(await file(person, paper('addressChange', { fields: { address } }))).state,
    'granted',
  )
  const house = { householdNumber: '777', relationship: '母' }
  assert.equal(
    taken(await file(person, paper('householdChange', { fields: house }))).state,
    'granted',
  )
  const [record] = await db.transaction(union, (tx) =>
    tx.query<{ name: string; town: string; household: string; receipt: string }>(
      `select c.name, c.town_name as town, c.household_number as household,
              c.receipt_number as receipt
         from eligibility.resident r
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
        where r.addressee_number = $1`,
      [person],
    ),
  )
  assert.deepEqual(
    [record?.name, record?.town, record?.household],
    ['卓球　花子', '架空町三丁目', '777'],
  )
  assert.match(record?.receipt ?? '', /^431001-R8-/)
  const notInsured = await someone({ 生年月日: plainDate('1970-01-01') })
  assert.deepEqual(
    against(await file(notInsured, paper('addressChange', { fields: { address } }))),
    ['insured'],
  )
  assert.deepEqual(against(await file(notInsured, paper('householdChange', { fields: house }))), [
    'insured',
  ])
})

test('個人番号: 形、登録との一致、別の人の番号をその場で確かめ、止まる理由と次にすることを言う', async () => {
  const person = await someone()
  const own = digitsOf(people)
  await someone({
    氏名: '野球　清',
    氏名カナ: 'ヤキュウ　キヨシ',
    性別: '1',
    生年月日: plainDate('1938-08-08'),
  })
  const others = digitsOf(people)
  const written = paper('certificateApplication', {
    numberState: 'written',
    numberReason: null,
    numberCheck: 'individualNumberCard',
    fields: { reason: 'noCard' },
  })
  const wrong = `${own.slice(0, 11)}${(Number(own[11]) + 1) % 10}`
  assert.deepEqual(faults(await file(person, written, { number: wrong })), [
    'individualNumber numberMalformed',
  ])
  const differs = await file(person, written, { number: others })
  assert.deepEqual(faults(differs), ['individualNumber numberDiffers'])
  assert.deepEqual(
    differs.kind === 'stopped' ? differs.faults[0]?.next.map(({ code }) => code) : [],
    ['retype', 'numberChange', 'anotherPerson'],
  )
  assert.doesNotMatch(JSON.stringify(differs), new RegExp(others))
  assert.equal(taken(await file(person, written, { number: own })).state, 'granted')
  const spaced = own.replace(/(.{4})/g, '$1 ')
  assert.equal(taken(await file(person, written, { number: spaced })).state, 'granted')
  const ofAnother = await file(
    fresh(),
    paper('acquisitionMoveIn', {
      numberState: 'written',
      numberReason: null,
      numberCheck: 'individualNumberCard',
      fields: { ...newcomer, formerLoss: 'none' },
    }),
    { number: others },
  )
  assert.deepEqual(faults(ofAnother), ['individualNumber numberOfAnother'])
})

test('個人番号変更届: 新しい番号に替わる。番号がなければ待ち、補えば進む', async () => {
  const person = await someone()
  const before = digitsOf(people)
  people += 1
  const number = digitsOf(people)
  const waiting = taken(await file(person, paper('numberChange')))
  assert.deepEqual(lacking(waiting), ['individualNumber'])
  const supplemented = await db.transaction(union, (tx) =>
    supplementFiling(tx, vault, {
      filingId: waiting.filing.filingId,
      version: 1,
      clerk: yamashita,
      supplement: { individualNumber: number, numberCheck: 'individualNumberCard' },
    }),
  )
  assert.deepEqual(supplemented, { kind: 'moved', version: 2, state: 'granted' })
  assert.equal(
    taken(
      await file(
        await someone(),
        paper('numberChange', {
          numberState: 'written',
          numberReason: null,
          numberCheck: 'individualNumberCard',
        }),
        { number: digitsOf(99_001) },
      ),
    ).state,
    'granted',
  )
  const compared = await db.transaction(union, async (tx) => {
    const { token } = await tx.one<{ token: string }>(
      'select number_token::text as token from eligibility.resident where addressee_number = $1',
      [person],
    )
    return [await vault.compare(tx, number, token), await vault.compare(tx, before, token)]
  })
  assert.deepEqual(compared, ['一致', '不一致'])
})

test('記載・空欄・拒否・不明のどれでも受け付け、わけを残す。わけがなければ止まる', async () => {
  const person = await someone()
  for (const numberState of ['blank', 'refused', 'unknown'] as const) {
    const content = paper('certificateApplication', {
      numberState,
      numberReason: '番号を覚えていない',
      fields: { reason: 'noCard' },
    })
    assert.equal(taken(await file(person, content)).state, 'granted', numberState)
    assert.deepEqual(faults(await file(person, { ...content, numberReason: ' ' })), [
      'numberReason required',
    ])
  }
})

test('資格喪失届: 死亡は翌日、県外への転出は当日に失う。県内への転出では失わない', async () => {
  const died = await file(
    await someone(),
    paper('lossDeath', { filer: 'family', numberReason: null }),
  )
  assert.deepEqual(decisions(died), ['喪失 2026-06-26'])
  const notInsured = await someone({ 生年月日: plainDate('1970-01-01') })
  assert.deepEqual(
    against(await file(notInsured, paper('lossDeath', { filer: 'family', numberReason: null }))),
    ['insured'],
  )
  const left = paper('lossMoveOut', {
    fields: { destination: 'otherPrefecture', movedTo: '401307' },
  })
  assert.deepEqual(decisions(await file(await someone(), left)), ['喪失 2026-06-25'])
  const within = { destination: 'samePrefecture', movedTo: '432024' }
  assert.deepEqual(against(await file(await someone(), { ...left, fields: within })), [
    'leavesArea',
  ])
  const unknown = { destination: 'otherPrefecture' }
  assert.deepEqual(lacking(await file(await someone(), { ...left, fields: unknown })), ['movedTo'])
})

test('喪失: 後の届出のために資格が終わらないなら、決めずに断る。亡くなった人は転入しない', async () => {
  const person = await someone()
  const on = (kind: FilingKind, day: string, given: Paper = {}) =>
    file(person, paper(kind, { occurredOn: plainDate(day), ...given }))
  const left = { fields: { destination: 'otherPrefecture', movedTo: '401307' } }
  const came = { fields: { address, formerLoss: 'none' } }
  const died = { filer: 'family', numberReason: null } as const
  assert.equal(taken(await on('lossMoveOut', '2026-04-10', left)).state, 'granted')
  assert.deepEqual(against(await on('acquisitionMoveIn', '2026-04-09', came)), ['notYetInsured'])
  assert.equal(taken(await on('acquisitionMoveIn', '2026-05-20', came)).state, 'granted')
  assert.deepEqual(against(await on('acquisitionMoveIn', '2026-05-21', came)), ['notYetInsured'])
  assert.equal(taken(await on('lossMoveOut', '2026-06-10', left)).state, 'granted')
  assert.equal(taken(await on('acquisitionMoveIn', '2026-06-10', came)).state, 'granted')
  assert.deepEqual(against(await on('lossDeath', '2026-06-01', died)), ['rightGoesOn'])
  const death = taken(await on('lossDeath', '2026-06-20', died))
  assert.deepEqual(
    death.answer.after.map(({ acquiredOn, lostOn }) => [acquiredOn, lostOn]).at(-1),
    ['2026-05-20', '2026-06-21'],
  )
  assert.deepEqual(against(await on('acquisitionMoveIn', '2026-06-21', came)), ['notYetInsured'])
})

test('住所地特例: 適用・変更・終了。対象でない施設と、適用のない変更は断る', async () => {
  const person = await someone()
  const fields = {
    side: 'ours',
    facilityKind: '特別養護老人ホーム',
    facilityName: '架空ホーム',
    facilityAddress: { ...address, prefecture: '福岡県', municipalityName: '福岡市' },
  }
  const began = paper('provisionBegan', { documents: ['admission'], fields })
  const stays = { ...began, occurredOn: plainDate('2026-06-20') }
  const { side: _, ...facility } = fields
  const changed = paper('provisionChanged', { documents: ['admission'], fields: facility })
  const ended = paper('provisionEnded', {
    occurredOn: plainDate('2026-06-30'),
    fields: { cause: '退所' },
  })
  assert.deepEqual(against(await file(person, changed)), ['provision'])
  assert.deepEqual(against(await file(person, ended)), ['provision'])
  const old = { ...stays, occurredOn: plainDate('2015-06-20') }
  assert.deepEqual(
    against(await file(person, { ...old, fields: { ...fields, facilityKind: '介護医療院' } })),
    ['insured', 'facility'],
  )
  assert.equal(taken(await file(person, stays)).state, 'granted')
  assert.equal(taken(await file(person, changed)).state, 'granted')
  assert.equal(taken(await file(person, ended)).state, 'granted')
  // Out of the facility, and nobody has told of an address here: nothing lets a right begin.
  const other = paper('acquisitionOther', {
    occurredOn: today,
    fields: { cause: '退所', formerLoss: 'none' },
  })
  assert.deepEqual(against(await file(person, other)), ['rightBeginsNot'])
  const held = await db.transaction(union, (tx) =>
    tx.query<{ held: string }>(
      `select s.held::text as held from eligibility.facility_stay s
         join eligibility.resident r using (resident_key)
        where r.addressee_number = $1 order by s.entered_on`,
      [person],
    ),
  )
  assert.deepEqual(
    held.map((row) => row.held),
    ['[2026-06-20,2026-06-25)', '[2026-06-25,2026-06-30)'],
  )
})

/** Applications whose fact another chapter reads: a good paper, one that waits, and the day from which it works. */
const applications: readonly [FilingKind, Paper, Paper, string][] = [
  ['certificateApplication', { fields: { reason: 'noCard' } }, { identityCheck: [] }, '2026-07-01'],
  [
    'certificateReissue',
    { fields: { reason: 'soiled', returned: true } },
    { identityCheck: ['pensionBook'] },
    '2026-07-01',
  ],
  ['limitCategoryApplication', { fields: {} }, { identityCheck: [] }, '2026-07-01'],
  [
    'longHospitalisation',
    {
      documents: ['stayProof'],
      fields: {
        categoryIIFrom: '2025-08-01',
        stays: [
          { from: plainDate('2026-03-01'), until: plainDate('2026-05-30'), place: '架空病院' },
        ],
        mealPaid: 40_000,
      },
    },
    { documents: [] },
    '2026-08-01',
  ],
  [
    'specifiedDisease',
    { documents: ['opinion'], fields: { disease: '1' } },
    { documents: [] },
    '2026-07-01',
  ],
  [
    'standardIncome',
    {
      documents: ['revenueProof'],
      fields: { incomeYear: 'previous', ownRevenue: 3_500_000, othersRevenue: 0 },
    },
    { documents: [] },
    '2026-08-01',
  ],
  ['personNeedingCare', { fields: { reason: 'facility' } }, { identityCheck: [] }, '2026-07-01'],
  [
    'deregistration',
    { fields: { confirmed: true } },
    { fields: { confirmed: false } },
    '2026-07-01',
  ],
]

for (const [kind, good, lack, from] of applications) {
  test(`${filingKinds[kind].name}: 決まれば期間のある事実になり、足りなければ待ち、被保険者でなければ断る`, async () => {
    const person = await someone()
    const content = paper(kind, good)
    const waiting = taken(await file(person, { ...content, ...lack }))
    assert.equal(waiting.state, 'incomplete')
    assert.ok(waiting.answer.missing.every(({ sentence }) => sentence !== ''))
    const granted = taken(await file(person, content))
    assert.equal(granted.state, 'granted')
    const facts = await db.transaction(union, (tx) =>
      tx.query<{ began: string; receipt: string; fields: unknown }>(
        `select began_on as began, receipt_number as receipt, fields
           from eligibility.granted_filing where kind = $1 and filing_id = $2`,
        [kind, granted.filing.filingId],
      ),
    )
    assert.deepEqual(
      facts.map(({ began, receipt }) => [began, receipt]),
      [[from, granted.filing.receiptNumber]],
    )
    const stranger = await someone({ 生年月日: plainDate('1970-01-01') })
    assert.deepEqual(against(await file(stranger, content)), ['insured'])
  })
}

test('長期入院該当: 90日ちょうどでは該当せず、91日で該当する。食事差額は91日目から', async () => {
  const until = plainDate('2026-05-29')
  const of = (days: number): Paper => ({
    documents: ['stayProof'],
    fields: {
      categoryIIFrom: '2025-08-01',
      stays: [{ from: addDays(until, 1 - days), until, place: '架空病院' }],
    },
  })
  assert.deepEqual(against(await file(await someone(), paper('longHospitalisation', of(90)))), [
    'days',
  ])
  const granted = taken(await file(await someone(), paper('longHospitalisation', of(91))))
  const [fact] = await db.transaction(union, (tx) =>
    tx.query<{ fields: { days: number; mealDifferenceFrom: string } }>(
      'select fields from eligibility.granted_filing where filing_id = $1',
      [granted.filing.filingId],
    ),
  )
  assert.deepEqual([fact?.fields.days, fact?.fields.mealDifferenceFrom], [91, until])
  const unknown = { ...of(91), fields: { stays: of(91).fields!.stays! } }
  assert.deepEqual(lacking(await file(await someone(), paper('longHospitalisation', unknown))), [
    'categoryIIFrom',
  ])
})

test('送付先: 2人目が確かめるまで効かず、受け付けた人は2人目になれない。変更と廃止も同じ(J7)', async () => {
  const person = await someone()
  const inForce = () =>
    db.transaction(union, (tx) =>
      tx.query(
        `select d.recipient_name from eligibility.mailing_destination_in_force d
           join eligibility.resident r using (resident_key) where r.addressee_number = $1`,
        [person],
      ),
    )
  assert.deepEqual(against(await file(person, destination('destinationChange'))), ['destination'])
  assert.deepEqual(against(await file(person, destination('destinationEnd'))), ['destination'])
  const registered = taken(await file(person, destination('destinationRegister')))
  assert.equal(registered.state, 'awaitingCheck')
  assert.equal((await inForce()).length, 0)
  const check = (clerk: Clerk, filingId: string) =>
    db.transaction(union, (tx) =>
      checkFiling(tx, { filingId, version: 1, clerk, agree: true, note: null }),
    )
  const own = await check(yamashita, registered.filing.filingId)
  assert.equal(own.kind, 'refused')
  assert.deepEqual(await check(sato, registered.filing.filingId), {
    kind: 'moved',
    version: 2,
    state: 'granted',
  })
  assert.equal((await inForce()).length, 1)
  assert.deepEqual(against(await file(person, destination('destinationRegister'))), ['destination'])
  const changed = taken(await file(person, destination('destinationChange')))
  await check(sato, changed.filing.filingId)
  assert.equal((await inForce()).length, 1)
  const ended = taken(await file(person, destination('destinationEnd')))
  assert.equal((await inForce()).length, 1)
  await check(sato, ended.filing.filingId)
  assert.equal((await inForce()).length, 0)
})

test('同じ番号の届書は2度送っても一件で、同じ答え。内容がちがえば断る', async () => {
  const person = await someone()
  const number = digitsOf(people)
  const id = randomUUID()
  const content = paper('certificateApplication', {
    numberState: 'written',
    numberReason: null,
    numberCheck: 'individualNumberCard',
    fields: { reason: 'noCard' },
  })
  const [first, second] = await Promise.all([
    file(person, content, { id, number }),
    file(person, content, { id, number }),
  ])
  assert.deepEqual(taken(second).answer, taken(first).answer)
  assert.equal(taken(second).filing.receiptNumber, taken(first).filing.receiptNumber)
  const other = await file(person, { ...content, fields: { reason: 'other' } }, { id, number })
  assert.equal(other.kind, 'conflict')
  const { count } = await db.transaction(union, (tx) =>
    tx.one<{ count: number }>(
      'select count(*)::integer as count from eligibility.filing where filing_id = $1',
      [id],
    ),
  )
  assert.equal(count, 1)
})

test('2人が同じ新しい人を同時に受け付けても、住民は1人で、資格も1つ', async () => {
  const addressee = fresh()
  const content = paper('acquisitionMoveIn', { fields: { ...newcomer, formerLoss: 'none' } })
  const outcomes = await Promise.all([
    file(addressee, content),
    file(addressee, content, { clerk: sato }),
  ])
  // Who comes second meets a person whom the first has made: the fields of a newcomer are not asked.
  assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['stopped', 'taken'])
  const rows = await db.transaction(union, (tx) =>
    tx.query(
      `select e.subject_key from eligibility.entitlement e
         join eligibility.resident r using (resident_key) where r.addressee_number = $1`,
      [addressee],
    ),
  )
  assert.equal(rows.length, 1)
})

test('項目の誤りは、全部を一度に言う', async () => {
  const outcome = await file(fresh(), {
    ...paper('acquisitionMoveIn'),
    filedOn: plainDate('2026-07-02'),
    occurredOn: null,
    filer: 'office',
    fields: {
      name: '庭球　太郎',
      nameKana: 'ていきゅう',
      birthDate: '1944-02-31',
      sex: '3',
      movedFrom: '401308',
      formerLoss: 'confirmed',
      unknown: 'x',
    },
  })
  assert.deepEqual(faults(outcome).sort(), [
    'fields.address required',
    'fields.birthDate misfit',
    'fields.formerInsurerName required',
    'fields.movedFrom misfit',
    'fields.nameKana misfit',
    'fields.sex misfit',
    'fields.unknown unknownField',
    'filedOn inFuture',
    'filer filerNotAllowed',
    'occurredOn required',
  ])
})

test('期限を過ぎた届出は、知らせるだけで受け付ける', async () => {
  const late = taken(
    await file(
      await someone(),
      paper('lossDeath', {
        filer: 'family',
        numberReason: null,
        occurredOn: plainDate('2026-06-16'),
      }),
    ),
  )
  assert.deepEqual(
    late.answer.warnings.map(({ code }) => code),
    ['late'],
  )
  const intime = taken(
    await file(
      await someone(),
      paper('lossDeath', {
        filer: 'family',
        numberReason: null,
        occurredOn: plainDate('2026-06-17'),
      }),
    ),
  )
  assert.deepEqual(intime.answer.warnings, [])
})

test('下見は、動くものを見せて何も残さない', async () => {
  const person = await someone()
  const count = () =>
    db.transaction(union, (tx) =>
      tx.one(
        `select (select count(*) from eligibility.filing) as filings,
                (select count(*) from eligibility.entitlement_event) as decisions,
                (select count(*) from eligibility.resident_record) as records,
                (select count(*) from vault.sealed_number) as numbers`,
      ),
    )
  const start = await count()
  const shown = await db.transaction(union, (tx) =>
    previewFiling(tx, vault, {
      municipality: null,
      target: { addresseeNumber: person },
      content: paper('lossDeath', { filer: 'family', numberReason: null }),
      individualNumber: null,
      clerk: yamashita,
    }),
  )
  if (shown.kind !== 'shown') assert.fail(shown.kind)
  assert.deepEqual(
    shown.answer.decisions.map(({ kind }) => kind),
    ['喪失'],
  )
  assert.ok(shown.answer.moves.some((line) => line.includes('保険料')))
  assert.deepEqual(
    [shown.answer.before[0]?.lostOn, shown.answer.after[0]?.lostOn],
    [null, '2026-06-26'],
  )
  assert.deepEqual(await count(), start)
})

test('2人の担当者: 先に変えた人がいれば、だれが何をしたかを言って断る', async () => {
  const waiting = taken(await file(await someone(), paper('numberChange')))
  const at = { filingId: waiting.filing.filingId, version: 1 }
  const first = await db.transaction(union, (tx) =>
    assignFiling(tx, { ...at, clerk: yamashita, to: yamashita.account }),
  )
  assert.equal(first.kind, 'moved')
  const second = await db.transaction(union, (tx) =>
    withdrawFiling(tx, { ...at, clerk: sato, reason: '来なくなった' }),
  )
  assert.equal(second.kind === 'changed' && second.last.accountName, '見本 山下')
  const done = await db.transaction(union, (tx) =>
    withdrawFiling(tx, { ...at, version: 2, clerk: sato, reason: '来なくなった' }),
  )
  assert.equal(done.kind === 'moved' && done.state, 'withdrawn')
})

test('ほかの市区町村の窓口は、届書も人も見つけられない', async () => {
  const person = await someone()
  const elsewhere = clerkOf('見本 八代', '432024')
  const outcome = await file(
    person,
    paper('nameChange', { fields: { name: '甲　乙', nameKana: 'コウ　オツ' } }),
    {
      clerk: elsewhere,
    },
  )
  // For another office this 宛名番号 names nobody.
  assert.deepEqual(faults(outcome), ['person personUnknown'])
  const waiting = taken(await file(person, paper('numberChange')))
  const opened = await db.transaction(union, (tx) =>
    openFiling(tx, { filingId: waiting.filing.filingId, clerk: elsewhere }),
  )
  assert.equal(opened, null)
})

test('取消: 動くものを先に見せ、取り消せば前の資格に戻る。新しい人の取得は取り消される', async () => {
  const cancel = (filingId: string, confirm: boolean) =>
    db.transaction(union, (tx) =>
      cancelFiling(tx, { filingId, version: 1, clerk: yamashita, reason: '別の人だった', confirm }),
    )
  const died = taken(
    await file(await someone(), paper('lossDeath', { filer: 'family', numberReason: null })),
  )
  const shown = await cancel(died.filing.filingId, false)
  assert.equal(shown.shown?.after[0]?.lostOn, null)
  const still = await db.transaction(union, (tx) =>
    openFiling(tx, { filingId: died.filing.filingId, clerk: yamashita }),
  )
  assert.equal(still?.standing.state, 'granted')
  const done = await cancel(died.filing.filingId, true)
  assert.deepEqual(done.moved, { kind: 'moved', version: 2, state: 'cancelled' })
  assert.deepEqual(
    done.shown?.after.map(({ acquiredOn, lostOn }) => [acquiredOn, lostOn]),
    died.answer.before.map(({ acquiredOn, lostOn }) => [acquiredOn, lostOn]),
  )

  const arrived = taken(
    await file(
      fresh(),
      paper('acquisitionMoveIn', { fields: { ...newcomer, formerLoss: 'none' } }),
    ),
  )
  const gone = await cancel(arrived.filing.filingId, true)
  assert.deepEqual(gone.shown?.after, [])
  assert.deepEqual(
    gone.shown?.decisions.map(({ kind }) => kind),
    ['取消'],
  )

  const certification = taken(await file(await someone(young), disability()))
  const undone = await cancel(certification.filing.filingId, true)
  assert.deepEqual(undone.shown?.after, [])
})

test('取消: 終わらせた届書を取り消せば続きに戻り、戻すもののないものは断る', async () => {
  const cancelled = async (outcome: TakenFiling) =>
    db.transaction(union, (tx) =>
      cancelFiling(tx, {
        filingId: taken(outcome).filing.filingId,
        version: 1,
        clerk: yamashita,
        reason: '日付の誤り',
        confirm: true,
      }),
    )
  const lost = await file(
    await certified(),
    paper('disabilityLost', { occurredOn: today, fields: { cause: 'returned' } }),
  )
  assert.deepEqual((await cancelled(lost)).shown?.after.at(-1)?.lostOn, null)
  for (const exclusionKind of ['1', '4']) {
    const excluded = await file(
      await someone(),
      paper('lossExclusion', { documents: ['startedNotice'], fields: { exclusionKind } }),
    )
    assert.equal((await cancelled(excluded)).shown?.after.at(-1)?.lostOn, null, exclusionKind)
  }
  const moved = await file(
    await someone(),
    paper('lossMoveOut', { fields: { destination: 'otherPrefecture', movedTo: '401307' } }),
  )
  assert.equal((await cancelled(moved)).shown?.after.at(-1)?.lostOn, null)
  const renamed = await file(
    await someone(),
    paper('nameChange', { fields: { name: '卓球　花子', nameKana: 'タッキュウ　ハナコ' } }),
  )
  assert.equal((await cancelled(renamed)).refusal, null)
  const [record] = await db.transaction(union, (tx) =>
    tx.query<{ name: string }>(
      `select c.name from eligibility.resident r
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
        where r.resident_key = $1`,
      [taken(renamed).answer.residentKey],
    ),
  )
  assert.equal(record?.name, '庭球　花子')
  const sameDay = await cancelled(await file(await certified(), paper('disabilityWithdrawal')))
  assert.equal(sameDay.refusal?.kind, 'refused')
})

test('突合: 届いた住基と同じなら一致で閉じ、ちがえば項目と原因を並べる。氏名と生年月日は2人が同じ側を選んで直る(1-6)', async () => {
  const addressee = fresh()
  const running = people
  const moved = paper('acquisitionMoveIn', {
    fields: {
      ...newcomer,
      name: '辻　太郎',
      nameKana: 'ツジ　タロウ',
      birthDate: '1944-04-05',
      formerLoss: 'none',
    },
  })
  const filed = taken(await file(addressee, moved))
  const registered = resident(running, {
    氏名: '辻\u{E0100}　太郎',
    氏名カナ: 'ツジ　タロウ',
    生年月日: plainDate('1944-05-04'),
    性別: '1',
    町字: '架空町三丁目',
    番地号: '３番３号',
    方書: '架空荘２０１',
    住民となった日: plainDate('2026-06-25'),
    異動年月日: plainDate('2026-06-25'),
    異動事由: '01',
    操作年月日: today,
  })
  await takeFile([registered])
  const found = await db.transaction(union, (tx) => listDifferences(tx, 'open'))
  const own = found.filter(({ filingId }) => filingId === filed.filing.filingId)
  assert.deepEqual(
    own.map(({ item, cause }) => [item, cause]).sort(),
    [
      ['住所', 'building'],
      ['氏名', 'glyph'],
      ['生年月日', 'swappedDay'],
    ].sort(),
  )
  const choose = (clerk: Clerk, differenceId: string, take: 'register' | 'counter') =>
    db.transaction(union, (tx) =>
      resolveDifference(tx, clerk, differenceId, { take, note: '書類で確かめた' }),
    )
  for (const { differenceId, item } of own) {
    const take = item === '生年月日' ? 'counter' : 'register'
    const outcomes = [(await choose(kawakami, differenceId, take)).kind]
    if (item !== '住所') {
      const other = take === 'counter' ? 'register' : 'counter'
      outcomes.push((await choose(kawakami, differenceId, take)).kind)
      outcomes.push((await choose(sato, differenceId, other)).kind)
      // Both know by now what the other chose: the tie is broken by somebody who does not.
      outcomes.push((await choose(sato, differenceId, take)).kind)
      outcomes.push((await choose(kawakami, differenceId, take)).kind)
      outcomes.push((await choose(yamashita, differenceId, take)).kind)
    }
    assert.deepEqual(
      outcomes,
      item === '住所'
        ? ['settled']
        : ['waiting', 'refused', 'disagreed', 'refused', 'refused', 'settled'],
      item,
    )
    const again = await db.transaction(union, (tx) =>
      resolveDifference(tx, sato, differenceId, { take: 'register', note: '' }),
    )
    assert.equal(again.kind, 'already')
  }
  const { birth, state } = await db.transaction(union, (tx) =>
    tx.one<{ birth: string; state: string }>(
      `select c.birth_date as birth, s.reconciliation as state
         from eligibility.resident r
         join eligibility.resident_record c
           on c.resident_key = r.resident_key and c.version = r.current_version
         join eligibility.filing_standing s on s.filing_id = $2
        where r.addressee_number = $1`,
      [addressee, filed.filing.filingId],
    ),
  )
  assert.deepEqual([birth, state], ['1944-04-05', 'settled'])

  const same = fresh()
  const equal = taken(
    await file(same, paper('acquisitionMoveIn', { fields: { ...newcomer, formerLoss: 'none' } })),
  )
  await takeFile([
    resident(people, {
      氏名: '庭球　太郎',
      氏名カナ: 'テイキュウ　タロウ',
      生年月日: plainDate('1944-04-04'),
      性別: '1',
      町字: '架空町三丁目',
      番地号: '３番３号',
      住民となった日: plainDate('2026-06-25'),
      異動年月日: plainDate('2026-06-25'),
      異動事由: '01',
      操作年月日: today,
    }),
  ])
  const closed = await db.transaction(union, (tx) =>
    openFiling(tx, { filingId: equal.filing.filingId, clerk: yamashita }),
  )
  assert.equal(closed?.standing.reconciliation, 'matched')
  assert.match(closed?.events.at(-1)?.note ?? '', /一致/)
})

test('番号は、届書のどの表にも、答えにも残らない', async () => {
  const person = fresh()
  const number = digitsOf(people)
  const outcome = await file(
    person,
    paper('acquisitionMoveIn', {
      numberState: 'written',
      numberReason: null,
      numberCheck: 'individualNumberCard',
      fields: { ...newcomer, formerLoss: 'none' },
    }),
    { number },
  )
  assert.equal(taken(outcome).state, 'granted')
  assert.doesNotMatch(JSON.stringify(outcome), new RegExp(number))
  const tables = [
    'filing',
    'filing_event',
    'filing_standing',
    'filing_person',
    'granted_fact',
    'mailing_destination',
    'difference',
    'former_insurer_inquiry',
    'resident_record',
    'draft',
  ]
  for (const table of tables) {
    const rows = await db.transaction(union, (tx) =>
      tx.query(`select from eligibility.${table} t where t::text like $1`, [`%${number}%`]),
    )
    assert.equal(rows.length, 0, table)
  }
  const { held } = await db.transaction(union, (tx) =>
    tx.one<{ held: boolean }>(
      'select number_token is not null as held from eligibility.resident where addressee_number = $1',
      [person],
    ),
  )
  assert.ok(held)
})
