import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ambiguousColumns, type Columns, layouts } from './index.ts'

test('目録のどの項目も、単位と、何の日か・何の額かを言っている', () => {
  assert.deepEqual(layouts.flatMap(ambiguousColumns), [])
})

test('あいまいな項目は、どの項目の何が足りないかを言って断る', () => {
  const cases: [Columns[string], string, RegExp | null][] = [
    [{ type: 'DATE', text: '終わりの日。' }, '適用終了日', /何の日か/],
    [{ type: 'DATE', day: '終わった日', text: '終わりの日。' }, '適用終了日', null],
    [{ type: '9', length: 9, text: '所得。' }, '所得', /単位を/],
    [{ type: '9', length: 9, unit: '円', text: '所得。' }, '所得', /何の額か/],
    [{ type: 'S9', length: 9, unit: '円', amount: '1年分', text: '所得。' }, '所得', null],
    [{ type: '9V', length: 5, decimals: 2, text: '率。' }, '率', /単位を/],
    [{ type: 'X', length: 8, digits: true, text: '日。' }, '資格取得年月日', /DATEで/],
    [{ type: 'N', length: 8, mixed: true, text: '額。' }, '保険料額', /単位のある数/],
    [{ type: 'X', length: 1, codes: { '1': '1割' }, text: '' }, '割合', /説明がありません/],
    [{ type: 'X', length: 1, codes: { '1': '1割' }, text: '割合。' }, '割合', null],
  ]
  for (const [column, name, fault] of cases) {
    const found = ambiguousColumns({ name: '試験', columns: { [name]: column } })
    if (fault === null) assert.deepEqual(found, [])
    else {
      assert.equal(found.length, 1)
      assert.match(found[0] as string, fault)
      assert.ok(found[0]?.startsWith(`試験: ${name}: `))
    }
  }
})
