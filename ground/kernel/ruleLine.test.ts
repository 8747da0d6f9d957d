import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  amountMax,
  answerLine,
  isAmount,
  LineFault,
  type LineRow,
  membersMax,
  readDay,
  readLine,
  readMembers,
  readText,
  refuseAmount,
  refuseKey,
} from './ruleLine.ts'

/** The fault that the work ends in, by its code and place. */
function faultOf(work: () => unknown): [code: string, at: string, message: string] {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof LineFault)
    return [error.code, error.at, error.message]
  }
  return assert.fail('断らなかった')
}

test('1行の読取り: 空、JSONでない、オブジェクトでない、のどれも何行目かを言い、行を繰り返さない', () => {
  assert.deepEqual(readLine('{"id":"1"}', 1), { id: '1' })
  for (const [line, code] of [
    ['', 'blankLine'],
    [' \u3000\t', 'blankLine'],
    ['{"id":"700000000011"', 'malformedJson'],
    ['[700000000011]', 'notAnObject'],
    ['null', 'notAnObject'],
    ['"700000000011"', 'notAnObject'],
  ] as const) {
    const [found, at, message] = faultOf(() => readLine(line, 7))
    assert.deepEqual([found, at], [code, ''])
    assert.match(message, /^7行目/)
    assert.doesNotMatch(message, /7000/)
  }
})

describe('1行に答える', () => {
  const answer = (line: string, work: (row: LineRow) => string) =>
    answerLine(line, 3, work, (error) =>
      error instanceof RangeError ? { code: 'own', at: 'x', message: error.message } : null,
    )

  test('答えか、行のidを付けた誤りになる。規則の知る誤りも同じ形になる', () => {
    assert.deepEqual(
      answer('{"id":"a"}', () => '答え'),
      { text: '答え', answered: true },
    )
    assert.deepEqual(
      answer('{"id":"a"}', () => refuseKey('b')),
      {
        text: '{"id":"a","error":{"code":"unknownKey","at":"b","message":"この名前の項目はありません。つづりを確かめてください。"}}',
        answered: false,
      },
    )
    const own = () => {
      throw new RangeError('表がない')
    }
    assert.match(answer('{"id":"a"}', own).text, /^\{"id":"a","error":\{"code":"own"/)
    assert.match(answer('{"id":1}', own).text, /^\{"id":null,/)
    assert.match(answer('', own).text, /^\{"id":null,"error":\{"code":"blankLine"/)
  })

  test('だれも知らない誤りは、答えにせずに投げる', () => {
    const broken = () => {
      throw new TypeError('プログラムの誤り')
    }
    assert.throws(() => answer('{"id":"a"}', broken), TypeError)
  })
})

describe('世帯員の読取り', () => {
  const read = (row: unknown) => row as { id: string }
  const rows = (ids: readonly string[]) => ids.map((id) => ({ id }))

  test('同じidは、何人いても、後の方を指して断る', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        (ids, first, second) => {
          assert.deepEqual(readMembers(rows(ids), read), rows(ids))
          const from = first % ids.length
          const to = from + 1 + (second % (ids.length - from))
          const doubled = ids.toSpliced(to, 0, ids[from] as string)
          const [code, at] = faultOf(() => readMembers(rows(doubled), read))
          assert.deepEqual([code, at], ['duplicateMember', `members[${to}].id`])
        },
      ),
    )
  })

  test('ない、配列でない、多すぎる、を先に断り、確かめは1人ずつ順に行う', () => {
    assert.deepEqual(faultOf(() => readMembers(undefined, read)).slice(0, 2), [
      'missingKey',
      'members',
    ])
    assert.deepEqual(faultOf(() => readMembers({}, read)).slice(0, 2), ['wrongType', 'members'])
    const many = rows(Array.from({ length: membersMax + 1 }, (_, index) => String(index)))
    assert.equal(readMembers(many.slice(1), read).length, membersMax)
    assert.deepEqual(faultOf(() => readMembers(many, read)).slice(0, 2), [
      'tooManyMembers',
      'members',
    ])
    const seen: [string, number][] = []
    readMembers(rows(['a', 'b']), read, ({ id }, index) => seen.push([id, index]))
    assert.deepEqual(seen, [
      ['a', 0],
      ['b', 1],
    ])
  })
})

test('文字と日は、ない・形が違う・値が違う、を分けて断る', () => {
  assert.equal(readText('a', 'x'), 'a')
  assert.equal(readDay('2026-02-28', 'x'), 20260228)
  const codes = (read: (value: unknown, at: string) => unknown, values: readonly unknown[]) =>
    values.map((value) => faultOf(() => read(value, 'x'))[0])
  assert.deepEqual(codes(readText, [undefined, 1, '']), ['missingKey', 'wrongType', 'wrongValue'])
  assert.deepEqual(codes(readDay, [undefined, 20260228, '2026-02-29', '']), [
    'missingKey',
    'wrongType',
    'wrongDate',
    'wrongDate',
  ])
})

test('金額は0以上の円の整数で、上限まで。断る文はわけごとに違う', () => {
  for (const amount of [0, -0, 1, amountMax]) assert.ok(isAmount(amount))
  const messages = new Set<string>()
  for (const [value, code] of [
    ['1', 'wrongType'],
    [null, 'wrongType'],
    [-1, 'negativeAmount'],
    [amountMax + 1, 'amountTooLarge'],
    [0.5, 'notWholeYen'],
    [Number.NaN, 'notWholeYen'],
  ] as const) {
    assert.ok(!isAmount(value))
    const [found, at, message] = faultOf(() => refuseAmount(value, 'x'))
    assert.deepEqual([found, at], [code, 'x'])
    messages.add(message)
  }
  assert.equal(messages.size, 4)
})
