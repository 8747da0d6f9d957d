import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import type { InsuranceCardTold } from '../certificate.ts'
import { insuranceCardOn } from './insuranceCardOn.ts'

const on = plainDate('2026-08-01')
const told = (
  state: InsuranceCardTold['state'],
  knownAt: string,
  until: string | null = null,
): InsuranceCardTold => ({
  state,
  since: plainDate('2026-07-01'),
  source: '試験',
  knownAt: `${knownAt}T00:00:00.000Z`,
  asOf: null,
  electronicCertificateUntil: until === null ? null : plainDate(until),
})
const answer = (hand: InsuranceCardTold | null, list: InsuranceCardTold | null, day = on) => {
  const { use, from, because } = insuranceCardOn({ hand, list }, day)
  return `${from} ${because} ${use?.state ?? 'なし'}`
}

test('マイナ保険証: 手の入力は、後から変わった一覧にだけ負ける', () => {
  assert.equal(answer(null, null), 'null nobody なし')
  assert.equal(answer(null, told('registered', '2026-07-02')), 'list listAlone registered')
  assert.equal(answer(told('deregistered', '2026-07-02'), null), 'hand handAlone deregistered')
  const list = told('registered', '2026-07-02')
  assert.equal(answer(told('deregistered', '2026-07-02'), list), 'hand handLater deregistered')
  assert.equal(answer(told('deregistered', '2026-07-01'), list), 'list listLater registered')
  assert.equal(answer(told('followsList', '2026-07-09'), list), 'list followsList registered')
  assert.equal(answer(told('followsList', '2026-07-09'), null), 'null followsList なし')
})

test('マイナ保険証: 電子証明書は有効期限の日まで使え、次の日から失効', () => {
  const list = told('registered', '2026-07-02', '2026-07-31')
  assert.equal(answer(null, list, plainDate('2026-07-31')), 'list listAlone registered')
  const { use } = insuranceCardOn({ hand: null, list }, on)
  assert.deepEqual(use, { state: 'expired', since: on, source: '試験' })
})

test('マイナ保険証: どの組合せでも、答えは言われたことのどちらかで、わけがある', () => {
  const maybe = fc.option(
    fc
      .record({
        state: fc.constantFrom<InsuranceCardTold['state']>(
          'registered',
          'expired',
          'notRegistered',
        ),
        day: fc.constantFrom('2026-07-01', '2026-07-02'),
      })
      .map(({ state, day }) => told(state, day)),
    { nil: null },
  )
  fc.assert(
    fc.property(maybe, maybe, (hand, list) => {
      const { use, from } = insuranceCardOn({ hand, list }, on)
      const chosen = from === 'hand' ? hand : from === 'list' ? list : null
      assert.equal(use?.state, chosen?.state)
      assert.equal(from === null, hand === null && list === null)
    }),
  )
})
