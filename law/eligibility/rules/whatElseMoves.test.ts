import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line, plainDate } from '@koiki/kernel'
import type { Basis, Entitlement } from '../entitlement.ts'
import { whatElseMoves } from './whatElseMoves.ts'

const asOf = plainDate('2026-12-01')

// One letter a month from April 2026: A 熊本市, B 八代市; a small letter rests on 障害認定.
const places: Record<string, string> = { A: '431001', B: '432024' }

function rights(letters: string): readonly Entitlement[] {
  const all: Entitlement[] = []
  for (const { from, until, value } of line(letters)) {
    const piece = {
      from,
      until,
      municipality: places[value.toUpperCase()]!,
      residentKey: 1,
      basis: (value === value.toUpperCase() ? '1' : '2') as Basis,
    }
    const last = all.at(-1)
    if (last !== undefined && last.lostOn === from)
      all[all.length - 1] = {
        ...last,
        lostOn: until,
        groundLost: until && '02',
        pieces: [...last.pieces, piece],
      }
    else
      all.push({
        acquiredOn: from,
        groundAcquired: '03',
        lostOn: until,
        groundLost: until && '02',
        pieces: [piece],
      })
  }
  return all
}

const moved = (before: string, after: string) =>
  whatElseMoves(rights(before), rights(after), asOf).map(
    ({ what, from, until, months, reason }) =>
      `${what} ${from}〜${until ?? ''} ${reason}${months.map((one) => ` ${one.fiscalYear}年度${one.change > 0 ? '+' : ''}${one.change}月`).join('')}`,
  )

test('何も変わらなければ、何も動かない', () => {
  assert.deepEqual(moved('AAB>', 'AAB>'), [])
  assert.deepEqual(moved('', ''), [])
})

test('取得は、その月から年度末までの月数と、割合と、書面を動かす', () => {
  assert.deepEqual(moved('', '   A>'), [
    'premium 2026-07-01〜 begins 2026年度+9月',
    'copay 2026-07-01〜 begins',
    'certificate 2026-07-01〜 begins',
  ])
})

test('さかのぼる喪失は、その月からの月数を減らす', () => {
  assert.deepEqual(moved('A>', 'AA'), [
    'premium 2026-06-01〜 ends 2026年度-10月',
    'copay 2026-06-01〜 ends',
    'certificate 2026-06-01〜 ends',
  ])
})

test('終わりまで同じに戻る変更は、その間だけを動かす', () => {
  assert.deepEqual(moved('AAA', 'A A'), [
    'premium 2026-05-01〜2026-06-01 ends 2026年度-1月',
    'copay 2026-05-01〜2026-06-01 ends',
    'certificate 2026-05-01〜2026-07-01 ends',
  ])
})

test('市区町村の変更は、月数を動かさずに三つとも動かす', () => {
  assert.deepEqual(moved('A>', 'AAB>'), [
    'premium 2026-06-01〜 municipality',
    'copay 2026-06-01〜 municipality',
    'certificate 2026-06-01〜 municipality',
  ])
})

test('もとの変更は、書面だけを見直す', () => {
  assert.deepEqual(moved('a>', 'aaA>'), ['certificate 2026-06-01〜 basis'])
})
