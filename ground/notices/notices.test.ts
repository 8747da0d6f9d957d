import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import type { 保険料情報 } from '@koiki/layouts'
import {
  type EligibilityDocumentSheet,
  lettersWithoutGlyph,
  premiumNoticeSheet,
  printEligibilityDocuments,
  printPremiumNotices,
  readPages,
} from './index.ts'

const options = { issuer: '天草市', mock: true, printedAt: 1_783_641_600 }
const office = { issuer: '天草市長（模擬）', contact: '天草市 後期高齢者医療窓口' }
const recipient = (name: string) => ({
  name,
  birthDate: plainDate('1939-05-03'),
  postalCode: '8630001',
  address: ['熊本県天草市本渡町本渡1234番地5', '県営試験団地3棟405号'],
})

type Row = 保険料情報
const row = {
  市区町村コード: '432156',
  被保険者番号: '43100007',
  賦課年度: 2026,
  決定番号: 1,
  決定年月日: plainDate('2026-07-01'),
  資格月数: 12,
  軽減区分: '5',
  元被扶養者区分: '0',
  賦課のもととなる所得: 630_000,
  軽減判定所得: 910_000,
  軽減判定基準額: 1_050_000,
  軽減判定被保険者数: 2,
  給与所得者等の数: 1,
  医療分均等割額軽減前: 63_000,
  医療分均等割額軽減後: 31_500,
  医療分所得割率: '11.060',
  医療分所得割額: 69_678,
  医療分限度額: 850_000,
  医療分限度超過額: 0,
  医療分年額: 101_100,
  子ども分均等割額軽減前: 1_400,
  子ども分均等割額軽減後: 700,
  子ども分所得割率: '0.250',
  子ども分所得割額: 1_575,
  子ども分限度額: 21_000,
  子ども分限度超過額: 0,
  子ども分年額: 2_200,
  保険料額: 103_300,
  法令表の版: '2026-04-01 test',
} as unknown as Row

const notice = (number: string, name: string, changes: Partial<Record<keyof Row, unknown>> = {}) =>
  premiumNoticeSheet({ ...row, ...changes } as Row, recipient(name), office, {
    number,
    issuedOn: plainDate('2026-07-10'),
  })

const endless = Array.from(
  { length: 60 },
  (_, index) => `熊本県天草市架空の郷 ${index + 1}番地の先の棟`,
)

test('字形: 届いたままの異体字・外字を、持っている字形で見分ける', () => {
  assert.deepEqual(lettersWithoutGlyph('𠮷田　髙﨑 德濵 桺𣘺 ｶﾅ ABC'), [])
  assert.deepEqual(lettersWithoutGlyph('辻\u{E0100}'), [])
  assert.deepEqual(lettersWithoutGlyph('辻\u{E01EF}'), ['U+8FBB U+E01EF'])
  assert.deepEqual(lettersWithoutGlyph('\u{10DE92}'), ['U+10DE92'])
  assert.deepEqual(lettersWithoutGlyph('张'), ['U+5F20'])
})

test('決定通知書: 1人2ページ、読み上げ用の印つき、同じ回は同じ中身', () => {
  const sheets = [notice('0000001', '𠮷田　正夫'), notice('0000002', '菊池　澄江')]
  const once = printPremiumNotices(sheets, options)
  assert.equal(once.pages, 4)
  assert.equal(once.printed.length, 2)
  assert.deepEqual(once.stopped, [])
  const text = once.pdf!.toString('latin1')
  assert.match(text, /^%PDF-1\.7/)
  if (process.platform === 'linux' && process.arch === 'x64') assert.match(text, /pdfuaid/)
  assert.deepEqual(printPremiumNotices(sheets, options).pdf, once.pdf)
})

test('字形のない文字は、その1枚だけを止め、名前を言わずに理由を言う', () => {
  const run = printPremiumNotices(
    [notice('0000001', '\u{10DE92}田　三郎'), notice('0000002', '田中　和子')],
    options,
  )
  assert.deepEqual(
    run.printed.map(({ sheetNumber }) => sheetNumber),
    ['0000002'],
  )
  assert.equal(run.pages, 2)
  const [stopped] = run.stopped
  assert.equal(stopped?.sheetNumber, '0000001')
  assert.match(stopped?.sentence ?? '', /U\+10DE92/)
  assert.doesNotMatch(stopped?.sentence ?? '', /三郎/)
  const none = printPremiumNotices([notice('0000003', '\u{10DE92}')], options)
  assert.equal(none.pdf, null)
})

test('説明の面: 数字は決定と同じで、足すと年額になり、世帯の人ごとの所得は出ない', () => {
  const sheet = notice('0000001', '試験　花子')
  const text = sheet.explanation.flatMap(({ lines, sum }) => [...lines, sum ?? '']).join('\n')
  for (const figure of [
    '31,500円',
    '69,678円',
    '11.06％',
    '101,100円',
    '2,200円',
    '103,300円',
    '910,000円',
  ])
    assert.ok(text.includes(figure), `${figure} が説明にない`)
  assert.equal(sheet.fiscalYear, '令和8年度')
  assert.equal(
    sheet.levies.reduce((sum, levy) => sum + levy.annual, 0),
    sheet.annual,
  )
})

test('説明の面: 7割の区分では医療分が7.2割、軽減なし・限度額・月割・子ども分のない年度もそのまま言う', () => {
  const seven = notice('1', '試験', { 軽減区分: '7', 医療分均等割額軽減後: 17_640 })
  assert.equal(seven.levies[0]?.reduction, '7.2割')
  const over = notice('2', '試験', {
    軽減区分: '0',
    医療分均等割額軽減後: 63_000,
    医療分限度超過額: 12_345,
    資格月数: 8,
  })
  const lines = over.explanation.flatMap((part) => part.lines).join('\n')
  assert.match(lines, /12,345円/)
  assert.match(lines, /8か月分/)
  assert.equal(over.levies[0]?.reduction, 'なし')
  const before2026 = notice('3', '試験', { 賦課年度: 2025, 子ども分年額: null, 保険料額: 101_100 })
  assert.equal(before2026.levies.length, 1)
  assert.equal(before2026.fiscalYear, '令和7年度')
})

test('資格確認書: 1人1ページ、長い名前も刷れる。紙から読めば、割合も符号も読める', async () => {
  const sheet: EligibilityDocumentSheet = {
    ...notice('0000001', '勘解由小路　左衛門三郎'),
    code: '43100007-0011-4711',
    title: '後期高齢者医療資格確認書',
    recipient: '勘解由小路　左衛門三郎',
    lead: 'あなたの資格確認書です。',
    rows: [
      { label: '被保険者番号', value: '43100007', large: true },
      {
        label: '氏名',
        value: '勘解由小路　左衛門三郎',
        note: 'カデノコウジ　サエモンサブロウ',
      },
      { label: '住所', value: '熊本県天草市本渡町本渡1234番地5' },
      { label: '一部負担金の割合', value: '3割', large: true },
    ],
    remarks: ['資格を失ったときは、市区町村の窓口に返してください。'],
  }
  const long = { ...sheet, sheetNumber: '2', name: 'ＡＢＣＤＥＦＧＨＩＪ　'.repeat(8) }
  const run = printEligibilityDocuments('certificate', [sheet, long], options)
  assert.equal(run.pages, 2)
  assert.deepEqual(run.stopped, [])
  const [page] = await readPages(run.pdf as Buffer)
  assert.match(page ?? '', /一部負担金の割合3割/)
  assert.match(page ?? '', /43100007-0011-4711/)
  const tooLong = { ...sheet, sheetNumber: '3', address: endless }
  const rest = printEligibilityDocuments('certificate', [sheet, tooLong, long], options)
  assert.equal(rest.pages, 2)
  assert.match(rest.stopped[0]?.sentence ?? '', /用紙番号 3.*1ページに収まりません/)
})

test('いちばん長い場合でも2ページに収まる: 限度額・軽減判定・月割・長い名前と住所', () => {
  const longest = {
    ...notice('0000001', 'ＡＢＣＤＥＦＧＨＩＪ　'.repeat(8), {
      軽減区分: '0',
      賦課のもととなる所得: 999_999_999,
      軽減判定所得: 999_999_999,
      医療分均等割額軽減後: 63_000,
      医療分所得割額: 110_599_999,
      医療分限度超過額: 109_812_999,
      医療分年額: 566_600,
      子ども分均等割額軽減後: 1_400,
      子ども分所得割額: 2_499_999,
      子ども分限度超過額: 2_480_399,
      子ども分年額: 14_000,
      保険料額: 580_600,
      資格月数: 8,
    }),
    address: [
      '熊本県熊本市中央区九品寺一丁目二番三号',
      '特別養護老人ホーム架空の里　二号館　四百五号室　試験様方',
    ],
  }
  assert.equal(printPremiumNotices([longest], options).pages, 2)
})

test('2ページに収まらない紙は、その1枚だけを止め、被保険者番号で言う。残りは刷る', () => {
  const tooLong = {
    ...notice('0000002', '試験　長子', { 被保険者番号: '43100008' }),
    address: endless,
  }
  const longerThanUsual = {
    ...notice('0000003', 'ＡＢＣＤＥＦＧＨＩＪ　'.repeat(8)),
    address: endless.slice(0, 3),
  }
  const others = [notice('0000001', '試験　花子'), longerThanUsual, notice('0000004', '試験　太郎')]
  const run = printPremiumNotices([others[0]!, tooLong, ...others.slice(1)], options)
  assert.deepEqual(
    run.printed.map(({ sheetNumber }) => sheetNumber),
    ['0000001', '0000003', '0000004'],
  )
  assert.equal(run.pages, 6)
  assert.deepEqual(run.pdf, printPremiumNotices(others, options).pdf)
  assert.deepEqual(
    run.stopped.map(({ sheetNumber, letters }) => [sheetNumber, letters]),
    [['0000002', []]],
  )
  assert.match(run.stopped[0]?.sentence ?? '', /被保険者番号 43100008.*2ページに収まりません/)
  assert.doesNotMatch(run.stopped[0]?.sentence ?? '', /長子|架空の郷/)
})

test('説明が長すぎる紙も止め、刷れる紙がなければ何も刷らない', () => {
  const sheet = notice('0000001', '試験　花子')
  const [part] = sheet.explanation
  const run = printPremiumNotices([{ ...sheet, explanation: Array(30).fill(part) }], options)
  assert.equal(run.pdf, null)
  assert.equal(run.pages, 0)
  assert.deepEqual(run.printed, [])
  assert.match(run.stopped[0]?.sentence ?? '', /収まりません/)
})
