import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkNumber, isNumberKind, type NumberKind, numberKinds } from './checkNumber.ts'
import { corporateNumberCheckDigit, parseCorporateNumber } from './corporateNumber.ts'
import { individualNumberCheckDigit } from './individualNumber.ts'
import { insuredNumber, insuredNumberFault, parseInsuredNumber } from './insuredNumber.ts'
import { insurerNumberCheckDigit, insurerNumberOf, parseInsurerNumber } from './insurerNumber.ts'
import { residentKey, subjectKey, subjectOf } from './keys.ts'
import { parseAddresseeNumber, parseHouseholdNumber } from './localNumbers.ts'
import {
  municipalityCodeCheckDigit,
  municipalityCodeOf,
  parseMunicipalityCode,
} from './municipalityCode.ts'
import { residentRecordCodeCheckDigit } from './residentRecordCode.ts'

const valid = (kind: NumberKind, value: string): void => {
  assert.deepEqual(checkNumber(kind, value), { valid: true, reason: null }, `${kind} ${value}`)
}
const invalid = (kind: NumberKind, value: string): void => {
  const answer = checkNumber(kind, value)
  assert.equal(answer.valid, false, `${kind} ${value}`)
  assert.match(answer.reason ?? '', /。$/)
}

test('個人番号の検査用数字: 公表された例と、剰余0から10までの例', () => {
  const known = ['983205673214', '123456789018', '345678901234', '100000000013']
  const repeated = ['111111111118', '222222222225', '999999999996']
  const byRemainder = [
    '710000791900',
    '710000554330',
    '710000395959',
    '710000000008',
    '710000712717',
    '710000475146',
    '710000316765',
    '710000079194',
    '710000633523',
    '710000871092',
    '710000237571',
  ]
  for (const value of [...known, ...repeated, ...byRemainder]) valid('individualNumber', value)
  invalid('individualNumber', '983205673210')
  assert.equal(individualNumberCheckDigit('98320567321'), 4)
})

test('法人番号の検査用数字（先頭の桁）: 公表された例', () => {
  const known = ['7123456789012', '4011001098993', '2120901007402', '8700110005901']
  for (const value of [...known, '7000020430005', '9000020431001']) valid('corporateNumber', value)
  invalid('corporateNumber', '1123456789012')
  invalid('corporateNumber', '0123456789012')
  assert.equal(corporateNumberCheckDigit('123456789012'), 7)
})

test('団体コードの検査数字: 熊本県の50の団体と区、千代田区、県そのもの', () => {
  const kumamoto =
    '431001 431010 431028 431036 431044 431052 432024 432032 432041 432059 432067 432083 432105 432113 432121 432130 432148 432156 432164 433489 433641 433675 433683 433691 434035 434043 434230 434248 434256 434281 434329 434337 434418 434426 434434 434442 434477 434680 434825 434841 435015 435058 435066 435074 435104 435112 435121 435139 435147 435317'
  const codes = kumamoto.split(' ')
  assert.equal(codes.length, 50)
  for (const code of [...codes, '131016', '430005']) valid('municipalityCode', code)
  invalid('municipalityCode', '431002')
  invalid('municipalityCode', '480002')
  invalid('municipalityCode', '000001')
  assert.equal(municipalityCodeOf('43100'), '431001')
  assert.throws(() => municipalityCodeOf('48000'), RangeError)
})

test('保険者番号の検証番号: 公表された例と、市区町村ごとの候補', () => {
  for (const value of ['33120015', '39131016', '39431002', '39432026', '39430004']) {
    valid('insurerNumber', value)
  }
  for (const value of ['39432024', '39123456', '39480008', '00000000']) {
    invalid('insurerNumber', value)
  }
  const candidates = {
    431001: '39431002',
    431052: '39431051',
    432105: '39432109',
    434035: '39434030',
    435317: '39435318',
    430005: '39430004',
  }
  for (const [code, number] of Object.entries(candidates)) {
    assert.equal(insurerNumberOf(code), number)
  }
  assert.equal(insurerNumberCheckDigit('3312001'), 5)
})

test('保険者番号: 広域連合の割当てがあれば、候補より先に使う', () => {
  assert.equal(insurerNumberOf('431001', new Map([['431001', '39431010']])), '39431010')
  assert.throws(() => insurerNumberOf('43100'), RangeError)
})

test('被保険者番号の検証番号: 方式mod10-21の例', () => {
  const examples = ['00000018', '01000009', '10000008', '12345674', '43100007', '99999997']
  for (const value of examples) valid('insuredNumber', value)
  invalid('insuredNumber', '12345670')
  assert.equal(insuredNumber(4_310_000), '43100007')
  assert.equal(insuredNumber(1), '00000018')
  assert.throws(() => insuredNumber(10_000_000), RangeError)
  assert.throws(() => insuredNumber(-1), RangeError)
})

test('被保険者番号: 方式noneなら8桁の数字はどれも受け付ける', () => {
  assert.equal(insuredNumberFault('12345670', 'none'), null)
  assert.notEqual(insuredNumberFault('1234567', 'none'), null)
})

test('どの番号も、検査数字は10通りのうち1つだけが合う', () => {
  const check = (kind: NumberKind, length: number, digitOf: (body: string) => number): void => {
    const bodies = fc.array(fc.integer({ min: 0, max: 9 }), {
      minLength: length,
      maxLength: length,
    })
    fc.assert(
      fc.property(bodies, (digits) => {
        const head = kind === 'municipalityCode' ? '43' : kind === 'insurerNumber' ? '3943' : ''
        const body = head + digits.join('').slice(head.length)
        const fitting = '0123456789'
          .split('')
          .filter(
            (digit) =>
              checkNumber(kind, kind === 'corporateNumber' ? digit + body : body + digit).valid,
          )
        assert.deepEqual(fitting, [String(digitOf(body))])
      }),
      { numRuns: 200 },
    )
  }
  check('individualNumber', 11, individualNumberCheckDigit)
  check('residentRecordCode', 10, residentRecordCodeCheckDigit)
  check('corporateNumber', 12, corporateNumberCheckDigit)
  check('municipalityCode', 5, municipalityCodeCheckDigit)
  check('insurerNumber', 7, insurerNumberCheckDigit)
})

test('保険者番号と被保険者番号は、1桁の誤りと、隣り合う桁の入れ違い（0と9を除く）を見つける', () => {
  const running = fc.integer({ min: 0, max: 9_999_999 })
  fc.assert(
    fc.property(running, fc.nat(7), fc.integer({ min: 1, max: 9 }), (n, place, shift) => {
      const number = insuredNumber(n)
      const wrong = (Number(number[place]) + shift) % 10
      assert.ok(!parseInsuredNumber(number.slice(0, place) + wrong + number.slice(place + 1)).ok)
      const [a, b] = [number[place], number[place + 1]]
      if (b === undefined || a === b || `${a}${b}` === '09' || `${a}${b}` === '90') return
      const swapped = number.slice(0, place) + b + a + number.slice(place + 2)
      assert.ok(!parseInsuredNumber(swapped).ok)
    }),
  )
})

test('形の誤りは、どの種類でも「正しくない」であり、理由に値は現れない', () => {
  const malformed = [
    '',
    ' ',
    '1',
    '１２３４５６７８',
    '12 45678',
    'abcdefgh',
    '1'.repeat(40),
    '-1234567',
  ]
  for (const kind of numberKinds) {
    for (const value of malformed) {
      invalid(kind, value)
      const { reason } = checkNumber(kind, value)
      assert.ok(value.trim().length < 2 || !reason?.includes(value))
    }
  }
  assert.ok(!isNumberKind('toString'))
  assert.ok(!isNumberKind('constructor'))
})

test('公の番号はそのまま文字として読める', () => {
  assert.deepEqual(parseCorporateNumber('7000020430005'), { ok: true, value: '7000020430005' })
  assert.deepEqual(parseMunicipalityCode('431001'), { ok: true, value: '431001' })
  assert.deepEqual(parseInsurerNumber('39431002'), { ok: true, value: '39431002' })
  assert.ok(!parseInsurerNumber('39431003').ok)
})

test('宛名番号と世帯番号: 半角15文字まで、前の0も番号のうち', () => {
  assert.deepEqual(parseAddresseeNumber('000000000000001'), { ok: true, value: '000000000000001' })
  assert.ok(parseHouseholdNumber('A1').ok)
  for (const text of ['', '1'.repeat(16), '１２３', '12-3']) {
    assert.ok(!parseAddresseeNumber(text).ok, text)
    assert.ok(!parseHouseholdNumber(text).ok, text)
  }
})

test('被保険者のキーと住民のキー', () => {
  assert.equal(subjectKey('43', '43100007'), 4_343_100_007)
  assert.deepEqual(subjectOf(4_343_100_007), { union: '43', insuredNumber: '43100007' })
  assert.deepEqual(subjectOf(subjectKey('01', '00000018')), {
    union: '01',
    insuredNumber: '00000018',
  })
  assert.equal(residentKey('43', 1), 430_000_000_001)
  for (const union of ['48', '00', '4', 'ab']) {
    assert.throws(() => subjectKey(union, '43100007'), RangeError)
  }
  assert.throws(() => subjectKey('43', '4310000'), RangeError)
  assert.throws(() => residentKey('43', 0), RangeError)
  assert.throws(() => residentKey('43', 10_000_000_000), RangeError)
  assert.throws(() => subjectOf(12), RangeError)
})
