import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fromNumericDay, MissingLaw, type NumericDay, numericDay, plainDate } from '@koiki/kernel'
import { parse } from 'yaml'
import { answerCopayLine } from '../answerCopayLine.ts'
import type { CopayTenths, Household, Member } from '../copay.ts'
import { certifiedPeriod } from '../rules/certifiedShare.ts'
import { effectiveFrom, type ReJudgement } from '../rules/effectiveFrom.ts'
import { judgeCopay } from '../rules/judgeCopay.ts'
import { limitCategory } from '../rules/limitCategory.ts'

type Row = { readonly [key: string]: unknown }

/** 事例 — a household as officials write it; see the head of each file for what is left out. */
type Case = Row & {
  readonly 番号?: string
  readonly 名前: string
  readonly 根拠: string
  readonly 成り立たない理由?: string
}

const runners: Readonly<Record<string, (one: Case) => void>> = {
  '限度区分.yaml': runLimit,
  '再判定の効力.yaml': runEffect,
  '負担区分等証明書の期間.yaml': runCertificate,
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))) {
  const run = runners[file] ?? runCopay
  for (const one of parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as Case[]) {
    const number = one.番号 === undefined ? '' : `${one.番号} `
    const why = one.成り立たない理由 === undefined ? '' : ` — ${one.成り立たない理由}`
    test(`${file.replace('.yaml', '')}: ${number}${one.名前}${why}`, () => {
      assert.ok(one.根拠 !== '')
      run(one)
    })
  }
}

function runCopay(one: Case): void {
  known(one, ['前提', '期待'])
  const given = one.前提 as Row
  const expected = one.期待 as Row
  known(given, ['日', '世帯', '確認', '申請'])
  known(expected, ['割合', '理由', '場合', '法令表の欠け'])
  const household: Household = {
    date: dayOf(given.日 ?? '2026-08-01'),
    members: (given.世帯 as Row[]).map(memberOf),
    revenueConfirmed: yes(given.確認, true),
    appliedOn: given.申請 === undefined ? null : dayOf(given.申請),
  }
  const asked = ask(household)
  if (expected.法令表の欠け !== undefined) {
    const table = String(expected.法令表の欠け)
    assertMissing(() => judgeCopay(household), table)
    assert.equal(asked.error?.code, 'missingLaw')
    assert.ok(asked.error.message.includes(table))
    return
  }
  const { tenths, ground, revenueCase } = judgeCopay(household)
  assert.deepEqual(
    { 割合: tenths, 理由: ground, 場合: revenueCase },
    { 割合: expected.割合, 理由: expected.理由, 場合: expected.場合 ?? null },
  )
  assert.deepEqual(
    asked.results,
    household.members
      .filter((member) => member.insured)
      .map(({ id }) => ({ member: id, tenths, ground })),
  )
}

/** The rule in process, and the same question asked as a line, must not differ. */
function ask(household: Household): {
  readonly results?: unknown
  readonly error?: { readonly code: string; readonly message: string }
} {
  const { date, appliedOn, members } = household
  const line = JSON.stringify({
    ...household,
    id: 'case',
    date: fromNumericDay(date),
    appliedOn: appliedOn && fromNumericDay(appliedOn),
    members: members.map((member) => ({ ...member, birthDate: fromNumericDay(member.birthDate) })),
  })
  return JSON.parse(answerCopayLine(line, 1, { explain: false }).text)
}

function memberOf(row: Row): Member {
  known(row, ['人', '生年月日', '被保険者', '課税所得', '旧ただし書', '収入', '年金', 'その他'])
  return {
    id: String(row.人),
    birthDate: dayOf(row.生年月日 ?? '1940-05-10'),
    insured: yes(row.被保険者, true),
    taxableIncome: amountOf(row.課税所得),
    base: amountOf(row.旧ただし書),
    revenue: amountOf(row.収入),
    pensionRevenue: amountOf(row.年金),
    otherIncome: amountOf(row.その他),
  }
}

function runLimit(one: Case): void {
  known(one, ['日', '割合', '課税所得', '世帯', '老齢福祉年金', '区分', '法令表の欠け'])
  const judged = () =>
    limitCategory({
      date: dayOf(one.日 ?? '2026-07-31'),
      tenths: (one.割合 ?? 1) as CopayTenths,
      taxableIncomes: ((one.課税所得 ?? [0]) as unknown[]).map(amountOf),
      household: ((one.世帯 ?? [{}]) as Row[]).map((person) => {
        known(person, ['課税', '年金', 'その他'])
        return {
          taxed: yes(person.課税, true),
          pensionRevenue: amountOf(person.年金),
          otherIncome: amountOf(person.その他),
        }
      }),
      oldAgeWelfarePension: yes(one.老齢福祉年金, false),
    })
  if (one.法令表の欠け === undefined) assert.equal(judged(), one.区分)
  else assertMissing(judged, String(one.法令表の欠け))
}

function runEffect(one: Case): void {
  known(one, ['事由', '日', '所得の年', '生年月日', '効力', '法令表の欠け'])
  const on = one.日 === undefined ? (0 as NumericDay) : dayOf(one.日)
  const events: Readonly<Record<string, () => ReJudgement>> = {
    年次: () => ({ kind: 'yearly', on }),
    所得の更正: () => ({ kind: 'incomeCorrection', incomeYear: Number(one.所得の年) }),
    世帯の異動: () => ({ kind: 'householdChange', on }),
    資格取得: () => ({ kind: 'acquisition', on }),
    申請: () => ({ kind: 'application', on }),
    '70歳到達': () => ({
      kind: 'turningSeventy',
      birthDate: dayOf(one.生年月日),
      lookedAtOn: on,
    }),
  }
  const event = events[String(one.事由)]
  assert.ok(event !== undefined, `知らない事由です: ${String(one.事由)}`)
  if (one.法令表の欠け === undefined) assert.equal(effectiveFrom(event()), dayOf(one.効力))
  else assertMissing(() => effectiveFrom(event()), String(one.法令表の欠け))
}

function runCertificate(one: Case): void {
  known(one, ['転入日', '適用日', '期間', '法令表の欠け'])
  const found = () => certifiedPeriod(dayOf(one.転入日), dayOf(one.適用日))
  if (one.法令表の欠け !== undefined) {
    assertMissing(found, String(one.法令表の欠け))
    return
  }
  const period = found()
  const text =
    period === null ? 'なし' : `${fromNumericDay(period.from)}〜${fromNumericDay(period.until)}`
  assert.equal(text, one.期間)
}

function assertMissing(judge: () => unknown, table: string): void {
  assert.throws(judge, (error) => error instanceof MissingLaw && error.table === table)
}

const always = ['番号', '名前', '根拠', '引用', '成り立たない理由']

function known(row: Row, keys: readonly string[]): void {
  for (const key of Object.keys(row)) {
    assert.ok(keys.includes(key) || always.includes(key), `知らない項目です: ${key}`)
  }
}

function yes(value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise
  assert.ok(value === 'はい' || value === 'いいえ', String(value))
  return value === 'はい'
}

function dayOf(value: unknown): NumericDay {
  return numericDay(plainDate(String(value)))
}

// YAML 1.2 reads 1_450_000 as a text.
function amountOf(value: unknown): number {
  const amount = Number(String(value ?? 0).replaceAll('_', ''))
  if (!Number.isSafeInteger(amount)) throw new Error(`円の整数ではありません: ${String(value)}`)
  return amount
}
