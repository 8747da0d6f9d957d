import assert from 'node:assert/strict'
import { test } from 'node:test'
import util from 'node:util'
import v8 from 'node:v8'
import { parseIndividualNumber } from './individualNumber.ts'
import { type OpaqueNumber, revealNumber } from './opaque.ts'
import { parseResidentRecordCode } from './residentRecordCode.ts'

function opaque(): { digits: string; number: OpaqueNumber }[] {
  const samples = [
    ['123456789018', parseIndividualNumber('123456789018')],
    ['12345678903', parseResidentRecordCode('12345678903')],
  ] as const
  return samples.flatMap(([digits, parsed]) =>
    parsed.ok ? [{ digits, number: parsed.value }] : [],
  )
}

test('見せない番号: どう書き出しても *** になり、数字は現れない', () => {
  assert.equal(opaque().length, 2)
  for (const { digits, number } of opaque()) {
    const written = [
      String(number),
      `${number}`,
      `${'番号: '}${number}`,
      JSON.stringify({ number }),
      JSON.stringify([number]),
      util.inspect(number),
      util.inspect({ number }, { depth: null, showHidden: true, customInspect: true }),
      util.inspect(number, { customInspect: false, showHidden: true }),
      util.format('%s %o %O %j', number, number, number, number),
      Object.prototype.toString.call(number),
      new Error(`${number}`).message,
      [number].join(),
      Object.entries(number).join(),
      JSON.stringify({ ...number }),
      Reflect.ownKeys(number).join(),
      v8.serialize({ ...number }).toString('latin1'),
      util.inspect(structuredClone({ ...number })),
    ]
    for (const text of written) assert.ok(!text.includes(digits.slice(0, 6)), text)
    assert.equal(String(number), '***')
    assert.equal(JSON.stringify({ number }), '{"number":"***"}')
    assert.equal(util.inspect({ number }), '{ number: *** }')
  }
})

test('見せない番号: 数に直しても数字は出ない', () => {
  for (const { number } of opaque()) assert.ok(Number.isNaN(Number(number)))
})

test('見せない番号: 開くのは revealNumber だけで、見せずに比べられる', () => {
  const [a] = opaque()
  const again = parseIndividualNumber('123456789018')
  assert.ok(a !== undefined && again.ok)
  assert.equal(revealNumber(a.number), '123456789018')
  assert.ok(a.number.equals(again.value))
  const other = parseIndividualNumber('111111111118')
  assert.ok(other.ok && !a.number.equals(other.value))
})

test('見せない番号: 誤りの理由は読んだ数字を繰り返さない', () => {
  for (const text of ['123456789010', '12345678901', 'abc123456789', '']) {
    const parsed = parseIndividualNumber(text)
    assert.ok(!parsed.ok)
    assert.ok(text === '' || !parsed.reason.includes(text))
  }
})
