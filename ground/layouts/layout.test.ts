import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { finding } from './findings.ts'
import { detectLayout, findLayout, layout, layoutDocument, layouts } from './index.ts'
import { csvUtf8, type LayoutTable } from './layout.ts'
import { rowCheck } from './rowCheck.ts'

const table: LayoutTable = {
  name: '試験',
  edition: '2026-04',
  id: 'trial',
  description: '試験用。',
  source: '独自',
  key: ['番号'],
  hashTotals: ['番号'],
  format: csvUtf8,
  columns: { 番号: { type: '9', length: 3, required: true, text: '番号。' } },
}

test('読み込むときに、成り立たないレイアウトは止まる', () => {
  assert.doesNotThrow(() => layout(table))
  const wrong: [Partial<LayoutTable>, RegExp][] = [
    [{ key: ['ない'] }, /「ない」という項目はありません/],
    [{ columns: { 番号: { type: '9', length: 0, text: '' } } }, /番号: 桁数は1以上の整数です/],
    [
      {
        hashTotals: [],
        columns: { 番号: { type: 'X', length: 2, codes: { '1': '一' }, text: '' } },
      },
      /コード1の桁が違います/,
    ],
    [
      { columns: { 番号: { type: 'X', length: 12, digits: true, secret: true, text: '' } } },
      /秘密の項目なので、キーにも合計にも使えません/,
    ],
    [
      { columns: { 番号: { type: 'N', length: 5, text: '' } } },
      /数字の項目ではないので合計できません/,
    ],
    [
      {
        columns: {
          番号: {
            type: '9',
            length: 3,
            required: { column: '区分', in: ['1'] },
            text: '',
          },
        },
      },
      /「区分」という項目はありません/,
    ],
  ]
  for (const [change, message] of wrong)
    assert.throws(() => layout({ ...table, ...change }), message)
})

test('名前でも識別名でも見つかり、ないものは null', () => {
  assert.equal(findLayout('保険料情報'), findLayout('premiums'))
  assert.equal(findLayout('保険料情報', '2026-04')?.edition, '2026-04')
  assert.equal(findLayout('保険料情報', '1999-04'), null)
  assert.equal(findLayout('ない'), null)
})

test('個人番号を運ぶ項目は、どのレイアウトでも秘密の項目', () => {
  for (const one of layouts) {
    for (const [name, column] of Object.entries(one.columns)) {
      if (column.type === 'X' && column.number === 'individualNumber')
        assert.equal(column.secret, true, `${one.name} ${name}`)
    }
  }
})

test('文書には、すべての項目と、コードの意味と、条件が載る', () => {
  for (const one of layouts) {
    const text = layoutDocument(one)
    for (const [name, column] of Object.entries(one.columns)) {
      assert.ok(text.includes(`| ${name} |`), name)
      if (column.type === 'X' && column.codes !== undefined)
        for (const [code, meaning] of Object.entries(column.codes))
          assert.ok(text.includes(`\`${code}\` ${meaning}`), `${name} ${code}`)
    }
  }
  assert.match(
    layoutDocument(findLayout('住民基本台帳情報')!),
    /支援措置開始日 .*支援措置区分が「1」（支援措置の対象）のとき/,
  )
})

test('見出しの文字コードやBOMが違っても、どのレイアウトかわかる', () => {
  const header = `"${findLayout('premiums')!.names.join('","')}"\r\n`
  assert.equal(detectLayout(Buffer.from(header))?.id, 'premiums')
  assert.equal(detectLayout(Buffer.from(`\ufeff${header}`))?.id, 'premiums')
  assert.equal(detectLayout(Buffer.from('名前,住所\n')), null)
  assert.equal(detectLayout(Buffer.alloc(0)), null)
})

test('どの項目がどう誤っていても、所見は行の値を1つも言わない', () => {
  const wrong = [
    ...['2199-12-30', '2023-02-30', '1868-01-25', '昭和5年1月2日', '19300102', '７７７'],
    ...['甲乙丙', 'XYZW', '＝丁戊', '-98765', '987654321098765432'],
  ]
  const day = { today: plainDate('2026-07-01'), municipality: '431001' }
  let told = 0
  for (const layout of layouts) {
    const check = rowCheck(layout, day)
    for (const at of layout.names.keys())
      for (const value of wrong) {
        const record = layout.names.map((_, index) => (index === at ? value : ''))
        for (const fault of check(record) ?? []) {
          const { sentence } = finding(fault, 'ファイル', 2)
          assert.ok(!sentence.includes(value), `${layout.name} ${layout.names[at]}: ${sentence}`)
          if (fault.column === layout.names[at]) told += 1
        }
      }
  }
  assert.ok(told > 1000, `${told}`)
})
