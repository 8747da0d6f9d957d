import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { recordFacilityStay } from '@koiki/eligibility'
import { plainDate } from '@koiki/kernel'
import { town } from '../../eligibility/cases/town.ts'
import { resident } from '../../eligibility/cases/townsfolk.ts'
import { clerk, office, other, union } from '../cases/office.ts'
import type { IssueReason } from '../certificate.ts'
import { sheetCode, tailOf } from '../sheetCode.ts'
import type { IssuePlace } from '../store/issues.ts'
import { CertificateRefused } from './clerk.ts'
import { type Handling, handleCertificate } from './handleCertificate.ts'
import { issueCertificate, previewIssue } from './issueCertificate.ts'
import { answerSpecialTreatment, proposeSpecialTreatment } from './specialTreatment.ts'
import {
  confirmDestination,
  recordInsuranceCard,
  withdrawAddressConfirmation,
} from './tellFacts.ts'

const hanako = 4_343_100_007

/** One insured woman of 熊本市, with a decided share. */
async function counter(t: TestContext, given = {}) {
  const place = office(await town(t))
  await place.take([resident(1, given)])
  await place.decide()
  await place.share(hanako, 1)
  const acts = (scope = union) => ({
    issue: (request: {
      version: number
      reason?: IssueReason
      id?: string
      delivery?: 'handOver' | 'mail'
      by?: typeof clerk
    }) =>
      place.db.transaction(scope, (tx) =>
        issueCertificate(
          tx,
          {
            subjectKey: hanako,
            reason: request.reason ?? 'acquisition',
            delivery: request.delivery ?? 'handOver',
            request: request.id ?? randomUUID(),
            version: request.version,
            note: null,
          },
          request.by ?? clerk,
        ),
      ),
    handle: (issue: IssuePlace & { version: number }, handling: Handling, by = clerk) =>
      place.db.transaction(scope, (tx) =>
        handleCertificate(tx, issue, issue.version, handling, by),
      ),
  })
  return { ...place, ...acts(), acts }
}

const confirm = (issue: IssuePlace, copy = 1): Handling => ({
  act: 'confirm',
  tail: tailOf(sheetCode('43100007', { ...issue, copy })),
})
const handOver: Handling = { act: 'hand-over', to: 'self', signed: true, proxy: null }

const refusedWith =
  (words: RegExp, kind: CertificateRefused['kind'] = 'refused') =>
  (error: unknown) => {
    assert.ok(error instanceof CertificateRefused)
    assert.equal(error.kind, kind)
    assert.match(error.message, words)
    return true
  }

test('窓口で1通: 出すべき文書、見本と同じ符号、紙を確かめて、渡す。渡すと次は出さない', async (t) => {
  const { documents, issue, handle, db } = await counter(t)
  const before = await documents(hanako)
  assert.equal(before.due?.kind, 'due')
  assert.equal(before.version, 0)
  const preview = await db.transaction(union, (tx) =>
    previewIssue(tx, { subjectKey: hanako, reason: 'acquisition', delivery: 'handOver' }),
  )
  const made = await issue({ version: 0 })
  assert.equal(made.sheets[0]?.code, preview.code)
  assert.deepEqual(made.contents, preview.issue.contents)
  assert.equal(made.contents.document, 'eligibilityCertificate')
  assert.equal(made.contents.validUntil, '2026-07-31')
  const seen = await handle(made, confirm(made))
  assert.equal(seen.state, 'printed')
  assert.equal(seen.sheets[0]?.state, 'printed')
  const given = await handle(seen, handOver)
  assert.equal(given.state, 'handedOver')
  assert.deepEqual(
    given.events.map(({ act, by }) => [act, by]),
    [
      ['confirmed', '窓口　一'],
      ['handedOver', '窓口　一'],
    ],
  )
  assert.equal((await documents(hanako)).due?.kind, 'held')
})

test('二重の送信は1通。同じ番号の別の内容は断る', async (t) => {
  const { issue, documents } = await counter(t)
  const id = randomUUID()
  const first = await issue({ version: 0, id })
  const again = await issue({ version: 0, id })
  assert.deepEqual(again, first)
  assert.equal((await documents(hanako)).issues.length, 1)
  await assert.rejects(
    issue({ version: 0, id, delivery: 'mail' }),
    refusedWith(/別の内容で資格確認書を発行してあります/, 'usedBefore'),
  )
})

test('二人の担当者: 後の人は、だれが何をしたかを知らされ、何も変わらない', async (t) => {
  const { issue, handle, documents } = await counter(t)
  const made = await issue({ version: 0 })
  await assert.rejects(issue({ version: 0, by: other }), (error: unknown) => {
    assert.ok(error instanceof CertificateRefused)
    assert.equal(error.kind, 'changed')
    assert.deepEqual([error.changed?.by, error.changed?.what], ['窓口　一', '文書を発行した'])
    return true
  })
  const seen = await handle(made, confirm(made))
  await assert.rejects(handle(made, confirm(made), other), refusedWith(/先に変わって/, 'changed'))
  assert.equal((await documents(hanako)).issues[0]?.version, seen.version)
})

test('同じときに発行した二人: 1通だけが残る', async (t) => {
  const { issue, documents } = await counter(t)
  const both = await Promise.allSettled([issue({ version: 0 }), issue({ version: 0, by: other })])
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal((await documents(hanako)).issues.length, 1)
})

test('下4けたのちがう紙は確かめられない。よごれた紙は無効になり、次の紙の符号はちがう', async (t) => {
  const { issue, handle } = await counter(t)
  const made = await issue({ version: 0 })
  const tail = tailOf(made.sheets[0]!.code)
  const wrong = tail === '0000' ? '0001' : '0000'
  await assert.rejects(
    handle(made, { act: 'confirm', tail: wrong }),
    refusedWith(/いま刷った紙とちがいます/),
  )
  const spoiled = await handle(made, { act: 'spoiled', cause: 'soiled' })
  assert.deepEqual(
    spoiled.sheets.map(({ copy, state }) => [copy, state]),
    [
      [1, 'spoiled'],
      [2, 'instructed'],
    ],
  )
  assert.notEqual(spoiled.sheets[0]?.code, spoiled.sheets[1]?.code)
  await assert.rejects(handle(spoiled, confirm(made, 1)), refusedWith(/ちがいます/))
  const seen = await handle(spoiled, confirm(made, 2))
  assert.equal(seen.state, 'printed')
})

test('紙を確かめるまでは渡せず、次も発行できない。取りやめれば発行できる', async (t) => {
  const { issue, handle, documents } = await counter(t)
  const made = await issue({ version: 0 })
  await assert.rejects(handle(made, handOver), refusedWith(/印刷を頼んだまま/))
  const { version } = await documents(hanako)
  await assert.rejects(
    issue({ version, reason: 'other' }),
    refusedWith(/紙を確かめていない文書がある/),
  )
  const gone = await handle(made, { act: 'cancel', reason: 'まちがえて押した' })
  assert.equal(gone.state, 'cancelled')
  assert.equal(gone.voidReason, 'cancelled')
  const after = await documents(hanako)
  assert.equal(after.due?.kind, 'due')
  const next = await issue({ version: after.version })
  assert.equal(next.issueNumber, 2)
})

test('再交付: 新しい紙を確かめたときに、前の文書が無効になる', async (t) => {
  const { issue, handle, documents } = await counter(t)
  const first = await issue({ version: 0 })
  await handle(await handle(first, confirm(first)), handOver)
  const { version } = await documents(hanako)
  const second = await issue({ version, reason: 'reissue' })
  const between = (await documents(hanako)).issues
  assert.deepEqual(
    between.map(({ issueNumber, voidOn }) => [issueNumber, voidOn]),
    [
      [2, null],
      [1, null],
    ],
  )
  await handle(second, confirm(second))
  const [, old] = (await documents(hanako)).issues
  assert.deepEqual([old?.voidOn, old?.voidReason], ['2026-07-01', 'replaced'])
})

test('はじめての人に再交付はない。なくした人には再交付が出る', async (t) => {
  const { issue, handle, documents } = await counter(t)
  await assert.rejects(
    issue({ version: 0, reason: 'reissue' }),
    refusedWith(/再交付ではありません/),
  )
  const first = await issue({ version: 0 })
  const given = await handle(await handle(first, confirm(first)), handOver)
  await assert.rejects(
    handle(given, { act: 'lost', on: plainDate('2026-07-02'), note: null }),
    refusedWith(/先の日/),
  )
  const lost = await handle(given, { act: 'lost', on: plainDate('2026-07-01'), note: null })
  assert.deepEqual([lost.state, lost.voidReason], ['lost', 'lost'])
  const { due } = await documents(hanako)
  assert.equal(due?.kind === 'due' ? due.reason : '', 'reissue')
})

test('返戻・回収: 渡した文書だけが戻り、回収した文書は使えない', async (t) => {
  const { issue, handle } = await counter(t)
  const first = await issue({ version: 0 })
  const seen = await handle(first, confirm(first))
  const returned: Handling = {
    act: 'return',
    on: plainDate('2026-07-01'),
    cause: 'unknownAddress',
    note: '郵便局の札つき',
  }
  await assert.rejects(handle(seen, returned), refusedWith(/まだ渡していません/))
  const given = await handle(seen, handOver)
  const back = await handle(given, returned)
  assert.equal(back.state, 'returned')
  assert.equal(back.events.at(-1)?.note, '宛所に尋ねあたらず 郵便局の札つき')
  const kept = await handle(back, { act: 'recollect', on: plainDate('2026-07-01'), note: null })
  assert.deepEqual([kept.state, kept.voidReason], ['recollected', 'recollected'])
})

test('渡すには、受け取りの印と、代理人の名と、郵送なら宛先が要る', async (t) => {
  const { issue, handle } = await counter(t)
  const first = await issue({ version: 0 })
  const seen = await handle(first, confirm(first))
  for (const [handling, words] of [
    [{ ...handOver, signed: false }, /受け取りの印がない/],
    [{ ...handOver, to: 'proxy', proxy: ' ' }, /代理人の名がない/],
    [{ ...handOver, to: 'mail' }, /宛先がありません/],
  ] as const)
    await assert.rejects(handle(seen, handling as Handling), refusedWith(words))
})

test('割合の決まっていない人には出さず、わけを言う', async (t) => {
  const place = office(await town(t))
  await place.take([resident(1)])
  await place.decide()
  const { due } = await place.documents(hanako)
  assert.equal(due?.kind, 'waiting')
  await assert.rejects(
    place.db.transaction(union, (tx) =>
      previewIssue(tx, { subjectKey: hanako, reason: 'acquisition', delivery: 'handOver' }),
    ),
    refusedWith(/一部負担金の割合がまだ決まっていない/),
  )
})

test('ほかの市区町村の窓口からは、文書も人も見えず、動かせない', async (t) => {
  const { issue, acts, documents } = await counter(t)
  const made = await issue({ version: 0 })
  const elsewhere = { union: '43', municipality: '432156' }
  const seen = await documents(hanako, '2026-07-01', elsewhere)
  assert.equal(seen.examined, null)
  assert.deepEqual(seen.issues, [])
  await assert.rejects(
    acts(elsewhere).handle(made, confirm(made)),
    refusedWith(/お伝えできる/, 'nothing'),
  )
})

test('郵送: 同じ住所に別の世帯があれば止まり、人が確かめれば送れる。宛先が変われば、また止まる', async (t) => {
  const { take, decide, share, documents, issue, db } = await counter(t)
  await take([resident(1), resident(2, { 氏名: '卓球　花子' })])
  await decide()
  await share(4_343_100_015, 1)
  const stopped = await documents(hanako)
  assert.deepEqual(stopped.destination, { kind: 'stopped', stops: ['addressShared'] })
  await assert.rejects(
    issue({ version: stopped.version, delivery: 'mail' }),
    refusedWith(/同じ住所に別の世帯がある/),
  )
  await db.transaction(union, (tx) =>
    confirmDestination(
      tx,
      { subjectKey: hanako, version: stopped.version, note: '電話で確かめた' },
      clerk,
    ),
  )
  const cleared = await documents(hanako)
  assert.equal(cleared.destination?.kind, 'address')
  const made = await issue({ version: cleared.version, delivery: 'mail' })
  assert.deepEqual(made.mailing?.lines, ['熊本県熊本市架空町一丁目１番１号'])
  await take([resident(1, { 方書: '架空荘２号' }), resident(2, { 方書: '架空荘２号' })])
  await decide()
  assert.equal((await documents(hanako)).destination?.kind, 'stopped')
})

test('同じ住所: 一度確かめれば、その住所のだれも止まらない。だれがいつ確かめたかが残り、取り消せばまた止まる', async (t) => {
  const { take, decide, documents, db } = await counter(t)
  await take([resident(1), resident(2, { 氏名: '卓球　花子' })])
  await decide()
  const both = async () => {
    const people = await db.transaction(union, (tx) =>
      tx.query<{ subjectKey: number }>(
        'select subject_key as "subjectKey" from eligibility.insured_person order by 1',
      ),
    )
    return Promise.all(
      people.map(async ({ subjectKey }) => (await documents(subjectKey)).destination?.kind),
    )
  }
  assert.deepEqual(await both(), ['stopped', 'stopped'])
  const { version } = await documents(hanako)
  await db.transaction(union, (tx) =>
    confirmDestination(tx, { subjectKey: hanako, version, note: '集合住宅' }, clerk),
  )
  assert.deepEqual(await both(), ['address', 'address'])
  const confirmed = await documents(hanako)
  assert.deepEqual(
    [confirmed.confirmedAddress?.by, confirmed.confirmedAddress?.note],
    [clerk.name, '集合住宅'],
  )
  const withdraw = (seenVersion: number) =>
    db.transaction(union, (tx) =>
      withdrawAddressConfirmation(
        tx,
        { subjectKey: hanako, version: seenVersion, note: '別の建物だった' },
        clerk,
      ),
    )
  await withdraw(confirmed.version)
  assert.deepEqual(await both(), ['stopped', 'stopped'])
  await assert.rejects(
    withdraw((await documents(hanako)).version),
    refusedWith(/取り消すものがありません/),
  )
  await db.transaction(union, (tx) =>
    recordFacilityStay(tx, {
      residentKey: 430_000_000_001,
      receiptNumber: 'U-9',
      enteredOn: plainDate('2026-05-01'),
      facilityKind: '特別養護老人ホーム',
      facilityName: '架空苑',
      facilityAddress: '熊本県熊本市架空町１丁目１－１',
    }),
  )
  assert.deepEqual(await both(), ['address', 'address'], '届け出られた施設の住所は止めない')
})

test('支援措置: 住所はどこにも入らず、郵送は止まり、手渡しはできる。申請によらず資格確認書', async (t) => {
  const { issue, documents, ask } = await counter(t, {
    町字: '秘密町九丁目',
    支援措置区分: '1',
    支援措置開始日: plainDate('2025-09-03'),
  })
  const seen = await documents(hanako, '2026-08-01')
  assert.deepEqual(seen.destination, { kind: 'stopped', stops: ['supportMeasure'] })
  assert.ok(
    seen.due?.grounds.some(
      ({ code, met }) => code === 'certificate.supportMeasure' && met === 'met',
    ),
  )
  assert.doesNotMatch(JSON.stringify(seen), /秘密町/)
  const made = await issue({ version: 0 })
  assert.equal(made.contents.address, null)
  const kept = await ask<{ text: string }>(`select i::text as text from certificates.issue i`)
  assert.doesNotMatch(JSON.stringify(kept), /秘密町/)
})

test('発行の後に支援措置が始まれば、前の文書の住所も読めず、郵送したことにならず、手渡しはできる', async (t) => {
  const { take, decide, issue, handle, documents } = await counter(t, { 町字: '秘密町九丁目' })
  const made = await issue({ version: 0, delivery: 'mail' })
  const seen = await handle(made, confirm(made))
  assert.match(JSON.stringify(await documents(hanako)), /秘密町/)
  await take([
    resident(1, {
      町字: '秘密町九丁目',
      支援措置区分: '1',
      支援措置開始日: plainDate('2026-06-30'),
    }),
  ])
  await decide()
  const now = await documents(hanako)
  assert.doesNotMatch(JSON.stringify(now), /秘密町/)
  assert.equal(now.issues[0]?.addressHidden, true)
  assert.ok(now.due?.kind === 'due' && now.due.changes.includes('address'))
  await assert.rejects(
    handle(seen, { act: 'hand-over', to: 'mail', signed: false, proxy: null }),
    refusedWith(/後に取扱注意になった/),
  )
  const handed = await handle(seen, { act: 'hand-over', to: 'self', signed: true, proxy: null })
  assert.equal(handed.state, 'handedOver')
})

test('マイナ保険証の状況は、その日に効いているものが、出どころとともに働く', async (t) => {
  const { documents, db } = await counter(t)
  const { version } = await documents(hanako)
  await db.transaction(union, (tx) =>
    recordInsuranceCard(
      tx,
      {
        subjectKey: hanako,
        version,
        state: 'registered',
        effectiveOn: plainDate('2026-06-01'),
        source: '窓口で見た',
      },
      clerk,
    ),
  )
  const july = await documents(hanako, '2026-07-31')
  const august = await documents(hanako, '2026-08-01')
  assert.deepEqual(
    [july, august].map(({ due }) => (due?.kind === 'due' ? due.contents.document : '')),
    ['eligibilityCertificate', 'eligibilityInformationNotice'],
  )
  assert.equal(july.insuranceCard?.source, '窓口で見た')
  assert.equal((await documents(hanako, '2026-05-31')).insuranceCard, null)
})

test('特別療養費: 通知・弁明・決定の順がそろい、2人目が確かめて効き、終われば資格確認書に戻る', async (t) => {
  const { documents, db } = await counter(t)
  const begin = {
    ...{ act: 'begin', ground: 'arrears', source: '収納第12号', hearing: 'silent' },
    ...{ effectiveOn: '2026-06-20', notifiedOn: '2026-05-20', hearingUntil: '2026-06-05' },
    decidedOn: '2026-06-10',
  }
  const lift = {
    ...{ act: 'lift', ground: 'paid', source: '収納第20号', hearing: null },
    ...{ effectiveOn: '2026-07-01', notifiedOn: null, hearingUntil: null },
    decidedOn: '2026-07-01',
  }
  const propose = async (given: object, by = clerk) => {
    const { version } = await documents(hanako)
    const told = { ...given, subjectKey: hanako, version } as Parameters<
      typeof proposeSpecialTreatment
    >[1]
    await db.transaction(union, (tx) => proposeSpecialTreatment(tx, told, by))
  }
  const answer = async (said: 'agreed' | 'rejected', by = other, reason: string | null = null) => {
    const { version, specialTreatmentProposal } = await documents(hanako)
    const proposal = specialTreatmentProposal?.number ?? 0
    const told = { subjectKey: hanako, version, proposal, answer: said, reason }
    await db.transaction(union, (tx) => answerSpecialTreatment(tx, told, by))
  }
  await assert.rejects(propose(lift), refusedWith(/対象ではない/))
  await assert.rejects(
    propose({ ...begin, notifiedOn: null, hearingUntil: null, hearing: null }),
    refusedWith(/事前通知の日がありません。.*弁明の機会の期限/s),
  )
  for (const [wrong, words] of [
    [{ hearingUntil: '2026-05-19' }, /事前通知の日より前/],
    [{ decidedOn: '2026-06-04' }, /弁明の機会の期限より前/],
    [{ decidedOn: '2026-06-05' }, /翌日から決定できます/],
    [{ effectiveOn: '2026-06-09' }, /決定日より前/],
    [{ decidedOn: '2026-07-02', effectiveOn: '2026-07-02' }, /決定日が先の日/],
    [{ ground: 'paid' }, /取り違え/],
  ] as const)
    await assert.rejects(propose({ ...begin, ...wrong }), refusedWith(words))
  const kindOn = async (day: string) => {
    const { due } = await documents(hanako, day)
    return due?.kind === 'due' ? due.contents.document : ''
  }
  await propose(begin)
  assert.equal(await kindOn('2026-07-01'), 'eligibilityCertificate')
  await assert.rejects(propose(begin, other), refusedWith(/2人目の確かめを待っている/))
  await assert.rejects(answer('agreed', clerk), refusedWith(/案を入れた人は確かめられません/))
  await assert.rejects(answer('rejected'), refusedWith(/わけを書いて/))
  await answer('rejected', other, '文書番号がちがう')
  await propose(begin)
  await answer('agreed')
  await assert.rejects(propose(begin), refusedWith(/もう特別療養費の対象/))
  assert.equal(await kindOn('2026-06-19'), 'eligibilityCertificate')
  assert.equal(await kindOn('2026-06-20'), 'specialEligibilityCertificate')
  await propose(lift, other)
  await answer('agreed', clerk)
  assert.equal(await kindOn('2026-06-30'), 'specialEligibilityCertificate')
  assert.equal(await kindOn('2026-07-01'), 'eligibilityCertificate')
  const { specialTreatmentEvents } = await documents(hanako)
  assert.deepEqual(
    specialTreatmentEvents.map(({ act, ground, by, proposedBy }) => [act, ground, proposedBy, by]),
    [
      ['begin', 'arrears', clerk.name, other.name],
      ['lift', 'paid', other.name, clerk.name],
    ],
  )
})
