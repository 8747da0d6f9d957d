import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { printEligibilityDocuments } from '@koiki/notices'
import { BitArray, Code39Reader } from '@zxing/library'
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import type { Contents, DocumentKind } from './certificate.ts'
import { documentSheet, formOf, type MailingAddress } from './documentSheet.ts'
import { alwaysFits, whyUnprintable } from './jobs/whyUnprintable.ts'
import { sheetCode, tailOf } from './sheetCode.ts'

const contents: Contents = {
  document: 'eligibilityCertificate',
  insuredNumber: '43100007',
  insurerNumber: '39431002',
  name: '庭球　花子',
  nameKana: 'テイキュウ　ハナコ',
  birthDate: plainDate('1945-02-11'),
  birthDateText: null,
  sex: '2',
  address: ['熊本県熊本市架空町一丁目１番１号'],
  acquiredOn: plainDate('2020-02-11'),
  effectiveFrom: plainDate('2026-08-01'),
  validUntil: plainDate('2027-07-31'),
  tenths: 1,
  limitCategory: null,
  limitFrom: null,
  longHospitalisationFrom: null,
  specifiedDiseases: [],
  specialTreatmentFrom: null,
}
const mailing: MailingAddress = {
  postalCode: '8600001',
  lines: ['熊本県熊本市架空町一丁目１番１号'],
  recipient: '庭球　花子',
}
const office = { insurerName: '熊本県後期高齢者医療広域連合', contact: '熊本市の窓口' }
const options = { issuer: office.insurerName, mock: true, printedAt: 1_785_500_000 }
const issue = { contents, issuedOn: plainDate('2026-07-15'), code: '43100007-0011-7215', mailing }
const everything: Partial<Contents> = {
  limitCategory: 'lowIncome2',
  limitFrom: plainDate('2026-08-01'),
  longHospitalisationFrom: plainDate('2026-11-01'),
  specifiedDiseases: (['1', '2', '3'] as const).map((disease) => ({
    disease,
    since: plainDate('2020-01-01'),
  })),
  specialTreatmentFrom: plainDate('2026-11-01'),
}

const farCode = sheetCode('43999998', {
  subjectKey: 4_343_999_998,
  municipality: '431001',
  issueNumber: 987,
  copy: 6,
})

const documents: readonly DocumentKind[] = [
  'insuranceCard',
  'formerSpecialCertificate',
  'eligibilityCertificate',
  'eligibilityInformationNotice',
  'specialEligibilityCertificate',
]

test('どの文書も1枚に組め、同じ発行からは同じバイトになる', () => {
  for (const document of documents) {
    const sheet = documentSheet({ ...issue, contents: { ...contents, document } }, office)
    const once = printEligibilityDocuments(formOf(document), [sheet], options)
    assert.deepEqual([once.pages, once.stopped], [1, []], document)
    const again = printEligibilityDocuments(formOf(document), [sheet], options)
    assert.deepEqual(once.pdf, again.pdf)
  }
})

test('支援措置の人の紙には、住所も宛先もない', () => {
  const sheet = documentSheet(
    { ...issue, contents: { ...contents, address: null }, mailing: null },
    office,
  )
  assert.deepEqual([sheet.postalCode, sheet.address], ['', []])
  assert.doesNotMatch(JSON.stringify(sheet), /架空町/)
  assert.ok(sheet.rows.some(({ label, value }) => label === '住所' && /省略/.test(value)))
  assert.equal(printEligibilityDocuments('certificate', [sheet], options).pages, 1)
})

test('紙の言うことは、記載のとおり。特別療養費と限度区分は、あるときだけ', () => {
  const labels = (given: Partial<Contents>) =>
    documentSheet({ ...issue, contents: { ...contents, ...given } }, office).rows.map(
      ({ label }) => label,
    )
  for (const label of ['限度区分', '長期入院該当年月日', '特定疾病', '特別療養費']) {
    assert.ok(!labels({}).includes(label))
    assert.ok(labels(everything).includes(label))
  }
  const special = documentSheet(
    {
      ...issue,
      contents: { ...contents, ...everything, document: 'specialEligibilityCertificate' },
    },
    office,
  )
  assert.match(special.remarks.join(''), /いったん全額を払い/)
  assert.equal(special.title, '後期高齢者医療資格確認書（特別療養）')
})

test('字数が線までなら、どの欄が長くてもかならず1枚に収まる', () => {
  const used = documentSheet({ ...issue, contents: { ...contents, ...everything } }, office)
  const length = [
    used.recipient,
    ...used.address,
    ...used.rows.flatMap(({ value, note }) => [value, note ?? '']),
  ].join('').length
  const rest = alwaysFits - length
  assert.ok(rest > 20, '線は、ふつうの紙より上にある')
  const long = '長'.repeat(rest)
  for (const document of ['eligibilityInformationNotice', 'specialEligibilityCertificate'] as const)
    for (const [what, given, to] of [
      ['氏名', { name: long }, mailing],
      ['カナ', { nameKana: long }, mailing],
      ['住所', { address: [long] }, mailing],
      ['宛先', {}, { ...mailing, lines: [long] }],
      ['受取人', {}, { ...mailing, recipient: long }],
    ] as const) {
      const sheet = documentSheet(
        { ...issue, contents: { ...contents, ...everything, ...given, document }, mailing: to },
        office,
      )
      const { stopped } = printEligibilityDocuments(formOf(document), [sheet], options)
      assert.deepEqual(stopped, [], `${document} ${what}`)
    }
})

test('刷れない紙: 字形のない文字と、収まらない長さだけを止め、名前を言わない', () => {
  assert.equal(whyUnprintable(contents, mailing), null)
  const strange = whyUnprintable({ ...contents, name: '\u{10DE92}田　三郎' }, mailing)
  assert.match(strange ?? '', /U\+10DE92/)
  assert.doesNotMatch(strange ?? '', /三郎/)
  const long = whyUnprintable({ ...contents, address: ['長'.repeat(2000)] }, mailing)
  assert.match(long ?? '', /1ページに収まらない/)
  assert.equal(whyUnprintable({ ...contents, address: ['長'.repeat(350)] }, mailing), null)
})

test('紙の符号: 同じ紙は同じ符号、ほかの紙は別の符号。下4けたは番号から分からない', () => {
  const place = { subjectKey: 4_343_100_007, municipality: '431001', issueNumber: 1, copy: 1 }
  const code = sheetCode('43100007', place)
  assert.match(code, /^43100007-0011-\d{4}$/)
  assert.equal(sheetCode('43100007', place), code)
  const tails = new Set(
    Array.from({ length: 30 }, (_, index) =>
      tailOf(sheetCode('43100007', { ...place, copy: index + 1 })),
    ),
  )
  assert.ok(tails.size > 25)
  assert.notEqual(sheetCode('43100007', { ...place, municipality: '432024' }), code)
})

/** 紙の棒 — the dashes of the one line that is the code, in points: bar and gap in turn. */
async function barsOf(pdf: Buffer): Promise<readonly number[]> {
  const { OPS } = await getResolvedPDFJS()
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const { fnArray, argsArray } = await (await document.getPage(1)).getOperatorList()
  const dashes = fnArray.flatMap((operator, at) =>
    operator === OPS.setDash ? [argsArray[at][0] as number[]] : [],
  )
  return dashes.find((array) => array.length > 50) ?? []
}

test('紙の棒は、よその読み手が読んでも、文字で刷った符号と同じ', async () => {
  for (const document of documents)
    for (const code of [issue.code, farCode]) {
      const sheet = documentSheet({ ...issue, code, contents: { ...contents, document } }, office)
      const { pdf } = printEligibilityDocuments(formOf(document), [sheet], options)
      assert.ok(pdf)
      const bars = await barsOf(pdf)
      const narrow = Math.min(...bars)
      const quiet = 20
      const row = new BitArray(quiet * 2 + 10 * bars.length)
      let at = quiet
      for (const [index, bar] of bars.entries()) {
        const width = Math.round((bar / narrow) * 2)
        if (index % 2 === 0) for (let dot = 0; dot < width; dot += 1) row.set(at + dot)
        at += width
      }
      assert.equal(new Code39Reader().decodeRow(1, row, new Map()).getText(), code)
    }
})
