import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Place, pathOf, personTabs, readAddress, titleOf } from './places.ts'

const letters = '0123456789abcdefghjkmnpqrstvwxyz'
const reference = fc.string({
  unit: fc.constantFrom(...letters),
  minLength: 26,
  maxLength: 26,
})
const direction = fc.constantFrom('in' as const, 'out' as const)
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.constant<Place>({ screen: 'today' }),
  fc.constant<Place>({ screen: 'search' }),
  fc.record({
    screen: fc.constant('person' as const),
    person: reference,
    tab: fc.constantFrom(...personTabs),
  }),
  fc.record({ screen: fc.constant('why' as const), person: reference, decision: reference }),
  fc.record({ screen: fc.constant('files' as const), direction }),
  fc.record({ screen: fc.constant('file' as const), direction, transmission: reference }),
  fc.constant<Place>({ screen: 'send' }),
  fc.constant<Place>({ screen: 'jobs' }),
  fc.constant<Place>({ screen: 'accounts' }),
  fc.record({ screen: fc.constant('job' as const), job: reference }),
  fc.constant<Place>({ screen: 'start', run: 'annual-premium' }),
)
const realm = fc.constantFrom('counter' as const, 'union' as const)

test('所在は、書いて読むと同じところに戻る', () => {
  fc.assert(
    fc.property(realm, place, (r, p) => {
      const url = new URL(pathOf(r, p), 'http://localhost')
      assert.deepEqual(readAddress(url.pathname), { realm: r, place: { ...p } })
    }),
  )
})

test('所在と題名に、名前・番号・さがすことばの入る場所がない', () => {
  fc.assert(
    fc.property(realm, place, (r, p) => {
      const shown = decodeURIComponent(pathOf(r, p)).replace(/[0-9a-z]{26}/g, '')
      assert.match(shown, /^[a-z/-]*$/)
      assert.doesNotMatch(titleOf(r, p), /\d/)
    }),
  )
})

test('知らない所在は、推しはからずに「見つかりません」になる', () => {
  for (const path of [
    '/counter/people/菊池',
    '/counter/people/43100007',
    '/counter/search/菊池',
    '/union/files/in/0413',
    '/union/jobs/1',
  ])
    assert.equal(readAddress(path)?.place.screen, 'unknown', path)
  assert.equal(readAddress('/somewhere'), null)
})
