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
const draft = fc.uuid()
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
  fc.constant<Place>({ screen: 'formDeliveries' }),
  fc.constant<Place>({ screen: 'jobs' }),
  fc.constant<Place>({ screen: 'accounts' }),
  fc.constant<Place>({ screen: 'filings' }),
  fc.record({
    screen: fc.constant('newFiling' as const),
    person: fc.option(reference),
  }),
  fc.record({ screen: fc.constant('intake' as const), draft }),
  fc.record({ screen: fc.constant('filing' as const), filing: reference }),
  fc.record({ screen: fc.constant('filingForms' as const), filing: reference }),
  fc.constant<Place>({ screen: 'differences' }),
  fc.constant<Place>({ screen: 'certificates' }),
  fc.constant<Place>({ screen: 'printRuns' }),
  fc.record({ screen: fc.constant('printRun' as const), run: reference }),
  fc.constant<Place>({ screen: 'partners' }),
  fc.record({ screen: fc.constant('reconciliation' as const), reconciliation: reference }),
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
      const shown = decodeURIComponent(pathOf(r, p)).replace(
        /[0-9a-z]{26}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
        '',
      )
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
    '/counter/filings/0431',
    '/counter/filings/new/菊池',
    '/counter/filings/drafts/4310',
    '/union/certificates/runs/2026-07-01',
  ])
    assert.equal(readAddress(path)?.place.screen, 'unknown', path)
  assert.equal(readAddress('/somewhere'), null)
})
