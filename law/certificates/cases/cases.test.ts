import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { MissingLaw, type PlainDate, plainDate } from '@koiki/kernel'
import { parse } from 'yaml'
import {
  documentNames,
  type InsuranceCardState,
  insuranceCardStates,
  reasonNames,
  type Told,
} from '../certificate.ts'
import { documentFor } from '../rules/documentFor.ts'
import { dueOf, type PersonFacts } from '../rules/dueOf.ts'
import { expiryOf } from '../rules/expiryOf.ts'
import { groundSentence, missingSentence } from '../sentences.ts'

type Row = { readonly [key: string]: unknown }
type Case = Row & { readonly 名前: string; readonly 根拠: string }

const casesOf = (file: string): readonly Case[] =>
  parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as Case[]

const day = (value: unknown): PlainDate => plainDate(String(value))
const maybeDay = (value: unknown): PlainDate | null => (value === undefined ? null : day(value))
const told = (value: unknown): Told | null =>
  value === undefined ? null : { since: day(value), receiptNumber: '431001-R8-00001' }

function known(row: Row, names: readonly string[]): void {
  const strange = Object.keys(row).filter((name) => !names.includes(name))
  assert.deepEqual(strange, [], `事例の知らない項目: ${strange.join('、')}`)
}

const cardStates = Object.fromEntries(
  Object.entries(insuranceCardStates).map(([state, name]) => [name, state]),
) as Readonly<Record<string, InsuranceCardState>>

for (const one of casesOf('文書の種類.yaml')) {
  test(`文書の種類: ${one.名前}`, () => {
    known(one, [
      ...['名前', '根拠', '日', '生年月日', '文書', 'マイナ保険証', 'マイナ保険証の日', '交付申請'],
      ...[
        '要配慮者',
        '利用登録解除',
        '支援措置',
        '特別療養',
        '当たる理由',
        '分からない理由',
        '法令表の欠け',
      ],
    ])
    const card = one.マイナ保険証 ?? '利用登録あり'
    const ask = () =>
      documentFor(
        {
          birthDate: day(one.生年月日),
          underSupportMeasure: one.支援措置 === true,
          insuranceCard:
            card === '不明'
              ? null
              : {
                  state: cardStates[String(card)]!,
                  since: maybeDay(one.マイナ保険証の日) ?? plainDate('2024-01-01'),
                  source: '試験',
                },
          application: told(one.交付申請),
          personNeedingCare: told(one.要配慮者),
          deregistration: told(one.利用登録解除),
          specialTreatment:
            one.特別療養 === undefined
              ? null
              : {
                  since: day(one.特別療養),
                  notifiedOn: plainDate('2024-05-01'),
                  source: '試験',
                },
        },
        day(one.日),
      )
    if (one.法令表の欠け !== undefined)
      return assert.throws(
        ask,
        (error) => error instanceof MissingLaw && error.table === one.法令表の欠け,
      )
    const { document, grounds } = ask()
    assert.equal(documentNames[document], one.文書)
    const codes = (met: string) =>
      grounds.filter((ground) => ground.met === met).map(({ code }) => code)
    assert.deepEqual(
      codes('met').filter((code) => !code.startsWith('period.')),
      one.当たる理由 ?? [],
    )
    assert.deepEqual(codes('unknown'), one.分からない理由 ?? [])
    for (const ground of grounds) assert.match(groundSentence(ground).sentence, /。$/)
  })
}

for (const one of casesOf('有効期限.yaml')) {
  test(`有効期限: ${one.名前}`, () => {
    known(one, ['名前', '根拠', '日', '生年月日', '障害の書類', '在留', '期限', 'もと', '足りない'])
    const answer = expiryOf(
      {
        birthDate: day(one.生年月日),
        evidenceUntil: maybeDay(one.障害の書類),
        stayUntil: maybeDay(one.在留),
      },
      day(one.日),
    )
    if (one.足りない !== undefined) {
      assert.equal(answer.kind, 'incomplete')
      const missing = answer.kind === 'incomplete' ? answer.missing : []
      assert.deepEqual(
        missing.map(({ code }) => code),
        one.足りない,
      )
      for (const each of missing) assert.match(missingSentence(each), /。$/)
    } else assert.deepEqual(answer, { kind: 'until', day: day(one.期限), limitedBy: one.もと })
  })
}

function factsOf(given: Row): PersonFacts {
  known(given, [
    ...['割合', '割合の日', '氏名', '住所', '限度区分', '限度区分の申請', '長期入院', '特定疾病'],
    ...['マイナ保険証', '特別療養', '生年月日', '障害の書類', '取得'],
  ])
  return {
    birthDate: maybeDay(given.生年月日) ?? plainDate('1945-02-11'),
    birthDateText: null,
    underSupportMeasure: false,
    insuranceCard: {
      state: (given.マイナ保険証 as InsuranceCardState | undefined) ?? 'notRegistered',
      since: plainDate('2024-01-01'),
      source: '試験',
    },
    application: null,
    personNeedingCare: null,
    deregistration: null,
    specialTreatment:
      given.特別療養 === undefined
        ? null
        : { since: day(given.特別療養), notifiedOn: plainDate('2026-05-01'), source: '試験' },
    evidenceUntil: maybeDay(given.障害の書類),
    stayUntil: null,
    insuredNumber: '43100007',
    insurerNumber: '39431002',
    name: String(given.氏名 ?? '庭球　花子'),
    nameKana: 'テイキュウ　ハナコ',
    sex: '2',
    address: [String(given.住所 ?? '架空町一丁目')],
    acquiredOn: maybeDay(given.取得) ?? plainDate('2020-02-11'),
    share:
      given.割合 === 'なし'
        ? null
        : {
            tenths: (given.割合 as 1 | 2 | 3 | undefined) ?? 1,
            from: maybeDay(given.割合の日) ?? plainDate('2023-08-01'),
            limitCategory: (given.限度区分 as 'lowIncome2' | undefined) ?? null,
            limitFrom: given.限度区分 === undefined ? null : plainDate('2026-08-01'),
          },
    limitApplication: told(given.限度区分の申請),
    longHospitalisation: told(given.長期入院),
    specifiedDiseases:
      given.特定疾病 === undefined ? [] : [{ disease: '1', since: day(given.特定疾病) }],
  }
}

for (const one of casesOf('発行する文書.yaml')) {
  test(`発行する文書: ${one.名前}`, () => {
    known(one, [
      ...['名前', '根拠', '前', '前の事実', '紛失', '日', '事実', '答え', '事由', '文書', '期限'],
      ...['発効', '限度区分', '足りない'],
    ])
    const before =
      one.前 === undefined ? null : dueOf(factsOf((one.前の事実 ?? {}) as Row), null, day(one.前))
    if (before !== null && before.kind !== 'due') throw new Error('前の文書が出ない事例です')
    const held = before && { contents: before.contents, lost: one.紛失 === true }
    const due = dueOf(factsOf((one.事実 ?? {}) as Row), held, day(one.日))
    assert.equal(due.kind, one.答え)
    if (due.kind === 'waiting')
      return assert.deepEqual(
        due.missing.map(({ code }) => code),
        one.足りない,
      )
    if (one.文書 !== undefined) assert.equal(documentNames[due.contents.document], one.文書)
    if (one.期限 !== undefined) assert.equal(due.contents.validUntil, String(one.期限))
    if (one.発効 !== undefined) assert.equal(due.contents.effectiveFrom, String(one.発効))
    if (one.限度区分 !== undefined) assert.equal(due.contents.limitCategory, one.限度区分)
    if (due.kind === 'due') assert.equal(reasonNames[due.reason], one.事由)
    else assert.equal(one.事由, undefined)
  })
}
