import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import fc from 'fast-check'
import { missingSentence, stopSentence } from '../sentences.ts'
import { type DestinationFacts, destinationOf } from './destinationOf.ts'

const since = plainDate('2025-09-03')
const plain: DestinationFacts = {
  name: '庭球　花子',
  underSupportMeasure: false,
  supportSince: null,
  address: { postalCode: '8600001', lines: ['住民票の住所'] },
  registered: null,
  unchecked: false,
  sharedAddress: false,
  confirmed: false,
}
const registered = (from: string): DestinationFacts['registered'] => ({
  since: plainDate(from),
  recipient: '庭球　次郎',
  postalCode: '8100001',
  lines: ['送付先'],
})
const answer = (facts: Partial<DestinationFacts>) => {
  const to = destinationOf({ ...plain, ...facts })
  return to.kind === 'stopped' ? to.stops.join() : `${to.recipient} ${to.lines.join()}`
}

test('宛先: 2人目の確かめた送付先、なければ住民票の住所。確かめ待ちは止まる', () => {
  assert.equal(answer({}), '庭球　花子 住民票の住所')
  assert.equal(answer({ registered: registered('2026-01-01') }), '庭球　次郎 送付先')
  assert.equal(answer({ unchecked: true }), 'destinationUnchecked')
  assert.equal(
    answer({ unchecked: true, registered: registered('2026-01-01') }),
    'destinationUnchecked',
  )
  assert.equal(answer({ address: null }), 'noAddress')
})

test('宛先: 同じ住所の別の世帯は止まり、その宛先を人が確かめれば通る。送付先は止めない', () => {
  assert.equal(answer({ sharedAddress: true }), 'addressShared')
  assert.equal(answer({ sharedAddress: true, confirmed: true }), '庭球　花子 住民票の住所')
  assert.equal(
    answer({ sharedAddress: true, registered: registered('2026-01-01') }),
    '庭球　次郎 送付先',
  )
})

test('宛先: 支援措置の間は、支援措置の後に届けた送付先だけを使う', () => {
  const protectedPerson = { underSupportMeasure: true, supportSince: since, address: null }
  assert.equal(answer(protectedPerson), 'supportMeasure')
  const registeredOn = (day: string) => answer({ ...protectedPerson, registered: registered(day) })
  assert.equal(registeredOn('2025-09-02'), 'supportMeasure')
  assert.equal(registeredOn('2025-09-03'), 'supportMeasure')
  assert.equal(registeredOn('2025-09-04'), '庭球　次郎 送付先')
  assert.equal(
    answer({ ...protectedPerson, supportSince: null, registered: registered('2026-01-01') }),
    'supportMeasure',
  )
})

test('宛先: どの事実の組合せでも、支援措置の人の住民票の住所へは行かず、止まるわけに言葉がある', () => {
  fc.assert(
    fc.property(
      fc.record({
        underSupportMeasure: fc.boolean(),
        supportSince: fc.constantFrom(null, since),
        registered: fc.constantFrom(null, registered('2025-01-01'), registered('2026-01-01')),
        unchecked: fc.boolean(),
        sharedAddress: fc.boolean(),
        confirmed: fc.boolean(),
      }),
      (facts) => {
        const to = destinationOf({ ...plain, ...facts })
        if (facts.underSupportMeasure) assert.notEqual(to.kind, 'address')
        if (to.kind !== 'stopped') return
        assert.ok(to.stops.length > 0)
        for (const stop of to.stops) {
          assert.match(stopSentence(stop), /。$/)
          assert.equal(missingSentence({ code: stop, facts: {} }), stopSentence(stop))
        }
      },
    ),
  )
})
