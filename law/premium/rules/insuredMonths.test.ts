import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FiscalYear, monthNumberOf, type NumericDay } from '@koiki/kernel'
import { lawOf } from '../law/lawOf.ts'
import { formerDependentMonths, insuredMonths } from './insuredMonths.ts'

const law = lawOf('01', 2024 as FiscalYear)
const held = (from: number, until: number | null = null, formerDependent = false) => ({
  from: from as NumericDay,
  until: until as NumericDay | null,
  formerDependent,
})
const months = (from: number, until: number | null = null): number => {
  const span = insuredMonths(held(from, until), law)
  return span.until - span.from
}

// The examples are of several years; the count of months has been the same in all of them.
test('WE027 深川市（北海道 令和6年度）: 8月15日に加入すると8月から翌年3月までの8月', () => {
  assert.equal(months(20_240_815), 8)
})

test('WE029 兵庫県（平成30年度）: 5月20日に取得すれば5月分から11月、5月20日に喪失すれば4月分まで', () => {
  const span = insuredMonths(held(20_240_520), law)
  assert.equal(span.from, monthNumberOf(20_240_501 as NumericDay))
  assert.equal(span.until - span.from, 11)
  assert.equal(months(20_200_101, 20_240_520), 1)
})

test('WE038 青森県（令和6年度）: 11月に誕生日を迎えると11月から3月までの5月', () => {
  assert.equal(months(20_241_110), 5)
})

test('WE077 奈良市: 6月30日に亡くなると7月1日に喪失し、4月から6月までの3月', () => {
  assert.equal(months(20_200_401, 20_240_701), 3)
  assert.equal(months(20_200_401, 20_240_630), 2)
})

test('年度の端: 3月31日の取得は1月、4月1日の喪失は0月、年度の外は0月以下', () => {
  assert.equal(months(20_250_331), 1)
  assert.equal(months(20_200_401, 20_240_401), 0)
  assert.ok(months(20_250_401) <= 0)
  assert.ok(months(20_200_401, 20_240_331) <= 0)
  assert.equal(months(20_200_401, 20_260_401), 12)
})

test('元被扶養者: 取得の月から24月。月の末日の取得も、その月から数える', () => {
  const of = (from: number): number => {
    const insured = held(from, null, true)
    return formerDependentMonths(insured, insuredMonths(insured, law), law)
  }
  assert.equal(of(20_220_331), 0)
  assert.equal(of(20_220_430), 0)
  assert.equal(of(20_220_501), 1)
  assert.equal(of(20_220_630), 2)
  assert.equal(of(20_230_331), 11)
  assert.equal(of(20_230_401), 12)
  assert.equal(of(20_241_001), 6)
  const other = held(20_240_401)
  assert.equal(formerDependentMonths(other, insuredMonths(other, law), law), 0)
})
