import assert from 'node:assert/strict'
import { test } from 'node:test'
import { residentKey } from '@koiki/kernel'
import { assertNoNumber, holdsNumber } from './index.ts'

test('個人番号らしき並びを、書き方によらず見つける', () => {
  for (const text of [
    '123456789018',
    '番号は123456789018です',
    '1234-5678-9018',
    '1234 5678 9018',
    '1234　5678　9018',
    '１２３４５６７８９０１８',
    '１２３４－５６７８－９０１８',
    '{"x":"983205673214"}',
  ]) {
    assert.ok(holdsNumber(text), text)
    assert.throws(
      () => assertNoNumber(text),
      (error) => error instanceof Error && !/\d{4}/.test(error.message),
    )
  }
})

test('検査用数字の合わない並び、桁の違う並び、住民の鍵は見過ごす', () => {
  for (const text of [
    '',
    '123456789012',
    '1234567890180',
    '12345678901',
    '2026-07-01 09:00',
    '4343100007',
    ...Array.from({ length: 200 }, (_, index) => String(residentKey('43', index + 1))),
  ]) {
    assert.ok(!holdsNumber(text), text)
    assertNoNumber(text)
  }
})
