import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, plainDate } from '@koiki/kernel'
import { type CardHolder, insuranceCardStatus } from './insuranceCards.ts'

const people = (birth: string, count: number): CardHolder[] =>
  Array.from({ length: count }, (_, at) => ({
    insuredNumber: String(10_000_000 + at * 13),
    birthDate: addDays(plainDate(birth), at % 365),
  }))
const world = plainDate('2026-07-01')
const registered = (all: readonly CardHolder[], on = world) =>
  all.filter((one) => insuranceCardStatus(1, '43', one, on).kind === 'registered').length /
  all.length

test('マイナ保険証: 若い人ほど多く、同じ種では同じ答え、日がたてば増える', () => {
  const [young, old] = [people('1948-01-01', 3000), people('1933-01-01', 3000)]
  assert.ok(Math.abs(registered(young) - 0.66) < 0.04, String(registered(young)))
  assert.ok(Math.abs(registered(old) - 0.33) < 0.04, String(registered(old)))
  assert.ok(registered(young, plainDate('2027-07-01')) > registered(young))
  for (const one of young.slice(0, 50))
    assert.deepEqual(
      insuranceCardStatus(1, '43', one, world),
      insuranceCardStatus(1, '43', one, world),
    )
  assert.notEqual(
    registered(young),
    young.filter((one) => insuranceCardStatus(2, '43', one, world).kind === 'registered').length /
      young.length,
  )
})

test('マイナ保険証: 日の順が合い、先の日はなく、失効と解除もときどきある', () => {
  const kinds = new Map<string, number>()
  for (const one of people('1945-01-01', 6000)) {
    const status = insuranceCardStatus(1, '43', one, world)
    if (status.kind === 'none') continue
    const { registeredOn, deregisteredOn, certificateUntil, certificateRevokedOn } = status
    assert.ok(registeredOn <= world && registeredOn <= certificateUntil)
    for (const day of [deregisteredOn, certificateRevokedOn])
      assert.ok(day === null || (day <= world && day > registeredOn))
    const kind =
      certificateRevokedOn !== null ? 'revoked' : certificateUntil < world ? 'lapsed' : status.kind
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  for (const kind of ['registered', 'deregistered', 'revoked', 'lapsed'])
    assert.ok((kinds.get(kind) ?? 0) > 3, `${kind} ${kinds.get(kind)}`)
})
