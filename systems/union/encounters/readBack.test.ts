import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import {
  agrees,
  askable,
  factsOfSearch,
  isReadable,
  type ReadBackFact,
  type ReadBackPerson,
} from './readBack.ts'

const hana: ReadBackPerson = {
  name: '庭球　ハナ',
  nameKana: 'テイキュウ　ハナ',
  birthDate: plainDate('1941-09-12'),
  town: '架空町二丁目',
  insuredNumber: '43100007',
}

test('生年月日・町名・番号の下4けた・氏名は、言い方がちがっても同じなら合う', () => {
  const same: Record<ReadBackFact, readonly string[]> = {
    birthDate: ['S16.9.12', '昭和16年9月12日', '3160912', '19410912', '１９４１－９－１２'],
    town: ['架空町二丁目', '架空町２丁目', '架空町 2 丁目', '架空町'],
    numberTail: ['0007', '０００７'],
    name: ['庭球 ハナ', 'ていきゅう はな', 'テイキュウハナ'],
  }
  for (const [fact, texts] of Object.entries(same))
    for (const text of texts)
      assert.equal(agrees(hana, fact as ReadBackFact, text), true, `${fact} ${text}`)
})

test('ほかの日・ほかの町・ほかの番号・名字だけは合わない', () => {
  for (const [fact, text] of [
    ['birthDate', 'S16.12.9'],
    ['town', '架空町三丁目'],
    ['town', '架空'],
    ['numberTail', '0008'],
    ['numberTail', '7'],
    ['name', '庭球'],
    ['name', 'ハナ'],
  ] as const)
    assert.equal(agrees(hana, fact, text), false, `${fact} ${text}`)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (tail) =>
      assert.equal(agrees(hana, 'numberTail', String(tail).padStart(4, '0')), tail === 7),
    ),
  )
})

test('二十一丁目・十丁目も数字と同じに読む', () => {
  for (const [kanji, figures] of [
    ['架空町二十一丁目', '架空町21丁目'],
    ['架空町十丁目', '架空町10丁目'],
    ['架空町十二丁目', '架空町12丁目'],
  ] as const)
    assert.equal(agrees({ ...hana, town: kanji }, 'town', figures), true, kanji)
})

test('見せない町名・分からない生年月日は、たずねず、何を打っても合わない', () => {
  const withheld = { ...hana, town: null, birthDate: null }
  assert.deepEqual(askable(withheld), ['numberTail', 'name'])
  assert.deepEqual(askable(hana), ['birthDate', 'town', 'numberTail', 'name'])
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(agrees(withheld, 'town', text), false)
      assert.equal(agrees(withheld, 'birthDate', text), false)
    }),
  )
})

test('さがすことばのうち、事実として数えるのは、そろった氏名・生年月日・番号だけ', () => {
  for (const [words, facts] of [
    ['庭球 ハナ', ['name']],
    ['ていきゅう はな S16.9.12', ['name', 'birthDate']],
    ['teikyuu hana', ['name']],
    ['4310-0007', ['numberTail']],
    ['43100007 昭16.9.12', ['birthDate', 'numberTail']],
    ['庭球', []],
    ['4310', []],
    ['ハナ S16.9.13', []],
    ['', []],
  ] as const)
    assert.deepEqual(factsOfSearch(hana, words), facts, words)
})

test('日として読めないものは、合わないのではなく、読めない', () => {
  assert.equal(isReadable('birthDate', '平成32年4月1日'), false)
  assert.equal(isReadable('birthDate', '16.9.12'), false)
  assert.equal(isReadable('numberTail', '007'), false)
  assert.equal(isReadable('town', ' '), false)
  assert.equal(isReadable('birthDate', 'S16.9.12'), true)
})
