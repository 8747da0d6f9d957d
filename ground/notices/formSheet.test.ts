import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FormSheet, FormStopped, formCode, printForm } from './index.ts'

const sheet = (rows: number, name = '庭球　正夫'): FormSheet => ({
  kind: 'record',
  form: '21',
  at: '2026-07-01T00:00:00Z',
  code: formCode('21', '43100007-2026', 1),
  again: true,
  title: '保険料台帳(写し)',
  subtitle: null,
  number: null,
  to: null,
  issuedOn: '令和8年7月1日',
  issuer: '熊本県後期高齢者医療広域連合',
  lead: [],
  about: [{ label: '氏名', value: name }],
  tables: [
    {
      title: '調定',
      columns: [
        { name: '決定の日', share: 1 },
        { name: '調定額(円)', share: 1, figure: true },
      ],
      rows: Array.from({ length: rows }, () => ['令和8年7月1日', '103,300']),
      empty: '決定はありません。',
    },
  ],
  remarks: [],
  contact: null,
  margin: ['操作 山下', '令和8年7月1日 9時41分', '用件 保険料の相談'],
})

test('帳票: 同じ紙は同じバイトで、行が多ければページが増え、行がなければそのわけの文になる', () => {
  const once = printForm(sheet(120), { mock: true })
  assert.ok(once.pages > 2, String(once.pages))
  assert.deepEqual(printForm(sheet(120), { mock: true }).pdf, once.pdf)
  assert.notDeepEqual(printForm(sheet(120), { mock: false }).pdf, once.pdf)
  assert.equal(printForm(sheet(0), { mock: true }).pages, 1)
})

test('帳票: 字形のない文字があれば1枚も刷らず、名前を言わずに文字を言う', () => {
  assert.throws(
    () => printForm(sheet(1, '\u{10DE92}田　三郎'), { mock: true }),
    (error) =>
      error instanceof FormStopped &&
      error.message.includes('U+10DE92') &&
      !error.message.includes('三郎'),
  )
})

test('帳票の符号: 同じ紙はいつも同じ、通がちがえば下4けたも分からない', () => {
  const codes = Array.from({ length: 50 }, (_, copy) => formCode('21', '43100007-2026', copy + 1))
  assert.equal(codes[0], formCode('21', '43100007-2026', 1))
  for (const code of codes) assert.match(code, /^21-43100007-2026-\d\d-\d{4}$/)
  assert.ok(new Set(codes.map((code) => code.slice(-4))).size > 40)
})
